"""A task as it is handed over: everything that is needed to do it without asking, frozen as one dictionary."""

from typing import Any

from strategy import utm
from strategy.models import Campaign, Task


def content_of(task: Task, campaign: Campaign, convention: utm.Convention) -> dict[str, Any]:
    """Keys: details, copy, link (final, with UTM), asset (storage name), asset_name, alt_text, guidelines,
    escalation, answers (question, answer), checklist, asked_by, tone, hashtags, platform, channel.

    The texts of the brief that a task leans on are taken along, so that it can be read by itself.
    """
    channel = task.channel
    return {
        "details": task.details,
        "copy": task.copy,
        "link": link_of(task, campaign, convention),
        "asset": task.asset.name or "",
        "asset_name": task.asset_name,
        "alt_text": task.alt_text,
        "guidelines": task.guidelines,
        "escalation": task.escalation,
        "answers": task.answers,
        "checklist": task.checklist,
        "asked_by": str(task.asked_by or campaign.owner or ""),
        "tone": campaign.tone,
        "hashtags": campaign.hashtags,
        "platform": channel.platform if channel else "",
        "channel": (channel.name or channel.handle) if channel else "",
    }


def link_of(task: Task, campaign: Campaign, convention: utm.Convention) -> str:
    """The task's link with the campaign's UTM values; as it stands where either tells too little for them."""
    if not task.link or not campaign.utm_campaign or task.channel is None:
        return task.link
    values = {
        "source": convention.source_of(task.channel.platform),
        "medium": campaign.utm_medium,
        "campaign": campaign.utm_campaign,
        "content": convention.content_name(task.kind, task.pk),
        "term": campaign.utm_term,
    }
    return utm.tagged(task.link, values)
