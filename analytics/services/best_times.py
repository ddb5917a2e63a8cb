"""Computes when a channel's audience reacts, and stores it."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import jobs
from accounts.errors import register_messages
from analytics import stored_fits
from analytics.best_times import BestTimes as Fit
from analytics.best_times import fit_sums, hours_to_mature, lift_of_hours, needed_posts, pool
from analytics.hour_sums import FIGURES, ChannelSums
from analytics.models import BestTimes, EngagementHour
from analytics.selectors import best_times as selectors
from analytics.selectors import engagement, online_hours
from analytics.selectors.online_hours import AudienceHours
from analytics.services.engagement import Basis, Step, refresh_sums
from analytics.services.freshness import request_best_times
from strategy.models import Channel

KIND = selectors.KIND
SLOTS = 5
GAP_HOURS = 2
CELL = ("day", "hour", "lift", "low", "high", "posts", "informing")
MATURITY_STEPS = (24, 48, 72, 120, 168, 336)
register_messages({"channel_gone": _("The channel is no longer there, so its best times were not computed.")})


@dataclass(frozen=True)
class Prior:
    """What is expected of a channel before its own posts are seen, and where that comes from."""

    source: str  # "agency", or "" for none
    channels: int
    lifts: list[float] | None  # 168 log lifts
    made_of: list[list[Any]]  # the results behind it, with the time of each


def compute_in_turns(channel: Channel, *, run: jobs.Run, figures: Sequence[str] | None = None) -> None:
    """Compute the first figure, so that its advice is there at once; the others get a job of their own."""
    with transaction.atomic():
        if not figures:
            request_best_times(channel, by=run.job.created_by, metrics=FIGURES[1:])
        compute(channel, figures=figures or FIGURES[:1], run=run)


@transaction.atomic
def compute(
    channel: Channel, *, figures: Sequence[str] = FIGURES, run: jobs.Run | None = None
) -> dict[str, BestTimes]:
    """Bring the sums up to date, fit the figures and store the results: everything, or nothing of it.

    Ends `run` in the same transaction. Figures that the channel's exports do not hold get no result.
    """
    # One computation of a channel at a time; without the key, so that imports need not wait for it.
    channel = (
        Channel.objects.select_related("brand").select_for_update(of=["self"], no_key=True).get(pk=channel.pk)
    )
    step: Step = run.progress if run else lambda share, phase: None
    basis = Basis(channel.zone, maturity_hours(channel))
    refresh_sums(channel, basis, step=lambda share, phase: step(0.6 * share, phase))
    sums = engagement.channel_sums(channel.pk)
    left_out = _left_out(channel)
    stored = {}
    for place, figure in enumerate(figures):
        step(0.6 + 0.4 * place / len(figures), "fitting")
        if (row := _fit_and_store(channel, figure, sums, left_out, basis)) is not None:
            stored[figure] = row
    if run:
        run.finish({"channel": channel.pk, "metrics": list(stored)})
    return stored


def maturity_hours(channel: Channel) -> int:
    """Hours after which this channel's posts can be compared; in steps, so that it seldom changes."""
    told = hours_to_mature(engagement.readings(channel.pk)).hours
    return next((step for step in MATURITY_STEPS if told <= step), MATURITY_STEPS[-1])


def _left_out(channel: Channel) -> dict[str, int]:
    weeks = EngagementHour.objects.filter(channel=channel)
    counts = weeks.aggregate(
        **{name: Sum(name, default=0) for name in ("posts", "replies", "day_only", "immature")}
    )
    return counts


def _fit_and_store(
    channel: Channel, figure: str, sums: ChannelSums, counts: dict[str, int], basis: Basis
) -> BestTimes | None:
    frame = sums.of(figure)
    hours_known = counts["posts"] - counts["replies"] - counts["day_only"]
    if frame.empty and figure != FIGURES[0]:
        BestTimes.objects.filter(channel=channel, metric=figure).delete()
        return None
    prior = _prior(channel, figure)
    hours = online_hours.of_channel(channel, now=timezone.now())
    # Before its first posts a channel shows what is expected of it, if anything is.
    expected = prior.lifts is not None or hours is not None
    if frame.empty and not (hours_known or expected):
        BestTimes.objects.filter(channel=channel, metric=figure).delete()
        return None
    fit = fit_sums(
        frame, prior=prior.lifts, hours=None if hours is None else lift_of_hours(hours.levels, shift=hours.shift)
    )
    row, _created = BestTimes.objects.update_or_create(
        channel=channel,
        metric=figure,
        defaults={
            "brand": channel.brand,
            "computed_at": timezone.now(),
            "time_zone": basis.time_zone,
            "posts": fit.posts,
            "evidence": fit.evidence,
            "cells": _rows(fit.cells),
            "recommended": _rows(fit.recommend(SLOTS, GAP_HOURS)),
            "notes": list(fit.notes),
            "settings": _settings(channel, frame, fit, prior, counts, basis) | {"hours": _hours_told(hours, fit)},
            "information": stored_fits.pack(fit),
        },
    )
    return row


def _prior(channel: Channel, figure: str) -> Prior:
    """What the agency's other channels on the platform have in common, if they tell anything.

    No prior of public pages stands behind it: on pages that it had not seen it helped no better than chance
    (docs/best-times.md). Pooling costs more than a fit, so the stored prior is kept while the results that it was
    made of are the same.
    """
    sisters = engagement.sisters(channel, figure)
    made_of = [[pk, when.isoformat()] for pk, when in sisters.values_list("pk", "computed_at")]
    before = BestTimes.objects.filter(channel=channel, metric=figure).values_list("settings__prior", flat=True)
    if made_of and (kept := before.first()) and kept["made_of"] == made_of:
        return Prior(**{name: kept[name] for name in Prior.__annotations__})
    pooled = pool(engagement.told_by(sisters)) if made_of else np.zeros(168)
    if np.ptp(pooled) > 0:
        return Prior("agency", len(made_of), pooled.tolist(), made_of)
    return Prior("", 0, None, made_of)


def _hours_told(hours: AudienceHours | None, fit: Fit) -> dict[str, Any] | None:
    """Whose hours joined the prior, how far they are assumed, and their weight; None where they told nothing."""
    if hours is None or np.isnan(fit.hours_weight):
        return None
    told = {"audiences": hours.audiences, "assumed": hours.assumed, "shift": hours.shift}
    return told | {"weight": round(fit.hours_weight, 4)}


def _rows(cells: pd.DataFrame) -> list[dict[str, Any]]:
    """Cells as JSON: whole numbers as such, shares with the six digits that anybody could use."""
    columns = [np.round(cells[name].to_numpy(), 6).tolist() for name in CELL]
    return [dict(zip(CELL, values, strict=True)) for values in zip(*columns, strict=True)]


def _settings(
    channel: Channel, frame: pd.DataFrame, fit: Fit, prior: Prior, counts: dict[str, int], basis: Basis
) -> dict[str, Any]:
    """What the advice rests on, as the page tells it."""
    usable = counts["posts"] - counts["replies"] - counts["day_only"] - counts["immature"]
    return {
        **asdict(basis),
        "first_week": frame["week"].min().date().isoformat() if len(frame) else None,
        "last_week": frame["week"].max().date().isoformat() if len(frame) else None,
        "formats": _by_format(frame),
        "paid": int(frame["n"].to_numpy()[frame["paid"].to_numpy()].sum()),
        "left_out": {
            "replies": counts["replies"],
            "day_only": counts["day_only"],
            "immature": counts["immature"],
            "no_figure": usable - fit.posts,
        },
        "prior": asdict(prior) | {"weight": None if prior.lifts is None else round(fit.prior_weight, 4)},
        "needed": needed_posts(fit),
        "explore": _unknown_hour(channel, fit),
    }


def _by_format(frame: pd.DataFrame) -> dict[str, int]:
    codes, names = pd.factorize(frame["format"])
    counts = np.bincount(codes, frame["n"], len(names))
    return {str(name): int(n) for name, n in zip(names, counts, strict=True)}


def _unknown_hour(channel: Channel, fit: Fit) -> dict[str, Any] | None:
    """An hour worth a trial: the best of a draw from what is believed that is not recommended anyway."""
    rng = np.random.default_rng([channel.pk, fit.posts])
    taken = [row["day"] * 24 + row["hour"] for row in _rows(fit.recommend(SLOTS, GAP_HOURS))]
    for row in _rows(fit.explore(rng, SLOTS * 3, GAP_HOURS)):
        cell = row["day"] * 24 + row["hour"]
        if all(min((cell - other) % 168, (other - cell) % 168) >= GAP_HOURS for other in taken):
            return row
    return None
