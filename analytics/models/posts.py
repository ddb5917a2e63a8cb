"""Published posts and their figures."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.scoping import BrandOwned
from strategy.models import Channel

# The figures of a post, in the order in which every statement lists them.
METRICS = (
    "impressions",
    "reach",
    "views",
    "reactions",
    "comments",
    "shares",
    "saves",
    "clicks",
    "link_clicks",
    "video_views",
    "watch_seconds",
    "negative_feedback",
    "follows",
    "profile_visits",
    "engagements",
)


class Figures(models.Model):
    """NULL means that the platform did not export the figure; zero means zero."""

    impressions = models.BigIntegerField(_("impressions"), null=True)
    reach = models.BigIntegerField(_("reach"), null=True)
    views = models.BigIntegerField(_("views"), null=True)
    reactions = models.BigIntegerField(_("reactions"), null=True)
    comments = models.BigIntegerField(_("comments"), null=True)
    shares = models.BigIntegerField(_("shares"), null=True)
    saves = models.BigIntegerField(_("saves"), null=True)
    clicks = models.BigIntegerField(_("clicks"), null=True)
    link_clicks = models.BigIntegerField(_("link clicks"), null=True)
    video_views = models.BigIntegerField(_("video views"), null=True)
    watch_seconds = models.FloatField(_("seconds watched"), null=True)
    negative_feedback = models.BigIntegerField(_("negative feedback"), null=True)
    follows = models.BigIntegerField(_("new followers"), null=True)
    profile_visits = models.BigIntegerField(_("profile visits"), null=True)
    engagements = models.BigIntegerField(_("engagements"), null=True)

    class Meta:
        abstract = True


class Post(BrandOwned, Figures):
    """A published post with its latest figures; the ones they superseded are in PostMetrics.

    Rows come by the hundred thousand and only from the importer, which takes brand, channel and file from rows
    it holds; per-row foreign-key triggers would cost more than the insert itself, so the database does not
    repeat that check (`check_data` does). Indexes are few for the same reason: what is asked of a brand is asked
    of its channels (`channel__in`).
    """

    brand = models.ForeignKey(
        "accounts.Brand", models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    channel = models.ForeignKey(Channel, models.CASCADE, related_name="posts", db_constraint=False, db_index=False)
    external_id = models.CharField(_("platform's number"), max_length=120)
    permalink = models.TextField(_("link"), blank=True)
    published_at = models.DateTimeField(_("published"))
    is_exact = models.BooleanField(_("hour known"), default=True)
    format = models.CharField(_("format"), max_length=20, blank=True)
    text = models.TextField(_("text"), blank=True)
    language = models.CharField(_("language"), max_length=8, blank=True)
    paid = models.BooleanField(_("paid"), null=True)
    is_reply = models.BooleanField(_("reply"), default=False)
    metrics_as_of = models.DateTimeField(_("figures of"))
    file = models.ForeignKey(
        "analytics.ImportFile",
        models.DO_NOTHING,
        null=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )

    class Meta(BrandOwned.Meta):
        verbose_name = _("post")
        verbose_name_plural = _("posts")
        constraints = [models.UniqueConstraint(fields=["channel", "external_id"], name="post_once")]
        indexes = [models.Index(fields=["channel", "published_at"], name="post_by_channel")]

    def __str__(self) -> str:
        return self.text[:60] or self.external_id


class PostMetrics(Figures):
    """The figures of a post as an earlier export told them. Written when a newer export supersedes them."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="earlier_metrics")
    as_of = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["post", "as_of"], name="post_metrics_once")]

    def __str__(self) -> str:
        return f"{self.post_id} {self.as_of:%Y-%m-%d}"
