"""What a client sees and does by a link: nothing beyond its scope, nothing twice, nothing changed meanwhile."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date, time, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.errors import InvalidInput, Stale
from accounts.models import Notification
from accounts.scoping import brands_in_scope
from calendar_app import share_misses
from calendar_app.models import Comment, Entry, Review, ShareLink
from calendar_app.services import approvals, entries, guests, shares
from strategy.models import Campaign
from tests.calendar_app import share_kit
from tests.calendar_app.calendar_kit import TODAY, add, add_channel
from tests.calendar_app.media_kit import picture, upload

Status = Entry.Status


@pytest.fixture
def brand(cast):
    with brands_in_scope(cast.brand.pk):
        yield cast.brand


@pytest.fixture
def channel(brand):
    return add_channel(brand)


@pytest.fixture
def shared(cast, brand):
    return share_kit.make(brand, by=cast.bea)


@pytest.fixture
def link(shared):
    return shared[0]


@pytest.fixture
def secret(shared):
    return shared[1]


@pytest.fixture
def entry(cast, channel):
    return share_kit.in_review(cast, channel)


def url(secret, *numbers, name=""):
    return reverse(name or ("share_entry" if numbers else "share_month"), args=[secret, *numbers])


def month_of(day):
    return {"month": f"{day:%Y-%m}"}


def text(response):
    return response.content.decode()


def seen_on(page):
    return re.search(r'name="seen" value="([0-9a-f]{64})"', text(page))[1]


def fresh(entry):
    return Entry.objects.get(pk=entry.pk)


# --- who is let in -----------------------------------------------------------------------------------------------


def test_wrong_over_revoked_and_archived_are_one_answer(client, cast, brand, link, secret):
    cache.clear()
    today = share_kit.here()
    campaign = Campaign.objects.create(brand=brand, name="Secret plum", start=today, end=today)
    campaign.archived_at = timezone.now()
    campaign.save()
    over, over_secret = share_kit.make(brand, by=cast.bea)
    _gone, archived = share_kit.make(brand, by=cast.bea, campaign=campaign)
    ShareLink.objects.filter(pk=over.pk).update(expires_at=timezone.now())
    shares.revoke(link, by=cast.bea, now=timezone.now())
    answers = [client.get(url(each)) for each in ("nothing", over_secret, archived, secret)]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.content for answer in answers}) == 1
    assert "does not work any more" in text(answers[0]) and brand.name not in text(answers[0])
    deep = [client.get(url(secret, 1)), client.post(url(secret, 1)), client.get(url(secret, 1, name="share_file"))]
    assert {answer.status_code for answer in deep} == {404}


def test_the_dead_page_speaks_the_language_of_the_browser(client, db):
    cache.clear()
    page = client.get(url("nothing"), headers={"Accept-Language": "it"})
    assert "Questo link non funziona più" in text(page)


def test_the_pages_speak_the_language_of_the_link(client, cast, brand):
    _link, secret = share_kit.make(brand, by=cast.bea, language="it")
    page = client.get(url(secret), headers={"Accept-Language": "en"})
    assert '<html lang="it"' in text(page) and "Calendario editoriale" in text(page)
    assert page["Content-Language"] == "it"


def test_nothing_is_kept_or_found_or_told_to_others(client, entry, secret):
    cache.clear()
    for page in (client.get(url(secret)), client.get(url("nothing"))):
        assert "no-store" in page["Cache-Control"] and "noindex" in page["X-Robots-Tag"]
        assert page["Referrer-Policy"] == "no-referrer"
    # A browser sends a form from under "no-referrer" with the origin "null", which is refused as forged.
    assert client.get(url(secret, entry.pk))["Referrer-Policy"] == "same-origin"


def test_look_ups_in_vain_are_limited_and_a_living_link_never_is(client, secret):
    cache.clear()
    answers = [client.get(url(f"guess-{n}")).status_code for n in range(share_misses.MOST + 2)]
    assert answers[: share_misses.MOST] == [404] * share_misses.MOST and answers[-1] == 429
    assert client.get(url(secret)).status_code == 200
    cache.clear()


def test_a_form_without_its_token_is_refused(entry, secret):
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(url(secret, entry.pk), {"do": "comment", "text": "x", "guest": "Anna"})
    assert answer.status_code == 403 and not Comment.objects.exists()
    token = re.search(r'csrfmiddlewaretoken" value="(\w+)"', text(strict.get(url(secret, entry.pk))))[1]
    told = {"do": "comment", "text": "x", "guest": "Anna", "csrfmiddlewaretoken": token}
    told |= {"text": "over https"}
    for origin, status in (("null", 403), ("https://evil.example", 403), ("https://testserver", 302)):
        answer = strict.post(url(secret, entry.pk), told, secure=True, headers={"Origin": origin})
        assert answer.status_code == status
    assert Comment.objects.get().text == "over https"


# --- what is shown -----------------------------------------------------------------------------------------------


def test_entries_beyond_the_link_do_not_exist_nor_their_files(client, cast, brand, channel):
    today = share_kit.here()
    mine, other = (
        Campaign.objects.create(brand=brand, name=name, start=today, end=today, utm_campaign=name)
        for name in ("mine", "other")
    )
    _link, secret = share_kit.make(brand, by=cast.bea, campaign=mine)

    def asset():
        return upload(picture(), "a.png")

    inside = share_kit.in_review(cast, channel, title="Inside", campaign=mine, asset=asset(), asset_name="a.png")
    beyond = [share_kit.in_review(cast, channel, title="Beyond", campaign=other, asset=asset())]
    beyond.append(share_kit.in_review(cast, channel, title="Without campaign", asset=asset()))
    beyond.append(add(brand, channel, by=cast.bea, day=today, today=today, campaign=mine, asset=asset()))
    with brands_in_scope(cast.other_brand.pk):
        there = add_channel(cast.other_brand, handle="velo")
        beyond.append(add(cast.other_brand, there, by=cast.ada, day=today, today=today, asset=asset()))
        Entry.objects.update(status="approved")
    page = text(client.get(url(secret)))
    assert "Inside" in page and "Beyond" not in page and "Without campaign" not in page
    assert client.get(url(secret, inside.pk)).status_code == 200
    shown = client.get(url(secret, inside.pk, name="share_file"))
    assert b"".join(shown.streaming_content) == picture()
    for row in beyond:
        assert client.get(url(secret, row.pk)).status_code == 404
        assert client.get(url(secret, row.pk, name="share_file")).status_code == 404
        assert client.post(url(secret, row.pk), {"do": "comment", "guest": "A", "text": "x"}).status_code == 404
    assert not Comment.objects.exists()


def test_notes_and_what_the_team_says_among_itself_are_never_in_the_page(client, cast, brand):
    _link, secret, first = share_kit.lived_in(cast)
    other, _ = share_kit.make(brand, by=cast.bea, name="Mr Verdi")
    guests.comment(other, first, guest="Verdi", text="Said by another link", now=timezone.now())
    cast.bea.name = ""
    cast.bea.save()
    pages = text(client.get(url(secret))) + text(client.get(url(secret, first.pk)))
    for hidden in (
        "Ask Anna",
        "mind the price",
        "Said by another link",
        "bea@nord.example",
        "ada@nord",
        "Ms Rossi",
    ):
        assert hidden not in pages
    for there in (
        "Ask us anything",
        "A lovely picture!",
        "We took it on Monday",
        "A bag of beans",
        "alba.example/box",
    ):
        assert there in pages


def test_an_address_that_a_browser_would_run_is_no_link(client, entry, secret):
    Entry.objects.update(status="published", permalink="javascript:alert(1)", link="javascript:alert(2)")
    page = text(client.get(url(secret, entry.pk)))
    assert "javascript:" not in page
    Entry.objects.update(permalink="https://www.instagram.com/p/1/")
    assert "See it published" in text(client.get(url(secret, entry.pk)))


def test_ideas_and_drafts_are_hidden_unless_the_link_shows_them(client, cast, brand, channel, secret):
    today = share_kit.here()
    for status, title in (("idea", "An idea"), ("draft", "A draft"), ("cancelled", "Dropped")):
        row = add(brand, channel, by=cast.bea, day=today, today=today, title=title)
        Entry.objects.filter(pk=row.pk).update(status=status)
    page = text(client.get(url(secret)))
    assert not [title for title in ("An idea", "A draft", "Dropped") if title in page]
    _link, open_secret = share_kit.make(brand, by=cast.bea, drafts=True)
    page = text(client.get(url(open_secret)))
    assert "An idea" in page and "A draft" in page and "Dropped" not in page


@pytest.mark.parametrize(
    ("zone", "day", "clock", "there", "told"),
    [
        # Rome springs forward on 25 March 2046, New York did on the 11th: five hours apart for two weeks.
        ("America/New_York", date(2046, 3, 24), time(18), date(2046, 3, 24), "13:00"),
        ("America/New_York", date(2046, 3, 25), time(18), date(2046, 3, 25), "12:00"),
        # Rome falls back on 28 October 2046, a week before New York.
        ("America/New_York", date(2046, 10, 27), time(18), date(2046, 10, 27), "12:00"),
        ("America/New_York", date(2046, 10, 28), time(18), date(2046, 10, 28), "13:00"),
        ("Asia/Tokyo", date(2046, 8, 31), time(18), date(2046, 9, 1), "01:00"),
        ("Pacific/Honolulu", date(2046, 9, 1), time(1), date(2046, 8, 31), "13:00"),
    ],
)
def test_hours_and_days_are_those_of_the_links_clock(client, cast, brand, channel, zone, day, clock, there, told):
    _link, secret = share_kit.make(brand, by=cast.bea, time_zone=zone)
    share_kit.in_review(cast, channel, day=day, clock=clock, today=TODAY - timedelta(days=200), title="Roast")
    page = text(client.get(url(secret), month_of(there)))
    assert f'id="day-{there}"' in page and f">{told}</time>" in page
    if (there.year, there.month) != (day.year, day.month):
        assert "Roast" not in re.sub(
            "aside.*", "", text(client.get(url(secret), month_of(day))).split("banner")[-1]
        )


def test_an_entry_without_an_hour_stands_on_its_day_everywhere(client, cast, brand, channel):
    _link, secret = share_kit.make(brand, by=cast.bea, time_zone="Pacific/Honolulu")
    share_kit.in_review(cast, channel, day=date(2046, 9, 1), clock=None, today=TODAY, title="All day")
    page = text(client.get(url(secret), month_of(date(2046, 9, 1))))
    assert 'id="day-2046-09-01"' in page and "At any time" in page


def test_a_month_asks_the_same_number_of_queries_however_full(
    client, cast, brand, channel, link, secret, django_assert_num_queries
):
    day = share_kit.here()
    ShareLink.objects.update(last_used_at=timezone.now())
    share_kit.in_review(cast, channel)
    with django_assert_num_queries(10):
        client.get(url(secret))
    first = share_kit.in_review(cast, channel)
    Entry.objects.bulk_create(
        Entry(
            brand=brand,
            channel=channel,
            title=f"Post {n}",
            day=day,
            clock=time(12),
            at=first.at,
            status="in_review",
        )
        for n in range(300)
    )
    with django_assert_num_queries(10):
        page = client.get(url(secret))
    assert text(page).count("<article") == 60 and "Page 1 of 6" in text(page)


def test_a_colleague_who_looks_writes_nothing_and_counts_as_no_use(client, cast, entry, link, secret):
    client.force_login(cast.bea)
    page = client.get(url(secret, entry.pk))
    assert "this is what the client sees" in text(page) and 'name="do"' not in text(page)
    assert client.post(url(secret, entry.pk), {"do": "approve", "guest": "Bea"}).status_code == 403
    assert not Review.objects.exists() and ShareLink.objects.get().last_used_at is None
    Client().get(url(secret))
    assert ShareLink.objects.get().last_used_at is not None


# --- what a guest does -------------------------------------------------------------------------------------------


def test_a_guest_comments_once_and_is_known_by_name_from_then_on(client, cast, entry, link, secret):
    told = {"do": "comment", "guest": "Anna  Rossi", "text": "A lovely picture!"}
    for _twice in range(2):
        assert client.post(url(secret, entry.pk), told).status_code == 302
    made = Comment.objects.get()
    assert (made.guest, made.share, made.author) == ("Anna Rossi", link, None)
    assert Notification.objects.filter(user=cast.bea, kind=guests.SAID).count() == 1
    page = text(client.get(url(secret, entry.pk)))
    assert "You write as Anna Rossi" in page and 'name="guest"' not in page
    client.post(url(secret, entry.pk), {"do": "comment", "text": "And another thing"})
    assert Comment.objects.last().guest == "Anna Rossi"


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ({"text": "Typed with care"}, "Write your name"),
        ({"text": "  ", "guest": "Anna"}, "Write something first"),
        ({"text": "x" * 2001, "guest": "Anna"}, "Shorten it by 1."),
        ({"text": "Typed with care", "guest": "A" * 81}, "At most 80 characters"),
    ],
)
def test_what_cannot_be_taken_is_told_and_stays_typed(client, entry, secret, told, sentence):
    answer = client.post(url(secret, entry.pk), {"do": "comment", **told})
    assert answer.status_code == 422 and sentence in text(answer)
    assert told["text"].strip() in text(answer) and not Comment.objects.exists()


def test_a_link_that_may_only_look_does_nothing(client, cast, brand, entry):
    _link, secret = share_kit.make(brand, by=cast.bea, may_comment=False, may_approve=False)
    page = client.get(url(secret, entry.pk))
    assert 'name="do"' not in text(page)
    for do in ("comment", "approve", "changes"):
        told = {"do": do, "guest": "Anna", "text": "x", "word": "x", "seen": share_kit.seen(fresh(entry))}
        answer = client.post(url(secret, entry.pk), told)
        assert answer.status_code == 422 and "does not allow" in text(answer)
    assert not Comment.objects.exists() and not Review.objects.exists()


def test_one_approval_is_enough_where_one_is_wanted(client, cast, channel, link, secret):
    entry = share_kit.in_review(cast, channel, reviewers=[cast.ada])
    told = {"do": "approve", "guest": "Anna", "seen": seen_on(client.get(url(secret, entry.pk)))}
    for _twice in range(2):
        assert "done=approved" in client.post(url(secret, entry.pk), told).url
    review = Review.objects.get()
    assert (review.user, review.share, review.guest) == (None, link, "Anna")
    assert fresh(entry).status == Status.APPROVED
    assert fresh(entry).approved_print == review.content_print == entries.content_print(fresh(entry))
    assert Notification.objects.filter(kind=guests.APPROVED).count() == 2


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite writes one after another anyway")
@pytest.mark.django_db(transaction=True)
def test_sent_twice_at_the_same_moment_it_counts_once(client, cast, channel, link, secret):
    entry = share_kit.in_review(cast, channel)
    told = {"do": "approve", "guest": "Anna", "seen": share_kit.seen(fresh(entry))}
    said = {"do": "comment", "guest": "Anna", "text": "Lovely"}

    def send(form):
        try:
            return Client().post(url(secret, entry.pk), form).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(send, [told, told, said, said]))
    assert answers == [302] * 4 and Review.objects.count() == Comment.objects.count() == 1


def test_where_all_must_approve_the_guest_is_noted_and_they_still_must(client, cast, channel, link, secret):
    entry = share_kit.in_review(cast, channel, reviewers=[cast.ada], needs_all=True)
    told = {"do": "approve", "guest": "Anna", "seen": seen_on(client.get(url(secret, entry.pk)))}
    for _twice in range(2):
        assert "done=agreed" in client.post(url(secret, entry.pk), told).url
    assert Review.objects.count() == 1 and fresh(entry).status == Status.IN_REVIEW
    page = client.get(url(secret, entry.pk))
    assert "approved it" in text(page) and 'name="seen"' not in text(page)
    approvals.decide(fresh(entry), approve=True, word="", by=cast.ada)
    assert fresh(entry).status == Status.APPROVED


def test_changes_need_a_word_and_bring_it_back_out_of_sight(client, cast, entry, link, secret):
    told = {"do": "changes", "guest": "Anna", "word": " ", "seen": seen_on(client.get(url(secret, entry.pk)))}
    answer = client.post(url(secret, entry.pk), told)
    assert answer.status_code == 422 and "Say in a word what should change" in text(answer)
    told["word"] = "Shorter, please"
    for _twice in range(2):
        assert "done=changes" in client.post(url(secret, entry.pk), told).url
    assert Review.objects.count() == 1 and fresh(entry).status == Status.DRAFT
    entries.change(
        fresh(entry), by=cast.bea, version=fresh(entry).version, values={"copy": "Half a thought"}, today=TODAY
    )
    page = text(client.get(url(secret, entry.pk)))
    assert "The team is changing it" in page and "Shorter, please" in page and "Half a thought" not in page
    assert "Half a thought" not in text(client.get(url(secret)))


def test_asked_again_with_the_same_content_it_waits_again(cast, entry, link):
    share_kit.decide(link, entry)
    entries.set_status(fresh(entry), Status.DRAFT, by=cast.bea)
    approvals.ask(fresh(entry), by=cast.bea)
    share_kit.decide(link, entry)
    assert fresh(entry).status == Status.APPROVED and Review.objects.count() == 2


@pytest.mark.parametrize(
    "changed", [{"copy": "Other"}, {"title": "Other"}, {"clock": time(7)}, {"link": "https://b.example"}]
)
def test_what_changed_since_the_page_was_opened_is_not_decided(client, cast, entry, secret, changed):
    seen = seen_on(client.get(url(secret, entry.pk)))
    row = Entry.objects.select_related("brand").get(pk=entry.pk)
    entries.change(row, by=cast.bea, version=row.version, values=changed, today=TODAY - timedelta(days=8000))
    told = {"do": "approve", "guest": "Anna", "word": "Fine", "seen": seen}
    answer = client.post(url(secret, entry.pk), told)
    assert answer.status_code == 409 and "was changed since you opened the page" in text(answer)
    assert ">Fine</textarea>" in text(answer) and not Review.objects.exists()
    told["seen"] = seen_on(answer)
    assert client.post(url(secret, entry.pk), told).status_code == 302
    assert fresh(entry).status == Status.APPROVED


def test_notes_may_change_without_asking_the_guest_to_look_again(cast, entry, link):
    seen = share_kit.seen(fresh(entry))
    Entry.objects.update(notes="Ask Anna", version=9)
    share_kit.decide(link, entry, seen=seen)
    assert fresh(entry).status == Status.APPROVED


def test_what_a_colleague_decided_meanwhile_is_told(cast, entry, link):
    seen = share_kit.seen(fresh(entry))
    approvals.decide(fresh(entry), approve=True, word="", by=cast.ada)
    with pytest.raises(InvalidInput, match="not in review any more"):
        share_kit.decide(link, entry, seen=seen)


def test_a_link_taken_back_while_a_page_is_open_writes_nothing(cast, entry, link):
    shares.revoke(link, by=cast.bea, now=timezone.now())
    with pytest.raises(InvalidInput) as raised:
        guests.comment(link, entry, guest="Anna", text="x", now=timezone.now())
    assert raised.value.code == "share_over"
    with pytest.raises((InvalidInput, Stale)):
        share_kit.decide(link, entry)


def test_a_flood_of_comments_stops_and_goes_on_later(client, entry, link, secret):
    for n in range(20):
        guests.comment(link, entry, guest="Anna", text=f"{n}", now=timezone.now())
    answer = client.post(url(secret, entry.pk), {"do": "comment", "guest": "Anna", "text": "One more"})
    assert answer.status_code == 429 and "One more</textarea>" in text(answer)
    assert Comment.objects.count() == 20
    Comment.objects.update(created_at=timezone.now() - timedelta(minutes=11))
    assert client.post(url(secret, entry.pk), {"do": "comment", "guest": "Anna", "text": "x"}).status_code == 302


def test_what_waits_is_listed_and_led_through_one_by_one(client, cast, channel, link, secret):
    first = share_kit.in_review(cast, channel, day=date(2046, 9, 1), today=TODAY)
    second = share_kit.in_review(cast, channel, day=date(2046, 10, 1), today=TODAY, title="Second")
    assert "2 posts wait for your approval" in text(client.get(url(secret)))
    assert text(client.get(url(secret), {"waiting": ""})).count("<article") == 2
    told = {"do": "approve", "guest": "Anna", "seen": share_kit.seen(fresh(first))}
    after = text(client.get(client.post(url(secret, first.pk), told).url))
    assert "Approved, thank you" in after and f'href="{url(secret, second.pk)}">To the next' in after


def test_a_name_signed_for_one_link_is_worth_nothing_elsewhere(client, cast, brand, entry, secret):
    client.post(url(secret, entry.pk), {"do": "comment", "guest": "Anna", "text": "x"})
    cookie = client.cookies["timone_guest"]
    assert cookie["path"] == url(secret) and cookie["httponly"]
    _other, there = share_kit.make(brand, by=cast.bea)
    elsewhere = Client(headers={"Cookie": f"timone_guest={cookie.value}"})
    assert "You write as" not in text(elsewhere.get(url(there, entry.pk)))
    forged = Client(headers={"Cookie": "timone_guest=IkFubmEi:x:y"})
    assert "You write as" not in text(forged.get(url(secret, entry.pk)))
