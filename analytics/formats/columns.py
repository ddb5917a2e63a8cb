"""Finds the columns of a format in a header, whatever their language and order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from analytics.formats.tables import Record, Sheet, normal

# field → language → the names it goes by, separated by "|"
Aliases = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Names:
    """The aliases of a format, turned around for look-up."""

    aliases: Aliases
    by_name: dict[str, tuple[str, str]] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        table: dict[str, tuple[str, str]] = {}
        for column, languages in self.aliases.items():
            for language, names in languages.items():
                for name in names.split("|"):
                    table.setdefault(normal(name), (column, language))
        object.__setattr__(self, "by_name", table)

    def english(self, column: str) -> str:
        """The name to tell people who miss this column."""
        return self.aliases[column]["en"].split("|")[0].capitalize()


@dataclass(frozen=True)
class Header:
    """A header row in which columns were found."""

    line: int
    cells: list[str]
    at: dict[str, list[int]]  # field → its columns, left to right
    language: str

    def first(self, column: str) -> int | None:
        places = self.at.get(column)
        return places[0] if places else None

    def title(self, index: int) -> str:
        return self.cells[index].strip() or f"#{index + 1}"

    def unknown(self) -> list[str]:
        known = {index for places in self.at.values() for index in places}
        return [cell.strip() for index, cell in enumerate(self.cells) if index not in known and cell.strip()]


# Of the columns that the fullest header names.
NEARLY = 0.8

Lookup = Callable[[str], tuple[str, str] | None]


def read_header(record: Record, lookup: Lookup) -> Header:
    """The columns that `lookup` knows in this record; the language that most of them speak."""
    line, cells = record
    at: dict[str, list[int]] = {}
    languages: Counter[str] = Counter()
    for index, cell in enumerate(cells):
        if found := lookup(normal(cell)):
            at.setdefault(found[0], []).append(index)
            languages[found[1]] += 1
    best = max(languages.values(), default=0)
    spoken = [language for language, count in languages.items() if count == best]
    return Header(line, cells, at, "en" if "en" in spoken or not spoken else spoken[0])


def best_header(sheet: Sheet, lookup: Lookup, *, within: int = 30) -> Header | None:
    """The first row among the first ones that names (nearly) the most columns; None when none names two.

    A table whose header stands once more further down begins at the first, even where a name in that was changed.
    Its language is the one that a person has stated, if any.
    """
    found = [read_header(record, lookup) for record in sheet.head[:within]]
    most = max((len(header.at) for header in found), default=0)
    if most < 2:
        return None
    best = next(header for header in found if len(header.at) >= max(NEARLY * most, 2))
    return replace(best, language=sheet.source.answers.get("language") or best.language)


def cell(cells: list[str], index: int | None) -> str:
    """The text of a cell; "" when the row is short or the column is absent."""
    return cells[index].strip() if index is not None and index < len(cells) else ""
