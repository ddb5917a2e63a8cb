"""What worked and what did not, as it was computed once."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Job, User
from accounts.scoping import BrandOwned


class EffectsReport(BrandOwned):
    """What set the posts of a period apart in one figure.

    `posts` holds the posts that were counted, each with its figure and traits (`analytics.effects.packed`),
    `inputs` what was left out, how old the figures were and what campaigns and accounts were called, so that the
    report reads the same, and can be opened to its posts, when posts and names have changed. A later look is a new
    report with the next number.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("being computed")
        DONE = "done", _("computed")

    class Metric(models.TextChoices):
        ENGAGEMENTS = "engagements", _("engagements")
        REACH = "reach", _("reach")
        SAVES = "saves", _("saves")
        CLICKS = "clicks", _("clicks")
        SHARES = "shares", _("shares")
        COMMENTS = "comments", _("comments")
        VIDEO_VIEWS = "video_views", _("video views")

    number = models.PositiveIntegerField()
    start = models.DateField(_("from"))
    end = models.DateField(_("to"))
    metric = models.CharField(_("figure"), max_length=12, choices=Metric.choices)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    inputs = models.JSONField(null=True)
    posts = models.BinaryField(default=bytes)
    results = models.JSONField(null=True)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+")
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    computed_at = models.DateTimeField(null=True)

    class Meta(BrandOwned.Meta):
        verbose_name = _("report of what worked")
        verbose_name_plural = _("reports of what worked")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["brand", "number"], name="effects_report_numbered_once")]

    def __str__(self) -> str:
        return f"{self.number}: {self.metric} {self.start} – {self.end}"
