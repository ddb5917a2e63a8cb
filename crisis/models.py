"""A brand’s crisis plan, its parts, its versions and its drills."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.scoping import BrandOwned
from strategy.platforms import PLATFORM_NAMES, SOCIAL_PLATFORMS

LANGUAGE_CHOICES = [("en", _("English")), ("it", _("Italian"))]
PLATFORMS = [(slug, PLATFORM_NAMES[slug]) for slug in SOCIAL_PLATFORMS]


class Grade(models.IntegerChoices):
    ROUTINE = 0, pgettext_lazy("level of severity", "routine")
    WATCH = 1, pgettext_lazy("level of severity", "watch")
    ALERT = 2, pgettext_lazy("level of severity", "alert")
    CRISIS = 3, pgettext_lazy("level of severity", "crisis")


class Slot(models.TextChoices):
    LEAD = "lead", _("incident lead")
    CM = "cm", _("community manager on duty")
    SPOKESPERSON = "spokesperson", _("spokesperson")
    APPROVER = "approver", _("who approves texts")
    EXPERT = "expert", _("subject expert")
    CLIENT = "client", _("client contact")


class CrisisPlan(BrandOwned):
    """The draft of the plan; what people follow is its version in force."""

    do = models.JSONField(_("do"), default=list, blank=True)
    avoid = models.JSONField(_("do not"), default=list, blank=True)
    steps = models.JSONField(_("decision steps"), default=list, blank=True)  # [{"question": …, "answer": …}]
    otherwise = models.CharField(_("if every answer is no"), max_length=300, blank=True)
    first_hour = models.JSONField(_("first hour"), default=list, blank=True)
    first_day = models.JSONField(_("first day"), default=list, blank=True)
    first_week = models.JSONField(_("first week"), default=list, blank=True)
    pauses = models.JSONField(_("to switch off by hand"), default=list, blank=True)
    stakeholders = models.JSONField(_("who is to be told"), default=list, blank=True)
    words = models.JSONField(_("words to watch"), default=list, blank=True)
    legal = models.TextField(_("legal and privacy notes"), blank=True)
    aftercare = models.TextField(_("after-care"), blank=True)
    review_every_days = models.PositiveSmallIntegerField(
        _("review after days"), default=180, validators=[MinValueValidator(7), MaxValueValidator(730)]
    )
    version = models.PositiveIntegerField(default=1)

    class Meta(BrandOwned.Meta):
        verbose_name = _("crisis plan")
        verbose_name_plural = _("crisis plans")
        constraints = [models.UniqueConstraint(fields=["brand"], name="crisis_plan_once")]

    def __str__(self) -> str:
        return str(self.brand)


class SeverityLevel(BrandOwned):
    """How one level is told from the others, and how fast people act on it."""

    number = models.PositiveSmallIntegerField(choices=Grade.choices)
    signs = models.JSONField(_("signs"), default=list, blank=True)
    may_reply = models.CharField(_("who may reply"), max_length=200, blank=True)
    approver = models.CharField(_("who clears texts"), max_length=12, choices=Slot.choices, default=Slot.APPROVER)
    deputy_after = models.PositiveSmallIntegerField(_("minutes until the deputy is called"), default=15)
    first_text = models.PositiveSmallIntegerField(_("minutes until the first text"), default=60)
    update_every = models.PositiveSmallIntegerField(_("minutes between updates"), default=120)
    version = models.PositiveIntegerField(default=1)

    class Meta(BrandOwned.Meta):
        verbose_name = _("severity level")
        verbose_name_plural = _("severity levels")
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["brand", "number"], name="severity_level_once")]

    def __str__(self) -> str:
        return f"{self.number} · {self.get_number_display()}"


class Scenario(BrandOwned):
    """One thing that may happen, and what is done first when it does."""

    class Cluster(models.TextChoices):
        VICTIM = "victim", _("we are a victim too")
        ACCIDENTAL = "accidental", _("an accident")
        PREVENTABLE = "preventable", _("it could have been prevented")

    title = models.CharField(_("scenario"), max_length=120)
    cluster = models.CharField(_("how it will look"), max_length=12, choices=Cluster.choices)
    level = models.PositiveSmallIntegerField(_("level to begin with"), choices=Grade.choices, default=Grade.ALERT)
    signs = models.JSONField(_("signs"), default=list, blank=True)
    facts = models.JSONField(_("facts to check"), default=list, blank=True)
    actions = models.JSONField(_("first actions"), default=list, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(BrandOwned.Meta):
        verbose_name = _("scenario")
        verbose_name_plural = _("scenarios")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["brand", "title"], name="scenario_once")]

    def __str__(self) -> str:
        return self.title


class Contact(BrandOwned):
    """Somebody to call: the first of a role, or a deputy."""

    slot = models.CharField(_("role"), max_length=12, choices=Slot.choices)
    order = models.PositiveSmallIntegerField(
        _("called as number"), default=1, validators=[MinValueValidator(1), MaxValueValidator(9)]
    )
    user = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("person in Timone")
    )
    name = models.CharField(_("name"), max_length=120)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    hours = models.CharField(_("when to reach"), max_length=120, blank=True)
    at_night = models.BooleanField(_("may be called at night"), default=False)
    checked_on = models.DateField(_("number checked on"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(BrandOwned.Meta):
        verbose_name = pgettext_lazy("crisis plan", "contact")
        verbose_name_plural = pgettext_lazy("crisis plan", "contacts")
        ordering = ["slot", "order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["brand", "slot", "order"], name="contact_order_once"),
            models.UniqueConstraint(
                fields=["brand", "slot", "user"],
                name="contact_person_once",
                condition=models.Q(user__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class HoldingStatement(BrandOwned):
    """A text that may be published before the facts are known, for one platform in one language."""

    scenario = models.ForeignKey(
        Scenario,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="statements",
        verbose_name=_("scenario"),
    )
    platform = models.CharField(_("platform"), max_length=16, choices=PLATFORMS)
    language = models.CharField(_("language"), max_length=8, choices=LANGUAGE_CHOICES)
    text = models.TextField(_("text"))
    version = models.PositiveIntegerField(default=1)

    class Meta(BrandOwned.Meta):
        verbose_name = _("holding statement")
        verbose_name_plural = _("holding statements")
        ordering = ["scenario", "platform", "language", "id"]

    def __str__(self) -> str:
        return f"{PLATFORM_NAMES.get(self.platform, self.platform)} · {self.language}"


class PlanVersion(BrandOwned):
    """The plan as it was handed in for approval. Its content never changes."""

    class State(models.TextChoices):
        WAITING = "waiting", _("in approval")
        IN_FORCE = "in_force", _("in force")
        SUPERSEDED = "superseded", _("superseded")
        WITHDRAWN = "withdrawn", _("withdrawn")

    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    content = models.JSONField()
    note = models.CharField(_("what changed and why"), max_length=500, blank=True)
    handed_in_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    handed_in_at = models.DateTimeField()
    approved_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    review_by = models.DateField(null=True, blank=True)

    class Meta(BrandOwned.Meta):
        verbose_name = _("version of the crisis plan")
        verbose_name_plural = _("versions of the crisis plan")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["brand", "number"], name="plan_version_once"),
            models.UniqueConstraint(
                fields=["brand"], name="plan_in_force_once", condition=models.Q(state="in_force")
            ),
        ]

    def __str__(self) -> str:
        return f"v{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Only its state is ever written again."""
        if not self._state.adding and "content" in (kwargs.get("update_fields") or ["content"]):
            raise TypeError("The content of a version never changes.")
        super().save(*args, **kwargs)


class Drill(BrandOwned):
    """A crisis that was played through, and what it showed."""

    class Result(models.TextChoices):
        GOOD = "p", _("performed")
        SOME = "s", _("performed with some difficulty")
        MAJOR = "m", _("performed with major difficulty")
        UNABLE = "u", _("could not be performed")

    day = models.DateField(_("day"))
    scenario = models.ForeignKey(
        Scenario, models.SET_NULL, null=True, blank=True, related_name="drills", verbose_name=_("scenario")
    )
    plan_version = models.ForeignKey(PlanVersion, models.SET_NULL, null=True, blank=True, related_name="drills")
    minutes_to_plan = models.PositiveSmallIntegerField(_("minutes until the plan was open"), null=True, blank=True)
    minutes_to_lead = models.PositiveSmallIntegerField(
        _("minutes until the lead was reached"), null=True, blank=True
    )
    minutes_to_text = models.PositiveSmallIntegerField(_("minutes until the first text"), null=True, blank=True)
    result = models.CharField(_("result"), max_length=1, choices=Result.choices)
    showed = models.TextField(_("what it showed"))
    version = models.PositiveIntegerField(default=1)

    class Meta(BrandOwned.Meta):
        verbose_name = _("drill")
        verbose_name_plural = _("drills")
        ordering = ["-day", "-id"]

    def __str__(self) -> str:
        return str(self.scenario or self.day)
