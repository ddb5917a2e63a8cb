"""Asks for what was planned to be looked for among published posts. Light on purpose: every import calls it."""

from accounts import jobs
from accounts.models import Brand, User
from strategy.models import Task, TaskPublication

KIND = "analytics.match_tasks"
ENTRIES = "calendar.match_entries"  # by name: the calendar is a floor above


def request_matching(brand: Brand, *, by: User | None) -> None:
    """One waiting request of each kind is enough; none for tasks where none is to be published."""
    jobs.enqueue(ENTRIES, brand=brand, by=by, same_as="matching")
    waits = Task.objects.filter(kind=Task.Kind.PUBLISH, state=Task.State.OPEN, channel__isnull=False)
    if waits.exists() or TaskPublication.objects.exists():
        jobs.enqueue(KIND, brand=brand, by=by, same_as="matching")
