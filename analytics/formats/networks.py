"""What reports of several networks have in common: which network a word names, and a post's number on its own network.

The network's own export, read before or after, then tells of the same post.
"""

from __future__ import annotations

import re

from analytics.formats.errors import CellError
from analytics.formats.generic import PLATFORMS, SYNONYMS
from analytics.formats.postrow import external_id

KINDS = (
    *(("story", "story"), ("reel", "short_video"), ("short", "short_video"), ("carousel", "carousel")),
    *(("album", "carousel"), ("video", "video"), ("photo", "photo"), ("image", "photo"), ("link", "link")),
    *(("document", "document"), ("poll", "poll"), ("text", "text")),
)
# The number of a post as its network's own export has it, in its link or in what the report calls its number.
NUMBERS = {
    "x": re.compile(r"/status(?:es)?/(\d+)", re.I),
    "tiktok": re.compile(r"/(?:video|photo)/(\d+)", re.I),
    "linkedin": re.compile(r"(?:activity|share|ugcpost)[:\-](?:urn:li:)?(\d{15,})", re.I),
    "youtube": re.compile(r"(?:[?&]v=|youtu\.be/|/shorts/)([\w-]{11})"),
    "facebook": re.compile(r"^\d+_(\d+)$"),
    "pinterest": re.compile(r"/pin/(\d+)", re.I),
}


def platform_of(text: str, column: str) -> str:
    """The platform of a network's name: "Instagram Business" and "LinkedIn Page" name it in their first word."""
    lowered = text.casefold()
    first = lowered.partition(" ")[0]
    slug = SYNONYMS.get(lowered) or SYNONYMS.get(first, first)
    if slug not in PLATFORMS:
        raise CellError(column, text, "platform_unknown", known=", ".join(PLATFORMS))
    return slug


def own_number(platform: str, number: str, link: str, column: str) -> str:
    """The post's number on its network, else the number given, else its link; raises CellError where all are empty."""
    pattern = NUMBERS.get(platform)
    if pattern and (found := pattern.search(link) or pattern.search(number)):
        return found[1]
    if not number and not link:
        raise CellError(column, number, "id_missing")
    return external_id(number, column) if number else link
