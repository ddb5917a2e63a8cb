"""Reads the whole strategy as one content, and its versions.

A content is plain JSON, told in codes and in the texts that people wrote, so that it can be shown in any language.
"""

from datetime import date
from typing import Any

from django.db.models import QuerySet

from accounts.models import Brand
from strategy.models import CLAIMS, Audience, Channel, ContentPillar, PlatformChoice, Strategy, StrategyVersion
from strategy.selectors import audiences, objectives, pillars
from strategy.selectors.objectives import Judged

SCHEMA = 1
TEXTS = ("situation", "positioning", "constraints")
PEOPLE = ("age_from", "age_to", "gender", "countries", "places", "languages", "interests")


def current(brand: Brand) -> Strategy:
    """The brand's own texts; an unsaved row where none were written."""
    return Strategy.objects.select_related("brand").first() or Strategy(brand=brand)


def content(brand: Brand, *, today: date) -> dict[str, Any]:
    """The strategy as it stands. The number of queries does not depend on its size."""
    own = current(brand)
    return {
        "schema": SCHEMA,
        "brand": brand.name,
        "currency": brand.currency,
        "start": own.start.isoformat() if own.start else "",
        "end": own.end.isoformat() if own.end else "",
        **{name: getattr(own, name) for name in TEXTS},
        "audiences": [_audience(row, today) for row in _active_audiences()],
        "platforms": [_choice(row) for row in PlatformChoice.objects.select_related("decided_by")],
        "channels": [_channel(row) for row in _open_channels()],
        "objectives": [_objective(row) for row in objectives.with_readings(today=today)],
        "pillars": [_pillar(row) for row in pillars.active()],
    }


def _active_audiences() -> QuerySet[Audience]:
    return Audience.objects.filter(archived_at=None).prefetch_related("evidence")


def _open_channels() -> QuerySet[Channel]:
    return Channel.objects.filter(active=True).select_related("owner").prefetch_related("audiences")


def _audience(row: Audience, today: date) -> dict[str, Any]:
    claims = audiences.claims(row, today=today)
    return {
        "id": row.pk,
        "name": row.name,
        "segment": row.segment,
        "weight": row.weight,
        "people": {name: getattr(row, name) for name in PEOPLE},
        "claims": {name: getattr(row, name) for name in CLAIMS if getattr(row, name)},
        "online_hours": row.online_hours,
        "standing": {slug: claim.standing for slug, claim in claims.items() if claim.standing != "empty"},
    }


def _choice(row: PlatformChoice) -> dict[str, Any]:
    return {
        "platform": row.platform,
        "decision": row.decision,
        "reason": row.reason,
        "score": None if row.score is None else round(row.score),
        "overruled": row.overruled,
        "review_on": row.review_on.isoformat() if row.review_on else "",
        "decided_by": str(row.decided_by or ""),
        "decided_on": row.decided_at.date().isoformat(),
    }


def _channel(row: Channel) -> dict[str, Any]:
    return {
        "id": row.pk,
        "platform": row.platform,
        "handle": row.handle,
        "name": row.name or row.handle,
        "mission": row.mission,
        "owner": str(row.owner or ""),
        "audiences": [audience.name for audience in row.audiences.all() if audience.archived_at is None],
    }


def _objective(row: Judged) -> dict[str, Any]:
    objective, now = row.objective, row.progress.now
    return {
        "id": objective.pk,
        "statement": objective.statement,
        "serves": objective.parent_id,
        "goal": objective.goal.name if objective.goal else "",
        "kpi": objective.kpi,
        "counting": objective.counting,
        "direction": objective.direction,
        "baseline": objective.baseline,
        "target": objective.target,
        "start": objective.start.isoformat(),
        "deadline": objective.deadline.isoformat(),
        "audience": objective.audience.name if objective.audience else "",
        "platforms": objective.platforms,
        "owner": str(objective.owner or ""),
        "assumptions": objective.assumptions,
        "now": None if now is None else {"value": now.value, "day": now.day.isoformat(), "status": row.status},
    }


def _pillar(row: ContentPillar) -> dict[str, Any]:
    return {
        "id": row.pk,
        "name": row.name,
        "share": row.share,
        "audience": row.audience.name if row.audience else "",
        "purpose": row.purpose,
        "examples": row.examples,
        "avoid": row.avoid,
    }


def decided(told: dict[str, Any]) -> dict[str, Any]:
    """A content without what changes by itself: readings, and how fresh evidence is."""
    return told | {
        "objectives": [each | {"now": None} for each in told["objectives"]],
        "audiences": [each | {"standing": {}} for each in told["audiences"]],
    }


def versions() -> QuerySet[StrategyVersion]:
    """All versions, newest first, without their contents."""
    return StrategyVersion.objects.defer("content").select_related("proposed_by", "agreed_by")


def before(version: StrategyVersion) -> StrategyVersion | None:
    """The version that this one was written to replace: the last one before it that was not withdrawn."""
    earlier = versions().filter(number__lt=version.number)
    return earlier.exclude(state=StrategyVersion.State.WITHDRAWN).first()
