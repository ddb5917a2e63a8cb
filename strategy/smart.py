"""Which letter of SMART an objective is still weak in, and why. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

LETTERS = "SMART"
LONGEST_DAYS = 2 * 366
SHORTEST_DAYS = 14
LEAST_WORDS = 4


class Weakness(NamedTuple):
    """A letter of SMART, and the code of what is wanting."""

    letter: str
    code: str


@dataclass(frozen=True)
class Draft:
    """What an objective says so far; None or empty where it says nothing yet."""

    statement: str = ""
    audience: bool = False
    platforms: tuple[str, ...] = ()
    kpi: str = ""
    is_imported: bool = False
    baseline: float | None = None
    needs_baseline: bool = True
    target: float | None = None
    direction: str = "up"
    attainable: str = "unknown"  # verdict of `progress.attainability`
    goal: bool = False
    owner: bool = False
    start: date | None = None
    deadline: date | None = None


def weaknesses(draft: Draft) -> list[Weakness]:
    """All that keeps the objective from being SMART, in the order of the letters."""
    return [
        *_specific(draft),
        *_measurable(draft),
        *_attainable(draft),
        *_relevant(draft),
        *_timed(draft),
    ]


def _specific(draft: Draft) -> list[Weakness]:
    found = {
        "statement_short": len(draft.statement.split()) < LEAST_WORDS,
        "audience_missing": not draft.audience,
        "platforms_missing": not draft.platforms,
        "owner_missing": not draft.owner,
    }
    return _held("S", found)


def _measurable(draft: Draft) -> list[Weakness]:
    found = {
        "kpi_missing": not draft.kpi,
        "target_missing": bool(draft.kpi) and draft.target is None,
        "baseline_missing": draft.needs_baseline and draft.baseline is None,
        "by_hand_only": bool(draft.kpi) and not draft.is_imported,
    }
    return _held("M", found)


def _attainable(draft: Draft) -> list[Weakness]:
    found = {
        "beyond_best": draft.attainable == "beyond_best",
        "above_seen": draft.attainable == "above_seen",
        "history_missing": draft.target is not None and draft.attainable == "unknown",
    }
    return _held("A", found)


def _relevant(draft: Draft) -> list[Weakness]:
    return _held("R", {"goal_missing": not draft.goal})


def _timed(draft: Draft) -> list[Weakness]:
    if draft.start is None or draft.deadline is None:
        return [Weakness("T", "dates_missing")]
    days = (draft.deadline - draft.start).days
    return _held("T", {"too_short": days < SHORTEST_DAYS, "too_long": days > LONGEST_DAYS})


def _held(letter: str, codes: Mapping[str, bool]) -> list[Weakness]:
    return [Weakness(letter, code) for code, holds in codes.items() if holds]


def wrong_side(baseline: float | None, target: float | None, direction: str) -> bool:
    """Whether a target lies on the wrong side of its baseline, or on it."""
    if baseline is None or target is None:
        return False
    return target <= baseline if direction == "up" else target >= baseline
