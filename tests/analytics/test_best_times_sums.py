"""Posts become sums, and sums of parts add up."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.best_times import KEY, add, fit, fit_sums, summarise
from tests.analytics.histories import evening, history

POSTS = history(400, evening(0.3), seed=1)


def test_a_post_lands_in_its_week_and_hour():
    posts = POSTS.head(1).assign(published_at=pd.Timestamp("2026-03-04 15:59:59"), value=np.expm1(3.0))
    row = summarise(posts).iloc[0]
    assert (row["week"], row["cell"]) == (pd.Timestamp("2026-03-02"), 2 * 24 + 15)
    assert (row["n"], row["total"], row["squares"]) == pytest.approx((1, 3.0, 9.0))


def test_sundays_last_hour_and_mondays_first_are_in_different_weeks():
    times = pd.to_datetime(["1969-12-28 23:59", "1969-12-29 00:00"])
    sums = summarise(POSTS.head(2).assign(published_at=times))
    assert sums["cell"].tolist() == [167, 0]
    assert sums["week"].tolist() == [pd.Timestamp("1969-12-22"), pd.Timestamp("1969-12-29")]


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 400), st.randoms(use_true_random=False))
def test_sums_of_two_parts_equal_the_sums_of_all(cut, random):
    order = list(range(len(POSTS)))
    random.shuffle(order)
    parts = [summarise(POSTS.iloc[order[:cut]]), summarise(POSTS.iloc[order[cut:]])]
    together, whole = add(parts).sort_values(KEY, ignore_index=True), summarise(POSTS)
    pd.testing.assert_frame_equal(together, whole, check_dtype=False, rtol=1e-12)


def test_a_fit_of_added_sums_equals_a_fit_of_all_posts():
    added = fit_sums(add([summarise(POSTS.head(150)), summarise(POSTS.tail(250))]))
    pd.testing.assert_frame_equal(added.cells, fit(POSTS).cells, rtol=1e-9, atol=1e-12)


def test_the_same_sums_give_the_same_fit_in_any_order_and_with_plain_dates():
    sums = summarise(POSTS)
    mixed = sums.sample(frac=1, random_state=3)
    mixed["week"] = mixed["week"].dt.date
    pd.testing.assert_frame_equal(fit_sums(mixed).cells, fit_sums(sums).cells, rtol=1e-9, atol=1e-12)


def test_a_missing_format_is_a_format_of_its_own():
    assert summarise(POSTS.head(5).assign(format=None))["format"].unique().tolist() == [""]


def test_no_posts_give_no_sums():
    assert summarise(POSTS.head(0)).empty


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("value", np.nan, "not a finite number"),
        ("value", np.inf, "not a finite number"),
        ("value", -1.0, "below 0"),
        ("published_at", pd.NaT, "missing"),
        ("is_paid", None, "neither true nor false"),
    ],
)
def test_a_bad_value_is_refused_by_column_and_row(column, value, reason):
    posts = POSTS.head(9).copy()
    posts[column] = posts[column].astype(object) if column == "is_paid" else posts[column]
    posts.loc[7, column] = value
    with pytest.raises(ValueError, match=rf"column '{column}', row 7: .*{reason}"):
        fit(posts)


@pytest.mark.parametrize("column", ["published_at", "value", "format", "is_paid"])
def test_a_missing_column_is_named(column):
    with pytest.raises(ValueError, match=f"column '{column}' is missing"):
        fit(POSTS.drop(columns=column))


def test_times_with_a_zone_or_as_text_are_refused():
    with pytest.raises(ValueError, match=r"'published_at'.*to_wall_time"):
        fit(POSTS.assign(published_at=POSTS["published_at"].dt.tz_localize("UTC")))
    with pytest.raises(ValueError, match="'published_at', row 0: is not a datetime64"):
        fit(POSTS.assign(published_at=POSTS["published_at"].astype(str)))


@pytest.mark.parametrize(
    ("column", "value"), [("n", 0), ("cell", 168), ("total", np.nan), ("squares", np.inf), ("week", "soon")]
)
def test_a_bad_sum_is_refused_by_column(column, value):
    sums = summarise(POSTS)
    sums[column] = sums[column].astype(object)
    sums.loc[4, column] = value
    with pytest.raises(ValueError, match=f"column '{column}', row"):
        fit_sums(sums)
