"""Campaigns: the list, the timeline, what is done with one, the UTM convention."""

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import BrandRequest, right
from accounts.edit_pages import EditPage, show_delete
from accounts.errors import InvalidInput
from accounts.htmx import render_page
from accounts.selectors import people_of
from accounts.table_files import table_response
from strategy import brief_pdf, timeline
from strategy import campaign_words as words
from strategy.brief_content import Content, content_of
from strategy.forms.campaigns import ConventionForm, CopyForm
from strategy.models import Campaign, UtmConvention
from strategy.objective_rows import brand_day
from strategy.platforms import PLATFORM_NAMES
from strategy.selectors import campaigns as selectors
from strategy.selectors.campaigns import Asked
from strategy.services import campaigns as services

PER_PAGE = 25
MONTHS = 6


def home(request: BrandRequest, campaign: Campaign | None = None) -> str:
    """The address of a campaign, or of the list."""
    slug = request.brand.slug
    return reverse("campaign_detail", args=[slug, campaign.pk]) if campaign else reverse("campaigns", args=[slug])


def found(campaign_id: int) -> Campaign:
    return get_object_or_404(Campaign.objects.select_related("brand", "owner", "approver"), pk=campaign_id)


@right("campaigns.view")
@require_safe
def campaigns(request: BrandRequest) -> HttpResponse:
    """What is planned, what runs and what is over."""
    asked = Asked.of(request.GET)
    page = Paginator(selectors.listed(asked), PER_PAGE).get_page(request.GET.get("page"))
    counts = selectors.counts()
    labels = dict(Campaign.Status.choices)
    context = {
        "page": page,
        "rows": [_row(campaign) for campaign in page],
        "asked": asked,
        "counts": [(slug, labels[slug], words.STATUSES[slug][1], counts[slug]) for slug in labels],
        "choices": selectors.choices(),
        "platforms": list(PLATFORM_NAMES.items()),
        "people": people_of(request.brand),
        "sorts": _sorts(),
        "tab": "list",
    }
    return render_page(request, "strategy/campaigns.html", "strategy/_campaigns.html", context)


def _sorts() -> list[tuple[str, str]]:
    return [
        ("-start", _("Latest start first")),
        ("start", _("Earliest start first")),
        ("end", _("Nearest end first")),
        ("name", _("By name")),
    ]


def _row(campaign: Campaign) -> dict[str, Any]:
    platforms = dict.fromkeys(channel.platform for channel in campaign.channels.all())
    return {
        "campaign": campaign,
        "status": words.status(campaign),
        "kind": words.kind_name(campaign.kind),
        "days": words.days(campaign.start, campaign.end),
        "platforms": list(platforms),
        "objectives": [each.objective for each in campaign.criteria.all()],
    }


@right("campaigns.view")
@require_safe
def campaigns_export(request: BrandRequest) -> HttpResponse:
    """The campaigns of the list as a file."""
    header = ["name", "kind", "status", "start", "end", "platforms", "objectives", "owner", "utm_campaign"]
    rows = [
        [
            row["campaign"].name,
            row["campaign"].kind,
            row["campaign"].status,
            row["campaign"].start.isoformat(),
            row["campaign"].end.isoformat(),
            ", ".join(row["platforms"]),
            "; ".join(str(objective) for objective in row["objectives"]),
            str(row["campaign"].owner or ""),
            row["campaign"].utm_campaign,
        ]
        for row in map(_row, selectors.listed(Asked.of(request.GET)))
    ]
    return table_response(request.GET.get("file", "csv"), f"campaigns-{request.brand.slug}", header, rows)


@right("campaigns.view")
@require_safe
def campaigns_timeline(request: BrandRequest) -> HttpResponse:
    """Half a year of campaigns as bars, and the same as a table."""
    today = brand_day(request)
    first = timeline.month_of(request.GET.get("from", ""), usual=today - timedelta(days=31))
    span = timeline.Span(first, MONTHS)
    rows = [
        {
            "campaign": campaign,
            "status": words.status(campaign),
            "days": words.days(campaign.start, campaign.end),
            "bar": span.bar(campaign.start, campaign.end),
            "milestones": [
                (each, span.place(each.day)) for each in campaign.milestones.all() if span.holds(each.day)
            ],
        }
        for campaign in selectors.between(span.first, span.last)
    ]
    context = {
        "rows": rows,
        "span": span,
        "today": span.place(today) if span.holds(today) else None,
        "tab": "timeline",
    }
    return render(request, "strategy/campaigns_timeline.html", context)


@right("campaigns.edit")
@require_POST
def campaign_step(request: BrandRequest, campaign_id: int) -> HttpResponse:
    """Bring a campaign to another status: `to` names it."""
    campaign, to = found(campaign_id), request.POST.get("to", "")
    try:
        if to == Campaign.Status.READY:
            services.make_ready(campaign, by=request.user, today=brand_day(request))
        elif to == Campaign.Status.REVIEWED:
            services.review(campaign, by=request.user, reason=request.POST.get("reason", ""))
        else:
            services.move(campaign, to, by=request.user)
        messages.success(request, _("The campaign is now: %(status)s.") % {"status": Campaign.Status(to).label})
    except InvalidInput as error:
        messages.error(request, str(error))
    return redirect(home(request, campaign))


@right("campaigns.edit")
@require_POST
def campaign_archive(request: BrandRequest, campaign_id: int) -> HttpResponse:
    """Put aside, or with `restore` bring back."""
    restore = "restore" in request.POST
    campaign = services.set_archived(found(campaign_id), archived=not restore, by=request.user)
    messages.success(
        request, _("The campaign is in the list again.") if restore else _("The campaign is archived.")
    )
    return redirect(home(request, campaign))


@right("campaigns.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_delete(request: BrandRequest, campaign_id: int) -> HttpResponse:
    return show_delete(
        request,
        found(campaign_id),
        question=_("Delete this campaign with its brief and its tasks? This cannot be undone."),
        removed=_("The campaign is deleted."),
        remove=services.remove,
        back=home(request),
    )


@right("campaigns.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_copy(request: BrandRequest, campaign_id: int) -> HttpResponse:
    """A new draft like this campaign, on other days."""
    campaign = found(campaign_id)
    start = max(brand_day(request), campaign.end + timedelta(days=1))
    initial = {"name": _("%(name)s (copy)") % {"name": campaign.name}, "start": start}
    form = CopyForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            copy = services.duplicate(campaign, by=request.user, **form.cleaned_data)
            messages.success(request, _("The copy is a draft. Its days moved along; check them."))
            return redirect(home(request, copy))
        except InvalidInput as error:
            field = str(error.facts.get("field"))
            form.add_error(field if field in form.fields else None, str(error))
    context = {
        "form": form,
        "heading": _("Copy “%(name)s”") % {"name": campaign.name},
        "sentence": _("The brief, its milestones and its tasks are taken over; results and versions are not."),
        "back": home(request, campaign),
    }
    return render(request, "accounts/edit.html", context, status=422 if form.errors else 200)


@right("campaigns.view")
@require_safe
def campaign_pdf(request: BrandRequest, campaign_id: int) -> HttpResponse:
    """The brief as it stands, or with `version` as that one was handed over; in `language`, else the reader's."""
    campaign, number = found(campaign_id), request.GET.get("version", "")
    language = request.GET.get("language", "")
    with translation.override(language if language in dict(settings.LANGUAGES) else get_language()):
        if number:
            return _pdf_of_version(campaign, number)
        return _pdf_of_draft(campaign, brand_day(request))


def _pdf_of_draft(campaign: Campaign, today: date) -> HttpResponse:
    standing = _("As of %(day)s, %(status)s") % {
        "day": words.objective_words.day(today),
        "status": campaign.get_status_display(),
    }
    return _pdf(campaign, content_of(campaign), standing, "draft")


def _pdf_of_version(campaign: Campaign, number: str) -> HttpResponse:
    known = campaign.versions.filter(number=int(number)) if number.isdecimal() and len(number) < 9 else []
    version = next(iter(known), None)
    if version is None:
        raise Http404
    day = timezone.localtime(version.handed_over_at, ZoneInfo(campaign.brand.time_zone)).date()
    standing = _("Version %(n)s, handed over on %(day)s") % {"n": number, "day": words.objective_words.day(day)}
    return _pdf(campaign, version.content, standing, f"v{number}")


def _pdf(campaign: Campaign, content: Content, standing: str, mark: str) -> HttpResponse:
    response = HttpResponse(brief_pdf.pdf(content, standing=standing), content_type="application/pdf")
    name = f"brief-{campaign.utm_campaign or campaign.pk}-{mark}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


CONVENTION = EditPage(
    form=ConventionForm,
    new=pgettext_lazy("title", "UTM convention"),
    edit=pgettext_lazy("title", "UTM convention"),
    saved=gettext_lazy("The convention is saved. Campaigns that have a name keep it."),
    sentence=gettext_lazy("How links of this brand are tagged, so that web analytics tell campaigns apart."),
    add=lambda brand, *, by, values: services.set_convention(brand, by=by, version=1, values=values),
    change=lambda row, *, by, version, values: services.set_convention(
        row.brand, by=by, version=version, values=values
    ),
    back=lambda request, _row: home(request),
    template="strategy/utm_convention.html",
    more=lambda request, form, row: {"example": _example(request)},
)


@right("campaigns.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def utm_convention(request: BrandRequest) -> HttpResponse:
    row = UtmConvention.objects.select_related("brand").first()
    return CONVENTION.show_edit(request, row) if row else CONVENTION.show_new(request)


def _example(request: BrandRequest) -> str:
    convention = selectors.convention()
    name = convention.campaign_name(date(brand_day(request).year, 5, 1), request.brand.slug, _("Spring offer"))
    values = {
        "source": convention.source_of("instagram"),
        "medium": convention.mediums[0],
        "campaign": name,
        "content": convention.content_name("carousel", 12),
    }
    return selectors.utm.tagged("https://www.example.com/", values)
