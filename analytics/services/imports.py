"""What a person does with uploads: hand files in, look again, confirm, or throw them away."""

import hashlib
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.text import get_valid_filename
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.errors import InvalidInput, Stale, register_messages
from accounts.jobs import enqueue
from accounts.models import Brand, Job, User
from analytics.formats import FORMATS, Source
from analytics.formats.tables import open_source
from analytics.models import ImportBatch, ImportFile
from analytics.services.answers import remember
from analytics.services.import_files import KIND, remove_uploads
from analytics.services.mappings import mark_used
from analytics.services.previews import inspect

logger = logging.getLogger(__name__)

MOST_FILES = 30
MEGABYTE = 1024 * 1024

register_messages(
    {
        "no_files": _("Choose at least one file."),
        "import_gone": _("This import is not there any more. Upload the files again."),
        "upload_not_kept": _(
            "The server could not keep the files (%(why)s). Nothing was imported; tell whoever runs Timone, and"
            " upload them again later."
        ),
        "too_many_files": _("More than %(most)s files at once. Upload them in several goes."),
        "import_taken": _("This import was confirmed or discarded in the meantime. Its state is shown below."),
        "nothing_to_import": _("None of the files is chosen. Choose at least one, or discard the upload."),
    }
)


@dataclass(frozen=True)
class Upload:
    """A file handed in, and when it was last changed on the person's machine, if the browser said so."""

    content: UploadedFile
    modified_at: datetime | None


def upload(brand: Brand, uploads: Sequence[Upload], *, by: User) -> ImportBatch:
    """Keep the files and look at each; files that cannot be read are told so, and the others go on."""
    if not uploads:
        raise InvalidInput("no_files", field="files")
    if len(uploads) > MOST_FILES:
        raise InvalidInput("too_many_files", field="files", most=MOST_FILES)
    kept: list[ImportFile] = []
    try:
        with transaction.atomic():
            batch = ImportBatch.objects.create(brand=brand, created_by=by)
            for number, handed_in in enumerate(uploads, start=1):
                kept.append(_keep(batch, handed_in, number))
    except OSError as problem:
        remove_uploads(kept)
        logger.exception("an upload could not be kept")
        raise InvalidInput("upload_not_kept", field="files", why=problem.strerror or "?") from None
    except BaseException:
        remove_uploads(kept)  # the rows are gone with the transaction
        raise
    return batch


def _keep(batch: ImportBatch, handed_in: Upload, number: int) -> ImportFile:
    content = handed_in.content
    file = ImportFile(
        brand=batch.brand,
        batch=batch,
        name=(content.name or "file")[-255:],
        size=content.size or 0,
        modified_at=handed_in.modified_at,
    )
    if file.size > settings.TIMONE_MAX_UPLOAD_BYTES:
        file.problem_code = "too_large"
        file.problem_facts = {"most": settings.TIMONE_MAX_UPLOAD_BYTES // MEGABYTE}
    else:
        file.sha256 = _digest(content)
        file.file.save(f"{number:02}-{get_valid_filename(Path(file.name).name)[-80:]}", content, save=False)
        inspect(file, Path(file.file.path))
        if file.problem_code and not file.preview.get("can_map"):
            _forget(file)
        elif file.format and (redact := FORMATS[file.format].redact):
            _keep_redacted(file, redact)
    file.save()
    return file


def _forget(file: ImportFile) -> None:
    """What can never be imported is not kept; the note that it was refused stays."""
    file.file.storage.delete(file.file.name)
    file.file = ""


def _keep_redacted(file: ImportFile, redact: Callable[[Source, Path], None]) -> None:
    """Keep of a file with customers in it only what is read."""
    path = Path(file.file.path)
    copy = path.with_name(f"{path.name}.part")
    redact(open_source(path), copy)
    copy.replace(path)


def _digest(content: UploadedFile) -> str:
    digest = hashlib.sha256()
    for chunk in content.chunks():
        digest.update(chunk)
    content.seek(0)
    return digest.hexdigest()


def _unconfirmed(batch: ImportBatch) -> ImportBatch:
    """The upload, locked; raises Stale when somebody else has decided about it."""
    locked = ImportBatch.objects.select_for_update().select_related("brand").get(pk=batch.pk)
    if locked.state != ImportBatch.State.UPLOADED:
        raise Stale("import_taken")
    return locked


@transaction.atomic
def confirm(batch: ImportBatch, choices: dict[int, dict[str, Any]], *, by: User) -> Job:
    """Import the chosen files (by number, each with its options) in the background."""
    batch = _unconfirmed(batch)
    files = list(batch.files.all())
    chosen = [file for file in files if file.pk in choices and not file.problem_code]
    if not chosen:
        raise InvalidInput("nothing_to_import", field="files")
    for file in files:
        if file not in chosen and not file.problem_code:
            file.problem_code = "not_chosen"
        file.options = {**file.options, **choices.get(file.pk, {})}
        file.save(update_fields=["options", "problem_code", "updated_at"])
        if file in chosen:
            remember(file)
            mark_used(file)
    job = enqueue(KIND, brand=batch.brand, by=by, payload={"batch": batch.pk})
    batch.state, batch.job = ImportBatch.State.CONFIRMED, job
    batch.save(update_fields=["state", "job", "updated_at"])
    audit.record(
        "import.confirmed", batch, by=by, brand=batch.brand, after={"files": [file.name for file in chosen]}
    )
    return job


@transaction.atomic
def discard(batch: ImportBatch, *, by: User) -> ImportBatch:
    """Throw an upload away that nobody has confirmed; its files go, the note that it was there stays."""
    batch = _unconfirmed(batch)
    files = list(batch.files.all())
    batch.state = ImportBatch.State.DISCARDED
    batch.save(update_fields=["state", "updated_at"])
    audit.record("import.discarded", batch, by=by, brand=batch.brand, after={"files": [f.name for f in files]})
    transaction.on_commit(lambda: remove_uploads(files))
    return batch


@transaction.atomic
def look_again(batch: ImportBatch, choices: dict[int, dict[str, Any]]) -> ImportBatch:
    """Show the first rows anew, as these choices would store them."""
    batch = _unconfirmed(batch)
    for file in batch.files.select_related("brand").filter(pk__in=choices):
        file.options = {**file.options, **choices[file.pk]}
        inspect(file, Path(file.file.path))
        file.save()
    return batch
