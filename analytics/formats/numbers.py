"""Reads the numbers of a column by one rule, decided from the column and never from a single cell."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from decimal import Decimal, InvalidOperation

from analytics.formats.errors import CellError

MISSING = frozenset(
    {"", "-", "--", "–", "—", "n/a", "na", "null", "none", "nan", "#n/a", "n.d.", "n/d", "nicht verfügbar"}
)
POINT_LANGUAGES = frozenset({"en"})
_SPACES = re.compile(r"[\s\u00a0\u202f\u2009']")
_GROUPS_COMMA = re.compile(r"-?[1-9]\d{0,2}(,\d{3})+$")
_GROUPS_POINT = re.compile(r"-?[1-9]\d{0,2}(\.\d{3})+$")
# What a database holds in a whole number.
LARGEST = 2**63 - 1
_MONEY_SIGNS = re.compile(r"[A-Za-z$€£¥₹\u00a0\s]+")


def is_missing(text: str) -> bool:
    return text.strip().casefold() in MISSING


def decimal_sign(values: Iterable[str], language: str, *, whole: bool) -> str:
    """ "." or ",": the sign before the decimals in this column.

    A value with both signs, or with a sign that cannot stand before a group of three digits, decides. Where
    every value could be read both ways, counts are read as grouped (a count has no fractions) and amounts as the
    file's language writes them.
    """
    grouped: set[str] = set()
    for value in values:
        text = _SPACES.sub("", value)
        comma, point = text.rfind(","), text.rfind(".")
        if comma >= 0 and point >= 0:
            return "," if comma > point else "."
        if comma >= 0:
            if not _GROUPS_COMMA.match(text):
                return ","
            grouped.add(",")
        if point >= 0:
            if not _GROUPS_POINT.match(text):
                return "."
            grouped.add(".")
    if whole and len(grouped) == 1:
        return "." if "," in grouped else ","
    return "." if language in POINT_LANGUAGES else ","


def number_reader(sign: str) -> Callable[[str], Decimal]:
    """Turns a cell of this column into a Decimal; raises InvalidOperation for what is none."""
    groups = "," if sign == "." else "."

    def read(text: str) -> Decimal:
        text = _SPACES.sub("", text)
        if "_" in text:
            raise InvalidOperation
        whole, point, fraction = text.partition(sign)
        if groups in fraction or (point and not fraction):
            raise InvalidOperation
        if groups in whole:
            pattern = _GROUPS_COMMA if groups == "," else _GROUPS_POINT
            if not pattern.match(whole):
                raise InvalidOperation
            whole = whole.replace(groups, "")
        number = Decimal(f"{whole}.{fraction}" if fraction else whole)
        if not number.is_finite():
            raise InvalidOperation
        return number

    return read


def count_reader(column: str, values: Iterable[str], language: str) -> Callable[[str], int | None]:
    """Turns a cell into a count ≥ 0, or None when it was not exported; raises CellError."""
    read = number_reader(decimal_sign(values, language, whole=True))

    def count(text: str) -> int | None:
        if text.isdecimal() and len(text) < 19:
            return int(text)
        if is_missing(text):
            return None
        try:
            number = read(text)
        except InvalidOperation:
            raise CellError(column, text, "not_a_number") from None
        if number < 0:
            raise CellError(column, text, "negative")
        if number > LARGEST:
            raise CellError(column, text, "count_too_large")
        if number != number.to_integral_value():
            raise CellError(column, text, "not_whole")
        return int(number)

    return count


def amount_reader(column: str, values: Iterable[str], language: str) -> Callable[[str], Decimal | None]:
    """Turns a cell into an amount, currency signs left aside, or None when it was not exported."""
    texts = [_MONEY_SIGNS.sub("", value) for value in values]
    read = number_reader(decimal_sign(texts, language, whole=False))

    def amount(text: str) -> Decimal | None:
        if is_missing(text):
            return None
        try:
            return read(_MONEY_SIGNS.sub("", text).strip("%"))
        except InvalidOperation:
            raise CellError(column, text, "not_money") from None

    return amount
