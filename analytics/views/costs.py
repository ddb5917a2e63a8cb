"""What the brand says itself: costs, values per conversion, exchange rates. One shape of page for all three."""

from collections.abc import Callable
from typing import Any
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import BrandRequest, right
from accounts.edit_pages import EditPage, show_delete
from accounts.htmx import render_page
from accounts.table_files import table_response
from analytics import roi_words as words
from analytics.forms.costs import CostForm, RateForm, ValueForm
from analytics.models import CurrencyRate, Spend, StatedValue
from analytics.selectors import costs as selectors
from analytics.services import costs as services

PER_PAGE = 50


def _listed_at(name: str) -> Callable[[BrandRequest, Any], str]:
    return lambda request, row: reverse(name, args=[request.brand.slug])


COST = EditPage(
    form=CostForm,
    new=gettext_lazy("Add a cost"),
    edit=gettext_lazy("Edit a cost"),
    saved=gettext_lazy("The cost is saved. Reports computed before keep their figures."),
    add=lambda brand, *, by, values: services.add_cost(brand, by=by, **values),
    change=services.change_cost,
    back=_listed_at("costs"),
)
VALUE = EditPage(
    form=ValueForm,
    new=gettext_lazy("State a value per conversion"),
    edit=gettext_lazy("Edit a value per conversion"),
    saved=gettext_lazy("The value is saved. Reports computed before keep their figures."),
    add=services.state_value,
    change=services.change_value,
    back=_listed_at("values"),
    fields=(("probability", "percent"),),
)
RATE = EditPage(
    form=RateForm,
    new=gettext_lazy("State an exchange rate"),
    edit=gettext_lazy("Edit an exchange rate"),
    saved=gettext_lazy("The rate is saved. Reports computed before keep their figures."),
    add=services.state_rate,
    change=services.change_rate,
    back=_listed_at("rates"),
    fields=(("to_currency", "currency"),),
)


@right("roi.view")
@require_safe
def costs(request: BrandRequest) -> HttpResponse:
    """Costs entered by hand, searchable; what ads exports told, summed up."""
    asked = selectors.Asked.of(request.GET)
    page = Paginator(selectors.by_hand(asked), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "asked": asked,
        "kinds": Spend.Kind.choices,
        "imported": selectors.imported(),
        "rows": [_cost_row(cost) for cost in page],
        "totals": [words.money(amount, currency) for currency, amount in selectors.totals(asked)],
        "tab": "costs",
    }
    return render_page(request, "analytics/costs.html", "analytics/_costs.html", context)


def _cost_row(cost: Spend) -> dict[str, Any]:
    hours = ""
    if cost.hours is not None and cost.hourly_rate is not None:
        hours = _("%(hours)s h × %(rate)s") % {
            "hours": words.number(cost.hours),
            "rate": words.money(cost.hourly_rate, cost.currency),
        }
    return {
        "cost": cost,
        "amount": words.money(cost.amount, cost.currency),
        "hours": hours,
        "platform": words.platform(cost.platform) if cost.platform else "",
    }


@right("roi.view")
@require_safe
def costs_export(request: BrandRequest) -> HttpResponse:
    """The costs of the list as a file, unrounded."""
    names = ("kind", "note", "start", "end", "hours", "hourly_rate", "amount", "currency", "campaign", "platform")
    rows = [
        ["" if value is None else str(value) for value in row]
        for row in selectors.by_hand(selectors.Asked.of(request.GET)).values_list(*names)
    ]
    return table_response(request.GET.get("file", "csv"), f"costs-{request.brand.slug}", names, rows)


@right("roi.view")
@require_safe
def values(request: BrandRequest) -> HttpResponse:
    rows = [
        {
            "row": row,
            "value": words.money(row.value, row.currency),
            "share": words.percent(float(row.probability)),
            "each": words.money(row.value * row.probability, row.currency),
            "source": words.source(row.source_kind),
        }
        for row in StatedValue.objects.all()
    ]
    return render(request, "analytics/costs_values.html", {"rows": rows, "tab": "values"})


@right("roi.view")
@require_safe
def rates(request: BrandRequest) -> HttpResponse:
    rows = [{"row": row, "rate": words.exact(row.rate)} for row in CurrencyRate.objects.all()]
    context = {"rows": rows, "needed": selectors.currencies_without_rate(request.brand)}
    return render(request, "analytics/costs_rates.html", context | {"tab": "rates"})


@right("roi.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def cost_new(request: BrandRequest) -> HttpResponse:
    return _new(request, COST)


@right("roi.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def cost_edit(request: BrandRequest, cost_id: int) -> HttpResponse:
    return COST.show_edit(request, get_object_or_404(Spend.objects.filter(row_key=""), pk=cost_id))


@right("roi.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def cost_delete(request: BrandRequest, cost_id: int) -> HttpResponse:
    return show_delete(
        request,
        get_object_or_404(Spend.objects.filter(row_key=""), pk=cost_id),
        question=_("Delete this cost?"),
        removed=_("The cost is deleted."),
        remove=services.remove_cost,
        back=reverse("costs", args=[request.brand.slug]),
    )


@right("roi.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def value_new(request: BrandRequest) -> HttpResponse:
    return _new(request, VALUE)


@right("roi.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def value_edit(request: BrandRequest, value_id: int) -> HttpResponse:
    return VALUE.show_edit(request, get_object_or_404(StatedValue, pk=value_id))


@right("roi.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def value_delete(request: BrandRequest, value_id: int) -> HttpResponse:
    return show_delete(
        request,
        get_object_or_404(StatedValue, pk=value_id),
        question=_("Delete this value?"),
        removed=_("The value is deleted."),
        remove=services.remove_value,
        back=reverse("values", args=[request.brand.slug]),
    )


@right("roi.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def rate_new(request: BrandRequest) -> HttpResponse:
    return _new(request, RATE)


@right("roi.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def rate_edit(request: BrandRequest, rate_id: int) -> HttpResponse:
    return RATE.show_edit(request, get_object_or_404(CurrencyRate, pk=rate_id))


@right("roi.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def rate_delete(request: BrandRequest, rate_id: int) -> HttpResponse:
    return show_delete(
        request,
        get_object_or_404(CurrencyRate, pk=rate_id),
        question=_("Delete this rate?"),
        removed=_("The rate is deleted."),
        remove=services.remove_rate,
        back=reverse("rates", args=[request.brand.slug]),
    )


def _new(request: BrandRequest, page: EditPage) -> HttpResponse:
    known = {name: value for name, value in request.GET.items() if name in page.form.base_fields}
    today = timezone.localdate(timezone=ZoneInfo(request.brand.time_zone))
    return page.show_new(request, initial=page.form.proposed(today) | known)
