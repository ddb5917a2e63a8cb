"""Post reports of other tools: read by columns that only they have, and marked as wanting a look."""

from datetime import UTC, datetime

import pytest

from analytics.formats import UnknownFormat, detect
from tests.analytics.formats.files import without, write

HOOTSUITE = [
    ["Post performance", *[""] * 9],
    ["Mar 1, 2024 - Mar 31, 2024", *[""] * 9],
    [
        *("Date (GMT)", "Post ID", "Post Message", "Post Permalink", "Post Type", "Social Network", "Impressions"),
        *("Engagement", "Likes", "Post Link Clicks"),
    ],
    [
        "2024-03-01 14:30",
        "100_200300",
        "Pane",
        "https://fb.example/1",
        "Photo",
        "Facebook",
        "1,200",
        "85",
        "60",
        "30",
    ],
    ["2024-03-02 09:00", "1790000000001", "Noi", "https://ig.example/2", "Reel", "Instagram", "500", "20", "", ""],
]
BUFFER = [
    ["Date", "Update", "Service", "Service Link", "Type", "Impressions", "Likes", "Comments", "Clicks"],
    [
        "2024-04-02T08:00:00Z",
        "Ciao",
        "twitter",
        "https://x.com/alba/status/177500",
        "text",
        "800",
        "15",
        "4",
        "12",
    ],
]
METRICOOL = [
    ["Data", "Rete", "Tipo", "Contenuto", "URL", "Impressioni", "Mi piace", "Salvati", "Interazioni"],
    ["01/04/2024 10:00", "instagram", "REEL", "Il bar", "https://ig.example/p/a", "1.200", "60", "7", "70"],
    ["13/04/2024 18:30", "instagram", "POST", "Il pane", "https://ig.example/p/b", "800", "40", "2", "45"],
]
PINTEREST = [
    [
        "Pin ID",
        "Pin title",
        "Pin link",
        "Created at",
        "Impressions",
        "Engagements",
        "Pin clicks",
        "Outbound clicks",
    ],
    ["990001", "Isola", "https://www.pinterest.com/pin/990001/", "2024-03-10 10:00", "1000", "50", "30", "10"],
]
PINTEREST[0].append("Saves")
PINTEREST[1].append("20")


@pytest.mark.parametrize(
    ("slug", "lines"),
    [
        ("hootsuite_posts", HOOTSUITE),
        ("buffer_posts", BUFFER),
        ("metricool_posts", METRICOOL),
        ("pinterest_pins", PINTEREST),
    ],
)
def test_each_report_is_told_and_wants_a_look(tmp_path, slug, lines):
    path = write(tmp_path, lines)
    assert detect(path).slug == slug
    result = detect(path).read(path, time_zone="Europe/Rome")
    assert (result.rejected, "names_reported") == ([], result.warnings[0].code)


def test_hootsuite_tells_times_in_gmt_and_posts_by_their_networks_number(tmp_path):
    path = write(tmp_path, HOOTSUITE)
    first, second = detect(path).read(path, time_zone="America/New_York").rows
    assert (first.platform, first.external_id, first.published_at) == (
        "facebook",
        "200300",
        datetime(2024, 3, 1, 14, 30, tzinfo=UTC),
    )
    assert (first.impressions, first.reactions, first.link_clicks, first.clicks) == (1200, 60, 30, 30)
    assert (second.format, second.reactions, second.clicks, second.engagements) == ("short_video", None, None, 20)


def test_a_tweet_that_buffer_tells_of_is_the_one_of_xs_own_export(tmp_path):
    path = write(tmp_path, BUFFER)
    (row,) = detect(path).read(path).rows
    assert (row.platform, row.external_id, row.engagements, row.clicks) == ("x", "177500", 19, 12)


def test_metricool_speaks_italian_and_puts_the_day_first(tmp_path):
    path = write(tmp_path, METRICOOL)
    first, second = detect(path).read(path, time_zone="Europe/Rome").rows
    assert (first.published_at, first.impressions) == (datetime(2024, 4, 1, 8, tzinfo=UTC), 1200)
    assert (second.external_id, second.engagements) == ("https://ig.example/p/b", 42)


def test_clicks_on_a_pin_are_told_apart_from_those_that_leave(tmp_path):
    path = write(tmp_path, PINTEREST)
    (row,) = detect(path).read(path).rows
    assert (row.platform, row.external_id, row.clicks, row.link_clicks, row.saves) == (
        "pinterest",
        "990001",
        30,
        10,
        20,
    )


def test_a_report_of_pinterests_ads_is_not_one_of_pins(tmp_path):
    lines = [[*PINTEREST[0], "Spend"], [*PINTEREST[1], "12.50"]]
    with pytest.raises(UnknownFormat):
        detect(write(tmp_path, lines))


@pytest.mark.parametrize("column", ["Post Message", "Post Permalink", "Social Network"])
def test_without_one_of_its_own_columns_a_table_is_nobodys(tmp_path, column):
    with pytest.raises(UnknownFormat):
        detect(write(tmp_path, without(HOOTSUITE[2:], column)))
