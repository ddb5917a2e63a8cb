"""What the community manager is to do, and what was handed over to whom."""

from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.scoping import BrandOwned
from strategy.models.campaigns import Campaign
from strategy.models.channels import Channel


class TaskWork(BrandOwned):
    """What a task and its template both say."""

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

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.PUBLISH)
    title = models.CharField(_("what to do"), max_length=200)
    details = models.TextField(_("details"), blank=True)
    copy = models.TextField(_("copy"), blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)
    guidelines = models.TextField(_("reply guidelines"), blank=True)
    answers = models.JSONField(_("ready answers"), default=list, blank=True)  # [{"question": …, "answer": …}]
    checklist = models.JSONField(_("checklist"), default=list, blank=True)  # texts
    priority = models.PositiveSmallIntegerField(_("priority"), choices=Priority.choices, default=Priority.NORMAL)
    version = models.PositiveIntegerField(default=1)

    class Meta(BrandOwned.Meta):
        abstract = True

    def __str__(self) -> str:
        return self.title


class TaskTemplate(TaskWork):
    """A task that campaigns of a kind begin with, on a day counted from the campaign's start or end."""

    class Anchor(models.TextChoices):
        START = "start", _("the campaign's start")
        END = "end", _("the campaign's end")

    name = models.CharField(_("name"), max_length=120)
    campaign_kind = models.CharField(
        _("for campaigns of the kind"), max_length=12, choices=Campaign.Kind.choices, blank=True
    )
    anchor = models.CharField(_("counted from"), max_length=5, choices=Anchor.choices, default=Anchor.START)
    offset_days = models.SmallIntegerField(
        _("days after it"), default=0, validators=[MinValueValidator(-365), MaxValueValidator(365)]
    )
    clock = models.TimeField(_("hour"), null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)

    class Meta(BrandOwned.Meta):
        verbose_name = _("task template")
        verbose_name_plural = _("task templates")
        ordering = ["name", "id"]


class TaskSeries(BrandOwned):
    """The rule by which a task recurs within its campaign."""

    class Every(models.TextChoices):
        DAY = "day", _("every day")
        WEEK = "week", _("every week")
        MONTH = "month", _("every month")

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="task_series")
    every = models.CharField(_("repeats"), max_length=5, choices=Every.choices)
    weekdays = models.JSONField(_("on"), default=list, blank=True)  # 0 Monday … 6 Sunday, for weeks
    until = models.DateField(_("until"))
    version = models.PositiveIntegerField(default=1)

    class Meta(BrandOwned.Meta):
        verbose_name = _("recurring task")
        verbose_name_plural = _("recurring tasks")

    def __str__(self) -> str:
        return f"{self.get_every_display()} – {self.until}"


class Task(TaskWork):
    """One thing to do, by somebody, at a time on the brand's clock."""

    class State(models.TextChoices):
        OPEN = "open", _("to do")
        DONE = "done", _("done")
        NOT_DONE = "not_done", _("not done")

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="tasks", verbose_name=_("campaign"))
    series = models.ForeignKey(TaskSeries, models.SET_NULL, null=True, blank=True, related_name="tasks")
    channel = models.ForeignKey(
        Channel, models.PROTECT, null=True, blank=True, related_name="tasks", verbose_name=_("channel")
    )
    day = models.DateField(_("day"))
    clock = models.TimeField(_("hour"), null=True, blank=True)  # the brand's; None = any time of that day
    at = models.DateTimeField(editable=False)  # the instant of day and clock; of the day's end without a clock
    asset = models.FileField(_("picture or file"), upload_to="tasks/%Y/%m", max_length=300, blank=True)
    asset_name = models.CharField(max_length=200, blank=True)  # what it was called when it was uploaded
    alt_text = models.CharField(_("alternative text"), max_length=500, blank=True)
    utm_content = models.CharField(_("UTM content"), max_length=100, blank=True)
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
    # None with a settled state: noticed in imported posts.
    settled_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta(BrandOwned.Meta):
        verbose_name = _("task")
        verbose_name_plural = _("tasks")
        ordering = ["at", "priority", "id"]
        indexes = [models.Index(fields=["brand", "at"], name="task_by_time")]


class CampaignVersion(BrandOwned):
    """The brief as it was handed over, with its tasks in `HandedTask`. Never changed afterwards."""

    campaign = models.ForeignKey(Campaign, models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    content = models.JSONField()  # the brief
    note = models.CharField(_("what changed and why"), max_length=500, blank=True)
    handed_over_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    handed_over_at = models.DateTimeField()
    superseded_at = models.DateTimeField(
        null=True, blank=True
    )  # by a newer version; the only thing that is set later

    class Meta(BrandOwned.Meta):
        verbose_name = _("handed-over version")
        verbose_name_plural = _("handed-over versions")
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["campaign", "number"], name="campaign_version_once")]

    def __str__(self) -> str:
        return f"{self.campaign} v{self.number}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None and not self._state.adding:
            raise TypeError("What was handed over never changes.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise TypeError("What was handed over is never deleted on its own.")


class HandedTask(BrandOwned):
    """A task as it was handed over with a version. Never changed; whether it is done is told by `task`."""

    campaign_version = models.ForeignKey(CampaignVersion, models.CASCADE, related_name="tasks")
    task = models.ForeignKey(Task, models.SET_NULL, null=True, related_name="handed")
    kind = models.CharField(max_length=10, choices=TaskWork.Kind.choices)
    title = models.CharField(max_length=200)
    channel = models.ForeignKey(Channel, models.SET_NULL, null=True, related_name="+")
    assignee = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    priority = models.PositiveSmallIntegerField(choices=TaskWork.Priority.choices)
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

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None and not self._state.adding:
            raise TypeError("What was handed over never changes.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise TypeError("What was handed over is never deleted on its own.")


class HandOver(BrandOwned):
    """One person to whom a version was handed over. Whether it was seen tells `accounts.Receipt`."""

    campaign_version = models.ForeignKey(CampaignVersion, models.CASCADE, related_name="hand_overs")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    reminded_at = models.DateTimeField(null=True, blank=True)
    unseen_told_at = models.DateTimeField(null=True, blank=True)  # when the manager was told that it is unseen

    class Meta(BrandOwned.Meta):
        verbose_name = _("hand-over")
        verbose_name_plural = _("hand-overs")
        constraints = [models.UniqueConstraint(fields=["campaign_version", "user"], name="hand_over_once")]

    def __str__(self) -> str:
        return f"{self.campaign_version} → {self.user}"


class HandOverSettings(BrandOwned):
    """After how many hours an unseen hand-over is told to the manager. One per brand."""

    unseen_hours = models.PositiveSmallIntegerField(
        _("hours until the manager is told"),
        default=24,
        validators=[MinValueValidator(1), MaxValueValidator(720)],
    )
    version = models.PositiveIntegerField(default=1)

    class Meta(BrandOwned.Meta):
        verbose_name = _("settings of the hand-over")
        verbose_name_plural = _("settings of the hand-over")
        constraints = [models.UniqueConstraint(fields=["brand"], name="hand_over_settings_once")]

    def __str__(self) -> str:
        return f"{self.unseen_hours} h"
