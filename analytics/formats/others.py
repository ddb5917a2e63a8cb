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


KNOWN = (
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
)
GA4 = (_("another report of Google Analytics"), _("Export “Traffic acquisition” as CSV."))
_SIGNATURES = [(known, [{normal(name) for name in text.split("|")} for text in known.told_by]) for known in KNOWN]


def known_other(source: Source) -> tuple[str, str] | None:
    """The name of a known export that is not read, and what to do instead; None when it is none of them."""
    for sheet in source.sheets:
        for _line, cells in sheet.head[:12]:
            names = {normal(text) for text in cells} - {""}
            for known, signatures in _SIGNATURES:
                if any(signature <= names for signature in signatures):
                    return known.name, known.instead
    return GA4 if _has_ga4_preamble(source) else None


def _has_ga4_preamble(source: Source) -> bool:
    """Whether `#` lines tell an account and a property, as Google Analytics writes above every report."""
    firsts = [cells[0].casefold() for sheet in source.sheets for _line, cells in sheet.head[:12]]
    told = [first for first in firsts if first.startswith("# ")]
    return any(first.startswith(("# property", "# proprietà")) for first in told)
