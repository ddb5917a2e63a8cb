"""Draws what the pages of the platforms compare."""

from collections.abc import Sequence

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from strategy.platform_tables import Cell

register = template.Library()


@register.simple_tag
def score_bar(cells: Sequence[Cell]) -> SafeString:
    """A score from 0 to 100 as a bar of what each part brings. Not read out: the figures stand beside it."""
    start, pieces = 0.0, []
    for cell in cells:
        if cell.points:
            pieces.append((cell.slug, f"{start:.2f}", f"{max(cell.points - 0.3, 0.2):.2f}"))
            start += cell.points
    drawn = format_html_join("", '<rect class="score-{}" x="{}" y="0" width="{}" height="10"/>', pieces)
    return format_html(
        '<svg class="score-bar" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        '<rect class="score-rest" x="0" y="0" width="100" height="10"/>{}</svg>',
        drawn,
    )
