"""The hours at which people are online: 168 levels, and the text in which a person writes them. Pure.

A level is 0 (never), 1 (sometimes), 2 (often) or 3 (mostly); cell = day * 24 + hour, Monday = 0. The text has a
line for each pattern of days: `Mon-Fri: 7-9 often, 20-23 mostly`. Later spans lie over earlier ones.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

CELLS = 168
MOST = 3
_SPAN = re.compile(r"(\d{1,2})(?::00)?\s*[-–]\s*(\d{1,2})(?::00)?\s+(\S.*)")


@dataclass(frozen=True)
class Words:
    """The names of days and levels; of each those that are understood, the one that is written first."""

    days: tuple[tuple[str, ...], ...]  # seven, Monday first
    levels: tuple[tuple[str, ...], ...]  # four, 0 first


class HoursError(ValueError):
    """A text that cannot be read: code "line", "day", "span" or "level", the line's number and what was found."""

    def __init__(self, code: str, line: int, found: str) -> None:
        super().__init__(f"line {line}: {code} {found!r}")
        self.code, self.line, self.found = code, line, found


def parse(text: str, words: Words) -> list[int]:
    """168 levels, or [] for a text of blanks; raises HoursError.

    >>> english = Words(tuple((day,) for day in "mon tue wed thu fri sat sun".split()),
    ...                 (("never",), ("sometimes",), ("often",), ("mostly",)))
    >>> hours = parse("mon-fri: 7-9 often", english)
    >>> hours[7], hours[8], hours[9], hours[5 * 24 + 7]
    (2, 2, 0, 0)
    """
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1) if line.strip()]
    if not lines:
        return []
    cells = [0] * CELLS
    for number, line in lines:
        days, colon, spans = line.partition(":")
        if not colon or not spans.strip():
            raise HoursError("line", number, line)
        for day in _days(days, number, words):
            for first, last, level in _spans(spans, number, words):
                cells[day * 24 + first : day * 24 + last] = [level] * (last - first)
    return cells


def _days(text: str, line: int, words: Words) -> list[int]:
    found: list[int] = []
    for part in re.split(r"\s*[,;+]\s*", text.strip()):
        ends = [_index(end, words.days) for end in re.split(r"\s*[-–]\s*", part)]
        if len(ends) > 2 or any(end is None for end in ends):
            raise HoursError("day", line, part)
        first, last = ends[0] or 0, ends[-1] or 0
        found += [day % 7 for day in range(first, last + 1 if last >= first else last + 8)]
    return found


def _spans(text: str, line: int, words: Words) -> Iterator[tuple[int, int, int]]:
    """First hour, hour after the last, level; a span over midnight stays within its day, at both ends."""
    for part in re.split(r"\s*[,;]\s*", text.strip().rstrip(".,;")):
        read = _SPAN.fullmatch(part.strip())
        if read is None or int(read[1]) > 23 or int(read[2]) > 24 or read[1] == read[2]:
            raise HoursError("span", line, part)
        level = _index(read[3], words.levels)
        if level is None:
            raise HoursError("level", line, read[3])
        first, last = int(read[1]), int(read[2])
        if first < last:
            yield first, last, level
        else:
            yield first, 24, level
            yield 0, last, level


def _index(name: str, names: Sequence[Sequence[str]]) -> int | None:
    plain = name.strip().rstrip(".").casefold()
    return next((place for place, known in enumerate(names) if plain in {n.casefold() for n in known}), None)


def write(cells: Sequence[int], words: Words) -> str:
    """The text that `parse` reads back; days in a row with the same hours share a line."""
    if not is_grid(cells):
        return ""
    lines = []
    days = [(day, tuple(cells[day * 24 : day * 24 + 24])) for day in range(7)]
    for hours, alike in groupby(days, key=lambda pair: pair[1]):
        group = [day for day, _ in alike]
        if not any(hours):
            continue
        name = words.days[group[0]][0]
        if len(group) > 1:
            name += f"-{words.days[group[-1]][0]}"
        lines.append(f"{name}: {', '.join(_told(hours, words))}")
    return "\n".join(lines) or f"{words.days[0][0]}-{words.days[6][0]}: 0-24 {words.levels[0][0]}"


def _told(hours: Sequence[int], words: Words) -> Iterator[str]:
    for level, run in groupby(range(24), key=lambda hour: hours[hour]):
        span = list(run)
        if level:
            yield f"{span[0]}-{span[-1] + 1} {words.levels[level][0]}"


def is_grid(cells: Sequence[int]) -> bool:
    """Whether these are 168 levels."""
    return len(cells) == CELLS and all(type(level) is int and 0 <= level <= MOST for level in cells)
