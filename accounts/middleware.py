"""Admits a request to a brand by its address alone, or answers 404."""

from collections.abc import Callable

from django.core.exceptions import ImproperlyConfigured
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils import timezone, translation

from accounts.access import rights_of, standing_in
from accounts.models import Brand
from accounts.scoping import brands_in_scope

Handler = Callable[[HttpRequest], HttpResponse]


class PreferencesMiddleware:
    """A signed-in person reads Timone in his language, and on his clock where no brand's is meant."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = translation.get_language()
            with timezone.override(request.user.time_zone or None):
                return self.get_response(request)
        return self.get_response(request)


class AdmissionMiddleware:
    """Sets `request.brand`, `request.roles` and the scope of every brand-owned query, from the URL only.

    The scope is opened around the whole view, so that templates are rendered inside it, with moments told on the
    brand's clock. Rights are checked before the view runs. Strangers, and colleagues without the right, get the
    same 404.
    """

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.brand, request.roles, request.owns_agency = None, frozenset(), None
        slug = _brand_slug(request)
        if slug is None or not request.user.is_authenticated:
            return self.get_response(request)
        brand = Brand.objects.select_related("agency").filter(slug=slug).first()
        standing = standing_in(request.user, brand) if brand else None
        if standing is None or not standing.roles:
            return self.get_response(request)  # process_view refuses it
        request.brand, request.roles, request.owns_agency = brand, standing.roles, standing.owns_agency
        with brands_in_scope(brand.pk), timezone.override(brand.time_zone):
            return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> None:
        if "brand" not in kwargs:
            return
        kwargs.pop("brand")
        if not request.user.is_authenticated:
            return  # LoginRequiredMiddleware has sent them to the sign-in page already
        wanted = getattr(view, "required_right", None)
        if wanted is None:
            raise ImproperlyConfigured(f"{view.__module__}.{view.__name__} states no right")
        if request.brand is None or wanted not in rights_of(request.roles):
            raise Http404


def _brand_slug(request: HttpRequest) -> str | None:
    try:
        return resolve(request.path_info).kwargs.get("brand")
    except Resolver404:
        return None
