"""Stores the posts of a file by number: new ones are added, newer figures win, and nothing known is erased.

PostgreSQL takes the rows by COPY while the file is still being read; SQLite stages them in a temporary table
first, so that its one write lock is held only while they are applied. Both run the same statements.
"""

from django.db import connection

from analytics.services.storage.plan import Pass, Restart, Route, Stamp, Tally
from analytics.services.storage.postgres import PostgresPosts, one_import_at_a_time
from analytics.services.storage.sqlite import SqlitePosts


def posts_writer() -> PostgresPosts | SqlitePosts:
    """The writer for the database in use: `prepare(...)` outside, `write(...)` inside a transaction."""
    return PostgresPosts() if connection.vendor == "postgresql" else SqlitePosts()


__all__ = [
    "Pass",
    "PostgresPosts",
    "Restart",
    "Route",
    "SqlitePosts",
    "Stamp",
    "Tally",
    "one_import_at_a_time",
    "posts_writer",
]
