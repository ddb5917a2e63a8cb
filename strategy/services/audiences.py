"""What people do with audiences and with the evidence for what they say of them."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import audit, rows
from accounts.errors import InvalidInput, register_messages
from accounts.models import Brand, User
from strategy import online_hours
from strategy.models import CLAIMS, Audience, Evidence
from strategy.selectors import audiences as selectors
from strategy.services import best_times

register_messages(
    {
        "ages_crossed": gettext_lazy("The upper age is below the lower one. Swap them or correct one."),
        "hours_unreadable": gettext_lazy("The hours online are not 168 levels from 0 to 3. Paint them again."),
        "audience_in_use": gettext_lazy(
            "This audience is in use and cannot be deleted: %(uses)s. Change these first, or archive it instead."
        ),
        "name_taken_on_restore": gettext_lazy(
            "Another one is called “%(name)s” by now. Rename that one, then restore this one."
        ),
        "unknown_claim": gettext_lazy("Choose what this supports."),
        "evidence_needs_source": gettext_lazy("Name the source: which survey, which report, whom you asked."),
        "evidence_from_tomorrow": gettext_lazy("This day is still to come. Give the day of the survey or report."),
    }
)
EVIDENCE_CLAIMS = ("demographics", *CLAIMS, "online_hours")
# What a copy takes along: everything that a person writes.
COPIED = tuple(
    field.name
    for field in Audience._meta.concrete_fields
    if field.name not in ("id", "brand", "created_at", "updated_at", "archived_at", "version", "name")
)


def add(brand: Brand, *, by: User | None, values: Mapping[str, Any]) -> Audience:
    """Describe a new audience."""
    return rows.add(Audience(brand=brand), _checked(values), by=by, action="audience.added", twice="name")


@transaction.atomic
def change(audience: Audience, *, by: User | None, version: int, values: Mapping[str, Any]) -> Audience:
    """Change what is said of an audience; new hours ask for the best times of the channels that serve it."""
    before = Audience.objects.get(pk=audience.pk).online_hours
    changed = rows.change(
        audience, by=by, version=version, values=_checked(values), action="audience.changed", twice="name"
    )
    if changed.online_hours != before:
        best_times.ask_again(changed.channels.select_related("brand"), by=by)
    return changed


@transaction.atomic
def duplicate(audience: Audience, *, by: User | None) -> Audience:
    """A copy to be changed, with the evidence but without what serves the original."""
    copy = Audience(brand=audience.brand)
    values = {name: getattr(audience, name) for name in COPIED} | {"name": _free_name(audience.name)}
    rows.add(copy, values, by=by, action="audience.duplicated", twice="name")
    told = ("brand", "claim", "kind", "detail", "people", "day")
    Evidence.objects.bulk_create(
        Evidence(audience=copy, **{name: getattr(evidence, name) for name in told})
        for evidence in audience.evidence.select_related("brand")
    )
    return copy


def _free_name(name: str) -> str:
    taken = {known.casefold() for known in Audience.objects.values_list("name", flat=True)}
    number = 1
    while True:
        ending = _(" (copy)") if number == 1 else _(" (copy %(number)s)") % {"number": number}
        candidate = name[: 120 - len(ending)] + ending
        if candidate.casefold() not in taken:
            return candidate
        number += 1


@transaction.atomic
def archive(audience: Audience, *, by: User | None) -> Audience:
    """Put an audience aside; what refers to it keeps doing so."""
    return _set_archived(audience, timezone.now(), by=by, action="audience.archived")


@transaction.atomic
def restore(audience: Audience, *, by: User | None) -> Audience:
    """Bring an archived audience back; raises InvalidInput when its name has been given away."""
    taken = Audience.objects.filter(archived_at=None, name__iexact=audience.name).exclude(pk=audience.pk)
    if taken.exists():
        raise InvalidInput("name_taken_on_restore", name=audience.name)
    return _set_archived(audience, None, by=by, action="audience.restored")


def _set_archived(audience: Audience, when: Any, *, by: User | None, action: str) -> Audience:
    audience = Audience.objects.select_for_update(of=("self",)).select_related("brand").get(pk=audience.pk)
    if (audience.archived_at is None) == (when is None):
        return audience
    audience.archived_at = when
    audience.version += 1
    audience.save(update_fields=["archived_at", "version", "updated_at"])
    audit.record(action, audience, by=by, brand=audience.brand)
    best_times.ask_again(audience.channels.select_related("brand"), by=by)
    return audience


@transaction.atomic
def remove(audience: Audience, *, by: User | None) -> None:
    """Delete an audience that nothing serves; raises InvalidInput with what does."""
    uses = selectors.uses_of(audience)
    if uses:
        raise InvalidInput("audience_in_use", uses=", ".join(uses))
    rows.remove(audience, by=by, action="audience.removed", fields=("name", "segment", "job"))


def add_evidence(audience: Audience, *, by: User | None, values: Mapping[str, Any]) -> Evidence:
    """Say what a claim of the audience rests on."""
    evidence = Evidence(brand=audience.brand, audience=audience)
    return rows.add(evidence, _checked_evidence(audience.brand, values), by=by, action="evidence.added")


def change_evidence(evidence: Evidence, *, by: User | None, version: int, values: Mapping[str, Any]) -> Evidence:
    values = _checked_evidence(evidence.brand, values)
    return rows.change(evidence, by=by, version=version, values=values, action="evidence.changed")


def remove_evidence(evidence: Evidence, *, by: User | None) -> None:
    rows.remove(evidence, by=by, action="evidence.removed", fields=("claim", "kind", "detail", "day"))


def _checked(values: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(values)
    low, high = found.get("age_from"), found.get("age_to")
    if low is not None and high is not None and high < low:
        raise InvalidInput("ages_crossed", field="age_to")
    hours = found.get("online_hours") or []
    if hours and not online_hours.is_grid(hours):
        raise InvalidInput("hours_unreadable", field="online_hours")
    return found


def _checked_evidence(brand: Brand, values: Mapping[str, Any]) -> dict[str, Any]:
    found = dict(values)
    if found.get("claim") not in EVIDENCE_CLAIMS:
        raise InvalidInput("unknown_claim", field="claim")
    if found.get("kind") != Evidence.Kind.ASSUMPTION and not found.get("detail", "").strip():
        raise InvalidInput("evidence_needs_source", field="detail")
    if found.get("day") and found["day"] > timezone.localdate(timezone=ZoneInfo(brand.time_zone)):
        raise InvalidInput("evidence_from_tomorrow", field="day")
    return found
