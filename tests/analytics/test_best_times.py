"""The map, its evidence and its advice."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.best_times import fit, needed_posts
from tests.analytics.histories import DAY, HOUR, MONDAY, evening, history

FLAT = np.zeros(168)


def log_lift(found) -> np.ndarray:
    return np.log1p(found.cells["lift"].to_numpy())


def test_a_clear_evening_is_found_with_strong_evidence():
    found = fit(history(600, evening(0.5), seed=2))
    assert found.evidence == "strong"
    assert np.corrcoef(log_lift(found), evening(0.5))[0, 1] > 0.9
    assert found.recommend(5)["hour"].between(16, 22).all()
    assert "no_signal" not in found.notes


def test_the_map_has_168_hours_from_monday_midnight():
    cells = fit(history(100, FLAT, seed=1)).cells
    assert cells["day"].tolist() == DAY.tolist()
    assert cells["hour"].tolist() == HOUR.tolist()
    assert cells["posts"].sum() == 100


def test_times_without_a_signal_give_a_flat_map():
    found = [fit(history(300, FLAT, seed=seed)) for seed in range(12)]
    assert np.mean([np.abs(log_lift(each)).max() for each in found]) < 0.1
    assert [each.evidence for each in found].count("strong") == 0


def test_shuffled_times_give_a_flat_map():
    posts = history(600, evening(0.5), seed=2)
    rng = np.random.default_rng(3)
    times = [rng.permutation(posts["published_at"].to_numpy()) for _ in range(8)]
    found = [fit(posts.assign(published_at=each)) for each in times]
    assert np.mean([np.abs(log_lift(each)).max() for each in found]) < 0.1
    assert [each.evidence for each in found].count("strong") == 0


@pytest.mark.parametrize("others_in_the_hour", [0, 6])
def test_one_viral_post_moves_nothing(others_in_the_hour):
    posts = history(300, evening(0.3), seed=4)
    crowd = posts.head(others_in_the_hour + 1).assign(
        published_at=MONDAY + pd.Timedelta(days=15, hours=4), format="photo", is_paid=False
    )
    calm = pd.concat([posts, crowd], ignore_index=True)
    wild = calm.copy()
    wild.loc[len(posts), "value"] = 1e9
    assert np.abs(log_lift(fit(wild)) - log_lift(fit(calm))).max() < 0.05


def test_a_strong_format_that_prefers_an_hour_is_not_taken_for_the_hour():
    posts = history(500, FLAT, seed=5)
    rng = np.random.default_rng(5)
    late = posts["published_at"].dt.hour >= 12
    video = rng.random(500) < np.where(late, 0.7, 0.3)
    posts = posts.assign(format=np.where(video, "video", "photo"), value=posts["value"] * np.where(video, 8, 1))
    assert np.abs(log_lift(fit(posts))).max() < 0.12


def test_paid_reach_is_not_taken_for_the_hour():
    posts = history(500, FLAT, seed=6)
    paid = (posts["published_at"].dt.hour < 12) & (np.random.default_rng(6).random(500) < 0.5)
    found = fit(posts.assign(is_paid=paid, value=posts["value"] * np.where(paid, 20, 1)))
    assert np.abs(log_lift(found)).max() < 0.12
    assert "paid_adjusted" in found.notes


def test_growth_while_the_posting_hour_moved_is_not_taken_for_the_hour():
    posts = history(500, FLAT, seed=7, weeks=20)
    age = np.arange(500) / 500
    hour = np.where(np.random.default_rng(7).random(500) < age, 19, 9)
    times = posts["published_at"].dt.normalize() + pd.to_timedelta(hour, unit="h")
    found = fit(posts.assign(published_at=times, value=posts["value"] * np.exp(3 * age)))
    assert np.abs(log_lift(found)).max() < 0.12


def test_intervals_hold_for_truths_drawn_as_the_model_expects():
    rng = np.random.default_rng(8)
    inside, luck = [], []
    for seed in range(40):
        truth = evening(rng.choice([0.0, 0.1, 0.2, 0.35]))[(np.arange(168) - rng.integers(24)) % 168]
        posts = history(200, truth, seed=100 + seed)
        found = fit(posts)
        share = found.cells["posts"].to_numpy() / 200
        true = truth - share @ truth
        later = true + rng.normal(0, 0.2, 168)  # the mean of 25 posts of variance 1
        cells = np.log1p(found.cells)
        inside.append(np.mean((cells["lasting_low"] <= true) & (true <= cells["lasting_high"])))
        luck.append(np.mean((cells["low"] <= later) & (later <= cells["high"])))
    assert 0.85 < np.mean(inside) < 0.97
    assert 0.85 < np.mean(luck) < 0.97


def test_the_same_posts_give_the_same_answer():
    posts = history(200, evening(0.2), seed=9)
    first, second = fit(posts), fit(posts.sample(frac=1, random_state=1))
    np.testing.assert_allclose(first.cells, second.cells, rtol=1e-9, atol=1e-12)
    assert first.cells.equals(fit(posts).cells)


def test_advice_keeps_its_distance_round_the_week():
    found = fit(history(400, evening(0.4), seed=10))
    picked = found.recommend(30, min_gap_hours=5)
    place = np.sort(picked["day"] * 24 + picked["hour"])
    assert np.diff(np.r_[place, place[0] + 168]).min() >= 5
    assert picked["lift"].is_monotonic_decreasing
    assert len(found.recommend(200, min_gap_hours=24)) <= 7
    assert len(found.recommend(0)) == 0
    with pytest.raises(ValueError, match="below 0"):
        found.recommend(-1)


def test_exploration_is_drawn_from_the_belief_by_the_given_generator():
    found = fit(history(60, evening(0.2), seed=11))
    draws = [found.explore(np.random.default_rng(seed), 2, min_gap_hours=3) for seed in range(12)]
    assert draws[0].equals(found.explore(np.random.default_rng(0), 2, min_gap_hours=3))
    assert len({(d["day"][0], d["hour"][0]) for d in draws}) > 3
    gaps = [abs((d["day"] * 24 + d["hour"]).diff().iloc[1]) % 168 for d in draws]
    assert all(3 <= gap <= 165 for gap in gaps)


def test_exploration_leans_to_the_evening_that_the_posts_show():
    found = fit(history(600, evening(0.5), seed=2))
    hours = [found.explore(np.random.default_rng(seed))["hour"][0] for seed in range(40)]
    assert np.mean([15 <= hour <= 23 for hour in hours]) > 0.9


@pytest.mark.parametrize("n", [0, 1, 19])
def test_with_too_few_posts_it_declines(n):
    found = fit(history(n, evening(2.0), seed=12))
    assert (found.evidence, found.posts) == ("prior", n)
    assert "too_few_posts" in found.notes
    assert np.abs(log_lift(found)).max() == 0
    assert found.recommend(3).empty
    assert needed_posts(found) >= 20 - n


def test_with_too_few_posts_it_shows_the_prior_marked_as_such():
    found = fit(history(5, FLAT, seed=13), prior=evening(0.3))
    assert found.evidence == "prior"
    assert set(found.notes) >= {"too_few_posts", "prior_only"}
    assert found.recommend(3)["hour"].between(18, 20).all()


def test_fewer_posts_are_needed_the_more_there_are():
    assert needed_posts(fit(history(30, evening(0.4), seed=14))) > 0
    assert needed_posts(fit(history(1500, evening(0.4), seed=14))) == 0


def test_a_true_prior_helps_a_small_account():
    with_it, without = [], []
    for seed in range(8):
        posts = history(40, evening(0.3), seed=200 + seed)
        without.append(np.square(log_lift(fit(posts)) - evening(0.3)).mean())
        with_it.append(np.square(log_lift(fit(posts, prior=evening(0.3))) - evening(0.3)).mean())
    assert np.mean(with_it) < 0.5 * np.mean(without)


def test_a_false_prior_is_outvoted():
    found = fit(history(2000, evening(0.4), seed=15), prior=-evening(0.4))
    assert np.corrcoef(log_lift(found), evening(0.4))[0, 1] > 0.9
    assert found.prior_weight < fit(history(2000, evening(0.4), seed=15), prior=evening(0.4)).prior_weight
    assert "prior_doubted" in found.notes


@pytest.mark.parametrize("prior", [np.zeros(24), np.full(168, np.nan)])
def test_a_malformed_prior_is_refused(prior):
    with pytest.raises(ValueError, match="prior"):
        fit(history(50, FLAT, seed=1), prior=prior)


def test_posts_that_are_all_alike_say_nothing():
    posts = history(50, FLAT, seed=16).assign(value=7.0, format="photo", is_paid=False)
    found = fit(posts)
    assert np.abs(log_lift(found)).max() < 1e-6
    assert set(found.notes) >= {"no_signal", "single_format"}


def test_a_short_history_is_told():
    assert "short_history" in fit(history(60, FLAT, seed=17, weeks=2)).notes


def test_thirty_years_of_posts_are_read_without_trouble():
    found = fit(history(3000, evening(0.3), seed=18, weeks=1600))
    assert np.corrcoef(log_lift(found), evening(0.3))[0, 1] > 0.9


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 200), st.integers(0, 10_000), st.floats(0.0, 4.0), st.integers(1, 30))
def test_whatever_the_posts_the_map_is_sound(n, seed, noise, weeks):
    found = fit(history(n, evening(0.3), seed=seed, noise=noise, weeks=weeks))
    cells = found.cells
    assert np.isfinite(cells.to_numpy()).all()
    assert (cells["low"] <= cells["lasting_low"]).all()
    assert (cells["lasting_low"] <= cells["lift"]).all()
    assert (cells["lift"] <= cells["lasting_high"]).all()
    assert (cells["lasting_high"] <= cells["high"]).all()
    assert (cells["low"] > -1).all()
    assert cells["posts"].sum() == found.posts == n
