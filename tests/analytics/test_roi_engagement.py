"""Engagement rates: the denominator is named, reach is never added up, and intervals rest on posts."""

from datetime import date
from math import nan

import numpy as np
import pandas as pd
import pytest

from analytics import roi
from analytics.roi.engagement import engagement
from strategy import intervals

APRIL, MAY = date(2026, 4, 1), date(2026, 5, 1)


def posts(*rows) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["platform", "month", "engagements", "impressions", "views", "reach"])


def of(frame: pd.DataFrame, platform: str = "", month: date | None = None) -> roi.Engagement:
    found = engagement(roi.post_sums(frame))
    return next(each for each in found if (each.platform, each.month) == (platform, month))


def rate(each: roi.Engagement, over: str) -> roi.Rate:
    return next(rate for rate in each.rates if rate.over == over)


FRAME = posts(
    ("facebook", MAY, 10, 1000, nan, 500),
    ("facebook", MAY, 30, 1000, nan, 1000),
    ("facebook", APRIL, 5, nan, nan, nan),
    ("tiktok", MAY, 50, nan, 2000, nan),
    ("x", MAY, nan, 400, nan, nan),
)


def test_over_impressions_it_is_sum_over_sum():
    # (10 + 30) / 2000; the April post tells no impressions
    facebook = rate(of(FRAME, "facebook"), "impressions")
    assert (facebook.value, facebook.method, facebook.n, facebook.of) == (0.02, "sum", 2, 3)


def test_over_reach_it_is_the_mean_of_the_posts_own_rates():
    # (10/500 + 30/1000) / 2
    facebook = rate(of(FRAME, "facebook"), "reach")
    assert (facebook.value, facebook.method, facebook.n) == (pytest.approx(0.025), "mean", 2)


def test_what_no_post_tells_is_undefined_and_named():
    tiktok = of(FRAME, "tiktok")
    assert rate(tiktok, "impressions").value is None
    assert tiktok.codes == ("reach_not_exported", "impressions_not_exported")
    x = of(FRAME, "x")
    assert (x.engagements, x.posts_with_engagements, x.best) == (None, 0, None)
    assert "engagements_not_exported" in x.codes


def test_the_best_rate_rests_on_most_posts():
    assert of(FRAME, "tiktok").best.over == "views"
    assert of(FRAME, "facebook").best.over == "impressions"


def test_months_and_platforms_are_told_apart():
    assert of(FRAME, "facebook", APRIL).posts == 1
    assert of(FRAME, "", MAY).posts == 4
    assert of(FRAME).engagements == 95


def test_zero_impressions_are_no_denominator():
    assert rate(of(posts(("x", MAY, 3, 0, nan, 0))), "impressions").value is None


def test_without_posts_there_is_nothing_to_say():
    assert engagement(None) == ()


def test_sums_equal_the_plain_computation_over_posts():
    draws = np.random.default_rng(4)
    frame = posts(*zip(["x"] * 200, [MAY] * 200, *draws.integers(1, 900, (4, 200)).tolist(), strict=True))
    e, m = frame["engagements"], frame["impressions"]
    told = rate(of(frame), "impressions")
    value = e.sum() / m.sum()
    spread = intervals.Z * np.sqrt(((e - value * m) ** 2).sum() * 200 / 199) / m.sum()
    assert told.value == pytest.approx(value)
    assert (told.low, told.high) == (pytest.approx(value - spread), pytest.approx(value + spread))
    each = e / frame["reach"]
    reach = rate(of(frame), "reach")
    half = intervals.Z * each.std(ddof=1) / np.sqrt(200)
    assert reach.high == pytest.approx(each.mean() + half)


def test_one_post_gives_a_rate_but_no_interval():
    one = rate(of(posts(("x", MAY, 3, 100, nan, nan))), "impressions")
    assert (one.value, one.low, one.high) == (0.03, None, None)


def test_the_interval_over_posts_covers_the_truth():
    """Posts differ from each other: an interval over impressions would be about a tenth as wide, and wrong."""
    draws = np.random.default_rng(7)
    caught = 0
    for _ in range(400):
        m = draws.lognormal(7, 0.5, 60).round()
        e = draws.poisson(m * draws.gamma(4, 0.01, 60))
        squares = (float((e * e).sum()), float((e * m).sum()), float((m * m).sum()))
        low, high = intervals.ratio(60, float(e.sum()), float(m.sum()), squares)
        caught += low <= 0.04 <= high
    assert 0.84 <= caught / 400 <= 0.95


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    # 90 %: p = 0.1, n = 100, z = 1.6449, z² = 2.7055: (0.1 + 0.013528) / 1.027055 ∓ 0.049826
    [(10, 100, 0.06071, 0.16036), (0, 10, 0.0, 0.21293), (10, 10, 0.78707, 1.0)],
)
def test_wilson_by_hand(k, n, low, high):
    assert intervals.wilson(k, n) == (pytest.approx(low, abs=2e-5), pytest.approx(high, abs=2e-5))
