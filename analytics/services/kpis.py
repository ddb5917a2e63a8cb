"""Keeps the weekly sums of the KPIs up to date, and lets the objectives take their readings from them."""

from collections.abc import Collection, Iterable
from datetime import date

from django.db import transaction
from django.db.models import Q

from accounts.jobs import Run
from accounts.models import Brand
from analytics.kpi_sums import FEEDS, Sums
from analytics.models import KpiChange
from analytics.selectors import kpis as selectors
from analytics.selectors.kpis import Touched
from analytics.services import kpi_changes
from strategy.models import Channel, KpiWeek
from strategy.services import readings

KIND = kpi_changes.KIND
COLUMNS = ("n", "numerator", "denominator", "squares", "cross", "denominator_squares")
BATCH = 1_000
Place = tuple[int | None, str, str, date]  # channel, platform (of the whole brand's sums), KPI, week


@transaction.atomic
def refresh(brand: Brand, *, everything: bool = False, run: Run | None = None) -> set[str]:
    """Sum the weeks again that changed, and take the readings that follow; returns the KPIs whose sums changed.

    All of it or nothing, and ends `run` in the same transaction. A week that is not over yet, or whose posts are
    too young, gets no sums and stays noted. With `everything`, and the first time, all weeks are summed.
    """
    brand = Brand.objects.select_for_update(no_key=True).get(pk=brand.pk)  # one at a time
    noted = selectors.changes(brand)
    is_first = not KpiWeek.objects.exists()
    found = selectors.everything(brand) if everything or is_first else selectors.touched(brand, noted)
    selectors.add_doubtful(found)
    if run:
        run.progress(0.1, "summing")
    changed = _sum_again(brand, found, all_weeks=everything)
    KpiChange.objects.filter(pk__in=[note.pk for note in noted]).delete()
    if run:
        run.progress(0.7, "readings")
    readings.take(brand, kpis=changed)
    if run:
        run.finish({"kpis": sorted(changed)})
    return changed


def _sum_again(brand: Brand, found: Touched, *, all_weeks: bool) -> set[str]:
    platforms = dict(Channel.objects.values_list("pk", "platform"))
    posts, unripe = selectors.of_posts(found, platforms)
    days, short = selectors.of_days(found, platforms)
    money, open_weeks = selectors.of_money(brand, found)
    changed = _write(brand, found, [*posts, *days, *money], all_weeks=all_weeks)
    _note_again(brand, unripe, short, open_weeks)
    return changed


def _note_again(
    brand: Brand,
    unripe: Collection[tuple[int, date]],
    short: Collection[tuple[int, date]],
    open_weeks: dict[str, set[date]],
) -> None:
    """Weeks that were not complete wait for the next import."""
    notes = []
    for feed, weeks in ((KpiChange.Feed.POSTS, unripe), (KpiChange.Feed.DAYS, short)):
        for channel in sorted({channel for channel, _week in weeks}):
            own = sorted(week.isoformat() for number, week in weeks if number == channel)
            notes.append(KpiChange(channel_id=channel, feed=feed, weeks=own))
    for feed, weeks in open_weeks.items():
        if weeks:
            notes.append(KpiChange(brand=brand, feed=feed, weeks=sorted(week.isoformat() for week in weeks)))
    KpiChange.objects.bulk_create(notes)


def _write(brand: Brand, found: Touched, sums: Iterable[Sums], *, all_weeks: bool) -> set[str]:
    """Bring the stored sums of the touched weeks to these; rows that stay the same are left alone."""
    new = {_place(row.channel, row.platform, row.kpi, row.week): row for row in sums}
    gone: list[int] = []
    changed: set[str] = set()
    for row in _stored(found, all_weeks=all_weeks):
        place = _place(row.channel_id, row.platform, row.kpi, row.week)
        told = new.get(place)
        if told is not None and all(getattr(row, name) == getattr(told, name) for name in COLUMNS):
            del new[place]
        else:
            gone.append(row.pk)
            changed.add(row.kpi)
    for start in range(0, len(gone), BATCH):
        KpiWeek.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    KpiWeek.objects.bulk_create([_row(brand, row) for row in new.values()], batch_size=BATCH)
    return changed | {row.kpi for row in new.values()}


def _place(channel: int | None, platform: str, kpi: str, week: date) -> Place:
    return channel, "" if channel else platform, kpi, week


def _row(brand: Brand, sums: Sums) -> KpiWeek:
    values = sums._asdict()
    return KpiWeek(brand=brand, channel_id=values.pop("channel"), **values)


def _stored(found: Touched, *, all_weeks: bool) -> list[KpiWeek]:
    """The stored sums of the touched weeks, feed by feed."""
    if all_weeks:
        return list(KpiWeek.objects.all())
    spans = Q(pk__in=[])
    owned = {"posts": found.posts, "days": found.days}
    whole = {name: getattr(found, name) for name in ("ads", "visits", "orders")}
    for feed, by_channel in owned.items():
        for channel, weeks in by_channel.items():
            spans |= Q(channel=channel, kpi__in=FEEDS[feed], week__range=(min(weeks), max(weeks)))
    for feed, weeks in whole.items():
        if weeks:
            spans |= Q(channel=None, kpi__in=FEEDS[feed], week__range=(min(weeks), max(weeks)))
    feed_of = {kpi: feed for feed, kpis in FEEDS.items() for kpi in kpis}

    def is_touched(row: KpiWeek) -> bool:
        feed = feed_of[row.kpi]
        return row.week in (whole[feed] if feed in whole else owned[feed].get(row.channel_id, ()))

    return [row for row in KpiWeek.objects.filter(spans) if is_touched(row)]
