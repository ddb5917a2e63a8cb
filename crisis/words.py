"""What readiness lacks, in words, and where it is mended."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crisis.models import PlanVersion
from crisis.readiness import Gap

State = PlanVersion.State
STATES: dict[str, tuple[str, str]] = {  # level and icon of the badge
    State.WAITING: ("warning", "clock"),
    State.IN_FORCE: ("good", "check"),
    State.SUPERSEDED: ("", ""),
    State.WITHDRAWN: ("", "x-mark"),
}
# The sentence, the page, and the part of it.
GAPS: dict[str, tuple[Promise, str, str]] = {
    "not_in_force": (gettext_lazy("No version is in force."), "crisis_plan", "#versions-title"),
    "review_due": (gettext_lazy("The review is due (days late: %(n)s)."), "crisis_plan", "#versions-title"),
    "roles_empty": (gettext_lazy("Roles without anybody to call: %(n)s."), "crisis_plan", "#contacts"),
    "no_deputy": (gettext_lazy("Roles without a deputy: %(n)s."), "crisis_plan", "#contacts"),
    "contacts_unchecked": (
        gettext_lazy("Numbers not checked for 90 days: %(n)s."),
        "crisis_plan",
        "#contacts",
    ),
    "not_at_night": (
        gettext_lazy("Lead or approver cannot be called at night (%(n)s of 2)."),
        "crisis_plan",
        "#contacts",
    ),
    "levels_incomplete": (
        gettext_lazy("Levels without signs or without who may reply: %(n)s."),
        "crisis_plan",
        "#levels",
    ),
    "few_scenarios": (
        gettext_lazy("Scenarios with first actions missing to five: %(n)s."),
        "crisis_plan",
        "#scenarios",
    ),
    "statements_missing": (
        gettext_lazy("Texts missing for a grave scenario on a platform in a language: %(n)s."),
        "crisis_plan",
        "#statements",
    ),
    "statements_waiting": (
        gettext_lazy("Texts that are not approved with the version in force: %(n)s."),
        "crisis_plan",
        "#versions-title",
    ),
    "no_steps": (gettext_lazy("The decision steps do not end in an answer."), "crisis_rules", ""),
    "no_rules": (gettext_lazy("There is no do and do not."), "crisis_rules", ""),
    "no_pauses": (gettext_lazy("Nothing is listed that must be switched off by hand."), "crisis_around", ""),
    "no_stakeholders": (gettext_lazy("Nobody is listed who is to be told."), "crisis_around", ""),
    "old_data": (gettext_lazy("Nothing was imported within 24 hours, so nothing can be noticed."), "imports", ""),
    "few_words": (gettext_lazy("Words to watch missing to ten: %(n)s."), "crisis_around", ""),
    "not_seen": (
        gettext_lazy("Community managers who have not seen the version in force: %(n)s."),
        "crisis_readers",
        "",
    ),
    "no_drill": (gettext_lazy("No drill within 180 days."), "drill_new", ""),
}


def gap(found: Gap) -> dict[str, str]:
    """A gap in words, with what mending it brings and the page for it."""
    text, route, part = GAPS[found.code]
    brings = _("+%(gain)s points") % {"gain": round(found.gain)} if found.gain >= 0.5 else ""
    lifts = _("holds the score at %(cap)s") % {"cap": found.cap} if found.cap < 100 else ""
    told = ", ".join(each for each in (brings, lifts) if each)
    return {"code": found.code, "text": str(text) % {"n": found.n}, "told": told, "route": route, "part": part}
