"""When figures are old enough to compare."""

import numpy as np
import pandas as pd
import pytest

from analytics.best_times import hours_to_mature, mature

AGES = np.array([1, 3, 6, 12, 24, 48, 96, 200.0])


def readings(posts: int, half_life: float) -> pd.DataFrame:
    """Posts that gather half of what is left every half life."""
    values = 1000 * (1 - 0.5 ** (AGES / half_life))
    rows = [(post, age, value) for post in range(posts) for age, value in zip(AGES, values, strict=True)]
    return pd.DataFrame(rows, columns=["post", "age_hours", "value"])


def test_the_hours_are_read_off_the_growth():
    found = hours_to_mature(readings(12, half_life=6))
    assert found.posts == 12
    assert found.hours == pytest.approx(6 * np.log2(10), rel=0.1)


def test_order_of_rows_does_not_matter():
    table = readings(12, half_life=6)
    assert hours_to_mature(table.sample(frac=1, random_state=1)) == hours_to_mature(table)


@pytest.mark.parametrize(
    "table",
    [
        readings(9, half_life=6),
        readings(12, half_life=200),
        readings(12, half_life=6).groupby("post").tail(1),
        readings(12, half_life=6).assign(value=0.0),
        readings(0, half_life=6),
    ],
)
def test_without_enough_to_go_by_it_says_48_hours(table):
    assert hours_to_mature(table) == (48.0, 0)


def test_a_post_is_mature_once_old_enough():
    published = pd.Series(pd.to_datetime(["2026-01-01 00:00", "2026-01-01 00:01"]))
    assert mature(published, pd.Timestamp("2026-01-03"), 48).tolist() == [True, False]


def test_each_post_may_have_a_reading_time_of_its_own():
    published = pd.Series(pd.to_datetime(["2026-01-01", "2026-01-01"]))
    as_of = pd.Series(pd.to_datetime(["2026-01-02", "2026-01-05"]))
    assert mature(published, as_of).tolist() == [False, True]


def test_a_bad_reading_is_refused_by_column_and_row():
    table = readings(2, half_life=6)
    table.loc[3, "age_hours"] = -1
    with pytest.raises(ValueError, match="'age_hours', row 3"):
        hours_to_mature(table)
    with pytest.raises(ValueError, match="'value' is missing"):
        hours_to_mature(table.drop(columns="value"))
