"""Databases of tests go away for certain."""

from contextlib import closing

import psycopg2
import pytest
from django.db import connection

from tests import dropping

pytestmark = pytest.mark.skipif(connection.vendor != "postgresql", reason="only servers hold sessions")


@pytest.fixture
def spare(db):
    """A database of its own that nobody wants."""
    with connection._nodb_cursor() as cursor:
        name = f"spare_{connection.settings_dict['NAME']}"
        cursor.execute(f'CREATE DATABASE "{name}"')
    return name


def test_a_database_is_dropped_with_who_still_sits_in_it(spare):
    told = {**connection.get_connection_params(), "dbname": spare}
    told = {name: told[name] for name in ("dbname", "user", "password", "host", "port") if name in told}
    with closing(psycopg2.connect(**told)) as holder, holder.cursor() as cursor:
        cursor.execute("SELECT 41")
        found = dropping.drop(connection, spare)
        with pytest.raises(psycopg2.Error):
            cursor.execute("SELECT 42")
    assert ("client backend", "idle in transaction", "SELECT 41") in found
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_database WHERE datname = %s", [spare])
        assert cursor.fetchone() == (0,)
