"""What a report says. Amounts are Decimal in the report's currency; None is undefined and never zero. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any


@dataclass(frozen=True)
class Note:
    """Something missing or assumed: a code, and the facts its sentence needs."""

    code: str
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Rate:
    """A rate with its 90 % interval. `value` is a share of 1.

    `over` names the denominator and `method` how it is formed: `sum` = sum over sum, `mean` = mean of the posts'
    own rates, `wilson` = proportion. `n` is how many posts (or sessions) it rests on, `of` how many there were.
    """

    over: str
    method: str
    value: float | None
    low: float | None
    high: float | None
    n: int
    of: int


@dataclass(frozen=True)
class Figures:
    """Cost and return of a campaign, platform, month, of all, or of one line of all three.

    `names` are the spellings that met under `key`. `cost` and `returned` are what could be put into the report's
    currency; with anything left out (`codes` says what) the ratios are None. `costs_by_currency` and
    `returns_by_currency` are the amounts as they came.
    """

    key: str
    names: tuple[str, ...]
    cost: Decimal | None
    cost_by_kind: Mapping[str, Decimal]
    ad_spend: Decimal | None
    measured: Decimal | None
    valued: Decimal | None
    returned: Decimal | None
    ad_revenue: Decimal | None
    gain: Decimal | None
    roi: float | None
    roas: float | None
    break_even: Decimal | None
    conversions: Decimal | None
    cost_per_result: Decimal | None
    sessions: Decimal | None
    conversion_rate: Rate | None
    impressions: Decimal | None
    clicks: Decimal | None
    reported_conversions: Decimal | None
    reported_value: Decimal | None
    reported_currency: str
    reported_roas: float | None
    cost_rows: int
    return_rows: int
    costs_by_currency: Mapping[str, Decimal]
    returns_by_currency: Mapping[str, Decimal]
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Line:
    """The finest group: one campaign on one platform in one month."""

    campaign: str
    platform: str
    month: date
    figures: Figures


@dataclass(frozen=True)
class AdResults:
    """Results that an ad platform reports, of one kind: kinds are never added to each other."""

    kind: str
    results: Decimal
    cost: Decimal | None
    cost_per_result: Decimal | None
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Outside:
    """Conversions that are not counted as the return of social media: where from, how many, worth what."""

    kind: str
    conversions: Decimal | None
    sessions: Decimal | None
    value_by_currency: Mapping[str, Decimal]
    rows: int


@dataclass(frozen=True)
class Engagement:
    """Posts of a platform and month ("" and None: all), and their engagement rate over each denominator."""

    platform: str
    month: date | None
    posts: int
    engagements: int | None
    posts_with_engagements: int
    rates: tuple[Rate, ...]
    codes: tuple[str, ...]

    @property
    def best(self) -> Rate | None:
        """The rate that rests on most posts; over impressions before views before reach when equal."""
        told = [rate for rate in self.rates if rate.value is not None]
        return max(told, key=lambda rate: rate.n, default=None)


@dataclass(frozen=True)
class LeftOut:
    """An amount that is in no total: `side` cost | return, in a currency without a rate or not told ("")."""

    side: str
    currency: str
    amount: Decimal


@dataclass(frozen=True)
class RateUsed:
    currency: str
    day: date
    rate: Decimal


@dataclass(frozen=True)
class RoiReport:
    """Cost and return of a brand's social media over a period.

    `basis` is `all_costs`, `ad_spend_only` or `no_costs`; `source` is what counted the return (ga4, shop, ads, or
    "" for nothing). `outside` lists what the source counted but does not ascribe to social media; its `unknown`
    row is the unattributed part.
    """

    start: date
    end: date
    currency: str
    source: str
    other_sources: tuple[str, ...]
    basis: str
    source_days: int
    totals: Figures
    campaigns: tuple[Figures, ...]
    platforms: tuple[Figures, ...]
    months: tuple[Figures, ...]
    lines: tuple[Line, ...]
    outside: tuple[Outside, ...]
    ad_results: tuple[AdResults, ...]
    engagement: tuple[Engagement, ...]
    left_out: tuple[LeftOut, ...]
    rates_used: tuple[RateUsed, ...]
    missing: tuple[Note, ...]
    notes: tuple[Note, ...]


def as_json(value: Any) -> Any:
    """The report in JSON types: Decimals and dates as strings, so that nothing is rounded."""
    if is_dataclass(value):
        return {field.name: as_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): as_json(inner) for name, inner in value.items()}
    if isinstance(value, tuple | list | set | frozenset):
        return [as_json(inner) for inner in value]
    if isinstance(value, Decimal):
        return _plain(value)
    return value.isoformat() if isinstance(value, date) else value


def _plain(value: Decimal) -> str:
    """Without an exponent; whole, or with two places at least."""
    text = f"{value:f}"
    if "." not in text:
        return text
    whole, places = text.split(".")
    places = places.rstrip("0")
    return f"{whole}.{places.ljust(2, '0')}" if places else whole
