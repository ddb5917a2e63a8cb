"""What a brief still lacks before it can be handed over. Pure."""

from collections.abc import Mapping
from datetime import date
from typing import Any, NamedTuple


class Gap(NamedTuple):
    """Something that is missing; `field` is where it is mended; one that `blocks` holds the hand-over up."""

    code: str
    field: str
    blocks: bool


# Without these the people who execute would have to ask.
NEEDED = (
    ("criteria", "objective_missing", "criteria"),
    ("audiences", "audience_missing", "audiences"),
    ("channels", "channel_missing", "channels"),
    ("key_message", "message_missing", "key_message"),
    ("call_to_action", "action_missing", "call_to_action"),
    ("owner", "owner_missing", "owner"),
    ("approver", "approver_missing", "approver"),
)
ADVISED = (
    ("pillars", "pillar_missing", "pillars"),
    ("proof", "proof_missing", "proof"),
    ("tone", "tone_missing", "tone"),
    ("budgets", "budget_missing", "budgets"),
    ("landing_pages", "landing_missing", "landing_pages"),
    ("risks", "risks_missing", "risks"),
)


def gaps(content: Mapping[str, Any], *, today: date, open_lessons: int) -> list[Gap]:
    """What is missing, that which blocks first. `content` is as `brief_content.content_of` makes it."""
    found = [Gap(code, field, blocks=True) for name, code, field in NEEDED if not content[name]]
    if any(each["target"] is None for each in content["criteria"]):
        found.append(Gap("target_missing", "criteria", blocks=True))
    if content["landing_pages"] and not content["utm"]["campaign"]:
        found.append(Gap("utm_missing", "utm_campaign", blocks=True))
    if content["end"] < today.isoformat():
        found.append(Gap("over", "end", blocks=True))
    if open_lessons:
        found.append(Gap("lessons_open", "lessons", blocks=True))
    if any(each["deadline"] < content["start"] for each in content["criteria"]):
        found.append(Gap("after_deadline", "start", blocks=True))
    elif any(each["deadline"] < content["end"] for each in content["criteria"]):
        found.append(Gap("past_deadline", "end", blocks=False))
    if content["owner"] and content["approver"] and content["owner"]["id"] == content["approver"]["id"]:
        found.append(Gap("approves_himself", "approver", blocks=False))
    return found + [Gap(code, field, blocks=False) for name, code, field in ADVISED if not content[name]]


def expected(baseline: float | None, target: float | None, share: int) -> float | None:
    """What a share (in per cent) of the way from baseline to target comes to, as a change of the KPI."""
    if target is None:
        return None
    return (target - (baseline or 0.0)) * share / 100
