"""The template for anything without a format of its own, and files whose columns a person has named.

Times with an offset are taken at it; times without one are of the reading time zone. A day alone is a day.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from operator import itemgetter
from typing import Any

from analytics.formats.base import Format, Notice, Plan, PostRow, Source, total
from analytics.formats.batches import Batcher
from analytics.formats.blocks import Condenser
from analytics.formats.columns import Aliases, Header, Names, cell
from analytics.formats.dates import Clock, only_midnights, swapped
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
    """The table of a file whose columns were named by hand: field of the template → the file's column.

    Raises FileError when the mapping lacks what every post needs, or names a column that the file does not have.
    """
    wanted = {field: normal(title) for field, title in mapping.items() if title and field in COLUMNS}
    if wanting := [field for field in ("post_id", "published_at") if field not in wanted]:
        raise FileError("mapping_incomplete", columns=", ".join(wanting))
    for sheet in source.sheets:
        for line, cells in sheet.head[:30]:
            titles = [normal(text) for text in cells]
            if all(title in titles for title in wanted.values()):
                at = {field: [titles.index(title)] for field, title in wanted.items()}
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
        self.assumed: list[Notice] = []

    def plan(self) -> Plan:
        plain = self._plain()
        return Plan(
            self.table.rows(),
            self._compiled(),
            language=self.table.header.language,
            notices=self.table.unread(),
            closing=self.closing,
            time_zone=self.clock.name,
            pieces=self.table.pieces,
            condense=Condenser(**plain) if plain else None,
            batch=Batcher(**plain) if plain else None,
            width=len(self.table.header.cells),
        )

    def _plain(self) -> dict[str, Any] | None:
        """What reading many rows at once needs; None where the whole column of times wants a closer look."""
        index = self.at["published_at"]
        sample = [] if index is None else self.table.sample(index)
        if index is None or only_midnights(sample) or swapped(sample):
            return None
        return {
            "width": len(self.table.header.cells),
            "at": self.at,
            "counts": COUNTS,
            "platform": self._platform(),
            "number": self._number,
            "kinds": _Kinds(),
            "paid": self._paid(),
            "offset": self.clock.offset,
            "zoneless": self._met_zoneless,
        }

    def _met_zoneless(self) -> None:
        self.zoneless = True

    def closing(self) -> list[Notice]:
        clock = [Notice("clock_assumed", {"zone": self.clock.name})] if self.zoneless else []
        return [*self.assumed, *clock]

    def _counts(self) -> Callable[[list[str]], list[int | None]]:
        """Reads the eight counts of a record that ends with an empty cell, which stands for absent columns."""
        language = self.table.header.language
        places = [self.at[name] for name in COUNTS]
        readers = [
            count_reader(name, (), language) if i is None else self.table.count_text(i)
            for name, i in zip(COUNTS, places, strict=True)
        ]
        pick = itemgetter(*(-1 if i is None else i for i in places))

        def read(cells: list[str]) -> list[int | None]:
            return [
                int(text) if text.isdecimal() and len(text) < 19 else (count(text.strip()) if text else None)
                for text, count in zip(pick(cells), readers, strict=True)
            ]

        return read

    def _compiled(self) -> Callable[[int, list[str]], PostRow | None]:
        """One function for the whole file, with everything it needs at hand: it runs a million times."""
        width = len(self.table.header.cells)
        platform_of, published, kinds, paid, counts = (
            self._platform(),
            self._moment(),
            _Kinds(),
            self._paid(),
            self._counts(),
        )
        wanted = ("account", "post_id", "published_at", "format", "text", "permalink")
        pick = itemgetter(*(-1 if self.at[name] is None else self.at[name] for name in wanted))
        new, number = tuple.__new__, self._number

        def parse(line: int, cells: list[str]) -> PostRow | None:
            if len(cells) < width:
                if not any(cells):
                    return None
                cells = cells + [""] * (width - len(cells))
            cells.append("")
            account, post_id, stamp, kind, text, link = pick(cells)
            impressions, reach, reactions, comments, shares, saves, clicks, video_views = counts(cells)
            try:
                engagements = reactions + comments + shares + saves  # type: ignore[operator]
            except TypeError:
                engagements = total(reactions, comments, shares, saves)
            moment, precision = published(stamp)
            # The order of PostRow's fields; building the tuple itself saves half a microsecond a row.
            return new(
                PostRow,
                (
                    *(line, platform_of(cells), account.strip(), "", number(post_id), moment, precision),
                    *(kinds[kind], text, link, paid(cells), False, ""),
                    *(impressions, reach, None, reactions, comments, shares, saves, clicks, None, video_views),
                    *(None, None, None, None, engagements, None),
                ),
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
        index = self.at["platform"]
        known: dict[str, str] = {}
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
        title, sample = self.title["published_at"], self.table.sample(index)
        slow = self.table.moments("published_at", clock, assume_month_first=False)
        turned = swapped(sample)
        if turned:
            self.assumed.append(Notice("dates_turned", {"column": title}))
        from_iso = datetime.fromisoformat
        precise = "day" if only_midnights(sample) else "exact"
        offsets: dict[str, timedelta] = {}

        def read(text: str) -> tuple[datetime, str]:
            try:
                if turned:
                    raise ValueError(text)
                if len(text) == 19 and text[13] == ":":  # a local time to the second: one look-up per hour
                    hour = text[:13]
                    if (offset := offsets.get(hour)) is None:
                        memory.zoneless = True
                        offset = offsets[hour] = clock.offset(from_iso(text))
                    return from_iso(text + "+00:00") - offset, precise
                moment = from_iso(text)
            except ValueError:
                memory.zoneless = True
                return slow(text.strip())
            if moment.tzinfo is not None:
                return moment.astimezone(UTC), "exact"
            memory.zoneless = True
            return clock.to_utc(moment), precise if len(text) > 10 else "day"

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
