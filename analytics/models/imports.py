"""Uploads: what came in, how it was read, what became of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Job, User
from accounts.scoping import BrandOwned
from strategy.models import Channel


def upload_path(file: "ImportFile", name: str) -> str:
    return f"imports/{file.brand_id}/{file.batch_id}/{name}"


class ImportBatch(BrandOwned):
    """One upload of one or many files: uploaded → confirmed → done | failed | discarded; done → undone → done.

    A batch that is read again with other settings is undone, and the new one `replaces` it.
    """

    class State(models.TextChoices):
        UPLOADED = "uploaded", _("to be confirmed")
        CONFIRMED = "confirmed", _("being imported")
        DONE = "done", _("imported")
        FAILED = "failed", _("not imported")
        DISCARDED = "discarded", _("discarded")
        UNDONE = "undone", _("undone")

    state = models.CharField(max_length=10, choices=State.choices, default=State.UPLOADED)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    job = models.ForeignKey(Job, models.SET_NULL, null=True, blank=True, related_name="+")
    replaces = models.ForeignKey("self", models.SET_NULL, null=True, blank=True, related_name="replaced_by")
    undone_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta(BrandOwned.Meta):
        verbose_name = _("import")
        verbose_name_plural = _("imports")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"#{self.pk}"


class ImportFile(BrandOwned):
    """A file of an upload, the format that was recognised, the settings confirmed, and the counts."""

    batch = models.ForeignKey(ImportBatch, models.CASCADE, related_name="files")
    name = models.CharField(max_length=255)
    file = models.FileField(upload_to=upload_path, max_length=300, blank=True)
    size = models.BigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    modified_at = models.DateTimeField(null=True)
    format = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=10, blank=True)
    platform = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=8, blank=True)
    encoding = models.CharField(max_length=20, blank=True)
    precision = models.CharField(max_length=8, blank=True)
    # As confirmed: time_zone, channel, left_out, mapping, exported_on, answers to what the file left open;
    # preview: first rows and counts as shown.
    options = models.JSONField(default=dict)
    preview = models.JSONField(default=dict)
    channels = models.JSONField(default=list)  # numbers of the channels whose posts it changed
    # Which days it tells of: [{"channel": number, "figures": [names], "first": ISO day, "last": ISO day}, …]
    coverage = models.JSONField(default=list)
    problem_code = models.CharField(max_length=60, blank=True)
    problem_facts = models.JSONField(default=dict)
    as_of = models.DateTimeField(null=True)
    rows = models.BigIntegerField(default=0)
    created = models.BigIntegerField(default=0)
    updated = models.BigIntegerField(default=0)
    unchanged = models.BigIntegerField(default=0)
    ignored = models.BigIntegerField(default=0)
    rejected = models.BigIntegerField(default=0)
    warnings = models.JSONField(default=list)
    done_at = models.DateTimeField(null=True)
    # What storing it again in the same way needs: its place among the brand's imports, the moment that its age was
    # judged by, and which account went to which channel: [[platform, account, account's number, channel], …]
    place = models.PositiveBigIntegerField(null=True)
    stored_at = models.DateTimeField(null=True)
    routes = models.JSONField(default=list)

    class Meta(BrandOwned.Meta):
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name


class ColumnMapping(BrandOwned):
    """Which column of a file unknown to Timone means what; remembered by the file's row of column names."""

    name = models.CharField(_("name"), max_length=120, blank=True)
    signature = models.CharField(max_length=64)
    columns = models.JSONField(default=list)
    mapping = models.JSONField(default=dict)  # field of the template → the file's column
    platform = models.CharField(max_length=20, blank=True)
    account = models.CharField(max_length=200, blank=True)
    time_zone = models.CharField(max_length=64, blank=True)
    answers = models.JSONField(default=dict, blank=True)  # as of `SourceAnswers`
    used_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(BrandOwned.Meta):
        constraints = [models.UniqueConstraint(fields=["brand", "signature"], name="column_mapping_once")]

    def __str__(self) -> str:
        return self.name or ", ".join(self.columns)[:80]


class SourceAnswers(BrandOwned):
    """How a person read what files of one source leave open, such as the order of day and month."""

    format = models.CharField(max_length=40)
    signature = models.CharField(max_length=64)
    answers = models.JSONField(default=dict)  # question of the reader → the choice taken

    class Meta(BrandOwned.Meta):
        constraints = [
            models.UniqueConstraint(fields=["brand", "format", "signature"], name="source_answers_once")
        ]

    def __str__(self) -> str:
        return f"{self.format} {self.answers}"


class RejectedRow(BrandOwned):
    """A row that could not be taken: where, what, why."""

    file = models.ForeignKey(ImportFile, models.CASCADE, related_name="rejected_rows")
    line = models.BigIntegerField()
    column = models.CharField(max_length=200, blank=True)
    value = models.TextField(blank=True)
    code = models.CharField(max_length=60)
    facts = models.JSONField(default=dict)

    class Meta(BrandOwned.Meta):
        ordering = ["line", "id"]

    def __str__(self) -> str:
        return f"{self.line} {self.column}: {self.code}"


class QuietPeriod(BrandOwned):
    """Days on which nothing happened on a source, as a person says, so that no export of them is missing.

    `source` is the format of money that belongs to no channel; "" for what channels tell.
    """

    channel = models.ForeignKey(Channel, models.CASCADE, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=12)
    source = models.CharField(max_length=40, blank=True)
    first = models.DateField(_("from"))
    last = models.DateField(_("to"))
    noted_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta(BrandOwned.Meta):
        verbose_name = _("quiet period")
        verbose_name_plural = _("quiet periods")
        ordering = ["-first", "id"]

    def __str__(self) -> str:
        return f"{self.first} – {self.last}"
