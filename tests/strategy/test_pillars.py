"""Content pillars: their shares never exceed the whole, and their order is theirs."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.errors import InvalidInput
from accounts.models import AuditEvent
from accounts.scoping import brands_in_scope
from strategy.models import ContentPillar
from strategy.selectors import pillars as selectors
from strategy.services import pillars as services
from tests.strategy.personas import add_audience, add_pillars


@pytest.fixture
def brand(cast):
    with brands_in_scope(cast.brand.pk):
        yield cast.brand


@pytest.fixture
def bea(cast) -> Client:
    client = Client()
    client.force_login(cast.bea)
    return client


def names() -> list[str]:
    return [pillar.name for pillar in selectors.active()]


def test_the_mix_may_be_full_but_not_over_full(cast, brand):
    add_pillars(brand)
    with pytest.raises(InvalidInput) as caught:
        services.add(brand, by=cast.bea, values={"name": "Offers", "share": 11})
    assert caught.value.facts == {"field": "share", "total": 101, "left": 10}
    services.add(brand, by=cast.bea, values={"name": "Offers", "share": 10})
    assert selectors.mix() == selectors.Mix(total=100, count=4)


def test_a_pillars_own_share_does_not_stand_in_its_way(cast, brand):
    first = add_pillars(brand)[0]
    services.change(first, by=cast.bea, version=1, values={"name": first.name, "share": 50})
    with pytest.raises(InvalidInput):
        services.change(first, by=cast.bea, version=2, values={"name": first.name, "share": 51})
    assert ContentPillar.objects.get(pk=first.pk).share == 50


def test_an_archived_share_is_free_and_comes_back_only_if_there_is_room(cast, brand):
    first = add_pillars(brand)[0]
    services.archive(first, by=cast.bea)
    services.add(brand, by=cast.bea, values={"name": "Offers", "share": 45})
    with pytest.raises(InvalidInput) as caught:
        services.restore(first, by=cast.bea)
    assert caught.value.code == "mix_over_full"
    assert names() == ["Brewing school", "The people of the bar", "Offers"]


def test_a_pillar_moves_by_one_and_stays_at_the_ends(cast, brand):
    first, second, third = add_pillars(brand)
    services.move(first, by=cast.bea, up=True)
    assert names() == [first.name, second.name, third.name]
    services.move(third, by=cast.bea, up=True)
    services.move(first, by=cast.bea, up=False)
    assert names() == [third.name, first.name, second.name]
    assert AuditEvent.objects.filter(action="pillar.moved").count() == 2


def test_segments_lie_side_by_side(brand):
    add_pillars(brand)
    found = selectors.segments(list(selectors.active()))
    assert [(each.start, each.share) for each in found] == [(0, 40), (40, 30), (70, 20)]


def test_the_page_tells_what_is_not_planned_and_the_form_what_is_left(bea, cast):
    add_pillars(cast.brand, add_audience(cast.brand))
    page = bea.get(reverse("pillars", args=[cast.brand.slug])).content.decode()
    assert "90 % of the content is planned; 10 % belongs to no pillar yet." in page
    assert "1 archived pillar" in page
    data = {"name": "Offers", "share": 30, "version": 1}
    response = bea.post(reverse("pillar_new", args=[cast.brand.slug]), data)
    assert response.status_code == 422
    assert "adds up to 120 %; 10 % are left" in response.content.decode()
    assert bea.post(reverse("pillar_new", args=[cast.brand.slug]), data | {"share": 8}).status_code == 302
    assert "The shares add up to 98 %." in bea.get(reverse("pillars", args=[cast.brand.slug])).content.decode()


def test_only_this_brands_active_audiences_can_be_chosen(bea, cast):
    add_audience(cast.other_brand, "Foreign")
    add_audience(cast.brand, "Own")
    text = bea.get(reverse("pillar_new", args=[cast.brand.slug])).content.decode()
    assert "Own" in text and "Foreign" not in text


@pytest.mark.parametrize("count", [3, 90])
def test_the_page_costs_the_same_whatever_the_number_of_pillars(bea, cast, count, django_assert_max_num_queries):
    with brands_in_scope(cast.brand.pk):
        audience = add_audience(cast.brand)
        ContentPillar.objects.bulk_create(
            ContentPillar(brand=cast.brand, name=f"P{n}", share=1, audience=audience) for n in range(count)
        )
    with django_assert_max_num_queries(12):
        assert bea.get(reverse("pillars", args=[cast.brand.slug])).status_code == 200
