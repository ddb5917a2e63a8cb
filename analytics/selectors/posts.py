"""Reads posts for their pages, at a cost that does not grow with their number.

Posts are found by channel and time, along the index. What no index knows (words, format, paid) is looked for in
the latest WINDOW posts of the period only; the page says so, and a period reaches further back.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import F, Q, QuerySet

from accounts.models import Brand
from analytics.models import Post
from analytics.selectors.tags import has_tag
from strategy.models import Channel

WINDOW = 6_000
PER_PAGE = 50
EXPORT_CHUNK = 2_000
SORTS = ("newest", "engagements", "reach", "impressions", "clicks")


@dataclass(frozen=True)
class Asked:
    """What a page of posts is asked for; empty values narrow nothing."""

    text: str = ""
    channel: int | None = None
    format: str | None = None
    paid: bool | None = None
    replies: bool | None = None
    campaign: int | None = None
    pillar: int | None = None
    audience: int | None = None
    planned: bool | None = None
    start: date | None = None
    end: date | None = None
    sort: str = "newest"
    before: tuple[datetime, int] | None = None

    @property
    def looks_inside(self) -> bool:
        """Whether something is asked that no index knows."""
        asked = (self.format, self.paid, self.replies, self.campaign, self.pillar, self.audience, self.planned)
        return bool(self.text) or any(value is not None for value in asked)

    @property
    def is_windowed(self) -> bool:
        return self.looks_inside or self.sort != "newest"

    @property
    def is_narrowed(self) -> bool:
        return self.looks_inside or bool(self.channel or self.start or self.end)


def channels() -> QuerySet[Channel]:
    return Channel.objects.select_related("brand").order_by("platform", "handle")


def page(brand: Brand, asked: Asked, among: Sequence[Channel]) -> tuple[list[Post], bool]:
    """The posts of one page, and whether older ones follow. Two queries.

    Each channel is asked for its own best ones, along its index; of these the page's are chosen. One query with
    OR between the channels would read the whole table.
    """
    chosen = [channel for channel in among if asked.channel in (None, channel.pk)]
    if not chosen:
        return [], False
    order = _order(asked)
    each = [_of_channel(channel, brand, asked, WINDOW // len(chosen)).order_by(*order) for channel in chosen]
    best = [Post.objects.filter(pk__in=posts.values("pk")[: PER_PAGE + 1]).values_list("pk") for posts in each]
    numbers = [pk for (pk,) in best[0].union(*best[1:], all=True)]
    found = Post.objects.filter(pk__in=numbers).order_by(*order)[: PER_PAGE + 1]
    posts = list(found)
    by_number = {channel.pk: channel for channel in among}
    for post in posts:
        post.channel = by_number[post.channel_id]
    return posts[:PER_PAGE], len(posts) > PER_PAGE and asked.sort == "newest"


def _order(asked: Asked) -> tuple:
    if asked.sort == "newest":
        return (F("published_at").desc(), F("pk").desc())
    return (F(asked.sort).desc(nulls_last=True), F("published_at").desc(), F("pk").desc())


def _of_channel(channel: Channel, brand: Brand, asked: Asked, window: int) -> QuerySet[Post]:
    posts = _in_period(Post.objects.filter(channel=channel), brand, asked)
    if asked.before and asked.sort == "newest":
        moment, number = asked.before
        posts = posts.filter(published_at__lte=moment).exclude(published_at=moment, pk__gte=number)
    if not asked.is_windowed:
        return posts
    latest = posts.order_by("-published_at", "-pk").values("pk")[:window]
    return _inside(Post.objects.filter(pk__in=latest), asked)


def _in_period(posts: QuerySet[Post], brand: Brand, asked: Asked) -> QuerySet[Post]:
    zone = ZoneInfo(brand.time_zone)
    if asked.start:
        posts = posts.filter(published_at__gte=datetime.combine(asked.start, time(), zone))
    if asked.end:
        posts = posts.filter(published_at__lt=datetime.combine(asked.end + timedelta(days=1), time(), zone))
    return posts


def _inside(posts: QuerySet[Post], asked: Asked) -> QuerySet[Post]:
    if asked.text:
        posts = posts.filter(Q(text__icontains=asked.text) | Q(external_id=asked.text))
    if asked.format is not None:
        posts = posts.filter(format=asked.format)
    if asked.paid is not None:
        posts = posts.filter(paid=True) if asked.paid else posts.exclude(paid=True)
    if asked.replies is not None:
        posts = posts.filter(is_reply=asked.replies)
    return _tagged(posts, asked)


def _tagged(posts: QuerySet[Post], asked: Asked) -> QuerySet[Post]:
    told = {"campaign": asked.campaign, "pillar": asked.pillar, "audience": asked.audience}
    wanted = {name: value for name, value in told.items() if value is not None}
    if wanted:
        posts = posts.filter(has_tag(**wanted))
    if asked.planned is not None:
        posts = posts.filter(has_tag(planned=True) if asked.planned else ~has_tag(planned=True))
    return posts


def all_asked(brand: Brand, asked: Asked, among: Sequence[Channel]) -> Iterator[Post]:
    """Every post that is asked for, for a download: no window, channel by channel, newest first."""
    for channel in among:
        if asked.channel in (None, channel.pk):
            posts = _inside(_in_period(Post.objects.filter(channel=channel), brand, asked), asked)
            yield from posts.order_by("-published_at", "-pk").iterator(chunk_size=EXPORT_CHUNK)
