"""Exports of other years and languages: columns that came, went or go by names not known."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from analytics.formats import detect
from tests.analytics.formats.files import write
from tests.analytics.formats.test_money_files import ADS, GA4, PREAMBLE

LINK = "https://www.linkedin.com/feed/update/urn:li:activity:7355562008013860867"


def read(path):
    return detect(path).read(path, time_zone="Europe/Rome")


def test_metas_summary_of_2026_tells_viewers_and_interactions(tmp_path):
    rows = [
        [
            *(
                "Post ID",
                "Page ID",
                "Page name",
                "Title",
                "Publish time",
                "Permalink",
                "Post type",
                "Date",
                "Comments",
            ),
            *("Distribution", "Impressions", "Interactions", "Reactions", "Saves", "Shares", "Viewers", "Views"),
        ],
        [
            *("122101234567890123", "61550000000001", "Caffè", "Ciao", "09/28/2026 18:12", "https://f.example/1"),
            *("Reel", "Lifetime", "3", "-0.7x", "1000", "25", "20", "1", "1", "700", "1100"),
        ],
    ]
    path = write(tmp_path, rows, encoding="utf-8-sig")
    assert detect(path).slug == "meta_facebook"
    row = read(path).rows[0]
    assert (row.reach, row.views, row.saves, row.engagements) == (700, 1100, 1, 25)


def test_stated_interactions_count_where_nothing_else_is_exported(tmp_path):
    rows = [["Post ID", "Page name", "Publish time", "Interactions"], ["12", "Caffè", "09/28/2026 18:12", "25"]]
    assert read(write(tmp_path, rows)).rows[0].engagements == 25


def test_replies_to_a_story_are_its_comments(tmp_path):
    rows = [
        [
            *("Post ID", "Account username", "Publish time", "Permalink", "Post type", "Views", "Reach", "Likes"),
            *("Profile visits", "Replies", "Link clicks"),
        ],
        [
            "18",
            "caffe.alba",
            "08/20/2026 02:18",
            "https://i.example/",
            "IG story",
            "391",
            "218",
            "1",
            "4",
            "2",
            "3",
        ],
    ]
    row = read(write(tmp_path, rows)).rows[0]
    assert (row.format, row.comments, row.profile_visits, row.link_clicks, row.engagements) == (
        "story",
        2,
        4,
        3,
        3,
    )


def test_boosted_views_tell_a_paid_post_too(tmp_path):
    rows = [
        [
            "Post ID",
            "Page name",
            "Publish time",
            "Reactions",
            "Reach from Boosted posts",
            "Views from Boosted posts",
        ],
        ["11", "Caffè", "09/28/2026 18:12", "1", "0", "7"],
        ["12", "Caffè", "09/28/2026 18:12", "1", "0", "0"],
        ["13", "Caffè", "09/28/2026 18:12", "1", "", ""],
    ]
    assert [row.paid for row in read(write(tmp_path, rows)).rows] == [True, False, None]


def test_posts_numbers_are_found_under_an_unknown_name(tmp_path):
    rows = [
        ["Codice", "Nome della Pagina", "Descrizione", "Orario di pubblicazione", "Copertura", "Reazioni"],
        ["927239798763033", "Caffè", "a", "01/15/2024 04:54", "1", "2"],
        ["927239798763034", "Caffè", "b", "01/16/2024 04:54", "1", "2"],
    ]
    result = read(write(tmp_path, rows))
    assert [row.external_id for row in result.rows] == ["927239798763033", "927239798763034"]


def test_links_are_found_under_an_unknown_name(tmp_path):
    rows = [
        ["Titolo del post", "Collegamento", "Data di creazione", "Impressioni", "Volte consigliato"],
        ["Ciao", LINK, "07/28/2025", "532", "5"],
    ]
    row = read(write(tmp_path, rows)).rows[0]
    assert (row.external_id, row.reactions, row.precision) == ("7355562008013860867", 5, "exact")


def test_an_x_file_is_read_by_its_links_alone(tmp_path):
    rows = [
        ["Identificativo", "Data", "Testo", "Collegamento", "Impressioni", "Mi piace"],
        ["", "ven, feb 27, 2026", "ciao", "https://x.com/caffe/status/2027375444000000000", "60", "4"],
    ]
    row = read(write(tmp_path, rows)).rows[0]
    assert (row.external_id, row.account, row.precision) == ("2027375444000000000", "caffe", "exact")


def test_youtubes_decimals_stand_after_a_point_in_italian_too(tmp_path):
    rows = [
        ["Contenuti", "Ora pubblicazione video", "Visualizzazioni", "Tempo di visualizzazione (ore)"],
        ["hOf7m31ZvgQ", "Jun 22, 2026", "10", "12.345"],
    ]
    assert read(write(tmp_path, rows)).rows[0].watch_seconds == 44442.0


def test_ads_by_day_without_names_lose_their_total(tmp_path):
    rows = [
        ["Giorno", "Copertura", "Impression", "Importo speso (EUR)", "Clic sul link"],
        ["Totale complessivo", "9", "19", "44,14", "3"],
        ["2026-03-01", "5", "10", "22,07", "2"],
        ["", "9", "19", "44,14", "3"],
    ]
    result = read(write(tmp_path, rows))
    assert ([row.amount for row in result.rows], result.ignored) == ([Decimal("22.07")], 2)


def test_ads_by_month_with_a_column_of_currencies(tmp_path):
    rows = [
        ["Month", "Campaign name", "Currency", "Amount spent", "Impressions"],
        ["2026-03-01 - 2026-03-31", "a", "EUR", "5.00", "10"],
    ]
    row = read(write(tmp_path, rows)).rows[0]
    assert (row.start, row.end, row.currency) == (date(2026, 3, 1), date(2026, 3, 31), "EUR")


@pytest.mark.parametrize(("delimiter", "month"), [(",", 2), (";", 5)])
def test_ads_days_rewritten_by_a_spreadsheet_follow_its_language(tmp_path, delimiter, month):
    rows = [["Day", "Campaign name", "Amount spent (EUR)", "Impressions"], ["02/05/2026", "a", "5", "10"]]
    result = read(write(tmp_path, rows, delimiter=delimiter))
    assert result.rows[0].start.month == month
    assert "dates_assumed" in [warning.code for warning in result.warnings]


def test_results_that_are_purchases_by_their_indicator_are_conversions(tmp_path):
    place = ADS[0].index("Purchases")
    rows = [[*row[:place], *row[place + 1 :]] for row in ADS]
    assert [row.conversions for row in read(write(tmp_path, rows)).rows] == [3, 2]


def test_a_campaign_that_begins_with_a_hash_is_no_comment(tmp_path):
    rows = [["Session campaign", "Sessions", "Key events"], ["#sale", "5", "1"]]
    assert [row.campaign for row in read(write(tmp_path, rows, before=PREAMBLE)).rows] == ["#sale"]


def test_another_reports_table_in_the_same_file_is_left_aside(tmp_path):
    other = [["N° giorno", "Utenti attivi"], ["0000", "5"]]
    path = write(tmp_path, GA4, before=PREAMBLE)
    with path.open("ab") as file:
        file.write(write(tmp_path, other, name="b.csv", before="\r\n" + PREAMBLE).read_bytes())
        file.write(write(tmp_path, [["Date", "Sessions"], ["20240101", "5"]], name="c.csv").read_bytes())
    result = read(path)
    assert (len(result.rows), result.rejected_count) == (2, 0)


def test_iso_weeks_begin_on_monday(tmp_path):
    rows = [["Session source", "ISO week", "Sessions", "Key events"], ["instagram", "17", "5", "1"]]
    row = read(write(tmp_path, rows, before=PREAMBLE)).rows[0]
    assert (row.start, row.end) == (date(2024, 4, 22), date(2024, 4, 28))


def test_tiktok_of_2026_tells_whole_times_which_the_number_confirms(tmp_path):
    rows = [
        ["Video title", "Video link", "Video publish time", "Total views", "Total likes", "Average watch time"],
        [
            "Uno",
            "https://www.tiktok.com/@caffe/video/7527623000473079054?lang=it",
            "2025-07-16 10:00:00",
            "9",
            "1",
            "0:09",
        ],
    ]
    row = read(write(tmp_path, rows)).rows[0]
    assert row.published_at == datetime.fromtimestamp(7527623000473079054 >> 32, UTC)


def test_an_exploration_tells_its_period_in_one_line_and_its_total_beyond_the_header(tmp_path):
    rows = [
        ["Session campaign", "Session source / medium", "Sessions", "Key events"],
        ["", "", "9", "2", "Grand total"],
        ["spring", "instagram / social", "9", "2"],
    ]
    before = "# ----------\r\n# Free form 1\r\n# Caffè-20260101-20260131\r\n# 20260101-20260131\r\n"
    result = read(write(tmp_path, rows, before=before))
    row = result.rows[0]
    assert (row.campaign, row.source, row.start, row.end) == (
        *("spring", "instagram"),
        *(date(2026, 1, 1), date(2026, 1, 31)),
    )
    assert (len(result.rows), result.ignored) == (1, 1)
