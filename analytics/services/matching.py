"""Looks for what tasks were to publish among the posts that imports brought, and tells strategy."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from accounts.jobs import Run
from accounts.models import Brand
from analytics.matching import WINDOW, Match, Planned, Published, match
from analytics.models import Post
from analytics.services import tags
from strategy.handed_tasks import link_of
from strategy.models import Task, TaskPublication
from strategy.selectors import campaigns
from strategy.services import publications
from strategy.utm import Convention

BACK = timedelta(days=180)
AHEAD = timedelta(days=2)
EXCERPT = 200
State = TaskPublication.State


def match_brand(brand: Brand, *, run: Run | None = None, now: datetime | None = None) -> dict[str, int]:
    """Compare every open task to publish of the last half year with the posts around its hour.

    Returns how many were noticed for certain, and how many are proposed. The brand must be in scope.
    """
    now = now or timezone.now()
    for row in gone(TaskPublication.objects.select_related("task", "brand")):
        publications.forget(row, now=now)
    tasks = _waiting(now)
    counts = _match(tasks, run=run, now=now) if tasks else {"certain": 0, "proposed": 0}
    tags.from_tasks(brand)
    return counts


def _match(tasks: dict[int, Task], *, run: Run | None, now: datetime) -> dict[str, int]:
    convention = campaigns.convention()
    planned = [_planned(task, convention) for task in tasks.values()]
    taken = TaskPublication.objects.filter(state=State.ACCEPTED).values("post")
    posts = {post.pk: post for post in posts_around(planned).exclude(pk__in=taken)}
    decided = TaskPublication.objects.filter(task__in=tasks, state=State.REFUSED)
    found = match(
        planned,
        [published_of(post) for post in posts.values()],
        refused=list(decided.values_list("task", "post")),
    )
    counts = {"certain": 0, "proposed": 0}
    for number, pair in enumerate(found):
        if run:
            run.progress(number / len(found), "matching")
        values = told_of(pair, posts[pair.published])
        if publications.notice(tasks[pair.planned], values, certain=pair.certain, now=now):
            counts["certain" if pair.certain else "proposed"] += 1
    return counts


def gone(rows: QuerySet) -> QuerySet:
    """Of rows that noticed a post those whose post is no longer there, such as after an undone import."""
    return rows.filter(~Exists(Post.objects.filter(pk=OuterRef("post"))))


def _waiting(now: datetime) -> dict[int, Task]:
    rows = Task.objects.filter(
        kind=Task.Kind.PUBLISH, state=Task.State.OPEN, channel__isnull=False, campaign__archived_at=None
    )
    rows = rows.filter(at__gte=now - BACK, at__lte=now + AHEAD)
    return {task.pk: task for task in rows.select_related("brand", "channel", "campaign")}


def posts_around(planned: Iterable[Planned]) -> QuerySet[Post]:
    """The posts of the channels of what is planned, around its days."""
    around, moments = Q(pk__in=[]), {}
    for plan in planned:
        moments.setdefault(plan.channel, []).append(plan.at)
    for channel, own in moments.items():
        span = (min(own) - WINDOW - timedelta(days=1), max(own) + WINDOW + timedelta(days=1))
        around |= Q(channel=channel, published_at__range=span)
    rows = Post.objects.filter(around, is_reply=False)
    return rows.only("channel", "published_at", "is_exact", "text", "permalink", "brand")


def _planned(task: Task, convention: Convention) -> Planned:
    link = link_of(task, task.campaign, convention)
    return Planned(task.pk, task.channel_id, task.at, task.clock is not None, task.copy, link)


def published_of(post: Post) -> Published:
    return Published(post.pk, post.channel_id, post.published_at, post.is_exact, post.text, post.permalink)


def told_of(pair: Match, post: Post) -> dict[str, Any]:
    return {
        "post": post.pk,
        "permalink": post.permalink,
        "published_at": post.published_at,
        "is_exact": post.is_exact,
        "excerpt": post.text[:EXCERPT],
        "likeness": pair.likeness,
        "why": pair.why,
    }
