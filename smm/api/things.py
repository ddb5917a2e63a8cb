"""What the API tells of: brands, channels, campaigns, entries, posts, best times."""

from django.utils.translation import gettext_lazy as _

from analytics.models.posts import METRICS
from calendar_app.links import link_of
from calendar_app.models import FORMAT_CHOICES, Entry
from smm.api.fields import Field, Schema

FORMATS = tuple(slug for slug, _name in FORMAT_CHOICES)
STATUSES = tuple(Entry.Status.values)


def _id(name: str, about: object) -> Field:
    """The number of the row that a key leads to."""
    column = f"{name}_id"
    return Field(name, "integer", about, lambda row, _call: getattr(row, column), null=True, column=name)


ID = Field("id", "integer", _("number of the row"), on_desk=True)
BRAND = Schema(
    "Brand",
    (
        Field("slug", about=_("its part of every address"), on_desk=True),
        Field("name", on_desk=True),
        Field("time_zone", about=_("of days and hours"), on_desk=True),
        Field("currency", on_desk=True),
        Field("agency", get=lambda row, _call: row.agency.name, on_desk=True),
    ),
)
CHANNEL = Schema(
    "Channel", (ID, Field("platform"), Field("account", get=lambda row, _call: row.handle), Field("name"),
                Field("active", "boolean"), Field("link"), Field("time_zone", get=lambda row, _call: row.zone)),
)  # fmt: skip
CAMPAIGN = Schema(
    "Campaign",
    (ID, Field("name"), Field("status"), Field("start", "date"), Field("end", "date"), Field("utm_campaign")),
)
PILLAR = Schema(
    "Pillar", (ID, Field("name"), Field("purpose"), Field("share", "integer", _("per cent of the mix")))
)
AUDIENCE = Schema("Audience", (ID, Field("name")))
ENTRY = Schema(
    "Entry",
    (
        ID,
        Field("version", "integer", _("send it back with a change: it is refused where somebody else was faster")),
        Field("status", choices=STATUSES, on_desk=True),
        Field("on_hold", "boolean", _("it is not published until somebody decides on it"),
              lambda row, _call: row.freeze_id is not None, "freeze_id", on_desk=True),
        Field("title", on_desk=True),
        Field("format", choices=FORMATS, on_desk=True),
        Field("channel", "integer", _("number of the channel"), lambda row, _call: row.channel_id, "channel",
              on_desk=True),
        Field("platform", get=lambda row, _call: row.channel.platform, on_desk=True),
        Field("account", get=lambda row, _call: row.channel.handle, on_desk=True),
        Field("day", "date", _("on the brand's clock; null: it waits in the backlog"), null=True, on_desk=True),
        Field("time", "time", _("on the brand's clock; null: at any time of the day"),
              lambda row, _call: row.clock, "clock", null=True, on_desk=True),
        Field("at", "datetime", _("the instant that follows"), null=True, on_desk=True),
        Field("text", get=lambda row, _call: row.copy, column="copy", on_desk=True),
        Field("link", about=_("without UTM values")),
        Field("tagged_link", about=_("with the UTM values of its campaign"),
              get=lambda row, call: link_of(row, call.convention), on_desk=True),
        Field("first_comment", on_desk=True),
        Field("alt_text", on_desk=True),
        Field("notes", about=_("for colleagues; never published")),
        _id("campaign", _("number of the campaign")),
        _id("pillar", _("number of the content pillar")),
        _id("audience", _("number of the audience")),
        Field("idea", "integer", _("number that entries of one idea share"), lambda row, _call: row.group_id,
              null=True),
        Field("promotional", "boolean", get=lambda row, _call: row.sells, column="sells"),
        Field("reviewers", about=_("e-mail addresses of those who approve it"), many=True,
              get=lambda row, _call: [person.email for person in row.reviewers.all()]),
        Field("needs_all", "boolean", _("all of them must approve")),
        Field("file", about=_("name of its picture or film"), get=lambda row, _call: row.asset_name, on_desk=True),
        Field("permalink", about=_("once it is published"), on_desk=True),
        Field("published_at", "datetime", null=True, on_desk=True),
        Field("post", "integer", _("number of the published post"), null=True),
        Field("created_at", "datetime"),
        Field("updated_at", "datetime", on_desk=True),
    ),
)  # fmt: skip
POST = Schema(
    "Post",
    (
        ID,
        Field("channel", "integer", get=lambda row, _call: row.channel_id),
        Field("external_id", about=_("the platform's number")),
        Field("permalink"),
        Field("published_at", "datetime"),
        Field("hour_known", "boolean", get=lambda row, _call: row.is_exact),
        Field("format"),
        Field("text"),
        Field("paid", "boolean", null=True),
        Field("is_reply", "boolean"),
        *(
            Field(name, "number" if name == "watch_seconds" else "integer", _("null: not exported"), null=True)
            for name in METRICS
        ),
        Field("metrics_as_of", "datetime"),
    ),
)
CELL = (
    Field("day", "integer", _("0 is Monday")),
    Field("hour", "integer"),
    Field("lift", "number", _("0.12 is twelve per cent more than a typical post of the channel")),
    Field("low", "number"),
    Field("high", "number", _("low and high bound it with 90 per cent probability")),
    Field("posts", "integer"),
)
_CELL_NAMES = tuple(field.name for field in CELL)


def _cells(found: list[dict]) -> list[dict]:
    return [{name: cell.get(name) for name in _CELL_NAMES} for cell in found]


BEST_TIMES = Schema(
    "BestTimes",
    (
        Field("channel", "integer", get=lambda row, _call: row.channel_id),
        Field("platform", get=lambda row, _call: row.channel.platform),
        Field("account", get=lambda row, _call: row.channel.handle),
        Field("metric"),
        Field("time_zone", about=_("of days and hours")),
        Field("posts", "integer"),
        Field("evidence", about="strong, moderate, weak, prior"),
        Field("computed_at", "datetime"),
        Field("recommended", "object", get=lambda row, _call: _cells(row.recommended), many=True, of=CELL),
        Field(
            "cells", "object", _("168 hours of the week"), lambda row, _call: _cells(row.cells), many=True, of=CELL
        ),
    ),
)
CHANGEABLE = (
    *(
        "title",
        "format",
        "day",
        "time",
        "text",
        "link",
        "first_comment",
        "alt_text",
        "notes",
        "campaign",
        "pillar",
    ),
    *("audience", "promotional", "reviewers", "needs_all"),
)
NEW_ENTRY = Schema(
    "NewEntry",
    (
        *(field.wanted() if field.name == "title" else field for field in ENTRY.picked(*CHANGEABLE)),
        ENTRY.picked("channel")[0].wanted(),
        Field("status", choices=("idea", "draft")),
    ),
)
CHANGED_ENTRY = Schema(
    "ChangedEntry", (ENTRY.picked("version")[0].wanted(), *ENTRY.picked("channel", *CHANGEABLE))
)
VERSION = Field("version", "integer", _("where it is told, a change of somebody else is not overwritten"))
STEP = Schema("Step", (Field("status", choices=STATUSES, required=True), VERSION))
MOVE = Schema(
    "Move",
    (
        Field("day", "date", null=True, required=True),
        Field("time", "time", null=True),
        ENTRY.picked("version")[0].wanted(),
    ),
)
