"""Google Analytics 4: explorations, stacked tables, the days that its numbers mean, six languages."""

import tracemalloc
from datetime import date
from decimal import Decimal

import pytest

from analytics.formats import FileError, UnknownFormat, detect
from analytics.formats.ga4.calendar import nth_day, nth_week
from tests.analytics.formats.files import write

GROUP = "Session primary channel group (Default Channel Group)"


def told(start: str, end: str) -> str:
    return f"# ----\r\n# Traffic acquisition\r\n# ----\r\n#\r\n# Start date: {start}\r\n# End date: {end}\r\n"


def explored(start: str, end: str) -> str:
    return f"# ----\r\n# Caffè - GA4\r\n# Free form 1\r\n# {start}-{end}\r\n# ----\r\n\r\n"


def read(path):
    return detect(path).read(path)


def stacked(folder, *tables):
    """Several tables in one file, each below its own lines."""
    parts = [
        write(folder, rows, name=f"{place}.csv", before=before).read_bytes()
        for place, (before, rows) in enumerate(tables)
    ]
    path = folder / "stacked.csv"
    path.write_bytes(b"\r\n".join(parts))
    return path


def test_stacked_tables_have_periods_columns_and_totals_of_their_own(tmp_path):
    path = stacked(
        tmp_path,
        (
            told("20260101", "20260131"),
            [
                [GROUP, "Sessions", "Engaged sessions", "Key events", "Total revenue"],
                ["", "30", "20", "3", "120.5", "Grand total"],
                ["Paid Social", "10", "8", "2", "100.5"],
                ["Organic Social", "20", "12", "1", "20"],
            ],
        ),
        (
            told("20260201", "20260228"),
            [
                ["Session source / medium", "Nth week", "Total revenue", "Sessions", "Key events"],
                ["", "", "70", "7", "1", "Grand total"],
                ["instagram / social", "0000", "70", "7", "1"],
            ],
        ),
    )
    result = read(path)
    assert result.ignored == 2
    assert [
        (row.channel_group, row.source, row.sessions, row.revenue, row.start, row.end) for row in result.rows
    ] == [
        ("Paid Social", "", 10, Decimal("100.5"), date(2026, 1, 1), date(2026, 1, 31)),
        ("Organic Social", "", 20, Decimal(20), date(2026, 1, 1), date(2026, 1, 31)),
        ("", "instagram", 7, Decimal(70), date(2026, 2, 1), date(2026, 2, 7)),
    ]


def test_a_table_whose_lines_tell_no_days_is_of_those_told_last(tmp_path):
    path = stacked(
        tmp_path,
        (told("20260101", "20260131"), [[GROUP, "Sessions", "Key events"], ["Direct", "1", "0"]]),
        ("# ----\r\n# By source\r\n", [["Session source", "Sessions", "Key events"], ["instagram", "2", "0"]]),
    )
    assert [(row.sessions, row.end) for row in read(path).rows] == [(1, date(2026, 1, 31)), (2, date(2026, 1, 31))]


@pytest.mark.parametrize("figure", ["Total revenue", "Key events", "Purchase revenue", "Sessions"])
def test_an_exploration_may_hold_any_one_figure(tmp_path, figure):
    rows = [
        ["Session campaign", "Active users", figure],
        ["", "9", "12", "Grand total"],
        ["spring", "9", "12"],
    ]
    path = write(tmp_path, rows, before=explored("20260301", "20260331"))
    assert detect(path).slug == "ga4_traffic"
    (row,) = read(path).rows
    held = {"Sessions": row.sessions, "Key events": row.key_events}.get(figure, row.revenue)
    assert (row.campaign, held, row.start, row.end) == ("spring", 12, date(2026, 3, 1), date(2026, 3, 31))


def test_one_figure_alone_is_nothing_without_googles_lines(tmp_path):
    with pytest.raises(UnknownFormat):
        detect(write(tmp_path, [["Campaign", "Date", "Total revenue"], ["spring", "20260301", "12"]]))


def test_sales_ascribed_to_first_visits_are_not_taken_for_those_of_the_visits(tmp_path):
    rows = [["First user primary channel group (Default Channel Group)", "Total revenue"], ["Direct", "12"]]
    with pytest.raises(UnknownFormat):
        detect(write(tmp_path, rows, before=told("20260301", "20260331")))


def test_an_hour_and_a_month_tell_their_days_themselves(tmp_path):
    hours = [["Session source", "Date + hour (YYYYMMDDHH)", "Sessions"], ["instagram", "2026030214", "3"]]
    (row,) = read(write(tmp_path, hours, before=explored("20260301", "20260331"))).rows
    assert (row.start, row.end) == (date(2026, 3, 2), date(2026, 3, 2))
    months = [["Session source", "Year", "Month", "Sessions", "Key events"], ["instagram", "2026", "02", "3", "1"]]
    (row,) = read(write(tmp_path, months)).rows
    assert (row.start, row.end) == (date(2026, 2, 1), date(2026, 2, 28))


def test_a_week_that_comes_twice_is_told_by_its_year_or_rejected(tmp_path):
    before = told("20250101", "20260131")
    with_year = [
        ["Session source", "Year", "Week", "Sessions", "Key events"],
        ["instagram", "2025", "2", "1", "0"],
        ["instagram", "2026", "2", "2", "0"],
    ]
    first, second = read(write(tmp_path, with_year, before=before)).rows
    assert (first.start, second.start) == (date(2025, 1, 5), date(2026, 1, 4))
    alone = [["Session source", "Week", "Sessions", "Key events"], ["instagram", "2", "1", "0"]]
    result = read(write(tmp_path, alone, before=before))
    assert ([row.code for row in result.rejected], result.rows) == (["week_twice"], [])


def test_a_month_that_comes_twice_is_told_by_its_year_or_rejected(tmp_path):
    before = told("20250115", "20260131")
    rows = [
        ["Session source", "Year", "Month", "Sessions", "Key events"],
        ["instagram", "2025", "01", "1", "0"],
        ["instagram", "2026", "01", "2", "0"],
        ["instagram", "", "01", "3", "0"],
    ]
    result = read(write(tmp_path, rows, before=before))
    assert [(row.start, row.end) for row in result.rows] == [
        (date(2025, 1, 15), date(2025, 1, 31)),
        (date(2026, 1, 1), date(2026, 1, 31)),
    ]
    assert [row.code for row in result.rejected] == ["week_twice"]


def test_nth_days_and_weeks_end_with_the_period():
    start, end = date(2026, 1, 1), date(2026, 1, 31)  # a Thursday and a Saturday
    assert nth_day(start, end, 30) == [(end, end)]
    assert nth_day(start, end, 31) == nth_day(start, end, -1) == nth_day(start, end, 10**12) == []
    assert nth_week(start, end, 0) == [(start, date(2026, 1, 3))]
    assert nth_week(start, end, 4) == [(date(2026, 1, 25), end)]
    assert nth_week(start, end, 5) == nth_week(start, end, -1) == nth_week(start, end, 10**12) == []


@pytest.mark.parametrize(
    ("language", "before", "header"),
    [
        ("it", "# Data di inizio: {}", ["Sorgente/mezzo sessione", "Sessioni", "Eventi chiave", "Entrate totali"]),
        (
            "de",
            "# Startdatum: {}",
            ["Sitzung – Quelle/Medium", "Sitzungen", "Schlüsselereignisse", "Gesamtumsatz"],
        ),
        (
            "es",
            "# Fecha de inicio: {}",
            ["Fuente/medio de la sesión", "Sesiones", "Eventos clave", "Ingresos totales"],
        ),
        (
            "fr",
            "# Date de début: {}",
            ["Source/support de la session", "Sessions", "Événements clés", "Revenu total"],
        ),
        (
            "pt",
            "# Data de início: {}",
            ["Origem / mídia da sessão", "Sessões", "Eventos principais", "Receita total"],
        ),
    ],
)
def test_the_reports_of_six_languages(tmp_path, language, before, header):
    ends = {"it": "Data di fine", "de": "Enddatum", "es": "Fecha de finalización", "fr": "Date de fin"}
    lines = f"{before.format('20260101')}\r\n# {ends.get(language, 'Data de término')}: 20260131\r\n"
    result = read(write(tmp_path, [header, ["instagram / social", "5", "2", "10.5"]], before=lines))
    (row,) = result.rows
    assert result.language == language
    assert (row.source, row.medium, row.sessions, row.key_events) == ("instagram", "social", 5, 2)
    assert (row.revenue, row.start, row.end) == (Decimal("10.5"), date(2026, 1, 1), date(2026, 1, 31))


def test_a_file_without_days_says_which_lines_it_wants(tmp_path):
    with pytest.raises(FileError, match="Start date"):
        read(write(tmp_path, [[GROUP, "Week", "Sessions", "Key events"], ["Direct", "2", "5", "0"]]))


def test_a_long_file_is_not_held(tmp_path):
    body = [[f"campaign {number}", "20260101", "5", "1", "10.25"] for number in range(40_000)]
    rows = [["Session campaign", "Date", "Sessions", "Key events", "Total revenue"], *body]
    path = write(tmp_path, rows, before=told("20260101", "20260131"))
    format = detect(path)
    tracemalloc.start()
    count = sum(1 for _row in format.stream(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (count, peak < 6_000_000) == (40_000, True), peak
