"""Founds the demo agency through the services that the commands use, and remembers how far the load came."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import audit, services
from accounts.errors import AppError, register_messages
from accounts.models import Agency, AuditEvent, Brand, Role, User
from accounts.scoping import brands_in_scope
from smm.demo.brands import BRANDS
from smm.demo.plan import AGENCY, PASSWORD, PEOPLE, Demo, Person
from strategy.models import Channel

BEGUN, DONE = "demo.begun", "demo.loaded"
register_messages(
    {
        "demo_name_taken": _(
            "There is an agency called “%(agency)s” that the demo did not found. Nothing was changed."
        )
    }
)


def begin(today: date) -> tuple[Agency, date]:
    """The demo agency and the day its history ends by; a load that was interrupted goes on with its own day."""
    agency = Agency.objects.filter(name=AGENCY).first()
    if agency is None:
        return _found(today), today
    begun = AuditEvent.objects.filter(agency=agency, action=BEGUN).first()
    if begun is None:
        raise AppError("demo_name_taken", agency=AGENCY)
    return agency, date.fromisoformat(begun.after["today"])


@transaction.atomic
def _found(today: date) -> Agency:
    owner = next(person for person in PEOPLE if person.job == "owner")
    services.get_or_add_user(owner.email, password=PASSWORD, name=owner.name, language=owner.language)
    agency, _owner, _is_new = services.add_agency(name=AGENCY, owner_email=owner.email)
    audit.record(BEGUN, agency, by=None, agency=agency, after={"today": today.isoformat()})
    return agency


def is_loaded(agency: Agency | None) -> bool:
    return agency is not None and AuditEvent.objects.filter(agency=agency, action=DONE).exists()


def end(agency: Agency, counts: dict[str, Any]) -> None:
    audit.record(DONE, agency, by=None, agency=agency, after=counts)


def add_brands(agency: Agency) -> dict[str, Brand]:
    """The three brands by address, with their channels; what is there already is left as it is."""
    brands = {demo.slug: _brand(agency, demo) for demo in BRANDS}
    for person in PEOPLE:
        user, _is_new = services.get_or_add_user(
            person.email, password=PASSWORD, name=person.name, language=person.language
        )
        _give_roles(person, user, brands)
    return brands


def _brand(agency: Agency, demo: Demo) -> Brand:
    brand = agency.brands.filter(slug=demo.slug).first() or services.add_brand(
        agency=agency, slug=demo.slug, name=demo.name, time_zone=demo.time_zone, currency=demo.currency
    )
    languages = {language for account in demo.accounts for language in account.languages}
    brand.languages, brand.tone_of_voice, brand.sector = sorted(languages), demo.tone, demo.sector
    brand.save(update_fields=["languages", "tone_of_voice", "sector"])
    with brands_in_scope(brand.pk):
        for account in demo.accounts:
            Channel.objects.get_or_create(
                brand=brand,
                platform=account.platform,
                handle=account.handle,
                defaults={"name": account.name, "external_id": account.number, "time_zone": account.time_zone},
            )
    return brand


def _give_roles(person: Person, user: User, brands: dict[str, Brand]) -> None:
    for slug in person.brands:
        services.give_role(user=user, brand=brands[slug], role=Role(person.job))
