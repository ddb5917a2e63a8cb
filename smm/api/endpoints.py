"""Every endpoint of the API, told once: what is routed, who may, what is taken, what is given."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from smm.api import entries, reading, things
from smm.api.fields import Field, Schema

ROOT = "/api/v1"


@dataclass(frozen=True)
class Endpoint:
    """`right` is that of the pages in a brand, empty where no brand is meant; without `writes` reading will do."""

    name: str
    method: str
    path: str
    about: Any
    do: Callable[[Any], Any]
    answer: Schema | None
    right: str = ""
    writes: bool = False
    many: bool = False
    paged: bool = False
    query: tuple[Field, ...] = ()
    body: Schema | None = None
    status: int = 200

    @property
    def may_clash(self) -> bool:
        """Whether it can be refused because somebody else was faster."""
        fields = (*self.query, *(self.body.fields if self.body else ()))
        return any(field.name == "version" for field in fields)


PAGE = (
    Field("cursor", about=_("`next` of the page before")),
    Field("limit", "integer", _("how many: 50 unless told, at most 200")),
)
NARROWED = (
    Field("q", about=_("words in title, text, notes, link, first comment, campaign")),
    Field("status", choices=things.STATUSES),
    Field("channel", "integer"),
    Field("campaign", "integer"),
    Field("pillar", "integer"),
    Field("audience", "integer"),
    Field("person", "integer", _("who wrote or is to approve it")),
    Field("from", "date", _("first day")),
    Field("to", "date", _("last day")),
    Field("updated_since", "datetime", _("changed since then; cancelled ones too")),
)
BRAND, ENTRIES = "/brands/{brand}", "/brands/{brand}/entries"
ENTRY = f"{ENTRIES}/{{id}}"
CHANNEL = Field("channel", "integer")
EDIT = "calendar.edit"
ENDPOINTS = (
    Endpoint("brands", "GET", "/brands", _("The brands that you may enter"), reading.brands, things.BRAND,
             many=True),
    Endpoint("brand", "GET", BRAND, _("One brand"), reading.brand, things.BRAND, "desk.view"),
    Endpoint("channels", "GET", f"{BRAND}/channels", _("Its channels"), reading.channels, things.CHANNEL,
             "strategy.view", many=True),
    Endpoint("campaigns", "GET", f"{BRAND}/campaigns", _("Its campaigns"), reading.campaigns, things.CAMPAIGN,
             "campaigns.view", many=True),
    Endpoint("pillars", "GET", f"{BRAND}/pillars", _("Its content pillars"), reading.pillars, things.PILLAR,
             "strategy.view", many=True),
    Endpoint("audiences", "GET", f"{BRAND}/audiences", _("Its audiences"), reading.audiences, things.AUDIENCE,
             "strategy.view", many=True),
    Endpoint("best_times", "GET", f"{BRAND}/best-times", _("When the audience of its channels reacts"),
             reading.best_times, things.BEST_TIMES, "best_times.view", many=True,
             query=(CHANNEL, Field("metric", choices=("engagements", "reach", "clicks", "views")))),
    Endpoint("posts", "GET", f"{BRAND}/posts", _("Its published posts with their figures, the oldest first"),
             reading.posts, things.POST, "posts.view", paged=True,
             query=(CHANNEL, Field("from", "datetime", _("published since then")), *PAGE)),
    Endpoint("entries", "GET", ENTRIES, _("Entries of the calendar, in the order in which they were changed"),
             entries.listed, things.ENTRY, "desk.view", paged=True, query=(*NARROWED, *PAGE)),
    Endpoint("add_entry", "POST", ENTRIES, _("Write an entry down"), entries.add, things.ENTRY, EDIT, writes=True,
             body=things.NEW_ENTRY, status=201),
    Endpoint("entry", "GET", ENTRY, _("One entry"), entries.one, things.ENTRY, "desk.view"),
    Endpoint("change_entry", "PATCH", ENTRY, _("Change what the body tells"), entries.change, things.ENTRY, EDIT,
             writes=True, body=things.CHANGED_ENTRY),
    Endpoint("remove_entry", "DELETE", ENTRY, _("Delete it"), entries.remove, None, EDIT, writes=True,
             query=(things.VERSION,), status=204),
    Endpoint("set_status", "POST", f"{ENTRY}/status", _("Bring it to another status; approving is for people"),
             entries.step, things.ENTRY, EDIT, writes=True, body=things.STEP),
    Endpoint("move_entry", "POST", f"{ENTRY}/move", _("Move it to another day and hour"), entries.move,
             things.ENTRY, EDIT, writes=True, body=things.MOVE),
)  # fmt: skip
