"""Posts that are planned: what a content calendar holds before anything is published."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.scoping import BrandOwned
from strategy.models import Channel


class PlannedPost(BrandOwned):
    """One post that is to be published on one channel, as an imported calendar tells it.

    `at` is None for one without a day; without `is_exact` only the day is planned, and `at` is its midnight in the
    file's time zone. `account` is what the file calls the channel, where no channel of the brand is meant by it.
    """

    channel = models.ForeignKey(Channel, models.SET_NULL, null=True, blank=True, related_name="planned_posts")
    platform = models.CharField(_("platform"), max_length=20, blank=True)
    account = models.CharField(_("account"), max_length=200, blank=True)
    at = models.DateTimeField(_("planned for"), null=True)
    is_exact = models.BooleanField(default=True)
    format = models.CharField(_("format"), max_length=20, blank=True)
    title = models.CharField(_("title"), max_length=300, blank=True)
    text = models.TextField(_("text"), blank=True)
    link = models.CharField(_("link"), max_length=1000, blank=True)
    media = models.TextField(_("media"), blank=True)  # addresses, one a line
    labels = models.CharField(_("labels"), max_length=300, blank=True)
    external_id = models.CharField(max_length=120, blank=True)
    file = models.ForeignKey("analytics.ImportFile", models.SET_NULL, null=True, blank=True, related_name="+")
    # Tells the same post of a later export of the calendar.
    row_key = models.CharField(max_length=64)
    as_of = models.DateTimeField(null=True)

    class Meta(BrandOwned.Meta):
        verbose_name = _("planned post")
        verbose_name_plural = _("planned posts")
        ordering = ["at", "id"]
        indexes = [models.Index(fields=["brand", "at"], name="planned_by_time")]
        constraints = [
            models.UniqueConstraint(
                fields=["brand", "row_key"], name="planned_post_once", condition=~Q(row_key="")
            )
        ]

    def __str__(self) -> str:
        return (self.title or self.text)[:80]
