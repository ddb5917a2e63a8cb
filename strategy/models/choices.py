"""Which platforms carry the content, and which do not, with the reasons."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.scoping import BrandOwned
from strategy.platforms import PLATFORM_CHOICES


class PlatformChoice(BrandOwned):
    """The brand's decision on a platform, with the score as it stood when it was taken."""

    class Decision(models.TextChoices):
        CHOSEN = "chosen", pgettext_lazy("platform", "chosen")
        REJECTED = "rejected", pgettext_lazy("platform", "left out")
        LATER = "later", pgettext_lazy("platform", "later")

    platform = models.CharField(_("platform"), max_length=20, choices=PLATFORM_CHOICES)
    decision = models.CharField(_("decision"), max_length=8, choices=Decision.choices)
    reason = models.TextField(_("reason"))
    review_on = models.DateField(_("review on"), null=True, blank=True)
    score = models.FloatField(null=True, blank=True)
    breakdown = models.JSONField(default=dict)
    overruled = models.BooleanField(default=False)  # decided against what the score ranked
    decided_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta(BrandOwned.Meta):
        verbose_name = _("platform choice")
        verbose_name_plural = _("platform choices")
        ordering = ["platform"]
        constraints = [models.UniqueConstraint(fields=["brand", "platform"], name="platform_choice_once")]

    def __str__(self) -> str:
        return f"{self.get_platform_display()}: {self.get_decision_display()}"


class FitSettings(BrandOwned):
    """How a brand weighs the parts of a platform's fit, and what its team can produce."""

    weights = models.JSONField(default=dict)  # part of the score → weight; empty = the defaults
    hours_per_week = models.DecimalField(
        _("hours per week for content"),
        max_digits=6,
        decimal_places=1,
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(2000)],
    )
    # format → {"hours": for one piece, "can": whether the team makes it}
    formats = models.JSONField(default=dict, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(BrandOwned.Meta):
        constraints = [models.UniqueConstraint(fields=["brand"], name="fit_settings_once")]

    def __str__(self) -> str:
        return f"{self.hours_per_week}"
