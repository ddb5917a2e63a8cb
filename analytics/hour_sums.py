"""Sums of log(1 + figure) per hour of week, format, paid and reply, built and packed week by week. Pure.

A channel with 100,000 posts in two years has about 50,000 such groups for each figure. As rows of a table they
cost more to write than the whole budget of a recompute; as one block of bytes per week they are read and
replaced in milliseconds (docs/decisions/006-sums-are-packed-by-week.md).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

FIGURES = ("engagements", "reach", "clicks", "views")
LAYOUT = 1
CELLS = 168
WEEK_SECONDS = 7 * 86_400
# Monday 5 January 1970, 00:00 UTC: the first Monday of the epoch.
FIRST_MONDAY = 4 * 86_400
PAID, REPLY = 1, 2
# Logarithms are rounded to 2**-16 (0.0015 % of a figure): sums of them and of their squares are then exact in
# float64, so that they do not depend on the order in which a database hands out the posts.
STEPS = 2.0**16

GROUP = np.dtype(
    [
        ("cell", "u1"),
        ("format", "u1"),
        ("flags", "u1"),
        ("n", "<u4", (len(FIGURES),)),
        ("total", "<f8", (len(FIGURES),)),
        ("squares", "<f8", (len(FIGURES),)),
    ]
)


@dataclass(frozen=True)
class PostColumns:
    """Posts of a channel as columns of one length, in any order.

    published, as_of: int64, seconds since 1970 UTC; format: str; paid, reply, exact: bool;
    figures: float64 (posts, 4) in the order of FIGURES, NaN = not exported.
    """

    published: npt.NDArray[np.int64]
    as_of: npt.NDArray[np.int64]
    format: npt.NDArray[Any]
    paid: npt.NDArray[np.bool_]
    reply: npt.NDArray[np.bool_]
    exact: npt.NDArray[np.bool_]
    figures: npt.NDArray[np.float64]


@dataclass(frozen=True)
class WeekSums:
    """A week of a channel: how many posts, how many are left out and why, and the packed groups.

    A post is counted as left out once: as a reply, else for its unknown hour, else as too young.
    """

    week: date
    posts: int
    replies: int
    day_only: int
    immature: int
    formats: list[str]
    groups: bytes


def monday_of(week_number: int) -> date:
    return date(1970, 1, 5) + timedelta(weeks=int(week_number))


def build(posts: PostColumns, *, time_zone: str, maturity_hours: int) -> list[WeekSums]:
    """Sum whole weeks of posts; one WeekSums per UTC week that holds a post, in order.

    Posts whose hour is known and whose figures were read at least `maturity_hours` after publishing enter the
    groups, replies under a flag of their own.
    """
    weeks = (posts.published - FIRST_MONDAY) // WEEK_SECONDS
    mature = posts.as_of - posts.published >= maturity_hours * 3600
    found, starts, grouped = _groups(posts, weeks, posts.exact & mature, time_zone)
    bounds = np.append(starts, len(grouped))
    packed = {int(week): grouped[a:b] for week, a, b in zip(found, bounds[:-1], bounds[1:], strict=True)}
    left_out = {
        "replies": posts.reply,
        "day_only": ~posts.reply & ~posts.exact,
        "immature": ~posts.reply & posts.exact & ~mature,
    }
    numbers, position = np.unique(weeks, return_inverse=True)
    counts = {name: np.bincount(position, mask, len(numbers)) for name, mask in left_out.items()}
    sizes = np.bincount(position, minlength=len(numbers))
    names = [str(name) for name in np.unique(posts.format)]
    return [
        WeekSums(
            monday_of(week),
            int(sizes[i]),
            *(int(counts[name][i]) for name in left_out),
            *_with_own_formats(packed.get(int(week)), names),
        )
        for i, week in enumerate(numbers)
    ]


def _groups(
    posts: PostColumns, weeks: npt.NDArray[np.int64], usable: npt.NDArray[np.bool_], time_zone: str
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[Any]]:
    """Weeks that have usable posts, where each starts, and the GROUP rows of all of them."""
    format_code = np.unique(posts.format, return_inverse=True)[1]
    flags = posts.paid * PAID + posts.reply * REPLY
    cell = _hour_of_week(posts.published, time_zone)
    key = (((weeks * 256 + format_code) * 4 + flags) * CELLS + cell)[usable]
    order = np.argsort(key, kind="stable")
    keys, starts = np.unique(key[order], return_index=True)
    values = np.round(np.log1p(posts.figures[usable][order]) * STEPS) / STEPS
    known = ~np.isnan(values)
    values = np.where(known, values, 0.0)
    grouped = np.empty(len(keys), GROUP)
    grouped["cell"] = keys % CELLS
    grouped["flags"] = keys // CELLS % 4
    grouped["format"] = keys // (CELLS * 4) % 256
    for name, column in (("n", known), ("total", values), ("squares", values * values)):
        grouped[name] = np.add.reduceat(column, starts, axis=0, dtype=float) if len(keys) else 0
    found, first = np.unique(keys // (CELLS * 4 * 256), return_index=True)
    return found, first, grouped


def _hour_of_week(published: npt.NDArray[np.int64], time_zone: str) -> npt.NDArray[np.int64]:
    wall = pd.DatetimeIndex(pd.to_datetime(published, unit="s", utc=True)).tz_convert(time_zone)
    return np.asarray(wall.day_of_week * 24 + wall.hour, np.int64)


def _with_own_formats(groups: npt.NDArray[Any] | None, names: Sequence[str]) -> tuple[list[str], bytes]:
    """The formats that occur in this week, and its groups with codes into that list."""
    if groups is None:
        return [], b""
    used, codes = np.unique(groups["format"], return_inverse=True)
    own = groups.copy()
    own["format"] = codes
    return [names[code] for code in used], own.tobytes()


@dataclass(frozen=True)
class ChannelSums:
    """All groups of a channel: per group its week (datetime64[D]), format code and GROUP row."""

    weeks: npt.NDArray[np.datetime64]
    formats: list[str]
    format_code: npt.NDArray[np.int64]
    groups: npt.NDArray[Any]

    def of(self, figure: str, *, replies: bool = False) -> pd.DataFrame:
        """The sums of one figure as `best_times.fit_sums` reads them; replies are left out unless asked for."""
        place = FIGURES.index(figure)
        reply = (self.groups["flags"] & REPLY) > 0
        kept = (self.groups["n"][:, place] > 0) & (replies | ~reply)
        groups = self.groups[kept]
        return pd.DataFrame(
            {
                "week": self.weeks[kept].astype("datetime64[s]"),
                "format": np.array(self.formats, object)[self.format_code[kept]],
                "paid": (groups["flags"] & PAID) > 0,
                "is_reply": reply[kept],
                "cell": groups["cell"].astype(np.int64),
                "n": groups["n"][:, place].astype(np.int64),
                "total": groups["total"][:, place],
                "squares": groups["squares"][:, place],
            }
        )


def unpack(weeks: Iterable[tuple[date, list[str], bytes]]) -> ChannelSums:
    """The groups of all weeks of a channel, from (week, formats, groups) in any order."""
    rows = sorted(weeks, key=lambda row: row[0])
    groups = np.frombuffer(b"".join(bytes(packed) for _, _, packed in rows), GROUP)
    sizes = [len(packed) // GROUP.itemsize for _, _, packed in rows]
    names = sorted({name for _, formats, _ in rows for name in formats})
    place = {name: code for code, name in enumerate(names)}
    table = np.array([place[name] for _, formats, _ in rows for name in formats], np.int64)
    begins = np.cumsum([0, *(len(formats) for _, formats, _ in rows)])[:-1]
    codes = table[np.repeat(begins, sizes) + groups["format"]]
    mondays = np.array([week for week, _, _ in rows], "datetime64[D]")
    return ChannelSums(
        weeks=np.repeat(mondays, sizes),
        formats=names,
        format_code=codes,
        groups=groups,
    )
