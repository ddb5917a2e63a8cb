"""One key for a campaign's many spellings, and what a visit's origin says about it. Pure."""

import re
import unicodedata
from collections.abc import Collection
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote_plus

# What web analytics write where they have no name.
NAMELESS = frozenset(
    {
        "",
        "-",
        "(not set)",
        "(none)",
        "(direct)",
        "(organic)",
        "(referral)",
        "(other)",
        "(data not available)",
        "(cross-network)",
        "not set",
        "none",
        "direct",
        "unassigned",
        "diretto",
        "non assegnato",
        "(non impostato)",
        "(nessuno)",
    }
)
# The medium of a paid visit, by the rule with which Google Analytics forms its channel groups:
# https://support.google.com/analytics/answer/9756891
PAID_MEDIUM = re.compile(r"^(.*cp.*|ppc|retargeting|paid.*)$")
SOCIAL_MEDIUMS = frozenset({"social", "social-network", "social-media", "sm", "social network", "social media"})
MESSAGES = frozenset({"email", "e-mail", "e_mail", "e mail", "newsletter", "sms", "mobile push notifications"})
HOST_PREFIXES = ("www.", "m.", "l.", "lm.", "mobile.", "web.", "out.", "go.", "business.", "ads.")
SOURCES = {
    "facebook": ("facebook", "fb", "facebook.com", "fb.com", "fb.me", "fbads", "facebook_ads", "facebookads"),
    "instagram": ("instagram", "ig", "instagram.com", "instagram_stories", "igshopping"),
    "threads": ("threads", "threads.net", "threads.com"),
    "meta": ("meta", "meta_ads", "metaads", "fb_ig", "an"),
    "x": ("x", "twitter", "x.com", "twitter.com", "t.co"),
    "linkedin": ("linkedin", "linkedin.com", "lnkd.in"),
    "tiktok": ("tiktok", "tiktok.com", "tiktokads", "tiktok_ads"),
    "youtube": ("youtube", "youtube.com", "youtu.be"),
    "pinterest": ("pinterest", "pinterest.com", "pinterest.it", "pin.it"),
    "bluesky": ("bluesky", "bsky", "bsky.app", "bsky.social"),
    "reddit": ("reddit", "reddit.com"),
    "snapchat": ("snapchat", "snapchat.com"),
    "whatsapp": ("whatsapp", "whatsapp.com", "wa", "wa.me", "l.wl.co"),
    "telegram": ("telegram", "telegram.org", "t.me", "org.telegram.messenger"),
    "google": ("google", "google.com", "adwords", "googleads", "google_ads"),
}
PLATFORM_BY_SOURCE = {name: platform for platform, names in SOURCES.items() for name in names}
SEARCH = "google"


class Origin(NamedTuple):
    """Where conversions came from: `kind` social | paid | message | other | unknown; `paid` None = not told."""

    kind: str
    platform: str
    paid: bool | None


@lru_cache(maxsize=4096)
def campaign_key(name: str) -> str:
    """The key under which spellings of one campaign meet; empty for "no name".

    >>> campaign_key("Caffè d’Estate – 2026") == campaign_key("caffe-d_estate+2026")
    True
    >>> campaign_key("(not set)")
    ''
    """
    plain = unquote_plus(name.strip())
    if plain.casefold() in NAMELESS:
        return ""
    letters = unicodedata.normalize("NFKD", plain).casefold()
    kept = "".join(c if c.isalnum() else "-" for c in letters if not unicodedata.combining(c))
    return re.sub("-+", "-", kept).strip("-")


def platform_of(source: str) -> str:
    """The platform that a traffic source names, or "".

    >>> platform_of("l.instagram.com"), platform_of("newsletter")
    ('instagram', '')
    """
    name = source.strip().casefold()
    while name.startswith(HOST_PREFIXES) and name not in PLATFORM_BY_SOURCE:
        name = name.split(".", 1)[1]
    return PLATFORM_BY_SOURCE.get(name, "")


@lru_cache(maxsize=4096)
def origin(channel_group: str, source: str, medium: str) -> Origin:
    """What a row of web analytics says about where its visits came from."""
    group, medium, named = (text.strip().casefold() for text in (channel_group, medium, source))
    platform = platform_of(source)
    paid = _paid(group, medium)
    if {group, medium, named} & MESSAGES:
        return Origin("message", "", paid)
    social_platform = platform not in ("", SEARCH)
    if "social" in group or "video" in group or "social" in medium or medium in SOCIAL_MEDIUMS:
        return Origin("social", platform if social_platform else "", paid)
    if social_platform:
        return Origin("social", platform, paid)
    if {group, medium, named} <= NAMELESS:
        return Origin("unknown", "", paid)
    return Origin("paid" if paid else "other", platform, paid)


def _paid(group: str, medium: str) -> bool | None:
    if group.startswith("paid") or PAID_MEDIUM.match(medium):
        return True
    return None if group in NAMELESS and medium in NAMELESS else False


def fold(platform: str, costs_of: Collection[str]) -> str:
    """Meta's ads run on Facebook, Instagram and Threads together: their return is one platform's beside them."""
    return "meta" if "meta" in costs_of and platform in ("facebook", "instagram", "threads") else platform
