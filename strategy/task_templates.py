"""Tasks that are used again: their days count from a campaign's start, or back from its end. Pure.

A template keeps what does not depend on one campaign: no link, file, channel or person.
"""

from collections.abc import Iterable, Mapping
from datetime import date, time, timedelta
from typing import Any, TypedDict

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

KEPT = ("kind", "title", "details", "copy", "guidelines", "escalation", "answers", "checklist", "priority")


class Item(TypedDict):
    """One task of a template. `days` from the start, or with `since` "end" before it; `clock` "HH:MM" or ""."""

    kind: str
    title: str
    details: str
    copy: str
    guidelines: str
    escalation: str
    answers: list[dict[str, str]]
    checklist: list[str]
    priority: int
    days: int
    since: str
    clock: str


def item(values: Mapping[str, Any], *, day: date, clock: time | None, start: date, end: date) -> Item:
    """A task as a template keeps it: what lies in the last third of the campaign counts from its end."""
    since = "end" if (end - day) * 2 < day - start else "start"
    days = (end - day if since == "end" else day - start).days
    kept = {name: values[name] for name in KEPT}
    return Item(**kept, days=days, since=since, clock=f"{clock:%H:%M}" if clock else "")


def day_of(row: Item, start: date, end: date) -> date:
    """Its day in a campaign that runs from `start` to `end`; it may lie outside a short one.

    >>> day_of({"days": 3, "since": "end"}, date(2026, 5, 1), date(2026, 5, 31))
    datetime.date(2026, 5, 28)
    """
    shift = timedelta(days=row["days"])
    return end - shift if row["since"] == "end" else start + shift


def clock_of(row: Item) -> time | None:
    return time.fromisoformat(row["clock"]) if row["clock"] else None


def placed(items: Iterable[Item], start: date, end: date) -> list[tuple[Item, date, bool]]:
    """Each task with its day and whether that lies within the campaign, by day."""
    days = [(row, day_of(row, start, end)) for row in items]
    return sorted(((row, day, start <= day <= end) for row, day in days), key=lambda each: each[1])


def _task(days: int, clock: str, kind: str, title: Promise, details: Promise, since: str = "start") -> Any:
    return days, clock, kind, title, details, since


# What campaigns of each kind usually need; copied into a campaign in the language of who copies them.
SHIPPED: dict[str, tuple[Any, ...]] = {
    "launch": (
        _task(
            0, "09:00", "publish", _("Publish the teaser"), _("One picture, one sentence, the day of the launch.")
        ),
        _task(
            13,
            "16:00",
            "collect",
            _("Have the answers to the likeliest questions approved"),
            _("Price, delivery, guarantee, what changes for those who own the old one."),
        ),
        _task(
            14,
            "10:00",
            "publish",
            _("Publish the launch"),
            _("Film or picture with the link. Pin it to the profile."),
        ),
        _task(
            14,
            "10:15",
            "moderate",
            _("Stay with the comments for two hours"),
            _("Answer from the ready answers; ask where none fits."),
        ),
        _task(
            28,
            "11:00",
            "collect",
            _("Collect first reactions of customers"),
            _("Ask for leave before showing them."),
        ),
        _task(
            0, "", "collect", _("Write down what it brought"), _("What to repeat, what to drop, and why."), "end"
        ),
    ),
    "always_on": (
        _task(
            0,
            "09:00",
            "collect",
            _("Fill the reserve: ten posts ready"),
            _("At least two for each content pillar."),
        ),
        _task(
            6,
            "17:00",
            "answer",
            _("Answer what is still open this week"),
            _("Comments and messages, oldest first."),
        ),
        _task(
            27,
            "10:00",
            "collect",
            _("Export the month’s figures and upload them"),
            _("From every channel; Timone tells which months are missing."),
        ),
    ),
    "event": (
        _task(
            0, "10:00", "publish", _("Announce the event"), _("Day, place, how to get there, link to the tickets.")
        ),
        _task(14, "10:00", "publish", _("Publish the programme"), _("Tag those who take part.")),
        _task(2, "18:00", "publish", _("Remind of the event"), _("What to bring, when doors open."), "end"),
        _task(
            1,
            "09:00",
            "publish",
            _("Post live from the event"),
            _("Three moments; no faces without leave."),
            "end",
        ),
        _task(0, "10:00", "publish", _("Say thanks, with pictures"), _("Name the helpers."), "end"),
    ),
    "recruitment": (
        _task(0, "09:00", "publish", _("Post the job"), _("The job in one sentence, where, pay, how to apply.")),
        _task(10, "12:00", "publish", _("Show a day at work"), _("Told by somebody who does it.")),
        _task(2, "09:00", "publish", _("Say when applications close"), _("Repeat the link."), "end"),
    ),
    "crisis": (
        _task(0, "09:00", "publish", _("Say what happened and what is being done"), _("The approved text only.")),
        _task(
            0, "09:15", "moderate", _("Answer what is still asked"), _("Facts, no promises; ask where none fits.")
        ),
        _task(0, "10:00", "publish", _("Say what stays different"), _("Only what is really done."), "end"),
    ),
}


def shipped(kind: str) -> list[Item]:
    """The tasks that campaigns of a kind usually need, in the active language."""
    return [
        Item(
            **{"kind": task, "title": str(title), "details": str(details), "copy": "", "guidelines": ""},
            **{"escalation": "", "answers": [], "checklist": [], "priority": 2},
            **{"days": days, "since": since, "clock": clock},
        )
        for days, clock, task, title, details, since in SHIPPED.get(kind, ())
    ]
