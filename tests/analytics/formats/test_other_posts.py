"""LinkedIn, TikTok and YouTube."""

from datetime import UTC, datetime

import pytest
import xlsxwriter
import xlwt

from analytics.formats import detect
from tests.analytics.formats.files import changed, write

SENTENCE = ["Engagement metrics for individual posts. All dates and times are in UTC."]
POSTS = [
    [
        *(
            "Post title",
            "Post link",
            "Post type",
            "Campaign name",
            "Created date",
            "Impressions",
            "Views",
            "Clicks",
        ),
        *(
            "Click through rate (CTR)",
            "Likes",
            "Comments",
            "Reposts",
            "Follows",
            "Engagement rate",
            "Content Type",
        ),
    ],
    [
        *("Assumiamo", "https://www.linkedin.com/feed/update/urn:li:activity:7355562008013860867", "Organic", ""),
        *("07/28/2025", 532.0, "", 27.0, 0.05, 5.0, 0.0, 1.0, "", 0.06, "Image"),
    ],
    [
        *(
            "Assumiamo",
            "https://www.linkedin.com/feed/update/urn:li:activity:7355562008013860867",
            "Sponsored",
            "C",
        ),
        *("07/28/2025", 9000.0, "", 99.0, 0.05, 50.0, 3.0, 1.0, "", 0.06, "Image"),
    ],
]
DAILY = [["Sentence"], ["Date", "Impressions (organic)", "Impressions (total)"], ["07/30/2024", 34.0, 34.0]]
ITALIAN = [
    [
        *("Titolo del post", "Link del post", "Tipo di post", "Data di creazione", "Impressioni", "Clic"),
        *("Volte consigliato", "Commenti", "Diffusioni post", "Tipo di contenuto"),
    ],
    [
        "Ciao",
        "https://www.linkedin.com/feed/update/urn:li:share:7355562008013860867",
        "Organico",
        "07/28/2025",
        5,
        1,
        2,
        3,
        4,
        "Video",
    ],
]
TIKTOK = [
    [
        "Time",
        "Video title",
        "Video link",
        "Post time",
        "Total likes",
        "Total comments",
        "Total shares",
        "Total views",
    ],
    [
        "February 28",
        "Uno",
        "https://www.tiktok.com/@caffe/video/7527623000473079054",
        "July 16",
        "533",
        "32",
        "16",
        "191265",
    ],
    [
        "February 28",
        "Due",
        "https://www.tiktok.com/@caffe/video/7602008805399940407",
        "1 February",
        "3",
        "0",
        "0",
        "11564",
    ],
]
YOUTUBE = [
    [
        "Content",
        "Video title",
        "Video publish time",
        "Duration",
        "Views",
        "Watch time (hours)",
        "Likes",
        "Unique viewers",
    ],
    ["Total", "", "", "", "105", "12.5", "9", "0"],
    ["hOf7m31ZvgQ", "Uno", "Mar 30, 2023", "235", "100", "2.5", "7", ""],
    ["draftdraft1", "Bozza", "", "10", "0", "0", "0", ""],
]


def read(path):
    return detect(path).read(path, time_zone="Europe/Rome")


def xlsx(path, sheets):
    book = xlsxwriter.Workbook(str(path))
    for name, rows in sheets.items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    book.close()
    return path


def xls(path, sheets):
    book = xlwt.Workbook()
    for name, rows in sheets.items():
        sheet = book.add_sheet(name)
        for number, row in enumerate(rows):
            for place, value in enumerate(row):
                sheet.write(number, place, value)
    book.save(str(path))
    return path


@pytest.mark.parametrize("writer", [xls, xlsx])
@pytest.mark.parametrize("top", [[SENTENCE], []], ids=["sentence", "sentence deleted"])
def test_linkedins_time_is_in_the_link(tmp_path, writer, top):
    path = writer(tmp_path / "whatever.bin", {"Metrics": DAILY, "All posts": [*top, *POSTS]})
    assert detect(path).slug == "linkedin_content"
    result = read(path)
    organic, sponsored = result.rows
    assert organic.published_at == datetime.fromtimestamp((7355562008013860867 >> 22) // 1000, UTC)
    assert organic.published_at.date().isoformat() == "2025-07-28"
    assert (organic.external_id, organic.impressions, organic.clicks, organic.engagements) == (
        "7355562008013860867",
        532,
        27,
        6,
    )
    assert (organic.format, organic.paid, organic.video_views) == ("photo", False, None)
    assert (sponsored.paid, sponsored.external_id != organic.external_id) == (True, True)
    assert organic.line == len(top) + 2


def test_linkedins_sheet_saved_as_csv_is_read_too(tmp_path):
    assert len(read(write(tmp_path, POSTS)).rows) == 2


def test_an_italian_linkedin_file_is_read(tmp_path):
    result = read(xls(tmp_path / "a.xls", {"Metriche": DAILY, "Tutti i post": [["Frase"], *ITALIAN]}))
    assert (result.language, result.rows[0].reactions, result.rows[0].engagements) == ("it", 2, 9)


def test_linkedins_daily_sheet_alone_is_read_by_day(tmp_path):
    assert detect(xlsx(tmp_path / "a.xlsx", {"Metrics": DAILY})).slug == "linkedin_daily"


def test_a_link_without_a_number_rejects_its_row(tmp_path):
    rows = changed(POSTS, "Post link", ["https://www.linkedin.com/feed/", POSTS[2][1]])
    assert [row.code for row in read(write(tmp_path, rows)).rejected] == ["id_missing"]


def test_tiktoks_time_and_account_are_in_the_link(tmp_path):
    path = write(tmp_path, TIKTOK, encoding="utf-8-sig")
    assert detect(path).slug == "tiktok_content"
    result = read(path)
    row = result.rows[0]
    assert row.published_at == datetime.fromtimestamp(7527623000473079054 >> 32, UTC)
    assert (row.account, row.format, row.views, row.engagements) == ("caffe", "short_video", 191265, 581)
    assert result.as_of == datetime(2026, 2, 28, 12, tzinfo=UTC), "the year follows from the newest video"
    assert "tiktok_day_differs" not in [warning.code for warning in result.warnings]


def test_a_tiktok_day_that_contradicts_the_number_is_told(tmp_path):
    result = read(write(tmp_path, changed(TIKTOK, "Post time", ["March 3", "February 1"])))
    assert "tiktok_day_differs" in [warning.code for warning in result.warnings]


def test_youtube_tells_days_only_and_begins_with_a_total(tmp_path):
    path = write(tmp_path, YOUTUBE)
    result = read(path)
    assert (detect(path).slug, result.precision, result.ignored, len(result.rows)) == (
        "youtube_table",
        "day",
        2,
        1,
    )
    row = result.rows[0]
    assert row.published_at == datetime(2023, 3, 29, 22, tzinfo=UTC), "midnight in Rome"
    assert (row.views, row.watch_seconds, row.reach, row.engagements) == (100, 9000.0, None, 7)
    assert {"day_only", "totals_dropped", "drafts_dropped"} <= {warning.code for warning in result.warnings}


def test_an_italian_youtube_file_keeps_english_dates(tmp_path):
    rows = [
        [
            "Contenuti",
            "Titolo video",
            "Ora pubblicazione video",
            "Durata",
            "Visualizzazioni",
            "Tempo di visualizzazione (ore)",
        ],
        ["Totale", "", "", "", "9", "1.5"],
        ["hOf7m31ZvgQ", "Uno", "Jun 22, 2026", "235", "9", "1.5"],
    ]
    result = read(write(tmp_path, rows))
    assert (result.language, result.rows[0].views, result.rows[0].watch_seconds) == ("it", 9, 5400.0)


def test_youtubes_chart_data_is_not_mistaken_for_the_table(tmp_path):
    rows = [["Date", *YOUTUBE[0]], ["2023-03-30", *YOUTUBE[2]]]
    assert detect(write(tmp_path, rows)).slug == "youtube_chart"
