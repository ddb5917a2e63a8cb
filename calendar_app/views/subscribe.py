"""Addresses of the calendar for other calendars: of the brand, or of one campaign."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from accounts import feeds
from accounts.access import BrandRequest, right
from accounts.asked import number
from strategy.models import Campaign


@right("calendar.view")
@require_safe
def calendar_subscribe(request: BrandRequest) -> HttpResponse:
    """The reader's own secret addresses of this brand and, with `campaign`, of that campaign."""
    asked = number(request.GET, "campaign")
    campaign = get_object_or_404(Campaign, pk=asked) if asked else None
    context = {
        "campaign": campaign,
        "campaigns": Campaign.objects.filter(archived_at=None).order_by("-start"),
        "of_brand": feeds.address_of(request.user, brand=request.brand.pk),
        "of_campaign": feeds.address_of(request.user, brand=request.brand.pk, campaign=campaign.pk)
        if campaign
        else "",
    }
    return render(request, "calendar_app/subscribe.html", context)
