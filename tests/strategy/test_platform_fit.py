"""Platform fit on cases worked by hand."""

import pytest

from strategy.catalogue import catalogue
from strategy.platform_coverage import Persona, Share
from strategy.platform_fit import (
    DEFAULT_WEIGHTS,
    Part,
    Platform,
    Result,
    Team,
    fit,
    fits,
    suggestion,
    together,
    what_would_change,
)

TOK = Platform(
    "tiktok",
    shares=(
        Share(0.37, "US", year=2025, source="pew"),
        Share(0.60, "US", 18, 29, year=2025, source="pew"),
        Share(0.40, "US", 30, 49, year=2025, source="pew"),
        Share(0.45, "US", gender="women", year=2025, source="pew"),
        Share(0.30, "US", gender="men", year=2025, source="pew"),
    ),
    capabilities=frozenset({"recommends_to_strangers", "search", "reshare", "comments"}),
    formats=("short_video", "carousel"),
    minimum=3,
)
LINKED = Platform("linkedin", capabilities=frozenset({"link_in_post", "comments"}), formats=("text",), minimum=2)
YOUNG = Persona("Young", 25, 34, "", ("US",))


def value(found, name):
    return next(part for part in found.parts if part.name == name)


def told(platform=TOK, persona=YOUNG, **given):
    settings = {"results": {}, "stages": {}, "team": Team()} | given
    return fit(platform, persona, **settings)


def overall(fits):
    """The slow twin of `together`: the mean of (weight, fit), part by part."""
    first = fits[0][1]
    parts = []
    for place, part in enumerate(first.parts):
        known = [(weight, found.parts[place]) for weight, found in fits if found.parts[place].value is not None]
        total = sum(weight for weight, _part in known)
        mean = sum(weight * one.value for weight, one in known) / total if total else None
        sure = "unknown" if mean is None else "known" if all(one.sure == "known" for _w, one in known) else "near"
        source = known[0][1] if known else part
        parts.append(Part(part.name, mean, part.weight, sure, source.code, source.facts))
    return first.with_parts(tuple(parts))


def test_coverage_weighs_age_bands_by_the_personas_years():
    """25 to 29 are 5 years at .60, 30 to 34 are 5 at .40: .50."""
    part = value(told(), "coverage")
    assert part.value == pytest.approx(0.50)
    assert part.sure == "known"
    assert part.facts["sources"] == ["pew"]


def test_coverage_of_a_gender_is_corrected_by_its_share_beside_the_mean():
    """Women .45 beside a mean of .375: 1.2 times .50."""
    part = value(told(persona=Persona("W", 25, 34, "women", ("US",))), "coverage")
    assert part.value == pytest.approx(0.60)


def test_figures_of_another_country_are_used_and_told():
    part = value(told(persona=Persona("IT", 25, 34, "", ("IT",))), "coverage")
    assert part.sure == "near"
    assert part.facts["country"] == "US"


def test_each_year_of_age_takes_the_narrowest_band_that_holds_it():
    """20 to 29 take the band of 10 years at .80, 30 to 34 the wide one at .40: (10 × .80 + 5 × .40) / 15."""
    shares = (Share(0.40, "IT", 16, 64, year=2025), Share(0.80, "IT", 20, 29, year=2024))
    part = value(told(Platform("a", shares), Persona("P", 20, 34, "", ("IT",))), "coverage")
    assert part.value == pytest.approx(2 / 3)
    assert [share["years"] for share in part.facts["shares"]] == [10, 5]


def test_of_two_figures_on_the_same_people_the_newer_counts():
    shares = (Share(0.8, "US", 18, 29, year=2025), Share(0.7, "US", 18, 29, year=2023))
    assert value(
        told(Platform("a", shares), Persona("P", 18, 29, "", ("US",))), "coverage"
    ).value == pytest.approx(0.8)


def test_a_band_that_holds_only_some_of_the_ages_is_near():
    shares = (Share(0.15, "US", 18, 29, year=2025), Share(0.08, "US", year=2025))
    part = value(told(Platform("threads", shares), YOUNG), "coverage")
    assert part.value == pytest.approx(0.15)
    assert (part.sure, part.facts["complete"]) == ("near", False)


def test_a_country_without_a_figure_on_these_ages_gives_way_to_another():
    shares = (Share(0.78, "IT", 14, 29, year=2025), Share(0.35, "US", 50, 64, year=2023))
    part = value(told(Platform("a", shares), Persona("P", 55, 60, "", ("IT",))), "coverage")
    assert part.value == pytest.approx(0.35)
    assert (part.facts["country"], part.facts["at_home"]) == ("US", False)


def test_a_figure_on_internet_users_or_without_the_gender_asked_for_is_near():
    online = Platform("a", (Share(0.5, "IT", 18, 74, year=2024, online=True),))
    assert value(told(online, Persona("P", 20, 30, "", ("IT",))), "coverage").sure == "near"
    plain = Platform("a", (Share(0.5, "IT", 18, 74, year=2024),))
    assert value(told(plain, Persona("P", 20, 30, "", ("IT",))), "coverage").sure == "known"
    part = value(told(plain, Persona("P", 20, 30, "women", ("IT",))), "coverage")
    assert (part.sure, part.facts["gender_not_told"]) == ("near", True)


def test_many_personas_at_once_are_the_same_as_one_by_one():
    personas = [Persona(f"P{age}", age, age + 9, "women" if age % 2 else "", ("US",)) for age in range(13, 80, 3)]
    settings = {"results": {}, "stages": {"care": 1}, "team": Team(3, {"short_video": 2.0})}
    each = fits(TOK, personas, **settings)
    assert each == [fit(TOK, persona, **settings) for persona in personas]


def test_the_fit_over_many_personas_is_the_mean_of_the_single_ones():
    personas = [
        Persona(f"P{age}", age, age + 9, "women" if age % 2 else "", ("US",), 1 + age % 4)
        for age in range(13, 80, 3)
    ]
    for platform in (TOK, LINKED):
        settings = {"results": {}, "stages": {"care": 1}, "team": Team(3, {"short_video": 2.0})}
        each = [(persona.weight, fit(platform, persona, **settings)) for persona in personas]
        expected, found = overall(each), together(platform, personas, **settings)
        assert found.score == pytest.approx(expected.score)
        assert [part.value for part in found.parts] == pytest.approx([part.value for part in expected.parts])
        assert [part.sure for part in found.parts] == [part.sure for part in expected.parts]


@pytest.mark.parametrize(
    ("score", "words"), [(None, "thin"), (39.9, "against"), (40, "open"), (59.9, "open"), (60, "for")]
)
def test_what_a_score_says_of_itself(score, words):
    assert suggestion(score) == words
    assert suggestion(score, thin=True) == "thin"


def test_a_score_of_less_than_half_of_the_weights_is_thin():
    """Coverage alone weighs 30 of 100; with objectives it is 50."""
    assert (told().known, told().is_thin) == (pytest.approx(0.3), True)
    both = told(stages={"awareness": 1})
    assert (both.known, both.is_thin) == (pytest.approx(0.5), False)


def test_without_an_age_the_whole_population_counts():
    assert value(told(persona=Persona("All", countries=("US",))), "coverage").value == pytest.approx(0.37)


def test_without_a_figure_coverage_is_left_out_and_not_zero():
    found = told(platform=LINKED, stages={"engagement": 1})
    assert "coverage" in found.left_out
    # engagement asks for comments, reshare, polls: LinkedIn here has one of three
    assert found.score == pytest.approx(100 / 3)


def test_own_results_stand_beside_the_best_of_the_same_denominator():
    results = {
        "tiktok": Result(0.02, 40, "reach"),
        "instagram": Result(0.05, 90, "reach"),
        "x": Result(0.2, 50, "impressions"),
    }
    part = value(told(results=results), "results")
    assert part.value == pytest.approx(0.4)
    assert part.facts["best"] == "instagram"


def test_a_lone_result_tells_nothing():
    assert value(told(results={"tiktok": Result(0.02, 40, "reach")}), "results").value is None


def test_formats_and_effort_follow_the_team():
    team = Team(4.5, {"short_video": 3.0, "photo": 1.0})
    found = told(team=team)
    assert value(found, "formats").value == pytest.approx(0.5)
    # three pieces of three hours make nine; the team has half of them
    assert value(found, "effort").value == pytest.approx(0.5)


def test_effort_takes_the_format_that_costs_the_fewest_hours_at_its_own_rhythm():
    """Two shorts of 3 hours are 6; a film of 8 hours every four weeks is 2 a week: the film."""
    tube = Platform("youtube", formats=("video", "short_video"), rhythm=(("short_video", 2), ("video", 0.25)))
    part = value(told(tube, team=Team(1, {"short_video": 3, "video": 8})), "effort")
    assert (part.facts["format"], part.facts["needed"]) == ("video", 2.0)
    assert part.value == pytest.approx(0.5)


def test_effort_is_left_out_where_no_rhythm_of_a_format_made_is_known():
    tube = Platform("youtube", formats=("video", "short_video"), rhythm=(("short_video", 2),))
    assert value(told(tube, team=Team(1, {"video": 8})), "effort").value is None


def test_the_score_is_the_weighted_mean_of_what_is_known():
    team = Team(4.5, {"short_video": 3.0})
    found = told(team=team, stages={"awareness": 2, "engagement": 1})
    stages = (2 * 1 + 1 * 2 / 3) / 3
    w = DEFAULT_WEIGHTS
    expected = (w["coverage"] * 0.5 + w["objectives"] * stages + w["formats"] * 0.5 + w["effort"] * 0.5) / (
        w["coverage"] + w["objectives"] + w["formats"] + w["effort"]
    )
    assert found.score == pytest.approx(100 * expected)
    assert found.left_out == ("results",)


def test_the_worked_example_of_the_documentation():
    """docs/strategy.md, “A worked example”, with the shipped catalogue."""
    team = Team(9, {"photo": 1, "carousel": 2.5, "short_video": 4, "text": 0.5})
    found = told(
        catalogue()["instagram"].for_fit,
        Persona("Home baristas", 25, 44, "women", ("IT",)),
        results={"instagram": Result(0.05, 64, "reach"), "facebook": Result(0.02, 12, "reach")},
        stages={"awareness": 2, "traffic": 1},
        team=team,
    )
    values = [part.value for part in found.parts]
    assert values == pytest.approx([0.75775, 1, 2.5 / 3, 0.75, 1])
    assert found.score == pytest.approx(84.3992, abs=1e-4)
    assert value(found, "coverage").sure == "near"


def test_nothing_known_is_no_score():
    assert told(platform=Platform("other")).score is None


@pytest.mark.parametrize("weights", [{"coverage": -1}, dict.fromkeys(DEFAULT_WEIGHTS, 0)])
def test_impossible_weights_are_refused(weights):
    with pytest.raises(ValueError, match="weights"):
        told(weights=weights)


def test_a_weight_of_zero_switches_a_part_off():
    only = dict.fromkeys(DEFAULT_WEIGHTS, 0) | {"coverage": 1}
    assert told(weights=only).score == pytest.approx(50)


def test_several_personas_are_averaged_by_weight():
    old = Persona("Old", 40, 49, "", ("US",))
    both = overall([(3, told()), (1, told(persona=old))])
    assert value(both, "coverage").value == pytest.approx((3 * 0.5 + 0.4) / 4)


def test_the_smallest_change_of_a_weight_that_turns_two_neighbours():
    team = Team(10, {"short_video": 3.0, "carousel": 1.0, "text": 1.0})
    first = told(team=team, stages={"traffic": 1}, weights={"coverage": 0})
    linked = Platform("linkedin", (Share(0.3, "US", year=2025),), LINKED.capabilities, LINKED.formats, 2)
    second = told(platform=linked, team=team, stages={"traffic": 1}, weights={"coverage": 0})
    swaps = what_would_change([first, second])
    assert len(swaps) == 1
    swap = swaps[0]
    assert {swap.upper, swap.lower} == {"tiktok", "linkedin"}
    again = {"coverage": 0, swap.part: swap.at}
    scores = [told(platform=p, team=team, stages={"traffic": 1}, weights=again).score for p in (TOK, linked)]
    assert scores[0] == pytest.approx(scores[1])
