"""Formats one value, draws one icon; never asks the database."""

from collections.abc import Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import groupby
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent, get_group_symbol
from django import template
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select
from django.http import HttpRequest
from django.templatetags.static import static
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from strategy.platforms import PLATFORM_NAMES

register = template.Library()
THEMES = frozenset({"light", "dark"})


def _language() -> str:
    return (get_language() or "en").split("-")[0]


def _locale() -> str:
    """Where day stands before month: English here is that of Europe."""
    return {"en": "en_GB"}.get(_language(), _language())


@register.simple_tag
def icon(name: str, size: str = "") -> SafeString:
    """An icon of the sprite; always beside a word, so hidden from screen readers."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true"><use href="{}#{}"></use></svg>', size, static("icons.svg"), name
    )


@register.simple_tag
def platform_icon(slug: str) -> SafeString:
    """A platform's glyph; its name stands beside it."""
    known = slug if slug in PLATFORM_NAMES else "other"
    return icon(f"p-{known}")


@register.simple_tag(takes_context=True)
def theme(context: dict[str, Any]) -> str:
    """Light or dark as the person chose; the page itself follows the system where nothing was chosen."""
    request: HttpRequest | None = context.get("request")
    chosen = request.COOKIES.get("theme", "") if request else ""
    return chosen if chosen in THEMES else "light"


@register.simple_tag
def language_name(code: str) -> str:
    """A language's name in that language."""
    return (Locale.parse(code).get_display_name(code) or code).capitalize()


@register.simple_tag
def control(field: BoundField, *, with_help: bool = True) -> SafeString:
    """A form control with the class, the state and the descriptions that it needs."""
    widget = field.field.widget
    if not with_help:
        field.help_text = ""  # else Django describes the control by a text that the page does not show
    if isinstance(widget, CheckboxSelectMultiple | RadioSelect):
        return field.as_widget()
    kind = (
        "form-check-input"
        if isinstance(widget, CheckboxInput)
        else "form-select"
        if isinstance(widget, Select)
        else "form-control"
    )
    attributes = {
        "class": f"{widget.attrs.get('class', '')} {kind} {'is-invalid' if field.errors else ''}".strip()
    }
    told = [f"{field.id_for_label}_{part}" for part in _descriptions(field)]
    if told:
        attributes["aria-describedby"] = " ".join(told)
    if widget.attrs.get("placeholder"):
        attributes["placeholder"] = False  # the label stands above; repeated in the field it reads as an answer
    if field.errors:
        attributes["aria-invalid"] = "true"
    return field.as_widget(attrs=attributes)


@register.filter
def is_tick(field: BoundField) -> bool:
    """Whether the control is a single box to tick, whose label stands beside it."""
    return isinstance(field.field.widget, CheckboxInput)


def _descriptions(field: BoundField) -> list[str]:
    return [name for name, there in (("help", field.help_text), ("error", field.errors)) if there]


@register.simple_tag
def chart_data(figure: dict[str, Any], name: str) -> SafeString:
    """A Plotly figure as inert JSON beside its place on the page."""
    return json_script(figure, f"{name}-figure")


@register.filter
def number(value: Any) -> str:
    """1,234.5 as the reader writes it; a figure that is not there is said in words."""
    return _("not exported") if value is None else format_decimal(value, locale=_language())


@register.filter
def told(value: Any) -> SafeString | str:
    """A figure of a table, or the words that it was not exported."""
    if value is None:
        return format_html('<span class="not-told">{}</span>', _("not exported"))
    return _whole(value) if isinstance(value, int) else format_decimal(value, locale=_language())


@register.filter
def compared(value: Any) -> SafeString | str:
    """One side of a comparison: a figure, a text, or yes and no."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return value if isinstance(value, str) else told(value)


@register.filter
def signed(value: float) -> str:
    """A difference with its sign."""
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{format_decimal(abs(value), locale=_language())}"


def _whole(value: int) -> str:
    """A whole number with its groups: what babel writes, at a tenth of the cost, for tables full of them."""
    return f"{value:,}".replace(",", _group_sign(_language()))


@lru_cache
def _group_sign(language: str) -> str:
    return get_group_symbol(language)


@register.filter
def short_number(value: Any) -> str:
    """12.4k, for cards only."""
    if value is None:
        return ""
    for size, letter in ((1_000_000, "M"), (10_000, "k")):
        if abs(value) >= size:
            divided = value / (1_000 if letter == "k" else size)
            return format_decimal(divided, format="#,##0.#", locale=_language()) + letter
    return format_decimal(value, locale=_language())


@register.filter
def percent(value: float | None) -> str:
    """A share of 1 as per cent with at most one decimal."""
    if value is None:
        return _("not known")
    return format_percent(value, format="#,##0.#\u202f%", locale=_language()).replace("-", "−")


@register.filter
def money(value: Decimal | None, currency: str) -> str:
    return _("not known") if value is None else format_currency(value, currency, locale=_locale())


@register.filter
def day(value: Any) -> str:
    """A date as the reader writes it."""
    return format_date(value, format="medium", locale=_locale()) if value else ""


@register.filter
def written(value: Any, pattern: str) -> str:
    """A date by a pattern such as "EEEE d MMMM", with capitals where the language wants them."""
    return format_date(value, pattern, locale=_locale()) if value else ""


@register.filter
def platform_name(slug: str) -> str:
    return PLATFORM_NAMES.get(slug, slug)


@register.simple_tag
def change_mark(change: float | None, against: str, better: str = "up") -> SafeString:
    """How a figure moved against another period, in words; `better` says which direction is good news."""
    if change is None:
        return format_html('<div class="change">{}</div>', _("no figure to compare with: %s") % against)
    if round(abs(change), 3) == 0:
        return format_html('<div class="change">{}</div>', _("the same as %s") % against)
    up = change > 0
    words = _("%(share)s more than %(against)s") if up else _("%(share)s less than %(against)s")
    good = {"up": up, "down": not up}.get(better)
    return format_html(
        '<div class="change{}">{}{}</div>',
        "" if good is None else " change-good" if good else " change-bad",
        icon("arrow-up" if up else "arrow-down"),
        words % {"share": percent(abs(change)), "against": against},
    )


@register.simple_tag
def spark(values: Sequence[float | None]) -> SafeString:
    """A line without axes, broken where a value is not there. Not read out: the figure stands beside it."""
    known = [value for value in values if value is not None]
    if len(known) < 3:
        return SafeString("")
    low, span = min(known), max(known) - min(known) or 1
    step = 118 / max(1, len(values) - 1)
    places = [
        None if value is None else f"{1 + i * step:.1f},{29 - 26 * (value - low) / span:.1f}"
        for i, value in enumerate(values)
    ]
    runs = [list(run) for told, run in groupby(places, key=lambda place: place is not None) if told]
    path = "".join("M" + "L".join(run) for run in runs)
    return format_html(
        '<svg class="spark" viewBox="0 0 120 32" preserveAspectRatio="none" fill="none" aria-hidden="true">'
        '<path d="{}" stroke="currentColor" stroke-width="1.5" stroke-linejoin="round" stroke-linecap="round"'
        ' vector-effect="non-scaling-stroke"/></svg>',
        path,
    )


@register.simple_tag
def interval_mark(low: float, value: float, high: float, least: float, most: float, zero: float = 0) -> SafeString:
    """A point with its whisker on a scale from `least` to `most`, and a dashed line at `zero`."""

    def place(number: float) -> str:
        share = (min(max(number, least), most) - least) / ((most - least) or 1)
        return f"{6 + 148 * share:.1f}"

    at = {"low": place(low), "value": place(value), "high": place(high), "zero": place(zero)}
    return format_html(
        '<svg class="interval" viewBox="0 0 160 20" fill="none" stroke="currentColor" aria-hidden="true">'
        '<path class="axis" d="M{zero} 1v18"/><path stroke-width="1.5" d="M{low} 10H{high}M{low} 6v8M{high} 6v8"/>'
        '<circle cx="{value}" cy="10" r="4" fill="currentColor" stroke="none"/></svg>',
        **at,
    )


@register.simple_tag
def sorted_by(column: str, sort: str) -> SafeString:
    """The attribute that tells a screen reader by which column, and which way, a table is sorted."""
    direction = {column: "ascending", f"-{column}": "descending"}.get(sort or "") if column else None
    return format_html(' aria-sort="{}"', direction) if direction else SafeString("")


@register.simple_tag
def sort_icon(column: str, sort: str) -> SafeString:
    return icon({column: "arrow-up", f"-{column}": "arrow-down"}.get(sort or "", "sort"))


@register.simple_tag(takes_context=True)
def sort_link(context: dict[str, Any], column: str, sort: str) -> str:
    """This address sorted by the column; a second click turns the order round. Pages start anew."""
    return _query(context, sort=f"-{column}" if sort == column else column, page=None)


@register.simple_tag(takes_context=True)
def without(context: dict[str, Any], name: str) -> str:
    """This address without one of its filters."""
    return _query(context, **{name: None, "page": None})


def _query(context: dict[str, Any], **changes: str | None) -> str:
    asked = context["request"].GET.copy()
    for name, value in changes.items():
        asked.pop(name, None)
        if value is not None:
            asked[name] = value
    return f"?{asked.urlencode()}"


@register.simple_tag
def cell_tag(cell: Any, columns: Sequence[dict[str, Any]], at: int) -> SafeString:
    """One cell of components/table.html: the first of a row is its head, numbers stand to the right."""
    parts = cell if isinstance(cell, dict) else {"text": cell}
    text = parts["text"]
    if text is None or isinstance(text, int | float | Decimal):
        text = told(text)
    if parts.get("url"):
        text = format_html('<a href="{}">{}</a>', parts["url"], text)
    if parts.get("note"):
        text = format_html('{}<span class="d-block small text-muted">{}</span>', text, parts["note"])
    attributes = SafeString(' class="num"') if columns[at].get("numeric") else SafeString("")
    name = SafeString('th scope="row"' if at == 0 else "td")
    return format_html("<{}{}>{}</{}>", name, attributes, text, SafeString("th" if at == 0 else "td"))
