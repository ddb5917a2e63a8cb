"""Comparisons of imports in the reader's words: what they are about, what differs, by how much."""

from collections.abc import Iterator
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from analytics.models import ImportComparison, ImportDifference
from analytics.post_words import FIGURES

About = ImportComparison.About
TITLES: dict[str, Promise] = {
    About.UNDO: gettext_lazy("What undoing this import would change"),
    About.REDO: gettext_lazy("What bringing this import back would change"),
    About.BEFORE: gettext_lazy("What this import changed"),
    About.OTHER: gettext_lazy("Two imports side by side"),
}
TABLES: dict[str, Promise] = {
    "posts": gettext_lazy("posts"),
    "days": gettext_lazy("figures by day"),
    "costs": gettext_lazy("costs"),
    "conversions": gettext_lazy("visits and conversions"),
    "planned": gettext_lazy("planned posts"),
}
OTHER_FIGURES: dict[str, Promise] = {
    "value": gettext_lazy("value"),
    "amount": gettext_lazy("amount"),
    "sessions": gettext_lazy("sessions"),
    "count": gettext_lazy("conversions"),
    "format": gettext_lazy("format"),
    "is_exact": gettext_lazy("hour known"),
    "text": gettext_lazy("text"),
    "published_at": gettext_lazy("published"),
    "at": gettext_lazy("planned for"),
    "link": gettext_lazy("link"),
}
LEVELS = {"added": "good", "changed": "accent", "removed": "warning"}
SHOWN = 6


def facts(comparison: ImportComparison) -> list[str]:
    """How many rows come, go and read differently, a sentence each."""
    told = comparison.counts or {}
    found = [sentence for name in TABLES if name in told for sentence in _of_table(name, told[name])]
    if figures := told.get("figures"):
        found.append(_("Single figures of these posts that change: %(count)s") % {"count": _whole(figures)})
    return found


def _whole(number: int) -> str:
    return f"{number:,}".replace(",", "\u202f")


def _of_table(name: str, count: dict[str, int]) -> Iterator[str]:
    sentences = {
        "removed": _("%(what)s that vanish: %(count)s"),
        "changed": _("%(what)s that read differently: %(count)s"),
        "added": _("%(what)s that are new: %(count)s"),
    }
    for change, sentence in sentences.items():
        if count[change]:
            yield sentence % {"what": str(TABLES[name]).capitalize(), "count": _whole(count[change])}


def question(comparison: ImportComparison) -> str:
    """What is asked before it is done."""
    if comparison.about == About.REDO:
        return _("Bring this import back? The figures change as shown.")
    posts = (comparison.counts or {}).get("posts", {})
    return _(
        "Undo this import? Posts that vanish: %(removed)s. Posts whose figures go back: %(changed)s. It can be"
        " brought back later."
    ) % {"removed": _whole(posts.get("removed", 0)), "changed": _whole(posts.get("changed", 0))}


def line(row: ImportDifference) -> dict[str, Any]:
    told = list(figures(row))
    if row.change != ImportDifference.Change.CHANGED:  # of a row that comes or goes its numbers are enough
        told = [figure for figure in told if _is_number(figure[1]) or _is_number(figure[2])]
    return {
        "row": row,
        "level": LEVELS[row.change],
        "text": text_of(row) or row.key,
        "figures": told[:SHOWN],
        "more": max(len(told) - SHOWN, 0),
    }


def text_of(row: ImportDifference) -> str:
    return str(FIGURES.get(row.text, row.text)) if row.table == "days" else row.text


def figures(row: ImportDifference) -> Iterator[tuple[str, Any, Any, float | None]]:
    """(name, before, after, difference) of each figure that differs."""
    for name, (before, after) in row.figures.items():
        change = after - before if _is_number(before) and _is_number(after) else None
        yield str(FIGURES.get(name) or OTHER_FIGURES.get(name, name)), before, after, change


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
