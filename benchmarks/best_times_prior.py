"""What is a prior from other accounts worth? Alone, with 30 and 120 posts, told by kind, wrong, and right.

    python benchmarks/best_times_prior.py FOLDER

FOLDER as in best_times.py, whose pages, draws and judge are used. Every other page is fitted on all posts of its
first two months; a prior is pooled from all of them or from those of the same kind; the page is judged on its next
two months. Differences to the model without a prior are paired by page, with their standard error over pages.
"""

import argparse
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import best_times as bench  # first: it sets the threads before numpy is loaded
import numpy as np
import pandas as pd

from analytics.best_times import BestTimes, fit, pool
from analytics.best_times.sums import Floats

SIZES = (30, 120)
KINDS = {
    "news": "abcnews bbcnews bbcworldnews berniesanders cnbc cnn donaldtrump foxnews goodmorningamerica "
    "huffingtonpost huffpostpolitics",
    "sport": "arsenal bleacherreport cavs cbssports englandteam equipedefrance figc foxsports goldenstatewarriors "
    "johncena liverpoolfc",
}
"""Told by the pages' names alone, before any of their hours was looked at; the rest is entertainment."""
SHUFFLES = 20
SISTERS = 4
LEAST_SISTER = 150  # posts that a sister account has at least

Priors = dict[str, Floats]


def kinds_of(names: list[str]) -> dict[str, str]:
    told = {page: kind for kind, pages in KINDS.items() for page in pages.split()}
    return {name: told.get(name, "entertainment") for name in names}


def priors_by(fits: dict[str, BestTimes], kinds: Mapping[str, str]) -> Priors:
    """For each page the prior pooled from the other pages of its kind."""
    return {
        name: pool([other for key, other in fits.items() if key != name and kinds[key] == kinds[name]])
        for name in fits
    }


def log_lifts(found: BestTimes) -> Floats:
    return np.log1p(found.cells["lift"].to_numpy())


def alone(pages: dict[str, pd.DataFrame], priors: Priors) -> pd.DataFrame:
    """How each prior as it stands, without one post of the page, fares on the page's later posts."""
    rows = {
        name: bench.judge(priors[name], bench.halves(page)[1], np.random.default_rng(0))
        for name, page in pages.items()
    }
    return pd.DataFrame(rows).T[["rho", "R2"]]


def drawn(pages: dict[str, pd.DataFrame], priors: dict[str, Priors]) -> pd.DataFrame:
    """The model without and with each prior on the same draws; one row per draw and method."""
    rows = []
    for name, n, learn, later, rng in bench.draws(pages):
        if n in SIZES:
            for method, prior in {"none": None, **{key: each[name] for key, each in priors.items()}}.items():
                score = bench.judge(log_lifts(fit(learn, prior=prior)), later, rng)
                rows.append({"page": name, "posts": n, "prior": method, "rho": score["rho"], "R2": score["R2"]})
    return pd.DataFrame(rows)


def gained(scores: pd.DataFrame, half: set[str]) -> pd.DataFrame:
    """Paired differences to no prior: over all pages, and rho over a random half of them and over the rest."""
    per_page = scores.groupby(["posts", "prior", "page"])[["rho", "R2"]].mean()
    rows = {}
    for (posts, prior), with_it in per_page.groupby(level=[0, 1], sort=False):
        if prior != "none":
            mine = with_it.droplevel([0, 1])
            apart = mine - per_page.loc[(posts, "none")]
            first = apart.index.isin(list(half))
            rows[(posts, prior)] = {
                "rho": mine["rho"].mean(),
                **_mean_se("gain in rho", apart["rho"]),
                **_mean_se("gain in R2", apart["R2"]),
                **_mean_se("one half", apart["rho"][first]),
                **_mean_se("other half", apart["rho"][~first]),
                "pages": len(apart),
            }
    return pd.DataFrame(rows).T


def _mean_se(name: str, values: "pd.Series[float]") -> dict[str, float]:
    return {name: values.mean(), f"se {name}": values.sem()}


def shuffled_kinds(pages: dict[str, pd.DataFrame], fits: dict[str, BestTimes], kinds: dict[str, str]) -> pd.Series:
    """rho of the prior alone when the kinds are dealt out at random: what luck would make of three groups."""
    rng = np.random.default_rng(2016)
    found = []
    for _ in range(SHUFFLES):
        dealt = dict(zip(kinds, rng.permutation(list(kinds.values())), strict=True))
        found.append(alone(pages, priors_by(fits, dealt))["rho"].mean())
    return pd.Series(found).agg(["mean", "std", "max"])


def one_audience(pages: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """The most that sisters can give: a page's own posts dealt out to four accounts and a small one beside."""

    def sisters(learn: pd.DataFrame, rest: np.ndarray) -> Floats:
        return pool([fit(_taken(learn, part)) for part in np.array_split(rest, SISTERS)])

    return _with_made_prior(pages, sisters)


def wrong_by_half_a_day(pages: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """The worst that a prior can do: the page's own map, unshrunk, moved by twelve hours."""
    return _with_made_prior(pages, lambda learn, rest: np.roll(log_lifts(fit(_taken(learn, rest))), 12))


def _with_made_prior(
    pages: dict[str, pd.DataFrame], make: Callable[[pd.DataFrame, np.ndarray], Floats]
) -> pd.DataFrame:
    rows = []
    for number, (name, page) in enumerate(pages.items()):
        rng = np.random.default_rng([5, number])
        learn, later = bench.halves(page)
        order = rng.permutation(len(learn))
        if len(order) < max(bench.SIZES) + SISTERS * LEAST_SISTER:
            continue
        prior = make(learn, order[max(bench.SIZES) :])
        for n in bench.SIZES:
            posts = _taken(learn, order[:n])
            for method, given in {"none": None, "made": prior}.items():
                score = bench.judge(log_lifts(fit(posts, prior=given)), later, rng)
                rows.append({"page": name, "posts": n, "prior": method, "rho": score["rho"], "R2": score["R2"]})
    frame = pd.DataFrame(rows, columns=["page", "posts", "prior", "rho", "R2"])
    return gained(frame, set(sorted(frame["page"].unique())[::2]))


def _taken(learn: pd.DataFrame, places: np.ndarray) -> pd.DataFrame:
    return learn.iloc[np.sort(places)].reset_index(drop=True)


def summary(pages: dict[str, pd.DataFrame], priors: dict[str, Priors]) -> pd.DataFrame:
    """The priors alone: rho and R2 with their standard errors, and how wide they are (log scale)."""
    rows = {}
    for method, each in priors.items():
        score = alone(pages, each)
        widths = [float(prior.std()) for prior in each.values()]
        rows[method] = {
            **_mean_se("rho", score["rho"]),
            **_mean_se("R2", score["R2"]),
            "width": float(np.mean(widths)),
        }
    return pd.DataFrame(rows).T


def main() -> None:
    parser = argparse.ArgumentParser(description="What is a prior from other accounts worth?")
    parser.add_argument("folder", type=Path)
    pages = bench.load(parser.parse_args().folder, None)
    if len(pages) < 4:
        sys.exit("too few usable pages: a prior needs others")
    fits = {name: fit(bench.halves(page)[0]) for name, page in pages.items()}
    kinds = kinds_of(list(pages))
    everybody = dict.fromkeys(pages, "page")
    priors = {"all others": priors_by(fits, everybody)}
    if len(set(kinds.values())) > 1:
        priors["same kind"] = priors_by(fits, kinds)
    half = set(np.random.default_rng(2016).permutation(list(pages))[: len(pages) // 2].tolist())
    scores = drawn(pages, priors)
    report: dict[str, pd.DataFrame | pd.Series] = {
        "the prior alone, no post of the page": summary(pages, priors),
        "with n posts, against no prior": gained(scores, half),
        f"rho of the prior alone, kinds dealt at random {SHUFFLES} times": shuffled_kinds(pages, fits, kinds),
        "sisters of one audience": one_audience(pages),
        "a prior moved by twelve hours, unshrunk": wrong_by_half_a_day(pages),
    }
    for title, part in report.items():
        print(f"\n{title}\n{part.to_string(float_format=lambda figure: f'{figure:.4f}')}")


if __name__ == "__main__":
    main()
