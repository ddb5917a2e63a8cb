"""A campaign's page and its form: the brief beside the money, the visits and the readings that imports tell.

Here, since it shows what strategy says beside what analytics counted.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.db.models import BigIntegerField, CharField, Count, DecimalField, F, Q, QuerySet, Sum, Value
from django.db.models.functions import Lower
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import BrandRequest, right
from accounts.edit_pages import EditPage
from accounts.htmx import render_page
from accounts.models import AuditEvent
from analytics.models import Conversion, Spend
from calendar_app import words as calendar_words
from calendar_app.models import Entry
from strategy import campaign_words as words
from strategy import objective_words
from strategy.brief_content import Content, content_of
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

HISTORY = 50
VISITS = "visits"  # stands where a platform would
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


class Told(NamedTuple):
    """What imports tell under a campaign's names: money by platform and currency, sessions and conversions."""

    spent: dict[str, dict[str, Decimal]]
    sessions: int
    conversions: Decimal


def told_by_imports(campaign: Campaign) -> Told:
    """One query: what was spent, and below it what web analytics count."""
    nothing, none = Value(Decimal(0), output_field=DecimalField()), Value(0, output_field=BigIntegerField())
    ads = _within(Spend, campaign).order_by().values_list("platform", "currency")
    ads = ads.annotate(total=Sum("amount"), sessions=none, conversions=nothing)
    texts = [Value(text, output_field=CharField()) for text in (VISITS, "")]
    visits = _within(Conversion, campaign).order_by().values_list(*texts)
    visits = visits.annotate(total=nothing, sessions=Sum("sessions"), conversions=Sum("count"))
    spent: dict[str, dict[str, Decimal]] = {}
    counted: tuple[int, Decimal] = (0, Decimal(0))
    for platform, currency, total, sessions, conversions in ads.union(visits, all=True):
        if platform == VISITS:
            counted = (sessions or 0, conversions or Decimal(0))
        else:
            spent.setdefault(platform, {})[currency] = total
    return Told(spent, *counted)


def money(content: Content, spent: dict[str, dict[str, Decimal]]) -> list[dict[str, Any]]:
    """Planned beside spent for each platform; currencies other than the brand's stand by themselves."""
    currency = content["currency"]
    planned = {each["platform"]: Decimal(each["amount"]) for each in content["budgets"]}
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


def outcomes(campaigns: Iterable[Campaign]) -> dict[int, list[dict[str, Any]]]:
    """Each success criterion of several campaigns: what is to be delivered, and how far the objective has moved.

    Two queries.
    """
    rows = CampaignObjective.objects.filter(campaign__in=[campaign.pk for campaign in campaigns])
    rows = list(rows.select_related("objective", "campaign__brand").order_by("pk"))
    return {campaign.pk: [] for campaign in campaigns} | results(rows)


def results(rows: Iterable[CampaignObjective]) -> dict[int, list[dict[str, Any]]]:
    """The same for criteria that were read with objective, campaign and brand. One query."""
    readings: dict[int, list[ObjectiveReading]] = {}
    found = ObjectiveReading.objects.filter(objective__in={row.objective_id for row in rows})
    for reading in found.order_by("day", "source"):
        readings.setdefault(reading.objective_id, []).append(reading)
    told: dict[int, list[dict[str, Any]]] = {}
    for row in rows:
        told.setdefault(row.campaign_id, []).append(_outcome(row, readings.get(row.objective_id, [])))
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
    criteria = list(campaign.criteria.select_related("objective").order_by("pk"))
    content = content_of(campaign, criteria)
    concerned = selectors.lessons_of(campaign, {each["platform"] for each in content["channels"]})
    lessons = [lesson for lesson in concerned if lesson.campaign_id != campaign.pk]
    versions = hand_over.receipts(campaign)
    tasks = list(campaign.tasks.select_related("channel", "assignee", "asked_by").prefetch_related("publications"))
    edit = request.path.rstrip("/") + "/edit/"
    undecided = sum(lesson.use is None for lesson in lessons)
    lacking = gaps(content, today=brand_day(request), open_lessons=undecided)
    last = versions[0]["version"] if versions else None
    told = told_by_imports(campaign)
    context = {
        "campaign": campaign,
        "status": words.status(campaign),
        "kind": words.kind_name(campaign.kind),
        "days": words.days(campaign.start, campaign.end),
        "gaps": [words.gap(each, url=edit) for each in lacking],
        "blocking": sum(each.blocks for each in lacking),
        "chapters": words.chapters(content),
        "money": money(content, told.spent),
        "results": results(criteria).get(campaign.pk, []),
        "visits": told,
        "lessons": lessons,
        "taught": [lesson for lesson in concerned if lesson.campaign_id == campaign.pk],
        "tasks": tasks,
        "versions": versions,
        "unseen": any(person["seen_at"] is None for row in versions[:1] for person in row["people"]),
        "is_changed": bool(last) and hand_over.is_changed(last, content, hand_over.drafted(campaign, tasks)),
        "steps": [(slug, _step(slug)) for slug in STEPS[campaign.status]],
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
    "campaign.reminded": gettext_lazy("reminded"),
}


ENTRIES_SHOWN = 20


@right("campaigns.view")
@require_safe
def campaign_entries(request: BrandRequest, campaign_id: int) -> HttpResponse:
    """The campaign's entries of the calendar: how many in which status, and the first of those to come."""
    campaign = found(campaign_id)
    rows = Entry.objects.filter(campaign=campaign)
    counts = dict(rows.order_by().values_list("status").annotate(n=Count("pk")))
    today = brand_day(request)
    coming = rows.exclude(status=Entry.Status.CANCELLED).filter(Q(day=None) | Q(day__gte=today))
    coming = coming.select_related("channel").order_by(F("at").asc(nulls_last=True), "pk")
    context = {
        "campaign": campaign,
        "counts": [(name, counts[slug]) for slug, name in Entry.Status.choices if counts.get(slug)],
        "cards": [{"entry": row, "status": calendar_words.status(row)} for row in coming[:ENTRIES_SHOWN]],
        "total": sum(counts.values()),
    }
    page, part = "calendar_app/campaign_entries.html", "calendar_app/_campaign_entries.html"
    return render_page(request, page, part, context)


@right("campaigns.view")
@require_safe
def campaign_history(request: BrandRequest, campaign_id: int) -> HttpResponse:
    """What was done to a campaign, the newest first."""
    campaign = found(campaign_id)
    rows = AuditEvent.objects.filter(
        action__in=ACTIONS, brand=campaign.brand, row_type="strategy.campaign", row_id=str(campaign.pk)
    )
    page = Paginator(rows.select_related("actor"), HISTORY).get_page(request.GET.get("page"))
    context = {"campaign": campaign, "page": page, "rows": [_done(event) for event in page]}
    return render(request, "strategy/campaign_history.html", context | {"back": home(request, campaign)})


def _done(event: AuditEvent) -> dict[str, Any]:
    after = event.after or {}
    return {
        "who": str(event.actor or _("Timone")),
        "what": str(ACTIONS[event.action]),
        "when": event.created_at,
        "status": dict(Campaign.Status.choices).get(after.get("status"), ""),
        "note": after.get("note", "") or ", ".join(after.get("to", [])),
    }


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
        for slug, told in told_by_imports(row).spent.items()
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
