"""The day's tasks by e-mail, at the hour that a person chose, on his own clock."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Brand, User
from accounts.notices import Wording, register
from accounts.notify import notify
from accounts.periodic import every
from accounts.scoping import brands_in_scope
from smm import desk_list
from strategy.models import HandedTask, Task

KIND = "desk.digest"
MOST = 40
LATE = 4  # hours after which the hour is over: nobody wants the morning's mail in the evening
register(
    KIND,
    Wording(
        subject=gettext_lazy("Today on your desk: %(count)s"),
        lines=(gettext_lazy("Still to do from earlier days: %(overdue)s"),),
        action=gettext_lazy("To the desk"),
        icon="desk",
    ),
)


@every(seconds=60)
def send_digests(*, now: datetime | None = None) -> int:
    """Tell everybody whose hour has come; returns how many were told. Once a day each, whoever calls it."""
    now = now or timezone.now()
    return sum(_send(user, now) for user in User.objects.filter(is_active=True, digest_hour__isnull=False))


def _is_due(user: User, local: datetime) -> bool:
    in_time = user.digest_hour <= local.hour < user.digest_hour + LATE
    return in_time and user.digest_day != local.date()


def _send(user: User, now: datetime) -> bool:
    if user.time_zone and not _is_due(user, now.astimezone(ZoneInfo(user.time_zone))):
        return False  # most of the day, without a question to the database
    brands = list(Brand.objects.for_user(user).order_by("name"))
    if not brands:
        return False
    zone = ZoneInfo(user.time_zone or brands[0].time_zone)
    local = now.astimezone(zone)
    if not _is_due(user, local):
        return False
    with transaction.atomic():
        mine = User.objects.filter(pk=user.pk).exclude(digest_day=local.date())
        if not mine.update(digest_day=local.date()):
            return False
        with brands_in_scope(*(brand.pk for brand in brands)), translation.override(user.language):
            facts = _facts(user, now, zone)
        if not facts:
            return False
        event = f"digest:{local.date()}"
        return notify(user, KIND, event=event, path=reverse("desk_all"), facts=facts, now=now)


def _facts(user: User, now: datetime, zone: ZoneInfo) -> dict:
    """What is to be done today by this person or by whoever is on duty; nothing when there is nothing."""
    borders = desk_list.days(now, zone)
    rows = desk_list.in_force().filter(task__state=Task.State.OPEN, at__lt=borders.tomorrow)
    rows = list(rows.filter(Q(assignee=None) | Q(assignee=user)).order_by("at")[:500])
    overdue = [row for row in rows if row.at < borders.today]
    today = [row for row in rows if row.at >= borders.today]
    if not rows:
        return {}
    counted = ngettext("%(n)s task", "%(n)s tasks", len(today)) % {"n": len(today)}
    return {"count": counted, "overdue": len(overdue) or "", "items": [_item(row, zone) for row in today[:MOST]]}


def _item(row: HandedTask, zone: ZoneInfo) -> dict[str, str]:
    clock = f"{row.at.astimezone(zone):%H:%M}" if row.clock else _("at any time")
    return {
        "text": f"{clock} · {row.brand.name} · {row.title}",
        "path": reverse("desk_task", args=[row.brand.slug, row.pk]),
    }
