"""Adds lines up to the figures of a group, and forms its ratios where they are defined. Pure."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from analytics.roi.lines import CostLine, MoneyLine, ReturnLine, plus
from analytics.roi.money import UNIT, decimal
from analytics.roi.result import Figures, Rate
from strategy.intervals import wilson

Line = TypeVar("Line", bound=MoneyLine)


@dataclass(frozen=True)
class Scene:
    """What holds for the whole report: the source of its return, and whether that source tells paid visits."""

    source: str
    tells_paid: bool


def figures(
    key: str, names: Iterable[str], costs: Sequence[CostLine], returns: Sequence[ReturnLine], scene: Scene
) -> Figures:
    """The figures of one group of lines."""
    cost, cost_whole = _money(costs)
    ads, ads_whole = _money([line for line in costs if line.kind == "ads"])
    valued_lines = [line for line in returns if line.how != "unvalued"]
    returned, return_whole = _money(valued_lines)
    return_whole = return_whole and not _lacks_value(returns)
    paid, paid_whole = _money([line for line in returns if line.how == "measured" and line.paid])
    conversions = _sum(line.count for line in returns)
    codes = _codes(costs, returns, ads, paid, scene)
    whole = cost_whole and return_whole
    reported = _sum(line.reported_value for line in costs)
    with_value = sum(line.amount_with_value for line in costs)
    currencies = {line.currency for line in costs if line.reported_value is not None}
    one_currency = len(currencies) == 1
    return Figures(
        key=key,
        names=tuple(sorted({name for name in names if name})),
        cost=_decimal(cost),
        cost_by_kind=_by(costs, lambda line: line.kind, lambda line: line.base),
        ad_spend=_decimal(ads),
        measured=_decimal(_money([line for line in returns if line.how == "measured"])[0]),
        valued=_decimal(_money([line for line in returns if line.how == "valued"])[0]),
        returned=_decimal(returned),
        ad_revenue=_decimal(paid),
        gain=_decimal(returned - cost) if whole and cost is not None and returned is not None else None,
        roi=_ratio(returned - cost, cost) if whole and cost is not None and returned is not None else None,
        roas=_ratio(paid, ads) if ads_whole and paid_whole else None,
        break_even=_decimal(cost) if cost_whole else None,
        conversions=_decimal(conversions),
        cost_per_result=_per(cost, conversions) if cost_whole else None,
        sessions=_decimal(_sum(line.sessions for line in returns)),
        conversion_rate=_conversion_rate(returns),
        impressions=_decimal(_sum(line.impressions for line in costs)),
        clicks=_decimal(_sum(line.clicks for line in costs)),
        reported_conversions=_decimal(_sum(line.reported for line in costs)),
        reported_value=_decimal(reported) if one_currency else None,
        reported_currency=currencies.pop() if one_currency else "",
        reported_roas=_ratio(reported, with_value) if one_currency else None,
        cost_rows=sum(line.rows for line in costs),
        return_rows=sum(line.rows for line in returns),
        costs_by_currency=_by(costs, lambda line: line.currency, lambda line: line.amount),
        returns_by_currency=_by(valued_lines, lambda line: line.currency, lambda line: line.amount),
        codes=codes,
    )


def _money(lines: Sequence[MoneyLine]) -> tuple[int | None, bool]:
    """The sum in the report's currency (None without lines), and whether every amount is in it.

    Where all that amounts to anything is left out, the zeros beside it are no sum.
    """
    bases = [line.base for line in lines]
    total, whole = _sum(bases), all(base is not None for base in bases)
    return (total if whole or total else None), whole


def _lacks_value(returns: Sequence[ReturnLine]) -> bool:
    return any(line.how == "unvalued" for line in returns)


def _codes(
    costs: Sequence[CostLine], returns: Sequence[ReturnLine], ads: int | None, paid: int | None, scene: Scene
) -> tuple[str, ...]:
    """Why a figure of this group is undefined, or is less than it seems."""
    lost: list[MoneyLine] = [line for line in costs if line.base is None]
    lost += [line for line in returns if line.base is None]
    found = {
        "no_costs": not costs,
        "zero_cost": bool(costs) and all(line.base == 0 for line in costs),
        "no_conversions": not returns,
        "conversions_without_value": any(line.how == "unvalued" and line.count for line in returns),
        "conversions_not_exported": any(line.how == "unvalued" and line.count is None for line in returns),
        "revenue_without_currency": any(not line.currency and isinstance(line, ReturnLine) for line in lost),
        "currency_without_rate": any(line.currency or isinstance(line, CostLine) for line in lost),
        "ad_spend_missing": ads is None and bool(costs),
        "paid_not_told": ads is not None and bool(returns) and paid is None and not scene.tells_paid,
    }
    return tuple(code for code, holds in found.items() if holds)


def _conversion_rate(returns: Sequence[ReturnLine]) -> Rate | None:
    """Conversions per session over the rows that tell both; no interval where one visit converts repeatedly."""
    sessions = _sum(line.sessions for line in returns)
    if not sessions:
        return None
    count = sum(line.count_with_sessions for line in returns)
    low, high = wilson(count / 1e6, sessions / 1e6) if count <= sessions else (None, None)
    whole = round(sessions / 1e6)
    return Rate("sessions", "wilson", count / sessions, low, high, n=whole, of=whole)


def _sum(values: Iterable[int | None]) -> int | None:
    total: int | None = None
    for value in values:
        total = plus(total, value)
    return total


def _by(
    lines: Sequence[Line], name: Callable[[Line], str], amount: Callable[[Line], int | None]
) -> dict[str, Decimal]:
    sums: dict[str, int] = {}
    for line in lines:
        value = amount(line)
        if value is not None:
            sums[name(line)] = sums.get(name(line), 0) + value
    return {name: decimal(sums[name]) for name in sorted(sums)}


def _decimal(value: int | None) -> Decimal | None:
    return None if value is None else decimal(value)


def _ratio(top: int | None, bottom: int | None) -> float | None:
    return None if top is None or not bottom else top / bottom


def _per(cost: int | None, count: int | None) -> Decimal | None:
    return None if cost is None or not count else (Decimal(cost) / Decimal(count)).quantize(UNIT)
