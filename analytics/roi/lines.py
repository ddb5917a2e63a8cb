"""Costs and returns as lines: one per campaign, platform, month, kind and currency. Pure.

Everything a report says is a sum of these lines, so that its groups add up to its totals to the cent.
"""

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

import pandas as pd

from analytics.roi.frames import Row, amount_of, kind_of, rows
from analytics.roi.names import campaign_key
from analytics.roi.spans import Period, Span, Told, granularity, told

COST_COLUMNS = ("kind", "platform", "campaign", "start", "end", "amount", "currency")
ORIGIN = ("channel_group", "source", "medium", "campaign")
RETURN_COLUMNS = ("source_kind", *ORIGIN, "start", "end", "count", "value", "currency")


class Place(NamedTuple):
    """What groups a line."""

    campaign: str
    platform: str
    month: date


@dataclass(kw_only=True)
class MoneyLine:
    """An amount in one place, in millionths; `base` is it in the report's currency, None without a rate."""

    place: Place
    currency: str
    amount: int = 0
    base: int | None = None
    rows: int = 0


@dataclass(kw_only=True)
class CostLine(MoneyLine):
    """Amounts and counts in millionths; None = never told."""

    kind: str
    result_kind: str = ""
    results: int | None = None
    amount_with_results: int = 0
    reported: int | None = None
    reported_value: int | None = None
    amount_with_value: int = 0
    impressions: int | None = None
    clicks: int | None = None


@dataclass(kw_only=True)
class ReturnLine(MoneyLine):
    """What one place brought. `how`: measured | valued | unvalued (counted, but worth nothing known)."""

    how: str
    paid: bool | None
    count: int | None = None
    sessions: int | None = None
    count_with_sessions: int = 0


@dataclass(kw_only=True)
class Visits:
    """Conversions of one origin in one month, before they are given a place. Millionths; None = never told."""

    source_kind: str
    month: date
    currency: str
    channel_group: str = ""
    source: str = ""
    medium: str = ""
    campaign: str = ""
    value: int | None = None
    count: int | None = None
    sessions: int | None = None
    count_with_sessions: int = 0
    rows: int = 0


@dataclass
class Read:
    """What reading a frame tells besides its lines."""

    apportioned_rows: int = 0
    set_aside_rows: int = 0
    set_aside: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    names: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    days: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    has_value: dict[str, bool] = field(default_factory=lambda: defaultdict(bool))


def plus(one: int | None, other: int | None) -> int | None:
    """The sum of what is told."""
    if one is None or other is None:
        return other if one is None else one
    return one + other


def cost_lines(frame: pd.DataFrame, period: Period) -> tuple[list[CostLine], Read]:
    """Costs of the period. Rows of ads exports (`imported`) that tell the same days twice are counted once."""
    read_rows = list(rows(frame, "costs", COST_COLUMNS))
    shares = told([_cost_span(row) for row in read_rows], period)
    lines: dict[Hashable, CostLine] = {}
    read = Read()
    for row, share in zip(read_rows, shares, strict=True):
        amount, kind = amount_of(row), kind_of(row)
        currency, platform = row.text("currency"), row.text("platform")
        campaign, result_kind = campaign_key(row.text("campaign")), row.text("result_kind")
        _note(read, row, share, amount, currency)
        if not share.days:
            continue
        read.names[campaign].add(row.text("campaign").strip())
        split = _Split(row, share)
        for month, part in share.split(amount):
            place = Place(campaign, platform, month)
            key = (place, kind, currency, result_kind)
            line = lines.setdefault(
                key, CostLine(place=place, kind=kind, currency=currency, result_kind=result_kind)
            )
            _add_cost(line, part, split, month)
    return list(lines.values()), read


class _Split:
    """The optional counts of a row, each split over the months."""

    def __init__(self, row: Row, share: Told) -> None:
        self._row, self._share = row, share
        self._parts: dict[str, dict[date, int] | None] = {}

    def of(self, column: str, month: date) -> int | None:
        if column not in self._parts:
            value = self._row.number(column)
            self._parts[column] = None if value is None else dict(self._share.split(value))
        parts = self._parts[column]
        return None if parts is None else parts[month]


def _add_cost(line: CostLine, amount: int, split: _Split, month: date) -> None:
    line.amount += amount
    line.rows += 1
    results, value = split.of("results", month), split.of("conversion_value", month)
    line.results = plus(line.results, results)
    line.amount_with_results += amount if results is not None else 0
    line.reported = plus(line.reported, split.of("conversions", month))
    line.reported_value = plus(line.reported_value, value)
    line.amount_with_value += amount if value is not None else 0
    line.impressions = plus(line.impressions, split.of("impressions", month))
    line.clicks = plus(line.clicks, split.of("clicks", month))


def _cost_span(row: Row) -> Span:
    start, end = row.span()
    if not row.get("imported"):
        return Span(start, end)
    account = (row.text("platform"), row.text("account"))
    scope = (*account, campaign_key(row.text("campaign")))
    level = int(row.get("level") or 0)
    names = ("kind", "campaign", "ad_group", "ad", "currency", "result_kind")
    identity = tuple(row.text(name) for name in names)
    return Span(start, end, scope, account, (granularity(start, end), -level), identity, _as_of(row))


def visits(frame: pd.DataFrame, period: Period) -> tuple[list[Visits], Read]:
    """Conversions of the period by origin. Of exports that tell the same days the most detailed is counted."""
    read_rows = list(rows(frame, "conversions", RETURN_COLUMNS))
    shares = told(visit_spans(read_rows), period)
    found: dict[Hashable, Visits] = {}
    read = Read()
    for row, share in zip(read_rows, shares, strict=True):
        kind, value = row.text("source_kind"), row.number("value")
        read.has_value[kind] |= bool(value)
        _note(read, row, share, value or 0, row.text("currency"))
        if not share.days:
            continue
        first = max(period.number(row.day("start")), 0)
        read.days[kind].update(range(first, first + share.inside))
        read.names[campaign_key(row.text("campaign"))].add(row.text("campaign").strip())
        split = _Split(row, share)
        names: dict[str, Any] = {column: row.text(column) for column in (*ORIGIN, "currency")}
        for month, _days in share.months:
            key = (kind, month, *names.values())
            if key not in found:
                found[key] = Visits(source_kind=kind, month=month, **names)
            _add_visits(found[key], split)
    return list(found.values()), read


def _add_visits(into: Visits, split: _Split) -> None:
    count, sessions = split.of("count", into.month), split.of("sessions", into.month)
    into.value = plus(into.value, split.of("value", into.month))
    into.count = plus(into.count, count)
    if count is not None and sessions is not None:
        into.sessions = plus(into.sessions, sessions)
        into.count_with_sessions += count
    into.rows += 1


def visit_spans(read_rows: Sequence[Row]) -> list[Span]:
    """The days that rows of conversions tell; of exports of the same days the most detailed comes first."""
    detail = _detail(read_rows)
    return [_visit_span(row, detail[_cut(row)]) for row in read_rows]


def _visit_span(row: Row, detail: int) -> Span:
    start, end = row.span()
    kind = row.text("source_kind")
    identity = tuple(row.text(column) for column in (*ORIGIN, "currency"))
    return Span(start, end, kind, kind, (-detail, granularity(start, end)), identity, _as_of(row))


def _cut(row: Row) -> tuple[str, str]:
    return row.text("source_kind"), row.text("dimensions")


def _detail(read_rows: Iterable[Row]) -> dict[tuple[str, str], int]:
    """How well each cut of an export places its conversions: by the columns that are filled anywhere in it."""
    weights = {"source": 8, "channel_group": 7, "campaign": 5, "medium": 2}
    filled: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in read_rows:
        filled[_cut(row)].update(column for column in weights if row.text(column))
    return {cut: sum(weights[column] for column in columns) for cut, columns in filled.items()}


def _note(read: Read, row: Row, share: Told, amount: int, currency: str) -> None:
    if share.inside and share.days < share.inside:
        read.set_aside_rows += 1
        read.set_aside[currency] += amount * (share.inside - share.days) // share.whole
    if 0 < share.days < share.whole:
        read.apportioned_rows += 1


def _as_of(row: Row) -> float:
    when: Any = row.get("as_of")
    return float(when.timestamp()) if when is not None else 0.0
