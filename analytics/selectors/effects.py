"""Reads the posts that `analytics.effects` compares, and the reports made of them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pandas as pd
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce

from accounts.models import Brand
from analytics import effects
from analytics.best_times import hours_to_mature
from analytics.models import EffectsReport, Post, PostTag
from analytics.selectors import engagement
from strategy.models import Audience, Campaign, Channel, ContentPillar

Step = Callable[[float, str], None]
TAGS = {"campaign": Campaign, "pillar": ContentPillar, "audience": Audience}
COLUMNS = ("pk", "external_id", "published_at", "is_exact", "format", "text", "paid", "is_reply", "metrics_as_of")
DAY_ONE = date(1970, 1, 1)
PER_PAGE = 50


@dataclass
class Counted:
    """The posts of a period as `effects.fit` takes them, what was left out, and what things were called."""

    posts: pd.DataFrame
    replies: int = 0
    immature: int = 0
    first_reading: datetime | None = None
    last_reading: datetime | None = None
    names: dict[str, dict[str, str]] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        readings = (self.first_reading, self.last_reading)
        return {
            "replies": self.replies,
            "immature": self.immature,
            "readings": [each.isoformat() if each else None for each in readings],
            "names": self.names,
        }


def read_posts(brand: Brand, start: date, end: date, metric: str, *, step: Step) -> Counted:
    """The brand's posts of these days, both included, inside the brand's scope."""
    channels = list(Channel.objects.select_related("brand").order_by("platform", "handle"))
    found = Counted(pd.DataFrame())
    parts = []
    for place, channel in enumerate(channels):
        step(0.05 + 0.5 * place / len(channels), "posts")
        if (part := _of_channel(channel, brand, start, end, metric, found)) is not None:
            parts.append(part)
    found.posts = pd.concat(parts, ignore_index=True) if parts else _nothing()
    found.names = {"channel": {str(channel.pk): str(channel) for channel in channels}, **_tag_names(found.posts)}
    return found


def _nothing() -> pd.DataFrame:
    columns = ["post", "day", "value", *effects.DIMENSIONS]
    return pd.DataFrame({name: pd.Series(dtype=float if name == "value" else object) for name in columns})


def _of_channel(
    channel: Channel, brand: Brand, start: date, end: date, metric: str, found: Counted
) -> pd.DataFrame | None:
    clock = ZoneInfo(brand.time_zone)
    since, until = (datetime.combine(day, time(), clock) for day in (start, end + timedelta(days=1)))
    posts = Post.objects.filter(channel=channel, published_at__gte=since, published_at__lt=until).order_by("pk")
    rows = pd.DataFrame(list(posts.annotate(value=_figure(metric)).values_list(*COLUMNS, "value")))
    if rows.empty:
        return None
    rows.columns = [*COLUMNS, "value"]
    found.replies += int(rows["is_reply"].sum())
    rows = rows[~rows["is_reply"].astype(bool)]
    ripe = timedelta(hours=hours_to_mature(engagement.readings(channel.pk)).hours)
    unripe = (rows["metrics_as_of"] - rows["published_at"]) < ripe
    found.immature += int(unripe.sum())
    rows = rows[~unripe].reset_index(drop=True)
    if rows.empty:
        return None
    _note_readings(found, rows)
    return _traits(channel, clock, rows)


def _figure(metric: str) -> Any:
    """Link clicks where a platform tells only those, as best times take them."""
    return Coalesce("clicks", "link_clicks") if metric == "clicks" else F(metric)


def _note_readings(found: Counted, rows: pd.DataFrame) -> None:
    first, last = (moment.to_pydatetime() for moment in (rows["metrics_as_of"].min(), rows["metrics_as_of"].max()))
    found.first_reading = min(found.first_reading or first, first)
    found.last_reading = max(found.last_reading or last, last)


def _traits(channel: Channel, clock: ZoneInfo, rows: pd.DataFrame) -> pd.DataFrame:
    local = rows["published_at"].dt.tz_convert(clock).dt.tz_localize(None)
    asked = rows[["format", "text", "is_exact"]].assign(channel=channel.pk, local=local)
    posts = pd.DataFrame(
        {
            "post": rows["pk"].astype("int64"),
            "day": (local.dt.normalize() - pd.Timestamp(DAY_ONE)).dt.days,
            "value": rows["value"].astype(float),
            "platform": channel.platform,
            "channel": str(channel.pk),
            "format": [name or None for name in rows["format"]],
            "paid": [None if paid is None else "yes" if paid else "no" for paid in rows["paid"].tolist()],
        }
    )
    tags = _tags(channel, rows["external_id"])
    return pd.concat([posts, effects.traits(asked), tags], axis=1)


def _tags(channel: Channel, names: Iterable[str]) -> pd.DataFrame:
    """What each post was for; where nobody said, it is not told."""
    known = {row[0]: row[1:] for row in _tag_rows(channel)}
    nothing = (None,) * len(TAGS)
    rows = [[None if pk is None else str(pk) for pk in known.get(name, nothing)] for name in names]
    return pd.DataFrame(rows, columns=list(TAGS), dtype=object)


def _tag_rows(channel: Channel) -> QuerySet[PostTag, tuple[Any, ...]]:
    columns = ("external_id", *(f"{name}_id" for name in TAGS))
    return PostTag.objects.filter(channel=channel).values_list(*columns)


def _tag_names(posts: pd.DataFrame) -> dict[str, dict[str, str]]:
    found = {}
    for name, model in TAGS.items():
        numbers = [int(pk) for pk in posts[name].dropna().unique()]
        found[name] = {str(row.pk): str(row) for row in model.objects.filter(pk__in=numbers)}
    return found


def reports() -> QuerySet[EffectsReport]:
    """The brand's reports, newest first, without what makes them large."""
    light = EffectsReport.objects.select_related("job", "created_by", "brand").defer("inputs", "posts", "results")
    return light.annotate(counted=F("results__posts"), reason=F("results__reason"))


def has_posts() -> bool:
    return Post.objects.filter(channel__in=Channel.objects.values("pk")).exists()


def latest_day(brand: Brand) -> date | None:
    """The day, on the brand's calendar, of its latest post."""
    latest = [
        Post.objects.filter(channel=channel)
        .order_by("-published_at")
        .values_list("published_at", flat=True)
        .first()
        for channel in Channel.objects.all()
    ]
    known = [moment for moment in latest if moment]
    return max(known).astimezone(ZoneInfo(brand.time_zone)).date() if known else None


def told(numbers: Iterable[int]) -> dict[int, Post]:
    """Posts by their numbers; those that are gone are missing."""
    found = Post.objects.filter(pk__in=list(numbers)).select_related("channel")
    return {post.pk: post for post in found}


def behind(report: EffectsReport, dimension: str, level: str) -> pd.DataFrame:
    """The posts that a report counted for a level, the highest figure first."""
    posts = effects.unpack(bytes(report.posts)) if report.posts else _nothing()
    if dimension not in posts.columns:
        return posts.iloc[:0]
    rows = posts[(posts[dimension] == level) & posts["value"].notna()]
    return rows.sort_values(["value", "post"], ascending=[False, True])


def named(brand: Brand, posts: Mapping[int, Post]) -> dict[str, dict[str, Any]]:
    """What single posts of a report are called, as they are now."""
    clock = ZoneInfo(brand.time_zone)
    return {
        str(pk): {
            "text": " ".join(post.text.split())[:160] or post.external_id,
            "day": post.published_at.astimezone(clock).date().isoformat(),
            "channel": str(post.channel),
        }
        for pk, post in posts.items()
    }
