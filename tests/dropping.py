"""A test database is dropped although a session still holds on to it, and what held on is said."""

from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper

# Each time the server itself waits five seconds for sessions that it has told to end.
TRIES = 6
HOLDERS = """
SELECT backend_type, state, left(query, 80) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()
"""


def drop(connection: BaseDatabaseWrapper, name: str) -> list[tuple]:
    """Drop the database with whoever is in it; returns who was: kind of session, its state, its last query.

    The server's own cleaning may sit in a database when its tests are over, and a busy machine may need longer
    than the five seconds that a plain DROP DATABASE waits for it.
    """
    quoted = connection.ops.quote_name(name)
    with connection._nodb_cursor() as cursor:
        cursor.execute(HOLDERS, [name])
        holders = cursor.fetchall()
        for left in reversed(range(TRIES)):
            try:
                cursor.execute(f"DROP DATABASE {quoted} WITH (FORCE)")
                return holders
            except OperationalError:
                if not left:
                    raise
    return holders


def destroy(creation, name: str, verbosity: int) -> None:
    """In the place of what Django does with a test database on PostgreSQL."""
    creation.connection.close_pool()
    if holders := drop(creation.connection, name):
        print(f"\nstill in {name} when its tests were over: {holders}")  # noqa: T201
