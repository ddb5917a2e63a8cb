"""Campaigns: built from the strategy, checked, made ready, run, closed, reviewed and copied."""

from datetime import date
from decimal import Decimal

import pytest

from accounts.errors import InvalidInput, Stale
from accounts.models import AuditEvent
from accounts.scoping import brands_in_scope
from strategy.brief_content import content_of
from strategy.campaign_readiness import expected, gaps
from strategy.models import Campaign, CampaignVersion, Lesson, UtmConvention
from strategy.selectors import campaigns as selectors
from strategy.services import campaigns as services
from tests.strategy.campaigning import END, START, add_campaign, add_objective, values, whole
from tests.strategy.choosing import add_audience

TODAY = date(2046, 8, 1)


@pytest.fixture
def brand(cast):
    with brands_in_scope(cast.brand.pk):
        yield cast.brand


@pytest.fixture
def ready(cast, brand):
    """A campaign whose brief lacks nothing."""
    return services.add(brand, by=cast.bea, values=whole(brand, cast.bea, cast.ada))


def lacking(campaign: Campaign) -> list:
    return services.missing(campaign, content_of(campaign), today=TODAY)


def refused(code: str, field: str | None, work) -> InvalidInput:
    with pytest.raises(InvalidInput) as raised:
        work()
    assert (raised.value.code, raised.value.facts.get("field")) == (code, field)
    return raised.value


# --- the brief -------------------------------------------------------------------------------------------------


def test_a_campaign_is_a_draft_and_gets_its_utm_name(cast, brand):
    campaign = add_campaign(brand, by=cast.bea, name="Autunno più caldo")
    assert (campaign.status, campaign.utm_campaign) == ("draft", "204609_caffe-alba_autunno-piu-caldo")
    assert AuditEvent.objects.get(action="campaign.added").actor == cast.bea


def test_two_campaigns_never_share_a_utm_name(brand):
    first, second = add_campaign(brand, name="Autumn!"), add_campaign(brand, name="Autumn?")
    assert second.utm_campaign == f"{first.utm_campaign}-2"
    error = refused(
        "utm_taken", "utm_campaign", lambda: add_campaign(brand, name="C", utm_campaign=first.utm_campaign)
    )
    assert "Autumn!" in str(error)


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"end": date(2046, 8, 31)}, "campaign_ends_before", "end"),
        ({"utm_campaign": "Con Spazi"}, "utm_characters", "utm_campaign"),
        ({"utm_medium": "banner"}, "utm_unknown_medium", "utm_medium"),
        ({"utm_medium": ""}, "utm_missing", "utm_medium"),
        ({"utm_term": "ada@alba.example"}, "utm_personal", "utm_term"),
        ({"milestones": [(date(2046, 10, 1), "Late")]}, "milestone_outside", "milestones"),
    ],
)
def test_what_cannot_be_is_refused_and_names_its_field(brand, changed, code, field):
    refused(code, field, lambda: add_campaign(brand, **changed))
    assert not Campaign.objects.exists()


def test_a_name_is_used_once_whatever_its_capitals(brand):
    add_campaign(brand)
    refused("campaign_name_taken", "name", lambda: add_campaign(brand, name="AUTUMN"))


@pytest.mark.parametrize("field", ["owner", "approver", "team"])
def test_a_stranger_takes_no_part(cast, brand, field):
    stranger = [cast.dario] if field == "team" else cast.dario
    refused("person_not_of_brand", field, lambda: add_campaign(brand, **{field: stranger}))


def test_an_objective_of_another_brand_is_out_of_reach(cast, brand):
    with brands_in_scope(cast.other_brand.pk):
        theirs = add_audience(cast.other_brand, "Other")
    refused("of_another_brand", "audiences", lambda: add_campaign(brand, audiences=[theirs]))


def test_no_less_is_planned_than_is_spent(cast, brand):
    campaign = add_campaign(brand, budgets={"instagram": Decimal(500)})
    told = values(budgets={"instagram": Decimal(100)})

    def change():
        services.change(campaign, by=cast.bea, version=1, values=told, spent={"instagram": Decimal("120.50")})

    error = refused("budget_below_spent", "budgets", change)
    assert "120.50" in str(error)
    services.change(campaign, by=cast.bea, version=1, values=told, spent={"instagram": Decimal(100)})
    assert [row.amount for row in campaign.budgets.all()] == [100]


def test_a_change_puts_the_parts_in_place_of_what_was_there(cast, brand):
    first, second = add_objective(brand), add_objective(brand, statement="Sell more")
    campaign = add_campaign(
        brand, criteria=[(first, 50)], milestones=[(START, "Begin")], budgets={"x": 10}, team=[cast.bea]
    )
    told = values(criteria=[(second, 30)], milestones=[(END, "End")], budgets={"instagram": 20}, team=[cast.carlo])
    services.change(campaign, by=cast.bea, version=1, values=told)
    content = content_of(Campaign.objects.get())
    assert [(each["statement"], each["share"]) for each in content["criteria"]] == [("Sell more", 30)]
    assert content["milestones"] == [{"day": "2046-09-30", "name": "End"}]
    assert [each["platform"] for each in content["budgets"]] == ["instagram"]
    assert [each["name"] for each in content["team"]] == [str(cast.carlo)]
    event = AuditEvent.objects.get(action="campaign.parts_changed")
    assert (event.before["milestones"], event.after["milestones"]) == (["2046-09-01: Begin"], ["2046-09-30: End"])


def test_a_change_meanwhile_is_not_overwritten(cast, brand):
    campaign = add_campaign(brand)
    services.change(campaign, by=cast.bea, version=1, values=values(tone="warm"))
    with pytest.raises(Stale):
        services.change(campaign, by=cast.ada, version=1, values=values(tone="cold"))
    assert Campaign.objects.get().tone == "warm"


# --- readiness and status --------------------------------------------------------------------------------------


def test_an_empty_brief_lacks_what_people_would_have_to_ask_for(brand):
    found = lacking(add_campaign(brand))
    assert {gap.code for gap in found if gap.blocks} == {
        *("objective_missing", "audience_missing", "channel_missing", "message_missing", "action_missing"),
        *("owner_missing", "approver_missing"),
    }


def test_a_whole_brief_lacks_nothing(ready):
    assert lacking(ready) == []


@pytest.mark.parametrize(
    ("changed", "code", "blocks"),
    [
        ({"end": "2046-07-31"}, "over", True),
        ({"utm": {"campaign": ""}}, "utm_missing", True),
        ({"approver": {"id": 1}, "owner": {"id": 1}}, "approves_himself", False),
        ({"budgets": []}, "budget_missing", False),
    ],
)
def test_each_thing_that_is_missing_is_named(ready, changed, code, blocks):
    found = gaps(content_of(ready) | changed, today=TODAY, open_lessons=0)
    assert [(gap.code, gap.blocks) for gap in found] == [(code, blocks)]


def test_an_objective_that_is_due_before_the_start_cannot_be_served(cast, brand, ready):
    objective = ready.criteria.get().objective
    objective.deadline = date(2046, 8, 15)
    objective.save()
    assert [gap.code for gap in lacking(ready)] == ["after_deadline"]


def test_a_share_is_told_in_the_unit_of_the_kpi():
    assert expected(100.0, 300.0, 25) == 50.0
    assert expected(None, 40.0, 50) == 20.0
    assert expected(100.0, 40.0, 50) == -30.0  # lower is better
    assert expected(1.0, None, 50) is None


def test_a_draft_becomes_ready_only_when_nothing_that_is_needed_is_missing(cast, brand, ready):
    bare = add_campaign(brand, name="Bare")
    refused("not_ready", None, lambda: services.make_ready(bare, by=cast.bea, today=TODAY))
    assert services.make_ready(ready, by=cast.bea, today=TODAY).status == "ready"


def test_a_campaign_goes_its_way_step_by_step(cast, ready):
    services.make_ready(ready, by=cast.bea, today=TODAY)
    refused("wrong_step", None, lambda: services.move(ready, "running", by=cast.bea))
    services.mark_handed_over(ready, by=cast.bea)
    for status in ("running", "closed"):
        assert services.move(ready, status, by=cast.bea).status == status
    refused("lesson_wanted", "reason", lambda: services.review(ready, by=cast.bea))
    assert services.review(ready, by=cast.bea, reason="Too short to tell").status == "reviewed"
    noted = AuditEvent.objects.filter(action="campaign.status").latest("pk")
    assert noted.after == {"status": "reviewed", "note": "Too short to tell"}


def test_a_second_hand_over_does_not_set_a_running_campaign_back(cast, ready):
    services.mark_handed_over(ready, by=cast.bea)
    services.move(ready, "running", by=cast.bea)
    assert services.mark_handed_over(ready, by=cast.bea).status == "running"


def test_the_brief_of_a_closed_campaign_stays(cast, ready):
    services.mark_handed_over(ready, by=cast.bea)
    closed = services.move(ready, "closed", by=cast.bea)
    refused(
        "closed_brief",
        None,
        lambda: services.change(closed, by=cast.bea, version=closed.version, values=values()),
    )


def test_what_was_handed_over_is_archived_and_not_deleted(cast, brand):
    campaign, other = add_campaign(brand), add_campaign(brand, name="Other")
    when = AuditEvent.objects.latest("pk").created_at
    CampaignVersion.objects.create(brand=brand, campaign=campaign, number=1, content={}, handed_over_at=when)
    refused("handed_over_stays", None, lambda: services.remove(campaign, by=cast.bea))
    assert services.set_archived(campaign, archived=True, by=cast.bea).archived_at
    services.remove(other, by=cast.bea)
    assert list(Campaign.objects.all()) == [campaign]


# --- copies, lessons, links ------------------------------------------------------------------------------------


def test_a_copy_moves_every_day_along_and_leaves_results_behind(cast, ready):
    copy = services.duplicate(ready, name="Winter", start=date(2046, 12, 1), by=cast.bea)
    assert (copy.status, copy.start, copy.end) == ("draft", date(2046, 12, 1), date(2046, 12, 30))
    assert [each.day for each in copy.milestones.all()] == [date(2046, 12, 15)]
    assert (copy.utm_campaign, copy.copied_from) == ("204612_caffe-alba_winter", ready)
    assert content_of(copy)["criteria"] == content_of(ready)["criteria"]


def test_lessons_that_concern_a_campaign_are_asked_for_until_they_are_decided(cast, brand, ready):
    lesson = services.add_lesson(
        brand, by=cast.bea, values={"finding": "Reels at noon fail", "verdict": "stop", "evidence": "12 posts"}
    )
    assert selectors.lessons_for(ready) == []
    lesson.platforms = ["instagram"]
    lesson.save()
    assert [gap.code for gap in lacking(ready)] == ["lessons_open"]
    refused(
        "word_wanted", "word", lambda: services.decide_lesson(ready, lesson, taken=True, word=" ", by=cast.bea)
    )
    services.decide_lesson(ready, lesson, taken=True, word="No Reels before five", by=cast.bea)
    assert lacking(ready) == []
    assert content_of(ready)["lessons"][0]["finding"] == "Reels at noon fail"
    services.decide_lesson(ready, lesson, taken=False, word="Other people this time", by=cast.bea)
    assert content_of(ready)["lessons"] == []


def test_a_campaign_does_not_learn_from_itself(brand, ready):
    Lesson.objects.create(
        brand=brand, finding="F", verdict="keep", evidence="E", campaign=ready, platforms=["instagram"]
    )
    assert selectors.lessons_for(ready) == []


def test_the_convention_of_a_brand_names_its_links(cast, brand):
    told = {"campaign_pattern": "{brand}-{slug}", "content_pattern": "{id}", "longest": 40}
    told |= {"mediums": ["organic", "paid"], "sources": {"instagram": "ig"}}
    row = services.set_convention(brand, by=cast.bea, version=1, values=told)
    assert add_campaign(brand, utm_medium="organic").utm_campaign == "caffe-alba-autumn"
    assert selectors.convention().source_of("instagram") == "ig"
    with pytest.raises(Stale):
        services.set_convention(brand, by=cast.bea, version=row.version + 1, values=told)


@pytest.mark.parametrize(
    ("changed", "code", "field"),
    [
        ({"campaign_pattern": "{year}"}, "utm_pattern", "campaign_pattern"),
        ({"content_pattern": "{id} x"}, "utm_pattern", "content_pattern"),
        ({"mediums": ["Social"]}, "utm_characters", "mediums"),
        ({"sources": {"instagram": "facebook"}}, "utm_source_twice", "sources"),
    ],
)
def test_a_convention_that_would_spoil_links_is_refused(cast, brand, changed, code, field):
    told = {"campaign_pattern": "{slug}", "content_pattern": "{id}", "longest": 40, "mediums": ["social"]}
    told |= {"sources": {}} | changed
    refused(code, field, lambda: services.set_convention(brand, by=cast.bea, version=1, values=told))
    assert not UtmConvention.objects.exists()
