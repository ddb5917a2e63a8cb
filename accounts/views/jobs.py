"""How far a background job is. Polled by the page; works without JavaScript too."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from accounts import jobs
from accounts.access import BrandRequest, right
from accounts.errors import word
from accounts.htmx import render_page
from accounts.models import Job

# Where a finished job leads: kind → function of the job that gives the address.
destinations: dict[str, object] = {}


def destination(kind: str):
    """Register where the page of this kind of job leads when it is over."""

    def register(function):
        destinations[kind] = function
        return function

    return register


@right("jobs.view")
def job(request: BrandRequest, job_id: int) -> HttpResponse:
    found = get_object_or_404(Job, pk=job_id)
    lead_to = destinations.get(found.kind)
    target = lead_to(found) if lead_to else reverse("brand_overview", args=[request.brand.slug])
    if found.state == Job.State.DONE and not request.htmx:
        return redirect(target)
    context = {"job": found, "target": target, "error": word(found.error_code, found.error_facts)}
    response = render_page(request, "accounts/job.html", "accounts/_job.html", context)
    if found.state == Job.State.DONE:
        response["HX-Redirect"] = target
    return response


@right("imports.edit")
@require_POST
def retry_job(request: BrandRequest, job_id: int) -> HttpResponse:
    found = get_object_or_404(Job, pk=job_id)
    again = jobs.retry(found, by=request.user)
    return redirect("job", request.brand.slug, again.pk)
