"""Views that people keep: a filter of the calendar, with the kind of page and the colour."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from accounts import rows
from accounts.errors import InvalidInput, register_messages
from accounts.models import Brand, User
from accounts.selectors import people_of
from calendar_app.models import SavedView
from calendar_app.selectors import NUMBERS, Asked
from strategy.models import Audience, Campaign, Channel, ContentPillar

KINDS = {"channel": Channel, "campaign": Campaign, "pillar": ContentPillar, "audience": Audience}
register_messages(
    {
        "view_twice": _("You have a view of that name already. Choose another name, or delete that one first."),
    }
)


def add(brand: Brand, *, by: User, values: Mapping[str, Any]) -> SavedView:
    """Keep a filter under a name; what the address tells besides is dropped. Raises InvalidInput."""
    told = dict(values) | {"query": urlencode(Asked.of(QueryDict(values["query"])).kept)}
    row = SavedView(brand=brand, user=by)
    _refuse_twice(row, told["name"])
    return rows.add(row, told, by=by, action="view.added", twice="name")


def change(row: SavedView, *, by: User, version: int, values: Mapping[str, Any]) -> SavedView:
    """Another name, or shared or not."""
    _refuse_twice(row, values["name"])
    return rows.change(row, by=by, version=version, values=values, action="view.changed", twice="name")


def _refuse_twice(row: SavedView, name: str) -> None:
    if SavedView.objects.filter(user=row.user, name=name).exclude(pk=row.pk).exists():
        raise InvalidInput("view_twice", field="name")


def remove(row: SavedView, *, by: User) -> None:
    rows.remove(row, by=by, action="view.removed", fields=("name", "kind", "query", "shared"))


def without_gone(row: SavedView) -> tuple[dict[str, str], list[str]]:
    """What a view asks for that is still there, and the names of the filters whose row was deleted since."""
    kept = Asked.of(QueryDict(row.query)).kept
    gone = [name for name in NUMBERS if name in kept and not _is_there(row.brand, name, kept[name])]
    return {name: value for name, value in kept.items() if name not in gone}, gone


def _is_there(brand: Brand, name: str, number: str) -> bool:
    rows_of = people_of(brand) if name == "person" else KINDS[name].objects.all()
    return rows_of.filter(pk=number).exists()
