"""What the community manager is to do, and what was handed over to whom."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.scoping import BrandOwned
from strategy.models.campaigns import Campaign
from strategy.models.channels import Channel


class TaskSeries(BrandOwned):
    """Tasks that are written once and come again; each of them is a task of its own."""

    class Every(models.TextChoices):
        DAY = "day", _("every day")
        WORKDAY = "workday", _("every working day (Monday to Friday)")
        WEEK = "week", _("every week")
        FORTNIGHT = "fortnight", _("every two weeks")
        MONTH = "month", _("every month")

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="series")
    every = models.CharField(_("how often"), max_length=10, choices=Every.choices)
    until = models.DateField(_("last day"))

    class Meta(BrandOwned.Meta):
        verbose_name = _("recurring task")
        verbose_name_plural = _("recurring tasks")

    def __str__(self) -> str:
        return f"{self.get_every_display()} → {self.until}"


class TaskTemplate(BrandOwned):
    """Tasks with days that count from a campaign's start or back from its end, to be used again."""

    name = models.CharField(_("name"), max_length=120)
    items = models.JSONField(_("tasks"), default=list)  # as `task_templates.Item`
    version = models.PositiveIntegerField(default=1)

    class Meta(BrandOwned.Meta):
        verbose_name = _("task template")
        verbose_name_plural = _("task templates")
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint("brand", Lower("name"), name="task_template_once")]

    def __str__(self) -> str:
        return self.name


class Task(BrandOwned):
    """One thing to do, by somebody, at a time on the brand's clock."""

    class Kind(models.TextChoices):
        PUBLISH = "publish", _("publish")
        ANSWER = "answer", _("answer")
        COLLECT = "collect", _("collect")
        MODERATE = "moderate", _("moderate")
        OTHER = "other", _("something else")

    class Priority(models.IntegerChoices):
        HIGH = 1, _("high")
        NORMAL = 2, _("normal")
        LOW = 3, _("low")

    class State(models.TextChoices):
        OPEN = "open", _("to do")
        DONE = "done", _("done")
        NOT_DONE = "not_done", _("not done")

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="tasks", verbose_name=_("campaign"))
    series = models.ForeignKey(
        TaskSeries, models.SET_NULL, null=True, blank=True, related_name="tasks", editable=False
    )
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.PUBLISH)
    title = models.CharField(_("what to do"), max_length=200)
    details = models.TextField(_("details"), blank=True)
    copy = models.TextField(_("copy"), blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)
    guidelines = models.TextField(_("reply guidelines"), blank=True)
    escalation = models.CharField(_("when to ask, and whom"), max_length=500, blank=True)
    answers = models.JSONField(_("ready answers"), default=list, blank=True)  # [{"question": …, "answer": …}]
    checklist = models.JSONField(_("checklist"), default=list, blank=True)  # texts
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority.choices, default=Priority.NORMAL)
    channel = models.ForeignKey(
        Channel, models.PROTECT, null=True, blank=True, related_name="tasks", verbose_name=_("channel")
    )
    day = models.DateField(_("day"))
    clock = models.TimeField(_("hour"), null=True, blank=True)  # the brand's; None = any time of that day
    at = models.DateTimeField(editable=False)  # the instant of day and clock; of the day's end without a clock
    asset = models.FileField(_("picture or file"), upload_to="tasks/%Y/%m", max_length=300, blank=True)
    asset_name = models.CharField(max_length=200, blank=True)  # what it was called when it was uploaded
    alt_text = models.CharField(_("alternative text"), max_length=500, blank=True)
    assignee = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who does it")
    )
    asked_by = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who asks")
    )
    state = models.CharField(_("state"), max_length=8, choices=State.choices, default=State.OPEN)
    proof = models.URLField(_("link as proof"), max_length=500, blank=True)
    outcome = models.CharField(_("what came of it"), max_length=300, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta(BrandOwned.Meta):
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ["at", "priority", "id"]
        indexes = [models.Index(fields=["brand", "at"], name="task_by_time")]

    def __str__(self) -> str:
        return self.title


class Noticed(BrandOwned):
    """A published post that is, or perhaps is, something that was planned; told when an import brought it."""

    class State(models.TextChoices):
        PROPOSED = "proposed", _("perhaps")
        ACCEPTED = "accepted", _("it is")
        REFUSED = "refused", _("it is not")

    post = models.BigIntegerField()  # its number in Timone; posts are kept on a floor above
    permalink = models.TextField(blank=True)
    published_at = models.DateTimeField()
    is_exact = models.BooleanField(default=True)
    excerpt = models.CharField(max_length=200, blank=True)
    likeness = models.FloatField()  # of both texts, 0 to 1
    why = models.CharField(max_length=8)  # link | text | time
    state = models.CharField(max_length=8, choices=State.choices, default=State.PROPOSED)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")  # who decided; None: Timone

    class Meta(BrandOwned.Meta):
        abstract = True


class TaskPublication(Noticed):
    """What a task was to publish, perhaps."""

    task = models.ForeignKey(Task, models.CASCADE, related_name="publications")

    class Meta(BrandOwned.Meta):
        verbose_name = _("publication noticed")
        verbose_name_plural = _("publications noticed")
        ordering = ["-likeness", "id"]
        constraints = [models.UniqueConstraint(fields=["task", "post"], name="task_publication_once")]

    def __str__(self) -> str:
        return f"{self.task} = {self.permalink or self.post}"


class Unchanging(BrandOwned):
    """What was handed over is written once."""

    class Meta(BrandOwned.Meta):
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None and not self._state.adding:
            raise TypeError("What was handed over never changes.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise TypeError("What was handed over is never deleted on its own.")


class CampaignVersion(Unchanging):
    """The brief as it was handed over, with its tasks in `HandedTask`. Never changed afterwards."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()  # the brief
    tasks_print = models.CharField(max_length=64, blank=True)  # tells whether its tasks changed since
    note = models.CharField(_("what changed and why"), max_length=500, blank=True)
    handed_over_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    handed_over_at = models.DateTimeField()
    # By a newer version; the only thing that is set later.
    superseded_at = models.DateTimeField(null=True, blank=True)

    class Meta(BrandOwned.Meta):
        verbose_name = _("handed-over version")
        verbose_name_plural = _("handed-over versions")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["campaign", "number"], name="campaign_version_once")]

    def __str__(self) -> str:
        return f"{self.campaign} v{self.number}"


class HandedTask(Unchanging):
    """A task as it was handed over with a version. Never changed; whether it is done is told by `task`."""

    campaign_version = models.ForeignKey(CampaignVersion, models.CASCADE, related_name="tasks")
    task = models.ForeignKey(Task, models.SET_NULL, null=True, related_name="handed")
    kind = models.CharField(max_length=10, choices=Task.Kind.choices)
    title = models.CharField(max_length=200)
    channel = models.ForeignKey(Channel, models.SET_NULL, null=True, related_name="+")
    assignee = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    priority = models.PositiveSmallIntegerField(choices=Task.Priority.choices)
    day = models.DateField()
    clock = models.TimeField(null=True)
    at = models.DateTimeField()
    # Everything else that is needed to do it: copy, final link, asset, alternative text, guidelines, answers …
    content = models.JSONField()

    class Meta(BrandOwned.Meta):
        verbose_name = _("handed-over task")
        verbose_name_plural = _("handed-over tasks")
        ordering = ["at", "priority", "id"]
        indexes = [models.Index(fields=["brand", "at"], name="handed_task_by_time")]

    def __str__(self) -> str:
        return self.title


class HandOver(BrandOwned):
    """One person to whom a version was handed over. Whether it was seen tells `accounts.Receipt`."""

    campaign_version = models.ForeignKey(CampaignVersion, models.CASCADE, related_name="hand_overs")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    unseen_told_at = models.DateTimeField(null=True)  # when the manager was told that it was not seen
    reminders = models.PositiveSmallIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True)

    class Meta(BrandOwned.Meta):
        verbose_name = _("hand-over")
        verbose_name_plural = _("hand-overs")
        constraints = [models.UniqueConstraint(fields=["campaign_version", "user"], name="hand_over_once")]

    def __str__(self) -> str:
        return f"{self.campaign_version} → {self.user}"


class HandOverSettings(BrandOwned):
    """When the manager is told that a hand-over was not seen. One row per brand; without it, a day."""

    unseen_hours = models.PositiveSmallIntegerField(
        _("hours until you are told"), default=24, validators=[MinValueValidator(1), MaxValueValidator(336)]
    )
    version = models.PositiveIntegerField(default=1)

    class Meta(BrandOwned.Meta):
        verbose_name = _("settings of hand-overs")
        verbose_name_plural = _("settings of hand-overs")
        constraints = [models.UniqueConstraint(fields=["brand"], name="hand_over_settings_once")]

    def __str__(self) -> str:
        return f"{self.unseen_hours} h"
