"""What sets two states of a brand's figures apart, worked out in the background and kept to be paged through."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Job, User
from accounts.scoping import BrandOwned
from analytics.models.imports import ImportBatch
from strategy.models import Channel


class ImportComparison(BrandOwned):
    """A question about an import, and how many rows differ; the rows are in ImportDifference.

    `rests_on` is a checksum of which files were in: when others are in, the answer may be another.
    """

    class About(models.TextChoices):
        UNDO = "undo", _("what undoing it would change")
        REDO = "redo", _("what bringing it back would change")
        BEFORE = "before", _("what it changed")
        OTHER = "other", _("how it differs from another import")

    about = models.CharField(max_length=6, choices=About.choices)
    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="comparisons")
    other = models.ForeignKey(ImportBatch, models.CASCADE, null=True, blank=True, related_name="+")
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+")
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    rests_on = models.CharField(max_length=64)
    counts = models.JSONField(null=True)
    done_at = models.DateTimeField(null=True)

    class Meta(BrandOwned.Meta):
        verbose_name = _("comparison of imports")
        verbose_name_plural = _("comparisons of imports")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.batch} {self.get_about_display()}"


class ImportDifference(models.Model):
    """One row that differs: of which table, how, and its figures before and after.

    `figures` maps names to [before, after]; None where a side does not tell it. `size` is the greatest change.
    """

    class Change(models.TextChoices):
        ADDED = "added", _("new")
        CHANGED = "changed", _("changed")
        REMOVED = "removed", _("missing")

    comparison = models.ForeignKey(ImportComparison, models.CASCADE, related_name="differences")
    table = models.CharField(max_length=12)
    change = models.CharField(max_length=8, choices=Change.choices)
    channel = models.ForeignKey(Channel, models.CASCADE, null=True, blank=True, related_name="+")
    key = models.CharField(max_length=400, blank=True)
    text = models.CharField(max_length=200, blank=True)
    day = models.DateField(null=True)
    figures = models.JSONField(default=dict)
    size = models.FloatField(default=0)

    class Meta:
        ordering = ["-size", "id"]
        indexes = [models.Index(fields=["comparison", "table", "change"], name="difference_by_kind")]

    def __str__(self) -> str:
        return f"{self.key} {self.change}"
