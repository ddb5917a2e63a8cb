"""Formats one value, draws one icon; never asks the database."""

from decimal import Decimal
from typing import Any

from babel import Locale
from babel.dates import format_date
from babel.numbers import format_currency, format_decimal, format_percent
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
def control(field: BoundField) -> SafeString:
    """A form control with the class, the state and the descriptions that it needs."""
    widget = field.field.widget
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
    if field.errors:
        attributes["aria-invalid"] = "true"
    return field.as_widget(attrs=attributes)


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
    return format_decimal(value, locale=_language())


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
    return _("not known") if value is None else format_percent(value, format="#,##0.#%", locale=_language())


@register.filter
def money(value: Decimal | None, currency: str) -> str:
    return _("not known") if value is None else format_currency(value, currency, locale=_language())


@register.filter
def day(value: Any) -> str:
    """A date as the reader writes it."""
    return format_date(value, format="medium", locale=_language()) if value else ""


@register.filter
def platform_name(slug: str) -> str:
    return PLATFORM_NAMES.get(slug, slug)
