"""How the cells of a file are read, in words: what is asked, with both readings, and what can be overruled."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import formats
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from analytics.formats.asking import CURRENCY, DATE_ORDER, DECIMAL_SIGN

CHOICE_NAMES: dict[str, dict[str, Promise]] = {
    DATE_ORDER: {
        "dmy": gettext_lazy("Day first"),
        "mdy": gettext_lazy("Month first"),
        "ymd": gettext_lazy("Year first"),
    },
    DECIMAL_SIGN: {
        ".": gettext_lazy("Decimals after a point"),
        ",": gettext_lazy("Decimals after a comma"),
    },
}
LEGENDS: dict[str, Promise] = {
    DATE_ORDER: gettext_lazy("Which dates are meant in “%(column)s”?"),
    DECIMAL_SIGN: gettext_lazy("Which numbers are meant in “%(column)s”?"),
    CURRENCY: gettext_lazy("In which currency are the amounts in “%(column)s”?"),
}
WHY: dict[str, Promise] = {
    DATE_ORDER: gettext_lazy("Nothing in the file tells day and month apart. Compare a post with the platform."),
    DECIMAL_SIGN: gettext_lazy("Nothing in the file tells decimals from thousands."),
    CURRENCY: gettext_lazy("The file does not tell it."),
}
SETTLED: dict[str, Promise] = {
    "before": gettext_lazy("as you answered before"),
    "future": gettext_lazy("the other would lie in the future"),
    "brand": gettext_lazy("the brand's own"),
}


def question(asked: dict[str, Any], bound: Any) -> dict[str, Any]:
    """One open question for its field: a legend, and for each choice its name and the cells as it reads them."""
    code, column = asked["code"], asked["column"]
    options = list(bound) if asked["choices"] else []
    return {
        "field": bound,
        "legend": LEGENDS[code] % {"column": column},
        "why": WHY[code],
        "settled": SETTLED.get(asked["by"], ""),
        "options": [_option(asked, place, radio) for place, radio in enumerate(options)],
    }


def _option(asked: dict[str, Any], place: int, radio: Any) -> dict[str, Any]:
    code, choice = asked["code"], asked["choices"][place]
    spans = asked.get("spans") or []
    return {
        "radio": radio,
        "name": CHOICE_NAMES[code][choice],
        "usual": asked["usual"] == choice,
        "readings": [(text, _read(code, readings[place])) for text, readings in asked["samples"]],
        "span": [date.fromisoformat(day) for day in spans[place]] if place < len(spans) else [],
    }


def _read(code: str, text: str) -> Any:
    """A reading as the page writes it: a day, or a number with all of its decimals."""
    if not text:
        return _("cannot be read so")
    if code == DATE_ORDER:
        return date.fromisoformat(text)
    number = Decimal(text)
    decimals = max(0, -int(number.as_tuple().exponent))
    return formats.number_format(number, decimals, use_l10n=True, force_grouping=True)
