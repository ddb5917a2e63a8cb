"""Reads the exports that social media platforms hand out.

    format = detect(path)                        # by content, never by name; UnknownFormat or Unreadable otherwise
    result = format.read(path, time_zone="Europe/Rome")
    for row in format.stream(path): ...          # the same, row by row, in constant memory

To add a format: write one module with a list `FORMATS`, name it below, add a look-alike sample and one test.
"""

from __future__ import annotations

from pathlib import Path

from analytics.formats import (
    facebook_insights,
    facebook_page,
    ga4,
    generic,
    google_ads,
    linkedin,
    linkedin_daily,
    meta_ads,
    meta_posts,
    meta_series,
    planned,
    shopify,
    sprout,
    tiktok,
    tiktok_daily,
    tool_posts,
    x_daily,
    x_posts,
    youtube,
    youtube_daily,
)
from analytics.formats.base import (
    DayRow,
    Format,
    Notice,
    OrderRow,
    PlannedRow,
    PostRow,
    Question,
    Reader,
    ReadResult,
    Rejected,
    SpendRow,
    TrafficRow,
)
from analytics.formats.blocks import TextBlock
from analytics.formats.errors import FileError, UnknownFormat, Unreadable
from analytics.formats.limits import DEFAULT, Limits
from analytics.formats.others import known_other
from analytics.formats.tables import NOTHING, Source, open_source

_SERIES = (meta_series, x_daily, linkedin_daily, tiktok_daily, youtube_daily, facebook_page, facebook_insights)
_POSTS = (meta_posts, x_posts, linkedin, tiktok, youtube, sprout, tool_posts)
_MODULES = (*_POSTS, meta_ads, google_ads, ga4, shopify, planned, *_SERIES, generic)
FORMATS: dict[str, Format] = {format.slug: format for module in _MODULES for format in module.FORMATS}


def detect(path: str | Path, *, limits: Limits = DEFAULT) -> Format:
    """The format of a file, told from its content; raises UnknownFormat (with the nearest one) or Unreadable."""
    source = open_source(path, limits)
    if found := candidates(source):
        return found[0]
    raise _unknown(source)


def candidates(source: Source) -> list[Format]:
    """The formats as which a file can be read, the likeliest first."""
    scored = sorted(((format.score(source), slug) for slug, format in FORMATS.items()), reverse=True)
    return [FORMATS[slug] for score, slug in scored if score]


def _unknown(source: Source) -> UnknownFormat:
    """What the file is instead, or the format of which it has the greatest share of columns."""
    if other := known_other(source):
        return UnknownFormat("known_not_read", name=other[0], instead=other[1])
    wanting = {format: format.missing(source) for format in FORMATS.values()}
    nearest = min(wanting, key=lambda format: len(wanting[format]) / len(format.missing(NOTHING)))
    if len(wanting[nearest]) == len(nearest.missing(NOTHING)):
        return UnknownFormat("unknown")
    missing = ", ".join(wanting[nearest]) or "…"
    return UnknownFormat("unknown_nearest", nearest, title=nearest.title, missing=missing)


__all__ = [
    "FORMATS",
    "DayRow",
    "FileError",
    "Format",
    "Limits",
    "Notice",
    "OrderRow",
    "PlannedRow",
    "PostRow",
    "Question",
    "ReadResult",
    "Reader",
    "Rejected",
    "SpendRow",
    "TextBlock",
    "TrafficRow",
    "UnknownFormat",
    "Unreadable",
    "candidates",
    "detect",
]
