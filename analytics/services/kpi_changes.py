"""Notes which weeks the KPIs have to be summed again for, and asks for it.

Light on purpose: web pages and imports call it without loading the libraries that sums need.
"""

from collections.abc import Iterable
from datetime import date, timedelta

from django.db.models import Max, Min

from accounts import jobs
from accounts.models import Brand, Job, User
from analytics.models import Conversion, ImportFile, KpiChange, Spend

KIND = "analytics.kpis"
WEEK = timedelta(weeks=1)
# The feed of a file by the kind of its rows. Posts are noted week by week where they are stored.
FEEDS = {
    "days": KpiChange.Feed.DAYS,
    "spend": KpiChange.Feed.ADS,
    "traffic": KpiChange.Feed.VISITS,
    "orders": KpiChange.Feed.ORDERS,
}


def note_posts(channel_id: int, weeks: Iterable[date]) -> None:
    """Posts of these UTC weeks (Mondays) changed; call it in the transaction that changes them."""
    _note(channel_id=channel_id, feed=KpiChange.Feed.POSTS, weeks=weeks)


def note_days(channel_id: int, first: date, last: date) -> None:
    """Figures of a channel's days from `first` to `last` changed."""
    _note(channel_id=channel_id, feed=KpiChange.Feed.DAYS, weeks=_weeks(first, last))


def note_money(brand_id: int, feed: str, first: date, last: date) -> None:
    """Ads, visits or orders (a feed of `KpiChange.Feed`) of these days changed."""
    _note(brand_id=brand_id, feed=feed, weeks=_weeks(first, last))


def note_file(file: ImportFile) -> None:
    """All days that a file covers changed: it was stored, or taken back. What it replaced lies within them."""
    if file.kind not in FEEDS:
        return
    for told in file.coverage:
        first, last = (date.fromisoformat(told[end]) for end in ("first", "last"))
        if told["channel"] is None:
            note_money(file.brand_id, FEEDS[file.kind], first, last)
        else:
            note_days(told["channel"], first, last)


def note_rates(brand: Brand, *, by: User | None) -> None:
    """A rate of exchange changed: what ads cost and visits brought is converted again."""
    for feed, told in ((KpiChange.Feed.ADS, Spend), (KpiChange.Feed.VISITS, Conversion)):
        span = told.objects.order_by().aggregate(first=Min("start"), last=Max("end"))
        if span["first"]:
            note_money(brand.pk, feed, span["first"], span["last"])
    request_kpis(brand, by=by)


def request_kpis(brand: Brand, *, by: User | None) -> Job:
    """Ask for the KPIs to be summed again where something changed; one waiting request is enough."""
    return jobs.enqueue(KIND, brand=brand, by=by, same_as="kpis")


def _weeks(first: date, last: date) -> list[date]:
    monday = first - timedelta(days=first.weekday())
    return [monday + n * WEEK for n in range((last - monday) // WEEK + 1)]


def _note(*, weeks: Iterable[date], **owner: object) -> None:
    named = sorted({week.isoformat() for week in weeks})
    if named:
        KpiChange.objects.create(weeks=named, **owner)
