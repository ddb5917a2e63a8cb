"""Reads campaigns: the list and what narrows it, one with all that belongs to it, lessons that concern it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, FilteredRelation, OuterRef, Q, QuerySet
from django.http import QueryDict

from accounts.asked import number, one_of
from strategy import utm
from strategy.models import Audience, Campaign, ContentPillar, Lesson, Objective, UtmConvention
from strategy.platforms import PLATFORM_NAMES

STATES = ("active", "archived", "all")
SORTS = ("-start", "start", "end", "name")


@dataclass(frozen=True)
class Asked:
    """What the list is narrowed to, and its order."""

    text: str = ""
    status: str = ""
    audience: int | None = None
    objective: int | None = None
    pillar: int | None = None
    platform: str = ""
    person: int | None = None
    state: str = "active"
    sort: str = "-start"

    @classmethod
    def of(cls, query: QueryDict) -> "Asked":
        return cls(
            text=query.get("q", "").strip()[:200],
            status=one_of(query, "status", Campaign.Status.values),
            audience=number(query, "audience"),
            objective=number(query, "objective"),
            pillar=number(query, "pillar"),
            platform=one_of(query, "platform", PLATFORM_NAMES),
            person=number(query, "person"),
            state=one_of(query, "state", STATES, "active"),
            sort=one_of(query, "sort", SORTS, "-start"),
        )

    @property
    def is_narrowed(self) -> bool:
        told = (self.text, self.status, self.audience, self.objective, self.pillar, self.platform, self.person)
        return any(told) or self.state != "active"


def listed(asked: Asked) -> QuerySet[Campaign]:
    """The campaigns of the list with their owner and how much belongs to them."""
    found = Campaign.objects.select_related("owner").prefetch_related("channels", "criteria__objective")
    if asked.state != "all":
        found = found.filter(archived_at__isnull=asked.state == "active")
    if asked.status:
        found = found.filter(status=asked.status)
    for name in ("audience", "pillar"):
        if value := getattr(asked, name):
            found = found.filter(**{f"{name}s": value})
    if asked.objective:
        found = found.filter(criteria__objective=asked.objective)
    if asked.platform:
        found = found.filter(channels__platform=asked.platform)
    if asked.person:
        found = found.filter(Q(owner=asked.person) | Q(approver=asked.person) | Q(team__user=asked.person))
    if asked.text:
        words = ("name", "key_message", "utm_campaign", "insight", "why_now")
        found = found.filter(Q(*((f"{name}__icontains", asked.text) for name in words), _connector=Q.OR))
    return found.order_by(asked.sort, "pk").distinct()


def counts() -> dict[str, int]:
    """How many active campaigns have each status."""
    rows = Campaign.objects.filter(archived_at=None).order_by().values_list("status").annotate(n=Count("pk"))
    return dict.fromkeys(Campaign.Status.values, 0) | dict(rows)


def between(first: date, last: date) -> list[Campaign]:
    """The active campaigns that run on any of these days, with their milestones, by start."""
    found = Campaign.objects.filter(archived_at=None, start__lte=last, end__gte=first)
    return list(found.prefetch_related("milestones").order_by("start", "pk"))


def serving(**what: Audience | Objective) -> list[Campaign]:
    """The campaigns for an audience (`audiences`) or an objective (`criteria__objective`), the latest first."""
    return list(Campaign.objects.filter(archived_at=None, **what).order_by("-start", "pk"))


def choices() -> dict[str, list]:
    """What the list can be narrowed to."""
    return {
        "audiences": list(Audience.objects.filter(archived_at=None).only("name", "brand")),
        "pillars": list(ContentPillar.objects.filter(archived_at=None).only("name", "brand")),
        "objectives": list(Objective.objects.filter(archived_at=None).only("statement", "brand")),
    }


def convention() -> utm.Convention:
    """How the brand in scope writes its UTM values."""
    row = UtmConvention.objects.first()
    if row is None:
        return utm.Convention()
    return utm.Convention(
        sources=row.sources,
        mediums=tuple(row.mediums) or utm.MEDIUMS,
        campaign_pattern=row.campaign_pattern,
        content_pattern=row.content_pattern,
        longest=row.longest,
    )


def lessons_for(campaign: Campaign) -> list[Lesson]:
    """The lessons on its audiences, pillars or platforms; `use` tells how each was decided, or is None."""
    return [lesson for lesson in lessons_of(campaign) if lesson.campaign_id != campaign.pk]


def lessons_of(campaign: Campaign, platforms: Iterable[str] | None = None) -> list[Lesson]:
    """The lessons that concern a campaign (with `use`, as `lessons_for` tells) and those that it taught itself.

    One query where its `platforms` are told, else two.
    """
    if platforms is None:
        platforms = campaign.channels.values_list("platform", flat=True)
    own = set(platforms)
    shared = Exists(Audience.objects.filter(lessons=OuterRef("pk"), campaigns=campaign))
    shared |= Exists(ContentPillar.objects.filter(lessons=OuterRef("pk"), campaigns=campaign))
    here = FilteredRelation("uses", condition=Q(uses__campaign=campaign))
    found = Lesson.objects.annotate(here=here, is_shared=shared).select_related("campaign", "here__by")
    told = []
    for lesson in found.order_by("-pk"):
        lesson.use = getattr(lesson, "here", None)
        mine = lesson.campaign_id == campaign.pk
        if mine or lesson.use or lesson.is_shared or own & set(lesson.platforms):
            told.append(lesson)
    return told


def lessons(text: str = "") -> QuerySet[Lesson]:
    """The brand's memory: every lesson, narrowed by words."""
    found = Lesson.objects.select_related("campaign", "owner").prefetch_related("audiences", "pillars", "uses")
    if text:
        words = ("finding", "evidence", "action", "cause", "campaign__name")
        found = found.filter(Q(*((f"{name}__icontains", text) for name in words), _connector=Q.OR))
    return found.order_by("-pk")
