"""The tasks of a desk: which are asked for, and under which heading each of them stands."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.asked import number, one_of
from accounts.models import Brand
from smm import desk_reader
from smm.desk_reader import Reader
from strategy.models import Channel, HandedTask, Task

PER_PAGE = 50
OVERDUE_SHOWN = 5
STATES = ("open", "done", "not_done", "all")
TIMES = ("overdue", "today", "week")
HEADINGS: dict[str, Promise] = {
    "overdue": _("Overdue"),
    "past": _("Before today"),
    "today": _("Today"),
    "week": _("This week"),
    "later": _("Later"),
}


@dataclass(frozen=True)
class Asked:
    """What the address asks for; what it asks in vain is left out."""

    state: str
    when: str
    kind: str
    channel: str
    brand: str
    mine: bool

    @property
    def is_narrowed(self) -> bool:
        return self.state != "open" or self.mine or any((self.when, self.kind, self.channel, self.brand))


def asked(query: QueryDict) -> Asked:
    return Asked(
        state=one_of(query, "state", STATES, "open"),
        when=one_of(query, "when", TIMES),
        kind=one_of(query, "kind", Task.Kind.values),
        channel=str(number(query, "channel") or ""),
        brand=query.get("brand", "")[:60],
        mine=query.get("whose") == "mine",
    )


@dataclass(frozen=True)
class Days:
    """The borders of today and of this week on the reader's clock."""

    now: datetime
    today: datetime
    tomorrow: datetime
    next_week: datetime

    def heading(self, at: datetime, *, is_open: bool) -> str:
        if at < self.now and is_open:
            return "overdue"
        if at < self.today:
            return "past"
        if at < self.tomorrow:
            return "today"
        return "week" if at < self.next_week else "later"


def days(now: datetime, zone: ZoneInfo) -> Days:
    """Midnights of that zone, whatever the length of the day."""
    day = now.astimezone(zone).date()
    monday = day + timedelta(days=7 - day.weekday())
    midnights = [datetime.combine(d, time(), zone) for d in (day, day + timedelta(days=1), monday)]
    return Days(now, *midnights)


def in_force() -> QuerySet[HandedTask]:
    """What was handed over and not replaced since, of the brands in scope."""
    found = HandedTask.objects.filter(
        campaign_version__superseded_at=None, campaign_version__campaign__archived_at=None
    )
    return found.select_related("brand", "channel", "assignee", "task", "campaign_version__campaign")


def matching(wanted: Asked, reader: Reader, borders: Days) -> QuerySet[HandedTask]:
    rows = in_force()
    if wanted.state != "all":
        rows = rows.filter(task__state=wanted.state)
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.channel:
        rows = rows.filter(channel=wanted.channel)
    if wanted.brand:
        rows = rows.filter(brand__slug=wanted.brand)
    if wanted.mine:
        rows = rows.filter(assignee=reader.user)
    if wanted.when == "overdue":
        return rows.filter(at__lt=borders.now, task__state="open")
    if wanted.when == "today":
        return rows.filter(at__gte=borders.today, at__lt=borders.tomorrow)
    if wanted.when == "week":
        return rows.filter(at__gte=borders.today, at__lt=borders.next_week)
    return rows


def context(wanted: Asked, reader: Reader, *, zone: ZoneInfo, now: datetime, page: Any) -> dict[str, Any]:
    """What the list shows: overdue ones apart and not too many of them, the others by day, page by page."""
    borders = days(now, zone)
    rows = matching(wanted, reader, borders)
    late = rows.filter(at__lt=now, task__state="open")
    overdue, n_overdue = [], 0
    if not wanted.when:
        n_overdue = late.count()
        overdue = list(late.order_by("-at")[:OVERDUE_SHOWN]) if n_overdue else []
        rows = rows.exclude(pk__in=late.order_by().values("pk")) if n_overdue else rows
    shown = Paginator(rows, PER_PAGE).get_page(page)
    lines = _lines([*overdue, *shown], reader, borders)
    return {
        "page": shown,
        "sections": _sections(lines),
        "n_overdue": n_overdue,
        "more_overdue": n_overdue > len(overdue),
        "total": n_overdue + shown.paginator.count,
        "n_new": sum(1 for line in lines if line["news"]),
    }


def _lines(rows: list[HandedTask], reader: Reader, borders: Days) -> list[dict[str, Any]]:
    seen = desk_reader.last_seen(reader.user, {row.campaign_version.campaign_id for row in rows})
    before = desk_reader.seen_tasks(rows, seen)
    return [
        {
            "row": row,
            "heading": borders.heading(row.at, is_open=is_open(row)),
            "news": desk_reader.news(row, seen, before),
            "own": row.at.astimezone(reader.zone(row.brand)),
            "there": row.at.astimezone(ZoneInfo(row.brand.time_zone)),
            "same_clock": same_clock(row.at, reader.zone(row.brand), ZoneInfo(row.brand.time_zone)),
        }
        for row in rows
    ]


def is_open(row: HandedTask) -> bool:
    return row.task is not None and row.task.state == Task.State.OPEN


def same_clock(at: datetime, own: ZoneInfo, there: ZoneInfo) -> bool:
    """Whether both clocks show the same at that instant."""
    return at.astimezone(own).utcoffset() == at.astimezone(there).utcoffset()


def _sections(lines: list[dict[str, Any]]) -> list[tuple[str, Promise, list[dict[str, Any]]]]:
    return [
        (slug, title, found)
        for slug, title in HEADINGS.items()
        if (found := [line for line in lines if line["heading"] == slug])
    ]


def channels_of(brands: Iterable[Brand]) -> list[Channel]:
    """Those for which something is to be done, for the filter."""
    used = in_force().filter(brand__in=list(brands)).order_by().values("channel")
    return list(Channel.objects.filter(pk__in=used))
