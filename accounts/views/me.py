"""A person's own settings."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import feeds, services
from accounts.access import public, signed_in
from accounts.asked import next_page
from accounts.forms import SettingsForm
from accounts.models import Brand, User


@signed_in
def me(request: HttpRequest) -> HttpResponse:
    form = SettingsForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        services.change_settings(request.user, **form.cleaned_data)
        translation.activate(request.user.language)
        messages.success(request, _("Your settings are saved."))
        return _remember_language(redirect("me"), request.user.language)
    context = {"form": form, "feed": feeds.address_of(request.user), "brand_feeds": _brand_feeds(request.user)}
    return render(request, "accounts/me.html", context, status=422 if form.errors else 200)


def _brand_feeds(user: User) -> list[tuple[Brand, str]]:
    """The feeds that are limited to one of the person's brands; none while he has no feed."""
    if not user.feed_serial:
        return []
    return [(brand, feeds.address_of(user, brand=brand.pk)) for brand in Brand.objects.for_user(user)]


@signed_in
@require_POST
def me_feed(request: HttpRequest) -> HttpResponse:
    """A new address of the calendar feed, or with `off` none."""
    if "off" in request.POST:
        feeds.switch_off(request.user)
        messages.success(request, _("Your feeds are switched off: their addresses answer no more."))
    else:
        feeds.renew(request.user)
        messages.success(request, _("Your feeds have new addresses. Older ones answer no more."))
    return redirect(next_page(request, reverse("me") + "#feed"))


@public
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Switch the language, for the person if signed in and for the browser in any case."""
    language = request.POST.get("language", "")
    response = redirect(next_page(request, "/"))
    if language not in dict(settings.LANGUAGES):
        return response
    if request.user.is_authenticated:
        request.user.language = language
        request.user.save(update_fields=["language"])
    return _remember_language(response, language)


def _remember_language(response: HttpResponse, language: str) -> HttpResponse:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=365 * 24 * 3600,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )
    return response
