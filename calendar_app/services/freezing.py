"""Holds what is planned while a brand is under attack, and lets go of it one by one, by a person's decision."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import audit, rows
from accounts.errors import InvalidInput, register_messages
from accounts.models import Brand, User
from accounts.notices import Wording, register
from accounts.notify import notify
from accounts.selectors import people_of
from calendar_app.models import Entry, Freeze
from strategy.models import Channel

HELD = "calendar.held"
LONGEST = timedelta(days=30)
Status = Entry.Status
LIVING = (Status.IDEA, Status.DRAFT, Status.IN_REVIEW, Status.APPROVED, Status.SCHEDULED)
DECISIONS = ("resume", "backlog", "rewrite", "drop")
register_messages(
    {
        "freeze_why_missing": _("Say in a sentence why, so that everybody knows."),
        "freeze_until_wrong": _("Choose a moment that is still to come, at most 30 days ahead."),
        "freeze_there": _("The calendar is on hold already. Look at it below."),
        "freeze_over": _("This hold was lifted meanwhile. Reload the page."),
        "entry_frozen": _(
            "It is on hold until %(until)s: %(why)s. Decide on it on the page of the hold before it goes out."
        ),
        "entry_not_frozen": _("It is not on hold any more. Reload the page."),
        "entry_resume_past": _("Its day has passed. Move it to the backlog, or drop it."),
    }
)
register(
    HELD,
    Wording(
        subject=_("%(brand)s: publishing is on hold"),
        lines=(
            _("%(by)s put it on hold: %(why)s"),
            _("%(n)s planned posts wait. Switch off by hand what is scheduled inside the platforms."),
        ),
        action=_("To the calendar"),
        icon="alert",
    ),
)


def open_one(*, channel: Channel | None = None) -> Freeze | None:
    """The hold of the brand in scope that is not lifted, if it covers the channel. Two queries at most."""
    found = Freeze.objects.filter(lifted_at=None).first()
    if found is None or channel is None:
        return found
    chosen = set(found.channels.values_list("pk", flat=True))
    return found if not chosen or channel.pk in chosen else None


@transaction.atomic
def declare(
    brand: Brand, *, why: str, channels: Iterable[Channel], until: datetime, by: User, now: datetime
) -> Freeze:
    """Put everything planned on these channels (none: on all) on hold, and tell everybody of the brand.

    All of it in one transaction: on hold or not, never half. Raises InvalidInput; "freeze_there" where somebody
    else was faster.
    """
    if not why.strip():
        raise InvalidInput("freeze_why_missing", field="why")
    _check_until(until, now)
    chosen = list(channels)
    try:
        with transaction.atomic():
            found = Freeze.objects.create(brand=brand, why=why.strip()[:300], until=until, by=by)
    except IntegrityError:
        raise InvalidInput("freeze_there") from None
    found.channels.set(chosen)
    held = Entry.objects.select_for_update(of=("self",)).filter(status__in=LIVING)
    held = held.filter(channel__in=chosen) if chosen else held
    numbers = list(held.values_list("pk", flat=True))
    Entry.objects.filter(pk__in=numbers).update(freeze=found)
    told = {"why": found.why, "until": until.isoformat(), "entries": len(numbers)}
    audit.record("calendar.frozen", found, by=by, brand=brand, after=told)
    _tell(found, n=len(numbers), now=now)
    return found


def catch_new(brand: Brand) -> None:
    """What was written since the calendar is on hold is on hold too. One query where it is not."""
    found = Freeze.objects.filter(brand=brand, lifted_at=None).first()
    if found is None:
        return
    chosen = list(found.channels.values_list("pk", flat=True))
    new = Entry.objects.filter(status__in=LIVING, freeze=None, created_at__gt=found.created_at)
    new = new.exclude(pk__in=found.let_go.values("pk"))
    (new.filter(channel__in=chosen) if chosen else new).update(freeze=found)


def _check_until(until: datetime, now: datetime) -> None:
    if not now < until <= now + LONGEST:
        raise InvalidInput("freeze_until_wrong", field="until")


def _tell(found: Freeze, *, n: int, now: datetime) -> None:
    brand = found.brand
    facts = {"brand": brand.name, "by": str(found.by), "why": found.why, "n": str(n)}
    for person in people_of(brand):
        if person != found.by:
            path = reverse("desk_calendar", args=[brand.slug])
            notify(person, HELD, event=f"held:{found.pk}", brand=brand, path=path, facts=facts, now=now)


@transaction.atomic
def renew(found: Freeze, *, until: datetime, version: int, by: User, now: datetime) -> Freeze:
    """Another end; raises Stale where somebody changed it meanwhile."""
    _check_until(until, now)
    if found.lifted_at:
        raise InvalidInput("freeze_over")
    return rows.change(found, by=by, version=version, values={"until": until}, action="calendar.frozen_until")


@transaction.atomic
def lift(found: Freeze, *, version: int, by: User, now: datetime) -> Freeze:
    """The attack is over: nothing new is held. What is on hold stays so until it is decided on."""
    row = rows.locked(found, version)
    if row.lifted_at:
        raise InvalidInput("freeze_over")
    row.lifted_at, row.lifted_by, row.version = now, by, row.version + 1
    row.save(update_fields=["lifted_at", "lifted_by", "version", "updated_at"])
    audit.record("calendar.lifted", row, by=by, brand=row.brand, after={"why": row.why})
    return row


@transaction.atomic
def decide(entry: Entry, what: str, *, by: User, now: datetime) -> Entry:
    """Of an entry on hold: resume it as planned, put it into the backlog, rewrite it as a draft, or drop it."""
    row = Entry.objects.select_for_update(of=("self",)).select_related("brand").get(pk=entry.pk)
    if row.freeze_id is None:
        raise InvalidInput("entry_not_frozen")
    if what == "resume" and row.at and row.at < now and row.status != Entry.Status.IDEA:
        raise InvalidInput("entry_resume_past")
    before = {"status": row.status, "day": str(row.day or "")}
    if what == "backlog":
        row.day = row.clock = row.at = None
    if what in ("backlog", "rewrite") and row.status != Entry.Status.IDEA:
        row.status = Entry.Status.DRAFT
    if what == "drop":
        row.status = Entry.Status.CANCELLED
    if row.status in (Entry.Status.DRAFT, Entry.Status.CANCELLED):
        row.approved_print = ""
    row.freeze.let_go.add(row)
    row.freeze, row.version = None, row.version + 1
    row.save()
    after = {"status": row.status, "day": str(row.day or ""), "decision": what}
    audit.record("entry.released", row, by=by, brand=row.brand, before=before, after=after)
    return row


def refuse_frozen(row: Entry) -> None:
    """Raises InvalidInput "entry_frozen" with the reason for an entry that is on hold."""
    found = row.freeze
    if found is not None:
        until = timezone.localtime(found.until).strftime("%Y-%m-%d %H:%M")
        raise InvalidInput("entry_frozen", until=until, why=found.why)
