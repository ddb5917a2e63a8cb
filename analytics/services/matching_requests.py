"""Asks for planned posts to be looked for among published ones. Light on purpose: every import calls it."""

from accounts import jobs
from accounts.models import Brand, Job, User
from strategy.models import Task, TaskPublication

KIND = "analytics.match_tasks"


def request_matching(brand: Brand, *, by: User | None) -> Job | None:
    """One waiting request is enough; none where nothing is to be published and nothing was noticed before."""
    waits = Task.objects.filter(kind=Task.Kind.PUBLISH, state=Task.State.OPEN, channel__isnull=False)
    if not waits.exists() and not TaskPublication.objects.exists():
        return None
    return jobs.enqueue(KIND, brand=brand, by=by, same_as="matching")
