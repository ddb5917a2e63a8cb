"""What a platform cuts or refuses in pictures and films, by the figures of the catalogue. Pure."""

import re
from collections.abc import Iterable, Mapping, Sequence

from calendar_app.copy_limits import Finding
from strategy.catalogue import Entry as Known

RATIO = re.compile(r"(\d+(?:\.\d+)?):(\d+(?:\.\d+)?)")
NEAR = 0.03  # a crop of so small a share is not worth a word
SECONDS = {"video_seconds": 1, "video_minutes": 60, "video_hours": 3600}


def findings(media: Sequence[Mapping[str, object]], *, known: Known | None, format: str) -> list[Finding]:
    """What to look at in an entry's pictures and films. Each is told by kind, width, height and seconds."""
    limits = [figure for each in (known.formats if known else ()) if each.name == format for figure in each.limits]
    found: list[Finding] = []
    for figure in limits:
        source = figure.source.publisher
        if figure.what == "images" and isinstance(figure.value, float) and len(media) > figure.value:
            found.append(
                Finding("too_many_pictures", {"n": len(media), "most": int(figure.value), "source": source})
            )
        elif figure.what == "ratio" and isinstance(figure.value, str):
            found += _ratios(media, figure.value, source)
        elif figure.what in SECONDS:
            found += _lengths(media, figure.value, SECONDS[figure.what], source)
    return found


def _ratios(media: Sequence[Mapping[str, object]], wanted: str, source: str) -> Iterable[Finding]:
    for place, each in enumerate(media, start=1):
        width, height = each.get("width"), each.get("height")
        if isinstance(width, int) and isinstance(height, int) and height and not fits(width / height, wanted):
            facts = {"place": place, "size": f"{width} × {height}", "wanted": wanted, "source": source}
            yield Finding("ratio", facts)


def fits(ratio: float, wanted: str) -> bool:
    """Whether width by height is one of those listed ("16:9, 9:16"), or within a span ("4:5 – 1.91:1").

    >>> fits(1080 / 1350, "4:5 – 1.91:1"), fits(1080 / 1920, "4:5 – 1.91:1"), fits(1.0, "16:9, 1:1")
    (True, False, True)
    """
    values = [float(width) / float(height) for width, height in RATIO.findall(wanted)]
    if not values:
        return True
    if "–" in wanted:
        return min(values) * (1 - NEAR) <= ratio <= max(values) * (1 + NEAR)
    return any(abs(ratio - value) <= NEAR * value for value in values)


def _lengths(media: Sequence[Mapping[str, object]], value: object, unit: int, source: str) -> Iterable[Finding]:
    least, most = value if isinstance(value, tuple) else (0.0, value)
    for place, each in enumerate(media, start=1):
        seconds = each.get("seconds")
        if not isinstance(seconds, int | float) or not isinstance(most, int | float):
            continue
        facts = {"place": place, "seconds": round(seconds), "source": source}
        if seconds > most * unit:
            yield Finding("film_too_long", facts | {"most": round(most * unit)})
        elif seconds < least * unit:
            yield Finding("film_too_short", facts | {"least": round(least * unit)})
