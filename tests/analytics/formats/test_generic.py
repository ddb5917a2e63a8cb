"""The template, and files whose columns a person has named."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.formats import FORMATS, detect
from analytics.formats.errors import CellError
from analytics.formats.generic import COLUMNS
from analytics.formats.numbers import amount_reader, bare_amount, count_reader
from tests.analytics.formats.files import changed, turned, write

ROWS = [
    list(COLUMNS),
    [
        *("Instagram", "caffe.alba", "A1", "2026-03-28T09:30:00", "Reel", "Ciao", "https://e.example/1", "0"),
        *("1000", "800", "12", "3", "0", "", "4", ""),
    ],
    [
        *("twitter", "caffe", "A2", "2026-03-29 02:30", "", "", "", "yes"),
        *("", "", "", "", "", "", "", ""),
    ],
]


def read(path, **options):
    return detect(path).read(path, **{"time_zone": "Europe/Rome", **options})


def test_the_template_is_read(tmp_path):
    path = write(tmp_path, ROWS)
    assert detect(path).slug == "generic"
    first, second = read(path).rows
    assert (first.platform, first.account, first.format, first.paid) == (
        "instagram",
        "caffe.alba",
        "short_video",
        False,
    )
    assert (first.engagements, first.saves, first.video_views) == (15, None, None)
    assert (second.platform, second.paid, second.engagements) == ("x", True, None)


@pytest.mark.parametrize(
    ("text", "utc", "precision"),
    [
        ("2026-01-10T09:30:00", datetime(2026, 1, 10, 8, 30), "exact"),
        ("2026-07-10 09:30", datetime(2026, 7, 10, 7, 30), "exact"),
        ("2026-07-10T09:30:00Z", datetime(2026, 7, 10, 9, 30), "exact"),
        ("2026-07-10T09:30:00-05:00", datetime(2026, 7, 10, 14, 30), "exact"),
        ("2026-03-29T02:30:00", datetime(2026, 3, 29, 1, 30), "exact"),  # skipped in Rome: 03:30 of summer time
        ("2026-10-25T02:30:00", datetime(2026, 10, 25, 0, 30), "exact"),  # shown twice: the first, summer time
        ("2026-07-10", datetime(2026, 7, 9, 22), "day"),
        ("10/07/2026 09:30", datetime(2026, 7, 10, 7, 30), "exact"),
        ("10 luglio 2026, 9:30", datetime(2026, 7, 10, 7, 30), "exact"),
        ("Jul 10, 2026 9:30 PM", datetime(2026, 7, 10, 19, 30), "exact"),
    ],
)
def test_times_are_read_at_their_offset_or_in_the_zone_given(tmp_path, text, utc, precision):
    row = read(write(tmp_path, changed(ROWS[:2], "published_at", [text]))).rows[0]
    assert (row.published_at, row.precision) == (utc.replace(tzinfo=UTC), precision)


@pytest.mark.parametrize("text", ["", "soon", "2026-13-01", "31/02/2026", "25:00", "2026-07-10T25:00:00"])
def test_what_is_no_date_rejects_its_row(tmp_path, text):
    rejected = read(write(tmp_path, changed(ROWS[:2], "published_at", [text]))).rejected
    assert [(row.column, row.value) for row in rejected] == [("published_at", text)]


def test_days_that_a_spreadsheet_wrote_as_midnights_are_days(tmp_path):
    rows = changed(ROWS, "published_at", ["2026-03-28 00:00:00", "2026-03-29 00:00:00"])
    assert read(write(tmp_path, rows)).precision == "day"
    rows = changed(ROWS, "published_at", ["2026-03-28 00:00:00", "2026-03-29 08:00:00"])
    assert read(write(tmp_path, rows)).precision == "exact"


def test_an_unknown_platform_is_named_with_the_known_ones(tmp_path):
    reason = read(write(tmp_path, changed(ROWS, "platform", ["myspace", "x"]))).rejected[0].reason
    assert "myspace" in reason
    assert "instagram" in reason


def test_columns_in_any_order(tmp_path):
    assert read(write(tmp_path, turned(ROWS))).rows[0].engagements == 15


def test_a_file_with_other_names_is_read_by_a_mapping(tmp_path):
    rows = [["Codice", "Quando", "Rete", "Cuori"], ["7", "2026-07-10 09:30", "instagram", "1.234"]]
    path = write(tmp_path, rows, delimiter=";")
    mapping = {"post_id": "Codice", "published_at": "Quando", "platform": "Rete", "reactions": "Cuori"}
    row = FORMATS["generic"].read(path, time_zone="Europe/Rome", mapping=mapping).rows[0]
    assert (row.external_id, row.reactions) == ("7", 1234)


@given(st.integers(min_value=0, max_value=10**12), st.sampled_from([",", ".", " ", "\u202f", ""]))
def test_a_count_survives_any_grouping(number, group):
    text = f"{number:,}".replace(",", group)
    assert count_reader("n", [text, f"1{group}234"], "en")(text) == number


@given(st.text(max_size=12))
def test_a_cell_is_a_count_or_missing_or_refused(text):
    try:
        value = count_reader("n", [text], "it")(text)
    except CellError as error:
        assert error.value == text
    else:
        assert value is None or value >= 0


@pytest.mark.parametrize("text", ["4.5%", "12 %", "0,3%"])
def test_a_percentage_is_no_count_and_says_so(text):
    with pytest.raises(CellError) as refused:
        count_reader("Rate", [text, "12"], "en")(text)
    assert refused.value.code == "share_for_count"


@pytest.mark.parametrize("text", ["1 of 2", "3 EUR 4", "10 - 20 EUR"])
def test_two_numbers_are_no_amount(text):
    with pytest.raises(CellError):
        amount_reader("Cost", [text], "en")(text)


@pytest.mark.parametrize(
    ("text", "bare"), [("EUR 1 234.50", "1234.50"), ("US$9.72", "9.72"), ("9,72 €", "9,72"), ("-€5.00", "-5.00")]
)
def test_an_amount_stands_without_its_currency(text, bare):
    assert bare_amount(text) == bare
