"""A report of what worked as page and files show it: findings, a chart and table per dimension, posts."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from analytics import effects_words as words
from analytics import roi_words
from analytics.models import EffectsReport
from analytics.roi_words import number as write

LEAST_TOLD = 0.05  # a smaller difference is in the table, but no finding
LEAST_POINTS = 3
ROW_HEIGHT, LEAST_HEIGHT = 34, 300  # of a chart; the least is that of its place on the page
LONGEST_LABEL = 28
HEADER = (
    *("dimension", "level", "name", "posts", "difference", "low", "high", "unadjusted", "p", "finding"),
    *("more_posts", "nearly_same_as"),
)


def title_of(report: EffectsReport) -> str:
    return _("%(figure)s, %(period)s") % {
        "figure": str(report.get_metric_display()).capitalize(),
        "period": period(report),
    }


def period(report: EffectsReport) -> str:
    return f"{roi_words.day(report.start.isoformat())} – {roi_words.day(report.end.isoformat())}"


def file_name(report: EffectsReport) -> str:
    return f"what-worked-{report.brand.slug}-{report.metric}-{report.start}-{report.end}"


def shown(report: EffectsReport, *, may_learn: bool) -> dict[str, Any]:
    """All that the page says of a computed report."""
    results, names = report.results, report.inputs["names"]
    if results["reason"]:
        title, text = words.TOO_LITTLE[results["reason"]]
        return {
            "too_little": {"title": title, "text": text, "posts": results["posts"]},
            "left": words.left_out(report),
        }
    dimensions = results["dimensions"]
    untold = [words.untold(each, names) for each in dimensions if not each["reason"]]
    return {
        "basis": basis(report),
        "left": words.left_out(report),
        "findings": [_finding(report, name, level, may_learn=may_learn) for name, level in findings(results)],
        "untold": [text for text in untold if text],
        "sections": [_section(report, each) for each in dimensions if not each["reason"]],
        "silent": [
            (words.DIMENSION_NAMES[each["name"]], words.silent(each)) for each in dimensions if each["reason"]
        ],
        "singles": singles(report),
        "method": [*words.METHOD, words.CAVEAT],
    }


def basis(report: EffectsReport) -> str:
    """How many posts, what the typical one has, how much of the differences is accounted for."""
    results = report.results
    typical = _("%(typical)s people") if report.metric == "reach" else _("%(typical)s %(figure)s")
    told = ngettext(
        "%(posts)s post was compared. The typical post: %(typical)s. What is compared here accounts for "
        "%(explained)s of the differences between posts.",
        "%(posts)s posts were compared. The typical post: %(typical)s. What is compared here accounts for "
        "%(explained)s of the differences between posts.",
        results["posts"],
    )
    return told % {
        "posts": write(results["posts"]),
        "typical": typical % {"typical": number(results["typical"]), "figure": str(report.get_metric_display())},
        "explained": words.share(results["explained"]),
    }


def number(value: float) -> str:
    return write(round(value) if value >= 10 else round(value, 1))


def findings(results: dict[str, Any]) -> list[tuple[str, dict[str, Any]]]:
    """What may be told and is large enough to matter, in the order of the dimensions, the largest first.

    Of two levels the one says all: the other is its mirror.
    """
    found = []
    for each in results["dimensions"]:
        levels = sorted(each["levels"], key=lambda level: -abs(level["lift"]))
        told = [level for level in levels if level["found"] and abs(level["lift"]) >= LEAST_TOLD]
        is_pair = len(levels) == 2 and not each["not_told"]
        found += [(each["name"], level) for level in (told[:1] if is_pair else told)]
    return found


def _finding(report: EffectsReport, name: str, level: dict[str, Any], *, may_learn: bool) -> dict[str, Any]:
    names = report.inputs["names"]
    text = words.finding(name, level, report.metric, names)
    return {
        "text": text,
        "alike": words.together(level, names),
        "more": level["lift"] > 0,
        "url": posts_url(report, name, level["slug"]),
        "lesson": lesson_url(report, name, level, text) if may_learn else "",
    }


def posts_url(report: EffectsReport, dimension: str, level: str) -> str:
    asked = urlencode({"dimension": dimension, "level": level})
    return f"{reverse('effects_posts', args=[report.brand.slug, report.pk])}?{asked}"


def lesson_url(report: EffectsReport, dimension: str, level: dict[str, Any], text: str) -> str:
    """The form of a new lesson, with what was found already in it."""
    page = reverse("effects_report", args=[report.brand.slug, report.pk])
    facts = {"title": title_of(report), "basis": basis(report), "number": report.number}
    asked = {
        "finding": text[:300],
        "verdict": "keep" if level["lift"] > 0 else "change",
        "evidence": _("Report %(number)s of what worked (%(title)s). %(basis)s") % facts,
        "evidence_link": page,
    }
    if dimension == "platform":
        asked["platforms"] = level["slug"]
    elif dimension in ("pillar", "audience"):
        asked[f"{dimension}s"] = level["slug"]
    elif dimension == "campaign":
        asked["campaign"] = level["slug"]
    return f"{reverse('lesson_new', args=[report.brand.slug])}?{urlencode(asked)}"


def _section(report: EffectsReport, dimension: dict[str, Any]) -> dict[str, Any]:
    name, names = dimension["name"], report.inputs["names"]
    levels = dimension["levels"]
    ends = [level[end] for level in levels if level["judged"] for end in ("low", "high")]
    scale = (min(*ends, 0.0), max(*ends, 0.0)) if len(ends) > 1 else (-1.0, 1.0)
    rows = [
        {
            "name": words.level_name(name, level["slug"], names),
            "posts": level["posts"],
            "url": posts_url(report, name, level["slug"]),
            "lift": words.signed(level["lift"]) if level["judged"] else "",
            "interval": _("%(low)s to %(high)s")
            % {"low": words.signed(level["low"]), "high": words.signed(level["high"])},
            "raw": words.signed(level["raw"]) if level["judged"] else "",
            "known": words.known(level),
            "alike": words.together(level, names),
            "level": level,
        }
        for level in levels
    ]
    counted = sum(level["posts"] for level in levels)
    return {
        "slug": name,
        "title": words.DIMENSION_NAMES[name],
        "rows": rows,
        "least": scale[0],
        "most": scale[1],
        "not_told": dimension["not_told"],
        "chart": chart(report, name, words.in_order(dimension)),
        "under": _under(report, counted),
    }


def _under(report: EffectsReport, counted: int) -> str:
    facts = {"figure": report.get_metric_display(), "period": period(report), "posts": words.posts(counted)}
    return (
        _(
            "Difference in %(figure)s from the typical post in per cent, with its 90 %% interval; %(period)s; "
            "%(posts)s from the imported exports. Filled: a finding."
        )
        % facts
    )


def chart(report: EffectsReport, name: str, levels: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """A dot with its interval for each level that has posts enough; with fewer than three the table says it."""
    judged = [level for level in levels if level["judged"]]
    if len(judged) < LEAST_POINTS:
        return None
    names = report.inputs["names"]
    labels = [_shortened(capfirst(words.level_name(name, level["slug"], names))) for level in judged]
    places = list(range(len(judged)))
    values = [round(100 * level["lift"], 1) for level in judged]
    dots = {
        "type": "scatter",
        "mode": "markers",
        "x": values,
        "y": places,
        "customdata": [
            [words.level_name(name, level["slug"], names), words.signed(level["lift"]), words.sure(level)]
            for level in judged
        ],
        "hovertemplate": "%{customdata[0]}: %{customdata[1]}<br>%{customdata[2]}<extra></extra>",
        "marker": {
            "size": 11,
            "symbol": ["circle" if level["found"] else "circle-open" for level in judged],
            "line": {"width": 2},
        },
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": [round(100 * (level["high"] - level["lift"]), 1) for level in judged],
            "arrayminus": [round(100 * (level["lift"] - level["low"]), 1) for level in judged],
            "thickness": 2,
            "width": 5,
        },
    }
    layout = {
        "height": max(LEAST_HEIGHT, 70 + ROW_HEIGHT * len(judged)),
        "showlegend": False,
        "hovermode": "closest",
        "margin": {"l": 16, "r": 24, "t": 8, "b": 40},
        "xaxis": {"ticksuffix": "\N{NO-BREAK SPACE}%", "zeroline": True, "zerolinewidth": 2},
        "yaxis": {
            "tickvals": places,
            "ticktext": labels,
            "range": [len(judged) - 0.5, -0.5],
            "showgrid": False,
            "zeroline": False,
        },
    }
    return {"data": [dots], "layout": layout}


def _shortened(text: str) -> str:
    return text if len(text) <= LONGEST_LABEL else f"{text[: LONGEST_LABEL - 1]}…"


def singles(report: EffectsReport) -> list[dict[str, Any]]:
    """The three best, the three worst, and the posts that lie far off, each leading to its page."""
    results, names = report.results, report.inputs["names"]
    best = _("Best three"), _("Beside what their account led to expect at that time."), results["best"]
    worst = _("Worst three"), _("Beside what their account led to expect at that time."), results["worst"]
    far = (
        _("Outlying posts"),
        _("Far from what everything compared here leads to expect. They move the differences only a little."),
        results["outliers"],
    )
    told = [(*best, results["best_share"]), (*worst, results["worst_share"]), (*far, None)]
    return [
        {
            "title": title,
            "about": about,
            "rows": [_single(report, each) for each in posts],
            "shared": "" if common is None else words.shared(common, names),
        }
        for title, about, posts, common in told
    ]


def _single(report: EffectsReport, each: dict[str, Any]) -> dict[str, Any]:
    told = report.results["named"].get(str(each["post"]), {})
    return {
        "pk": each["post"],
        "text": told.get("text") or str(each["post"]),
        "channel": told.get("channel", ""),
        "day": roi_words.day(told["day"]) if told else "",
        "value": write(round(each["value"])),
        "expected": number(each["expected"]),
    }


def detail(report: EffectsReport) -> list[list[str | int | float | None]]:
    """One row per level for spreadsheets: shares as numbers, findings as yes and no."""
    names = report.inputs["names"]
    return [
        [
            *(each["name"], level["slug"], words.level_name(each["name"], level["slug"], names), level["posts"]),
            *(round(level[key], 4) if level["judged"] else None for key in ("lift", "low", "high", "raw")),
            round(level["p"], 5) if level["judged"] else None,
            "yes" if level["found"] else "no",
            level["more"],
            " | ".join(f"{name}: {slug}" for name, slug, _share in level["alike"]),
        ]
        for each in report.results["dimensions"]
        for level in each["levels"]
    ]
