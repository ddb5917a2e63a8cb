"""The history of imports: searched, filtered, downloaded; the same file is recognised."""

import hashlib
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from analytics.models import ImportBatch
from tests.analytics.import_kit import line
from tests.analytics.import_page_kit import address, confirm, do_work, text, upload


@pytest.fixture
def done(bea) -> ImportBatch:
    batch = upload(bea, text([line(1), line(2)]), name="may.csv")
    confirm(bea, batch, exported_on="2026-06-01")
    do_work(batch)
    return batch


def listed(client, **query) -> str:
    return client.get(address("imports"), query).content.decode()


def test_the_list_tells_who_when_how_many_and_how_old_the_figures_are(bea, done):
    page = listed(bea)
    for shown in ("0-may.csv", "Bea", "imported", "1 Jun 2026", ">2<"):
        assert shown in page, shown


def test_search_by_name_checksum_state_kind_person_and_day(bea, done):
    digest = hashlib.sha256(text([line(1), line(2)])).hexdigest()
    day = done.created_at.astimezone(ZoneInfo("Europe/Rome")).date().isoformat()
    for query in (
        {"q": "MAY"},
        {"q": digest[:12]},
        {"state": "done"},
        {"kind": "posts"},
        {"from": day, "to": day},
    ):
        assert "0-may.csv" in listed(bea, **query), query
    for query in ({"q": "june"}, {"q": "f" * 12}, {"state": "undone"}, {"kind": "spend"}, {"by": "999999"}):
        page = listed(bea, **query)
        assert "0-may.csv" not in page and "No import matches" in page, query
    assert "0-may.csv" not in listed(bea, to="2020-01-01")
    assert "0-may.csv" in listed(bea, by=str(done.created_by_id))


def test_the_download_holds_a_line_per_file_with_its_checksum(bea, done):
    lines = bea.get(address("imports_export")).content.decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    told = lines[1].split(",")
    assert hashlib.sha256(text([line(1), line(2)])).hexdigest() in told
    assert told[-6:] == ["2", "2", "0", "0", "0", "0"]
    assert bea.get(address("imports_export"), {"file": "xlsx"}).content[:2] == b"PK"
    assert len(bea.get(address("imports_export"), {"q": "june"}).content.decode().splitlines()) == 1


def test_a_file_that_is_in_already_is_recognised_at_upload_under_any_name(bea, done):
    again = upload(bea, text([line(1), line(2)]), name="copy of may.csv")
    page = bea.get(address("import_detail", again.pk)).content.decode()
    assert "This very file is in already" in page
    assert address("import_detail", done.pk) in page
    other = upload(bea, text([line(1), line(3)]))
    assert "in already" not in bea.get(address("import_detail", other.pk)).content.decode()


def test_an_undone_import_does_not_count_as_being_in(bea, done):
    ImportBatch.objects.filter(pk=done.pk).update(state="undone")
    again = upload(bea, text([line(1), line(2)]))
    assert "in already" not in bea.get(address("import_detail", again.pk)).content.decode()


def test_the_number_of_queries_does_not_grow_with_the_imports(bea, done):
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert bea.get(address("imports")).status_code == 200
        return len(asked)

    few = queries()
    for number in range(5):
        upload(bea, text([line(number)]), text([line(number + 10)]))
    assert queries() == few
