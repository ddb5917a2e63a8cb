"""People, agencies, brands, who may do what, what was done, and what is being done in the background."""

import zoneinfo

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.scoping import BrandOwned


def validate_time_zone(value: str) -> None:
    try:
        zoneinfo.ZoneInfo(value)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        raise ValidationError(
            _("“%(value)s” is not a time zone. Choose a name such as Europe/Rome."), params={"value": value}
        ) from None


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save()
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields) -> "User":
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email__iexact=email)


class User(AbstractBaseUser, PermissionsMixin):
    email = models.EmailField(_("e-mail address"), unique=True)
    name = models.CharField(_("name"), max_length=150, blank=True)
    language = models.CharField(_("language"), max_length=8, default="en")
    time_zone = models.CharField(_("time zone"), max_length=64, blank=True, validators=[validate_time_zone])
    wants_mail = models.BooleanField(_("e-mail me what I am told in Timone"), default=True)
    # The hour, on his own clock, of an e-mail with the tasks of the day; None: no such e-mail.
    digest_hour = models.PositiveSmallIntegerField(_("the day's tasks by e-mail"), null=True, blank=True)
    digest_day = models.DateField(null=True)  # the last day for which it was made
    unread = models.PositiveIntegerField(default=0)  # notifications since he last opened their page
    feed_serial = models.PositiveIntegerField(default=0)  # of the address of his calendar feed; 0: none
    last_feed_serial = models.PositiveIntegerField(default=0)  # so that none is ever used twice
    is_active = models.BooleanField(_("active"), default=True)
    is_staff = models.BooleanField(default=False)
    date_joined = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects = UserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    def __str__(self) -> str:
        return self.name or self.email

    def get_full_name(self) -> str:
        return str(self)


class Agency(models.Model):
    name = models.CharField(_("name"), max_length=200, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("agency")
        verbose_name_plural = _("agencies")

    def __str__(self) -> str:
        return self.name


class BrandQuerySet(models.QuerySet):
    def for_user(self, user: User) -> "BrandQuerySet":
        """The brands a person may enter in any role: all of an owned agency, else those with a role."""
        memberships = Membership.objects.filter(user=user)
        owned = models.Q(agency__in=memberships.filter(is_owner=True).values("agency"))
        given = models.Q(pk__in=BrandRole.objects.filter(membership__in=memberships).values("brand"))
        return self.filter(owned | given)


class Sector(models.TextChoices):
    """What a brand deals in: brands of one sector have audiences with similar days."""

    NEWS = "news", _("news and media")
    ENTERTAINMENT = "entertainment", _("entertainment and culture")
    SPORT = "sport", _("sport")
    FOOD = "food", _("food, drink and restaurants")
    TRAVEL = "travel", _("travel and hotels")
    FASHION = "fashion", _("fashion and beauty")
    RETAIL = "retail", _("shops and online shops")
    HEALTH = "health", _("health and care")
    EDUCATION = "education", _("schools and science")
    FINANCE = "finance", _("banking and insurance")
    TECHNOLOGY = "technology", _("technology and software")
    INDUSTRY = "industry", _("industry and building")
    SERVICES = "services", _("services to companies")
    PUBLIC = "public", _("public bodies and associations")
    PERSON = "person", _("a person")
    OTHER = "other", _("other")


class Brand(models.Model):
    agency = models.ForeignKey(Agency, models.CASCADE, related_name="brands", verbose_name=_("agency"))
    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("address"), max_length=60, unique=True)
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC", validators=[validate_time_zone])
    currency = models.CharField(_("currency"), max_length=3, default="EUR")
    languages = models.JSONField(_("languages"), default=list, blank=True)
    tone_of_voice = models.TextField(_("tone of voice"), blank=True)
    sector = models.CharField(
        _("sector"),
        max_length=16,
        choices=Sector.choices,
        blank=True,
        help_text=_("Best times of a new channel lean on the agency's other brands of the same sector."),
    )
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    objects = models.Manager.from_queryset(BrandQuerySet)()

    class Meta:
        verbose_name = _("brand")
        verbose_name_plural = _("brands")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["agency", "name"], name="brand_name_once")]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships", verbose_name=_("person"))
    agency = models.ForeignKey(Agency, models.CASCADE, related_name="memberships", verbose_name=_("agency"))
    is_owner = models.BooleanField(_("owner"), default=False)

    class Meta:
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints = [models.UniqueConstraint(fields=["user", "agency"], name="membership_once")]

    def __str__(self) -> str:
        return f"{self.user} · {self.agency}"


class Role(models.TextChoices):
    SMM = "smm", _("social media manager")
    CM = "cm", _("community manager")


class BrandRole(models.Model):
    membership = models.ForeignKey(Membership, models.CASCADE, related_name="roles", verbose_name=_("person"))
    brand = models.ForeignKey(Brand, models.CASCADE, related_name="roles", verbose_name=_("brand"))
    role = models.CharField(_("role"), max_length=8, choices=Role.choices)

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        constraints = [models.UniqueConstraint(fields=["membership", "brand", "role"], name="role_once")]

    def __str__(self) -> str:
        return f"{self.membership.user} · {self.brand} · {self.get_role_display()}"

    def clean(self) -> None:
        if self.membership_id and self.brand_id and self.membership.agency_id != self.brand.agency_id:
            raise ValidationError(_("The person and the brand must belong to the same agency."))


class AuditEvent(models.Model):
    """Who did what on which row, before and after. Append-only."""

    agency = models.ForeignKey(Agency, models.CASCADE, related_name="audit_events", verbose_name=_("agency"))
    brand = models.ForeignKey(
        Brand, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("brand")
    )
    actor = models.ForeignKey(
        User, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("person")
    )
    action = models.CharField(_("action"), max_length=80)
    row_type = models.CharField(max_length=80)
    row_id = models.CharField(max_length=40)
    row_text = models.CharField(pgettext_lazy("a thing that somebody changed", "on"), max_length=200, blank=True)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    created_at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("what was done")
        ordering = ["-id"]
        indexes = [models.Index(fields=["agency", "-created_at"], name="audit_by_agency")]

    def __str__(self) -> str:
        return f"{self.action} {self.row_type} {self.row_id}"

    def save(self, *args, **kwargs) -> None:
        if self.pk is not None:
            raise TypeError("An audit event is written once and never changed.")
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise TypeError("An audit event is never deleted on its own.")


class Notification(models.Model):
    """Something that one person is told about one event: in Timone, and by e-mail where he wants that.

    The row is the queue of the e-mail too: waiting → sending → sent | failed | unknown. It is marked as "sending"
    before a mail server is asked, so that nothing is ever sent twice; "unknown" is what a sender left who
    died in between.
    """

    class Mail(models.TextChoices):
        NONE = "none", _("not by e-mail")
        WAITING = "waiting", _("e-mail waits to be sent")
        SENDING = "sending", _("e-mail is being sent")
        SENT = "sent", _("e-mail sent")
        FAILED = "failed", _("e-mail refused")
        UNKNOWN = "unknown", _("e-mail perhaps not sent")

    user = models.ForeignKey(User, models.CASCADE, related_name="notifications")
    brand = models.ForeignKey(Brand, models.CASCADE, null=True, blank=True, related_name="+")
    kind = models.CharField(max_length=40)
    event = models.CharField(max_length=120)  # what happened; a person is told of it once
    facts = models.JSONField(default=dict)  # what its sentences need (`accounts.notices`)
    path = models.CharField(max_length=300)  # where it leads
    created_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    mail = models.CharField(max_length=8, choices=Mail.choices, default=Mail.NONE)
    mail_tries = models.PositiveSmallIntegerField(default=0)
    mail_after = models.DateTimeField(null=True)  # not before this
    mail_at = models.DateTimeField(null=True)  # when it was last tried
    mail_error = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("notification")
        verbose_name_plural = _("notifications")
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["user", "event"], name="notification_once")]
        indexes = [
            models.Index(
                fields=["mail", "mail_after"],
                name="notification_mail_due",
                condition=models.Q(mail__in=["waiting", "sending"]),
            ),
            models.Index(fields=["event"], name="notification_by_event"),
        ]

    def __str__(self) -> str:
        return f"{self.event} · {self.user}"


class ApiToken(models.Model):
    """A key with which a program acts as this person. Of the key itself only its digest is kept.

    `window` and `calls` count what it asked in the current minute.
    """

    class Scope(models.TextChoices):
        READ = "read", _("read")
        WRITE = "write", _("read and write")

    user = models.ForeignKey(User, models.CASCADE, related_name="api_tokens")
    name = models.CharField(_("what it is for"), max_length=80)
    prefix = models.CharField(max_length=12)  # by which its owner knows it again
    digest = models.CharField(max_length=64, unique=True)
    scope = models.CharField(_("may"), max_length=5, choices=Scope.choices, default=Scope.READ)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(_("until"))
    revoked_at = models.DateTimeField(null=True)
    last_used_at = models.DateTimeField(null=True)
    window = models.BigIntegerField(default=0)
    calls = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("API token")
        verbose_name_plural = _("API tokens")
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.name} ({self.prefix}…)"


class Receipt(BrandOwned):
    """When a person saw something that was handed over to him: a version of a brief, of a crisis plan."""

    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    row_type = models.CharField(max_length=80)  # the label of the version's model
    row_id = models.BigIntegerField()
    first_seen_at = models.DateTimeField()
    last_seen_at = models.DateTimeField()

    class Meta(BrandOwned.Meta):
        verbose_name = _("receipt")
        verbose_name_plural = _("receipts")
        constraints = [models.UniqueConstraint(fields=["user", "row_type", "row_id"], name="receipt_once")]

    def __str__(self) -> str:
        return f"{self.row_type} {self.row_id} · {self.user}"


class Job(BrandOwned):
    """A piece of background work: queued → running → done | failed (the user can mend it) | errored (ours).

    The row is the truth, the broker only a hint: a worker claims it by a conditional update, keeps a lease
    alive while it works, and writes its result only while it still holds that lease.
    """

    class State(models.TextChoices):
        QUEUED = "queued", _("waiting")
        RUNNING = "running", _("running")
        DONE = "done", _("done")
        FAILED = "failed", _("not done")
        ERRORED = "errored", _("stopped by an error")

    kind = models.CharField(max_length=60)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=8, choices=State.choices, default=State.QUEUED)
    progress = models.FloatField(default=0.0)
    phase = models.CharField(max_length=40, blank=True)
    phase_facts = models.JSONField(default=dict)
    result = models.JSONField(null=True)
    error_code = models.CharField(max_length=60, blank=True)
    error_facts = models.JSONField(default=dict)
    # Two requests for the same outstanding work share one row while it waits.
    same_as = models.CharField(max_length=120, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease = models.CharField(max_length=40, blank=True)
    lease_until = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta(BrandOwned.Meta):
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        indexes = [
            models.Index(
                fields=["state", "lease_until"],
                name="job_outstanding",
                condition=models.Q(state__in=["queued", "running"]),
            )
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["brand", "kind", "same_as"],
                name="job_waiting_once",
                condition=models.Q(state="queued") & ~models.Q(same_as=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk} {self.state}"

    @property
    def is_over(self) -> bool:
        return self.state not in (self.State.QUEUED, self.State.RUNNING)
