"""PostgreSQL: COPY and upsert of one piece of the file while the next one is being read.

Everything runs on the transaction's own connection; while a piece is under way only the sending thread uses it.
"""

import io
import sys
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict
from itertools import repeat
from operator import itemgetter
from typing import Any

import psycopg2
from django.db import connection
from psycopg2 import errors

from analytics.formats import PostRow, Reader, TextBlock
from analytics.models import Post
from analytics.services.storage import statements as sql
from analytics.services.storage.plan import (
    CHUNK_ROWS,
    Keys,
    OpenRows,
    Pass,
    Restart,
    Route,
    Stamp,
    Tally,
    Tell,
    by_account,
    chunks,
    numbers,
)

D = sql.POSTGRES
# No caption holds this character, so that nothing has to be escaped; rows with it are cleaned.
QUOTE = "\x01"
FORBIDDEN = {0: None, 1: None}
QUOTED_MARK = f"{QUOTE}%s{QUOTE}"
QUOTED = frozenset({"external_id", *sql.TEXTS})
# How many staged rows are applied at once: few where they are simply inserted, so that little is left to do when
# the file ends; many where each time the posts are searched for them.
COPY_ROWS = 10_000
INSERT_ROWS = 50_000
SEARCH_ROWS = 200_000
MOST_WAITING = 16
# The reading thread hands Python over after so many seconds. With the usual 5 ms the sending thread, which needs
# it for a moment between two pieces, spent two thirds of its time waiting.
SWITCH_SECONDS = 0.0005
MANY = 50_000
PLACES = {name: PostRow._fields.index(name) for name in sql.COLUMNS if name != "is_exact"}
PRECISION = PostRow._fields.index("precision")


class PostgresPosts:
    """Writes the posts of one file. `write` must run inside a transaction."""

    def prepare(self, open_rows: OpenRows, *, tell: Tell) -> None:
        """Nothing yet: the rows are read while they are written."""
        self._open, self._tell = open_rows, tell

    def write(self, plan: Pass, route: Route, stamp: Stamp) -> Tally:
        """Store the file; raises Restart when an assumption of the plan turns out wrong."""
        values = {**asdict(stamp), "as_of": plan.as_of, "older": int(plan.older)}
        one_import_at_a_time(stamp.brand)
        tally = Tally()
        sender = Sender(values, tally)
        with sender:
            _Pass(plan, route, sender, tally, self._tell).run(self._open())
        return tally

    def discard(self) -> None:
        """Nothing was put aside."""

    def settle(self, tally: Tally) -> None:
        """Tell the planner of many new posts, as the server would within minutes; call it after the commit."""
        if tally.created >= MANY:
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE analytics_post (channel_id, external_id, published_at)")


def one_import_at_a_time(brand_id: int) -> None:
    """Imports of a brand wait for each other, so that a post is looked for and added by one of them.

    Nothing to do on SQLite, where only one transaction writes at a time.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('analytics_post'), %s)", [brand_id])


class _Pass:
    def __init__(self, plan: Pass, route: Route, sender: "Sender", tally: Tally, tell: Tell) -> None:
        self.plan, self.route, self.sender, self.tally, self.tell = plan, route, sender, tally, tell
        self.channels: dict[tuple[str, str, str], int | None] = {}
        self.keys = Keys()
        self.left = dict(plan.repeated)

    def run(self, reader: Reader) -> None:
        one_by_one = self.plan.careful or self.plan.repeated
        pieces = chunks(reader, self.tally, careful=True) if one_by_one else reader.blocks(CHUNK_ROWS)
        try:
            for piece in pieces:
                self._take(piece)
            if not self.plan.repeated:
                self._restart_if_repeated()
            self.sender.close()
        except errors.UniqueViolation:
            if self.plan.repeated:
                raise
            raise Restart(counting=True) from None
        except psycopg2.DataError:
            if one_by_one:
                raise
            raise Restart(careful=True) from None

    def _restart_if_repeated(self) -> None:
        if repeated := self.keys.repeated():
            raise Restart(repeated=repeated, counting=False)

    def _take(self, piece: list[PostRow] | TextBlock) -> None:
        for account, block in _by_account(piece).items():
            channel = self._channel(account)
            if channel is None:
                self.tally.leave_out(account[1], _count(block))
                continue
            if self.plan.repeated:
                block = self.keys.last_ones(channel, block, self.left, self.tally)
            else:
                self.keys.add(channel, _numbers(block))
            if block and not self.plan.counting:
                self.sender.send(channel, block)
        self.tell(self.tally.staged)

    def _channel(self, account: tuple[str, str, str]) -> int | None:
        if account not in self.channels:
            self.sender.wait()  # the connection is ours again
            channel = self.channels[account] = self.route(*account)
            if channel is not None:
                self.sender.know(channel)
        return self.channels[account]


def _by_account(piece: list[PostRow] | TextBlock) -> dict[tuple[str, str, str], Any]:
    if isinstance(piece, TextBlock):
        return {(piece.platform, piece.account, ""): piece}
    return by_account(piece)


def _numbers(piece: list[PostRow] | TextBlock) -> Sequence[str]:
    return piece.columns["external_id"] if isinstance(piece, TextBlock) else numbers(piece)


def _count(piece: list[PostRow] | TextBlock) -> int:
    return piece.rows if isinstance(piece, TextBlock) else len(piece)


class Sender:
    """Turns rows into text here; sends and applies them in a thread, while the driver lets go of Python."""

    def __init__(self, values: dict[str, object], tally: Tally) -> None:
        self._values, self._tally = values, tally
        self._fresh: dict[int, bool] = {}
        self._threads = ThreadPoolExecutor(1, thread_name_prefix="copy")
        self._waiting: deque[Future] = deque()
        self._staged = self._collected = 0
        self._command = ""
        self._texts: list[str] = []
        self._cursor = connection.connection.cursor()
        self._usual_switch = sys.getswitchinterval()

    def __enter__(self) -> "Sender":
        sys.setswitchinterval(SWITCH_SECONDS)
        for table in (sql.STAGE, sql.DIFF, sql.MERGED):
            self._cursor.execute(sql.drop(table))
        self._cursor.execute(sql.create_stage(D))
        # Enough to sort or hash SEARCH_ROWS rows without going to disk, for this transaction only.
        self._cursor.execute("SET LOCAL work_mem = '128MB'")
        return self

    def __exit__(self, *error: object) -> None:
        """Wait for what is under way before the transaction is ended by its owner."""
        self._threads.shutdown(wait=True, cancel_futures=True)
        sys.setswitchinterval(self._usual_switch)
        if error[0] is None:
            for table in (sql.STAGE, sql.DIFF, sql.MERGED):
                self._cursor.execute(sql.drop(table))
        self._cursor.close()

    def know(self, channel: int) -> None:
        """A channel without posts needs no search for what is stored."""
        if channel not in self._fresh:
            self._fresh[channel] = not Post.objects.filter(channel=channel).exists()

    def send(self, channel: int, block: list[PostRow] | TextBlock) -> None:
        if isinstance(block, TextBlock):
            self._collect(*render_block(channel, block), block.rows)
            return
        precisions = set(map(itemgetter(PRECISION), block))
        for precision in precisions:
            alike = block if len(precisions) == 1 else [row for row in block if row.precision == precision]
            self._collect(*render(channel, alike, exact=precision == "exact"), len(alike))

    def _collect(self, command: str, text: str, count: int) -> None:
        """Small pieces of one shape go together."""
        if command != self._command or self._collected >= COPY_ROWS:
            self._flush()
        self._command = command
        self._texts.append(text)
        self._collected += count
        self._tally.staged += count

    def _flush(self) -> None:
        if self._texts:
            command, texts, count = self._command, self._texts, self._collected
            self._submit(lambda: self._copy(command, texts, count))
            self._texts, self._collected = [], 0
        while len(self._waiting) > MOST_WAITING:
            self._waiting.popleft().result()

    def wait(self) -> None:
        self._flush()
        while self._waiting:
            self._waiting.popleft().result()

    def close(self) -> None:
        self._flush()
        self._submit(self._apply)
        self.wait()

    def _submit(self, work: Callable[[], None]) -> None:
        self._waiting.append(self._threads.submit(work))

    def _copy(self, command: str, texts: list[str], count: int) -> None:
        self._cursor.copy_expert(command, io.BytesIO("".join(texts).encode("utf-8", "replace")), 1 << 20)
        self._staged += count
        if self._staged >= (INSERT_ROWS if all(self._fresh.values()) else SEARCH_ROWS):
            self._apply()

    def _apply(self) -> None:
        if not self._staged:
            return
        self._cursor.execute(sql.weeks_of_all(D))
        staged = self._cursor.fetchall()
        self._tally.saw((row[0], row[2], row[3]) for row in staged)
        if all(self._fresh.values()):
            self._cursor.execute(sql.insert_all(D), self._values)
            self._tally.created += self._cursor.rowcount
            self._tally.touched(row[:2] for row in staged)
        else:
            self._upsert()
        self._cursor.execute(f"TRUNCATE {sql.STAGE}")
        self._staged = 0

    def _upsert(self) -> None:
        self._search()
        if self._one(f"SELECT EXISTS (SELECT FROM {sql.DIFF} WHERE id IS NOT NULL)")[0]:
            self._change()
        if self._one(f"SELECT EXISTS (SELECT FROM {sql.DIFF} WHERE id IS NULL)")[0]:
            self._touched(sql.weeks_of_new(D))
            self._cursor.execute(sql.insert_new(D), self._values)
            self._tally.created += self._cursor.rowcount
        self._cursor.execute(sql.drop(sql.DIFF))

    def _search(self) -> None:
        """Look the staged posts up by their index: its pages are in memory, which the planner does not expect.

        Right after a large import the planner thinks the table small and might search all of a channel for each
        row; then the whole table is read once instead.
        """
        stale = self._one(
            "SELECT relpages * 1.5 + 100 < pg_relation_size(oid) / 8192"
            " FROM pg_class WHERE oid = 'analytics_post'::regclass"
        )[0]
        unwanted = "enable_nestloop" if stale else "enable_hashjoin"
        self._cursor.execute(f"SET LOCAL {unwanted} = off; SET LOCAL random_page_cost = 1.1")
        self._cursor.execute(sql.find_differences(D), self._values)
        self._cursor.execute(f"SET LOCAL {unwanted} = on")

    def _change(self) -> None:
        self._cursor.execute(f"ANALYZE {sql.DIFF}")
        self._cursor.execute(sql.merge(D), self._values)
        self._cursor.execute(sql.keep_history())
        self._cursor.execute(sql.update(D), self._values)
        changed, kept, rose, fell = self._one(sql.count_changes())
        tally = self._tally
        tally.updated += changed
        tally.kept += kept
        tally.rose += rose
        tally.fell += fell
        self._touched(sql.weeks_of_changed(D))
        self._cursor.execute(sql.drop(sql.MERGED))

    def _touched(self, query: str) -> None:
        self._cursor.execute(query)
        self._tally.touched(self._cursor.fetchall())

    def _one(self, query: str) -> tuple:
        self._cursor.execute(query)
        return self._cursor.fetchone()


def render(channel: int, rows: list[PostRow], *, exact: bool) -> tuple[str, str]:
    """The COPY command for these rows and its text; figures that none of them has are left out."""
    absent = _absent(rows)
    present = [name for name in PLACES if name not in absent]
    shape = f"{channel},{exact}," + ",".join(QUOTED_MARK if name in QUOTED else "%s" for name in present) + "\n"
    pick = itemgetter(*(PLACES[name] for name in present))
    text = _text(shape, map(pick, rows))
    if not _is_clean(text, len(rows) * sum(name in QUOTED for name in present)):
        text = _text(shape, (tuple(map(_clean, values)) for values in map(pick, rows)))
    return _copy_command(present, "NULL 'None'"), text


def render_block(channel: int, block: TextBlock) -> tuple[str, str]:
    """The same for columns that are text already: empty counts are NULL, empty words are not."""
    columns = dict(block.columns)
    wrapped = [name for name in ("external_id", "text", "permalink") if name in columns]
    for name in wrapped:
        columns[name] = [f"{QUOTE}{value}{QUOTE}" for value in columns[name]]
    lines = _lines(channel, columns)
    if not _is_clean(lines, block.rows * len(wrapped)):
        for name in wrapped:
            columns[name] = [f"{QUOTE}{_clean(value)}{QUOTE}" for value in block.columns[name]]
        lines = _lines(channel, columns)
    words = ", ".join(name for name in columns if name in QUOTED)
    return _copy_command(list(columns), f"NULL '', FORCE_NOT_NULL ({words})"), lines


def _lines(channel: int, columns: dict[str, Sequence[str]]) -> str:
    start = f"{channel},t,"
    return start + f"\n{start}".join(map(",".join, zip(*columns.values(), strict=True))) + "\n"


def _text(shape: str, rows: Iterable[tuple]) -> str:
    return "".join(map(str.__mod__, repeat(shape), rows))


def _is_clean(text: str, quoted: int) -> bool:
    return text.count(QUOTE) == 2 * quoted and "\x00" not in text


def _clean(value: object) -> object:
    return value.translate(FORBIDDEN) if isinstance(value, str) else value


def _copy_command(columns: list[str], null: str) -> str:
    names = ", ".join(["channel_id", "is_exact", *columns])
    return f"COPY {sql.STAGE} ({names}) FROM STDIN WITH (FORMAT csv, QUOTE E'\\x01', {null})"


def _absent(rows: list[PostRow]) -> set[str]:
    """The figures that are None in all of these rows: guessed from the first one, then made sure."""
    guess = [name for name in (*sql.METRICS, "as_of") if rows[0][PLACES[name]] is None]
    if len(guess) < 2:
        return set()
    found = set(map(itemgetter(*(PLACES[name] for name in guess)), rows))
    return set(guess) if len(found) == 1 else set()
