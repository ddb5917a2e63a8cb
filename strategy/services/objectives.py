"""What people do with objectives and with the business goals that they serve."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import audit, rows
from accounts.errors import InvalidInput, register_messages
from accounts.models import Brand, User
from accounts.selectors import people_of
from strategy import objective_words as words
from strategy.kpis import KPIS, Kpi
from strategy.models import Goal, Objective
from strategy.platforms import SOCIAL_PLATFORMS
from strategy.selectors.objectives import family
from strategy.services import readings
from strategy.smart import wrong_side

register_messages(
    {
        "unknown_kpi": _("Choose one of the KPIs of the catalogue."),
        "counting_unfit": _("This KPI cannot be counted like this. Choose: %(known)s."),
        "ends_before_it_starts": _("The deadline must be after the start (%(start)s). Correct one of them."),
        "baseline_backwards": _("The baseline's period ends before it begins. Swap the days or correct one."),
        "baseline_half": _("Give the first and the last day of the baseline's period, or neither."),
        "baseline_too_late": _(
            "The baseline tells where things stood before: its last day must be before %(start)s."
        ),
        "target_not_above": _(
            "Higher is better for this KPI, but the target is not above the baseline (%(baseline)s). "
            "Raise the target, or correct the baseline."
        ),
        "target_not_below": _(
            "Lower is better for this KPI, but the target is not below the baseline (%(baseline)s). "
            "Lower the target, or correct the baseline."
        ),
        "below_nothing": _("This KPI cannot be below zero. Correct the value."),
        "serves_itself": _("An objective cannot serve itself, nor one that serves it. Choose another."),
        "unknown_platform": _("“%(platform)s” is not a platform of the catalogue. Choose again."),
        "not_of_the_team": _("This person does not work on the brand. Choose somebody else."),
    }
)


@transaction.atomic
def add(brand: Brand, *, by: User | None, values: Mapping[str, Any]) -> Objective:
    """Set an objective; what is imported already gives it its first readings."""
    checked = _checked(brand, None, values)
    row = rows.add(Objective(brand=brand), checked, by=by, action="objective.added")
    readings.take(brand, objectives=[row])
    return row


@transaction.atomic
def change(objective: Objective, *, by: User | None, version: int, values: Mapping[str, Any]) -> Objective:
    """Change an objective; its imported readings follow."""
    checked = _checked(objective.brand, objective, values)
    row = rows.change(objective, version=version, values=checked, by=by, action="objective.changed")
    readings.take(row.brand, objectives=[row])
    return row


@transaction.atomic
def archive(objective: Objective, *, by: User | None) -> Objective:
    """Put an objective aside with all its readings; it is read and judged no more."""
    return _set_archived(objective, by=by, at=timezone.now(), action="objective.archived")


@transaction.atomic
def restore(objective: Objective, *, by: User | None) -> Objective:
    """Bring an archived objective back, with the readings that it missed."""
    row = _set_archived(objective, by=by, at=None, action="objective.restored")
    readings.take(row.brand, objectives=[row])
    return row


def _set_archived(objective: Objective, *, by: User | None, at: Any, action: str) -> Objective:
    row = Objective.objects.select_for_update(of=("self",)).select_related("brand").get(pk=objective.pk)
    row.archived_at, row.version = at, row.version + 1
    row.save(update_fields=["archived_at", "version", "updated_at"])
    audit.record(action, row, by=by, brand=row.brand)
    return row


def remove(objective: Objective, *, by: User | None) -> None:
    """Delete an objective with its readings; raises InvalidInput "in_use" where something refers to it."""
    fields = ("statement", "kpi", "baseline", "target", "start", "deadline")
    rows.remove(objective, by=by, action="objective.removed", fields=fields)


def add_goal(brand: Brand, *, by: User | None, values: Mapping[str, Any]) -> Goal:
    """Name something that the company itself wants."""
    last = Goal.objects.order_by("-position").values_list("position", flat=True).first()
    goal = Goal(brand=brand, position=0 if last is None else last + 1)
    return rows.add(goal, values, by=by, action="goal.added")


def change_goal(goal: Goal, *, by: User | None, version: int, values: Mapping[str, Any]) -> Goal:
    return rows.change(goal, version=version, values=values, by=by, action="goal.changed")


def remove_goal(goal: Goal, *, by: User | None) -> None:
    """Delete a goal that no objective serves any more."""
    rows.remove(goal, by=by, action="goal.removed", fields=("name", "why"))


# --- what is refused -------------------------------------------------------------------------------------------


def problem(brand: Brand, objective: Objective | None, values: Mapping[str, Any]) -> str:
    """What would be refused of a half-filled form, once it says enough to tell; "" if nothing."""
    if not (values.get("kpi") and values.get("start") and values.get("deadline")):
        return ""
    try:
        _checked(brand, objective, values)
    except InvalidInput as error:
        return str(error)
    return ""


def _checked(brand: Brand, objective: Objective | None, values: Mapping[str, Any]) -> dict[str, Any]:
    """The values with what follows from the KPI; raises InvalidInput naming the field."""
    found = dict(values)
    kpi = KPIS.get(found["kpi"])
    if kpi is None:
        raise InvalidInput("unknown_kpi", field="kpi")
    found["direction"] = kpi.direction
    found["counting"] = _counting(kpi, found.get("counting") or kpi.countings[0])
    if found["counting"] == Objective.Counting.TOTAL:  # what is counted from the start begins at nothing
        found |= {"baseline": None, "baseline_from": None, "baseline_to": None, "baseline_source": ""}
    _check_dates(found)
    _check_values(kpi, found, brand.currency)
    for platform in found.get("platforms", ()):
        if platform not in SOCIAL_PLATFORMS:
            raise InvalidInput("unknown_platform", field="platforms", platform=platform)
    if (owner := found.get("owner")) is not None and not people_of(brand).filter(pk=owner.pk).exists():
        raise InvalidInput("not_of_the_team", field="owner")
    _check_family(brand, objective, found.get("parent"))
    return found


def _counting(kpi: Kpi, counting: str) -> str:
    if counting not in kpi.countings:
        known = ", ".join(str(words.COUNTINGS[each]) for each in kpi.countings)
        raise InvalidInput("counting_unfit", field="counting", known=known)
    return counting


def _check_dates(values: Mapping[str, Any]) -> None:
    start, deadline = values["start"], values["deadline"]
    if deadline <= start:
        raise InvalidInput("ends_before_it_starts", field="deadline", start=words.day(start))
    first, last = values.get("baseline_from"), values.get("baseline_to")
    if (first is None) != (last is None):
        raise InvalidInput("baseline_half", field="baseline_from" if first is None else "baseline_to")
    if first is None or last is None:
        return
    if last < first:
        raise InvalidInput("baseline_backwards", field="baseline_to")
    if last >= start:
        raise InvalidInput("baseline_too_late", field="baseline_to", start=words.day(start))


def _check_values(kpi: Kpi, values: Mapping[str, Any], currency: str) -> None:
    for name in ("baseline", "target"):
        if (number := values.get(name)) is not None and number < 0 and not kpi.may_be_negative:
            raise InvalidInput("below_nothing", field=name)
    is_total = values["counting"] == Objective.Counting.TOTAL
    baseline = 0.0 if is_total else values.get("baseline")
    if wrong_side(baseline, values.get("target"), kpi.direction):
        code = "target_not_above" if kpi.direction == "up" else "target_not_below"
        raise InvalidInput(code, field="target", baseline=words.value(kpi, baseline, currency))


def _check_family(brand: Brand, objective: Objective | None, parent: Objective | None) -> None:
    if objective is None or parent is None:
        return
    parents, above, steps = family(brand), parent.pk, 0
    while above is not None and steps <= len(parents):
        if above == objective.pk:
            raise InvalidInput("serves_itself", field="parent")
        above, steps = parents.get(above), steps + 1
