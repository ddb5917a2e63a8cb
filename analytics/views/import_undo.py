"""Taking an import back, and bringing it back."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts.access import BrandRequest, right
from accounts.errors import AppError
from accounts.models import Job
from accounts.views.jobs import destination
from analytics.models import ImportBatch
from analytics.services import undo as services
from analytics.services.imports_again import read_again


@destination(services.UNDO)
@destination(services.REDO)
def import_of(job: Job) -> str:
    return reverse("import_detail", args=[job.brand.slug, job.payload["batch"]])


@right("imports.edit")
@require_POST
def import_undo(request: BrandRequest, batch_id: int) -> HttpResponse:
    return _do(request, batch_id, services.undo)


@right("imports.edit")
@require_POST
def import_redo(request: BrandRequest, batch_id: int) -> HttpResponse:
    return _do(request, batch_id, services.redo)


@right("imports.edit")
@require_POST
def import_again(request: BrandRequest, batch_id: int) -> HttpResponse:
    """The same files as a new upload, to be confirmed with other settings."""
    batch = get_object_or_404(ImportBatch.objects.select_related("brand"), pk=batch_id)
    try:
        again = read_again(batch, by=request.user)
    except AppError as problem:
        messages.error(request, str(problem))
        again = batch
    return redirect("import_detail", request.brand.slug, again.pk)


def _do(request: BrandRequest, batch_id: int, verb: Callable[..., Any]) -> HttpResponse:
    batch = get_object_or_404(ImportBatch, pk=batch_id)
    try:
        job = verb(batch, by=request.user)
    except AppError as problem:
        messages.error(request, str(problem))
        return redirect("import_detail", request.brand.slug, batch.pk)
    return redirect("job", request.brand.slug, job.pk)
