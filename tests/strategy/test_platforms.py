"""What the fits rest on, decisions, and the settings of the score."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.errors import InvalidInput, Stale
from accounts.models import AuditEvent
from accounts.scoping import brands_in_scope
from strategy.models import PlatformChoice
from strategy.platform_fit import DEFAULT_WEIGHTS, Fit, Part, Result
from strategy.selectors import platforms as selectors
from strategy.selectors.platforms import alike
from strategy.services import platforms as services
from tests.analytics.posts import add_channel
from tests.strategy.choosing import REASON, add_audience, add_objective, add_week, decide, tell_team

DAY = timedelta(days=1)


@pytest.fixture
def brand(cast):
    with brands_in_scope(cast.brand.pk):
        yield cast.brand


def part(standing, name):
    return next(found for found in standing.fit.parts if found.name == name)


def by_slug(known=None, **given):
    return {one.entry.slug: one for one in selectors.standings(known or selectors.basis(), **given)}


def test_a_new_brand_leaves_all_parts_out(brand):
    standing = by_slug()["instagram"]
    assert standing.fit.score is None
    assert part(standing, "coverage").code == "no_audience"


def test_personas_count_by_their_weight(brand):
    """LinkedIn in the United States: 32 % of 18 to 29, 40 % of 30 to 49 (Pew, 2023); (3 × .32 + .40) / 4 = .34."""
    add_audience(brand, "Young", age_from=18, age_to=29, countries=["US"], weight=3)
    add_audience(brand, "Older", age_from=30, age_to=49, countries=["US"])
    assert part(by_slug()["linkedin"], "coverage").value == pytest.approx(0.34)


def test_an_archived_persona_counts_no_more(brand):
    add_audience(brand, "Young", age_from=18, age_to=29, countries=["US"])
    add_audience(brand, "Gone", age_from=30, age_to=49, countries=["US"], archived_at=timezone.now())
    known = selectors.basis()
    assert [audience.name for audience in known.audiences] == ["Young"]
    assert part(by_slug(known)["linkedin"], "coverage").value == pytest.approx(0.32)


def test_one_audience_can_be_asked_for(brand):
    add_audience(brand, "Young", age_from=18, age_to=29, countries=["US"])
    older = add_audience(brand, "Older", age_from=30, age_to=49, countries=["US"])
    assert part(by_slug(audience=older)["linkedin"], "coverage").value == pytest.approx(0.40)


def test_objectives_that_run_weigh_by_stage(brand):
    today = timezone.now().date()
    add_objective(brand, "clicks", weight=2)
    add_objective(brand, "reach_per_post", weight=1)
    add_objective(brand, "followers", weight=5, archived_at=timezone.now())
    add_objective(brand, "er_reach", weight=5, start=today - 9 * DAY, deadline=today - DAY)
    assert selectors.stages() == {"traffic": 2.0, "awareness": 1.0}


def test_only_formats_that_are_ticked_count_as_made(brand):
    settings = tell_team(brand, hours=6, photo=1)
    settings.formats["video"] = {"can": False, "hours": 5.0}
    settings.save()
    team = selectors.basis().team
    assert (team.hours, team.formats) == (6.0, {"photo": 1.0})


def test_own_results_are_the_sums_of_the_last_year(brand):
    instagram, facebook = (add_channel(brand, platform=slug) for slug in ("instagram", "facebook"))
    second = add_channel(brand, platform="instagram", handle="other")
    today = timezone.now().date()
    add_week(instagram, "er_reach", 30, 600, 10)
    add_week(second, "er_reach", 10, 400, 5)
    add_week(instagram, "er_reach", 999, 1_000, 99, week=today - timedelta(weeks=60))
    add_week(facebook, "er_reach", 20, 1_000, 8)
    assert selectors.results() == {"instagram": Result(0.04, 15, "reach"), "facebook": Result(0.02, 8, "reach")}


def test_the_denominator_that_most_platforms_share_is_used():
    sums = [
        ("instagram", "er_reach", 5.0, 100.0, 4),
        ("instagram", "er_impressions", 5.0, 200.0, 4),
        ("x", "er_impressions", 1.0, 100.0, 7),
        ("tiktok", "er_views", 9.0, 90.0, 3),
        ("youtube", "er_views", 1.0, 0.0, 3),
    ]
    assert alike(sums) == {
        "instagram": Result(0.025, 4, "impressions"),
        "x": Result(0.01, 7, "impressions"),
        "tiktok": Result(0.1, 3, "views"),
    }


def test_a_decision_keeps_the_score_as_it_stood(cast, brand):
    add_audience(brand, "Young", age_from=18, age_to=29, countries=["US"])
    choice = decide(brand, cast.bea, "youtube", "chosen")
    stood = by_slug()["youtube"].fit.score
    tell_team(brand, photo=1)
    choice.refresh_from_db()
    assert choice.score == pytest.approx(stood)
    assert choice.breakdown["parts"][0]["name"] == "coverage"
    assert (choice.decided_by, choice.overruled) == (cast.bea, False)
    event = AuditEvent.objects.get(action="platform.decided")
    assert (event.actor, event.after["reason"]) == (cast.bea, REASON)


@pytest.mark.parametrize(
    ("decision", "score", "overruled"),
    [
        ("rejected", 75.0, True),
        ("chosen", 20.0, True),
        ("chosen", 75.0, False),
        ("rejected", 20.0, False),
        ("later", 75.0, False),
        ("rejected", 50.0, False),
        ("chosen", None, False),
    ],
)
def test_what_overrules_a_score(decision, score, overruled):
    value = None if score is None else score / 100
    assert services.overrules(decision, fit_of(value)) is overruled


def test_a_score_of_which_too_little_is_known_is_not_overruled():
    assert services.overrules("rejected", fit_of(1.0, known=0.49)) is False
    assert services.overrules("rejected", fit_of(1.0, known=0.5)) is True


def fit_of(value, known=1.0):
    parts = (
        Part("coverage", value, known, "known", "share_of_people", {}),
        Part("results", None, 1 - known, "unknown", "nothing_imported", {}),
    )
    return Fit("x", None if value is None else 100 * value, parts)


def test_platforms_of_which_little_is_known_stand_last(brand):
    """Without audience and objectives only formats and effort are known: 35 of 100."""
    tell_team(brand, photo=1, text=1)
    add_objective(brand, "clicks")
    thin = [one.fit.is_thin for one in selectors.standings(selectors.basis())]
    assert thin == sorted(thin)
    assert set(thin) == {False, True}


def test_overruling_is_allowed_and_recorded(cast, brand):
    add_audience(brand, "Young", age_from=18, age_to=29, countries=["US"])
    add_objective(brand, "reach_per_post")
    choice = decide(brand, cast.bea, "youtube", "rejected", reason="Nobody films.")
    assert choice.score > 80
    assert choice.overruled is True


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("platform", "myspace", "no_such_platform"),
        ("reason", "", "not_valid"),
        ("decision", "perhaps", "not_valid"),
        ("review_on", timezone.now().date() - 9 * DAY, "review_in_the_past"),
    ],
)
def test_a_decision_without_its_particulars_is_refused(cast, brand, field, value, code):
    values = {"platform": "x", "decision": "chosen", "reason": REASON, "review_on": timezone.now().date() + DAY}
    with pytest.raises(InvalidInput) as raised:
        services.decide(brand, by=cast.bea, values=values | {field: value})
    assert (raised.value.code, raised.value.facts["field"]) == (code, field)
    assert not PlatformChoice.objects.exists()


def test_a_platform_is_decided_once_and_then_anew(cast, brand):
    choice = decide(brand, cast.bea, "x", "later")
    with pytest.raises(InvalidInput, match="one like this"):
        decide(brand, cast.bea, "x", "chosen")
    values = {"decision": "chosen", "reason": "Now.", "review_on": choice.review_on}
    services.decide_again(choice, by=cast.ada, version=1, values=values)
    choice.refresh_from_db()
    assert (choice.decision, choice.version, choice.decided_by) == ("chosen", 2, cast.ada)
    with pytest.raises(Stale):
        services.decide_again(choice, by=cast.bea, version=1, values=values)


def test_a_review_that_has_come_due_does_not_stand_in_the_way(cast, brand):
    choice = decide(brand, cast.bea, "x", "later")
    PlatformChoice.objects.update(review_on=timezone.now().date() - DAY)
    choice.refresh_from_db()
    values = {"decision": "later", "reason": "Still.", "review_on": choice.review_on}
    assert services.decide_again(choice, by=cast.bea, version=1, values=values).reason == "Still."


def test_a_decision_can_be_taken_back(cast, brand):
    services.withdraw(decide(brand, cast.bea, "x", "later"), by=cast.bea)
    assert not PlatformChoice.objects.exists()
    assert AuditEvent.objects.get(action="platform.withdrawn").before["decision"] == "later"


def test_weights_are_saved_and_score(brand):
    known = selectors.basis()
    assert known.weights == DEFAULT_WEIGHTS
    weights = {"coverage": 0, "results": 0, "objectives": 100, "formats": 0, "effort": 0}
    services.save_settings(brand, by=None, version=0, weights=weights, hours_per_week=None, formats={})
    add_audience(brand, "Young", age_from=18, age_to=29, countries=["US"])
    add_objective(brand, "clicks")
    # traffic asks for a link in the post and one in the profile; Instagram has the second alone
    assert by_slug()["instagram"].fit.score == pytest.approx(50)


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"weights": dict.fromkeys(DEFAULT_WEIGHTS, 0)}, "weight_coverage"),
        ({"weights": dict.fromkeys(DEFAULT_WEIGHTS, 10) | {"effort": 101}}, "weight_effort"),
        ({"weights": dict.fromkeys(DEFAULT_WEIGHTS, 10) | {"effort": -1}}, "weight_effort"),
        ({"formats": {"photo": {"can": True, "hours": None}}}, "hours_photo"),
        ({"formats": {"photo": {"can": True, "hours": 0}}}, "hours_photo"),
        ({"hours_per_week": -1}, "hours_per_week"),
    ],
)
def test_impossible_settings_are_refused_at_their_field(brand, changed, field):
    values = {"weights": dict.fromkeys(DEFAULT_WEIGHTS, 20), "hours_per_week": 5, "formats": {}} | changed
    with pytest.raises(InvalidInput) as raised:
        services.save_settings(brand, by=None, version=0, **values)
    assert raised.value.facts["field"] == field


def test_settings_saved_meanwhile_are_not_overwritten(brand):
    tell_team(brand, hours=5)
    with pytest.raises(Stale):
        tell_team(brand, hours=50)
    assert selectors.basis().team.hours == 5
