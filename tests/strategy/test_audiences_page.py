"""The pages of audiences, as a social media manager meets them."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.scoping import brands_in_scope
from strategy.models import Audience, Evidence
from tests.analytics.posts import add_channel, add_posts
from tests.strategy.personas import add_audience, add_evidence, serve


@pytest.fixture
def bea(cast) -> Client:
    client = Client()
    client.force_login(cast.bea)
    return client


def page(client: Client, cast, name: str, *numbers: int, data: dict | None = None):
    return client.get(reverse(name, args=[cast.brand.slug, *numbers]), data or {})


def _told(published_at) -> dict:
    return {"published_at": published_at, "engagements": 30, "reach": 600}


def typed(**values) -> dict:
    return {"name": "Giulia", "version": 1, "weight": 1} | values


def test_an_empty_list_teaches_and_leads_on(bea, cast):
    text = page(bea, cast, "audiences").content.decode()
    assert "No audiences yet" in text
    assert reverse("audience_new", args=[cast.brand.slug]) in text


def test_typing_becomes_lists_codes_and_levels(bea, cast):
    data = typed(countries="Italia, CH; Germany", languages="Italian, en", interests="coffee, coffee, tea")
    response = bea.post(reverse("audience_new", args=[cast.brand.slug]), data | {"online_hours": "Mon: 7-9 often"})
    with brands_in_scope(cast.brand.pk):
        audience = Audience.objects.get()
    assert response.url == reverse("audience_detail", args=[cast.brand.slug, audience.pk])
    assert (audience.countries, audience.languages) == (["IT", "CH", "DE"], ["it", "en"])
    assert audience.interests == ["coffee", "tea"]
    assert audience.online_hours[7:10] == [2, 2, 0]


def test_what_cannot_be_read_is_said_at_its_field_and_the_typing_stays(bea, cast):
    data = typed(countries="Atlantis", online_hours="Monday: at dawn", pains="Stale beans")
    response = bea.post(reverse("audience_new", args=[cast.brand.slug]), data)
    text = response.content.decode()
    assert response.status_code == 422
    assert "“Atlantis” is not known" in text
    assert "“at dawn” is not a span of hours" in text
    assert "Stale beans" in text
    assert "Monday: at dawn" in text
    assert page(bea, cast, "audiences").content.decode().count("persona-head") == 0


def test_the_second_of_two_editors_sees_both_texts(bea, cast):
    audience = add_audience(cast.brand, pains="First")
    url = reverse("audience_edit", args=[cast.brand.slug, audience.pk])
    bea.post(url, typed(pains="Theirs", version=1))
    response = bea.post(url, typed(pains="Mine", version=1))
    text = response.content.decode()
    assert response.status_code == 422
    assert "Theirs" in text and "Mine" in text
    assert bea.post(url, typed(pains="Mine", version=2)).status_code == 302


def test_the_page_of_one_says_what_serves_it_and_how_its_posts_did(bea, cast):
    audience = add_audience(cast.brand)
    channel = add_channel(cast.brand, platform="instagram", handle="caffe.alba")
    serve(audience, channel=channel)
    now = timezone.now()
    with brands_in_scope(cast.brand.pk):
        days = (1, 2, 3, 100)
        add_posts(channel, [_told(now - timedelta(days=day)) for day in days])
    text = page(bea, cast, "audience_detail", audience.pk).content.decode()
    assert "200 subscribers from Instagram by December" in text
    assert "Behind the roast" in text
    assert "3 posts (before: 1)" in text
    assert "Engagements: 90" in " ".join(text.split())
    assert "5\u202f%" in text
    assert "Idle:" not in text


def test_one_that_nothing_serves_is_called_idle_with_what_to_do(bea, cast):
    audience = add_audience(cast.brand)
    text = page(bea, cast, "audience_detail", audience.pk).content.decode()
    assert "Idle: no objective, channel, pillar or open campaign serves this audience" in text


def test_a_claim_is_labelled_by_what_it_rests_on(bea, cast):
    audience = add_audience(cast.brand)
    add_evidence(audience, "pains", day=timezone.localdate())
    text = page(bea, cast, "audience_detail", audience.pk).content.decode()
    pains, job = (text.split(f"<dt>{name}")[1][:400] for name in ("Pains", "Job to be done"))
    assert "badge-good" in pains and "assumption" not in pains
    assert "assumption" in job
    assert "Shop survey" in text and "214 people" in text


def test_evidence_is_added_changed_and_deleted_from_the_page(bea, cast):
    audience = add_audience(cast.brand)
    slug = cast.brand.slug
    data = {"claim": "pains", "kind": "survey", "detail": "Shop survey", "people": 80, "day": "2026-05-01"}
    url = reverse("audience_evidence_new", args=[slug, audience.pk])
    assert bea.post(url, data | {"detail": ""}).status_code == 422
    assert bea.post(url, data).url == reverse("audience_detail", args=[slug, audience.pk])
    with brands_in_scope(cast.brand.pk):
        evidence = Evidence.objects.get()
    edit = reverse("audience_evidence_edit", args=[slug, evidence.pk])
    bea.post(edit, data | {"people": 81, "version": 1})
    evidence.refresh_from_db()
    assert evidence.people == 81
    bea.post(reverse("audience_evidence_delete", args=[slug, evidence.pk]))
    with brands_in_scope(cast.brand.pk):
        assert not Evidence.objects.exists()


def test_deleting_one_in_use_is_refused_on_the_page(bea, cast):
    audience = add_audience(cast.brand)
    serve(audience)
    response = bea.post(reverse("audience_delete", args=[cast.brand.slug, audience.pk]))
    assert response.status_code == 422
    assert "Behind the roast" in response.content.decode()


def test_archive_and_restore_lead_back_to_the_page(bea, cast):
    audience = add_audience(cast.brand)
    url = reverse("audience_archive", args=[cast.brand.slug, audience.pk])
    bea.post(url)
    assert "This audience is archived" in page(bea, cast, "audience_detail", audience.pk).content.decode()
    bea.post(url, {"restore": "1"})
    assert "This audience is archived" not in page(bea, cast, "audience_detail", audience.pk).content.decode()


def test_two_stand_side_by_side(bea, cast):
    pair = [add_audience(cast.brand, "A", pains="Stale beans"), add_audience(cast.brand, "B", pains="No time")]
    text = page(bea, cast, "audiences_compare", data={"with": [each.pk for each in pair]}).content.decode()
    assert text.index("Stale beans") < text.index("No time")
    assert text.count("hours-table") == 2
    assert "Not said yet: objections, triggers." in text


def test_more_than_five_active_ones_are_warned_about_but_not_refused(bea, cast):
    for number in range(5):
        add_audience(cast.brand, f"Audience {number}")
    assert "seldom served well" not in page(bea, cast, "audiences").content.decode()
    assert bea.post(reverse("audience_new", args=[cast.brand.slug]), typed()).status_code == 302
    assert "6 audiences are active" in page(bea, cast, "audiences").content.decode()


def test_the_list_searches_filters_turns_pages_and_is_handed_out(bea, cast):
    with brands_in_scope(cast.brand.pk):
        rows = [Audience(brand=cast.brand, name=f"Audience {n:03}", pains="=1+1") for n in range(60)]
        Audience.objects.bulk_create(rows)
    assert "Page 1 of 2" in page(bea, cast, "audiences").content.decode()
    found = page(bea, cast, "audiences", data={"q": "audience 007"}).content.decode()
    assert found.count("persona-head") == 1
    assert "No audience matches" in page(bea, cast, "audiences", data={"state": "archived"}).content.decode()
    lines = page(bea, cast, "audiences_export", data={"q": "Audience 00"}).content.decode("utf-8-sig").splitlines()
    assert len(lines) == 11
    assert "'=1+1" in lines[1]


@pytest.mark.parametrize("name", ["audiences", "audiences_compare"])
def test_a_list_of_200_asks_as_often_as_one_of_2(bea, cast, name):
    counts = []
    for number in (2, 200):
        with brands_in_scope(cast.brand.pk):
            rows = [Audience(brand=cast.brand, name=f"{number} {n}") for n in range(number)]
            Audience.objects.bulk_create(rows)
            found = list(Audience.objects.all())
            Evidence.objects.bulk_create(
                Evidence(brand=cast.brand, audience=each, claim="job", kind="survey") for each in found
            )
        query = {"with": [found[0].pk, found[1].pk]}
        with CaptureQueriesContext(connection) as seen:
            assert page(bea, cast, name, data=query).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert counts[1] <= 13


def test_a_persona_with_many_that_serve_it_asks_as_often_as_one_with_few(bea, cast):
    audience = add_audience(cast.brand)
    counts = []
    for number in (1, 30):
        for place in range(number):
            channel = add_channel(cast.brand, handle=f"{number}.{place}")
            channel.audiences.add(audience)
            with brands_in_scope(cast.brand.pk):
                add_posts(channel, [_told(timezone.now() - timedelta(days=2))])
        with CaptureQueriesContext(connection) as seen:
            assert page(bea, cast, "audience_detail", audience.pk).status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert counts[1] <= 15
