"""What people do with entries: write, move, copy, cancel them, and bring them to their next status."""

import json
from collections.abc import Container, Iterable, Mapping
from datetime import date, time, timedelta
from hashlib import sha256
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts import audit, rows
from accounts.errors import InvalidInput, Stale, register_messages
from accounts.models import Brand, User
from accounts.selectors import people_of
from calendar_app import states
from calendar_app.models import Entry, EntryGroup, EntryMatch
from calendar_app.services import freezing, results
from strategy.models import Channel
from strategy.task_times import instant

Status = Entry.Status
FARTHEST = timedelta(days=25 * 365)
CONTENT = ("copy", "link", "first_comment", "alt_text", "format")
TEXTS = ("title", "copy", "link", "first_comment", "notes", "alt_text", "format")
register_messages(
    {
        "entry_outside": _(
            "The campaign runs from %(start)s to %(end)s: %(day)s lies outside. Choose a day within it, "
            "or another campaign."
        ),
        "entry_channel_closed": _("This channel is closed. Open it again, or choose another one."),
        "entry_channel_missing": _("Choose at least one channel."),
        "entry_hour_without_day": _("An hour needs a day. Choose the day, or leave the hour empty."),
        "entry_past": _("%(day)s has passed. Choose a day from today on, or set the entry as published."),
        "entry_far": _("%(day)s is more than 25 years ahead. Choose a nearer day."),
        "entry_needs_time": _("Choose a day first: an entry without one cannot be scheduled or published."),
        "entry_wrong_step": _("An entry that is %(status)s cannot become that. Reload the page and look again."),
        "entry_needs_approval": _("It must be approved first. Ask for approval."),
        "entry_moved_meanwhile": _("Somebody else moved or changed it meanwhile: it is now on %(where)s."),
        "entry_published_stays": _("A published entry is not deleted: it tells what was planned."),
        "nothing_chosen": _("Choose at least one entry."),
        "days_wanted": _("Say by how many days, such as 7 or -1."),
        "reviewer_without_role": _("%(name)s has no role in this brand. Choose somebody else."),
    }
)


def content_print(entry: Entry) -> str:
    """What tells whether the content is still what was approved."""
    told = [str(getattr(entry, name)) for name in CONTENT] + [entry.asset.name or "", str(entry.channel_id)]
    if entry.pk:
        told += [f"{asset} {text}" for asset, text in entry.slides.values_list("asset", "alt_text")]
    return sha256(json.dumps(told).encode()).hexdigest()


@transaction.atomic
def add(
    brand: Brand, *, channels: Iterable[Channel], by: User | None, values: Mapping[str, Any], today: date
) -> list[Entry]:
    """Write an idea down for one or several channels; raises InvalidInput naming the field."""
    wanted = list(channels)
    if not wanted:
        raise InvalidInput("entry_channel_missing", field="channels")
    group = EntryGroup.objects.create(brand=brand, title=values["title"]) if len(wanted) > 1 else None
    made = []
    told = dict(values)
    for channel in wanted:
        entry = Entry(brand=brand, group=group, author=by)
        looked_at = checked(entry, told | {"channel": channel}, today=today)
        made.append(rows.add(entry, looked_at, by=by, action="entry.added"))
        told |= {name: getattr(entry, name).name for name in ("asset", "thumb")}  # uploads are stored once
    freezing.catch_new(brand)
    return made


@transaction.atomic
def change(
    entry: Entry,
    *,
    by: User | None,
    version: int,
    values: Mapping[str, Any],
    today: date,
    action: str = "entry.changed",
) -> Entry:
    """Change an entry; one that was approved asks for approval again where its content changed."""
    told = checked(entry, values, today=today)
    row = rows.change(entry, by=by, version=version, values=told, action=action)
    results.pass_on(row)
    if row.status in states.PROMISED and row.approved_print and row.approved_print != content_print(row):
        row = _set_status(row, Status.IN_REVIEW, by=by, note="changed")
    return row


def checked(
    entry: Entry, values: Mapping[str, Any], *, today: date, people: Container[int] | None = None
) -> dict[str, Any]:
    """These values with the instant that follows; raises InvalidInput naming the field of what cannot be.

    `people` are those who may approve, where whoever asks knows them already.
    """
    found = dict(values)
    channel = found.get("channel") or entry.channel
    if not channel.active and channel.pk != entry.channel_id:
        raise InvalidInput("entry_channel_closed", field="channel")
    day, clock = found.get("day", entry.day), found.get("clock", entry.clock)
    if day is None and entry.status in states.NEED_A_TIME:
        raise InvalidInput("entry_needs_time", field="day")
    if clock and not day:
        raise InvalidInput("entry_hour_without_day", field="clock")
    _check_day(entry, day, found.get("campaign", entry.campaign), today=today)
    chosen = found.get("reviewers")
    if chosen is not None:
        known = set(people_of(entry.brand).values_list("pk", flat=True)) if people is None else people
        for person in chosen:
            if person.pk not in known:
                raise InvalidInput("reviewer_without_role", field="reviewers", name=str(person))
    return found | {"at": instant(day, clock, entry.brand.time_zone) if day else None}


def _check_day(entry: Entry, day: date | None, campaign: Any, *, today: date) -> None:
    if day is None:
        return
    if day > today + FARTHEST:
        raise InvalidInput("entry_far", field="day", day=day)
    is_new_day = day != entry.day
    if day < today and is_new_day and entry.status != Status.PUBLISHED:
        raise InvalidInput("entry_past", field="day", day=day)
    if campaign is not None and not campaign.start <= day <= campaign.end:
        raise InvalidInput("entry_outside", field="day", start=campaign.start, end=campaign.end, day=day)


@transaction.atomic
def move(
    entry: Entry, *, day: date | None, clock: time | None, by: User | None, version: int, today: date
) -> Entry:
    """Move an entry to another day and hour, or (without a day) to the backlog.

    Raises Stale with where it is now when somebody else was faster.
    """
    try:
        found = rows.locked(entry, version)
    except Stale:
        now = Entry.objects.get(pk=entry.pk)
        raise Stale("entry_moved_meanwhile", version=now.version, where=_where(now)) from None
    values = {"day": day, "clock": clock if day else None}
    told = checked(found, values, today=today)
    return rows.change(found, by=by, version=version, values=told, action="entry.moved")


def _where(entry: Entry) -> str:
    if entry.day is None:
        return str(_("the backlog"))
    return f"{entry.day.isoformat()}" + (f" {entry.clock:%H:%M}" if entry.clock else "")


@transaction.atomic
def set_status(entry: Entry, status: str, *, by: User | None, guest: str = "") -> Entry:
    """Bring an entry to its next status by hand; raises InvalidInput where it cannot come there.

    `guest` names who did it where that was nobody of the team.
    """
    row = Entry.objects.select_for_update(of=("self",)).select_related("brand").get(pk=entry.pk)
    if not states.may_follow(row.status, status):
        raise InvalidInput("entry_wrong_step", status=row.get_status_display())
    if status in states.NEED_A_TIME and row.day is None:
        raise InvalidInput("entry_needs_time", field="day")
    if status == Status.SCHEDULED and row.status != Status.PUBLISHED and row.approved_print != content_print(row):
        raise InvalidInput("entry_needs_approval")
    if status in states.NEED_A_TIME and row.status != Status.PUBLISHED:
        freezing.refuse_frozen(row)
    if row.status == Status.PUBLISHED:
        _unpublish(row)
    return _set_status(row, status, by=by, guest=guest)


def _unpublish(row: Entry) -> None:
    """It was not that post, then: the entry waits for another one."""
    results.take_back(row)
    row.post, row.permalink, row.published_at = None, "", None
    row.save(update_fields=["post", "permalink", "published_at"])
    row.matches.filter(state=EntryMatch.State.ACCEPTED).update(state=EntryMatch.State.REFUSED)


def _set_status(row: Entry, status: str, *, by: User | None, note: str = "", guest: str = "") -> Entry:
    before, row.status, row.version = row.status, status, row.version + 1
    if status in (Status.DRAFT, Status.IDEA, Status.IN_REVIEW):
        row.approved_print = ""
    row.save(update_fields=["status", "approved_print", "version", "updated_at"])
    after = {"status": status} | ({"note": note} if note else {}) | ({"guest": guest} if guest else {})
    audit.record("entry.status", row, by=by, brand=row.brand, before={"status": before}, after=after)
    return row


def remove(entry: Entry, *, by: User | None) -> None:
    if entry.status == Status.PUBLISHED:
        raise InvalidInput("entry_published_stays")
    rows.remove(entry, by=by, action="entry.removed", fields=("title", "day", "clock", "status", *CONTENT))


@transaction.atomic
def duplicate(entry: Entry, *, days: int, by: User | None, today: date) -> Entry:
    """A draft like it, so many days later; in the backlog where that would be past or out of its campaign."""
    values: dict[str, Any] = {name: getattr(entry, name) for name in (*TEXTS, "asset_name", "sells", "needs_all")}
    values |= {"asset": entry.asset.name, "channel": entry.channel, "campaign": entry.campaign}
    values |= {"asset_facts": entry.asset_facts, "thumb": entry.thumb.name}
    values |= {"pillar": entry.pillar, "audience": entry.audience, "status": Status.DRAFT}
    day = entry.day + timedelta(days=days) if entry.day else None
    copy = Entry(brand=entry.brand, group=entry.group, author=by)
    try:
        told = checked(copy, values | {"day": day, "clock": entry.clock if day else None}, today=today)
    except InvalidInput:
        told = checked(copy, values | {"day": None, "clock": None}, today=today)
    made = rows.add(copy, told, by=by, action="entry.added")
    for slide in entry.slides.all():
        slide.pk, slide.entry, slide._state.adding = None, made, True
        slide.save()
    freezing.catch_new(entry.brand)
    return made


@transaction.atomic
def to_many(chosen: Iterable[Entry], what: str, *, days: str, by: User | None, today: date) -> None:
    """Do the same to many entries, all or none: "shift" by days, "copy" so many days later, or a status."""
    rows_found = list(chosen)
    if not rows_found:
        raise InvalidInput("nothing_chosen")
    if what in ("shift", "copy"):
        number = _number(days)
        for entry in rows_found:
            if what == "copy":
                duplicate(entry, days=number, by=by, today=today)
            elif entry.day:
                there = entry.day + timedelta(days=number)
                move(entry, day=there, clock=entry.clock, by=by, version=entry.version, today=today)
        return
    for entry in rows_found:
        set_status(entry, what, by=by)


def _number(days: str) -> int:
    try:
        number = int(days)
    except ValueError:
        raise InvalidInput("days_wanted") from None
    if not -3660 <= number <= 3660:
        raise InvalidInput("days_wanted")
    return number


@transaction.atomic
def restore(entry: Entry, before: Mapping[str, Any], *, by: User | None, version: int, today: date) -> Entry:
    """Take a change of texts or of the hour back, to what the record says it was before."""
    values: dict[str, Any] = {name: before[name] for name in TEXTS if name in before}
    if "day" in before:
        values["day"] = date.fromisoformat(before["day"]) if before["day"] not in (None, "None") else None
    if "clock" in before:
        values["clock"] = time.fromisoformat(before["clock"]) if before["clock"] not in (None, "None") else None
    return change(entry, by=by, version=version, values=values, today=today)
