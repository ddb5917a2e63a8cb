"""What the pages of the platforms show, worded: rows of the comparison, the worked sum, the catalogue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from strategy import platform_words as words
from strategy.catalogue import Entry, Source
from strategy.models import Audience, PlatformChoice
from strategy.platform_fit import PARTS, Fit, Part, Swap, suggestion
from strategy.platforms import PLATFORM_NAMES
from strategy.selectors.platforms import Standing

DECISIONS = dict(PlatformChoice.Decision.choices)
LEVELS = {"chosen": "good", "later": "warning", "rejected": ""}


@dataclass(frozen=True)
class Cell:
    """A part of a fit in the comparison: its value in words, how sure, and the points that it brings."""

    slug: str
    name: str
    text: str
    sure: str
    points: float | None


def part_names() -> list[dict[str, Any]]:
    return [{"slug": name, "name": words.PARTS[name], "asks": words.ASKS[name]} for name in PARTS]


def comparison(standings: Sequence[Standing], today: date) -> list[dict[str, Any]]:
    """One row per platform in the order given."""
    return [_row(place, standing, today) for place, standing in enumerate(standings, start=1)]


def _row(place: int, standing: Standing, today: date) -> dict[str, Any]:
    fit = standing.fit
    return {
        "place": place,
        "slug": standing.entry.slug,
        "name": PLATFORM_NAMES[standing.entry.slug],
        "score": None if fit.score is None else words.points(fit.score),
        "known": sum(part.value is not None for part in fit.parts),
        "is_thin": fit.is_thin,
        "cells": [_cell(part, fit) for part in fit.parts],
        "left_out": words.listed([str(words.PARTS[name]) for name in fit.left_out]),
        "choice": decision(standing.choice, today),
        "channels": standing.channels,
    }


def _cell(part: Part, fit: Fit) -> Cell:
    text = "" if part.value is None else words.percent(part.value)
    return Cell(part.name, str(words.PARTS[part.name]), text, part.sure, words.contribution(part, fit))


def decision(choice: PlatformChoice | None, today: date) -> dict[str, Any] | None:
    """A decision with its badge, and whether its review is due."""
    if choice is None:
        return None
    return {
        "row": choice,
        "name": PLATFORM_NAMES[choice.platform],
        "text": DECISIONS[choice.decision],
        "level": LEVELS[choice.decision],
        "score": None if choice.score is None else words.points(choice.score),
        "is_due": choice.review_on is not None and choice.review_on <= today,
    }


def decided(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The decisions in groups: chosen, later, left out; empty groups are left away."""
    order = (PlatformChoice.Decision.CHOSEN, PlatformChoice.Decision.LATER, PlatformChoice.Decision.REJECTED)
    choices = [row["choice"] for row in rows if row["choice"]]
    groups = [
        {"decision": value, "choices": [choice for choice in choices if choice["row"].decision == value]}
        for value in order
    ]
    return [group for group in groups if group["choices"]]


def hours_together(standings: Sequence[Standing], hours: float | None) -> dict[str, str] | None:
    """Whether the hours suffice for all chosen platforms, as a sentence; None where that is not known."""
    chosen = [one for one in standings if one.choice and one.choice.decision == PlatformChoice.Decision.CHOSEN]
    efforts = {one.entry.slug: one.fit.parts[PARTS.index("effort")] for one in chosen}
    known = {slug: part for slug, part in efforts.items() if part.value is not None}
    if not known or hours is None:
        return None
    needed = sum(float(str(part.facts["needed"])) for part in known.values())
    text = words.hours_together(needed, hours, [PLATFORM_NAMES[slug] for slug in efforts.keys() - known.keys()])
    return {"text": text, "level": "" if needed <= hours else "warning"}


def swap_facts(swap: Swap) -> dict[str, Any]:
    return {
        "upper": PLATFORM_NAMES[swap.upper],
        "lower": PLATFORM_NAMES[swap.lower],
        "part": words.PARTS[swap.part],
        "weight": round(swap.weight * 100),
        "at": words.points(abs(swap.at) * 100),
    }


def worked_sum(fit: Fit, *, several: bool) -> dict[str, Any]:
    """The score step by step: of each part value, weight, product and points, and the sum that they make."""
    known = [part for part in fit.parts if part.value is not None and part.weight > 0]
    total = sum(part.weight for part in known)
    products = sum(part.weight * (part.value or 0.0) for part in known)
    return {
        "parts": [_worked(part, fit, several=several) for part in fit.parts],
        "weights": words.number(round(total * 100, 1)),
        "products": words.number(round(products * 100, 2)),
        "score": words.points(fit.score),
        "suggestion": words.SUGGESTIONS[suggestion(fit.score, thin=fit.is_thin)],
        "is_known": fit.score is not None,
    }


def _worked(part: Part, fit: Fit, *, several: bool) -> dict[str, Any]:
    points = words.contribution(part, fit)
    sure, level = words.SURE[part.sure]
    return {
        "name": words.PARTS[part.name],
        "asks": words.ASKS[part.name],
        "value": words.LEFT_OUT if part.value is None else words.percent(part.value),
        "weight": words.number(round(part.weight * 100, 1)),
        "product": None if part.value is None else words.number(round(part.weight * part.value * 100, 2)),
        "points": None if points is None else words.points(points),
        "sure": sure,
        "level": level,
        "lines": words.lines(part, several=several),
        "sources": [] if several else [cited(source) for source in words.sources_of(part)],
    }


def audiences_table(fits: Sequence[tuple[Audience, Fit]]) -> list[dict[str, Any]]:
    """The fit to each audience: coverage and score."""
    rows = []
    for audience, fit in fits:
        coverage = fit.parts[0]
        rows.append(
            {
                "audience": audience,
                "coverage": words.LEFT_OUT if coverage.value is None else words.percent(coverage.value),
                "sure": words.SURE[coverage.sure][0],
                "level": words.SURE[coverage.sure][1],
                "score": None if fit.score is None else words.points(fit.score),
            }
        )
    return rows


def cited(source: Source) -> dict[str, Any]:
    return {
        "line": words.source_line(source),
        "url": source.url,
        "original": source.original,
        "note": words.told(source.note),
    }


def entry(found: Entry) -> dict[str, Any]:
    """A platform of the catalogue for its card: figures in words, each with its source."""
    used: dict[str, Source] = {figure.source.slug: figure.source for figure in found.figures}
    used |= {c.source.slug: c.source for c in found.capabilities if c.source}
    if found.links_source:
        used[found.links_source.slug] = found.links_source
    numbers = {slug: place for place, slug in enumerate(used, start=1)}
    return {
        "slug": found.slug,
        "name": PLATFORM_NAMES[found.slug],
        "home": found.home,
        "about": words.told(found.about),
        "caveat": words.told(found.caveat),
        "shares": [
            {
                "who": words.share(figure),
                "value": words.percent(float(figure.value)),  # type: ignore[arg-type]
                "year": figure.source.year,
                "computed": figure.people,
                "mark": numbers[figure.source.slug],
            }
            for figure in found.shares
        ],
        "people": [
            {
                "who": words.country_name(figure.country),
                "value": words.number(float(figure.value)),  # type: ignore[arg-type]
                "year": figure.source.year,
                "mark": numbers[figure.source.slug],
            }
            for figure in found.people
        ],
        "formats": [
            {
                "name": words.FORMATS[format.name],
                "limits": [{"text": words.limit(one), "mark": numbers[one.source.slug]} for one in format.limits],
            }
            for format in found.formats
        ],
        "can": [
            {"name": words.CAPABILITIES[one.name], "mark": numbers[one.source.slug] if one.source else None}
            for one in found.capabilities
        ],
        "links": words.told(found.links),
        "links_mark": numbers[found.links_source.slug] if found.links_source else None,
        "rhythm": [
            {
                "pieces": words.number(float(figure.value)),  # type: ignore[arg-type]
                "format": words.FORMATS[figure.what] if figure.what else "",
                "mark": numbers[figure.source.slug],
            }
            for figure in found.rhythm
        ],
        "unknown": [code for code in ("IT", "US") if code not in found.countries],
        "sources": [{"mark": numbers[slug]} | cited(source) for slug, source in used.items()],
    }


def matches(shown: dict[str, Any], text: str) -> bool:
    """Whether a card holds the words searched for, in whatever of it is text."""
    parts = [shown["name"], shown["about"], shown["links"]]
    parts += [str(one["name"]) for one in (*shown["formats"], *shown["can"])]
    return all(word in " ".join(parts).casefold() for word in text.casefold().split())


EXPORT = (
    "place",
    "platform",
    "score",
    *(f"{name}{kind}" for name in PARTS for kind in ("", "_weight", "_points", "_sure")),
    *("decision", "reason", "review_on", "overruled", "score_when_decided", "channels"),
)


def export_rows(standings: Sequence[Standing]) -> list[list[str | int | float | None]]:
    """The comparison unrounded, for a file."""
    return [_export_row(place, standing) for place, standing in enumerate(standings, start=1)]


def _export_row(place: int, standing: Standing) -> list[str | int | float | None]:
    fit, choice = standing.fit, standing.choice
    parts: list[str | int | float | None] = []
    for part in fit.parts:
        parts += [part.value, part.weight, words.contribution(part, fit), part.sure]
    told: list[str | int | float | None] = [None] * 5
    if choice:
        review = choice.review_on.isoformat() if choice.review_on else None
        told = [choice.decision, choice.reason, review, str(choice.overruled).lower(), choice.score]
    return [place, standing.entry.slug, fit.score, *parts, *told, standing.channels]
