"""The template for anything without a format of its own, and files whose columns a person has named.

Times with an offset are taken at it; times without one are of the reading time zone. A day alone is a day.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from analytics.formats.base import Format, Notice, Plan, PostRow, Source
from analytics.formats.columns import Aliases, Header, Names, cell
from analytics.formats.dates import Clock, moment_reader
from analytics.formats.errors import CellError, FileError
from analytics.formats.located import Table, locate, wanting
from analytics.formats.numbers import count_reader
from analytics.formats.postrow import external_id
from analytics.formats.tables import normal

PLATFORMS = (
    *("facebook", "instagram", "threads", "x", "linkedin", "tiktok", "youtube", "pinterest", "bluesky"),
    *("reddit", "snapchat", "whatsapp", "telegram", "other"),
)
SYNONYMS = {"twitter": "x", "fb": "facebook", "ig": "instagram", "x (twitter)": "x", "meta": "facebook"}
COLUMNS = (
    *("platform", "account", "post_id", "published_at", "format", "text", "permalink", "paid"),
    *("impressions", "reach", "reactions", "comments", "shares", "saves", "clicks", "video_views"),
)
COUNTS = ("impressions", "reach", "reactions", "comments", "shares", "saves", "clicks", "video_views")
ALIASES: Aliases = {name: {"en": f"{name}|{name.replace('_', ' ')}"} for name in COLUMNS}
NAMES = Names(ALIASES)
REQUIRED = ["platform", "post_id", "published_at"]
KINDS = frozenset(
    {
        *("text", "photo", "carousel", "video", "short_video", "story", "link", "live", "poll", "document"),
        *("article", "event", "other"),
    }
)
KIND_SYNONYMS = {
    "image": "photo",
    "picture": "photo",
    "reel": "short_video",
    "reels": "short_video",
    "short": "short_video",
    "shorts": "short_video",
    "album": "carousel",
    "status": "text",
}
YES = frozenset({"1", "true", "yes", "y", "sì", "si", "paid", "vero", "ja", "oui"})
NO = frozenset({"0", "false", "no", "n", "organic", "falso", "nein", "non"})


def _table(source: Source) -> Table | None:
    return locate(source, NAMES, REQUIRED)


def _score(source: Source) -> int:
    table = _table(source)
    return 20 + 2 * len(table.header.at) if table else 0


def mapped_table(source: Source, mapping: dict[str, str]) -> Table:
    """The table of a file whose columns were named by hand: field of the template → the file's column."""
    wanted = {normal(title): (field, "en") for field, title in mapping.items() if title}
    for sheet in source.sheets:
        for line, cells in sheet.head[:30]:
            at = {found[0]: [i] for i, text in enumerate(cells) if (found := wanted.get(normal(text)))}
            if len(at) == len(wanted):
                return Table(sheet, Header(line, cells, at, "en"))
    raise FileError("no_table")


def _plan(
    source: Source, *, time_zone: str = "UTC", mapping: dict[str, str] | None = None, platform: str = "", **_: Any
) -> Plan:
    table = mapped_table(source, mapping) if mapping else _table(source)
    assert table is not None  # score() found it
    return _Posts(table, Clock(time_zone), platform).plan()


class _Posts:
    """Compiles one function for the file, so that a clean row costs a few look-ups and no rule is decided twice."""

    def __init__(self, table: Table, clock: Clock, platform: str) -> None:
        self.table, self.clock, self.platform = table, clock, platform
        header = table.header
        self.at = {name: header.first(name) for name in COLUMNS}
        self.title = {name: header.title(i) for name, i in self.at.items() if i is not None}
        self.zoneless = False

    def plan(self) -> Plan:
        return Plan(
            self.table.rows(),
            self._compiled(),
            language=self.table.header.language,
            notices=self.table.unread(),
            closing=self.closing,
            time_zone=self.clock.name,
        )

    def closing(self) -> list[Notice]:
        return [Notice("clock_assumed", {"zone": self.clock.name})] if self.zoneless else []

    def _counters(self) -> list[tuple[int, Callable[[str], int | None]]]:
        language = self.table.header.language
        return [
            (index, count_reader(self.title[name], self.table.sample(index), language))
            for name in COUNTS
            if (index := self.at[name]) is not None
        ]

    def _compiled(self) -> Callable[[int, list[str]], PostRow | None]:
        width = len(self.table.header.cells)
        platform_of, published, kind, paid = self._platform(), self._moment(), _Kinds(), self._paid()
        at_account, at_format, at_text, at_link = (self.at[n] for n in ("account", "format", "text", "permalink"))
        at_id, at_time = self.at["post_id"], self.at["published_at"]
        counters, slots = self._counters(), [name for name in COUNTS if self.at[name] is not None]
        make, number = PostRow._make, self._number
        order = [slots.index(name) if name in slots else None for name in COUNTS]

        def parse(line: int, cells: list[str]) -> PostRow | None:
            if len(cells) < width:
                if not any(cells):
                    return None
                cells = cells + [""] * (width - len(cells))
            told = [int(c) if (c := cells[i]).isdecimal() else read(c.strip()) for i, read in counters]
            values = [None if place is None else told[place] for place in order]
            impressions, reach, reactions, comments, shares, saves, clicks, video_views = values
            parts = [part for part in (reactions, comments, shares, saves) if part is not None]
            moment, precision = published(cells[at_time])  # type: ignore[index]
            text = cells[at_text] if at_text is not None else ""
            return make(
                (
                    line,
                    platform_of(cells),
                    cells[at_account].strip() if at_account is not None else "",
                    "",
                    number(cells[at_id]),  # type: ignore[index]
                    moment,
                    precision,
                    kind[cells[at_format]] if at_format is not None else "",
                    text,
                    cells[at_link] if at_link is not None else "",
                    paid(cells),
                    False,
                    "",
                    impressions,
                    reach,
                    None,
                    reactions,
                    comments,
                    shares,
                    saves,
                    clicks,
                    None,
                    video_views,
                    None,
                    None,
                    None,
                    None,
                    sum(parts) if parts else None,
                    None,
                )
            )

        return parse

    def _number(self, text: str) -> str:
        text = text.strip()
        if not text:
            raise CellError(self.title["post_id"], text, "id_missing")
        return (
            text
            if text.isalnum() and not ("E" in text or "e" in text)
            else external_id(text, self.title["post_id"])
        )

    def _platform(self) -> Callable[[list[str]], str]:
        index, known = self.at["platform"], {}
        if index is None:
            return lambda cells: self.platform or "other"

        def read(cells: list[str]) -> str:
            text = cells[index]
            slug = known.get(text)
            if slug is None:
                slug = known[text] = self._slug(text.strip())
            return slug

        return read

    def _slug(self, text: str) -> str:
        lowered = text.casefold()
        slug = SYNONYMS.get(lowered, lowered)
        if slug not in PLATFORMS:
            raise CellError(self.title["platform"], text, "platform_unknown", known=", ".join(PLATFORMS))
        return slug

    def _paid(self) -> Callable[[list[str]], bool | None]:
        index = self.at["paid"]
        if index is None:
            return lambda cells: None
        known: dict[str, bool | None] = {"": None, "0": False, "1": True, "false": False, "true": True}

        def read(cells: list[str]) -> bool | None:
            text = cells[index]
            if text in known:
                return known[text]
            lowered = text.strip().casefold()
            return True if lowered in YES else False if lowered in NO else None

        return read

    def _moment(self) -> Callable[[str], tuple[datetime, str]]:
        """ISO times by the fast road; everything else by the column's own rule."""
        index = self.at["published_at"]
        assert index is not None
        clock, memory = self.clock, self
        slow, _ = moment_reader(
            self.title["published_at"], self.table.dates(index), clock, assume_month_first=False
        )
        from_iso, to_utc = datetime.fromisoformat, clock.to_utc

        def read(text: str) -> tuple[datetime, str]:
            try:
                moment = from_iso(text)
            except ValueError:
                memory.zoneless = True
                return slow(text.strip())
            if moment.tzinfo is not None:
                return moment.astimezone(UTC), "exact"
            memory.zoneless = True
            return to_utc(moment), "exact" if len(text) > 10 else "day"

        return read


class _Kinds(dict[str, str]):
    """The format that a cell means, worked out once per spelling."""

    def __missing__(self, text: str) -> str:
        lowered = text.strip().casefold().replace(" ", "_")
        kind = KIND_SYNONYMS.get(lowered, lowered)
        self[text] = kind if kind in KINDS or not kind else "other"
        return self[text]


def header_of(source: Source) -> list[str]:
    """The most likely row of column names of an unknown file: the widest of the first ones."""
    rows = [cells for sheet in source.sheets for _line, cells in sheet.head[:30]]
    widest = max((len(cells) for cells in rows), default=0)
    return next((cells for cells in rows if len(cells) == widest), [])


__all__ = ["COLUMNS", "FORMATS", "cell", "header_of", "mapped_table"]
FORMATS = [
    Format(
        "generic",
        "",
        "posts",
        "Timone's template",
        _score,
        lambda source: wanting(source, NAMES, REQUIRED),
        _plan,
    )
]
