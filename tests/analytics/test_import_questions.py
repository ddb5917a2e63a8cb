"""What a file leaves open, on the page and at the command: asked, answered, remembered, overruled."""

import csv
import io
import json
from pathlib import Path

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from analytics.forms.imports import field_of
from analytics.models import Post, SourceAnswers, Spend
from tests.analytics.import_page_kit import address, confirm, decide, do_work, text, upload

META = (
    "Post ID",
    "Page name",
    "Title",
    "Publish time",
    "Permalink",
    "Post type",
    "Reach",
    "Reactions",
    "Comments",
)
ADS = ("Campaign name", "Reporting starts", "Reporting ends", "Amount spent", "Impressions")


def meta(*stamps: str, columns=META, delimiter: str = ",") -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(columns)
    for number, stamp in enumerate(stamps):
        post = f"10000000000000{number}"
        writer.writerow(
            [post, "Alba", f"post {number}", stamp, "https://fb.example/", "Photo", 100 + number, 5, 1]
        )
    return out.getvalue().encode()


def ads(*amounts: str, columns=ADS) -> bytes:
    rows = [
        dict(zip(columns, (f"c{n}", "2026-04-01", "2026-04-30", amount, "10"), strict=True))
        for n, amount in enumerate(amounts)
    ]
    return text(rows, columns)


def asked(batch, place: int = 0) -> str:
    """The name that the page gives the field of an open question."""
    form = batch.files.get().preview["questions"][place]
    return field_of(form["key"])


OPEN = ("04/03/2026 10:00", "05/06/2026 11:00")


def test_dates_that_can_be_read_both_ways_are_asked_about_with_the_persons_own_cells(bea):
    batch = upload(bea, meta(*OPEN, delimiter=";"))
    page = bea.get(address("import_detail", batch.pk)).content.decode()
    for shown in ("Which dates are meant in “Publish time”?", "04/03/2026", "3 Apr 2026", "4 Mar 2026"):
        assert shown in page, shown
    response = confirm(bea, batch)
    assert response.status_code == 422
    assert "Choose the reading that is right." in response.content.decode()
    assert confirm(bea, batch, **{asked(batch): "dmy"}).status_code == 302
    do_work(batch)
    assert [post.published_at.month for post in Post.objects.order_by("external_id")] == [3, 6]


def test_what_the_platform_always_writes_is_proposed(bea):
    batch = upload(bea, meta(*OPEN))
    page = bea.get(address("import_detail", batch.pk)).content.decode()
    assert "as the platform writes it" in page
    saved_anew = upload(bea, meta(*OPEN, delimiter=";"))
    assert "as the platform writes it" not in bea.get(address("import_detail", saved_anew.pk)).content.decode()
    assert page.count(' value="mdy"') == page.count("checked") - 1 == 1  # the other tick: import this file


def test_the_answer_is_remembered_for_files_of_the_same_source_alone(bea):
    batch = upload(bea, meta(*OPEN, delimiter=";"))
    confirm(bea, batch, **{asked(batch): "dmy"})
    assert SourceAnswers.objects.get().answers == {"date_order:publish time": "dmy"}
    again = upload(bea, meta("07/08/2026 10:00", delimiter=";"))
    question = again.files.get().preview["questions"][0]
    assert (question["answer"], question["by"]) == ("dmy", "before")
    assert "as you answered before" in bea.get(address("import_detail", again.pk)).content.decode()
    other = upload(bea, meta("07/08/2026 10:00"))  # another program wrote this one
    assert other.files.get().preview["questions"][0]["answer"] == ""


def test_what_the_values_tell_counts_for_more_than_what_was_answered_before(bea):
    batch = upload(bea, meta(*OPEN, delimiter=";"))
    confirm(bea, batch, **{asked(batch): "dmy"})
    again = upload(bea, meta("07/25/2026 10:00", "07/08/2026 10:00", delimiter=";"))
    assert again.files.get().preview["questions"] == []
    assert again.files.get().preview["rows"][1]["published_at"].startswith("2026-07-08")


def test_a_reading_that_lies_in_the_future_is_ruled_out_and_told(bea):
    batch = upload(
        bea, meta("03/11/2026 10:00", "02/03/2026 10:00", delimiter=";"), modified="2026-03-12T10:00:00Z"
    )
    question = batch.files.get().preview["questions"][0]
    assert (question["answer"], question["by"]) == ("mdy", "future")
    assert "would lie in the future" in bea.get(address("import_detail", batch.pk)).content.decode()
    assert confirm(bea, batch, **{asked(batch): "dmy"}).status_code == 302  # and yet it can be chosen
    do_work(batch)
    assert Post.objects.filter(published_at__month=11).exists()


def test_a_currency_that_the_file_does_not_tell_is_asked_for(bea):
    batch = upload(bea, ads("12.50", "7.00"))
    name = asked(batch)
    page = bea.get(address("import_detail", batch.pk)).content.decode()
    assert "In which currency are the amounts in “Amount spent”?" in page
    assert confirm(bea, batch, **{name: "GBP"}).status_code == 302
    do_work(batch)
    assert set(Spend.objects.values_list("currency", flat=True)) == {"GBP"}


def test_thousands_or_decimals_are_asked_about(bea):
    columns = (*ADS[:3], "Amount spent (EUR)", ADS[4])
    batch = upload(bea, ads("1.234", "2.500", columns=columns))
    page = bea.get(address("import_detail", batch.pk)).content.decode()
    for shown in ("Which numbers are meant in “Amount spent (EUR)”?", "1.234", "1,234"):
        assert shown in page, shown
    confirm(bea, batch, **{asked(batch): ","})
    do_work(batch)
    assert sorted(Spend.objects.values_list("amount", flat=True)) == [1234, 2500]


def test_looking_again_needs_no_decision_and_keeps_what_was_typed(bea):
    rows = [
        {"platform": "instagram", "account": "", "post_id": f"k{n}", "published_at": stamp, "reach": 1}
        for n, stamp in enumerate(OPEN)
    ]
    batch = upload(bea, text(rows))
    typed = {"channel": "new", "handle": "alba", "exported_on": "2026-08-01", "look": "1", asked(batch): "dmy"}
    assert bea.post(address("import_confirm", batch.pk), decide(batch, **typed) | {"look": "1"}).status_code == 302
    page = bea.get(address("import_detail", batch.pk)).content.decode()
    for kept in ('value="alba"', 'value="2026-08-01"', '<option value="new" selected>', "4 Mar 2026"):
        assert kept in page, kept
    assert not Post.objects.exists()


def test_each_change_shows_the_rows_anew_without_leaving_the_page(bea):
    batch = upload(bea, meta(*OPEN, delimiter=";"))
    sent = decide(batch, **{asked(batch): "dmy"}) | {"look": "1"}
    part = bea.post(address("import_confirm", batch.pk), sent, headers={"HX-Request": "true"})
    content = part.content.decode()
    assert part.status_code == 200
    assert "<html" not in content
    assert "4 Mar 2026" in content


def test_an_order_that_the_values_tell_can_be_overruled_and_taken_back(bea):
    batch = upload(bea, meta("04/25/2026 10:00", "05/06/2026 11:00"))
    sent = decide(batch, date_order="dmy") | {"look": "1"}
    bea.post(address("import_confirm", batch.pk), sent)
    preview = batch.files.get().preview
    assert (preview["rejected"], preview["rows"][0]["published_at"][:10]) == (1, "2026-06-05")
    bea.post(address("import_confirm", batch.pk), decide(batch, date_order="") | {"look": "1"})
    assert batch.files.get().preview["rejected"] == 0


def test_a_file_of_which_nothing_is_left_can_still_be_read_otherwise(bea):
    batch = upload(bea, meta("04/25/2026 10:00"))
    bea.post(address("import_confirm", batch.pk), decide(batch, date_order="dmy") | {"look": "1"})
    page = bea.get(address("import_detail", batch.pk)).content.decode()
    assert "None of its rows can be taken" in page
    assert "date_order" in page
    bea.post(address("import_confirm", batch.pk), decide(batch, date_order="mdy") | {"look": "1"})
    assert batch.files.get().preview["rejected"] == 0


def test_the_language_and_metas_time_zone_can_be_overruled(bea):
    batch = upload(bea, meta("04/25/2026 10:00"))
    sent = decide(batch, language="it", time_zone="Europe/Rome")
    bea.post(address("import_confirm", batch.pk), sent | {"look": "1"})
    file = batch.files.get()
    assert file.options["answers"] == {"language": "it", "time_zone": "Europe/Rome"}
    assert (file.language, file.preview["rows"][0]["published_at"]) == ("it", "2026-04-25T08:00:00+00:00")


def test_the_same_file_can_be_read_as_another_format(bea):
    facebook = upload(bea, meta("04/25/2026 10:00", columns=(*META, "Saves")))
    formats = facebook.files.get().preview["formats"]
    assert formats[:2] == ["meta_facebook", "meta_instagram"]
    sent = decide(facebook, format="meta_instagram", time_zone=None) | {"look": "1"}
    bea.post(address("import_confirm", facebook.pk), sent)
    assert facebook.files.get().format == "meta_instagram"


def test_the_rows_shown_are_those_that_will_be_stored(bea):
    mine = {"platform": "instagram", "account": "alba", "post_id": "k1", "published_at": "2026-05-02", "reach": 1}
    partner = mine | {"account": "partner", "post_id": "k2", "reach": "", "text": "a partner's post"}
    batch = upload(bea, text([mine, partner]))
    assert "a partner&#x27;s post" not in bea.get(address("import_detail", batch.pk)).content.decode()
    nameless = upload(bea, text([mine | {"account": ""}]))
    sent = decide(nameless, channel="new", handle="caffe.alba") | {"look": "1"}
    bea.post(address("import_confirm", nameless.pk), sent)
    page = bea.get(address("import_detail", nameless.pk)).content.decode()
    assert '<td class="">caffe.alba</td>' in page


@pytest.fixture
def import_export(cast, tmp_path: Path):
    def run(content: bytes, *options: str):
        path = tmp_path / "export.csv"
        path.write_bytes(content)
        out = io.StringIO()
        call_command("import_export", str(path), "--brand", cast.brand.slug, "--json", *options, stdout=out)
        return json.loads(out.getvalue())[0]

    return run


def test_the_command_takes_the_assumed_reading_with_a_warning(import_export):
    told = import_export(meta(*OPEN))
    assert any(warning.startswith("dates_assumed") for warning in told["warnings"])
    assert told["questions"][0]["key"] == "date_order:publish time"
    assert told["questions"][0]["taken"] == "mdy"


@pytest.mark.parametrize("answer", ["date_order=dmy", "date_order:publish time=dmy"])
def test_the_command_takes_an_answer(import_export, answer):
    told = import_export(meta(*OPEN), "--answer", answer)
    assert not any(warning.startswith("dates_assumed") for warning in told["warnings"])
    assert [post.published_at.month for post in Post.across_brands.order_by("external_id")] == [3, 6]


def test_the_command_takes_the_brands_currency_with_a_warning(import_export):
    told = import_export(ads("12.50"))
    assert (told["created"], [w for w in told["warnings"] if w.startswith("currency_assumed")] != []) == (1, True)


def test_the_command_refuses_what_is_no_answer(import_export):
    with pytest.raises(CommandError, match="is no answer"):
        import_export(meta(*OPEN), "--answer", "date_order=backwards")
