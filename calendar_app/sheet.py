"""Entries as rows of a table, both ways: what an export writes, an import reads again without loss. Pure.

A value is told by its slug (`in_review`, `short_video`) or by its word in English or Italian. What a spreadsheet
does to dates and hours is undone where that is certain, and told where it is not.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

from analytics.formats import dates
from analytics.formats.columns import Header, Names, best_header, cell
from analytics.formats.generic import KIND_SYNONYMS, NO, YES
from analytics.formats.planned import platform_of
from analytics.formats.planned_columns import ALIASES as PLANNED
from analytics.formats.planned_columns import FIGURES
from analytics.formats.tables import Source, normal

# The first ten are those of any content calendar; more may follow the last.
COLUMNS = (
    *("date", "time", "platform", "account", "format", "title", "text", "link", "media", "labels"),
    *("status", "campaign", "pillar", "audience", "first_comment", "alt_text", "notes", "permalink"),
    *("promotional", "reviewers", "needs_all", "idea", "idea_id", "entry_id", "version"),
)
_OWN = {
    "status": {"en": "Status|State", "it": "Stato"},
    "campaign": {"en": "Campaign", "it": "Campagna"},
    "pillar": {"en": "Pillar|Content pillar", "it": "Pilastro|Pilastro di contenuto|Rubrica"},
    "audience": {"en": "Audience|Persona", "it": "Pubblico"},
    "first_comment": {"en": "first_comment|First comment", "it": "Primo commento"},
    "alt_text": {"en": "alt_text|Alt text|Alternative text", "it": "Testo alternativo"},
    "notes": {"en": "Notes|Note", "it": "Note |Appunti"},
    "permalink": {"en": "Permalink"},
    "promotional": {"en": "Promotional", "it": "Promozionale"},
    "reviewers": {"en": "Reviewers|Who approves it", "it": "Revisori|Chi approva"},
    "needs_all": {"en": "needs_all|All must approve", "it": "Devono approvare tutti"},
    "idea": {"en": "Idea"},
    "idea_id": {"en": "idea_id"},
    "entry_id": {"en": "entry_id"},
    "version": {"en": "Version", "it": "Versione"},
}
_SHARED = ("date", "time", "platform", "account", "format", "title", "text", "link", "media", "labels")
NAMES = Names({**_OWN, **{name: PLANNED[name] for name in _SHARED}})
STATUSES = {
    "idea": "idea",
    "draft": "draft|bozza",
    "in_review": "in review|in revisione",
    "approved": "approved|approvato",
    "scheduled": "scheduled|programmato",
    "published": "published|pubblicato",
    "cancelled": "cancelled|canceled|annullato",
}
FORMATS = {
    "text": "text|testo",
    "photo": "photo|foto",
    "carousel": "carousel|carosello",
    "video": "video",
    "short_video": "short video|video breve",
    "story": "story|storia",
    "link": "link",
    "live": "live video|diretta",
    "poll": "poll|sondaggio",
    "document": "document|documento",
    "article": "article|articolo",
}
LONGEST_CELL = 32_767  # of a workbook: a longer text was cut when it was written
LONGEST_TITLE = 200
# The texts of an entry, by the column that tells them.
TEXTS = {"title": "title", "text": "copy", "link": "link", "first_comment": "first_comment"}
TEXTS |= {"notes": "notes", "alt_text": "alt_text"}
_SIGNS = "=+\\-@\t\r\n＝＋－＠"
_GUARDED = re.compile(f"'+[{_SIGNS}]")
_CLOCK = re.compile(r"(\d{1,2})[:.h](\d{2})(?:[:.](\d{2})(?:[.,]\d+)?)?\s*([ap])?\.?\s?(?(4)m\.?)$", re.IGNORECASE)
_SHORT_CLOCK = re.compile(r"(\d{1,2})\s*(?:h|([ap])\.?\s?m\.?)$", re.IGNORECASE)
_SHARE_OF_DAY = re.compile(r"[01]?[.,]\d+$|0$")
_AFTER_DAY = re.compile(r"(?:1899|190[0-4])-\d{2}-\d{2}[T ]+(.+)$")
_SERIAL = re.compile(r"\d{5}$")
_BETWEEN = re.compile(r"[\s,;]+")
FIRST_SERIAL, LAST_SERIAL = 36_526, 73_050  # what Excel counts for the days of this century


@dataclass(frozen=True)
class Line:
    """A row: the line where it begins, and the text of each column that the table has."""

    number: int
    told: dict[str, str]


@dataclass(frozen=True)
class Table:
    """The rows of a file; `titles` are its own names of the columns, `unread` those that mean nothing here.

    `order` is how it writes day, month and year in numbers; empty with `open_days` where nothing tells.
    """

    lines: list[Line]
    titles: dict[str, str]
    unread: list[str] = field(default_factory=list)
    order: str = "dmy"
    open_days: tuple[str, ...] = ()


@dataclass(frozen=True)
class Problem:
    """What cannot be taken: its column, what stands there, why (a code), and what the sentence needs besides."""

    column: str
    value: str
    code: str
    facts: dict[str, Any] = field(default_factory=dict)


# --- writing ---------------------------------------------------------------------------------------------------


def row(facts: Mapping[str, Any], *, guarded: bool) -> list[str | int]:
    """The cells of an entry in the order of COLUMNS.

    A text file puts an apostrophe before what a spreadsheet would compute; where a text begins like that by
    itself, `guarded` puts one more before it, so that taking one away gives it back.
    """
    cells = [_written(facts.get(name)) for name in COLUMNS]
    return [f"'{told}" if guarded and isinstance(told, str) and _GUARDED.match(told) else told for told in cells]


def _written(value: Any) -> str | int:
    if value is None or value is False:
        return ""
    if value is True:
        return "yes"
    if isinstance(value, time):
        return f"{value:%H:%M:%S}" if value.second else f"{value:%H:%M}"
    return value if isinstance(value, int) else str(value)


def unguarded(text: str) -> str:
    """A text without the apostrophe that kept a spreadsheet from computing it.

    >>> unguarded("'=1+1"), unguarded("''=1"), unguarded("'tis")
    ('=1+1', "'=1", "'tis")
    """
    return text[1:] if _GUARDED.match(text) else text


# --- reading ---------------------------------------------------------------------------------------------------


def table_of(source: Source, *, order: str = "") -> Table | None:
    """The rows of a file that has columns of entries; None for any other table."""
    for sheet in source.sheets:
        header = best_header(sheet, NAMES.by_name.get)
        if header is None or not _is_ours(header):
            continue
        is_text = source.workbook is None
        lines = [Line(number, _told(cells, header, is_text=is_text)) for number, cells in _rows(sheet, header)]
        return _in_order(
            [line for line in lines if any(line.told.values())],
            {name: header.title(places[0]) for name, places in header.at.items()},
            header.unknown(),
            order,
        )
    return None


def _is_ours(header: Header) -> bool:
    at = header.at.keys()
    if FIGURES & {normal(title) for title in header.cells}:
        return False
    own = at & (_OWN.keys() - {"campaign", "pillar", "permalink"})
    return "entry_id" in at or bool(own and at & {"title", "text"} and at & {"platform", "account"})


def _rows(sheet: Any, header: Header) -> Iterator[tuple[int, list[str]]]:
    for number, cells in sheet.records():
        if number > header.line and cells != header.cells:
            yield number, cells


def _told(cells: list[str], header: Header, *, is_text: bool) -> dict[str, str]:
    found = {}
    for name, places in header.at.items():
        text = next((told for place in places if (told := cell(cells, place))), "")
        found[name] = (unguarded(text) if is_text else text).replace("\x00", "").strip()
    return found


def _in_order(lines: list[Line], titles: dict[str, str], unread: list[str], order: str) -> Table:
    days = [line.told["date"] for line in lines if line.told.get("date")]
    found = dates.orders_of(days)
    if not order and (found.is_open or dates.swapped(days)):
        return Table(lines, titles, unread, "", found.cells or tuple(days[:3]))
    return Table(lines, titles, unread, order or dates.assumed_order(found, month_first=False))


def key(told: Mapping[str, str], n: int) -> str:
    """What tells the same row of the same file again; `n` counts rows that are alike letter for letter."""
    parts = [told.get(name, "") for name in COLUMNS if name not in ("permalink", "version", "entry_id")]
    return hashlib.sha256("\x1f".join([*parts, str(n)]).encode()).hexdigest()


# --- values ----------------------------------------------------------------------------------------------------


def values_of(told: Mapping[str, str], *, order: str) -> tuple[dict[str, Any], list[Problem]]:
    """What a row says, of the columns that it has, and what of it cannot be read."""
    found: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, read in _READ.items():
        if name in told:
            try:
                found[name] = read(told[name])
            except ValueError as error:
                problems.append(Problem(name, told[name], str(error), dict(_KNOWN.get(name, {}))))
    if "date" in told:
        try:
            found["date"], clock = day_of(told["date"], order=order)
            if clock and not told.get("time"):
                found["time"] = clock
        except ValueError as error:
            problems.append(Problem("date", told["date"], str(error)))
    found |= {name: plain(told[name]) for name in TEXTS if name in told}
    found |= {name: told[name].strip() for name in ("platform", "account", "campaign", "pillar") if name in told}
    found |= {name: told[name].strip() for name in ("audience", "idea", "media", "labels") if name in told}
    if found.get("link") and "://" not in found["link"]:
        found["link"] = f"https://{found['link']}"
    return found, problems


def plain(text: str) -> str:
    """A text with one kind of line ends and nothing around it: spreadsheets change both."""
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def same_text(told: str, stored: str) -> bool:
    """Whether a cell says what is stored: line ends aside, an apostrophe before a sign, and what was cut off."""
    ours = plain(stored)
    if told == ours or unguarded(told) == ours:
        return True
    return len(ours) > LONGEST_CELL - 2 and len(told) > LONGEST_CELL - 200 and ours.startswith(told)


def title_of(text: str) -> str:
    """The first words of a text, where a row has no title.

    >>> title_of("Plums and cocoa. A long finish."), title_of("  ")
    ('Plums and cocoa. A long finish.', '')
    """
    line = next(iter(text.strip().splitlines()), "").strip()
    return line if len(line) <= 80 else line[:79].rsplit(" ", 1)[0].rstrip(",;:") + "…"


def day_of(text: str, *, order: str) -> tuple[date | None, time | None]:
    """A day, with the hour where the cell holds that too; raises ValueError with a code.

    >>> day_of("10/09/2046", order="dmy")[0].isoformat(), day_of("53579", order="dmy")[0].isoformat()
    ('2046-09-10', '2046-09-09')
    """
    text = text.strip()
    if not text:
        return None, None
    if _SERIAL.match(text) and FIRST_SERIAL <= int(text) <= LAST_SERIAL:
        return date(1899, 12, 30) + timedelta(days=int(text)), None
    try:
        moment = dates.parse(text, order=order)
    except ValueError:
        raise ValueError("sheet_day") from None
    if moment.offset is not None:
        raise ValueError("sheet_day")
    return moment.day, time(*moment.clock) if moment.clock and any(moment.clock) else None


def clock_of(text: str) -> time | None:
    """An hour as people and spreadsheets write it; raises ValueError with a code.

    >>> [str(clock_of(told)) for told in ("9:05", "18.30", "6:30 PM", "0.770833333", "1899-12-31 18:30:00", "7h")]
    ['09:05:00', '18:30:00', '18:30:00', '18:30:00', '18:30:00', '07:00:00']
    """
    text = text.strip()
    if not text:
        return None
    if behind := _AFTER_DAY.match(text):
        text = behind[1]
    clock, share = _written_clock(text), _share_of_day(text)
    if clock is not None and share is not None and clock != share:
        raise ValueError("sheet_hour_twofold")
    if clock is None and share is None:
        raise ValueError("sheet_hour")
    return share if clock is None else clock


def _written_clock(text: str) -> time | None:
    parts, short = _CLOCK.match(text), _SHORT_CLOCK.match(text)
    if parts:
        hour, minute, second, half = int(parts[1]), int(parts[2]), int(parts[3] or 0), parts[4]
    elif short:
        hour, minute, second, half = int(short[1]), 0, 0, short[2]
    else:
        return None
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half in "pP" else 0)
    return time(hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def _share_of_day(text: str) -> time | None:
    """What a spreadsheet counts for an hour: its share of the day."""
    if not _SHARE_OF_DAY.match(text):
        return None
    minutes = float(text.replace(",", ".")) * 1_440
    is_whole = abs(minutes - round(minutes)) < 0.02
    return time(round(minutes) // 60, round(minutes) % 60) if is_whole and minutes < 1_439.5 else None


def _word(table: Mapping[str, str], synonyms: Mapping[str, str], code: str) -> Any:
    by_word = {normal(word): slug for slug, words in table.items() for word in (slug, *words.split("|"))}

    def read(text: str) -> str:
        word = normal(text)
        if not word:
            return ""
        found = by_word.get(word) or synonyms.get(word.replace(" ", "_"))
        if found not in table:
            raise ValueError(code)
        return found

    return read


def _yes(text: str) -> bool:
    word = text.strip().casefold()
    if word in YES:
        return True
    if not word or word in NO:
        return False
    raise ValueError("sheet_yes_no")


def _number(text: str) -> int | None:
    text = text.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) <= 15):
        raise ValueError("sheet_number")
    return int(text)


def people_in(text: str) -> list[str]:
    """The addresses that a cell names, each once.

    >>> people_in("ada@nord.example; Bea@nord.example ada@nord.example")
    ['ada@nord.example', 'bea@nord.example']
    """
    return list(dict.fromkeys(told.casefold() for told in _BETWEEN.split(text) if told))


_READ: dict[str, Any] = {
    "time": clock_of,
    "format": _word(FORMATS, KIND_SYNONYMS, "sheet_format"),
    "status": _word(STATUSES, {}, "sheet_status"),
    "promotional": _yes,
    "needs_all": _yes,
    "reviewers": people_in,
    "idea_id": _number,
    "entry_id": _number,
    "version": _number,
}
_KNOWN = {"format": {"known": ", ".join(FORMATS)}, "status": {"known": ", ".join(STATUSES)}}


def platform_slug(text: str) -> str:
    return platform_of(text) if text else ""


def likeness_key(text: str) -> frozenset[str]:
    """The words of a title, by which two entries are compared."""
    return frozenset(re.findall(r"\w{2,}", text.casefold()))


def alike(one: Iterable[str], other: Iterable[str]) -> bool:
    """Whether two titles share most of their words.

    >>> alike(likeness_key("The autumn roast"), likeness_key("Autumn roast!"))
    True
    """
    mine, theirs = frozenset(one), frozenset(other)
    return bool(mine and theirs) and len(mine & theirs) / len(mine | theirs) >= 0.6
