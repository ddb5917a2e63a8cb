"""Stores the posts of a file by number: new ones are added, newer figures win, and nothing known is erased.

PostgreSQL takes the rows by COPY while the file is still being read; SQLite stages them in a temporary table
first, so that its one write lock is held only while they are applied. Both run the same statements.
"""

from django.db import connection

from analytics.services.storage.plan import Pass, Restart, Route, Tally
from analytics.services.storage.postgres import PostgresPosts
from analytics.services.storage.sqlite import SqlitePosts


def posts_writer(*, brand_id: int, file_id: int) -> PostgresPosts | SqlitePosts:
    """The writer for the database in use: `prepare(open_rows)` outside, `write(...)` inside a transaction."""
    writer = PostgresPosts if connection.vendor == "postgresql" else SqlitePosts
    return writer(brand_id=brand_id, file_id=file_id)


__all__ = ["Pass", "PostgresPosts", "Restart", "Route", "SqlitePosts", "Tally", "posts_writer"]
