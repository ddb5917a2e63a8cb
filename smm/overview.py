"""What a brand's first page tells: is it on course, when to publish, the money, how fresh the data is."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import OuterRef, QuerySet, Subquery, Sum

from accounts.models import Brand
from analytics import gap_words, roi_cards, roi_files
from analytics.models import ImportBatch, Post, RoiReport
from analytics.selectors import best_times, import_gaps
from strategy.models import Channel
from strategy.objective_rows import list_row
from strategy.objective_words import status
from strategy.selectors import objectives

SLOTS_SHOWN = 4
OBJECTIVES_SHOWN = 4
IMPORTS_SHOWN = 5
NEEDS_SHOWN = 3
STALE_AFTER = timedelta(days=14)


@dataclass(frozen=True)
class Freshness:
    """A channel, its latest known post, and whether its exports have stopped coming."""

    channel: Channel
    latest: datetime | None
    is_stale: bool


def freshness(*, now: datetime) -> list[Freshness]:
    """The active channels with their latest post; one index look-up each, whatever the number of posts."""
    latest = Post.objects.filter(channel=OuterRef("pk")).order_by("-published_at").values("published_at")[:1]
    channels = Channel.objects.filter(active=True).annotate(latest=Subquery(latest))
    return [Freshness(c, c.latest, c.latest is not None and now - c.latest > STALE_AFTER) for c in channels]


def latest_imports() -> QuerySet[ImportBatch]:
    """The last imports with their counts added up."""
    counts = {name: Sum(f"files__{name}", default=0) for name in ("created", "updated", "rejected")}
    batches = ImportBatch.objects.exclude(state=ImportBatch.State.DISCARDED).annotate(**counts)
    return batches.prefetch_related("files").order_by("-pk")[:IMPORTS_SHOWN]


def latest_report() -> dict[str, Any] | None:
    """The last finished ROI report with its cards; None when there is none."""
    done = RoiReport.objects.filter(state=RoiReport.State.DONE).defer("inputs").order_by("-computed_at").first()
    if done is None:
        return None
    return {"report": done, "title": roi_files.title_of(done), "cards": roi_cards.cards(done.results)}


def on_course(brand: Brand, *, now: datetime) -> dict[str, Any]:
    """How many objectives have which status, and those that need attention first. One query."""
    today = now.astimezone(ZoneInfo(brand.time_zone)).date()
    rows = objectives.listed(objectives.Asked(), today=today)
    counts = objectives.counts(rows)
    return {
        "counts": [(status(slug), counts[slug]) for slug in objectives.STATUSES if counts[slug]],
        "rows": [list_row(row, brand.currency) for row in rows[:OBJECTIVES_SHOWN]],
        "more": max(len(rows) - OBJECTIVES_SHOWN, 0),
    }


def exports_needed(brand: Brand, *, now: datetime) -> dict[str, Any]:
    """The exports to download next: the few that fill most, and how many there are besides."""
    today = now.astimezone(ZoneInfo(brand.time_zone)).date()
    found = import_gaps.needs(today=today)
    rows = [gap_words.brief(need) for need in found[:NEEDS_SHOWN]]
    return {"needs": rows, "needs_more": len(found) - len(rows)}


def context(brand: Brand, *, now: datetime) -> dict[str, Any]:
    channels = freshness(now=now)
    return {
        **exports_needed(brand, now=now),
        "objectives": on_course(brand, now=now),
        "slots": best_times.coming_slots(now=now)[:SLOTS_SHOWN],
        "channels": channels,
        "imports": latest_imports(),
        "latest_report": latest_report(),
        "is_new": not channels,
    }
