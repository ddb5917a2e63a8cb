"""A persona's page: what is said of it, what serves it, and how the posts through its channels did.

Here, since it shows what strategy says beside what analytics counted.
"""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, Sum
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import BrandRequest, right
from analytics.models import Post
from smm import campaign_page
from strategy import audience_words as words
from strategy import campaign_words, objective_words
from strategy.kpis import KPIS
from strategy.models import Audience, Campaign, Objective
from strategy.selectors import audiences as selectors
from strategy.selectors import objectives

WEEKS = 13


@right("strategy.view")
@require_safe
def audience_detail(request: BrandRequest, audience_id: int) -> HttpResponse:
    audience = get_object_or_404(Audience.objects.prefetch_related("evidence"), pk=audience_id)
    now = timezone.now()
    today = timezone.localdate(now, timezone=ZoneInfo(request.brand.time_zone))
    serving = selectors.serving(audience)
    figures = posts_through(serving["channels"], now=now)
    for channel in serving["channels"]:
        channel.figures = figures.get(channel.pk)
    aims = [_aim(objective, today, request.brand.currency) for objective in serving["objectives"]]
    context = {
        "audience": audience,
        "aims": aims,
        "people": words.people(audience),
        "sections": sections(audience, today),
        "tally": selectors.tally(selectors.claims(audience, today=today).values()),
        "hours_rows": words.hours_grid(audience.online_hours) if audience.online_hours else None,
        "level_names": words.level_names(),
        "serving": serving,
        "campaigns": _campaigns(serving["campaigns"]),
        "is_idle": _is_idle(serving),
        "weeks": WEEKS,
        "tab": "audiences",
    }
    return render(request, "strategy/audience_detail.html", context)


def _campaigns(found: list[Campaign]) -> list[dict[str, Any]]:
    """The campaigns for the audience, and how far each brought the objectives that it serves."""
    told = campaign_page.outcomes(found)
    return [
        {
            "campaign": campaign,
            "status": campaign_words.status(campaign),
            "days": campaign_words.days(campaign.start, campaign.end),
            "outcomes": [each for each in told[campaign.pk] if each["done"] is not None],
        }
        for campaign in found
    ]


def _is_idle(serving: dict[str, list[Any]]) -> bool:
    open_ones = [each for each in serving["campaigns"] if each.status in selectors.OPEN_CAMPAIGNS]
    return not (serving["objectives"] or serving["pillars"] or serving["channels"] or open_ones)


def sections(audience: Audience, today: date) -> list[dict[str, Any]]:
    """What is said of the audience, in the order of its form, each claim with what it rests on."""
    told = selectors.claims(audience, today=today)
    found = []
    for slug, title, _about, names in words.SECTIONS:
        claims = ["demographics"] if slug == "who" else list(names)
        rows = [_claim(audience, told[name]) for name in claims]
        said = [row for row in rows if row["standing"] != "empty"]
        left = [row["label"] for row in rows if row["standing"] == "empty"]
        found.append({"slug": slug, "title": title, "claims": said, "left": left})
    return found


def _aim(objective: Objective, today: date, currency: str) -> dict[str, Any]:
    """An objective that serves the audience, and how far it is."""
    judged, kpi = objectives.judged(objective, today=today), KPIS.get(objective.kpi)
    now = judged.progress.now
    told = [None if now is None else now.value, objective.target]
    value, target = (objective_words.value(kpi, number, currency) if kpi else "" for number in told)
    return {
        "objective": objective,
        "status": objective_words.status(judged.status),
        "now": value,
        "target": target,
    }


def _claim(audience: Audience, claim: selectors.Claim) -> dict[str, Any]:
    text, level = words.STANDINGS[claim.standing]
    return {
        "slug": claim.slug,
        "label": words.CLAIM_NAMES[claim.slug],
        "text": getattr(audience, claim.slug, ""),
        "standing": claim.standing,
        "badge": text,
        "level": level,
        "evidence": claim.evidence,
    }


def posts_through(channels: list[Any], *, now: datetime) -> dict[int, dict[str, Any]]:
    """By channel: posts of the last weeks, their engagements and reach, what the weeks before that brought.

    Replies are left out; engagements per person reached are a ratio of sums over the posts that tell both.
    """
    recent, before = now - timedelta(weeks=WEEKS), now - timedelta(weeks=2 * WEEKS)
    posts = Post.objects.filter(channel__in=channels, published_at__gte=before, is_reply=False).order_by()
    told = Q(engagements__isnull=False, reach__gt=0)
    rows = posts.values("channel").annotate(
        **_sums("now", Q(published_at__gte=recent), told), **_sums("before", Q(published_at__lt=recent), told)
    )
    return {row["channel"]: _rates(row) for row in rows}


def _sums(name: str, when: Q, told: Q) -> dict[str, Any]:
    return {
        f"{name}_posts": Count("pk", filter=when),
        f"{name}_engagements": Sum("engagements", filter=when),
        f"{name}_told": Sum("engagements", filter=when & told),
        f"{name}_reach": Sum("reach", filter=when & told),
    }


def _rates(row: dict[str, Any]) -> dict[str, Any]:
    rates = {
        f"{name}_rate": row[f"{name}_told"] / row[f"{name}_reach"] if row[f"{name}_reach"] else None
        for name in ("now", "before")
    }
    return row | rates
