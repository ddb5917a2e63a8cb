"""Stores the files of an import, each in one transaction with its counts, so that a killed worker leaves no half.

The page's worker stores file after file; a file that is done is not done again. A command stores all of its files
in one transaction, or none.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.files import File
from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.text import get_valid_filename

from accounts import audit
from accounts.jobs import Run
from accounts.models import Brand, User
from analytics.formats import FORMATS, FileError, Format, Notice, Reader, Rejected
from analytics.formats.tables import open_source
from analytics.models import ImportBatch, ImportFile, RejectedRow
from analytics.services import answers
from analytics.services.ages import Evidence, last_day_in
from analytics.services.channels import Account
from analytics.services.freshness import request_best_times
from analytics.services.kinds import STORES, Stored, feeds_best_times
from analytics.services.kpi_changes import note_file, request_kpis
from analytics.services.limits import limits
from analytics.services.matching_requests import request_matching
from analytics.services.storage import one_import_at_a_time
from analytics.services.storage.plan import Tell
from strategy.models import Channel

KIND = "analytics.import_files"
LISTED = 10_000  # rejected rows that are kept one by one; the readers keep no more either
Progress = Callable[[float], None]


@dataclass(frozen=True)
class Choices:
    """What a person confirmed for a file, as `ImportFile.options` holds it."""

    time_zone: str
    channel: tuple[str, str] | None = None
    left_out: frozenset[str] = frozenset()
    mapping: dict[str, str] | None = None
    platform: str = ""
    exported_on: date | None = None
    brand_account: bool = False
    answers: dict[str, str] = field(default_factory=dict)  # as `Format.stream` takes them
    seen_on: date | None = None  # the latest day on which the file can have been exported

    @classmethod
    def of(cls, file: ImportFile) -> "Choices":
        told = file.options
        day = told.get("exported_on")
        channel = told.get("channel")
        settled = {key: choice for key, (choice, _by) in told.get("settled", {}).items()}
        return cls(
            time_zone=told.get("time_zone") or file.brand.time_zone,
            channel=tuple(channel) if channel else None,
            left_out=frozenset(told.get("left_out", ())),
            mapping=told.get("mapping"),
            platform=told.get("platform", ""),
            exported_on=date.fromisoformat(day) if day else None,
            brand_account=told.get("brand_account", False),
            answers={**settled, **told.get("answers", {})},
            seen_on=_seen_on(file),
        )


def _seen_on(file: ImportFile) -> date | None:
    """The day of the export as stated, as its name tells, or on which the file was last changed."""
    told, modified = file.options.get("exported_on"), file.modified_at
    named = last_day_in(file.name)
    if told:
        return date.fromisoformat(told)
    return named or (modified.date() if modified else None)


def open_reader(format: Format, path: Path, choices: Choices) -> Reader:
    """A reader of the file under these choices; times without a zone are of the chosen one."""
    options: dict[str, Any] = {}
    if format.slug == "generic":
        options = {"mapping": choices.mapping, "platform": choices.platform}
    if format.kind == "days":
        options = {"seen_on": choices.seen_on}
    return format.stream(path, time_zone=choices.time_zone, answers=choices.answers, limits=limits(), **options)


class FileImport:
    """One file on its way into the database: `prepare` before, `store` inside the transaction."""

    def __init__(self, file: ImportFile, path: Path, *, progress: Progress, now: datetime) -> None:
        self.file, self.path, self.now = file, path, now
        self.format = FORMATS[file.format]
        self.choices = Choices.of(file)
        self.evidence = Evidence(
            file.name, file.modified_at, self.choices.exported_on, self.choices.time_zone, now
        )
        self.tell = _teller(file.preview.get("rows_expected") or 0, progress)
        self.listed: list[Rejected] = []
        self.routes: dict[Account, int] | None = None

    def open(self) -> Reader:
        self.reader = open_reader(self.format, self.path, self.choices)
        return self.reader

    def prepare(self) -> None:
        self.kinds = [STORES[self.format.kind](self)]
        beside = FORMATS.get(self.format.beside)
        if beside and beside.score(open_source(self.path, limits())):
            self.kinds.append(STORES[beside.kind](_Beside(self, beside)))
        for kind in self.kinds:
            kind.prepare()

    def store(self) -> None:
        """Write the rows, their counts and what was rejected; call it inside a transaction."""
        one_import_at_a_time(self.file.brand_id)  # so that places follow the order in which imports take effect
        stored, *besides = [kind.store() for kind in self.kinds]
        for beside in besides:
            _join(stored, beside)
        self._note(stored)
        note_file(self.file)
        self._take_place()
        self.file.done_at = self.now
        self.file.save()

    def _take_place(self) -> None:
        """Behind all that was stored before, unless the file had a place already."""
        if self.file.place is None:
            last = ImportFile.objects.filter(brand=self.file.brand_id).aggregate(last=Max("place"))["last"]
            self.file.place = (last or 0) + 1
        self.file.stored_at = self.file.stored_at or self.now
        # The brand may move; what was read on its clock is to be read on the same one again.
        self.file.options = {**self.file.options, "time_zone": self.choices.time_zone}

    def _note(self, stored: Stored) -> None:
        file, reader = self.file, self.reader
        file.created, file.updated, file.unchanged = stored.created, stored.updated, stored.unchanged
        file.as_of, file.channels, file.coverage = stored.as_of, stored.channels, stored.coverage
        file.routes = stored.routes
        file.language, file.encoding, file.precision = reader.language, reader.encoding, reader.precision
        file.ignored = reader.ignored + stored.left_out
        file.rejected = reader.rejected_count + len(stored.rejected)
        file.rows = file.created + file.updated + file.unchanged + file.ignored + file.rejected
        listed = sorted([*reader.rejected, *stored.rejected], key=lambda row: row.line)[:LISTED]
        notices = [*reader.warnings, *answers.notices(file), *stored.notices]
        if file.rejected > len(listed):
            notices.append(Notice("not_all_rejected_listed", {"listed": len(listed), "count": file.rejected}))
        file.warnings = [[notice.code, notice.facts] for notice in notices]
        self.listed = listed
        RejectedRow.objects.bulk_create(_rejected_rows(file, listed), batch_size=1_000)


class _Beside:
    """What else a file holds: the same work, read by another format. A file's counts are those of its own rows."""

    def __init__(self, work: FileImport, format: Format) -> None:
        self._work, self._format = work, format
        self.file, self.choices, self.evidence, self.now = work.file, work.choices, work.evidence, work.now

    @property
    def routes(self) -> dict[Account, int] | None:
        return self._work.routes

    def tell(self, rows: int) -> None:
        """Progress is told by the file's own rows."""

    def open(self) -> Reader:
        self.reader = open_reader(self._format, self._work.path, self.choices)
        return self.reader


def _join(stored: Stored, beside: Stored) -> None:
    """Where the rows beside went, which days they cover, and in a notice how many they were."""
    stored.channels = sorted({*stored.channels, *beside.channels})
    stored.routes += [route for route in beside.routes if route not in stored.routes]
    stored.coverage += beside.coverage
    counts = {name: getattr(beside, name) for name in ("created", "updated", "unchanged")}
    stored.notices.append(Notice("days_beside", {**counts, "rejected": len(beside.rejected)}))


def _rejected_rows(file: ImportFile, rows: Iterable[Rejected]) -> list[RejectedRow]:
    return [
        RejectedRow(
            brand_id=file.brand_id,
            file=file,
            line=row.line,
            column=row.column.replace("\x00", "")[:200],
            value=row.value.replace("\x00", "")[:2_000],
            code=row.code,
            facts=row.facts,
        )
        for row in rows
    ]


def _teller(expected: int, progress: Progress) -> Tell:
    """Progress by rows; a first look at the file tells about how many there are."""

    def tell(rows: int) -> None:
        progress(min(rows / expected, 0.97) if expected else 0.5)

    return tell


def run_batch(batch: ImportBatch, *, run: Run) -> None:
    """Store what of a confirmed import is not stored yet, then end the job in one transaction with the batch."""
    waiting = list(batch.files.filter(done_at=None, problem_code="").select_related("brand"))
    for place, file in enumerate(waiting):

        def progress(share: float, place: int = place, name: str = file.name) -> None:
            run.progress((place + share) / len(waiting), "reading", file=name)

        _store_one(file, progress=progress)
    _end(batch, run=run)


def _store_one(file: ImportFile, *, progress: Progress) -> None:
    work = FileImport(file, Path(file.file.path), progress=progress, now=timezone.now())
    try:
        work.prepare()
        with transaction.atomic():
            # Whoever else took this file meanwhile has either ended it or waits here.
            if ImportFile.objects.select_for_update().filter(pk=file.pk, done_at=None).first() is None:
                return
            work.store()
    except FileError as error:
        _note_problem(file, error.code, error.facts)
    except FileNotFoundError:
        _note_problem(file, "file_gone", {})


def _note_problem(file: ImportFile, code: str, facts: dict[str, Any]) -> None:
    ImportFile.objects.filter(pk=file.pk, done_at=None).update(problem_code=code, problem_facts=facts)


@transaction.atomic
def _end(batch: ImportBatch, *, run: Run) -> None:
    files = list(batch.files.all())
    finish_batch(batch, files, by=batch.created_by)
    run.finish({"batch": batch.pk})


def store_together(
    works: Sequence[FileImport], *, brand: Brand, by: User | None, keep: bool = True
) -> ImportBatch:
    """Store several files at once, all or none; with `keep` off everything is undone after counting."""
    for work in works:
        work.prepare()
    files = [work.file for work in works]
    try:
        with transaction.atomic():
            batch = ImportBatch.objects.create(brand=brand, created_by=by, state=ImportBatch.State.CONFIRMED)
            for number, work in enumerate(works, start=1):
                work.file.batch = batch
                if keep:
                    keep_upload(work.file, work.path, number)
                work.file.save()
                work.store()
            finish_batch(batch, files, by=by)
            transaction.set_rollback(not keep)
    except BaseException:
        remove_uploads(files)  # the rows are gone with the transaction
        raise
    return batch


def keep_upload(file: ImportFile, path: Path, number: int) -> None:
    """Keep a copy of the file, as an upload keeps one: what came in can be read again and compared.

    Of a file with customers in it only what is read is kept.
    """
    with path.open("rb") as content:
        file.sha256 = hashlib.file_digest(content, "sha256").hexdigest()
    with TemporaryDirectory() as folder:
        kept = path
        if redact := FORMATS[file.format].redact:
            kept = Path(folder, "kept.csv")
            redact(open_source(path), kept)
        with kept.open("rb") as content:
            file.file.save(f"{number:02}-{get_valid_filename(path.name)[-80:]}", File(content), save=False)


def remove_uploads(files: Iterable[ImportFile]) -> None:
    for file in files:
        if file.file:
            file.file.storage.delete(file.file.name)


def finish_batch(batch: ImportBatch, files: list[ImportFile], *, by: User | None) -> None:
    """Say that the files are in, and ask for the best times of every channel whose posts they changed."""
    done = [file for file in files if file.done_at]
    batch.state = ImportBatch.State.DONE if done else ImportBatch.State.FAILED
    batch.save(update_fields=["state", "updated_at"])
    touched = {number for file in done if feeds_best_times(file.kind) for number in file.channels}
    for channel in Channel.objects.filter(pk__in=touched).select_related("brand").order_by("pk"):
        request_best_times(channel, by=by)
    if done:
        request_kpis(batch.brand, by=by)
        request_matching(batch.brand, by=by)
    counts = {name: sum(getattr(file, name) for file in done) for name in ("created", "updated", "rejected")}
    names = [file.name for file in done]
    audit.record("import.done", batch, by=by, brand=batch.brand, after={"files": names[:50], **counts})


__all__ = ["KIND", "Choices", "FileImport", "finish_batch", "open_reader", "run_batch", "store_together"]
