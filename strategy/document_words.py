"""The words around the document: states of its versions, and what it lacks."""

from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from strategy import objective_words
from strategy.models import StrategyVersion
from strategy.platforms import PLATFORM_NAMES
from strategy.readiness import Gap

State = StrategyVersion.State
STATES: dict[str, tuple[str, str]] = {  # level and icon of the badge
    State.PROPOSED: ("warning", "clock"),
    State.AGREED: ("good", "check"),
    State.SUPERSEDED: ("", ""),
    State.WITHDRAWN: ("", "x-mark"),
}
# What a gap says, and the page on which it is closed.
GAPS: dict[str, tuple[Promise, str]] = {
    "no_situation": (gettext_lazy("It does not say where the brand stands."), "strategy_edit"),
    "no_positioning": (gettext_lazy("It does not say for whom the brand is, and against what."), "strategy_edit"),
    "no_period": (gettext_lazy("It does not say from when to when it holds."), "strategy_edit"),
    "no_audience": (gettext_lazy("It names no audience."), "audiences"),
    "idle_audience": (gettext_lazy("Nothing serves these audiences: %(names)s."), "audiences"),
    "only_assumed": (
        gettext_lazy("No claim about these audiences rests on fresh evidence: %(names)s."),
        "audiences",
    ),
    "no_platform": (gettext_lazy("No platform is chosen."), "platforms"),
    "nothing_left_out": (gettext_lazy("No platform is left out with a reason."), "platforms"),
    "no_channel": (gettext_lazy("These platforms are chosen, but have no channel: %(names)s."), "channels"),
    "aimless_channel": (
        gettext_lazy("These channels lack a mission or somebody who answers for them: %(names)s."),
        "channels",
    ),
    "no_objective": (gettext_lazy("It sets no objective."), "objectives"),
    "many_objectives": (
        gettext_lazy("It sets %(count)s objectives at the top; more than %(most)s pull apart."),
        "objectives",
    ),
    "no_target": (gettext_lazy("These objectives have no target value: %(names)s."), "objectives"),
    "no_owner": (gettext_lazy("Nobody answers for these objectives: %(names)s."), "objectives"),
    "no_pillar": (gettext_lazy("It has no content pillars."), "pillars"),
    "mix_short": (gettext_lazy("The content pillars add up to %(total)s %% only."), "pillars"),
}


def gap(found: Gap) -> tuple[str, str]:
    """The sentence, and the name of the page on which to mend it."""
    text, route = GAPS[found.code]
    names = [PLATFORM_NAMES.get(name, name) for name in found.names]
    return str(text) % {"names": ", ".join(f"“{name}”" for name in names), **found.facts}, route


def standing(version: StrategyVersion) -> str:
    """Which version this is, and what became of it."""
    number = _("Version %(number)s") % {"number": version.number}
    if version.state in (State.AGREED, State.SUPERSEDED) and version.agreed_at:
        agreed = _("agreed with %(whom)s on %(day)s") % {
            "whom": version.agreed_with,
            "day": objective_words.day(version.agreed_at.date()),
        }
        return ", ".join([number, agreed, *([_("superseded")] if version.state == State.SUPERSEDED else [])])
    if version.state == State.WITHDRAWN:
        return ", ".join([number, _("withdrawn")])
    proposed = _("proposed on %(day)s") % {"day": objective_words.day(version.proposed_at.date())}
    return ", ".join([number, proposed])


def draft_of(day: date) -> str:
    return _("Draft of %(day)s") % {"day": objective_words.day(day)}
