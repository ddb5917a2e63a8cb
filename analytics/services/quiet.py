"""Periods in which nothing happened on a source, as a person says: no export of them is asked for."""

from datetime import date

from django.utils.translation import gettext_lazy as _

from accounts import rows
from accounts.errors import InvalidInput, register_messages
from accounts.models import Brand, User
from analytics.models import QuietPeriod
from analytics.selectors.import_gaps import KINDS
from strategy.models import Channel

register_messages({"bad_period": _("These days cannot be noted. Reload the page and choose one of its gaps.")})
NOTED = ("channel", "kind", "source", "first", "last")


def note(
    brand: Brand, *, channel: Channel | None, kind: str, source: str, first: date, last: date, by: User
) -> QuietPeriod:
    """Say that nothing happened from `first` to `last`; raises InvalidInput. Said twice it is kept once."""
    if last < first or kind not in KINDS:
        raise InvalidInput("bad_period")
    values = {"channel": channel, "kind": kind, "source": source, "first": first, "last": last}
    if known := QuietPeriod.objects.filter(**values).first():
        return known
    return rows.add(QuietPeriod(brand=brand, noted_by=by), values, by=by, action="import.period_quiet")


def withdraw(period: QuietPeriod, *, by: User) -> None:
    """Ask for the exports of these days again."""
    rows.remove(period, by=by, action="import.period_asked_again", fields=NOTED)
