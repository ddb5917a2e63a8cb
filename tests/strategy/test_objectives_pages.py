"""The pages of objectives: what they say, what the form checks, and how many queries they ask."""

import csv
import io
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.scoping import brands_in_scope
from strategy.models import Audience, Goal, Objective, ObjectiveReading
from strategy.services import readings
from tests.strategy.objectives import START, WEEK, add_objective, add_weeks

FORM = {
    "version": "1",
    "statement": "Hear more of those who brew at home",
    "kpi": "er_reach",
    "start": "2026-06-01",
    "deadline": "2026-12-01",
    "baseline": "4",
    "target": "5",
    "weight": "1",
}


@pytest.fixture
def bea(client, cast):
    client.force_login(cast.bea)
    return client


@pytest.fixture
def brand(cast):
    with brands_in_scope(cast.brand.pk):
        yield cast.brand


def at(name: str, *numbers: int) -> str:
    return reverse(name, args=["caffe-alba", *numbers])


def text_of(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def recent(brand, **values) -> Objective:
    """An objective that runs now, with twenty weeks of steady sums behind it."""
    today = timezone.localdate()
    monday = today - timedelta(days=today.weekday())
    add_weeks(brand, "engagements", [100.0 + n % 3 for n in range(20)], until=monday)
    values = {"start": monday - 8 * WEEK, "deadline": monday + 18 * WEEK, "baseline": 380.0} | values
    return add_objective(brand, **values)


def test_a_share_is_typed_in_per_cent_and_stored_as_a_share(bea, brand):
    answer = bea.post(at("objective_new"), FORM)
    objective = Objective.objects.get()
    assert answer.url == at("objective_detail", objective.pk)
    assert (objective.baseline, objective.target, objective.counting) == (0.04, 0.05, "period")
    form = text_of(bea.get(at("objective_edit", objective.pk)))
    assert 'name="target" value="5"' in form


def test_a_target_on_the_wrong_side_is_told_at_its_field_and_typing_survives(bea, brand):
    answer = bea.post(at("objective_new"), FORM | {"target": "3"})
    page = text_of(answer)
    assert answer.status_code == 422
    assert "the target is not above the baseline (4" in page
    assert 'id="id_target_error"' in page
    assert FORM["statement"] in page
    assert not Objective.objects.exists()


def test_contradictory_dates_are_told_at_the_deadline(bea, brand):
    page = text_of(bea.post(at("objective_new"), FORM | {"deadline": "2026-05-01"}))
    assert 'id="id_deadline_error"' in page
    assert "The deadline must be after the start (1 Jun 2026)" in page


def test_the_check_says_while_typing_what_is_weak_and_saves_nothing(bea, brand):
    answer = bea.post(at("objective_new"), FORM | {"target": "3"}, HTTP_HX_REQUEST="true")
    part = text_of(answer)
    assert answer.status_code == 200
    assert "<html" not in part
    assert "Name the audience." in part
    assert "the target is not above the baseline" in part
    assert "engagements divided by reach" in part.lower()
    assert not Objective.objects.exists()


def test_the_check_works_by_its_button_without_javascript(bea, brand):
    page = text_of(bea.post(at("objective_new"), FORM | {"check": "1"}))
    assert "<html" in page
    assert "Tie it to a business goal" in page
    assert 'name="target" value="5"' in page
    assert not Objective.objects.exists()


def test_the_baseline_is_taken_over_from_imported_data_with_its_period(bea, brand):
    add_weeks(brand, "er_reach", [6.0] * 12, denominator=100.0)
    offered = text_of(bea.post(at("objective_new"), FORM, HTTP_HX_REQUEST="true"))
    assert "Baseline from imported data" in offered
    page = text_of(bea.post(at("objective_new"), FORM | {"take": "1"}))
    assert 'name="baseline" value="6"' in page
    assert 'name="baseline_from" value="2026-03-09"' in page
    assert 'name="baseline_to" value="2026-05-31"' in page
    assert not Objective.objects.exists()


def test_a_target_beyond_history_is_flagged_with_the_interval(bea, brand):
    add_weeks(brand, "er_reach", [5.0 + n % 2 for n in range(30)], denominator=100.0)
    part = text_of(bea.post(at("objective_new"), FORM | {"target": "40"}, HTTP_HX_REQUEST="true"))
    assert "beyond one and a half times the best quarter" in part
    assert re.search(r"Seen in 30 weeks: .{1,40} a week \(90 %: ", part)


def test_the_second_of_two_editors_sees_both_texts(bea, brand):
    objective = add_objective(brand)
    form = FORM | {"kpi": "engagements", "baseline": "400", "target": "600"}
    bea.post(at("objective_edit", objective.pk), form | {"statement": "What Ada wants to change"})
    answer = bea.post(at("objective_edit", objective.pk), form | {"statement": "What Bea wants to change"})
    page = text_of(answer)
    assert answer.status_code == 422
    assert "What Ada wants to change" in page
    assert "What Bea wants to change" in page


def test_an_audience_archived_since_stays_chosen(bea, brand):
    audience = Audience.objects.create(brand=brand, name="Home baristas", archived_at=timezone.now())
    objective = add_objective(brand, audience=audience)
    assert "Home baristas" in text_of(bea.get(at("objective_edit", objective.pk)))
    assert "Home baristas" not in text_of(bea.get(at("objective_new")))
    form = FORM | {"kpi": "engagements", "baseline": "400", "target": "600", "audience": str(audience.pk)}
    assert bea.post(at("objective_edit", objective.pk), form).status_code == 302
    objective.refresh_from_db()
    assert objective.audience == audience


def test_an_objective_says_how_far_it_is_and_why(bea, brand):
    page = text_of(bea.get(at("objective_detail", recent(brand).pk)))
    assert "at risk" in page
    assert "If things go on as in the last 20 weeks" in page
    assert "objective-chart-figure" in page
    assert "exports of posts" in page


def test_no_picture_is_drawn_of_two_readings(bea, brand):
    objective = add_objective(brand, kpi="share_of_voice", baseline=0.1, target=0.2)
    for n in range(2):
        readings.add_by_hand(objective, by=None, day=START + n * WEEK, value=0.12 + n / 100)
    page = text_of(bea.get(at("objective_detail", objective.pk)))
    assert "objective-chart-figure" not in page
    assert "12" in page


def test_a_reading_is_entered_edited_and_deleted_on_its_pages(bea, brand):
    objective = add_objective(brand, kpi="share_of_voice", baseline=0.1, target=0.2)
    bea.post(at("reading_new", objective.pk), {"day": "2026-06-10", "value": "12.5", "note": "Survey"})
    reading = ObjectiveReading.objects.get()
    assert (reading.value, reading.entered_by.email) == (0.125, "bea@nord.example")
    assert 'value="12.5"' in text_of(bea.get(at("reading_edit", reading.pk)))
    bea.post(at("reading_edit", reading.pk), {"version": "1", "day": "2026-06-10", "value": "13", "note": ""})
    reading.refresh_from_db()
    assert reading.value == 0.13
    bea.post(at("reading_delete", reading.pk))
    assert not ObjectiveReading.objects.exists()


def test_a_day_before_the_start_is_refused_at_its_field(bea, brand):
    objective = add_objective(brand, kpi="share_of_voice", baseline=0.1, target=0.2)
    answer = bea.post(at("reading_new", objective.pk), {"day": "2026-01-10", "value": "12.5"})
    assert answer.status_code == 422
    assert 'id="id_day_error"' in text_of(answer)


def test_the_list_is_narrowed_by_what_the_address_says(bea, brand, cast):
    audience = Audience.objects.create(brand=brand, name="Home baristas")
    recent(brand, audience=audience)
    add_objective(brand, statement="Cheaper clicks", kpi="cpc", baseline=1.0, target=0.5, owner=cast.bea)
    wanted = {
        "status=at_risk": {"Hear more"},
        "status=unknown": {"Cheaper clicks"},
        "stage=traffic": {"Cheaper clicks"},
        f"audience={audience.pk}": {"Hear more"},
        f"owner={cast.bea.pk}": {"Cheaper clicks"},
        "q=cheap": {"Cheaper clicks"},
        "state=archived": set(),
        "": {"Hear more", "Cheaper clicks"},
    }
    for query, names in wanted.items():
        page = text_of(bea.get(f"{at('objectives')}?{query}"))
        assert {name for name in ("Hear more", "Cheaper clicks") if name in page} == names, query
    rows = list(csv.reader(io.StringIO(bea.get(f"{at('objectives_export')}?q=cheap").content.decode("utf-8-sig"))))
    assert [row[0] for row in rows] == ["statement", "Cheaper clicks"]


def test_archive_restore_and_delete(bea, brand):
    objective = add_objective(brand)
    bea.post(at("objective_archive", objective.pk))
    assert "Hear more" not in text_of(bea.get(at("objectives")))
    assert "Hear more" in text_of(bea.get(f"{at('objectives')}?state=archived"))
    bea.post(at("objective_archive", objective.pk), {"restore": "1"})
    assert "Hear more" in text_of(bea.get(at("objectives")))
    assert "Delete this objective" in text_of(bea.get(at("objective_delete", objective.pk)))
    bea.post(at("objective_delete", objective.pk))
    assert not Objective.objects.exists()


def test_goals_are_named_and_the_tree_shows_them(bea, brand):
    bea.post(at("goal_new"), {"name": "Sell by subscription", "why": "Steady income"})
    goal = Goal.objects.get()
    add_objective(brand, goal=goal)
    page = text_of(bea.get(at("objectives_tree")))
    assert "Sell by subscription" in page
    assert "no reading yet" in page
    bea.post(at("goal_edit", goal.pk), {"version": "1", "name": "Live by subscription", "why": ""})
    assert "Live by subscription" in text_of(bea.get(at("objectives_tree")))
    assert bea.post(at("goal_delete", goal.pk)).status_code == 422


def test_evil_words_stay_words(bea, brand):
    add_objective(brand, statement="<script>alert(1)</script> is what we say", assumptions="<b>bold</b>")
    for url in (at("objectives"), at("objectives_tree"), at("objective_detail", Objective.objects.get().pk)):
        page = text_of(bea.get(url))
        assert "<script>alert(1)" not in page
        assert "<b>bold" not in page


def test_queries_do_not_grow_with_objectives_and_readings(bea, brand):
    first = recent(brand)
    names = ("objectives", "objectives_tree", "objectives_export", "brand_overview")
    urls = [at(name) for name in names] + [at("objective_detail", first.pk), at("objective_edit", first.pk)]

    def counts() -> list[int]:
        found = []
        for url in urls:
            bea.get(url)
            with CaptureQueriesContext(connection) as queries:
                bea.get(url)
            found.append(len(queries))
        return found

    before = counts()
    for n in range(12):
        add_objective(brand, statement=f"Objective {n} of many", parent=first if n % 2 else None)
        Audience.objects.create(brand=brand, name=f"Audience {n}")
    assert counts() == before
    assert max(before) <= 15, dict(zip(urls, before, strict=True))
