"""What exports tell by day."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.scoping import BrandOwned
from strategy.models import Channel


class ChannelDay(BrandOwned):
    """One figure of one day, of a channel or (with `external_id`) of one of its posts.

    `figure` is one of `analytics.formats.series.FIGURES`.
    """

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="days")
    external_id = models.CharField(max_length=120, blank=True)
    figure = models.CharField(_("figure"), max_length=24)
    day = models.DateField(_("day"))
    value = models.FloatField(_("value"))
    as_of = models.DateTimeField()
    file = models.ForeignKey("analytics.ImportFile", models.SET_NULL, null=True, related_name="+")

    class Meta(BrandOwned.Meta):
        verbose_name = _("figure of a day")
        verbose_name_plural = _("figures by day")
        constraints = [
            models.UniqueConstraint(fields=["channel", "external_id", "figure", "day"], name="channel_day_once")
        ]

    def __str__(self) -> str:
        return f"{self.channel_id} {self.figure} {self.day}: {self.value:g}"
