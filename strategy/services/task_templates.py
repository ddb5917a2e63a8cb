"""What people do with task templates: keep a campaign's tasks as one, and write tasks from one."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import rows
from accounts.errors import InvalidInput, register_messages
from accounts.models import User
from strategy import task_templates
from strategy.models import Campaign, Task, TaskTemplate
from strategy.services import tasks
from strategy.task_templates import Item

register_messages(
    {
        "no_tasks_to_keep": _("The campaign has no tasks yet, so there is nothing to keep."),
        "template_is_empty": _("Choose at least one task."),
    }
)


def keep(campaign: Campaign, *, name: str, by: User | None) -> TaskTemplate:
    """Keep the campaign's tasks as a template; of a recurring task only the first."""
    found, series = [], set()
    for task in campaign.tasks.order_by("at", "priority", "pk"):
        if task.series_id is None or task.series_id not in series:
            found.append(task)
            series.add(task.series_id)
    if not found:
        raise InvalidInput("no_tasks_to_keep")
    values = {"name": name.strip(), "items": [_item(task, campaign) for task in found]}
    return rows.add(TaskTemplate(brand=campaign.brand), values, by=by, action="task_template.added", twice="name")


def _item(task: Task, campaign: Campaign) -> Item:
    values = {name: getattr(task, name) for name in task_templates.KEPT}
    return task_templates.item(values, day=task.day, clock=task.clock, start=campaign.start, end=campaign.end)


def rename(template: TaskTemplate, *, by: User | None, version: int, values: dict[str, Any]) -> TaskTemplate:
    return rows.change(
        template, by=by, version=version, values=values, action="task_template.changed", twice="name"
    )


def remove(template: TaskTemplate, *, by: User | None) -> None:
    rows.remove(template, by=by, action="task_template.removed", fields=("name",))


@transaction.atomic
def write(campaign: Campaign, items: Iterable[Item], *, by: User | None) -> list[Task]:
    """Write tasks from items of a template, on the campaign's own days; raises InvalidInput for one outside."""
    made = [
        tasks.add(
            campaign,
            by=by,
            values={name: item[name] for name in task_templates.KEPT}
            | {"day": task_templates.day_of(item, campaign.start, campaign.end)}
            | {"clock": task_templates.clock_of(item), "channel": None, "assignee": None}
            | {"link": "", "alt_text": ""},
        )
        for item in items
    ]
    if not made:
        raise InvalidInput("template_is_empty")
    return made
