"""What people are told about hand-overs and campaigns."""

from django.utils.translation import gettext_lazy as _

from accounts.notices import Wording, register

HANDED_OVER = "strategy.handed_over"
HANDED_AGAIN = "strategy.handed_again"
REMINDER = "strategy.reminder"
UNSEEN = "strategy.unseen"
STARTED = "strategy.started"
OVER = "strategy.over"

register(
    HANDED_OVER,
    Wording(
        subject=_("The campaign “%(campaign)s” is handed over to you"),
        lines=(_("%(by)s handed the brief and its tasks over to you."), _("A word with it: %(note)s")),
        action=_("Read the brief"),
        icon="flag",
    ),
)
register(
    HANDED_AGAIN,
    Wording(
        subject=_("The campaign “%(campaign)s” changed: version %(number)s"),
        lines=(
            _("%(by)s handed over version %(number)s. The desk marks what changed, word by word."),
            _("A word with it: %(note)s"),
        ),
        action=_("Read what changed"),
        icon="flag",
    ),
)
register(
    REMINDER,
    Wording(
        subject=_("Please read the brief of “%(campaign)s”"),
        lines=(_("%(by)s reminds you: version %(number)s waits to be read."),),
        action=_("Read the brief"),
        icon="clock",
    ),
)
register(
    UNSEEN,
    Wording(
        subject=_("%(person)s has not seen the brief of “%(campaign)s”"),
        lines=(
            _("Version %(number)s was handed over more than %(hours)s hours ago."),
            _("On the campaign’s page you can remind, or call."),
        ),
        action=_("To the hand-over"),
        icon="alert",
    ),
)
register(
    STARTED,
    Wording(
        subject=_("The campaign “%(campaign)s” runs from today"),
        lines=(_("It was handed over and its first day has come."),),
        action=_("To the campaign"),
        icon="flag",
    ),
)
register(
    OVER,
    Wording(
        subject=_("The campaign “%(campaign)s” is over"),
        lines=(_("Its last day has passed. Close it, and write down what it taught."),),
        action=_("To the campaign"),
        icon="flag",
    ),
)
