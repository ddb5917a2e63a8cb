"""The sentences of best times: grades, notes and slots in the reader's language."""

from typing import Any

from django.utils.dates import WEEKDAYS
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from analytics.models import BestTimes

METRIC_NAMES: dict[str, Promise] = {
    "engagements": gettext_lazy("Engagements"),
    "reach": gettext_lazy("Reach"),
    "clicks": gettext_lazy("Clicks"),
    "views": gettext_lazy("Views"),
}
METRIC_HELP: dict[str, Promise] = {
    "engagements": gettext_lazy("Reactions, comments, shares and saves."),
    "reach": gettext_lazy("People who saw the post."),
    "clicks": gettext_lazy("All clicks; link clicks where the platform tells only those."),
    "views": gettext_lazy("Times shown; impressions or video views where the platform tells only those."),
}
GRADES: dict[str, Promise] = {
    "strong": gettext_lazy("Strong evidence"),
    "moderate": gettext_lazy("Moderate evidence"),
    "weak": gettext_lazy("Weak evidence"),
    "prior": gettext_lazy("No evidence of its own yet"),
}
GRADE_MEANING: dict[str, Promise] = {
    "strong": gettext_lazy(
        "On weeks that it had not seen, this advice predicted clearly better than no advice does."
    ),
    "moderate": gettext_lazy(
        "On weeks that it had not seen, this advice predicted better than no advice does, but not by much."
    ),
    "weak": gettext_lazy(
        "On weeks that it had not seen, this advice predicted no better than no advice does. Take it as a hint."
    ),
    "prior": gettext_lazy("There are too few posts of this channel to learn its hours from."),
}
NOTES: dict[str, Promise] = {
    "no_signal": gettext_lazy("No hour stands out in these posts: the time of posting explains next to nothing."),
    "short_history": gettext_lazy("The posts span less than four weeks, so one lucky week weighs much."),
    "single_format": gettext_lazy("All posts have one format, so the hours may hold for that format only."),
    "paid_adjusted": gettext_lazy("Paid posts are among them; what payment adds was taken off."),
    "replies_adjusted": gettext_lazy("Replies are among them; what sets them apart was taken off."),
    "prior_doubted": gettext_lazy(
        "The posts contradict what similar channels led to expect, so that counts for little."
    ),
    "too_few_posts": gettext_lazy("There are too few posts to learn this channel's hours from."),
    "prior_only": gettext_lazy("What you see was expected beforehand; it is not what this channel's posts show."),
}


def grade_meaning(evidence: str, *, prior: str, hours: bool = False) -> str:
    """What a grade means; without posts of its own, also what is shown instead."""
    meaning = str(GRADE_MEANING[evidence])
    if evidence != "prior":
        return meaning
    if prior:
        shown = _("The map shows what your agency's other channels on this platform lead to expect.")
    elif hours:
        shown = _("The map shows what the hours online of its audiences lead to expect.")
    else:
        shown = _("And there is no similar channel to lean on, so the map is empty.")
    return f"{meaning} {shown}"


def percent(share: float) -> str:
    """A change with its sign, in whole percent and unbreakable: +12 %, −5 %, 0 %."""
    whole = round(share * 100)
    sign = "+" if whole > 0 else "−" if whole < 0 else ""
    return f"{sign}{number_format(abs(whole))}\N{NO-BREAK SPACE}%"


def hour_name(day: int, hour: int) -> str:
    return _("%(day)s %(start)s–%(end)s") % {
        "day": WEEKDAYS[day],
        "start": f"{hour:02}:00",
        "end": f"{(hour + 1) % 24:02}:00",
    }


def comparison(lift: float) -> str:
    """How an hour compares with the channel's typical post, in words."""
    whole = round(lift * 100)
    if whole == 0:
        return _("about as much as a typical post of this channel")
    share = f"{number_format(abs(whole))}\N{NO-BREAK SPACE}%"
    if whole > 0:
        return _("%(share)s more than a typical post of this channel") % {"share": share}
    return _("%(share)s less than a typical post of this channel") % {"share": share}


def interval(low: float, high: float) -> str:
    return _("%(low)s to %(high)s, with 90 %% probability") % {"low": percent(low), "high": percent(high)}


def cell_sentence(cell: dict[str, Any]) -> str:
    """What one hour of the map says, complete in itself."""
    posts = ngettext("%(n)s post", "%(n)s posts", cell["posts"]) % {"n": number_format(cell["posts"])}
    return _("%(hour)s: %(comparison)s (%(interval)s); %(posts)s in this hour.") % {
        "hour": hour_name(cell["day"], cell["hour"]),
        "comparison": comparison(cell["lift"]),
        "interval": interval(cell["low"], cell["high"]),
        "posts": posts,
    }


def only_days(channel: str) -> str:
    """Why a channel has no best hours when its exports tell days only, and what to do."""
    return _(
        "The exports of %(channel)s tell the day of each post but not the hour, so its best hours cannot be "
        "computed. If you know the hours, import the posts through the generic template with the full time in "
        "published_at."
    ) % {"channel": channel}


def what_it_rests_on(result: BestTimes) -> list[str]:
    """How many posts, which are left out and why, what was expected beforehand, and what no figures can tell."""
    left_out = result.settings["left_out"]
    reasons = {
        "replies": ngettext("%(n)s reply", "%(n)s replies", left_out["replies"]),
        "day_only": ngettext(
            "%(n)s whose hour is not known", "%(n)s whose hours are not known", left_out["day_only"]
        ),
        "immature": ngettext("%(n)s read too soon", "%(n)s read too soon", left_out["immature"]),
        "no_figure": ngettext("%(n)s without this figure", "%(n)s without this figure", left_out["no_figure"]),
    }
    told = [reasons[name] % {"n": number_format(n)} for name, n in left_out.items() if n]
    sentences = [_("Left out: %(reasons)s.") % {"reasons": ", ".join(told)}] if told else []
    if needed := result.settings["needed"]:
        sentences.append(
            ngettext(
                "About %(n)s more post is needed until the channel's posts outweigh what was expected of it.",
                "About %(n)s more posts are needed until the channel's posts outweigh what was expected of it.",
                needed,
            )
            % {"n": number_format(needed)}
        )
    if hours := result.settings.get("hours"):
        hint = _("The hours online of its audiences count as a weak hint: %(names)s.")
        sentences.append(hint % {"names": ", ".join(hours["audiences"])})
    return [*sentences, str(CAVEAT)]


CAVEAT = gettext_lazy(
    "These are associations: posts were not placed at random, so what was posted at an hour may count as much as "
    "the hour itself."
)
