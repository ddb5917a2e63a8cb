"""What is known of the brand's channels from its imports."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import OuterRef, Subquery, Sum

from analytics.models import ChannelDay, EngagementHour, ImportFile, Post
from strategy.models import Channel

# An import that changed a channel is looked for among so many of the newest files.
FILES_READ = 300


@dataclass(frozen=True)
class Activity:
    """posts: as they were counted when best times were last computed; latest: the newest post known."""

    posts: int = 0
    latest: datetime | None = None
    last_import: ImportFile | None = None


def activity(channels: Iterable[Channel]) -> dict[int, Activity]:
    """Posts, newest post and last import of each channel, in three queries that do not grow with the posts."""
    numbers = [channel.pk for channel in channels]
    weeks = EngagementHour.objects.filter(channel__in=numbers).order_by()
    counts = dict(weeks.values_list("channel").annotate(Sum("posts")))
    newest = Post.objects.filter(channel=OuterRef("pk")).order_by("-published_at").values("published_at")[:1]
    latest = dict(Channel.objects.filter(pk__in=numbers).values_list("pk", Subquery(newest)))
    imports = last_imports(numbers)
    return {number: Activity(counts.get(number, 0), latest.get(number), imports.get(number)) for number in numbers}


def last_imports(numbers: Iterable[int]) -> dict[int, ImportFile]:
    """The newest file that changed each of these channels."""
    done = ImportFile.objects.filter(done_at__isnull=False).order_by("-done_at", "-pk")
    wanted, found = set(numbers), {}
    for file in done.only("name", "batch", "done_at", "channels", "brand")[:FILES_READ]:
        for number in wanted.intersection(file.channels):
            found.setdefault(number, file)
    return found


def holds(channel: Channel) -> dict[str, Any]:
    """Whether posts, figures by day, or files of an import belong to a channel."""
    return {
        "posts": Post.objects.filter(channel=channel).exists(),
        "days": ChannelDay.objects.filter(channel=channel).exists(),
    }
