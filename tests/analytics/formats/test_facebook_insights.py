"""Facebook's old Insights of posts: several sheets joined by the post's number, as .xlsx, as CSV, and as XML."""

from datetime import UTC, datetime
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
import xlsxwriter

from analytics.formats import Unreadable, detect
from analytics.formats.tables import open_source
from tests.analytics.formats.files import write

VIDEO, PHOTO = "155336_1911244905754823", "155336_1908312159381431"
HEAD = ["Post ID", "Permalink", "Post Message", "Type", "Countries", "Languages", "Posted", "Audience Targeting"]
OF_VIDEO = ["https://www.facebook.com/acme.shop/videos/1911244905754823/", "Film", "Video", "", ""]
OF_PHOTO = ["https://www.facebook.com/acme.shop/posts/1908312159381431:0", "Picture", "Photo", "", ""]
KEYS = [
    [
        *HEAD,
        *("post_impressions_unique:lifetime", "post_impressions:lifetime", "post_impressions_paid:lifetime"),
        *("post_consumptions:lifetime", "post_video_views_organic:lifetime", "post_video_views_paid:lifetime"),
    ],
    [*[""] * 8, *["Lifetime: The number of something. (Total Count)"] * 6],
    [VIDEO, *OF_VIDEO, "2017-07-22 05:30:00", " ", 900, 1400, 100, 40, 300, 20],
    [PHOTO, *OF_PHOTO, "2017-01-14 05:30:00", " ", 200, 250, 0, 9, 0, 0],
    [],
]
STORIES = [
    ["Description", *HEAD, "share", "like", "comment"],
    ["Lifetime: The number of stories", PHOTO, *OF_PHOTO, "2017-01-14 05:30:00", " ", "", 21, 3],
    ["", VIDEO, *OF_VIDEO, "2017-07-22 05:30:00", " ", 5, 60, 7],
]
PEOPLE = [STORIES[0], ["", VIDEO, *OF_VIDEO, "2017-07-22 05:30:00", " ", 4, 50, 6]]
CLICKS = [
    ["Description", *HEAD, "other clicks", "link clicks"],
    ["", VIDEO, *OF_VIDEO, "2017-07-22 05:30:00", " ", 11, 12],
]
SHEETS = {
    "Key Metrics": KEYS,
    "Lifetime Talking About This(...": PEOPLE,
    "Lifetime Post Stories by act...": STORIES,
    "Lifetime Post Consumptions b...": CLICKS,
}


def as_xlsx(path: Path) -> Path:
    book = xlsxwriter.Workbook(str(path))
    for name, rows in SHEETS.items():
        sheet = book.add_worksheet(name)
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    book.close()
    return path


def as_xml(path: Path, *, encoding: str = "utf-8", before: str = "") -> Path:
    def cell(value: object) -> str:
        kind = "Number" if isinstance(value, int) else "DateTime" if str(value).startswith("2017-") else "String"
        text = f"{value}".replace(" ", "T") + ".000" if kind == "DateTime" else escape(str(value))
        return f'<Cell><Data ss:Type="{kind}">{text}</Data></Cell>'

    def sheet(name: str, rows: list[list]) -> str:
        body = "".join(f"<Row>{''.join(map(cell, row))}</Row>" for row in rows)
        return f'<Worksheet ss:Name="{name}"><Table>{body}</Table></Worksheet>'

    sheets = "".join(sheet(name, rows) for name, rows in SHEETS.items())
    schema = "urn:schemas-microsoft-com:office:spreadsheet"
    path.write_text(
        f'<?xml version="1.0" encoding="{encoding}"?>{before}<?mso-application progid="Excel.Sheet"?>'
        f'<Workbook xmlns="{schema}" xmlns:ss="{schema}">{sheets}</Workbook>',
        encoding=encoding,
    )
    return path


def xml_sheet(path: Path, body: str, *, before: str = "") -> Path:
    schema = "urn:schemas-microsoft-com:office:spreadsheet"
    path.write_text(
        f'<?xml version="1.0"?>{before}<ss:Workbook xmlns:ss="{schema}"><ss:Worksheet ss:Name="A"><ss:Table>'
        f"{body}</ss:Table></ss:Worksheet></ss:Workbook>"
    )
    return path


@pytest.mark.parametrize("make", [as_xlsx, as_xml])
def test_the_sheets_are_joined_by_the_posts_number(tmp_path, make):
    path = make(tmp_path / "insights.xls")
    format = detect(path)
    result = format.read(path)
    assert (format.slug, format.kind, result.rejected) == ("facebook_insights", "posts", [])
    video, photo = result.rows
    assert (video.external_id, video.account, video.account_id) == ("1911244905754823", "acme.shop", "155336")
    figures = (video.reach, video.impressions, video.clicks, video.link_clicks, video.video_views, video.paid)
    assert figures == (900, 1400, 40, 12, 320, True)
    assert (video.reactions, video.comments, video.shares, video.engagements) == (60, 7, 5, 72)
    assert (photo.reactions, photo.shares, photo.link_clicks, photo.video_views) == (21, None, None, None)
    assert (photo.format, photo.paid) == ("photo", False)


def test_its_clock_is_in_los_angeles_summer_and_winter(tmp_path):
    video, photo = detect(as_xlsx(tmp_path / "a.xlsx")).read(tmp_path / "a.xlsx").rows
    assert video.published_at == datetime(2017, 7, 22, 12, 30, tzinfo=UTC)
    assert photo.published_at == datetime(2017, 1, 14, 13, 30, tzinfo=UTC)


def test_a_csv_has_all_figures_side_by_side(tmp_path):
    rows = [
        [
            *HEAD[:7],
            *("Lifetime Post Total Reach", "Lifetime Post Total Impressions"),
            *("Lifetime Post Stories by action type - like", "Lifetime Post Stories by action type - share"),
        ],
        [*[""] * 7, "Lifetime: The total number of people", "Lifetime: impressions", "Lifetime: stories", ""],
        [PHOTO, *OF_PHOTO, "7/14/17 6:49 AM", 200, 250, 21, ""],
    ]
    path = write(tmp_path, rows)
    (row,) = detect(path).read(path).rows
    assert (row.reach, row.reactions, row.shares, row.paid) == (200, 21, None, None)
    assert row.published_at == datetime(2017, 7, 14, 13, 49, tzinfo=UTC)


def test_a_number_that_a_spreadsheet_has_rounded_rejects_its_row(tmp_path):
    rows = [KEYS[0], ["1.55336E+20", *OF_PHOTO, "2017-07-14 06:49:33", "", 200, 250, 0, 9, 0, 0]]
    path = write(tmp_path, rows)
    assert [bad.code for bad in detect(path).read(path).rejected] == ["id_unreadable"]


def test_a_damaged_cell_of_another_sheet_costs_its_figure_and_not_the_post(tmp_path):
    changed = {**SHEETS, "Lifetime Post Stories by act...": [STORIES[0], [*STORIES[2][:9], "many", 60, 7]]}
    book = xlsxwriter.Workbook(str(tmp_path / "a.xlsx"))
    for name, rows in changed.items():
        sheet = book.add_worksheet(name)
        for place, row in enumerate(rows):
            sheet.write_row(place, 0, row)
    book.close()
    video = detect(tmp_path / "a.xlsx").read(tmp_path / "a.xlsx").rows[0]
    assert (video.shares, video.reactions) == (None, 60)


# --- XML workbooks ---


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_xml_workbook_is_read_in_its_encoding(tmp_path, encoding):
    source = open_source(as_xml(tmp_path / "a.xls", encoding=encoding))
    assert source.encoding == "xls"
    assert [sheet.name for sheet in source.sheets] == list(SHEETS)
    assert source.sheets[3].head[1][1][1] == VIDEO


def test_cells_and_rows_may_be_skipped_and_merged(tmp_path):
    body = (
        '<ss:Row ss:Index="3"><ss:Cell ss:MergeAcross="1"><ss:Data ss:Type="String">a</ss:Data></ss:Cell>'
        '<ss:Cell><ss:Data ss:Type="Number">1.50</ss:Data></ss:Cell>'
        '<ss:Cell ss:Index="6"><ss:Data ss:Type="Boolean">1</ss:Data></ss:Cell></ss:Row>'
        "<ss:Row><ss:Cell/></ss:Row>"
        '<ss:Row><ss:Cell><ss:Data ss:Type="Number">12</ss:Data></ss:Cell></ss:Row>'
    )
    (sheet,) = open_source(xml_sheet(tmp_path / "a.xls", body)).sheets
    assert list(sheet.records()) == [(3, ["a", "", "1.5", "", "", "TRUE"]), (5, ["12"])]


@pytest.mark.parametrize(
    ("body", "before", "code"),
    [
        (
            "<ss:Row><ss:Cell><ss:Data>&bomb;</ss:Data></ss:Cell></ss:Row>",
            '<!DOCTYPE x [<!ENTITY bomb "ha">]>',
            "",
        ),
        ("", '<!DOCTYPE x SYSTEM "file:///etc/passwd">', ""),
        ('<ss:Row ss:Index="2"/><ss:Row ss:Index="1"/>', "", ""),
        ("<ss:Row><ss:Cell>", "", ""),
        ("<a>" * 100, "", ""),
        ('<ss:Row><ss:Cell ss:Index="many"/></ss:Row>', "", ""),
        ('<ss:Row><ss:Cell ss:Index="5000000"/></ss:Row>', "", "too_many_columns"),
        ('<ss:Row><ss:Cell ss:MergeAcross="5000000"/><ss:Cell/></ss:Row>', "", "too_many_columns"),
        (f"<ss:Row><ss:Cell><ss:Data>{'x' * 600_000}</ss:Data></ss:Cell></ss:Row>", "", "cell_too_long"),
    ],
)
def test_a_hostile_xml_workbook_is_refused(tmp_path, body, before, code):
    path = xml_sheet(tmp_path / "a.xls", body, before=before)
    with pytest.raises(Unreadable) as caught:
        for sheet in open_source(path).sheets:
            list(sheet.records())
    assert caught.value.code == (code or "sheet_damaged")


def test_a_web_page_is_still_no_workbook(tmp_path):
    path = tmp_path / "a.xls"
    path.write_text("<?xml version='1.0'?><html><body><table><tr><td>1</td></tr></table></body></html>")
    with pytest.raises(Unreadable) as caught:
        open_source(path)
    assert caught.value.code == "html"
