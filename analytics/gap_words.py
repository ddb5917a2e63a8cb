"""Gaps in the reader's words: what is missing, since when, and how it is exported."""

from datetime import date, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from analytics.coverage import WEEK, Span, by_week
from analytics.day_words import FIGURES as DAY_FIGURES
from analytics.import_pages import KINDS, TITLES
from analytics.models import QuietPeriod
from analytics.post_words import FIGURES
from analytics.selectors.import_gaps import Line, Need

WEEKS = 53
FIGURES_SHOWN = 4
OTHER_FIGURES: dict[str, Promise] = {
    "amount": gettext_lazy("amount"),
    "results": gettext_lazy("results"),
    "conversions": gettext_lazy("conversions"),
    "conversion_value": gettext_lazy("value of conversions"),
    "sessions": gettext_lazy("sessions"),
    "engaged_sessions": gettext_lazy("engaged sessions"),
    "key_events": gettext_lazy("key events"),
    "revenue": gettext_lazy("revenue"),
}


def figure(name: str) -> str:
    return str(FIGURES.get(name) or DAY_FIGURES.get(name) or OTHER_FIGURES.get(name, name))


def figures(names: tuple[str, ...]) -> str:
    """The first few, and how many more."""
    told = [figure(name) for name in names[:FIGURES_SHOWN]]
    if more := len(names) - len(told):
        told.append(ngettext("%(n)s more", "%(n)s more", more) % {"n": more})
    return ", ".join(told)


def need(found: Need) -> dict[str, Any]:
    """An export to download next, with the steps to it."""
    return {
        "need": found,
        "title": name_of(found),
        "kind": KINDS.get(found.kind, ""),
        "guide": found.guide,
    }


def name_of(found: Line | Need | QuietPeriod) -> Any:
    """The channel, or what money is told by."""
    return found.channel or TITLES.get(found.source, found.source)


def quiet(period: QuietPeriod) -> dict[str, Any]:
    """Days on which nothing happened, as somebody said."""
    return {"period": period, "name": name_of(period), "kind": KINDS.get(period.kind, "")}


def line(found: Line, *, today: date) -> dict[str, Any]:
    """A line of the calendar: how much of each of the last 53 weeks is covered."""
    monday = today - timedelta(days=today.weekday()) - (WEEKS - 1) * WEEK
    counts = by_week(found.covered, monday=monday, weeks=WEEKS)
    return {
        "line": found,
        "kind": KINDS.get(found.kind, ""),
        "name": name_of(found),
        "figures": figures(found.figures),
        "weeks": [_level(count, monday + n * WEEK, found) for n, count in enumerate(counts)],
        "first": found.covered[0].first if found.covered else None,
        "last": found.covered[-1].last if found.covered else None,
    }


def _level(count: int, monday: date, found: Line) -> str:
    """full, part or none; "before" the first day that is known."""
    if not found.covered or monday + WEEK <= found.covered[0].first:
        return "before"
    if count == 7 or not _is_missing(monday, found.gaps):
        return "full"
    return "part" if count else "none"


def _is_missing(monday: date, gaps: tuple[Span, ...]) -> bool:
    """Whether a day of this week is in a gap: pauses between exports of posts are none."""
    return any(gap.first < monday + WEEK and gap.last >= monday for gap in gaps)


def brief(found: Need) -> dict[str, Any]:
    """An export to download next, in a line of the overview."""
    days = found.missing_days
    words = ngettext("%(n)s day missing", "%(n)s days missing", days) % {"n": days}
    return {
        "channel": found.channel,
        "title": name_of(found),
        "kind": KINDS.get(found.kind, ""),
        "words": _("nothing imported yet") if found.is_first else words,
    }
