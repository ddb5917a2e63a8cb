"""Reads objectives with how far they are, the tree of them, and what a new one can lean on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q
from django.http import QueryDict

from accounts.models import Brand
from strategy import progress, smart
from strategy.kpis import KPIS, STAGES
from strategy.models import Audience, Goal, Objective, ObjectiveReading
from strategy.progress import Attainability, Baseline, Forecast, Progress, Reading
from strategy.selectors import kpis

STATUSES = ("at_risk", "missed", "unknown", "on_course", "reached")
SORTS = ("attention", "deadline", "-deadline", "statement", "-attainment")
STATES = ("active", "archived", "all")


@dataclass(frozen=True)
class Judged:
    """An objective, how far it is, and which letters of SMART are weak."""

    objective: Objective
    progress: Progress
    weak: tuple[smart.Weakness, ...]

    @property
    def status(self) -> str:
        return self.progress.status

    @property
    def trail(self) -> list[float]:
        """Its last readings, oldest first."""
        return list(self.objective.outlook.get("trail", ()))


@dataclass(frozen=True)
class Asked:
    """What the list is narrowed to, and its order."""

    text: str = ""
    status: str = ""
    stage: str = ""
    audience: int | None = None
    owner: int | None = None
    state: str = "active"
    sort: str = "attention"

    @classmethod
    def of(cls, query: QueryDict) -> "Asked":
        def one_of(name: str, known: Iterable[str], usual: str = "") -> str:
            return query[name] if query.get(name) in known else usual

        def number(name: str) -> int | None:
            return int(query[name]) if query.get(name, "").isdecimal() else None

        return cls(
            text=query.get("q", "").strip()[:200],
            status=one_of("status", STATUSES),
            stage=one_of("stage", STAGES),
            audience=number("audience"),
            owner=number("owner"),
            state=one_of("state", STATES, "active"),
            sort=one_of("sort", SORTS, "attention"),
        )

    @property
    def is_narrowed(self) -> bool:
        named = self.text or self.status or self.stage or self.audience or self.owner
        return bool(named) or self.state != "active"


def judged(objective: Objective, *, today: date) -> Judged:
    """How far an objective is, from what its last reading left behind. No query."""
    outlook = objective.outlook or {}
    found = progress.course(
        counting=objective.counting,
        direction=objective.direction,
        baseline=objective.baseline,
        target=objective.target,
        start=objective.start,
        deadline=objective.deadline,
        now=_reading(outlook.get("now")),
        foretold=Forecast(**outlook["forecast"]) if outlook.get("forecast") else None,
        today=today,
    )
    return Judged(
        objective, found, tuple(smart.weaknesses(draft(objective, outlook.get("attainable", "unknown"))))
    )


def _reading(told: Sequence[Any] | None) -> Reading | None:
    return None if told is None else Reading(date.fromisoformat(told[0]), *told[1:])


def draft(objective: Objective, attainable: str) -> smart.Draft:
    """What a stored objective says, for the check of its letters."""
    kpi = KPIS.get(objective.kpi)
    return smart.Draft(
        statement=objective.statement,
        audience=objective.audience_id is not None,
        platforms=tuple(objective.platforms),
        kpi=objective.kpi,
        is_imported=bool(kpi and kpi.is_imported),
        baseline=objective.baseline,
        needs_baseline=objective.counting != Objective.Counting.TOTAL,
        target=objective.target,
        direction=objective.direction,
        attainable=attainable,
        goal=objective.goal_id is not None or objective.parent_id is not None,
        owner=objective.owner_id is not None,
        start=objective.start,
        deadline=objective.deadline,
    )


def listed(asked: Asked, *, today: date) -> list[Judged]:
    """The objectives of a list with their status. One query.

    A status depends on the day, so that it is told here and not by the database; objectives are few.
    """
    found = Objective.objects.filter(kpi__in=KPIS).select_related("goal", "audience", "owner")
    if asked.state != "all":
        found = found.filter(archived_at__isnull=asked.state == "active")
    if asked.stage:
        found = found.filter(kpi__in=[kpi.slug for kpi in KPIS.values() if kpi.stage == asked.stage])
    if asked.audience:
        found = found.filter(audience=asked.audience)
    if asked.owner:
        found = found.filter(owner=asked.owner)
    if asked.text:
        found = found.filter(
            Q(statement__icontains=asked.text)
            | Q(goal__name__icontains=asked.text)
            | Q(assumptions__icontains=asked.text)
        )
    return _sorted([judged(objective, today=today) for objective in found], asked.sort)


def _sorted(rows: list[Judged], sort: str) -> list[Judged]:
    if sort == "statement":
        return sorted(rows, key=lambda row: row.objective.statement.casefold())
    if sort == "-attainment":
        return sorted(rows, key=lambda row: -(row.progress.attainment or -1e9))
    if sort in ("deadline", "-deadline"):
        return sorted(rows, key=lambda row: row.objective.deadline, reverse=sort.startswith("-"))
    return sorted(rows, key=lambda row: (STATUSES.index(row.status), row.objective.deadline))


def counts(rows: Iterable[Judged]) -> dict[str, int]:
    """How many objectives have each status."""
    found = dict.fromkeys(STATUSES, 0)
    for row in rows:
        found[row.status] += 1
    return found


def with_readings(*, today: date) -> list[Judged]:
    """The active objectives by deadline, each with goal, audience, owner and its last reading. One query."""
    return listed(Asked(sort="deadline"), today=today)


def parts(objective: Objective, *, today: date) -> list[Judged]:
    """The active objectives that serve another one."""
    found = Objective.objects.filter(parent=objective, archived_at=None, kpi__in=KPIS)
    found = found.select_related("goal", "audience", "owner").order_by("deadline", "pk")
    return [judged(part, today=today) for part in found]


# --- one objective ---------------------------------------------------------------------------------------------


def told(objective: Objective) -> list[ObjectiveReading]:
    """The readings of an objective in the order of their days; of one day the imported one counts."""
    found: dict[date, ObjectiveReading] = {}
    readings = ObjectiveReading.objects.filter(objective=objective).select_related("entered_by").order_by("day")
    for reading in readings:
        if reading.day not in found or reading.source == ObjectiveReading.Source.IMPORT:
            found[reading.day] = reading
    return list(found.values())


UNTOLD = Attainability("unknown")


@dataclass(frozen=True)
class Ground:
    """What imported data say of an objective: the baseline they propose, and whether its target is likely."""

    baseline: Baseline | None = None
    attainable: Attainability = UNTOLD


def ground(terms: dict[str, Any], *, kpi: str, platforms: Sequence[str]) -> Ground:
    """The baseline that history proposes and its verdict. One query; none for a KPI without import.

    terms: counting, direction, baseline, target, start, deadline; dates may be None.
    """
    found = KPIS.get(kpi)
    if found is None or not found.is_imported or terms["start"] is None:
        return Ground()
    weeks = kpis.series([kpi])[kpi].of(found, platforms)
    proposed = progress.propose_baseline(found.kind, terms["counting"], weeks, terms["start"])
    if terms["deadline"] is None or terms["deadline"] <= terms["start"]:
        return Ground(proposed)
    return Ground(proposed, progress.attainability(kind=found.kind, weeks=weeks, **terms))


# --- the tree --------------------------------------------------------------------------------------------------


@dataclass
class Node:
    """An objective in the tree, with the objectives that serve it."""

    judged: Judged
    parts: list["Node"] = field(default_factory=list)


@dataclass
class Branch:
    """A business goal with the objectives that serve it; without a goal, those that serve none."""

    goal: Goal | None
    nodes: list[Node] = field(default_factory=list)


def tree(*, today: date) -> list[Branch]:
    """From business goals to objectives to those that serve them. Two queries."""
    goals = list(Goal.objects.all())
    nodes = {row.objective.pk: Node(row) for row in listed(Asked(sort="deadline"), today=today)}
    branches = {goal.pk: Branch(goal) for goal in goals}
    loose = Branch(None)
    for node in nodes.values():
        objective = node.judged.objective
        if objective.parent_id in nodes:
            nodes[objective.parent_id].parts.append(node)
        else:
            branches.get(objective.goal_id, loose).nodes.append(node)
    return [*branches.values(), *([loose] if loose.nodes else [])]


def audiences() -> list[Audience]:
    """For the filter of the list: those that are active or still named by an objective."""
    return list(
        Audience.objects.filter(Q(archived_at=None) | Q(objectives__isnull=False)).distinct().order_by("name")
    )


def family(brand: Brand) -> dict[int, int | None]:
    """Which objective serves which, by number."""
    return dict(Objective.objects.filter(brand=brand).values_list("pk", "parent"))
