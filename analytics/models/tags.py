"""What a published post was for."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.scoping import BrandOwned
from strategy.models import Audience, Campaign, Channel, ContentPillar


class PostTag(BrandOwned):
    """The campaign, content pillar and audience of a post: from what was planned, or as a person says.

    It names the post by what the platform calls it, so that it outlives an import that is undone and brought back.
    """

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="+")
    external_id = models.CharField(max_length=120)
    campaign = models.ForeignKey(
        Campaign, models.SET_NULL, null=True, blank=True, related_name="post_tags", verbose_name=_("campaign")
    )
    pillar = models.ForeignKey(
        ContentPillar, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("content pillar")
    )
    audience = models.ForeignKey(
        Audience, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("audience")
    )
    # Whether it was planned; who said otherwise, if a person did: what is planned does not overwrite that.
    planned = models.BooleanField(default=False)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    by_hand = models.BooleanField(default=False)

    class Meta(BrandOwned.Meta):
        verbose_name = _("what a post was for")
        verbose_name_plural = _("what posts were for")
        constraints = [
            models.UniqueConstraint(fields=["channel", "external_id"], name="post_tag_once"),
            models.CheckConstraint(condition=Q(planned=True) | Q(by_hand=True), name="post_tag_has_a_source"),
        ]
        indexes = [
            models.Index(fields=["campaign", "channel"], name="post_tag_by_campaign"),
            models.Index(fields=["pillar", "channel"], name="post_tag_by_pillar"),
        ]

    def __str__(self) -> str:
        return f"{self.channel_id}: {self.external_id}"
