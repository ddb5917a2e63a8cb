"""Each letter of SMART is weak for a reason, and strong once it is mended."""

from dataclasses import replace
from datetime import date

import pytest

from strategy.smart import Draft, weaknesses, wrong_side

WHOLE = Draft(
    statement="Young cooks in Rome visit the shop from Instagram",
    audience=True,
    platforms=("instagram",),
    kpi="sessions",
    is_imported=True,
    baseline=100.0,
    target=150.0,
    attainable="within",
    goal=True,
    owner=True,
    start=date(2026, 1, 1),
    deadline=date(2026, 6, 30),
)


def test_a_whole_objective_has_no_weakness():
    assert weaknesses(WHOLE) == []


@pytest.mark.parametrize(
    ("change", "letter", "code"),
    [
        ({"statement": "More reach"}, "S", "statement_short"),
        ({"audience": False}, "S", "audience_missing"),
        ({"platforms": ()}, "S", "platforms_missing"),
        ({"owner": False}, "S", "owner_missing"),
        ({"kpi": "", "target": None}, "M", "kpi_missing"),
        ({"target": None}, "M", "target_missing"),
        ({"baseline": None}, "M", "baseline_missing"),
        ({"is_imported": False}, "M", "by_hand_only"),
        ({"attainable": "beyond_best"}, "A", "beyond_best"),
        ({"attainable": "above_seen"}, "A", "above_seen"),
        ({"attainable": "unknown"}, "A", "history_missing"),
        ({"goal": False}, "R", "goal_missing"),
        ({"deadline": None}, "T", "dates_missing"),
        ({"deadline": date(2026, 1, 8)}, "T", "too_short"),
        ({"deadline": date(2029, 1, 8)}, "T", "too_long"),
    ],
)
def test_what_is_wanting_is_named_with_its_letter(change, letter, code):
    assert weaknesses(replace(WHOLE, **change)) == [(letter, code)]


def test_what_is_counted_from_zero_needs_no_baseline():
    assert weaknesses(replace(WHOLE, baseline=None, needs_baseline=False)) == []


@pytest.mark.parametrize(
    ("baseline", "target", "direction", "wrong"),
    [
        (10, 12, "up", False),
        (10, 8, "up", True),
        (10, 8, "down", False),
        (10, 10, "up", True),
        (None, 8, "up", False),
    ],
)
def test_a_target_must_lie_on_the_right_side(baseline, target, direction, wrong):
    assert wrong_side(baseline, target, direction) is wrong
