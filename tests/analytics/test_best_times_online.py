"""What the hours at which an audience is online lend to its channels: a weak hint that posts outvote."""

from datetime import UTC, datetime

import numpy as np
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.scoping import brands_in_scope
from analytics.best_times import fit_sums, lift_of_hours, summarise
from analytics.best_times.fitting import HOURS_TRUST, PRIOR_TRUST
from analytics.best_times.online import LIFT_PER_LEVEL
from analytics.selectors import online_hours
from analytics.services import best_times
from tests.analytics.histories import evening, history
from tests.analytics.posts import add_channel, add_posts, random_posts
from tests.strategy.personas import add_audience, add_evidence, evening_hours

NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)


def fit(posts, **expected):
    return fit_sums(summarise(posts), **expected)


def test_a_grid_gives_a_small_lift_of_mean_zero_that_follows_it():
    lift = lift_of_hours(evening_hours())
    assert abs(lift.mean()) < 1e-12
    assert 0.8 * 3 * LIFT_PER_LEVEL < np.ptp(lift) < 1.3 * 3 * LIFT_PER_LEVEL
    assert {int(hour) for hour in np.argsort(lift)[-21:] % 24} == {20, 21, 22}
    assert np.corrcoef(lift, evening_hours())[0, 1] > 0.9


@pytest.mark.parametrize("shift", [-7, 3, 24])
def test_the_clock_of_the_channel_moves_the_hours_round_the_week(shift):
    expected = np.roll(lift_of_hours(evening_hours()), shift)
    np.testing.assert_allclose(lift_of_hours(evening_hours(), shift=shift), expected, atol=1e-12)


@pytest.mark.parametrize("levels", [np.zeros(168), np.full(168, 3)])
def test_a_flat_grid_tells_nothing(levels):
    assert lift_of_hours(levels).tolist() == [0.0] * 168


@pytest.mark.parametrize("levels", [[], [0] * 167, [4] + [0] * 167, [-1] + [0] * 167, [np.nan] + [0] * 167])
def test_other_than_168_levels_are_refused(levels):
    with pytest.raises(ValueError, match="levels"):
        lift_of_hours(levels)


def test_too_few_posts_show_the_hours_at_half_their_strength():
    lift = lift_of_hours(evening_hours())
    found = fit(history(5, np.zeros(168), seed=1), hours=lift)
    np.testing.assert_allclose(np.log1p(found.cells["lift"]), HOURS_TRUST * lift, atol=1e-9)
    assert (found.evidence, found.hours_weight) == ("prior", HOURS_TRUST)
    assert np.isnan(found.prior_weight)


def test_beside_a_pooled_prior_both_count_each_by_its_weight():
    lift, pooled = lift_of_hours(evening_hours()), -evening(0.3)
    found = fit(history(5, np.zeros(168), seed=1), prior=pooled, hours=lift)
    expected = PRIOR_TRUST * (pooled - pooled.mean()) + HOURS_TRUST * lift
    np.testing.assert_allclose(np.log1p(found.cells["lift"]), expected, atol=1e-9)


def test_posts_that_agree_raise_the_weight_and_posts_that_contradict_lower_it():
    lift = lift_of_hours(evening_hours())
    agree = [fit(history(2000, 3 * lift, seed=n), hours=lift).hours_weight for n in range(4)]
    contradict = [fit(history(2000, -3 * lift, seed=n), hours=lift).hours_weight for n in range(4)]
    assert np.mean(agree) > HOURS_TRUST + 0.1
    assert np.mean(contradict) < HOURS_TRUST - 0.1


def test_wrong_hours_cost_a_channel_with_many_posts_next_to_nothing():
    wrong = np.roll(evening_hours(), 12)
    errors = {"with": [], "without": []}
    for seed in range(6):
        posts = history(3000, evening(0.3), seed=seed)
        for name, hours in (("with", lift_of_hours(wrong)), ("without", None)):
            found = np.log1p(fit(posts, hours=hours).cells["lift"])
            errors[name].append(np.square(found - evening(0.3)).mean())
    assert np.mean(errors["with"]) < 1.1 * np.mean(errors["without"])


def test_right_hours_help_a_channel_with_few_posts():
    errors = {"with": [], "without": []}
    truth = 1.5 * lift_of_hours(evening_hours())
    for seed in range(10):
        posts = history(40, truth, seed=seed)
        for name, hours in (("with", lift_of_hours(evening_hours())), ("without", None)):
            found = np.log1p(fit(posts, hours=hours).cells["lift"])
            errors[name].append(np.square(found - truth).mean())
    assert np.mean(errors["with"]) < 0.8 * np.mean(errors["without"])


@pytest.fixture
def channel(cast):
    with brands_in_scope(cast.brand.pk):
        yield add_channel(cast.brand, platform="instagram", handle="caffe.alba")


def test_only_active_audiences_with_known_hours_speak_each_by_its_weight(cast, channel):
    told = [
        add_audience(cast.brand, "A", online_hours=[3] + [0] * 167, weight=3),
        add_audience(cast.brand, "B", online_hours=[1] + [0] * 167, weight=1),
        add_audience(cast.brand, "C", online_hours=[], weight=9),
        add_audience(cast.brand, "D", archived_at=timezone.now()),
    ]
    channel.audiences.set(told)
    add_evidence(told[1], "online_hours", day=NOW.date())
    found = online_hours.of_channel(channel, now=NOW)
    assert (found.audiences, found.assumed, found.levels[0]) == (["A", "B"], ["A"], 2.5)


def test_a_channel_elsewhere_hears_the_hours_on_its_own_clock(cast, channel):
    channel.time_zone = "America/New_York"
    channel.audiences.add(add_audience(cast.brand))
    assert online_hours.of_channel(channel, now=NOW).shift == -6
    assert online_hours.hours_ahead("Asia/Kolkata", "Europe/Rome", now=NOW) == 4  # 3.5 h


def test_the_page_says_whose_hours_joined_and_that_they_are_assumed(cast, channel):
    channel.audiences.add(add_audience(cast.brand))
    add_posts(channel, random_posts(10, seed=1))
    best_times.compute(channel)
    client = Client()
    client.force_login(cast.bea)
    text = " ".join(client.get(reverse("best_times", args=[cast.brand.slug])).content.decode().split())
    assert "The hours at which its audience Giulia, barista at home is online." in text
    assert "Assumption: no evidence of the last twelve months supports the hours of Giulia" in text
    assert "taken at 50 % of its strength" in text
    assert "Taken from the hours online of its audiences, not from its posts." in text


def test_a_channel_that_serves_nobody_is_told_nothing(cast, channel):
    add_audience(cast.brand)
    add_posts(channel, random_posts(60, seed=1))
    assert best_times.compute(channel)["engagements"].settings["hours"] is None


def test_a_channel_without_posts_shows_the_hours_of_whom_it_serves(cast, channel):
    with brands_in_scope(cast.brand.pk):
        audience = add_audience(cast.brand, "Giulia", online_hours=evening_hours())
        channel.audiences.add(audience)
        told = best_times.compute(channel)
        assert list(told) == ["engagements"]
        assert (told["engagements"].evidence, told["engagements"].posts) == ("prior", 0)
        assert {slot["hour"] for slot in told["engagements"].recommended} <= {20, 21, 22}
        channel.audiences.clear()
        assert best_times.compute(channel) == {}
    client = Client()
    client.force_login(cast.bea)
    page = client.get(reverse("best_times", args=["caffe-alba"]), {"channel": channel.pk}).content.decode()
    assert "No posts of this channel yet" in page


def test_the_page_of_a_channel_without_posts_marks_what_it_leans_on(cast, channel):
    with brands_in_scope(cast.brand.pk):
        channel.audiences.add(add_audience(cast.brand, "Giulia", online_hours=evening_hours()))
        best_times.compute(channel)
    client = Client()
    client.force_login(cast.bea)
    page = client.get(reverse("best_times", args=["caffe-alba"]), {"channel": channel.pk}).content.decode()
    assert "Giulia" in page and "heatmap" in page
