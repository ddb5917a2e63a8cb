"""Home, and a brand's overview."""

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import BrandRequest, public, right, rights_of, signed_in
from accounts.models import Brand
from smm import overview as brand_overview
from smm.desk_lines import hour_line


@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """The brands of this person; straight to the brand when there is only one, unless all are asked for."""
    brands = list(Brand.objects.for_user(request.user).select_related("agency"))
    if len(brands) == 1 and "all" not in request.GET:
        return redirect("brand_enter", brands[0].slug)
    return render(request, "smm/home.html", {"brand_list": brands})


@right("desk.view")
def enter(request: BrandRequest) -> HttpResponse:
    """To the page where a person's work on this brand begins: the overview, or the desk."""
    page = "brand_overview" if "overview.view" in rights_of(request.roles) else "desk"
    return redirect(page, request.brand.slug)


@public
def healthz(request: HttpRequest) -> HttpResponse:
    """200 when the application answers and its database does."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain")


@right("overview.view")
def overview(request: BrandRequest) -> HttpResponse:
    """Where the brand stands: the next good hours, the money, the data."""
    found = brand_overview.context(request.brand, now=timezone.now())
    found["slots"] = [hour_line(slot) for slot in found["slots"]]
    return render(request, "smm/overview.html", found)
