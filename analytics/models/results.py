"""What is computed from the imports."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Job, User
from accounts.scoping import BrandOwned
from strategy.models import Channel


class EngagementHour(models.Model):
    """One week of a channel: per hour of week, format, paid and reply the sums of log(1 + figure), packed.

    These are all that best times read (`analytics.hour_sums` packs and unpacks `groups`). Weeks begin on Monday
    00:00 UTC; the hour of week is the channel's own (0 = Monday 00:00). Rebuilt week by week for the weeks that
    an import touched, and for those whose basis (time zone, maturity, layout) is no longer the channel's.
    """

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="engagement_hours")
    week = models.DateField()
    time_zone = models.CharField(max_length=64)
    maturity_hours = models.PositiveIntegerField()
    layout = models.PositiveSmallIntegerField()
    posts = models.PositiveIntegerField()
    replies = models.PositiveIntegerField()
    day_only = models.PositiveIntegerField()
    immature = models.PositiveIntegerField()
    formats = models.JSONField(default=list)
    groups = models.BinaryField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "week"], name="engagement_hour_once")]

    def __str__(self) -> str:
        return f"{self.channel_id} {self.week}"


class StaleWeek(models.Model):
    """A week whose posts changed since its sums were built. Written by the import that changed them."""

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="stale_weeks")
    week = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "week"], name="stale_week_once")]

    def __str__(self) -> str:
        return f"{self.channel_id} {self.week}"


class KpiChange(models.Model):
    """Weeks of one feed that changed since the KPIs were summed; written in the transaction that changed them.

    Posts and days belong to a channel, ads, visits and orders to a brand. `weeks` are ISO Mondays, of UTC for
    posts and of the brand's calendar else. Notes are only ever added and taken, so that imports never wait for
    sums.
    """

    class Feed(models.TextChoices):
        POSTS = "posts"
        DAYS = "days"
        ADS = "ads"
        VISITS = "visits"
        ORDERS = "orders"

    brand = models.ForeignKey("accounts.Brand", models.CASCADE, null=True, related_name="+")
    channel = models.ForeignKey(Channel, models.CASCADE, null=True, related_name="+")
    feed = models.CharField(max_length=8, choices=Feed.choices)
    weeks = models.JSONField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(brand__isnull=True) ^ models.Q(channel__isnull=True),
                name="kpi_change_of_brand_or_channel",
            )
        ]

    def __str__(self) -> str:
        return f"{self.feed} {len(self.weeks)}"


class BestTimes(BrandOwned):
    """When a channel's audience reacts: 168 hours of the week with lift, interval and n."""

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="best_times")
    metric = models.CharField(max_length=12)
    computed_at = models.DateTimeField()
    time_zone = models.CharField(max_length=64)
    posts = models.PositiveIntegerField()
    evidence = models.CharField(max_length=10)
    cells = models.JSONField()
    recommended = models.JSONField()
    notes = models.JSONField(default=list)
    settings = models.JSONField(default=dict)
    # What the posts alone tell about the shape of a week, for the prior of the agency's other channels.
    information = models.BinaryField(default=bytes)

    class Meta(BrandOwned.Meta):
        verbose_name = _("best times")
        verbose_name_plural = _("best times")
        constraints = [models.UniqueConstraint(fields=["channel", "metric"], name="best_times_once")]

    def __str__(self) -> str:
        return f"{self.channel_id} {self.metric}"


class RoiReport(BrandOwned):
    """Cost and return over a period, with the inputs it was computed from."""

    class State(models.TextChoices):
        WAITING = "waiting", _("being computed")
        DONE = "done", _("computed")
        FAILED = "failed", _("not computed")

    title = models.CharField(_("title"), max_length=200, blank=True)
    start = models.DateField(_("from"))
    end = models.DateField(_("to"))
    currency = models.CharField(_("currency"), max_length=3)
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    inputs = models.JSONField(null=True)
    results = models.JSONField(null=True)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+")
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    computed_at = models.DateTimeField(null=True)

    class Meta(BrandOwned.Meta):
        verbose_name = _("ROI report")
        verbose_name_plural = _("ROI reports")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.title or f"{self.start} – {self.end}"
