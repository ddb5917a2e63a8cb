"""Files that are cut off, damaged or slipped, and the template read fast and slowly."""

import random
from datetime import datetime, timedelta

import pytest
import xlwt

from analytics.formats import FORMATS, FileError, UnknownFormat, Unreadable, detect
from analytics.formats.base import REJECTED_KEPT
from analytics.formats.generic import COLUMNS
from tests.analytics.formats.files import write
from tests.analytics.formats.test_generic import ROWS

HEADER = ["platform", "post_id", "published_at", "text", "reactions"]


def read(path, **options):
    return detect(path).read(path, **{"time_zone": "Europe/Rome", **options})


def workbook(path):
    book = xlwt.Workbook()
    sheet = book.add_sheet("All posts")
    for line in range(400):
        sheet.write(line, 0, f"row {line}")
    book.save(str(path))
    return path.read_bytes()


@pytest.mark.parametrize("size", [600, 5_000, 0.5, 0.9])
def test_a_workbook_that_was_cut_off_is_damaged(tmp_path, size):
    content = workbook(tmp_path / "whole.xls")
    path = tmp_path / "export.xls"
    path.write_bytes(content[: int(size * len(content)) if size < 1 else size])
    with pytest.raises(Unreadable) as caught:
        detect(path)
    assert caught.value.code == "sheet_damaged"


def test_a_workbook_with_a_password_says_so(tmp_path):
    path = tmp_path / "export.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(Unreadable) as caught:
        detect(path)
    assert caught.value.code == "sheet_protected"


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"\xef\xbb\xbf\r\n", "empty"),
        (b'<?xml version="1.0"?><html><head><title>Log in', "html"),
        (b"a,b\n1,2\n" * 20_000 + b"\x00", "not_text"),
        (b"\xef\xbb\xbfa,b\n1,caff\xe8\n", "not_text"),
    ],
)
def test_what_is_wrong_far_down_is_told_before_anything_is_read(tmp_path, content, code):
    path = tmp_path / "export.csv"
    path.write_bytes(content)
    with pytest.raises(Unreadable) as caught:
        detect(path)
    assert caught.value.code == code


def test_a_row_that_slipped_by_an_unquoted_comma_is_refused(tmp_path):
    path = tmp_path / "export.csv"
    path.write_text(",".join(HEADER) + "\nx,1,2026-01-01 10:00,ciao, bello,5\nx,2,2026-01-01 10:00,ciao,5,,\n")
    result = read(path)
    assert [(row.line, row.code) for row in result.rejected] == [(2, "cells_beyond")]
    assert [row.external_id for row in result.rows] == ["2"], "empty cells beyond the header do no harm"


def test_a_file_that_breaks_off_loses_its_torn_row_and_says_so(tmp_path):
    path = write(tmp_path, [HEADER, ["x", "1", "2026-01-01 10:00", "a", "5"]])
    path.write_bytes(path.read_bytes() + b"x,2,2026-01-01 10")
    result = read(path)
    assert [row.external_id for row in result.rows] == ["1"]
    assert [(row.line, row.code) for row in result.rejected] == [(3, "cells_missing")]


def test_a_last_line_without_an_end_is_no_damage(tmp_path):
    path = write(tmp_path, [HEADER, ["x", "1", "2026-01-01 10:00", "a", "5"]])
    path.write_bytes(path.read_bytes().rstrip())
    assert len(read(path).rows) == 1


def test_counts_that_no_database_holds_are_refused(tmp_path):
    rows = [HEADER, *[["x", "1", "2026-01-01T10:00:00", "a", text] for text in ("9" * 19, "9" * 18)]]
    result = read(write(tmp_path, rows))
    assert [row.code for row in result.rejected] == ["count_too_large"]
    assert [row.reactions for row in result.rows] == [10**18 - 1]


def test_rejected_rows_are_kept_up_to_a_bound_and_all_counted(tmp_path):
    rows = [HEADER, *[["x", str(number), "never", "a", "5"] for number in range(REJECTED_KEPT + 5)]]
    result = read(write(tmp_path, rows))
    assert (len(result.rejected), result.rejected_count) == (REJECTED_KEPT, REJECTED_KEPT + 5)


def test_reading_in_batches_gives_what_reading_one_by_one_gives(tmp_path):
    """Over a year with both changes of the clock, with gaps, other platforms and odd rows among them."""
    chance = random.Random(7)
    start = datetime(2025, 3, 1)
    rows = [list(COLUMNS)]
    for number in range(3_000):
        moment = start + timedelta(minutes=175 * number)
        counts = [chance.choice(["", "0", str(chance.randrange(10**6))]) for _ in range(8)]
        platform = chance.choice(["instagram", "Instagram", "x", "twitter"]) if number % 700 > 600 else "instagram"
        stamp = moment.isoformat() if number % 900 else moment.strftime("%d/%m/%Y %H:%M")
        rows.append([platform, "a ", f"P{number}", stamp, "Reel", "t", "l", chance.choice("01"), *counts])
    path = write(tmp_path, rows)
    plan = FORMATS["generic"].stream(path, time_zone="Europe/Rome")
    fast = list(plan)
    slow = FORMATS["generic"].stream(path, time_zone="Europe/Rome")
    slow._plan.batch = None
    assert fast == list(slow)
    assert (plan.rows_read, plan.accounts) == (slow.rows_read, slow.accounts) == (3_000, ["a"])


def test_a_mapping_must_name_what_every_post_needs(tmp_path):
    path = write(tmp_path, ROWS)
    with pytest.raises(FileError) as caught:
        FORMATS["generic"].read(path, mapping={"post_id": "post_id", "reactions": "reactions"})
    assert caught.value.facts == {"columns": "published_at"}


def test_one_column_may_serve_two_fields_of_a_mapping(tmp_path):
    rows = [["Codice", "Quando", "Cuori"], ["7", "2026-07-10 09:30", "5"]]
    mapping = {"post_id": "Codice", "published_at": "Quando", "text": "Codice", "reactions": "Cuori"}
    row = FORMATS["generic"].read(write(tmp_path, rows), mapping=mapping, platform="pinterest").rows[0]
    assert (row.external_id, row.text, row.reactions, row.platform) == ("7", "7", 5, "pinterest")


def test_numeric_days_that_could_be_either_are_assumed_and_told(tmp_path):
    result = read(write(tmp_path, [HEADER, ["x", "1", "02/03/2026 10:00", "a", "5"]]))
    assert result.rows[0].published_at.month == 3
    assert "dates_assumed" in [warning.code for warning in result.warnings]


@pytest.mark.parametrize(
    ("rows", "name"),
    [
        ([["Campaign group name", "Campaign name", "Total spent"], ["a", "b", "1"]], "LinkedIn Ads"),
        ([["Campaign name", "Cost", "Clicks (destination)"], ["a", "1", "2"]], "TikTok Ads Manager"),
        ([["# Account: A"], ["# Property: B"], ["Page title", "Views"], ["x", "1"]], "Google Analytics"),
    ],
)
def test_more_exports_that_are_not_read_are_named(tmp_path, rows, name):
    with pytest.raises(UnknownFormat, match=name):
        detect(write(tmp_path, rows))


def test_a_table_with_a_date_and_views_among_others_is_not_called_youtubes(tmp_path):
    rows = [["Post ID", "Date", "Views", "Reach", "Reactions"], ["1", "Lifetime", "5", "3", "1"]]
    with pytest.raises(UnknownFormat) as caught:
        detect(write(tmp_path, rows))
    assert caught.value.nearest is FORMATS["meta_facebook"]
    assert "Publish time" in str(caught.value)
