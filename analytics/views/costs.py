"""What the brand says itself: costs, values per conversion, exchange rates. One shape of page for all three."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import BrandRequest, right
from accounts.errors import AppError, InvalidInput, Stale
from accounts.htmx import render_page
from analytics import roi_words as words
from analytics.forms.costs import CostForm, RateForm, ValueForm, VersionedForm
from analytics.models import CurrencyRate, Spend, StatedValue
from analytics.selectors import costs as selectors
from analytics.services import costs as services
from analytics.table_files import table_response

PER_PAGE = 50


@dataclass(frozen=True)
class Kind:
    """One kind of entry: its words, its form, its verbs and where its list is."""

    model: type[Any]
    form: type[VersionedForm]
    listed_at: str
    new: Promise
    edit: Promise
    remove: Promise
    saved: Promise
    removed: Promise
    add: Callable[..., Any]
    change: Callable[..., Any]
    delete: Callable[..., Any]


COST = Kind(
    model=Spend,
    form=CostForm,
    listed_at="costs",
    new=gettext_lazy("Add a cost"),
    edit=gettext_lazy("Edit a cost"),
    remove=gettext_lazy("Delete this cost?"),
    saved=gettext_lazy("The cost is saved. Reports computed before keep their figures."),
    removed=gettext_lazy("The cost is deleted."),
    add=lambda brand, *, by, values: services.add_cost(brand, by=by, **values),
    change=services.change_cost,
    delete=services.remove_cost,
)
VALUE = Kind(
    model=StatedValue,
    form=ValueForm,
    listed_at="values",
    new=gettext_lazy("State a value per conversion"),
    edit=gettext_lazy("Edit a value per conversion"),
    remove=gettext_lazy("Delete this value?"),
    saved=gettext_lazy("The value is saved. Reports computed before keep their figures."),
    removed=gettext_lazy("The value is deleted."),
    add=services.state_value,
    change=services.change_value,
    delete=services.remove_value,
)
RATE = Kind(
    model=CurrencyRate,
    form=RateForm,
    listed_at="rates",
    new=gettext_lazy("State an exchange rate"),
    edit=gettext_lazy("Edit an exchange rate"),
    remove=gettext_lazy("Delete this rate?"),
    saved=gettext_lazy("The rate is saved. Reports computed before keep their figures."),
    removed=gettext_lazy("The rate is deleted."),
    add=services.state_rate,
    change=services.change_rate,
    delete=services.remove_rate,
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
    return _edit(request, COST, get_object_or_404(Spend.objects.filter(row_key=""), pk=cost_id))


@right("roi.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def cost_delete(request: BrandRequest, cost_id: int) -> HttpResponse:
    return _delete(request, COST, get_object_or_404(Spend.objects.filter(row_key=""), pk=cost_id))


@right("roi.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def value_new(request: BrandRequest) -> HttpResponse:
    return _new(request, VALUE)


@right("roi.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def value_edit(request: BrandRequest, value_id: int) -> HttpResponse:
    return _edit(request, VALUE, get_object_or_404(StatedValue, pk=value_id))


@right("roi.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def value_delete(request: BrandRequest, value_id: int) -> HttpResponse:
    return _delete(request, VALUE, get_object_or_404(StatedValue, pk=value_id))


@right("roi.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def rate_new(request: BrandRequest) -> HttpResponse:
    return _new(request, RATE)


@right("roi.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def rate_edit(request: BrandRequest, rate_id: int) -> HttpResponse:
    return _edit(request, RATE, get_object_or_404(CurrencyRate, pk=rate_id))


@right("roi.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def rate_delete(request: BrandRequest, rate_id: int) -> HttpResponse:
    return _delete(request, RATE, get_object_or_404(CurrencyRate, pk=rate_id))


def _new(request: BrandRequest, kind: Kind) -> HttpResponse:
    known = {name: value for name, value in request.GET.items() if name in kind.form.base_fields}
    initial = kind.form.proposed(timezone.localdate(timezone=ZoneInfo(request.brand.time_zone))) | known
    form = kind.form(request.POST or None, brand=request.brand, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            kind.add(request.brand, by=request.user, values=form.values)
            return _saved(request, kind)
        except InvalidInput as error:
            _explain(form, error)
    return _form_page(request, kind, form, kind.new)


def _edit(request: BrandRequest, kind: Kind, row: Any) -> HttpResponse:
    form = kind.form(request.POST or None, instance=row, brand=request.brand)
    stored: list[tuple[str, str]] = []
    if request.method == "POST" and form.is_valid():
        try:
            version = form.cleaned_data["version"] or 0
            kind.change(row, by=request.user, version=version, values=form.values)
            return _saved(request, kind)
        except Stale as error:
            form.add_error(None, str(error))
            stored = _stored(kind, row, request)
            form.data = form.data.copy()
            form.data["version"] = error.facts["version"]
        except InvalidInput as error:
            _explain(form, error)
    return _form_page(request, kind, form, kind.edit, row=row, stored=stored)


def _stored(kind: Kind, row: Any, request: BrandRequest) -> list[tuple[str, str]]:
    """What somebody else saved meanwhile, field by field."""
    fresh = kind.form(instance=kind.model.objects.get(pk=row.pk), brand=request.brand)
    return [
        (str(field.label), "" if field.value() is None else str(field.value())) for field in fresh.visible_fields()
    ]


def _explain(form: VersionedForm, error: AppError) -> None:
    field = error.facts.get("field")
    field = {"probability": "percent", "to_currency": "currency"}.get(str(field), field)
    form.add_error(field if field in form.fields else None, str(error))


def _saved(request: BrandRequest, kind: Kind) -> HttpResponse:
    messages.success(request, str(kind.saved))
    return redirect(kind.listed_at, request.brand.slug)


def _delete(request: BrandRequest, kind: Kind, row: Any) -> HttpResponse:
    if request.method == "POST":
        kind.delete(row, by=request.user)
        messages.success(request, str(kind.removed))
        return redirect(kind.listed_at, request.brand.slug)
    context = {"question": kind.remove, "row": row, "back": reverse(kind.listed_at, args=[request.brand.slug])}
    return render(request, "analytics/costs_delete.html", context)


def _form_page(
    request: BrandRequest,
    kind: Kind,
    form: VersionedForm,
    title: Promise,
    *,
    row: Any = None,
    stored: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    context = {
        "form": form,
        "heading": title,
        "row": row,
        "stored": stored,
        "back": reverse(kind.listed_at, args=[request.brand.slug]),
    }
    return render(request, "analytics/costs_form.html", context, status=422 if form.errors else 200)
