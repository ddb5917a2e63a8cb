"""What an import changed, what undoing it would change, how it differs from another: paged and exported."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import BrandRequest, right
from accounts.errors import AppError
from accounts.htmx import render_page
from accounts.models import Job
from accounts.table_files import Cell, table_response
from accounts.views.jobs import destination
from analytics import comparison_words as words
from analytics.models import ImportBatch, ImportComparison, ImportDifference
from analytics.selectors import comparisons as selectors
from analytics.selectors.comparisons import Asked
from analytics.services import comparisons as services

PER_PAGE = 50
About = ImportComparison.About


@destination(services.KIND)
def comparison_of(job: Job) -> str:
    return reverse("import_comparison", args=[job.brand.slug, job.payload["comparison"]])


@right("imports.edit")
@require_POST
def import_compare(request: BrandRequest, batch_id: int) -> HttpResponse:
    """Ask for a comparison; one that is still true is shown at once."""
    batch = get_object_or_404(ImportBatch.objects.select_related("brand"), pk=batch_id)
    about, number = request.POST.get("about", ""), request.POST.get("other", "")
    about = about if about in About.values else About.BEFORE
    other = None
    if about == About.OTHER:
        other = get_object_or_404(ImportBatch, pk=int(number) if number.isdecimal() else 0)
    try:
        asked = services.ask(batch, about, other=other, by=request.user)
    except AppError as problem:
        messages.error(request, str(problem))
        return redirect("import_detail", request.brand.slug, batch.pk)
    if asked.done_at:
        return redirect("import_comparison", request.brand.slug, asked.pk)
    return redirect("job", request.brand.slug, asked.job_id)


@right("imports.view")
@require_safe
def import_comparison(request: BrandRequest, comparison_id: int) -> HttpResponse:
    comparison = _found(comparison_id)
    if comparison.done_at is None:
        if comparison.job and not comparison.job.is_over:
            return redirect("job", request.brand.slug, comparison.job_id)
        return redirect("import_detail", request.brand.slug, comparison.batch_id)
    asked = _asked(request)
    page = Paginator(selectors.differences(comparison, asked), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "comparison": comparison,
        "heading": words.TITLES[comparison.about],
        "facts": words.facts(comparison),
        "is_stale": comparison.about in (About.UNDO, About.REDO) and comparison.rests_on != services.rests_on(),
        "question": words.question(comparison),
        "page": page,
        "rows": [words.line(row) for row in page],
        "asked": asked,
        "tables": list(words.TABLES.items()),
        "changes": ImportDifference.Change.choices,
        "most": services.MOST_ROWS if selectors.is_cut(comparison, services.MOST_ROWS) else None,
    }
    return render_page(request, "analytics/import_comparison.html", "analytics/_import_differences.html", context)


@right("imports.view")
@require_safe
def import_comparison_export(request: BrandRequest, comparison_id: int) -> HttpResponse:
    """The differing rows asked for: one line for each figure of a row."""
    comparison = _found(comparison_id)
    rows = _lines(selectors.differences(comparison, _asked(request)).iterator(chunk_size=2_000))
    header = [_("what"), _("change"), _("channel"), _("number or campaign"), _("text"), _("day"), _("figure")]
    header += [_("before"), _("after"), _("difference")]
    kind = "xlsx" if request.GET.get("file") == "xlsx" else "csv"
    return table_response(kind, f"{request.brand.slug}-comparison-{comparison.pk}", header, rows)


def _found(number: int) -> ImportComparison:
    return get_object_or_404(ImportComparison.objects.select_related("batch", "other", "job"), pk=number)


def _asked(request: BrandRequest) -> Asked:
    table, change = request.GET.get("table", ""), request.GET.get("change", "")
    return Asked(
        text=request.GET.get("q", "").strip()[:200],
        table=table if table in words.TABLES else "",
        change=change if change in ImportDifference.Change.values else "",
    )


def _lines(rows: Iterator[ImportDifference]) -> Iterator[list[Cell]]:
    for row in rows:
        start = [
            *(str(words.TABLES[row.table]), row.get_change_display(), str(row.channel or ""), row.key),
            *(words.text_of(row), row.day.isoformat() if row.day else ""),
        ]
        for figure, before, after, change in words.figures(row):
            yield [*start, figure, *map(_cell, (before, after, change))]


def _cell(value: Any) -> Cell:
    if value is None:
        return ""
    if isinstance(value, bool):
        return int(value)
    return value.isoformat() if isinstance(value, datetime) else value
