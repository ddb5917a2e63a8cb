"""Pictures and films: told by decoding them, kept in order, described, checked against the platform."""

import doctest
import io
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.urls import reverse
from PIL import Image

from accounts.errors import InvalidInput, Stale
from accounts.models import AuditEvent
from accounts.scoping import brands_in_scope
from calendar_app import media, media_limits
from calendar_app.media import NotMedia, inspect
from calendar_app.models import Entry, Slide
from calendar_app.services import approvals, entries, pictures
from strategy.catalogue import catalogue
from tests.calendar_app.calendar_kit import TODAY, add, add_channel, values
from tests.calendar_app.media_kit import film, picture, upload


@pytest.fixture
def brand(cast):
    with brands_in_scope(cast.brand.pk):
        yield cast.brand


@pytest.fixture
def entry(cast, brand):
    return add(brand, add_channel(brand), by=cast.bea, format="carousel")


@pytest.fixture
def bea(client, cast):
    client.force_login(cast.bea)
    return client


def address(name, *numbers):
    return reverse(name, args=["caffe-alba", *numbers])


def put(entry: Entry, cast, *sizes: tuple[int, int]) -> Entry:
    """Add pictures of these sizes, each called by its width."""
    files = [upload(picture(*size), f"{size[0]}.png") for size in sizes]
    uploads = [(file, inspect(file)) for file in files]
    return pictures.add(fresh(entry), uploads, by=cast.bea, version=fresh(entry).version, today=TODAY)


def fresh(entry: Entry) -> Entry:
    return Entry.objects.select_related("brand", "channel", "campaign").get(pk=entry.pk)


def names(entry: Entry) -> list[str]:
    return [each.asset_name for each in pictures.of(fresh(entry))]


def do(entry: Entry, cast, work, *arguments):
    return work(fresh(entry), *arguments, by=cast.bea, version=fresh(entry).version, today=TODAY)


# --- what it is ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("format", ["PNG", "JPEG", "GIF", "WEBP"])
def test_a_picture_is_told_with_its_size_and_a_thumbnail(format):
    found = inspect(io.BytesIO(picture(1600, 900, format=format)))
    assert found[:4] == ("picture", 1600, 900, None)
    assert Image.open(io.BytesIO(found.thumb)).size == (media.THUMB, 270)


def test_a_picture_stands_as_the_camera_says():
    found = inspect(io.BytesIO(picture(1600, 900, format="JPEG", turned=6)))
    assert (found.width, found.height) == (900, 1600)
    assert Image.open(io.BytesIO(found.thumb)).size == (270, media.THUMB)


def test_a_film_is_told_with_its_length_and_its_first_frame():
    found = inspect(io.BytesIO(film(3)))
    assert found[:4] == ("film", 90, 160, 3.0)
    assert Image.open(io.BytesIO(found.thumb)).size == (90, 160)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"<svg onload=alert(1)>", "unknown"),
        (b"", "unknown"),
        (picture()[:300], "broken"),
        (b"\0\0\0\x18ftypmp42" + b"0" * 400, "broken"),
        (film()[:2000], "broken"),
    ],
)
def test_what_it_says_it_is_counts_for_nothing(content, code):
    with pytest.raises(NotMedia) as caught:
        inspect(io.BytesIO(content))
    assert caught.value.code == code


def test_a_picture_that_unpacks_to_too_much_is_refused_before(monkeypatch):
    monkeypatch.setattr(media, "MOST_PIXELS", 1_000)
    with pytest.raises(NotMedia) as caught:
        inspect(io.BytesIO(picture(100, 100)))
    assert caught.value.code == "too_many_pixels"


def test_a_film_that_is_too_long_is_refused(monkeypatch):
    monkeypatch.setattr(media, "MOST_SECONDS", 1)
    with pytest.raises(NotMedia) as caught:
        inspect(io.BytesIO(film(2)))
    assert caught.value.code == "too_long"


# --- what the platform takes -----------------------------------------------------------------------------------


def test_ratio_number_and_length_are_told_with_their_source():
    assert doctest.testmod(media_limits).failed == 0
    known = catalogue()["instagram"]
    tall = {"kind": "picture", "width": 1080, "height": 1920, "seconds": None}
    fine = {"kind": "picture", "width": 1080, "height": 1350, "seconds": None}
    (found,) = media_limits.findings([fine, tall], known=known, format="photo")
    assert (found.code, found.facts["place"], found.facts["wanted"]) == ("ratio", 2, "4:5 – 1.91:1")
    (found,) = media_limits.findings([fine] * 11, known=known, format="carousel")
    assert (found.code, found.facts["n"], found.facts["most"]) == ("too_many_pictures", 11, 10)
    clip = {"kind": "film", "width": 1080, "height": 1920, "seconds": 1.5}
    (found,) = media_limits.findings([clip], known=catalogue()["facebook"], format="short_video")
    assert (found.code, found.facts["least"]) == ("film_too_short", 3)
    (found,) = media_limits.findings(
        [clip | {"seconds": 300}], known=catalogue()["facebook"], format="short_video"
    )
    assert (found.code, found.facts["most"]) == ("film_too_long", 90)
    assert media_limits.findings([tall], known=None, format="photo") == []


# --- kept in order ---------------------------------------------------------------------------------------------


def test_pictures_are_added_moved_described_and_taken_away(cast, entry):
    put(entry, cast, (100, 100))
    put(entry, cast, (200, 200), (300, 300))
    assert names(entry) == ["100.png", "200.png", "300.png"]
    do(entry, cast, pictures.move, 2, -1)
    assert names(entry) == ["100.png", "300.png", "200.png"]
    do(entry, cast, pictures.move, 0, -1)
    do(entry, cast, pictures.describe, 1, " Plums ")
    do(entry, cast, pictures.remove, 0)
    assert names(entry) == ["300.png", "200.png"]
    row = fresh(entry)
    assert (row.alt_text, row.asset_facts["width"], Slide.objects.count()) == ("Plums", 300, 1)
    assert AuditEvent.objects.filter(action="entry.pictures").count() == 6
    for _again in range(2):
        do(entry, cast, pictures.remove, 0)
    assert names(entry) == [] and fresh(entry).thumb.name == ""


def test_a_place_that_is_gone_and_too_many_are_refused(cast, entry):
    put(entry, cast, (100, 100))
    with pytest.raises(InvalidInput) as caught:
        do(entry, cast, pictures.remove, 1)
    assert caught.value.code == "picture_gone"
    with pytest.raises(InvalidInput) as caught:
        put(entry, cast, *[(10, 10)] * pictures.MOST)
    assert caught.value.code == "pictures_too_many" and names(entry) == ["100.png"]


def test_a_change_made_meanwhile_is_not_overwritten(cast, entry):
    put(entry, cast, (100, 100), (200, 200))
    with pytest.raises(Stale):
        pictures.remove(fresh(entry), 0, by=cast.bea, version=1, today=TODAY)
    assert names(entry) == ["100.png", "200.png"]


@pytest.mark.parametrize(
    "work", [(pictures.remove, 1), (pictures.move, 1, -1), (pictures.describe, 1, "Plums in a bowl")]
)
def test_an_approved_entry_whose_pictures_change_asks_for_approval_again(cast, entry, work):
    put(entry, cast, (100, 100), (200, 200))
    approvals.ask(fresh(entry), by=cast.bea)
    approvals.decide(fresh(entry), approve=True, word="", by=cast.ada)
    assert fresh(entry).status == "approved"
    do(entry, cast, *work)
    assert fresh(entry).status == "in_review"


def test_a_copy_has_the_same_pictures(cast, entry):
    put(entry, cast, (100, 100), (200, 200))
    copy = entries.duplicate(fresh(entry), days=7, by=cast.bea, today=TODAY)
    assert names(copy) == names(entry) == ["100.png", "200.png"]
    assert copy.slides.get().pk != entry.slides.get().pk


def test_a_large_upload_serves_the_entries_of_all_channels(cast, brand):
    """An upload on disk is moved into the store: there is one file for all."""
    file = TemporaryUploadedFile("plums.png", "image/png", len(picture()), None)
    file.write(picture())
    file.seek(0)
    channels = [add_channel(brand), add_channel(brand, "facebook", "alba")]
    told = values() | pictures.stored(file, inspect(file))
    made = entries.add(brand, channels=channels, by=cast.bea, values=told, today=TODAY)
    assert [pictures.of(each)[0].asset for each in made] == [made[0].asset.name] * 2
    with made[1].asset.open() as found:
        assert found.read() == picture()
    file.close()


# --- on the pages ----------------------------------------------------------------------------------------------


def test_the_page_takes_many_at_once_and_shows_thumbnails(bea, entry):
    files = [upload(picture(1080, 1080), "one.png"), upload(film(), "two.mp4", "video/mp4")]
    page = bea.post(address("entry_pictures", entry.pk), {"pictures": files, "version": "1"}, follow=True)
    text = page.content.decode()
    assert "asset facts" not in text
    assert "2 pictures more." in text and "one.png" in text and "90 × 160" in text
    thumb = bea.get(address("entry_file", entry.pk), {"place": "1", "thumb": ""})
    assert thumb["Content-Type"] == "image/webp"
    assert Image.open(io.BytesIO(b"".join(thumb.streaming_content))).size == (90, 160)
    whole = bea.get(address("entry_file", entry.pk), {"place": "0", "download": ""})
    assert b"".join(whole.streaming_content) == picture(1080, 1080)
    assert "attachment" in whole["Content-Disposition"] and "one.png" in whole["Content-Disposition"]
    assert bea.get(address("entry_file", entry.pk), {"place": "2"}).status_code == 404


def test_a_wrong_file_is_told_by_its_name_and_nothing_is_stored(bea, entry, settings):
    files = [upload(), upload(b"MZ\x90\0 program", "virus.png")]
    page = bea.post(address("entry_pictures", entry.pk), {"pictures": files, "version": "1"}, follow=True)
    assert "“virus.png” is no picture" in page.content.decode() and names(entry) == []
    settings.TIMONE_MAX_MEDIA_BYTES = 100
    page = bea.post(address("entry_pictures", entry.pk), {"pictures": [upload()], "version": "1"}, follow=True)
    assert "“plums.png” is larger than" in page.content.decode() and names(entry) == []
    page = bea.post(address("entry_pictures", entry.pk), {"version": "1"}, follow=True)
    assert page.status_code == 200 and names(entry) == []


def test_what_is_done_to_a_picture_on_the_page(bea, cast, entry):
    put(entry, cast, (100, 100), (200, 200))
    for what, place in (("later", 0), ("remove", 1)):
        url = address("entry_picture", entry.pk, place)
        assert bea.post(url, {"do": what, "version": fresh(entry).version}).status_code == 302
    assert names(entry) == ["200.png"]
    stale = bea.post(address("entry_picture", entry.pk, 0), {"do": "remove", "version": "1"}, follow=True)
    assert "changed" in stale.content.decode() and names(entry) == ["200.png"]
    assert bea.post(address("entry_picture", entry.pk, 0), {"do": "frame", "version": "1"}).status_code == 404


def test_the_desk_shows_every_picture_of_an_agreed_entry(client, cast, entry):
    put(entry, cast, (100, 100), (200, 200))
    approvals.ask(fresh(entry), by=cast.bea)
    approvals.decide(fresh(entry), approve=True, word="", by=cast.ada)
    client.force_login(cast.carlo)
    page = client.get(address("desk_entry", entry.pk)).content.decode()
    assert page.count("place=1") >= 2 and "Download 2" in page
    shown = client.get(address("desk_entry_file", entry.pk), {"place": "1"})
    assert b"".join(shown.streaming_content) == picture(200, 200)


def test_pictures_cost_the_entrys_page_the_same_number_of_queries(bea, cast, entry, django_assert_max_num_queries):
    put(entry, cast, *[(10, 10)] * 12)
    with django_assert_max_num_queries(16):
        assert bea.get(address("entry_detail", entry.pk)).status_code == 200


def test_undoing_far_days_never_touches_pictures(cast, entry):
    put(entry, cast, (100, 100))
    moved = entries.move(
        fresh(entry), day=entry.day + timedelta(days=1), clock=None, by=cast.bea, version=2, today=TODAY
    )
    assert names(moved) == ["100.png"]
