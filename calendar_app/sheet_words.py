"""What the page on which entries are brought in says: why a line cannot be taken, what changes, what to know."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.errors import MESSAGES, register_messages, word
from analytics import import_words
from calendar_app.models import Entry, EntryImport, EntryImportLine
from calendar_app.words import LABELS, day
from calendar_app.words import names as format_names

Kind = EntryImportLine.Kind
register_messages(
    {
        "sheet_day": gettext_lazy("“%(value)s” is not a day. Write it as 2026-03-31."),
        "sheet_hour": gettext_lazy("“%(value)s” is not an hour. Write it as 18:30."),
        "sheet_hour_twofold": gettext_lazy(
            "“%(value)s” can be an hour or a share of the day, as spreadsheets count. Write it as 18:30."
        ),
        "sheet_format": gettext_lazy("“%(value)s” is not a format. Use one of: %(known)s."),
        "sheet_status": gettext_lazy("“%(value)s” is not a status. Use one of: %(known)s."),
        "sheet_yes_no": gettext_lazy("“%(value)s” is neither yes nor no. Write yes, or leave the cell empty."),
        "sheet_number": gettext_lazy(
            "“%(value)s” is not a number as the export writes it. Put it back, or empty it."
        ),
        "sheet_twice": gettext_lazy("Line %(line)s tells of the same entry already. Delete one of the two."),
        "sheet_channel_missing": gettext_lazy(
            "The line tells no channel. Fill in platform and account, or choose a channel when you upload it."
        ),
        "sheet_platform": gettext_lazy("“%(value)s” is not a platform on which this brand is. Known: %(known)s."),
        "sheet_channel": gettext_lazy(
            "This brand has no open channel “%(value)s”. Add the channel first, or use one of: %(known)s."
        ),
        "sheet_channel_several": gettext_lazy(
            "“%(value)s” can be several channels: %(known)s. Tell both columns."
        ),
        "sheet_archived": gettext_lazy(
            "“%(value)s” is archived. Take it out of the archive, or use one of: %(known)s."
        ),
        "sheet_campaign": gettext_lazy(
            "There is no campaign “%(value)s”. Add it first, or use one of: %(known)s."
        ),
        "sheet_pillar": gettext_lazy(
            "There is no content pillar “%(value)s”. Add it first, or use one of: %(known)s."
        ),
        "sheet_audience": gettext_lazy(
            "There is no audience “%(value)s”. Add it first, or use one of: %(known)s."
        ),
        "sheet_person": gettext_lazy(
            "Nobody with the address “%(value)s” has a role in this brand. Correct or delete it."
        ),
        "sheet_title": gettext_lazy("The title is missing. Write one: it is what the calendar shows."),
        "sheet_version": gettext_lazy(
            "The version is missing, so a change made meanwhile could be overwritten. Put the column back as"
            " exported, or export the calendar again."
        ),
    }
)
NOTES = {
    "status_held": gettext_lazy(
        "The line says “%(told)s”. That is decided in Timone, so the entry is “%(kept)s”."
    ),
    "media_left": gettext_lazy("The file “%(name)s” does not come along: add it to the entry."),
    "labels_left": gettext_lazy("Labels are not kept: %(labels)s."),
    "approval_again": gettext_lazy("It was approved; its content changes, so it goes back to review."),
    "number_unknown": gettext_lazy("The entry %(number)s is not in this calendar: it comes in as a new one."),
    "came_before": gettext_lazy("It came in before; what is in the calendar stays as it is."),
    "twin": gettext_lazy(
        "It looks like an entry of that day that is there: “%(title)s”. Tick it if you want both."
    ),
}
MARKS = {
    Kind.NEW: ("plus", "good"),
    Kind.CHANGED: ("refresh", "accent"),
    Kind.CLASH: ("alert", "warning"),
    Kind.WRONG: ("error", "bad"),
    Kind.SAME: ("check", ""),
}
STATES = {
    EntryImport.State.OPEN: ("clock", "warning"),
    EntryImport.State.DONE: ("check", "good"),
    EntryImport.State.UNDONE: ("x-mark", ""),
}


def line(row: EntryImportLine, titles: dict[str, str]) -> dict[str, Any]:
    """A line as the page shows it."""
    icon, level = MARKS[row.kind]
    return {
        "row": row,
        "mark": {"text": str(row.get_kind_display()), "icon": icon, "level": level},
        "may_be_taken": row.kind in (Kind.NEW, Kind.CHANGED),
        "changes": [_change(*told) for told in row.verdict.get("changes", [])],
        "notes": [note(told) for told in row.verdict.get("notes", [])],
        "problems": problems(row, titles),
        "is_clash": row.kind == Kind.CLASH,
    }


def problems(row: EntryImportLine, titles: dict[str, str]) -> list[dict[str, str]]:
    found = []
    for told in row.verdict.get("problems", []):
        column = titles.get(told["column"], told["column"])
        facts = told["facts"] | {"column": column, "value": told["value"]}
        code = told["code"]
        text = word(code, facts) if code in MESSAGES else import_words.reason(column, told["value"], code, facts)
        found.append({"column": column, "value": told["value"], "text": text})
    return found


def note(told: dict[str, Any]) -> str:
    facts = dict(told["facts"])
    if told["code"] == "status_held":
        facts = {name: str(LABELS.get(value, value)) for name, value in facts.items()}
    return str(NOTES[told["code"]]) % facts


def _change(name: str, before: str, after: str) -> dict[str, str]:
    label = str(Entry._meta.get_field(name).verbose_name)
    return {"label": label[:1].upper() + label[1:], "before": _value(name, before), "after": _value(name, after)}


def _value(name: str, told: str) -> str:
    """A value in words; slugs have names of their own."""
    if name in ("sells", "needs_all"):
        return _("yes") if told else _("no")
    if name == "status":
        return str(LABELS.get(told, told))
    if name == "format":
        return format_names()["format"].get(told, told)
    return day(date.fromisoformat(told)) if name == "day" and told else told
