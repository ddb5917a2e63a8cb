"""Stores costs and visits so that no sequence of exports counts the same money twice.

An export covers its account, one dimension set and its whole period. Rows that it tells again are updated when it
is the newer one; other rows inside its period, told in other steps, give way to it. Where it overlaps with what
it does not cover as a whole, or with something newer, its rows are rejected.
"""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db.models import Model

from analytics.formats import Rejected, SpendRow, TrafficRow
from analytics.models import Conversion, ImportFile, Spend

SPEND_NAMES = ("platform", "account", "external_id", "campaign", "ad_group", "ad")
VISIT_NAMES = ("channel_group", "source", "medium", "campaign")
LONGEST = {"account": 200, "external_id": 120, "channel_group": 200, "source": 200, "medium": 200}
SPEND_VALUES = (
    *("amount", "currency", "impressions", "clicks", "reach", "results", "result_kind", "conversions"),
    "conversion_value",
)
VISIT_VALUES = ("sessions", "engaged_sessions", "count", "value", "currency")
BATCH = 1_000


@dataclass
class MoneyTally:
    """What became of the rows."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    replaced: int = 0
    repeated: int = 0
    rejected: list[Rejected] = field(default_factory=list)


@dataclass(frozen=True)
class Line:
    """A row of the file as it will be stored, and the unit whose money it tells."""

    line: int
    unit: str
    key: str
    start: date
    end: date
    row: Any

    def overlaps(self, other: Any) -> bool:
        return self.start <= other.end and other.start <= self.end


def store_spend(file: ImportFile, rows: Iterable[SpendRow], *, as_of: datetime) -> MoneyTally:
    """Advertising costs: the money of a campaign, however finely an export divides it."""
    lines = [_spend_line(file, row, as_of) for row in rows]
    tally = MoneyTally()
    if not lines:
        return tally
    # Campaigns of two platforms may have one name, and a platform's whole is not the whole of another.
    platforms = {line.row.platform for line in lines}
    ads = Spend.objects.exclude(row_key="").filter(kind=Spend.Kind.ADS, platform__in=platforms)
    stored = _touching(ads, lines)
    accounts = {line.row.account for line in lines} | {""}
    known = [row for row in stored if row.account in accounts or accounts == {""}]
    units = _units(lines)
    return _Merge(lines, known, tally, SPEND_VALUES, as_of, "period_already_covered", units).run()


def store_visits(file: ImportFile, rows: Iterable[TrafficRow], *, as_of: datetime) -> MoneyTally:
    """What visits led to: each set of dimensions tells all of them once."""
    lines = [_visit_line(file, row, as_of) for row in rows]
    tally = MoneyTally()
    if not lines:
        return tally
    sets = {line.row.dimensions for line in lines}
    known = list(_touching(Conversion.objects.filter(source_kind="ga4", dimensions__in=sets), lines))

    def unit_of(row: Conversion) -> str:
        return row.dimensions

    return _Merge(lines, known, tally, VISIT_VALUES, as_of, "visits_already_covered", unit_of).run()


def _touching(rows, lines: list[Line]):
    first, last = min(line.start for line in lines), max(line.end for line in lines)
    return rows.filter(start__lte=last, end__gte=first)


def _spend_line(file: ImportFile, row: SpendRow, as_of: datetime) -> Line:
    key = _key(*(getattr(row, name) for name in SPEND_NAMES), row.start, row.end)
    stored = Spend(
        brand_id=file.brand_id,
        file=file,
        kind=Spend.Kind.ADS,
        row_key=key,
        as_of=as_of,
        **_cut(row, SPEND_NAMES),
        **{name: getattr(row, name) for name in ("start", "end", *SPEND_VALUES)},
    )
    return Line(row.line, row.campaign.casefold(), key, row.start, row.end, stored)


def _visit_line(file: ImportFile, row: TrafficRow, as_of: datetime) -> Line:
    dimensions = ",".join(name for name in VISIT_NAMES if getattr(row, name))
    key = _key("ga4", dimensions, *(getattr(row, name) for name in VISIT_NAMES), row.start, row.end)
    stored = Conversion(
        brand_id=file.brand_id,
        file=file,
        source_kind="ga4",
        dimensions=dimensions,
        row_key=key,
        as_of=as_of,
        count=row.key_events,
        value=row.revenue,
        **_cut(row, VISIT_NAMES),
        **{name: getattr(row, name) for name in ("start", "end", "sessions", "engaged_sessions", "currency")},
    )
    return Line(row.line, dimensions, key, row.start, row.end, stored)


def _cut(row: SpendRow | TrafficRow, names: tuple[str, ...]) -> dict[str, str]:
    """Names as long as their columns; what tells rows apart is the key, made of the whole names."""
    return {name: getattr(row, name)[: LONGEST.get(name, 400)] for name in names}


def _key(*parts: object) -> str:
    return hashlib.sha256("\x1f".join(str(part).strip() for part in parts).encode()).hexdigest()


def _number(external_id: str) -> str:
    """The platform's number without the breakdown that follows it."""
    number = external_id.partition("|")[0]
    return number if number.isdigit() else ""


def _units(lines: list[Line]) -> Callable[[Spend], str]:
    """The unit of a stored cost: the campaign that the file tells its money under, be it renamed since."""
    by_number = {number: line.unit for line in lines if (number := _number(line.row.external_id))}

    def unit_of(row: Spend) -> str:
        return by_number.get(_number(row.external_id), row.campaign.casefold())

    return unit_of


class _Merge:
    """Compares the rows of a file with the stored rows whose periods they touch."""

    def __init__(
        self,
        lines: list[Line],
        known: list[Model],
        tally: MoneyTally,
        values: tuple[str, ...],
        as_of: datetime,
        code: str,
        unit_of: Callable[[Any], str],
    ) -> None:
        self.tally, self.values, self.as_of, self.code = tally, values, as_of, code
        self.model = type(lines[0].row)
        self.lines = self._last_of_each(lines)
        self.first = min(line.start for line in lines)
        self.last = max(line.end for line in lines)
        self.by_key = {row.row_key: row for row in known}
        self.stored: dict[str, list[Any]] = defaultdict(list)
        for row in known:
            self.stored[unit_of(row)].append(row)

    def _last_of_each(self, lines: list[Line]) -> dict[str, Line]:
        found = {line.key: line for line in lines}
        self.tally.repeated = len(lines) - len(found)
        return found

    def run(self) -> MoneyTally:
        units: dict[str, list[Line]] = defaultdict(list)
        for line in self.lines.values():
            units[line.unit].append(line)
        gone: dict[int, Any] = {}
        new: list[Line] = []
        for unit, lines in units.items():
            replaced, added = self._unit(unit, lines)
            gone.update((row.pk, row) for row in replaced)
            new += added
        self._remove(gone)
        self.model.objects.bulk_create([line.row for line in new], batch_size=BATCH)
        self.tally.created = len(new)
        self._update()
        return self.tally

    def _rivals(self, unit: str) -> list[Any]:
        """Stored rows of the same money told under another key; what names no campaign may be any campaign's."""
        if self.model is Spend and not unit:
            rows = [row for group in self.stored.values() for row in group]
        elif self.model is Spend:
            rows = self.stored[unit] + self.stored[""]
        else:
            rows = self.stored[unit]
        return [row for row in rows if row.row_key not in self.lines]

    def _unit(self, unit: str, lines: list[Line]) -> tuple[list[Any], list[Line]]:
        """What gives way to these rows, and which of them are new; those that must not come in are rejected."""
        rivals = self._rivals(unit)
        firm = [row for row in rivals if not self._gives_way(row)]
        clashes = {line.key: row for line in lines for row in firm if line.overlaps(row)}
        unknown = [line for line in lines if line.key not in self.by_key]
        if not clashes:
            return rivals if unknown or self._is_newer(lines) else [], unknown
        blocked = {line.key for line in unknown if any(line.overlaps(row) for row in rivals)}
        for line in unknown:
            if line.key in blocked:
                self._reject(line, clashes.get(line.key) or next(row for row in rivals if line.overlaps(row)))
        return [], [line for line in unknown if line.key not in blocked]

    def _gives_way(self, row: Any) -> bool:
        covered = self.first <= row.start and row.end <= self.last
        return covered and (row.as_of is None or row.as_of <= self.as_of)

    def _is_newer(self, lines: list[Line]) -> bool:
        return any(self.as_of > row.as_of for line in lines if (row := self.by_key.get(line.key)) and row.as_of)

    def _reject(self, line: Line, known: Any) -> None:
        facts = {
            "what": f"“{line.row.campaign}”" if line.row.campaign else "…",
            "start": line.start.isoformat(),
            "end": line.end.isoformat(),
            "known": f"{known.start.isoformat()} – {known.end.isoformat()}",
        }
        value = f"{line.start.isoformat()} – {line.end.isoformat()}"
        self.tally.rejected.append(Rejected(line.line, "", value, self.code, facts))

    def _remove(self, gone: dict[int, Any]) -> None:
        self.tally.replaced = len(gone)
        numbers = list(gone)
        for start in range(0, len(numbers), BATCH):
            self.model.objects.filter(pk__in=numbers[start : start + BATCH]).delete()

    def _update(self) -> None:
        changed = []
        for key, line in self.lines.items():
            if (row := self.by_key.get(key)) is None:
                continue
            if self._take_over(row, line.row):
                changed.append(row)
            else:
                self.tally.unchanged += 1
        fields = [*self.values, "as_of", "file", "updated_at"]
        self.model.objects.bulk_update(changed, fields, batch_size=200)
        self.tally.updated = len(changed)

    def _take_over(self, row: Any, told: Any) -> bool:
        """Newer values replace, older ones only fill gaps; an empty value never erases."""
        newer = row.as_of is None or told.as_of >= row.as_of
        before = [getattr(row, name) for name in self.values]
        for name in self.values:
            value, known = getattr(told, name), getattr(row, name)
            empty = value is None or value == ""
            if not empty and (newer or known is None or known == ""):
                setattr(row, name, value)
        if [getattr(row, name) for name in self.values] == before:
            return False
        if newer:
            row.as_of = told.as_of
        row.file, row.updated_at = told.file, told.file.updated_at
        return True
