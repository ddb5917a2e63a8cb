"""The secret addresses of a person's calendar feeds: signed, so that nothing about them is stored; revocable.

Each holds his number and the serial of his feeds, and perhaps a brand and a campaign that it is limited to. A new
serial makes all old addresses worthless. What a feed shows is what the person may see when it is fetched.
"""

from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.urls import reverse

from accounts.models import User

SALT = "timone.feed"


@dataclass(frozen=True)
class Feed:
    """Whose feed an address is, and what it is limited to."""

    user: User
    brand: int | None = None
    campaign: int | None = None


def token_of(user: User, *, brand: int | None = None, campaign: int | None = None) -> str:
    """The secret of the address; empty while he has none. A campaign is one of the brand."""
    told = [user.pk, user.feed_serial, *(number for number in (brand, campaign) if number)]
    return signing.dumps(told, salt=SALT) if user.feed_serial else ""


def address_of(user: User, **limits: int | None) -> str:
    """The whole address, for a calendar to subscribe to; empty while he has none."""
    token = token_of(user, **limits)
    return settings.SITE_URL + reverse("feed", args=[token]) if token else ""


def feed_of(token: str) -> Feed | None:
    """What the address stands for; None where it is wrong or worthless by now."""
    try:
        number, serial, *limits = signing.loads(token, salt=SALT)
        feed_limits = dict(zip(("brand", "campaign"), limits, strict=False))
    except (signing.BadSignature, ValueError, TypeError):
        return None
    rows = User.objects.filter(pk=number, is_active=True, feed_serial=serial).exclude(feed_serial=0)
    user = rows.first()
    return Feed(user, **feed_limits) if user else None


def renew(user: User) -> None:
    """New addresses; older ones answer no more. The serial never returns to one that was used."""
    user.last_feed_serial += 1
    user.feed_serial = user.last_feed_serial
    user.save(update_fields=["feed_serial", "last_feed_serial"])


def switch_off(user: User) -> None:
    user.feed_serial = 0
    user.save(update_fields=["feed_serial"])
