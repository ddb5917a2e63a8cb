"""On whose clock pages tell moments: the brand's on its pages, one's own elsewhere."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from accounts.models import Notification
from accounts.scoping import brands_in_scope
from calendar_app.models import Comment
from tests.calendar_app.calendar_kit import add, add_channel

LATE = datetime(2026, 6, 30, 22, 30, tzinfo=UTC)  # half past midnight of July in Rome, 18:30 in New York


@pytest.fixture
def bea(client, cast):
    client.force_login(cast.bea)
    return client


def test_a_brands_page_tells_moments_on_the_brands_clock(bea, cast):
    with brands_in_scope(cast.brand.pk):
        entry = add(cast.brand, add_channel(cast.brand), by=cast.bea)
        said = Comment.objects.create(brand=cast.brand, entry=entry, author=cast.ada, text="Sweet")
        Comment.objects.filter(pk=said.pk).update(created_at=LATE)
    page = bea.get(reverse("entry_detail", args=[cast.brand.slug, entry.pk])).content.decode()
    assert "01/07/2026 00:30" in page


@pytest.mark.parametrize(("zone", "shown"), [("America/New_York", "30/06/2026 18:30"), ("", "30/06/2026 22:30")])
def test_what_is_of_no_brand_stands_on_ones_own_clock(bea, cast, zone, shown):
    type(cast.bea).objects.filter(pk=cast.bea.pk).update(time_zone=zone)
    told = {"kind": "calendar.said", "event": "x", "path": "/", "created_at": LATE}
    Notification.objects.create(user=cast.bea, **told, facts={"entry": "Plums", "by": "Ada", "text": "x"})
    assert shown in bea.get(reverse("notifications")).content.decode()
