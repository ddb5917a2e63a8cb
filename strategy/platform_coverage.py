"""The share of a persona's people who use a platform, from cited shares of populations. Pure.

Each year of the persona's age takes the narrowest age band that holds it; these are averaged and corrected for
gender. The countries of the persona are asked first, then those with the newest and the most figures.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache


@dataclass(frozen=True)
class Share:
    """A cited share of people (0 to 1) of a population who use a platform; "" and None mean all.

    online: counted among internet users alone, not among all people.
    """

    value: float
    country: str
    age_from: int | None = None
    age_to: int | None = None
    gender: str = ""
    year: int = 0
    source: str = ""
    online: bool = False


@dataclass(frozen=True)
class Persona:
    """What a fit reads of an audience."""

    name: str = ""
    age_from: int | None = None
    age_to: int | None = None
    gender: str = ""
    countries: tuple[str, ...] = ()
    weight: float = 1.0


# Ages that a persona without bounds is taken to span.
YOUNGEST, OLDEST = 13, 85


@dataclass(frozen=True, eq=False)
class _Country:
    """A country's figures, of those on the same people the newest.

    bands: for each year of age from YOUNGEST to OLDEST the place in `shares` of the narrowest band that holds it,
    of two alike the newer; -1 where there is none. genders: the shares told by gender.
    """

    country: str
    shares: tuple[Share, ...]
    bands: tuple[int, ...]
    genders: Mapping[str, float]


@dataclass(frozen=True, eq=False)
class Countries:
    """The countries that a platform's figures tell of, those with the newest and the most first."""

    told: tuple[_Country, ...]


# A share from 0 to 1, how sure it is ("known" or "near"), and the figures it was made of.
Coverage = tuple[float, str, Mapping[str, object]]


def coverage(countries: Countries, persona: Persona) -> Coverage | None:
    """The share of the persona's people who use the platform; None without any figure."""
    return _covered(countries, persona.age_from, persona.age_to, persona.gender, persona.countries)


# Personas change seldom and their pages are opened often.
@lru_cache(maxsize=20_000)
def _covered(
    countries: Countries, age_from: int | None, age_to: int | None, gender: str, wanted: tuple[str, ...]
) -> Coverage | None:
    own = {told.country: told for told in countries.told if told.country in wanted}
    asked = [own[country] for country in wanted if country in own]
    asked += [told for told in countries.told if told.country not in own]
    for told in asked:
        if base := _by_age(told, age_from, age_to) or _of_everyone(told, ageless=age_from is age_to is None):
            return _told(base, told, gender, wanted)
    return None


@lru_cache(maxsize=256)
def by_country(shares: tuple[Share, ...]) -> Countries:
    counts = Counter(share.country for share in shares)
    newest = {country: max(share.year for share in shares if share.country == country) for country in counts}
    order = sorted(counts, key=lambda country: (-newest[country], -counts[country], country))
    return Countries(tuple(_of_country(shares, country) for country in order))


def _of_country(shares: Sequence[Share], country: str) -> _Country:
    found: dict[tuple[object, ...], Share] = {}
    for share in sorted((share for share in shares if share.country == country), key=lambda share: share.year):
        found[share.age_from, share.age_to, share.gender] = share
    told = tuple(found.values())
    bands = [place for place, share in enumerate(told) if not share.gender and not _is_everyone(share)]
    bands.sort(key=lambda place: (_width(told[place]), -told[place].year))
    ages = range(YOUNGEST, OLDEST + 1)
    by_age = tuple(next((place for place in bands if _holds(told[place], age)), -1) for age in ages)
    genders = {share.gender: share.value for share in told if share.gender and share.age_from is None}
    return _Country(country, told, by_age, genders)


def _is_everyone(share: Share) -> bool:
    return share.age_from is None and share.age_to is None


def _width(share: Share) -> int:
    return (share.age_to or OLDEST) - (share.age_from or YOUNGEST)


def _holds(share: Share, age: int) -> bool:
    return (share.age_from or 0) <= age <= (share.age_to or OLDEST)


@dataclass(frozen=True)
class _Base:
    """The shares a coverage rests on, each with the persona's years of age that take it."""

    shares: tuple[tuple[Share, int], ...]
    by_age: bool
    complete: bool

    @property
    def value(self) -> float:
        return sum(share.value * years for share, years in self.shares) / sum(n for _share, n in self.shares)


def _told(base: _Base, told: _Country, gender: str, wanted: Sequence[str]) -> Coverage:
    factor, is_told = _gender_factor(told.genders, gender)
    at_home = told.country in wanted
    exact = base.complete and not any(share.online for share, _years in base.shares)
    mean = base.value
    facts: dict[str, object] = {
        "country": told.country,
        "at_home": at_home or not wanted,
        "year": max(share.year for share, _years in base.shares),
        "sources": sorted({share.source for share, _years in base.shares}),
        "shares": [
            {
                "age_from": share.age_from,
                "age_to": share.age_to,
                "value": share.value,
                "years": years,
                "year": share.year,
                "source": share.source,
                "online": share.online,
            }
            for share, years in base.shares
        ],
        "by_age": base.by_age,
        "complete": base.complete,
        "mean": mean,
        "gender_factor": round(factor, 4) if is_told else None,
        "gender_not_told": bool(gender) and not is_told,
    }
    sure = "known" if at_home and exact and (is_told or not gender) else "near"
    return min(mean * factor, 1.0), sure, facts


def _by_age(told: _Country, age_from: int | None, age_to: int | None) -> _Base | None:
    if age_from is None and age_to is None:
        return None
    low = min(max(age_from or YOUNGEST, YOUNGEST), OLDEST)
    high = max(min(age_to or OLDEST, OLDEST), low)
    taken = told.bands[low - YOUNGEST : high - YOUNGEST + 1]
    years = Counter(taken)
    complete = years.pop(-1, 0) == 0
    if not years:
        return None
    return _Base(tuple((told.shares[place], n) for place, n in years.items()), by_age=True, complete=complete)


def _of_everyone(told: _Country, *, ageless: bool) -> _Base | None:
    """The figure on all people of the country; it is what was asked for only when the persona has no age."""
    for share in told.shares:
        if _is_everyone(share) and not share.gender:
            return _Base(((share, 1),), by_age=False, complete=ageless)
    return None


def _gender_factor(told: Mapping[str, float], gender: str) -> tuple[float, bool]:
    """How much more than the mean of women and men this gender uses the platform; 1 where it is not told."""
    if gender not in told or len(told) < 2:
        return 1.0, False
    mean = sum(told.values()) / len(told)
    return (told[gender] / mean, True) if mean > 0 else (1.0, False)
