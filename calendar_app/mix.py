"""What a plan is made of, against what it should be, and what deserves a second look. Pure."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import NamedTuple

IN_A_ROW = 3
QUIET_DAYS = 3  # so many days in a row without anything are told
NEAR = timedelta(minutes=60)


@dataclass(frozen=True)
class Planned:
    """An entry as the mix sees it; `at` on the brand's clock, None without an hour."""

    key: int
    day: date
    at: datetime | None
    channel: int
    pillar: int | None
    format: str
    campaign: int | None
    sells: bool = False


class Share(NamedTuple):
    """How much of the plan something has: n of total, and the share that is aimed at (0 to 1), if any."""

    key: object
    n: int
    share: float
    wanted: float | None


class Hint(NamedTuple):
    """Something to look at. `key` is the same as long as nothing changed, so that it can be put aside."""

    code: str
    key: str
    facts: dict[str, object]
    entries: tuple[int, ...] = ()
    day: date | None = None  # on which something could be planned, or
    campaign: int | None = None  # for which


def shares(values: Iterable[object], wanted: Mapping[object, float] | None = None) -> list[Share]:
    """Counts of values, the largest first; what is wanted and missing stands with 0."""
    counted = Counter(values)
    total = sum(counted.values())
    aims = wanted or {}
    keys = [*counted, *(key for key in aims if key not in counted)]
    rows = [Share(key, counted[key], counted[key] / total if total else 0.0, aims.get(key)) for key in keys]
    return sorted(rows, key=lambda row: -row.n)


def hints(
    plan: Sequence[Planned],
    *,
    first: date,
    last: date,
    campaigns: Iterable[tuple[int, str, date, date]],
    solemn: Mapping[date, str],
    occasions: Mapping[date, str] | None = None,
) -> list[Hint]:
    """All hints for the days from `first` to `last`. `campaigns`: number, name, start, end of those running.

    `occasions`: names of the days that the brand could speak of, such as its own and its countries' holidays.
    """
    rows = sorted(plan, key=lambda entry: (entry.day, entry.at or datetime.max))
    found = [*_empty_days(rows, first, last), *_collisions(rows), *_in_a_row(rows), *_on_solemn_days(rows, solemn)]
    for number, name, start, end in campaigns:
        found += _campaign_runs_dry(rows, number, name, start, end, first, last)
    busy = {entry.day for entry in rows}
    found += [
        Hint("missed", f"missed:{day}", {"name": name, "day": day}, day=day)
        for day, name in sorted((occasions or {}).items())
        if first <= day <= last and day not in busy
    ]
    return found


def _empty_days(rows: list[Planned], first: date, last: date) -> Iterable[Hint]:
    busy = {entry.day for entry in rows}
    run: list[date] = []
    for n in range((last - first).days + 2):
        day = first + timedelta(days=n)
        if day <= last and day not in busy:
            run.append(day)
            continue
        if len(run) >= QUIET_DAYS:
            facts = {"first": run[0], "last": run[-1], "n": len(run)}
            yield Hint("empty_days", f"empty:{run[0]}:{run[-1]}", facts, day=run[0])
        run = []


def _collisions(rows: list[Planned]) -> Iterable[Hint]:
    timed = sorted((entry for entry in rows if entry.at), key=lambda entry: (entry.channel, entry.at))
    for one, other in pairwise(timed):
        if one.channel == other.channel and other.at - one.at < NEAR:
            yield Hint("collision", f"collision:{one.key}:{other.key}", {"at": one.at}, (one.key, other.key))


def _in_a_row(rows: list[Planned]) -> Iterable[Hint]:
    for channel in dict.fromkeys(entry.channel for entry in rows):
        own = [entry for entry in rows if entry.channel == channel]
        for what in ("pillar", "format"):
            run: list[Planned] = []
            for entry in [*own, None]:
                value = getattr(entry, what) if entry else None
                if run and entry and value and value == getattr(run[-1], what):
                    run.append(entry)
                    continue
                if len(run) >= IN_A_ROW:
                    keys = tuple(each.key for each in run)
                    facts = {"what": what, "value": getattr(run[0], what), "n": len(run)}
                    yield Hint("in_a_row", f"row:{what}:{keys[0]}:{keys[-1]}", facts, keys)
                run = [entry] if entry and value else []


def _on_solemn_days(rows: list[Planned], solemn: Mapping[date, str]) -> Iterable[Hint]:
    for entry in rows:
        if entry.sells and entry.day in solemn:
            facts = {"name": solemn[entry.day], "day": entry.day}
            yield Hint("solemn", f"solemn:{entry.key}:{entry.day}", facts, (entry.key,))


def _campaign_runs_dry(
    rows: list[Planned], number: int, name: str, start: date, end: date, first: date, last: date
) -> Iterable[Hint]:
    """A campaign without an entry in its last third, where that third is in view."""
    third = end - timedelta(days=(end - start).days // 3)
    if third > last or end < first:
        return
    if not any(entry.campaign == number and third <= entry.day <= end for entry in rows):
        facts = {"name": name, "from": third, "to": end}
        yield Hint("campaign_dry", f"dry:{number}:{end}", facts, day=max(third, first), campaign=number)
