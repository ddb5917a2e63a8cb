"""The pages of platforms, catalogue and channels, as Bea meets them."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.scoping import brands_in_scope
from strategy.models import Channel, FitSettings, PlatformChoice
from tests.analytics.posts import add_channel, add_posts, random_posts
from tests.strategy.choosing import REASON, add_audience, decide, tell_team, whole_brand

QUERIES_OF_COMPARISON = 13


@pytest.fixture
def bea(cast, client):
    client.force_login(cast.bea)
    return client


@pytest.fixture
def at(cast):
    return lambda name, **arguments: reverse(name, kwargs={"brand": cast.brand.slug} | arguments)


def text_of(response) -> str:
    return response.content.decode()


def queries(client, url: str) -> int:
    client.get(url)  # what is remembered between requests is remembered now
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


def test_a_new_brand_is_told_what_is_missing(bea, at):
    page = text_of(bea.get(at("platforms")))
    assert "No audience is described yet" in page
    assert at("audience_new") in page
    assert at("platform_settings") in page
    assert "left out" in page


def test_all_platforms_stand_side_by_side_with_what_was_decided(cast, bea, at):
    whole_brand(cast.brand, cast.bea)
    page = text_of(bea.get(at("platforms")))
    assert page.count('class="score-bar"') == 13
    assert "Left out, because …" in page
    assert "Nobody above thirty is there." in page
    assert "would pass" in page
    assert "take 1 of the 9 hours a week" in page


def test_the_sum_of_a_platform_can_be_followed(cast, bea, at):
    add_audience(cast.brand, "Young", age_from=18, age_to=29, countries=["US"])
    page = text_of(bea.get(at("platform_detail", platform="linkedin")))
    assert "18–29: 32\u202f% (2023), for 12 years of this audience’s ages" in page
    assert "Score: 9.6 divided by 30, times 100" in page
    assert "32.0" in page
    assert "https://www.jns.org/" in page


def test_several_audiences_stand_under_the_sum_and_lead_to_their_own(cast, bea, at):
    whole_brand(cast.brand, cast.bea)
    url = at("platform_detail", platform="instagram")
    page = bea.get(url)
    assert "The mean of the audiences below" in text_of(page)
    audience = page.context["audience_rows"][0]["audience"]
    assert f"Score for {audience.name}" in text_of(bea.get(url, {"audience": audience.pk}))


@pytest.mark.parametrize("name", ["platform_detail", "platform_decide", "platform_withdraw"])
def test_a_platform_outside_the_catalogue_does_not_exist(bea, at, name):
    assert bea.get(at(name, platform="myspace")).status_code == 404


def test_queries_do_not_grow_with_personas(cast, bea, at):
    whole_brand(cast.brand, cast.bea)
    urls = [at("platforms"), at("platform_detail", platform="instagram")]
    few = [queries(bea, url) for url in urls]
    for number in range(200):
        add_audience(cast.brand, f"Persona {number}", age_from=18 + number % 40, age_to=60, gender="women")
    assert [queries(bea, url) for url in urls] == few
    assert max(few) <= QUERIES_OF_COMPARISON


def test_the_comparison_is_handed_out_unrounded(cast, bea, at):
    whole_brand(cast.brand, cast.bea)
    response = bea.get(at("platforms_export"))
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert len(rows) == 13
    first = rows[0]
    assert first["platform"] == "instagram"
    assert (first["decision"], first["reason"], first["overruled"]) == ("chosen", REASON, "false")
    points = sum(
        float(first[f"{name}_points"]) for name in ("coverage", "results", "objectives", "formats", "effort")
    )
    assert points == pytest.approx(float(first["score"]))
    assert bea.get(at("platforms_export"), {"file": "xlsx"}).content[:2] == b"PK"


def test_a_decision_is_taken_on_its_page(cast, bea, at):
    url = at("platform_decide", platform="x")
    review = timezone.now().date() + timedelta(days=90)
    form = {"decision": "later", "reason": "Not now.", "review_on": review, "version": 0}
    assert bea.post(url, form).status_code == 302
    with brands_in_scope(cast.brand.pk):
        choice = PlatformChoice.objects.get()
    assert (choice.platform, choice.decision, choice.decided_by) == ("x", "later", cast.bea)


def test_a_decision_without_a_reason_is_refused_and_keeps_what_was_typed(bea, at):
    url = at("platform_decide", platform="x")
    response = bea.post(url, {"decision": "rejected", "reason": "", "review_on": "2030-01-01", "version": 0})
    assert response.status_code == 422
    assert response.context["form"]["decision"].value() == "rejected"
    assert "reason" in response.context["form"].errors


def test_who_saw_no_decision_yet_does_not_overwrite_one(cast, bea, at):
    decide(cast.brand, cast.ada, "x", "chosen", reason="Ada’s words")
    url = at("platform_decide", platform="x")
    form = {"decision": "rejected", "reason": "Bea’s words", "review_on": "2030-01-01", "version": 0}
    response = bea.post(url, form)
    assert response.status_code == 422
    assert "Ada’s words" in text_of(response) and "Bea’s words" in text_of(response)
    again = bea.post(url, form | {"version": response.context["form"].data["version"]})
    assert again.status_code == 302


def test_a_decision_is_taken_back(cast, bea, at):
    decide(cast.brand, cast.bea, "x", "chosen")
    assert bea.post(at("platform_withdraw", platform="x")).status_code == 302
    with brands_in_scope(cast.brand.pk):
        assert not PlatformChoice.objects.exists()


def settings_form(**changed):
    form = {"version": 0, "hours_per_week": "8", "can_photo": "on", "hours_photo": "1.5"}
    weights = {"coverage": 40, "results": 10, "objectives": 20, "formats": 20, "effort": 10}
    return form | {f"weight_{name}": value for name, value in weights.items()} | changed


def test_weights_and_hours_are_saved_and_shown_again(cast, bea, at):
    assert bea.post(at("platform_settings"), settings_form()).status_code == 302
    with brands_in_scope(cast.brand.pk):
        saved = FitSettings.objects.get()
    assert saved.weights["coverage"] == 0.4
    assert saved.formats["photo"] == {"can": True, "hours": 1.5}
    form = bea.get(at("platform_settings")).context["form"]
    assert (form["weight_coverage"].value(), form["can_photo"].value(), form["hours_photo"].value()) == (
        40,
        True,
        1.5,
    )


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"weight_effort": "lots"}, "weight_effort"),
        ({"hours_photo": ""}, "hours_photo"),
        ({"hours_per_week": "-3"}, "hours_per_week"),
        (
            {f"weight_{name}": 0 for name in ("coverage", "results", "objectives", "formats", "effort")},
            "weight_coverage",
        ),
    ],
)
def test_impossible_settings_are_told_at_their_field(bea, at, changed, field):
    response = bea.post(at("platform_settings"), settings_form(**changed))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]


def test_settings_saved_meanwhile_are_shown_beside_ones_own(cast, bea, at):
    tell_team(cast.brand, hours=5)
    response = bea.post(at("platform_settings"), settings_form())
    assert response.status_code == 422
    assert ("Hours per week for content", "5.0", "8") in [tuple(map(str, row)) for row in _stored(response)]


def _stored(response):
    return [(label.capitalize(), theirs, mine) for label, theirs, mine in response.context["stored"]]


def test_the_catalogue_shows_each_figure_with_its_source(bea, at):
    page = text_of(bea.get(at("catalogue")))
    assert page.count('class="card entry"') == 13
    assert "Pew Research Center: Americans&#x27; Social Media Use" in page
    assert "For Italy no share is known to us." in page
    assert "adults in the United States, 18 and older" in page


def test_the_catalogue_is_searched_by_what_a_platform_can_do(bea, at):
    found = bea.get(at("catalogue"), {"q": "short video shop"}).context["entries"]
    assert {entry["slug"] for entry in found} == {"facebook", "instagram", "tiktok", "youtube"}
    assert "No platform matches" in text_of(bea.get(at("catalogue"), {"q": "myspace"}))


def test_the_catalogue_speaks_italian(cast, bea, at):
    cast.bea.language = "it"
    cast.bea.save()
    page = text_of(bea.get(at("catalogue"), headers={"accept-language": "it"}))
    assert "adulti negli Stati Uniti, dai 18 anni" in page
    assert "adults in the United States" not in page


def test_channels_tell_what_for_who_answers_and_how_fresh(cast, bea, at):
    channel = add_channel(cast.brand, mission="Coffee at home, shown.", owner=cast.carlo)
    add_channel(cast.brand, platform="x", handle="quiet", active=False)
    add_posts(channel, random_posts(3, seed=1))
    page = text_of(bea.get(at("channels")))
    for told in (
        "Coffee at home, shown.",
        "Carlo",
        "Latest post:",
        "being counted",
        "nothing imported",
        "Open again",
    ):
        assert told in page
    assert at("channel_delete", channel_id=channel.pk) not in page
    closed = bea.get(at("channels"), {"state": "closed"})
    assert [row["channel"].handle for row in closed.context["rows"]] == ["quiet"]


def test_queries_do_not_grow_with_channels(cast, bea, at):
    add_channel(cast.brand, handle="first")
    few = queries(bea, at("channels"))
    for number in range(30):
        add_channel(cast.brand, handle=f"channel{number}")
    assert queries(bea, at("channels")) == few


def test_a_channel_is_entered_edited_closed_and_opened(cast, bea, at):
    form = {
        "platform": "bluesky",
        "handle": "@alba.example",
        "link": "bsky.app/profile/alba.example",
        "version": 1,
    }
    assert bea.post(at("channel_new"), form).status_code == 302
    with brands_in_scope(cast.brand.pk):
        channel = Channel.objects.get()
    assert (channel.handle, channel.link) == ("alba.example", "https://bsky.app/profile/alba.example")
    edited = bea.post(
        at("channel_edit", channel_id=channel.pk), {"handle": "alba.example", "version": 1, "mission": "M"}
    )
    assert edited.status_code == 302
    bea.post(at("channel_close", channel_id=channel.pk))
    channel.refresh_from_db()
    assert (channel.mission, channel.platform, channel.active) == ("M", "bluesky", False)
    bea.post(at("channel_reopen", channel_id=channel.pk))
    channel.refresh_from_db()
    assert channel.active


def test_only_people_of_the_brand_are_offered_to_answer_for_a_channel(cast, bea, at):
    offered = bea.get(at("channel_new")).context["form"].fields["owner"].queryset
    assert set(offered) == {cast.ada, cast.bea, cast.carlo}


def test_a_channel_that_is_there_twice_is_told_at_its_field(cast, bea, at):
    add_channel(cast.brand, handle="Page")
    response = bea.post(at("channel_new"), {"platform": "facebook", "handle": "page", "version": 1})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["handle"]


def test_deleting_a_channel_with_posts_says_what_uses_it(cast, bea, at):
    channel = add_channel(cast.brand)
    add_posts(channel, random_posts(3, seed=1))
    response = bea.post(at("channel_delete", channel_id=channel.pk))
    assert response.status_code == 422
    assert "its posts" in text_of(response)


def test_channels_are_handed_out_as_a_file(cast, bea, at):
    add_channel(cast.brand, mission="=1+1")
    response = bea.get(at("channels_export"))
    rows = list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))
    assert (rows[0]["platform"], rows[0]["mission"], rows[0]["active"]) == ("facebook", "'=1+1", "true")
