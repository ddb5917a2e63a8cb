"""Google Ads: what each campaign, ad group or ad cost, by the steps of time that the report was made of.

One or two lines stand above the header: the report's name and its dates. Totals stand below. The currency is told
by a column, or by the way each amount is written.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from analytics.formats.ad_rows import Repeats
from analytics.formats.asking import ask_currency
from analytics.formats.base import Format, Notice, Plan, Source, SpendRow
from analytics.formats.columns import Header, Names, best_header, cell
from analytics.formats.currencies import currency_of, is_code
from analytics.formats.dates import Clock, month_first, month_number
from analytics.formats.dates import parse as parse_date
from analytics.formats.errors import CellError, FileError
from analytics.formats.google_ads_columns import ALIASES, BREAKDOWNS
from analytics.formats.located import Table
from analytics.formats.numbers import is_missing
from analytics.formats.tables import Record, normal

NAMES = Names(ALIASES)
Span = tuple[date, date]
CURRENCY_CODES = frozenset(
    name for name, (column, _) in NAMES.by_name.items() if column == "currency" and re.search("c[oó]d", name)
)
# Months that one row of each step covers.
STEPS = {"month": 1, "quarter": 3, "year": 12}
_COST_IN = re.compile(r"(cost|costo|kosten|coste|coût|custo) ([a-z]{3})$")
_TOTAL = re.compile(r"(total|totale|totali|totales|gesamt|summe)(\s*:|$)")
_RANGE = re.compile(r"(.*\d)\s+[-–—]\s+(.*\d)$")
_MONTH = re.compile(r"([^\W\d]{3,})\.?\s+(?:de\s+)?(\d{4})$")
_ORDINAL = re.compile(r"(?<=\d)(?:er|º|°|\.º)(?=\s)")


def _lookup(name: str) -> tuple[str, str] | None:
    if told := _COST_IN.match(name):
        return "cost", NAMES.by_name[told[1]][1]
    if name in BREAKDOWNS:
        return f"breakdown:{name}", "en"
    return NAMES.by_name.get(name)


def _table(source: Source) -> Table | None:
    for sheet in source.sheets:
        header = best_header(sheet, _lookup)
        if (
            header
            and "cost" in header.at
            and _is_googles(header)
            and header.at.keys() & {"clicks", "impressions", "conversions", "campaign"}
            and header.at.keys() & {"campaign", "ad_group", "day", "week", "month", "quarter", "year", "account"}
        ):
            return Table(sheet, header)
    return None


def _is_googles(header: Header) -> bool:
    """Whether one of the columns is Google's alone; others' reports have a "Currency", but no "Currency code"."""
    titles = {normal(title) for title in header.cells}
    return "mark" in header.at or bool(titles & CURRENCY_CODES)


def _score(source: Source) -> int:
    table = _table(source)
    return 11 + len(table.header.at) if table else 0


def _missing(source: Source) -> list[str]:
    headers = [header for sheet in source.sheets if (header := best_header(sheet, _lookup))]
    at: dict[str, list[int]] = headers[0].at if headers else {}
    wanted = {"campaign": "Campaign", "cost": "Cost", "currency": "Currency code", "day": "Day"}
    return [title for column, title in wanted.items() if column not in at]


def _plan(source: Source, *, period: Span | None = None, **_: Any) -> Plan:
    table = _table(source)
    assert table is not None  # score() found it
    return _Report(table, period).plan()


class _Report:
    def __init__(self, table: Table, period: Span | None) -> None:
        self.table, header = table, table.header
        self.notices: list[Notice] = []
        self.period, self.stated = period, ""
        if period is None:
            self.period, self.stated = _stated_period(table)
        self.names = {name: table.text(name) for name in ("campaign", "ad_group", "ad")}
        self.account, self.told_currency = table.text("account"), table.text("currency")
        self.ids = [table.text(name) for name in ("ad_id", "ad_group_id", "campaign_id")]
        self.breakdowns = [header.at[name][0] for name in header.at if name.startswith("breakdown:")]
        self.clicks, self.impressions = table.count("clicks"), table.count("impressions")
        self.conversions = table.amount("conversions")
        self.cost_index = header.at["cost"][0]
        self.cost, self.value = table.amount("cost"), table.amount("value")
        self.currency = self._one_currency()
        self.span = self._span_reader()
        self.repeats = Repeats()
        self.totals = 0
        self.assumed_sign = ""

    def plan(self) -> Plan:
        return Plan(
            self._records(),
            self.parse,
            precision="day",
            language=self.table.header.language,
            currency=self.currency,
            notices=self.notices,
            closing=self.closing,
            width=len(self.table.header.cells),
        )

    def _records(self) -> Iterator[Record]:
        """The rows; a total has fewer cells than the header, and is not torn for that."""
        width = len(self.table.header.cells)
        for line, cells in self.table.rows():
            is_short = len(cells) < width and _says_total(cells)
            yield line, [*cells, *[""] * (width - len(cells))] if is_short else cells

    # --- currency ------------------------------------------------------------------------------------------------

    def _one_currency(self) -> str:
        """The currency of the whole report, "" where it must be told row by row; a question where nothing tells."""
        title = self.table.header.title(self.cost_index)
        if told := _COST_IN.match(normal(title)):
            return told[2].upper()
        column = {text.upper() for text in map(self.told_currency, self.table.first_rows) if is_code(text)}
        signs = {currency_of(text)[0] for text in self.table.sample(self.cost_index)} - {""}
        found = column or signs
        if not found:
            return ask_currency(self.table.sheet.source, title)
        return found.pop() if len(found) == 1 else ""

    def _currency(self, cells: list[str]) -> str:
        told = self.told_currency(cells).upper()
        if is_code(told):
            return told
        text = cell(cells, self.cost_index)
        sign, assumed = currency_of(text)
        if assumed:
            self.assumed_sign = text.strip("0123456789.,' \u00a0\u202f-")
        if not (sign or self.currency):
            raise CellError(self.table.header.title(self.cost_index), text, "currency_missing")
        return sign or self.currency

    # --- days ----------------------------------------------------------------------------------------------------

    def _span_reader(self) -> Callable[[list[str]], Span]:
        header = self.table.header
        step = next((name for name in ("day", "week", *STEPS) if name in header.at), "")
        if not step:
            if self.period is None and not self.stated:
                raise FileError("period_missing", columns="Day")
            return self._whole_period
        index = header.at[step][0]
        if step in STEPS:
            return lambda cells: self._of_months(index, cell(cells, index), STEPS[step])
        day = self._day_reader(step)
        if step == "day":
            return lambda cells: (day(cells), day(cells))
        return lambda cells: self._within(day(cells), day(cells) + timedelta(days=6))

    def _whole_period(self, cells: list[str]) -> Span:
        if self.period is None:
            raise CellError("", self.stated, "period_open")
        return self.period

    def _within(self, first: date, last: date) -> Span:
        """A week or month cut off at the ends of the report."""
        start, end = self.period or (first, last)
        return (max(first, start), min(last, end)) if start <= last and first <= end else (first, last)

    def _day_reader(self, step: str) -> Callable[[list[str]], date]:
        index, leads = self.table.header.at[step][0], self.table.header.language == "en"
        moment = self.table.moments(step, Clock("UTC"), assume_month_first=leads)
        return lambda cells: moment(cell(cells, index))[0].date()

    def _of_months(self, index: int, text: str, count: int) -> Span:
        first = _first_of_month(text)
        if first is None:
            raise CellError(self.table.header.title(index), text, "not_a_date")
        months = first.year * 12 + first.month - 1 + count
        after = date(months // 12, months % 12 + 1, 1)
        return self._within(first, after - timedelta(days=1))

    # --- rows ----------------------------------------------------------------------------------------------------

    def parse(self, line: int, cells: list[str]) -> SpendRow | None:
        names = {column: _named(read(cells)) for column, read in self.names.items()}
        if self._is_total(cells, names):
            self.totals += 1
            return None
        if self.repeats.is_one(cells):
            return None
        start, end = self.span(cells)
        conversions = self.conversions(cells)
        return SpendRow(
            line=line,
            platform="google",
            account=_named(self.account(cells)),
            external_id=self._id(cells, names, start, end),
            **names,
            start=start,
            end=end,
            amount=self.cost(cells) or Decimal(0),
            currency=self._currency(cells),
            impressions=self.impressions(cells),
            clicks=self.clicks(cells),
            reach=None,
            results=conversions,
            result_kind="conversions" if conversions is not None else "",
            conversions=conversions,
            conversion_value=self.value(cells),
        )

    def _is_total(self, cells: list[str], names: dict[str, str]) -> bool:
        if _says_total(cells):
            return True
        is_named = any(column in self.table.header.at for column in self.names)
        return is_named and not any(names.values())

    def _id(self, cells: list[str], names: dict[str, str], start: date, end: date) -> str:
        number = next((text for read in self.ids if (text := _named(read(cells)))), "")
        breakdown = [_named(cell(cells, index)) for index in self.breakdowns]
        return self.repeats.external_id(number, breakdown, names.values(), start, end)

    def closing(self) -> list[Notice]:
        notices = []
        if self.totals:
            notices.append(Notice("totals_dropped", {"count": self.totals}))
        if self.repeats.count:
            notices.append(Notice("rows_repeated", {"count": self.repeats.count}))
        if self.assumed_sign:
            facts = {"sign": self.assumed_sign, "currency": currency_of(f"{self.assumed_sign}1")[0]}
            notices.append(Notice("sign_assumed", facts))
        return notices


def _named(text: str) -> str:
    return "" if is_missing(text) else text


def _says_total(cells: list[str]) -> bool:
    """Whether the first cell calls the row a total, as "Total: Account" does; a campaign may begin like one."""
    first = next((text for text in cells if text.strip()), "")
    return _TOTAL.match(" ".join(first.casefold().split())) is not None


def _stated_period(table: Table) -> tuple[Span | None, str]:
    """The dates above the header or, in some reports, below the rows; and the last line above, dates or none."""
    stated, language = "", table.header.language
    for line, cells in table.sheet.head:
        if line >= table.header.line:
            break
        stated = _one_text(cells) or stated
        if period := _period(stated, language):
            return period, stated
    if table.header.at.keys() & {"day", "week", *STEPS}:
        return None, stated
    below = (_period(text, language) for _line, cells in table.rows() if (text := _one_text(cells)))
    return next((period for period in below if period), None), stated


def _one_text(cells: list[str]) -> str:
    """What stands alone on a line. Without quotes, the commas of "July 1, 2026 - July 31, 2026" have cut it up."""
    told = [text.strip() for text in cells if text.strip()]
    return ", ".join(told) if len(told) <= 3 else ""


def _period(text: str, language: str) -> Span | None:
    """The days of "1 September 2026 - 30 September 2026", in any of the six languages; None for other texts."""
    text = _ORDINAL.sub("", text)
    both = _RANGE.match(text)
    firsts, lasts = (both[1], both[2]) if both else (text, text)
    told = month_first([firsts, lasts])
    leads = language == "en" if told is None else told
    try:
        first, last = (parse_date(part, month_leads=leads).day for part in (firsts, lasts))
    except ValueError:
        return None
    return (first, last) if first <= last else None


def _first_of_month(text: str) -> date | None:
    """The first day of "2026-09-01", "Sep 2026", "setembro de 2026" or "2026"; None for what is no month."""
    if text.isdecimal() and len(text) == 4:
        return date(int(text), 1, 1)
    if (told := _MONTH.match(text)) and (month := month_number(told[1])):
        return date(int(told[2]), month, 1)
    try:
        return parse_date(text, month_leads=True).day.replace(day=1)
    except ValueError:
        return None


FORMATS = [Format("google_ads", "google", "spend", "Google Ads", _score, _missing, _plan)]
