"""Links for clients: made, changed, renewed, taken back, and found by their secret.

`find` looks across brands: who comes with a secret names no brand, the secret does.
"""

import hmac
import secrets
import zoneinfo
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts import audit, rows
from accounts.errors import InvalidInput, register_messages
from accounts.models import Brand, User
from calendar_app.models import ShareLink
from calendar_app.share_scope import LONGEST
from strategy.task_times import instant

USED_EVERY = timedelta(minutes=5)  # the last use is not written more often
register_messages(
    {
        "share_until_past": _("%(day)s has passed. Choose a day from today on."),
        "share_until_far": _("A link lives at most a year: choose a day up to %(last)s."),
        "share_is_revoked": _("This link was taken back and stays so. Make a new one."),
        "share_zone": _("“%(zone)s” is not a time zone. Choose one of the list."),
    }
)


def make(brand: Brand, *, by: User | None, values: Mapping[str, Any], now: datetime) -> tuple[ShareLink, str]:
    """A new link and its secret, which is stored nowhere; raises InvalidInput naming the field."""
    secret = _secret()
    row = ShareLink(brand=brand, token_hash=hash_of(secret), created_by=by)
    return rows.add(row, _checked(values, now=now), by=by, action="share_link.added"), secret


def change(
    row: ShareLink, *, by: User | None, version: int, values: Mapping[str, Any], now: datetime
) -> ShareLink:
    """Prolong a link, or change what it shows and allows."""
    if row.revoked_at:
        raise InvalidInput("share_is_revoked")
    return rows.change(row, by=by, version=version, values=_checked(values, now=now), action="share_link.changed")


@transaction.atomic
def renew(row: ShareLink, *, by: User | None) -> str:
    """A new secret; the old address answers no more."""
    found = _locked(row)
    if found.revoked_at:
        raise InvalidInput("share_is_revoked")
    secret = _secret()
    found.token_hash, found.version = hash_of(secret), found.version + 1
    found.save(update_fields=["token_hash", "version", "updated_at"])
    audit.record("share_link.renewed", found, by=by, brand=found.brand)
    return secret


@transaction.atomic
def revoke(row: ShareLink, *, by: User | None, now: datetime) -> None:
    """Take a link back for good, from this moment on."""
    found = _locked(row)
    if found.revoked_at is None:
        found.revoked_at, found.version = now, found.version + 1
        found.save(update_fields=["revoked_at", "version", "updated_at"])
        audit.record("share_link.revoked", found, by=by, brand=found.brand)


def find(secret: str, *, now: datetime) -> ShareLink | None:
    """The living link with this secret; None for a wrong, ended, revoked or archived one alike."""
    digest = hash_of(secret)
    rows_found = ShareLink.across_brands.select_related("brand", "campaign", "created_by")
    row = rows_found.filter(token_hash=digest).first()
    is_it = row is not None and hmac.compare_digest(row.token_hash, digest)
    return row if is_it and is_open(row, now=now) else None


def is_open(row: ShareLink, *, now: datetime) -> bool:
    """Neither over nor revoked, and its campaign, if it has one, not archived."""
    return row.is_living(now) and not (row.campaign and row.campaign.archived_at)


def note_use(row: ShareLink, *, now: datetime) -> None:
    """Remember that it was opened, at most once in five minutes."""
    stale = Q(last_used_at=None) | Q(last_used_at__lt=now - USED_EVERY)
    ShareLink.objects.filter(stale, pk=row.pk).update(last_used_at=now)


def hash_of(secret: str) -> str:
    return sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _secret() -> str:
    return secrets.token_urlsafe(32)


def _locked(row: ShareLink) -> ShareLink:
    return ShareLink.objects.select_for_update(of=("self",)).select_related("brand").get(pk=row.pk)


def _checked(values: Mapping[str, Any], *, now: datetime) -> dict[str, Any]:
    zone, until = values["time_zone"], values["until"]
    if zone not in zoneinfo.available_timezones():
        raise InvalidInput("share_zone", field="time_zone", zone=zone)
    today = now.astimezone(ZoneInfo(zone)).date()
    if until < today:
        raise InvalidInput("share_until_past", field="until", day=until)
    if until > today + LONGEST:
        raise InvalidInput("share_until_far", field="until", last=today + LONGEST)
    return dict(values) | {"expires_at": end_of(until, zone)}


def end_of(day: date, zone: str) -> datetime:
    """The instant (UTC) at which a day is over on a clock."""
    return instant(day, None, zone) + timedelta(seconds=1)
