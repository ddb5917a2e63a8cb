"""What a claim of a persona rests on, in one word. Pure."""

from collections.abc import Sequence
from datetime import date

STALE_AFTER_MONTHS = 12
ASSUMPTION = "assumption"


def months_between(start: date, end: date) -> int:
    """Whole months from one day to another.

    >>> months_between(date(2025, 3, 31), date(2026, 3, 30)), months_between(date(2025, 3, 31), date(2026, 3, 31))
    (11, 12)
    """
    return (end.year - start.year) * 12 + end.month - start.month - (end.day < start.day)


def is_stale(day: date | None, today: date) -> bool:
    """Evidence without a day cannot be told from old evidence."""
    return day is None or months_between(day, today) >= STALE_AFTER_MONTHS


def standing(evidence: Sequence[tuple[str, date | None]], today: date) -> str:
    """`evidence` as (kind, day): "shown" when any of it is fresh, "stale" when all is old, else "assumption"."""
    real = [day for kind, day in evidence if kind != ASSUMPTION]
    if not real:
        return ASSUMPTION
    return "stale" if all(is_stale(day, today) for day in real) else "shown"
