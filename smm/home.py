"""Home, a brand's overview, and the community manager's desk."""

from itertools import groupby
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from accounts.access import BrandRequest, public, right, rights_of, signed_in
from accounts.models import Brand
from analytics import best_times_words as words
from analytics.selectors import best_times
from smm import overview as brand_overview


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
    found["slots"] = [_desk_line(slot) for slot in found["slots"]]
    return render(request, "smm/overview.html", found)


@right("desk.view")
def desk(request: BrandRequest) -> HttpResponse:
    """The coming recommended hours, day by day on the brand's clock. Read-only."""
    coming = [_desk_line(slot) for slot in best_times.coming_slots(now=timezone.now())]
    days = [(day, list(lines)) for day, lines in groupby(coming, key=lambda line: line["starts_at"].date())]
    return render(request, "smm/desk.html", {"days": days})


def _desk_line(slot: best_times.Slot) -> dict[str, Any]:
    """One line of the desk: where, when on the brand's clock, what to expect and how sure that is."""
    return {
        "starts_at": slot.in_brand_zone,
        "channel": slot.channel,
        "evidence": slot.result.evidence,
        "grade": words.GRADES[slot.result.evidence],
        "comparison": words.comparison(slot.lift),
        "interval": words.interval(slot.low, slot.high),
    }
