"""Campaigns: the strategy worked out for a stretch of time, and the names under which its links are counted."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User
from accounts.scoping import BrandOwned
from strategy.models.audiences import Audience
from strategy.models.channels import Channel
from strategy.models.documents import ContentPillar
from strategy.models.objectives import Objective
from strategy.platforms import PLATFORM_CHOICES


class UtmConvention(BrandOwned):
    """How this brand writes the UTM values of its links. One per brand; without it the defaults hold."""

    # platform -> utm_source; a platform that is missing is written by its own key.
    sources = models.JSONField(_("sources"), default=dict, blank=True)
    mediums = models.JSONField(_("mediums"), default=list, blank=True)
    # Made of {yyyymm}, {brand}, {slug}; and of {format}, {id}.
    campaign_pattern = models.CharField(
        _("pattern of the campaign"), max_length=80, default="{yyyymm}_{brand}_{slug}"
    )
    content_pattern = models.CharField(_("pattern of the content"), max_length=80, default="{format}_{id}")
    longest = models.PositiveSmallIntegerField(
        _("longest value"), default=60, validators=[MinValueValidator(20), MaxValueValidator(100)]
    )
    version = models.PositiveIntegerField(default=1)

    class Meta(BrandOwned.Meta):
        verbose_name = _("UTM convention")
        verbose_name_plural = _("UTM conventions")
        constraints = [models.UniqueConstraint(fields=["brand"], name="utm_convention_once")]

    def __str__(self) -> str:
        return self.campaign_pattern


class Campaign(BrandOwned):
    """One push towards objectives: for whom, where, with what message, by when and for how much."""

    class Kind(models.TextChoices):
        LAUNCH = "launch", _("launch")
        ALWAYS_ON = "always_on", _("always on")
        EVENT = "event", _("event")
        RECRUITMENT = "recruitment", _("recruitment")
        CRISIS = "crisis", _("crisis follow-up")
        OTHER = "other", _("other")

    class Status(models.TextChoices):
        DRAFT = "draft", _("draft")
        READY = "ready", _("ready")
        HANDED_OVER = "handed_over", _("handed over")
        RUNNING = "running", _("running")
        CLOSED = "closed", pgettext_lazy("campaign", "closed")
        REVIEWED = "reviewed", _("reviewed")

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices, default=Kind.OTHER)
    status = models.CharField(_("status"), max_length=12, choices=Status.choices, default=Status.DRAFT)
    start = models.DateField(_("start"))
    end = models.DateField(_("end"))
    audiences = models.ManyToManyField(Audience, related_name="campaigns", blank=True, verbose_name=_("audiences"))
    channels = models.ManyToManyField(Channel, related_name="campaigns", blank=True, verbose_name=_("channels"))
    pillars = models.ManyToManyField(
        ContentPillar, related_name="campaigns", blank=True, verbose_name=_("content pillars")
    )
    why_now = models.TextField(_("why now"), blank=True)
    insight = models.TextField(_("insight"), blank=True)
    key_message = models.CharField(_("key message"), max_length=300, blank=True)
    proof = models.TextField(_("proof"), blank=True)
    tone = models.TextField(_("tone of voice"), blank=True)
    call_to_action = models.CharField(_("call to action"), max_length=200, blank=True)
    do = models.TextField(_("do"), blank=True)
    avoid = models.TextField(_("don't"), blank=True)
    deliverables = models.TextField(_("deliverables"), blank=True)
    legal = models.TextField(_("legal notes"), blank=True)
    risks = models.TextField(_("risks"), blank=True)
    hashtags = models.JSONField(_("hashtags"), default=list, blank=True)
    landing_pages = models.JSONField(_("landing pages"), default=list, blank=True)  # addresses
    owner = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who answers for it")
    )
    approver = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who approves it")
    )
    utm_campaign = models.CharField(_("UTM campaign"), max_length=100, blank=True)
    utm_medium = models.CharField(_("UTM medium"), max_length=100, blank=True, default="social")
    utm_term = models.CharField(_("UTM term"), max_length=100, blank=True)
    # Other names that ads and visits of this campaign bear in imported files.
    other_names = models.JSONField(_("other names in imported files"), default=list, blank=True)
    copied_from = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="copies")
    archived_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(BrandOwned.Meta):
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["start", "id"]
        constraints = [
            models.UniqueConstraint("brand", Lower("name"), name="campaign_once"),
            models.UniqueConstraint(
                fields=["brand", "utm_campaign"], name="campaign_utm_once", condition=~models.Q(utm_campaign="")
            ),
            models.CheckConstraint(
                condition=models.Q(end__gte=models.F("start")), name="campaign_ends_after_start"
            ),
        ]
        indexes = [models.Index(fields=["brand", "start", "end"], name="campaign_by_time")]

    def __str__(self) -> str:
        return self.name


class CampaignObjective(BrandOwned):
    """A success criterion: the share of an objective's way that a campaign is to deliver."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="criteria")
    objective = models.ForeignKey(Objective, models.PROTECT, related_name="campaigns", verbose_name=_("objective"))
    share = models.PositiveSmallIntegerField(
        _("share of the way"), default=100, validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    note = models.CharField(_("how it will"), max_length=300, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(BrandOwned.Meta):
        verbose_name = _("success criterion")
        verbose_name_plural = _("success criteria")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["campaign", "objective"], name="campaign_objective_once")]

    def __str__(self) -> str:
        return f"{self.share} % · {self.objective}"


class CampaignBudget(BrandOwned):
    """Money planned for a platform, in the brand's currency."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="budgets")
    platform = models.CharField(_("platform"), max_length=20, choices=PLATFORM_CHOICES, blank=True)
    amount = models.DecimalField(_("amount"), max_digits=14, decimal_places=2, validators=[MinValueValidator(0)])
    note = models.CharField(_("what for"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(BrandOwned.Meta):
        verbose_name = _("planned money")
        verbose_name_plural = _("planned money")
        ordering = ["platform", "id"]
        constraints = [models.UniqueConstraint(fields=["campaign", "platform"], name="campaign_budget_once")]

    def __str__(self) -> str:
        return f"{self.get_platform_display() or '–'} {self.amount}"


class Milestone(BrandOwned):
    """A day that matters within a campaign."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="milestones")
    day = models.DateField(_("day"))
    name = models.CharField(_("milestone"), max_length=200)
    version = models.PositiveIntegerField(default=1)

    class Meta(BrandOwned.Meta):
        verbose_name = _("milestone")
        verbose_name_plural = _("milestones")
        ordering = ["day", "id"]

    def __str__(self) -> str:
        return f"{self.day}: {self.name}"


class CampaignPerson(BrandOwned):
    """Who is in the team of a campaign, and for what."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="team")
    user = models.ForeignKey(User, models.CASCADE, related_name="+", verbose_name=_("person"))
    part = models.CharField(_("part"), max_length=120, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(BrandOwned.Meta):
        verbose_name = _("member of the team")
        verbose_name_plural = _("team")
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["campaign", "user"], name="campaign_person_once")]

    def __str__(self) -> str:
        return str(self.user)


class Lesson(BrandOwned):
    """What a campaign taught, what it rests on, and what is done about it."""

    class Verdict(models.TextChoices):
        KEEP = "keep", _("keep")
        CHANGE = "change", _("change")
        STOP = "stop", _("stop")

    finding = models.CharField(_("finding"), max_length=300)
    verdict = models.CharField(_("verdict"), max_length=8, choices=Verdict.choices)
    evidence = models.TextField(_("what it rests on"))
    evidence_link = models.CharField(_("link to the figures"), max_length=500, blank=True)
    cause = models.TextField(_("likely cause"), blank=True)
    action = models.TextField(_("what we do about it"), blank=True)
    campaign = models.ForeignKey(
        Campaign, models.SET_NULL, null=True, blank=True, related_name="lessons", verbose_name=_("taught by")
    )
    audiences = models.ManyToManyField(Audience, related_name="lessons", blank=True, verbose_name=_("audiences"))
    pillars = models.ManyToManyField(
        ContentPillar, related_name="lessons", blank=True, verbose_name=_("content pillars")
    )
    platforms = models.JSONField(_("platforms"), default=list, blank=True)
    owner = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who answers for it")
    )
    due = models.DateField(_("due"), null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(BrandOwned.Meta):
        verbose_name = _("lesson")
        verbose_name_plural = _("lessons")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.finding


class LessonUse(BrandOwned):
    """Whether a campaign took a lesson over, and why."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="lesson_uses")
    lesson = models.ForeignKey(Lesson, models.CASCADE, related_name="uses")
    taken = models.BooleanField(_("taken over"))
    word = models.CharField(_("why"), max_length=300)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta(BrandOwned.Meta):
        verbose_name = _("use of a lesson")
        verbose_name_plural = _("uses of lessons")
        constraints = [models.UniqueConstraint(fields=["campaign", "lesson"], name="lesson_use_once")]

    def __str__(self) -> str:
        return f"{self.lesson}: {self.word}"
