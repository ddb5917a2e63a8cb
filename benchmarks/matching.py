"""How often a planned post is found among published ones, and how often a wrong one is taken for it.

Takes the real posts with a text from a folder of exports, makes a plan of each by changing its text as people do
while they publish, moves its hour, and asks `analytics.matching`. Everything is measured twice: with the post
among the published ones, and without it, when every match is wrong.

    python benchmarks/matching.py FOLDER
"""

import argparse
import random
import sys
from collections import Counter
from collections.abc import Callable
from datetime import UTC, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from analytics import formats
from analytics.matching import Planned, Published, match

CHANGES: dict[str, Callable[[list[str], random.Random], list[str]]] = {
    "as planned": lambda words, draw: words,
    "without hashtags": lambda words, draw: [word for word in words if not word.startswith("#")],
    "four hashtags more": lambda words, draw: [*words, *(f"#tag{draw.random():.6f}" for _ in range(4))],
    "a fifth of the words other": lambda words, draw: [
        f"w{draw.random():.6f}" if draw.random() < 0.2 else word for word in words
    ],
    "first 60 % of the words": lambda words, draw: words[: max(1, round(len(words) * 0.6))],
    "half of the words other": lambda words, draw: [
        f"w{draw.random():.6f}" if draw.random() < 0.5 else word for word in words
    ],
}


def accounts(folder: Path) -> list[list[Published]]:
    """The posts with a text of each file, in a channel of their own; the same post told twice stands once."""
    found = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        try:
            rows = formats.detect(path).read(path).rows
        except (formats.FileError, AttributeError):
            continue
        posts = {}
        for row in rows:
            text, at = getattr(row, "text", ""), getattr(row, "published_at", None)
            if text and at:
                posts[row.external_id] = (at if at.tzinfo else at.replace(tzinfo=UTC), text)
        if len(posts) > 20:
            found.append(
                [
                    Published(n, len(found), at, is_exact=True, text=text)
                    for n, (at, text) in enumerate(posts.values())
                ]
            )
    return found


def measure(posts: list[Published], change: str, draw: random.Random) -> Counter:
    counts: Counter = Counter()
    for post in posts:
        words = CHANGES[change](post.text.split(), draw)
        at = post.at + timedelta(minutes=draw.randint(-360, 360))
        plan = Planned(post.key, post.channel, at, has_hour=True, text=" ".join(words))
        for there in (True, False):
            around = [other for other in posts if there or other.key != post.key]
            (found,) = match([plan], around) or [None]
            kind = "nothing" if found is None else "certain" if found.certain else "proposed"
            right = found is not None and found.published == post.key
            counts[there, kind, right] += 1
    return counts


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    draw = random.Random(options.seed)
    histories = accounts(options.folder)
    total = sum(map(len, histories))
    print(f"{total} posts with a text of {len(histories)} files")
    print("| text | found, certain | found, proposed | not found | wrong, certain | wrong, proposed |")
    print("|---|---|---|---|---|---|")
    for change in CHANGES:
        told: Counter = Counter()
        for posts in histories:
            told += measure(posts, change, draw)
        cells = [told[True, "certain", True], told[True, "proposed", True], told[True, "nothing", False]]
        for kind in ("certain", "proposed"):
            cells.append(told[True, kind, False] + told[False, kind, False])
        shares = [f"{cell / total:.1%}" for cell in cells[:3]] + [
            f"{cell / (2 * total):.2%}" for cell in cells[3:]
        ]
        print(f"| {change} | " + " | ".join(shares) + " |")


if __name__ == "__main__":
    main()
