"""Meta Ads and Google Analytics 4."""

from datetime import date
from decimal import Decimal

import pytest

from analytics.formats import FileError, detect
from analytics.formats.ga4 import week_number
from tests.analytics.formats.files import write

ADS = [
    [
        *("Reporting starts", "Reporting ends", "Ad name", "Results", "Result indicator", "Amount spent (USD)"),
        *(
            "Impressions",
            "Reach",
            "Purchases",
            "Ends",
            "Ad set name",
            "Purchase ROAS (return on ad spend)",
            "Campaign name",
        ),
    ],
    ["2026-02-01", "2026-02-28", "", "5", "", "300.50", "9000", "4000", "5", "", "", "", ""],
    [
        "2026-02-01",
        "2026-02-28",
        "Uno",
        "3",
        "actions:purchase",
        "200.25",
        "6000",
        "3000",
        "3",
        "Ongoing",
        "Set A",
        "2.5",
        "spring",
    ],
    [
        "2026-02-01",
        "2026-02-28",
        "Due",
        "2",
        "actions:purchase",
        "100.25",
        "3000",
        "2000",
        "2",
        "Ongoing",
        "Set A",
        "",
        "spring",
    ],
]
PREAMBLE = "".join(
    f"# {line}\r\n"
    for line in ("----", "Traffic acquisition", "Account: Caffè", "", "Start date: 20240101", "End date: 20241231")
)
GROUP = "Session primary channel group (Default Channel Group)"
GA4 = [
    [GROUP, "Week", "Sessions", "Engaged sessions", "Engagement rate", "Key events", "Total revenue"],
    ["", "", "500", "300", "0.6", "9", "1200.5", "Grand total"],
    ["Paid Social", "17", "200", "150", "0.75", "5", "926.309304"],
    ["Organic Social", "1", "300", "150", "0.5", "4", "0"],
]


def read(path):
    return detect(path).read(path)


def test_ads_are_read_without_their_nameless_total(tmp_path):
    path = write(tmp_path, ADS)
    assert detect(path).slug == "meta_ads"
    result = read(path)
    assert sum(row.amount for row in result.rows) == Decimal("300.50")
    assert (result.currency, result.ignored) == ("USD", 1)
    first = result.rows[0]
    assert (first.campaign, first.ad_group, first.ad, first.start, first.end) == (
        *("spring", "Set A", "Uno"),
        *(date(2026, 2, 1), date(2026, 2, 28)),
    )
    assert (first.conversion_value, first.conversions, first.result_kind) == (
        Decimal("500.6250"),
        3,
        "actions:purchase",
    )
    assert result.rows[1].conversion_value is None


def test_a_row_that_stands_twice_is_taken_once_and_equal_names_are_kept_apart(tmp_path):
    again, other = ADS[2], [*ADS[2][:5], "7.00", *ADS[2][6:]]
    result = read(write(tmp_path, [*ADS, again, other]))
    assert sum(row.amount for row in result.rows) == Decimal("307.50")
    assert len({(row.ad, row.external_id) for row in result.rows}) == 3


def test_italian_ads_by_day_with_decimal_commas(tmp_path):
    rows = [
        ["Giorno", "Nome della campagna", "Copertura", "Impression", "Importo speso (EUR)", "Clic sul link"],
        ["Totale", "", "9", "19", "1.242,57", "3"],
        ["2026-03-01", "primavera", "5", "10", "1.220,00", "2"],
        ["2026-03-02", "primavera", "4", "9", "22,57", "1"],
    ]
    result = read(write(tmp_path, rows, delimiter=";"))
    assert [row.amount for row in result.rows] == [Decimal("1220.00"), Decimal("22.57")]
    assert (result.currency, result.language, result.rows[1].end) == ("EUR", "it", date(2026, 3, 2))


def test_a_campaign_that_begins_like_a_total_is_kept(tmp_path):
    rows = [
        ["Campaign name", "Day", "Amount spent (EUR)", "Impressions"],
        ["Totale benessere", "2026-03-01", "2.00", "9"],
        ["Total", "", "2.00", "9"],
    ]
    assert [row.campaign for row in read(write(tmp_path, rows)).rows] == ["Totale benessere"]


def test_ads_without_a_period_say_which_columns_to_add(tmp_path):
    rows = [["Nome della campagna", "Risultati", "Importo speso (EUR)", "Impression"], ["A", "1", "200,00", "9"]]
    with pytest.raises(FileError, match="Reporting starts"):
        read(write(tmp_path, rows))


def test_ads_without_a_currency_are_rejected_row_by_row(tmp_path):
    rows = [["Day", "Campaign name", "Amount spent", "Impressions"], ["2026-03-01", "A", "2.00", "9"]]
    assert [row.code for row in read(write(tmp_path, rows)).rejected] == ["currency_missing"]


def test_ga4_weeks_are_resolved_by_the_preamble(tmp_path):
    path = write(tmp_path, GA4, before=PREAMBLE)
    assert detect(path).slug == "ga4_traffic"
    result = read(path)
    paid, organic = result.rows
    # 2024 began on a Monday: week 1 is cut off at 1 January, week 17 runs from Sunday 21 April.
    assert (organic.start, organic.end) == (date(2024, 1, 1), date(2024, 1, 6))
    assert (paid.start, paid.end) == (date(2024, 4, 21), date(2024, 4, 27))
    assert (paid.revenue, paid.key_events, paid.sessions, paid.currency) == (Decimal("926.309304"), 5, 200, "")
    assert result.ignored == 1, "the grand total, which has one cell more"


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2024, 1, 1), 1),
        (date(2024, 1, 7), 2),
        (date(2023, 1, 1), 1),
        (date(2023, 1, 8), 2),
        (date(2024, 12, 31), 53),
    ],
)
def test_a_ga4_week_begins_on_sunday_and_the_first_holds_new_year(day, week):
    assert week_number(day) == week


def test_several_tables_each_with_their_own_period(tmp_path):
    second = PREAMBLE.replace("20240101", "20250101").replace("20241231", "20250131")
    plain = [[GROUP, "Sessions", "Engaged sessions", "Total revenue"], ["Direct", "5", "4", "10"]]
    path = write(tmp_path, GA4, before=PREAMBLE)
    path.write_bytes(path.read_bytes() + write(tmp_path, plain, name="b.csv", before="\r\n" + second).read_bytes())
    last = read(path).rows[-1]
    assert (last.channel_group, last.start, last.end) == ("Direct", date(2025, 1, 1), date(2025, 1, 31))


def test_source_and_medium_in_one_column_and_nth_days(tmp_path):
    rows = [
        ["Session source / medium", "Session campaign", "Nth day", "Sessions", "Key events"],
        ["instagram / social", "spring", "0003", "5", "1"],
        ["instagram / social", "spring", "0400", "5", "1"],
    ]
    result = read(write(tmp_path, rows, before=PREAMBLE))
    row = result.rows[0]
    assert (row.source, row.medium, row.campaign, row.start) == ("instagram", "social", "spring", date(2024, 1, 4))
    assert [rejected.code for rejected in result.rejected] == ["week_outside"]


def test_a_blank_origin_is_named_as_google_names_it(tmp_path):
    rows = [
        ["Session source", "Session campaign", "Sessions", "Key events"],
        ["instagram", "", "5", "1"],
        ["instagram", "spring", "5", "1"],
    ]
    found = read(write(tmp_path, rows, before=PREAMBLE)).rows
    assert [(row.campaign, row.medium) for row in found] == [("(not set)", ""), ("spring", "")]


def test_ga4_without_its_preamble_asks_for_it(tmp_path):
    with pytest.raises(FileError, match="Start date"):
        read(write(tmp_path, [GA4[0][:1] + GA4[0][2:], ["Direct", "5", "4", "0.5", "1", "0"]]))


def test_italian_ga4_names(tmp_path):
    rows = [
        [
            "Gruppo di canali principale della sessione (gruppo di canali predefinito)",
            "Sessioni",
            "Sessioni con coinvolgimento",
            "Eventi chiave",
            "Entrate totali",
        ],
        ["Organic Social", "1200", "600", "7", "99,50"],
    ]
    before = "# Data di inizio: 20260101\r\n# Data di fine: 20260131\r\n"
    result = read(write(tmp_path, rows, before=before))
    assert (result.language, result.rows[0].revenue, result.rows[0].end) == (
        "it",
        Decimal("99.50"),
        date(2026, 1, 31),
    )
