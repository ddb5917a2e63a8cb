"""Days that matter: public holidays of the brand's countries, institutional and awareness days, and its own. Pure.

Public holidays come from the library `holidays` (MIT), which computes them for 250 countries and their regions.
Awareness days are our own list in `data/days.json`, each with who proclaimed it and where that is written.
"""

import json
from collections.abc import Iterable
from datetime import date, timedelta
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

from dateutil.easter import easter

DATA = Path(__file__).parent / "data" / "days.json"
LOCALES = {"en": "en_US", "it": "it_IT"}  # "it" alone silently gives English


class Day(NamedTuple):
    """One day that matters. kind: holiday | institutional | awareness | own; tone: solemn | neutral | light."""

    day: date
    name: str
    kind: str
    tone: str
    source: str = ""
    url: str = ""


@lru_cache(maxsize=1)
def known() -> list[dict]:
    return json.loads(DATA.read_text(encoding="utf-8"))


def days(first: date, last: date, *, countries: Iterable[str], language: str) -> list[Day]:
    """Holidays of these countries ("IT", "IT-MI") and the shipped days, from `first` to `last`, by day."""
    years = range(first.year, last.year + 1)
    found = [day for code in countries for day in _holidays(code, tuple(years), language)]
    found += [day for row in known() for year in years if (day := _shipped(row, year, language))]
    unique = {(day.day, day.name): day for day in found if first <= day.day <= last}
    return sorted(unique.values(), key=lambda day: (day.day, day.kind, day.name))


@lru_cache(maxsize=64)
def _holidays(code: str, years: tuple[int, ...], language: str) -> list[Day]:
    library = _library()
    country, _dash, region = code.partition("-")
    options = {"years": list(years), "subdiv": region or None}
    try:
        rows = library.country_holidays(country, **options, language=LOCALES.get(language, "en_US"))
    except NotImplementedError:
        return []
    return [Day(day, name, "holiday", "neutral", "holidays", "") for day, name in rows.items()]


def is_country(code: str) -> bool:
    """Whether holidays are known for a country or one of its regions."""
    supported = _library().list_supported_countries()
    country, dash, region = code.partition("-")
    return country in supported and (not dash or region in supported[country])


@lru_cache(maxsize=1)
def _library() -> ModuleType:
    """Loaded when first asked for: it takes a third of a second."""
    return import_module("holidays")


def _shipped(row: dict, year: int, language: str) -> Day | None:
    if year < row.get("since", 0):
        return None
    if "month" in row and "day" in row:
        day = date(year, row["month"], row["day"])
    elif "easter" in row:
        day = easter(year) + timedelta(days=row["easter"])
    else:
        day = _nth(year, row["month"], row["weekday"], row["nth"]) + timedelta(days=row.get("plus", 0))
    name = row["name"].get(language, row["name"]["en"])
    return Day(day, name, row["kind"], row["tone"], row["by"], row["url"])


def _nth(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth such weekday (Monday 0) of a month.

    >>> _nth(2026, 5, 6, 2)  # second Sunday of May
    datetime.date(2026, 5, 10)
    """
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
