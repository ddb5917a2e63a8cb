"""The sentences of importing in the reader's language: what was rejected, what to know, what to do."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from analytics.formats.messages import MESSAGES

OWN: dict[str, Promise | str] = {
    # rejected rows
    "id_too_long": _("The post's number is longer than %(most)s characters, so it cannot be one."),
    "count_too_large": _("“%(value)s” in “%(column)s” is too large to be a count. Correct it, or leave it empty."),
    "period_already_covered": _(
        "What %(what)s cost from %(start)s to %(end)s is already known from an import that covers %(known)s in"
        " other steps. Importing both would count the money twice. Export the whole of %(known)s again and import"
        " that: it takes the place of what is there."
    ),
    "visits_already_covered": _(
        "The visits from %(start)s to %(end)s are already known from an import that covers %(known)s in other"
        " steps. Importing both would count them twice. Export the whole of %(known)s again and import that: it"
        " takes the place of what is there."
    ),
    # notices
    "totals_dropped": _("Rows with totals, left out so that nothing is counted twice: %(count)s."),
    "placeholders_dropped": _("Rows without a post, left out: %(count)s."),
    "blank_days_dropped": _("Rows without a figure, left out: %(count)s."),
    "drafts_dropped": _("Videos without a publishing date (drafts), left out: %(count)s."),
    "rows_repeated": _("Rows that occur twice, letter for letter, taken once: %(count)s."),
    "older_kept": _(
        "Posts whose newer figures were kept: %(count)s. If this file is the newer one, import it again and state"
        " the day on which it was exported."
    ),
    "taken_as_older": _(
        "Figures only grow, but on %(fell)s of %(changed)s posts this file has lower ones than are stored. It was"
        " taken as the older export: nothing was overwritten, only gaps were filled and unknown posts added. If it"
        " is the newer one, import it again and state the day on which it was exported."
    ),
    "kept_but_higher": _(
        "On %(rose)s of %(changed)s posts this file has higher figures than those stored, which are dated later."
        " If it is the newer export, import it again and state the day on which it was exported."
    ),
    "repeated_posts": _(
        "Rows of posts that occur again further down, where the last row of each was taken: %(count)s."
    ),
    "accounts_left_out": _("Rows of other accounts (%(accounts)s), left out: %(count)s."),
    "account_overruled": _(
        "The file names the account “%(account)s”; its posts were put under %(channel)s, as asked."
    ),
    "account_from_brand": _("The posts were put under a new channel named “%(channel)s”, after the brand."),
    "rows_replaced": _("Rows of an earlier export of the same period, replaced: %(count)s."),
    "days_repeated": _(
        "Rows of days that occur again further down, where the last row of each was taken: %(count)s."
    ),
    "days_beside": _(
        "Figures by day of the same file: days added %(created)s, updated %(updated)s, unchanged %(unchanged)s,"
        " rejected %(rejected)s."
    ),
    "days_kept": _(
        "Rows of days whose newer figures were kept: %(count)s. If this file is the newer one, import it again and"
        " state the day on which it was exported."
    ),
    "orders_repeated": _(
        "Rows of orders that occur again further down, where the last row of each was taken: %(count)s."
    ),
    "orders_kept": _(
        "Orders whose newer sums were kept: %(count)s. If this file is the newer one, import it again and state"
        " the day on which it was exported."
    ),
    "planned_without_channel": _(
        "Planned posts whose channel the file does not tell, or tells by a name that no channel of the brand has:"
        " %(count)s."
    ),
    "planned_kept": _(
        "Planned posts that a newer calendar tells otherwise, and that stayed as they are: %(count)s. If this file"
        " is the newer one, import it again and state the day on which it was exported."
    ),
    "holds_customers": _(
        "This file holds data of customers and is none of the exports that Timone reads, so it was not kept. Of a"
        " shop, export the orders."
    ),
    "not_all_rejected_listed": _("Only the first %(listed)s of %(count)s rejected rows are listed."),
    "currency_assumed": _("The file tells no currency; %(currency)s was taken, the brand's own."),
    "settled_before": _("“%(column)s” was read as you answered before."),
    "settled_future": _(
        "The dates in “%(column)s” can be read in two ways; the one that would lie in the future was ruled out."
    ),
    # uploads
    "cannot_open": _("“%(path)s” cannot be opened (%(why)s). Check the path and your permission to read it."),
    "too_large": _(
        "The file, or the files of this upload together, are larger than %(most)s MB. Export a shorter period, or"
        " upload them in several goes."
    ),
    "no_rows": _("The file holds column names but no rows. Choose a longer period when exporting."),
    "not_chosen": _("This file was not chosen when the upload was confirmed."),
    "file_gone": _("The uploaded file is not there any more. Upload it again."),
}


def sentence(code: str, facts: dict[str, Any]) -> str:
    """The sentence of a code with its facts, in the active language."""
    text = str(OWN[code]) if code in OWN else gettext(MESSAGES.get(code, code))
    if code == "known_not_read":  # both parts are sentences of their own, worded in analytics/formats/others.py
        facts = facts | {part: gettext(facts[part]) for part in ("name", "instead") if facts.get(part)}
    try:
        return text % facts
    except (KeyError, TypeError, ValueError):
        return text


def reason(column: str, value: str, code: str, facts: dict[str, Any]) -> str:
    """Why a row was rejected."""
    return sentence(code, {"column": column, "value": value, **facts})
