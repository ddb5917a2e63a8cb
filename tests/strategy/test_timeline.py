"""Campaigns on a line of months."""

from datetime import date

import pytest

from strategy.timeline import Span, later, month_of


def test_a_bar_begins_and_ends_with_its_days():
    span = Span(date(2026, 1, 20), 2)
    assert (span.first, span.last, span.days) == (date(2026, 1, 1), date(2026, 2, 28), 59)
    bar = span.bar(date(2026, 1, 1), date(2026, 2, 28))
    assert (bar.at, bar.width, bar.before, bar.after) == (0, 1000, False, False)


def test_a_bar_that_goes_on_is_cut_and_says_so():
    bar = Span(date(2026, 1, 1), 2).bar(date(2025, 12, 1), date(2026, 3, 1))
    assert (bar.at, bar.width, bar.before, bar.after) == (0, 1000, True, True)


def test_a_single_day_can_be_seen():
    assert Span(date(2026, 1, 1), 12).bar(date(2026, 5, 5), date(2026, 5, 5)).width >= 4


@pytest.mark.parametrize("text", ["", "soon", "2026-13", "2026-5-1"])
def test_a_month_that_is_none_is_the_usual_one(text):
    assert month_of(text, usual=date(2026, 5, 17)) == date(2026, 5, 1)


def test_months_are_walked_in_both_directions():
    span = Span(month_of("2026-05", usual=date(2020, 1, 1)), 6)
    assert (span.earlier, span.later) == ("2026-02", "2026-08")
    assert later(date(2026, 1, 1), -1) == date(2025, 12, 1)
    assert [month.first.month for month in span.months] == [5, 6, 7, 8, 9, 10]
