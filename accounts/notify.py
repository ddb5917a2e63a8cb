"""Tells people what happened: one row for one person and event, in the bell and in the queue of e-mails."""

import logging
from datetime import datetime
from typing import Any

from celery import current_app
from django.db import IntegrityError, transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from kombu.exceptions import OperationalError as BrokerError

from accounts.models import Brand, Notification, User

logger = logging.getLogger(__name__)
MAIL_TASK = "accounts.send_mails"
Mail = Notification.Mail


@transaction.atomic
def notify(
    user: User,
    kind: str,
    *,
    event: str,
    path: str,
    brand: Brand | None = None,
    facts: dict[str, Any] | None = None,
    now: datetime | None = None,
    mail: bool = True,
) -> bool:
    """Tell a person of an event, by e-mail too unless he wants none; False where he was told of it before.

    `kind` is worded in `accounts.notices`; `path` is where the notification leads.
    """
    now = now or timezone.now()
    mails = mail and user.wants_mail and user.is_active
    try:
        with transaction.atomic():
            Notification.objects.create(
                **{"user": user, "brand": brand, "kind": kind, "event": event, "path": path, "created_at": now},
                facts=facts or {},
                mail=Mail.WAITING if mails else Mail.NONE,
                mail_after=now if mails else None,
            )
    except IntegrityError:
        return False
    User.objects.filter(pk=user.pk).update(unread=F("unread") + 1)
    if mails:
        transaction.on_commit(hint)
    return True


def hint() -> None:
    """Tell a worker that e-mails wait; if the broker cannot be reached, the worker's own clock finds them."""
    try:
        current_app.send_task(MAIL_TASK)
    except (BrokerError, OSError) as error:
        logger.warning("mail not announced: %s", error)


def told_to(user: User) -> QuerySet[Notification]:
    """What a person was told, the newest first, without what belongs to brands that he may no longer enter."""
    mine = Q(brand=None) | Q(brand__in=Brand.objects.for_user(user))
    return user.notifications.filter(mine).select_related("brand").order_by("-pk")


def mark_seen(user: User, *, now: datetime) -> None:
    """He opened the page of his notifications."""
    user.notifications.filter(seen_at=None).update(seen_at=now)
    User.objects.filter(pk=user.pk).exclude(unread=0).update(unread=0)
