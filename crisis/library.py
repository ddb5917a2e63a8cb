"""What a new plan begins with: scenarios, lists and a first text, in English and Italian. Pure."""

import json
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("data") / "library.json"


@cache
def _all() -> dict[str, Any]:
    return json.loads(_FILE.read_text())


def shipped(language: str) -> dict[str, Any]:
    """The library in a language; in English where it has not been written in that one.

    >>> len(shipped("it")["scenarios"])
    12
    """
    return _all().get(language.split("-", maxsplit=1)[0]) or _all()["en"]
