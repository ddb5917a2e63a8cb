"""A campaign's page and its form: the brief beside the money, the visits and the readings that imports tell.

Here, since it shows what strategy says beside what analytics counted.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Lower
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import BrandRequest, right
from accounts.edit_pages import EditPage
from accounts.models import AuditEvent
from analytics.models import Conversion, Spend
from strategy import campaign_words as words
from strategy import objective_words
from strategy.brief_content import content_of
from strategy.campaign_readiness import expected, gaps
from strategy.forms.campaigns import SECTIONS, CampaignForm
from strategy.kpis import KPIS
from strategy.models import Campaign, CampaignObjective, ObjectiveReading
from strategy.objective_rows import brand_day
from strategy.platforms import PLATFORM_NAMES
from strategy.selectors import campaigns as selectors
from strategy.services import campaigns as services
from strategy.services import hand_over
from strategy.views.campaigns import found, home

HISTORY = 12
# What can be done by hand from each status, in the order of its buttons.
STEPS = {
    "draft": ["ready"],
    "ready": ["draft"],
    "handed_over": ["running", "closed"],
    "running": ["closed"],
    "closed": ["reviewed", "running"],
    "reviewed": [],
}


# --- what imports tell of it -----------------------------------------------------------------------------------


def names_of(campaign: Campaign) -> list[str]:
    """What the campaign is called in imported files, in lower case."""
    told = [campaign.utm_campaign, campaign.name, *campaign.other_names]
    return list(dict.fromkeys(name.casefold() for name in told if name))


def _within(model: type[Spend] | type[Conversion], campaign: Campaign) -> QuerySet:
    """The rows under one of its names whose days touch those of the campaign."""
    days = {"start__lte": campaign.end, "end__gte": campaign.start}
    return model.objects.annotate(called=Lower("campaign")).filter(called__in=names_of(campaign), **days)


def spent_by_platform(campaign: Campaign) -> dict[str, dict[str, Decimal]]:
    """What each platform cost under the campaign's names: platform → currency → amount."""
    rows = _within(Spend, campaign).order_by()
    found_rows = rows.values("platform", "currency").annotate(total=Sum("amount"))
    told: dict[str, dict[str, Decimal]] = {}
    for row in found_rows:
        told.setdefault(row["platform"], {})[row["currency"]] = row["total"]
    return told


def visits(campaign: Campaign) -> dict[str, Any]:
    """Sessions and conversions that web analytics count under the campaign's names."""
    rows = _within(Conversion, campaign)
    return rows.aggregate(sessions=Sum("sessions"), conversions=Sum("count"))


def money(campaign: Campaign) -> list[dict[str, Any]]:
    """Planned beside spent for each platform; currencies other than the brand's stand by themselves."""
    currency = campaign.brand.currency
    planned = {each.platform: each.amount for each in campaign.budgets.all()}
    spent = spent_by_platform(campaign)
    rows = []
    for slug in [*planned, *(slug for slug in spent if slug not in planned)]:
        told = spent.get(slug, {})
        own = told.get(currency)
        rows.append(
            {
                "name": PLATFORM_NAMES.get(slug, slug) if slug else _("no platform told"),
                "slug": slug,
                "planned": words.money(planned[slug], currency) if slug in planned else "",
                "spent": words.money(own, currency) if own is not None else "",
                "others": [words.money(total, code) for code, total in told.items() if code != currency],
                "share": float(own / planned[slug]) if own is not None and planned.get(slug) else None,
            }
        )
    return rows


def results(campaign: Campaign) -> list[dict[str, Any]]:
    """Each success criterion: what is to be delivered, and how far the objective has moved since the start."""
    return outcomes([campaign])[campaign.pk]


def outcomes(campaigns: Iterable[Campaign]) -> dict[int, list[dict[str, Any]]]:
    """The same for several campaigns, by campaign. Two queries."""
    told: dict[int, list[dict[str, Any]]] = {campaign.pk: [] for campaign in campaigns}
    rows = CampaignObjective.objects.filter(campaign__in=told).select_related("objective", "campaign__brand")
    rows = list(rows.order_by("pk"))
    readings: dict[int, list[ObjectiveReading]] = {}
    for reading in ObjectiveReading.objects.filter(objective__in={row.objective_id for row in rows}).order_by(
        "day", "source"
    ):
        readings.setdefault(reading.objective_id, []).append(reading)
    for row in rows:
        told[row.campaign_id].append(_outcome(row, readings.get(row.objective_id, [])))
    return told


def _outcome(row: CampaignObjective, readings: list[ObjectiveReading]) -> dict[str, Any]:
    objective, campaign, kpi = row.objective, row.campaign, KPIS.get(row.objective.kpi)
    wanted = expected(objective.baseline, objective.target, row.share)
    before = next((each for each in reversed(readings) if each.day <= campaign.start), None)
    now = next((each for each in reversed(readings) if campaign.start < each.day <= campaign.end), None)
    moved = now.value - before.value if before is not None and now is not None else None
    return {
        "objective": objective,
        "share": row.share,
        "kpi": objective_words.kpi_name(objective.kpi),
        "wanted": _value(kpi, wanted, campaign),
        "before": _value(kpi, before.value if before else None, campaign),
        "now": _value(kpi, now.value if now else None, campaign),
        "now_day": objective_words.day(now.day) if now else "",
        "moved": _value(kpi, moved, campaign),
        "done": moved / wanted if moved is not None and wanted else None,
    }


def _value(kpi: Any, number: float | None, campaign: Campaign) -> str:
    return objective_words.value(kpi, number, campaign.brand.currency) if kpi else ""


# --- the page --------------------------------------------------------------------------------------------------


@right("campaigns.view")
@require_safe
def campaign_detail(request: BrandRequest, campaign_id: int) -> HttpResponse:
    """The brief, what it lacks, the money, what came of it so far, and what was done."""
    campaign = found(campaign_id)
    content = content_of(campaign)
    lessons = selectors.lessons_for(campaign)
    versions = hand_over.receipts(campaign)
    undecided = sum(lesson.use is None for lesson in lessons)
    edit = request.path.rstrip("/") + "/edit/"
    lacking = [
        words.gap(each, url=edit) for each in gaps(content, today=brand_day(request), open_lessons=undecided)
    ]
    context = {
        "campaign": campaign,
        "status": words.status(campaign),
        "kind": words.kind_name(campaign.kind),
        "days": words.days(campaign.start, campaign.end),
        "gaps": lacking,
        "blocking": sum(gap["blocks"] for gap in lacking),
        "chapters": words.chapters(content),
        "money": money(campaign),
        "results": results(campaign),
        "visits": visits(campaign),
        "lessons": lessons,
        "taught": list(campaign.lessons.all()),
        "tasks": list(campaign.tasks.select_related("channel", "assignee").prefetch_related("publications")),
        "versions": versions,
        "unseen": any(each["receipt"] is None for row in versions[:1] for each in row["people"]),
        "is_changed": hand_over.is_changed(campaign, [row["version"] for row in versions], content),
        "steps": [(slug, _step(slug)) for slug in STEPS[campaign.status]],
        "history": history(campaign),
        "is_open": campaign.status not in ("closed", "reviewed"),
    }
    return render(request, "strategy/campaign_detail.html", context)


def _step(slug: str) -> str:
    return {
        "ready": _("Make it ready"),
        "draft": _("Back to draft"),
        "running": _("It runs"),
        "closed": _("Close it"),
        "reviewed": _("Reviewed"),
    }[slug]


ACTIONS = {
    "campaign.added": gettext_lazy("began it"),
    "campaign.changed": gettext_lazy("changed the brief"),
    "campaign.parts_changed": gettext_lazy("changed objectives, money, milestones or team"),
    "campaign.status": gettext_lazy("set the status"),
    "campaign.archived": gettext_lazy("archived it"),
    "campaign.restored": gettext_lazy("brought it back"),
    "campaign.handed_over": gettext_lazy("handed it over"),
}


def history(campaign: Campaign) -> list[dict[str, Any]]:
    """The last things that were done to it."""
    rows = AuditEvent.objects.filter(
        Q(action__in=ACTIONS), brand=campaign.brand, row_type="strategy.campaign", row_id=str(campaign.pk)
    )
    labels = dict(Campaign.Status.choices)
    return [
        {
            "who": str(event.actor or _("Timone")),
            "what": str(ACTIONS[event.action]),
            "when": event.created_at,
            "status": labels.get((event.after or {}).get("status"), ""),
            "note": (event.after or {}).get("note", ""),
        }
        for event in rows.select_related("actor")[:HISTORY]
    ]


# --- the form --------------------------------------------------------------------------------------------------


def _more(_request: BrandRequest, form: CampaignForm, _row: Campaign | None) -> dict[str, Any]:
    return {
        "sections": [
            {
                "slug": slug,
                "title": title,
                "fields": [form[name] for name in names if name != "budgets"],
                "shares": [form[name] for name in form.objectives] if slug == "criteria" else [],
                "budgets": [form[name] for name in form.platforms] if slug == "work" else [],
            }
            for slug, title, names in SECTIONS
        ]
    }


def _change(row: Campaign, *, by: Any, version: int, values: dict[str, Any]) -> Campaign:
    """What is spent already bounds what can be planned."""
    spent = {
        slug: told[row.brand.currency]
        for slug, told in spent_by_platform(row).items()
        if row.brand.currency in told
    }
    return services.change(row, by=by, version=version, values=values, spent=spent)


CAMPAIGN = EditPage(
    form=CampaignForm,
    new=gettext_lazy("New campaign"),
    edit=gettext_lazy("Edit campaign"),
    saved=gettext_lazy("The campaign is saved."),
    sentence=gettext_lazy("The brief: what the people who execute it need to know, and what success is."),
    add=services.add,
    change=_change,
    back=home,
    template="strategy/campaign_edit.html",
    more=_more,
)


@right("campaigns.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_new(request: BrandRequest) -> HttpResponse:
    """A blank brief, or one that begins from a kind's template (`kind`)."""
    kind = request.GET.get("kind", "")
    initial = services.template(kind, today=brand_day(request)) | {"owner": request.user.pk}
    initial["tone"] = request.brand.tone_of_voice
    return CAMPAIGN.show_new(request, initial=initial)


@right("campaigns.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_edit(request: BrandRequest, campaign_id: int) -> HttpResponse:
    return CAMPAIGN.show_edit(request, get_object_or_404(Campaign.objects.select_related("brand"), pk=campaign_id))
