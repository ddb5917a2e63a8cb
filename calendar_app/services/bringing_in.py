"""Brings entries in from a table or an imported plan: looked at line by line, then taken as a whole or not at all.

What was looked at is what is taken: when it is confirmed, every line is judged anew, and where one would become
something else by now, the new judgement is shown instead.
"""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from itertools import islice
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import audit, jobs
from accounts.errors import InvalidInput, Stale, register_messages
from accounts.jobs import Run
from accounts.models import AuditEvent, Brand, Job, User
from accounts.notices import Wording, register
from accounts.notify import notify
from accounts.periodic import every
from accounts.rows import told as told_of
from accounts.scoping import brands_in_scope
from calendar_app import sheet
from calendar_app.models import Comment, Entry, EntryGroup, EntryImport, EntryImportLine
from calendar_app.services import freezing
from calendar_app.services.handed_in import Handed
from calendar_app.services.judging import BEFORE, Judge, Kind, Verdict
from calendar_app.sheet import Line

KIND = "calendar.bring_in"
CHUNK = 500
AT_ONCE = 200  # lines that are taken while a page waits
KEPT_OPEN, KEPT_DONE = timedelta(days=7), timedelta(days=90)
ASKED_MANY = "calendar.asked_many"
TAKEN = (Kind.NEW, Kind.CHANGED)
State = EntryImport.State
Through = Entry.reviewers.through
Item = TypeVar("Item")
Tell = Callable[[float], None]
register_messages(
    {
        "in_over": _("This was brought in or taken back meanwhile."),
        "in_changed": _(
            "Nothing was brought in yet: something changed in Timone since you looked. The lines are shown as they"
            " are now; look once more and confirm."
        ),
        "in_nothing": _("No line is ticked. Tick at least one, or discard this."),
        "in_undo_changed": _(
            "It cannot be taken back as a whole: changed, commented on or deleted since: %(titles)s. Change or "
            "delete these entries by themselves."
        ),
        "in_not_done": _("Only what was brought in can be taken back."),
    }
)
register(
    ASKED_MANY,
    Wording(
        subject=_("Entries wait for your approval: %(n)s"),
        lines=(_("%(by)s brought them in from “%(name)s”."),),
        action=_("To the calendar"),
        icon="calendar",
    ),
)


def chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    iterator = iter(items)
    while some := list(islice(iterator, CHUNK)):
        yield some


# --- looking ---------------------------------------------------------------------------------------------------


@transaction.atomic
def look(brand: Brand, handed: Handed, *, by: User | None, today: date) -> EntryImport:
    """Keep the lines with what would become of each. No entry is touched."""
    table = handed.table
    kept = EntryImport.objects.create(
        brand=brand,
        by=by,
        name=handed.name[:200],
        order=table.order,
        titles=table.titles,
        unread=table.unread[:50],
    )
    rows = [_line(kept, verdict) for verdict in _verdicts(kept, table.lines, today=today)]
    for number, problem in handed.rejected:
        verdict = Verdict(Line(number, {}), Kind.WRONG, problems=[problem])
        rows.append(_line(kept, verdict))
    EntryImportLine.objects.bulk_create(rows, batch_size=CHUNK)
    return kept


def _verdicts(
    kept: EntryImport, lines: Iterable[Line], *, today: date, locking: bool = False
) -> Iterator[Verdict]:
    judge = Judge(kept.brand, order=kept.order, today=today, locking=locking)
    for some in chunks(lines):
        yield from judge(some)


def _line(kept: EntryImport, verdict: Verdict) -> EntryImportLine:
    row = verdict.row
    title = (
        row.title if row else verdict.line.told.get("title") or sheet.title_of(verdict.line.told.get("text", ""))
    )
    return EntryImportLine(
        brand_id=kept.brand_id,
        entry_import=kept,
        number=verdict.line.number,
        told=verdict.line.told,
        kind=verdict.kind,
        taken=verdict.kind in TAKEN and not verdict.is_twin,
        title=title[:200],
        verdict=verdict.told,
        entry=row.pk if row else None,
    )


def choose(kept: EntryImport, *, shown: Iterable[str], ticked: Iterable[str]) -> None:
    """Of the lines that were shown take the ticked ones."""
    if kept.state == State.OPEN:
        lines = kept.lines.filter(pk__in=list(shown), kind__in=TAKEN)
        lines.filter(pk__in=list(ticked)).update(taken=True)
        lines.exclude(pk__in=list(ticked)).update(taken=False)


@transaction.atomic
def discard(kept: EntryImport) -> None:
    if kept.state == State.OPEN:
        kept.delete()


# --- taking ----------------------------------------------------------------------------------------------------


def request(kept: EntryImport, *, by: User) -> Job | None:
    """Have a worker take the ticked lines where that takes longer than one waits for a page; else None."""
    if kept.lines.filter(taken=True).count() <= AT_ONCE:
        return None
    return jobs.enqueue(KIND, brand=kept.brand, by=by, payload={"import": kept.pk}, same_as=f"in:{kept.pk}")


def work(run: Run) -> None:
    """Do what was requested; done again after a worker died over it, it changes nothing twice."""
    kept = EntryImport.objects.select_related("brand").filter(pk=run.payload["import"]).first()
    if kept is None:
        raise InvalidInput("in_over")
    if kept.state == State.OPEN:
        today = timezone.localdate(timezone=ZoneInfo(kept.brand.time_zone))
        confirm(kept, by=run.job.created_by, today=today, tell=lambda share: run.progress(share, "storing"))


def confirm(kept: EntryImport, *, by: User, today: date, tell: Tell | None = None) -> dict[str, int]:
    """Take the ticked lines, all or none; raises Stale where one would become something else by now."""
    if not _take(kept, by=by, today=today, tell=tell or (lambda _share: None)):
        raise Stale("in_changed")
    return dict(Counter(kept.lines.exclude(made_version=None).values_list("kind", flat=True)))


@transaction.atomic
def _take(kept: EntryImport, *, by: User, today: date, tell: Tell) -> bool:
    locked = _locked(kept)
    if locked.state != State.OPEN:
        raise InvalidInput("in_over")
    lines = {row.number: row for row in locked.lines.all() if row.told}
    if not any(row.taken for row in lines.values()):
        raise InvalidInput("in_nothing")
    tell(0.05)
    told = (Line(row.number, row.told) for row in lines.values())
    found = list(_verdicts(locked, told, today=today, locking=True))
    fresh = [(lines[verdict.line.number], verdict) for verdict in found]
    differing = [(row, verdict) for row, verdict in fresh if row.kind != verdict.kind or _differs(row, verdict)]
    if differing:
        _show_anew(locked, differing)
        return False
    taken = [(row, verdict) for row, verdict in fresh if row.taken and verdict.kind in TAKEN]
    ideas: dict[str, EntryGroup] = {}
    for number, some in enumerate(chunks(taken)):
        tell((1 + number * CHUNK / len(taken)) / 2)
        _write(locked, some, ideas, by=by)
    freezing.catch_new(locked.brand)
    locked.state, locked.done_at = State.DONE, timezone.now()
    locked.save(update_fields=["state", "done_at", "updated_at"])
    counts = Counter(str(verdict.kind) for _row, verdict in taken)
    audit.record("entries.brought_in", locked, by=by, brand=locked.brand, after=dict(counts))
    _tell_reviewers(locked, [verdict for _row, verdict in taken], by=by)
    return True


def _locked(kept: EntryImport) -> EntryImport:
    rows = EntryImport.objects.select_for_update(of=("self",)).select_related("brand")
    found = rows.filter(pk=kept.pk).first()
    if found is None:
        raise InvalidInput("in_over")
    return found


def _differs(row: EntryImportLine, verdict: Verdict) -> bool:
    return json.dumps(row.verdict, sort_keys=True) != json.dumps(verdict.told, sort_keys=True)


def _show_anew(kept: EntryImport, differing: list[tuple[EntryImportLine, Verdict]]) -> None:
    changed = []
    for row, verdict in differing:
        fresh = _line(kept, verdict)
        for name in ("kind", "taken", "title", "verdict", "entry"):
            setattr(row, name, getattr(fresh, name))
        changed.append(row)
    names = ["kind", "taken", "title", "verdict", "entry"]
    EntryImportLine.objects.bulk_update(changed, names, batch_size=CHUNK)


def _write(
    kept: EntryImport, some: list[tuple[EntryImportLine, Verdict]], ideas: dict[str, EntryGroup], *, by: User
) -> None:
    """Store a chunk of lines by a fixed number of statements."""
    verdicts = [verdict for _row, verdict in some]
    _make_ideas(kept.brand, verdicts, ideas)
    new = [verdict.row for verdict in verdicts if verdict.kind == Kind.NEW]
    for row in new:
        row.author = by
    Entry.objects.bulk_create(new)
    changed = [verdict.row for verdict in verdicts if verdict.kind == Kind.CHANGED]
    for row in changed:
        row.version, row.updated_at = row.version + 1, timezone.now()
    Entry.objects.bulk_update(changed, [*_names(BEFORE), "version", "updated_at"], batch_size=100)
    _set_reviewers(verdicts)
    events = [_event(kept, verdict, by) for verdict in verdicts]
    AuditEvent.objects.bulk_create(events)
    for line, verdict in some:
        line.entry, line.made_version = verdict.row.pk, verdict.row.version
        line.before = _plain(verdict.before) if verdict.kind == Kind.CHANGED else None
    EntryImportLine.objects.bulk_update(
        [line for line, _verdict in some], ["entry", "made_version", "before"], batch_size=100
    )


def _names(attributes: Iterable[str]) -> list[str]:
    return [name.removesuffix("_id") for name in attributes]


def _make_ideas(brand: Brand, verdicts: list[Verdict], ideas: dict[str, EntryGroup]) -> None:
    """One idea for the lines that tell of it together; `ideas` are those made so far."""
    told = dict(verdict.idea for verdict in verdicts if verdict.idea and verdict.idea[0] not in ideas)
    made = {key: EntryGroup(brand=brand, title=title) for key, title in told.items()}
    EntryGroup.objects.bulk_create(made.values())
    ideas.update(made)
    for verdict in verdicts:
        if verdict.idea:
            verdict.row.group = ideas[verdict.idea[0]]


def _set_reviewers(verdicts: list[Verdict]) -> None:
    told = [verdict for verdict in verdicts if verdict.reviewers is not None]
    Through.objects.filter(entry__in=[verdict.row.pk for verdict in told if verdict.kind == Kind.CHANGED]).delete()
    Through.objects.bulk_create(
        [Through(entry=verdict.row, user=person) for verdict in told for person in verdict.reviewers or ()]
    )


def _event(kept: EntryImport, verdict: Verdict, by: User) -> AuditEvent:
    row, brand = verdict.row, kept.brand
    if verdict.kind == Kind.NEW:
        names = ("title", "channel", "day", "clock", "status", "format", "copy")
        return audit.event("entry.added", row, by=by, brand=brand, after=told_of(row, names))
    names = [name for name, _before, _after in verdict.changes if name not in ("reviewers", "group")]
    before = {name: _json(verdict.before[name]) for name in names if name in verdict.before}
    return audit.event("entry.changed", row, by=by, brand=brand, before=before, after=told_of(row, before))


def _plain(values: dict[str, Any]) -> dict[str, Any]:
    return {name: _json(value) for name, value in values.items()}


def _json(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime | time) else value


def _tell_reviewers(kept: EntryImport, taken: list[Verdict], *, by: User) -> None:
    """Who is to approve what came in is told once, however many entries that are."""
    waiting: Counter[User] = Counter()
    for verdict in taken:
        if verdict.row.status == Entry.Status.IN_REVIEW and verdict.kind == Kind.NEW:
            waiting.update(verdict.reviewers or ())
    path = reverse("calendar_list", args=[kept.brand.slug]) + "?status=in_review"
    for person, n in waiting.items():
        if person != by:
            facts = {"n": n, "by": str(by), "name": kept.name}
            notify(person, ASKED_MANY, event=f"brought:{kept.pk}", path=path, brand=kept.brand, facts=facts)


# --- taking back -----------------------------------------------------------------------------------------------


@transaction.atomic
def undo(kept: EntryImport, *, by: User) -> None:
    """Take it back as a whole; raises InvalidInput naming what was changed since, and then changes nothing."""
    locked = _locked(kept)
    if locked.state != State.DONE:
        raise InvalidInput("in_not_done")
    lines = {row.entry: row for row in locked.lines.exclude(made_version=None)}
    rows = {row.pk: row for row in Entry.objects.select_for_update(of=("self",)).filter(pk__in=lines)}
    said = set(Comment.objects.filter(entry__in=rows).values_list("entry", flat=True))
    touched = [
        line.title
        for number, line in lines.items()
        if number not in rows
        or rows[number].version != line.made_version
        or (line.kind == Kind.NEW and number in said)
    ]
    if touched:
        shown = ", ".join(f"“{title}”" for title in touched[:10])
        raise InvalidInput("in_undo_changed", titles=shown)
    Entry.objects.filter(pk__in=[number for number, line in lines.items() if line.kind == Kind.NEW]).delete()
    changed = [rows[number] for number, line in lines.items() if line.kind == Kind.CHANGED]
    people = {number: line.before["reviewers"] for number, line in lines.items() if line.kind == Kind.CHANGED}
    for row in changed:
        _restore(row, lines[row.pk].before)
    Entry.objects.bulk_update(changed, [*_names(BEFORE), "version", "updated_at"], batch_size=100)
    Through.objects.filter(entry__in=people).delete()
    Through.objects.bulk_create(
        [Through(entry_id=number, user_id=person) for number, persons in people.items() for person in persons]
    )
    locked.state = State.UNDONE
    locked.save(update_fields=["state", "updated_at"])
    audit.record("entries.taken_back", locked, by=by, brand=locked.brand, after={"entries": len(lines)})


_PARSED = {"day": date.fromisoformat, "clock": time.fromisoformat, "at": datetime.fromisoformat}


def _restore(row: Entry, before: dict[str, Any]) -> None:
    for name in BEFORE:
        value = before[name]
        setattr(row, name, _PARSED[name](value) if name in _PARSED and value else value)
    row.version, row.updated_at = row.version + 1, timezone.now()


# --- tidying ---------------------------------------------------------------------------------------------------


@every(seconds=3600)
def remove_old(*, now: datetime | None = None) -> int:
    """Delete what was looked at and left, after a week; what was brought in, after three months."""
    now = now or timezone.now()
    found = 0
    for brand in Brand.objects.values_list("pk", flat=True):
        with brands_in_scope(brand):
            left = Q(state=State.OPEN, created_at__lt=now - KEPT_OPEN)
            old = EntryImport.objects.filter(left | Q(created_at__lt=now - KEPT_DONE))
            found += old.count()
            old.delete()
    return found
