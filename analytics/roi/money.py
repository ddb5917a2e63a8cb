"""Exact amounts: integers of a millionth, dated exchange rates, and shares that add up. Pure."""

from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import NamedTuple

MICRO = 1_000_000
UNIT = Decimal(1).scaleb(-6)


def micro(value: Decimal | int) -> int:
    """An amount or count in millionths; finer digits are rounded half to even."""
    return int((Decimal(value) * MICRO).to_integral_value(ROUND_HALF_EVEN))


def decimal(value: int) -> Decimal:
    """Millionths as a Decimal with six places."""
    return Decimal(value).scaleb(-6)


def portions(amount: int, days: Sequence[int], whole: int) -> list[int]:
    """Split `amount`, which belongs to `whole` days, over runs of `days`; cumulative rounding loses nothing.

    >>> portions(100, [10, 10, 10], 30)
    [33, 34, 33]
    >>> sum(portions(100, [10, 10], 30))
    67
    """
    shares, told, until = [], 0, 0
    for run in days:
        until += run
        due = (2 * amount * until + whole) // (2 * whole)
        shares.append(due - told)
        told = due
    return shares


class Rate(NamedTuple):
    """One unit of `currency` was worth `rate` on `day`."""

    currency: str
    day: date
    rate: Decimal


class Rates:
    """Looks up the rate of a day: the last one stated until then, else the first one stated after."""

    def __init__(self, base: str, stated: Iterable[Rate] = ()) -> None:
        self.base = base
        self.used: set[Rate] = set()
        self._by_currency: dict[str, list[Rate]] = {}
        for rate in sorted(stated, key=lambda r: r.day):
            self._by_currency.setdefault(rate.currency, []).append(rate)

    def into_base(self, amount: int, currency: str, day: date) -> int | None:
        """Millionths of the base currency; None where no rate is stated."""
        if currency == self.base:
            return amount
        known = self._by_currency.get(currency)
        if not known:
            return None
        rate = known[max(bisect_right(known, day, key=lambda r: r.day) - 1, 0)]
        self.used.add(rate)
        return int((amount * rate.rate).to_integral_value(ROUND_HALF_EVEN))


class Worth(NamedTuple):
    """What one conversion counted by `source` is stated to be worth from a day on."""

    source: str
    valid_from: date
    value: Decimal
    probability: Decimal
    currency: str


class Worths:
    """Looks up the value stated for a conversion of a day; none is in force before its first day."""

    def __init__(self, stated: Iterable[Worth] = ()) -> None:
        self._by_source: dict[str, list[Worth]] = {}
        for worth in sorted(stated, key=lambda w: w.valid_from):
            self._by_source.setdefault(worth.source, []).append(worth)

    def __contains__(self, source: str) -> bool:
        return source in self._by_source

    def of(self, source: str, day: date) -> Worth | None:
        known = self._by_source.get(source, [])
        place = bisect_right(known, day, key=lambda w: w.valid_from)
        return known[place - 1] if place else None


def value_of(count: int, worth: Worth) -> int:
    """count × value × probability, in millionths; `count` in millionths."""
    return int((count * worth.value * worth.probability).to_integral_value(ROUND_HALF_EVEN))


def add(into: dict[str, int], more: Mapping[str, int]) -> None:
    for name, amount in more.items():
        into[name] = into.get(name, 0) + amount


def labour_cost(hours: Decimal, rate: Decimal) -> Decimal:
    """Hours × rate per hour, to the four places in which costs are kept.

    >>> labour_cost(Decimal("7.5"), Decimal("32.40"))
    Decimal('243.0000')
    """
    return (hours * rate).quantize(Decimal("0.0001"))
