"""Reads what posts were for."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef

from analytics.models import Post, PostTag


def of(posts: Iterable[Post]) -> dict[int, PostTag]:
    """The tags of these posts by their numbers, in one query; those without one are missing."""
    numbers = {(post.channel_id, post.external_id): post.pk for post in posts}
    channels, names = {channel for channel, _name in numbers}, [name for _channel, name in numbers]
    rows = PostTag.objects.filter(channel__in=channels, external_id__in=names)
    found = {
        (row.channel_id, row.external_id): row for row in rows.select_related("campaign", "pillar", "audience")
    }
    return {numbers[name]: row for name, row in found.items() if name in numbers}


def has_tag(**wanted: Any) -> Exists:
    """Whether a post has such a tag, as a condition on posts: `posts.filter(has_tag(campaign=3))`."""
    own = PostTag.objects.filter(channel=OuterRef("channel"), external_id=OuterRef("external_id"))
    return Exists(own.filter(**wanted))
