"""Tokens of the API: made for a person, shown once, known by their digest, counted by the minute."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from django.conf import settings
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.errors import InvalidInput, register_messages
from accounts.models import ApiToken, User

MARK = "timone_"
USUAL_DAYS, MOST_DAYS, MOST_TOKENS = 90, 365, 20
register_messages(
    {
        "token_name": _("Say what the token is for, so that you know it again."),
        "token_days": _("A token lives from one day to a year. Choose a number of days up to %(most)s."),
        "token_many": _("You have %(most)s tokens in force. Revoke one that is not needed."),
    }
)


def make(user: User, *, name: str, scope: str, days: int, now: datetime | None = None) -> tuple[ApiToken, str]:
    """A new token and the secret itself, which is kept nowhere."""
    now = now or timezone.now()
    if not name.strip():
        raise InvalidInput("token_name", field="name")
    if not 1 <= days <= MOST_DAYS:
        raise InvalidInput("token_days", field="days", most=MOST_DAYS)
    if user.api_tokens.filter(revoked_at=None, expires_at__gt=now).count() >= MOST_TOKENS:
        raise InvalidInput("token_many", most=MOST_TOKENS)
    secret = MARK + secrets.token_urlsafe(32)
    row = ApiToken.objects.create(
        user=user,
        name=name.strip()[:80],
        prefix=secret[: len(MARK) + 4],
        digest=digest_of(secret),
        scope=ApiToken.Scope(scope),
        expires_at=now + timedelta(days=days),
    )
    return row, secret


def digest_of(secret: str) -> str:
    """32 random bytes need no slow hash: nobody tries them all."""
    return sha256(secret.encode()).hexdigest()


def find(secret: str, *, now: datetime | None = None) -> ApiToken | None:
    """The token in force that this is the secret of."""
    in_force = {"revoked_at": None, "expires_at__gt": now or timezone.now(), "user__is_active": True}
    rows = ApiToken.objects.filter(digest=digest_of(secret), **in_force)
    return rows.select_related("user").first()


def count(token: ApiToken, *, now: datetime | None = None) -> bool:
    """Count one call; False where the minute is used up. One statement, two in the first call of a minute."""
    now = now or timezone.now()
    window = int(now.timestamp()) // 60
    rows = ApiToken.objects.filter(pk=token.pk)
    most = settings.TIMONE_API_PER_MINUTE
    if rows.filter(window=window, calls__lt=most).update(calls=F("calls") + 1, last_used_at=now):
        return True
    return bool(rows.exclude(window=window).update(window=window, calls=1, last_used_at=now))


def revoke(user: User, number: int, *, now: datetime | None = None) -> bool:
    """Take one of his own tokens back; False where there is none in force."""
    rows = ApiToken.objects.filter(user=user, pk=number, revoked_at=None)
    return bool(rows.update(revoked_at=now or timezone.now()))
