"""What the page of figures by day shows: cards, weeks, the picture, all in words of the reader's language."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analytics import roi_words as words
from analytics.day_words import FIGURES
from analytics.weeks import (
    Days,
    Movement,
    Week,
    by_week,
    full,
    growth_per_week,
    kind_of,
    last_month,
    ups_and_downs,
)

SMOOTHED = 7  # days that the thicker line averages


@dataclass(frozen=True)
class Card:
    """A figure with what it is compared with; without one, the words why."""

    label: str
    figure: str
    words: str
    change: float | None
    against: str
    note: str


def shown(figure: str, kind: str, days: Days) -> dict[str, Any]:
    """All that the page says of one figure in one period."""
    weeks = by_week(days, kind)
    return {
        "cards": cards(weeks, kind),
        "weeks": [_week(week, kind) for week in reversed(weeks)],
        "moves": _moves(weeks),
        "picture": picture(kind, days) if len(days) > 1 else None,
        "under": _under(days),
        "value_name": _value_name(figure, kind),
        "days": [(day, number(value)) for day, value in reversed(days)],
    }


def of_post(figure: str, days: Days) -> dict[str, Any]:
    """The same picture and table of one post's days."""
    return {
        "picture": picture(kind_of(figure), days) if len(days) > 1 else None,
        "under": _under(days),
        "days": [(day, number(value)) for day, value in reversed(days)],
    }


def cards(weeks: Sequence[Week], kind: str) -> list[Card]:
    return [_latest(weeks, kind), _month(last_month(weeks, kind), kind), _growth(growth_per_week(weeks, kind))]


def _latest(weeks: Sequence[Week], kind: str) -> Card:
    usable = full(weeks, kind)
    label = _("At the end of the latest week") if kind == "level" else _("Latest full week")
    if not usable:
        return Card(label, "", _("no week of which all seven days are known"), None, "", "")
    week = usable[-1]
    note = _span(week.start, week.end)
    if kind == "people":
        note = _("%(days)s, a day on average") % {"days": note}
    return Card(label, words.number(round(week.value)), "", week.change, _("a week before"), note)


def _month(moved: Movement | None, kind: str) -> Card:
    label = _("Last four weeks")
    if moved is None:
        need = _("needs five weeks in a row") if kind == "level" else _("needs eight full weeks in a row")
        return Card(label, "", need, None, "", "")
    if kind == "level":
        gain = moved.now - moved.before
        figure = ("+" if gain > 0 else "") + words.number(round(gain)).replace("-", "−")
        return Card(label, figure, "", moved.share, _("four weeks before"), "")
    note = _("a day on average") if kind == "people" else ""
    return Card(label, words.number(round(moved.now)), "", moved.share, _("the four before"), note)


def _growth(found: tuple[float, int] | None) -> Card:
    label = _("Growth a week")
    if found is None:
        return Card(label, "", _("needs five full weeks"), None, "", "")
    rate, weeks = found
    note = ngettext(
        "over %(n)s week, from the first to the last that is full",
        "over %(n)s weeks, from the first to the last that is full",
        weeks,
    )
    return Card(label, words.signed_percent(rate), "", None, "", note % {"n": words.number(weeks)})


def _moves(weeks: Sequence[Week]) -> str:
    """In how many weeks it went up."""
    ups, downs, level = ups_and_downs(weeks)
    if not (count := ups + downs + level):
        return ""
    told = ngettext(
        "Compared with the week before: up in %(ups)s of %(n)s week, down in %(downs)s.",
        "Compared with the week before: up in %(ups)s of %(n)s weeks, down in %(downs)s.",
        count,
    )
    return told % {"ups": ups, "downs": downs, "n": count}


def _week(week: Week, kind: str) -> dict[str, Any]:
    change = None if week.change is None else words.signed_percent(week.change)
    return {
        "span": _span(week.start, week.end),
        "value": round(week.value),
        "days": week.days,
        "is_full": week.is_full or kind == "level",
        "change": change,
    }


def _value_name(figure: str, kind: str) -> str:
    name = str(FIGURES.get(figure, figure))
    if kind == "level":
        return _("%(figure)s at the end") % {"figure": name}
    return _("%(figure)s, a day on average") % {"figure": name} if kind == "people" else name


def _under(days: Days) -> str:
    if not days:
        return ""
    known = ngettext("%(n)s day known", "%(n)s days known", len(days)) % {"n": words.number(len(days))}
    return _("%(first)s – %(last)s, %(known)s, as the platform's exports tell") % {
        "first": _day(days[0][0]),
        "last": _day(days[-1][0]),
        "known": known,
    }


def picture(kind: str, days: Days) -> dict[str, Any]:
    """A Plotly figure: each day, a gap where none is known, and for what is added up the mean of seven days."""
    told = dict(days)
    every = [days[0][0] + timedelta(days=place) for place in range((days[-1][0] - days[0][0]).days + 1)]
    xs = [day.isoformat() for day in every]
    line = {"type": "scatter", "mode": "lines", "connectgaps": False, "x": xs}
    hover = "%{x|%-d %b %Y}<br>%{y:,.0f}<extra></extra>"
    daily = line | {"name": _("each day"), "y": [told.get(day) for day in every], "hovertemplate": hover}
    layout: dict[str, Any] = {"height": 320, "xaxis": {"type": "date", "showgrid": False}, "hovermode": "closest"}
    layout["yaxis"] = {"tickformat": ",~r"}
    if kind == "level":
        return {"data": [daily | {"line": {"width": 2}}], "layout": layout | {"showlegend": False}}
    layout["yaxis"]["rangemode"] = "tozero"
    smooth = line | {"name": _("mean of seven days"), "y": _smoothed(told, every), "line": {"width": 3}}
    smooth["hovertemplate"] = hover
    faint = daily | {"line": {"width": 1}, "opacity": 0.6}
    return {"data": [faint, smooth], "layout": layout | {"legend": {"orientation": "h", "x": 0, "y": 1.14}}}


def _smoothed(told: dict[date, float], every: Sequence[date]) -> list[float | None]:
    """The mean of a day and the six before it, where all seven are known."""
    values = [told.get(day) for day in every]
    found: list[float | None] = []
    for place in range(len(values)):
        some = values[place - SMOOTHED + 1 : place + 1] if place >= SMOOTHED - 1 else []
        found.append(round(fmean(some), 2) if some and None not in some else None)
    return found


def number(value: float) -> int | float:
    """A whole number as one; of seconds watched and the like a tenth is enough."""
    return int(value) if value == int(value) else round(value, 1)


def _span(first: date, last: date) -> str:
    """13 – 19 Jul 2026, in as few words as the two days leave."""
    if first.month == last.month:
        return f"{first.day} – {_day(last)}"
    start = _day(first)
    return f"{start.removesuffix(str(first.year)).strip() if first.year == last.year else start} – {_day(last)}"


def _day(day: date) -> str:
    return words.day(day.isoformat())
