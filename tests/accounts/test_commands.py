"""add_agency and add_brand, as scripts call them."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from accounts.models import AuditEvent, Brand, Membership, User


def run(*args) -> dict:
    out = StringIO()
    call_command(*args, "--json", stdout=out)
    return json.loads(out.getvalue())


def refuse(*args) -> CommandError:
    with pytest.raises(CommandError) as caught:
        call_command(*args)
    return caught.value


def test_an_agency_gets_an_owner_who_can_sign_in(db, client):
    answer = run("add_agency", "Nord", "--owner", "Ada@Nord.example", "--password", "long enough 1")
    assert answer == {"agency": "Nord", "owner": "ada@nord.example", "new_person": True}
    assert Membership.objects.get().is_owner
    assert User.objects.get().check_password("long enough 1")
    assert AuditEvent.objects.get().action == "agency.added"


def test_without_a_password_one_is_made_and_printed_once(db):
    answer = run("add_agency", "Nord", "--owner", "ada@nord.example")
    assert User.objects.get().check_password(answer["password"])


def test_a_known_persons_password_is_left_alone(cast):
    answer = run("add_agency", "Third", "--owner", "ada@nord.example", "--password", "something else 2")
    assert answer["new_person"] is False
    assert not User.objects.get(email="ada@nord.example").check_password("something else 2")


def test_a_brand_is_added_with_its_zone_and_currency(cast):
    answer = run(
        *("add_brand", "luna", "--agency", "nord", "--name", "Luna"),
        *("--time-zone", "America/New_York", "--currency", "usd"),
    )
    assert answer["currency"] == "USD"
    assert Brand.objects.get(slug="luna").time_zone == "America/New_York"


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ({"--time-zone": "Rome"}, "Rome"),
        ({"--currency": "EURO"}, "EURO"),
        ({"--currency": "XQQ"}, "XQQ"),
        ({"--agency": "Nowhere"}, "add_agency"),
        ({"slug": "caffe-alba"}, "caffe-alba"),
        ({"slug": "caffè alba"}, "hyphens"),
        ({"--name": " "}, "name"),
    ],
)
def test_a_value_that_cannot_be_taken_is_named(cast, change, named):
    values = {"slug": "luna", "--agency": "Nord", "--name": "Luna", "--time-zone": "UTC", "--currency": "EUR"}
    values.update(change)
    slug = values.pop("slug")
    error = refuse("add_brand", slug, *[text for pair in values.items() for text in pair])
    assert named in str(error)
    assert error.returncode == 2
    assert not Brand.objects.filter(name="Luna").exists()


@pytest.mark.parametrize("email", ["ada", "", "ada@", "@nord.example"])
def test_an_owner_needs_a_real_address(db, email):
    assert "e-mail" in str(refuse("add_agency", "Nord", "--owner", email))
