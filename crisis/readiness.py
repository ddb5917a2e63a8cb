"""How ready a brand is for a crisis: 0 to 100, held down by what must not be missing; every gap named. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

REVIEW_DAYS, CHECK_DAYS, DRILL_DAYS, FRESH_HOURS = 180, 90, 180, 24
SCENARIOS, WORDS = 5, 10


@dataclass(frozen=True)
class Facts:
    """What is counted; days are None where the thing never happened."""

    in_force: bool
    review_overdue_days: int | None
    slots: int
    slots_filled: int
    slots_with_deputy: int
    contacts: int
    contacts_checked: int
    night_slots: int
    night_reachable: int
    levels_complete: int
    scenarios: int
    statements_wanted: int
    statements_there: int
    statements_waiting: int  # of the draft, not in the version in force
    has_steps: bool
    has_rules: bool
    pauses: int
    stakeholders: int
    data_age_hours: float | None
    words: int
    readers: int
    readers_seen: int
    drill_age_days: int | None


@dataclass(frozen=True)
class Gap:
    """What is missing, the points that mending it brings, and the ceiling that it holds (100: none)."""

    code: str
    gain: float
    cap: int
    n: int = 0


@dataclass(frozen=True)
class Readiness:
    score: int
    cap: int
    gaps: tuple[Gap, ...]


def judge(facts: Facts) -> Readiness:
    """The score with its gaps, those that hold it down first, then by what they bring.

    >>> judge(Facts(*[False, None], *[0] * 12, False, False, 0, 0, None, 0, 0, 0, None)).score
    0
    """
    parts = list(_parts(facts))
    total = sum(weight * share for _code, weight, share, _cap, _n in parts)
    gaps = [Gap(code, weight * (1 - share), cap, n) for code, weight, share, cap, n in parts if share < 1]
    cap = min([100, *(gap.cap for gap in gaps)])
    gaps.sort(key=lambda gap: (gap.cap, -gap.gain))
    return Readiness(int(min(total, cap) + 1e-9), cap, tuple(gaps))


def _parts(f: Facts) -> Iterator[tuple[str, float, float, int, int]]:
    """Code, weight, share reached, ceiling while it is not reached, and how many are missing."""
    yield "not_in_force", 8, float(f.in_force), 20, 0
    late = f.review_overdue_days
    yield "review_due", 5, 0.0 if late is None else _aged(late, REVIEW_DAYS), 70, max(late or 0, 0)
    yield "roles_empty", 7, _share(f.slots_filled, f.slots), 50, f.slots - f.slots_filled
    yield "no_deputy", 7, _share(f.slots_with_deputy, f.slots), 60, f.slots - f.slots_with_deputy
    yield "contacts_unchecked", 6, _share(f.contacts_checked, f.contacts), 100, f.contacts - f.contacts_checked
    yield "not_at_night", 4, _share(f.night_reachable, f.night_slots), 100, f.night_slots - f.night_reachable
    yield "levels_incomplete", 6, _share(f.levels_complete, 4), 100, 4 - f.levels_complete
    yield "few_scenarios", 5, min(f.scenarios / SCENARIOS, 1.0), 100, SCENARIOS - f.scenarios
    missing = f.statements_wanted - f.statements_there
    yield "statements_missing", 10, _share(f.statements_there, f.statements_wanted), 100, missing
    clear = f.statements_there > 0 and not f.statements_waiting
    yield "statements_waiting", 6, float(clear), 100, f.statements_waiting
    yield "no_steps", 4, float(f.has_steps), 100, 0
    yield "no_rules", 2, float(f.has_rules), 100, 0
    yield "no_pauses", 5, float(f.pauses > 0), 100, 0
    yield "no_stakeholders", 4, float(f.stakeholders > 0), 100, 0
    yield "old_data", 4, float(f.data_age_hours is not None and f.data_age_hours <= FRESH_HOURS), 100, 0
    yield "few_words", 3, min(f.words / WORDS, 1.0), 100, WORDS - f.words
    yield "not_seen", 8, _share(f.readers_seen, f.readers), 80, f.readers - f.readers_seen
    age = f.drill_age_days
    yield "no_drill", 6, 0.0 if age is None else _aged(age - DRILL_DAYS, DRILL_DAYS), 85, age or 0


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _aged(late: int, interval: int) -> float:
    """1 until it is due, then falling to 0 over one more interval."""
    return min(1.0, max(0.0, 1 - late / interval))
