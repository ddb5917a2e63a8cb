"""The plan of a brand: how ready it is, all its parts, and its versions."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import BrandRequest, right
from accounts.errors import InvalidInput
from accounts.models import Brand
from crisis import readiness, selectors, severity, words
from crisis.chapters import chapters
from crisis.forms import BeginForm
from crisis.models import Contact, Drill, Grade, PlanVersion, Slot
from crisis.services import plans
from crisis.views.common import told
from strategy.objective_rows import brand_day

State = PlanVersion.State
# The chapters that the page shows as lists, in this order; scenarios, contacts and texts have their own parts.
LISTED = (
    *("do", "avoid", "steps", "first_hour", "first_day", "first_week"),
    *("pauses", "stakeholders", "words", "legal", "aftercare"),
)


@right("crisis.view")
@require_safe
def crisis_plan(request: BrandRequest) -> HttpResponse:
    plan = selectors.plan()
    if plan is None:
        language = request.brand.languages[0] if request.brand.languages else request.LANGUAGE_CODE
        form = BeginForm(initial={"language": language})
        return render(request, "crisis/begin.html", {"form": form})
    parts = selectors.parts(request.brand)
    content = selectors.content(plan, parts)
    versions = list(PlanVersion.objects.all()[:20])
    in_force = next((each for each in versions if each.state == State.IN_FORCE), None)
    last = next((each for each in versions if each.state != State.WITHDRAWN), None)
    drills = list(Drill.objects.select_related("scenario")[:10])
    drilled = drills[0].day if drills else None
    now, today = timezone.now(), brand_day(request)
    facts = selectors.facts(plan, parts, content, in_force, drilled, now=now, today=today)
    judged = readiness.judge(facts)
    context = {
        "plan": plan,
        "judged": judged,
        "gaps": [_gap(request.brand, each) for each in judged.gaps],
        "content": content,
        "chapters": {each.slug: each for each in chapters(content)},
        "list_order": LISTED,
        "levels": parts.levels,
        "slots": _slots(parts.contacts),
        "matrix": [(impact, [_grade(level) for level in row]) for impact, row in _matrix()],
        "versions": [told(each) for each in versions],
        "is_new": last is None or last.content != content,
        "in_force": in_force,
        "facts": facts,
        "drills": drills,
    }
    return render(request, "crisis/plan.html", context)


@right("crisis.edit")
@require_POST
def crisis_begin(request: BrandRequest) -> HttpResponse:
    form = BeginForm(request.POST)
    if not form.is_valid():
        return render(request, "crisis/begin.html", {"form": form}, status=422)
    try:
        plans.begin(request.brand, language=form.cleaned_data["language"], by=request.user)
        messages.success(request, _("The plan is begun. What it lacks is listed first: mend that."))
    except InvalidInput as error:
        messages.error(request, str(error))
    return redirect("crisis_plan", request.brand.slug)


def _gap(brand: Brand, gap: readiness.Gap) -> dict[str, str]:
    found = words.gap(gap)
    return found | {"url": reverse(found["route"], args=[brand.slug]) + found["part"]}


def _slots(contacts: list[Contact]) -> list[dict[str, Any]]:
    return [
        {"slot": slot, "name": name, "contacts": [each for each in contacts if each.slot == slot]}
        for slot, name in Slot.choices
    ]


def _matrix() -> list[tuple[str, tuple[int, ...]]]:
    impacts = (
        _("an annoyance"),
        _("some are hurt in their interests"),
        _("trust is at stake"),
        _("people are harmed"),
    )
    return list(zip(impacts, severity.MATRIX, strict=True))


def _grade(level: int) -> dict[str, Any]:
    return {"number": level, "name": Grade(level).label}
