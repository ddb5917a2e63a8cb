"""The brand's accounts on the platforms: opened, edited, closed and opened again."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from accounts.access import BrandRequest, right
from accounts.edit_pages import EditPage
from strategy.forms.channels import ChannelForm, NewChannelForm
from strategy.models import Channel
from strategy.services import channels as services


def _listed(request: BrandRequest, row: Any) -> str:
    return reverse("channels", args=[request.brand.slug])


CHANNEL = {
    "new": gettext_lazy("Add a channel"),
    "edit": gettext_lazy("Edit a channel"),
    "sentence": gettext_lazy("An account of the brand on a platform. Imports find it by its name."),
    "saved": gettext_lazy("The channel is saved."),
    "add": lambda brand, *, by, values: services.add_channel(brand, by=by, values=values),
    "change": services.change_channel,
    "back": _listed,
}
NEW = EditPage(form=NewChannelForm, **CHANNEL)
EDIT = EditPage(form=ChannelForm, **CHANNEL)


@right("strategy.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def channel_new(request: BrandRequest) -> HttpResponse:
    return NEW.show_new(request, initial={"platform": request.GET.get("platform", "")})


@right("strategy.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def channel_edit(request: BrandRequest, channel_id: int) -> HttpResponse:
    return EDIT.show_edit(request, _channel(channel_id))


@right("strategy.edit")
@require_POST
def channel_close(request: BrandRequest, channel_id: int) -> HttpResponse:
    services.close_channel(_channel(channel_id), by=request.user)
    messages.success(request, _("The channel is closed. Its posts and figures stay."))
    return redirect(_listed(request, None))


@right("strategy.edit")
@require_POST
def channel_reopen(request: BrandRequest, channel_id: int) -> HttpResponse:
    services.reopen_channel(_channel(channel_id), by=request.user)
    messages.success(request, _("The channel is open again."))
    return redirect(_listed(request, None))


def _channel(channel_id: int) -> Channel:
    return get_object_or_404(Channel.objects.select_related("brand"), pk=channel_id)
