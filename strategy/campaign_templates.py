"""What a new campaign of each kind begins with: length, milestones, and guidance in the language of the reader."""

from datetime import date, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

# kind: (days it lasts, ((share of its days, milestone), …), deliverables, risks)
Template = tuple[int, tuple[tuple[float, Promise], ...], Promise, Promise]
TEMPLATES: dict[str, Template] = {
    "launch": (
        42,
        (
            (0.0, _("Teaser")),
            (0.33, _("Launch day")),
            (0.66, _("First reactions of customers")),
            (1.0, _("What it brought")),
        ),
        _("Teaser, launch film or picture, one post for each main use, answers to the ten likeliest questions."),
        _("It is not in stock, or not as promised: say so first, and have the date ready."),
    ),
    "always_on": (
        91,
        (
            (0.33, _("Look at the first month")),
            (0.66, _("Look at the second month")),
            (1.0, _("Review of the quarter")),
        ),
        _("A recurring series for each pillar, ten posts in reserve."),
        _("It runs dry: keep the reserve full, and drop a series that nobody misses."),
    ),
    "event": (
        28,
        (
            (0.0, _("Announcement")),
            (0.5, _("Reminder with the programme")),
            (0.8, _("The event")),
            (1.0, _("Thanks and pictures")),
        ),
        _("Announcement, programme, how to get there, a plan for live posts, thanks with pictures."),
        _("It is put off or called off: have the sentence ready, and tell those who have a ticket first."),
    ),
    "recruitment": (
        35,
        ((0.0, _("The job is posted")), (0.5, _("People tell of their work")), (1.0, _("Applications close"))),
        _("The job in one sentence, a day at work, who answers questions, how to apply from a phone."),
        _("Former colleagues answer in public: reply once, in the same tone, and offer a talk."),
    ),
    "crisis": (
        28,
        (
            (0.0, _("What happened and what is being done")),
            (0.5, _("What was done")),
            (1.0, _("What stays different")),
        ),
        _("A statement of what was done, answers to questions that are still asked, nothing that sells."),
        _("The matter flares up again: go back to the crisis plan, and pause this campaign."),
    ),
}


def begin(kind: str, *, today: date) -> dict[str, Any]:
    """The first values of the form; a month from tomorrow where the kind has no template."""
    start = today + timedelta(days=7)
    if kind not in TEMPLATES:
        return {"start": start, "end": start + timedelta(days=27)}
    length, milestones, deliverables, risks = TEMPLATES[kind]
    last = length - 1
    return {
        "kind": kind,
        "start": start,
        "end": start + timedelta(days=last),
        "milestones": [(start + timedelta(days=round(share * last)), str(name)) for share, name in milestones],
        "deliverables": str(deliverables),
        "risks": str(risks),
    }
