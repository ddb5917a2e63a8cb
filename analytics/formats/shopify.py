"""Shopify orders: what each brought, when, and where from. Of the customers nothing is held beyond the row.

An order stands on as many rows as it has items; only the first tells its sums. An order is known by its name
(`#1001`), which a spreadsheet cannot destroy as it does the long `Id`.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

from analytics.formats.asking import ask_currency
from analytics.formats.base import Format, Notice, OrderRow, Plan, Source
from analytics.formats.columns import Aliases, Names, cell
from analytics.formats.currencies import is_code
from analytics.formats.dates import ORDERS, Clock
from analytics.formats.dates import parse as parse_date
from analytics.formats.errors import CellError
from analytics.formats.located import Table, locate, wanting
from analytics.formats.numbers import is_missing
from analytics.formats.origins import Origin, as_note, clean, of_notes, of_tags

# Shopify writes its orders in English, whatever language the shop's administration speaks.
ALIASES: Aliases = {
    "name": {"en": "Name"},
    "status": {"en": "Financial Status"},
    "created": {"en": "Created at"},
    "currency": {"en": "Currency"},
    "total": {"en": "Total"},
    "refunded": {"en": "Refunded Amount"},
    "outstanding": {"en": "Outstanding Balance"},
    "notes": {"en": "Note Attributes"},
    "tags": {"en": "Tags"},
    "source": {"en": "Source"},
    "item": {"en": "Lineitem name"},
}
NAMES = Names(ALIASES)
REQUIRED = ("name", "status", "created", "total")
# Nothing was paid, or what was is not the shop's yet.
UNPAID = frozenset({"pending", "authorized", "voided", "expired", "unpaid"})
STATUSES = UNPAID | {"paid", "partially_paid", "partially_refunded", "refunded"}
# Sales channels that say only that the shop's own site was used; where the visit came from they do not tell.
OWN_SITE = frozenset(
    {"", "web", "online store", "online_store", "checkout_next", "buy_button", "iphone", "android"}
)
_ORDER = re.compile(r"(?=.*\d)[\w#./\-]{1,60}$")
# Of cells that slipped into a column of amounts, telephone numbers look most like one.
_AMOUNT = re.compile(r"[A-Za-z$€£¥]{0,3}\s?-?(?:\d{1,8}|\d[\d.,'\s]{0,16}[.,]\d{1,2})\s?[A-Za-z$€£¥]{0,3}$")


def _table(source: Source) -> Table | None:
    table = locate(source, NAMES, REQUIRED)
    return table if table and table.header.at.keys() & {"item", "refunded", "notes"} else None


def _score(source: Source) -> int:
    table = _table(source)
    return 14 + len(table.header.at) if table else 0


def _missing(source: Source) -> list[str]:
    return wanting(source, NAMES, (*REQUIRED, "item"))


def _plan(source: Source, *, time_zone: str = "UTC", **_: Any) -> Plan:
    table = _table(source)
    assert table is not None  # score() found it
    return _Orders(table, time_zone).plan()


class _Orders:
    def __init__(self, table: Table, time_zone: str) -> None:
        self.table, self.width = table, len(table.header.cells)
        self.texts = {name: table.text(name) for name in ALIASES}
        self.moment = table.moments("created", Clock(time_zone), assume_month_first=False)
        self.amounts = {name: table.amount(name) for name in ("total", "refunded", "outstanding")}
        self.currency = self._one_currency()
        self.seen: set[str] = set()
        self.items = self.unpaid = self.without_origin = 0

    def plan(self) -> Plan:
        return Plan(
            self.table.rows(),
            self.parse,
            language="en",
            currency=self.currency,
            closing=self.closing,
        )

    def _one_currency(self) -> str:
        told = {text.upper() for text in map(self.texts["currency"], self.table.first_rows) if is_code(text)}
        if not told:
            return ask_currency(self.table.sheet.source, ALIASES["currency"]["en"])
        return told.pop() if len(told) == 1 else ""

    def parse(self, line: int, cells: list[str]) -> OrderRow | None:
        self._check_width(cells)
        name = self.texts["name"](cells)
        if not name or (not self.texts["total"](cells) and not self.texts["status"](cells)) or name in self.seen:
            self.items += 1
            return None
        if not _ORDER.match(name):
            raise CellError(ALIASES["name"]["en"], "", "order_unnamed")
        row = self._order(line, name, cells)
        self.seen.add(name)
        return row

    def _check_width(self, cells: list[str]) -> None:
        """Cells that slipped into other columns may be anybody's name, so not even the rejection repeats one."""
        if len(cells) > self.width:
            raise CellError("", "", "cells_beyond")
        if len(cells) < self.width and not self.table.sheet.source.workbook:
            raise CellError("", "", "cells_missing", cells=len(cells), columns=self.width)

    def _order(self, line: int, name: str, cells: list[str]) -> OrderRow:
        try:
            at = self.moment(self.texts["created"](cells))[0]
            amount = self._amount(cells)
        except CellError as error:
            code = "order_time" if error.code in ("date_missing", "not_a_date", "date_order") else "order_amount"
            raise CellError(error.column, "", code, order=name) from None
        currency = self.texts["currency"](cells).upper()
        if not is_code(currency) and not self.currency:
            raise CellError(ALIASES["currency"]["en"], "", "order_currency", order=name)
        origin = self._origin(cells)
        self.unpaid += amount <= 0
        self.without_origin += not origin
        return OrderRow(line, name, at, amount, currency if is_code(currency) else self.currency, *origin)

    def _amount(self, cells: list[str]) -> Decimal:
        """What was paid less what was paid back; nothing for an order that nobody paid."""
        for name in self.amounts:
            text = self.texts[name](cells)
            if (name == "total" and is_missing(text)) or not (is_missing(text) or _AMOUNT.match(text)):
                raise CellError(ALIASES[name]["en"], "", "order_amount")
        told = {name: read(cells) or Decimal(0) for name, read in self.amounts.items()}
        if self.texts["status"](cells).casefold() in UNPAID:
            return Decimal(0)
        return told["total"] - told["refunded"] - max(told["outstanding"], Decimal(0))

    def _origin(self, cells: list[str]) -> Origin:
        told = of_notes(self.texts["notes"](cells)).filled(of_tags(self.texts["tags"](cells)))
        return told or Origin(_sold_by(self.texts["source"](cells)))

    def closing(self) -> list[Notice]:
        notices = [Notice("customers_not_kept", {})]
        if self.unpaid:
            notices.append(Notice("orders_unpaid", {"count": self.unpaid}))
        if self.without_origin:
            notices.append(Notice("orders_without_origin", {"count": self.without_origin}))
        return notices


def _sold_by(channel: str) -> str:
    """The sales channel where it says more than "the shop's site"; an app's number says nothing."""
    return "" if channel.casefold() in OWN_SITE or channel.isdecimal() else clean(channel)


def redact(source: Source, path: Path) -> None:
    """Write a copy of the file that holds nothing of the customers; rows stand on the same lines.

    The columns that are read stay where they hold what they should, notes and tags shrink to the origin that they
    tell, and all others are blank. The copy is text in UTF-8, of a workbook too.
    """
    table = _table(source)
    assert table is not None  # score() found it
    with path.open("w", encoding="utf-8", newline="") as file:
        writer, next_line = csv.writer(file, delimiter=source.delimiter), 1
        for line, cells in table.sheet.records():
            if line >= table.header.line:
                file.write("\r\n" * (line - next_line))
                writer.writerow(cells if cells == table.header.cells else _redacted(cells, table))
                next_line = line + 1


def _redacted(cells: list[str], table: Table) -> list[str]:
    """A row of as many cells; one of another width than the header's has slipped, and nothing of it stays."""
    left = [""] * len(cells)
    is_whole = len(cells) <= len(table.header.cells)
    for name, keep in KEEP.items() if is_whole else ():
        index = table.header.first(name)
        if index is not None and (text := cell(cells, index)):
            left[index] = keep(text)
    return left


def _if(fits: Callable[[str], object]) -> Callable[[str], str]:
    """Keeps what fits; anything else becomes a mark that is rejected as the text itself would be."""
    return lambda text: text if fits(text) else "?"


def _is_moment(text: str) -> bool:
    for order in ORDERS:
        try:
            return parse_date(text, order=order).day is not None
        except (ValueError, OverflowError):
            continue
    return False


KEEP: dict[str, Callable[[str], str]] = {
    "name": _if(_ORDER.match),
    "status": _if(lambda text: text.casefold() in STATUSES),
    "created": _if(_is_moment),
    "currency": _if(is_code),
    "total": _if(_AMOUNT.match),
    "refunded": _if(_AMOUNT.match),
    "outstanding": _if(_AMOUNT.match),
    "source": clean,
    "notes": lambda text: as_note(of_notes(text)),
    "tags": lambda text: ", ".join(
        f"utm_{part}: {value}" for part, value in zip(Origin._fields, of_tags(text), strict=True) if value
    ),
}


FORMATS = [Format("shopify_orders", "shopify", "orders", "Shopify: orders", _score, _missing, _plan, redact)]
