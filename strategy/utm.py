"""UTM values of links: built by a brand's convention, checked, and put on an address. Pure.

Google Analytics tells capitals apart and never merges values later, so that only lower-case letters, digits, `_`
and `-` are allowed (https://support.google.com/analytics/answer/10917952).
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, urlencode, urlsplit, urlunsplit

KEYS = ("source", "medium", "campaign", "content", "term")
MANDATORY = ("source", "medium", "campaign")
MEDIUMS = ("social", "paid_social")
CAMPAIGN_PATTERN = "{yyyymm}_{brand}_{slug}"
CONTENT_PATTERN = "{format}_{id}"
PLACES = {"campaign": frozenset({"yyyymm", "brand", "slug"}), "content": frozenset({"format", "id"})}
LONGEST = 60
_ALLOWED = re.compile(r"[a-z0-9_-]+")
_PLACE = re.compile(r"{(\w*)}")


@dataclass(frozen=True)
class Convention:
    """How a brand writes its UTM values; `sources` holds the utm_source of platforms that go by another name."""

    sources: Mapping[str, str] = field(default_factory=dict)
    mediums: Sequence[str] = MEDIUMS
    campaign_pattern: str = CAMPAIGN_PATTERN
    content_pattern: str = CONTENT_PATTERN
    longest: int = LONGEST

    def source_of(self, platform: str) -> str:
        return self.sources.get(platform) or platform

    def campaign_name(self, start: date, brand: str, name: str) -> str:
        """The utm_campaign of a campaign, from its start, the brand's address and its own name."""
        places = {"yyyymm": f"{start:%Y%m}", "brand": slug(brand), "slug": slug(name)}
        return self._filled(self.campaign_pattern, places, shorten="slug")

    def content_name(self, format: str, number: int) -> str:
        return self._filled(self.content_pattern, {"format": slug(format), "id": str(number)}, shorten="format")

    def _filled(self, pattern: str, places: dict[str, str], *, shorten: str) -> str:
        """The pattern with its places filled; too long, the one that may be cut is cut."""
        filled = _PLACE.sub(lambda found: places.get(found[1], ""), pattern)
        if (over := len(filled) - self.longest) > 0 and len(places[shorten]) > over:
            cut = places | {shorten: places[shorten][:-over].rstrip("-_")}
            filled = _PLACE.sub(lambda found: cut.get(found[1], ""), pattern)
        return filled[: self.longest].strip("-_")


class Problem(NamedTuple):
    """What is wrong with one value: missing, characters, too_long, personal, unknown_medium."""

    key: str
    code: str
    value: str


def slug(text: str) -> str:
    """Lower-case letters and digits of a text, accents left off, everything else a hyphen."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")


def problems(values: Mapping[str, str], convention: Convention) -> list[Problem]:
    """What is wrong with these values (by key without `utm_`), in the order of KEYS; [] where they can be used."""
    found = []
    for key in KEYS:
        value = values.get(key, "")
        if code := _problem(key, value, convention):
            found.append(Problem(key, code, value))
    return found


def _problem(key: str, value: str, convention: Convention) -> str:
    if not value:
        return "missing" if key in MANDATORY else ""
    if "@" in value:
        return "personal"
    if not _ALLOWED.fullmatch(value):
        return "characters"
    if len(value) > convention.longest:
        return "too_long"
    return "unknown_medium" if key == "medium" and value not in convention.mediums else ""


def bad_places(pattern: str, kind: str) -> list[str]:
    """The places of a pattern that nothing fills, and the signs beside them that no value may hold."""
    unknown = [f"{{{name}}}" for name in _PLACE.findall(pattern) if name not in PLACES[kind]]
    rest = _PLACE.sub("", pattern)
    return unknown + sorted({sign for sign in rest if not _ALLOWED.fullmatch(sign)})


def tagged(url: str, values: Mapping[str, str]) -> str:
    """The address with these UTM values in place of those it bears; the rest of its query and its fragment stay.

    >>> tagged("https://shop.example/beans?size=1&utm_source=old#buy", {"source": "instagram", "medium": "social"})
    'https://shop.example/beans?size=1&utm_source=instagram&utm_medium=social#buy'
    """
    parts = urlsplit(url)
    kept = [(k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not k.lower().startswith("utm_")]
    new = [(f"utm_{key}", values[key]) for key in KEYS if values.get(key)]
    return urlunsplit(parts._replace(query=urlencode(kept + new, quote_via=quote)))
