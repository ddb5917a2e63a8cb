"""The brief of a campaign as it stands, as one dictionary that the page, the PDF and handed-over versions show."""

from typing import Any

from accounts.models import User
from strategy.models import Campaign

Content = dict[str, Any]
TEXTS = (
    *("why_now", "insight", "key_message", "proof", "tone", "call_to_action", "do", "avoid", "deliverables"),
    *("legal", "risks"),
)


PARTS = (
    *("criteria__objective", "audiences", "channels", "pillars", "budgets", "milestones", "team__user"),
    "lesson_uses__lesson",
)


def content_of(campaign: Campaign) -> Content:
    """Everything that the brief says, by keys that know no language; as many queries whatever its length."""
    stored = Campaign.objects.select_related("brand", "owner", "approver").prefetch_related(*PARTS)
    campaign = stored.get(pk=campaign.pk)
    return {
        "name": campaign.name,
        "kind": campaign.kind,
        "brand": campaign.brand.name,
        "currency": campaign.brand.currency,
        "start": campaign.start.isoformat(),
        "end": campaign.end.isoformat(),
        **{name: getattr(campaign, name) for name in TEXTS},
        "criteria": [_criterion(row) for row in campaign.criteria.all()],
        "audiences": [{"id": row.pk, "name": row.name} for row in campaign.audiences.all()],
        "channels": [
            {"id": row.pk, "platform": row.platform, "name": row.name or row.handle}
            for row in campaign.channels.all()
        ],
        "pillars": [{"id": row.pk, "name": row.name} for row in campaign.pillars.all()],
        "budgets": [
            {"platform": row.platform, "amount": str(row.amount), "note": row.note}
            for row in campaign.budgets.all()
        ],
        "milestones": [{"day": row.day.isoformat(), "name": row.name} for row in campaign.milestones.all()],
        "team": [{"name": str(row.user), "part": row.part} for row in campaign.team.all()],
        "owner": _person(campaign.owner),
        "approver": _person(campaign.approver),
        "hashtags": campaign.hashtags,
        "landing_pages": campaign.landing_pages,
        "utm": {"campaign": campaign.utm_campaign, "medium": campaign.utm_medium, "term": campaign.utm_term},
        "lessons": _lessons(campaign),
    }


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


def _lessons(campaign: Campaign) -> list[Content]:
    taken = sorted((use for use in campaign.lesson_uses.all() if use.taken), key=lambda use: use.pk)
    return [
        {"id": use.lesson_id, "finding": use.lesson.finding, "action": use.lesson.action, "word": use.word}
        for use in taken
    ]
