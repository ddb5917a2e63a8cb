"""What the pages of the calendar share: the filter, the saved views, a card and its colour."""

from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from accounts.access import BrandRequest
from accounts.selectors import people_of
from calendar_app import selectors, sheet, words
from calendar_app.models import Entry, SavedView
from calendar_app.selectors import Asked
from strategy.models import Channel

CATEGORIES = 8  # colours of the tokens; after them they begin anew, with a broken edge


def filters(request: BrandRequest, asked: Asked, tab: str) -> dict[str, Any]:
    """What the filter offers, the saved views, and the part of the address that is kept. Four queries."""
    offered = selectors.offered()
    kept = asked.kept | ({"view": str(asked.view)} if asked.view else {})
    channels = list(Channel.objects.filter(active=True))
    named = {"channel": [(channel.pk, str(channel)) for channel in channels]}
    named |= {kind: [(row.pk, row.name) for row in offered[kind]] for kind in ("campaign", "pillar")}
    return {
        "asked": asked,
        "kept": f"&{urlencode(kept)}" if kept else "",
        "channels": channels,
        "campaigns": offered["campaign"],
        "pillars": offered["pillar"],
        "audiences": offered["audience"],
        "people": people_of(request.brand),
        "statuses": Entry.Status.choices,
        "colours": [(name, words.COLOUR_BY[name]) for name in selectors.COLOURS],
        "paint": Paint(asked.colour, named.get(asked.colour, [])),
        "views": [_view(request, row, asked) for row in selectors.views(request.user)],
        "tab": tab,
    }


def _view(request: BrandRequest, row: SavedView, asked: Asked) -> dict[str, Any]:
    own = row.user_id == request.user.pk
    may_delete = own or "owner" in request.roles
    return {"row": row, "own": own, "may_delete": may_delete, "current": row.pk == asked.view}


class Colour(NamedTuple):
    """A colour of the tokens (0: of what has none), whether its edge is broken, and what it stands for."""

    number: int
    broken: bool
    name: str


class Paint:
    """Gives each value that cards are coloured by the same colour on every page, and tells which it gave."""

    def __init__(self, by: str, named: list[tuple[int, str]]) -> None:
        self.by = by
        self._rank = {key: n for n, key in enumerate(sorted(key for key, _name in named))}
        self._used: dict[int, Colour] = {}

    def card(self, entry: Entry) -> dict[str, Any]:
        """An entry as every view shows it."""
        return card(entry) | {"colour": self._of(entry) if self.by else None}

    def _of(self, entry: Entry) -> Colour:
        if self.by == "status":
            rank, name = Entry.Status.values.index(entry.status), str(words.LABELS[entry.status])
        else:
            value = getattr(entry, self.by)
            rank = self._rank.setdefault(value.pk, len(self._rank)) if value else -1
            name = str(value) if value else _(words.WITHOUT[self.by])
        return self._used.setdefault(
            rank, Colour(rank % CATEGORIES + 1 if rank >= 0 else 0, rank >= CATEGORIES, name)
        )

    def legend(self) -> list[Colour]:
        """What the colours of the cards that were shown stand for."""
        return [self._used[rank] for rank in sorted(self._used)]


def card(entry: Entry) -> dict[str, Any]:
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
