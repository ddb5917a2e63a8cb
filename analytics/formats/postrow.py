"""Builds PostRow from what a format found, in one place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from analytics.formats.base import PostRow, total
from analytics.formats.columns import cell
from analytics.formats.errors import CellError
from analytics.formats.located import Count, Table

FIGURES = PostRow._fields[PostRow._fields.index("impressions") : PostRow._fields.index("engagements")]
Figures = dict[str, Count]
_SHORTENED = re.compile(r"-?\d+(?:[.,]\d+)?[eE]\+?\d+$")
_WHOLE = re.compile(r"(\d+)[.,]0*$")
EXACT = 2**53


def external_id(text: str, column: str) -> str:
    """A post's number as text; raises CellError when a spreadsheet has rounded it.

    A spreadsheet keeps 15 digits: `123.00` is still whole, `1123180000000000.00` and `1.12E+15` are not. Other
    programs keep whole numbers up to 2**53 as they are: `1213499430137063.0` lost nothing.
    """
    if whole := _WHOLE.match(text):
        digits = whole[1]
        if len(digits) <= 15 or (int(digits) < EXACT and not rounded(digits)):
            return digits
    if whole or _SHORTENED.match(text):
        raise CellError(column, text, "id_destroyed_by_excel")
    return text


def rounded(text: str) -> bool:
    """Whether a number of more than 15 digits has nothing but zeros after them."""
    return len(text) > 15 and text.isdecimal() and not text[15:].strip("0")


def restored(text: str, link: str) -> str:
    """The whole number behind a rounded one, where the post's own link holds it; "" where that is not certain.

    A link may hold other numbers (of a video, of a photo), so only one that a spreadsheet would round to the very
    15 digits left is taken.
    """
    digits = re.sub(r"[.,]0*$", "", text)
    if not digits.isdecimal() or len(digits) < 16:
        return ""
    found = {number for number in re.findall(r"(?<!\d)\d{16,20}(?!\d)", link) if _rounds_to(number, digits)}
    return found.pop() if len(found) == 1 else ""


def _rounds_to(number: str, digits: str) -> bool:
    zeros = len(number) - 15
    return round(int(number), -zeros) == int(digits) and digits[12:15] != "000"


def rounds_ids(values: Iterable[str]) -> bool:
    """Whether a spreadsheet has rounded the numbers of a column, and then written all of their digits.

    One number in ten (or in a hundred) ends so by chance; a column of them does not.
    """
    long = [text for text in values if text.isdecimal() and len(text) > 15]
    zeros = [text for text in long if rounded(text)]
    if len(zeros) < len(long):
        return len(zeros) >= 5 and 2 * len(zeros) > len(long)
    return sum(len(text) - 15 for text in zeros) >= 3


def kind_of(text: str, kinds: tuple[tuple[str, str], ...]) -> str:
    """The format that the platform's own word for it stands for: the first part of the word that is known."""
    lowered = text.casefold()
    for part, kind in kinds:
        if part in lowered:
            return kind
    return "other" if lowered else ""


def figures(table: Table, wanted: tuple[str, ...]) -> Figures:
    return {name: table.count(name) for name in wanted if table.header.first(name) is not None}


def post_row(
    line: int,
    cells: list[str],
    *,
    platform: str,
    external_id: str,
    published: tuple[datetime, str],
    counts: dict[str, int | None],
    stated_total: int | None = None,
    account: str = "",
    account_id: str = "",
    format: str = "",
    text: str = "",
    permalink: str = "",
    paid: bool | None = None,
    is_reply: bool = False,
    language: str = "",
    watch_seconds: float | None = None,
    as_of: datetime | None = None,
) -> PostRow:
    """A row from its parts; `counts` holds the figures by name."""
    told = total(counts.get("reactions"), counts.get("comments"), counts.get("shares"), counts.get("saves"))
    values: dict[str, Any] = {name: counts.get(name) for name in FIGURES}
    values["watch_seconds"] = watch_seconds
    return PostRow(
        line=line,
        platform=platform,
        account=account,
        account_id=account_id,
        external_id=external_id,
        published_at=published[0],
        precision=published[1],
        format=format,
        text=text,
        permalink=permalink,
        paid=paid,
        is_reply=is_reply,
        language=language,
        **values,
        engagements=stated_total if told is None else told,
        as_of=as_of,
    )


def required_text(table: Table, column: str) -> Callable[[list[str]], str]:
    """Reads a text column that the format cannot do without."""
    index = table.header.at[column][0]
    return lambda cells: cell(cells, index)
