"""What people are told about a crisis plan."""

from django.utils.translation import gettext_lazy as _

from accounts.notices import Wording, register

IN_FORCE = "crisis.in_force"
REMINDER = "crisis.reminder"
TO_APPROVE = "crisis.to_approve"

register(
    IN_FORCE,
    Wording(
        subject=_("The crisis plan of %(brand)s is in force: version %(number)s"),
        lines=(_("Open it once, so that it can be read without a network too."), _("A word with it: %(note)s")),
        action=_("Open the crisis plan"),
        icon="alert",
    ),
)
register(
    REMINDER,
    Wording(
        subject=_("Please open the crisis plan of %(brand)s"),
        lines=(_("%(by)s reminds you: version %(number)s waits to be read."),),
        action=_("Open the crisis plan"),
        icon="alert",
    ),
)
register(
    TO_APPROVE,
    Wording(
        subject=_("The crisis plan of %(brand)s waits for approval: version %(number)s"),
        lines=(_("%(by)s handed it in. Whoever wrote it cannot approve it."), _("A word with it: %(note)s")),
        action=_("Read and decide"),
        icon="alert",
    ),
)
