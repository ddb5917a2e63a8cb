"""What the pages of the calendar share: the filter, the tabs, a card."""

from typing import Any
from urllib.parse import urlencode

from accounts.access import BrandRequest
from accounts.selectors import people_of
from calendar_app import selectors, sheet, words
from calendar_app.models import Entry
from calendar_app.selectors import NARROWED, Asked
from strategy.models import Channel


def filters(request: BrandRequest, asked: Asked) -> dict[str, Any]:
    """What the filter offers, and the part of the address that keeps it. Three queries."""
    offered = selectors.offered()
    kept = {name: request.GET[name] for name in NARROWED if request.GET.get(name)}
    return {
        "asked": asked,
        "kept": f"&{urlencode(kept)}" if kept else "",
        "channels": list(Channel.objects.filter(active=True)),
        "campaigns": offered["campaign"],
        "pillars": offered["pillar"],
        "audiences": offered["audience"],
        "people": people_of(request.brand),
        "statuses": Entry.Status.choices,
    }


def card(entry: Entry) -> dict[str, Any]:
    """An entry as every view shows it."""
    return {"entry": entry, "status": words.status(entry)}


def entry_facts(entry: Entry) -> dict[str, Any]:
    """An entry by the columns of a table (`sheet.COLUMNS`)."""
    texts = {column: getattr(entry, name) for column, name in sheet.TEXTS.items()}
    return texts | {
        "date": entry.day,
        "time": entry.clock,
        "platform": entry.channel.platform,
        "account": entry.channel.handle,
        "format": entry.format,
        "media": entry.asset_name,
        "status": entry.status,
        "campaign": str(entry.campaign or ""),
        "pillar": str(entry.pillar or ""),
        "audience": str(entry.audience or ""),
        "permalink": entry.permalink,
        "promotional": entry.sells,
        "reviewers": " ".join(person.email for person in entry.reviewers.all()),
        "needs_all": entry.needs_all,
        "idea": entry.group.title if entry.group else "",
        "idea_id": entry.group_id,
        "entry_id": entry.pk,
        "version": entry.version,
    }
