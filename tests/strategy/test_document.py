"""The strategy as a document: versions that never change, what differs, the page and the PDF."""

import json
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
import typst
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from accounts.errors import InvalidInput, Stale
from accounts.models import AuditEvent
from accounts.scoping import brands_in_scope
from strategy.document_chapters import chapters
from strategy.document_difference import difference
from strategy.document_pdf import TEMPLATE, sheet
from strategy.document_words import GAPS
from strategy.models import Audience, ContentPillar, Objective, PlatformChoice, Strategy, StrategyVersion
from strategy.selectors import document as selectors
from strategy.services import document as services
from strategy.text_difference import ADDED, REMOVED
from tests.analytics.posts import add_channel
from tests.strategy.personas import add_audience, add_strategy

TODAY = date(2026, 11, 25)


@pytest.fixture
def brand(cast):
    with brands_in_scope(cast.brand.pk):
        yield cast.brand


@pytest.fixture
def bea(cast) -> Client:
    client = Client()
    client.force_login(cast.bea)
    return client


def page(client, cast, name: str, *numbers, data=None):
    return client.get(reverse(name, args=[cast.brand.slug, *numbers]), data or {})


def today() -> date:
    """The day on the brand's clock."""
    return timezone.localdate(timezone=ZoneInfo("Europe/Rome"))


def agreement(**values) -> dict:
    return {"agreed_with": "Caffè Alba", "day": today()} | values


def test_a_proposal_keeps_the_content_as_it_stood(brand, cast):
    audience = add_strategy(brand)
    version = services.propose(brand, by=cast.bea, note="First")
    kept = json.loads(json.dumps(version.content))
    Audience.objects.filter(pk=audience.pk).update(name="Renamed", pains="Other")
    Objective.objects.all().delete()
    stored = StrategyVersion.objects.get()
    assert stored.content == kept
    assert (stored.number, stored.state, stored.note, stored.proposed_by) == (1, "proposed", "First", cast.bea)
    assert stored.content["audiences"][0]["name"] == "Giulia, barista at home"
    assert stored.content["objectives"][0]["statement"].startswith("200 subscribers")


def test_versions_go_from_proposed_to_agreed_to_superseded(brand, cast):
    audience = add_strategy(brand)
    first = services.agree(services.propose(brand, by=cast.bea), by=cast.ada, values=agreement())
    assert (first.state, first.agreed_by, first.agreed_with) == ("agreed", cast.ada, "Caffè Alba")
    Audience.objects.filter(pk=audience.pk).update(pains="Other")
    second = services.agree(services.propose(brand, by=cast.bea), by=cast.bea, values=agreement())
    assert list(StrategyVersion.objects.values_list("number", "state")) == [(2, "agreed"), (1, "superseded")]
    actions = AuditEvent.objects.filter(row_type="strategy.strategyversion").order_by("pk")
    assert [event.action.removeprefix("strategy_version.") for event in actions] == [
        "proposed",
        "agreed",
        "proposed",
        "superseded",
        "agreed",
    ]
    with pytest.raises(InvalidInput) as caught:
        services.withdraw(second, by=cast.bea)
    assert caught.value.code == "version_is_over"


def test_a_new_proposal_withdraws_the_one_still_open(brand, cast):
    audience = add_strategy(brand)
    services.propose(brand, by=cast.bea)
    Audience.objects.filter(pk=audience.pk).update(pains="Other")
    services.propose(brand, by=cast.bea)
    assert list(StrategyVersion.objects.values_list("number", "state")) == [(2, "proposed"), (1, "withdrawn")]


def test_without_a_change_there_is_nothing_to_propose(brand, cast):
    audience = add_strategy(brand)
    services.propose(brand, by=cast.bea)
    with pytest.raises(InvalidInput) as caught:
        services.propose(brand, by=cast.bea)
    assert (caught.value.code, caught.value.facts) == ("nothing_new", {"number": 1})
    services.withdraw(StrategyVersion.objects.get(), by=cast.bea)
    assert services.propose(brand, by=cast.bea).number == 2
    Audience.objects.filter(pk=audience.pk).update(segment="Other")
    assert services.propose(brand, by=cast.bea).number == 3


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"agreed_with": " "}, "agreed_with_whom"),
        ({"day": today() + timedelta(days=2)}, "agreed_tomorrow"),
        ({"day": today() - timedelta(days=2)}, "agreed_before_proposed"),
    ],
)
def test_an_agreement_names_whom_and_a_day_that_can_be(brand, cast, values, code):
    version = services.propose(brand, by=cast.bea)
    with pytest.raises(InvalidInput) as caught:
        services.agree(version, by=cast.bea, values=agreement(**values))
    assert caught.value.code == code
    assert StrategyVersion.objects.get().state == "proposed"


def test_the_texts_are_begun_once_and_stale_edits_refused(brand, cast):
    values = {"situation": "A", "positioning": "", "constraints": "", "start": None, "end": None}
    services.write(selectors.current(brand), by=cast.bea, version=1, values=values)
    own = selectors.current(brand)
    services.write(own, by=cast.bea, version=1, values=values | {"situation": "B"})
    with pytest.raises(Stale):
        services.write(own, by=cast.bea, version=1, values=values | {"situation": "C"})
    crossed = values | {"start": date(2026, 2, 1), "end": date(2026, 1, 1)}
    with pytest.raises(InvalidInput) as caught:
        services.write(own, by=cast.bea, version=2, values=crossed)
    assert caught.value.facts["field"] == "end"
    assert Strategy.objects.get().situation == "B"


def test_the_difference_names_what_was_added_removed_and_reworded(brand):
    audience = add_strategy(brand)
    before = selectors.content(brand, today=TODAY)
    Audience.objects.filter(pk=audience.pk).update(pains="The beans are old when they arrive.")
    PlatformChoice.objects.filter(platform="x").delete()
    ContentPillar.objects.create(brand=brand, name="Offers", share=5, position=9)
    with translation.override("en"):
        changes = difference(*(chapters(each) for each in (before, selectors.content(brand, today=TODAY))))
    by_title = {change.title: change.items for change in changes}
    assert set(by_title) == {"Audiences", "Left out, because", "Content pillars"}
    (pains,) = by_title["Audiences"][0].lines
    assert [(piece.state, piece.text) for piece in pains.pieces if piece.state != "same"] == [
        (REMOVED, "stale"),
        (ADDED, "old"),
    ]
    assert [item.state for item in by_title["Left out, because"]] == [REMOVED]
    assert [item.state for item in by_title["Content pillars"]] == [ADDED]


def test_a_new_order_is_a_change_too(brand):
    add_strategy(brand)
    before = selectors.content(brand, today=TODAY)
    ContentPillar.objects.filter(name="The people of the bar").update(position=0)
    with translation.override("en"):
        (change,) = difference(*(chapters(each) for each in (before, selectors.content(brand, today=TODAY))))
    assert change.moved and not change.items


def test_the_page_shows_the_draft_what_it_lacks_and_its_versions(bea, cast):
    add_strategy(cast.brand)
    text = page(bea, cast, "strategy_document").content.decode()
    for told in ("Orders stand still.", "Nobody of them is there.", "Left out, because", "Behind the roast"):
        assert told in text
    assert "It does not say from when to when it holds." in text
    response = bea.post(reverse("strategy_propose", args=[cast.brand.slug]), {"note": "First"}, follow=True)
    assert "Version 1 is proposed." in response.content.decode()
    assert "Version 1" in page(bea, cast, "strategy_document").content.decode()


def test_the_document_is_told_in_the_language_asked_for_and_the_page_stays_in_ones_own(bea, cast):
    add_strategy(cast.brand)
    text = page(bea, cast, "strategy_document", data={"language": "it"}).content.decode()
    assert '<html lang="en"' in text
    assert "Posizionamento" in text and "Propose this draft" in text
    assert "Orders stand still." in text


def test_the_agreement_is_put_on_record_from_the_page(bea, cast):
    with brands_in_scope(cast.brand.pk):
        add_strategy(cast.brand)
        version = services.propose(cast.brand, by=cast.bea)
    url = reverse("strategy_agree", args=[cast.brand.slug, version.pk])
    refused = bea.post(url, {"agreed_with": "", "day": "2026-11-01"})
    assert refused.status_code == 422
    assert bea.post(url, {"agreed_with": "Signora Alba", "day": today()}).status_code == 302
    text = page(bea, cast, "strategy_version", version.pk).content.decode()
    assert "Signora Alba" in text and "Put on record by" in text
    assert reverse("strategy_withdraw", args=[cast.brand.slug, version.pk]) not in text


def test_what_changed_is_marked_by_sign_and_not_by_colour_alone(bea, cast):
    with brands_in_scope(cast.brand.pk):
        audience = add_strategy(cast.brand)
        services.propose(cast.brand, by=cast.bea)
        Audience.objects.filter(pk=audience.pk).update(pains="The beans are old when they arrive.")
    text = page(bea, cast, "strategy_compare").content.decode()
    assert '<del class="piece-removed"><span class="piece-sign" aria-hidden="true">−</span>stale</del>' in text
    assert '<ins class="piece-added"><span class="piece-sign" aria-hidden="true">+</span>old</ins>' in text
    assert page(bea, cast, "strategy_compare", data={"from": "7"}).status_code == 404


@pytest.mark.parametrize(
    ("language", "title"), [("en", "Social media strategy"), ("it", "Strategia social media")]
)
def test_the_pdf_is_told_in_either_language(bea, cast, language, title):
    add_strategy(cast.brand)
    response = page(bea, cast, "strategy_pdf", data={"language": language})
    assert response.content.startswith(b"%PDF-")
    assert response["Content-Disposition"].endswith(f'-{language}.pdf"')
    with brands_in_scope(cast.brand.pk), translation.override(language):
        told = sheet(selectors.content(cast.brand, today=TODAY), standing="v1")
    assert (told["title"], told["language"]) == (title, language)
    text = json.dumps(told, ensure_ascii=False)
    for written in ("Orders stand still.", "Nobody of them is there.", "Behind the roast", "The beans are stale"):
        assert written in text


def test_the_pdf_sets_every_chapter_and_takes_no_name_for_mark_up(cast, brand):
    add_strategy(brand)
    Audience.objects.update(name="#panic() *bold* $x$")
    with translation.override("en"):
        told = sheet(selectors.content(brand, today=TODAY), standing="v1")
    found = json.loads(typst.query(str(TEMPLATE), "heading", sys_inputs={"report": json.dumps(told)}))
    headings = [_plain(heading["body"]) for heading in found]
    assert "#panic() *bold* $x$" in [heading.strip() for heading in headings]
    assert [each["title"] for each in told["chapters"] if each["title"] not in headings] == []


def _plain(body: dict) -> str:
    """The text of a heading, whatever it is made of."""
    if body["func"] == "space":
        return " "
    return body.get("text") or "".join(_plain(child) for child in body.get("children", []))


def test_letters_that_no_font_has_do_not_cost_the_pdf(bea, cast):
    add_strategy(cast.brand)
    with brands_in_scope(cast.brand.pk):
        Audience.objects.update(name="\U000f0000")
    assert page(bea, cast, "strategy_pdf").content.startswith(b"%PDF-")


def test_every_gap_has_a_sentence_and_a_page(cast):
    for text, route in GAPS.values():
        assert str(text)
        assert reverse(route, args=[cast.brand.slug])


def test_a_large_strategy_asks_as_often_as_a_small_one(bea, cast):
    counts = []
    for number in (2, 60):
        for place in range(number):
            audience = add_audience(cast.brand, f"{number} {place}")
            channel = add_channel(cast.brand, handle=f"{number}.{place}")
            channel.audiences.add(audience)
            with brands_in_scope(cast.brand.pk):
                ContentPillar.objects.create(
                    brand=cast.brand, name=f"{number} {place}", share=1, audience=audience
                )
        with CaptureQueriesContext(connection) as seen:
            assert page(bea, cast, "strategy_document").status_code == 200
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert counts[1] <= 15
