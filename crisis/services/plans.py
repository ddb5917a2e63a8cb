"""How a plan is begun and its parts are written."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import audit, rows
from accounts.errors import InvalidInput, register_messages
from accounts.models import Brand, User
from calendar_app import copy_limits
from crisis import library, selectors
from crisis.models import Contact, CrisisPlan, Drill, HoldingStatement, Scenario, SeverityLevel
from strategy.catalogue import catalogue
from strategy.platforms import PLATFORM_NAMES

# Minutes of each level: until the deputy is called, until the first text, between updates.
MINUTES = ((60, 240, 480), (60, 240, 240), (15, 60, 120), (10, 30, 60))
register_messages(
    {
        "crisis_plan_there": _("The brand has a crisis plan already."),
        "statement_too_long": _("%(platform)s takes %(most)s characters and this text has %(size)s. Shorten it."),
        "no_comment": _("“No comment” sounds like guilt. Say what is known, and when you speak next."),
    }
)


@transaction.atomic
def begin(brand: Brand, *, language: str, by: User | None) -> CrisisPlan:
    """Begin a plan with the shipped scenarios, levels, lists and a first text for every platform and language."""
    Brand.objects.select_for_update().get(pk=brand.pk)
    if CrisisPlan.objects.exists():
        raise InvalidInput("crisis_plan_there")
    found = library.shipped(language)
    values = {name: found[name] for name in selectors.LISTS if name in found}
    plan = CrisisPlan.objects.create(brand=brand, **values)
    for number, (deputy_after, first_text, update_every) in enumerate(MINUTES):
        signs, reply = found["levels"][number], found["reply"][number]
        minutes = {"deputy_after": deputy_after, "first_text": first_text, "update_every": update_every}
        SeverityLevel.objects.create(brand=brand, number=number, signs=signs, may_reply=reply, **minutes)
    for each in found["scenarios"]:
        if each["key"] != "blank":
            told = {name: each[name] for name in ("title", "cluster", "level", "signs", "facts", "actions")}
            Scenario.objects.create(brand=brand, **told)
    for platform, tongue in selectors.wanted_texts(brand):
        text = library.shipped(tongue)["statement"]
        if not _too_long(platform, text):
            HoldingStatement.objects.create(brand=brand, platform=platform, language=tongue, text=text)
    audit.record("crisis_plan.begun", plan, by=by, brand=brand, after={"language": language})
    return plan


def limit(platform: str) -> int | None:
    """The characters that a text of the platform holds."""
    return copy_limits.limit_of(catalogue().get(platform), "text").most


def _too_long(platform: str, text: str) -> dict[str, Any]:
    most, size = limit(platform), copy_limits.length(text, platform)
    name = PLATFORM_NAMES.get(platform, platform)
    return {"platform": name, "most": most, "size": size} if most is not None and size > most else {}


def _checked(values: Mapping[str, Any]) -> Mapping[str, Any]:
    text = values["text"]
    if facts := _too_long(values["platform"], text):
        raise InvalidInput("statement_too_long", field="text", **facts)
    if text.strip(" .!\n").casefold() in ("no comment", "nessun commento"):
        raise InvalidInput("no_comment", field="text")
    return values


def change_plan(plan: CrisisPlan, *, by: User | None, version: int, values: Mapping[str, Any]) -> CrisisPlan:
    return rows.change(plan, by=by, version=version, values=values, action="crisis_plan.changed")


def change_level(level: SeverityLevel, *, by: User | None, version: int, values: Mapping[str, Any]):
    return rows.change(level, by=by, version=version, values=values, action="severity_level.changed")


def add_scenario(brand: Brand, *, by: User | None, values: Mapping[str, Any]) -> Scenario:
    return rows.add(Scenario(brand=brand), values, by=by, action="scenario.added", twice="title")


def change_scenario(row: Scenario, *, by: User | None, version: int, values: Mapping[str, Any]) -> Scenario:
    return rows.change(row, by=by, version=version, values=values, action="scenario.changed", twice="title")


def add_contact(brand: Brand, *, by: User | None, values: Mapping[str, Any]) -> Contact:
    return rows.add(Contact(brand=brand), values, by=by, action="contact.added", twice="order")


def change_contact(row: Contact, *, by: User | None, version: int, values: Mapping[str, Any]) -> Contact:
    return rows.change(row, by=by, version=version, values=values, action="contact.changed", twice="order")


def add_statement(brand: Brand, *, by: User | None, values: Mapping[str, Any]) -> HoldingStatement:
    return rows.add(HoldingStatement(brand=brand), _checked(values), by=by, action="statement.added")


def change_statement(row: HoldingStatement, *, by: User | None, version: int, values: Mapping[str, Any]):
    return rows.change(row, by=by, version=version, values=_checked(values), action="statement.changed")


def add_drill(brand: Brand, *, by: User | None, values: Mapping[str, Any]) -> Drill:
    """Put a drill on record, with the version that was in force."""
    row = Drill(brand=brand, plan_version=selectors.in_force())
    return rows.add(row, values, by=by, action="drill.added")


def change_drill(row: Drill, *, by: User | None, version: int, values: Mapping[str, Any]) -> Drill:
    return rows.change(row, by=by, version=version, values=values, action="drill.changed")


def remove(row: Scenario | Contact | HoldingStatement | Drill, *, by: User | None) -> None:
    rows.remove(row, by=by, action=f"{row._meta.model_name}.removed", fields=("id",))
