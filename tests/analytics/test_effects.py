"""What sets posts apart: known effects are found, others are not, and what cannot be known is said."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from analytics import effects
from analytics.effects.judging import Contrast, Scale, threshold
from tests.analytics.effects_truth import World, calibrate, share_found, simulate

USUAL = World()


def posts(n: int = 120, **columns) -> pd.DataFrame:
    rng = np.random.default_rng(3)
    frame = {
        "post": np.arange(n),
        "channel": "1",
        "day": np.arange(n),
        "value": np.floor(rng.lognormal(5, 0.4, n)),
    }
    return pd.DataFrame({**frame, **columns})


def halves(n: int = 120, first: str = "photo", second: str = "video") -> list[str]:
    return [(first, second)[place % 2] for place in range(n)]


def level(found: effects.Effects, name: str, slug: str) -> effects.Level:
    levels = next(each.levels for each in found.dimensions if each.name == name)
    return next(each for each in levels if each.slug == slug)


def test_a_known_difference_is_found_with_its_size():
    told = posts(format=halves())
    told.loc[told["format"] == "video", "value"] *= 2
    video = level(effects.fit(told), "format", "video")
    assert video.found
    assert video.lift == pytest.approx(np.sqrt(2) - 1, abs=0.1)  # 2 beside the middle of 1 and 2
    assert video.low < np.sqrt(2) - 1 < video.high
    assert video.posts == 60


def test_a_format_is_not_praised_for_the_hour_at_which_it_is_posted():
    rng = np.random.default_rng(5)
    evening = rng.random(600) < 0.5
    video = rng.random(600) < np.where(evening, 0.85, 0.15)
    told = posts(600, format=np.where(video, "video", "photo"), hour=np.where(evening, "18", "9"))
    told.loc[evening, "value"] *= 2
    found = level(effects.fit(told), "format", "video")
    assert found.raw > 0.15
    assert found.low < 0 < found.high
    assert level(effects.fit(told), "hour", "18").found


def test_what_grew_over_the_months_is_not_put_down_to_the_format_of_the_later_ones():
    n = 300
    late = np.arange(n) / n
    rng = np.random.default_rng(8)
    told = posts(n, format=np.where(rng.random(n) < late, "video", "photo"))
    told["value"] = np.floor(told["value"] * np.exp(1.5 * late))
    found = level(effects.fit(told), "format", "video")
    assert found.raw > 0.15
    assert abs(found.lift) < 0.1


def test_one_viral_post_is_named_and_moves_little():
    told = posts(format=halves())
    calm = level(effects.fit(told), "format", "video").lift
    told.loc[1, "value"] = 1_000_000.0
    found = effects.fit(told)
    assert found.outliers[0].post == 1
    assert found.outliers[0].expected < 400
    assert abs(level(found, "format", "video").lift - calm) < 0.03


def test_the_order_of_rows_and_the_names_of_levels_do_not_matter():
    truth = simulate(USUAL, np.random.default_rng(2)).posts
    shuffled = truth.sample(frac=1, random_state=1)
    assert effects.fit(shuffled) == effects.fit(truth)
    renamed = truth.assign(format=truth["format"].map({str(k): f"f{9 - k}" for k in range(6)}))
    before, after = effects.fit(truth), effects.fit(renamed)
    for number in range(6):
        one, two = level(before, "format", str(number)), level(after, "format", f"f{9 - number}")
        assert two.lift == pytest.approx(one.lift, abs=1e-6)
        assert two.more == one.more


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_figure_ten_times_as_large_has_the_same_differences(seed):
    truth = simulate(replace(USUAL, posts=300), np.random.default_rng(seed)).posts
    truth["value"] = (truth["value"] + 1) * 1_000
    one, ten = effects.fit(truth), effects.fit(truth.assign(value=truth["value"] * 10))
    pairs = zip(one.dimensions, ten.dimensions, strict=True)
    for mine, other in ((a, b) for each, more in pairs for a, b in zip(each.levels, more.levels, strict=True)):
        assert (mine.slug, mine.found) == (other.slug, other.found)
        assert other.lift == pytest.approx(mine.lift, abs=2e-3)


def test_figures_that_were_not_exported_are_left_out():
    told = posts(format=halves())
    told.loc[told.index % 3 == 0, "value"] = np.nan
    found = effects.fit(told)
    assert (found.posts, found.without_figure) == (80, 40)
    assert found == replace(effects.fit(told[told["value"].notna()]), without_figure=40)


@pytest.mark.parametrize(
    ("told", "reason"),
    [
        (posts(0), "no_posts"),
        (posts(40).assign(value=np.nan), "no_figures"),
        (posts(29), "too_few_posts"),
        (posts(60).assign(value=0.0), "mostly_none"),
    ],
)
def test_too_little_says_so_and_guesses_nothing(told, reason):
    found = effects.fit(told)
    assert found.reason == reason
    assert found.dimensions == ()


def test_dimensions_that_cannot_be_compared_say_why():
    told = posts(format="photo", media=[None] * 120, platform=halves(120, "x", "instagram"))
    told["channel"] = told["platform"].map({"x": "1", "instagram": "2"})
    why = {each.name: each.reason for each in effects.fit(told).dimensions}
    assert why == {"platform": "", "channel": "same_as_parent", "format": "one_level", "media": "not_told"}


def test_what_is_not_told_is_no_level():
    told = posts(campaign=["spring" if place < 50 else None for place in range(120)], format=halves())
    found = next(each for each in effects.fit(told).dimensions if each.name == "campaign")
    assert [each.slug for each in found.levels] == ["spring"]
    assert found.not_told == 70
    assert found.reason == ""  # tagged posts are compared with all


def test_a_trait_that_only_one_platform_tells_does_not_stand_for_the_platform():
    platform = halves(200, "x", "linkedin")
    told = posts(200, platform=platform, channel=platform)
    told["paid"] = [None if name == "x" else "no" for name in platform]
    told["hashtags"] = [
        None if name == "x" else ("few", "none")[place % 4 // 2] for place, name in enumerate(platform)
    ]
    told.loc[told["platform"] == "linkedin", "value"] *= 8
    found = effects.fit(told)
    reasons = {each.name: each.reason for each in found.dimensions}
    assert (reasons["paid"], reasons["hashtags"]) == ("one_level", "")
    assert level(found, "platform", "linkedin").lift == pytest.approx(np.sqrt(8) - 1, abs=0.3)
    assert not any(level(found, "hashtags", slug).found for slug in ("few", "none"))


def test_levels_with_fewer_than_five_posts_are_shown_and_not_judged():
    told = posts(format=["live"] * 4 + halves(116))
    told.loc[:3, "value"] = 1e6
    live = level(effects.fit(told), "format", "live")
    assert not live.judged
    assert not live.found
    assert live.posts == 4


def test_levels_that_always_go_together_are_named():
    told = posts(format=halves(), weekday=halves(120, "0", "1"), length=["short", "short", "long"] * 40)
    assert level(effects.fit(told), "format", "photo").alike == (("weekday", "0", 1.0),)
    assert level(effects.fit(told), "length", "long").alike == ()


def test_the_best_three_and_what_they_share():
    told = posts(format=["poll" if place in (7, 70, 100) else "photo" for place in range(120)], link=halves())
    told.loc[told["format"] == "poll", "value"] = 50_000.0
    found = effects.fit(told)
    assert {each.post for each in found.best} == {7, 70, 100}
    assert ("format", "poll", 0.025) in found.best_share
    assert len(found.worst) == 3


def test_within_a_platform_an_account_adds_up_with_it():
    n = 400
    account = np.array(["1", "2", "3"])[np.arange(n) % 3]
    told = posts(n, channel=account, platform=np.where(account == "3", "x", "instagram"))
    told["value"] = np.floor(told["value"] * np.where(account == "1", 3, np.where(account == "2", 1, 6)))
    found = effects.fit(told)
    usual = np.exp((np.log(3) + np.log(6)) / 3)
    assert level(found, "channel", "1").lift == pytest.approx(3 / usual - 1, abs=0.15)
    assert level(found, "platform", "x").lift == pytest.approx(6 / usual - 1, abs=0.25)
    assert level(found, "platform", "instagram").lift == pytest.approx(np.sqrt(3) / usual - 1, abs=0.15)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"value": -1.0}, "column 'value', row 0"),
        ({"post": 4}, "stands there twice"),
    ],
)
def test_what_cannot_be_is_refused_by_name(change, said):
    with pytest.raises(ValueError, match=said):
        effects.fit(posts(**change))


def test_a_column_that_is_missing_is_named():
    with pytest.raises(ValueError, match="'day' is missing"):
        effects.fit(posts().drop(columns="day"))


# Benjamini and Hochberg (1995), table 1: at 5 % the four smallest of fifteen; at 10 % the nine smallest here.
PS = [
    0.0001,
    0.0004,
    0.0019,
    0.0095,
    0.0201,
    0.0278,
    0.0298,
    0.0344,
    0.0459,
    0.324,
    0.4262,
    0.5719,
    0.6528,
    0.759,
    1,
]


def test_false_discoveries_are_held_as_in_the_paper():
    assert threshold(PS) == 0.0459
    assert threshold([0.5, 0.9]) == -1.0
    assert threshold([]) == -1.0


def test_the_posts_asked_for_are_those_of_a_power_calculation_where_nothing_is_shrunk():
    """n = (z_alpha + z_power)² σ² / δ², with σ = 1, δ = log 1.2, alpha 10 % two-sided, power 90 %: 258 posts."""
    asked = Contrast("format", "photo", 50, 0.0, 50**-0.5, 0.0, before=1e6, freedom=1e6)
    assert 50 + asked.more(np.log(1.2), 1.6448536) == pytest.approx(258, abs=1)
    assert replace(asked, posts=400, deviation=400**-0.5).more(np.log(1.2), 1.6448536) == 0


@pytest.mark.parametrize("typical", [1.0, 5.0, 1_000.0])
def test_a_share_of_the_typical_figure_and_a_change_of_its_logarithm_are_each_others_inverse(typical):
    scale = Scale(typical)
    assert scale.lift(scale.change(0.38)) == pytest.approx(0.38)
    assert scale.lift(-50) == -1.0


def test_traits_of_a_post():
    told = pd.DataFrame(
        {
            "channel": ["a", "a", "a", "b"],
            "format": ["carousel", "link", "", "video"],
            "text": ["Caffè #uno #due", "", "See https://x.example #1 &#39; " + "a" * 300, ""],
            "local": pd.to_datetime(
                ["2026-05-04 19:59", "2026-05-10 00:00", "2026-05-05 23:00", "2026-05-06 00:00"]
            ),
            "is_exact": [True, True, True, False],
        }
    )
    found = effects.traits(told).astype(object)
    found = found.where(found.notna(), None)
    assert found["media"].tolist() == ["picture", "none", None, "video"]
    assert found["length"].tolist() == ["short", "empty", "long", None]
    assert found["link"].tolist() == ["no", "yes", "yes", None]
    assert found["hashtags"].tolist() == ["few", "none", "none", None]
    assert found["weekday"].tolist() == ["0", "6", "1", "2"]
    assert found["hour"].tolist() == ["18", "0", "21", None]


def test_packed_posts_give_the_same_answer():
    truth = simulate(USUAL, np.random.default_rng(4)).posts
    truth.loc[::7, "campaign"] = None
    truth.loc[::11, "value"] = np.nan
    assert effects.fit(effects.unpack(effects.pack(truth))) == effects.fit(truth)
    assert effects.unpack(effects.pack(truth.iloc[:0])).empty


def test_intervals_hold_and_false_discoveries_stay_few():
    """A small one of benchmarks/effects_calibration.py, whose table is in docs/effects.md."""
    found = calibrate(USUAL, 25, seed=11)
    assert 0.86 <= found.coverage <= 0.97
    assert found.live_coverage >= 0.80
    assert found.fdr <= 0.12
    assert found.told / found.worlds > 3  # an answer that tells nothing is never false
    few = calibrate(replace(USUAL, posts=60), 25, seed=12)
    assert 0.85 <= few.coverage <= 0.97
    assert few.fdr <= 0.12


def test_more_posts_show_more():
    world = replace(USUAL, posts=400)
    few, many = (share_found(world, n, 0.5, 12, seed=13) for n in (10, 100))
    assert few < 0.6 < 0.9 <= many
