"""Reads the calendar: entries of a span of days, the list, the board, the backlog, and what surrounds them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import (
    BigIntegerField,
    Case,
    CharField,
    Count,
    DateField,
    F,
    Q,
    QuerySet,
    Value,
    When,
    Window,
)
from django.db.models.functions import Cast, RowNumber
from django.http import QueryDict

from accounts.asked import number, one_of
from accounts.models import Brand, User
from analytics.models import BestTimes
from calendar_app import observances
from calendar_app import slots as slots_of_days
from calendar_app.models import CalendarSettings, Entry, Observance, SavedView, Slot
from calendar_app.observances import Day
from calendar_app.proposals import Cell, Rules
from calendar_app.slots import Place, Recurring
from strategy.models import Audience, Campaign, ContentPillar

NUMBERS = ("channel", "campaign", "pillar", "audience", "person")
NARROWED = ("q", *NUMBERS, "status")
COLOURS = ("channel", "campaign", "pillar", "status")
SORTS = ("at", "-at", "title", "-updated_at")


@dataclass(frozen=True)
class Asked:
    """What a view of the calendar is narrowed to; empty values narrow nothing."""

    q: str = ""
    channel: int | None = None
    campaign: int | None = None
    pillar: int | None = None
    audience: int | None = None
    status: str = ""
    person: int | None = None
    sort: str = "at"
    colour: str = ""  # by what the cards are coloured
    view: int | None = None  # the saved view that led here

    @classmethod
    def of(cls, query: QueryDict) -> "Asked":
        return cls(
            q=query.get("q", "").strip()[:200],
            status=one_of(query, "status", Entry.Status.values),
            sort=one_of(query, "sort", SORTS, "at"),
            colour=one_of(query, "colour", COLOURS),
            **{name: number(query, name) for name in (*NUMBERS, "view")},
        )

    @property
    def is_narrowed(self) -> bool:
        return any(getattr(self, name) for name in NARROWED)

    @property
    def kept(self) -> dict[str, str]:
        """What a view keeps of it, as it stands in an address."""
        return {name: str(getattr(self, name)) for name in (*NARROWED, "colour") if getattr(self, name)}


def entries(asked: Asked, *, everything: bool = False) -> QuerySet[Entry]:
    """The entries asked for, with what a card shows; cancelled ones where they or `everything` are asked for."""
    found = Entry.objects.select_related("channel", "campaign", "pillar")
    for name in ("channel", "campaign", "pillar", "audience"):
        if value := getattr(asked, name):
            found = found.filter(**{name: value})
    if asked.status:
        found = found.filter(status=asked.status)
    elif not everything:
        found = found.exclude(status=Entry.Status.CANCELLED)
    if asked.person:
        found = found.filter(Q(author=asked.person) | Q(pk__in=_reviewed_by(asked.person)))
    if asked.q:
        words = ("title", "copy", "notes", "link", "first_comment", "campaign__name")
        found = found.filter(Q(*((f"{name}__icontains", asked.q) for name in words), _connector=Q.OR))
    return found


def _reviewed_by(person: int) -> QuerySet:
    return Entry.reviewers.through.objects.filter(user=person).values("entry")


def of_days(
    asked: Asked, first: date, last: date, *, most: int, waiting: int
) -> dict[date | None, tuple[list[Entry], int]]:
    """By day at most so many entries and how many there are; under None those of the backlog, the newest first.

    One query, whatever the number of entries.
    """
    by_day = {"partition_by": F("day")}
    in_turn = Case(When(day=None, then=-F("pk")), default=F("pk"), output_field=BigIntegerField())
    order = [F("clock").asc(nulls_last=True), in_turn.asc()]
    rows = entries(asked).filter(Q(day__range=(first, last)) | Q(day=None)).order_by()
    rows = rows.annotate(
        place=Window(RowNumber(), order_by=order, **by_day),
        n=Window(Count("pk"), **by_day),
        most=Case(When(day=None, then=waiting), default=most),
    )
    found: dict[date | None, tuple[list[Entry], int]] = {}
    for entry in rows.filter(place__lte=F("most")).order_by("day", "place"):
        found.setdefault(entry.day, ([], entry.n))[0].append(entry)
    return found


def by_status(asked: Asked, *, most: int) -> list[Entry]:
    """Of each status at most so many entries, the earliest first, with `n`, how many there are. One query."""
    by_status = {"partition_by": F("status")}
    order = [F("at").asc(nulls_last=True), F("pk").asc()]
    rows = entries(asked).order_by()
    rows = rows.annotate(
        place=Window(RowNumber(), order_by=order, **by_status), n=Window(Count("pk"), **by_status)
    )
    return list(rows.filter(place__lte=most).order_by("place"))


class Offered(NamedTuple):
    """A campaign, a pillar or an audience, as far as a filter tells of it; only a campaign has days."""

    pk: int
    name: str
    start: date | None
    end: date | None


def offered() -> dict[str, list[Offered]]:
    """What is not archived of "campaign" (the latest first), "pillar" and "audience". One query."""
    no_day = Cast(Value(None), DateField())
    campaigns = _named(Campaign, "campaign", start=F("start"), end=F("end"), place=Value(0))
    pillars = _named(ContentPillar, "pillar", start=no_day, end=no_day, place=F("position"))
    audiences = _named(Audience, "audience", start=no_day, end=no_day, place=Value(0))
    found: dict[str, list[Any]] = {"campaign": [], "pillar": [], "audience": []}
    for kind, *told in campaigns.union(pillars, audiences, all=True):
        found[kind].append(told)
    found["campaign"].sort(key=lambda told: told[2], reverse=True)
    found["pillar"].sort(key=lambda told: (told[4], told[0]))
    found["audience"].sort(key=lambda told: (told[1], told[0]))
    return {kind: [Offered(*told[:4]) for told in rows] for kind, rows in found.items()}


def _named(model: type[Any], kind: str, *, start: Any, end: Any, place: Any) -> QuerySet:
    rows = model.objects.filter(archived_at=None).order_by()
    told = {"of": Value(kind, CharField()), "begins": start, "ends": end, "turn": place}
    return rows.annotate(**told).values_list("of", "pk", "name", "begins", "ends", "turn")


def views(user: User) -> QuerySet[SavedView]:
    """The saved views that a person sees: the own ones, and those that are shared."""
    return SavedView.objects.filter(Q(user=user) | Q(shared=True)).select_related("user")


def campaigns_of(first: date, last: date) -> list[Campaign]:
    """The campaigns that run on any of these days."""
    found = Campaign.objects.filter(archived_at=None, start__lte=last, end__gte=first)
    return list(found.only("name", "start", "end", "status", "brand").order_by("start", "pk"))


def settings_of(brand: Brand) -> CalendarSettings:
    """How the brand plans; the defaults where it said nothing, with the country of its time zone."""
    row = CalendarSettings.objects.first()
    return row or CalendarSettings(brand=brand, countries=_usual_countries(brand))


def _usual_countries(brand: Brand) -> list[str]:
    usual = {"Europe/Rome": "IT", "Europe/Amsterdam": "NL", "Europe/London": "GB", "America/New_York": "US"}
    usual |= {"Europe/Paris": "FR", "Europe/Berlin": "DE", "Europe/Madrid": "ES", "Europe/Zurich": "CH"}
    return [usual[brand.time_zone]] if brand.time_zone in usual else []


def rules_of(settings: CalendarSettings) -> Rules:
    return Rules(
        quiet_from=settings.quiet_from,
        quiet_to=settings.quiet_to,
        per_day=settings.per_day,
        gap_hours=settings.gap_hours,
        weekends=settings.weekends,
        explore=settings.explore / 100,
    )


def days_that_matter(settings: CalendarSettings, first: date, last: date, *, language: str) -> list[Day]:
    """Holidays, shipped days and the brand's own, by day. One query."""
    found = observances.days(first, last, countries=settings.countries, language=language)
    for row in Observance.objects.all():
        years = range(first.year, last.year + 1) if row.yearly else [row.day.year]
        for year in years:
            try:
                day = row.day.replace(year=year)
            except ValueError:  # 29 February
                continue
            if first <= day <= last:
                found.append(Day(day, row.name, "own", row.tone))
    return sorted(found, key=lambda day: (day.day, day.kind != "own", day.name))


@dataclass(frozen=True)
class Known:
    """The best times of a channel, with their grade and number of posts."""

    result: BestTimes
    cells: list[Cell]


def best_times(channels: Iterable[int] | None = None) -> dict[int, Known]:
    """What is known of each channel's hours (engagements). One query."""
    rows = BestTimes.objects.filter(metric="engagements").defer("information").select_related("channel")
    if channels is not None:
        rows = rows.filter(channel__in=list(channels))
    return {row.channel_id: Known(row, [_cell(cell) for cell in row.cells]) for row in rows}


def _cell(row: dict) -> Cell:
    return Cell(*(row[name] for name in Cell._fields))


def on_brand_clock(known: Known, brand: Brand, *, now: datetime) -> list[Cell]:
    """The cells moved from the clock that they were computed on to the brand's, by the hours between both now."""
    own, there = ZoneInfo(brand.time_zone), ZoneInfo(known.result.time_zone)
    apart = now.astimezone(own).utcoffset() - now.astimezone(there).utcoffset()
    hours = round(apart / timedelta(hours=1))
    if not hours:
        return known.cells
    moved = []
    for cell in known.cells:
        place = (cell.day * 24 + cell.hour + hours) % 168
        moved.append(cell._replace(day=place // 24, hour=place % 24))
    return moved


def taken(first: date, last: date, *, but: Sequence[int] = ()) -> list[tuple[int, datetime]]:
    """The channel and the moment on the brand's clock of what is planned with an hour."""
    rows = Entry.objects.filter(day__range=(first, last), clock__isnull=False).exclude(pk__in=but)
    rows = rows.exclude(status=Entry.Status.CANCELLED)
    return [(row.channel_id, datetime.combine(row.day, row.clock)) for row in rows.only("channel", "day", "clock")]


def slots(channel: int | None = None) -> QuerySet[Slot]:
    """The recurring slots of open channels, or of one of them."""
    rows = Slot.objects.filter(channel__active=True).select_related("channel", "pillar")
    return rows.filter(channel=channel) if channel else rows


def free_places(
    rows: Iterable[Slot], brand: Brand, first: date, last: date, *, now: datetime, but: int | None = None
) -> list[Place]:
    """The places of these slots that are to come and free, one entry left out. One query."""
    told = [Recurring(row.pk, row.channel_id, row.weekday, row.clock, row.format, row.pillar_id) for row in rows]
    found = slots_of_days.places(told, first, last, zone=brand.time_zone)
    if not found or last < now.astimezone(ZoneInfo(brand.time_zone)).date():
        return []
    near = (found[0].at - slots_of_days.NEAR, found[-1].at + slots_of_days.NEAR)
    taken = Entry.objects.filter(at__range=near, clock__isnull=False, channel__in={row.channel for row in told})
    taken = taken.exclude(status=Entry.Status.CANCELLED).exclude(pk=but).order_by().values_list("channel", "at")
    return slots_of_days.free(found, taken.distinct(), after=now)
