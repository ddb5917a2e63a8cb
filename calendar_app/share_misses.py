"""Counts look-ups of links that do not exist, by where they come from, in Django's cache.

A secret of 32 random bytes is not guessed; this only keeps whoever tries from keeping the server busy. A link
that lives is answered whatever was asked before from the same place, so that nobody is locked out by a neighbour.
"""

from datetime import datetime

from django.core.cache import cache
from django.utils.crypto import salted_hmac

SPAN = 600  # seconds
MOST = 30


def is_too_many(address: str, *, now: datetime) -> bool:
    """Count one more look-up in vain; whether these are too many of the last minutes."""
    window = int(now.timestamp()) // SPAN
    place = salted_hmac("timone.share.misses", address).hexdigest()
    key = f"share-misses:{window}:{place}"
    n = cache.get(key, 0) + 1
    cache.set(key, n, 2 * SPAN)
    return n > MOST
