"""Words and marks for entries, findings, hints and proposals."""

from datetime import date
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, gettext_noop

from calendar_app.copy_limits import Finding
from calendar_app.mix import Hint
from calendar_app.models import FORMAT_NAMES, Entry, Slot
from calendar_app.proposals import Cell, Proposal

Status = Entry.Status
# The icon and the level of each status: never told by colour alone.
STATUSES: dict[str, tuple[str, str]] = {
    Status.IDEA: ("info", ""),
    Status.DRAFT: ("file", ""),
    Status.IN_REVIEW: ("clock", "warning"),
    Status.APPROVED: ("check", "accent"),
    Status.SCHEDULED: ("calendar", "accent"),
    Status.PUBLISHED: ("check", "good"),
    Status.CANCELLED: ("x-mark", ""),
}
LABELS = dict(Status.choices)
STEPS = {
    "idea": gettext_lazy("Back to idea"),
    "draft": gettext_lazy("Make it a draft"),
    "in_review": gettext_lazy("Ask for approval"),
    "approved": gettext_lazy("Back to approved"),
    "scheduled": gettext_lazy("It is scheduled"),
    "published": gettext_lazy("It is published"),
    "cancelled": gettext_lazy("Cancel it"),
}


COLOUR_BY = {
    "channel": gettext_lazy("channel"),
    "campaign": gettext_lazy("campaign"),
    "pillar": gettext_lazy("content pillar"),
    "status": gettext_lazy("status"),
}
WITHOUT = {"campaign": gettext_noop("no campaign"), "pillar": gettext_noop("no pillar")}


def status(entry: Entry) -> dict[str, str]:
    if entry.freeze_id:
        return {"text": _("on hold"), "icon": "alert", "level": "bad"}
    icon, level = STATUSES[entry.status]
    return {"text": str(LABELS[entry.status]), "icon": icon, "level": level}


def step(entry: Entry, slug: str) -> str:
    if slug == "scheduled" and entry.status == Status.PUBLISHED:
        return _("It is not published yet")
    return str(STEPS[slug])


def day(value: date) -> str:
    return date_format(value, "D j M Y")


def when(entry: Entry) -> str:
    """Its day and hour, or the backlog."""
    if entry.day is None:
        return _("the backlog")
    return day(entry.day) + (f", {entry.clock:%H:%M}" if entry.clock else "")


def now_on(entry: Entry) -> str:
    return _("“%(title)s” is now on %(where)s.") % {"title": entry.title, "where": when(entry)}


def now_in_slot(entry: Entry, slot: Slot) -> str:
    facts = {"title": entry.title, "where": when(entry), "channel": str(slot.channel)}
    text = _("“%(title)s” is now on %(where)s, in a free slot of %(channel)s.") % facts
    return f"{text} ({slot.note})" if slot.note else text


def finding(found: Finding) -> str:
    """What to look at in a copy, with the remedy."""
    facts = found.facts
    return {
        "too_long": _("%(size)s characters; this platform takes %(most)s. Shorten it by %(over)s."),
        "too_many_tags": _("%(n)s hashtags; Instagram takes 30. Remove some."),
        "too_many_mentions": _("%(n)s mentions; Instagram takes %(most)s. Remove some."),
        "tag_twice": _("The same hashtag twice: %(tags)s."),
        "dead_link": _("Links in an Instagram caption cannot be tapped: put it in the profile or a story."),
        "no_alt_text": _("No alternative text (picture %(places)s): people who do not see it miss it."),
        "too_many_pictures": _("%(n)s pictures; this platform takes %(most)s (%(source)s). Take some away."),
        "ratio": _(
            "Picture %(place)s is %(size)s; this platform shows %(wanted)s and cuts the rest (%(source)s)."
        ),
        "film_too_long": _(
            "Film %(place)s is %(seconds)s s long; this platform takes %(most)s s (%(source)s). Cut it."
        ),
        "film_too_short": _(
            "Film %(place)s lasts %(seconds)s s; this platform wants at least %(least)s s (%(source)s)."
        ),
    }[found.code] % facts


def hint(found: Hint, names: dict[str, dict[Any, str]]) -> str:
    """A hint in words. `names` holds those of pillars and formats by their keys."""
    facts = {key: day(value) if isinstance(value, date) else value for key, value in found.facts.items()}
    if found.code == "in_a_row":
        facts["value"] = names.get(str(facts["what"]), {}).get(facts["value"], facts["value"])
    return {
        "empty_days": _("Nothing is planned from %(first)s to %(last)s (%(n)s days)."),
        "collision": _("Two posts of one channel within an hour (%(at)s)."),
        "in_a_row": _("%(n)s in a row of the same kind on one channel: %(value)s."),
        "solemn": _("A promotional post on a solemn day: %(name)s (%(day)s)."),
        "missed": _("Nothing is planned for %(name)s (%(day)s)."),
        "campaign_dry": _("The campaign “%(name)s” has nothing in its last third (%(from)s to %(to)s)."),
    }[found.code] % facts


def share(value: float) -> str:
    value = round(value, 2) + 0.0  # without a negative nought
    return f"{value:+.0%}".replace("%", " %").replace("-", "−")


def reason(found: Proposal) -> str:
    """Why this hour, and what it gave up."""
    if found.why == "no_data":
        return _("Nothing is known of this channel's hours yet: import its posts first.")
    if found.why == "no_room":
        return _("No hour is free within your rules. Choose more days, or more posts a day.")
    cell = found.cell
    facts = {"lift": share(cell.lift), "low": share(cell.low), "high": share(cell.high), "n": cell.posts}
    text = {
        "best": _("The best free hour: %(lift)s against a typical post (%(low)s to %(high)s, %(n)s posts at it)."),
        "next_best": _("%(lift)s against a typical post (%(low)s to %(high)s, %(n)s posts at it)."),
        "explore": _(
            "To learn: only %(n)s posts at this hour so far, so between %(low)s and %(high)s are possible."
        ),
    }[found.why] % facts
    if found.given_up:
        text += " " + _("Given up: %(when)s (%(lift)s), %(why)s.") % {
            "when": hour(found.given_up),
            "lift": share(found.given_up.lift),
            "why": OBSTACLES[found.reason],
        }
    return text


OBSTACLES = {
    "taken": gettext_lazy("another entry has that hour"),
    "per_day": gettext_lazy("the day is full"),
    "gap": gettext_lazy("too near another post of the channel"),
}


def hour(cell: Cell) -> str:
    """A day of the week and an hour, such as "Tue 18:00"."""
    monday = date(2024, 1, 1)
    return f"{date_format(monday.replace(day=1 + cell.day), 'D')} {cell.hour}:00"


def names() -> dict[str, dict[Any, str]]:
    return {"format": {slug: str(name) for slug, name in FORMAT_NAMES.items()}}
