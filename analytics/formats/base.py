"""What every reader of a platform's export yields, and how it is asked.

Pure: no Django, no I/O but the file given.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from analytics.formats.blocks import TextBlock
from analytics.formats.errors import CellError, FileError, UnknownFormat, Unreadable
from analytics.formats.limits import DEFAULT, Limits
from analytics.formats.messages import word
from analytics.formats.tables import Broken, Piece, Sheet, Source, normal, open_source

# So many rejected rows are kept with their values; the rest of an absurd file is only counted.
REJECTED_KEPT = 10_000
BATCH = 500
# The warning that tells what was assumed, by the question that nobody answered.
ASSUMED = {"date_order": "dates_assumed", "decimal_sign": "decimals_assumed"}
READ_AS = {"mdy": "month/day", "dmy": "day/month", "ymd": "year-month-day"}


class PostRow(NamedTuple):
    """One post as its export tells it. A figure is None when the platform did not export it, never 0.

    `published_at` is UTC; with `precision` "day" it is the local midnight of that day in the reading time zone.
    `engagements` is the sum of the exported ones of reactions, comments, shares and saves, else the platform's
    own total.
    """

    line: int
    platform: str
    account: str
    account_id: str
    external_id: str
    published_at: datetime
    precision: str
    format: str
    text: str
    permalink: str
    paid: bool | None
    is_reply: bool
    language: str
    impressions: int | None = None
    reach: int | None = None
    views: int | None = None
    reactions: int | None = None
    comments: int | None = None
    shares: int | None = None
    saves: int | None = None
    clicks: int | None = None
    link_clicks: int | None = None
    video_views: int | None = None
    watch_seconds: float | None = None
    negative_feedback: int | None = None
    follows: int | None = None
    profile_visits: int | None = None
    engagements: int | None = None
    as_of: datetime | None = None


class SpendRow(NamedTuple):
    """What one ad (or ad set, or campaign) cost from `start` to `end`, both included."""

    line: int
    platform: str
    account: str
    external_id: str
    campaign: str
    ad_group: str
    ad: str
    start: date
    end: date
    amount: Decimal
    currency: str
    impressions: int | None
    clicks: int | None
    reach: int | None
    results: Decimal | None
    result_kind: str
    conversions: Decimal | None
    conversion_value: Decimal | None


class TrafficRow(NamedTuple):
    """What the visits from one origin did from `start` to `end`, both included. Currency "" = not told."""

    line: int
    start: date
    end: date
    channel_group: str
    source: str
    medium: str
    campaign: str
    sessions: int | None
    engaged_sessions: int | None
    key_events: Decimal | None
    revenue: Decimal | None
    currency: str


class DayRow(NamedTuple):
    """What happened on one day with an account, or with one of its posts (`external_id`).

    `figures` holds what the row tells, by the names of `series.FIGURES`; what was not exported is not in it.
    """

    line: int
    platform: str
    account: str
    account_id: str
    day: date
    external_id: str
    figures: dict[str, int | float]


class OrderRow(NamedTuple):
    """A sale: nothing of the customer. `at` is UTC; `amount` is what was paid less what was paid back."""

    line: int
    order_id: str
    at: datetime
    amount: Decimal
    currency: str
    source: str
    medium: str
    campaign: str


class PlannedRow(NamedTuple):
    """A post that is planned and not published yet. `at` is UTC, None for one without a day.

    With `precision` "day" only the day is planned, and `at` is its midnight in the reading zone.
    """

    line: int
    platform: str
    account: str
    external_id: str
    at: datetime | None
    format: str
    title: str
    text: str
    link: str
    media: str
    labels: str
    precision: str = "exact"


Row = PostRow | SpendRow | TrafficRow | DayRow | OrderRow | PlannedRow


class Rejected(NamedTuple):
    """A row that could not be taken: where it begins, which column, what stood there, and why (a code)."""

    line: int
    column: str
    value: str
    code: str
    facts: dict[str, Any]

    @property
    def reason(self) -> str:
        return word(self.code, {"column": self.column, "value": self.value, **self.facts})


class Notice(NamedTuple):
    """Something the reader of the result should know about the file as a whole."""

    code: str
    facts: dict[str, Any]

    @property
    def text(self) -> str:
        return word(self.code, self.facts)


class Question(NamedTuple):
    """Something that a file leaves open: several readings of a column are possible, and nothing in it decides.

    `code` is "date_order" (choices "mdy", "dmy", "ymd"), "decimal_sign" (choices ".", ",") or "currency" (no choices:
    any ISO 4217 code); `assumed` is what is taken without an answer. `samples` are cells of the file with their reading
    under each choice, in the order of `choices`: ISO days, plain decimals, "" for no reading. `spans` are the first and
    last day of the column under each choice. An answer is given as `answers={question.key: choice}`; one given as
    `answers={question.code: choice}` is for all columns of the file.
    """

    code: str
    column: str
    choices: tuple[str, ...]
    assumed: str
    samples: tuple[tuple[str, tuple[str, ...]], ...]
    spans: tuple[tuple[str, str], ...] = ()

    @property
    def key(self) -> str:
        return f"{self.code}:{normal(self.column)}"


@dataclass
class Plan:
    """How one file is read: where its rows are, and the function that turns a record into a row.

    `parse(line, cells)` returns a row, or None for what is no row of data (totals, placeholders); it raises
    CellError for a row that must be rejected. `pieces` gives the records of a text file many at a time; `condense`
    makes blocks of them, or None where they want to be read one by one; `batch` likewise makes the rows themselves, of exact times only. `closing` adds what is
    known only after the last row. A row of a text file with figures beyond `width` cells is rejected (0: any goes).
    """

    rows: Iterator[tuple[int, list[str]]]
    parse: Callable[[int, list[str]], Row | None]
    precision: str = "exact"
    language: str = "en"
    currency: str = ""
    notices: list[Notice] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    closing: Callable[[], list[Notice]] | None = None
    as_of: datetime | None = None
    time_zone: str = ""
    pieces: Callable[[int], Iterator[Piece] | None] | None = None
    condense: Callable[[Sequence[list[str]]], list[TextBlock] | None] | None = None
    width: int = 0
    batch: Callable[[Sequence[tuple[int, list[str]]]], list[PostRow] | None] | None = None


@dataclass(frozen=True)
class Format:
    """One export format: how to tell it, and how to read it.

    `title` names it as its platform does; `score(head)` is 0 when it is not this format, else higher the surer;
    `missing(head)` names the columns that are wanting for it. `redact(source, path)` writes a copy of a file without
    what must not be kept of it, for formats that hold such things. `beside` is the slug of the format that reads what
    else such a file may hold.
    """

    slug: str
    platform: str
    kind: str
    title: str
    score: Callable[[Source], int]
    missing: Callable[[Source], list[str]]
    plan: Callable[..., Plan]
    redact: Callable[[Source, Path], None] | None = None
    beside: str = ""

    def stream(
        self,
        path: str | Path,
        *,
        time_zone: str | None = None,
        answers: Mapping[str, str] | None = None,
        limits: Limits = DEFAULT,
        **options: Any,
    ) -> Reader:
        """A reader that yields rows one by one; memory does not grow with the file.

        `answers` are what a person said to `Reader.questions`, by `Question.key`.
        """
        source = open_source(path, limits)
        source.answers = dict(answers or {})
        return Reader(source, self.plan(source, time_zone=time_zone or "UTC", **options))

    def read(
        self,
        path: str | Path,
        *,
        time_zone: str | None = None,
        answers: Mapping[str, str] | None = None,
        limits: Limits = DEFAULT,
        **options: Any,
    ) -> ReadResult:
        """Everything at once, for scripts and small files. Naive local times are of `time_zone` (IANA)."""
        reader = self.stream(path, time_zone=time_zone, answers=answers, limits=limits, **options)
        rows = list(reader)
        return ReadResult(
            rows=rows,
            rejected=reader.rejected,
            warnings=reader.warnings,
            ignored=reader.ignored,
            rejected_count=reader.rejected_count,
            language=reader.language,
            encoding=reader.encoding,
            precision=reader.precision,
            currency=reader.currency,
            accounts=reader.accounts,
            as_of=reader.as_of,
        )


@dataclass(frozen=True)
class ReadResult:
    """All of a file: its rows, and what `Reader` tells of it."""

    rows: list[Any]
    rejected: list[Rejected]
    warnings: list[Notice]
    ignored: int
    rejected_count: int
    language: str
    encoding: str
    precision: str
    currency: str
    accounts: list[str]
    as_of: datetime | None


class Reader:
    """Iterate it once; afterwards its counts, rejected rows and warnings are complete."""

    def __init__(self, source: Source, plan: Plan) -> None:
        self._plan = plan
        # In a workbook no cell can slip into another column, so what stands beyond the header is a person's note.
        self._width = 0 if source.workbook else plan.width
        self._records = self._without_torn_last(plan.rows) if source.breaks_off and plan.width else plan.rows
        self.encoding = source.encoding
        self.language, self.precision, self.currency = plan.language, plan.precision, plan.currency
        self.as_of = plan.as_of
        self.rejected: list[Rejected] = []
        self.rejected_count = 0
        self.warnings: list[Notice] = list(plan.notices)
        self._source = source
        self.delimiter, self.time_zone = source.delimiter, plan.time_zone
        self.ignored = 0
        self.rows_read = 0
        self._accounts: dict[str, None] = {}

    @property
    def decided(self) -> set[str]:
        """The codes of questions that the values of some column answered themselves."""
        return self._source.decided

    @property
    def questions(self) -> list[Question]:
        """What the file leaves open, each once; complete after the last row."""
        asked = [*self._plan.questions, *self._source.questions]
        return list({question.key: question for question in asked}.values())

    @property
    def accounts(self) -> list[str]:
        """The accounts that the rows named, in the order of their first row."""
        return list(self._accounts)

    def __iter__(self) -> Iterator[Any]:
        records, batch = iter(self._records), self._plan.batch
        while batch and (some := list(islice(records, BATCH))):
            rows = batch(some)
            if rows is None:
                yield from self._rows(some)
                continue
            self.rows_read += len(rows)
            self._accounts.update(dict.fromkeys(row.account for row in rows if row.account))
            yield from rows
        yield from self._rows(records)
        self._close()

    def blocks(self, size: int) -> Iterator[list[Any] | TextBlock]:
        """The same rows in lists of at most `size`; as columns of text where the file is plain enough."""
        is_whole = self._records is self._plan.rows
        pieces = self._plan.pieces(size) if self._plan.pieces and is_whole else None
        if pieces is None or self._plan.condense is None:
            records = iter(self._records)
            while some := list(islice(records, size)):
                yield from self._listed(some)
        else:
            for piece in pieces:
                blocks = self._plan.condense(piece.cells)
                yield from self._listed(piece.records()) if blocks is None else self._noted(blocks)
        self._close()

    def _listed(self, records: Iterable[tuple[int, list[str]]]) -> Iterator[list[Any]]:
        if rows := list(self._rows(records)):
            yield rows

    def _noted(self, blocks: list[TextBlock]) -> Iterator[TextBlock]:
        for block in blocks:
            self.rows_read += block.rows
            if block.account:
                self._accounts[block.account] = None
            yield block

    def _without_torn_last(self, records: Iterable[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
        """All records but a last one that ends before the header does, in a file that ends within a line."""
        held = None
        for record in records:
            if held:
                yield held
            held = record
        if held and len(held[1]) < self._plan.width:
            facts = {"cells": len(held[1]), "columns": self._plan.width}
            self._reject(held[0], CellError("", "", "cells_missing", **facts))
        elif held:
            yield held

    def _rows(self, records: Iterable[tuple[int, list[str]]]) -> Iterator[Any]:
        parse, seen, width = self._plan.parse, self._accounts, self._width or 1_000_000
        account = None
        for line, cells in records:
            try:
                if type(cells) is Broken:
                    raise CellError("", cells[0][:2_000], "quotes_wrong")
                if len(cells) > width:
                    _refuse_cells_beyond(cells, width)
                row = parse(line, cells)
            except CellError as error:
                self._reject(line, error)
                continue
            if row is None:
                self.ignored += 1
                continue
            self.rows_read += 1
            if type(row) is PostRow:
                if row[2] != account:
                    account = row[2]
                    if account:
                        seen[account] = None
                if row[6] == "day":
                    self.precision = "day"
            yield row

    def _close(self) -> None:
        if self._plan.closing:
            self.warnings.extend(self._plan.closing())
        self.warnings.extend(self._assumed())
        if self.as_of is None:
            self.as_of = self._plan.as_of

    def _assumed(self) -> Iterator[Notice]:
        """What was assumed for want of an answer."""
        answers = self._source.answers
        for question in self.questions:
            if question.code in ASSUMED and not (answers.get(question.key) or answers.get(question.code)):
                told = {"order": READ_AS.get(question.assumed, ""), "sign": question.assumed}
                yield Notice(ASSUMED[question.code], {"column": question.column, **told})

    def _reject(self, line: int, error: CellError) -> None:
        self.rejected_count += 1
        if len(self.rejected) < REJECTED_KEPT:
            self.rejected.append(Rejected(line, error.column, error.value, error.code, error.facts))


def _refuse_cells_beyond(cells: list[str], width: int) -> None:
    extra = [text for text in cells[width:] if text.strip()]
    if extra:
        raise CellError("", extra[0], "cells_beyond")


def total(*parts: int | None) -> int | None:
    """The sum of the parts that were exported; None when none was."""
    told = [part for part in parts if part is not None]
    return sum(told) if told else None


__all__ = [
    "CellError",
    "DayRow",
    "FileError",
    "Format",
    "Notice",
    "OrderRow",
    "Plan",
    "PlannedRow",
    "PostRow",
    "Question",
    "ReadResult",
    "Reader",
    "Rejected",
    "Sheet",
    "Source",
    "SpendRow",
    "TextBlock",
    "TrafficRow",
    "UnknownFormat",
    "Unreadable",
    "total",
]
