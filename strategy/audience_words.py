"""The words of audiences: names of claims, of places and languages, of days and levels of the hours online."""

from collections.abc import Sequence
from functools import lru_cache

from babel import Locale
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, override, pgettext
from django.utils.translation import gettext as _

from strategy.models import CLAIMS, Audience
from strategy.online_hours import Words

LANGUAGES = ("en", "it")
CLAIM_NAMES: dict[str, Promise | str] = {
    "demographics": gettext_lazy("age, places, languages, interests"),
    **{name: Audience._meta.get_field(name).verbose_name for name in CLAIMS},
    "online_hours": Audience._meta.get_field("online_hours").verbose_name,
}
STANDINGS: dict[str, tuple[Promise, str]] = {  # words, level of the badge
    "shown": (gettext_lazy("evidence"), "good"),
    "stale": (gettext_lazy("evidence over a year old"), "warning"),
    "assumption": (gettext_lazy("assumption"), "warning"),
    "empty": (gettext_lazy("not filled in"), ""),
}
# Sections of a persona, in the order in which it is told: slug, title, what belongs there, fields.
SECTIONS: tuple[tuple[str, Promise, Promise, tuple[str, ...]], ...] = (
    (
        "who",
        gettext_lazy("Who they are"),
        gettext_lazy("A name that everybody on the team uses, and what tells these people from others."),
        (
            "name",
            "segment",
            "age_from",
            "age_to",
            "gender",
            "countries",
            "places",
            "languages",
            "interests",
            "weight",
        ),
    ),
    (
        "want",
        gettext_lazy("What they want to get done"),
        gettext_lazy("The job they give your product, in their words, and what they tried before."),
        ("job", "goals", "tried", "beliefs"),
    ),
    (
        "between",
        gettext_lazy("What stops them, what moves them"),
        gettext_lazy("What hurts, what they say against it, and the moment in which they look for help."),
        ("pains", "objections", "triggers"),
    ),
    (
        "media",
        gettext_lazy("Whom they trust, what they watch"),
        gettext_lazy("Voices, formats and habits: what decides on channels and formats."),
        ("trusted", "habits", "wanted"),
    ),
    (
        "hours",
        gettext_lazy("When they are online"),
        gettext_lazy("These hours are a weak hint for the best times of every channel that serves this audience."),
        ("online_hours",),
    ),
    (
        "speak",
        gettext_lazy("How to speak with them"),
        gettext_lazy("Their own words, what makes content usable for them, and what never to say."),
        ("words", "accessibility", "avoid"),
    ),
)


def level_names() -> list[str]:
    """Names of the four levels, never first."""
    return [
        pgettext("hours online", "never"),
        pgettext("hours online", "sometimes"),
        pgettext("hours online", "often"),
        pgettext("hours online", "mostly"),
    ]


def hours_words() -> Words:
    """The reader's names of days and levels first, then those of the other languages."""
    languages = dict.fromkeys([get_language() or "en", *LANGUAGES])
    days: list[list[str]] = [[] for _day in range(7)]
    levels: list[list[str]] = [[] for _level in range(4)]
    for language in languages:
        with override(language):
            for day in range(7):
                days[day] += [str(WEEKDAYS_ABBR[day]), str(WEEKDAYS[day])]
            for level, name in enumerate(level_names()):
                levels[level].append(name)
    return Words(tuple(map(tuple, days)), tuple(map(tuple, levels)))


def hours_example() -> str:
    """A line of hours in the reader's words."""
    days, levels = hours_words().days, level_names()
    return f"{days[0][0]}-{days[4][0]}: 7-9 {levels[2]}, 20-23 {levels[3]}"


def hours_grid(cells: Sequence[int]) -> list[dict[str, object]]:
    """Seven rows (name, short, cells); a cell: day, hour, level 0 to 3, its sentence."""
    names = level_names()
    known = cells or [0] * 168
    return [
        {
            "name": str(WEEKDAYS[day]),
            "short": str(WEEKDAYS_ABBR[day]),
            "cells": [
                {
                    "day": day,
                    "hour": hour,
                    "level": known[day * 24 + hour],
                    "sentence": f"{WEEKDAYS[day]} {hour:02}:00: {names[known[day * 24 + hour]]}",
                }
                for hour in range(24)
            ],
        }
        for day in range(7)
    ]


def country_name(code: str) -> str:
    return str(_locale().territories.get(code, code))


def language_name(code: str) -> str:
    return str(_locale().languages.get(code, code))


def _locale() -> Locale:
    return Locale.parse((get_language() or "en").replace("-", "_"))


@lru_cache
def country_codes() -> dict[str, str]:
    """ISO 3166-1 code of every country by its name or code in small letters, in every language of ours."""
    extra = {"usa": "US", "uk": "GB", "stati uniti d'america": "US", "inghilterra": "GB", "england": "GB"}
    return _codes("territories", lambda code: len(code) == 2 and code.isalpha()) | extra


@lru_cache
def language_codes() -> dict[str, str]:
    """ISO 639-1 code of every language by its name or code in small letters."""
    return _codes("languages", lambda code: len(code) == 2)


def _codes(table: str, wanted) -> dict[str, str]:
    found: dict[str, str] = {}
    for language in LANGUAGES:
        for code, name in getattr(Locale.parse(language), table).items():
            if wanted(code):
                found[str(name).casefold()] = code
                found[code.casefold()] = code
    return found


def people(audience: Audience) -> list[str]:
    """Who they are in short lines: ages, gender, places, languages, interests."""
    lines = [_ages(audience.age_from, audience.age_to)]
    if audience.gender and audience.gender != Audience.Gender.ANY:
        lines.append(audience.get_gender_display())
    lines.append(", ".join([audience.places, *map(country_name, audience.countries)]).strip(", "))
    lines.append(", ".join(map(language_name, audience.languages)))
    return [line for line in lines if line]


def _ages(low: int | None, high: int | None) -> str:
    if low is None and high is None:
        return ""
    if high is None:
        return _("from %(age)s years") % {"age": low}
    if low is None:
        return _("up to %(age)s years") % {"age": high}
    return _("%(low)s to %(high)s years") % {"low": low, "high": high}
