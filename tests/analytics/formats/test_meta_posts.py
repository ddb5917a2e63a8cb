"""Meta Business Suite posts: Pacific time, changing columns, Excel's damage, several accounts."""

from datetime import UTC, datetime

import pytest

from analytics.formats import detect
from tests.analytics.formats.files import changed, turned, without, write

FACEBOOK = [
    [
        *(
            "Post ID",
            "Page ID",
            "Page name",
            "Title",
            "Description",
            "Duration (sec)",
            "Publish time",
            "Permalink",
        ),
        *(
            "Post type",
            "Date",
            "Views",
            "Reach",
            "Reactions, Comments and Shares",
            "Reactions",
            "Comments",
            "Shares",
        ),
        *("Total clicks", "Link Clicks", "Reach from Boosted posts", "Negative feedback from users: Hide all"),
    ],
    [
        *(
            "927239798763033",
            "100044310645639",
            "Caffè Alba",
            "Ciao",
            "Due righe\ndi testo",
            "0",
            "01/15/2024 04:54",
        ),
        *(
            "https://www.facebook.com/p/1",
            "Photos",
            "Lifetime",
            "900",
            "700",
            "30",
            "20",
            "6",
            "4",
            "55",
            "5",
            "0",
            "1",
        ),
    ],
    [
        *("927239798763034", "100044310645639", "Caffè Alba", "", "Altro", "12", "07/15/2024 23:30"),
        *("https://www.facebook.com/p/2", "Reels", "Lifetime", "", "", "", "", "", "", "", "", "40", ""),
    ],
]
INSTAGRAM = [
    [
        *("Post ID", "Account ID", "Account username", "Account name", "Description", "Publish time", "Permalink"),
        *("Post type", "Date", "Views", "Reach", "Likes", "Shares", "Follows", "Comments", "Saves"),
    ],
    [
        *("18142670482478094", "178414", "caffe.alba", "Caffè Alba", "Uno", "02/10/2026 02:18"),
        *("https://www.instagram.com/reel/A/", "IG reel", "Lifetime", "391", "218", "11", "2", "0", "3", "1"),
    ],
    [
        *("18142670482478095", "178415", "partner", "Partner", "Due", "02/11/2026 02:18"),
        *("https://www.instagram.com/p/B/", "IG carousel", "Lifetime", "", "", "", "", "", "", ""),
    ],
]
ITALIAN = [
    [
        *("ID del post", "Nome utente dell'account", "Descrizione", "Orario di pubblicazione", "Tipo di post"),
        *("Visualizzazioni", "Copertura", "Mi piace", "Commenti", "Condivisioni", "Salvataggi"),
    ],
    ["1", "caffe.alba", "Ciao", "08/15/2026 10:00", "Carosello IG", "1.234", "1.001", "12", "0", "1", "2"],
]


def read(path):
    return detect(path).read(path, time_zone="Europe/Rome")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_facebook_file_is_read_in_any_encoding_and_with_any_delimiter(tmp_path, encoding, delimiter):
    path = write(tmp_path, FACEBOOK, encoding=encoding, delimiter=delimiter)
    assert detect(path).slug == "meta_facebook"
    first, second = read(path).rows
    assert (first.external_id, first.account, first.text) == (
        "927239798763033",
        "Caffè Alba",
        "Due righe\ndi testo",
    )
    assert (first.reach, first.views, first.reactions, first.clicks, first.negative_feedback) == (
        700,
        900,
        20,
        55,
        1,
    )
    assert (first.engagements, first.format, first.paid) == (30, "photo", False)
    assert (second.format, second.paid) == ("short_video", True)


def test_western_european_letters_of_an_old_windows_file_are_read(tmp_path):
    assert read(write(tmp_path, FACEBOOK, encoding="cp1252")).rows[0].account == "Caffè Alba"


def test_publish_time_is_pacific_in_winter_and_in_summer(tmp_path):
    winter, summer = read(write(tmp_path, FACEBOOK)).rows
    assert winter.published_at == datetime(2024, 1, 15, 12, 54, tzinfo=UTC)
    assert summer.published_at == datetime(2024, 7, 16, 6, 30, tzinfo=UTC)


def test_a_time_skipped_or_shown_twice_by_the_clock_is_read_in_one_way(tmp_path):
    rows = changed(FACEBOOK, "Publish time", ["03/10/2024 02:30", "11/03/2024 01:30"])
    skipped, twice = read(write(tmp_path, rows)).rows
    assert skipped.published_at == datetime(2024, 3, 10, 10, 30, tzinfo=UTC)  # 03:30 of the new time
    assert twice.published_at == datetime(2024, 11, 3, 8, 30, tzinfo=UTC)  # the first of the two


def test_what_was_not_exported_is_none_and_never_zero(tmp_path):
    blank = read(write(tmp_path, FACEBOOK)).rows[1]
    assert (blank.reach, blank.reactions, blank.engagements, blank.views) == (None, None, None, None)


def test_columns_may_stand_in_any_order_and_some_may_be_absent(tmp_path):
    rows = turned(without(FACEBOOK, "Views", "Total clicks", "Page ID", "Title"))
    first = read(write(tmp_path, rows)).rows[0]
    assert (first.reach, first.views, first.clicks, first.engagements) == (700, None, None, 30)


def test_of_two_columns_of_one_name_the_one_with_figures_counts(tmp_path):
    rows = [[*row, extra] for row, extra in zip(FACEBOOK, ["Views", "0", "0"], strict=True)]
    result = read(write(tmp_path, rows))
    assert result.rows[0].views == 900
    assert "duplicate_column" in [warning.code for warning in result.warnings]


def test_no_views_beside_people_reached_means_that_views_were_not_exported(tmp_path):
    result = read(write(tmp_path, changed(FACEBOOK, "Views", ["0", "0"])))
    assert result.rows[0].views is None
    assert "views_not_exported" in [warning.code for warning in result.warnings]


@pytest.mark.parametrize("number", ["1123180000000000.00", "1.12318E+15", "1,12318E+15", "1123180000000000,00"])
def test_a_number_that_excel_shortened_is_refused_with_the_remedy(tmp_path, number):
    result = read(write(tmp_path, changed(FACEBOOK, "Post ID", [number, "927239798763034"])))
    assert [row.external_id for row in result.rows] == ["927239798763034"]
    rejected = result.rejected[0]
    assert (rejected.line, rejected.column, rejected.value) == (2, "Post ID", number)
    assert "without opening it in Excel" in rejected.reason


def test_a_number_that_excel_left_whole_is_taken(tmp_path):
    rows = read(write(tmp_path, changed(FACEBOOK, "Post ID", ["927239798763033.00", "7.00"]))).rows
    assert [row.external_id for row in rows] == ["927239798763033", "7"]


def test_the_line_told_is_the_one_where_the_record_begins(tmp_path):
    rows = changed(FACEBOOK, "Reach", ["700", "many"])
    rejected = read(write(tmp_path, rows)).rejected[0]
    assert (rejected.line, rejected.column, rejected.value) == (4, "Reach", "many")


@pytest.mark.parametrize(("value", "code"), [("-3", "negative"), ("1.5", "not_whole"), ("12k", "not_a_number")])
def test_a_count_that_cannot_be_one_rejects_its_row(tmp_path, value, code):
    assert read(write(tmp_path, changed(FACEBOOK, "Comments", ["6", value]))).rejected[0].code == code


def test_a_daily_breakdown_is_refused(tmp_path):
    result = read(write(tmp_path, changed(FACEBOOK, "Date", ["01/15/2024", "01/16/2024"])))
    assert [row.code for row in result.rejected] == ["daily_rows", "daily_rows"]


def test_dates_that_excel_turned_to_day_first_are_read_so_all_of_them(tmp_path):
    rows = changed(FACEBOOK, "Publish time", ["15/01/2024 04:54", "02/03/2024 04:54"])
    days = [row.published_at.date().isoformat() for row in read(write(tmp_path, rows)).rows]
    assert days == ["2024-01-15", "2024-03-02"]


def test_a_date_against_the_order_of_its_column_is_rejected(tmp_path):
    rows = changed(FACEBOOK, "Publish time", ["01/15/2024 04:54", "16/02/2024 04:54"])
    assert [row.code for row in read(write(tmp_path, rows)).rejected] == ["date_order"]


def test_an_instagram_file_tells_its_accounts(tmp_path):
    path = write(tmp_path, INSTAGRAM, encoding="utf-8-sig")
    assert detect(path).slug == "meta_instagram"
    result = read(path)
    assert result.accounts == ["caffe.alba", "partner"]
    reel = result.rows[0]
    assert (reel.format, reel.reactions, reel.saves, reel.engagements) == ("short_video", 11, 1, 17)
    assert result.rows[1].engagements is None


def test_an_italian_file_has_us_dates_and_its_own_thousands(tmp_path):
    path = write(tmp_path, ITALIAN, encoding="utf-8-sig")
    result = read(path)
    row = result.rows[0]
    assert (result.language, row.platform, row.format) == ("it", "instagram", "carousel")
    assert (row.views, row.reach, row.engagements) == (1234, 1001, 15)
    assert row.published_at == datetime(2026, 8, 15, 17, 0, tzinfo=UTC)


def test_an_italian_facebook_file_is_told_by_its_reactions(tmp_path):
    rows = [
        ["ID del post", "Titolo", "Orario di pubblicazione", "Copertura", "Reazioni, commenti e condivisioni"],
        ["12", "Ciao", "08/25/2026 10:00", "50", "7"],
    ]
    path = write(tmp_path, rows)
    assert detect(path).slug == "meta_facebook"
    assert read(path).rows[0].engagements == 7


def test_captions_full_of_commas_do_not_hide_a_semicolon(tmp_path):
    rows = changed(FACEBOOK, "Description", ["uno, due, tre, quattro, " * 9, "a, b\nc, d, e, f\ng, h, i"])
    assert len(read(write(tmp_path, rows, delimiter=";")).rows) == 2
