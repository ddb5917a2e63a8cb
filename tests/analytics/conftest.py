"""People who use the pages of analytics in tests, and installations with workers of their own."""

import os
import uuid
from collections.abc import Iterator
from contextlib import closing
from urllib.parse import urlsplit, urlunsplit

import psycopg2
import pytest
from django.test import Client

from accounts import jobs
from accounts.scoping import brands_in_scope
from tests.analytics import faults_kit
from tests.analytics.faults_kit import Installation


@pytest.fixture
def bea(cast, monkeypatch) -> Client:
    monkeypatch.setattr(jobs.current_app, "send_task", lambda name, args: None)
    client = Client()
    client.force_login(cast.bea)
    with brands_in_scope(cast.brand.pk):
        yield client


@pytest.fixture
def on_files(tmp_path) -> Iterator[Installation]:
    installation = faults_kit.on_files(tmp_path / "embedded")
    yield installation
    installation.close()


@pytest.fixture
def on_servers(tmp_path) -> Iterator[Installation]:
    """The servers of the tests; the database is one of its own."""
    server, broker = os.environ.get("TIMONE_TEST_POSTGRES"), os.environ.get("TIMONE_TEST_REDIS")
    if not server or not broker:
        pytest.skip("TIMONE_TEST_POSTGRES and TIMONE_TEST_REDIS name no servers")
    name = f"timone_faults_{uuid.uuid4().hex[:8]}"
    with closing(psycopg2.connect(server)) as owner:
        owner.autocommit = True
        owner.cursor().execute(f"CREATE DATABASE {name}")
        # Files of tests that run side by side do not take each other's messages.
        number = 10 + int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:]) % 6
        place = urlunsplit(urlsplit(broker)._replace(path=f"/{number}"))
        installation = faults_kit.on_servers(
            tmp_path / "servers", urlunsplit(urlsplit(server)._replace(path=f"/{name}")), place
        )
        yield installation
        installation.close()
        owner.cursor().execute(f"DROP DATABASE {name} WITH (FORCE)")
