"""Google Ads: title lines, totals, currencies by column or by cell, steps of time, six languages."""

from datetime import date
from decimal import Decimal

import pytest

from analytics.formats import FileError, detect
from analytics.formats.currencies import currency_of
from tests.analytics.formats.files import write

HEADER = ["Campaign status", "Campaign", "Budget", "Clicks", "Impr.", "Currency code", "Avg. CPC", "Cost"]
HEADER += ["Conversions", "Conv. value"]
ROWS = [
    HEADER,
    ["Enabled", "Spring menu", "25.70", "1,120", "40,318", "EUR", "0.42", "1,470.55", "38.50", "2,310.00"],
    ["Paused", "Old promo", " --", "0", "0", "EUR", " --", "0.00", "0.00", "0.00"],
    ["Total: Campaigns", " --", " --", "1,120", "40,318", "EUR", "0.42", "1,470.55", "38.50", "2,310.00"],
    ["Total: Account", "", "", "1,120", "40,318", "EUR"],
]
SEPTEMBER = "Campaign report\r\nSeptember 1, 2026 - September 30, 2026\r\n"


def read(path):
    format = detect(path)
    assert format.slug == "google_ads"
    return format.read(path)


def test_a_campaign_report_is_read_without_its_titles_and_totals(tmp_path):
    result = read(write(tmp_path, ROWS, before=SEPTEMBER))
    first, second = result.rows
    assert (first.platform, first.campaign, first.line) == ("google", "Spring menu", 4)
    assert (first.start, first.end) == (date(2026, 9, 1), date(2026, 9, 30))
    assert (first.amount, first.currency) == (Decimal("1470.55"), "EUR")
    assert (first.clicks, first.impressions) == (1120, 40318)
    assert (first.conversions, first.conversion_value) == (Decimal("38.50"), Decimal("2310.00"))
    assert (second.campaign, second.amount) == ("Old promo", 0)
    assert (result.ignored, result.rejected_count, result.currency) == (2, 0, "EUR")


def test_a_file_that_ends_within_a_short_total_is_not_torn(tmp_path):
    path = write(tmp_path, ROWS, before=SEPTEMBER)
    path.write_bytes(path.read_bytes().rstrip())
    result = read(path)
    assert (len(result.rows), result.ignored, result.rejected_count) == (2, 2, 0)


@pytest.mark.parametrize(
    "stated",
    [
        '"September 1, 2026 - September 30, 2026"',
        "September 1, 2026 - September 30, 2026",
        "1 September 2026 - 30 September 2026",
        "2026-09-01 - 2026-09-30",
        "Sep 1, 2026 – Sep 30, 2026",
        "1. September 2026 - 30. September 2026",
        "1 settembre 2026 - 30 settembre 2026",
        "1 de septiembre de 2026 - 30 de septiembre de 2026",
        "1er sept. 2026 - 30 sept. 2026",
        "1 de setembro de 2026 - 30 de setembro de 2026",
        "01/09/2026 - 30/09/2026",
    ],
)
def test_the_days_of_a_report_stand_above_it_in_many_ways(tmp_path, stated):
    row = read(write(tmp_path, ROWS, before=f"Report\r\n{stated}\r\n")).rows[0]
    assert (row.start, row.end) == (date(2026, 9, 1), date(2026, 9, 30))


def test_the_days_may_stand_below(tmp_path):
    path = write(tmp_path, ROWS, before="Campaign report\r\n")
    with path.open("a", newline="") as file:
        file.write('"September 1, 2026 - September 30, 2026"\r\n')
    result = read(path)
    assert result.rows[0].end == date(2026, 9, 30)
    assert (len(result.rows), result.ignored) == (2, 3)


@pytest.mark.parametrize("stated", ["All time", "Tutto il periodo", "Todo o período"])
def test_a_report_of_all_time_is_rejected_row_by_row_with_the_remedy(tmp_path, stated):
    result = read(write(tmp_path, ROWS, before=f"Campaign report\r\n{stated}\r\n"))
    assert (result.rows, result.ignored) == ([], 2)
    assert [(row.code, row.value) for row in result.rejected] == [("period_open", stated)] * 2
    assert "“Day”" in result.rejected[0].reason


def test_without_any_days_the_report_asks_for_them(tmp_path):
    with pytest.raises(FileError, match="Day"):
        read(write(tmp_path, ROWS))


def test_a_series_by_day_tells_its_currency_by_cell(tmp_path):
    rows = [
        ["Date", "Clicks", "Impressions", "Avg. CPC", "Cost"],
        ["Thu, 5 Feb 2026", "0", "0", "US$0.00", "US$0.00"],
        ["Fri, 6 Feb 2026", "26", "75", "US$1.92", "US$1,050.10"],
    ]
    result = read(write(tmp_path, rows))
    assert [(row.start, row.end, row.amount) for row in result.rows] == [
        (date(2026, 2, 5), date(2026, 2, 5), Decimal("0.00")),
        (date(2026, 2, 6), date(2026, 2, 6), Decimal("1050.10")),
    ]
    assert (result.currency, result.rows[0].currency, result.rows[0].campaign) == ("USD", "USD", "")


def test_a_bare_dollar_is_read_as_the_united_states_and_said_so(tmp_path):
    rows = [["Date", "Clicks", "Avg. CPC", "Cost"], ["Feb 6, 2026", "26", "$1.92", "$50.00"]]
    result = read(write(tmp_path, rows))
    assert result.rows[0].currency == "USD"
    assert [(warning.code, warning.facts) for warning in result.warnings] == [
        ("sign_assumed", {"sign": "$", "currency": "USD"})
    ]


def test_an_amount_without_any_currency_is_asked_for(tmp_path):
    rows = [["Day", "Campaign", "Clicks", "Avg. CPC", "Cost"], ["2026-09-01", "a", "2", "1.92", "3.84"]]
    path = write(tmp_path, rows)
    reader = detect(path).stream(path)
    assert (list(reader), [row.code for row in reader.rejected]) == ([], ["currency_missing"])
    assert [(question.code, question.column) for question in reader.questions] == [("currency", "Cost")]
    answered = detect(path).read(path, answers={"currency": "CHF"})
    assert [(row.amount, row.currency) for row in answered.rows] == [(Decimal("3.84"), "CHF")]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("US$9.72", "USD"),
        ("€ 9,72", "EUR"),
        ("9,72\u00a0€", "EUR"),
        ("R$ 1.234,00", "BRL"),
        ("CHF 1’234.50", "CHF"),
        ("9.72 GBP", "GBP"),
        ("£9.72", "GBP"),
        ("CA$9.72", "CAD"),
        ("-US$1.00", "USD"),
        ("9.72", ""),
        ("9.72 kr", ""),
    ],
)
def test_a_currency_is_told_by_its_sign_or_code(text, code):
    assert currency_of(text)[0] == code


LANGUAGES = {
    "it": (
        ["Giorno", "Campagna", "Codice valuta", "Costo", "Impr.", "Clic", "Conversioni", "Valore conv."],
        "Totale: account",
    ),
    "de": (
        ["Tag", "Kampagne", "Währungscode", "Kosten", "Impr.", "Klicks", "Conversions", "Conv.-Wert"],
        "Gesamt: Konto",
    ),
    "es": (
        ["Día", "Campaña", "Código de moneda", "Coste", "Impr.", "Clics", "Conversiones", "Valor de conv."],
        "Total: Cuenta",
    ),
    "fr": (
        ["Jour", "Campagne", "Code de la devise", "Coût", "Impr.", "Clics", "Conversions", "Valeur de conv."],
        "Total : compte",
    ),
    "pt": (
        ["Dia", "Campanha", "Código da moeda", "Custo", "Impr.", "Cliques", "Conversões", "Valor conv."],
        "Total: Conta",
    ),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_reports_in_other_languages_with_decimal_commas(tmp_path, language):
    header, total = LANGUAGES[language]
    rows = [
        header,
        ["2026-09-01", "primavera", "EUR", "1.234,56", "12.345", "120", "3,50", "99,90"],
        ["2026-09-02", "primavera", "EUR", "99,90", "900", "9", "0,50", "0,00"],
        [total, " --", "EUR", "1.334,46", "13.245", "129", "4,00", "99,90"],
    ]
    result = read(write(tmp_path, rows, before="Report\r\n", delimiter=";"))
    assert (result.language, result.ignored) == (language, 1)
    first = result.rows[0]
    assert (first.amount, first.impressions, first.clicks) == (Decimal("1234.56"), 12345, 120)
    assert (first.conversions, first.conversion_value) == (Decimal("3.50"), Decimal("99.90"))


def test_utf_16_with_tabs_as_for_excel(tmp_path):
    path = write(
        tmp_path, ROWS, delimiter="\t", encoding="utf-16", before="Campaign report\r\n2026-09-01 - 2026-09-30\r\n"
    )
    assert sum(row.amount for row in read(path).rows) == Decimal("1470.55")


def test_weeks_and_months_are_cut_off_at_the_ends_of_the_report(tmp_path):
    weeks = [["Week", "Campaign", "Currency code", "Cost"], ["2026-08-31", "a", "EUR", "70"]]
    row = read(write(tmp_path, weeks, before=SEPTEMBER)).rows[0]
    assert (row.start, row.end) == (date(2026, 9, 1), date(2026, 9, 6))
    months = [
        ["Month", "Campaign", "Currency code", "Cost"],
        ["Aug 2026", "a", "EUR", "70"],
        ["2026-07-01", "a", "EUR", "7"],
    ]
    rows = read(write(tmp_path, months, before="Report\r\nAll time\r\n")).rows
    assert [(row.start, row.end) for row in rows] == [
        (date(2026, 8, 1), date(2026, 8, 31)),
        (date(2026, 7, 1), date(2026, 7, 31)),
    ]
    quarters = [["Quarter", "Campaign", "Currency code", "Cost"], ["2026-10-01", "a", "EUR", "70"]]
    assert read(write(tmp_path, quarters)).rows[0].end == date(2026, 12, 31)


def test_rows_of_one_campaign_and_day_are_told_apart_by_their_breakdown(tmp_path):
    rows = [
        ["Day", "Campaign", "Device", "Currency code", "Cost", "Conversions"],
        ["2026-09-01", "a", "Mobile phones", "EUR", "10.00", "1.00"],
        ["2026-09-01", "a", "Computers", "EUR", "4.50", " --"],
        ["2026-09-01", "a", "Computers", "EUR", "4.50", " --"],
    ]
    result = read(write(tmp_path, rows))
    assert [row.external_id for row in result.rows] == ["Mobile phones", "Computers"]
    assert [row.conversions for row in result.rows] == [1, None]
    assert [warning.code for warning in result.warnings] == ["rows_repeated"]


def test_a_campaign_that_begins_like_a_total_is_kept(tmp_path):
    rows = [
        ["Campaign", "Currency code", "Cost"],
        ["Total wellness", "EUR", "3.00"],
        ["Total: Account", "EUR", "3.00"],
    ]
    assert [row.campaign for row in read(write(tmp_path, rows, before=SEPTEMBER)).rows] == ["Total wellness"]


def test_an_amount_that_is_none_is_rejected_with_its_column(tmp_path):
    rows = [["Day", "Campaign", "Currency code", "Cost"], ["2026-09-01", "a", "EUR", "twelve"]]
    rows += [["2026-09-03", "a", "SEK", "kr 9.72"]]
    result = read(write(tmp_path, rows))
    assert [(row.code, row.column) for row in result.rejected] == [("not_money", "Cost")]
    assert [(row.amount, row.currency) for row in result.rows] == [(Decimal("9.72"), "SEK")]
