"""What a handed-over task and a brief say, line by line, and which words of it changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from strategy.models import Campaign, HandedTask
from strategy.platforms import PLATFORM_NAMES
from strategy.text_difference import SAME, Piece, words

Line = tuple[str, str]  # label, text


@dataclass(frozen=True)
class Changed:
    label: str
    pieces: tuple[Piece, ...]


def changed(before: Iterable[Line], after: Iterable[Line]) -> list[Changed]:
    """The lines that differ, in the order of the newer text; those that were removed stand last."""
    was, now = dict(before), dict(after)
    order = [*now, *(label for label in was if label not in now)]
    found = [Changed(label, tuple(words(was.get(label, ""), now.get(label, "")))) for label in order]
    return [line for line in found if any(piece.state != SAME for piece in line.pieces)]


def task_lines(row: HandedTask) -> list[Line]:
    """Everything that the task says, in the reader's language, on the brand's clock."""
    told = row.content
    at = row.at.astimezone(ZoneInfo(row.brand.time_zone))
    when = _day(row.day.isoformat()) + (f" {at:%H:%M}" if row.clock else "")
    lines = [
        (_("What to do"), row.title),
        (_("Kind"), row.get_kind_display()),
        (_("When"), when),
        (_("Channel"), str(row.channel or told.get("channel") or "")),
        (_("Who does it"), str(row.assignee or "")),
        (_("Priority"), row.get_priority_display()),
        (_("Details"), told.get("details", "")),
        (pgettext("the text of a post", "Copy"), told.get("copy", "")),
        (_("Link"), told.get("link", "")),
        (_("Picture or file"), told.get("asset_name", "")),
        (_("Alternative text"), told.get("alt_text", "")),
        (_("Hashtags"), hashtags(told)),
        (_("Tone of voice"), told.get("tone", "")),
        (_("Reply guidelines"), told.get("guidelines", "")),
        (_("When to ask, and whom"), told.get("escalation", "")),
        (_("Ready answers"), "\n".join(f"{one['question']}\n{one['answer']}" for one in told.get("answers", []))),
        (_("Checklist"), "\n".join(told.get("checklist", []))),
    ]
    return [(label, text) for label, text in lines if text]


def hashtags(content: dict[str, Any]) -> str:
    """On one line, each with its sign."""
    told = content.get("hashtags") or []
    tags = told.split() if isinstance(told, str) else told
    return " ".join(tag if tag.startswith("#") else f"#{tag}" for tag in tags)


def brief_lines(content: dict[str, Any]) -> list[Line]:
    """The brief as the one who executes it needs it: without money. Empty lines are left out."""
    kinds = dict(Campaign.Kind.choices)
    lines = [
        (_("Campaign"), content.get("name", "")),
        (_("Kind"), str(kinds.get(content.get("kind", ""), ""))),
        (_("From"), _day(content.get("start", ""))),
        (_("To"), _day(content.get("end", ""))),
        (_("Key message"), content.get("key_message", "")),
        (_("Why now"), content.get("why_now", "")),
        (_("Insight"), content.get("insight", "")),
        (_("Proof"), content.get("proof", "")),
        (_("Tone of voice"), content.get("tone", "")),
        (_("Call to action"), content.get("call_to_action", "")),
        (_("Do"), content.get("do", "")),
        (_("Don't"), content.get("avoid", "")),
        (_("Deliverables"), content.get("deliverables", "")),
        (_("Objectives"), _listed(content.get("criteria"), lambda one: one["statement"])),
        (_("Audiences"), _listed(content.get("audiences"), lambda one: one["name"])),
        (_("Channels"), _listed(content.get("channels"), _channel)),
        (_("Content pillars"), _listed(content.get("pillars"), lambda one: one["name"])),
        (_("Milestones"), _listed(content.get("milestones"), lambda one: f"{_day(one['day'])}: {one['name']}")),
        (
            _("Team"),
            _listed(content.get("team"), lambda one: " · ".join(filter(None, (one["name"], one["part"])))),
        ),
        (_("Hashtags"), hashtags(content)),
        (_("Landing pages"), "\n".join(content.get("landing_pages") or [])),
        (_("Lessons taken over"), _listed(content.get("lessons"), lambda one: one["finding"])),
        (_("Risks"), content.get("risks", "")),
        (_("Legal notes"), content.get("legal", "")),
        (_("Who answers for it"), (content.get("owner") or {}).get("name", "")),
        (_("Who approves it"), (content.get("approver") or {}).get("name", "")),
    ]
    return [(label, text) for label, text in lines if text]


def _channel(one: dict[str, Any]) -> str:
    return f"{PLATFORM_NAMES.get(one['platform'], one['platform'])} · {one['name']}"


def _listed(rows: list[dict[str, Any]] | None, text) -> str:
    return "\n".join(text(row) for row in rows or [])


def _day(text: str) -> str:
    language = {"en": "en_GB"}.get(get_language() or "en", get_language() or "en")
    return format_date(date.fromisoformat(text), "full", locale=language) if text else ""
