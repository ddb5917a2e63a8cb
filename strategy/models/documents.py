"""The strategy as people agree on it: pillars of the content, and versions of the whole."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.scoping import BrandOwned
from strategy.models.audiences import Audience


class ContentPillar(BrandOwned):
    """A theme that the brand keeps coming back to."""

    name = models.CharField(_("name"), max_length=120)
    purpose = models.TextField(_("purpose"), blank=True)
    share = models.PositiveSmallIntegerField(
        _("share of the mix"), validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    audience = models.ForeignKey(
        Audience, models.PROTECT, null=True, blank=True, related_name="pillars", verbose_name=_("audience")
    )
    examples = models.TextField(_("examples"), blank=True)
    avoid = models.TextField(_("what it is not"), blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    archived_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(BrandOwned.Meta):
        verbose_name = _("content pillar")
        verbose_name_plural = _("content pillars")
        ordering = ["position", "id"]
        constraints = [
            models.UniqueConstraint(
                "brand", Lower("name"), name="pillar_once", condition=models.Q(archived_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return self.name


class Strategy(BrandOwned):
    """What stands above audiences, platforms and objectives: one per brand."""

    situation = models.TextField(_("where we stand"), blank=True)
    positioning = models.TextField(_("positioning"), blank=True)
    constraints = models.TextField(_("constraints"), blank=True)
    start = models.DateField(_("from"), null=True, blank=True)
    end = models.DateField(_("to"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(BrandOwned.Meta):
        verbose_name = _("strategy")
        verbose_name_plural = _("strategies")
        constraints = [models.UniqueConstraint(fields=["brand"], name="strategy_once")]

    def __str__(self) -> str:
        return str(self.brand)


class StrategyVersion(BrandOwned):
    """The whole strategy as it was proposed; it never changes afterwards. proposed → agreed → superseded."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("proposed")
        AGREED = "agreed", _("agreed")
        SUPERSEDED = "superseded", _("superseded")
        WITHDRAWN = "withdrawn", _("withdrawn")

    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROPOSED)
    content = models.JSONField()
    note = models.CharField(_("what changed and why"), max_length=500, blank=True)
    proposed_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    proposed_at = models.DateTimeField()
    agreed_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    agreed_with = models.CharField(_("agreed with"), max_length=200, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)

    class Meta(BrandOwned.Meta):
        verbose_name = _("version of the strategy")
        verbose_name_plural = _("versions of the strategy")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["brand", "number"], name="strategy_version_once")]

    def __str__(self) -> str:
        return f"v{self.number}"
