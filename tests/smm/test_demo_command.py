"""The command: where it may run, and what it does when the load was interrupted or the name is taken."""

from datetime import date

import pytest
from django.core.management import CommandError, call_command

from accounts import services
from accounts.errors import AppError
from accounts.models import Agency, AuditEvent, Brand, BrandRole
from accounts.scoping import brands_in_scope
from smm.demo import people
from smm.demo.load import load
from smm.demo.plan import AGENCY
from strategy.models import Channel

TODAY = date(2026, 11, 23)


def test_it_is_refused_on_servers_unless_forced(settings, db):
    settings.EMBEDDED = settings.DEBUG = False
    with pytest.raises(CommandError, match="--force"):
        call_command("load_demo")
    assert not Agency.objects.exists()


def test_an_agency_of_the_same_name_is_left_alone(db):
    services.add_agency(name=AGENCY, owner_email="somebody@elsewhere.example", password="long enough a word")
    with pytest.raises(AppError, match="Nothing was changed"):
        load(today=TODAY)
    assert Brand.objects.count() == 0


def test_an_interrupted_load_goes_on_with_its_own_day(db):
    agency, day = people.begin(TODAY)
    assert people.begin(date(2027, 1, 1)) == (agency, day) == (agency, TODAY)
    people.add_brands(agency)
    before = rows()
    people.add_brands(agency)
    assert rows() == before
    assert not people.is_loaded(agency)


def test_a_day_that_is_none_is_refused_by_name():
    with pytest.raises(CommandError, match="is not a day"):
        call_command("load_demo", "--today", "yesterday")


def rows() -> list[int]:
    with brands_in_scope(*Brand.objects.values_list("pk", flat=True)):
        return [model.objects.count() for model in (Agency, Brand, BrandRole, Channel, AuditEvent)]
