"""A recommended hour as a line, on the desk and on the overview."""

from typing import Any

from analytics import best_times_words as words
from analytics.selectors import best_times


def hour_line(slot: best_times.Slot) -> dict[str, Any]:
    """Where, when on the brand's clock, what to expect and how sure that is."""
    return {
        "starts_at": slot.in_brand_zone,
        "channel": slot.channel,
        "evidence": slot.result.evidence,
        "grade": words.GRADES[slot.result.evidence],
        "comparison": words.comparison(slot.lift),
        "interval": words.interval(slot.low, slot.high),
    }
