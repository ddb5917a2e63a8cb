"""Objectives and their readings: what is taken from the weekly sums, what is refused, what is on the record."""

from datetime import date, timedelta

import pytest

from accounts.errors import InvalidInput, Stale
from accounts.models import AuditEvent
from accounts.scoping import brands_in_scope
from strategy.models import KpiWeek, Objective, ObjectiveReading
from strategy.selectors import objectives as selectors
from strategy.services import objectives as services
from strategy.services import readings
from tests.strategy.objectives import START, VALUES, WEEK, add_objective, add_weeks


@pytest.fixture
def brand(cast):
    with brands_in_scope(cast.brand.pk):
        yield cast.brand


def refused(brand, **values) -> InvalidInput:
    with pytest.raises(InvalidInput) as caught:
        services.add(brand, by=None, values=VALUES | values)
    return caught.value


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("kpi", {"kpi": "fame"}),
        ("counting", {"counting": "level"}),
        ("deadline", {"deadline": START}),
        ("target", {"target": 400.0}),
        ("target", {"target": 300.0}),
        ("target", {"kpi": "cpc", "counting": "period", "baseline": 1.0, "target": 1.2}),
        ("target", {"target": -1.0}),
        ("baseline_to", {"baseline_from": date(2026, 5, 1)}),
        ("baseline_to", {"baseline_from": date(2026, 5, 1), "baseline_to": date(2026, 4, 1)}),
        ("baseline_to", {"baseline_from": date(2026, 5, 1), "baseline_to": START}),
        ("platforms", {"platforms": ["myspace"]}),
    ],
)
def test_what_contradicts_itself_is_refused_at_its_field(brand, field, values):
    assert refused(brand, **values).facts["field"] == field
    assert not Objective.objects.exists()


def test_nobody_from_outside_answers_for_it(brand, cast):
    assert refused(brand, owner=cast.dario).facts["field"] == "owner"
    assert add_objective(brand, owner=cast.bea).owner == cast.bea


def test_what_is_counted_from_the_start_has_no_baseline(brand):
    objective = add_objective(brand, counting="total", baseline=400.0, target=50.0)
    assert objective.baseline is None


def test_the_direction_is_the_kpis_own(brand):
    assert add_objective(brand, kpi="cpc", baseline=1.0, target=0.8).direction == "down"


def test_an_objective_serves_no_one_that_serves_it(brand):
    one = add_objective(brand)
    two = add_objective(brand, parent=one)
    for parent in (one, two):
        with pytest.raises(InvalidInput) as caught:
            services.change(one, by=None, version=1, values=VALUES | {"parent": parent})
        assert caught.value.facts["field"] == "parent"


def test_a_new_objective_takes_the_readings_that_are_imported_already(brand):
    add_weeks(brand, "engagements", [100.0] * 8, until=START + 4 * WEEK)
    objective = add_objective(brand)
    told = list(ObjectiveReading.objects.order_by("day").values_list("day", "value", "n", "source"))
    assert [value for _day, value, _n, _source in told] == [400.0] * 4
    assert told[0] == (START + timedelta(days=6), 400.0, 20, "import")
    assert objective.outlook["readings"] == 4


def test_readings_follow_the_weeks_and_end_with_the_deadline(brand):
    objective = add_objective(brand, deadline=START + 2 * WEEK + timedelta(days=3))
    add_weeks(brand, "engagements", [100.0] * 12, until=START + 8 * WEEK)
    assert readings.take(brand, kpis={"engagements"}) == 3
    KpiWeek.objects.filter(week=START).update(numerator=50.0)
    assert readings.take(brand, kpis={"engagements"}) == 3
    assert ObjectiveReading.objects.get(day=START + timedelta(days=6)).value == 350.0
    KpiWeek.objects.filter(week__gte=START).delete()
    assert readings.take(brand, kpis={"engagements"}) == 3
    assert not ObjectiveReading.objects.filter(objective=objective).exists()
    assert readings.take(brand, kpis={"followers"}) == 0


def test_an_objective_reads_its_own_platforms_only(brand):
    for platform, value in (("instagram", 100.0), ("facebook", 10.0)):
        add_weeks(brand, "engagements", [value] * 8, until=START + 4 * WEEK, platform=platform)
    everywhere, there = add_objective(brand), add_objective(brand, platforms=["facebook"], baseline=30.0)
    now = {row.pk: selectors.judged(row, today=START).progress.now.value for row in (everywhere, there)}
    assert now == {everywhere.pk: 440.0, there.pk: 40.0}


def test_ads_of_meta_count_for_instagram(brand):
    add_weeks(brand, "cpc", [5.0] * 8, until=START + 4 * WEEK, platform="meta", denominator=10.0)
    objective = add_objective(brand, kpi="cpc", platforms=["instagram"], baseline=0.6, target=0.4)
    assert selectors.judged(objective, today=START).progress.now.value == 0.5


def test_an_archived_objective_is_read_no_more_until_it_is_back(brand):
    objective = services.archive(add_objective(brand), by=None)
    add_weeks(brand, "engagements", [100.0] * 12, until=START + 8 * WEEK)
    assert readings.take(brand) == 0
    assert services.restore(objective, by=None).outlook["readings"] == 8


def test_a_reading_by_hand_counts_and_can_be_corrected_and_removed(brand, cast):
    objective = add_objective(brand, kpi="share_of_voice", baseline=0.1, target=0.2)
    row = readings.add_by_hand(objective, by=cast.bea, day=START + WEEK, value=0.15, note="Talkwalker")
    assert _now(objective) == 0.15
    readings.change_by_hand(row, by=cast.bea, version=1, values={"day": row.day, "value": 0.21, "note": ""})
    assert _now(objective) == 0.21
    with pytest.raises(Stale):
        readings.change_by_hand(row, by=cast.bea, version=1, values={"day": row.day, "value": 0.3, "note": ""})
    readings.remove_by_hand(ObjectiveReading.objects.get(), by=cast.bea)
    assert _now(objective) is None
    actions = AuditEvent.objects.filter(action__startswith="reading.").order_by("pk")
    assert list(actions.values_list("action", flat=True)) == [
        "reading.added",
        "reading.changed",
        "reading.removed",
    ]


def _now(objective: Objective) -> float | None:
    objective.refresh_from_db()
    now = selectors.judged(objective, today=START + 4 * WEEK).progress.now
    return now.value if now else None


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("day", {"day": START - WEEK, "value": 0.1}),
        ("day", {"day": date(2999, 1, 1), "value": 0.1}),
        ("value", {"day": START, "value": -0.1}),
    ],
)
def test_a_reading_that_cannot_be_is_refused(brand, field, values):
    objective = add_objective(brand, kpi="share_of_voice", baseline=0.1, target=0.2)
    with pytest.raises(InvalidInput) as caught:
        readings.add_by_hand(objective, by=None, **values)
    assert caught.value.facts["field"] == field


def test_two_readings_of_one_day_are_refused(brand):
    objective = add_objective(brand, kpi="share_of_voice", baseline=0.1, target=0.2)
    readings.add_by_hand(objective, by=None, day=START, value=0.1)
    with pytest.raises(InvalidInput) as caught:
        readings.add_by_hand(objective, by=None, day=START, value=0.2)
    assert caught.value.code == "twice"


def test_an_imported_reading_is_not_edited_by_hand(brand):
    add_weeks(brand, "engagements", [100.0] * 8, until=START + 4 * WEEK)
    add_objective(brand)
    row = ObjectiveReading.objects.first()
    with pytest.raises(InvalidInput):
        readings.remove_by_hand(row, by=None)
    with pytest.raises(InvalidInput):
        readings.change_by_hand(row, by=None, version=1, values={"day": row.day, "value": 1.0, "note": ""})


def test_a_goal_in_use_is_not_deleted(brand):
    goal = services.add_goal(brand, by=None, values={"name": "Sell by subscription", "why": ""})
    objective = add_objective(brand, goal=goal)
    with pytest.raises(InvalidInput) as caught:
        services.remove_goal(goal, by=None)
    assert objective.statement in str(caught.value)
    services.remove(objective, by=None)
    services.remove_goal(goal, by=None)


def test_the_tree_hangs_objectives_under_goals_and_under_each_other(brand):
    goal = services.add_goal(brand, by=None, values={"name": "Sell by subscription", "why": ""})
    parent = add_objective(brand, goal=goal)
    add_objective(brand, parent=parent, statement="Part of it")
    add_objective(brand, statement="For nothing")
    first, loose = selectors.tree(today=START)
    assert first.goal == goal
    assert [node.judged.objective.statement for node in first.nodes[0].parts] == ["Part of it"]
    assert [node.judged.objective.statement for node in loose.nodes] == ["For nothing"]
