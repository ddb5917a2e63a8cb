"""The sentences of what worked: levels by name, findings, what cannot be told yet and why.

Causal words are left out on purpose: posts were not dealt to formats and days by lot.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext_lazy, ngettext, pgettext_lazy
from django.utils.translation import gettext as _

from analytics.models import EffectsReport
from analytics.post_words import FORMATS
from analytics.roi_words import number as write
from strategy.platforms import PLATFORM_NAMES

Text = Promise | str
Names = Mapping[str, Mapping[str, str]]
Level = Mapping[str, Any]

DIMENSION_NAMES: dict[str, Text] = {
    "platform": gettext_lazy("Platform"),
    "channel": gettext_lazy("Account"),
    "format": gettext_lazy("Format"),
    "media": gettext_lazy("Media"),
    "pillar": gettext_lazy("Content pillar"),
    "campaign": gettext_lazy("Campaign"),
    "audience": gettext_lazy("Audience"),
    "weekday": gettext_lazy("Day of the week"),
    "hour": gettext_lazy("Time of day"),
    "length": gettext_lazy("Length of the text"),
    "link": gettext_lazy("Link"),
    "hashtags": gettext_lazy("Hashtags"),
    "paid": gettext_lazy("Paid or organic"),
}
# Why nothing is said of a dimension.
SILENT: dict[str, Text] = {
    "not_told": gettext_lazy("No post tells it."),
    "one_level": gettext_lazy("There is nothing to compare: fewer than two kinds have five posts or more."),
    "same_as_parent": gettext_lazy("There is one account on each platform, so the accounts are the platforms."),
}
UNTAGGED: Text = gettext_lazy(
    "No post is tagged. Posts matched with planned ones are tagged by themselves, others on the page Posts."
)
LEVELS: dict[str, dict[str, Text]] = {
    "media": {
        "picture": gettext_lazy("picture"),
        "video": gettext_lazy("video"),
        "none": gettext_lazy("neither picture nor video"),
        "document": gettext_lazy("document or article"),
    },
    "length": {
        "empty": gettext_lazy("no text"),
        "short": gettext_lazy("up to 80 characters"),
        "medium": gettext_lazy("81 to 280 characters"),
        "long": gettext_lazy("281 to 700 characters"),
        "very_long": gettext_lazy("more than 700 characters"),
    },
    "link": {"yes": gettext_lazy("with a link"), "no": gettext_lazy("without a link")},
    "hashtags": {
        "none": gettext_lazy("no hashtag"),
        "few": gettext_lazy("1 to 3 hashtags"),
        "some": gettext_lazy("4 to 10 hashtags"),
        "many": gettext_lazy("more than 10 hashtags"),
    },
    "paid": {"yes": gettext_lazy("paid"), "no": gettext_lazy("organic")},
}
# The posts of a level as the beginning of a sentence.
SUBJECTS: dict[str, dict[str, Text]] = {
    "format": {
        "text": gettext_lazy("Text posts"),
        "photo": gettext_lazy("Photos"),
        "carousel": gettext_lazy("Carousels"),
        "video": gettext_lazy("Videos"),
        "short_video": gettext_lazy("Short videos"),
        "story": gettext_lazy("Stories"),
        "link": gettext_lazy("Link posts"),
        "live": gettext_lazy("Live videos"),
        "poll": gettext_lazy("Polls"),
        "document": gettext_lazy("Documents"),
        "article": gettext_lazy("Articles"),
        "event": gettext_lazy("Event posts"),
        "other": gettext_lazy("Posts of other formats"),
    },
    "media": {
        "picture": gettext_lazy("Posts with a picture"),
        "video": gettext_lazy("Posts with a video"),
        "none": gettext_lazy("Posts with neither picture nor video"),
        "document": gettext_lazy("Posts with a document or an article"),
    },
    "length": {
        "empty": gettext_lazy("Posts without a text"),
        "short": gettext_lazy("Posts of up to 80 characters"),
        "medium": gettext_lazy("Posts of 81 to 280 characters"),
        "long": gettext_lazy("Posts of 281 to 700 characters"),
        "very_long": gettext_lazy("Posts of more than 700 characters"),
    },
    "link": {"yes": gettext_lazy("Posts with a link"), "no": gettext_lazy("Posts without a link")},
    "hashtags": {
        "none": gettext_lazy("Posts without hashtags"),
        "few": gettext_lazy("Posts with 1 to 3 hashtags"),
        "some": gettext_lazy("Posts with 4 to 10 hashtags"),
        "many": gettext_lazy("Posts with more than 10 hashtags"),
    },
    "paid": {"yes": gettext_lazy("Paid posts"), "no": gettext_lazy("Organic posts")},
    "weekday": {
        "0": gettext_lazy("Posts on Mondays"),
        "1": gettext_lazy("Posts on Tuesdays"),
        "2": gettext_lazy("Posts on Wednesdays"),
        "3": gettext_lazy("Posts on Thursdays"),
        "4": gettext_lazy("Posts on Fridays"),
        "5": gettext_lazy("Posts on Saturdays"),
        "6": gettext_lazy("Posts on Sundays"),
    },
}
NAMED_SUBJECTS: dict[str, Text] = {
    "platform": gettext_lazy("Posts on %(name)s"),
    "channel": gettext_lazy("Posts of %(name)s"),
    "pillar": gettext_lazy("Posts of the pillar “%(name)s”"),
    "campaign": gettext_lazy("Posts of the campaign “%(name)s”"),
    "audience": gettext_lazy("Posts for the audience “%(name)s”"),
    "hour": gettext_lazy("Posts between %(start)s and %(end)s"),
}
METRICS = dict(EffectsReport.Metric.choices)
TOO_LITTLE: dict[str, tuple[Text, Text]] = {
    "no_posts": (
        gettext_lazy("No posts in this period"),
        gettext_lazy("Nothing that was imported was published on these days. Import posts, or choose other days."),
    ),
    "no_figures": (
        gettext_lazy("No post tells this figure"),
        gettext_lazy(
            "The exports of these days hold posts, but not this figure for any of them. Choose another figure."
        ),
    ),
    "too_few_posts": (
        gettext_lazy("Too few posts to compare"),
        gettext_lazy("Differences between so few posts are mostly luck. Choose a longer period."),
    ),
    "mostly_none": (
        gettext_lazy("Most posts have none"),
        gettext_lazy("The typical post has none of these, so shares of it say nothing. Choose another figure."),
    ),
}
PHASES: dict[str, Text] = {
    "": gettext_lazy("Waiting for a worker"),
    "posts": gettext_lazy("Reading the posts, account by account"),
    "fitting": gettext_lazy("Comparing the posts"),
    "storing": gettext_lazy("Storing the report"),
}
AND: Text = pgettext_lazy("the last of several", "%(others)s and %(last)s")
TAGS = ("pillar", "campaign", "audience")


# By the figure, and whether it is more.
SENTENCES: dict[tuple[str, bool], Text] = {
    ("", True): gettext_lazy(
        "%(subject)s brought %(share)s more %(figure)s than your typical post, other things equal (%(sure)s)."
    ),
    ("", False): gettext_lazy(
        "%(subject)s brought %(share)s fewer %(figure)s than your typical post, other things equal (%(sure)s)."
    ),
    ("reach", True): gettext_lazy(
        "%(subject)s reached %(share)s more people than your typical post, other things equal (%(sure)s)."
    ),
    ("reach", False): gettext_lazy(
        "%(subject)s reached %(share)s fewer people than your typical post, other things equal (%(sure)s)."
    ),
}


def silent(dimension: Mapping[str, Any]) -> str:
    """Why nothing is said of a dimension."""
    if dimension["reason"] == "not_told" and dimension["name"] in TAGS:
        return str(UNTAGGED)
    return str(SILENT[dimension["reason"]])


def level_name(dimension: str, slug: str, names: Names) -> str:
    """A level in a table or on an axis."""
    if dimension in names:
        return names[dimension].get(slug, slug)
    if dimension == "platform":
        return str(PLATFORM_NAMES.get(slug, slug))
    if dimension == "weekday":
        day = str(WEEKDAYS[int(slug)])
        return day.lower() if _is_italian() else day
    if dimension == "hour":
        return f"{int(slug):02}:00–{int(slug) + 3:02}:00"
    known = FORMATS if dimension == "format" else LEVELS.get(dimension, {})
    return str(known.get(slug, slug))


def subject(dimension: str, slug: str, names: Names) -> str:
    """The posts of a level, as the beginning of a sentence."""
    if dimension in SUBJECTS:
        return str(SUBJECTS[dimension].get(slug, slug))
    name = level_name(dimension, slug, names)
    if dimension == "hour":
        start, end = name.split("–")
        return str(NAMED_SUBJECTS[dimension]) % {"start": start, "end": end}
    return str(NAMED_SUBJECTS[dimension]) % {"name": name}


def share(value: float) -> str:
    """38 %, unbreakable and without its sign."""
    return f"{write(abs(round(value * 100)))}\N{NO-BREAK SPACE}%"


def signed(value: float) -> str:
    whole = round(value * 100)
    return f"{'+' if whole > 0 else '−' if whole < 0 else ''}{share(value)}"


def the_share(value: float) -> str:
    """The share as it stands after a verb: Italian wants the article, and cuts it before eight and eleven."""
    whole = abs(round(value * 100))
    if not _is_italian():
        return share(value)
    cut = whole in (1, 8, 11) or str(whole).startswith("8")
    return f"l’{share(value)}" if cut else f"il {share(value)}"


def _is_italian() -> bool:
    return (get_language() or "en").split("-")[0] == "it"


def posts(count: int) -> str:
    return ngettext("%(n)s post", "%(n)s posts", count) % {"n": write(count)}


def finding(dimension: str, level: Level, metric: str, names: Names) -> str:
    """Carousels brought 38 % more saves than your typical post, other things equal (between 15 % and 66 % ...)."""
    more = level["lift"] > 0
    facts = {
        "subject": subject(dimension, level["slug"], names),
        "share": the_share(level["lift"]),
        "figure": str(METRICS[metric]),
        "sure": sure(level),
    }
    return str(SENTENCES["reach" if metric == "reach" else "", more]) % facts


def sure(level: Level) -> str:
    """The interval and the number of posts; shares keep their sign where the two ends differ in it."""
    ends = sorted((level["low"], level["high"]), key=abs)
    as_share = share if level["low"] * level["high"] > 0 else signed
    low, high = ends if as_share is share else (level["low"], level["high"])
    facts = {"low": as_share(low), "high": as_share(high), "posts": posts(level["posts"])}
    return _("between %(low)s and %(high)s, %(posts)s") % facts


def together(level: Level, names: Names) -> str:
    """What a level cannot be told apart from."""
    told = [f"{DIMENSION_NAMES[name]}: {level_name(name, slug, names)}" for name, slug, _share in level["alike"]]
    return _("nearly the same posts as %(others)s") % {"others": joined(told)} if told else ""


def joined(parts: Sequence[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    return str(AND) % {"others": ", ".join(parts[:-1]), "last": parts[-1]}


def untold(dimension: Mapping[str, Any], names: Names) -> str:
    """What cannot be told yet between the levels of a dimension, and how many posts would tell."""
    open_levels = [level for level in in_order(dimension) if level["judged"] and not level["found"]]
    if len(open_levels) < 2:
        return ""
    return _untold(dimension, open_levels, names).replace(" %", "\N{NO-BREAK SPACE}%")


def in_order(dimension: Mapping[str, Any]) -> list[Level]:
    """The levels of a dimension as they follow each other in the week, the day or in size; else the best first."""
    if (name := dimension["name"]) in ("weekday", "hour"):
        return sorted(dimension["levels"], key=lambda level: int(level["slug"]))
    if name in ("length", "hashtags"):
        places = list(LEVELS[name])
        return sorted(dimension["levels"], key=lambda level: places.index(level["slug"]))
    return list(dimension["levels"])


def _untold(dimension: Mapping[str, Any], open_levels: Sequence[Level], names: Names) -> str:
    shown = joined([level_name(dimension["name"], level["slug"], names) for level in open_levels])
    facts = {"dimension": str(DIMENSION_NAMES[dimension["name"]]), "levels": shown}
    most = max(level["more"] for level in open_levels)
    if most == 0:
        told = _(
            "%(dimension)s: %(levels)s lie close to each other; a difference of 20 %% from the typical post would "
            "most likely have shown."
        )
        return told % facts
    if most > MOST_TOLD:
        told = _(
            "%(dimension)s: no difference can be told yet between %(levels)s. A difference of 20 %% would take "
            "more than %(more)s more posts of some of them."
        )
        return told % (facts | {"more": write(MOST_TOLD)})
    told = ngettext(
        "%(dimension)s: no difference can be told yet between %(levels)s. About %(more)s more post of each would "
        "show a difference of 20 %%.",
        "%(dimension)s: no difference can be told yet between %(levels)s. About %(more)s more posts of each would "
        "show a difference of 20 %%.",
        rounded(most),
    )
    return told % (facts | {"more": write(rounded(most))})


MOST_TOLD = 2_000


def rounded(count: int) -> int:
    """A number of posts to plan with: 37 becomes 40, 214 becomes 250."""
    step = 5 if count < 20 else 10 if count < 100 else 50 if count < 500 else 100
    return -(-count // step) * step


def known(level: Level) -> str:
    """What is said of a level in the column of what is known."""
    if level["found"]:
        return _("more") if level["lift"] > 0 else _("fewer")
    if not level["judged"]:
        return _("too few posts")
    if level["more"] == 0:
        return _("close to the typical post")
    count = rounded(level["more"])
    if count > MOST_TOLD:
        return _("cannot be told yet")
    return ngettext(
        "cannot be told yet: about %(n)s more post", "cannot be told yet: about %(n)s more posts", count
    ) % {"n": write(count)}


def shared(found: Sequence[Sequence[Any]], names: Names) -> str:
    """What the three best or worst have in common."""
    told = [
        f"{DIMENSION_NAMES[name]}: {level_name(name, slug, names)} ({share(part)})" for name, slug, part in found
    ]
    if not told:
        return _("They have nothing in common that sets them apart.")
    return _("All three share, with the part of all posts that do: %(traits)s.") % {"traits": joined(told)}


def left_out(report: EffectsReport) -> list[str]:
    """What was not compared, and why."""
    inputs, results = report.inputs or {}, report.results or {}
    counts = (
        (inputs.get("replies", 0), ngettext("%(n)s reply", "%(n)s replies", inputs.get("replies", 0))),
        (
            inputs.get("immature", 0),
            ngettext("%(n)s post read too soon", "%(n)s posts read too soon", inputs.get("immature", 0)),
        ),
        (
            results["without_figure"],
            ngettext(
                "%(n)s post without this figure", "%(n)s posts without this figure", results["without_figure"]
            ),
        ),
    )
    return [text % {"n": write(n)} for n, text in counts if n]


CAVEAT: Text = gettext_lazy(
    "These are associations: posts were not dealt to formats, days and campaigns by lot, so what else set them "
    "apart may count as much. To know, plan posts that differ in one thing only."
)
METHOD: tuple[Text, ...] = (
    gettext_lazy(
        "All traits are compared at once, so that a format is not praised for the hours at which it is posted. "
        "Account, slow ups and downs over the weeks and payment are taken off."
    ),
    gettext_lazy("Kinds with few posts are drawn towards the typical post, and a single viral post moves little."),
    gettext_lazy("Intervals hold with 90 % probability; of what stands as a finding, at most one in ten is luck."),
)
