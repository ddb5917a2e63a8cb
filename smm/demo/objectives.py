"""Sets the demo's objectives as a person would: the baseline is the one that the imported data propose."""

from datetime import date, timedelta
from typing import Any

from accounts.models import Brand, User
from smm.demo.aims import AIMS, GOALS, Aim
from smm.demo.simulate import last_day
from strategy.kpis import KPIS
from strategy.models import Audience, Goal, Objective
from strategy.selectors.objectives import ground
from strategy.services import objectives, readings

WEEK = timedelta(weeks=1)
SOURCE = {"it": "dati importati", "en": "imported data"}
DIGITS = 2  # of a target, as people set them


def set_up(brand: Brand, *, by: User, today: date) -> None:
    """The goals and objectives of a brand that are not there yet; the brand must be in scope."""
    goals = {goal.key: _goal(brand, goal, by=by) for goal in GOALS if goal.brand == brand.slug}
    for aim in AIMS:
        if aim.brand == brand.slug and not Objective.objects.filter(statement=aim.statement).exists():
            _set(brand, aim, goals[aim.goal], by=by, end=last_day(today))


def _goal(brand: Brand, goal: Any, *, by: User) -> Goal:
    found = Goal.objects.filter(name=goal.name).first()
    return found or objectives.add_goal(brand, by=by, values={"name": goal.name, "why": goal.why})


def _set(brand: Brand, aim: Aim, goal: Goal, *, by: User, end: date) -> None:
    start, deadline = end - aim.ago * WEEK, end + aim.ahead * WEEK
    values = {
        "statement": aim.statement,
        "goal": goal,
        "parent": Objective.objects.filter(statement=aim.serves).first() if aim.serves else None,
        "kpi": aim.kpi,
        "counting": aim.counting or KPIS[aim.kpi].countings[0],
        "platforms": list(aim.platforms),
        "start": start,
        "deadline": deadline,
        "owner": by,
        "audience": Audience.objects.filter(archived_at=None).order_by("-weight", "pk").first(),
        "assumptions": aim.assumptions,
        **_figures(brand, aim, start, deadline),
    }
    objective = objectives.add(brand, by=by, values=values)
    for weeks_ago, value in aim.by_hand:
        day = end - weeks_ago * WEEK
        readings.add_by_hand(objective, by=by, day=day, value=value, note=aim.source[:200])
        objective.refresh_from_db()


def _figures(brand: Brand, aim: Aim, start: date, deadline: date) -> dict[str, Any]:
    """The baseline that history proposes and a target that many times as high; else what was read by hand."""
    if aim.target is not None:
        return {"baseline": aim.baseline, "target": aim.target, "baseline_source": aim.source}
    kpi = KPIS[aim.kpi]
    terms = {"counting": aim.counting or kpi.countings[0], "direction": kpi.direction, "start": start}
    asked = terms | {"baseline": None, "target": None, "deadline": deadline}
    proposed = ground(asked, kpi=aim.kpi, platforms=aim.platforms).baseline
    if proposed is None:
        raise ValueError(f"the demo's data propose no baseline of {aim.kpi} for {brand.slug}")
    told, first, last = proposed
    baseline = float(f"{told.value:.4g}")
    return {
        "baseline": baseline,
        "baseline_from": first,
        "baseline_to": last,
        "baseline_source": SOURCE["it" if brand.languages == ["it"] else "en"],
        "target": float(f"{baseline * aim.factor:.{DIGITS}g}"),
    }
