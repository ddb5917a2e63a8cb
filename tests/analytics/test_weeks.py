"""Series by day as weeks: what adds up, what does not, and what can be compared."""

from datetime import date, timedelta

import pytest

from analytics.weeks import by_week, growth_per_week, kind_of, last_month, ups_and_downs

MONDAY = date(2026, 3, 2)


def days(*values: float | None, first: date = MONDAY):
    return [(first + timedelta(days=place), value) for place, value in enumerate(values) if value is not None]


def weekly(*values: float):
    """Whole weeks whose days all have the same value."""
    return days(*(value for value in values for _day in range(7)))


def told(weeks):
    return [(week.start.day, week.value, week.days, week.change) for week in weeks]


def test_figures_are_of_three_kinds():
    assert [kind_of(name) for name in ("followers", "reach", "views", "net_follows")] == [
        "level",
        "people",
        "count",
        "count",
    ]


def test_counts_are_added_up_and_people_are_not():
    assert told(by_week(weekly(10, 20), "count")) == [(2, 70, 7, None), (9, 140, 7, 1.0)]
    assert told(by_week(weekly(10, 20), "people")) == [(2, 10, 7, None), (9, 20, 7, 1.0)]


def test_a_level_is_what_stands_at_the_end():
    assert told(by_week(days(*range(1, 15)), "level")) == [(2, 7, 7, None), (9, 14, 7, 1.0)]


def test_a_week_with_a_gap_is_not_compared():
    weeks = by_week(days(*[10] * 7, *[10] * 3, None, *[10] * 3, *[10] * 7), "count")
    assert told(weeks) == [(2, 70, 7, None), (9, 60, 6, None), (16, 70, 7, None)]


def test_weeks_that_do_not_follow_each_other_are_not_compared():
    weeks = by_week(days(5) + days(9, first=MONDAY + timedelta(weeks=2)), "level")
    assert [week.change for week in weeks] == [None, None]


def test_nothing_is_a_share_of_nothing():
    assert [week.change for week in by_week(weekly(0, 5, 0), "count")] == [None, None, -1.0]


def test_a_week_begins_on_monday():
    weeks = by_week(days(1, 2, 3, first=date(2026, 2, 28)), "count")  # Saturday
    assert [(week.start, week.value) for week in weeks] == [(date(2026, 2, 23), 3), (MONDAY, 3)]


def test_four_weeks_are_compared_with_the_four_before():
    moved = last_month(by_week(weekly(1, 1, 1, 1, 2, 2, 2, 2), "count"), "count")
    assert (moved.now, moved.before, moved.share) == (56, 28, 1.0)
    assert last_month(by_week(weekly(1, 1, 1, 2, 2, 2, 2), "count"), "count") is None
    level = last_month(by_week(weekly(100, 1, 1, 1, 120), "level"), "level")
    assert (level.now, level.before) == (120, 100)


def test_four_weeks_with_a_hole_among_them_are_not():
    gap = [*weekly(1, 1, 1, 1), *[(day + timedelta(weeks=5), value) for day, value in weekly(2, 2, 2, 2)]]
    assert last_month(by_week(gap, "count"), "count") is None


def test_growth_a_week_compounds_to_the_whole_change():
    weeks = by_week(weekly(100, 1, 1, 1, 100 * 1.1**4), "level")
    rate, between = growth_per_week(weeks, "level")
    assert (rate, between) == (pytest.approx(0.1), 4)
    assert growth_per_week(by_week(weekly(1, 2, 3), "count"), "count") is None
    assert growth_per_week(by_week(weekly(0, 1, 2, 3, 4), "count"), "count") is None


def test_ups_and_downs_are_counted_where_weeks_compare():
    assert ups_and_downs(by_week(weekly(1, 2, 2, 1, 3), "count")) == (2, 1, 1)
