"""What people do with content pillars. The shares of the active ones never exceed the whole."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import audit, rows
from accounts.errors import InvalidInput, register_messages
from accounts.models import Brand, User
from strategy.models import ContentPillar
from strategy.selectors import pillars as selectors

register_messages(
    {
        "mix_over_full": _(
            "With this the mix adds up to %(total)s %%; %(left)s %% are left. "
            "Lower this share, or another one first."
        ),
        "pillar_name_taken": _(
            "Another pillar is called “%(name)s” by now. Rename that one, then restore this one."
        ),
    }
)


@transaction.atomic
def add(brand: Brand, *, by: User | None, values: Mapping[str, Any]) -> ContentPillar:
    """Add a pillar at the end of the order."""
    _refuse_over_full(values["share"])
    last = ContentPillar.objects.aggregate(last=Max("position", default=0))["last"]
    pillar = ContentPillar(brand=brand, position=last + 1)
    return rows.add(pillar, values, by=by, action="pillar.added", twice="name")


@transaction.atomic
def change(pillar: ContentPillar, *, by: User | None, version: int, values: Mapping[str, Any]) -> ContentPillar:
    if pillar.archived_at is None:
        _refuse_over_full(values["share"], without=pillar.pk)
    return rows.change(pillar, by=by, version=version, values=values, action="pillar.changed", twice="name")


@transaction.atomic
def archive(pillar: ContentPillar, *, by: User | None) -> ContentPillar:
    """Take a pillar out of the mix; its share is free again."""
    return _set_archived(pillar, timezone.now(), by=by, action="pillar.archived")


@transaction.atomic
def restore(pillar: ContentPillar, *, by: User | None) -> ContentPillar:
    """Bring a pillar back into the mix; raises InvalidInput when its share or its name is no longer free."""
    if ContentPillar.objects.filter(archived_at=None, name__iexact=pillar.name).exclude(pk=pillar.pk).exists():
        raise InvalidInput("pillar_name_taken", name=pillar.name)
    _refuse_over_full(pillar.share, without=pillar.pk)
    return _set_archived(pillar, None, by=by, action="pillar.restored")


def _set_archived(pillar: ContentPillar, when: Any, *, by: User | None, action: str) -> ContentPillar:
    pillar = ContentPillar.objects.select_for_update(of=("self",)).select_related("brand").get(pk=pillar.pk)
    if (pillar.archived_at is None) == (when is None):
        return pillar
    pillar.archived_at = when
    pillar.version += 1
    pillar.save(update_fields=["archived_at", "version", "updated_at"])
    audit.record(action, pillar, by=by, brand=pillar.brand)
    return pillar


@transaction.atomic
def move(pillar: ContentPillar, *, by: User | None, up: bool) -> None:
    """Swap a pillar with its neighbour in the order; at an end nothing happens."""
    order = list(ContentPillar.objects.select_for_update().filter(archived_at=None).order_by("position", "pk"))
    place = next((place for place, each in enumerate(order) if each.pk == pillar.pk), None)
    other = None if place is None else place + (-1 if up else 1)
    if place is None or other is None or not 0 <= other < len(order):
        return
    order[place], order[other] = order[other], order[place]
    for position, each in enumerate(order, start=1):
        each.position = position
    ContentPillar.objects.bulk_update(order, ["position"])
    audit.record("pillar.moved", pillar, by=by, brand=pillar.brand, after={"position": other + 1})


def remove(pillar: ContentPillar, *, by: User | None) -> None:
    rows.remove(pillar, by=by, action="pillar.removed", fields=("name", "purpose", "share"))


def _refuse_over_full(share: int, *, without: int | None = None) -> None:
    """Locks the pillars of the mix, so that two people cannot both take what is left."""
    list(ContentPillar.objects.select_for_update().filter(archived_at=None).values_list("pk", flat=True))
    mix = selectors.mix(without=without)
    if mix.total + share > selectors.FULL:
        raise InvalidInput("mix_over_full", field="share", total=mix.total + share, left=mix.left)
