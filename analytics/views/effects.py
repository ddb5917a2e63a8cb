"""What worked and what did not: the reports, a new one, one of them with its posts and files."""

from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import BrandRequest, right, rights_of
from accounts.errors import InvalidInput, word
from accounts.htmx import render_page, wants_part
from accounts.models import Job
from accounts.table_files import table_response
from accounts.views.jobs import destination
from analytics import effects_tables, effects_words
from analytics.forms.effects import EffectsForm
from analytics.models import EffectsReport
from analytics.selectors import effects as selectors
from analytics.services import effects as services

PER_PAGE = 20
POSTS_HEADER = ("post", "published", "account", "text", "figure")


@right("roi.view")
@require_safe
def effects(request: BrandRequest) -> HttpResponse:
    """The reports of the brand, newest first."""
    page = Paginator(selectors.reports(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": [_listed(report) for report in page], "has_posts": selectors.has_posts()}
    return render_page(request, "analytics/effects.html", "analytics/_effects.html", context)


def _listed(report: EffectsReport) -> dict[str, Any]:
    done = report.state == EffectsReport.State.DONE
    little = effects_words.TOO_LITTLE[report.reason][0] if done and report.reason else ""
    return {
        "report": report,
        "title": effects_tables.title_of(report),
        "done": done,
        "little": little,
        "failed": not done and _has_failed(report.job),
    }


def _has_failed(job: Job | None) -> bool:
    return job is None or job.state in (Job.State.FAILED, Job.State.ERRORED)


@right("roi.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def effects_new(request: BrandRequest) -> HttpResponse:
    """Ask what worked in a period; periods end with the latest post that is known."""
    last = selectors.latest_day(request.brand)
    today = timezone.localdate(timezone=ZoneInfo(request.brand.time_zone))
    form = EffectsForm(request.POST or None, last=last or today)
    if request.method == "POST" and form.is_valid():
        try:
            report = services.request_report(request.brand, services.Wanted(**form.wanted), by=request.user)
            return redirect("effects_report", request.brand.slug, report.pk)
        except InvalidInput as error:
            form.add_error(error.facts.get("field"), str(error))
    context = {"form": form, "last": last}
    return render(request, "analytics/effects_new.html", context, status=422 if form.errors else 200)


@right("roi.view")
@require_safe
def effects_report(request: BrandRequest, effects_id: int) -> HttpResponse:
    report = _report(effects_id)
    context = {"report": report, "title": effects_tables.title_of(report), "job": report.job}
    if report.state == EffectsReport.State.DONE:
        may_learn = "campaigns.edit" in rights_of(request.roles)
        context |= {"shown": effects_tables.shown(report, may_learn=may_learn)}
    else:
        context["failed"] = _has_failed(report.job)
        if report.job:
            context["error"] = word(report.job.error_code, report.job.error_facts)
            context["phase"] = effects_words.PHASES.get(report.job.phase, effects_words.PHASES[""])
    response = render_page(request, "analytics/effects_report.html", "analytics/_effects_report.html", context)
    if wants_part(request) and "shown" in context:
        response["HX-Refresh"] = "true"  # the downloads stand in the head of the page
    return response


def _report(effects_id: int) -> EffectsReport:
    return get_object_or_404(EffectsReport.objects.select_related("brand", "job").defer("posts"), pk=effects_id)


@right("roi.edit")
@require_POST
def effects_report_again(request: BrandRequest, effects_id: int) -> HttpResponse:
    """A new report of the same days and figure from what is known now."""
    fresh = services.again(_report(effects_id), by=request.user)
    return redirect("effects_report", request.brand.slug, fresh.pk)


@right("roi.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def effects_report_delete(request: BrandRequest, effects_id: int) -> HttpResponse:
    report = _report(effects_id)
    if request.method == "POST":
        services.remove_report(report, by=request.user)
        messages.success(request, _("The report is deleted."))
        return redirect("effects", request.brand.slug)
    back = reverse("effects_report", args=[request.brand.slug, report.pk])
    context = {"question": _("Delete this report?"), "row": effects_tables.title_of(report), "back": back}
    return render(request, "accounts/delete.html", context)


@right("roi.view")
@require_safe
def effects_report_export(request: BrandRequest, effects_id: int) -> HttpResponse:
    """Every level of every dimension as a file; a report that is not computed yet leads to its page."""
    report = _report(effects_id)
    if report.state != EffectsReport.State.DONE:
        return redirect("effects_report", request.brand.slug, report.pk)
    kind = request.GET.get("file", "csv")
    name = effects_tables.file_name(report)
    return table_response(kind, name, effects_tables.HEADER, effects_tables.detail(report))


@right("roi.view")
@require_safe
def effects_posts(request: BrandRequest, effects_id: int) -> HttpResponse:
    """The posts that a report counted for one level, with the figure that was counted."""
    report = get_object_or_404(EffectsReport.objects.select_related("brand"), pk=effects_id)
    dimension, level = _asked(request)
    found = selectors.behind(report, dimension, level)
    page = Paginator(list(zip(found["post"], found["value"], strict=True)), selectors.PER_PAGE).get_page(
        request.GET.get("page")
    )
    names = (report.inputs or {}).get("names", {})
    known = selectors.told(pk for pk, _value in page)
    context = {
        "report": report,
        "title": effects_tables.title_of(report),
        "level": effects_words.level_name(dimension, level, names) if dimension and len(found) else "",
        "dimension": effects_words.DIMENSION_NAMES.get(dimension, ""),
        "page": page,
        "rows": [(known.get(int(pk)), effects_tables.number(value)) for pk, value in page],
        "figure": report.get_metric_display(),
    }
    return render_page(request, "analytics/effects_posts.html", "analytics/_effects_posts.html", context)


def _asked(request: BrandRequest) -> tuple[str, str]:
    dimension = request.GET.get("dimension", "")
    known = dimension if dimension in effects_words.DIMENSION_NAMES else ""
    return known, request.GET.get("level", "")[:40]


@right("roi.view")
@require_safe
def effects_posts_export(request: BrandRequest, effects_id: int) -> HttpResponse:
    report = get_object_or_404(EffectsReport.objects.select_related("brand"), pk=effects_id)
    dimension, level = _asked(request)
    found = selectors.behind(report, dimension, level)
    known = selectors.told(found["post"].tolist())
    clock = ZoneInfo(request.brand.time_zone)
    rows = []
    for pk, value in zip(found["post"].tolist(), found["value"].tolist(), strict=True):
        post = known.get(pk)
        told = (
            (post.external_id, post.published_at.astimezone(clock).isoformat(), str(post.channel), post.text)
            if post
            else ("", "", "", "")
        )
        rows.append([*told, value])
    name = f"{effects_tables.file_name(report)}-posts"
    return table_response(request.GET.get("file", "csv"), name, POSTS_HEADER, rows)


@destination(services.KIND)
def _page_of(job: Job) -> str:
    report = job.payload.get("report")
    if report is None:
        return reverse("effects", args=[job.brand.slug])
    return reverse("effects_report", args=[job.brand.slug, report])
