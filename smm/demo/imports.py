"""Hands the files in as a person would: upload, confirm; and does the background work here and now."""

import hashlib
import time
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from accounts import jobs
from accounts.errors import AppError, register_messages
from accounts.models import Brand, Job, User
from analytics.models import ImportFile
from analytics.services import imports
from smm.celery import app
from smm.demo.files.base import DemoFile
from strategy.models import Channel

# Another worker may have taken a job first; it is waited for so long.
LONGEST_WAIT = 300.0
# The export that was forgotten: of Ombralunga's Facebook page, the third from the end.
FORGOTTEN, FORGOTTEN_PLACE = "facebook:Torrefazione Ombralunga", -3
register_messages(
    {
        "demo_file_refused": _("The demo file %(name)s was not imported (%(reason)s)."),
        "demo_work_failed": _("Loading the demo stopped at “%(kind)s”: %(reason)s"),
    }
)


def without_forgotten(files: dict[Path, DemoFile]) -> dict[Path, DemoFile]:
    """Without one export that nobody has downloaded yet, so that the page of gaps has something to ask for."""
    left_out = [path for path, file in files.items() if file.group == FORGOTTEN][FORGOTTEN_PLACE:][:1]
    return {path: file for path, file in files.items() if path not in left_out}


def import_files(brand: Brand, files: dict[Path, DemoFile], *, by: User) -> None:
    """Import what is not imported yet, an upload per channel; the brand must be in scope."""
    for _group, members in groupby(files.items(), key=lambda item: item[1].group):
        if new := [(path, file) for path, file in members if not _is_imported(path)]:
            do_now(_hand_in(brand, new, by=by))


def _is_imported(path: Path) -> bool:
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return ImportFile.objects.filter(sha256=digest, done_at__isnull=False).exists()


@transaction.atomic
def _hand_in(brand: Brand, files: Iterable[tuple[Path, DemoFile]], *, by: User) -> Job:
    """Upload and confirm, with the channel named where the file does not say, or says several."""
    files = list(files)
    uploads = [
        imports.Upload(SimpleUploadedFile(path.name, path.read_bytes()), file.exported_at) for path, file in files
    ]
    batch = imports.upload(brand, uploads, by=by)
    choices = {}
    for stored, (_path, file) in zip(batch.files.order_by("pk"), files, strict=True):
        if stored.problem_code:
            raise AppError("demo_file_refused", name=stored.name, reason=stored.problem_code)
        choices[stored.pk] = {"channel": file.channel.split(":", 1)} if file.channel else {}
    return imports.confirm(batch, choices, by=by)


def do_waiting(brands: Iterable[Brand]) -> None:
    """Do the jobs that wait, those of the channels with most posts first: the smaller ones lean on them."""
    numbers = [brand.pk for brand in brands]
    done: set[int] = set()
    while waiting := [job for job in _waiting(numbers) if job.pk not in done]:
        done.update(job.pk for job in waiting)
        for job in waiting:
            do_now(job)


def _waiting(brands: list[int]) -> Iterator[Job]:
    counts = dict(Channel.objects.filter(brand__in=brands).annotate(n=Count("posts")).values_list("pk", "n"))
    waiting = Job.objects.filter(brand__in=brands, state=Job.State.QUEUED).order_by("pk")
    yield from sorted(waiting, key=lambda job: -counts.get(job.payload.get("channel"), 0))


def do_now(job: Job) -> None:
    """Do a job in this process, or wait for the worker that took it."""
    app.loader.import_default_modules()  # the handlers of all apps
    jobs.execute(job.pk, heartbeat=False)
    until = time.monotonic() + LONGEST_WAIT
    job.refresh_from_db()
    while not job.is_over and time.monotonic() < until:
        time.sleep(0.2)
        job.refresh_from_db()
    if job.state != Job.State.DONE:
        reason = AppError(job.error_code, **job.error_facts) if job.error_code else job.get_state_display()
        raise AppError("demo_work_failed", kind=job.kind, reason=str(reason))
