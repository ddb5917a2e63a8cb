"""Takes the readings of objectives from the weekly sums, and keeps what they tell ready for the pages."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import rows
from accounts.errors import InvalidInput, register_messages
from accounts.models import Brand, User
from strategy import progress
from strategy.kpis import KPIS
from strategy.models import Objective, ObjectiveReading
from strategy.progress import Reading, Week
from strategy.selectors import kpis as selectors

IMPORT = ObjectiveReading.Source.IMPORT
BATCH = 1_000
TRAIL = 26  # last readings kept for the small line of the list
MIDWEEK = timedelta(days=3)
FIELDS = ("value", "low", "high", "n")  # as a reading tells them after its day
Stored = tuple[Any, ...]

register_messages(
    {
        "reading_outside": _(
            "The day lies outside the objective, which runs from %(start)s to %(deadline)s. Correct the day."
        ),
        "reading_in_future": _("This day is still to come. Enter a reading once it is known."),
        "reading_imported": _("This reading came with an import. Import a corrected export instead."),
        "reading_below_zero": _("This KPI cannot be below zero. Correct the value."),
    }
)


@transaction.atomic
def take(
    brand: Brand, *, kpis: Collection[str] | None = None, objectives: Sequence[Objective] | None = None
) -> int:
    """Bring the imported readings of objectives up to date; returns how many were added, changed or removed.

    Of these objectives, else of all that are not archived and whose KPI is among `kpis` (None = any). A reading
    stands at the end of each week from the start to the week of the deadline.
    """
    wanted = list(objectives if objectives is not None else _measured_by(kpis))
    series = selectors.series({objective.kpi for objective in wanted})
    stored = _stored(wanted)
    by_hand = _by_hand(wanted)
    new: list[ObjectiveReading] = []
    changed: list[ObjectiveReading] = []
    gone: list[int] = []
    combined: dict[tuple[str, frozenset[str]], list[Week]] = {}
    for objective in wanted:
        place = objective.kpi, frozenset(objective.platforms)
        if place not in combined:
            combined[place] = series[objective.kpi].of(KPIS[objective.kpi], objective.platforms)
        weeks = combined[place]
        told = imported(objective, weeks)
        _compare(brand, objective, told, stored.get(objective.pk, {}), new, changed, gone)
        objective.outlook = outlook(objective, merged(told, by_hand.get(objective.pk, [])), weeks)
    for start in range(0, len(gone), BATCH):
        ObjectiveReading.objects.filter(pk__in=gone[start : start + BATCH]).delete()
    ObjectiveReading.objects.bulk_update(changed, FIELDS, batch_size=200)
    ObjectiveReading.objects.bulk_create(new, batch_size=BATCH)
    Objective.objects.bulk_update(wanted, ["outlook"], batch_size=200)
    return len(gone) + len(changed) + len(new)


def _measured_by(kpis: Collection[str] | None) -> Iterable[Objective]:
    found = Objective.objects.filter(archived_at=None, kpi__in=KPIS)
    if kpis is not None:
        found = found.filter(kpi__in=[slug for slug in KPIS if selectors.base_of(slug) in kpis])
    return found


def _stored(wanted: Sequence[Objective]) -> dict[int, dict[date, Stored]]:
    """By objective and day the number of the reading, value, low, high and n."""
    found: dict[int, dict[date, Stored]] = {}
    told = ObjectiveReading.objects.filter(objective__in=wanted, source=IMPORT).order_by()
    for objective, day, *values in told.values_list("objective", "day", "pk", *FIELDS):
        found.setdefault(objective, {})[day] = tuple(values)
    return found


def _by_hand(wanted: Sequence[Objective]) -> dict[int, list[Reading]]:
    found: dict[int, list[Reading]] = {}
    told = ObjectiveReading.objects.filter(objective__in=wanted).exclude(source=IMPORT).order_by("day")
    for objective, day, value in told.values_list("objective", "day", "value"):
        found.setdefault(objective, []).append(Reading(day, value, None, None, 1))
    return found


def imported(objective: Objective, weeks: Sequence[Week]) -> list[Reading]:
    """The readings that the weekly sums give, up to the last week with most of its days before the deadline."""
    kpi = KPIS[objective.kpi]
    until = [week for week in weeks if week.week + MIDWEEK <= objective.deadline]
    return progress.readings(kpi.kind, objective.counting, until, objective.start) if kpi.is_imported else []


def merged(told: Sequence[Reading], by_hand: Sequence[Reading]) -> list[Reading]:
    """Both kinds in the order of their days; of one day the imported one counts."""
    days = {reading.day for reading in told}
    return sorted([*told, *(reading for reading in by_hand if reading.day not in days)], key=lambda r: r.day)


def _compare(
    brand: Brand,
    objective: Objective,
    told: Sequence[Reading],
    stored: dict[date, Stored],
    new: list[ObjectiveReading],
    changed: list[ObjectiveReading],
    gone: list[int],
) -> None:
    own = {"brand": brand, "objective": objective, "source": IMPORT}
    for reading in told:
        known = stored.pop(reading.day, None)
        if known is None:
            new.append(ObjectiveReading(day=reading.day, **own, **_values(reading)))
        elif known[1:] != reading[1:]:
            changed.append(ObjectiveReading(pk=known[0], day=reading.day, **own, **_values(reading)))
    gone += [known[0] for known in stored.values()]


def _values(reading: Reading) -> dict[str, Any]:
    return {name: getattr(reading, name) for name in FIELDS}


def outlook(objective: Objective, told: Sequence[Reading], weeks: Sequence[Week]) -> dict[str, Any]:
    """What pages show of many objectives at once, as JSON: last reading, forecast, the history's verdict."""
    kpi, now = KPIS[objective.kpi], told[-1] if told else None
    foretold = None
    if now is not None and objective.target is not None:
        series = list(told) if kpi.kind == "hand" else weeks
        sign = progress.sign_of(objective.direction)
        foretold = progress.forecast(
            kpi.kind, objective.counting, series, now, objective.deadline, objective.target, sign
        )
    return {
        "now": None if now is None else [now.day.isoformat(), *now[1:]],
        "forecast": None if foretold is None else asdict(foretold),
        "attainable": progress.attainability(kind=kpi.kind, weeks=weeks, **asks(objective)).verdict,
        "trail": [reading.value for reading in told[-TRAIL:]],
        "readings": len(told),
    }


def asks(objective: Objective) -> dict[str, Any]:
    """What an objective asks for, as the functions of `strategy.progress` take it."""
    names = ("counting", "direction", "baseline", "target", "start", "deadline")
    return {name: getattr(objective, name) for name in names}


# --- by hand ---------------------------------------------------------------------------------------------------


@transaction.atomic
def add_by_hand(
    objective: Objective, *, by: User | None, day: date, value: float, note: str = ""
) -> ObjectiveReading:
    """Enter where the KPI of an objective stood on a day."""
    row = ObjectiveReading(brand=objective.brand, objective=objective, source=ObjectiveReading.Source.HAND)
    row.entered_by = by
    values = _checked(objective, {"day": day, "value": value, "note": note})
    rows.add(row, values, by=by, action="reading.added", twice="day")
    take(objective.brand, objectives=[_fresh(objective)])
    return row


@transaction.atomic
def change_by_hand(
    reading: ObjectiveReading, *, by: User | None, version: int, values: dict[str, Any]
) -> ObjectiveReading:
    """Correct a reading that was entered by hand."""
    _refuse_imported(reading)
    values = _checked(reading.objective, values)
    row = rows.change(reading, version=version, values=values, by=by, action="reading.changed", twice="day")
    take(row.brand, objectives=[_fresh(row.objective)])
    return row


@transaction.atomic
def remove_by_hand(reading: ObjectiveReading, *, by: User | None) -> None:
    """Remove a reading that was entered by hand."""
    _refuse_imported(reading)
    objective = _fresh(reading.objective)
    rows.remove(reading, by=by, action="reading.removed", fields=("day", "value", "note"))
    take(objective.brand, objectives=[objective])


def _fresh(objective: Objective) -> Objective:
    """The objective locked, so that two people's readings do not overwrite each other's outlook."""
    return Objective.objects.select_for_update(of=("self",)).select_related("brand").get(pk=objective.pk)


def _refuse_imported(reading: ObjectiveReading) -> None:
    if reading.source == IMPORT:
        raise InvalidInput("reading_imported")


def _checked(objective: Objective, values: dict[str, Any]) -> dict[str, Any]:
    day = values["day"]
    if day > _today(objective.brand):
        raise InvalidInput("reading_in_future", field="day")
    if not objective.start <= day <= objective.deadline:
        span = {name: getattr(objective, name).isoformat() for name in ("start", "deadline")}
        raise InvalidInput("reading_outside", field="day", **span)
    if values["value"] < 0 and not KPIS[objective.kpi].may_be_negative:
        raise InvalidInput("reading_below_zero", field="value")
    return values


def _today(brand: Brand, now: datetime | None = None) -> date:
    return (now or timezone.now()).astimezone(ZoneInfo(brand.time_zone)).date()
