"""Words for what a background job is and where it stands."""

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.models import Job

register = template.Library()
KINDS = {
    "analytics.import_files": gettext_lazy("Importing your files"),
    "analytics.undo_import": gettext_lazy("Undoing the import"),
    "analytics.redo_import": gettext_lazy("Bringing the import back"),
    "analytics.compare_imports": gettext_lazy("Comparing the imports"),
    "analytics.best_times": gettext_lazy("Computing the best times"),
    "analytics.roi_report": gettext_lazy("Computing the ROI report"),
    "analytics.effects": gettext_lazy("Comparing the posts"),
    "calendar.bring_in": gettext_lazy("Bringing entries in"),
    "analytics.kpis": gettext_lazy("Taking the readings of the objectives"),
    "analytics.match_tasks": gettext_lazy("Looking for planned posts among the published ones"),
}
PHASES = {
    "reading": gettext_lazy("Reading the rows"),
    "rereading": gettext_lazy("Reading the files again"),
    "storing": gettext_lazy("Storing the rows"),
    "summing": gettext_lazy("Adding up the figures"),
    "fitting": gettext_lazy("Learning from the figures"),
    "readings": gettext_lazy("Taking the readings"),
    "costs": gettext_lazy("Reading the costs"),
    "conversions": gettext_lazy("Reading the conversions"),
    "posts": gettext_lazy("Adding up the posts"),
    "figures": gettext_lazy("Computing the figures"),
    "matching": gettext_lazy("Comparing texts and hours"),
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


# Below these, what is left is a guess that the next second proves wrong.
LEAST_SHARE = 0.05
LEAST_SECONDS = 5


@register.filter
def left_words(job: Job) -> str:
    """The time that is left if the work goes on as fast as so far; "" while that cannot be told."""
    if job.state != Job.State.RUNNING or job.started_at is None or job.progress < LEAST_SHARE:
        return ""
    spent = (timezone.now() - job.started_at).total_seconds()
    if spent < LEAST_SECONDS:
        return ""
    left = spent * (1 - job.progress) / job.progress
    if left < 60:
        return _("less than a minute left")
    minutes = round(left / 60)
    return ngettext("about %(n)s minute left", "about %(n)s minutes left", minutes) % {"n": minutes}
