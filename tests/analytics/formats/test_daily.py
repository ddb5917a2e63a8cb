"""Exports of one row per day: Meta, X, TikTok, YouTube, LinkedIn, and Facebook's old Insights."""

from datetime import date

import pytest
import xlsxwriter

from analytics.formats import Unreadable, detect
from analytics.formats.meta_series import told_by
from analytics.formats.tiktok_daily import years_of
from tests.analytics.formats.files import write

NEW_YEAR = date(2026, 1, 13)


def read(path, **options):
    format = detect(path)
    return format, format.read(path, **options)


def days(result) -> dict[date, dict]:
    return {row.day: row.figures for row in result.rows}


def meta(tmp_path, title: str, rows: list[list], head: tuple[str, str] = ("Date", "Primary")):
    table = [[title], list(head), *rows]
    return write(tmp_path, table, encoding="utf-16", before="sep=,\r\n")


# --- Meta ---


def test_a_meta_series_is_told_by_the_line_above_its_columns(tmp_path):
    path = meta(
        tmp_path, "Instagram profile visits", [["2026-03-01T01:00:00", "12"], ["2026-03-02T00:00:00", "0"]]
    )
    format, result = read(path)
    assert (format.slug, format.kind, result.encoding, result.precision) == (
        "meta_series",
        "days",
        "utf-16",
        "day",
    )
    assert days(result) == {date(2026, 3, 1): {"profile_visits": 12}, date(2026, 3, 2): {"profile_visits": 0}}
    assert {row.platform for row in result.rows} == {"instagram"}


def test_a_blank_day_of_a_meta_series_is_not_a_zero(tmp_path):
    _format, result = read(
        meta(tmp_path, "Facebook reach", [["2026-03-01T00:00:00", ""], ["2026-03-02T00:00:00", "7"]])
    )
    assert days(result) == {date(2026, 3, 2): {"reach": 7}}
    assert result.ignored == 1


@pytest.mark.parametrize(
    ("title", "column", "told"),
    [
        ("Facebook reach", "Date", ("facebook", "reach", "en")),
        ("Instagram reach", "Date", ("instagram", "reach", "en")),
        ("Reach", "Date", ("meta", "reach", "en")),
        ("Views", "Date", ("meta", "views", "en")),
        ("Viewers", "Date", ("meta", "viewers", "en")),
        ("Content interactions", "Date", ("meta", "engagements", "en")),
        ("Instagram link clicks", "Date", ("instagram", "link_clicks", "en")),
        ("Facebook visits", "Date", ("facebook", "profile_visits", "en")),
        ("Facebook Page likes", "Date", ("facebook", "follows", "en")),
        ("Instagram follows", "Date", ("instagram", "follows", "en")),
        ("Copertura di Instagram", "Data", ("instagram", "reach", "it")),
        ("Interazioni con i contenuti", "Data", ("meta", "engagements", "it")),
        ("Clic sul link", "Data", ("meta", "link_clicks", "it")),
        ("Visite al profilo Instagram", "Data", ("instagram", "profile_visits", "it")),
        ("Nuovi follower di Instagram", "Data", ("instagram", "follows", "it")),
        ("Instagram-Reichweite", "Datum", ("instagram", "reach", "de")),
        ("Reichweite auf Facebook", "Datum", ("facebook", "reach", "de")),
        ("Clics en el enlace", "Fecha", ("meta", "link_clicks", "es")),
        ("Visitas al perfil de Instagram", "Fecha", ("instagram", "profile_visits", "es")),
        ("Couverture Facebook", "Date", ("facebook", "reach", "fr")),
        ("Interactions avec le contenu", "Date", ("meta", "engagements", "fr")),
        ("Alcance no Facebook", "Data", ("facebook", "reach", "pt")),
        ("Visitas ao perfil do Instagram", "Data", ("instagram", "profile_visits", "pt")),
        ("Seguidos no Instagram", "Data", ("instagram", "follows", "pt")),
        ("New messaging contacts", "Date", ("meta", "", "en")),
    ],
)
def test_the_title_of_a_meta_series_tells_platform_and_figure(title, column, told):
    assert told_by(title, column) == told


def test_several_meta_series_below_each_other_are_all_read(tmp_path):
    rows = [
        ["2026-03-01T00:00:00", "5"],
        ["Messaging contacts"],
        ["Data", "Primary"],
        ["2026-03-01T00:00:00", "99"],
        ["Alcance do Instagram"],
        ["Data", "Primary"],
        ["2026-03-01T00:00:00", "8"],
    ]
    _format, result = read(meta(tmp_path, "Alcance no Facebook", rows, ("Data", "Primary")))
    assert [(row.platform, row.figures) for row in result.rows] == [
        ("facebook", {"reach": 5}),
        ("instagram", {"reach": 8}),
    ]
    assert any("Messaging contacts" in notice.text for notice in result.warnings)


def test_a_meta_series_of_a_figure_that_is_not_kept_is_named(tmp_path):
    path = meta(tmp_path, "New messaging contacts", [["2026-03-01T00:00:00", "5"]])
    with pytest.raises(Unreadable, match="New messaging contacts"):
        read(path)


def test_a_bad_cell_of_a_meta_series_is_rejected_with_its_line(tmp_path):
    rows = [["2026-03-01T00:00:00", "5"], ["2026-03-02T00:00:00", "many"], ["yesterday", "3"]]
    _format, result = read(meta(tmp_path, "Views", rows))
    assert [(bad.line, bad.code) for bad in result.rejected] == [(5, "not_a_number"), (6, "not_a_date")]
    assert len(result.rows) == 1


def test_a_meta_series_saved_again_by_a_spreadsheet_is_read(tmp_path):
    path = tmp_path / "Views.xlsx"
    book = xlsxwriter.Workbook(str(path))
    sheet = book.add_worksheet()
    for place, row in enumerate(
        [["sep=,"], ["Instagram reach"], ["Date", "Primary"], ["2026-03-01T00:00:00", 12]]
    ):
        sheet.write_row(place, 0, row)
    book.close()
    assert days(read(path)[1]) == {date(2026, 3, 1): {"reach": 12}}


# --- X ---

X_NOW = [
    [
        *(
            "Date",
            "Impressions",
            "Likes",
            "Engagements",
            "Bookmarks",
            "Shares",
            "New follows",
            "Unfollows",
            "Replies",
        ),
        *("Reposts", "Profile visits", "Create Post", "Video views", "Media views"),
    ],
    ["Tue, Aug 25, 2026", 100, 10, 20, 1, 2, 5, 3, 1, 2, 7, 1, 8, 9],
    ["Mon, Aug 24, 2026", 50, 5, 10, 0, 1, 2, 1, 0, 1, 3, 0, 4, 5],
]


def test_the_overview_of_x_tells_follows_lost_and_won(tmp_path):
    format, result = read(write(tmp_path, X_NOW))
    assert format.slug == "x_daily"
    assert days(result)[date(2026, 8, 25)] == {
        **{"impressions": 100, "reactions": 10, "engagements": 20, "saves": 1, "shares": 4, "follows": 5},
        **{"unfollows": 3, "comments": 1, "profile_visits": 7, "posts": 1, "video_views": 8},
    }


def test_an_overview_of_x_is_not_taken_for_a_table_of_posts(tmp_path):
    posts = [["Date", "Post id", "Impressions", "New follows"], ["Tue, Aug 25, 2026", "1959000000000000000", 5, 1]]
    assert detect(write(tmp_path, posts)).slug == "x_content"
    assert detect(write(tmp_path, X_NOW)).slug == "x_daily"


# --- TikTok ---

OVERVIEW = ["Date", "Video Views", "Profile Views", "Likes", "Comments", "Shares"]


def overview(tmp_path, *texts: str, name: str = "Overview.csv"):
    return write(tmp_path, [OVERVIEW, *([text, 10, 2, 3, 1, 0] for text in texts)], name=name)


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("December 31", "January 1"), ["2025-12-31", "2026-01-01"]),
        (("1 January", "31 December"), ["2026-01-01", "2025-12-31"]),
        (("12 aprile", "13 aprile"), ["2025-04-12", "2025-04-13"]),
        (("12. April", "13. April"), ["2025-04-12", "2025-04-13"]),
        (("12 de abril", "13 de abril"), ["2025-04-12", "2025-04-13"]),
        (("12 avr.", "13 avr."), ["2025-04-12", "2025-04-13"]),
        (("12-Apr", "13-Apr"), ["2025-04-12", "2025-04-13"]),
        (("4/12", "4/13"), ["2025-04-12", "2025-04-13"]),
        (("4/11", "4/12"), ["2025-04-11", "2025-04-12"]),
        (("11/4", "12/4"), ["2025-04-11", "2025-04-12"]),
        (("February 28", "February 29", "March 1"), ["2024-02-28", "2024-02-29", "2024-03-01"]),
        (("2024-02-28", "2024-02-29"), ["2024-02-28", "2024-02-29"]),
    ],
)
def test_days_without_a_year_get_the_one_that_follows_from_the_export(tmp_path, texts, expected):
    _format, result = read(overview(tmp_path, *texts), seen_on=NEW_YEAR)
    assert [row.day.isoformat() for row in result.rows] == expected
    told = [notice.facts for notice in result.warnings if notice.code == "years_inferred"]
    assert told == ([] if texts[0][:4] == "2024" else [{"first": min(expected), "last": max(expected)}])


def test_a_column_of_more_than_a_year_turns_it_twice():
    ordered = [(day, month) for month in (11, 12, 1, 6, 12, 1) for day in (1, 15)]
    found = years_of(ordered, seen_on=NEW_YEAR.replace(day=20))
    assert found == sorted(found)
    assert (found[0], found[-1]) == (date(2024, 11, 1), date(2026, 1, 15))
    assert years_of(ordered[::-1], seen_on=NEW_YEAR.replace(day=20)) == found[::-1]


def test_days_in_no_order_are_refused():
    mixed = [(1, month) for _ in range(20) for month in (2, 9, 4)]
    with pytest.raises(Unreadable) as caught:
        years_of(mixed, seen_on=NEW_YEAR)
    assert caught.value.code == "days_without_order"


def test_likes_taken_back_may_outnumber_the_new_ones(tmp_path):
    path = write(tmp_path, [OVERVIEW, ["23 August", 10, 2, 3, "-2", "−1"]])
    (row,) = read(path, seen_on=date(2026, 8, 25))[1].rows
    assert row.figures == {"views": 10, "profile_visits": 2, "reactions": 3, "comments": -2, "shares": -1}


def test_signed_figures_are_grouped_as_their_language_writes(tmp_path):
    header = ["Data", "Visualizzazioni video", "Visualizzazioni del profilo", "Mi piace"]
    path = write(tmp_path, [header, ["23 agosto", "12.500", "1.200", "1.234"], ["24 agosto", "9", "2", "-3"]])
    result = read(path, seen_on=date(2026, 8, 25))[1]
    assert [row.figures["reactions"] for row in result.rows] == [1234, -3]
    assert result.rows[0].figures["views"] == 12_500


def test_views_below_zero_are_refused(tmp_path):
    path = write(tmp_path, [OVERVIEW, ["23 August", "-10", 2, 3, 1, 1]])
    assert [bad.code for bad in read(path)[1].rejected] == ["negative"]


def test_followers_and_viewers_of_tiktok_are_read(tmp_path):
    followers = [["Date", "Followers", "Difference in followers from previous day"], ["24 August", "110", "-3"]]
    viewers = [["Date", "Total Viewers", "New Viewers", "Returning Viewers"], ["24 August", "undefined", "4", "0"]]
    told = [read(write(tmp_path, rows), seen_on=date(2026, 8, 25))[1].rows[0] for rows in (followers, viewers)]
    assert [row.figures for row in told] == [{"followers": 110}, {"new_viewers": 4, "returning_viewers": 0}]
    assert {row.day for row in told} == {date(2026, 8, 24)}


@pytest.mark.parametrize("header", [OVERVIEW, X_NOW[0], ["Date", "Views"], ["Date", "Total followers"]])
def test_a_series_without_rows_has_none(tmp_path, header):
    format, result = read(write(tmp_path, [header]))
    assert (format.kind, result.rows, result.rejected) == ("days", [], [])


# --- YouTube ---


def test_youtube_totals_are_of_the_channel(tmp_path):
    subscribers = [["Date", "Subscribers"], ["2026-08-24", "12"], ["2026-08-25", "-3"]]
    format, result = read(write(tmp_path, subscribers))
    assert format.slug == "youtube_totals"
    assert days(result) == {date(2026, 8, 24): {"net_follows": 12}, date(2026, 8, 25): {"net_follows": -3}}
    hours = [["Date", "Watch time (hours)"], ["2026-08-24", "1.5"]]
    assert days(read(write(tmp_path, hours))[1]) == {date(2026, 8, 24): {"watch_seconds": 5400.0}}
    italian = [["Data", "Visualizzazioni"], ["2026-08-24", "1.234"]]
    assert days(read(write(tmp_path, italian))[1]) == {date(2026, 8, 24): {"views": 1234}}


def test_youtube_chart_data_are_of_each_video(tmp_path):
    rows = [
        ["Date", "Content", "Video title", "Video publish time", "Duration", "Views"],
        ["2025-03-09", "abcdefghijk", "x", "Mar 9, 2025", "3600", "10"],
        ["2025-03-09", "Total", "", "", "", "17"],
        ["2025-03-10", "lmnopqrstuv", "x", "Apr 1, 2025", "4200", ""],
        ["2025-03-10", "#NAME?", "x", "Apr 1, 2025", "4200", "5"],
    ]
    format, result = read(write(tmp_path, rows))
    assert format.slug == "youtube_chart"
    assert [(row.external_id, row.day, row.figures) for row in result.rows] == [
        ("abcdefghijk", date(2025, 3, 9), {"views": 10})
    ]
    assert (result.ignored, [bad.code for bad in result.rejected]) == (2, ["id_destroyed_by_excel"])


def test_a_wide_table_with_days_and_views_is_not_youtubes(tmp_path):
    rows = [["Date", "Views", "Cost", "Campaign", "Medium"], ["2026-08-24", "12", "3", "a", "b"]]
    with pytest.raises(ValueError, match=r"recognised|missing"):
        detect(write(tmp_path, rows))


# --- LinkedIn ---


def test_the_metrics_of_a_linkedin_page_are_the_totals(tmp_path):
    rows = [
        ["Aggregated engagement metrics for your organic and sponsored posts. All dates are in UTC."],
        [
            *("Date", "Impressions (organic)", "Impressions (sponsored)", "Impressions (total)"),
            *("Unique impressions (organic)", "Clicks (total)", "Reactions (total)", "Engagement rate (total)"),
        ],
        ["07/30/2024", 34, 6, 40, 12, 2, 0, 0.058],
        ["08/01/2024", 30, 0, 30, "", 1, 1, 0.05],
    ]
    format, result = read(write(tmp_path, rows))
    assert format.slug == "linkedin_daily"
    assert days(result) == {
        date(2024, 7, 30): {"impressions": 40, "clicks": 2, "reactions": 0, "reach": 12},
        date(2024, 8, 1): {"impressions": 30, "clicks": 1, "reactions": 1},
    }


@pytest.mark.parametrize(
    ("header", "cells", "figures"),
    [
        (["Date", "Sponsored followers", "Organic followers", "Total followers"], [1, 4, 5], {"follows": 5}),
        (
            ["Data", "Follower sponsorizzati", "Follower organici", "Follower totali"],
            [1, 4, 5],
            {"follows": 5},
        ),
        (["Data", "Follower sponsorizzati", "Follower organici"], [1, 4], {"follows": 5}),
        (
            ["Date", "Overview page views (total)", "Total page views (total)", "Total unique visitors (total)"],
            [4, 6, 3],
            {"profile_visits": 6},
        ),
        (["Data", "Impressioni (totale)", "Clic (totale)", "Diffusioni post (totali)"], [9, 2, 1], None),
        (["Fecha", "Impresiones (totales)", "Clics (totales)", "Veces compartido (total)"], [9, 2, 1], None),
        (["Data", "Impressões (total)", "Cliques (total)", "Compartilhamentos (total)"], [9, 2, 1], None),
    ],
)
def test_the_other_sheets_of_a_linkedin_page_are_read(tmp_path, header, cells, figures):
    _format, result = read(write(tmp_path, [header, ["07/30/2024", *cells]]))
    assert days(result) == {date(2024, 7, 30): figures or {"impressions": 9, "clicks": 2, "shares": 1}}


# --- Facebook ---


def test_the_old_insights_of_a_page_have_a_row_of_explanations(tmp_path):
    rows = [
        [
            "Date",
            "Lifetime Total Likes",
            "Daily New Likes",
            "Daily Unlikes",
            "Daily Total Reach",
            "28 Days Total Reach",
        ],
        ["", "Lifetime: The total number of people", "Daily: The number of new people", "", "Daily: reach", ""],
        ["7/22/17", "2163", "12", "3", "1,204", "30000"],
    ]
    format, result = read(write(tmp_path, rows))
    assert format.slug == "facebook_page"
    assert days(result) == {date(2017, 7, 22): {"followers": 2163, "follows": 12, "unfollows": 3, "reach": 1204}}
