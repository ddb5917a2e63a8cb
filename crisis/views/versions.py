"""Versions of a plan: handed in, read, compared, approved; and who has seen the one in force."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.access import BrandRequest, right
from accounts.errors import InvalidInput
from crisis import selectors
from crisis.chapters import chapters
from crisis.models import PlanVersion
from crisis.services import versions as services
from crisis.views.common import plan_or_404, told, version_or_404
from strategy.document_difference import difference

State = PlanVersion.State


@right("crisis.edit")
@require_POST
def crisis_hand_in(request: BrandRequest) -> HttpResponse:
    plan = plan_or_404()
    try:
        note = request.POST.get("note", "")
        version = services.hand_in(plan, note=note, by=request.user, now=timezone.now())
    except InvalidInput as error:
        messages.error(request, str(error))
        return redirect("crisis_plan", request.brand.slug)
    messages.success(request, _("Version %(number)s is in approval.") % {"number": version.number})
    return redirect("crisis_version", request.brand.slug, version.pk)


@right("crisis.view")
@require_safe
def crisis_version(request: BrandRequest, plan_version_id: int) -> HttpResponse:
    version = version_or_404(plan_version_id)
    earlier = selectors.versions().filter(number__lt=version.number).exclude(state=State.WITHDRAWN).first()
    context = {
        "version": told(version),
        "chapters": chapters(version.content),
        "content": version.content,
        "paper_title": _("Crisis plan"),
        "standing": f"v{version.number} · {version.get_state_display()}",
        "language": request.LANGUAGE_CODE,
        "before": earlier,
        "may_decide": version.state == State.WAITING,
        "is_own": version.handed_in_by == request.user
        and bool(services.managers_but(request.user, request.brand)),
    }
    return render(request, "crisis/version.html", context)


@right("crisis.edit")
@require_POST
def crisis_approve(request: BrandRequest, plan_version_id: int) -> HttpResponse:
    done = _("Version %(number)s is in force, and its community managers are told.")
    return _decide(
        request, plan_version_id, lambda row: services.approve(row, by=request.user, now=timezone.now()), done
    )


@right("crisis.edit")
@require_POST
def crisis_withdraw(request: BrandRequest, plan_version_id: int) -> HttpResponse:
    done = _("Version %(number)s is withdrawn.")
    return _decide(request, plan_version_id, lambda row: services.withdraw(row, by=request.user), done)


def _decide(
    request: BrandRequest, plan_version_id: int, work: Callable[[PlanVersion], PlanVersion], done: str
) -> HttpResponse:
    version = version_or_404(plan_version_id)
    try:
        messages.success(request, done % {"number": work(version).number})
    except InvalidInput as error:
        messages.error(request, str(error))
    return redirect("crisis_version", request.brand.slug, version.pk)


@right("crisis.view")
@require_safe
def crisis_compare(request: BrandRequest) -> HttpResponse:
    """What differs between two versions, or a version and the draft."""
    plan = plan_or_404()
    rows = list(selectors.versions())
    if not rows:
        raise Http404
    older, newer = _asked(request, "from", rows) or rows[0], _asked(request, "to", rows)
    before = PlanVersion.objects.get(pk=older.pk).content
    after = PlanVersion.objects.get(pk=newer.pk).content if newer else selectors.content(plan)
    context = {
        "versions": [told(each) for each in rows],
        "older": older,
        "newer": newer,
        "changes": difference(chapters(before), chapters(after)),
        "language": request.LANGUAGE_CODE,
    }
    return render(request, "crisis/compare.html", context)


def _asked(request: BrandRequest, name: str, rows: list[PlanVersion]) -> PlanVersion | None:
    wanted = request.GET.get(name, "now")
    found = next((each for each in rows if str(each.number) == wanted), None)
    if found is None and wanted not in ("", "now"):
        raise Http404
    return found


@right("crisis.view")
@require_safe
def crisis_readers(request: BrandRequest) -> HttpResponse:
    """Who has seen the version in force, and who has not."""
    plan_or_404()
    version = selectors.in_force()
    people = selectors.readers(request.brand, version) if version else []
    waiting = sum(seen is None for _person, seen in people)
    return render(request, "crisis/readers.html", {"version": version, "people": people, "waiting": waiting})


@right("crisis.edit")
@require_POST
def crisis_remind(request: BrandRequest, plan_version_id: int) -> HttpResponse:
    try:
        n = services.remind(version_or_404(plan_version_id), by=request.user, now=timezone.now())
        messages.success(request, _("Reminded: %(n)s.") % {"n": n})
    except InvalidInput as error:
        messages.error(request, str(error))
    return redirect("crisis_readers", request.brand.slug)
