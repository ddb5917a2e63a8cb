"""Reads content pillars and their mix."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from django.db.models import QuerySet, Sum

from strategy.models import ContentPillar

FULL, NEARLY_FULL = 100, 98
USUAL = (3, 6)  # how many pillars brands usually keep


@dataclass(frozen=True)
class Mix:
    """The shares of the active pillars added up, in whole per cent."""

    total: int
    count: int

    @property
    def left(self) -> int:
        return max(FULL - self.total, 0)

    @property
    def is_short(self) -> bool:
        """Whether so much of the mix is not planned that the page says so."""
        return bool(self.count) and self.total < NEARLY_FULL


@dataclass(frozen=True)
class Segment:
    """A piece of the mix as it is drawn: from `start` on, `share` wide, in per cent; tone 1 to 6."""

    name: str
    start: int
    share: int
    tone: int


class Share(NamedTuple):
    """A pillar as far as the mix is concerned."""

    name: str
    share: int


class Shared(Protocol):
    """Anything with a name and a share: a pillar, or what a version of the strategy keeps of one."""

    name: str
    share: int


def active() -> QuerySet[ContentPillar]:
    return ContentPillar.objects.filter(archived_at=None).select_related("audience")


def archived() -> QuerySet[ContentPillar]:
    return ContentPillar.objects.filter(archived_at__isnull=False).select_related("audience")


def mix(*, without: int | None = None) -> Mix:
    """The mix of the active pillars, of one less if its number is given."""
    rows = ContentPillar.objects.filter(archived_at=None).exclude(pk=without)
    return Mix(rows.aggregate(total=Sum("share", default=0))["total"], rows.count())


def segments(pillars: Iterable[Shared]) -> list[Segment]:
    """The pillars side by side in their order."""
    found, start = [], 0
    for place, pillar in enumerate(pillars):
        found.append(Segment(pillar.name, start, pillar.share, place % 6 + 1))
        start += pillar.share
    return found
