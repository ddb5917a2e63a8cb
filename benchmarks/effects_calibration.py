"""Whether what `analytics.effects` says of posts holds where the truth is known.

    python benchmarks/effects_calibration.py [--worlds 200] [--power-worlds 50]

Posts are invented with heavy-tailed noise, a few viral posts, unbalanced traits that go along with campaigns,
drifting accounts and many traits without any effect. Per kind of world: the share of 90 % intervals that hold the
true difference, over all levels and over those that differ at all; the false discovery rate (aim: 10 %).
Then how often a true difference of 20 % is told, by the number of its posts, and after as many more posts as a
report asks for.
"""

import argparse
import os
import sys
from dataclasses import replace
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests.analytics.effects_truth import World, calibrate, share_found, share_found_after

USUAL = World()
WORLDS = {
    "40 posts": replace(USUAL, posts=40),
    "80 posts": replace(USUAL, posts=80),
    "200 posts": USUAL,
    "1,000 posts": replace(USUAL, posts=1000),
    "no effects at all, 80 posts": replace(USUAL, posts=80, null=1.0),
    "no effects at all": replace(USUAL, null=1.0),
    "normal noise": replace(USUAL, tails=0.0, viral=0.0),
    "very heavy tails": replace(USUAL, tails=2.0, viral=0.03),
    "strongly confounded": replace(USUAL, confounded=0.85),
    "strong effects": replace(USUAL, effect=0.6, null=0.2),
    "weak effects": replace(USUAL, effect=0.1, null=0.2),
    "fast trend": replace(USUAL, trend=0.2),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--worlds", type=int, default=200)
    parser.add_argument("--power-worlds", type=int, default=50)
    asked = parser.parse_args()
    print("| world | intervals hold | where there is a difference | false discovery rate | told per report |")
    print("|---|---|---|---|---|")
    for name, world in WORLDS.items():
        found = calibrate(world, asked.worlds, seed=20)
        live = f"{found.live_coverage:.1%}" if found.live else "none"
        told = found.told / found.worlds
        print(f"| {name} | {found.coverage:.1%} | {live} | {found.fdr:.1%} | {told:.1f} |", flush=True)
    print("\n| posts of the level, of 400 | a difference of 20 % is told | of 50 % |")
    print("|---|---|---|")
    for n in (10, 20, 50, 100, 200):
        shares = [
            share_found(replace(USUAL, posts=400), n, lift, asked.power_worlds, seed=30) for lift in (0.2, 0.5)
        ]
        print(f"| {n} | {shares[0]:.0%} | {shares[1]:.0%} |", flush=True)
    share, more = share_found_after(replace(USUAL, posts=400), 20, 0.2, asked.power_worlds, seed=40)
    print(f"\nWith 20 posts a report asked for {more:.0f} more on average; then {share:.0%} told it.")


if __name__ == "__main__":
    main()
