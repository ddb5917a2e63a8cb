"""Which published post is a planned one? Pure: plain values in, matches out.

A link or an address decides. Otherwise the channel must be the same, the hour near, and the texts alike: people
shorten copy, add hashtags and correct words while they publish, so texts are compared as sets of words
(Sorensen-Dice: twice what both have, over what both hold together), links left out. The thresholds are measured
in `benchmarks/matching.py`; docs/campaigns.md states them with their errors.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal, NamedTuple

WINDOW = timedelta(hours=36)
CERTAIN = 0.75  # likeness from which a pair is taken for the same
DOUBTFUL = 0.40  # from which it is proposed to a person
MARGIN = 0.15  # by how much a certain pair must lead every other
NEAR = timedelta(hours=2)  # without a text to compare, a lone post so near is proposed
FEWEST_WORDS = 3  # a shorter copy is too common to decide by itself
_LINK = re.compile(r"https?://\S+|www\.\S+")
_WORD = re.compile(r"\w+")
Why = Literal["link", "text", "time"]


@dataclass(frozen=True)
class Planned:
    """What was to be published: `at` in UTC, the end of its day without an hour; `link` with its UTM values."""

    key: int
    channel: int
    at: datetime
    has_hour: bool
    text: str = ""
    link: str = ""
    permalink: str = ""


@dataclass(frozen=True)
class Published:
    """What an import told; `is_exact` is False where only the day is known."""

    key: int
    channel: int
    at: datetime
    is_exact: bool
    text: str = ""
    permalink: str = ""


class Match(NamedTuple):
    """A planned post and the published one that it is, or (not `certain`) perhaps is; `likeness` from 0 to 1."""

    planned: int
    published: int
    likeness: float
    certain: bool
    why: Why


def words_of(text: str) -> frozenset[str]:
    """The words of a text, without links, accents' spelling and capitals.

    >>> sorted(words_of("Caffè #Autunno! https://alba.example/x"))
    ['autunno', 'caffè']
    """
    plain = unicodedata.normalize("NFKC", _LINK.sub(" ", text)).casefold()
    return frozenset(_WORD.findall(plain))


def likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """How alike two sets of words are, 0 to 1.

    >>> likeness(words_of("a b c"), words_of("a b d"))
    0.6666666666666666
    """
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def match(
    planned: Sequence[Planned],
    published: Sequence[Published],
    *,
    refused: Iterable[tuple[int, int]] = (),
    window: timedelta = WINDOW,
) -> list[Match]:
    """Each planned and each published post at most once, the likeliest first; `refused` pairs are left out."""
    left_out = set(refused)
    by_channel: dict[int, list[Published]] = {}
    for post in published:
        by_channel.setdefault(post.channel, []).append(post)
    words = {post.key: words_of(post.text) for post in published}
    pairs: list[Match] = []
    for plan in planned:
        own = by_channel.get(plan.channel, [])
        near = [post for post in own if _is_near(plan, post, window) or _same_link(plan, post)]
        known = [post for post in near if (plan.key, post.key) not in left_out]
        pairs += _pairs(plan, known, words)
    return _once_each(pairs)


def _is_near(plan: Planned, post: Published, window: timedelta) -> bool:
    apart = abs(post.at - plan.at)
    return apart <= (window if plan.has_hour and post.is_exact else max(window, timedelta(days=1, hours=12)))


def _same_link(plan: Planned, post: Published) -> bool:
    """The post's own address is the one planned, or its text holds the link whose UTM values name this task."""
    if plan.permalink and _address(plan.permalink) == _address(post.permalink):
        return True
    return "utm_content=" in plan.link and plan.link in post.text


def _address(url: str) -> str:
    return re.sub(r"^https?://(www\.|m\.)?", "", url.strip().casefold()).split("?")[0].rstrip("/")


def _pairs(plan: Planned, posts: list[Published], words: dict[int, frozenset[str]]) -> list[Match]:
    own = words_of(plan.text)
    found = []
    for post in posts:
        if _same_link(plan, post):
            found.append(Match(plan.key, post.key, 1.0, certain=True, why="link"))
        elif own and (alike := likeness(own, words[post.key])) >= DOUBTFUL:
            certain = alike >= CERTAIN and len(own) >= FEWEST_WORDS
            found.append(Match(plan.key, post.key, alike, certain=certain, why="text"))
    if found or own or not plan.has_hour:
        return _without_rivals(found)
    close = [post for post in posts if post.is_exact and abs(post.at - plan.at) <= NEAR]
    return [Match(plan.key, close[0].key, 0.0, certain=False, why="time")] if len(close) == 1 else []


def _without_rivals(found: list[Match]) -> list[Match]:
    """A pair is certain only where none of the same planned post comes near it."""
    best = sorted(found, key=lambda pair: -pair.likeness)
    if len(best) > 1 and best[0].why == "text" and best[0].likeness - best[1].likeness < MARGIN:
        return [pair._replace(certain=False) for pair in best]
    return best


def _once_each(pairs: list[Match]) -> list[Match]:
    chosen, plans, posts = [], set(), set()
    for pair in sorted(pairs, key=lambda pair: (not pair.certain, -pair.likeness, pair.planned, pair.published)):
        if pair.planned not in plans and pair.published not in posts:
            chosen.append(pair)
            plans.add(pair.planned)
            posts.add(pair.published)
    return chosen
