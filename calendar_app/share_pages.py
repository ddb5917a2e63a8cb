"""What a guest's pages show: a month, what waits, one entry. On the link's clock; never notes or history."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from babel.dates import get_timezone_location
from django.db.models import Count, Q, QuerySet
from django.utils.translation import get_language

from calendar_app import share_scope, words
from calendar_app.links import link_of
from calendar_app.models import Entry, Review, ShareLink
from calendar_app.services.entries import content_print
from calendar_app.services.guests import is_answered
from strategy.selectors import campaigns
from strategy.timeline import later

MOST_WAITING, MOST_UNDATED = 200, 30


@dataclass(frozen=True)
class Shown:
    """An entry as a guest sees it; of one that is being changed only that it is."""

    entry: Entry
    is_open: bool
    day: date | None
    clock: datetime | None  # on the link's clock; None: at any time of the day
    status: dict[str, str]
    link: str
    permalink: str
    comments: int
    last: Review | None  # what was decided by this link
    waits: bool  # for a decision by this link


def month(link: ShareLink, first: date) -> list[int]:
    """The numbers of a month's entries in their order, a day's without an hour at its end. One query."""
    begin, end = _midnight(first, link), _midnight(later(first, 1), link)
    timed = Q(clock__isnull=False, at__gte=begin, at__lt=end)
    whole = Q(clock__isnull=True, day__gte=first, day__lt=later(first, 1))
    rows = share_scope.visible(link).filter(timed | whole).values_list("pk", "day", "clock", "at")
    zone = ZoneInfo(link.time_zone)
    places = [
        ((at.astimezone(zone).date(), 0, at, pk) if clock else (day, 1, at, pk)) for pk, day, clock, at in rows
    ]
    return [place[-1] for place in sorted(places)]


def undated(link: ShareLink) -> list[int]:
    """What has no day yet, the newest first."""
    rows = share_scope.entries_of(link).filter(day=None).order_by("-pk")
    return list(rows.values_list("pk", flat=True)[:MOST_UNDATED])


def waiting(link: ShareLink) -> list[int]:
    """What waits for a decision by this link, the nearest first. Two queries at most."""
    if not link.may_approve:
        return []
    rows = share_scope.entries_of(link).filter(status=Entry.Status.IN_REVIEW).order_by("at", "pk")
    found = list(rows[:MOST_WAITING])
    last = _last_reviews(link, [entry.pk for entry in found])
    return [entry.pk for entry in found if not is_answered(entry, last.get(entry.pk))]


def shown(link: ShareLink, numbers: Iterable[int]) -> list[Shown]:
    """These entries in this order, with what is said of them. Four queries, however many they are."""
    order = list(numbers)
    rows = share_scope.visible(link).filter(pk__in=order).select_related("channel", "campaign")
    found = {entry.pk: entry for entry in rows.defer("notes")}
    counted = share_scope.comments_of(link).filter(entry__in=order).order_by().values("entry")
    said = {row["entry"]: row["n"] for row in counted.annotate(n=Count("pk"))}
    last = _last_reviews(link, order)
    convention = campaigns.convention()
    return [
        _shown(link, found[pk], convention, said=said.get(pk, 0), last=last.get(pk)) for pk in order if pk in found
    ]


def by_day(rows: Iterable[Shown]) -> list[tuple[date | None, list[Shown]]]:
    """The entries day by day, in the order in which they come."""
    days: dict[date | None, list[Shown]] = {}
    for row in rows:
        days.setdefault(row.day, []).append(row)
    return list(days.items())


def comments(link: ShareLink, entry: Entry) -> list[dict[str, Any]]:
    """What was said by this link, and by the team for clients; of colleagues the name, never the address."""
    zone = ZoneInfo(link.time_zone)
    return [
        {
            "name": row.guest or (row.author.name if row.author else ""),
            "is_team": not row.guest,
            "text": row.text,
            "at": row.created_at.astimezone(zone),
        }
        for row in share_scope.comments_of(link).filter(entry=entry).select_related("author")
    ]


def decisions(link: ShareLink, entry: Entry) -> list[dict[str, Any]]:
    """What was decided by this link."""
    zone = ZoneInfo(link.time_zone)
    rows = Review.objects.filter(share=link, entry=entry)
    return [{"review": row, "at": row.created_at.astimezone(zone)} for row in rows]


def find(link: ShareLink, number: int) -> Entry | None:
    return share_scope.visible(link).filter(pk=number).first()


def with_file(link: ShareLink) -> QuerySet[Entry]:
    """The entries whose picture or film the link hands out."""
    return share_scope.entries_of(link).exclude(asset="")


def _shown(link: ShareLink, entry: Entry, convention: Any, *, said: int, last: Review | None) -> Shown:
    is_open = entry.status in share_scope.statuses(link)
    local = entry.at.astimezone(ZoneInfo(link.time_zone)) if entry.at and entry.clock else None
    in_review = entry.status == Entry.Status.IN_REVIEW
    return Shown(
        entry=entry,
        is_open=is_open,
        day=local.date() if local else entry.day,
        clock=local,
        status=words.status(entry),
        link=_web(link_of(entry, convention)),
        permalink=_web(entry.permalink),
        comments=said,
        last=last,
        waits=link.may_approve and in_review and not is_answered(entry, last),
    )


def _web(address: str) -> str:
    """An address of the web; what a file brought along and a browser would run is none."""
    return address if urlsplit(address).scheme in ("http", "https") else ""


def seen(entry: Entry) -> str:
    """What a page with a decision carries along."""
    return share_scope.seen_of(entry, content_print(entry))


def _last_reviews(link: ShareLink, numbers: list[int]) -> dict[int, Review]:
    rows = Review.objects.filter(share=link, entry__in=numbers).order_by("pk")
    return {row.entry_id: row for row in rows}


def _midnight(day: date, link: ShareLink) -> datetime:
    return datetime.combine(day, time(), ZoneInfo(link.time_zone)).astimezone(UTC)


def city(link: ShareLink) -> str:
    """The link's clock by its city, as the reader calls it: "Roma"; by its own name where it has none."""
    if "/" not in link.time_zone or link.time_zone.startswith("Etc/"):
        return link.time_zone
    return get_timezone_location(link.time_zone, locale=get_language() or "en", return_city=True)


def clock_name(link: ShareLink, at: datetime | None) -> str:
    """The same with its distance from UTC at a moment, which differs in summer: "Rome (UTC+1)"."""
    if at is None:
        return city(link)
    minutes = int((at.astimezone(ZoneInfo(link.time_zone)).utcoffset() or timedelta()).total_seconds() // 60)
    hours, rest = divmod(abs(minutes), 60)
    sign = "−" if minutes < 0 else "+"
    apart = f"UTC{sign}{hours}" + (f":{rest:02}" if rest else "") if minutes else "UTC"
    return apart if city(link) == apart else f"{city(link)} ({apart})"
