"""Which conversions are the return of social media, from which one source, and what they are worth. Pure."""

from collections.abc import Callable, Collection, Hashable, Sequence
from dataclasses import dataclass

from analytics.roi.lines import CostLine, Place, ReturnLine, Visits, plus
from analytics.roi.money import Worths, decimal, value_of
from analytics.roi.names import Origin, campaign_key, fold, origin
from analytics.roi.result import Outside
from analytics.roi.spans import Period

ADS = "ads"
SHOP = "shop"
# Orders are counted by a shop before an analytics tag, and by a tag before the platform that sold the ad.
PREFERRED = (SHOP, "ga4")
OUTSIDE = ("unknown", "message", "other")


@dataclass(frozen=True)
class Paid:
    """What the costs say that helps to place a visit: campaigns with ads, and where they ran."""

    platforms_of: dict[str, set[str]]
    campaigns: frozenset[str]
    platforms: frozenset[str]

    @classmethod
    def of(cls, costs: Sequence[CostLine]) -> "Paid":
        platforms_of: dict[str, set[str]] = {}
        for line in costs:
            if line.kind == "ads" and line.place.campaign:
                platforms_of.setdefault(line.place.campaign, set()).add(line.place.platform)
        campaigns = frozenset(line.place.campaign for line in costs if line.place.campaign)
        return cls(platforms_of, campaigns, frozenset(line.place.platform for line in costs))


@dataclass(frozen=True)
class Returns:
    lines: list[ReturnLine]
    outside: tuple[Outside, ...]
    tells_paid: bool
    measures_revenue: bool
    untold: int = 0  # revenue, in millionths, whose export tells no currency


@dataclass(frozen=True)
class Apart:
    """Revenue from social media, in millionths by currency, measured by a source that is not the one counted."""

    source: str
    amounts: dict[str, int]


def choose_source(
    wanted: str, counted_by: Collection[str], costs: Sequence[CostLine]
) -> tuple[str, tuple[str, ...]]:
    """The one source of return, and the others that were there: counted twice, a sale would be two."""
    reported = any(line.reported is not None or line.reported_value is not None for line in costs)
    there = [kind for kind in PREFERRED if kind in counted_by]
    there += sorted(set(counted_by) - set(PREFERRED))
    there += [ADS] if reported else []
    source = (there[0] if there else "") if wanted == "auto" else wanted
    return source, tuple(kind for kind in there if kind != source)


class Placing:
    """Gathers conversions into lines, each with its place and its worth."""

    def __init__(self, period: Period, worths: Worths, *, currency: str, untold_is: str, measures: bool) -> None:
        self.period, self.worths, self.measures = period, worths, measures
        self.currency, self.untold_is = currency, untold_is
        self.untold = 0
        self._lines: dict[Hashable, ReturnLine] = {}

    @property
    def lines(self) -> list[ReturnLine]:
        return list(self._lines.values())

    def add(self, visit: Visits, place: Place, *, paid: bool | None) -> None:
        how, amount, currency = self._worth(visit)
        empty = ReturnLine(place=place, currency=currency, how=how, paid=paid)
        line = self._lines.setdefault((place, currency, how, paid), empty)
        line.amount += amount
        line.rows += visit.rows
        line.count = plus(line.count, visit.count)
        line.sessions = plus(line.sessions, visit.sessions)
        line.count_with_sessions += visit.count_with_sessions

    def _worth(self, visit: Visits) -> tuple[str, int, str]:
        """How it is valued, amount, currency. A revenue column that is 0 throughout is taken as not measured."""
        if self.measures and visit.value is not None:
            self.untold += 0 if visit.currency else visit.value
            return "measured", visit.value, visit.currency or self.untold_is
        if visit.count == 0:
            return "valued", 0, self.currency
        worth = self.worths.of(visit.source_kind, self.period.first_day(visit.month))
        if worth is None or visit.count is None:
            return "unvalued", 0, self.currency
        return "valued", value_of(visit.count, worth), worth.currency


def from_visits(placing: Placing, visits: Sequence[Visits], source: str, costs: Sequence[CostLine]) -> Returns:
    """The return as web analytics or a shop counts it."""
    paid = Paid.of(costs)
    outside: dict[str, list[Visits]] = {}
    tells_paid = False
    for visit in (visit for visit in visits if visit.source_kind == source):
        came, key = origin(visit.channel_group, visit.source, visit.medium), campaign_key(visit.campaign)
        tells_paid |= came.paid is not None
        if not _counts(came, key, paid):
            outside.setdefault(came.kind if came.kind in OUTSIDE else "other", []).append(visit)
            continue
        place = Place(key, fold(_platform(came, key, paid), paid.platforms), visit.month)
        # Where the export does not say what was paid, a campaign that has ads is.
        by_ads = came.paid if came.paid is not None else (key in paid.platforms_of or None)
        placing.add(visit, place, paid=by_ads)
    told = tuple(_outside(kind, outside[kind]) for kind in OUTSIDE if kind in outside)
    tells_paid |= any(line.paid for line in placing.lines)
    return Returns(placing.lines, told, tells_paid, placing.measures, placing.untold)


def apart(
    visits: Sequence[Visits], others: Sequence[str], costs: Sequence[CostLine], placing: Callable[[str], Placing]
) -> tuple[Apart, ...]:
    """What the sources that are not counted measured on the same days, so that nobody takes it for more."""
    found = []
    for source in (other for other in others if other != ADS):
        amounts: dict[str, int] = {}
        for line in from_visits(placing(source), visits, source, costs).lines:
            if line.how == "measured" and line.amount:
                amounts[line.currency] = amounts.get(line.currency, 0) + line.amount
        if amounts:
            found.append(Apart(source, amounts))
    return tuple(found)


def _counts(came: Origin, key: str, paid: Paid) -> bool:
    """Social by origin; or paid on a platform or for a campaign whose cost is in the report."""
    if came.kind == "social":
        return True
    if came.kind == "paid":
        return came.platform in paid.platforms if came.platform else key in paid.platforms_of
    return came.kind == "unknown" and key in paid.campaigns


def _platform(came: Origin, key: str, paid: Paid) -> str:
    ran_on = paid.platforms_of.get(key, set())
    return came.platform or (next(iter(ran_on)) if len(ran_on) == 1 else "")


def from_ads(placing: Placing, costs: Sequence[CostLine]) -> Returns:
    """The return as the ad platforms report it themselves."""
    platforms = frozenset(line.place.platform for line in costs)
    for cost in costs:
        if cost.reported is None and cost.reported_value is None:
            continue
        visit = Visits(
            source_kind=ADS,
            month=cost.place.month,
            currency=cost.currency,
            value=cost.reported_value,
            count=cost.reported,
            rows=cost.rows,
        )
        placing.add(visit, cost.place._replace(platform=fold(cost.place.platform, platforms)), paid=True)
    return Returns(placing.lines, (), tells_paid=True, measures_revenue=placing.measures, untold=placing.untold)


def _outside(kind: str, visits: Sequence[Visits]) -> Outside:
    value: dict[str, int] = {}
    count: int | None = None
    sessions: int | None = None
    for visit in visits:
        count, sessions = plus(count, visit.count), plus(sessions, visit.sessions)
        if visit.value:
            value[visit.currency] = value.get(visit.currency, 0) + visit.value
    return Outside(
        kind=kind,
        conversions=None if count is None else decimal(count),
        sessions=None if sessions is None else decimal(sessions),
        value_by_currency={name: decimal(amount) for name, amount in sorted(value.items())},
        rows=sum(visit.rows for visit in visits),
    )
