"""What the brand wants to reach, measurable and dated, and how far it is."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.scoping import BrandOwned
from strategy.models.audiences import Audience
from strategy.models.channels import Channel


class Goal(BrandOwned):
    """What the company itself wants; objectives serve it."""

    name = models.CharField(_("business goal"), max_length=200)
    why = models.TextField(_("why"), blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    version = models.PositiveIntegerField(default=1)

    class Meta(BrandOwned.Meta):
        verbose_name = _("business goal")
        verbose_name_plural = _("business goals")
        ordering = ["position", "id"]

    def __str__(self) -> str:
        return self.name


class Objective(BrandOwned):
    """One KPI to be brought from a baseline to a target by a day."""

    class Counting(models.TextChoices):
        LEVEL = "level", _("as it stands on a day")
        PERIOD = "period", _("per four weeks")
        TOTAL = "total", _("all together since the start")

    class Direction(models.TextChoices):
        UP = "up", _("higher is better")
        DOWN = "down", _("lower is better")

    goal = models.ForeignKey(
        Goal, models.PROTECT, null=True, blank=True, related_name="objectives", verbose_name=_("business goal")
    )
    parent = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="parts", verbose_name=_("serves")
    )
    statement = models.CharField(_("statement"), max_length=300)
    kpi = models.CharField(_("KPI"), max_length=40)  # of strategy.kpis.KPIS
    counting = models.CharField(_("counted"), max_length=8, choices=Counting.choices)
    direction = models.CharField(_("direction"), max_length=4, choices=Direction.choices, default=Direction.UP)
    baseline = models.FloatField(_("baseline"), null=True, blank=True)
    baseline_from = models.DateField(_("baseline from"), null=True, blank=True)
    baseline_to = models.DateField(_("baseline to"), null=True, blank=True)
    baseline_source = models.CharField(_("source of the baseline"), max_length=200, blank=True)
    target = models.FloatField(_("target value"), null=True, blank=True)
    start = models.DateField(_("start"))
    deadline = models.DateField(_("deadline"))
    audience = models.ForeignKey(
        Audience, models.PROTECT, null=True, blank=True, related_name="objectives", verbose_name=_("audience")
    )
    platforms = models.JSONField(_("platforms"), default=list, blank=True)
    owner = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who answers for it")
    )
    weight = models.PositiveSmallIntegerField(
        _("weight"), default=1, validators=[MinValueValidator(1), MaxValueValidator(10)]
    )
    assumptions = models.TextField(_("assumptions"), blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    # What its readings and weeks told when they last changed: see `strategy.services.readings`.
    outlook = models.JSONField(default=dict, editable=False)
    version = models.PositiveIntegerField(default=1)

    class Meta(BrandOwned.Meta):
        verbose_name = _("objective")
        verbose_name_plural = _("objectives")
        ordering = ["deadline", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(deadline__gt=models.F("start")), name="objective_ends_after_start"
            )
        ]

    def __str__(self) -> str:
        return self.statement


class ObjectiveReading(BrandOwned):
    """Where the KPI of an objective stood."""

    class Source(models.TextChoices):
        IMPORT = "import", _("imported data")
        HAND = "hand", _("entered by hand")

    objective = models.ForeignKey(Objective, models.CASCADE, related_name="readings")
    day = models.DateField(_("day"))
    value = models.FloatField(_("value"))
    low = models.FloatField(null=True)  # bounds of 90 %, where the figure is a rate or a mean
    high = models.FloatField(null=True)
    n = models.PositiveIntegerField(null=True)  # posts, days or visits that it rests on
    source = models.CharField(_("source"), max_length=8, choices=Source.choices)
    note = models.CharField(_("note"), max_length=200, blank=True)
    entered_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta(BrandOwned.Meta):
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(fields=["objective", "source", "day"], name="objective_reading_once")
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.value:g}"


class KpiWeek(BrandOwned):
    """What one week (Monday to Sunday, the brand's time) adds to a KPI, written by analytics after an import.

    A rate is the sum of numerators over that of denominators, never a mean of rates; the sums of squares give its
    interval. A level keeps the last value of the week in `numerator`. Without a channel it is the whole brand's.
    """

    channel = models.ForeignKey(Channel, models.CASCADE, null=True, blank=True, related_name="+")
    platform = models.CharField(max_length=20, blank=True)
    kpi = models.CharField(max_length=40)
    week = models.DateField()
    n = models.PositiveIntegerField()
    numerator = models.FloatField()
    denominator = models.FloatField(null=True)
    squares = models.FloatField(null=True)  # of the numerators
    cross = models.FloatField(null=True)  # numerator times denominator
    denominator_squares = models.FloatField(null=True)

    class Meta(BrandOwned.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["channel", "kpi", "week"],
                name="kpi_week_of_channel_once",
                condition=models.Q(channel__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["brand", "platform", "kpi", "week"],
                name="kpi_week_of_brand_once",
                condition=models.Q(channel__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kpi} {self.week}: {self.numerator:g}"
