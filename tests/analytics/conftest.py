"""People who use the pages of analytics in tests."""

import pytest
from django.test import Client

from accounts import jobs
from accounts.scoping import brands_in_scope


@pytest.fixture
def bea(cast, monkeypatch) -> Client:
    monkeypatch.setattr(jobs.current_app, "send_task", lambda name, args: None)
    client = Client()
    client.force_login(cast.bea)
    with brands_in_scope(cast.brand.pk):
        yield client
