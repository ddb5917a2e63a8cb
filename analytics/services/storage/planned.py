"""Stores planned posts: each once, with what the newest calendar says of it."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.utils import timezone

from analytics.formats import PlannedRow
from analytics.models import ImportFile, PlannedPost
from analytics.services.channels import plain
from strategy.models import Channel

BATCH = 500
TOLD = ("channel", "platform", "account", "at", "is_exact", "format", "title", "text", "link", "media", "labels")
LONGEST = {"account": 200, "title": 300, "link": 1000, "labels": 300, "external_id": 120}


@dataclass
class PlannedTally:
    created: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: int = 0
    without_channel: int = 0
    channels: set[int] = field(default_factory=set)


class Places:
    """The brand's channels, by what a calendar calls them. None is added: a plan is no account of theirs."""

    def __init__(self, chosen: tuple[str, str] | None) -> None:
        self.chosen = chosen
        self.known = list(Channel.objects.all())

    def __call__(self, platform: str, account: str) -> Channel | None:
        """The channel of that name; else the chosen one; else the only one on the platform."""
        on_it = [channel for channel in self.known if platform in ("", channel.platform)]
        named = [channel for channel in on_it if account and plain(channel.handle) == plain(account)]
        if named or account:
            return named[0] if len(named) == 1 else None
        if self.chosen:
            wanted, handle = self.chosen
            on_it = [
                channel
                for channel in on_it
                if (channel.platform, plain(channel.handle)) == (wanted, plain(handle))
            ]
        elif not platform:
            return None
        return on_it[0] if len(on_it) == 1 else None


def store_planned(
    file: ImportFile, rows: Iterable[PlannedRow], *, as_of: datetime, chosen: tuple[str, str] | None = None
) -> PlannedTally:
    """Add what is new. A post is known by its number in the calendar, else by its place and time.

    So a text that was edited takes the place of the earlier one, and a post that was moved is another one. Several
    posts of one place and time are told apart by their order, those without a day by their text.
    """
    tally, places, seen = PlannedTally(), Places(chosen), Counter[str]()
    told: dict[str, PlannedPost] = {}
    for row in rows:
        post = _post(file, row, places(row.platform, row.account), as_of)
        seen[post.row_key] += 1
        if seen[post.row_key] > 1:
            post.row_key = _digest(post.row_key, str(seen[post.row_key]))
        told[post.row_key] = post
        tally.without_channel += post.channel is None
        if post.channel:
            tally.channels.add(post.channel.pk)
    posts = list(told.values())
    for start in range(0, len(posts), BATCH):
        _merge({post.row_key: post for post in posts[start : start + BATCH]}, tally)
    return tally


def _post(file: ImportFile, row: PlannedRow, channel: Channel | None, as_of: datetime) -> PlannedPost:
    platform = channel.platform if channel else row.platform
    account = plain(channel.handle if channel else row.account)
    own = row.external_id or (row.at.isoformat() if row.at else row.text + row.title)
    texts = {name: getattr(row, name) for name in ("account", "title", "link", "labels", "external_id")}
    return PlannedPost(
        brand_id=file.brand_id,
        file=file,
        channel=channel,
        platform=platform,
        at=row.at,
        is_exact=row.precision == "exact",
        format=row.format,
        text=row.text.replace("\x00", ""),
        media=row.media.replace("\x00", ""),
        row_key=_digest(platform, account, "number" if row.external_id else "time", own),
        as_of=as_of,
        **{name: text.replace("\x00", "")[: LONGEST[name]] for name, text in texts.items()},
    )


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()


def _merge(told: dict[str, PlannedPost], tally: PlannedTally) -> None:
    known = {post.row_key: post for post in PlannedPost.objects.filter(row_key__in=list(told))}
    PlannedPost.objects.bulk_create([post for key, post in told.items() if key not in known])
    changed = [post for key, post in known.items() if _take_over(post, told[key], tally)]
    PlannedPost.objects.bulk_update(changed, [*TOLD, "as_of", "file", "updated_at"], batch_size=100)
    tally.created += len(told) - len(known)
    tally.updated += len(changed)
    tally.unchanged += len(known) - len(changed)


def _take_over(post: PlannedPost, told: PlannedPost, tally: PlannedTally) -> bool:
    """Let the newer calendar win."""
    differs = any(getattr(post, name) != getattr(told, name) for name in TOLD)
    if differs and post.as_of and told.as_of and told.as_of < post.as_of:
        tally.kept += 1
        return False
    for name in (*TOLD, "as_of", "file"):
        setattr(post, name, getattr(told, name))
    post.updated_at = timezone.now()
    return differs
