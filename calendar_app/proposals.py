"""Proposes an hour for each entry: where its audience reacts, within the brand's rules. Pure.

Greedy by expected gain: entries are few and the rules are local, so that a solver would find the same at the cost
of an answer that nobody can follow. A stated share of the entries is put on hours of which little is known, chosen
by the upper bound of their lift, so that the advice keeps learning (the idea of upper confidence bounds: Auer,
Cesa-Bianchi and Fischer 2002, Machine Learning 47, 235-256).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Literal, NamedTuple

Why = Literal["best", "next_best", "explore", "no_data", "no_room"]
FEW_POSTS = 3  # an hour with fewer posts of the channel is one of which little is known


class Cell(NamedTuple):
    """An hour of a channel's week: `lift` 0.12 is 12 % above its typical post, between `low` and `high` (90 %)."""

    day: int
    hour: int
    lift: float
    low: float
    high: float
    posts: int


class Wanted(NamedTuple):
    """An entry that wants an hour."""

    key: int
    channel: int


@dataclass(frozen=True)
class Rules:
    """Hours on the brand's clock. Nothing from `quiet_from` to `quiet_to`; `explore` is a share from 0 to 1."""

    quiet_from: int = 22
    quiet_to: int = 7
    per_day: int = 2
    gap_hours: int = 4
    weekends: bool = True
    explore: float = 0.15

    def allows(self, moment: datetime) -> bool:
        return (self.weekends or moment.weekday() < 5) and self.allows_hour(moment.hour)

    def allows_hour(self, hour: int) -> bool:
        if self.quiet_from == self.quiet_to:
            return True
        if self.quiet_from < self.quiet_to:
            return not self.quiet_from <= hour < self.quiet_to
        return self.quiet_to <= hour < self.quiet_from


@dataclass(frozen=True)
class Proposal:
    """`at` on the brand's clock (None: no room, or nothing known); `given_up`: the better hour, not free."""

    key: int
    why: Why
    at: datetime | None = None
    cell: Cell | None = None
    given_up: Cell | None = None
    reason: str = ""  # why the better hour was not free: taken, gap, per_day


@dataclass
class _Plan:
    """What is taken so far: every moment of the brand, and those of each channel."""

    rules: Rules
    everybody: set[datetime] = field(default_factory=set)
    channels: dict[int, list[datetime]] = field(default_factory=dict)

    def obstacle(self, channel: int, moment: datetime) -> str:
        own = self.channels.get(channel, [])
        if moment in self.everybody:
            return "taken"
        if sum(each.date() == moment.date() for each in own) >= self.rules.per_day:
            return "per_day"
        if any(abs(each - moment) < timedelta(hours=self.rules.gap_hours) for each in own):
            return "gap"
        return ""

    def take(self, channel: int, moment: datetime) -> None:
        self.everybody.add(moment)
        self.channels.setdefault(channel, []).append(moment)


def propose(
    wanted: Sequence[Wanted],
    *,
    cells: Mapping[int, Sequence[Cell]],
    taken: Sequence[tuple[int, datetime]],
    first: date,
    last: date,
    after: datetime,
    rules: Rules,
) -> list[Proposal]:
    """One proposal for each entry, in their order. Moments are naive, on the brand's clock, and after `after`.

    `cells` holds for each channel what its best times tell; `taken` what is planned already.
    """
    plan = _Plan(rules)
    for channel, moment in taken:
        plan.take(channel, moment.replace(minute=0, second=0, microsecond=0))
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    found = []
    for number, each in enumerate(wanted):
        known = cells.get(each.channel, ())
        explores = bool(rules.explore) and _explores(number, rules.explore)
        found.append(_propose(each, known, days, after, plan, explores=explores))
    return found


def _explores(number: int, share: float) -> bool:
    """Spreads the exploring entries evenly: the count of them grows by one here.

    >>> [_explores(n, 0.25) for n in range(8)]
    [False, False, False, True, False, False, False, True]
    """
    return int((number + 1) * share) > int(number * share)


def _propose(
    wanted: Wanted, cells: Sequence[Cell], days: list[date], after: datetime, plan: _Plan, *, explores: bool
) -> Proposal:
    if not cells:
        return Proposal(wanted.key, "no_data")
    moments = _moments(cells, days, after, plan.rules)
    if explores:
        little = [pair for pair in moments if pair[1].posts < FEW_POSTS and pair[1].high > 0]
        for moment, cell in sorted(little, key=lambda pair: (-pair[1].high, pair[0])):
            if not plan.obstacle(wanted.channel, moment):
                plan.take(wanted.channel, moment)
                return Proposal(wanted.key, "explore", moment, cell)
    given_up, reason = None, ""
    for moment, cell in moments:
        obstacle = plan.obstacle(wanted.channel, moment)
        if not obstacle:
            plan.take(wanted.channel, moment)
            lost = given_up if given_up and given_up.lift > cell.lift else None
            return Proposal(
                wanted.key, "next_best" if lost else "best", moment, cell, lost, reason if lost else ""
            )
        if given_up is None:
            given_up, reason = cell, obstacle
    return Proposal(wanted.key, "no_room", given_up=given_up, reason=reason)


def _moments(
    cells: Sequence[Cell], days: list[date], after: datetime, rules: Rules
) -> list[tuple[datetime, Cell]]:
    """Every allowed hour of these days, the best first; of equally good ones the earlier."""
    by_day: dict[int, list[Cell]] = {}
    for cell in cells:
        by_day.setdefault(cell.day, []).append(cell)
    found = [
        (moment, cell)
        for day in days
        for cell in by_day.get(day.weekday(), [])
        if (moment := datetime.combine(day, time(cell.hour))) > after and rules.allows(moment)
    ]
    return sorted(found, key=lambda pair: (-pair[1].lift, pair[0]))
