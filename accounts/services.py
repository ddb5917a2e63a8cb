"""What changes agencies, brands and people."""

import re
import zoneinfo

from allauth.account.models import EmailAddress
from babel.numbers import list_currencies
from django.core.exceptions import ValidationError
from django.core.validators import validate_email, validate_slug
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import audit
from accounts.errors import InvalidInput, register_messages
from accounts.models import Agency, Brand, BrandRole, Membership, Role, Sector, User

register_messages(
    {
        "bad_email": _("“%(value)s” is not an e-mail address."),
        "bad_time_zone": _("“%(value)s” is not a time zone. Give a name such as Europe/Rome or UTC."),
        "bad_sector": _("“%(value)s” is not a sector. Use one of: %(known)s."),
        "bad_currency": _("“%(value)s” is not a currency. Give its three letters (ISO 4217), such as EUR or USD."),
        "bad_slug": _("“%(value)s” cannot be an address. Use lower-case letters, digits and hyphens."),
        "slug_taken": _("There is a brand with the address “%(value)s” already. Choose another one."),
        "brand_taken": _("%(agency)s has a brand called “%(value)s” already."),
        "agency_taken": _("There is an agency called “%(value)s” already."),
        "no_agency": _("There is no agency called “%(value)s”. Add it first with add_agency."),
        "name_missing": _("The name is missing."),
        "password_short": _("The password is too short: give at least 10 characters."),
    }
)
CURRENCIES = frozenset(code for code in list_currencies() if re.fullmatch("[A-Z]{3}", code))


@transaction.atomic
def add_agency(*, name: str, owner_email: str, password: str | None = None) -> tuple[Agency, User, bool]:
    """Found an agency; returns it, its owner, and whether the owner is a new person."""
    name = name.strip()
    if not name:
        raise InvalidInput("name_missing", field="name")
    if Agency.objects.filter(name__iexact=name).exists():
        raise InvalidInput("agency_taken", field="name", value=name)
    owner, is_new = get_or_add_user(owner_email, password=password)
    agency = Agency.objects.create(name=name)
    Membership.objects.create(user=owner, agency=agency, is_owner=True)
    audit.record("agency.added", agency, by=None, agency=agency, after={"name": name, "owner": owner.email})
    return agency, owner, is_new


@transaction.atomic
def get_or_add_user(
    email: str, *, password: str | None = None, name: str = "", language: str = "en"
) -> tuple[User, bool]:
    """The person with this address, added if new. A known person's password is never changed."""
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError:
        raise InvalidInput("bad_email", field="email", value=email) from None
    if user := User.objects.filter(email__iexact=email).first():
        return user, False
    if password is not None and len(password) < 10:
        raise InvalidInput("password_short", field="password")
    user = User.objects.create_user(email, password, name=name, language=language)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user, True


@transaction.atomic
def add_brand(
    *,
    agency: Agency,
    slug: str,
    name: str,
    time_zone: str,
    currency: str,
    sector: str = "",
    by: User | None = None,
) -> Brand:
    """Add a brand to an agency; every value is checked and named when it cannot be taken."""
    name, slug, currency = name.strip(), slug.strip().lower(), currency.strip().upper()
    _check_brand(agency, slug, name, time_zone, currency)
    if sector and sector not in Sector.values:
        raise InvalidInput("bad_sector", field="sector", value=sector, known=", ".join(Sector.values))
    brand = Brand.objects.create(
        agency=agency, slug=slug, name=name, time_zone=time_zone, currency=currency, sector=sector
    )
    audit.record("brand.added", brand, by=by, brand=brand, after={"slug": slug, "name": name})
    return brand


def _check_brand(agency: Agency, slug: str, name: str, time_zone: str, currency: str) -> None:
    if not name:
        raise InvalidInput("name_missing", field="name")
    try:
        validate_slug(slug)
    except ValidationError:
        raise InvalidInput("bad_slug", field="slug", value=slug) from None
    if len(slug) > 60:
        raise InvalidInput("bad_slug", field="slug", value=slug)
    if time_zone not in zoneinfo.available_timezones():
        raise InvalidInput("bad_time_zone", field="time_zone", value=time_zone)
    if currency not in CURRENCIES:
        raise InvalidInput("bad_currency", field="currency", value=currency)
    if Brand.objects.filter(slug=slug).exists():
        raise InvalidInput("slug_taken", field="slug", value=slug)
    if agency.brands.filter(name__iexact=name).exists():
        raise InvalidInput("brand_taken", field="name", value=name, agency=agency.name)


@transaction.atomic
def give_role(*, user: User, brand: Brand, role: Role, by: User | None = None) -> BrandRole:
    """Let a person work for a brand, as social media manager or community manager."""
    membership, _created = Membership.objects.get_or_create(user=user, agency=brand.agency)
    given, is_new = BrandRole.objects.get_or_create(membership=membership, brand=brand, role=role)
    if is_new:
        audit.record("role.given", given, by=by, brand=brand, after={"email": user.email, "role": role})
    return given


@transaction.atomic
def change_settings(
    user: User, *, name: str, language: str, time_zone: str, wants_mail: bool, digest_hour: int | None
) -> User:
    user.name, user.language, user.time_zone = name, language, time_zone
    user.wants_mail, user.digest_hour = wants_mail, digest_hour
    user.save(update_fields=["name", "language", "time_zone", "wants_mail", "digest_hour"])
    return user
