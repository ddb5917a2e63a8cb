"""Compares what is stored with what came of a replay, row by row, and makes the stored rows equal.

Rows are known by what tells them apart for an import, never by their numbers: a row that is there on both sides
keeps the number it has, so that whatever refers to it goes on doing so.
"""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import Any

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from accounts.errors import AppError, register_messages
from analytics.models import METRICS, ChannelDay, Conversion, PlannedPost, Post, PostMetrics, Spend
from analytics.services.replays.shadow import Shadow
from analytics.services.storage import statements
from analytics.services.storage.plan import FIRST_MONDAY

NAMED_POSTS, NAMED_DAYS, FILES = "replay_posts", "replay_days", "replay_files"
AT_ONCE = 500
register_messages(
    {"rows_in_use": _("%(count)s rows that would vanish are in use elsewhere (%(uses)s). Nothing was changed.")}
)


@dataclass(frozen=True)
class Table:
    """A table that imports write: what tells its rows apart, and which of their columns people see.

    A replay speaks for the rows that `named` (a table of keys) lists, or for those that meet `condition` on alias
    x. Columns in `own` differ from one writing to the next, or are numbers of the table itself.
    """

    model: type[models.Model]
    key: tuple[str, ...]
    shown: tuple[str, ...]
    named: str = ""
    condition: str = "true"
    own: tuple[str, ...] = ("id",)

    @property
    def diff(self) -> str:
        return f"diff_{self.model._meta.db_table}"

    @property
    def columns(self) -> list[str]:
        return [f'"{f.column}"' for f in self.model._meta.concrete_fields if f.column != "id"]

    @property
    def compared(self) -> list[str]:
        names = [field.column for field in self.model._meta.concrete_fields]
        return [f'"{name}"' for name in names if name not in self.own and name not in self.key]

    def same(self, one: str, other: str) -> str:
        """Whether two aliases are of one row."""
        return " AND ".join(f"{one}.{name} = {other}.{name}" for name in self.key)

    def rows(self, table: str) -> str:
        """The rows of `table` that the replay speaks for, as alias x."""
        if self.named:
            return f"{self.named} n JOIN {table} x ON {self.same('n', 'x')}"
        return f"{table} x"


STAMPS = ("id", "created_at", "updated_at")
OF_FILES = f"x.row_key <> '' AND x.file_id IN (SELECT id FROM {FILES})"
POSTS = Table(Post, ("channel_id", "external_id"), (*statements.DESCRIBED, *METRICS), named=NAMED_POSTS)
DAYS = Table(ChannelDay, ("channel_id", "external_id", "figure", "day"), ("value",), named=NAMED_DAYS)
COSTS = Table(Spend, ("brand_id", "row_key"), ("amount", "currency"), condition=OF_FILES, own=STAMPS)
CONVERSIONS = Table(
    Conversion, ("brand_id", "row_key"), ("sessions", "count", "value"), condition=OF_FILES, own=STAMPS
)
PLANNED = Table(PlannedPost, ("brand_id", "row_key"), ("at", "text"), condition=OF_FILES, own=STAMPS)
TABLES = {"posts": POSTS, "days": DAYS, "costs": COSTS, "conversions": CONVERSIONS, "planned": PLANNED}


@dataclass
class Count:
    """How many rows come, go, or read differently."""

    added: int = 0
    removed: int = 0
    changed: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


class Differences:
    """What sets the stored rows apart from the replayed ones; the shadow must be lifted.

    `before` names the tables to compare with where those are not what is stored; then nothing can be applied.
    """

    def __init__(self, shadow: Shadow, *, before: Callable[[type[models.Model]], str] | None = None) -> None:
        self._shadow, self._before = shadow, before or shadow.stored
        self._dialect = statements.POSTGRES if connection.vendor == "postgresql" else statements.SQLITE

    def find(self) -> None:
        """Look for them; nothing is changed."""
        self._shadow.index(NAMED_POSTS, POSTS.key)
        self._shadow.index(NAMED_DAYS, DAYS.key)
        for model in (Post, PostMetrics, ChannelDay, Spend, Conversion, PlannedPost):
            self._shadow.settle(self._shadow.replayed(model))
        for table in TABLES.values():
            self._shadow.keep(table.diff, self._difference(table))
            self._shadow.settle(table.diff)

    def _difference(self, table: Table) -> str:
        stored, replayed = self._tables(table)
        differs = " OR ".join(f"x.{name} {self._dialect.differs} o.{name}" for name in table.compared)
        return f"""
            SELECT x.id AS stored, o.id AS replayed
            FROM {table.rows(stored)} LEFT JOIN {replayed} o ON {table.same("x", "o")}
            WHERE {table.condition} AND (o.id IS NULL OR {differs})
            UNION ALL SELECT o.id, x.id
            FROM {table.rows(replayed)} LEFT JOIN {stored} o ON {table.same("x", "o")}
            WHERE {table.condition} AND o.id IS NULL"""

    def _tables(self, table: Table) -> tuple[str, str]:
        return self._before(table.model), self._shadow.replayed(table.model)

    # --- what they are -----------------------------------------------------------------------------------------

    def counts(self) -> dict[str, Any]:
        """By table the rows that come, go or read differently, and how many single figures of posts differ."""
        told = {name: asdict(self._count(table)) for name, table in TABLES.items()}
        return told | {"figures": self._figures()}

    def _both(self, table: Table) -> str:
        stored, replayed = self._tables(table)
        return (
            f"{table.diff} d LEFT JOIN {stored} s ON s.id = d.stored LEFT JOIN {replayed} r ON r.id = d.replayed"
        )

    def _seen(self, table: Table) -> str:
        """Whether a row that is on both sides reads differently."""
        return "(" + " OR ".join(f"s.{name} {self._dialect.differs} r.{name}" for name in table.shown) + ")"

    def _count(self, table: Table) -> Count:
        [found] = self._ask(
            f"""
            SELECT count(*) FILTER (WHERE d.stored IS NULL), count(*) FILTER (WHERE d.replayed IS NULL),
                count(*) FILTER (WHERE d.stored IS NOT NULL AND d.replayed IS NOT NULL AND {self._seen(table)})
            FROM {self._both(table)}"""
        )
        return Count(*found)

    def _figures(self) -> int:
        each = " + ".join(f"CASE WHEN s.{m} {self._dialect.differs} r.{m} THEN 1 ELSE 0 END" for m in METRICS)
        both = "d.stored IS NOT NULL AND d.replayed IS NOT NULL"
        return self._ask(f"SELECT COALESCE(sum({each}), 0) FROM {self._both(POSTS)} WHERE {both}")[0][0]

    def weeks(self) -> dict[int, set[date]]:
        """By channel the UTC weeks whose posts differ, before and after."""
        stored, replayed = self._tables(POSTS)
        week = self._dialect.week_of("p.published_at")
        found: dict[int, set[date]] = {}
        for side, table in (("stored", stored), ("replayed", replayed)):
            told = f"SELECT DISTINCT p.channel_id, {week} FROM {POSTS.diff} d JOIN {table} p ON p.id = d.{side}"
            for channel, number in self._ask(told):
                found.setdefault(channel, set()).add(FIRST_MONDAY + timedelta(weeks=number))
        return found

    def rows(self, table: Table, columns: tuple[str, ...], most: int) -> Iterator[tuple[dict | None, dict | None]]:
        """Rows that people see differ, each as it is stored and as it was replayed; None where a side lacks it."""
        told = ", ".join(f"s.{name}, r.{name}" for name in columns)
        seen = f"d.stored IS NULL OR d.replayed IS NULL OR {self._seen(table)}"
        found = self._ask(
            f"SELECT d.stored, d.replayed, {told} FROM {self._both(table)} WHERE {seen} LIMIT {most}"
        )
        for stored, replayed, *values in found:
            before = dict(zip(columns, values[::2], strict=True)) if stored is not None else None
            after = dict(zip(columns, values[1::2], strict=True)) if replayed is not None else None
            yield before, after

    # --- making the stored rows equal --------------------------------------------------------------------------

    def apply(self) -> None:
        """Make the stored rows what the replayed ones are."""
        for table in TABLES.values():
            self._let_go(table)
            self._make_equal(table)
        self._make_history_equal()

    def _make_equal(self, table: Table) -> None:
        stored, replayed = self._tables(table)
        names = ", ".join(table.columns)
        values = ", ".join(
            f"{name} = r.{name}" for name in table.columns if name != '"created_at"' or len(table.own) == 1
        )
        self._run(f"DELETE FROM {stored} WHERE id IN (SELECT stored FROM {table.diff} WHERE replayed IS NULL)")
        self._run(
            f"UPDATE {stored} AS s SET {values} FROM {table.diff} d JOIN {replayed} r ON r.id = d.replayed"
            " WHERE s.id = d.stored"
        )
        self._run(
            f"INSERT INTO {stored} ({names}) SELECT {', '.join(f'r.{name}' for name in table.columns)}"
            f" FROM {table.diff} d JOIN {replayed} r ON r.id = d.replayed WHERE d.stored IS NULL ORDER BY r.id"
        )

    def _make_history_equal(self) -> None:
        """The earlier figures of the posts that the replay speaks for."""
        posts, again = self._tables(POSTS)
        kept, told = self._shadow.stored(PostMetrics), self._shadow.replayed(PostMetrics)
        same = " AND ".join(f"NOT (r.{m} {self._dialect.differs} m.{m})" for m in ("as_of", *METRICS))
        known = f"{NAMED_POSTS} n JOIN {posts} p ON {POSTS.same('n', 'p')}"
        twin = f"JOIN {again} t ON {POSTS.same('n', 't')}"
        self._run(
            f"DELETE FROM {kept} WHERE id IN (SELECT m.id FROM {known} JOIN {kept} m ON m.post_id = p.id {twin}"
            f" LEFT JOIN {told} r ON r.post_id = t.id AND {same} WHERE r.id IS NULL)"
        )
        names = ", ".join(f"r.{name}" for name in ("as_of", *METRICS))
        self._run(
            f"INSERT INTO {kept} (post_id, as_of, {', '.join(METRICS)})"
            f" SELECT p.id, {names} FROM {known} {twin} JOIN {told} r ON r.post_id = t.id"
            f" WHERE NOT EXISTS (SELECT 1 FROM {kept} m WHERE m.post_id = p.id AND m.as_of = r.as_of)"
        )

    def _let_go(self, table: Table) -> None:
        """What refers to rows that vanish is told so, as its model wants it."""
        refer = [relation for relation in _relations(table.model) if self._is_used(relation)]
        if not refer:
            return
        gone = [row[0] for row in self._ask(f"SELECT stored FROM {table.diff} WHERE replayed IS NULL")]
        for start in range(0, len(gone), AT_ONCE):
            for relation in refer:
                _release(relation, gone[start : start + AT_ONCE])

    def _is_used(self, relation: Any) -> bool:
        return relation.related_model._base_manager.filter(**{f"{relation.field.name}__isnull": False}).exists()

    def _run(self, query: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(query)

    def _ask(self, query: str) -> list[tuple]:
        with connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchall()


def _relations(model: type[models.Model]) -> list[Any]:
    """Every key that leads to rows of this model."""
    found = model._meta.get_fields(include_hidden=True)
    return [field for field in found if field.auto_created and (field.one_to_many or field.one_to_one)]


def _release(relation: Any, numbers: list[int]) -> None:
    rows = relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": numbers})
    if relation.on_delete is models.SET_NULL:
        rows.update(**{relation.field.name: None})
    elif relation.on_delete is models.CASCADE:
        rows.delete()
    elif count := rows.count():
        raise AppError("rows_in_use", count=count, uses=str(relation.related_model._meta.verbose_name_plural))
