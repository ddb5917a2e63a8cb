"""What people do with audiences, and what is refused."""

from datetime import date

import pytest

from accounts.errors import InvalidInput, Stale
from accounts.models import AuditEvent, Job
from accounts.scoping import brands_in_scope
from strategy import evidence as rules
from strategy.models import Audience, Evidence, Objective
from strategy.selectors import audiences as selectors
from strategy.services import audiences as services
from strategy.services import channels
from tests.analytics.posts import add_channel
from tests.strategy.personas import add_audience, add_evidence, evening_hours, serve

TODAY = date(2026, 11, 25)


@pytest.fixture
def brand(cast):
    with brands_in_scope(cast.brand.pk):
        yield cast.brand


@pytest.fixture
def bea(cast):
    return cast.bea


def test_an_audience_is_added_and_on_the_record(brand, bea):
    audience = services.add(brand, by=bea, values={"name": "Giulia", "age_from": 20, "age_to": 30})
    assert Audience.objects.get().age_to == 30
    event = AuditEvent.objects.get(action="audience.added")
    assert (event.actor, event.row_id, event.after["age_from"]) == (bea, str(audience.pk), 20)


@pytest.mark.parametrize(
    ("values", "field", "code"),
    [
        ({"name": "A", "age_from": 40, "age_to": 30}, "age_to", "ages_crossed"),
        ({"name": "A", "age_from": 5}, "age_from", "not_valid"),
        ({"name": "A", "online_hours": [1, 2]}, "online_hours", "hours_unreadable"),
        ({"name": "giulia"}, "name", "twice"),
    ],
)
def test_a_wrong_value_is_refused_at_its_field(brand, bea, values, field, code):
    add_audience(brand, "Giulia")
    with pytest.raises(InvalidInput) as caught:
        services.add(brand, by=bea, values=values)
    assert (caught.value.facts["field"], caught.value.code) == (field, code)
    assert Audience.objects.count() == 1


def test_the_name_of_an_archived_one_can_be_given_again_but_not_twice(brand, bea):
    first = add_audience(brand, "Giulia")
    services.archive(first, by=bea)
    services.add(brand, by=bea, values={"name": "Giulia"})
    with pytest.raises(InvalidInput) as caught:
        services.restore(first, by=bea)
    assert caught.value.code == "name_taken_on_restore"
    first.refresh_from_db()
    assert first.archived_at is not None


def test_a_change_of_what_somebody_else_changed_meanwhile_is_refused(brand, bea):
    audience = add_audience(brand)
    services.change(audience, by=bea, version=1, values={"name": "Giulia", "pains": "Theirs"})
    with pytest.raises(Stale):
        services.change(audience, by=bea, version=1, values={"name": "Giulia", "pains": "Mine"})
    assert Audience.objects.get().pains == "Theirs"


def test_a_copy_takes_texts_hours_and_evidence_but_nothing_that_serves_the_original(brand, bea):
    audience = add_audience(brand)
    add_evidence(audience, "pains", day=TODAY)
    serve(audience, channel=add_channel(brand))
    copies = [services.duplicate(audience, by=bea) for _ in range(2)]
    assert [copy.name for copy in copies] == [f"{audience.name} (copy)", f"{audience.name} (copy 2)"]
    assert copies[0].online_hours == evening_hours()
    assert copies[0].evidence.get().day == TODAY
    assert selectors.uses_of(copies[0]) == []


def test_one_in_use_is_not_deleted_and_what_uses_it_is_named(brand, bea):
    audience = add_audience(brand)
    channel = add_channel(brand)
    serve(audience, channel=channel)
    with pytest.raises(InvalidInput) as caught:
        services.remove(audience, by=bea)
    for name in ("200 subscribers", "Behind the roast", str(channel)):
        assert name in str(caught.value)
    Objective.objects.all().delete()
    audience.pillars.all().delete()
    channel.audiences.clear()
    services.remove(audience, by=bea)
    assert not Audience.objects.exists()


def test_new_hours_ask_for_the_best_times_of_the_channels_that_serve_it_once_each(brand, bea):
    audience = add_audience(brand)
    served, other = add_channel(brand), add_channel(brand, handle="other")
    served.audiences.add(audience)
    values = {"name": audience.name}
    services.change(audience, by=bea, version=1, values=values | {"online_hours": evening_hours()})
    assert not Job.objects.exists(), "the same hours ask for nothing"
    services.change(audience, by=bea, version=2, values=values | {"online_hours": [1] * 168})
    services.change(audience, by=bea, version=3, values=values | {"online_hours": [2] * 168})
    assert [job.payload["channel"] for job in Job.objects.filter(kind="analytics.best_times")] == [served.pk]
    assert other.pk != served.pk


@pytest.mark.parametrize(
    ("evidence", "standing"),
    [
        ([], "assumption"),
        ([("assumption", TODAY)], "assumption"),
        ([("survey", date(2025, 11, 26))], "shown"),
        ([("survey", date(2025, 11, 25))], "stale"),
        ([("survey", None)], "stale"),
        ([("survey", date(2020, 1, 1)), ("interviews", date(2026, 1, 1))], "shown"),
    ],
)
def test_evidence_stands_for_twelve_months(evidence, standing):
    assert rules.standing(evidence, TODAY) == standing


def test_a_claim_without_evidence_is_an_assumption_and_an_empty_one_is_not_counted(brand):
    audience = add_audience(brand)
    add_evidence(audience, "pains", day=TODAY)
    add_evidence(audience, "job", day=date(2024, 1, 1))
    found = selectors.claims(audience, today=TODAY)
    assert {slug: claim.standing for slug, claim in found.items() if claim.standing != "empty"} == {
        "demographics": "assumption",
        "job": "stale",
        "pains": "shown",
        "online_hours": "assumption",
    }
    assert selectors.tally(found.values()) == {"shown": 1, "stale": 1, "assumption": 2, "said": 4}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"claim": "weather", "kind": "survey", "detail": "x"}, "claim"),
        ({"claim": "job", "kind": "survey", "detail": " "}, "detail"),
        ({"claim": "job", "kind": "survey", "detail": "x", "day": date(2100, 1, 1)}, "day"),
    ],
)
def test_evidence_needs_a_claim_a_source_and_a_day_that_has_come(brand, bea, values, field):
    with pytest.raises(InvalidInput) as caught:
        services.add_evidence(add_audience(brand), by=bea, values=values)
    assert caught.value.facts["field"] == field
    assert not Evidence.objects.exists()


def test_idle_is_what_nothing_active_serves(brand, bea):
    idle = add_audience(brand, "Idle")
    served = add_audience(brand, "Served")
    serve(served)
    closed = add_audience(brand, "Closed channel")
    channel = add_channel(brand)
    channel.audiences.add(closed)
    type(channel).objects.update(active=False)
    asked = selectors.Asked(state="idle")
    assert [audience.name for audience in selectors.listed(asked)] == ["Closed channel", "Idle"]
    services.archive(idle, by=bea)
    assert [audience.name for audience in selectors.listed(asked)] == ["Closed channel"]
    assert [audience.name for audience in selectors.listed(selectors.Asked(state="archived"))] == ["Idle"]


def test_a_channel_that_serves_others_than_before_asks_for_its_best_times_once(brand, bea):
    audience, channel = add_audience(brand), add_channel(brand)
    changed = channels.change_channel(channel, by=bea, version=1, values={"audiences": [audience]})
    channels.change_channel(changed, by=bea, version=2, values={"audiences": [audience], "mission": "Show"})
    assert [job.payload for job in Job.objects.filter(kind="analytics.best_times")] == [{"channel": channel.pk}]
