"""Reads audiences with what serves them and what their claims rest on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import QueryDict

from strategy import evidence as rules
from strategy.models import CLAIMS, Audience, Campaign, Channel, ContentPillar, Evidence, Objective
from strategy.selectors import campaigns

MOST_ACTIVE = 5
OPEN_CAMPAIGNS = [status for status in Campaign.Status.values if status not in ("closed", "reviewed")]
STATES = ("active", "idle", "archived", "all")
SORTS = {"name": "name", "-name": "-name", "updated": "updated_at", "-updated": "-updated_at"}
DEMOGRAPHICS = ("age_from", "age_to", "gender", "countries", "places", "languages", "interests")


@dataclass(frozen=True)
class Asked:
    """What the list is narrowed to, and its order."""

    text: str = ""
    state: str = "active"
    sort: str = "name"

    @classmethod
    def of(cls, query: QueryDict) -> "Asked":
        state, sort = query.get("state", "active"), query.get("sort", "name")
        return cls(
            query.get("q", "").strip()[:200],
            state if state in STATES else "active",
            sort if sort in SORTS else "name",
        )

    @property
    def is_narrowed(self) -> bool:
        return bool(self.text) or self.state != "active"


@dataclass(frozen=True)
class Claim:
    """One thing that is said of an audience, and what it rests on: shown, stale, assumption, or empty."""

    slug: str
    standing: str
    evidence: tuple[Evidence, ...]


def with_uses() -> QuerySet[Audience]:
    """Audiences with counts of the objectives, channels, pillars and campaigns that serve them now."""
    return Audience.objects.annotate(
        objective_count=_counted(Objective.objects.filter(archived_at=None), "audience"),
        channel_count=_counted(Audience.channels.through.objects.filter(channel__active=True), "audience"),
        pillar_count=_counted(ContentPillar.objects.filter(archived_at=None), "audience"),
        campaign_count=_counted(
            Audience.campaigns.through.objects.filter(
                campaign__archived_at=None, campaign__status__in=OPEN_CAMPAIGNS
            ),
            "audience",
        ),
    )


def _counted(rows: QuerySet, key: str) -> Coalesce:
    counts = rows.filter(**{key: OuterRef("pk")}).order_by().values(key).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counts), 0)


def listed(asked: Asked) -> QuerySet[Audience]:
    """The audiences of a list, each with what serves it and its evidence."""
    found = with_uses().prefetch_related("evidence").order_by(SORTS[asked.sort], "pk")
    if asked.state == "archived":
        found = found.filter(archived_at__isnull=False)
    elif asked.state != "all":
        found = found.filter(archived_at=None)
    if asked.state == "idle":
        found = found.filter(objective_count=0, channel_count=0, pillar_count=0, campaign_count=0)
    if asked.text:
        searched = ("name", "segment", "places", *CLAIMS)
        matches = Q()
        for name in searched:
            matches |= Q(**{f"{name}__icontains": asked.text})
        found = found.filter(matches)
    return found


def active_count() -> int:
    return Audience.objects.filter(archived_at=None).count()


def is_idle(audience: Audience) -> bool:
    """Of one that `with_uses` read: whether nothing serves it."""
    counts = (audience.objective_count, audience.channel_count, audience.pillar_count, audience.campaign_count)
    return not any(counts)


def is_said(audience: Audience, claim: str) -> bool:
    """Whether anything is claimed of this kind."""
    if claim == "demographics":
        return any(getattr(audience, name) for name in DEMOGRAPHICS)
    return bool(getattr(audience, claim))


def claims(audience: Audience, *, today: date) -> dict[str, Claim]:
    """Every claim of the audience by its name; reads its evidence once."""
    by_claim: dict[str, list[Evidence]] = {}
    for each in audience.evidence.all():
        by_claim.setdefault(each.claim, []).append(each)
    found = {}
    for slug in ("demographics", *CLAIMS, "online_hours"):
        rests_on = by_claim.get(slug, [])
        standing = rules.standing([(e.kind, e.day) for e in rests_on], today)
        found[slug] = Claim(slug, standing if is_said(audience, slug) else "empty", tuple(rests_on))
    return found


def tally(found: Iterable[Claim]) -> dict[str, int]:
    """How many claims are shown, stale and assumptions, and how many are said at all."""
    standings = [claim.standing for claim in found if claim.standing != "empty"]
    counts = {name: standings.count(name) for name in ("shown", "stale", "assumption")}
    return counts | {"said": len(standings)}


def uses_of(audience: Audience) -> list[str]:
    """Everything that refers to the audience, archived or not, by its name."""
    objectives = Objective.objects.filter(audience=audience).values_list("statement", flat=True)
    pillars = ContentPillar.objects.filter(audience=audience).values_list("name", flat=True)
    tied = [*map(str, audience.channels.all()), *map(str, audience.campaigns.all())]
    return [f"“{name}”" for name in (*objectives, *pillars, *tied)]


def serving(audience: Audience) -> dict[str, list[Any]]:
    """The objectives, pillars and channels that serve the audience now, and the campaigns that do or did."""
    return {
        "objectives": list(Objective.objects.filter(audience=audience, archived_at=None).select_related("goal")),
        "pillars": list(ContentPillar.objects.filter(audience=audience, archived_at=None)),
        "channels": list(Channel.objects.filter(audiences=audience, active=True)),
        "campaigns": campaigns.serving(audiences=audience),
    }
