"""Brand-owned rows answer from the scope, or refuse."""

import pytest
from django.db.models import Max
from django.http import Http404
from django.shortcuts import get_object_or_404

from accounts.forms import BrandForm
from accounts.scoping import ScopeMissing, brands_in_scope, keep_scope
from analytics.models import BestTimes
from strategy.models import Channel

OUTSIDE = {
    "all": lambda: list(Channel.objects.all()),
    "count": lambda: Channel.objects.filter(handle="a").count(),
    "get": lambda: Channel.objects.get(pk=1),
    "404": lambda: get_object_or_404(Channel, pk=1),
    "exists": lambda: Channel.objects.exists(),
    "update": lambda: Channel.objects.update(handle="x"),
    "delete": lambda: Channel.objects.filter(pk=1).delete(),
    "first": lambda: Channel.objects.first(),
    "values": lambda: Channel.objects.values_list("handle", flat=True)[0],
    "aggregate": lambda: Channel.objects.aggregate(Max("pk")),
    "create": lambda: Channel.objects.create(handle="x", platform="x", brand_id=1),
}


@pytest.fixture
def channels(cast):
    made = {}
    for brand in (cast.brand, cast.foreign_brand):
        with brands_in_scope(brand.pk):
            made[brand.pk] = Channel.objects.create(brand=brand, platform="instagram", handle=brand.slug)
    return made[cast.brand.pk], made[cast.foreign_brand.pk]


@pytest.mark.parametrize("idiom", OUTSIDE)
def test_a_query_outside_a_scope_is_refused(channels, idiom):
    with pytest.raises(ScopeMissing):
        OUTSIDE[idiom]()


def test_inside_a_scope_only_its_own_rows_exist(cast, channels):
    own, foreign = channels
    with brands_in_scope(cast.brand.pk):
        assert list(Channel.objects.all()) == [own]
        with pytest.raises(Http404):
            get_object_or_404(Channel, pk=foreign.pk)


def test_writing_a_row_of_another_brand_is_refused(cast):
    with brands_in_scope(cast.brand.pk):
        with pytest.raises(ScopeMissing):
            Channel.objects.create(brand=cast.foreign_brand, platform="x", handle="x")
        with pytest.raises(ScopeMissing):
            Channel.objects.bulk_create([Channel(brand=cast.foreign_brand, platform="x", handle="x")])


class _Form(BrandForm):
    class Meta:
        model = BestTimes
        fields = ["channel"]


def test_a_form_offers_and_accepts_own_rows_only(cast, channels):
    own, foreign = channels
    with brands_in_scope(cast.brand.pk):
        assert list(_Form().fields["channel"].queryset) == [own]
        assert "channel" in _Form({"channel": foreign.pk}).errors


def test_a_streamed_response_keeps_the_scope_of_its_view(cast, channels):
    with brands_in_scope(cast.brand.pk):
        stream = keep_scope(channel.handle for channel in Channel.objects.all())
    assert list(stream) == [cast.brand.slug]
    with pytest.raises(ScopeMissing):
        Channel.objects.count()
