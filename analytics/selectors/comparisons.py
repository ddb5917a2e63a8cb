"""Reads what was worked out about imports."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from accounts.errors import word
from analytics.models import ImportBatch, ImportComparison, ImportDifference

OTHERS_SHOWN = 50


@dataclass(frozen=True)
class Asked:
    """Which of the differing rows are asked for."""

    text: str = ""
    table: str = ""
    change: str = ""

    @property
    def is_narrowed(self) -> bool:
        return self != Asked()


def differences(comparison: ImportComparison, asked: Asked) -> QuerySet[ImportDifference]:
    """The rows asked for, those that differ most first."""
    found = ImportDifference.objects.filter(comparison=comparison).select_related("channel")
    if asked.table:
        found = found.filter(table=asked.table)
    if asked.change:
        found = found.filter(change=asked.change)
    if asked.text:
        found = found.filter(Q(text__icontains=asked.text) | Q(key__icontains=asked.text))
    return found.order_by("table", "-size", "pk")


def is_cut(comparison: ImportComparison, most: int) -> bool:
    """Whether more rows differ than were kept one by one."""
    counts = [value for value in (comparison.counts or {}).values() if isinstance(value, dict)]
    return sum(sum(count.values()) for count in counts) > most


def comparable(batch: ImportBatch) -> QuerySet[ImportBatch]:
    """Imports that this one can be set beside: the latest that hold rows of the same kinds."""
    kinds = batch.files.filter(done_at__isnull=False).values("kind")
    states = [ImportBatch.State.DONE, ImportBatch.State.UNDONE]
    found = ImportBatch.objects.filter(state__in=states, files__kind__in=kinds, files__done_at__isnull=False)
    return found.exclude(pk=batch.pk).distinct().prefetch_related("files").order_by("-pk")[:OTHERS_SHOWN]


def after(batch: ImportBatch) -> dict[str, Any]:
    """What the page of an import that is over tells of its later life."""
    job, over = batch.job, batch.state in (ImportBatch.State.DONE, ImportBatch.State.UNDONE)
    return {
        "problem": word(job.error_code, job.error_facts) if over and job and job.error_code else "",
        "replaces": batch.replaces,
        "replaced_by": batch.replaced_by.filter(state=ImportBatch.State.DONE).first(),
        "comparable": list(comparable(batch)) if over else [],
    }
