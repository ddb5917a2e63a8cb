"""How notifications are worded, by their kind: registered once, rendered in the language of the reader."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Wording:
    """The sentences of a kind; `%(name)s` in them is filled from the notification's facts."""

    subject: Promise
    lines: tuple[Promise, ...]
    action: Promise  # what the link is called
    icon: str = "info"


@dataclass(frozen=True)
class Worded:
    """A notification in the active language; `items` are texts that the facts bring along as they are."""

    subject: str
    lines: list[str]
    action: str
    icon: str
    items: list[dict[str, str]] = field(default_factory=list)


_wordings: dict[str, Wording] = {}


def register(kind: str, wording: Wording) -> None:
    """Let an app word its own kind of notification; a kind is worded once."""
    if kind in _wordings:
        raise ValueError(f"notification worded twice: {kind}")
    _wordings[kind] = wording


def word(kind: str, facts: Mapping[str, Any]) -> Worded:
    """The sentences of a notification. A line that lacks a fact, or whose fact is empty, is left out."""
    wording = _wordings[kind]
    lines = [line for promise in wording.lines if (line := _filled(promise, facts))]
    return Worded(
        subject=" ".join(_filled(wording.subject, facts).split()),
        lines=lines,
        action=str(wording.action),
        icon=wording.icon,
        items=list(facts.get("items", ())),
    )


def _filled(promise: Promise, facts: Mapping[str, Any]) -> str:
    try:
        return str(promise) % _Facts(facts)
    except KeyError:
        return ""


class _Facts(dict):
    """Facts of which an empty one counts as missing."""

    def __getitem__(self, name: str) -> Any:
        value = super().__getitem__(name)
        if value in ("", None):
            raise KeyError(name)
        return value
