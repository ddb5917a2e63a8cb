"""Exports that are known but not read yet, so that none is mistaken for one that is."""

from __future__ import annotations

from typing import NamedTuple

from analytics.formats.messages import _
from analytics.formats.tables import Source, normal


class Known(NamedTuple):
    """An export by its columns, worded for translation: each text of `told_by` names some that only it has together."""

    name: str
    told_by: tuple[str, ...]
    instead: str
    most_columns: int = 1_000


POSTS = _("Export the content (one row per post).")
VIDEOS = _("Export the content (one row per video).")
KNOWN = (
    Known(_("Meta: daily series of a page"), ("date|primary", "data|primary", "data|principale"), POSTS),
    Known(
        _("X account overview"),
        (
            "date|tweets published",
            "date|new follows|unfollows",
            "date|create post",
            "data|mi piace|smesso di seguire",
        ),
        POSTS,
    ),
    Known(
        _("TikTok Studio overview"),
        (
            "date|video views|profile views",
            "data|visualizzazioni video|visualizzazioni del profilo",
            "data|visualizzazioni dei video|visualizzazioni del profilo",
        ),
        VIDEOS,
    ),
    Known(
        _("YouTube Studio chart data"),
        ("date|content|video title", "date|content|video publish time", "data|contenuti|titolo video"),
        _("Upload “Table data.csv” of the same download."),
    ),
    Known(
        _("YouTube Studio totals"),
        ("date|views", "data|visualizzazioni", 'data|visualizzazioni "engaged"'),
        _("Upload “Table data.csv” of the same download."),
        most_columns=3,
    ),
    Known(
        _("LinkedIn Ads"),
        ("campaign group name|total spent", "campaign group name|campaign name", "nome gruppo di campagne"),
        _("Enter its cost by hand until then."),
    ),
    Known(
        _("TikTok Ads Manager"),
        ("campaign name|cost|clicks (destination)", "ad name|cost|clicks (destination)"),
        _("Enter its cost by hand until then."),
    ),
    Known(
        _("Shopify orders"),
        ("name|financial status|lineitem name",),
        _("Export Google Analytics' traffic acquisition until then."),
    ),
    Known(
        _("Facebook Insights (2017)"),
        ("post id|permalink|post message|posted",),
        _("Export the content from Meta Business Suite."),
    ),
    Known(
        _("LinkedIn daily metrics"),
        ("date|impressions (organic)|impressions (total)", "data|impressioni (totale)"),
        _("Upload the file with the sheet “All posts”."),
    ),
    Known(
        _("LinkedIn followers or visitors"),
        (
            "date|sponsored followers|organic followers",
            "data|follower sponsorizzati|follower organici",
            "date|total page views (total)",
            "data|totale visualizzazioni della pagina (totale)",
        ),
        _("Export the page's content instead."),
    ),
)
GA4 = (_("another report of Google Analytics"), _("Export “Traffic acquisition” as CSV."))
_SIGNATURES = [(known, [{normal(name) for name in text.split("|")} for text in known.told_by]) for known in KNOWN]


def known_other(source: Source) -> tuple[str, str] | None:
    """The name of a known export that is not read, and what to do instead; None when it is none of them."""
    for sheet in source.sheets:
        for _line, cells in sheet.head[:12]:
            names = {normal(text) for text in cells} - {""}
            for known, signatures in _SIGNATURES:
                if len(names) <= known.most_columns and any(signature <= names for signature in signatures):
                    return known.name, known.instead
    return GA4 if _has_ga4_preamble(source) else None


def _has_ga4_preamble(source: Source) -> bool:
    """Whether `#` lines tell an account and a property, as Google Analytics writes above every report."""
    firsts = [cells[0].casefold() for sheet in source.sheets for _line, cells in sheet.head[:12]]
    told = [first for first in firsts if first.startswith("# ")]
    return any(first.startswith(("# property", "# proprietà")) for first in told)
