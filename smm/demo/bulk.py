"""Any number of posts as a file of the generic template, for measuring. The file is written as it is made."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TextIO

import numpy as np

from smm.demo.files.template import HEADER
from smm.demo.rhythm import WEEKDAYS, Bump, centred, week

CHUNK = 20_000
FORMATS = ("photo", "video", "link", "text", "carousel")
TEXTS = (
    "New on the shelf this week, and gone by Friday.",
    "Three questions we hear every day, answered in one picture.",
    "The team wrote down what went wrong last month, and what we changed.",
    "Open late on Thursday.\nCome by, bring a friend.",
    "A short film from the workshop: sound on.",
)
LATEST = datetime(2026, 9, 30, 20, tzinfo=UTC)


def write_bulk(path: Path, posts: int, *, seed: int = 1, accounts: int = 1, days: int = 1_460) -> None:
    """Write `posts` rows over `days` days to a CSV file, spread over `accounts` Facebook pages, oldest first.

    The same arguments give the same bytes. Figures follow an audience rhythm with heavy-tailed noise; one post
    in fifty is paid. Memory stays that of one chunk of 20,000 rows.
    """
    if posts < 1 or accounts < 1 or days < 1:
        raise ValueError("posts, accounts and days must be at least 1")
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(HEADER) + "\r\n")
        _write_rows(file, posts, np.random.default_rng(seed), accounts, days)


def _write_rows(file: TextIO, posts: int, rng: np.random.Generator, accounts: int, days: int) -> None:
    step = timedelta(days=days) / posts
    first = LATEST - step * (posts - 1)
    for start in range(0, posts, CHUNK):
        file.writelines(_rows(start, min(CHUNK, posts - start), first, step, rng, accounts))


def _rows(
    start: int, count: int, first: datetime, step: timedelta, rng: np.random.Generator, accounts: int
) -> Iterator[str]:
    curve = centred(week((Bump(8, 2, 1.0, WEEKDAYS), Bump(20, 2, 0.8))), 0.3)
    moments = [first + step * (start + n) for n in range(count)]
    cells = np.array([moment.weekday() * 24 + moment.hour for moment in moments])
    level = 6.0 + curve[cells] + 0.7 * rng.standard_t(5, count)
    reach = np.exp(np.minimum(level, 12.0)).astype(int) + 3
    shares = rng.poisson(reach[:, None] * np.array([0.04, 0.004, 0.003, 0.002, 0.02]))
    kinds, texts = rng.integers(len(FORMATS), size=count), rng.integers(len(TEXTS), size=count)
    paid = rng.random(count) < 0.02
    for n, moment in enumerate(moments):
        number = start + n
        page = f"Page {number % accounts + 1}"
        seen, told = int(reach[n] * 1.3), ",".join(str(value) for value in shares[n].tolist())
        kind = FORMATS[kinds[n]]
        yield (
            f'facebook,{page},{10**14 + number},{moment:%Y-%m-%dT%H:%M:%SZ},{kind},"{TEXTS[texts[n]]} ({number})",'
            f"https://facebook.example/{10**14 + number},{'yes' if paid[n] else 'no'},{seen},{reach[n]},{told},"
            f"{int(reach[n] * 0.4) if kind == 'video' else ''}\r\n"
        )
