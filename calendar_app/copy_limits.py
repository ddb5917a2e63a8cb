"""What a platform cuts or refuses in a text, by the figures of the catalogue. Pure."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from strategy.catalogue import Entry as Known

LINK = re.compile(r"https?://\S+")
HASHTAG = re.compile(r"(?<!\w)#\w+")
MENTION = re.compile(r"(?<!\w)@\w[\w.]*")
MENTIONS = 20  # in a caption of Instagram (developers.facebook.com/docs/instagram-platform, IG User Media)
X_LINK = 23  # characters that a link counts on X, however long (docs.x.com/fundamentals/counting-characters)


class Limit(NamedTuple):
    """The longest text of a platform, and where that was read; None where no figure is known."""

    most: int | None
    source: str


class Finding(NamedTuple):
    """Something to look at: its code, and what its sentence needs."""

    code: str
    facts: dict[str, object]


def limit_of(known: Known | None, format: str) -> Limit:
    """The characters that a post of this format holds: its own figure, else the largest one known."""
    if known is None:
        return Limit(None, "")
    own = _limits(known, {format})
    found = own or _limits(known, {each.name for each in known.formats})
    return max(found, key=lambda limit: limit.most or 0, default=Limit(None, ""))


def _limits(known: Known, formats: set[str]) -> list[Limit]:
    return [
        Limit(int(figure.value), figure.source.publisher)
        for each in known.formats
        if each.name in formats
        for figure in each.limits
        if figure.what == "text_characters" and isinstance(figure.value, float)
    ]


def length(text: str, platform: str) -> int:
    """The characters of a text as the platform counts them.

    >>> length("See https://www.example.com/a/very/long/address/indeed", "x")
    27
    """
    if platform == "x":
        text = LINK.sub("x" * X_LINK, text)
    return len(text)


def findings(text: str, *, platform: str, limit: Limit, without_alt_text: Sequence[int] = ()) -> list[Finding]:
    """What to look at before the post goes out, the gravest first; `without_alt_text`: places of such pictures."""
    found = []
    size = length(text, platform)
    if limit.most is not None and size > limit.most:
        found.append(Finding("too_long", {"size": size, "most": limit.most, "over": size - limit.most}))
    tags = HASHTAG.findall(text)
    if len(tags) > 30 and platform == "instagram":
        found.append(Finding("too_many_tags", {"n": len(tags)}))
    names = MENTION.findall(text)
    if len(names) > MENTIONS and platform == "instagram":
        found.append(Finding("too_many_mentions", {"n": len(names), "most": MENTIONS}))
    if twice := sorted({tag for tag in tags if tags.count(tag) > 1}):
        found.append(Finding("tag_twice", {"tags": ", ".join(twice)}))
    if platform == "instagram" and LINK.search(text):
        found.append(Finding("dead_link", {}))
    if without_alt_text:
        found.append(Finding("no_alt_text", {"places": ", ".join(map(str, without_alt_text))}))
    return found
