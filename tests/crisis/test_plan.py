"""A plan is begun, written, approved, told, seen; what cannot be is refused with the remedy."""

import doctest
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.errors import InvalidInput, Stale
from accounts.models import Notification, Receipt
from accounts.scoping import brands_in_scope
from crisis import library, readiness, selectors, severity, words
from crisis.models import Contact, HoldingStatement, PlanVersion, Scenario
from crisis.readiness import Facts, judge
from crisis.services import plans, versions
from tests.crisis.crisis_kit import NOW, begin, in_force

FULL = Facts(
    in_force=True,
    review_overdue_days=-10,
    slots=6,
    slots_filled=6,
    slots_with_deputy=6,
    contacts=12,
    contacts_checked=12,
    night_slots=2,
    night_reachable=2,
    levels_complete=4,
    scenarios=11,
    statements_wanted=8,
    statements_there=8,
    statements_waiting=0,
    has_steps=True,
    has_rules=True,
    pauses=3,
    stakeholders=3,
    data_age_hours=2.0,
    words=12,
    readers=2,
    readers_seen=2,
    drill_age_days=30,
)


@pytest.fixture
def brand(cast):
    with brands_in_scope(cast.brand.pk):
        yield cast.brand


def address(name, *numbers):
    return reverse(name, args=["caffe-alba", *numbers])


def refused(code, work):
    with pytest.raises(InvalidInput) as raised:
        work()
    assert raised.value.code == code


@pytest.mark.parametrize("module", [library, readiness, severity])
def test_the_examples_hold(module):
    assert doctest.testmod(module).attempted > 0 and doctest.testmod(module).failed == 0


def test_both_languages_of_the_library_have_the_same_parts():
    en, it = library.shipped("en"), library.shipped("it-IT")
    assert en.keys() == it.keys() and en != it
    assert [each["key"] for each in en["scenarios"]] == [each["key"] for each in it["scenarios"]]
    for name in ("do", "avoid", "steps", "first_hour", "pauses", "levels"):
        assert len(en[name]) == len(it[name])


def test_a_brand_that_lacks_nothing_scores_a_hundred():
    assert judge(FULL) == readiness.Readiness(100, 100, ())


@pytest.mark.parametrize(
    ("change", "code", "score"),
    [
        ({"in_force": False}, "not_in_force", 20),
        ({"slots_filled": 5}, "roles_empty", 50),
        ({"slots_with_deputy": 5}, "no_deputy", 60),
        ({"review_overdue_days": 90}, "review_due", 70),
        ({"readers_seen": 1}, "not_seen", 80),
        ({"drill_age_days": 270}, "no_drill", 85),
        ({"drill_age_days": None}, "no_drill", 85),
        ({"statements_there": 4}, "statements_missing", 95),
        ({"words": 0}, "few_words", 97),
        ({"data_age_hours": None}, "old_data", 96),
    ],
)
def test_a_gap_costs_its_weight_or_holds_the_score(change, code, score):
    judged = judge(replace(FULL, **change))
    assert (judged.score, [gap.code for gap in judged.gaps]) == (score, [code])


def test_every_gap_is_worded_and_leads_somewhere(brand):
    nothing = Facts(False, None, *[0] * 12, False, False, 0, 0, None, 0, 0, 0, None)
    codes = {gap.code for gap in judge(nothing).gaps}
    assert codes == words.GAPS.keys() and len(codes) == 18
    for gap in judge(nothing).gaps:
        assert reverse(words.gap(gap)["route"], args=[brand.slug])


def test_a_plan_begins_with_a_text_for_every_platform_and_language(cast, brand):
    begin(cast)
    found = {(each.platform, each.language) for each in HoldingStatement.objects.all()}
    assert found == {(platform, language) for platform in ("instagram", "x") for language in ("en", "it")}
    assert Scenario.objects.count() == 11
    refused("crisis_plan_there", lambda: plans.begin(brand, language="it", by=cast.bea))


def test_a_text_longer_than_its_platform_takes_is_refused(cast, brand):
    values = {"platform": "x", "language": "en", "text": "a" * 281}
    refused("statement_too_long", lambda: plans.add_statement(brand, by=cast.bea, values=values))
    refused("no_comment", lambda: plans.add_statement(brand, by=cast.bea, values=values | {"text": "No comment."}))
    assert plans.add_statement(brand, by=cast.bea, values=values | {"text": "a" * 280}).pk


def test_a_role_has_one_first_and_a_person_stands_in_it_once(cast, brand):
    values = {"slot": "lead", "order": 1, "name": "Bea", "phone": "1", "user": cast.bea}
    plans.add_contact(brand, by=cast.bea, values=values)
    refused("twice", lambda: plans.add_contact(brand, by=cast.bea, values=values | {"user": None}))
    refused("twice", lambda: plans.add_contact(brand, by=cast.bea, values=values | {"order": 2}))


def test_two_people_who_edit_at_once_do_not_overwrite_each_other(cast, brand):
    plan = begin(cast)
    plans.change_plan(plan, by=cast.bea, version=1, values={"avoid": ["Argue"]})
    with pytest.raises(Stale):
        plans.change_plan(plan, by=cast.ada, version=1, values={"avoid": ["Joke"]})


def test_approved_by_another_the_plan_is_sent_and_the_one_before_is_superseded(cast, brand):
    first = in_force(cast)
    assert first.review_by.isoformat() == "2027-05-19"
    told = Notification.objects.get(kind="crisis.in_force")
    assert (told.user, told.path) == (cast.carlo, address("desk_crisis"))
    plan = selectors.plan()
    refused("plan_unchanged", lambda: versions.hand_in(plan, note="", by=cast.bea, now=NOW))
    plans.change_plan(plan, by=cast.bea, version=1, values={"avoid": ["Argue"]})
    second = versions.hand_in(plan, note="Shorter", by=cast.bea, now=NOW)
    refused("own_plan", lambda: versions.approve(second, by=cast.bea, now=NOW))
    versions.approve(second, by=cast.ada, now=NOW)
    states = list(PlanVersion.objects.order_by("number").values_list("state", flat=True))
    assert states == ["superseded", "in_force"]
    refused("plan_not_waiting", lambda: versions.approve(first, by=cast.ada, now=NOW))


def test_who_manages_a_brand_alone_approves_his_own_plan(cast, brand):
    cast.ada.memberships.update(is_owner=False)
    version = versions.hand_in(begin(cast), note="", by=cast.bea, now=NOW)
    assert versions.approve(version, by=cast.bea, now=NOW).state == PlanVersion.State.IN_FORCE


def test_a_version_never_changes(cast, brand):
    version = in_force(cast)
    version.content = {}
    with pytest.raises(TypeError):
        version.save()


def test_a_plan_without_a_lead_who_can_be_called_is_not_handed_in(cast, brand):
    plan = begin(cast)
    Contact.objects.update(phone="")
    refused("plan_without_lead", lambda: versions.hand_in(plan, note="", by=cast.bea, now=NOW))


def test_who_left_the_agency_no_longer_fills_a_role(cast, brand):
    plan = begin(cast)
    Contact.objects.filter(order=1).update(user=cast.dario)
    facts = selectors.facts(
        plan, selectors.parts(brand), selectors.content(plan), None, None, now=NOW, today=NOW.date()
    )
    assert (facts.contacts, facts.slots_filled, facts.slots_with_deputy) == (1, 1, 0)


def test_a_reminder_goes_to_those_who_have_not_seen_it_once_an_hour(cast, brand):
    version = in_force(cast)
    assert versions.remind(version, by=cast.bea, now=NOW) == 1
    refused("reminded_already", lambda: versions.remind(version, by=cast.bea, now=NOW))
    soon, later = NOW + timedelta(minutes=59), NOW + timedelta(minutes=61)
    refused("reminded_already", lambda: versions.remind(version, by=cast.bea, now=soon))
    assert versions.remind(version, by=cast.bea, now=later) == 1


def test_the_desk_shows_the_plan_and_keeps_a_receipt(client, cast, brand):
    version = in_force(cast)
    client.force_login(cast.carlo)
    answer = client.get(address("desk_crisis"))
    page = answer.content.decode()
    assert 'href="tel:+3902551"' in page and "Delete criticism" in page and "data-copy" in page
    assert len(answer.content) < 50_000
    receipt = Receipt.objects.get()
    assert (receipt.user, receipt.row_id, receipt.row_type) == (cast.carlo, version.pk, "crisis.PlanVersion")
    assert address("desk_crisis") in client.get(address("desk")).content.decode()


def test_a_managers_look_at_the_desk_counts_for_nobody(client, cast, brand):
    in_force(cast)
    client.force_login(cast.bea)
    for query in ({}, {"as": cast.carlo.pk}):
        assert client.get(address("desk_crisis"), query).status_code == 200
    assert not Receipt.objects.exists()


def test_without_a_plan_the_desk_says_to_call(client, cast, brand):
    client.force_login(cast.carlo)
    assert "Do not reply. Call" in client.get(address("desk_crisis")).content.decode()


@pytest.mark.parametrize("name", ["crisis_plan", "desk_crisis", "crisis_readers", "crisis_compare"])
def test_a_page_asks_the_same_however_long_the_plan(client, cast, brand, name):
    in_force(cast)
    client.force_login(cast.bea)
    counts = []
    for n in range(2):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address(name)).status_code == 200
        counts.append(len(asked))
        for place in range(8):
            Scenario.objects.create(brand=brand, title=f"{n} {place}", cluster="victim")
            values = {"slot": "expert", "order": n * 4 + place // 2 + 1, "name": "E", "phone": "1"}
            if place % 2:
                plans.add_contact(brand, by=cast.bea, values=values)
    assert counts[0] == counts[1], counts
    assert counts[0] <= 15


def test_a_difference_is_shown_word_by_word(client, cast, brand):
    in_force(cast)
    plans.change_plan(selectors.plan(), by=cast.bea, version=1, values={"avoid": ["Joke about it"]})
    client.force_login(cast.bea)
    page = client.get(address("crisis_compare")).content.decode()
    assert "Joke about it" in page and "Delete criticism" in page and "First hour" not in page
