"""Passes on to a published post what its entry was for: results are told by campaign, pillar and audience."""

from analytics.services import tags
from calendar_app.models import Entry


def pass_on(entry: Entry) -> None:
    """Tell the post of a published entry its campaign, pillar and audience."""
    if entry.post:
        plan = tags.Plan(entry.post, entry.campaign_id, entry.pillar_id, entry.audience_id)
        tags.from_plans(entry.brand, [plan])


def take_back(entry: Entry) -> None:
    """The post was not this entry after all."""
    if entry.post:
        tags.forget_plans([entry.post])
