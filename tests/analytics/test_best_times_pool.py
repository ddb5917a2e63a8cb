"""What other accounts lend to a new one."""

import numpy as np

from analytics.best_times import fit, pool
from tests.analytics.histories import evening, history


def shifted(truth: np.ndarray, hours: int) -> np.ndarray:
    return np.roll(truth, hours)


def test_accounts_that_agree_make_a_prior_of_their_shape():
    prior = pool([fit(history(300, evening(0.3), seed=seed)) for seed in range(10)])
    assert np.corrcoef(prior, evening(0.3))[0, 1] > 0.95
    assert 0.4 < prior.std() / evening(0.3).std() <= 1.05


def test_accounts_that_disagree_make_hardly_any():
    prior = pool([fit(history(300, shifted(evening(0.3), 3 * k), seed=k)) for k in range(8)])
    assert np.abs(prior).max() < 0.06


def test_accounts_without_a_signal_make_none():
    prior = pool([fit(history(300, np.zeros(168), seed=50 + k)) for k in range(8)])
    assert np.abs(prior).max() < 0.045


def test_no_account_or_only_tiny_ones_make_zeros():
    assert pool([]).tolist() == [0.0] * 168
    assert pool([fit(history(5, evening(0.3), seed=1))]).tolist() == [0.0] * 168


def test_one_large_account_does_not_speak_for_all():
    large = fit(history(8000, evening(0.4), seed=30))
    others = [fit(history(400, -evening(0.4), seed=31 + k)) for k in range(6)]
    assert np.corrcoef(pool([large, *others]), -evening(0.4))[0, 1] > 0.5


def test_a_fit_under_a_prior_tells_what_its_posts_tell():
    posts = history(400, evening(0.3), seed=40)
    alone, leaning = fit(posts), fit(posts, prior=evening(0.6))
    ratio = (
        leaning.information.vector
        @ alone.information.vector
        / (alone.information.vector @ alone.information.vector)
    )
    assert 0.8 < ratio < 1.2


def test_a_pooled_prior_helps_a_small_account():
    prior = pool([fit(history(300, evening(0.3), seed=60 + k)) for k in range(8)])
    alone, helped = [], []
    for seed in range(8):
        posts = history(30, evening(0.3), seed=80 + seed)
        alone.append(np.square(np.log1p(fit(posts).cells["lift"]) - evening(0.3)).mean())
        helped.append(np.square(np.log1p(fit(posts, prior=prior).cells["lift"]) - evening(0.3)).mean())
    assert np.mean(helped) < 0.7 * np.mean(alone)
