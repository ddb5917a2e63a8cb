"""Entries of the editorial calendar, who approves them, what is said about them, and days that matter."""

from datetime import datetime

from django.db import models
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import User, validate_time_zone
from accounts.scoping import BrandOwned
from strategy.catalogue import FORMATS
from strategy.models import Audience, Campaign, Channel, ContentPillar, Noticed

FORMAT_NAMES = {
    **{"text": _("text"), "photo": _("photo"), "carousel": _("carousel"), "video": _("video")},
    **{"short_video": _("short video"), "story": _("story"), "link": _("link"), "live": _("live video")},
    **{"poll": _("poll"), "document": _("document"), "article": _("article")},
}
FORMAT_CHOICES = [(slug, FORMAT_NAMES[slug]) for slug in FORMATS]


class EntryGroup(BrandOwned):
    """One idea for several channels, each with an entry of its own."""

    title = models.CharField(_("title"), max_length=200)

    class Meta(BrandOwned.Meta):
        verbose_name = _("idea")
        verbose_name_plural = _("ideas")

    def __str__(self) -> str:
        return self.title


class Freeze(BrandOwned):
    """While the brand is under attack: what is planned is on hold, and each of it is decided on by a person.

    Without channels it holds those of the whole brand. Its end (`until`) tells when to look again; nothing resumes
    by itself, not when that has passed and not when the freeze is lifted.
    """

    why = models.CharField(_("reason"), max_length=300)
    channels = models.ManyToManyField(Channel, blank=True, related_name="+", verbose_name=_("channels"))
    until = models.DateTimeField(_("until"))
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    let_go = models.ManyToManyField("calendar_app.Entry", blank=True, related_name="+")  # decided on already
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    class Meta(BrandOwned.Meta):
        verbose_name = _("hold")
        verbose_name_plural = _("holds")
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["brand"], name="freeze_open_once", condition=models.Q(lifted_at__isnull=True)
            )
        ]

    def __str__(self) -> str:
        return self.why


class Entry(BrandOwned):
    """One post that is planned for one channel.

    `day` and `clock` are what was meant, on the brand's clock; `at` is the instant that follows. Without a day the
    entry waits in the backlog; without an hour it may go out at any time of its day.
    """

    class Status(models.TextChoices):
        IDEA = "idea", pgettext_lazy("entry", "idea")
        DRAFT = "draft", pgettext_lazy("entry", "draft")
        IN_REVIEW = "in_review", pgettext_lazy("entry", "in review")
        APPROVED = "approved", pgettext_lazy("entry", "approved")
        SCHEDULED = "scheduled", pgettext_lazy("entry", "scheduled")
        PUBLISHED = "published", pgettext_lazy("entry", "published")
        CANCELLED = "cancelled", pgettext_lazy("entry", "cancelled")

    group = models.ForeignKey(EntryGroup, models.SET_NULL, null=True, blank=True, related_name="entries")
    channel = models.ForeignKey(Channel, models.PROTECT, related_name="entries", verbose_name=_("channel"))
    campaign = models.ForeignKey(
        Campaign, models.SET_NULL, null=True, blank=True, related_name="entries", verbose_name=_("campaign")
    )
    pillar = models.ForeignKey(
        ContentPillar, models.SET_NULL, null=True, blank=True, related_name="entries", verbose_name=_("pillar")
    )
    audience = models.ForeignKey(
        Audience, models.SET_NULL, null=True, blank=True, related_name="entries", verbose_name=_("audience")
    )
    format = models.CharField(_("format"), max_length=12, choices=FORMAT_CHOICES, default="photo")
    title = models.CharField(_("title"), max_length=200)
    copy = models.TextField(_("copy"), blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)
    first_comment = models.TextField(_("first comment"), blank=True)
    notes = models.TextField(_("notes"), blank=True)
    alt_text = models.CharField(_("alternative text"), max_length=500, blank=True)
    asset = models.FileField(_("picture or film"), upload_to="entries/%Y/%m", max_length=300, blank=True)
    asset_name = models.CharField(max_length=200, blank=True)
    asset_facts = models.JSONField(default=dict, blank=True)  # kind, width, height, seconds, as decoded
    thumb = models.FileField(upload_to="thumbs/%Y/%m", max_length=300, blank=True)
    day = models.DateField(_("day"), null=True, blank=True)
    clock = models.TimeField(_("hour"), null=True, blank=True)
    at = models.DateTimeField(null=True, editable=False)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.DRAFT)
    sells = models.BooleanField(_("promotional"), default=False)
    reviewers = models.ManyToManyField(User, related_name="+", blank=True, verbose_name=_("who approves it"))
    needs_all = models.BooleanField(_("all of them must approve"), default=False)
    freeze = models.ForeignKey(Freeze, models.SET_NULL, null=True, related_name="entries")  # None: not on hold
    approved_print = models.CharField(max_length=64, blank=True)  # of what was approved
    author = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", verbose_name=_("author"))
    # The published post, once an import told of it.
    post = models.BigIntegerField(null=True)
    permalink = models.TextField(blank=True)
    published_at = models.DateTimeField(null=True)
    # What it came from, where it was brought in: a row of a file or of an imported plan comes in once.
    origin = models.CharField(max_length=80, blank=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    class Meta(BrandOwned.Meta):
        verbose_name = _("entry")
        verbose_name_plural = _("entries")
        ordering = ["at", "id"]
        indexes = [
            models.Index(fields=["brand", "day"], name="entry_by_day"),
            models.Index(fields=["brand", "status"], name="entry_by_status"),
            models.Index(fields=["channel", "at"], name="entry_by_channel"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["post"], name="entry_of_post_once", condition=models.Q(post__isnull=False)
            ),
            models.UniqueConstraint(
                fields=["brand", "origin"], name="entry_of_origin_once", condition=~models.Q(origin="")
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Slide(BrandOwned):
    """A further picture or film of an entry, such as the second one of a carousel."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="slides")
    place = models.PositiveSmallIntegerField()
    asset = models.FileField(_("picture or film"), upload_to="entries/%Y/%m", max_length=300)
    asset_name = models.CharField(max_length=200, blank=True)
    asset_facts = models.JSONField(default=dict, blank=True)
    thumb = models.FileField(upload_to="thumbs/%Y/%m", max_length=300, blank=True)
    alt_text = models.CharField(_("alternative text"), max_length=500, blank=True)

    class Meta(BrandOwned.Meta):
        verbose_name = _("further picture")
        verbose_name_plural = _("further pictures")
        ordering = ["place", "id"]

    def __str__(self) -> str:
        return self.asset_name


class ShareLink(BrandOwned):
    """A secret address at which somebody without an account sees entries, and comments or approves where he may.

    Of the address only a hash is stored. `until` is what was meant, on the link's clock; `expires_at` is the
    instant that follows. A link to a campaign goes with it, so that it never shows more than it did.
    """

    name = models.CharField(_("for whom"), max_length=120)
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    language = models.CharField(_("language"), max_length=8, default="en")
    time_zone = models.CharField(_("time zone"), max_length=64, validators=[validate_time_zone])
    campaign = models.ForeignKey(
        Campaign, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("campaign")
    )
    drafts = models.BooleanField(_("shows ideas and drafts too"), default=False)
    may_comment = models.BooleanField(_("may comment"), default=True)
    may_approve = models.BooleanField(_("may approve and ask for changes"), default=True)
    until = models.DateField(_("last day"))
    expires_at = models.DateTimeField(editable=False)
    revoked_at = models.DateTimeField(null=True, editable=False)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+", editable=False)
    last_used_at = models.DateTimeField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1)

    class Meta(BrandOwned.Meta):
        verbose_name = _("link for a client")
        verbose_name_plural = _("links for clients")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name

    def is_living(self, now: datetime) -> bool:
        return self.revoked_at is None and now < self.expires_at


class Review(BrandOwned):
    """What one person, or a guest by a link, decided on an entry as it was then."""

    class Decision(models.TextChoices):
        APPROVED = "approved", _("approved it")
        CHANGES = "changes", _("asked for changes")

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="reviews")
    user = models.ForeignKey(User, models.CASCADE, null=True, related_name="+")
    share = models.ForeignKey(ShareLink, models.SET_NULL, null=True, related_name="reviews")
    guest = models.CharField(max_length=80, blank=True)  # the name a guest gave himself
    decision = models.CharField(max_length=8, choices=Decision.choices)
    word = models.CharField(_("a word"), max_length=2000, blank=True)
    content_print = models.CharField(max_length=64)  # of what was decided on

    class Meta(BrandOwned.Meta):
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(user__isnull=False) | ~models.Q(guest=""), name="review_by_somebody"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user or self.guest}: {self.decision}"


class Comment(BrandOwned):
    """What somebody of the team, or a guest by a link, says about an entry."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="comments")
    author = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    share = models.ForeignKey(ShareLink, models.SET_NULL, null=True, related_name="comments")
    guest = models.CharField(max_length=80, blank=True)
    for_client = models.BooleanField(_("also for the client"), default=False)  # of the team's: links show it too
    text = models.TextField(_("comment"), max_length=2000)

    class Meta(BrandOwned.Meta):
        verbose_name = _("comment")
        verbose_name_plural = _("comments")
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:60]


class Observance(BrandOwned):
    """A day of the brand's own that matters: a founding day, a fair. Holidays are computed, not stored."""

    class Tone(models.TextChoices):
        SOLEMN = "solemn", _("solemn")
        NEUTRAL = "neutral", _("neutral")
        LIGHT = "light", _("light")

    name = models.CharField(_("name"), max_length=120)
    day = models.DateField(_("day"))
    yearly = models.BooleanField(_("every year"), default=True)
    tone = models.CharField(_("tone"), max_length=8, choices=Tone.choices, default=Tone.NEUTRAL)
    version = models.PositiveIntegerField(default=1)

    class Meta(BrandOwned.Meta):
        verbose_name = _("own day")
        verbose_name_plural = _("own days")
        ordering = ["day", "id"]

    def __str__(self) -> str:
        return self.name


class CalendarSettings(BrandOwned):
    """How the brand plans: countries of its holidays, quiet hours, how much a day. One row per brand."""

    countries = models.JSONField(_("countries"), default=list, blank=True)  # ISO 3166, with a region: IT-MI
    quiet_from = models.PositiveSmallIntegerField(_("nothing from"), default=22)
    quiet_to = models.PositiveSmallIntegerField(_("to"), default=7)
    per_day = models.PositiveSmallIntegerField(_("at most a day on a channel"), default=2)
    gap_hours = models.PositiveSmallIntegerField(_("hours between two posts of a channel"), default=4)
    weekends = models.BooleanField(_("also on Saturday and Sunday"), default=True)
    explore = models.PositiveSmallIntegerField(_("share of posts that try other hours, in per cent"), default=15)
    version = models.PositiveIntegerField(default=1)

    class Meta(BrandOwned.Meta):
        verbose_name = _("calendar settings")
        verbose_name_plural = _("calendar settings")
        constraints = [models.UniqueConstraint(fields=["brand"], name="calendar_settings_once")]

    def __str__(self) -> str:
        return str(self.brand_id)


class Slot(BrandOwned):
    """An hour of every week at which a channel is meant to publish, on the brand's clock."""

    channel = models.ForeignKey(Channel, models.CASCADE, related_name="slots", verbose_name=_("channel"))
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=WEEKDAYS.items())  # Monday is 0
    clock = models.TimeField(_("hour"))
    format = models.CharField(_("format"), max_length=12, choices=FORMAT_CHOICES, blank=True)
    pillar = models.ForeignKey(
        ContentPillar, models.SET_NULL, null=True, blank=True, related_name="slots", verbose_name=_("pillar")
    )
    note = models.CharField(_("note"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(BrandOwned.Meta):
        verbose_name = _("slot")
        verbose_name_plural = _("slots")
        ordering = ["weekday", "clock", "id"]
        constraints = [models.UniqueConstraint(fields=["channel", "weekday", "clock"], name="slot_once")]

    def __str__(self) -> str:
        return f"{self.channel}: {self.get_weekday_display()} {self.clock:%H:%M}"


class SavedView(BrandOwned):
    """A filter of the calendar with the kind of page it is for; never a day."""

    class Kind(models.TextChoices):
        MONTH = "month", _("Month")
        WEEK = "week", _("Week")
        DAY = "day", _("Day")
        LIST = "list", _("List")
        BOARD = "board", _("Board")

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    name = models.CharField(_("name"), max_length=60)
    kind = models.CharField(_("page"), max_length=8, choices=Kind.choices, default=Kind.MONTH)
    query = models.CharField(max_length=1000, blank=True)  # the part of the address that is kept
    shared = models.BooleanField(_("for everybody who manages this brand"), default=False)
    version = models.PositiveIntegerField(default=1)

    class Meta(BrandOwned.Meta):
        verbose_name = _("view")
        verbose_name_plural = _("views")
        ordering = ["name", "id"]
        constraints = [models.UniqueConstraint(fields=["brand", "user", "name"], name="saved_view_once")]

    def __str__(self) -> str:
        return self.name


class OnPurpose(BrandOwned):
    """A hint of the calendar that somebody has seen and means so."""

    key = models.CharField(max_length=120)
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")

    class Meta(BrandOwned.Meta):
        verbose_name = _("hint put aside")
        verbose_name_plural = _("hints put aside")
        constraints = [models.UniqueConstraint(fields=["brand", "key"], name="on_purpose_once")]

    def __str__(self) -> str:
        return self.key


class EntryMatch(Noticed):
    """A published post that perhaps is an entry."""

    entry = models.ForeignKey(Entry, models.CASCADE, related_name="matches")

    class Meta(BrandOwned.Meta):
        verbose_name = _("post noticed")
        verbose_name_plural = _("posts noticed")
        ordering = ["-likeness", "id"]
        constraints = [models.UniqueConstraint(fields=["entry", "post"], name="entry_match_once")]

    def __str__(self) -> str:
        return f"{self.entry} = {self.permalink or self.post}"


class EntryImport(BrandOwned):
    """A table of entries, or an imported plan, that is brought in: looked at first, then taken as a whole."""

    class State(models.TextChoices):
        OPEN = "open", _("to be looked at")
        DONE = "done", _("brought in")
        UNDONE = "undone", _("taken back")

    name = models.CharField(max_length=200, blank=True)  # of the file; empty for imported plans
    by = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    order = models.CharField(max_length=3, default="dmy")  # in which day, month and year are written in numbers
    titles = models.JSONField(default=dict)  # what the file calls each column
    unread = models.JSONField(default=list)  # columns that mean nothing here
    done_at = models.DateTimeField(null=True)

    class Meta(BrandOwned.Meta):
        verbose_name = _("bringing in of entries")
        verbose_name_plural = _("entries brought in")
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.name or str(self.pk)


class EntryImportLine(BrandOwned):
    """A line of it: what it says, what would become of it, and what became of it."""

    class Kind(models.TextChoices):
        NEW = "new", pgettext_lazy("lines", "new")
        CHANGED = "changed", pgettext_lazy("lines", "changed")
        CLASH = "clash", pgettext_lazy("lines", "changed here meanwhile")
        WRONG = "wrong", pgettext_lazy("lines", "cannot be taken")
        SAME = "same", pgettext_lazy("lines", "unchanged")

    entry_import = models.ForeignKey(EntryImport, models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField()
    told = models.JSONField(default=dict)
    kind = models.CharField(max_length=7, choices=Kind.choices)
    taken = models.BooleanField(default=True)
    title = models.CharField(max_length=200, blank=True)
    verdict = models.JSONField(default=dict)  # changes, notes, problems
    entry = models.BigIntegerField(null=True)  # which it tells of, or became
    made_version = models.PositiveIntegerField(null=True)  # of the entry, when it was brought in
    before = models.JSONField(null=True)  # of what it changed

    class Meta(BrandOwned.Meta):
        verbose_name = _("line brought in")
        verbose_name_plural = _("lines brought in")
        ordering = ["number", "id"]
        indexes = [models.Index(fields=["entry_import", "kind", "number"], name="entry_line_by_kind")]

    def __str__(self) -> str:
        return f"{self.number}: {self.title}"
