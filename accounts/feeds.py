"""The secret address of a person's calendar feed: signed, so that nothing about it is stored; revocable.

It holds his number and the serial of his feed. A new serial makes the old address worthless.
"""

from django.core import signing

from accounts.models import User

SALT = "timone.feed"


def token_of(user: User) -> str:
    """The secret of the address; empty while he has none."""
    return signing.dumps([user.pk, user.feed_serial], salt=SALT) if user.feed_serial else ""


def owner_of(token: str) -> User | None:
    """Whose feed it is; None where the address is wrong or worthless by now."""
    try:
        number, serial = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return User.objects.filter(pk=number, is_active=True, feed_serial=serial).exclude(feed_serial=0).first()


def renew(user: User) -> None:
    """A new address; an older one answers no more. The serial never returns to one that was used."""
    user.last_feed_serial += 1
    user.feed_serial = user.last_feed_serial
    user.save(update_fields=["feed_serial", "last_feed_serial"])


def switch_off(user: User) -> None:
    user.feed_serial = 0
    user.save(update_fields=["feed_serial"])
