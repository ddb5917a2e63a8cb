"""Where an order came from, as a shop's own notes of it tell: links with UTM tags, click ids, tags, sales channels.

Of all that is written there, only these few words are taken; whoever bought is in none of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple
from urllib.parse import parse_qsl, urlencode, urlsplit

LONGEST = 200
# What ad platforms add to a link when somebody clicks: who they are, and whether only paid clicks carry it.
CLICK_IDS = {
    "fbclid": ("meta", ""),
    "ttclid": ("tiktok", ""),
    "twclid": ("x", ""),
    "li_fat_id": ("linkedin", ""),
    "epik": ("pinterest", ""),
    "sccid": ("snapchat", ""),
    "gclid": ("google", "cpc"),
    "gbraid": ("google", "cpc"),
    "wbraid": ("google", "cpc"),
}
LANDING = frozenset(
    {
        "landing_site",
        "landing site",
        "landing_page",
        "landing page",
        "landing_url",
        "landing url",
        "landing page url",
    }
    | {"full_url", "first_landing_page", "original_landing_page", "landing_site_ref"}
)
REFERRERS = frozenset({"referring_site", "referring site", "referrer", "referer", "referrer_url"})
_PAIR = re.compile(r"^\s*_?([A-Za-z][\w .\-]{0,60}?)\s*[:=]\s*(\S.*?)\s*$")
# A tag without "utm" may be anybody's remark, so only a single word is taken of it.
_TAG = re.compile(
    r"^\s*(?:utm[_ \-]?(source|medium|campaign)\s*[:=_]\s*(\S.*?)|(source|medium|campaign)\s*[:=_]\s*(\S+))\s*$",
    re.I,
)
# What a person's address or telephone number looks like; no campaign is called so.
_PERSONAL = re.compile(r"@|\+\d[\d\s./\-]{7,}")


class Origin(NamedTuple):
    source: str = ""
    medium: str = ""
    campaign: str = ""

    def __bool__(self) -> bool:
        return any(self)

    def filled(self, other: Origin) -> Origin:
        """This origin; what it does not tell is taken from the other only where their sources agree."""
        if not self.source or not other.source or self.source.casefold() == other.source.casefold():
            return Origin(*(mine or theirs for mine, theirs in zip(self, other, strict=True)))
        return self


def clean(text: str) -> str:
    """A word of an origin, "" for one that could be a person's address or number."""
    text = " ".join(text.split())[:LONGEST]
    return "" if _PERSONAL.search(text) else text


def of_link(link: str) -> Origin:
    """What the UTM tags of a link say, else its click id."""
    try:
        asked = {name.casefold(): value for name, value in parse_qsl(urlsplit(link.strip()).query)}
    except ValueError:
        return Origin()
    told = Origin(*(clean(asked.get(f"utm_{part}", "")) for part in Origin._fields))
    if told.source or told.medium:
        return told
    clicked = next((CLICK_IDS[name] for name in asked if name in CLICK_IDS), ("", ""))
    return Origin(*clicked, told.campaign)


def of_referrer(link: str) -> Origin:
    """The host that a visit came from."""
    try:
        host = urlsplit(link.strip() if "//" in link else f"//{link.strip()}").hostname or ""
    except ValueError:
        return Origin()
    return Origin(clean(host), "referral") if "." in host else Origin()


def of_notes(text: str) -> Origin:
    """What the note attributes of an order tell: `name: value`, one a line."""
    told: dict[str, str] = {}
    landing = referrer = Origin()
    for name, value in _pairs(text.splitlines()):
        bare = name.removeprefix("utm_").removeprefix("utm ").removeprefix("utm-")
        if bare != name and bare in Origin._fields:
            told.setdefault(bare, clean(value))
        elif name in LANDING:
            landing = landing or of_link(value)
        elif name in REFERRERS:
            referrer = referrer or of_referrer(value)
    return Origin(**told).filled(landing) or referrer


def of_tags(text: str) -> Origin:
    """What the tags of an order tell that name a part of its origin, such as `utm_campaign:spring`."""
    told: dict[str, str] = {}
    for tag in text.split(","):
        if found := _TAG.match(tag):
            told.setdefault((found[1] or found[3]).casefold(), clean(found[2] or found[4]))
    return Origin(**told)


def as_note(origin: Origin) -> str:
    """A note attribute from which `of_notes` reads the same origin, on one line."""
    told = {f"utm_{part}": value for part, value in zip(Origin._fields, origin, strict=True) if value}
    return f"landing_site: /?{urlencode(told)}" if told else ""


def _pairs(lines: Iterable[str]) -> Iterable[tuple[str, str]]:
    for line in lines:
        if found := _PAIR.match(line):
            yield found[1].casefold(), found[2]
