"""Sends what waits in `Notification`: each e-mail at most once, tried again only where it surely was not taken.

Asking a mail server twice for one event is worse than a missing e-mail, because the notification stands in Timone
as well and the manager sees who has not read it (docs/decisions/008). So a row is marked before the server is
asked; what fails before the server could take the mail waits longer and longer and is tried again.
"""

import logging
from datetime import datetime, timedelta
from smtplib import SMTPConnectError, SMTPHeloError, SMTPRecipientsRefused, SMTPResponseException
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db.models import F, Q
from django.template.loader import render_to_string
from django.utils import timezone, translation

from accounts import notices
from accounts.models import Brand, Notification

logger = logging.getLogger(__name__)
Mail = Notification.Mail
WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 180, 360, 720))
LEFT_AFTER = timedelta(minutes=10)
MOST_AT_ONCE = 100
TOO_LATE = timedelta(days=3)


class NotTaken(Exception):
    """The server surely did not take the mail; `for_good` when it never will."""

    def __init__(self, reason: object, *, for_good: bool = False) -> None:
        super().__init__(str(reason))
        self.for_good = for_good


def is_due(now: datetime) -> bool:
    left = Q(mail=Mail.SENDING, mail_at__lt=now - LEFT_AFTER)
    return Notification.objects.filter(Q(mail=Mail.WAITING, mail_after__lte=now) | left).exists()


def send_due(*, now: datetime | None = None) -> int:
    """Send what is due; returns how many were sent. Several workers may do this at once."""
    now = now or timezone.now()
    left = Notification.objects.filter(mail=Mail.SENDING, mail_at__lt=now - LEFT_AFTER)
    if left.update(mail=Mail.UNKNOWN):
        logger.warning("a worker was lost while it sent e-mails; they are not sent again")
    due = Notification.objects.filter(mail=Mail.WAITING, mail_after__lte=now).order_by("mail_after", "pk")
    waiting = list(due.values_list("pk", flat=True)[:MOST_AT_ONCE])
    if not waiting:
        return 0
    connection = get_connection()
    try:
        return sum(_send(number, connection, now) for number in waiting)
    finally:
        connection.close()


def _send(number: int, connection: BaseEmailBackend, now: datetime) -> bool:
    mine = Notification.objects.filter(pk=number, mail=Mail.WAITING)
    if not mine.update(mail=Mail.SENDING, mail_at=now, mail_tries=F("mail_tries") + 1):
        return False  # another worker has it
    row = Notification.objects.select_related("user", "brand").get(pk=number)
    if _is_pointless(row, now):
        return _end(row, Mail.NONE)
    try:
        _hand_to_server(row, connection)
    except NotTaken as error:
        return _not_taken(row, error, now)
    except Exception as error:
        logger.exception("mail of notification %s broke off", row.pk)
        return _end(row, Mail.UNKNOWN, str(error))
    _end(row, Mail.SENT)
    return True


def _is_pointless(row: Notification, now: datetime) -> bool:
    """He has seen it meanwhile, left, or waits no more."""
    if row.seen_at or not row.user.is_active or row.created_at < now - TOO_LATE:
        return True
    return row.brand is not None and not Brand.objects.for_user(row.user).filter(pk=row.brand_id).exists()


def _hand_to_server(row: Notification, connection: BaseEmailBackend) -> None:
    message = message_of(row, connection)
    try:
        connection.open()
    except (OSError, SMTPConnectError, SMTPHeloError, SMTPResponseException) as error:
        connection.close()
        raise NotTaken(error) from error
    try:
        message.send()
    except SMTPRecipientsRefused as error:
        codes = [code for code, _text in error.recipients.values()]
        raise NotTaken(error, for_good=all(code >= 500 for code in codes)) from error
    except SMTPResponseException as error:
        connection.close()
        raise NotTaken(error, for_good=error.smtp_code >= 500) from error


def _not_taken(row: Notification, error: NotTaken, now: datetime) -> bool:
    logger.warning("mail of notification %s not taken: %s", row.pk, error)
    if error.for_good or row.mail_tries > len(WAITS):
        return _end(row, Mail.FAILED, str(error))
    row.mail_after = now + WAITS[row.mail_tries - 1]
    return _end(row, Mail.WAITING, str(error))


def _end(row: Notification, state: str, error: str = "") -> bool:
    row.mail, row.mail_error = state, error[:300]
    row.save(update_fields=["mail", "mail_error", "mail_after"])
    return False


def message_of(row: Notification, connection: BaseEmailBackend | None = None) -> EmailMultiAlternatives:
    """The e-mail in the language of the person, as text and as HTML."""
    with translation.override(row.user.language):
        facts = {"told": notices.word(row.kind, row.facts), "row": row, "site": settings.SITE_URL}
        facts["link"] = settings.SITE_URL + row.path
        facts["settings_link"] = f"{settings.SITE_URL}/me/"
        brand = f"{row.brand.name}: " if row.brand else ""
        message = EmailMultiAlternatives(
            subject=f"{brand}{facts['told'].subject}",
            body=render_to_string("accounts/mail.txt", facts),
            to=[row.user.email],
            connection=connection,
            headers={"Message-ID": f"<notification-{row.pk}@{urlsplit(settings.SITE_URL).hostname}>"},
        )
        message.attach_alternative(render_to_string("accounts/mail.html", facts), "text/html")
    return message
