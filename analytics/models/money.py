"""What the brand's social media cost and what it brought."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.scoping import BrandOwned


class Spend(BrandOwned):
    """A cost over a period: imported from an ads export, or entered by hand."""

    class Kind(models.TextChoices):
        ADS = "ads", _("advertising")
        LABOUR = "labour", _("hours worked")
        PRODUCTION = "production", _("production")
        AGENCY = "agency", _("agency fee")
        INFLUENCER = "influencer", _("influencers")
        TOOL = "tool", _("tools and subscriptions")
        OTHER = "other", _("other")

    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    platform = models.CharField(_("platform"), max_length=20, blank=True)
    campaign = models.CharField(_("campaign"), max_length=400, blank=True)
    start = models.DateField(_("from"))
    end = models.DateField(_("to"))
    amount = models.DecimalField(_("amount"), max_digits=18, decimal_places=4)
    currency = models.CharField(_("currency"), max_length=3)
    hours = models.DecimalField(_("hours"), max_digits=10, decimal_places=2, null=True, blank=True)
    hourly_rate = models.DecimalField(_("rate per hour"), max_digits=12, decimal_places=2, null=True, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)
    # What an ads export tells besides; empty on rows entered by hand.
    file = models.ForeignKey("analytics.ImportFile", models.SET_NULL, null=True, blank=True, related_name="+")
    account = models.CharField(max_length=200, blank=True)
    external_id = models.CharField(max_length=120, blank=True)
    ad_group = models.CharField(max_length=400, blank=True)
    ad = models.CharField(max_length=400, blank=True)
    impressions = models.BigIntegerField(null=True)
    clicks = models.BigIntegerField(null=True)
    reach = models.BigIntegerField(null=True)
    results = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    result_kind = models.CharField(max_length=200, blank=True)
    conversions = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    conversion_value = models.DecimalField(max_digits=18, decimal_places=4, null=True)
    # Tells the same row of a later export; empty on rows entered by hand.
    row_key = models.CharField(max_length=64, blank=True)
    as_of = models.DateTimeField(null=True)

    class Meta(BrandOwned.Meta):
        verbose_name = _("cost")
        verbose_name_plural = _("costs")
        ordering = ["-start", "-id"]
        indexes = [models.Index(fields=["brand", "start", "end"], name="spend_by_period")]
        constraints = [
            models.UniqueConstraint(fields=["brand", "row_key"], name="spend_once", condition=~Q(row_key="")),
            models.CheckConstraint(condition=Q(end__gte=models.F("start")), name="spend_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.amount} {self.currency}"


class Conversion(BrandOwned):
    """What visits led to over a period, by where they came from, as a web analytics export tells it."""

    source_kind = models.CharField(_("told by"), max_length=20)
    dimensions = models.CharField(max_length=200, blank=True)  # which columns told the rows of this export apart
    start = models.DateField(_("from"))
    end = models.DateField(_("to"))
    channel_group = models.CharField(_("channel group"), max_length=200, blank=True)
    source = models.CharField(_("source"), max_length=200, blank=True)
    medium = models.CharField(_("medium"), max_length=200, blank=True)
    campaign = models.CharField(_("campaign"), max_length=400, blank=True)
    sessions = models.BigIntegerField(_("sessions"), null=True)
    engaged_sessions = models.BigIntegerField(_("engaged sessions"), null=True)
    count = models.DecimalField(_("conversions"), max_digits=18, decimal_places=4, null=True)
    value = models.DecimalField(_("value"), max_digits=18, decimal_places=6, null=True)
    currency = models.CharField(_("currency"), max_length=3, blank=True)
    # Of a single sale: the shop's number and the moment.
    external_id = models.CharField(max_length=120, blank=True)
    at = models.DateTimeField(null=True)
    file = models.ForeignKey("analytics.ImportFile", models.SET_NULL, null=True, blank=True, related_name="+")
    row_key = models.CharField(max_length=64)
    as_of = models.DateTimeField(null=True)

    class Meta(BrandOwned.Meta):
        verbose_name = _("conversion")
        verbose_name_plural = _("conversions")
        indexes = [models.Index(fields=["brand", "start", "end"], name="conversion_by_period")]
        constraints = [models.UniqueConstraint(fields=["brand", "row_key"], name="conversion_once")]

    def __str__(self) -> str:
        return f"{self.campaign or self.source or self.channel_group} {self.start}"


class StatedValue(BrandOwned):
    """What the brand says one conversion is worth, where no revenue is measured."""

    name = models.CharField(_("what is counted"), max_length=120)
    source_kind = models.CharField(_("counted by"), max_length=20)
    value = models.DecimalField(
        _("value of one"), max_digits=14, decimal_places=2, validators=[MinValueValidator(0)]
    )
    currency = models.CharField(_("currency"), max_length=3)
    probability = models.DecimalField(
        _("share that becomes a customer"),
        max_digits=5,
        decimal_places=4,
        default=1,
        validators=[MinValueValidator(0), MaxValueValidator(1)],
    )
    valid_from = models.DateField(_("valid from"))
    version = models.PositiveIntegerField(default=1)

    class Meta(BrandOwned.Meta):
        verbose_name = _("value per conversion")
        verbose_name_plural = _("values per conversion")
        ordering = ["source_kind", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["brand", "source_kind", "valid_from"], name="stated_value_once")
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.value} {self.currency}"


class CurrencyRate(BrandOwned):
    """How much of the brand's currency one unit of another was worth on a day."""

    currency = models.CharField(_("currency"), max_length=3)
    to_currency = models.CharField(_("into"), max_length=3)
    day = models.DateField(_("day"))
    rate = models.DecimalField(
        _("rate"), max_digits=18, decimal_places=8, validators=[MinValueValidator(0.00000001)]
    )
    note = models.CharField(_("source"), max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(BrandOwned.Meta):
        verbose_name = _("exchange rate")
        verbose_name_plural = _("exchange rates")
        ordering = ["currency", "-day"]
        constraints = [
            models.UniqueConstraint(fields=["brand", "currency", "to_currency", "day"], name="rate_once"),
            models.CheckConstraint(condition=Q(rate__gt=0), name="rate_above_zero"),
        ]

    def __str__(self) -> str:
        return f"1 {self.currency} = {self.rate} {self.to_currency}"
