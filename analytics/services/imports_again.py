"""Reads the files of an import again with other settings: the new import takes the place of the old one."""

from pathlib import Path

from django.core.files import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.errors import Stale, register_messages
from accounts.jobs import Run
from accounts.models import User
from analytics.models import ImportBatch, ImportFile
from analytics.services.import_files import finish_batch, remove_uploads
from analytics.services.previews import inspect
from analytics.services.replays import Replay, Replayed, settle
from analytics.services.replays.fold import refuse_missing, stored_files

State = ImportBatch.State
KEPT = ("name", "size", "sha256", "modified_at", "options")
register_messages(
    {
        "import_not_readable_again": _(
            "Only an import that is in can be read again with other settings. The state of this one is shown"
            " below."
        )
    }
)


def read_again(batch: ImportBatch, *, by: User) -> ImportBatch:
    """An upload of the same files, with the settings they had, to be checked and confirmed like any other."""
    if batch.state != State.DONE:
        raise Stale("import_not_readable_again")
    files = stored_files(batch)
    refuse_missing(files)
    kept: list[ImportFile] = []
    try:
        with transaction.atomic():
            again = ImportBatch.objects.create(brand=batch.brand, created_by=by, replaces=batch)
            for file in files:
                kept.append(_copy(file, again))
    except BaseException:
        remove_uploads(kept)  # the rows are gone with the transaction
        raise
    return again


def _copy(file: ImportFile, batch: ImportBatch) -> ImportFile:
    """The same file anew, with a place and an age as if it had been read like this the first time."""
    copy = ImportFile(brand=file.brand, batch=batch, **{name: getattr(file, name) for name in KEPT})
    copy.place, copy.stored_at = file.place, file.stored_at
    with file.file.open("rb") as content:
        copy.file.save(Path(file.file.name).name, File(content), save=False)
    inspect(copy, Path(copy.file.path))
    copy.save()
    return copy


def exchange(batch: ImportBatch, *, run: Run) -> None:
    """Store a confirmed import in the place of the one that it replaces: all in one transaction, or nothing."""
    old, by = batch.replaces, run.job.created_by
    if batch.state == State.DONE:  # a worker was killed after its work was done
        run.finish({"batch": batch.pk})
        return
    leaving = stored_files(old) if old.state == State.DONE else []
    joining = list(batch.files.filter(done_at=None, problem_code="").select_related("brand"))

    def tell(share: float, name: str) -> None:
        run.progress(0.97 * share, "rereading", file=name)

    def then(replayed: Replayed) -> None:
        _put_in_place(old, batch, joining, replayed, by=by)
        run.finish({"batch": batch.pk})

    Replay(batch.brand, leaving=leaving, joining=joining, tell=tell).run(then)


def _put_in_place(
    old: ImportBatch, batch: ImportBatch, joining: list[ImportFile], replayed: Replayed, *, by: User | None
) -> None:
    now = timezone.now()
    locked = ImportBatch.objects.select_for_update().get(pk=old.pk)
    counts = settle(replayed, by=by)
    numbers = {file.pk for file in joining}
    for file in replayed.files:
        if file.pk in numbers:
            ImportFile.objects.filter(pk=file.pk).update(
                done_at=now, place=file.place, stored_at=file.stored_at, routes=file.routes, options=file.options
            )
    if locked.state == State.DONE:
        locked.state, locked.undone_at, locked.undone_by = State.UNDONE, now, by
        locked.save(update_fields=["state", "undone_at", "undone_by", "updated_at"])
        audit.record("import.replaced", locked, by=by, brand=batch.brand, after={"by": batch.pk, **counts})
    finish_batch(batch, list(batch.files.all()), by=by)
