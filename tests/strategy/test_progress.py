"""Readings, baselines, forecasts and statuses, on series worked out by hand."""

from datetime import date, timedelta

import numpy as np
import pytest

from strategy.progress import (
    Reading,
    Week,
    add_up,
    attainability,
    combine,
    course,
    forecast,
    judge,
    propose_baseline,
    readings,
)

START = date(2026, 1, 5)  # a Monday


def weeks(values, first=START, **columns):
    """Weeks with these numerators; other columns by name, one value or a list."""

    def at(name, place):
        value = columns.get(name)
        return value[place] if isinstance(value, list) else value

    return [
        Week(
            first + timedelta(weeks=i),
            at("n", i) or 1,
            float(value),
            at("denominator", i),
            at("squares", i),
            at("cross", i),
            at("denominator_squares", i),
        )
        for i, value in enumerate(values)
    ]


def test_a_level_reads_as_it_stands_at_each_weeks_end():
    told = readings("level", "level", weeks([100, 110]), START)
    assert [(r.day, r.value) for r in told] == [(date(2026, 1, 11), 100), (date(2026, 1, 18), 110)]


def test_a_total_adds_up_since_the_start_only():
    told = readings("volume", "total", weeks([5, 7, 1], first=START - timedelta(weeks=1)), START)
    assert [r.value for r in told] == [7, 8]


def test_a_volume_per_four_weeks_waits_for_four_weeks():
    told = readings("volume", "period", weeks([1, 2, 3, 4, 5]), START)
    assert [r.value for r in told] == [10, 14]
    assert told[0].day == date(2026, 2, 1)


def test_a_rate_is_a_ratio_of_sums_not_a_mean_of_rates():
    """10 of 100 and 1 of 1000: 11 of 1100 is 1 %, where the mean of the rates would be 5.05 %."""
    told = readings("rate", "period", weeks([10, 1], denominator=[100.0, 1000.0]), START)
    assert told[-1].value == pytest.approx(0.01)
    assert told[-1].low is None


def test_the_interval_of_a_rate_rests_on_posts():
    """Two posts, 1 of 10 and 3 of 10: rate .2, linearised error sqrt(2 * (1 + 1) * ... ) worked by hand."""
    week = Week(START, 2, 4.0, 20.0, 10.0, 40.0, 200.0)
    told = readings("rate", "period", [week], START)[0]
    scatter = 10 - 2 * 0.2 * 40 + 0.04 * 200  # = 2
    half = 1.6448536 * (scatter * 2) ** 0.5 / 20
    assert (told.low, told.high) == (pytest.approx(0.2 - half), pytest.approx(0.2 + half))


def test_growth_compares_with_four_weeks_before():
    told = readings("growth", "period", weeks([100, 101, 102, 103, 110]), START)
    assert [r.value for r in told] == [pytest.approx(0.1)]


def test_channels_are_added_week_by_week():
    both = add_up([*weeks([1, 2], denominator=10.0), *weeks([5], denominator=20.0)])
    assert [(w.numerator, w.denominator, w.n) for w in both] == [(6, 30, 2), (2, 10, 1)]


def test_a_baseline_rests_on_twelve_weeks_before_the_start():
    history = weeks([10] * 20, first=START - timedelta(weeks=20))
    told = propose_baseline("volume", "period", history, START)
    assert told.reading.value == 40
    assert (told.first, told.last) == (START - timedelta(weeks=12), START - timedelta(days=1))


@pytest.mark.parametrize(
    ("kind", "counting", "n"), [("volume", "period", 3), ("volume", "total", 20), ("rate", "period", 0)]
)
def test_no_baseline_where_there_is_too_little_or_none_is_needed(kind, counting, n):
    history = weeks([10] * n, first=START - timedelta(weeks=max(n, 1)), denominator=5.0)
    assert propose_baseline(kind, counting, history, START) is None


def by(today, *, target, values=(), kind="level", counting="level", direction="up", baseline=100.0, deadline=None):
    series = weeks(values)
    return judge(
        kind=kind,
        counting=counting,
        direction=direction,
        baseline=baseline,
        target=target,
        start=START,
        deadline=deadline or START + timedelta(weeks=20),
        told=readings(kind, counting, series, START),
        weeks=series,
        today=today,
    )


TEN = START + timedelta(weeks=10)


def test_on_course_when_the_weekly_step_leads_to_the_target():
    found = by(TEN, target=200, values=[100 + 6 * i + (i % 2) for i in range(10)])
    assert (found.status, found.reason) == ("on_course", "by_forecast")
    assert found.forecast.low < found.forecast.value < found.forecast.high
    assert found.forecast.value > 200
    assert found.elapsed == 0.5


def test_at_risk_when_it_does_not():
    found = by(TEN, target=200, values=[100 + 2 * i + (i % 2) for i in range(10)])
    assert found.status == "at_risk"
    assert found.forecast.chance < 0.05
    assert found.pace == pytest.approx(found.attainment / 0.5)


def test_with_few_weeks_the_straight_line_decides():
    found = by(START + timedelta(weeks=5), target=200, values=[110, 120, 130])
    assert (found.status, found.reason, found.forecast) == ("on_course", "by_pace", None)
    assert by(START + timedelta(weeks=15), target=200, values=[110, 120, 130]).status == "at_risk"


def test_reached_and_missed():
    assert by(TEN, target=105, values=[100, 106]).status == "reached"
    assert by(START + timedelta(weeks=20), target=105, values=[100, 104]).status == "missed"


def test_lower_can_be_better():
    found = by(TEN, target=50, direction="down", values=[100, 49])
    assert found.status == "reached"
    assert found.attainment == pytest.approx(1.02)


@pytest.mark.parametrize(
    ("change", "reason"),
    [({"target": None}, "no_target"), ({"baseline": None}, "no_baseline"), ({"values": ()}, "no_reading")],
)
def test_what_is_unknown_says_why(change, reason):
    found = by(TEN, **({"target": 200.0, "values": [100.0]} | change))
    assert (found.status, found.reason) == ("unknown", reason)


def test_a_total_needs_no_baseline():
    found = by(TEN, target=100, baseline=None, kind="volume", counting="total", values=[6, 5, 6, 5, 6, 5, 6, 5])
    assert found.status == "on_course"
    assert found.attainment == pytest.approx(0.44)


def test_ninety_in_a_hundred_forecasts_of_a_stock_hold():
    """Random walks with drift: the interval holds the value 12 weeks on in about 90 % of cases."""
    rng = np.random.default_rng(5)
    inside = 0
    for _ in range(600):
        walk = 1000 + np.cumsum(rng.normal(3, 10, 52))
        told = weeks(walk[:40])
        now = readings("level", "level", told, START)[-1]
        found = forecast("level", "level", told, now, now.day + timedelta(weeks=12), 0.0, 1.0)
        inside += found.low <= walk[51] <= found.high
    assert 0.86 < inside / 600 < 0.94


def test_ninety_in_a_hundred_forecasts_of_a_flow_hold():
    rng = np.random.default_rng(6)
    inside = 0
    for _ in range(600):
        flow = 50 + 0.5 * np.arange(60) + rng.normal(0, 8, 60)
        told = weeks(flow[:40])
        now = readings("volume", "period", told, START)[-1]
        deadline = START + timedelta(weeks=52)
        found = forecast("volume", "period", told, now, deadline, 0.0, 1.0)
        inside += found.low <= flow[48:52].sum() <= found.high
    assert 0.86 < inside / 600 < 0.94


def test_a_season_is_used_once_two_years_are_known():
    t = np.arange(130)
    flow = 100 + 40 * np.sin(2 * np.pi * (t * 7 + START.toordinal()) / 365.25)
    told = weeks(flow)
    now = readings("volume", "period", told, START)[-1]
    deadline = START + timedelta(weeks=150)
    found = forecast("volume", "period", told, now, deadline, 0.0, 1.0)
    expected = 4 * np.mean(
        [100 + 40 * np.sin(2 * np.pi * (deadline.toordinal() - 7 * i) / 365.25) for i in range(4)]
    )
    assert found.seasonal
    assert found.value == pytest.approx(expected, rel=0.02)


def test_readings_by_hand_are_forecast_by_their_own_distances():
    told = [Reading(START + timedelta(days=30 * i), 50.0 + i, None, None, 0) for i in range(8)]
    found = forecast("hand", "period", told, told[-1], told[-1].day + timedelta(days=60), 60.0, 1.0)
    assert found is not None


def test_a_target_far_beyond_the_best_quarter_is_flagged():
    history = weeks([100 + 2 * i + i % 3 for i in range(60)], first=START - timedelta(weeks=60))
    common = {
        "kind": "level",
        "counting": "level",
        "direction": "up",
        "baseline": 220.0,
        "start": START,
        "deadline": START + timedelta(weeks=20),
        "weeks": history,
    }
    assert attainability(target=258.0, **common).verdict == "within"
    assert attainability(target=273.0, **common).verdict == "above_seen"
    far = attainability(target=400.0, **common)
    assert far.verdict == "beyond_best"
    assert far.needed == pytest.approx(9.0)
    assert far.low < far.seen < far.high


def test_without_history_attainability_is_unknown():
    found = attainability(
        kind="rate",
        counting="period",
        direction="up",
        baseline=0.02,
        target=0.03,
        start=START,
        deadline=START + timedelta(weeks=20),
        weeks=[],
    )
    assert found.verdict == "unknown"


def test_a_level_of_several_channels_begins_where_all_are_known_and_is_carried_over_gaps():
    one = weeks([100, 101, 102, 103])
    other = [w for w in weeks([50, 51, 52], first=START + timedelta(weeks=1)) if w.numerator != 51]
    told = combine("level", [one, other])
    assert [(w.week, w.numerator) for w in told] == [
        (START + timedelta(weeks=1), 151),
        (START + timedelta(weeks=2), 152),
        (START + timedelta(weeks=3), 155),
    ]


def test_a_sum_of_several_channels_ends_with_the_one_told_least_far():
    told = combine("volume", [weeks([5, 5, 5, 5]), weeks([1, 1, 1])])
    assert [w.numerator for w in told] == [6, 6, 6]


def test_a_channel_that_fell_silent_does_not_hold_the_others_back():
    told = combine("volume", [weeks([5] * 8), weeks([1, 1])])
    assert [w.numerator for w in told] == [6, 6, 5, 5, 5, 5, 5, 5]


def test_what_is_told_of_the_whole_brand_is_added_as_it_is():
    told = combine("rate", [], [weeks([5, 5], denominator=10.0), weeks([1], denominator=10.0)])
    assert [(w.numerator, w.denominator) for w in told] == [(6, 20.0), (5, 10.0)]
    assert combine("rate", []) == []


def test_the_course_follows_the_day_on_which_one_looks():
    asked = {"counting": "level", "direction": "up", "baseline": 100.0, "target": 200.0}
    span = {"start": START, "deadline": START + timedelta(weeks=10), "foretold": None}
    now = Reading(START + timedelta(weeks=5), 150.0, None, None, 1)

    def status(week: int, reading: Reading | None = now) -> str:
        return course(**asked, **span, now=reading, today=START + timedelta(weeks=week)).status

    assert [status(4), status(5), status(7), status(10)] == ["on_course", "on_course", "at_risk", "missed"]
    assert status(7, now._replace(value=200.0)) == "reached"
    assert status(7, None) == "unknown"
