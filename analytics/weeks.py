"""Series by day as weeks from Monday to Sunday: what a week comes to, and how it moved. Knows no Django.

Three kinds of figures add up differently: a level (followers) is what stands at the end; a count (views) is added
up; people (reach) are averaged by day, for the same person counts again on the next.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby, pairwise
from statistics import fmean

from analytics.formats.series import LEVELS, PEOPLE

WEEK = timedelta(days=7)
MONTH = 4  # weeks that are compared with as many before them

Days = Sequence[tuple[date, float]]


@dataclass(frozen=True)
class Week:
    """A week from `start` (Monday) on. `change` is the share against the week before, None where not known."""

    start: date
    value: float
    days: int
    change: float | None = None

    @property
    def end(self) -> date:
        return self.start + timedelta(days=6)

    @property
    def is_full(self) -> bool:
        return self.days == 7


@dataclass(frozen=True)
class Movement:
    """A figure now and before, over `weeks` weeks each; `share` is None where before there was nothing."""

    now: float
    before: float
    weeks: int

    @property
    def share(self) -> float | None:
        return self.now / self.before - 1 if self.before > 0 else None


def kind_of(figure: str) -> str:
    """ "level", "people" or "count"."""
    return "level" if figure in LEVELS else "people" if figure in PEOPLE else "count"


def by_week(days: Days, kind: str) -> list[Week]:
    """The weeks of a series in order of time, of `days` in order of time. Weeks without any day are left out.

    >>> found = by_week([(date(2026, 6, 7), 5), (date(2026, 6, 8), 6)], "level")
    >>> [(week.value, week.days, week.change) for week in found]
    [(5, 1, None), (6, 1, 0.2)]
    """
    weeks = [
        _week(start, [value for _day, value in some], kind)
        for start, some in groupby(days, key=lambda day: day[0] - timedelta(days=day[0].weekday()))
    ]
    changes = [None, *(_change(before, week, kind) for before, week in pairwise(weeks))]
    return [Week(week.start, week.value, week.days, change) for week, change in zip(weeks, changes, strict=False)]


def _week(start: date, values: list[float], kind: str) -> Week:
    value = values[-1] if kind == "level" else fmean(values) if kind == "people" else sum(values)
    return Week(start, value, len(values))


def _change(before: Week, week: Week, kind: str) -> float | None:
    """Counts compare between full weeks only; a level stands at a week's end however few of its days are known."""
    comparable = kind == "level" or (before.is_full and week.is_full)
    if not comparable or week.start - before.start != WEEK or before.value <= 0:
        return None
    return round(week.value / before.value - 1, 12)


def full(weeks: Sequence[Week], kind: str) -> list[Week]:
    """The weeks that can be compared with each other."""
    return [week for week in weeks if kind == "level" or week.is_full]


def last_month(weeks: Sequence[Week], kind: str) -> Movement | None:
    """The last four weeks against the four before, when all of them are known and follow each other."""
    usable = full(weeks, kind)
    if kind == "level":
        run = usable[-(MONTH + 1) :]
        return Movement(run[-1].value, run[0].value, MONTH) if _is_run(run, MONTH + 1) else None
    run = usable[-2 * MONTH :]
    if not _is_run(run, 2 * MONTH):
        return None
    halves = [[week.value for week in half] for half in (run[MONTH:], run[:MONTH])]
    now, before = (fmean(half) if kind == "people" else sum(half) for half in halves)
    return Movement(now, before, MONTH)


def growth_per_week(weeks: Sequence[Week], kind: str) -> tuple[float, int] | None:
    """(share a week, weeks between): the rate that compounds to the change from the first to the last full week.

    Geometric mean of the weekly factors, (last / first) ** (1 / n) - 1.
    """
    usable = full(weeks, kind)
    between = (usable[-1].start - usable[0].start).days // 7 if usable else 0
    if between < MONTH or usable[0].value <= 0 or usable[-1].value <= 0:
        return None
    return (usable[-1].value / usable[0].value) ** (1 / between) - 1, between


def ups_and_downs(weeks: Sequence[Week]) -> tuple[int, int, int]:
    """How many weeks were above, below, and level with the one before, of those that can be compared."""
    changes = [week.change for week in weeks if week.change is not None]
    ups, downs = sum(change > 0 for change in changes), sum(change < 0 for change in changes)
    return ups, downs, len(changes) - ups - downs


def _is_run(weeks: Sequence[Week], length: int) -> bool:
    return len(weeks) == length and weeks[-1].start - weeks[0].start == WEEK * (length - 1)
