"""The calendar of one day, hour by hour."""

from datetime import date, time, timedelta
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.access import BrandRequest, right
from accounts.htmx import render_page
from analytics.best_times_words import GRADES
from calendar_app import clocks, selectors, words
from calendar_app.selectors import Known
from calendar_app.views.calendar import BEST_HOURS, around
from strategy.objective_rows import brand_day

DAY_MOST = 200


@right("calendar.view")
@require_safe
def calendar_day(request: BrandRequest) -> HttpResponse:
    """One day (`day`, else today): its hours with best hours, entries, free slots; what matters and runs above."""
    day = _day(request.GET.get("day", ""), usual=brand_day(request))
    found = around(request, day, day, "day", most=DAY_MOST)
    entries, n = found["entries"].get(day, ([], 0))
    cards = [found["paint"].card(entry) for entry in entries]
    best, known = _best(request, found, day)
    odd = clocks.odd_hours(day, request.brand.time_zone)
    hours = [
        {
            "clock": time(hour),
            "cards": [card for card in cards if card["entry"].clock and card["entry"].clock.hour == hour],
            "free": [each for each in found["free"].get(day, []) if each["row"].clock.hour == hour],
            "best": best.get(hour, []),
            "odd": odd.get(hour),
            "quiet": not found["rules"].allows_hour(hour),
        }
        for hour in range(24)
    ]
    context = {
        **found,
        "first": day,
        "hours": hours,
        "all_day": [card for card in cards if not card["entry"].clock],
        "more": n - len(entries),
        "matter": found["matter"].get(day, []),
        "known": known,
        "legend": found["paint"].legend(),
        "begin": next((row["clock"] for row in hours if not row["quiet"]), time(9)),
        "parameter": "day",
        "before": str(day - timedelta(days=1)),
        "after": str(day + timedelta(days=1)),
    }
    return render_page(request, "calendar_app/day.html", "calendar_app/_day.html", context)


def _day(text: str, *, usual: date) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return usual
    return min(max(day, date(1970, 1, 5)), date(9990, 1, 1))


def _best(
    request: BrandRequest, found: dict[str, Any], day: date
) -> tuple[dict[int, list[dict[str, Any]]], list[dict[str, Any]]]:
    """By hour the channels for which it is one of the best of this weekday; and what is known of each channel."""
    known = selectors.best_times([found["asked"].channel] if found["asked"].channel else None)
    by_hour: dict[int, list[dict[str, Any]]] = {}
    for each in known.values():
        for told in _best_of(request, each, day, found["rules"]):
            by_hour.setdefault(told["hour"], []).append(told)
    basis = [
        {"channel": each.result.channel, **_grade(each), "posts": each.result.posts} for each in known.values()
    ]
    return by_hour, basis


def _best_of(request: BrandRequest, known: Known, day: date, rules: Any) -> list[dict[str, Any]]:
    cells = selectors.on_brand_clock(known, request.brand, now=timezone.now())
    good = [cell for cell in cells if cell.day == day.weekday() and cell.lift > 0 and rules.allows_hour(cell.hour)]
    return [
        {
            "hour": cell.hour,
            "channel": known.result.channel,
            "lift": words.share(cell.lift),
            "low": words.share(cell.low),
            "high": words.share(cell.high),
            "posts": cell.posts,
            **_grade(known),
        }
        for cell in sorted(good, key=lambda cell: -cell.lift)[:BEST_HOURS]
    ]


def _grade(known: Known) -> dict[str, Any]:
    return {"evidence": known.result.evidence, "grade": GRADES[known.result.evidence]}
