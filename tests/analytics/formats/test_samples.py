"""Every real export at hand, counted by other means."""

import csv
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from analytics.formats import detect

pytestmark = pytest.mark.samples

# A letter of an Instagram link is a digit of base 64; its number holds the moment in its upper bits.
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
INSTAGRAM_EPOCH_MS = 1_314_220_021_721
COLUMNS = {
    "Reach": "reach",
    "Reactions": "reactions",
    "Likes": "reactions",
    "Comments": "comments",
    "Shares": "shares",
    "Saves": "saves",
    "Total clicks": "clicks",
}

# folder, file → format, posts or rows, rejected, ignored
EXPECTED = {
    "facebook_insights_legacy_en/lok_post_level_2017-07-27.xlsx": ("facebook_insights", 7, 0, 1),
    "ga4_en/burnsed_traffic_acquisition.csv": ("ga4_traffic", 4, 0, 0),
    "ga4_en/monfrere_traffic_acquisition_weekly_2024.csv": ("ga4_traffic", 630, 0, 0),
    "google_ads_en/londonclean_campaign_report.csv": ("google_ads", 0, 1, 3),
    "google_ads_en/londonclean_time_series_day.csv": ("google_ads", 6, 0, 0),
    "linkedin_page_content_en/ethioware_1_year_stat.xls": ("linkedin_content", 53, 0, 0),
    "meta_ads_en/monfrere_ads_2023-02_2026-03.csv": ("meta_ads", 1751, 0, 0),
    "meta_facebook_content_en/sugarcane_2024-01_2024-04.csv": ("meta_facebook", 60, 0, 0),
    "meta_facebook_content_en/sugarcane_2024-04_2024-07.csv": ("meta_facebook", 59, 0, 0),
    "meta_facebook_content_en/sugarcane_2024-07_2024-09.csv": ("meta_facebook", 48, 0, 0),
    "meta_facebook_content_en/sugarcane_2024-09_2024-11_dup-Views-header.csv": ("meta_facebook", 31, 0, 0),
    "meta_facebook_content_en/sugarcane_2024-11_2025-01_excel-resaved.csv": ("meta_facebook", 0, 54, 0),
    "meta_facebook_content_en/sugarcane_2025-01_2025-03_header-edited.csv": ("meta_facebook", 0, 77, 0),
    "meta_instagram_content_en/3mlounge_2026_EXCERPT-TRANSCRIBED.csv": ("meta_instagram", 4, 0, 0),
    "meta_instagram_content_en/interactivedigi_2025_multi-account_EXCERPT-TRANSCRIBED.csv": (
        "meta_instagram",
        6,
        0,
        0,
    ),
    "shopify_en/orders_export_HEADER-ONLY.txt": ("shopify_orders", 0, 0, 0),
    "tiktok_studio/haileytupy_content_TRANSCRIBED.csv": ("tiktok_content", 13, 0, 0),
    "x_analytics_tweet_activity_en/lisadebruine_2021-01.csv": ("x_activity", 188, 0, 0),
    "x_analytics_tweet_activity_en/lisadebruine_2021-02.csv": ("x_activity", 193, 0, 0),
    "x_analytics_tweet_activity_en/lisadebruine_2021-03.csv": ("x_activity", 268, 0, 0),
    "x_analytics_tweet_activity_en/lisadebruine_2021-04.csv": ("x_activity", 305, 0, 0),
    "x_analytics_tweet_activity_en/lisadebruine_2021-05.csv": ("x_activity", 263, 0, 0),
    "x_analytics_tweet_activity_en/lisadebruine_2021-06.csv": ("x_activity", 222, 0, 0),
    "x_content_analytics_en/xgrowth_2026-02-14_2026-02-27.csv": ("x_content", 178, 0, 0),
    "youtube_studio_en/sugarcane_table_data.csv": ("youtube_table", 496, 0, 3),
    "youtube_studio_en/sugarcane_table_data_excel-resaved.csv": ("youtube_table", 493, 5, 0),
}
DAYS = {
    "meta_page_daily_utf16_en/oigetit_follows.csv": ("meta_series", 105, "follows"),
    "meta_page_daily_utf16_en/oigetit_reach.csv": ("meta_series", 105, "reach"),
    "meta_page_daily_utf16_en/oigetit_views.csv": ("meta_series", 105, "views"),
    "tiktok_studio/bosszy_overview.csv": ("tiktok_daily", 7, "views"),
    "tiktok_studio/bosszy_overview.xlsx": ("tiktok_daily", 7, "views"),
    "x_analytics_daily_en/lisadebruine_2021-01.csv": ("x_daily", 31, "impressions"),
    "x_analytics_daily_en/lisadebruine_2021-06.csv": ("x_daily", 30, "impressions"),
    "youtube_studio_en/sugarcane_totals.csv": ("youtube_totals", 1854, "views"),
}
# The same figure added up by other means: encoding, column, lines above the header.
SUMS = {
    "meta_page_daily_utf16_en/oigetit_reach.csv": ("utf-16", "Primary", 2),
    "x_analytics_daily_en/lisadebruine_2021-01.csv": ("utf-8", "impressions", 0),
    "tiktok_studio/bosszy_overview.csv": ("utf-8-sig", "Video Views", 0),
    "youtube_studio_en/sugarcane_totals.csv": ("utf-8", "Views", 0),
}


@pytest.mark.parametrize("name", EXPECTED)
def test_a_real_export_is_read_whole(samples, name):
    path = samples / "exports" / name
    result = detect(path).read(path, time_zone="Europe/Rome")
    assert (detect(path).slug, len(result.rows), result.rejected_count, result.ignored) == EXPECTED[name]


@pytest.mark.parametrize("name", DAYS)
def test_a_real_series_is_read_whole(samples, name):
    path = samples / "exports" / name
    slug, count, figure = DAYS[name]
    result = detect(path).read(path)
    assert (detect(path).slug, len(result.rows), result.rejected_count) == (slug, count, 0)
    days = [row.day for row in result.rows]
    assert days == [days[0] + timedelta(days=place) for place in range(count)]
    assert all(figure in row.figures for row in result.rows)


@pytest.mark.parametrize("name", SUMS)
def test_the_figure_of_a_real_series_is_its_columns_sum(samples, name):
    path = samples / "exports" / name
    encoding, column, above = SUMS[name]
    with path.open(encoding=encoding, newline="") as file:
        told = sum(int(row[column]) for row in csv.DictReader(list(file)[above:]))
    figure = DAYS[name][2]
    assert sum(row.figures[figure] for row in detect(path).read(path).rows) == told


def test_the_spend_of_a_real_ads_file_is_its_columns_sum(samples):
    path = samples / "exports" / "meta_ads_en" / "monfrere_ads_2023-02_2026-03.csv"
    with path.open(encoding="utf-8", newline="") as file:
        told = sum(Decimal(row["Amount spent (USD)"] or 0) for row in csv.DictReader(file))
    assert sum(row.amount for row in detect(path).read(path).rows) == told


def test_a_real_series_of_google_ads_tells_its_currency_in_every_cell(samples):
    path = samples / "exports" / "google_ads_en" / "londonclean_time_series_day.csv"
    with path.open(encoding="utf-8", newline="") as file:
        told = [row["Cost"] for row in csv.DictReader(file)]
    result = detect(path).read(path)
    assert [row.amount for row in result.rows] == [Decimal(text.removeprefix("US$")) for text in told]
    assert {row.currency for row in result.rows} == {"USD"}


def test_a_real_report_of_all_time_says_why_its_cost_belongs_to_no_month(samples):
    path = samples / "exports" / "google_ads_en" / "londonclean_campaign_report.csv"
    result = detect(path).read(path)
    assert [(row.line, row.value, row.code) for row in result.rejected] == [(4, "All time", "period_open")]
    assert result.currency == "USD"


def pairs(path):
    """Each row as the standard library reads it, beside the row that the format made of it."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(zip(csv.DictReader(file), detect(path).read(path).rows, strict=True))


def whole_meta_files(samples):
    names = [
        name
        for name, told in EXPECTED.items()
        if told[0].startswith("meta_") and told[1] and told[0] != "meta_ads"
    ]
    return [samples / "exports" / name for name in names]


def test_metas_rows_say_what_the_file_says(samples):
    pacific = ZoneInfo("America/Los_Angeles")
    for path in whole_meta_files(samples):
        for told, row in pairs(path):
            assert row.external_id == told["Post ID"]
            stated = datetime.strptime(told["Publish time"], "%m/%d/%Y %H:%M").replace(tzinfo=pacific)
            assert row.published_at == stated.astimezone(UTC)
            for column, name in COLUMNS.items():
                if column in told:
                    assert getattr(row, name) == (int(told[column]) if told[column] else None)


def test_pacific_time_is_confirmed_by_the_moment_in_instagrams_links(samples):
    for path in whole_meta_files(samples):
        for row in detect(path).read(path).rows if "instagram" in str(path) else ():
            number = 0
            for letter in row.permalink.rstrip("/").rsplit("/", 1)[-1]:
                number = number * 64 + LETTERS.index(letter)
            made = datetime.fromtimestamp(((number >> 23) + INSTAGRAM_EPOCH_MS) / 1000, UTC)
            assert timedelta(0) <= made - row.published_at < timedelta(minutes=1)


def test_xs_stated_times_and_sums_agree_with_the_numbers_of_its_posts(samples):
    for path in sorted((samples / "exports" / "x_analytics_tweet_activity_en").glob("*.csv")):
        for told, row in pairs(path):
            made = datetime.fromtimestamp(((int(row.external_id) >> 22) + 1_288_834_974_657) / 1000, UTC)
            assert abs(made - row.published_at) < timedelta(minutes=2)
            assert (row.external_id, row.impressions) == (told["Tweet id"], float(told["impressions"]))


def test_linkedins_hours_lie_on_the_days_stated(samples):
    path = samples / "exports" / "linkedin_page_content_en" / "ethioware_1_year_stat.xls"
    result = detect(path).read(path)
    assert {row.precision for row in result.rows} == {"exact"}
    assert len({row.external_id for row in result.rows}) == 53
