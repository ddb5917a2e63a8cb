"""A strategy's content as chapters in the active language: what the page, the PDF and the differences show."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from strategy import audience_words, objective_words, online_hours
from strategy.kpis import KPIS
from strategy.models import Audience, Objective, PlatformChoice
from strategy.platforms import PLATFORM_NAMES

Content = Mapping[str, Any]


@dataclass(frozen=True)
class Line:
    """One thing that is said, under its label; without a label it is the text itself."""

    label: str
    text: str


@dataclass(frozen=True)
class Item:
    """One audience, platform, objective or pillar. `key` names it over all versions; `mark` is a state."""

    key: str
    title: str
    lines: tuple[Line, ...]
    mark: str = ""


@dataclass(frozen=True)
class Chapter:
    """A part of the document; `missing` says what is not there yet, where it has no items."""

    slug: str
    title: str
    missing: str
    items: tuple[Item, ...]


def chapters(content: Content) -> list[Chapter]:
    """The whole document in the active language."""
    chosen = [each for each in content["platforms"] if each["decision"] == PlatformChoice.Decision.CHOSEN]
    later = [each for each in content["platforms"] if each["decision"] == PlatformChoice.Decision.LATER]
    left_out = [each for each in content["platforms"] if each["decision"] == PlatformChoice.Decision.REJECTED]
    return [
        _text("situation", _("Where we stand"), content["situation"]),
        _text("positioning", _("Positioning"), content["positioning"]),
        _text("constraints", _("Constraints"), content["constraints"]),
        Chapter(
            "audiences",
            _("Audiences"),
            _("No audience is described yet."),
            _map(_audience, content["audiences"]),
        ),
        Chapter(
            "platforms",
            _("Platforms we are on, and why"),
            _("No platform is chosen yet."),
            _map(_platform, chosen),
        ),
        Chapter(
            "later",
            _("Not yet, because"),
            _("No platform is put off."),
            _map(_platform, later),
        ),
        Chapter(
            "left_out",
            _("Left out, because"),
            _("No platform is left out with a reason yet."),
            _map(_platform, left_out),
        ),
        Chapter("channels", _("Channels"), _("There is no channel yet."), _map(_channel, content["channels"])),
        Chapter(
            "objectives",
            _("Objectives"),
            _("No objective is set yet."),
            tuple(_objective(each, content) for each in content["objectives"]),
        ),
        Chapter(
            "pillars",
            _("Content pillars"),
            _("There is no content pillar yet."),
            _map(_pillar, content["pillars"]),
        ),
    ]


def _map(worded: Any, rows: list[Content]) -> tuple[Item, ...]:
    return tuple(worded(row) for row in rows)


def _text(slug: str, title: str, text: str) -> Chapter:
    items = (Item(slug, "", (Line("", text),)),) if text.strip() else ()
    return Chapter(slug, title, _("Not written yet."), items)


def _lines(*told: tuple[str, str]) -> tuple[Line, ...]:
    return tuple(Line(label, text) for label, text in told if text)


def _audience(each: Content) -> Item:
    claims = [(_claim(each, slug), text) for slug, text in each["claims"].items()]
    people = Audience(**each["people"])
    hours = online_hours.write(each["online_hours"], audience_words.hours_words())
    return Item(
        f"audience:{each['id']}",
        each["name"],
        _lines(
            ("", each["segment"]),
            (_claim(each, "demographics"), ", ".join(audience_words.people(people))),
            (_("Interests"), ", ".join(each["people"]["interests"])),
            *claims,
            (_claim(each, "online_hours"), hours),
        ),
    )


def _claim(each: Content, slug: str) -> str:
    """The name of a claim, with what it rests on where that is not fresh evidence."""
    name = _("Who they are") if slug == "demographics" else capfirst(str(audience_words.CLAIM_NAMES[slug]))
    standing = each["standing"].get(slug, "shown")
    return name if standing == "shown" else f"{name} ({audience_words.STANDINGS[standing][0]})"


def _platform(each: Content) -> Item:
    score = "" if each["score"] is None else _("%(score)s of 100") % {"score": each["score"]}
    return Item(
        f"platform:{each['platform']}",
        PLATFORM_NAMES.get(each["platform"], each["platform"]),
        _lines(
            ("", each["reason"]),
            (_("Fit"), score),
            (_("Decided against the ranking"), _("yes") if each["overruled"] else ""),
            (_("Review on"), _day(each["review_on"])),
        ),
        mark=str(PlatformChoice.Decision.LATER.label) if each["decision"] == PlatformChoice.Decision.LATER else "",
    )


def _channel(each: Content) -> Item:
    platform = PLATFORM_NAMES.get(each["platform"], each["platform"])
    return Item(
        f"channel:{each['id']}",
        f"{platform} · {each['name']}",
        _lines(
            ("", each["mission"]),
            (_("For"), ", ".join(each["audiences"])),
            (_("Who answers for it"), each["owner"]),
        ),
    )


def _objective(each: Content, content: Content) -> Item:
    kpi = KPIS.get(each["kpi"])

    def told(number: float | None) -> str:
        return objective_words.value(kpi, number, content["currency"]) if kpi else f"{number or ''}"

    now = each["now"]
    return Item(
        f"objective:{each['id']}",
        each["statement"],
        _lines(
            (_("KPI"), f"{objective_words.kpi_name(each['kpi'])}, {Objective.Counting(each['counting']).label}"),
            (_("Baseline"), told(each["baseline"])),
            (_("Target value"), told(each["target"])),
            (_("Now"), f"{told(now['value'])} ({_day(now['day'])})" if now else ""),
            (_("Period"), f"{_day(each['start'])} – {_day(each['deadline'])}"),
            (_("Business goal"), each["goal"]),
            (_("Audience"), each["audience"]),
            (_("Platforms"), ", ".join(PLATFORM_NAMES.get(slug, slug) for slug in each["platforms"])),
            (_("Who answers for it"), each["owner"]),
            (_("Assumptions"), each["assumptions"]),
        ),
        mark=str(objective_words.status(now["status"]).text) if now else "",
    )


def _pillar(each: Content) -> Item:
    return Item(
        f"pillar:{each['id']}",
        each["name"],
        _lines(
            ("", each["purpose"]),
            (_("For"), each["audience"]),
            (_("Examples"), each["examples"]),
            (_("What it is not"), each["avoid"]),
        ),
        mark=f"{each['share']} %",
    )


def period(content: Content) -> str:
    """From when to when the strategy is; empty where that is not said."""
    days = [_day(content["start"]), _day(content["end"])]
    return " – ".join(days) if all(days) else next((day for day in days if day), "")


def _day(text: str) -> str:
    return objective_words.day(date.fromisoformat(text)) if text else ""
