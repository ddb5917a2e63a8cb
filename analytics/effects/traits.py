"""What can be told of a post from its text, format and hour: the dimensions that need no planning."""

import re
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

MEDIA = {
    "photo": "picture",
    "carousel": "picture",
    "story": "picture",
    "video": "video",
    "short_video": "video",
    "live": "video",
    "text": "none",
    "link": "none",
    "poll": "none",
    "document": "document",
    "article": "document",
}
LINK = re.compile(r"https?://|\bwww\.", re.IGNORECASE)
HASHTAG = re.compile(r"(?<![\w&#])#\w*[^\W\d_]\w*")
# The last length or number that belongs to each level.
LENGTHS = ((0, "empty"), (80, "short"), (280, "medium"), (700, "long"))
LONGEST = "very_long"
HASHTAGS = ((0, "none"), (3, "few"), (10, "some"))
MOST_HASHTAGS = "many"
WEEKDAYS = tuple("0123456")
HOURS_TOGETHER = 3

Words = npt.NDArray[np.object_]


def traits(posts: pd.DataFrame) -> pd.DataFrame:
    """media, link, hashtags, length, weekday and hour of each post; None = not told.

    posts: channel (any key), format (str, "" = not told), text (str), local (datetime64, the brand's wall clock),
    is_exact (bool, whether the hour is known). Where no post of a channel has a text, its exports hold none.
    """
    text = posts["text"].fillna("").astype(str)
    silent = ~text.ne("").groupby(posts["channel"], sort=False).transform("any").to_numpy(dtype=bool)
    texts: list[str] = text.tolist()
    links = _words(["yes" if LINK.search(each) else "no" for each in texts])
    links[(posts["format"] == "link").to_numpy(dtype=bool)] = "yes"
    found = {
        "media": _words([MEDIA.get(each) for each in posts["format"].tolist()]),
        "length": _without([_band(len(each.strip()), LENGTHS, LONGEST) for each in texts], silent),
        "link": _without(links.tolist(), silent),
        "hashtags": _without([_band(count_hashtags(each), HASHTAGS, MOST_HASHTAGS) for each in texts], silent),
        "weekday": _words([str(each) for each in posts["local"].dt.day_of_week.tolist()]),
        "hour": _without(_hours(posts["local"]), ~posts["is_exact"].to_numpy(dtype=bool)),
    }
    return pd.DataFrame(found, index=posts.index)


def count_hashtags(text: str) -> int:
    """How many hashtags a text holds; #1 is a number, and &#39; a sign."""
    return len(HASHTAG.findall(text)) if "#" in text else 0


def _band(number: int, bands: tuple[tuple[int, str], ...], beyond: str) -> str:
    return next((name for last, name in bands if number <= last), beyond)


def _hours(local: "pd.Series[Any]") -> list[str]:
    """The first of three hours: "18" is from 18:00 to 21:00."""
    return [str(hour // HOURS_TOGETHER * HOURS_TOGETHER) for hour in local.dt.hour.tolist()]


def _words(values: list[Any]) -> Words:
    found = np.empty(len(values), dtype=object)
    found[:] = values
    return found


def _without(values: list[Any], missing: npt.NDArray[np.bool_]) -> Words:
    found = _words(values)
    found[missing] = None
    return found
