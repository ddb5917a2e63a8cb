"""A look-alike of every export that is read: invented rows in the columns of the real one, by its name."""

from datetime import date, datetime, timedelta

from analytics.formats.generic import COLUMNS
from tests.analytics.formats import tool_look_alikes  # noqa: F401 - enters its own
from tests.analytics.formats.look_alike_kit import (
    LOOK_ALIKES,
    ROWS,
    LookAlike,
    counts,
    links,
    look_alike,
    moments,
    same,
    table,
    texts,
)

__all__ = ["LOOK_ALIKES", "LookAlike"]


@look_alike("meta_facebook")
def _meta_facebook() -> LookAlike:
    return LookAlike(
        *table(
            "Post ID|Page ID|Page name|Title|Description|Duration (sec)|Publish time|Permalink|"
            "Post type|Date|Views|"
            "Reach|Reactions, Comments and Shares|Reactions|Comments|Shares|Total clicks|Link Clicks",
            links("{}"),
            same("100044310645639"),
            same("Caffè Alba"),
            texts("title"),
            texts("words"),
            same("0"),
            list(moments("%m/%d/%Y %H:%M")),
            links("https://www.facebook.com/p/{}"),
            same("Photos"),
            same("Lifetime"),
            *(counts(times) for times in (300, 200, 9, 6, 2, 1, 12, 4)),
        )
    )


@look_alike("meta_instagram")
def _meta_instagram() -> LookAlike:
    return LookAlike(
        *table(
            "Post ID|Account ID|Account username|Account name|Description|Publish time|Permalink|"
            "Post type|Date|Views|"
            "Reach|Likes|Shares|Follows|Comments|Saves",
            links("18{}"),
            same("178414"),
            same("caffe.alba"),
            same("Caffè Alba"),
            texts("words"),
            list(moments("%m/%d/%Y %H:%M")),
            links("https://www.instagram.com/p/A{}/"),
            same("IG reel"),
            same("Lifetime"),
            *(counts(times) for times in (300, 200, 9, 6, 2, 1, 12)),
        )
    )


def _x_numbers() -> list[str]:
    """Numbers of posts hold the moment: milliseconds since November 2010, 22 bits to the left."""
    moments = (1_760_000_000_000 + number * 111_600_000 for number in range(ROWS))
    return [str((moment - 1_288_834_974_657 << 22) + 4096) for moment in moments]


def _x_days(form: str) -> list[str]:
    stamps = (
        datetime(1970, 1, 1) + timedelta(milliseconds=(int(n) >> 22) + 1_288_834_974_657) for n in _x_numbers()
    )
    return [stamp.strftime(form) for stamp in stamps]


@look_alike("x_activity")
def _x_activity() -> LookAlike:
    return LookAlike(
        *table(
            "Tweet id|Tweet permalink|Tweet text|time|impressions|engagements|engagement rate|retweets|"
            "replies|likes|"
            "user profile clicks|url clicks|hashtag clicks|detail expands|permalink clicks|follows|media views",
            _x_numbers(),
            [f"https://twitter.com/Caffe/status/{number}" for number in _x_numbers()],
            texts("words"),
            _x_days("%Y-%m-%d %H:%M +0000"),
            *([f"{text}.0" for text in counts(times)] for times in (90, 40)),
            same("0.11"),
            *([f"{text}.0" for text in counts(times)] for times in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10)),
        )
    )


@look_alike("x_content")
def _x_content() -> LookAlike:
    return LookAlike(
        *table(
            "Post id|Date|Post text|Post Link|Impressions|Likes|Engagements|Bookmarks|Shares|New follows|Replies|"
            "Reposts|Profile visits|Detail Expands|URL Clicks",
            _x_numbers(),
            _x_days("%a, %b %d, %Y"),
            texts("words"),
            [f"https://x.com/caffe/status/{number}" for number in _x_numbers()],
            *(counts(times) for times in (90, 4, 40, 1, 2, 3, 4, 5, 6, 7, 8)),
        )
    )


@look_alike("linkedin_content")
def _linkedin_content() -> LookAlike:
    shift = [1_760_000_000_000 + number * 111_600_000 for number in range(ROWS)]
    days = [(datetime(1970, 1, 1) + timedelta(milliseconds=moment)).strftime("%m/%d/%Y") for moment in shift]
    return LookAlike(
        *table(
            "Post title|Post link|Post type|Campaign name|Created date|Impressions|Views|Clicks|"
            "Click through rate (CTR)|Likes|Comments|Reposts|Follows|Engagement rate|Content Type",
            texts("title"),
            [f"https://www.linkedin.com/feed/update/urn:li:activity:{moment << 22}" for moment in shift],
            same("Organic"),
            same(""),
            days,
            *(counts(times) for times in (90, 30, 5)),
            same("0.05"),
            *(counts(times) for times in (4, 3, 2, 1)),
            same("0.06"),
            same("Image"),
        ),
        above=(("Engagement metrics for individual posts. All dates and times are in UTC.",),),
    )


@look_alike("tiktok_content")
def _tiktok_content() -> LookAlike:
    seconds = [1_760_000_000 + number * 111_600 for number in range(ROWS)]
    stamps = [datetime(1970, 1, 1) + timedelta(seconds=second) for second in seconds]
    return LookAlike(
        *table(
            "Time|Video title|Video link|Post time|Total likes|Total comments|Total shares|Total views",
            same("February 28"),
            texts("words"),
            [f"https://www.tiktok.com/@caffe/video/{second << 32}" for second in seconds],
            [f"{stamp:%B} {stamp.day}" for stamp in stamps],
            *(counts(times) for times in (50, 4, 3, 900)),
        )
    )


@look_alike("youtube_table")
def _youtube_table() -> LookAlike:
    header, body = table(
        "Content|Video title|Video publish time|Duration|Views|Watch time (hours)|Likes|Unique viewers",
        [f"hOf7m31Zvg{letter}" for letter in "ABCDEFGHI"],
        texts("title"),
        [f"{stamp}" for stamp in moments("%b %d, %Y")],
        *(counts(times) for times in (5, 900)),
        same("2.5"),
        *(counts(times) for times in (4, 60)),
    )
    return LookAlike(header, [["Total", "", "", "", "9000", "12.5", "9", "0"], *body], ignored=1)


@look_alike("meta_ads")
def _meta_ads() -> LookAlike:
    return LookAlike(
        *table(
            "Reporting starts|Reporting ends|Ad name|Results|Result indicator|Amount spent (EUR)|"
            "Impressions|Reach|"
            "Purchases|Ends|Ad set name|Campaign name",
            same("2026-02-01"),
            same("2026-02-28"),
            texts("ad"),
            counts(1),
            same("actions:purchase"),
            [f"{text}.25" for text in counts(13)],
            *(counts(times) for times in (900, 400, 1)),
            same("Ongoing"),
            same("Set A"),
            same("spring"),
        )
    )


@look_alike("google_ads")
def _google_ads() -> LookAlike:
    header, body = table(
        "Campaign status|Campaign|Budget|Clicks|Impr.|Currency code|Avg. CPC|Cost|Conversions|Conv. value",
        same("Enabled"),
        texts("campaign"),
        same("25.70"),
        *(counts(times) for times in (40, 900)),
        same("EUR"),
        same("0.42"),
        *([f"{text}.50" for text in counts(times)] for times in (11, 1, 90)),
    )
    total = ["Total: Campaigns", " --", " --", "1,120", "40,318", "EUR", "0.42", "1,470.55", "38.50", "2,310.00"]
    above = (("Campaign report",), ("September 1, 2026 - September 30, 2026",))
    return LookAlike(header, [*body, total], above=above, ignored=1)


@look_alike("ga4_traffic")
def _ga4_traffic() -> LookAlike:
    lines = ("----", "Traffic acquisition", "Account: A", "", "Start date: 20240101", "End date: 20241231")
    groups = "Paid Social|Organic Social|Direct|Email|Referral|Paid Search|Organic Search|Display|Affiliates"
    header, body = table(
        "Session primary channel group (Default Channel Group)|Week|Sessions|Engaged sessions|Engagement rate|"
        "Key events|Total revenue",
        groups.split("|"),
        [str(5 * number + 1) for number in range(ROWS)],
        *(counts(times) for times in (40, 30)),
        same("0.5"),
        counts(1),
        [f"{text}.125" for text in counts(13)],
    )
    total = ["", "", "500", "300", "0.6", "9", "1200.5", "Grand total"]
    return LookAlike(header, [total, *body], before="".join(f"# {line}\r\n" for line in lines), ignored=1)


@look_alike("shopify_orders")
def _shopify_orders() -> LookAlike:
    return LookAlike(
        *table(
            "Name|Email|Financial Status|Paid at|Currency|Subtotal|Total|Created at|Lineitem quantity|"
            "Lineitem name|"
            "Lineitem price|Note Attributes|Cancelled at|Refunded Amount|Outstanding Balance|Id|Tags|Source",
            [f"#{1001 + number}" for number in range(ROWS)],
            same("giulia@example.org"),
            same("paid"),
            list(moments("%Y-%m-%d %H:%M:%S +0200")),
            same("EUR"),
            *([f"{text}.90" for text in counts(7)] for _ in range(2)),
            list(moments("%Y-%m-%d %H:%M:%S +0200")),
            same("1"),
            texts("moka"),
            same("29.90"),
            same("utm_source: instagram\nutm_campaign: spring"),
            same(""),
            same("0.00"),
            same("0.00"),
            links("{}"),
            same("vip"),
            same("web"),
        )
    )


@look_alike("meta_series")
def _meta_series() -> LookAlike:
    days = list(moments("%Y-%m-%dT00:00:00", step=timedelta(days=1)))
    return LookAlike(
        *table("Date|Primary", days, counts(40)),
        above=(("Instagram reach",),),
        encoding="utf-16",
        before="sep=,\r\n",
    )


def _days(form: str) -> list[str]:
    return list(moments(form, step=timedelta(days=1)))


@look_alike("x_daily")
def _x_daily() -> LookAlike:
    return LookAlike(
        *table(
            "Date|Impressions|Likes|Engagements|Bookmarks|Shares|New follows|Unfollows|Replies|Reposts|"
            "Profile visits|Create Post|Video views|Media views",
            _days("%a, %b %d, %Y"),
            *(counts(times) for times in (90, 9, 20, 1, 2, 3, 1, 4, 2, 5, 1, 7, 8)),
        )
    )


@look_alike("linkedin_daily")
def _linkedin_daily() -> LookAlike:
    return LookAlike(
        *table(
            "Date|Impressions (organic)|Impressions (sponsored)|Impressions (total)|Unique impressions (organic)|"
            "Clicks (total)|Reactions (total)|Engagement rate (total)",
            _days("%m/%d/%Y"),
            *(counts(times) for times in (30, 10, 40, 20, 4, 3)),
            same("0.05"),
        ),
        above=(("Aggregated engagement metrics for your organic and sponsored posts.",),),
    )


@look_alike("tiktok_daily")
def _tiktok_daily() -> LookAlike:
    days = [f"{day:%B} {day.day}" for day in (date(2025, 10, 20) + timedelta(days=n) for n in range(ROWS))]
    columns = "Date|Video Views|Profile Views|Likes|Comments|Shares"
    return LookAlike(*table(columns, days, *(counts(times) for times in (90, 9, 5, 2, 1))))


@look_alike("youtube_totals")
def _youtube_totals() -> LookAlike:
    return LookAlike(*table("Date|Views", _days("%Y-%m-%d"), counts(90)))


@look_alike("youtube_chart")
def _youtube_chart() -> LookAlike:
    header, body = table(
        "Date|Content|Video title|Video publish time|Duration|Views",
        _days("%Y-%m-%d"),
        same("abcdefghijk"),
        texts("title"),
        same("Mar 9, 2025"),
        same("3600"),
        counts(9),
    )
    return LookAlike(header, [*body, ["2025-10-20", "Total", "", "", "", "17"]], ignored=1)


@look_alike("facebook_page")
def _facebook_page() -> LookAlike:
    header, body = table(
        "Date|Lifetime Total Likes|Daily New Likes|Daily Unlikes|Daily Total Reach|28 Days Total Reach",
        [f"{day.month}/{day.day}/17" for day in (date(2017, 7, 20) + timedelta(days=n) for n in range(ROWS))],
        *(counts(times) for times in (900, 9, 2, 80, 900)),
    )
    told = ["", "Lifetime: The total number of people", "Daily: The number of new people", "", "Daily: reach", ""]
    return LookAlike(header, [told, *body], ignored=1)


@look_alike("facebook_insights")
def _facebook_insights() -> LookAlike:
    header, body = table(
        "Post ID|Permalink|Post Message|Type|Countries|Languages|Posted|Audience Targeting|"
        "Lifetime Post Total Reach|Lifetime Post Total Impressions|Lifetime Post Paid Impressions|"
        "Lifetime Post Consumptions|Lifetime Negative Feedback from Users",
        links("155336_{}"),
        links("https://www.facebook.com/acme.shop/posts/{}:0"),
        texts("words"),
        same("Photo"),
        same(""),
        same(""),
        [f"{stamp} AM" for stamp in moments("%m/%d/%Y %I:%M:%S")],
        same(""),
        *(counts(times) for times in (90, 120, 0, 9, 1)),
    )
    told = [*[""] * 8, *["Lifetime: The number of something. (Total Count)"] * 5]
    return LookAlike(header, [told, *body], ignored=1)


@look_alike("generic")
def _generic() -> LookAlike:
    return LookAlike(
        *table(
            "|".join(COLUMNS),
            same("Instagram"),
            same("caffe.alba"),
            [f"A{number}" for number in range(ROWS)],
            list(moments("%Y-%m-%dT%H:%M:%S")),
            same("Reel"),
            texts("words"),
            links("https://e.example/{}"),
            same("0"),
            *(counts(times) for times in (90, 80, 12, 3, 2, 1, 4, 9)),
        )
    )
