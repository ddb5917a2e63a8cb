"""What a file may take of this machine, as its owner has set it."""

from django.conf import settings

from analytics.formats import Limits


def limits() -> Limits:
    """The bounds of reading a file (`TIMONE_IMPORT_…` in the environment)."""
    return Limits(**settings.TIMONE_IMPORT_LIMITS)
