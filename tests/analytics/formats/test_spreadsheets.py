"""What spreadsheets do to an export that passes through them, and how much of it is still told."""

from datetime import UTC, date, datetime

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from analytics.formats import detect
from analytics.formats.dates import only_midnights, other_reading, parse, swapped
from analytics.formats.errors import CellError
from analytics.formats.numbers import decimal_sign
from analytics.formats.postrow import external_id, restored, rounds_ids
from analytics.formats.snowflake import told_by
from tests.analytics.formats.files import changed, write
from tests.analytics.formats.test_meta_posts import FACEBOOK
from tests.analytics.formats.test_other_posts import POSTS, YOUTUBE
from tests.analytics.formats.test_x_posts import CONTENT

MOMENTS = st.datetimes(min_value=datetime(2010, 1, 1), max_value=datetime(2040, 1, 1))


def read(path):
    return detect(path).read(path, time_zone="Europe/Rome")


def workbook(path, rows, dates):
    """A workbook with real dates where `dates` has one for a row, and texts everywhere else."""
    book = xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy hh:mm"})
    sheet = book.add_worksheet()
    place = rows[0].index("Publish time")
    for number, row in enumerate(rows):
        sheet.write_row(number, 0, row, book.add_format({"num_format": "@"}))
        if when := dates.get(number):
            sheet.write_datetime(number, place, when)
    book.close()
    return path


def test_dates_that_a_day_first_spreadsheet_turned_about_are_turned_back(tmp_path):
    # "01/02/2024 04:54" is 2 January; Excel set to Italian took it for 1 February. It left "01/15/2024" alone.
    rows = changed(FACEBOOK, "Publish time", ["", "01/15/2024 04:54"])
    result = read(workbook(tmp_path / "a.xlsx", rows, {1: datetime(2024, 2, 1, 4, 54)}))
    days = [row.published_at.date() for row in result.rows]
    assert days == [date(2024, 1, 2), date(2024, 1, 15)]
    assert "dates_turned" in [warning.code for warning in result.warnings]


def test_real_dates_of_a_workbook_are_taken_as_they_are(tmp_path):
    dates = {1: datetime(2024, 2, 1, 4, 54), 2: datetime(2024, 2, 20, 4, 54)}
    rows = read(workbook(tmp_path / "a.xlsx", FACEBOOK, dates)).rows
    assert [row.published_at.date() for row in rows] == [date(2024, 2, 1), date(2024, 2, 20)]


def test_a_mixed_column_is_turned_only_where_no_date_speaks_against_it():
    assert swapped(["01/15/2024", "2024-02-01"])
    assert not swapped(["01/15/2024", "2024-02-20"])
    assert not swapped(["01/15/2024", "01/16/2024"])
    assert not swapped(["2024-02-01"])
    assert not swapped(["01/15/2024", "02/03/2024", "2024-02-01"])


def test_numbers_of_posts_that_were_rounded_and_written_out_are_refused(tmp_path):
    rows = [*FACEBOOK, *[[*row] for row in FACEBOOK[1:]]]
    numbers = ["1213499430137060", "1211164553703880", "1207769290710080"]
    result = read(write(tmp_path, changed(rows, "Post ID", [*numbers, "927239798763034"])))
    assert [row.code for row in result.rejected] == ["id_destroyed_by_excel"] * 3
    assert [row.external_id for row in result.rows] == ["927239798763034"], "15 digits are kept whole"


@pytest.mark.parametrize(
    ("text", "link", "whole"),
    [
        ("1213499430137060.00", "https://www.facebook.com/caffe/posts/1213499430137063", "1213499430137063"),
        (
            "1213499430137060",
            "https://www.facebook.com/permalink.php?story_fbid=1213499430137063&id=1",
            "1213499430137063",
        ),
        ("1213499430137060.00", "https://www.facebook.com/caffe/videos/1213499430137079", ""),
        ("1213499430137060.00", "https://www.facebook.com/caffe/posts/pfbid0ksai8f2BH", ""),
        ("1123180000000000.00", "https://www.facebook.com/reel/1123180000000002", ""),
        ("1.12318E+15", "https://www.facebook.com/reel/1123180000000002", ""),
    ],
)
def test_a_rounded_number_is_restored_only_from_a_link_that_agrees_in_every_digit_left(text, link, whole):
    assert restored(text, link) == whole


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("1213499430137063.0", "1213499430137063"),
        ("1213499430137060.00", None),
        ("18142670482478094.0", None),
        ("927239798763033,00", "927239798763033"),
        ("7.", "7"),
        ("1.12E+15", None),
        ("ABC-7", "ABC-7"),
    ],
)
def test_only_a_number_that_lost_nothing_is_taken(text, whole):
    if whole:
        assert external_id(text, "Post ID") == whole
    else:
        with pytest.raises(CellError):
            external_id(text, "Post ID")


def test_a_post_whose_link_holds_its_whole_number_is_not_lost(tmp_path):
    rows = changed(FACEBOOK[:2], "Post ID", ["1213499430137060.00"])
    rows = changed(rows, "Permalink", ["https://www.facebook.com/caffe/posts/1213499430137063"])
    assert [row.external_id for row in read(write(tmp_path, rows)).rows] == ["1213499430137063"]


def test_a_number_that_ends_in_a_zero_by_chance_is_kept():
    assert not rounds_ids(["1213499430137060", "1213499430137063", "1213499430137061"])
    assert not rounds_ids(["1213499430137060"])
    assert rounds_ids(["18142670482478000", "18066841967299000"])
    assert not rounds_ids(["927239798763000", "927239798764000", "927239798765000"]), "15 digits are kept whole"


def test_videos_whose_number_became_an_error_are_refused(tmp_path):
    rows = changed([YOUTUBE[0], YOUTUBE[2], YOUTUBE[2]], "Content", ["#NAME?", "hOf7m31ZvgQ"])
    result = read(write(tmp_path, rows))
    assert [(row.code, row.value) for row in result.rejected] == [("id_destroyed_by_excel", "#NAME?")]
    assert len(result.rows) == 1


def test_a_day_that_a_spreadsheet_turned_about_is_set_right_by_the_number(tmp_path):
    linkedin = [*POSTS[0:1], changed(POSTS[:2], "Created date", ["28/07/2025"])[1]]
    assert read(write(tmp_path, linkedin)).rows[0].precision == "exact"
    rows = [CONTENT[0], [*CONTENT[1][:1], "02/03/2026", *CONTENT[1][2:]]]
    moment = datetime(2026, 3, 2, 13, tzinfo=UTC)
    number = str((int(moment.timestamp() * 1000) - 1288834974657) << 22)
    row = read(write(tmp_path, changed(rows, "Post id", [number]))).rows[0]
    assert (row.published_at, row.precision) == (moment, "exact")


def test_the_other_reading_of_a_day_confirms_only_that_day():
    stated = datetime(2026, 2, 3, tzinfo=UTC)
    assert told_by(datetime(2026, 3, 2, 13, tzinfo=UTC), stated, "02/03/2026")
    assert not told_by(datetime(2026, 5, 2, 13, tzinfo=UTC), stated, "02/03/2026")
    assert not told_by(None, stated, "02/03/2026")
    assert other_reading("Fri, Feb 27, 2026") is None


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found_beneath_long_captions(tmp_path, delimiter):
    caption = "Riga, con virgole; e punti\n" * 30
    rows = [FACEBOOK[0], *[changed(FACEBOOK[:2], "Description", [caption])[1]] * 12]
    result = read(write(tmp_path, rows, delimiter=delimiter))
    assert (len(result.rows), result.rejected_count) == (12, 0)


@given(MOMENTS, st.sampled_from(["%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M", "%d.%m.%Y %H.%M", "%d %b %Y %I:%M %p"]))
def test_a_date_survives_any_writing(moment, form):
    moment = moment.replace(second=0, microsecond=0)
    found = parse(moment.strftime(form), month_leads=False)
    assert found.clock is not None
    assert datetime.combine(found.day, datetime.min.time().replace(*found.clock[:2])) == moment


@given(MOMENTS)
def test_an_american_date_survives_without_leading_zeros(moment):
    text = f"{moment.month}/{moment.day}/{moment.year} {moment.hour}:{moment.minute:02}"
    found = parse(text, month_leads=True)
    assert (found.day, found.clock) == (moment.date(), (moment.hour, moment.minute, 0))


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (["2024-01-01 00:00:00", "2024-01-02 00:00:00"], True),
        (["1/5/2024 0:00", "12/15/2024 0:00"], True),
        (["2024-01-01 00:00", "2024-01-02 10:00"], False),
        (["2024-01-01 00:00"], False),
        (["2024-01-01", "2024-01-02"], False),
    ],
)
def test_midnights_throughout_are_days(values, told):
    assert only_midnights(values) is told


@pytest.mark.parametrize(
    ("values", "language", "whole", "sign"),
    [
        (["215.0", "1323.0"], "it", True, "."),
        (["1.234", "12"], "en", True, ","),
        (["1,234"], "it", True, "."),
        (["0.123"], "it", False, "."),
        (["1.234"], "it", False, ","),
        (["1.234"], "en", False, "."),
        (["1.234,5", "7"], "en", False, ","),
    ],
)
def test_the_sign_before_decimals_is_decided_by_the_column(values, language, whole, sign):
    assert decimal_sign(values, language, whole=whole) == sign
