"""Blocks of text columns hold the same rows as reading one by one, and give way to a closer look."""

import csv
import random
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from analytics.formats import FORMATS, PostRow, Reader, TextBlock
from analytics.formats.base import total

COLUMNS = (
    *("platform", "account", "post_id", "published_at", "format", "text", "permalink", "paid"),
    *("impressions", "reach", "reactions", "comments", "shares", "saves", "clicks", "video_views"),
)
COUNTS = COLUMNS[8:]


def plain_line(number: int, rng: random.Random) -> dict[str, object]:
    moment = datetime(2026, 3, 28) + timedelta(minutes=rng.randrange(3_000))  # over a change of the clock
    counts = {name: rng.choice(["", rng.randrange(10_000)]) for name in COUNTS}
    texts = {
        "format": rng.choice(["photo", "Reel", ""]),
        "text": f'say "{number}"',
        "permalink": f"https://e/{number}",
    }
    told = {
        "platform": "instagram",
        "account": "acme",
        "post_id": f"17{number}",
        "paid": rng.choice(["yes", "no", ""]),
    }
    return told | texts | counts | {"published_at": moment.isoformat(" ")}


def written(path: Path, rows: list[dict[str, object]], *, above: str = "") -> Path:
    with path.open("w", newline="", encoding="utf-8") as file:
        file.write(above)
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(rows)
    return path


def reader(path: Path) -> Reader:
    return FORMATS["generic"].stream(path, time_zone="Europe/Rome")


def unfolded(block: TextBlock) -> list[tuple]:
    """The rows of a block as the values of their PostRows, without the line."""
    found = []
    for number in range(block.rows):
        cells = {name: column[number] for name, column in block.columns.items()}
        counts = {name: int(text) if (text := cells.get(name)) else None for name in COUNTS}
        parts = (counts[name] for name in ("reactions", "comments", "shares", "saves"))
        moment = datetime.fromisoformat(cells["published_at"]).astimezone(UTC)
        texts = [cells.get(name, "") for name in ("format", "text", "permalink")]
        paid = {"t": True, "f": False, "": None}[cells.get("paid", "")]
        found.append((block.account, cells["external_id"], moment, *texts, paid, *counts.values(), total(*parts)))
    return found


def told(row: PostRow) -> tuple:
    names = (
        "account",
        "external_id",
        "published_at",
        "format",
        "text",
        "permalink",
        "paid",
        *COUNTS,
        "engagements",
    )
    return tuple(getattr(row, name) for name in names)


def in_blocks(path: Path, size: int) -> tuple[list[tuple], int]:
    rows, blocks = [], 0
    for block in reader(path).blocks(size):
        is_text = isinstance(block, TextBlock)
        rows += unfolded(block) if is_text else map(told, block)
        blocks += is_text
    return rows, blocks


@pytest.mark.parametrize("size", [1, 7, 500])
def test_a_plain_file_is_read_in_blocks_of_the_same_rows(tmp_path, size):
    rng = random.Random(7)
    path = written(tmp_path / "a.csv", [plain_line(number, rng) for number in range(100)])
    rows, blocks = in_blocks(path, size)
    assert rows == [told(row) for row in reader(path)]
    assert blocks


@pytest.mark.parametrize(
    "odd",
    [
        {"reach": "1.234"},
        {"reach": "many"},
        {"reach": -1},
        {"post_id": "1.12E+15"},
        {"post_id": ""},
        {"published_at": "28/03/2026 10:30"},
        {"published_at": "2026-03-28"},
        {"published_at": "2026-13-28 10:30:00"},
        {"published_at": "2026-03-28T10:30:00Z"},
        {"account": "other"},
        {"platform": "nowhere"},
        {"text": "two\nlines, and\r\nthree"},
        {"paid": "perhaps"},
    ],
    ids=str,
)
def test_one_odd_cell_changes_nothing_for_any_row(tmp_path, odd):
    rng = random.Random(11)
    rows = [plain_line(number, rng) for number in range(60)]
    rows[40] |= odd
    path = written(tmp_path / "a.csv", rows)
    one_by_one, many = reader(path), reader(path)
    expected = [told(row) for row in one_by_one]
    found = []
    for block in many.blocks(8):
        found += unfolded(block) if isinstance(block, TextBlock) else map(told, block)
    assert sorted(found, key=str) == sorted(expected, key=str)
    assert (many.rejected, many.rows_read, many.ignored) == (
        one_by_one.rejected,
        one_by_one.rows_read,
        one_by_one.ignored,
    )
    assert (many.accounts, many.precision) == (one_by_one.accounts, one_by_one.precision)
    assert [notice.code for notice in many.warnings] == [notice.code for notice in one_by_one.warnings]


def test_lines_are_told_rightly_after_captions_of_several_lines(tmp_path):
    rng = random.Random(3)
    rows = [plain_line(number, rng) | {"text": "a\nb\r\nc"} for number in range(20)]
    rows[17] |= {"reach": "many"}
    path = written(tmp_path / "a.csv", rows)
    many, one_by_one = reader(path), reader(path)
    assert len(list(many.blocks(6))) > 1
    assert len(list(one_by_one)) == 19
    assert [row.line for row in many.rejected] == [row.line for row in one_by_one.rejected] == [2 + 17 * 3]


def test_a_header_that_is_repeated_is_left_out(tmp_path):
    rng = random.Random(5)
    path = written(tmp_path / "a.csv", [plain_line(1, rng)])
    with path.open("a", newline="", encoding="utf-8") as file:
        file.write(",".join(COLUMNS) + "\r\n")
        csv.DictWriter(file, COLUMNS).writerow(plain_line(2, rng))
    rows, _blocks = in_blocks(path, 500)
    assert [row[1] for row in rows] == ["171", "172"]
