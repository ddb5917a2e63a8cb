"""What would be stored had some imports never come, or had others come too: all that they touch is done again.

What a brand knows is the fold of its imports in the order in which they came. So no import has to be remembered
row by row: the files are kept, and those that tell of the same channels are read again, without the one that goes
or with the one that comes.
"""

import contextlib
import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from accounts.errors import AppError, register_messages
from accounts.models import Brand, User
from analytics.models import ChannelDay, ImportFile, Post, RejectedRow
from analytics.services.freshness import mark_stale, request_best_times
from analytics.services.kpi_changes import note_file, request_kpis
from analytics.services.matching_requests import request_matching
from analytics.services.replays import fold as folds
from analytics.services.replays.differences import DAYS, FILES, NAMED_DAYS, NAMED_POSTS, POSTS, Differences
from analytics.services.replays.shadow import Shadow
from analytics.services.storage import one_import_at_a_time
from strategy.models import Channel

MOST_GOES = 3
# What storing a file notes on it.
NOTED = (
    *(
        "rows",
        "created",
        "updated",
        "unchanged",
        "ignored",
        "rejected",
        "warnings",
        "as_of",
        "channels",
        "coverage",
    ),
    *("language", "encoding", "precision"),
)
Result = TypeVar("Result")
register_messages(
    {
        "imports_going_on": _(
            "Other imports came in while the files were read again. Nothing was changed. Try again when they are"
            " done."
        )
    }
)


@dataclass
class Replayed:
    """What came of a replay: the differences to what is stored, the files done again, and those that left
    or joined."""

    shadow: Shadow
    differences: Differences
    files: list[ImportFile]
    moved: list[ImportFile]


@dataclass
class Replay:
    """`leaving` are stored files taken as if they had never come, `joining` files taken as if they were in."""

    brand: Brand
    leaving: Sequence[ImportFile] = ()
    joining: Sequence[ImportFile] = ()
    tell: folds.Tell = field(default=lambda share, name: None)

    def run(self, then: Callable[[Replayed], Result]) -> Result:
        """Do the imports again beside what is stored, then call `then` in the transaction that may apply the
        result.

        Raises AppError when an upload is gone or other imports keep coming in between. On PostgreSQL the imports
        of the brand wait meanwhile. SQLite has one lock for writing, so nobody waits, and what was replayed is
        replayed again when it no longer rests on what is stored.
        """
        with in_one_transaction(), Shadow() as shadow:
            one_import_at_a_time(self.brand.pk)
            for _go in range(MOST_GOES):
                rests_on = folds.state_of_imports()
                done = self._fold(shadow)
                with transaction.atomic():
                    one_import_at_a_time(self.brand.pk)
                    shadow.lift()
                    if folds.state_of_imports() == rests_on:
                        return then(self._compared(shadow, done))
            raise AppError("imports_going_on")

    def _fold(self, shadow: Shadow) -> list[ImportFile]:
        moving = folds.in_order([*self.leaving, *self.joining])
        others = folds.affected(moving)
        folds.refuse_missing([*moving, *others])
        again, channels = folds.in_order([*others, *self.joining]), folds.existing_channels()
        alone = folds.weight(moving) / (folds.weight(moving) + folds.weight(again))
        shadow.down()
        name_keys(shadow, moving, channels, lambda share, name: self.tell(alone * share, name))

        def tell(share: float, name: str) -> None:
            self.tell(alone + (1 - alone) * share, name)

        done = folds.fold(again, tell=tell, channels=channels)
        if turned := _turned(others, done):
            shadow.clear()
            name_keys(shadow, turned, channels, tell)
            done = folds.fold(again, tell=tell, channels=channels)
        note_files(shadow, [*moving, *others])
        return done

    def _compared(self, shadow: Shadow, done: list[ImportFile]) -> Replayed:
        differences = Differences(shadow)
        differences.find()
        return Replayed(shadow, differences, done, [*self.leaving, *self.joining])


@contextlib.contextmanager
def in_one_transaction() -> Iterator[None]:
    """One transaction where reading long inside it keeps nobody from writing: on PostgreSQL."""
    whole: AbstractContextManager = contextlib.nullcontext()
    if connection.vendor == "postgresql":
        whole = transaction.atomic()
    with whole:
        yield


def name_keys(shadow: Shadow, files: Sequence[ImportFile], channels: set[int], tell: folds.Tell) -> None:
    """Note the posts and days that these files tell of, which are all that can differ without them."""
    folds.fold(files, tell=tell, channels=channels)
    for name, model, key in ((NAMED_POSTS, Post, POSTS.key), (NAMED_DAYS, ChannelDay, DAYS.key)):
        columns = ", ".join(key)
        shadow.keep(name, f'SELECT {columns} FROM "{model._meta.db_table}"', once=columns)
    shadow.clear()


def note_files(shadow: Shadow, files: Sequence[ImportFile]) -> None:
    """Note whose costs and visits are compared."""
    numbers = ", ".join(str(file.pk) for file in files)
    shadow.keep(FILES, f"SELECT id FROM {shadow.stored(ImportFile)} WHERE id IN ({numbers})")


def _turned(before: list[ImportFile], after: list[ImportFile]) -> list[ImportFile]:
    """Files that are of another age now: without the figures that spoke against it, or with figures that do.

    What is stored of all their posts may differ then.
    """
    ages = {file.pk: _age(file) for file in after}
    return [file for file in before if file.kind == "posts" and ages[file.pk] != _age(file)]


def _age(file: ImportFile) -> tuple[Any, bool]:
    return file.as_of, any(code == "taken_as_older" for code, _facts in file.warnings)


def settle(replayed: Replayed, *, by: User | None) -> dict[str, Any]:
    """Make what is stored equal to what was replayed, with all that follows from it; returns the counts.

    Call it in the transaction that `Replay.run` opens.
    """
    differences = replayed.differences
    counts, weeks = differences.counts(), differences.weeks()
    differences.apply()
    counts["files"] = _renew_files(replayed)
    for channel, changed in sorted(weeks.items()):
        mark_stale(channel, changed)
    for channel in Channel.objects.filter(pk__in=weeks).select_related("brand").order_by("pk"):
        request_best_times(channel, by=by)
    for file in replayed.moved:
        note_file(file)
    if replayed.moved:
        request_kpis(replayed.moved[0].brand, by=by)
        request_matching(replayed.moved[0].brand, by=by)
    return counts


def _renew_files(replayed: Replayed) -> int:
    """Let the counts, notes and rejected rows of the files that were done again be those of now."""
    known = {file.pk: file for file in ImportFile.objects.filter(pk__in=[file.pk for file in replayed.files])}
    changed = [file for file in replayed.files if _noted(file) != _noted(known[file.pk])]
    for file in changed:
        ImportFile.objects.filter(pk=file.pk).update(**{name: getattr(file, name) for name in NOTED})
        _renew_rejected(replayed.shadow, file)
    return len(changed)


def _noted(file: ImportFile) -> dict[str, Any]:
    told = {name: getattr(file, name) for name in NOTED if name not in ("as_of", "warnings")}
    notices = sorted(json.dumps(notice, sort_keys=True) for notice in file.warnings)
    return json.loads(json.dumps(told)) | {"as_of": file.as_of, "warnings": notices}


def _renew_rejected(shadow: Shadow, file: ImportFile) -> None:
    RejectedRow.objects.filter(file=file.pk).delete()
    names = ", ".join(f'"{f.column}"' for f in RejectedRow._meta.concrete_fields if f.column != "id")
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {shadow.stored(RejectedRow)} ({names})"
            f" SELECT {names} FROM {shadow.replayed(RejectedRow)} WHERE file_id = %s ORDER BY id",
            [file.pk],
        )
