"""The brand's accounts on the platforms."""

from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from accounts.models import User, validate_time_zone
from accounts.scoping import BrandOwned
from strategy.platforms import PLATFORM_CHOICES


class Channel(BrandOwned):
    """An account of the brand on a platform."""

    platform = models.CharField(_("platform"), max_length=20, choices=PLATFORM_CHOICES)
    handle = models.CharField(_("account"), max_length=200)
    name = models.CharField(_("name"), max_length=200, blank=True)
    external_id = models.CharField(_("platform's number"), max_length=80, blank=True)
    time_zone = models.CharField(
        _("time zone"),
        max_length=64,
        blank=True,
        validators=[validate_time_zone],
        help_text=_("Where its audience is. Left empty, the brand's time zone is used."),
    )
    active = models.BooleanField(_("active"), default=True)
    link = models.URLField(_("link"), max_length=300, blank=True)
    mission = models.CharField(
        _("mission"),
        max_length=300,
        blank=True,
        help_text=_("What this channel is for, and for whom, in one sentence."),
    )
    owner = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("who answers for it")
    )
    audiences = models.ManyToManyField(
        "strategy.Audience", related_name="channels", blank=True, verbose_name=_("audiences it serves")
    )
    version = models.PositiveIntegerField(default=1)

    class Meta(BrandOwned.Meta):
        verbose_name = _("channel")
        verbose_name_plural = _("channels")
        ordering = ["platform", "handle"]
        constraints = [
            models.UniqueConstraint("brand", "platform", Lower("handle"), name="channel_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_platform_display()} · {self.name or self.handle}"

    @property
    def zone(self) -> str:
        """The IANA name in which this channel's hours are told."""
        return self.time_zone or self.brand.time_zone
