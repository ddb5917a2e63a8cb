"""The hand-over of a brief with its tasks: to whom, who has not seen it, and when the manager is told."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import BrandRequest, right
from accounts.edit_pages import EditPage
from accounts.errors import InvalidInput
from strategy.forms.tasks import HandOverForm, HandOverSettingsForm
from strategy.models import HandOverSettings
from strategy.objective_rows import brand_day
from strategy.services import hand_over as services
from strategy.services import reminders
from strategy.views.campaigns import found, home


@right("campaigns.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def campaign_hand_over(request: BrandRequest, campaign_id: int) -> HttpResponse:
    """Who gets the brief and its tasks."""
    campaign = found(campaign_id)
    last = campaign.versions.first()
    initial: dict[str, Any] = {}
    if last:
        initial["to"] = list(last.hand_overs.values_list("user", flat=True))
    form = HandOverForm(request.POST or None, brand=request.brand, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            version = services.hand_over(
                campaign, **form.cleaned_data, by=request.user, now=timezone.now(), today=brand_day(request)
            )
            messages.success(
                request,
                _("Version %(n)s is handed over: the desk shows it now, and who it is for is told.")
                % {"n": version.number},
            )
            return redirect(f"{home(request, campaign)}#hand-over")
        except InvalidInput as error:
            field = str(error.facts.get("field"))
            form.add_error(field if field in form.fields else None, str(error))
    context = {
        "form": form,
        "campaign": campaign,
        "tasks": campaign.tasks.count(),
        "people": form.fields["to"].queryset.exists(),
        "next": last.number + 1 if last else 1,
        "back": home(request, campaign),
    }
    return render(request, "strategy/campaign_hand_over.html", context, status=422 if form.errors else 200)


@right("campaigns.edit")
@require_POST
def campaign_remind(request: BrandRequest, campaign_id: int) -> HttpResponse:
    """Tell those who have not seen the version in force once more."""
    campaign = found(campaign_id)
    try:
        people = reminders.remind(campaign, by=request.user, now=timezone.now())
        names = ", ".join(str(person) for person in people)
        messages.success(request, _("Reminded: %(names)s.") % {"names": names})
    except InvalidInput as error:
        messages.error(request, str(error))
    return redirect(f"{home(request, campaign)}#hand-over")


SETTINGS = EditPage(
    form=HandOverSettingsForm,
    new=gettext_lazy("When you are told"),
    edit=gettext_lazy("When you are told"),
    saved=gettext_lazy("Saved."),
    sentence=gettext_lazy("A brief that nobody reads is not handed over: you are told who has not seen it."),
    add=lambda brand, *, by, values: services.set_settings(brand, by=by, version=1, values=values),
    change=lambda row, *, by, version, values: services.set_settings(
        row.brand, by=by, version=version, values=values
    ),
    back=lambda request, _row: home(request),
)


@right("campaigns.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over_settings(request: BrandRequest) -> HttpResponse:
    row = HandOverSettings.objects.select_related("brand").first()
    return SETTINGS.show_edit(request, row) if row else SETTINGS.show_new(request)
