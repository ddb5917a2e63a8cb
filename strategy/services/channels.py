"""Opening, changing, closing and removing the brand's accounts on the platforms."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import audit, rows
from accounts.errors import InvalidInput, register_messages
from accounts.models import Brand, User
from accounts.selectors import people_of
from strategy.models import Channel
from strategy.services import best_times

register_messages(
    {
        "channel_without_handle": _("Write the account’s name as it stands on the platform, such as acme.coffee."),
        "not_of_this_brand": _("This person has no role in the brand. Choose somebody else."),
    }
)


@transaction.atomic
def add_channel(brand: Brand, *, by: User | None, values: Mapping[str, Any]) -> Channel:
    """Enter an account of the brand. Imports that name it find it by its name in any capitals."""
    channel = rows.add(
        Channel(brand=brand), _checked(brand, values), by=by, action="channel.added", twice="handle"
    )
    best_times.ask_again([channel], by=by)  # what is expected of it before its first posts
    return channel


@transaction.atomic
def change_channel(channel: Channel, *, by: User | None, version: int, values: Mapping[str, Any]) -> Channel:
    """Change an account; with another time zone or other audiences, its best times are computed anew."""
    before = _expects(channel)
    changed = rows.change(
        channel,
        by=by,
        version=version,
        values=_checked(channel.brand, values),
        action="channel.changed",
        twice="handle",
    )
    if _expects(changed) != before:
        best_times.ask_again([changed], by=by)
    return changed


def _expects(channel: Channel) -> tuple[str, list[int]]:
    """What best times rest on beside posts: the clock of the channel, and whose hours online count."""
    return channel.zone, sorted(channel.audiences.values_list("pk", flat=True))


def close_channel(channel: Channel, *, by: User | None) -> Channel:
    """Take the account out of what is planned and shown as missing; its posts and figures stay."""
    return _set_active(channel, by=by, active=False, action="channel.closed")


def reopen_channel(channel: Channel, *, by: User | None) -> Channel:
    return _set_active(channel, by=by, active=True, action="channel.reopened")


@transaction.atomic
def remove_channel(channel: Channel, *, by: User | None, uses: Sequence[str]) -> None:
    """Remove an account that nothing uses.

    `uses` names, for a person, what higher floors hold of it: with any, InvalidInput "in_use" is raised.
    """
    if uses:
        raise InvalidInput("in_use", uses=", ".join(uses))
    rows.remove(channel, by=by, action="channel.removed", fields=("platform", "handle", "name", "link", "mission"))


@transaction.atomic
def _set_active(channel: Channel, *, by: User | None, active: bool, action: str) -> Channel:
    row = Channel.objects.select_for_update(of=("self",)).select_related("brand").get(pk=channel.pk)
    if row.active != active:
        row.active = active
        row.version += 1
        row.save(update_fields=["active", "version", "updated_at"])
        audit.record(action, row, by=by, brand=row.brand, before={"active": not active}, after={"active": active})
    return row


def _checked(brand: Brand, values: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(values)
    if "handle" in found:
        found["handle"] = str(found["handle"]).strip().removeprefix("@").strip()
        if not found["handle"]:
            raise InvalidInput("channel_without_handle", field="handle")
    owner = found.get("owner")
    if owner is not None and not people_of(brand).filter(pk=owner.pk).exists():
        raise InvalidInput("not_of_this_brand", field="owner")
    return found
