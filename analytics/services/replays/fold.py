"""Does imports again, file by file in the order in which they came, into the tables of a shadow."""

from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.errors import AppError, register_messages
from analytics.formats import FORMATS, FileError
from analytics.models import ImportBatch, ImportFile
from analytics.services.import_files import FileImport
from analytics.services.kinds import is_routed
from strategy.models import Channel

register_messages(
    {
        "uploads_gone": _(
            "These uploaded files are not there any more: %(names)s. Without them nobody can tell what the figures"
            " would be, so nothing was changed. Put the files back from a backup, or correct the figures by"
            " importing a newer export."
        ),
        "upload_unreadable": _(
            "“%(name)s”, which was imported before, cannot be read any more, so nothing was changed."
        ),
    }
)
Tell = Callable[[float, str], None]
OF_ROUTING = frozenset({"account_overruled", "account_from_brand"})


def stored_files(batch: ImportBatch) -> list[ImportFile]:
    """The files of an import that were stored, in their order."""
    return in_order(batch.files.filter(done_at__isnull=False).select_related("brand"))


def affected(files: Collection[ImportFile]) -> list[ImportFile]:
    """The imported files whose effect may depend on these, without them, in the order in which they came in.

    Files of posts and of days depend on one another where they tell of the same channels, be it through a third
    file; files of money all do, and calendars.
    """
    others = ImportFile.objects.filter(done_at__isnull=False, batch__state=ImportBatch.State.DONE)
    told = others.exclude(pk__in={file.pk for file in files}).values_list("pk", "kind", "routes", "channels")
    links = {pk: _links(kind, routes, channels) for pk, kind, routes, channels in told}
    reached = set().union(*(_links(file.kind, file.routes, file.channels) for file in files))
    found: set[int] = set()
    while new := {pk for pk, linked in links.items() if pk not in found and linked & reached}:
        found |= new
        reached |= set().union(*(links[pk] for pk in new))
    return in_order(ImportFile.objects.filter(pk__in=found).select_related("brand"))


def _links(kind: str, routes: list[list], channels: list[int]) -> set[object]:
    if not is_routed(kind):
        return {kind if kind == "planned" else "money"}
    return {route[3] for route in routes} | set(channels)


def in_order(files: Iterable[ImportFile]) -> list[ImportFile]:
    return sorted(files, key=lambda file: (file.place or 0, file.pk))


def refuse_missing(files: Iterable[ImportFile]) -> None:
    """Raise AppError naming the files whose uploads are gone."""
    gone = [file.name for file in files if not file.file or not file.file.storage.exists(file.file.name)]
    if gone:
        raise AppError("uploads_gone", names=", ".join(f"“{name}”" for name in gone[:10]))


def weight(files: Iterable[ImportFile]) -> int:
    """How much there is to read, in bytes; every file counts for something."""
    return sum(file.size + 1 for file in files)


def fold(files: Sequence[ImportFile], *, tell: Tell, channels: Collection[int]) -> list[ImportFile]:
    """Store these files anew, in this order; returns them with the counts and notes that this gave.

    The shadow must be down. `channels` are those that still exist. `tell` hears the share of these files that is
    read, and the name of the one being read.
    """
    whole, done, before = weight(files), [], 0
    for file in files:

        def progress(share: float, before: int = before, file: ImportFile = file) -> None:
            tell((before + share * file.size) / whole, file.name)

        done.append(_again(file, progress, channels))
        before += file.size + 1
    return done


def _again(file: ImportFile, progress: Callable[[float], None], channels: Collection[int]) -> ImportFile:
    if file.format not in FORMATS:
        raise AppError("upload_unreadable", name=file.name)
    again = ImportFile(**{field.attname: getattr(file, field.attname) for field in file._meta.concrete_fields})
    again.brand = file.brand
    work = FileImport(again, Path(file.file.path), progress=progress, now=file.stored_at or file.done_at)
    if file.routes:
        work.routes = {tuple(route[:3]): route[3] for route in file.routes if route[3] in channels}
    try:
        work.prepare()
        with transaction.atomic():
            work.store()
    except FileError as error:
        raise AppError("upload_unreadable", name=file.name) from error
    if work.routes is not None:  # nothing was looked for, so that nothing was said of it
        again.warnings += [notice for notice in file.warnings if notice[0] in OF_ROUTING]
    return again


def existing_channels() -> set[int]:
    return set(Channel.objects.values_list("pk", flat=True))


def state_of_imports() -> list[tuple]:
    """What a replay rests on: which files are in, and in which order."""
    found = ImportFile.objects.filter(done_at__isnull=False).order_by("pk")
    return list(found.values_list("pk", "place", "batch__state"))
