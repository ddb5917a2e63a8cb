"""The words of objectives: values by unit, statuses and why, letters of SMART, what history says of a target."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent
from django.conf import settings
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext_lazy, ngettext, override
from django.utils.translation import gettext as _

from strategy.kpis import ADS, DAYS, KPIS, ORDERS, POSTS, STAGES, VISITS, Kpi
from strategy.models import Objective
from strategy.progress import Attainability, Forecast, Progress
from strategy.smart import Weakness

STATUSES: dict[str, tuple[Promise, str, str]] = {  # words, level of the badge, icon
    "at_risk": (gettext_lazy("at risk"), "warning", "alert"),
    "missed": (gettext_lazy("missed"), "bad", "error"),
    "unknown": (gettext_lazy("not known"), "", "info"),
    "on_course": (gettext_lazy("on course"), "good", "check"),
    "reached": (gettext_lazy("reached"), "accent", "target"),
}
# What the form fills in as the source of a proposed baseline, in the language of the person who took it.
IMPORTED = gettext_lazy("imported data")
LETTERS: dict[str, Promise] = {
    "S": gettext_lazy("specific"),
    "M": gettext_lazy("measurable"),
    "A": gettext_lazy("attainable"),
    "R": gettext_lazy("relevant"),
    "T": gettext_lazy("time-bound"),
}
WEAKNESSES: dict[str, Promise] = {
    "statement_short": gettext_lazy("Say in a sentence what is to change, for whom and where."),
    "audience_missing": gettext_lazy("Name the audience."),
    "platforms_missing": gettext_lazy("Name the platforms it is about."),
    "owner_missing": gettext_lazy("Name one person who answers for it."),
    "kpi_missing": gettext_lazy("Choose the KPI that shows it."),
    "target_missing": gettext_lazy("Give the value to be reached."),
    "baseline_missing": gettext_lazy("Say where it stands today; without a baseline no progress can be told."),
    "by_hand_only": gettext_lazy("No import feeds this KPI: readings have to be entered by hand."),
    "beyond_best": gettext_lazy("The target lies beyond one and a half times the best quarter seen so far."),
    "above_seen": gettext_lazy("The target asks for more than was seen so far, chance taken into account."),
    "history_missing": gettext_lazy("There is too little history to tell whether the target is within reach."),
    "goal_missing": gettext_lazy("Tie it to a business goal, or it is activity for its own sake."),
    "dates_missing": gettext_lazy("Give a start and a deadline."),
    "too_short": gettext_lazy("Less than two weeks from start to deadline tell chance from change badly."),
    "too_long": gettext_lazy("More than two years away nobody feels bound. Set a nearer milestone."),
}
DIRECTIONS = dict(Objective.Direction.choices)
COUNTINGS = dict(Objective.Counting.choices)


def _language() -> str:
    return (get_language() or "en").split("-")[0]


def day(value: date | None) -> str:
    """A date as the reader writes it; English here is that of Europe."""
    return _day(value, _locale()) if value else ""


def _locale() -> str:
    return {"en": "en_GB"}.get(_language(), _language())


# Formatting a number costs a third of a millisecond, and a page of objectives writes hundreds, most of them again.
@lru_cache(maxsize=4_096)
def _day(value: date, locale: str) -> str:
    return format_date(value, format="medium", locale=locale)


@lru_cache(maxsize=16_384)
def _number(value: float, kind: str, locale: str) -> str:
    """kind: a pattern of Babel with % for shares, or an ISO 4217 currency."""
    if "#" not in kind:
        return format_currency(value, kind, locale=locale)
    write = format_percent if "%" in kind else format_decimal
    return write(value, format=kind, locale=locale)


def value(kpi: Kpi, number: float | None, currency: str) -> str:
    """A value of a KPI with its unit; "" where there is none."""
    if number is None:
        return ""
    if kpi.unit == "percent":
        return _number(number, "#,##0.##\u202f%", _language())
    if kpi.unit == "money":
        return _number(number, currency, _locale())
    text = _number(number, "#,##0" if abs(number) >= 100 else "#,##0.##", _language())
    if kpi.unit == "times":
        return _("%(number)s times") % {"number": text}
    return _("%(number)s min") % {"number": text} if kpi.unit == "minutes" else text


def unit(kpi: Kpi, currency: str) -> str:
    """What a KPI is told in, for a field's label and an axis."""
    names = {"percent": "%", "money": currency, "times": _("times"), "minutes": _("minutes")}
    return names.get(kpi.unit, _("number"))


def percent(share: float) -> str:
    return _number(share, "#,##0\u202f%", _language())


def kpi_name(slug: str) -> str:
    return capfirst(_(KPIS[slug].name)) if slug in KPIS else slug


def stage_name(slug: str) -> str:
    return capfirst(_(STAGES[slug]))


def feeds(kpi: Kpi) -> str:
    """Which imports tell the KPI, or that none does."""
    if not kpi.is_imported:
        return _("no import; readings are entered by hand")
    return ", ".join(str(_(feed)) for feed in kpi.feeds)


def counted(objective: Objective) -> str:
    """How the KPI is counted, where that has to be said: of what adds up."""
    kpi = KPIS[objective.kpi]
    return str(COUNTINGS[objective.counting]) if kpi.kind in ("volume", "rate", "growth") else ""


def rests_on(kpi: Kpi, n: int | None) -> str:
    """How many posts, days or visits a figure rests on."""
    if n is None or not kpi.is_imported:
        return ""
    forms = {
        POSTS: ngettext("%(n)s post", "%(n)s posts", n),
        DAYS: ngettext("%(n)s day", "%(n)s days", n),
        ADS: ngettext("%(n)s row of ads", "%(n)s rows of ads", n),
        VISITS: ngettext("%(n)s visit", "%(n)s visits", n),
        ORDERS: ngettext("%(n)s order", "%(n)s orders", n),
    }
    return forms[kpi.feeds[0]] % {"n": format_decimal(n, locale=_language())}


@dataclass(frozen=True)
class Status:
    """A status as pages show it: its slug, words, level and icon."""

    slug: str
    text: str
    level: str
    icon: str


def status(slug: str) -> Status:
    text, level, icon = STATUSES[slug]
    return Status(slug, str(text), level, icon)


def why(objective: Objective, progress: Progress, currency: str) -> str:
    """The reason of a status, with its figures, in one or two sentences."""
    kpi = KPIS[objective.kpi]
    facts: dict[str, Any] = {
        "target": value(kpi, objective.target, currency),
        "deadline": day(objective.deadline),
    }
    if (now := progress.now) is not None:
        facts |= {"now": value(kpi, now.value, currency), "day": day(now.day)}
    if progress.attainment is not None:
        facts |= {"gone": percent(progress.attainment), "time": percent(progress.elapsed)}
    if (foretold := progress.forecast) is not None:
        facts |= forecast_facts(kpi, foretold, currency)
    return str(_REASONS[progress.reason]) % facts


_REASONS: dict[str, Promise] = {
    "no_target": gettext_lazy("There is no target yet. Edit the objective and set one."),
    "no_baseline": gettext_lazy("Without a baseline nobody can tell how far it has come. Edit it and set one."),
    "no_reading": gettext_lazy(
        "There is no reading since the start. Import an export that feeds the KPI, or enter a reading by hand."
    ),
    "at_target": gettext_lazy("It stood at %(now)s on %(day)s: the target of %(target)s is reached."),
    "deadline_passed": gettext_lazy(
        "The deadline was %(deadline)s; the last reading, of %(day)s, is %(now)s where %(target)s was wanted."
    ),
    "by_forecast": gettext_lazy(
        "If things go on as in the last %(weeks)s weeks, it will be %(value)s on %(deadline)s (90 %%: %(low)s to "
        "%(high)s). The target of %(target)s is reached with a probability of %(chance)s."
    ),
    "by_pace": gettext_lazy(
        "%(gone)s of the way after %(time)s of the time. Fewer than six weeks are known: nothing is forecast yet."
    ),
}


def forecast_facts(kpi: Kpi, foretold: Forecast, currency: str) -> dict[str, str]:
    """A forecast's figures in words. What cannot be below zero is not said to be."""
    low = foretold.low if kpi.may_be_negative else max(foretold.low, 0.0)
    expected = foretold.value if kpi.may_be_negative else max(foretold.value, 0.0)
    return {
        "value": value(kpi, expected, currency),
        "low": value(kpi, low, currency),
        "high": value(kpi, max(foretold.high, low), currency),
        "chance": _chance(foretold.chance),
        "weeks": str(foretold.weeks),
    }


def pace(progress: Progress) -> str:
    """The pace beside the even one, which would be 1."""
    if progress.pace is None:
        return ""
    facts = {"time": percent(progress.elapsed), "pace": format_decimal(progress.pace, "#,##0.##", _language())}
    return _("after %(time)s of the time: pace %(pace)s, where 1 is even") % facts


def outlook(kpi: Kpi, progress: Progress, currency: str) -> str:
    """The interval of the forecast and what it rests on."""
    if progress.forecast is None:
        return ""
    facts = forecast_facts(kpi, progress.forecast, currency)
    text = _("90 %%: %(low)s to %(high)s, from %(weeks)s weeks") % facts
    return f"{text}, {_('yearly season taken into account')}" if progress.forecast.seasonal else text


def _chance(share: float) -> str:
    """A probability without false certainty."""
    if share < 0.01:
        return _("less than 1 %")
    return _("more than 99 %") if share > 0.99 else percent(share)


def smart(found: Sequence[Weakness]) -> list[dict[str, Any]]:
    """The five letters, each with its word and what is still weak in it."""
    weak: dict[str, list[str]] = {letter: [] for letter in LETTERS}
    for weakness in found:
        weak[weakness.letter].append(str(WEAKNESSES[weakness.code]))
    return [{"letter": letter, "word": LETTERS[letter], "weak": weak[letter]} for letter in LETTERS]


def attainable(kpi: Kpi, counting: str, found: Attainability, currency: str) -> str:
    """What the target needs beside what was seen, with the interval; "" where history says nothing."""
    if found.needed is None or found.seen is None or found.low is None or found.high is None:
        return ""
    facts = {
        "needed": change(kpi, found.needed, currency),
        "seen": change(kpi, found.seen, currency),
        "low": change(kpi, found.low, currency),
        "high": change(kpi, found.high, currency),
        "weeks": found.weeks,
        "best": value(kpi, found.best, currency),
    }
    if kpi.kind == "level" or counting == "total":
        return _(
            "Needed: %(needed)s a week. Seen in %(weeks)s weeks: %(seen)s a week (90 %%: %(low)s to %(high)s); "
            "in the best quarter %(best)s a week."
        ) % (facts | {"best": change(kpi, found.best or 0.0, currency)})
    return (
        _(
            "Needed: %(needed)s a week. Seen in %(weeks)s weeks: %(seen)s a week (90 %%: %(low)s to %(high)s). "
            "The best quarter stood at %(best)s."
        )
        % facts
    )


def change(kpi: Kpi, step: float, currency: str) -> str:
    """A change with its sign; of shares in points of a per cent."""
    sign = "+" if step > 0 else "−" if step < 0 else "±"
    if kpi.unit == "percent":
        points = format_decimal(abs(step) * 100, format="#,##0.###", locale=_language())
        return _("%(sign)s%(points)s points") % {"sign": sign, "points": points}
    return f"{sign}{value(kpi, abs(step), currency)}"


@lru_cache(maxsize=1)
def _imported_in_every_language() -> frozenset[str]:
    found = set()
    for code, _name in settings.LANGUAGES:
        with override(code):
            found.add(str(IMPORTED))
    return frozenset(found)


def source(text: str) -> str:
    """The source of a baseline: what the form fills in stands in the reader's language, all else as written."""
    return str(IMPORTED) if text in _imported_in_every_language() else text
