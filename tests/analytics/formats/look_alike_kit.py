"""What look-alikes of exports are made of, and the register in which they stand by name."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

ROWS = 9


@dataclass(frozen=True)
class LookAlike:
    """A table: what stands above the names of its columns, these, and its rows."""

    header: list[str]
    body: list[list[str]]
    above: tuple[tuple[str, ...], ...] = ()
    encoding: str = "utf-8"
    before: str = ""  # text before everything, as it is
    ignored: int = 0  # rows that are no data: totals, placeholders


LOOK_ALIKES: dict[str, LookAlike] = {}


def look_alike(slug: str) -> Callable[[Callable[[], LookAlike]], Callable[[], LookAlike]]:
    """Name the export of which the function makes a look-alike."""

    def named(make: Callable[[], LookAlike]) -> Callable[[], LookAlike]:
        LOOK_ALIKES[slug] = make()
        return make

    return named


def moments(form: str, *, step: timedelta = timedelta(hours=31)) -> Iterator[str]:
    for number in range(ROWS):
        yield (datetime(2025, 10, 20, 8, 15) + number * step).strftime(form)


def table(header: str, *columns: list[str]) -> tuple[list[str], list[list[str]]]:
    names = header.split("|")
    return names, [list(cells) for cells in zip(*columns, strict=True)]


def counts(times: int, *, first: int = 3) -> list[str]:
    return [str((first + number * 7) * times) for number in range(ROWS)]


def texts(word: str) -> list[str]:
    """Captions with what captions hold: commas, quotes, line breaks, letters of other languages."""
    odd = ["", ", one; two", ' "quoted"', "\nsecond line", " è più", " 😀", "\tend", " 50%", " = 1"]
    return [f"{word} {number}{odd[number % len(odd)]}" for number in range(ROWS)]


def links(form: str) -> list[str]:
    return [form.format(10**15 + number * 7919) for number in range(ROWS)]


def same(text: str) -> list[str]:
    return [text] * ROWS
