"""Importing: the upload, what is asked before, what came of it."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core.exceptions import TooManyFilesSent
from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import BrandRequest, right
from accounts.errors import AppError, InvalidInput, Stale, word
from accounts.htmx import render_page, wants_part
from accounts.models import Job
from accounts.table_files import table_response, table_stream
from accounts.views.jobs import destination
from analytics import import_pages, import_words
from analytics.export_steps import GUIDES
from analytics.formats.generic import COLUMNS
from analytics.forms.imports import FileForm, uploads_from
from analytics.models import ImportBatch, ImportFile, RejectedRow
from analytics.selectors import comparisons
from analytics.selectors import imports as selectors
from analytics.selectors.import_history import imported_before
from analytics.services import imports as services
from analytics.services.import_files import KIND

REJECTED_SHOWN = 50
State = ImportBatch.State


@destination(KIND)
def result_of(job: Job) -> str:
    return reverse("import_detail", args=[job.brand.slug, job.payload["batch"]])


@right("imports.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def import_new(request: BrandRequest) -> HttpResponse:
    error = ""
    if request.method == "POST":
        try:
            uploads = uploads_from(request.FILES.getlist("files"), request.POST.getlist("modified"))
            batch = services.upload(request.brand, uploads, by=request.user)
            return redirect("import_detail", request.brand.slug, batch.pk)
        except InvalidInput as problem:
            error = str(problem)
        except TooManyFilesSent:
            error = word("too_many_files", {"most": services.MOST_FILES})
    context = {
        "steps": import_pages.STEPS,
        "error": error,
        "most": services.MOST_FILES,
        "formats": import_pages.known_formats(),
        "guides": GUIDES,
    }
    return render(request, "analytics/import_new.html", context, status=422 if error else 200)


@right("imports.view")
@require_safe
def import_detail(request: BrandRequest, batch_id: int) -> HttpResponse:
    """The upload to be confirmed, or what became of it."""
    batch = get_object_or_404(ImportBatch.objects.select_related("job", "created_by"), pk=batch_id)
    if batch.state == State.UPLOADED:
        return _review(request, batch, _forms(batch, None))
    if batch.job and not batch.job.is_over:
        return redirect("job", request.brand.slug, batch.job.pk)
    files = selectors.files(batch)
    context = {
        "steps": import_pages.STEPS,
        "batch": batch,
        "files": [_result(file) for file in files],
        "channels": selectors.channels_of(files),
        "after": comparisons.after(batch),
        "error": word(batch.job.error_code, batch.job.error_facts) if batch.job and batch.job.error_code else "",
    }
    return render(request, "analytics/import_result.html", context)


def _result(file: ImportFile) -> dict[str, Any]:
    shown = list(selectors.rejected(file)[:REJECTED_SHOWN]) if file.rejected else []
    return import_pages.result(file) | {
        "rejected": [(row, import_words.reason(row.column, row.value, row.code, row.facts)) for row in shown]
    }


def _forms(batch: ImportBatch, data: Any, *, looking: bool = False) -> list[FileForm]:
    files = selectors.files(batch)
    platforms = {row["platform"] for file in files for row in file.preview.get("accounts", [])}
    channels = selectors.channels_on(platforms)
    return [FileForm(file, channels, data, looking=looking) for file in files]


def _review(
    request: BrandRequest, batch: ImportBatch, forms: list[FileForm], *, error: str = "", status: int = 200
) -> HttpResponse:
    before = imported_before(form.file for form in forms)
    files = [import_pages.review(form) | {"before": before.get(form.file.sha256)} for form in forms]
    context = {
        "steps": import_pages.STEPS,
        "batch": batch,
        "files": files,
        "error": error,
        "can_look": any(file["form"] for file in files),
        "can_confirm": any(file["form"] and not file["is_hopeless"] for file in files),
    }
    page, part = "analytics/import_review.html", "analytics/_import_review.html"
    return render_page(request, page, part, context, status=status)


@right("imports.edit")
@require_POST
def import_confirm(request: BrandRequest, batch_id: int) -> HttpResponse:
    """Confirm the chosen files, or (by the other button, or at each change) look at them again as now set."""
    batch = get_object_or_404(ImportBatch, pk=batch_id)
    looking = "look" in request.POST
    forms = _forms(batch, request.POST, looking=looking)
    asked = [form for form in forms if not form.file.problem_code]
    if not looking:
        asked = [form for form in asked if not form.is_hopeless]
    if not all([form.is_valid() for form in asked]):
        error = _("Something is still to be decided; it is marked below. Nothing is stored yet.")
        return _review(request, batch, forms, error=error, status=422)
    try:
        if looking:
            return _look(request, batch, {form.file.pk: form.options() for form in asked})
        chosen = {form.file.pk: form.options() for form in asked if form.cleaned_data["take"]}
        job = services.confirm(batch, chosen, by=request.user)
    except Stale as problem:
        messages.warning(request, str(problem))
        return redirect("import_detail", request.brand.slug, batch.pk)
    except AppError as problem:
        return _review(request, batch, forms, error=str(problem), status=422)
    return redirect("job", request.brand.slug, job.pk)


def _look(request: BrandRequest, batch: ImportBatch, options: dict[int, dict[str, Any]]) -> HttpResponse:
    """The rows anew: swapped in where htmx asks, else on the page itself."""
    services.look_again(batch, options)
    if wants_part(request):
        return _review(request, batch, _forms(batch, None))
    return redirect("import_detail", request.brand.slug, batch.pk)


@right("imports.edit")
@require_POST
def import_discard(request: BrandRequest, batch_id: int) -> HttpResponse:
    batch = get_object_or_404(ImportBatch, pk=batch_id)
    try:
        services.discard(batch, by=request.user)
    except Stale as problem:
        messages.warning(request, str(problem))
        return redirect("import_detail", request.brand.slug, batch.pk)
    messages.success(request, _("The upload was discarded. Nothing was imported from it."))
    return redirect("imports", request.brand.slug)


@right("imports.view")
@require_safe
def import_rejected(request: BrandRequest, file_id: int) -> StreamingHttpResponse:
    """The rows that were not taken, as CSV."""
    file = get_object_or_404(ImportFile, pk=file_id)
    header = [_("line"), _("column"), _("value"), _("reason")]
    return table_stream(f"rejected-{file.pk}", header, _rejected_values(selectors.rejected_stream(file)))


def _rejected_values(rows: Iterator[RejectedRow]) -> Iterator[tuple[int | str, ...]]:
    for row in rows:
        why = import_words.reason(row.column, row.value, row.code, row.facts)
        yield row.line, row.column, row.value, why


@right("imports.view")
@require_safe
def import_template(request: BrandRequest) -> HttpResponse:
    """The template for whatever has no format of its own, with one line as example."""
    return table_response("csv", "timone-template", COLUMNS, [import_pages.TEMPLATE_EXAMPLE])
