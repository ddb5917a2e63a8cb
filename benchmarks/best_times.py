"""Do best times hold? Learn from a page's first two months, judge on its next two, over many pages.

    python benchmarks/best_times.py FOLDER [--pages N] [--json]

FOLDER holds one CSV or CSV.GZ per page with post_id, published_at, format, reactions, comments, shares. For n of
30, 120 and 500 posts drawn from the first 61 days, every method states 168 log lifts; they are compared with
log(1 + engagements) of all later posts, adjusted for format and week. Means over pages with their standard error.
"""

import argparse
import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # the matrices are small: threads only wait for each other
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import pandas as pd

from analytics.best_times import BestTimes, fit, pool
from analytics.best_times.sums import Floats, Ints

SIZES = {30: 3, 120: 3, 500: 2}  # posts to learn from: draws per page
LEARN_DAYS = 61
LEAST_LATER = 50
LATER_POSTS = 15  # a cell is judged from this many later posts on
CLOCK = pd.Timedelta(hours=-5)  # the pages are mostly American
Z90 = 1.6448536269514722
TRUTHS = {"flat": 0.0, "faint": 0.1, "clear": 0.3}  # standard deviation of the simulated lift, log scale


def load(folder: Path, most: int | None) -> dict[str, pd.DataFrame]:
    """The histories of a folder that have enough posts both to learn from and to judge on."""
    files = sorted([*folder.glob("*.csv"), *folder.glob("*.csv.gz")])
    pages = {file.name.split(".csv")[0]: _history(file) for file in files}
    usable = {name: page for name, page in pages.items() if _usable(page)}
    return dict(list(usable.items())[:most])


def _history(file: Path) -> pd.DataFrame:
    frame = pd.read_csv(file)
    times = pd.to_datetime(frame["published_at"], utc=True).dt.tz_localize(None) + CLOCK
    value = frame[["reactions", "comments", "shares"]].sum(axis=1).astype(float)
    kind = frame["format"].fillna("")
    posts = pd.DataFrame({"published_at": times, "value": value, "format": kind, "is_paid": False})
    return posts.sort_values("published_at", kind="stable", ignore_index=True)


def _usable(page: pd.DataFrame) -> bool:
    learn, later = halves(page)
    return len(learn) >= min(SIZES) and len(later) >= LEAST_LATER and later["value"].nunique() > 10


def halves(page: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The first two months and the two that follow."""
    start = page["published_at"].iloc[0]
    learn = page["published_at"] < start + pd.Timedelta(days=LEARN_DAYS)
    later = ~learn & (page["published_at"] < start + pd.Timedelta(days=2 * LEARN_DAYS + 1))
    return page[learn].reset_index(drop=True), page[later].reset_index(drop=True)


def cells_of(posts: pd.DataFrame) -> Ints:
    times = posts["published_at"].dt
    return np.asarray(times.day_of_week * 24 + times.hour, dtype=np.int64)


def adjusted(posts: pd.DataFrame) -> Floats:
    """log(1 + value) less the means of format and of week, taken off by turns."""
    rest = np.log1p(posts["value"].to_numpy())
    weeks = pd.factorize(posts["published_at"].dt.to_period("W"))[0]
    groups = [pd.factorize(posts["format"])[0], weeks]
    for _ in range(30):
        for group in groups:
            rest = rest - (np.bincount(group, rest) / np.bincount(group))[group]
    return rest


def cell_means(learn: pd.DataFrame) -> Floats:
    """What most tools colour: the mean of each hour of the week, 0 where there is none."""
    cell, value = cells_of(learn), adjusted(learn)
    n = np.bincount(cell, minlength=168)
    return np.bincount(cell, value, minlength=168) / np.maximum(n, 1)


def marginals(learn: pd.DataFrame) -> Floats:
    """The mean of each hour of the day plus the mean of each weekday."""
    cell, value = cells_of(learn), adjusted(learn)
    hour, day = cell % 24, cell // 24
    by_hour = np.bincount(hour, value, minlength=24) / np.maximum(np.bincount(hour, minlength=24), 1)
    rest = value - by_hour[hour]
    by_day = np.bincount(day, rest, minlength=7) / np.maximum(np.bincount(day, minlength=7), 1)
    return np.add.outer(by_day, by_hour).ravel()


def ranks(values: Floats) -> Floats:
    return pd.Series(values).rank().to_numpy()


def judge(lifts: Floats, later: pd.DataFrame, rng: np.random.Generator) -> dict[str, float]:
    """How 168 stated log lifts fare on later posts."""
    cell, real = cells_of(later), adjusted(later)
    stated = lifts[cell]
    flat = np.ptp(stated) < 1e-12
    order = np.lexsort((rng.random(168), -lifts))  # ties in random order: no advice is a random hour
    place = np.argsort(order)[cell]
    return {
        "rho": 0.0 if flat else float(np.corrcoef(ranks(stated), ranks(real))[0, 1]),
        "R2": 1 - float(((real - stated) ** 2).sum() / (real**2).sum()),
        "top tenth": _mean(real[place < 17]),
        "top fifth": _mean(real[place < 34]),
    }


def _mean(values: Floats) -> float:
    return float(values.mean()) if len(values) else np.nan


def covered(found: BestTimes, later: pd.DataFrame) -> pd.DataFrame:
    """Per cell with enough later posts: was its later mean inside, as it stands and its own error allowed for?

    Overlapping: the interval meets that of the later mean, 1.645 of its standard errors either side.
    """
    cell, real = cells_of(later), adjusted(later)
    n = np.bincount(cell, minlength=168)
    judged = n >= LATER_POSTS
    mean = np.bincount(cell, real, minlength=168)[judged] / n[judged]
    square = np.bincount(cell, real**2, minlength=168)[judged] / n[judged]
    error = np.sqrt(np.maximum(square - mean**2, 0) / (n[judged] - 1))
    low, middle, high = (np.log1p(found.cells[name].to_numpy()[judged]) for name in ("low", "lift", "high"))
    reach = np.where(mean > middle, high - middle, middle - low)
    return pd.DataFrame(
        {
            "inside": (low <= mean) & (mean <= high),
            "inside, error allowed for": np.abs(mean - middle) <= np.hypot(reach, Z90 * error),
            "overlapping": (low <= mean + Z90 * error) & (mean - Z90 * error <= high),
        }
    )


Method = Callable[[pd.DataFrame], BestTimes | Floats]


def evaluate(
    pages: dict[str, pd.DataFrame], priors: dict[str, Floats], *, shuffle: bool = False
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Every method on every page and draw; returns scores and covered cells."""
    scores, cells = [], []
    for name, n, learn, later, rng in draws(pages):
        if shuffle:
            learn = learn.assign(published_at=rng.permutation(learn["published_at"].to_numpy()))
        for method, run in methods(priors[name]).items():
            answer = run(learn)
            if isinstance(answer, BestTimes):
                inside = covered(answer, later)
                cells.append(inside.assign(page=name, posts=n, method=method))
                extra = {"evidence": answer.evidence, **inside.mean().to_dict()}
                answer = np.log1p(answer.cells["lift"].to_numpy())
            else:
                extra = {}
            scores.append({"page": name, "posts": n, "method": method, **judge(answer, later, rng), **extra})
    return pd.DataFrame(scores), pd.concat(cells, ignore_index=True)


def draws(
    pages: dict[str, pd.DataFrame],
) -> Iterator[tuple[str, int, pd.DataFrame, pd.DataFrame, np.random.Generator]]:
    for number, (name, page) in enumerate(pages.items()):
        rng = np.random.default_rng([2016, number])
        learn, later = halves(page)
        for n, times in SIZES.items():
            for _ in range(times if len(learn) >= n else 0):
                chosen = np.sort(rng.choice(len(learn), n, replace=False))
                yield name, n, learn.iloc[chosen].reset_index(drop=True), later, rng


def methods(prior: Floats) -> dict[str, Method]:
    return {
        "no advice": lambda learn: np.zeros(168),
        "mean per cell": cell_means,
        "day + hour": marginals,
        "this model": lambda learn: fit(learn),
        "this model, pooled prior": lambda learn: fit(learn, prior=prior),
    }


def leave_one_out(pages: dict[str, pd.DataFrame]) -> dict[str, Floats]:
    """For each page the prior pooled from the first two months of all the others."""
    fits = {name: fit(halves(page)[0]) for name, page in pages.items()}
    return {name: pool([other for key, other in fits.items() if key != name]) for name in pages}


def table(scores: pd.DataFrame) -> pd.DataFrame:
    """Means over pages (each page's draws averaged first) with the standard error of rho."""
    figures = ["rho", "R2", "top tenth", "top fifth"]
    per_page = scores.groupby(["posts", "method", "page"], sort=False)[figures].mean()
    grouped = per_page.groupby(["posts", "method"], sort=False)
    means = grouped.mean()
    means.insert(1, "se", grouped["rho"].sem())
    means.insert(3, "se R2", grouped["R2"].sem())
    for name in ("top tenth", "top fifth"):
        means[name] = np.expm1(means[name])
    means["pages"] = grouped["rho"].count()
    return means


def coverage(cells: pd.DataFrame) -> pd.DataFrame:
    """Shares of cells, all pages together and as the mean over pages, and how many cells and pages there were."""
    kinds = ["inside", "inside, error allowed for", "overlapping"]
    grouped = cells.groupby(["posts", "method"], sort=False)
    per_page = cells.groupby(["posts", "method", "page"], sort=False)[kinds].mean()
    by_page = per_page.groupby(["posts", "method"], sort=False).mean().add_suffix(", by page")
    return grouped[kinds].mean().join(by_page).assign(cells=grouped.size(), pages=grouped["page"].nunique())


def by_grade(scores: pd.DataFrame) -> pd.DataFrame:
    """What each evidence grade was worth afterwards."""
    ours = scores[scores["method"] == "this model"]
    grouped = ours.groupby(["posts", "evidence"])
    return grouped[["rho", "R2"]].mean().assign(draws=grouped.size())


def simulate(pages: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Real posting times, values from a known truth: is it found, and do the intervals hold?"""
    rows = []
    for number, (name, page) in enumerate(pages.items()):
        rng = np.random.default_rng([7, number])
        learn, _ = halves(page)
        for kind, amplitude in TRUTHS.items():
            truth = amplitude * _wave(rng)
            for n in SIZES:
                if len(learn) >= n:
                    rows.append(_recovered(learn, n, truth, rng) | {"page": name, "truth": kind, "posts": n})
    frame = pd.DataFrame(rows)
    figures = ["correlation", "lift found", "lasting inside", "next 25 posts inside", "widest lift"]
    return frame.groupby(["truth", "posts"], sort=False)[figures].mean()


def _wave(rng: np.random.Generator) -> Floats:
    """A random smooth week of standard deviation 1: two waves over the day and a step for the weekend."""
    hour, day = np.arange(168) % 24, np.arange(168) // 24
    first, second = rng.uniform(0, 24, 2)
    wave = np.cos(2 * np.pi * (hour - first) / 24) + 0.5 * np.cos(4 * np.pi * (hour - second) / 24)
    wave = wave + rng.normal(0, 0.5) * (day >= 5)
    return np.asarray((wave - wave.mean()) / wave.std())


def _recovered(learn: pd.DataFrame, n: int, truth: Floats, rng: np.random.Generator) -> dict[str, float]:
    """Heavy-tailed noise (Student t, 5 degrees of freedom, variance 1), formats and a drifting level."""
    posts = learn.iloc[np.sort(rng.choice(len(learn), n, replace=False))].reset_index(drop=True)
    cell = cells_of(posts)
    level = np.cumsum(rng.normal(0, 0.1, 20))[pd.factorize(posts["published_at"].dt.to_period("W"))[0]]
    kind = rng.normal(0, 0.5, 9)[pd.factorize(posts["format"])[0]]
    noise = rng.standard_t(5, n) * 0.6**0.5
    found = fit(posts.assign(value=np.expm1(np.maximum(6 + level + kind + truth[cell] + noise, 0))))
    share = np.bincount(cell, minlength=168) / n
    true = truth - share @ truth
    next_posts = true + (rng.standard_t(5, (168, 25)) * 0.6**0.5).mean(axis=1)
    lift = np.log1p(found.cells["lift"].to_numpy())
    varies = np.ptp(truth) > 0

    def inside(values: Floats, low: str, high: str) -> float:
        return float(np.mean((np.log1p(found.cells[low]) <= values) & (values <= np.log1p(found.cells[high]))))

    return {
        "correlation": float(np.corrcoef(lift, true)[0, 1]) if varies and np.ptp(lift) > 0 else np.nan,
        "lift found": float(lift @ true / (true @ true)) if varies else np.nan,
        "lasting inside": inside(true, "lasting_low", "lasting_high"),
        "next 25 posts inside": inside(next_posts, "low", "high"),
        "widest lift": float(np.abs(found.cells["lift"]).max()),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Do best times hold on later posts?")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", type=int, help="the first N pages only")
    parser.add_argument("--json", action="store_true", help="JSON on standard output")
    asked = parser.parse_args()
    pages = load(asked.folder, asked.pages)
    if not pages:
        sys.exit(f"no history in {asked.folder} spans more than two months with {LEAST_LATER} later posts")
    priors = leave_one_out(pages)
    scores, cells = evaluate(pages, priors)
    shuffled, _ = evaluate(pages, priors, shuffle=True)
    nothing = shuffled[shuffled["method"].isin(["mean per cell", "this model"])]
    report = {
        "later posts": table(scores),
        f"intervals: cells with {LATER_POSTS} or more later posts": coverage(cells),
        "what each grade was worth": by_grade(scores),
        "shuffled times": table(nothing),
        "simulated truth": simulate(pages),
    }
    if asked.json:
        print(
            json.dumps(
                {name: json.loads(part.reset_index().to_json(orient="records")) for name, part in report.items()}
            )
        )
        return
    for name, part in report.items():
        print(f"\n{name} ({len(pages)} pages)\n{part.to_string(float_format=lambda figure: f'{figure:.3f}')}")


if __name__ == "__main__":
    main()
