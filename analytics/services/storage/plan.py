"""How a pass over a file stores its rows, and what it found."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice
from operator import itemgetter

import numpy as np

from analytics.formats import PostRow, Reader, Rejected

# Resolves (platform, account, account's number) of a row to a channel; None leaves its rows out.
Route = Callable[[str, str, str], int | None]
Tell = Callable[[int], None]
OpenRows = Callable[[], Reader]

FIRST_MONDAY = date(1970, 1, 5)
# So few rows are still in the processor's cache when they are looked at for the second and third time.
CHUNK_ROWS = 500
LONGEST_NUMBER = 120
MOST_COUNTED = 2**63 - 1
ACCOUNT = itemgetter(1, 2, 3)
NUMBER = itemgetter(4)
PUBLISHED = itemgetter(5)
FIGURES = itemgetter(*range(13, 28))


@dataclass(frozen=True)
class Pass:
    """One pass: the age of the figures, and what an earlier pass taught.

    `older` keeps every figure that is stored and only fills gaps; `repeated` counts, by key, the posts that occur
    several times, of which the last is taken; `counting` stores nothing and only learns of such posts; `careful`
    checks every row for values that the database refuses.
    """

    as_of: datetime
    older: bool = False
    repeated: dict[int, int] = field(default_factory=dict)
    counting: bool = False
    careful: bool = False


@dataclass(frozen=True)
class Stamp:
    """What every row that is written carries besides the file's own words."""

    brand: int
    file: int
    now: datetime


class Restart(Exception):
    """The pass cannot go on as planned; `changes` are the fields of `Pass` to set for the next one."""

    def __init__(self, **changes: object) -> None:
        super().__init__(changes)
        self.changes = changes


@dataclass
class Tally:
    """What became of the rows. `rose` and `fell` count the stored posts whose figures differ, by direction.

    `spans` holds the first and the last post of each channel.
    """

    staged: int = 0
    created: int = 0
    updated: int = 0
    kept: int = 0
    rose: int = 0
    fell: int = 0
    left_out: int = 0
    repeated: int = 0
    latest: datetime | None = None
    weeks: set[tuple[int, date]] = field(default_factory=set)
    spans: dict[int, tuple[datetime, datetime]] = field(default_factory=dict)
    left_out_accounts: dict[str, int] = field(default_factory=dict)
    rejected: list[Rejected] = field(default_factory=list)

    @property
    def unchanged(self) -> int:
        return self.staged - self.created - self.updated

    @property
    def channels(self) -> list[int]:
        return sorted({channel for channel, _week in self.weeks})

    def saw(self, weeks: Iterable[tuple[int, datetime, datetime]]) -> None:
        """Note the first and the last staged post of (channel, first, last); call it for every staged week."""
        for channel, first, last in weeks:
            known = self.spans.get(channel, (first, last))
            self.spans[channel] = min(known[0], first), max(known[1], last)
        self.latest = max((last for _first, last in self.spans.values()), default=None)

    def touched(self, weeks: Iterable[tuple[int, int]]) -> None:
        """Note (channel, number of the week since the first Monday of 1970)."""
        self.weeks.update((channel, FIRST_MONDAY + timedelta(weeks=week)) for channel, week in weeks)

    def leave_out(self, account: str, count: int) -> None:
        self.left_out += count
        self.left_out_accounts[account] = self.left_out_accounts.get(account, 0) + count


def chunks(rows: Iterable[PostRow], tally: Tally, *, careful: bool) -> Iterator[list[PostRow]]:
    """Cut a stream into lists; rows that no database takes are rejected on the way."""
    stream = iter(rows)
    while chunk := list(islice(stream, CHUNK_ROWS)):
        if careful:
            chunk = [row for row in chunk if is_sound(row, tally)]
        if chunk:
            yield chunk


def is_sound(row: PostRow, tally: Tally) -> bool:
    """Whether the database can hold the row; if not it is noted as rejected."""
    if len(row.external_id) > LONGEST_NUMBER:
        facts = {"most": LONGEST_NUMBER}
        tally.rejected.append(Rejected(row.line, "", row.external_id[:200], "id_too_long", facts))
        return False
    for name, value in zip(row._fields[13:28], FIGURES(row), strict=True):
        if value is not None and not value <= MOST_COUNTED:
            tally.rejected.append(Rejected(row.line, name, str(value)[:200], "count_too_large", {}))
            return False
    return True


def by_account(chunk: list[PostRow]) -> dict[tuple[str, str, str], list[PostRow]]:
    """The rows of each account; most files have one, which costs one look at each row."""
    found: dict[tuple[str, str, str], list[PostRow]] = {account: [] for account in map(ACCOUNT, chunk)}
    if len(found) == 1:
        return dict.fromkeys(found, chunk)
    for row in chunk:
        found[row[1:4]].append(row)
    return found


def numbers(rows: list[PostRow]) -> list[str]:
    return list(map(NUMBER, rows))


class Keys:
    """Finds posts that occur more than once in a file, in eight bytes a post.

    Two different numbers share a key once in 2^64 pairs; a million posts are 2^39 pairs. Channels are told apart
    by the order in which the file names them: it is the same in every pass, and their numbers may not be.
    """

    def __init__(self) -> None:
        self._seen: list[np.ndarray] = []
        self._places: dict[int, int] = {}

    def of(self, channel: int, numbers: Sequence[str]) -> np.ndarray:
        place = self._places.setdefault(channel, len(self._places))
        keys = np.fromiter(map(hash, numbers), np.int64, len(numbers))
        return keys ^ np.int64(place * 0x9E3779B1)

    def add(self, channel: int, numbers: Sequence[str]) -> None:
        self._seen.append(self.of(channel, numbers))

    def repeated(self) -> dict[int, int]:
        """How often each key occurs that occurs more than once."""
        if not self._seen:
            return {}
        keys = np.sort(np.concatenate(self._seen))
        twice = np.unique(keys[1:][keys[1:] == keys[:-1]])
        counts = np.searchsorted(keys, twice, "right") - np.searchsorted(keys, twice, "left")
        return dict(zip(twice.tolist(), counts.tolist(), strict=True))

    def last_ones(self, channel: int, rows: list[PostRow], left: dict[int, int], tally: Tally) -> list[PostRow]:
        """Without the rows that a later one of the same post replaces; `left` counts down over the whole file."""
        kept = []
        for row, key in zip(rows, self.of(channel, numbers(rows)).tolist(), strict=True):
            if key in left:
                left[key] -= 1
                if left[key]:
                    tally.repeated += 1
                    continue
            kept.append(row)
        return kept
