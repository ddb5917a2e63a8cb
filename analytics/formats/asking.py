"""What a column leaves open becomes a question, with both readings of its own cells; an answer decides."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import InvalidOperation

from analytics.formats.base import Question, Source
from analytics.formats.dates import Orders, assumed_order, reading
from analytics.formats.numbers import assumed_sign, number_reader

DATE_ORDER, DECIMAL_SIGN, CURRENCY = "date_order", "decimal_sign", "currency"
SHOWN = 3


def ask_order(source: Source, column: str, found: Orders, *, month_first: bool) -> str:
    """The order to read a column of dates in: as answered for it or for the file, as its values tell, as assumed."""
    assumed = assumed_order(found, month_first=month_first)
    samples = tuple((text, tuple(_day(text, order) for order in found.fitting)) for text in found.cells)
    spans = tuple((first.isoformat(), last.isoformat()) for first, last in found.spans)
    asked = Question(DATE_ORDER, column, found.fitting, assumed, samples, spans)
    return _answered(source, asked) or assumed


def ask_sign(
    source: Source,
    column: str,
    values: Sequence[str],
    possible: tuple[str, ...],
    language: str,
    *,
    whole: bool,
) -> str:
    """The sign before the decimals of a column of numbers, likewise."""
    assumed = possible[0] if len(possible) == 1 else assumed_sign(values, language, whole=whole)
    telling = [text for text in dict.fromkeys(values) if _number(text, ".") != _number(text, ",")]
    choices = possible if telling else ()
    samples = tuple((text, tuple(_number(text, sign) for sign in choices)) for text in telling[:SHOWN])
    return _answered(source, Question(DECIMAL_SIGN, column, choices, assumed, samples)) or assumed


def ask_currency(source: Source, column: str) -> str:
    """The currency of a file that tells none, as a person has stated it; "" without an answer."""
    asked = Question(CURRENCY, column, (), "", ())
    source.questions.append(asked)
    return source.answers.get(asked.key) or source.answers.get(CURRENCY, "")


def _answered(source: Source, asked: Question) -> str:
    """The answer to a question; one that is open is put on the list, answered or not."""
    if len(asked.choices) > 1:
        source.questions.append(asked)
    elif asked.choices:
        source.decided.add(asked.code)
    return source.answers.get(asked.key) or source.answers.get(asked.code, "")


def _day(text: str, order: str) -> str:
    """The day as ISO writes it; "" where the cell is no date in this order."""
    try:
        return reading(text, order).isoformat()
    except ValueError:
        return ""


def _number(text: str, sign: str) -> str:
    try:
        return str(number_reader(sign)(text))
    except InvalidOperation:
        return ""
