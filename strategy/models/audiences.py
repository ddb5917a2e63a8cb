"""Who the content is for."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.scoping import BrandOwned

# The texts of a persona that a person writes and that evidence can be given for.
CLAIMS = (
    *("job", "goals", "tried", "beliefs", "pains", "objections", "triggers", "trusted", "habits", "wanted"),
    *("words", "accessibility", "avoid"),
)


class Audience(BrandOwned):
    """A persona: a kind of people that the brand wants to reach, described by what its work needs to know."""

    class Gender(models.TextChoices):
        ANY = "", _("any")
        WOMEN = "women", _("mostly women")
        MEN = "men", _("mostly men")

    name = models.CharField(_("name"), max_length=120)
    segment = models.CharField(_("segment"), max_length=200, blank=True)
    age_from = models.PositiveSmallIntegerField(
        _("age from"), null=True, blank=True, validators=[MinValueValidator(13), MaxValueValidator(110)]
    )
    age_to = models.PositiveSmallIntegerField(
        _("age to"), null=True, blank=True, validators=[MinValueValidator(13), MaxValueValidator(110)]
    )
    gender = models.CharField(_("gender"), max_length=6, choices=Gender.choices, blank=True)
    countries = models.JSONField(_("countries"), default=list, blank=True)  # ISO 3166-1 alpha-2
    places = models.CharField(_("places"), max_length=200, blank=True)
    languages = models.JSONField(_("languages"), default=list, blank=True)  # ISO 639-1
    interests = models.JSONField(_("interests"), default=list, blank=True)
    job = models.TextField(_("job to be done"), blank=True)
    goals = models.TextField(_("goals"), blank=True)
    tried = models.TextField(_("what they tried, and why it failed"), blank=True)
    beliefs = models.TextField(_("what they must believe"), blank=True)
    pains = models.TextField(_("pains"), blank=True)
    objections = models.TextField(_("objections"), blank=True)
    triggers = models.TextField(_("triggers"), blank=True)
    trusted = models.TextField(_("whom they trust"), blank=True)
    habits = models.TextField(_("content habits"), blank=True)
    wanted = models.TextField(_("content they want"), blank=True)
    words = models.TextField(_("their words"), blank=True)
    accessibility = models.TextField(_("accessibility needs"), blank=True)
    avoid = models.TextField(_("never say"), blank=True)
    # 168 whole numbers from 0 (never) to 3 (mostly), Monday 00:00 first, in the brand's time; empty = not known.
    online_hours = models.JSONField(_("hours online"), default=list, blank=True)
    weight = models.PositiveSmallIntegerField(
        _("weight"),
        default=1,
        validators=[MinValueValidator(1), MaxValueValidator(10)],
        help_text=_("How much this audience counts when platforms are compared for the whole brand."),
    )
    archived_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(BrandOwned.Meta):
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                "brand", Lower("name"), name="audience_once", condition=models.Q(archived_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return self.name


class Evidence(BrandOwned):
    """What one claim of a persona rests on."""

    class Kind(models.TextChoices):
        SURVEY = "survey", _("survey")
        ANALYTICS = "analytics", _("analytics")
        INTERVIEWS = "interviews", _("interviews")
        RESEARCH = "research", _("published research")
        ASSUMPTION = "assumption", _("assumption")

    audience = models.ForeignKey(Audience, models.CASCADE, related_name="evidence")
    claim = models.CharField(_("what it supports"), max_length=20)  # one of CLAIMS, or demographics, online_hours
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    detail = models.CharField(_("source"), max_length=300, blank=True)
    people = models.PositiveIntegerField(_("people asked or counted"), null=True, blank=True)
    day = models.DateField(_("day"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(BrandOwned.Meta):
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["claim", "id"]

    def __str__(self) -> str:
        return f"{self.claim}: {self.get_kind_display()}"
