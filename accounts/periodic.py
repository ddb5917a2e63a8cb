"""What is to be done at times, by whichever worker runs: each worker calls it, so it must bear company.

A function registered here looks for what is due and marks it as done by a conditional update; it is never the only
one that runs.
"""

import logging
import time
from collections.abc import Callable

logger = logging.getLogger(__name__)
Function = Callable[[], object]
_functions: dict[Function, float] = {}
_last: dict[Function, float] = {}


def every(seconds: float) -> Callable[[Function], Function]:
    """Register a function that each worker calls about every so many seconds."""

    def register(function: Function) -> Function:
        _functions[function] = seconds
        return function

    return register


def run_due() -> None:
    """Call what is due; what breaks is logged and does not hold the others up."""
    for function, seconds in _functions.items():
        now = time.monotonic()
        if now - _last.get(function, float("-inf")) < seconds:
            continue
        _last[function] = now
        try:
            function()
        except Exception:
            logger.exception("%s broke", function.__name__)
