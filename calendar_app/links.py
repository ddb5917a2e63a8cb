"""The link of an entry with its UTM values."""

from calendar_app.models import Entry
from strategy import utm


def link_of(entry: Entry, convention: utm.Convention) -> str:
    """Its link with the values of its campaign; as it stands where there is no campaign or the link is empty."""
    campaign = entry.campaign
    if not entry.link or campaign is None or not campaign.utm_campaign:
        return entry.link
    values = {
        "source": convention.source_of(entry.channel.platform),
        "medium": campaign.utm_medium,
        "campaign": campaign.utm_campaign,
        "content": convention.content_name(entry.format, entry.pk),
        "term": campaign.utm_term,
    }
    return utm.tagged(entry.link, values)
