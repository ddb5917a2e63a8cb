"""What the brands write: a small grammar per brand and language, expanded with the caller's random numbers.

A rule is a tuple of phrases; `{name}` in a phrase is replaced by a phrase of that rule. `{season}` stands for the
rule of the month's season and `{frame}` for the rule of the post's format, which may be missing.
"""

import re
from collections.abc import Mapping, Sequence

import numpy as np

from smm.demo.texts import bicycles, coffee, harbour

Rules = Mapping[str, Sequence[str]]
VOICES: dict[str, dict[str, Rules]] = {
    "coffee": coffee.RULES,
    "bicycles": bicycles.RULES,
    "harbour": harbour.RULES,
}
_SLOT = re.compile(r"\{(\w+)\}")
_SENTENCE = re.compile(r"(?:^|[.!?] |\n)[a-zà-ÿ]")
_SEASONS = (
    "winter",
    "winter",
    "spring",
    "spring",
    "spring",
    "summer",
    "summer",
    "summer",
    "autumn",
    "autumn",
    "autumn",
    "winter",
)


def write(
    voice: str, rng: np.random.Generator, *, language: str, month: int, format: str, topic: str = "everyday"
) -> str:
    """A caption in this voice. What an empty phrase leaves behind is tidied; sentences begin with a capital."""
    rules = VOICES[voice][language]
    names = {"season": _SEASONS[month - 1], "frame": f"on_{format}"}
    text = _expand("{" + topic + "}", rules, names, rng)
    text = re.sub(r"[ \t]+", " ", re.sub(r"[ \t]+\n", "\n", text))
    return _SENTENCE.sub(lambda found: found[0].upper(), re.sub(r"\n{3,}", "\n\n", text).strip())


def _expand(text: str, rules: Rules, names: Mapping[str, str], rng: np.random.Generator) -> str:
    def phrase(match: re.Match[str]) -> str:
        name = names.get(match[1], match[1])
        if name.startswith("on_") and name not in rules:
            return ""
        choices = rules[name]
        return _expand(choices[int(rng.integers(len(choices)))], rules, names, rng)

    return _SLOT.sub(phrase, text)
