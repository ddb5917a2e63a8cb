"""Reads the numbers of a column by one rule, decided from the column and never from a single cell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from decimal import Decimal, InvalidOperation

from analytics.formats.errors import CellError

MISSING = frozenset(
    {
        "",
        "-",
        "--",
        "–",
        "—",
        "n/a",
        "na",
        "null",
        "none",
        "nan",
        "undefined",
        "#n/a",
        "n.d.",
        "n/d",
        "nicht verfügbar",
    }
)
POINT_LANGUAGES = frozenset({"en"})
# What parts groups of three without being a decimal sign: spaces of every width (\s holds U+00A0, U+2009 and U+202F)
# and apostrophes.
_SPACES = re.compile(r"(?<=\d)[\s'’](?=\d{3}(?!\d))")
_GROUPS_COMMA = re.compile(r"-?[1-9]\d{0,2}(,\d{3})+$|-?[1-9]\d?(,\d\d)+,\d{3}$")
_GROUPS_POINT = re.compile(r"-?[1-9]\d{0,2}(\.\d{3})+$")
# What a database holds in a whole number.
LARGEST = 2**63 - 1
# A currency's sign, letters or abbreviation ("kr.", "Rs."), before or after the number but never within it.
_MONEY = r"[A-Za-z$€£¥₹₩₪₺₽₴₫₱łč\u00a0\s]+\.?"
_BEFORE = re.compile(rf"(-?)(?:{_MONEY})+(?=[-\d])")
_AFTER = re.compile(rf"(?:{_MONEY}|%)+$")


def is_missing(text: str) -> bool:
    return text.strip().casefold() in MISSING


def possible_signs(values: Iterable[str], *, whole: bool) -> tuple[str, ...]:
    """Which of "." and "," can stand before the decimals in this column; () where no value has either.

    Each value votes for the signs by which it is a number, so that one odd cell does not decide for all. Of counts
    (`whole`), which have no fractions, those votes count that make a whole number of it.
    """
    votes, wholes = Counter[str](), Counter[str]()
    for text, count in Counter(ungrouped(value) for value in values if "." in value or "," in value).items():
        for sign in SIGNS:
            try:
                number = _READERS[sign](text)
            except InvalidOperation:
                continue
            votes[sign] += count
            wholes[sign] += count * (whole and number == number.to_integral_value())
    most = max(((votes[sign], wholes[sign]) for sign in SIGNS), default=(0, 0))
    return tuple(sign for sign in SIGNS if most[0] and (votes[sign], wholes[sign]) == most)


def decimal_sign(values: Iterable[str], language: str, *, whole: bool) -> str:
    """ "." or ",": the sign before the decimals in this column.

    Where every value could be read both ways, counts are read as grouped (a count has no fractions) and amounts as
    the file's language writes them.
    """
    values = list(values)
    possible = possible_signs(values, whole=whole)
    return possible[0] if len(possible) == 1 else assumed_sign(values, language, whole=whole)


def assumed_sign(values: Iterable[str], language: str, *, whole: bool) -> str:
    """The sign that is taken where the values leave it open."""
    found = {sign for value in values for sign in SIGNS if sign in value}
    if whole and len(found) == 1:
        return "." if "," in found else ","
    return "." if language in POINT_LANGUAGES else ","


def ungrouped(text: str) -> str:
    """A number without the spaces and apostrophes between its groups."""
    return _SPACES.sub("", text.strip())


def number_reader(sign: str) -> Callable[[str], Decimal]:
    """Turns a cell of this column into a Decimal; raises InvalidOperation for what is none."""
    groups = "," if sign == "." else "."

    def read(text: str) -> Decimal:
        text = ungrouped(text)
        if "_" in text or " " in text:
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


SIGNS = (".", ",")
_READERS = {sign: number_reader(sign) for sign in SIGNS}


def count_reader(
    column: str, values: Iterable[str], language: str, *, sign: str = ""
) -> Callable[[str], int | None]:
    """Turns a cell into a count ≥ 0, or None when it was not exported; raises CellError.

    `sign` is the one before the decimals, where it is decided already.
    """
    read = number_reader(sign or decimal_sign(values, language, whole=True))

    def count(text: str) -> int | None:
        if text.isdecimal() and len(text) < 19:
            return int(text)
        if is_missing(text):
            return None
        try:
            number = read(text)
        except InvalidOperation:
            code = "share_for_count" if text.rstrip().endswith("%") else "not_a_number"
            raise CellError(column, text, code) from None
        if number < 0:
            raise CellError(column, text, "negative")
        if number > LARGEST:
            raise CellError(column, text, "count_too_large")
        if number != number.to_integral_value():
            raise CellError(column, text, "not_whole")
        return int(number)

    return count


def bare_amount(text: str) -> str:
    """An amount without the currency or the sign of per cent beside it."""
    bare = ungrouped(text)
    if before := _BEFORE.match(bare):
        bare = before[1] + bare[before.end() :]
    return _AFTER.sub("", bare)


def amount_reader(
    column: str, values: Iterable[str], language: str, *, sign: str = ""
) -> Callable[[str], Decimal | None]:
    """Turns a cell into an amount, currency signs left aside, or None when it was not exported."""
    read = number_reader(sign or decimal_sign(map(bare_amount, values), language, whole=False))

    def amount(text: str) -> Decimal | None:
        if is_missing(text):
            return None
        try:
            return read(bare_amount(text))
        except InvalidOperation:
            raise CellError(column, text, "not_money") from None

    return amount
