"""The words of the catalogue and of a platform's fit: names, and each figure of a score as a sentence."""

from collections.abc import Callable, Mapping
from typing import Any

from babel.numbers import format_decimal, format_percent
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

from strategy.audience_words import country_name
from strategy.catalogue import Figure, Source, sources
from strategy.kpis import STAGES
from strategy.platform_fit import Fit, Part
from strategy.platforms import PLATFORM_NAMES

PARTS: dict[str, Promise] = {
    "coverage": gettext_lazy("audience"),
    "results": gettext_lazy("own results"),
    "objectives": gettext_lazy("objectives"),
    "formats": gettext_lazy("formats"),
    "effort": gettext_lazy("effort"),
}
ASKS: dict[str, Promise] = {
    "coverage": gettext_lazy("What share of the audience uses it?"),
    "results": gettext_lazy("How did your own posts do there, beside your best platform?"),
    "objectives": gettext_lazy("Can it do what the objectives ask for?"),
    "formats": gettext_lazy("Can the team make what it is made for?"),
    "effort": gettext_lazy("Do the hours suffice for the least sensible rhythm?"),
}
SURE: dict[str, tuple[Promise, str]] = {
    "known": (gettext_lazy("sure"), "good"),
    "near": (gettext_lazy("approximate"), "warning"),
    "unknown": (gettext_lazy("not known"), ""),
}
FORMATS: dict[str, Promise] = {
    "text": gettext_lazy("text"),
    "photo": gettext_lazy("photo"),
    "carousel": gettext_lazy("carousel"),
    "video": gettext_lazy("video"),
    "short_video": gettext_lazy("short video"),
    "story": gettext_lazy("story"),
    "link": gettext_lazy("link"),
    "live": gettext_lazy("live video"),
    "poll": gettext_lazy("poll"),
    "document": gettext_lazy("document"),
    "article": gettext_lazy("article"),
}
CAPABILITIES: dict[str, Promise] = {
    "recommends_to_strangers": gettext_lazy("shows posts to people who do not follow"),
    "search": gettext_lazy("can be searched"),
    "reshare": gettext_lazy("posts can be passed on"),
    "comments": gettext_lazy("comments"),
    "polls": gettext_lazy("polls"),
    "link_in_post": gettext_lazy("links in posts"),
    "link_in_profile": gettext_lazy("a link in the profile"),
    "shop": gettext_lazy("a shop"),
    "ads": gettext_lazy("ads"),
    "groups": gettext_lazy("groups"),
    "direct_messages": gettext_lazy("private messages"),
    "broadcast": gettext_lazy("messages to all who follow"),
    "answers_public": gettext_lazy("answers that all can read"),
}
LIMITS: dict[str, Promise] = {
    "text_characters": gettext_lazy("up to %(value)s characters"),
    "title_characters": gettext_lazy("title up to %(value)s characters"),
    "link_characters": gettext_lazy("a link counts as %(value)s characters"),
    "images": gettext_lazy("up to %(value)s images"),
    "ratio": gettext_lazy("width to height %(value)s"),
    "video_seconds": gettext_lazy("%(value)s seconds"),
    "video_minutes": gettext_lazy("up to %(value)s minutes"),
    "video_hours": gettext_lazy("up to %(value)s hours"),
    "hours_shown": gettext_lazy("shown for %(value)s hours"),
    "days_kept": gettext_lazy("kept for %(value)s days"),
}
RATES: dict[str, Promise] = {
    "reach": gettext_lazy("reach"),
    "impressions": gettext_lazy("impressions"),
    "views": gettext_lazy("views"),
}
GENDERS: dict[str, Promise] = {
    "women": pgettext_lazy("people", "women"),
    "men": pgettext_lazy("people", "men"),
}
LEFT_OUT = pgettext_lazy("part of a score", "left out")
SUGGESTIONS: dict[str, Promise] = {
    "for": gettext_lazy("The score speaks for it."),
    "against": gettext_lazy("The score speaks against it."),
    "open": gettext_lazy("The score leaves it open."),
    "thin": gettext_lazy("Too little is known for the score to speak for it or against it."),
}
MISSING: dict[str, Promise] = {
    "no_audience": gettext_lazy("Left out: no audience is described yet."),
    "no_figure": gettext_lazy("Left out: no figure is known on who uses it."),
    "nothing_imported": gettext_lazy("Left out: no engagement of this platform was imported in the last year."),
    "nothing_to_compare": gettext_lazy(
        "Left out: no other platform with the same kind of rate was imported, so there is nothing to compare with."
    ),
    "no_objectives": gettext_lazy("Left out: no objective is running."),
    "team_not_told": gettext_lazy("Left out: what the team can make is not told yet."),
    "hours_not_told": gettext_lazy(
        "Left out: the hours per week, or those a piece takes, are not told, or no least rhythm is known."
    ),
}


def language() -> str:
    return (get_language() or "en").split("-")[0]


def told(texts: Mapping[str, str] | None) -> str:
    """A text of the catalogue in the reader's language."""
    return texts.get(language(), texts["en"]) if texts else ""


def number(value: float) -> str:
    return format_decimal(value, format="#,##0.##", locale=language())


def percent(value: float) -> str:
    return format_percent(value, format="#,##0.#\u202f%", locale=language())


def points(value: float | None) -> str:
    """A score or a part of one, with one decimal."""
    return _("not known") if value is None else format_decimal(value, format="#,##0.0", locale=language())


def listed(names: list[str]) -> str:
    return ", ".join(names)


def limit(figure: Figure) -> str:
    """A limit in words: up to 2,200 characters."""
    value = figure.value
    if isinstance(value, tuple):
        shown = f"{number(value[0])}–{number(value[1])}"
    else:
        shown = value if isinstance(value, str) else number(value)
    return str(LIMITS[figure.what]) % {"value": shown}


def ages(age_from: int | None, age_to: int | None) -> str:
    """18–29, 65 and older, or all ages."""
    if age_from is None and age_to is None:
        return _("all ages")
    if age_to is None:
        return _("%(age)s and older") % {"age": age_from}
    return f"{age_from}–{age_to}" if age_from is not None else _("up to %(age)s") % {"age": age_to}


def share(figure: Figure) -> str:
    """Whom a share of the catalogue is of: 18–29, or women."""
    who = str(GENDERS[figure.gender]) if figure.gender else ages(figure.age_from, figure.age_to)
    return f"{country_name(figure.country)}, {who}"


def source_line(source: Source) -> str:
    """Publisher, title, year, who was asked, what counted."""
    return f"{source.publisher}: {source.title}, {source.year}. {told(source.population)}; {told(source.asked)}."


def contribution(part: Part, fit: Fit) -> float | None:
    """How many of the score's points a part brings: they add up to the score."""
    if part.value is None or not part.weight:
        return None
    total = sum(p.weight for p in fit.parts if p.value is not None)
    return 100 * part.weight * part.value / total


def lines(part: Part, *, several: bool = False) -> list[str]:
    """What a part is made of, sentence by sentence; `several` when it is a mean over audiences."""
    if part.value is None:
        return [str(MISSING[part.code])]
    if part.code == "share_of_people" and several:
        return [_("The mean of the audiences below, by their weight.")]
    return WORDED[part.code](part.facts)


def _coverage(facts: Mapping[str, Any]) -> list[str]:
    found = [_band(band) for band in facts["shares"]] if facts["by_age"] else [_everyone(facts)]
    if len(facts["shares"]) > 1:
        found.append(_("Weighted by these years: %(mean)s") % {"mean": percent(facts["mean"])})
    if facts["gender_factor"]:
        factor = {"factor": number(facts["gender_factor"])}
        found.append(_("Times %(factor)s for the gender: its share beside the mean of women and men") % factor)
    return found + _why_near(facts)


def _band(band: Mapping[str, Any]) -> str:
    return ngettext(
        "%(ages)s: %(share)s (%(year)s), for %(years)s year of this audience’s ages",
        "%(ages)s: %(share)s (%(year)s), for %(years)s years of this audience’s ages",
        band["years"],
    ) % {
        "ages": ages(band["age_from"], band["age_to"]),
        "share": percent(band["value"]),
        "year": band["year"],
        "years": band["years"],
    }


def _everyone(facts: Mapping[str, Any]) -> str:
    band = facts["shares"][0]
    return _("%(country)s, all ages: %(share)s (%(year)s)") % {
        "country": country_name(facts["country"]),
        "share": percent(band["value"]),
        "year": band["year"],
    }


def _why_near(facts: Mapping[str, Any]) -> list[str]:
    reasons = {
        _("The figures are of another country: %(country)s.")
        % {"country": country_name(facts["country"])}: not facts["at_home"],
        _("Some of these ages were not asked about."): not facts["complete"],
        _("Counted among people online, not among all."): any(band["online"] for band in facts["shares"]),
        _("Not told by gender, so not corrected for it."): facts["gender_not_told"],
    }
    return [reason for reason, holds in reasons.items() if holds]


def _results(facts: Mapping[str, Any]) -> list[str]:
    of = str(RATES[facts["of"]])
    return [
        ngettext(
            "Own engagement rate by %(of)s: %(rate)s, of %(posts)s post",
            "Own engagement rate by %(of)s: %(rate)s, of %(posts)s posts",
            facts["posts"],
        )
        % {"of": of, "rate": percent(facts["rate"]), "posts": number(facts["posts"])},
        _("Best platform: %(name)s with %(rate)s")
        % {"name": PLATFORM_NAMES[facts["best"]], "rate": percent(facts["best_rate"])},
    ]


def _objectives(facts: Mapping[str, Any]) -> list[str]:
    return [
        _("%(stage)s (weight %(weight)s): has %(share)s of what it asks for")
        % {
            "stage": _(STAGES[stage]).capitalize(),
            "weight": number(weight),
            "share": percent(facts["stages"][stage]),
        }
        for stage, weight in facts["weights"].items()
    ]


def _formats(facts: Mapping[str, Any]) -> list[str]:
    made = [str(FORMATS[name]) for name in facts["made"]]
    wanted = [str(FORMATS[name]) for name in facts["wanted"]]
    found = [_("The team makes: %(names)s") % {"names": listed(made)}] if made else []
    return found + ([_("It does not make: %(names)s") % {"names": listed(wanted)}] if wanted else [])


def _effort(facts: Mapping[str, Any]) -> list[str]:
    return [
        _("Least rhythm, %(format)s: %(pieces)s a week × %(piece)s h = %(needed)s h; the team has %(hours)s h")
        % {
            "format": FORMATS[facts["format"]],
            "pieces": number(facts["minimum"]),
            "piece": number(facts["piece"]),
            "needed": number(facts["needed"]),
            "hours": number(facts["hours"]),
        }
    ]


def hours_together(needed: float, hours: float, without: list[str]) -> str:
    """What the chosen platforms take together beside the hours there are."""
    facts = {"needed": number(needed), "hours": number(hours), "names": listed(sorted(without))}
    if needed <= hours:
        text = (
            _("At their least rhythm the chosen platforms take %(needed)s of the %(hours)s hours a week.") % facts
        )
    else:
        text = (
            _(
                "At their least rhythm the chosen platforms take %(needed)s hours a week; the team has %(hours)s."
                " Leave one for later, or make cheaper formats."
            )
            % facts
        )
    return f"{text} " + _("Not counted, since no rhythm is known: %(names)s.") % facts if without else text


WORDED: dict[str, Callable[[Mapping[str, Any]], list[str]]] = {
    "share_of_people": _coverage,
    "beside_best": _results,
    "stage_needs": _objectives,
    "formats_made": _formats,
    "hours_needed": _effort,
}


def sources_of(part: Part) -> list[Source]:
    """The sources that a part cites."""
    known = sources()
    return [known[slug] for slug in part.facts.get("sources", ()) if slug in known]  # type: ignore[attr-defined]
