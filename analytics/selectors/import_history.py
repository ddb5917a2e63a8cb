"""The brand's imports as a history: who brought in what and when, searched and filtered."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Max, Prefetch, Q, QuerySet, Sum

from accounts.models import Brand, User
from analytics.models import ImportBatch, ImportFile

SUMMED = ("created", "updated", "unchanged", "rejected")
SHORTEST_CHECKSUM = 6
NAMED = ("name", "batch", "format", "kind", "problem_code", "sha256")


@dataclass(frozen=True)
class Asked:
    """What the address asks for. `text` is part of a file's name, or the beginning of its checksum."""

    text: str = ""
    state: str = ""
    kind: str = ""
    by: int | None = None
    start: date | None = None
    end: date | None = None

    @property
    def is_narrowed(self) -> bool:
        return self != Asked()


def batches(brand: Brand, asked: Asked) -> QuerySet[ImportBatch]:
    """The imports asked for, newest first, with their files' names and sums. Two queries however many."""
    sums = {f"sum_{name}": Sum(f"files__{name}", default=0) for name in SUMMED}
    found = _asked(brand, asked).annotate(count=Count("files"), as_of=Max("files__as_of"), **sums)
    names = ImportFile.objects.only(*NAMED).order_by("pk")
    return found.select_related("created_by").prefetch_related(Prefetch("files", names)).order_by("-pk")


def files(brand: Brand, asked: Asked) -> Iterator[ImportFile]:
    """Every file of the imports asked for, newest import first, for a download."""
    found = ImportFile.objects.filter(batch__in=_asked(brand, asked).values("pk"))
    found = found.select_related("batch__created_by", "batch__undone_by").defer("preview", "options")
    return found.order_by("-batch", "pk").iterator(chunk_size=1_000)


def _asked(brand: Brand, asked: Asked) -> QuerySet[ImportBatch]:
    found = ImportBatch.objects.all()
    if asked.state:
        found = found.filter(state=asked.state)
    if asked.by is not None:
        found = found.filter(created_by=asked.by)
    if asked.text or asked.kind:
        found = found.filter(pk__in=_files_asked(asked).values("batch"))
    zone = ZoneInfo(brand.time_zone)
    if asked.start:
        found = found.filter(created_at__gte=datetime.combine(asked.start, time(), zone))
    if asked.end:
        found = found.filter(created_at__lt=datetime.combine(asked.end + timedelta(days=1), time(), zone))
    return found


def _files_asked(asked: Asked) -> QuerySet[ImportFile]:
    found = ImportFile.objects.all()
    if asked.kind:
        found = found.filter(kind=asked.kind)
    if asked.text:
        named = Q(name__icontains=asked.text)
        if len(asked.text) >= SHORTEST_CHECKSUM:
            named |= Q(sha256__startswith=asked.text.lower())
        found = found.filter(named)
    return found


def importers() -> QuerySet[User]:
    """The people who have imported anything into the brand."""
    return User.objects.filter(pk__in=ImportBatch.objects.values("created_by")).order_by("name", "email")


def imported_before(told: Iterable[ImportFile]) -> dict[str, ImportFile]:
    """Of these files, by checksum, those whose very content is in already: the latest file that brought it in."""
    told = list(told)
    sums = {file.sha256 for file in told if file.sha256}
    if not sums:
        return {}
    found = ImportFile.objects.filter(
        sha256__in=sums, done_at__isnull=False, batch__state=ImportBatch.State.DONE
    ).exclude(batch__in={file.batch_id for file in told} | {file.batch.replaces_id for file in told})
    found = found.select_related("batch__created_by").defer("preview", "options").order_by("done_at")
    return {file.sha256: file for file in found}
