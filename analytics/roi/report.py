"""Cost and return of a period: reads frames, places lines, adds them up, names what is missing. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import pandas as pd

from analytics.roi import returns as ways
from analytics.roi.engagement import engagement
from analytics.roi.figures import Scene, figures
from analytics.roi.frames import rates_of, worths_of
from analytics.roi.lines import CostLine, MoneyLine, Place, Read, ReturnLine, cost_lines, visits
from analytics.roi.money import UNIT, Rates, Worths, decimal
from analytics.roi.names import fold
from analytics.roi.notes import Told, missing, notes
from analytics.roi.result import AdResults, Figures, LeftOut, Line, RateUsed, RoiReport
from analytics.roi.spans import Period


@dataclass(frozen=True)
class Lines:
    costs: list[CostLine]
    returns: list[ReturnLine]
    scene: Scene
    names: dict[str, set[str]]

    def group(self, key: str, names: Iterable[str], member: Callable[[MoneyLine], bool]) -> Figures:
        costs = [line for line in self.costs if member(line)]
        returns = [line for line in self.returns if member(line)]
        return figures(key, names, costs, returns, self.scene)

    def groups(self, key_of: Callable[[MoneyLine], str]) -> list[Figures]:
        """One group per key, dearest first."""
        costs: dict[str, list[CostLine]] = {}
        returns: dict[str, list[ReturnLine]] = {}
        for cost in self.costs:
            costs.setdefault(key_of(cost), []).append(cost)
        for line in self.returns:
            returns.setdefault(key_of(line), []).append(line)
        found = [
            figures(key, self.names.get(key, ()), costs.get(key, []), returns.get(key, []), self.scene)
            for key in sorted(costs.keys() | returns.keys())
        ]
        return sorted(found, key=lambda group: (not group.key, -(group.cost or 0), -(group.returned or 0)))


def compute(
    costs: pd.DataFrame,
    conversions: pd.DataFrame,
    posts: pd.DataFrame | None = None,
    *,
    start: date,
    end: date,
    currency: str,
    rates: pd.DataFrame | None = None,
    stated_values: pd.DataFrame | None = None,
    source: str = "auto",
    revenue_currency: str = "",
) -> RoiReport:
    """What a brand's social media cost and brought from `start` to `end`, both days included.

    costs: kind (ads labour production agency influencer tool other), platform, campaign (str), start, end (date),
        amount (Decimal or int; may be missing where hours and hourly_rate are told), currency (ISO 4217). Of ads
        exports also imported (True), account, level (0 campaign, 1 ad set, 2 ad), impressions, clicks, results,
        result_kind, conversions, conversion_value, as_of.
    conversions: source_kind (ga4, shop …), dimensions, channel_group, source, medium, campaign (str), start, end,
        sessions, count, value (Decimal or int), currency ("" = not told), as_of.
    posts: sums per platform and month as `post_sums` gives them.
    rates: currency, to_currency, day, rate. stated_values: source_kind, valid_from, value, probability, currency.
    source: what counts the return; "auto" takes a shop before web analytics before what ad platforms report.
    revenue_currency: the currency that the user says is meant where an export tells none.

    Rows that reach beyond the period count by their days inside it.
    Raises ValueError naming frame, column and row.
    """
    period = Period(start, end)
    bought, read_costs = cost_lines(costs, period)
    came, read_visits = visits(conversions, period)
    counted_by = {visit.source_kind for visit in came}
    chosen, others = ways.choose_source(source, counted_by, bought)
    table = Rates(currency, rates_of(rates, currency))
    worths = Worths(worths_of(stated_values))

    def placing(source: str) -> ways.Placing:
        measures = read_visits.has_value.get(source, False)
        if source == ways.ADS:
            measures = any(line.reported_value for line in bought)
        return ways.Placing(period, worths, currency=currency, untold_is=revenue_currency, measures=measures)

    if chosen == ways.ADS:
        brought = ways.from_ads(placing(chosen), bought)
    else:
        brought = ways.from_visits(placing(chosen), came, chosen, bought)
    _convert(bought, brought.lines, table, period)
    lines = _lines(bought, brought, chosen, read_costs, read_visits)
    told = Told(
        costs=lines.costs,
        brought=brought,
        source=chosen,
        others=others,
        read_costs=read_costs,
        read_visits=read_visits,
        period=period,
        worths=worths,
        revenue_currency=revenue_currency,
        engagement=engagement(posts),
        apart=ways.apart(came, others, bought, placing),
    )
    return _report(lines, told, table)


def _convert(costs: Sequence[CostLine], returns: Sequence[ReturnLine], table: Rates, period: Period) -> None:
    """Put each line into the report's currency, at the rate of the last day of its month in the period."""
    lines: list[MoneyLine] = [*costs, *returns]
    for line in lines:
        day = period.last_day(line.place.month)
        line.base = table.into_base(line.amount, line.currency, day) if line.amount else 0


def _lines(costs: list[CostLine], brought: ways.Returns, chosen: str, *reads: Read) -> Lines:
    platforms = frozenset(line.place.platform for line in costs)
    for line in costs:
        line.place = line.place._replace(platform=fold(line.place.platform, platforms))
    names: dict[str, set[str]] = {}
    for read in reads:
        for key, spellings in read.names.items():
            names.setdefault(key, set()).update(spellings if key else ())
    return Lines(costs, brought.lines, Scene(chosen, brought.tells_paid), names)


def _report(lines: Lines, told: Told, table: Rates) -> RoiReport:
    totals = lines.group("", (), lambda line: True)
    basis = "no_costs" if not lines.costs else "all_costs"
    if lines.costs and {line.kind for line in lines.costs} == {"ads"}:
        basis = "ad_spend_only"
    campaigns = lines.groups(lambda line: line.place.campaign)
    left_out = _left_out(lines)
    return RoiReport(
        start=told.period.start,
        end=told.period.end,
        currency=table.base,
        source=told.source,
        other_sources=told.others,
        basis=basis,
        source_days=told.source_days,
        totals=totals,
        campaigns=tuple(campaigns),
        platforms=tuple(lines.groups(lambda line: line.place.platform)),
        months=tuple(_months(lines, told.period)),
        lines=tuple(_finest(lines)),
        outside=told.brought.outside,
        ad_results=tuple(_ad_results(lines.costs)),
        engagement=told.engagement,
        left_out=left_out,
        rates_used=tuple(RateUsed(*rate) for rate in sorted(table.used)),
        missing=missing(told, totals, left_out),
        notes=notes(told, campaigns),
    )


def _months(lines: Lines, period: Period) -> list[Figures]:
    """Every month of the period, those without a line too."""
    found = {group.key: group for group in lines.groups(lambda line: line.place.month.isoformat())}
    keys = [month.isoformat() for month in period.months]
    return [found.get(key) or figures(key, (), [], [], lines.scene) for key in keys]


def _finest(lines: Lines) -> list[Line]:
    places = {"\t".join((p.campaign, p.platform, p.month.isoformat())): p for p in _places(lines)}
    groups = lines.groups(lambda line: "\t".join((*line.place[:2], line.place.month.isoformat())))
    found = [Line(*places[group.key], figures=group) for group in groups]
    return sorted(found, key=lambda line: (line.campaign, line.platform, line.month))


def _places(lines: Lines) -> set[Place]:
    return {line.place for line in lines.costs} | {line.place for line in lines.returns}


def _ad_results(costs: Sequence[CostLine]) -> list[AdResults]:
    kinds: dict[str, list[CostLine]] = {}
    for line in costs:
        if line.results is not None and line.result_kind:
            kinds.setdefault(line.result_kind, []).append(line)
    return [_result(kind, kinds[kind]) for kind in sorted(kinds)]


def _result(kind: str, lines: Sequence[CostLine]) -> AdResults:
    results = sum(line.results or 0 for line in lines)
    bases = [line.base for line in lines if line.base is not None]
    whole = len(bases) == len(lines)
    each = (Decimal(sum(bases)) / results).quantize(UNIT) if whole and results else None
    return AdResults(
        kind=kind,
        results=decimal(results),
        cost=decimal(sum(bases)) if bases else None,
        cost_per_result=each,
        codes=() if whole else ("currency_without_rate",),
    )


def _left_out(lines: Lines) -> tuple[LeftOut, ...]:
    sums: dict[tuple[str, str], int] = {}
    sides: tuple[tuple[str, Sequence[MoneyLine]], ...] = (("cost", lines.costs), ("return", lines.returns))
    for side, members in sides:
        for line in members:
            if line.base is None:
                sums[side, line.currency] = sums.get((side, line.currency), 0) + line.amount
    return tuple(LeftOut(side, currency, decimal(sums[side, currency])) for side, currency in sorted(sums))
