"""Reads figures by day for their pages."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import Count, Exists, Max, Min, OuterRef

from analytics.formats.series import FIGURES
from analytics.models import ChannelDay
from strategy.models import Channel

EXPORT_CHUNK = 5_000


@dataclass(frozen=True)
class Known:
    """A figure of a channel, the days it is known from and to, and of how many days between them."""

    figure: str
    first: date
    last: date
    days: int


def channels() -> list[Channel]:
    """The channels of which any figure is known by day."""
    of_channel = ChannelDay.objects.filter(channel=OuterRef("pk"), external_id="")
    return list(Channel.objects.filter(Exists(of_channel)).order_by("-active", "platform", "handle"))


def known(channel: Channel) -> list[Known]:
    """The figures of a channel, in the order of `FIGURES`."""
    told = ChannelDay.objects.filter(channel=channel, external_id="").values("figure")
    found = told.annotate(first=Min("day"), last=Max("day"), days=Count("pk")).order_by()
    order = {name: place for place, name in enumerate(FIGURES)}
    return sorted((Known(**row) for row in found), key=lambda one: order.get(one.figure, len(order)))


def series(channel: Channel, figure: str, first: date, last: date) -> list[tuple[date, float]]:
    """The days of a figure from `first` to `last`, in order; days that no export told are not among them."""
    rows = ChannelDay.objects.filter(channel=channel, external_id="", figure=figure, day__range=(first, last))
    return list(rows.order_by("day").values_list("day", "value"))


def of_post(channel: Channel, external_id: str) -> dict[str, list[tuple[date, float]]]:
    """The figures by day of one post."""
    rows = ChannelDay.objects.filter(channel=channel, external_id=external_id).order_by("figure", "day")
    told = rows.values_list("figure", "day", "value")
    return {figure: [row[1:] for row in some] for figure, some in groupby(told, key=lambda row: row[0])}


def table(
    channel: Channel, figures: list[str], first: date, last: date
) -> Iterator[tuple[date, list[float | None]]]:
    """Each day with all figures, None where an export did not tell."""
    rows = ChannelDay.objects.filter(channel=channel, external_id="", day__range=(first, last)).order_by("day")
    stream = rows.values_list("day", "figure", "value").iterator(chunk_size=EXPORT_CHUNK)
    for day, some in groupby(stream, key=lambda row: row[0]):
        told = {figure: value for _day, figure, value in some}
        yield day, [told.get(name) for name in figures]
