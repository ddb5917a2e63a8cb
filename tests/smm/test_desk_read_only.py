"""A community manager asks every address of Timone in every way that could write; nothing of the work changes."""

import pytest
from django.apps import apps
from django.test import Client

from accounts.models import Receipt, User
from tests.access_table import make_rows
from tests.test_access import ADDRESSES, address, read_file

# A person's own matters: his language, his addresses, his session.
OWN = frozenset({"accounts.User", "sessions.Session", "account.EmailAddress"})
METHODS = ("post", "put", "patch", "delete")


def everything(*, but: frozenset[str] = frozenset()) -> dict[str, list[dict]]:
    """Every row of every table, whatever its brand."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.label not in but:
            rows = getattr(model, "across_brands", model._base_manager).order_by("pk").values()
            found[model._meta.label] = list(rows)
    return found


@pytest.mark.parametrize("method", METHODS)
def test_a_community_manager_writes_nothing_whatever_he_asks(cast, method):
    rows = make_rows(cast.brand, cast.bea)
    client = Client()
    before = everything(but=OWN)
    assert len(before) > 30 and before["strategy.HandedTask"]
    people = list(User.objects.exclude(pk=cast.carlo.pk).order_by("pk").values())
    for name in sorted(ADDRESSES):
        client.force_login(cast.carlo)  # some addresses sign him out
        answer = getattr(client, method)(address(name, cast.brand, rows))
        assert answer.status_code < 500, (name, method)
        read_file(answer)
    assert everything(but=OWN) == before
    assert list(User.objects.exclude(pk=cast.carlo.pk).order_by("pk").values()) == people


def test_reading_the_whole_desk_leaves_a_receipt_of_brief_and_crisis_plan_and_nothing_else(cast):
    rows = make_rows(cast.brand, cast.bea)
    client = Client()
    client.force_login(cast.carlo)
    apart = frozenset({"accounts.Receipt", "sessions.Session"})
    before = everything(but=apart)
    for name in [name for name in sorted(ADDRESSES) if name.startswith("desk")]:
        answer = client.get(address(name, cast.brand, rows))
        assert answer.status_code == 200, name
        read_file(answer)
    assert everything(but=apart) == before
    assert [receipt.user for receipt in Receipt.across_brands.all()] == [cast.carlo] * 2
