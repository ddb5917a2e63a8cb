"""What the pages of the calendar share: the filter, the tabs, a card."""

from typing import Any
from urllib.parse import urlencode

from accounts.access import BrandRequest
from accounts.selectors import people_of
from calendar_app import selectors, words
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
