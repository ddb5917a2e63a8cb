"""Exports that are known but not read yet, so that none is mistaken for one that is."""

from __future__ import annotations

from analytics.formats.tables import Source, normal

# name → (columns that tell it, what to upload instead)
KNOWN: dict[str, tuple[tuple[frozenset[str], ...], str]] = {
    "Meta: daily series of a page": ((frozenset({"date", "primary"}),), "Export the content (one row per post)."),
    "X account overview": (
        (
            frozenset({"date", "tweets published"}),
            frozenset({"date", "new follows", "unfollows"}),
            frozenset({"date", "create post"}),
        ),
        "Export the content (one row per post).",
    ),
    "TikTok Studio overview": (
        (frozenset({"date", "video views", "profile views"}),),
        "Export the content (one row per video).",
    ),
    "YouTube Studio totals": (
        (frozenset({"date", "views"}), frozenset({"data", "visualizzazioni"})),
        "Upload “Table data.csv” of the same download.",
    ),
    "Google Ads": (
        (frozenset({"campaign", "clicks", "impr.", "cost"}), frozenset({"clicks", "avg. cpc", "cost"})),
        "Enter its cost by hand until then.",
    ),
    "Shopify orders": (
        (frozenset({"name", "financial status", "lineitem name"}),),
        "Export Google Analytics' traffic acquisition until then.",
    ),
    "Facebook Insights (2017)": (
        (frozenset({"post id", "permalink", "post message", "posted"}),),
        "Export the content from Meta Business Suite.",
    ),
    "LinkedIn daily metrics": (
        (
            frozenset({"date", "impressions organic", "impressions total"}),
            frozenset({"data", "impressioni totale"}),
        ),
        "Upload the file with the sheet “All posts”.",
    ),
}


def known_other(source: Source) -> tuple[str, str] | None:
    """The name of a known export that is not read, and what to do instead; None when it is none of them."""
    for sheet in source.sheets:
        for _line, cells in sheet.head[:12]:
            names = {normal(text) for text in cells}
            for name, (signatures, instead) in KNOWN.items():
                if any(signature <= names for signature in signatures):
                    return name, instead
    return None
