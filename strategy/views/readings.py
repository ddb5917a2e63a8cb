"""Readings that a person enters, where no import tells the KPI."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.access import BrandRequest, right
from accounts.edit_pages import EditPage, show_delete
from strategy.forms.objectives import ReadingForm
from strategy.models import Objective, ObjectiveReading
from strategy.objective_rows import brand_day, home
from strategy.services import readings as services


def _reading_page(objective: Objective) -> EditPage:
    form = type("ReadingFormOfKpi", (ReadingForm,), {"kpi": objective.kpi})

    def add(_brand: Any, *, by: Any, values: Mapping[str, Any]) -> ObjectiveReading:
        return services.add_by_hand(objective, by=by, **values)

    return replace(
        READING,
        form=form,
        sentence=objective.statement,
        add=add,
        back=lambda request, _row: home(request, objective),
    )


READING = EditPage(
    form=ReadingForm,
    new=gettext_lazy("Enter a reading"),
    edit=gettext_lazy("Edit a reading"),
    saved=gettext_lazy("The reading is saved."),
    add=services.add_by_hand,
    change=services.change_by_hand,
    back=lambda request, row: home(request, row.objective),
)


@right("strategy.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def reading_new(request: BrandRequest, objective_id: int) -> HttpResponse:
    objective = get_object_or_404(Objective.objects.select_related("brand"), pk=objective_id)
    day = min(brand_day(request), objective.deadline)
    return _reading_page(objective).show_new(request, initial={"day": day})


@right("strategy.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def reading_edit(request: BrandRequest, reading_id: int) -> HttpResponse:
    reading = _reading(reading_id)
    return _reading_page(reading.objective).show_edit(request, reading)


@right("strategy.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def reading_delete(request: BrandRequest, reading_id: int) -> HttpResponse:
    reading = _reading(reading_id)
    return show_delete(
        request,
        reading,
        question=_("Delete this reading?"),
        removed=_("The reading is deleted."),
        remove=services.remove_by_hand,
        back=home(request, reading.objective),
    )


def _reading(reading_id: int) -> ObjectiveReading:
    return get_object_or_404(
        ObjectiveReading.objects.select_related("objective", "objective__brand", "brand"), pk=reading_id
    )
