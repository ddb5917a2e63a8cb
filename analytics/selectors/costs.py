"""Reads costs for their pages: those entered by hand as rows, those of ads exports summed up."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet, Sum
from django.http import QueryDict

from accounts.models import Brand
from analytics.models import Conversion, CurrencyRate, Spend, StatedValue


@dataclass(frozen=True)
class Asked:
    """What the list is narrowed to."""

    text: str = ""
    kind: str = ""

    @classmethod
    def of(cls, query: QueryDict) -> "Asked":
        kind = query.get("kind", "")
        return cls(query.get("q", "").strip()[:200], kind if kind in Spend.Kind.values else "")

    @property
    def is_narrowed(self) -> bool:
        return bool(self.text or self.kind)


def by_hand(asked: Asked) -> QuerySet[Spend]:
    """Costs entered by hand, newest first."""
    costs = Spend.objects.filter(row_key="")
    if asked.kind:
        costs = costs.filter(kind=asked.kind)
    if asked.text:
        costs = costs.filter(Q(note__icontains=asked.text) | Q(campaign__icontains=asked.text))
    return costs


def totals(asked: Asked) -> list[tuple[str, Decimal]]:
    """The sum of the listed costs in each currency."""
    sums = by_hand(asked).order_by().values_list("currency").annotate(Sum("amount"))
    return sorted(sums)


def imported() -> list[dict[str, Any]]:
    """What ads exports told, per platform and currency."""
    rows = Spend.objects.exclude(row_key="").order_by().values("platform", "currency")
    return list(
        rows.annotate(
            rows=Count("pk"), campaigns=Count("campaign", distinct=True), first=Min("start"), last=Max("end")
        ).order_by("platform", "currency")
    )


def currencies_without_rate(brand: Brand) -> list[str]:
    """Currencies in which something was spent, earned or valued, but for which no rate is stated."""
    found: set[str] = set()
    for model in (Spend, Conversion, StatedValue):
        found |= set(model.objects.order_by().values_list("currency", flat=True).distinct())
    stated = set(CurrencyRate.objects.filter(to_currency=brand.currency).values_list("currency", flat=True))
    return sorted(found - stated - {"", brand.currency})
