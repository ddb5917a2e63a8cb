"""When a channel's audience reacts: the map, the slots, what they rest on."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import BrandRequest, right
from accounts.errors import word
from accounts.htmx import render_page
from accounts.models import Job
from accounts.table_files import table_response
from accounts.views.jobs import destination
from analytics import best_times_words as words
from analytics.models import BestTimes
from analytics.post_words import FORMATS
from analytics.selectors import best_times as selectors
from analytics.services.freshness import request_best_times
from strategy.models import Channel

SORTS = {"hour": ("day", "hour"), "lift": ("lift",), "posts": ("posts",)}
LEVELS = 7
# A map with less contrast than this keeps to its light tones, so that noise does not look like news.
LEAST_SPAN = 0.15


@dataclass(frozen=True)
class Asked:
    """What the address asks for: a channel, a metric, an order of the table."""

    channels: list[Channel]
    channel: Channel | None
    metric: str
    sort: str
    is_sorted: bool = False

    @property
    def query(self) -> str:
        return urlencode({"channel": self.channel.pk, "metric": self.metric} if self.channel else {})


@right("best_times.view")
@require_safe
def best_times(request: BrandRequest) -> HttpResponse:
    asked = _asked(request)
    context = {"asked": asked, "metrics": _metrics(asked.metric)}
    if asked.channel is not None:
        context |= _channel_context(asked, asked.channel)
    return render_page(request, "analytics/best_times.html", "analytics/_best_times.html", context)


@right("best_times.view")
@require_safe
def best_times_export(request: BrandRequest, channel_id: int) -> HttpResponse:
    """The table of a channel's hours as a file, in whole precision; empty while nothing is computed."""
    channel = get_object_or_404(Channel, pk=channel_id)
    metric, sort = _metric(request.GET), _sort(request.GET)
    result = selectors.results(channel).get(metric)
    header = [_("Day"), _("Hour"), _("Lift"), _("Low (90 %)"), _("High (90 %)"), _("Posts"), _("Posts' worth")]
    names = ("lift", "low", "high", "posts", "informing")
    rows = [
        [str(WEEKDAYS[cell["day"]]), cell["hour"], *(cell[name] for name in names)]
        for cell in _sorted(result.cells if result else [], sort)
    ]
    return table_response(request.GET.get("file", "csv"), f"best-times-{channel.platform}-{metric}", header, rows)


@right("best_times.edit")
@require_POST
def best_times_compute(request: BrandRequest, channel_id: int) -> HttpResponse:
    """Ask for a channel to be computed anew, and return to its page, which shows how far that is."""
    channel = get_object_or_404(Channel.objects.select_related("brand"), pk=channel_id)
    request_best_times(channel, by=request.user)
    query = urlencode({"channel": channel.pk, "metric": _metric(request.POST)})
    return redirect(f"{reverse('best_times', args=[request.brand.slug])}?{query}")


@destination(selectors.KIND)
def _page_of(job: Job) -> str:
    return f"{reverse('best_times', args=[job.brand.slug])}?{urlencode({'channel': job.payload['channel']})}"


def _asked(request: BrandRequest) -> Asked:
    channels = list(selectors.channels())
    wanted = request.GET.get("channel")
    channel = next((c for c in channels if str(c.pk) == wanted), None) if wanted else next(iter(channels), None)
    if wanted and channel is None:
        raise Http404
    return Asked(channels, channel, _metric(request.GET), _sort(request.GET), "sort" in request.GET)


def _metric(values: QueryDict) -> str:
    metric = values.get("metric", selectors.METRICS[0])
    if metric not in selectors.METRICS:
        raise Http404
    return metric


def _sort(values: QueryDict) -> str:
    sort = values.get("sort", "hour")
    return sort if sort.removeprefix("-") in SORTS else "hour"


def _metrics(chosen: str) -> list[dict[str, Any]]:
    return [
        {"slug": slug, "name": words.METRIC_NAMES[slug], "help": words.METRIC_HELP[slug], "chosen": slug == chosen}
        for slug in selectors.METRICS
    ]


def _channel_context(asked: Asked, channel: Channel) -> dict[str, Any]:
    results = selectors.results(channel)
    job, failed = selectors.jobs_of(channel)
    result = results.get(asked.metric)
    context = {
        "counted": selectors.counted(channel),
        "weeks_behind": selectors.weeks_behind(channel),
        "job": job,
        "failure": word(failed.error_code, failed.error_facts) if failed and not job else "",
        "result": result,
        "zone_changed": result is not None and result.time_zone != channel.zone,
    }
    return context | (_result_context(asked, result) if result else {})


def _result_context(asked: Asked, result: BestTimes) -> dict[str, Any]:
    result.channel = asked.channel
    now, settings = timezone.now(), result.settings
    prior = settings["prior"]
    explore = [settings["explore"]] if settings.get("explore") else []
    return {
        "grade": words.GRADES[result.evidence],
        "grade_meaning": words.grade_meaning(
            result.evidence, prior=prior["source"], hours=bool(settings.get("hours"))
        ),
        "map_rows": _map_rows(result),
        "hours": range(24),
        "columns": _columns(asked.sort),
        "table": [_table_row(cell) for cell in _sorted(result.cells, asked.sort)],
        "slots": [_slot(slot) for slot in selectors.slots(result, result.recommended, now=now)],
        "explore": [_slot(slot) for slot in selectors.slots(result, explore, now=now)],
        "notes": [words.NOTES[code] for code in result.notes if code in words.NOTES],
        "period": selectors.period(result),
        "formats": _formats(settings["formats"]),
        "left_out": settings["left_out"],
        "prior": prior,
        "prior_percent": None if prior["weight"] is None else max(0, round(100 * prior["weight"])),
        "online": _online(settings.get("hours")),
        "needed": settings["needed"],
        "maturity_hours": settings["maturity_hours"],
        "other_zone": result.time_zone != result.channel.brand.time_zone,
    }


def _online(hours: dict[str, Any] | None) -> dict[str, Any] | None:
    """The audiences whose hours online joined what was expected, and at how many percent they are taken."""
    return None if hours is None else hours | {"percent": max(0, round(100 * hours["weight"]))}


def _formats(counts: dict[str, int]) -> list[tuple[Any, int]]:
    """How many posts of each format, most first, by the formats' names."""
    return [(FORMATS.get(slug, slug), n) for slug, n in sorted(counts.items(), key=lambda item: -item[1])]


def _map_rows(result: BestTimes) -> list[dict[str, Any]]:
    """The week as seven rows of 24 cells, with the tone, the rank and the sentence of each."""
    ranks = {(slot["day"], slot["hour"]): rank for rank, slot in enumerate(result.recommended, start=1)}
    lifts = [cell["lift"] for cell in result.cells]
    lowest = min(lifts)
    span = max(max(lifts) - lowest, LEAST_SPAN)
    rows: list[dict[str, Any]] = [
        {"name": WEEKDAYS[day], "short": WEEKDAYS_ABBR[day], "cells": []} for day in range(7)
    ]
    for cell in result.cells:
        share = (cell["lift"] - lowest) / span
        rows[cell["day"]]["cells"].append(
            cell
            | {
                "level": min(int(share * LEVELS), LEVELS - 1),
                "rank": ranks.get((cell["day"], cell["hour"])),
                "sentence": words.cell_sentence(cell),
            }
        )
    return rows


def _sorted(cells: list[dict[str, Any]], sort: str) -> list[dict[str, Any]]:
    names = SORTS[sort.removeprefix("-")]
    return sorted(cells, key=lambda cell: tuple(cell[name] for name in names), reverse=sort.startswith("-"))


def _columns(sort: str) -> list[dict[str, Any]]:
    """The heads of the table; a click on the one it is sorted by turns the order round."""
    heads = [
        ("hour", _("Hour")),
        ("lift", _("Change")),
        ("", _("Low")),
        ("", _("High")),
        ("posts", _("Posts")),
        ("", _("Told as much as")),
    ]
    return [
        {
            "name": name,
            "numeric": slug != "hour",
            "sort": slug and _turned(slug, sort),
            "direction": {slug: "ascending", f"-{slug}": "descending"}.get(sort) if slug else None,
        }
        for slug, name in heads
    ]


def _turned(slug: str, sort: str) -> str:
    if sort.removeprefix("-") == slug:
        return slug if sort.startswith("-") else f"-{slug}"
    return slug if slug == "hour" else f"-{slug}"


def _table_row(cell: dict[str, Any]) -> dict[str, Any]:
    return {
        "day": WEEKDAYS[cell["day"]],
        "hour": f"{cell['hour']:02}:00",
        "lift": words.percent(cell["lift"]),
        "low": words.percent(cell["low"]),
        "high": words.percent(cell["high"]),
        "posts": cell["posts"],
        "informing": round(cell["informing"], 1),
    }


def _slot(slot: selectors.Slot) -> dict[str, Any]:
    return {
        "hour": words.hour_name(slot.day, slot.hour),
        "comparison": words.comparison(slot.lift),
        "interval": words.interval(slot.low, slot.high),
        "starts_at": slot.starts_at,
        "in_brand_zone": slot.in_brand_zone,
    }
