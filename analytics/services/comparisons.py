"""Works out what an import changed, what undoing it would change, and how two imports differ."""

import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.errors import AppError
from accounts.jobs import Run, enqueue
from accounts.models import User
from analytics.models import METRICS, ImportBatch, ImportComparison, ImportDifference, ImportFile
from analytics.services.replays import Differences, Replay, Shadow, in_one_transaction, name_keys, note_files
from analytics.services.replays import fold as folds
from analytics.services.replays.differences import TABLES

KIND = "analytics.compare_imports"
MOST_ROWS = 20_000  # that are kept one by one; the counts are of all
AT_ONCE = 1_000
About, Change = ImportComparison.About, ImportDifference.Change
# By table: what a row is called by, and the figures that are compared.
LABELS = {
    "posts": ("channel_id", "external_id", "text", "published_at"),
    "days": ("channel_id", "external_id", "figure", "day"),
    "costs": ("platform", "campaign", "ad", "start"),
    "conversions": ("source", "campaign", "medium", "start"),
    "planned": ("channel_id", "title", "text", "at"),
}
FIGURES = {
    "posts": (*METRICS, "format", "is_exact"),
    "days": ("value",),
    "costs": ("amount", "impressions", "clicks"),
    "conversions": ("sessions", "count", "value"),
    "planned": ("format", "link"),
}


def rests_on() -> str:
    """A checksum of which files of the brand in scope are in, and in which order."""
    told = json.dumps(folds.state_of_imports(), default=str)
    return hashlib.sha256(told.encode()).hexdigest()


@transaction.atomic
def ask(batch: ImportBatch, about: str, *, other: ImportBatch | None = None, by: User | None) -> ImportComparison:
    """A comparison that is true of what is in now: one that was worked out, or one that is under way."""
    told = [*folds.stored_files(batch), *(folds.stored_files(other) if other else ())]
    folds.refuse_missing(told)
    same = ImportComparison.objects.filter(batch=batch, about=about, other=other)
    state = rests_on()
    known = same.filter(rests_on=state).select_related("job").first()
    if known and (known.done_at or (known.job and not known.job.is_over)):
        return known
    same.delete()
    asked = ImportComparison.objects.create(
        brand=batch.brand, batch=batch, about=about, other=other, created_by=by, rests_on=state
    )
    asked.job = enqueue(KIND, brand=batch.brand, by=by, payload={"comparison": asked.pk})
    asked.save(update_fields=["job"])
    return asked


def work_out(run: Run) -> None:
    """Do what was asked for; ends the job in the transaction that keeps the answer."""
    asked = ImportComparison.objects.select_related("batch__brand", "other").filter(pk=run.payload["comparison"])
    comparison = asked.first()
    if comparison is None:
        raise AppError("import_gone")

    def tell(share: float, name: str) -> None:
        run.progress(0.9 * share, "rereading", file=name)

    def then(differences: Differences) -> None:
        ImportDifference.objects.filter(comparison=comparison).delete()
        comparison.counts = differences.counts()
        comparison.done_at, comparison.rests_on = timezone.now(), rests_on()
        comparison.save(update_fields=["counts", "done_at", "rests_on"])
        _keep(comparison, differences)
        run.finish({"comparison": comparison.pk})

    _compare(comparison, tell, then)


def _compare(comparison: ImportComparison, tell: folds.Tell, then: Callable[[Differences], None]) -> None:
    files = folds.stored_files(comparison.batch)
    brand = comparison.batch.brand
    if comparison.about == About.UNDO:
        Replay(brand, leaving=files, tell=tell).run(lambda replayed: then(replayed.differences))
    elif comparison.about == About.REDO:
        Replay(brand, joining=files, tell=tell).run(lambda replayed: then(replayed.differences))
    elif comparison.about == About.BEFORE:
        others = [file for file in folds.affected(files) if (file.place or 0) < (files[0].place or 0)]
        _one_after_another(others, files, tell, then)
    else:
        _side_by_side(files, folds.stored_files(comparison.other), tell, then)


def _one_after_another(
    before: list[ImportFile], files: list[ImportFile], tell: folds.Tell, then: Callable[[Differences], None]
) -> None:
    """What was stored by the files that came before, and what was once these had come too."""
    folds.refuse_missing([*before, *files])
    channels = folds.existing_channels()
    first = folds.weight(before) / (folds.weight(before) + folds.weight(files))
    with in_one_transaction(), Shadow() as shadow:
        shadow.down()
        name_keys(shadow, files, channels, lambda share, name: None)
        folds.fold(before, tell=lambda share, name: tell(first * share, name), channels=channels)
        shadow.copy()
        folds.fold(files, tell=lambda share, name: tell(first + (1 - first) * share, name), channels=channels)
        _answer(shadow, [*before, *files], then)


def _side_by_side(
    files: list[ImportFile], others: list[ImportFile], tell: folds.Tell, then: Callable[[Differences], None]
) -> None:
    """What the others alone tell, and what these alone tell."""
    folds.refuse_missing([*files, *others])
    channels = folds.existing_channels()
    with in_one_transaction(), Shadow() as shadow:
        shadow.down()
        name_keys(shadow, files, channels, lambda share, name: tell(share / 4, name))
        name_keys(shadow, others, channels, lambda share, name: tell(0.25 + share / 4, name))
        folds.fold(others, tell=lambda share, name: tell(0.5 + share / 4, name), channels=channels)
        shadow.copy()
        shadow.clear()
        folds.fold(files, tell=lambda share, name: tell(0.75 + share / 4, name), channels=channels)
        _answer(shadow, [*files, *others], then)


def _answer(shadow: Shadow, files: list[ImportFile], then: Callable[[Differences], None]) -> None:
    note_files(shadow, files)
    with transaction.atomic():
        shadow.lift()
        differences = Differences(shadow, before=shadow.copied)
        differences.find()
        then(differences)


# --- the rows that are kept ------------------------------------------------------------------------------------
def _keep(comparison: ImportComparison, differences: Differences) -> None:
    rows, left = [], MOST_ROWS
    for name in TABLES:
        for row in _rows(comparison, differences, name, left):
            rows.append(row)
            if len(rows) == AT_ONCE:
                left -= len(rows)
                ImportDifference.objects.bulk_create(rows)
                rows = []
        left -= len(rows)
        ImportDifference.objects.bulk_create(rows)
        rows = []


def _rows(
    comparison: ImportComparison, differences: Differences, name: str, most: int
) -> Iterator[ImportDifference]:
    columns = (*LABELS[name], *FIGURES[name])
    for before, after in differences.rows(TABLES[name], columns, max(most, 0)):
        told = after or before or {}
        figures = {
            figure: pair
            for figure in FIGURES[name]
            if (pair := [_plain((before or {}).get(figure)), _plain((after or {}).get(figure))])[0] != pair[1]
        }
        if before and after:
            figures |= _moved(before, after)
            if not figures:
                continue
        yield ImportDifference(
            comparison=comparison,
            table=name,
            change=Change.CHANGED if before and after else Change.ADDED if after else Change.REMOVED,
            size=max((_size(pair) for pair in figures.values()), default=0),
            figures=figures,
            **_label(name, told),
        )


def _moved(before: dict[str, Any], after: dict[str, Any]) -> dict[str, list[Any]]:
    """Texts and times that read differently."""
    found = {}
    for column, worded in (("text", str), ("published_at", _moment), ("at", _moment)):
        if column in before and (pair := [worded(side[column])[:200] for side in (before, after)])[0] != pair[1]:
            found[column] = pair
    return found


def _moment(value: Any) -> str:
    """A moment in UTC, which SQLite tells as text where a table was copied."""
    moment = datetime.fromisoformat(value) if isinstance(value, str) else value
    if moment is None:
        return ""
    return f"{moment.astimezone(UTC) if moment.tzinfo else moment:%Y-%m-%d %H:%M} UTC"


def _label(table: str, told: dict[str, Any]) -> dict[str, Any]:
    if table == "posts":
        names = {"key": told["external_id"], "text": told["text"], "day": _day(told["published_at"])}
    elif table == "days":
        names = {"key": told["external_id"], "text": told["figure"], "day": _day(told["day"])}
    elif table == "costs":
        names = {"key": told["campaign"], "text": told["ad"], "day": _day(told["start"])}
    elif table == "planned":
        names = {"key": told["title"], "text": told["text"], "day": _day(told["at"])}
    else:
        names = {"key": told["campaign"] or told["source"], "text": told["medium"], "day": _day(told["start"])}
    names |= {"key": str(names["key"])[:400], "text": str(names["text"])[:200]}
    return names | {"channel_id": told.get("channel_id")}


def _day(value: Any) -> date | None:
    """As a driver gives it: SQLite tells days and moments as texts."""
    if isinstance(value, str):
        return date.fromisoformat(value[:10])
    return value.date() if isinstance(value, datetime) else value


def _plain(value: Any) -> Any:
    """As JSON; amounts as numbers that people compare."""
    return float(value) if isinstance(value, Decimal) else value


def _size(pair: list[Any]) -> float:
    numbers = [value for value in pair if isinstance(value, int | float) and not isinstance(value, bool)]
    if not numbers:
        return 0
    return abs(numbers[1] - numbers[0]) if len(numbers) == 2 else abs(numbers[0])


__all__ = ["KIND", "MOST_ROWS", "ask", "rests_on", "work_out"]
