"""Reports of cost and return: the list, a new one, one of them with its figures and what it lacks, its files."""

from collections.abc import Callable
from datetime import timedelta
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

from accounts.access import BrandRequest, right
from accounts.errors import InvalidInput, word
from accounts.htmx import render_page, wants_part
from accounts.models import Brand, Job
from accounts.table_files import XLSX, table_response
from accounts.views.jobs import destination
from analytics import roi_cards, roi_files, roi_tables, roi_words
from analytics.forms.costs import ReportForm
from analytics.models import RoiReport
from analytics.selectors import roi as selectors
from analytics.services import roi as services

PER_PAGE = 20


@right("roi.view")
@require_safe
def roi(request: BrandRequest) -> HttpResponse:
    """The reports of the brand, newest first, each with its three figures."""
    page = Paginator(selectors.reports(), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "rows": [_listed(report) for report in page], "known": selectors.known()}
    return render_page(request, "analytics/roi.html", "analytics/_roi.html", context)


def _listed(report: RoiReport) -> dict[str, Any]:
    if report.state != RoiReport.State.DONE:
        return {"report": report, "title": roi_files.title_of(report), "failed": _has_failed(report.job)}
    total = report.totals
    results = {"totals": total, "currency": report.currency}
    return {
        "report": report,
        "title": roi_files.title_of(report),
        "cells": [
            roi_tables.amount(total["cost"], results["currency"], roi_words.reason(total["codes"], ("no_costs",))),
            roi_tables.amount(
                total["returned"], results["currency"], roi_words.reason(total["codes"], roi_words.ROI_REASONS[2:])
            ),
            roi_tables.roi_cell(total),
        ],
    }


def _has_failed(job: Job | None) -> bool:
    return job is None or job.state in (Job.State.FAILED, Job.State.ERRORED)


@right("roi.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def roi_new(request: BrandRequest) -> HttpResponse:
    """Ask for a report of a period; the last whole month is proposed."""
    form = ReportForm(request.POST or None, brand=request.brand, initial=_proposed(request.brand))
    if request.method == "POST" and form.is_valid():
        try:
            report = services.request_report(request.brand, services.Wanted(**form.cleaned_data), by=request.user)
            return redirect("roi_report", request.brand.slug, report.pk)
        except InvalidInput as error:
            field = error.facts.get("field")
            form.add_error(field if field in form.fields else None, str(error))
    status = 422 if form.errors else 200
    return render(request, "analytics/roi_new.html", {"form": form, "known": selectors.known()}, status=status)


def _proposed(brand: Brand) -> dict[str, Any]:
    """The last whole month; with nothing known of it, the last month of which anything is."""
    today = timezone.localdate(timezone=ZoneInfo(brand.time_zone))
    latest = selectors.latest_day()
    last = min(today, latest + timedelta(days=1) if latest else today)
    end = last.replace(day=1) - timedelta(days=1)
    return {"start": end.replace(day=1), "end": end, "revenue_currency": brand.currency, "source": "auto"}


@right("roi.view")
@require_safe
def roi_report(request: BrandRequest, report_id: int) -> HttpResponse:
    report = _report(report_id)
    context = {"report": report, "title": roi_files.title_of(report), "job": report.job}
    if report.state == RoiReport.State.DONE:
        context |= _shown(report)
    elif report.job:
        context["error"] = word(report.job.error_code, report.job.error_facts)
        context["failed"] = _has_failed(report.job)
        context["phase"] = roi_words.PHASES.get(report.job.phase, roi_words.PHASES[""])
    response = render_page(request, "analytics/roi_report.html", "analytics/_roi_report.html", context)
    if wants_part(request) and "cards" in context:
        response["HX-Refresh"] = "true"  # the downloads stand in the head of the page
    return response


def _shown(report: RoiReport) -> dict[str, Any]:
    results = report.results
    brand = report.brand.slug
    return {
        "cards": roi_cards.cards(results),
        "tables": roi_tables.tables(results),
        "chart": roi_tables.chart(results),
        "missing": [_advice(note, brand) for note in results["missing"]],
        "notes": [roi_words.assumption(note, results["currency"]) for note in results["notes"]],
        "method": roi_files.method(),
        "currency_unknown": any(note["code"] == "revenue_without_currency" for note in results["missing"]),
    }


def _advice(note: dict[str, Any], brand: str) -> dict[str, str]:
    advice = roi_words.missing(note)
    url = advice.route
    if url and not url.startswith("#"):
        url = reverse(advice.route, args=[brand])
        if note["code"] == "labour_missing":
            url += "?kind=labour"
        elif note["code"] == "currency_without_rate":
            url += f"?currency={note['facts']['currency']}"
    return {"code": advice.code, "text": advice.text, "action": advice.action, "url": url}


def _report(report_id: int) -> RoiReport:
    return get_object_or_404(RoiReport.objects.select_related("brand", "job").defer("inputs"), pk=report_id)


@right("roi.edit")
@require_POST
def roi_report_again(request: BrandRequest, report_id: int) -> HttpResponse:
    """A new report of the same period from what is known now, with a currency said for revenue that tells none."""
    report = get_object_or_404(RoiReport.objects.select_related("brand"), pk=report_id)
    currency = request.POST.get("revenue_currency")
    fresh = services.again(report, by=request.user, revenue_currency=currency)
    return redirect("roi_report", request.brand.slug, fresh.pk)


@right("roi.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def roi_report_delete(request: BrandRequest, report_id: int) -> HttpResponse:
    report = _report(report_id)
    if request.method == "POST":
        services.remove_report(report, by=request.user)
        messages.success(request, _("The report is deleted."))
        return redirect("roi", request.brand.slug)
    back = reverse("roi_report", args=[request.brand.slug, report.pk])
    context = {"question": _("Delete this report?"), "row": roi_files.title_of(report), "back": back}
    return render(request, "accounts/delete.html", context)


@right("roi.view")
@require_safe
def roi_report_csv(request: BrandRequest, report_id: int) -> HttpResponse:
    return _file(request, report_id, lambda report: _csv(report))


def _csv(report: RoiReport) -> HttpResponse:
    header, rows = roi_tables.detail(report.results)
    return table_response("csv", roi_files.file_name(report), header, rows)


@right("roi.view")
@require_safe
def roi_report_xlsx(request: BrandRequest, report_id: int) -> HttpResponse:
    return _file(request, report_id, lambda report: _download(roi_files.xlsx(report), XLSX, report, "xlsx"))


@right("roi.view")
@require_safe
def roi_report_pdf(request: BrandRequest, report_id: int) -> HttpResponse:
    return _file(
        request, report_id, lambda report: _download(roi_files.pdf(report), "application/pdf", report, "pdf")
    )


def _file(request: BrandRequest, report_id: int, make: Callable[[RoiReport], HttpResponse]) -> HttpResponse:
    """A computed report as a file; one that is not computed yet leads to its page."""
    report = _report(report_id)
    if report.state != RoiReport.State.DONE:
        return redirect("roi_report", request.brand.slug, report.pk)
    return make(report)


def _download(content: bytes, content_type: str, report: RoiReport, ending: str) -> HttpResponse:
    name = f"{roi_files.file_name(report)}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)


@destination(services.KIND)
def _page_of(job: Job) -> str:
    report = job.payload.get("report")
    if report is None:
        return reverse("roi", args=[job.brand.slug])
    return reverse("roi_report", args=[job.brand.slug, report])
