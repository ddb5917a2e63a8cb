"""The form of an objective: it says while one types what is still weak, and proposes the baseline."""

from datetime import timedelta
from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.access import BrandRequest, right
from accounts.edit_pages import EditPage
from accounts.htmx import wants_part
from strategy import objective_words as words
from strategy import smart
from strategy.forms.objectives import SECTIONS, ObjectiveForm, draft, shown
from strategy.kpis import KPIS, Kpi
from strategy.models import Objective
from strategy.objective_rows import brand_day, home, kpi_facts
from strategy.selectors import objectives as selectors
from strategy.services import objectives as services

# Rows that are tied to it need not be read to be known.
TIED = {name: f"{name}_id" for name in ("goal", "parent", "audience", "owner")}
USUAL_LENGTH = timedelta(weeks=26)


def _more(request: BrandRequest, form: ObjectiveForm, row: Objective | None) -> dict[str, Any]:
    sections = [
        {"slug": slug, "title": title, "fields": [form[name] for name in names]} for slug, title, names in SECTIONS
    ]
    return {"sections": sections, "check": _check(request, form, row)}


def _typed(request: BrandRequest, form: ObjectiveForm, row: Objective | None) -> dict[str, Any]:
    """What a form says so far, as it would be stored: typed, else proposed or stored."""
    if form.is_bound:
        form.is_valid()
        return form.values
    if row is not None and request.method != "POST":
        return {name: getattr(row, TIED.get(name, name)) for name in form.Meta.fields}
    data = QueryDict(mutable=True)
    for name in form.fields:
        value = form[name].value()
        if isinstance(value, list | tuple):
            data.setlist(name, [str(item) for item in value])
        elif value is not None:
            data[name] = str(value)
    bound = ObjectiveForm(data, instance=row, brand=form.brand)
    bound.is_valid()
    return bound.values


def _check(request: BrandRequest, form: ObjectiveForm, row: Objective | None) -> dict[str, Any]:
    """What is still weak and why, the KPI's facts, the baseline that history proposes, and its verdict."""
    values = _typed(request, form, row)
    currency, slug = request.brand.currency, values.get("kpi") or ""
    kpi = KPIS.get(slug)
    counting = values.get("counting") or (kpi.countings[0] if kpi else "")
    terms = {name: values.get(name) for name in ("baseline", "target", "start", "deadline")}
    terms |= {"counting": counting, "direction": kpi.direction if kpi else "up"}
    ground = selectors.ground(terms, kpi=slug, platforms=values.get("platforms") or [])
    found = smart.weaknesses(draft(values, ground.attainable.verdict))
    letters = words.smart(found)
    return {
        "letters": letters,
        "weak": sum(bool(letter["weak"]) for letter in letters),
        "kpi": kpi_facts(slug, currency),
        "proposed": _proposed(kpi, ground, currency) if kpi else None,
        "attainable": words.attainable(kpi, counting, ground.attainable, currency) if kpi else "",
        "verdict": ground.attainable.verdict,
        "problem": services.problem(request.brand, row, values) if request.method == "POST" else "",
    }


def _proposed(kpi: Kpi, ground: selectors.Ground, currency: str) -> dict[str, Any] | None:
    if ground.baseline is None:
        return None
    told, first, last = ground.baseline
    interval = ""
    if told.low is not None and told.high is not None:
        ends = {"low": words.value(kpi, told.low, currency), "high": words.value(kpi, told.high, currency)}
        interval = _("90 %%: %(low)s to %(high)s") % ends
    return {
        "value": words.value(kpi, told.value, currency),
        "typed": shown(kpi.slug, float(f"{told.value:.6g}")),
        "first": words.day(first),
        "last": words.day(last),
        "from": first.isoformat(),
        "to": last.isoformat(),
        "interval": interval,
        "rests_on": words.rests_on(kpi, told.n),
    }


OBJECTIVE = EditPage(
    form=ObjectiveForm,
    new=gettext_lazy("New objective"),
    edit=gettext_lazy("Edit objective"),
    saved=gettext_lazy("The objective is saved."),
    add=services.add,
    change=services.change,
    back=home,
    template="strategy/objective_edit.html",
    more=_more,
)


@right("strategy.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def objective_new(request: BrandRequest) -> HttpResponse:
    if (answer := _answer_check(request, None)) is not None:
        return answer
    start = brand_day(request)
    initial: dict[str, Any] = {"start": start, "deadline": start + USUAL_LENGTH, "owner": request.user.pk}
    known = {name: value for name, value in request.GET.items() if name in ("goal", "parent", "audience", "kpi")}
    return OBJECTIVE.show_new(request, initial=initial | known)


@right("strategy.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def objective_edit(request: BrandRequest, objective_id: int) -> HttpResponse:
    objective = get_object_or_404(Objective.objects.select_related("brand"), pk=objective_id)
    return _answer_check(request, objective) or OBJECTIVE.show_edit(request, objective)


def _answer_check(request: BrandRequest, row: Objective | None) -> HttpResponse | None:
    """Without saving: what is weak so far (live or by its button), or the form with the proposed baseline."""
    if request.method != "POST":
        return None
    if wants_part(request):
        form = ObjectiveForm(request.POST, instance=row, brand=request.brand)
        return render(request, "strategy/_objective_check.html", {"check": _check(request, form, row)})
    if not {"check", "take"} & request.POST.keys():
        return None
    initial = _as_typed(request.POST)
    form = ObjectiveForm(instance=row, brand=request.brand, initial=initial)
    if "take" in request.POST:
        form = ObjectiveForm(instance=row, brand=request.brand, initial=initial | _taken(request, form, row))
    title = OBJECTIVE.edit if row else OBJECTIVE.new
    context = {"form": form, "heading": title, "row": row, "back": home(request, row)}
    return render(request, OBJECTIVE.template, context | _more(request, form, row))


def _as_typed(data: QueryDict) -> dict[str, Any]:
    """The fields of a form as they were typed."""
    names = [name for name in data if name in ObjectiveForm.base_fields]
    return {name: data.getlist(name) if name == "platforms" else data[name] for name in names}


def _taken(request: BrandRequest, form: ObjectiveForm, row: Objective | None) -> dict[str, Any]:
    """The proposed baseline with its period and source, as if typed."""
    proposed = _check(request, form, row)["proposed"]
    if proposed is None:
        return {}
    return {
        "baseline": proposed["typed"],
        "baseline_from": proposed["from"],
        "baseline_to": proposed["to"],
        "baseline_source": _("imported data"),
    }
