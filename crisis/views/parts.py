"""The pages on which the parts of a plan are written."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from accounts.access import BrandRequest, right
from accounts.edit_pages import EditPage, show_delete
from crisis import forms
from crisis.models import Contact, Drill, HoldingStatement, Scenario, SeverityLevel, Slot
from crisis.services import plans
from crisis.views.common import plan_or_404
from strategy.objective_rows import brand_day

WAYS = ["GET", "HEAD", "POST"]


def _home(part: str = "") -> Any:
    return lambda request, _row=None: reverse("crisis_plan", args=[request.brand.slug]) + part


def _plan_page(form: Any, title: Any, sentence: Any) -> EditPage:
    return EditPage(
        form=form,
        new=title,
        edit=title,
        saved=gettext_lazy("The draft is saved."),
        sentence=sentence,
        add=lambda *_args, **_values: None,
        change=plans.change_plan,
        back=_home(),
    )


RULES = _plan_page(
    forms.RulesForm,
    gettext_lazy("Do, do not, and which comment it is"),
    gettext_lazy("Five short lines each: this is read at night, on a phone."),
)
CHECKLISTS = _plan_page(
    forms.ChecklistsForm,
    gettext_lazy("Checklists"),
    gettext_lazy("What is done first, and what must not be forgotten."),
)
AROUND = _plan_page(
    forms.AroundForm,
    gettext_lazy("Around the brand"),
    gettext_lazy("What is switched off, who is told, and which words are watched."),
)
LEVEL = EditPage(
    form=forms.LevelForm,
    new=gettext_lazy("Severity level"),
    edit=gettext_lazy("Severity level"),
    saved=gettext_lazy("The draft is saved."),
    add=lambda *_args, **_values: None,
    change=plans.change_level,
    back=_home("#levels"),
)


def _page(form: Any, new: Any, edit: Any, add: Any, change: Any, part: str) -> EditPage:
    saved = gettext_lazy("The draft is saved.")
    return EditPage(form=form, new=new, edit=edit, saved=saved, add=add, change=change, back=_home(part))


SCENARIO = _page(
    forms.ScenarioForm,
    gettext_lazy("New scenario"),
    gettext_lazy("Edit scenario"),
    plans.add_scenario,
    plans.change_scenario,
    "#scenarios",
)
CONTACT = _page(
    forms.ContactForm,
    gettext_lazy("New contact"),
    gettext_lazy("Edit contact"),
    plans.add_contact,
    plans.change_contact,
    "#contacts",
)
STATEMENT = _page(
    forms.StatementForm,
    gettext_lazy("New holding statement"),
    gettext_lazy("Edit holding statement"),
    plans.add_statement,
    plans.change_statement,
    "#statements",
)
DRILL = EditPage(
    form=forms.DrillForm,
    new=gettext_lazy("A drill that was held"),
    edit=gettext_lazy("Edit drill"),
    saved=gettext_lazy("The drill is saved."),
    sentence=gettext_lazy("Nothing is frozen or published in a drill; only what it showed is kept."),
    add=plans.add_drill,
    change=plans.change_drill,
    back=_home("#drills"),
)


@right("crisis.edit")
@require_http_methods(WAYS)
def crisis_rules(request: BrandRequest) -> HttpResponse:
    return RULES.show_edit(request, plan_or_404())


@right("crisis.edit")
@require_http_methods(WAYS)
def crisis_checklists(request: BrandRequest) -> HttpResponse:
    return CHECKLISTS.show_edit(request, plan_or_404())


@right("crisis.edit")
@require_http_methods(WAYS)
def crisis_around(request: BrandRequest) -> HttpResponse:
    return AROUND.show_edit(request, plan_or_404())


@right("crisis.edit")
@require_http_methods(WAYS)
def level_edit(request: BrandRequest, level_id: int) -> HttpResponse:
    return LEVEL.show_edit(request, _row(SeverityLevel, level_id))


@right("crisis.edit")
@require_http_methods(WAYS)
def scenario_new(request: BrandRequest) -> HttpResponse:
    return SCENARIO.show_new(request)


@right("crisis.edit")
@require_http_methods(WAYS)
def scenario_edit(request: BrandRequest, scenario_id: int) -> HttpResponse:
    return SCENARIO.show_edit(request, _row(Scenario, scenario_id))


@right("crisis.edit")
@require_http_methods(WAYS)
def contact_new(request: BrandRequest) -> HttpResponse:
    slot = request.GET.get("slot", "")
    initial: dict[str, Any] = {"slot": slot} if slot in Slot.values else {}
    taken = Contact.objects.filter(slot=slot).order_by("-order").values_list("order", flat=True).first()
    return CONTACT.show_new(
        request, initial=initial | {"order": (taken or 0) + 1, "checked_on": brand_day(request)}
    )


@right("crisis.edit")
@require_http_methods(WAYS)
def contact_edit(request: BrandRequest, contact_id: int) -> HttpResponse:
    return CONTACT.show_edit(request, _row(Contact, contact_id))


@right("crisis.edit")
@require_http_methods(WAYS)
def statement_new(request: BrandRequest) -> HttpResponse:
    return STATEMENT.show_new(request)


@right("crisis.edit")
@require_http_methods(WAYS)
def statement_edit(request: BrandRequest, statement_id: int) -> HttpResponse:
    return STATEMENT.show_edit(request, _row(HoldingStatement, statement_id))


@right("crisis.edit")
@require_http_methods(WAYS)
def drill_new(request: BrandRequest) -> HttpResponse:
    return DRILL.show_new(request, initial={"day": brand_day(request)})


@right("crisis.edit")
@require_http_methods(WAYS)
def drill_edit(request: BrandRequest, drill_id: int) -> HttpResponse:
    return DRILL.show_edit(request, _row(Drill, drill_id))


@right("crisis.edit")
@require_http_methods(WAYS)
def scenario_delete(request: BrandRequest, scenario_id: int) -> HttpResponse:
    question = _("Delete this scenario with its texts? Versions keep both.")
    return _delete(request, _row(Scenario, scenario_id), question, "#scenarios")


@right("crisis.edit")
@require_http_methods(WAYS)
def contact_delete(request: BrandRequest, contact_id: int) -> HttpResponse:
    return _delete(request, _row(Contact, contact_id), _("Delete this contact? Versions keep it."), "#contacts")


@right("crisis.edit")
@require_http_methods(WAYS)
def statement_delete(request: BrandRequest, statement_id: int) -> HttpResponse:
    question = _("Delete this text? Versions keep it.")
    return _delete(request, _row(HoldingStatement, statement_id), question, "#statements")


@right("crisis.edit")
@require_http_methods(WAYS)
def drill_delete(request: BrandRequest, drill_id: int) -> HttpResponse:
    return _delete(request, _row(Drill, drill_id), _("Delete this drill?"), "#drills")


def _delete(request: BrandRequest, row: Any, question: str, part: str) -> HttpResponse:
    back = _home(part)(request)
    return show_delete(
        request, row, question=question, removed=_("It is deleted."), remove=plans.remove, back=back
    )


def _row(model: Any, number: int) -> Any:
    return get_object_or_404(model.objects.select_related("brand"), pk=number)
