"""Reads the tasks of a brand: the list, and what narrows it."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict

from accounts.asked import number, one_of
from strategy.models import Campaign, Task

STATES = ("open", "overdue", "done", "not_done", "all")
SORTS = ("at", "-at", "title", "priority")


@dataclass(frozen=True)
class Asked:
    """What the list is narrowed to, and its order."""

    text: str = ""
    state: str = "open"
    kind: str = ""
    campaign: int | None = None
    channel: int | None = None
    person: int | None = None
    sort: str = "at"

    @classmethod
    def of(cls, query: QueryDict) -> "Asked":
        return cls(
            text=query.get("q", "").strip()[:200],
            state=one_of(query, "state", STATES, "open"),
            kind=one_of(query, "kind", Task.Kind.values),
            campaign=number(query, "campaign"),
            channel=number(query, "channel"),
            person=number(query, "person"),
            sort=one_of(query, "sort", SORTS, "at"),
        )

    @property
    def is_narrowed(self) -> bool:
        return self.state != "open" or any((self.text, self.kind, self.campaign, self.channel, self.person))


def listed(asked: Asked, *, now: datetime) -> QuerySet[Task]:
    """The tasks of the list with all that a row shows; those of archived campaigns are left out."""
    found = Task.objects.filter(campaign__archived_at=None)
    found = found.select_related("campaign", "channel", "assignee", "settled_by").prefetch_related("publications")
    if asked.state == "overdue":
        found = found.filter(state=Task.State.OPEN, at__lt=now)
    elif asked.state != "all":
        found = found.filter(state=asked.state)
    for name, value in (("kind", asked.kind), ("campaign", asked.campaign), ("channel", asked.channel)):
        if value:
            found = found.filter(**{name: value})
    if asked.person:
        found = found.filter(assignee=asked.person)
    if asked.text:
        words = ("title", "details", "copy", "outcome", "campaign__name")
        found = found.filter(Q(*((f"{name}__icontains", asked.text) for name in words), _connector=Q.OR))
    return found.order_by(asked.sort, "at", "pk")


def counts(*, now: datetime) -> dict[str, int]:
    """How many tasks are in each state of the list. One query."""
    rows = Task.objects.filter(campaign__archived_at=None)
    open_ones = Q(state=Task.State.OPEN)
    return rows.aggregate(
        open=Count("pk", filter=open_ones),
        overdue=Count("pk", filter=open_ones & Q(at__lt=now)),
        done=Count("pk", filter=Q(state=Task.State.DONE)),
        not_done=Count("pk", filter=Q(state=Task.State.NOT_DONE)),
    )


def campaigns_with_tasks() -> QuerySet[Campaign]:
    return Campaign.objects.filter(archived_at=None, tasks__isnull=False).distinct().order_by("-start", "pk")
