"""What is known of the platforms: shares of people, formats with their limits, capabilities. Pure.

One JSON file per platform in `data/`, and `sources.json`. Every figure names its source, and a source its
publisher, title, address, year and population; `load` refuses anything else. Texts are held in English and
Italian. What nobody is known to have counted is not there, and whoever reads says so.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from strategy.platform_coverage import Share
from strategy.platform_fit import STAGE_NEEDS, Platform

DATA = Path(__file__).parent / "data"
LANGUAGES = ("en", "it")
CAPABILITIES = tuple(dict.fromkeys(need for needs in STAGE_NEEDS.values() for need in needs))
FORMATS = (
    "text", "photo", "carousel", "video", "short_video", "story", "link", "live", "poll", "document", "article",
)  # fmt: skip
LIMITS = (
    "text_characters", "title_characters", "link_characters", "images", "ratio", "video_seconds", "video_minutes",
    "video_hours", "hours_shown", "days_kept",
)  # fmt: skip
Texts = Mapping[str, str]


@dataclass(frozen=True)
class Source:
    """Where a figure was read. original: the publisher's own page, where another one was read.

    year: of the survey, or in which a page without a date was read. online: people were counted among internet
    users alone.
    """

    slug: str
    publisher: str
    title: str
    url: str
    year: int
    population: Texts
    asked: Texts
    read: str
    original: str = ""
    online: bool = False
    note: Texts | None = None


@dataclass(frozen=True)
class Figure:
    """A figure with its source. value: a number, a pair of them (from, to), or a ratio such as 4:5.

    people: for a computed share the numerator and the denominator, in millions.
    """

    value: float | str | tuple[float, float]
    source: Source
    what: str = ""
    country: str = ""
    age_from: int | None = None
    age_to: int | None = None
    gender: str = ""
    people: tuple[float, float] | None = None


@dataclass(frozen=True)
class Format:
    """A kind of post that the platform is made for, with what limits it."""

    name: str
    limits: tuple[Figure, ...] = ()


@dataclass(frozen=True)
class Capability:
    """Something that the platform can do; without a source it is our reading of the product."""

    name: str
    source: Source | None = None


@dataclass(frozen=True)
class Entry:
    """A platform of the catalogue.

    rhythm: the fewest pieces per week that are advised, `what` being their format, or "" for any; empty where no
    advice is known.
    """

    slug: str
    home: str
    about: Texts
    shares: tuple[Figure, ...]
    people: tuple[Figure, ...]
    formats: tuple[Format, ...]
    capabilities: tuple[Capability, ...]
    links: Texts
    links_source: Source | None
    caveat: Texts | None
    rhythm: tuple[Figure, ...]

    @cached_property
    def for_fit(self) -> Platform:
        """What the fit reads of it."""
        return Platform(
            self.slug,
            tuple(_as_share(figure) for figure in self.shares),
            frozenset(capability.name for capability in self.capabilities),
            tuple(format.name for format in self.formats),
            sum(_number(figure) for figure in self.rhythm if not figure.what),
            tuple((figure.what, _number(figure)) for figure in self.rhythm if figure.what),
        )

    @property
    def figures(self) -> tuple[Figure, ...]:
        limits = [limit for format in self.formats for limit in format.limits]
        return (*self.shares, *self.people, *limits, *self.rhythm)

    @property
    def countries(self) -> tuple[str, ...]:
        """Where a share of people is known."""
        return tuple(dict.fromkeys(share.country for share in self.shares))


def _number(figure: Figure) -> float:
    return figure.value if isinstance(figure.value, float) else 0.0


def _as_share(figure: Figure) -> Share:
    return Share(
        _number(figure),
        figure.country,
        figure.age_from,
        figure.age_to,
        figure.gender,
        figure.source.year,
        figure.source.slug,
        figure.source.online,
    )


@lru_cache(maxsize=1)
def catalogue() -> dict[str, Entry]:
    """The shipped catalogue by platform."""
    return load(DATA)


@lru_cache(maxsize=1)
def sources() -> dict[str, Source]:
    return _sources(_read(DATA / "sources.json"))


def load(folder: Path) -> dict[str, Entry]:
    """Read a catalogue; raises ValueError naming file and place for what is missing or unknown."""
    known = _sources(_read(folder / "sources.json"))
    files = sorted(path for path in folder.glob("*.json") if path.name != "sources.json")
    entries = [_entry(_read(path), known, path.name) for path in files]
    return {entry.slug: entry for entry in entries}


def _read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _sources(data: Mapping[str, Mapping[str, Any]]) -> dict[str, Source]:
    return {slug: _source(slug, found) for slug, found in data.items()}


def _source(slug: str, found: Mapping[str, Any]) -> Source:
    for name in ("publisher", "title", "url", "year", "population", "asked", "read"):
        if not found.get(name):
            raise ValueError(f"sources.json: {slug} has no {name}")
    if not str(found["url"]).startswith(("https://", "http://")):
        raise ValueError(f"sources.json: {slug} has no address that can be opened")
    for name in ("population", "asked", "note"):
        _texts(found.get(name, dict.fromkeys(LANGUAGES, "-")), f"sources.json: {slug}, {name}")
    return Source(slug=slug, **found)


def _texts(found: Any, place: str) -> Texts:
    if not isinstance(found, Mapping) or any(not found.get(language) for language in LANGUAGES):
        raise ValueError(f"{place}: wants a text in {' and '.join(LANGUAGES)}")
    return {language: str(found[language]) for language in LANGUAGES}


def _entry(data: Mapping[str, Any], known: Mapping[str, Source], file: str) -> Entry:
    links = data["links"]
    return Entry(
        slug=data["slug"],
        home=data["home"],
        about=_texts(data["about"], f"{file}: about"),
        shares=tuple(_share(row, known, f"{file}: shares") for row in data["shares"]),
        people=tuple(_figure(row, known, f"{file}: people") for row in data["people"]),
        formats=tuple(_format(row, known, file) for row in data["formats"]),
        capabilities=tuple(_capability(row, known, file) for row in data["capabilities"]),
        links=_texts(links, f"{file}: links"),
        links_source=_named(links["source"], known, f"{file}: links") if "source" in links else None,
        caveat=_texts(data["caveat"], f"{file}: caveat") if "caveat" in data else None,
        rhythm=tuple(_rhythm(row, known, f"{file}: rhythm") for row in data["rhythm"]),
    )


def _rhythm(row: Mapping[str, Any], known: Mapping[str, Source], place: str) -> Figure:
    what = _one_of(row["format"], FORMATS, place) if "format" in row else ""
    return _figure({"value": row["per_week"], "source": row.get("source", ""), "what": what}, known, place)


def _format(row: Mapping[str, Any], known: Mapping[str, Source], file: str) -> Format:
    name = _one_of(row["name"], FORMATS, f"{file}: formats")
    limits = []
    for limit in row["limits"]:
        _one_of(limit["what"], LIMITS, f"{file}: {name}")
        limits.append(_figure(limit, known, f"{file}: {name}, {limit['what']}"))
    return Format(name, tuple(limits))


def _capability(row: Mapping[str, Any], known: Mapping[str, Source], file: str) -> Capability:
    name = _one_of(row["name"], CAPABILITIES, f"{file}: capabilities")
    return Capability(name, _named(row["source"], known, f"{file}: {name}") if "source" in row else None)


def _one_of(name: str, known: Sequence[str], place: str) -> str:
    if name not in known:
        raise ValueError(f"{place}: {name} is none of {', '.join(known)}")
    return name


def _share(row: Mapping[str, Any], known: Mapping[str, Source], place: str) -> Figure:
    figure = _figure(row, known, place)
    if not isinstance(figure.value, float) or not 0 <= figure.value <= 1 or not figure.country:
        raise ValueError(f"{place}: a share is a number from 0 to 1, of a country")
    if figure.people and abs(figure.people[0] / figure.people[1] - figure.value) > 0.001:
        raise ValueError(f"{place}: {figure.value} is not {figure.people[0]} of {figure.people[1]}")
    return figure


def _figure(row: Mapping[str, Any], known: Mapping[str, Source], place: str) -> Figure:
    value = row["value"]
    computed = row.get("computed")
    return Figure(
        value=tuple(value) if isinstance(value, list) else value if isinstance(value, str) else float(value),
        source=_named(row.get("source", ""), known, place),
        what=row.get("what", ""),
        country=row.get("country", ""),
        age_from=row.get("age_from"),
        age_to=row.get("age_to"),
        gender=row.get("gender", ""),
        people=(computed["people"], computed["of"]) if computed else None,
    )


def _named(slug: str, known: Mapping[str, Source], place: str) -> Source:
    if slug not in known:
        raise ValueError(f"{place}: a figure without a source" if not slug else f"{place}: no source {slug}")
    return known[slug]
