"""SQLite: the whole file into a temporary table, which locks nothing, then applied in one short transaction."""

from collections.abc import Iterator
from datetime import datetime
from itertools import chain, count
from operator import itemgetter

from django.db import connection

from analytics.formats import PostRow
from analytics.models import Post
from analytics.services.storage import statements as sql
from analytics.services.storage.plan import (
    FIGURES,
    Keys,
    OpenRows,
    Pass,
    Route,
    Stamp,
    Tally,
    Tell,
    by_account,
    chunks,
    numbers,
)

D = sql.SQLITE
TEXTS = itemgetter(7, 8, 9, 12)
STAGED = ("account", *sql.COLUMNS)
_numbers = count(1)
INSERT = f"INSERT INTO {sql.STAGE} ({', '.join(STAGED)}) VALUES ({', '.join('?' * len(STAGED))})"


class SqlitePosts:
    """Writes the posts of one file: `prepare` stages them, `write` applies them inside a transaction."""

    def __init__(self) -> None:
        self._table = f"import_stage_{next(_numbers)}"

    def prepare(self, open_rows: OpenRows, *, tell: Tell) -> None:
        """Stage every row; the accounts are told apart by a number until they are resolved to channels."""
        connection.ensure_connection()
        self._staging = Tally()
        self._accounts: dict[tuple[str, str, str], int] = {}
        self._keys = Keys()
        self._execute(sql.drop(sql.STAGE))
        self._execute(sql.drop(self._table))
        self._execute(sql.create_stage(D).replace("(channel_id", "(account integer, channel_id", 1))
        self._execute(f"ALTER TABLE {sql.STAGE} RENAME TO {self._table}")
        for chunk in chunks(open_rows(), self._staging, careful=True):
            self._stage(chunk)
            tell(self._staging.staged)

    def _stage(self, chunk: list[PostRow]) -> None:
        grouped = by_account(chunk)
        values = chain.from_iterable(
            _values(self._accounts.setdefault(account, len(self._accounts)), rows)
            for account, rows in grouped.items()
        )
        for rows in grouped.values():
            self._keys.add(0, numbers(rows))
        insert = INSERT.replace(sql.STAGE, self._table, 1)
        if connection.in_atomic_block:
            self._many(insert, values)
        else:  # a transaction of its own, that touches the temporary database alone
            self._execute("BEGIN")
            self._many(insert, values)
            self._execute("COMMIT")
        self._staging.staged += len(chunk)

    def write(self, plan: Pass, route: Route, stamp: Stamp) -> Tally:
        """Apply what was staged."""
        values = {"brand": stamp.brand, "file": stamp.file, "now": _moment(stamp.now)}
        values |= {"as_of": _moment(plan.as_of), "older": int(plan.older)}
        tally = Tally(rejected=list(self._staging.rejected))
        self._execute(f"ALTER TABLE {self._table} RENAME TO {sql.STAGE}")
        self._assign(route, tally)
        if self._keys.repeated():
            tally.repeated = self._execute(
                f"DELETE FROM {sql.STAGE} WHERE rowid NOT IN"
                f" (SELECT max(rowid) FROM {sql.STAGE} GROUP BY channel_id, external_id)"
            ).rowcount
        tally.staged = self._one(f"SELECT count(*) FROM {sql.STAGE}")[0]
        self._apply(values, tally)
        self._execute(f"ALTER TABLE {sql.STAGE} RENAME TO {self._table}")
        return tally

    def discard(self) -> None:
        """Drop what was put aside."""
        for table in (sql.STAGE, sql.DIFF, sql.MERGED, self._table):
            self._execute(sql.drop(table))

    def settle(self, tally: Tally) -> None:
        """Nothing to tell: the planner needs no statistics to use the one index that fits."""

    def _assign(self, route: Route, tally: Tally) -> None:
        for account, number in self._accounts.items():
            channel = route(*account)
            if channel is None:
                gone = self._execute(f"DELETE FROM {sql.STAGE} WHERE account = ?", [number]).rowcount
                tally.leave_out(account[1], gone)
            else:
                self._execute(f"UPDATE {sql.STAGE} SET channel_id = ? WHERE account = ?", [channel, number])

    def _apply(self, values: dict[str, object], tally: Tally) -> None:
        staged = self._execute(sql.weeks_of_all(D)).fetchall()
        tally.saw((row[0], _read(row[2]), _read(row[3])) for row in staged)
        if not Post.objects.filter(channel__in={row[0] for row in staged}).exists():
            tally.touched(row[:2] for row in staged)
            tally.created = self._execute(sql.insert_all(D), values).rowcount
            return
        self._execute(sql.drop(sql.DIFF))
        self._execute(sql.find_differences(D), values)
        self._change(values, tally)
        self._touched(tally, sql.weeks_of_new(D))
        tally.created = self._execute(sql.insert_new(D), values).rowcount
        self._execute(sql.drop(sql.DIFF))

    def _change(self, values: dict[str, object], tally: Tally) -> None:
        self._execute(sql.drop(sql.MERGED))
        self._execute(sql.merge(D), values)
        self._execute(sql.keep_history())
        self._execute(sql.update(D), values)
        tally.updated, tally.kept, tally.rose, tally.fell = self._one(sql.count_changes())
        self._touched(tally, sql.weeks_of_changed(D))
        self._execute(sql.drop(sql.MERGED))

    def _touched(self, tally: Tally, query: str) -> None:
        tally.touched(self._execute(query).fetchall())

    def _one(self, query: str) -> tuple:
        return self._execute(query).fetchone()

    def _execute(self, query: str, values: object = ()):
        """Straight to the driver: its named parameters, and no copy of every statement in DEBUG."""
        return connection.connection.execute(query, values)

    def _many(self, query: str, values: Iterator[tuple]) -> None:
        connection.connection.executemany(query, values)


def _moment(value: datetime | None) -> str | None:
    """UTC as Django writes it into SQLite."""
    return None if value is None else str(value)[:-6]


def _read(text: str) -> datetime:
    return datetime.fromisoformat(text + "+00:00")


def _values(account: int, rows: list[PostRow]) -> Iterator[tuple]:
    for row in rows:
        texts = TEXTS(row)
        yield (
            *(account, row[4], str(row[5])[:-6], row[6] == "exact", *map(_plain, texts), row[10], row[11]),
            *FIGURES(row),
            _moment(row[28]),
        )


def _plain(text: str) -> str:
    """Half of a surrogate pair, as broken exports hold it, cannot be stored."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode()
