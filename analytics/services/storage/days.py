"""Stores figures by day: one of the newer reading replaces, and what is not told erases nothing.

The rows are staged in a temporary table and applied by four statements: by COPY inside the transaction on
PostgreSQL; before it on SQLite, so that its one write lock is held only while they are applied.
"""

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count, islice
from typing import Any

from django.db import connection

from analytics.formats import DayRow, Rejected
from analytics.services.storage import statements
from analytics.services.storage.plan import LONGEST_NUMBER, MOST_COUNTED, OpenRows, Route, Stamp, Tell
from analytics.services.storage.postgres import one_import_at_a_time

STAGED_AT_ONCE = 5_000
_numbers = count(1)
Cells = tuple[int, int, str, str, str, float]


@dataclass
class DaysTally:
    """What became of the rows of a file; `spans` holds by (channel, figure) the first and the last day told."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    kept: int = 0
    left_out: int = 0
    repeated: int = 0
    left_out_accounts: set[str] = field(default_factory=set)
    changed_channels: list[int] = field(default_factory=list)
    spans: dict[tuple[int, str], tuple[date, date]] = field(default_factory=dict)
    rejected: list[Rejected] = field(default_factory=list)


class DaysWriter:
    """Writes the days of one file: `prepare` outside, `write` inside a transaction."""

    def __init__(self) -> None:
        self._is_postgres = connection.vendor == "postgresql"
        self._dialect = statements.POSTGRES if self._is_postgres else statements.SQLITE
        number = next(_numbers)
        self._stage, self._diff = f"import_days_{number}", f"import_days_diff_{number}"
        self._accounts: dict[tuple[str, str, str], int] = {}
        self._rejected: list[Rejected] = []
        self._staged = 0

    def prepare(self, open_rows: OpenRows, *, tell: Tell) -> None:
        """Stage the rows where that locks nothing."""
        self._open, self._tell = open_rows, tell
        if not self._is_postgres:
            connection.ensure_connection()
            self.stage()

    def stage(self) -> None:
        """Read the file into the temporary table."""
        if self._staged:
            return
        day = "date" if self._is_postgres else "text"
        self._run(f"DROP TABLE IF EXISTS {self._stage}")
        self._run(
            f"CREATE TEMPORARY TABLE {self._stage} (number integer, account integer, channel_id bigint,"
            f" external_id text{self._dialect.collation}, figure text, day {day}, value double precision)"
        )
        rows = (row for row in self._open() if self._is_sound(row))
        while some := list(islice(rows, STAGED_AT_ONCE)):
            self._load(list(self._cells(some)))
            self._tell(self._staged)

    @property
    def accounts(self) -> set[str]:
        """The accounts that the staged rows name."""
        return {account for _platform, account, _number in self._accounts if account}

    def latest(self) -> datetime | None:
        """The last day that is told, as the moment it begins in UTC."""
        day = _day(self._one(f"SELECT max(day) FROM {self._stage}")[0])
        return datetime(day.year, day.month, day.day, tzinfo=UTC) if day else None

    def write(self, route: Route, stamp: Stamp, *, as_of: datetime) -> DaysTally:
        """Apply what was staged."""
        if self._is_postgres:
            one_import_at_a_time(stamp.brand)
        tally = DaysTally(rejected=list(self._rejected))
        values = {"as_of": self._moment(as_of), "now": self._moment(stamp.now)}
        values |= {"brand": stamp.brand, "file": stamp.file}
        self._assign(route, tally)
        self._compare(values)
        self._count(tally)
        self._apply(values)
        for table in (self._stage, self._diff):
            self._run(f"DROP TABLE IF EXISTS {table}")
        return tally

    def _is_sound(self, row: DayRow) -> bool:
        """Whether the database can hold the row; if not it is noted as rejected."""
        if len(row.external_id) > LONGEST_NUMBER:
            facts = {"most": LONGEST_NUMBER}
            self._rejected.append(Rejected(row.line, "", row.external_id[:200], "id_too_long", facts))
            return False
        for name, value in row.figures.items():
            if not abs(value) <= MOST_COUNTED:
                self._rejected.append(Rejected(row.line, name, str(value)[:200], "count_too_large", {}))
                return False
        return True

    def _cells(self, rows: Iterable[DayRow]) -> Iterator[Cells]:
        for row in rows:
            self._staged += 1
            account = self._accounts.setdefault(row[1:4], len(self._accounts))
            for figure, value in row.figures.items():
                yield self._staged, account, row.external_id, figure, row.day.isoformat(), float(value)

    def _load(self, cells: list[Cells]) -> None:
        columns = "number, account, external_id, figure, day, value"
        insert = f"INSERT INTO {self._stage} ({columns}) VALUES (?, ?, ?, ?, ?, ?)"
        if self._is_postgres:
            lines = "".join(f"{n}\t{a}\t{_escaped(i)}\t{f}\t{d}\t{v!r}\n" for n, a, i, f, d, v in cells)
            with connection.cursor() as cursor:
                cursor.copy_expert(f"COPY {self._stage} ({columns}) FROM STDIN", io.StringIO(lines))
            return
        is_alone = not connection.in_atomic_block
        if is_alone:  # a transaction of its own, that touches the temporary database alone
            self._run("BEGIN")
        connection.connection.executemany(insert, cells)
        if is_alone:
            self._run("COMMIT")

    def _assign(self, route: Route, tally: DaysTally) -> None:
        of_account = f"account = {self._dialect.param('account')}"
        for account, number in self._accounts.items():
            channel, values = route(*account), {"account": number}
            if channel is None:
                told = f"SELECT count(DISTINCT number) FROM {self._stage} WHERE {of_account}"
                tally.left_out += self._one(told, values)[0]
                tally.left_out_accounts.add(account[1])
                self._run(f"DELETE FROM {self._stage} WHERE {of_account}", values)
            else:
                told = f"SET channel_id = {self._dialect.param('channel')}"
                self._run(f"UPDATE {self._stage} {told} WHERE {of_account}", values | {"channel": channel})

    def _compare(self, values: dict[str, Any]) -> None:
        """The last telling of each figure of a day, beside what is stored of it."""
        newer = f"({self._dialect.param('as_of')} {{}} d.as_of)"
        self._run(f"DROP TABLE IF EXISTS {self._diff}")
        self._run(
            f"""
            CREATE TEMPORARY TABLE {self._diff} AS
            SELECT s.number, s.channel_id, s.external_id, s.figure, s.day, s.value, d.id, d.value AS known,
                {newer.format(">=")} AS wins, {newer.format(">")} AS is_newer
            FROM (
                SELECT *, row_number() OVER (
                    PARTITION BY channel_id, external_id, figure, day ORDER BY number DESC
                ) AS place FROM {self._stage}
            ) s
            LEFT JOIN analytics_channelday d ON d.channel_id = s.channel_id AND d.external_id = s.external_id
                AND d.figure = s.figure AND d.day = s.day
            WHERE s.place = 1""",
            values,
        )

    def _count(self, tally: DaysTally) -> None:
        """A row of the file is new when all it tells is; updated when anything it tells changes what is stored."""
        tally.created, tally.updated, tally.unchanged, tally.kept = self._one(
            f"""
            SELECT count(*) FILTER (WHERE fresh = told),
                count(*) FILTER (WHERE fresh < told AND fresh + changed > 0),
                count(*) FILTER (WHERE fresh + changed = 0),
                count(*) FILTER (WHERE kept > 0)
            FROM (
                SELECT number, count(*) AS told, count(*) FILTER (WHERE id IS NULL) AS fresh,
                    count(*) FILTER (WHERE value <> known AND wins) AS changed,
                    count(*) FILTER (WHERE value <> known AND NOT wins) AS kept
                FROM {self._diff} GROUP BY number
            ) each_row"""
        )
        told = self._one(f"SELECT count(DISTINCT number) FROM {self._stage}")[0]
        tally.repeated = told - tally.created - tally.updated - tally.unchanged
        spans = f"SELECT channel_id, figure, min(day), max(day) FROM {self._diff} GROUP BY 1, 2 ORDER BY 1, 2"
        tally.spans = {(row[0], row[1]): (_day(row[2]), _day(row[3])) for row in self._all(spans)}
        changed = f"SELECT DISTINCT channel_id FROM {self._diff} WHERE id IS NULL OR (value <> known AND wins)"
        tally.changed_channels = sorted(row[0] for row in self._all(changed))

    def _apply(self, values: dict[str, Any]) -> None:
        """Replace, note that a newer reading says the same, and add."""
        p = self._dialect.param
        change = f"UPDATE analytics_channelday SET as_of = {p('as_of')}"
        found = f"FROM {self._diff} x WHERE analytics_channelday.id = x.id"
        self._run(
            f"{change}, value = x.value, file_id = {p('file')}, updated_at = {p('now')}"
            f" {found} AND x.wins AND x.value <> x.known",
            values,
        )
        self._run(f"{change} {found} AND x.is_newer AND x.value = x.known", values)
        self._run(
            f"""
            INSERT INTO analytics_channelday
                (brand_id, channel_id, external_id, figure, day, value, as_of, file_id, created_at, updated_at)
            SELECT {p("brand")}, channel_id, external_id, figure, day, value, {p("as_of")}, {p("file")},
                {p("now")}, {p("now")}
            FROM {self._diff} WHERE id IS NULL ORDER BY number""",
            values,
        )

    def _moment(self, value: datetime) -> datetime | str:
        """UTC, for SQLite as Django writes it."""
        return value if self._is_postgres else str(value.astimezone(UTC))[:-6]

    def _run(self, query: str, values: dict[str, Any] | None = None) -> Any:
        """Straight to SQLite's driver, for its named parameters; through Django's cursor on PostgreSQL."""
        if self._is_postgres:
            with connection.cursor() as cursor:
                cursor.execute(query, values)
                return cursor.fetchall() if cursor.description else None
        return connection.connection.execute(query, values or {}).fetchall()

    def _all(self, query: str, values: dict[str, Any] | None = None) -> list[tuple]:
        return self._run(query, values)

    def _one(self, query: str, values: dict[str, Any] | None = None) -> tuple:
        return self._run(query, values)[0]


def _day(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value


def _escaped(text: str) -> str:
    """As COPY reads texts."""
    clean = text.replace("\x00", "").encode("utf-8", "replace").decode()
    return clean.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
