"""Where each platform hands out its exports: the steps in its own interface, as a person clicks them.

Platforms move their menus; the words in quotes are those of their English and Italian interfaces.
"""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class Guide(NamedTuple):
    """How to get one export: `formats` are the formats it yields, `kind` what they hold."""

    slug: str
    platforms: tuple[str, ...]
    kind: str
    title: Promise | str
    steps: tuple[Promise | str, ...]
    formats: tuple[str, ...]


GUIDES = (
    Guide(
        "meta_posts",
        ("facebook", "instagram"),
        "posts",
        _("Facebook and Instagram: posts (Meta Business Suite)"),
        (
            _("On a computer, open business.facebook.com and choose the page or account."),
            _("Open “Insights”, then “Content”, and choose the period."),
            _("Press “Export data” at the top right."),
            _("Choose “Lifetime”, not “Daily”, keep all metrics ticked, and choose CSV."),
            _("Press “Generate”, wait, and download the file. Facebook and Instagram are two files."),
        ),
        ("meta_facebook", "meta_instagram"),
    ),
    Guide(
        "meta_days",
        ("facebook", "instagram"),
        "days",
        _("Facebook and Instagram: figures by day (Meta Business Suite)"),
        (
            _("On a computer, open business.facebook.com and choose the page or account."),
            _("Open “Insights”, then “Results”, and choose the period."),
            _("Above each chart press “Export” and choose CSV: one file per chart."),
        ),
        ("meta_series", "facebook_page"),
    ),
    Guide(
        "linkedin",
        ("linkedin",),
        "posts",
        _("LinkedIn: content of a page"),
        (
            _("Open the page as its administrator, then “Analytics” and “Content”."),
            _("Press “Export” at the top right and choose the period, at most one year."),
            _("Upload the .xls file with all of its sheets. “Followers” and “Visitors” are exports of their own."),
        ),
        ("linkedin_content", "linkedin_daily"),
    ),
    Guide(
        "tiktok",
        ("tiktok",),
        "posts",
        _("TikTok Studio: videos and overview"),
        (
            _("On a computer, open tiktok.com/tiktokstudio and choose “Analytics”."),
            _("Open “Content” for the videos or “Overview” for figures by day, and choose the period."),
            _("Press “Download data” and choose CSV."),
        ),
        ("tiktok_content", "tiktok_daily"),
    ),
    Guide(
        "youtube",
        ("youtube",),
        "posts",
        _("YouTube Studio: videos"),
        (
            _("Open studio.youtube.com, then “Analytics” and “Advanced mode”."),
            _("Choose the period, the tab “Content”, and the metrics that you want."),
            _("Press the download arrow at the top right and choose “Comma-separated values (.csv)”."),
            _("Unpack the download and upload “Table data.csv”; “Totals.csv” holds figures by day."),
        ),
        ("youtube_table", "youtube_totals", "youtube_chart"),
    ),
    Guide(
        "x",
        ("x",),
        "posts",
        _("X: posts and overview"),
        (
            _("On a computer, open x.com/i/account_analytics; X shows it to Premium accounts."),
            _("Open “Content” for the posts, or “Overview” for figures by day, and choose the period."),
            _("Press the download arrow. The file is a CSV."),
        ),
        ("x_content", "x_activity", "x_daily"),
    ),
    Guide(
        "meta_ads",
        ("meta", "facebook", "instagram"),
        "spend",
        _("Meta Ads Manager: costs of ads"),
        (
            _("Open Ads Manager, choose the account, the period, and the tab “Campaigns” or “Ads”."),
            _("For costs by day choose “Breakdown”, “By time”, “Day”."),
            _("Press “Reports”, then “Export table data”, and choose CSV."),
        ),
        ("meta_ads",),
    ),
    Guide(
        "google_ads",
        ("google", "youtube"),
        "spend",
        _("Google Ads: costs of ads"),
        (
            _("Open ads.google.com, then “Campaigns”, and choose the period."),
            _("For costs by day choose “Segment”, “Time”, “Day”."),
            _("Press “Download” above the table and choose .csv."),
        ),
        ("google_ads",),
    ),
    Guide(
        "ga4",
        ("ga4",),
        "traffic",
        _("Google Analytics 4: traffic acquisition"),
        (
            _("Open analytics.google.com and choose the property."),
            _("Open “Reports”, “Acquisition”, “Traffic acquisition”, and choose the period."),
            _("Press “Share this report”, “Download file”, “Download CSV”."),
        ),
        ("ga4_traffic",),
    ),
    Guide(
        "shopify",
        ("shopify",),
        "orders",
        _("Shopify: orders"),
        (
            _("Open the shop's admin, then “Orders”, and filter the period."),
            _("Press “Export” and choose “Plain CSV file”. Customers' data in it are not stored."),
        ),
        ("shopify_orders",),
    ),
)
BY_FORMAT = {slug: guide for guide in GUIDES for slug in guide.formats}


def guide_for(format_slug: str) -> Guide | None:
    """The steps that lead to an export of this format, if there are any."""
    return BY_FORMAT.get(format_slug)


def guides_on(platform: str) -> list[Guide]:
    """The exports of a platform, posts first."""
    return [guide for guide in GUIDES if platform in guide.platforms]


def guide_of(kind: str, platform: str) -> Guide | None:
    """How posts or days of a platform are exported: by a guide of that kind, else by one that yields both."""
    of_platform = [guide for guide in GUIDES if platform in guide.platforms and guide.kind in ("posts", "days")]
    return next((guide for guide in of_platform if guide.kind == kind), next(iter(of_platform), None))
