"""How far an objective is: readings of its KPI, pace, forecast with an interval, status and its reason. Pure.

All figures come from weekly sums. A rate is a sum of numerators over a sum of denominators; reach and other counts
of people are never added up over days by whoever makes these sums.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import sqrt
from typing import NamedTuple

import numpy as np

from strategy.intervals import ratio, t_cdf, t_quantile

WEEK = timedelta(weeks=1)
PERIOD = 4  # weeks over which rates and volumes are read
BASELINE = 12  # weeks that a proposed baseline rests on
LEAST_WEEKS = 6  # below this no forecast is made
MEMORY = 52  # weeks that a forecast looks back
SEASON = 104  # weeks of history from which a yearly season can be told
LEVEL = 0.90
BEST_QUARTER_FACTOR = 1.5  # a target beyond the best past quarter times this is called unattainable


class Week(NamedTuple):
    """What one week (named by its Monday) adds; a level has its last value in `numerator`."""

    week: date
    n: int
    numerator: float
    denominator: float | None = None
    squares: float | None = None
    cross: float | None = None
    denominator_squares: float | None = None


class Reading(NamedTuple):
    """Where a KPI stood at the end of `day`; low and high bound 90 % where sampling makes it uncertain."""

    day: date
    value: float
    low: float | None
    high: float | None
    n: int


@dataclass(frozen=True)
class Forecast:
    """What to expect on the deadline: value, 90 % interval, how likely the target is, and the weeks used."""

    value: float
    low: float
    high: float
    chance: float
    weeks: int
    seasonal: bool


@dataclass(frozen=True)
class Progress:
    """Start, now, target, pace, forecast and status of an objective; `reason` is a code.

    attainment: share of the way from baseline to target that is gone (may be below 0 or above 1). pace: attainment
    divided by the share of the time that is gone (1 = on the straight line). status: reached, on_course, at_risk,
    missed, unknown.
    """

    status: str
    reason: str
    now: Reading | None
    attainment: float | None
    elapsed: float
    pace: float | None
    forecast: Forecast | None


def add_up(weeks: Sequence[Week]) -> list[Week]:
    """Weeks of several channels or platforms as one series; levels and sums alike are added."""
    found: dict[date, Week] = {}
    for week in weeks:
        before = found.get(week.week)
        found[week.week] = week if before is None else _sum(before, week)
    return [found[key] for key in sorted(found)]


def combine(kind: str, channels: Sequence[Sequence[Week]], whole: Sequence[Sequence[Week]] = ()) -> list[Week]:
    """The series of several channels, and of platforms that are told of the whole brand, as one.

    Levels are carried over gaps, and begin where all channels are known: a channel more is no growth. Sums and
    rates end with the channel that was told least far, for a channel not imported yet is no fall; one that said
    nothing for more than four weeks before the newest is taken as silent.
    """
    channels = [series for series in channels if series]
    if not channels:
        return add_up([week for series in whole for week in series])
    newest = max(series[-1].week for series in channels)
    if kind in ("level", "growth"):
        first = max(series[0].week for series in channels)
        carried = [week for series in channels for week in _carried(series, newest) if week.week >= first]
        return add_up(carried)
    live = [series[-1].week for series in channels if series[-1].week >= newest - PERIOD * WEEK]
    told = [week for series in channels for week in series if week.week <= min(live)]
    return add_up([*told, *(week for series in whole for week in series)])


def _carried(series: Sequence[Week], until: date) -> list[Week]:
    """The series with each gap filled by the week before it, up to and including a week."""
    found: list[Week] = []
    for place, week in enumerate(series):
        after = series[place + 1].week if place + 1 < len(series) else until + WEEK
        found += [week._replace(week=week.week + n * WEEK) for n in range((after - week.week) // WEEK)]
    return found


def _sum(one: Week, other: Week) -> Week:
    pairs = zip(one[1:], other[1:], strict=True)
    return Week(one.week, *(None if a is None and b is None else (a or 0) + (b or 0) for a, b in pairs))


def readings(kind: str, counting: str, weeks: Sequence[Week], start: date) -> list[Reading]:
    """One reading at the end of every week since `start`; weeks ascend and each occurs once.

    kind as of `kpis.Kpi`; counting "level", "period" (four weeks) or "total" (since the start).
    """
    found: list[Reading] = []
    total, n = 0.0, 0
    for place, week in enumerate(weeks):
        if week.week + WEEK <= start:
            continue
        total, n = total + week.numerator, n + week.n
        day = week.week + timedelta(days=6)
        if counting == "total":
            found.append(Reading(day, total, None, None, n))
            continue
        # Each week occurs once, so that what four weeks hold is among the last five.
        told = _reading(kind, weeks[max(place - PERIOD, 0) : place + 1], day, known_from=weeks[0].week)
        if told is not None:
            found.append(told)
    return found


def _reading(kind: str, weeks: Sequence[Week], day: date, *, known_from: date) -> Reading | None:
    last = weeks[-1]
    if kind == "level":
        return Reading(day, last.numerator, None, None, last.n)
    if kind == "growth":
        return _growth(weeks, day)
    window = [week for week in weeks if week.week > last.week - PERIOD * WEEK]
    if kind == "volume":
        # A window that begins before the first week known would tell too little.
        if known_from > last.week - (PERIOD - 1) * WEEK:
            return None
        return Reading(day, sum(week.numerator for week in window), None, None, sum(week.n for week in window))
    return _rate(window, day)


def _growth(weeks: Sequence[Week], day: date) -> Reading | None:
    before = [week for week in weeks if week.week <= weeks[-1].week - PERIOD * WEEK]
    if not before or before[-1].numerator <= 0:
        return None
    return Reading(day, weeks[-1].numerator / before[-1].numerator - 1, None, None, weeks[-1].n)


def _rate(weeks: Sequence[Week], day: date) -> Reading | None:
    n, tops = sum(week.n for week in weeks), sum(week.numerator for week in weeks)
    bottoms = sum(week.denominator or 0.0 for week in weeks)
    if bottoms <= 0:
        return None
    low = high = None
    if all(week.squares is not None for week in weeks):
        squares = tuple(sum(week[place] or 0.0 for week in weeks) for place in (4, 5, 6))
        if (bounds := ratio(n, tops, bottoms, squares)) is not None:
            low, high = bounds
    return Reading(day, tops / bottoms, low, high, n)


class Baseline(NamedTuple):
    """A baseline that the imported data propose, and the days that it rests on."""

    reading: Reading
    first: date
    last: date


def propose_baseline(kind: str, counting: str, weeks: Sequence[Week], start: date) -> Baseline | None:
    """The KPI over the twelve weeks before `start`, or what is there of them (four at least); None below.

    What is counted since the start begins at 0 and needs none.
    """
    before = [week for week in weeks if start - BASELINE * WEEK <= week.week and week.week + WEEK <= start]
    if counting == "total" or not before:
        return None
    first, day = before[0].week, before[-1].week + timedelta(days=6)
    if kind == "level":
        return Baseline(Reading(day, before[-1].numerator, None, None, before[-1].n), first, day)
    span = (before[-1].week - first) // WEEK + 1
    if span < PERIOD:
        return None
    if kind == "growth":
        told = _growth(before, day) if len(before) > PERIOD else None
    elif kind == "volume":
        total = sum(week.numerator for week in before) / span * PERIOD
        told = Reading(day, total, None, None, sum(week.n for week in before))
    else:
        told = _rate(before, day)
    return Baseline(told, first, day) if told else None


def judge(
    *,
    kind: str,
    counting: str,
    direction: str,
    baseline: float | None,
    target: float | None,
    start: date,
    deadline: date,
    told: Sequence[Reading],
    weeks: Sequence[Week],
    today: date,
) -> Progress:
    """Progress of an objective. told: its readings, ascending; weeks: the weekly sums behind them, if imported."""
    now = told[-1] if told else None
    foretold = None
    if now is not None and target is not None and today < deadline:
        series = list(told) if kind == "hand" else weeks
        foretold = forecast(kind, counting, series, now, deadline, target, sign_of(direction))
    return course(
        counting=counting,
        direction=direction,
        baseline=baseline,
        target=target,
        start=start,
        deadline=deadline,
        now=now,
        foretold=foretold,
        today=today,
    )


def sign_of(direction: str) -> float:
    """+1 where higher is better, else -1."""
    return 1.0 if direction == "up" else -1.0


def course(
    *,
    counting: str,
    direction: str,
    baseline: float | None,
    target: float | None,
    start: date,
    deadline: date,
    now: Reading | None,
    foretold: Forecast | None,
    today: date,
) -> Progress:
    """Progress from the last reading and a forecast made before; cheap enough for every row of a list."""
    elapsed = min(max((today - start) / (deadline - start), 0.0), 1.0)
    reason = _unknown(baseline, target, counting, now)
    if reason or now is None or target is None:
        return Progress("unknown", reason, now, None, elapsed, None, None)
    origin = 0.0 if counting == "total" else float(baseline or 0.0)
    way = target - origin
    attainment = (now.value - origin) / way if way else None
    pace = attainment / elapsed if attainment is not None and elapsed > 0 else None
    foretold = foretold if today < deadline else None
    if sign_of(direction) * (now.value - target) >= 0:
        status, reason = "reached", "at_target"
    elif today >= deadline:
        status, reason = "missed", "deadline_passed"
    else:
        status, reason = _course(attainment, elapsed, foretold)
    return Progress(status, reason, now, attainment, elapsed, pace, foretold)


def _unknown(baseline: float | None, target: float | None, counting: str, now: Reading | None) -> str:
    if target is None:
        return "no_target"
    if baseline is None and counting != "total":
        return "no_baseline"
    return "no_reading" if now is None else ""


def _course(attainment: float | None, elapsed: float, foretold: Forecast | None) -> tuple[str, str]:
    if foretold is not None:
        return ("on_course" if foretold.chance >= 0.5 else "at_risk"), "by_forecast"
    return ("on_course" if (attainment or 0.0) >= elapsed else "at_risk"), "by_pace"


def forecast(
    kind: str,
    counting: str,
    series: Sequence[Week] | Sequence[Reading],
    now: Reading,
    deadline: date,
    target: float,
    sign: float,
) -> Forecast | None:
    """What the last year's weeks lead to expect on the deadline; None with fewer than six weeks.

    Stocks (levels, totals) go on by their mean weekly step, with the uncertainty of the step and of the weeks to
    come. Flows and rates follow a straight line through their weekly values, with a yearly season where two years
    are known, and Student's t interval of a four-week mean.
    """
    points = _points(kind, series)
    ahead = (deadline - now.day) / WEEK
    if ahead <= 0:
        return None
    if kind == "level" or counting == "total":
        told = _step(points, ahead, now.value, is_level=kind in ("level", "hand"))
    else:
        told = _line(points, deadline, scale=PERIOD if kind == "volume" else 1)
    if told is None:
        return None
    value, error, df, seasonal = told
    half = t_quantile(0.5 + LEVEL / 2, df) * error
    chance = t_cdf(sign * (value - target) / error, df) if error > 0 else float(sign * (value - target) >= 0)
    return Forecast(value, value - half, value + half, chance, len(points), seasonal)


def _points(kind: str, series: Sequence[Week] | Sequence[Reading]) -> list[tuple[date, float]]:
    """(day, value of that week) of the weeks that a forecast may use."""
    points = []
    for item in series:
        if isinstance(item, Reading):
            points.append((item.day, item.value))
        elif kind in ("level", "volume") or kind == "growth":
            points.append((item.week, item.numerator))
        elif item.denominator:
            points.append((item.week, item.numerator / item.denominator))
    if kind == "growth":
        points = _growths(points)
    keep = len(points) if len(points) >= SEASON else MEMORY
    return points[-keep:]


def _growths(points: list[tuple[date, float]]) -> list[tuple[date, float]]:
    later = zip(points, points[PERIOD:], strict=False)
    return [(day, value / before - 1) for (_day, before), (day, value) in later if before > 0]


def _step(
    points: list[tuple[date, float]], ahead: float, now: float, *, is_level: bool
) -> tuple[float, float, int, bool] | None:
    """A stock that goes on by its mean step: the value, its standard error, degrees of freedom."""
    steps = _steps(points) if is_level else np.array([value for _day, value in points[-MEMORY:]])
    k = len(steps)
    if k < LEAST_WEEKS:
        return None
    mean, spread = float(steps.mean()), float(steps.std(ddof=1))
    return now + ahead * mean, spread * sqrt(ahead + ahead * ahead / k), k - 1, False


def _steps(points: list[tuple[date, float]]) -> np.ndarray:
    """Change per week between one point and the next, however far apart they are."""
    days = np.array([day.toordinal() for day, _value in points[-MEMORY - 1 :]], float)
    values = np.array([value for _day, value in points[-MEMORY - 1 :]])
    return np.diff(values) / np.maximum(np.diff(days) / 7, 1e-9)


def _line(
    points: list[tuple[date, float]], deadline: date, *, scale: int
) -> tuple[float, float, int, bool] | None:
    """A straight line (and a yearly wave) through weekly values, read at the deadline as a mean of four weeks."""
    k = len(points)
    if k < LEAST_WEEKS:
        return None
    seasonal = k >= SEASON
    days = np.array([day.toordinal() for day, _value in points], float)
    values = np.array([value for _day, value in points])
    design = _design(days, days[-1], seasonal=seasonal)
    ends = deadline.toordinal() - 7 * np.arange(PERIOD, dtype=float)
    at = _design(ends, days[-1], seasonal=seasonal).mean(0)
    inverse = np.linalg.pinv(design.T @ design)
    effect = inverse @ design.T @ values
    df = k - design.shape[1]
    noise = float(((values - design @ effect) ** 2).sum()) / df
    error = sqrt(noise * (float(at @ inverse @ at) + 1 / PERIOD))
    return float(at @ effect) * scale, error * scale, df, seasonal


def _design(days: np.ndarray, origin: float, *, seasonal: bool) -> np.ndarray:
    columns = [np.ones_like(days), (days - origin) / 7]
    if seasonal:
        angle = 2 * np.pi * days / 365.25
        columns += [np.sin(angle), np.cos(angle)]
    return np.column_stack(columns)


@dataclass(frozen=True)
class Attainability:
    """What a target asks for beside what was seen. verdict: within, above_seen, beyond_best, unknown.

    needed and seen are changes per week; low and high bound the seen one with 90 %; best is the best past quarter.
    """

    verdict: str
    needed: float | None = None
    seen: float | None = None
    low: float | None = None
    high: float | None = None
    best: float | None = None
    weeks: int = 0


def attainability(
    *,
    kind: str,
    counting: str,
    direction: str,
    baseline: float | None,
    target: float | None,
    start: date,
    deadline: date,
    weeks: Sequence[Week],
) -> Attainability:
    """Whether history makes the target believable: the growth it needs against the growth seen.

    Beyond reach is what lies outside the best past thirteen weeks by more than half.
    """
    if target is None or (baseline is None and counting != "total"):
        return Attainability("unknown")
    past = [(day, value) for day, value in _points(kind, [w for w in weeks if w.week < start])]
    span = (deadline - start) / WEEK
    is_stock = kind in ("level", "hand") or counting == "total"
    needed = (target - (0.0 if counting == "total" else float(baseline or 0.0))) / span
    if len(past) < PERIOD + LEAST_WEEKS:
        return Attainability("unknown", needed, weeks=len(past))
    steps = np.array([v for _d, v in past]) if counting == "total" else _steps(past)
    if not is_stock and kind == "volume":
        steps = steps * PERIOD
    mean = float(steps.mean())
    half = t_quantile(0.5 + LEVEL / 2, len(steps) - 1) * float(steps.std(ddof=1)) / sqrt(len(steps))
    sign = 1.0 if direction == "up" else -1.0
    best = _best(kind, counting, past, sign)
    wanted = needed if is_stock else target
    beyond = sign * (wanted - best) > (BEST_QUARTER_FACTOR - 1) * abs(best)
    verdict = "beyond_best" if beyond else "above_seen" if sign * (needed - mean) > half else "within"
    return Attainability(verdict, needed, mean, mean - half, mean + half, best, len(past))


def _best(kind: str, counting: str, past: list[tuple[date, float]], sign: float) -> float:
    """The best thirteen weeks: mean step of a stock, mean value of a flow (as four weeks) or a rate."""
    stock = kind in ("level", "hand")
    values = _steps(past) if stock else np.array([value for _day, value in past])
    width = min(13, len(values))
    means = np.convolve(values, np.ones(width) / width, "valid")
    best = float(means.max() if sign > 0 else means.min())
    return best * PERIOD if kind == "volume" and counting == "period" else best
