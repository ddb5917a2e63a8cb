"""Words for what a background job is and where it stands."""

from django import template
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Job

register = template.Library()
KINDS = {
    "analytics.import_files": gettext_lazy("Importing your files"),
    "analytics.best_times": gettext_lazy("Computing the best times"),
    "analytics.roi_report": gettext_lazy("Computing the ROI report"),
}
PHASES = {
    "reading": gettext_lazy("Reading the rows"),
    "storing": gettext_lazy("Storing the rows"),
    "summing": gettext_lazy("Adding up the figures"),
    "fitting": gettext_lazy("Learning from the figures"),
    "costs": gettext_lazy("Reading the costs"),
    "conversions": gettext_lazy("Reading the conversions"),
    "posts": gettext_lazy("Adding up the posts"),
    "figures": gettext_lazy("Computing the figures"),
    "computing": gettext_lazy("Computing"),
}


@register.filter
def kind_words(job: Job) -> str:
    return str(KINDS.get(job.kind, _("Working")))


@register.filter
def phase_words(job: Job) -> str:
    """Where the job stands: waiting, or its phase with the share that is done."""
    if job.state == Job.State.QUEUED:
        return _("Waiting for its turn")
    phase = PHASES.get(job.phase, PHASES["computing"])
    return _("%(phase)s: %(share)d %% done") % {"phase": phase, "share": round(100 * job.progress)}
