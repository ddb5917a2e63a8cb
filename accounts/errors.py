"""Errors that a user can do something about. Each is worded once, here, from its code."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MESSAGES: dict[str, Promise | str] = {
    "stale": _("Somebody else changed this in the meantime. Both texts are shown: keep what is right and save."),
    "job_gave_up": _("The work was interrupted %(attempts)s times. Start it again; if it stops again, tell us."),
    "no_room": _(
        "The server's disk is full. Nothing was changed. Ask whoever runs Timone to make room, then start it"
        " again."
    ),
    "job_broke": _("Something went wrong on our side while this was being computed. Nothing was changed."),
}


def register_messages(messages: dict[str, Promise | str]) -> None:
    """Let an app word its own codes; a code is worded once."""
    if twice := MESSAGES.keys() & messages.keys():
        raise ValueError(f"error codes worded twice: {', '.join(sorted(twice))}")
    MESSAGES.update(messages)


def word(code: str, facts: dict[str, Any]) -> str:
    """The sentence for a code, in the active language."""
    text = str(MESSAGES.get(code, code))
    try:
        return text % facts
    except (KeyError, TypeError, ValueError):
        return text


class AppError(Exception):
    """Something the user did or can mend: a code, and the facts its sentence needs."""

    def __init__(self, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        return word(self.code, self.facts)


class NotAllowed(AppError):
    """The person may not do this."""


class Stale(AppError):
    """The row changed since it was read."""


class InvalidInput(AppError):
    """A value cannot be taken; `facts` names the field or the line."""
