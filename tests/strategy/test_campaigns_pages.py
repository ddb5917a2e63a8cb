"""The pages of campaigns: found, written, kept when refused, walked through, taught."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils.translation import get_language

from accounts.scoping import brands_in_scope
from analytics.models import Conversion, Spend
from calendar_app.models import Entry
from strategy.models import Campaign, Lesson, LessonUse, ObjectiveReading, UtmConvention
from strategy.views import campaigns as campaigns_views
from tests.strategy.campaigning import add_campaign, add_objective, lived_in
from tests.strategy.choosing import add_audience

DAY = date(2046, 9, 10)


@pytest.fixture
def bea(client, cast):
    client.force_login(cast.bea)
    return client


@pytest.fixture
def brand(cast):
    with brands_in_scope(cast.brand.pk):
        yield cast.brand


@pytest.fixture
def campaign(cast, brand):
    return lived_in(brand, cast.bea, cast.ada)


def address(name: str, *numbers: int) -> str:
    return reverse(name, args=["caffe-alba", *numbers])


def text(response) -> str:
    return " ".join(response.content.decode().split())


def form(**changed) -> dict:
    plain = {"name": "Autumn", "kind": "launch", "start": "2046-09-01", "end": "2046-09-30", "version": 1}
    return plain | {"utm_medium": "social"} | changed


# --- lists -----------------------------------------------------------------------------------------------------


def test_the_list_is_narrowed_by_what_a_campaign_is_made_of(bea, brand, campaign):
    told = campaign.criteria.get().objective.pk, campaign.audiences.get().pk, campaign.pillars.get().pk
    for query in (
        {"objective": told[0]},
        {"audience": told[1]},
        {"pillar": told[2]},
        {"platform": "instagram"},
        {"q": "roasted on monday"},
    ):
        page = text(bea.get(address("campaigns"), query))
        assert "Autumn" in page and "Jobs at the roastery" not in page
    assert "No campaign matches" in text(bea.get(address("campaigns"), {"status": "running"}))


def test_a_query_of_nonsense_is_no_query(bea, campaign):
    assert "Autumn" in text(
        bea.get(address("campaigns"), {"status": "x", "audience": "9" * 40, "sort": "pk; drop"})
    )


def test_the_list_asks_as_often_for_many_campaigns_as_for_one(bea, brand, django_assert_max_num_queries):
    objective = add_objective(brand)
    for number in range(30):
        add_campaign(brand, name=f"C{number}", criteria=[(objective, 10)])
    with django_assert_max_num_queries(15):
        bea.get(address("campaigns"))


def test_the_table_can_be_taken_home(bea, campaign):
    lines = bea.get(address("campaigns_export")).content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("name,kind,status,start") and len(lines) == 3


def test_the_line_of_months_shows_bars_and_milestones_of_its_months(bea, campaign):
    page = text(bea.get(address("campaigns_timeline"), {"from": "2046-08"}))
    assert page.count("timeline-span is-draft") == 2 and "Tasting" in page
    assert "No campaign in these months" in text(bea.get(address("campaigns_timeline"), {"from": "2020-01"}))


# --- the form --------------------------------------------------------------------------------------------------


def test_a_campaign_is_written_with_its_parts(bea, cast, brand):
    objective = add_objective(brand)
    told = form(
        **{f"share_{objective.pk}": "40", "milestones": "2046-09-15 Tasting\n2046-09-02 Teaser"},
        hashtags="#caffe, #torino",
        landing_pages="https://alba.example/box",
        team=[cast.bea.pk],
    )
    answer = bea.post(address("campaign_new"), told)
    campaign = Campaign.objects.get()
    assert answer.url == address("campaign_detail", campaign.pk)
    assert (campaign.hashtags, campaign.utm_campaign) == (["caffe", "torino"], "204609_caffe-alba_autumn")
    assert [each.name for each in campaign.milestones.all()] == ["Teaser", "Tasting"]
    assert campaign.criteria.get().share == 40


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"end": "2046-08-01"}, "The campaign ends before it starts"),
        ({"milestones": "soon: Tasting"}, "does not begin with a day"),
        ({"landing_pages": "alba"}, "is not a web address"),
        ({"hashtags": "#one! #two"}, "holds a sign that hashtags cannot hold"),
        ({"utm_campaign": "Con Spazi"}, "Use lower-case letters"),
    ],
)
def test_what_is_refused_is_said_and_what_was_typed_stays(bea, brand, changed, sentence):
    answer = bea.post(address("campaign_new"), form(key_message="Roasted on Monday", **changed))
    page = text(answer)
    assert answer.status_code == 422
    assert sentence in page and "Roasted on Monday" in page
    assert not Campaign.objects.exists()


def test_a_kind_begins_with_its_milestones(bea, brand):
    page = text(bea.get(address("campaign_new"), {"kind": "launch"}))
    assert "Launch day" in page and "ten likeliest questions" in page


def test_two_people_who_edit_at_once_see_both_texts(bea, cast, campaign):
    campaign.tone, campaign.version = "cold", campaign.version + 1
    campaign.save()
    page = text(bea.post(address("campaign_edit", campaign.pk), form(tone="warm", version=1)))
    assert "cold" in page and "warm" in page
    campaign.refresh_from_db()
    assert campaign.tone == "cold"


def test_what_is_spent_already_bounds_what_is_planned(bea, brand, campaign):
    Spend.objects.create(
        brand=brand,
        kind="ads",
        platform="instagram",
        campaign=campaign.utm_campaign.upper(),
        start=DAY,
        end=DAY,
        amount=Decimal("250.40"),
        currency=brand.currency,
    )
    answer = bea.post(address("campaign_edit", campaign.pk), form(budget_instagram="100"))
    assert answer.status_code == 422 and "250.40" in text(answer)


# --- one campaign ----------------------------------------------------------------------------------------------


def test_the_page_tells_what_is_missing_and_leads_there(bea, brand):
    campaign = add_campaign(brand)
    page = text(bea.get(address("campaign_detail", campaign.pk)))
    assert "7 points are missing" in page
    assert f'href="{address("campaign_edit", campaign.pk)}#field-key_message"' in page


def test_money_visits_and_readings_are_told_beside_what_was_planned(bea, cast, brand, campaign):
    money = {"brand": brand, "kind": "ads", "start": DAY, "end": DAY, "campaign": campaign.utm_campaign}
    Spend.objects.create(**money, platform="instagram", amount=Decimal(150), currency="EUR")
    Spend.objects.create(**money, platform="instagram", amount=Decimal(20), currency="USD")
    before = money | {"start": date(2046, 1, 1), "end": date(2046, 1, 31)}
    Spend.objects.create(**before, platform="instagram", amount=Decimal(999), currency="EUR")
    Conversion.objects.create(
        brand=brand, source_kind="ga4", start=DAY, end=DAY, row_key="k", campaign="Autumn", sessions=120, count=7
    )
    objective = campaign.criteria.get().objective
    for day, value in ((date(2046, 8, 30), 0.12), (date(2046, 9, 20), 0.14)):
        ObjectiveReading.objects.create(brand=brand, objective=objective, day=day, value=value, source="hand")
    page = text(bea.get(address("campaign_detail", campaign.pk)))
    assert '<td class="num">€300.00</td><td class="num">€150.00<span class="d-block">$20.00</span></td>' in page
    assert "120 sessions and 7 conversions" in page
    assert "of the way from" in page


def test_the_page_costs_the_same_whatever_is_in_it(bea, campaign, django_assert_max_num_queries):
    with django_assert_max_num_queries(15):
        bea.get(address("campaign_detail", campaign.pk))


def test_a_step_that_is_not_allowed_is_refused_with_a_sentence(bea, brand, campaign):
    page = text(bea.post(address("campaign_step", campaign.pk), {"to": "ready"}, follow=True))
    assert "The brief is not ready: 1" in page  # one lesson is undecided
    page = text(bea.post(address("campaign_step", campaign.pk), {"to": "nowhere"}, follow=True))
    assert "cannot become that" in page
    campaign.refresh_from_db()
    assert campaign.status == "draft"


def test_a_lesson_is_taken_over_or_declined_with_a_word(bea, brand, campaign):
    lesson = Lesson.objects.get(verdict="stop")
    where = address("lesson_decide", campaign.pk, lesson.pk)
    assert "Say in a word" in text(bea.post(where, {"decline": "1"}, follow=True))
    assert "The lesson is declined." in text(bea.post(where, {"decline": "1", "word": "Other hours"}, follow=True))
    assert LessonUse.objects.get(lesson=lesson).taken is False
    assert "The campaign is now: ready." in text(
        bea.post(address("campaign_step", campaign.pk), {"to": "ready"}, follow=True)
    )


def test_a_copy_begins_on_another_day(bea, brand, campaign):
    bea.post(address("campaign_copy", campaign.pk), {"name": "Winter", "start": "2046-12-01"})
    assert Campaign.objects.get(name="Winter").end == date(2046, 12, 30)
    answer = bea.post(address("campaign_copy", campaign.pk), {"name": "Winter", "start": "2047-01-01"})
    assert answer.status_code == 422 and "Another campaign is called" in text(answer)


@pytest.mark.parametrize("language", ["en", "it"])
def test_the_brief_is_a_pdf_in_the_readers_language(bea, cast, campaign, language):
    cast.bea.language = language
    cast.bea.save()
    answer = bea.get(address("campaign_pdf", campaign.pk))
    assert answer.content.startswith(b"%PDF") and answer["Content-Type"] == "application/pdf"


def test_the_convention_shows_a_link_and_is_kept(bea, brand):
    assert "utm_source=instagram" in text(bea.get(address("utm_convention")))
    told = {"campaign_pattern": "{slug}", "content_pattern": "{id}", "mediums": "social paid", "longest": 50}
    assert bea.post(address("utm_convention"), told | {"source_instagram": "ig", "version": 1}).status_code == 302
    assert UtmConvention.objects.get().sources == {"instagram": "ig"}
    assert "utm_source=ig" in text(bea.get(address("utm_convention")))


def test_lessons_are_searched_written_and_deleted(bea, brand, campaign):
    assert "twice the saves" in text(bea.get(address("lessons"), {"q": "farm"}))
    assert "No lesson holds these words." in text(bea.get(address("lessons"), {"q": "zebra"}))
    told = {"finding": "Questions bring answers", "verdict": "keep", "evidence": "20 posts", "version": 1}
    bea.post(address("lesson_new"), told | {"campaign": campaign.pk})
    lesson = Lesson.objects.get(campaign=campaign)
    assert lesson.finding in text(bea.get(address("campaign_detail", campaign.pk)))
    bea.post(address("lesson_delete", lesson.pk))
    assert not Lesson.objects.filter(pk=lesson.pk).exists()


def test_a_persona_names_the_campaigns_for_it_and_how_they_did(
    bea, brand, campaign, django_assert_max_num_queries
):
    audience = campaign.audiences.get()
    objective = campaign.criteria.get().objective
    for day, value in ((date(2046, 8, 30), 0.12), (date(2046, 9, 20), 0.14)):
        ObjectiveReading.objects.create(brand=brand, objective=objective, day=day, value=value, source="hand")
    with django_assert_max_num_queries(15):
        page = text(bea.get(address("audience_detail", audience.pk)))
    assert "Autumn" in page and "50 % of its share: Hear more" in page.replace("\u202f", " ")
    assert "Idle:" not in page


def test_a_persona_that_only_closed_campaigns_served_is_idle(bea, cast, brand):
    audience = add_audience(brand, "Giulia")
    campaign = add_campaign(brand, audiences=[audience])
    assert "Idle:" not in text(bea.get(address("audience_detail", audience.pk)))
    Campaign.objects.update(status="closed")
    assert "Idle:" in text(bea.get(address("audience_detail", audience.pk)))
    assert "Autumn" in text(bea.post(address("audience_delete", audience.pk)))  # it is still named by it
    assert campaign.audiences.exists()


def test_an_objective_names_the_campaigns_that_serve_it(bea, brand, campaign):
    objective = campaign.criteria.get().objective
    assert address("campaign_detail", campaign.pk) in text(bea.get(address("objective_detail", objective.pk)))
    other = add_objective(brand, statement="Sell more")
    assert "Give it a share in a campaign" in text(bea.get(address("objective_detail", other.pk)))


def test_the_page_shows_the_entries_of_the_calendar(bea, brand, campaign):
    page = text(bea.get(address("campaign_detail", campaign.pk)))
    assert f'hx-get="{address("campaign_entries", campaign.pk)}"' in page
    part = text(bea.get(address("campaign_entries", campaign.pk), headers={"HX-Request": "true"}))
    assert part.startswith('<div id="campaign-entries">') and "No entry of the calendar serves it yet." in part
    channel = campaign.channels.get()
    for n, status in enumerate(("draft", "approved", "cancelled")):
        Entry.objects.create(
            brand=brand, campaign=campaign, channel=channel, title=f"Entry {n}", day=DAY, status=status
        )
    page = text(bea.get(address("campaign_entries", campaign.pk)))
    assert "1 draft · 1 approved · 1 cancelled" in page
    assert "Entry 1" in page and "Entry 2" not in page


def test_the_brief_is_a_pdf_in_either_language(bea, campaign, monkeypatch):
    languages = []
    told = campaigns_views.brief_pdf.pdf

    def pdf(content, **more):
        languages.append(get_language())
        return told(content, **more)

    monkeypatch.setattr(campaigns_views.brief_pdf, "pdf", pdf)
    for query in ({"language": "it"}, {"language": "en"}, {"language": "xx"}, {}):
        assert bea.get(address("campaign_pdf", campaign.pk), query).content.startswith(b"%PDF")
    assert languages == ["it", "en", "en", "en"]
