"""Empty tables that stand before the stored ones, so that imports can be done again without touching anything.

While a shadow is down, the names of the tables that an import writes mean temporary tables of this connection
alone, on PostgreSQL and on SQLite: both look among temporary tables first. The very code that imports fills them.
Lifting the shadow renames them, so that what was stored and what came of the replay lie side by side.
"""

import re
from collections.abc import Iterable
from itertools import chain

from django.db import connection, models

from analytics.models import (
    ChannelDay,
    Conversion,
    ImportFile,
    KpiChange,
    PlannedPost,
    Post,
    PostMetrics,
    RejectedRow,
    Spend,
    StaleWeek,
)

# What storing a file writes. A new kind of import that writes another table names it here.
WRITTEN: tuple[type[models.Model], ...] = (
    *(Post, PostMetrics, ChannelDay, Spend, Conversion, PlannedPost),
    *(RejectedRow, StaleWeek, KpiChange, ImportFile),
)
# What can be set aside, and how its rows are looked up.
COMPARED: dict[type[models.Model], tuple[str, ...]] = {
    Post: ("channel_id", "external_id"),
    ChannelDay: ("channel_id", "external_id", "figure", "day"),
    Spend: ("brand_id", "row_key"),
    Conversion: ("brand_id", "row_key"),
    PlannedPost: ("brand_id", "row_key"),
}
_REFERENCES = re.compile(r'\s+REFERENCES\s+"[^"]+"\s*\("[^"]+"\)(\s+DEFERRABLE INITIALLY DEFERRED)?')


class Shadow:
    """`down` hides the stored tables, `clear` empties those before them, `keep` sets one aside, `lift` ends it."""

    def __init__(self) -> None:
        self._is_postgres = connection.vendor == "postgresql"
        self._schema = "main"
        self._extras: set[str] = set()

    def __enter__(self) -> "Shadow":
        if self._is_postgres:
            self._schema = self._ask(
                "SELECT quote_ident(nspname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                " WHERE c.oid = 'analytics_post'::regclass"
            )[0][0]
        self._drop()  # what a worker that was stopped has left on this connection
        return self

    def __exit__(self, *error: object) -> None:
        # Inside a transaction that is to be rolled back the tables go with it, and nothing else may be asked.
        if not (error[0] and self._is_postgres):
            self._drop()

    def stored(self, model: type[models.Model]) -> str:
        """The table of what is stored, whether it is hidden or not."""
        return f'{self._schema}."{model._meta.db_table}"'

    def replayed(self, model: type[models.Model]) -> str:
        """The table of what came of the replay, once the shadow is lifted."""
        return f"replayed_{model._meta.db_table}"

    def copied(self, model: type[models.Model]) -> str:
        """The table that `copy` set aside."""
        return f"copied_{model._meta.db_table}"

    def copy(self) -> None:
        """Set what was replayed so far aside, to be compared with what comes of the rest."""
        for model, keys in COMPARED.items():
            name = self.copied(model)
            self.keep(name, f'SELECT * FROM "{model._meta.db_table}"')
            self.index(name, keys)

    def down(self) -> None:
        """Hide the stored tables behind empty ones."""
        self._drop()
        for model in WRITTEN:
            for statement in self._like(model._meta.db_table):
                self._run(statement)

    def clear(self) -> None:
        """Forget what was replayed so far."""
        for model in WRITTEN:
            self._run(f'DELETE FROM "{model._meta.db_table}"')

    def keep(self, name: str, query: str, *, once: str = "") -> None:
        """Set the result of a query aside under a name; rows that add to it must differ in the columns `once`."""
        if name in self._extras:
            self._run(f"INSERT INTO {name} {query} EXCEPT SELECT {once} FROM {name}")
            return
        self._extras.add(name)
        end = " ON COMMIT DROP" if self._is_postgres else ""
        self._run(f"CREATE TEMPORARY TABLE {name}{end} AS {query}")

    def index(self, name: str, columns: Iterable[str]) -> None:
        """Let rows of a table that was set aside be found by these columns."""
        place = "" if self._is_postgres else "temp."
        self._run(f"CREATE INDEX {place}by_{name} ON {name} ({', '.join(columns)})")
        self.settle(name)

    def settle(self, name: str) -> None:
        """Tell PostgreSQL's planner how large a temporary table has become."""
        if self._is_postgres:
            self._run(f"ANALYZE {name}")

    def lift(self) -> None:
        """Let the names mean the stored tables again."""
        for model in WRITTEN:
            self._run(f'ALTER TABLE "{model._meta.db_table}" RENAME TO {self.replayed(model)}')

    def _like(self, table: str) -> list[str]:
        if self._is_postgres:
            return [
                f'CREATE TEMPORARY TABLE "{table}" (LIKE {self._schema}."{table}" INCLUDING DEFAULTS'
                " INCLUDING IDENTITY INCLUDING INDEXES INCLUDING CONSTRAINTS) ON COMMIT DROP"
            ]
        found = self._ask(
            "SELECT type, sql FROM main.sqlite_master WHERE tbl_name = %s AND sql IS NOT NULL"
            " ORDER BY type = 'index'",
            [table],
        )
        return [_temporary(kind, text) for kind, text in found]

    def _drop(self) -> None:
        tables = chain.from_iterable((model._meta.db_table, self.replayed(model)) for model in WRITTEN)
        place = "pg_temp" if self._is_postgres else "temp"
        for table in [*tables, *self._extras]:
            self._run(f'DROP TABLE IF EXISTS {place}."{table}"')
        self._extras.clear()

    def _run(self, query: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(query)

    def _ask(self, query: str, values: list[str] | None = None) -> list[tuple]:
        with connection.cursor() as cursor:
            cursor.execute(query, values)
            return cursor.fetchall()


def _temporary(kind: str, text: str) -> str:
    """The statement that made a table or an index of SQLite, as one that makes a temporary one alone."""
    if kind == "table":
        return _REFERENCES.sub("", re.sub(r"^CREATE TABLE", "CREATE TEMPORARY TABLE", text, count=1))
    return re.sub(r'^CREATE (UNIQUE )?INDEX "', r'CREATE \1INDEX temp."', text, count=1)


__all__ = ["COMPARED", "WRITTEN", "Shadow"]
