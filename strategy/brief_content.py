"""The brief of a campaign as it stands, as one dictionary that the page, the PDF and handed-over versions show."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import BigIntegerField, QuerySet, TextField, Value
from django.db.models.functions import Cast

from accounts.models import User
from strategy.models import Audience, Campaign, CampaignObjective, Channel, ContentPillar

Content = dict[str, Any]
TEXTS = (
    *("why_now", "insight", "key_message", "proof", "tone", "call_to_action", "do", "avoid", "deliverables"),
    *("legal", "risks"),
)


def content_of(campaign: Campaign, criteria: Iterable[CampaignObjective] | None = None) -> Content:
    """Everything that the brief says, by keys that know no language; as many queries whatever its length.

    The campaign's own columns are taken as they are given, and so are its `criteria` where they were read already.
    """
    parts = _parts(campaign)
    if criteria is None:
        criteria = campaign.criteria.select_related("objective").order_by("pk")
    return {
        "name": campaign.name,
        "kind": campaign.kind,
        "brand": campaign.brand.name,
        "currency": campaign.brand.currency,
        "start": campaign.start.isoformat(),
        "end": campaign.end.isoformat(),
        **{name: getattr(campaign, name) for name in TEXTS},
        "criteria": [_criterion(row) for row in criteria],
        "audiences": [{"id": row.pk, "name": row.a} for row in parts["audience"]],
        "channels": [{"id": row.pk, "platform": row.a, "name": row.c or row.b} for row in parts["channel"]],
        "pillars": [{"id": row.pk, "name": row.a} for row in parts["pillar"]],
        "budgets": [
            {"platform": row.a, "amount": f"{Decimal(row.b):.2f}", "note": row.c} for row in parts["budget"]
        ],
        "milestones": [{"day": row.a[:10], "name": row.b} for row in parts["milestone"]],
        "team": [{"name": row.a or row.b, "part": row.c} for row in parts["person"]],
        "owner": _person(campaign.owner),
        "approver": _person(campaign.approver),
        "hashtags": campaign.hashtags,
        "landing_pages": campaign.landing_pages,
        "utm": {"campaign": campaign.utm_campaign, "medium": campaign.utm_medium, "term": campaign.utm_term},
        "lessons": [
            {"id": row.number, "finding": row.a, "action": row.b, "word": row.c} for row in parts["lesson"]
        ],
    }


class Part(NamedTuple):
    """A line of what belongs to a campaign: its kind, its number, up to three texts, and a number to order by."""

    kind: str
    pk: int
    a: str
    b: str
    c: str
    number: int


ORDERS: dict[str, Callable[[Part], Any]] = {
    "audience": lambda row: (row.a, row.pk),
    "channel": lambda row: (row.a, row.b),
    "pillar": lambda row: (row.number, row.pk),
    "budget": lambda row: (row.a, row.pk),
    "milestone": lambda row: (row.a, row.pk),
    "person": lambda row: row.pk,
    "lesson": lambda row: row.pk,
}


def _parts(campaign: Campaign) -> dict[str, list[Part]]:
    """What belongs to the campaign, by kind, in one query."""
    through = {"campaigns": campaign}
    taken = campaign.lesson_uses.filter(taken=True)
    queries = [
        _lines(Audience.objects.filter(**through), "audience", "name"),
        _lines(Channel.objects.filter(**through), "channel", "platform", "handle", "name"),
        _lines(ContentPillar.objects.filter(**through), "pillar", "name", number="position"),
        _lines(campaign.budgets.all(), "budget", "platform", "amount", "note"),
        _lines(campaign.milestones.all(), "milestone", "day", "name"),
        _lines(campaign.team.all(), "person", "user__name", "user__email", "part"),
        _lines(taken, "lesson", "lesson__finding", "lesson__action", "word", number="lesson_id"),
    ]
    found: dict[str, list[Part]] = {kind: [] for kind in ORDERS}
    for row in queries[0].union(*queries[1:], all=True):
        part = Part(*row)
        found[part.kind].append(part)
    return {kind: sorted(rows, key=ORDERS[kind]) for kind, rows in found.items()}


def _lines(rows: QuerySet, kind: str, *texts: str, number: str = "") -> QuerySet:
    """These rows as `Part`, to be asked for together with others."""
    told = [Cast(name, TextField()) for name in texts]
    told += [Value("", output_field=TextField())] * (3 - len(texts))
    ordered = Cast(number, BigIntegerField()) if number else Value(0, output_field=BigIntegerField())
    return rows.order_by().values_list(Value(kind, output_field=TextField()), "pk", *told, ordered)


def _criterion(row: Any) -> Content:
    objective = row.objective
    return {
        "id": objective.pk,
        "statement": objective.statement,
        "kpi": objective.kpi,
        "counting": objective.counting,
        "baseline": objective.baseline,
        "target": objective.target,
        "deadline": objective.deadline.isoformat(),
        "share": row.share,
        "note": row.note,
    }


def _person(user: User | None) -> Content | None:
    return {"id": user.pk, "name": str(user), "email": user.email} if user else None
