"""Where a person lands, and what a brand's first page asks of the database."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role
from accounts.scoping import brands_in_scope
from accounts.services import give_role
from analytics.models import Post
from strategy.models import Channel
from tests.access_table import make_rows


def client_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_a_manager_of_one_brand_lands_on_its_overview(cast):
    response = client_of(cast.bea).get("/", follow=True)
    assert response.redirect_chain[-1][0] == reverse("brand_overview", args=[cast.brand.slug])


def test_a_community_manager_lands_on_the_desk(cast):
    response = client_of(cast.carlo).get("/", follow=True)
    assert response.redirect_chain[-1][0] == reverse("desk", args=[cast.brand.slug])


def test_who_has_several_brands_chooses(cast):
    page = client_of(cast.ada).get("/").content.decode()
    assert cast.brand.name in page
    assert cast.other_brand.name in page
    assert cast.foreign_brand.name not in page


def test_a_person_with_both_roles_has_the_managers_pages(cast):
    give_role(user=cast.carlo, brand=cast.brand, role=Role.SMM)
    assert client_of(cast.carlo).get(reverse("brand_overview", args=[cast.brand.slug])).status_code == 200


def test_a_new_brand_is_shown_the_first_steps(cast):
    page = client_of(cast.bea).get(reverse("brand_overview", args=[cast.brand.slug])).content.decode()
    assert reverse("import_new", args=[cast.brand.slug]) in page
    assert "Three steps" in page


def test_a_channel_whose_exports_stopped_is_marked(cast):
    make_rows(cast.brand, cast.bea)
    page = client_of(cast.bea).get(reverse("brand_overview", args=[cast.brand.slug])).content.decode()
    assert "export missing" in page


def posts(cast, count: int) -> None:
    with brands_in_scope(cast.brand.pk):
        for number in range(3):
            channel = Channel.objects.create(brand=cast.brand, platform="x", handle=f"c{number}")
            now = timezone.now()
            rows = [
                Post(
                    brand=cast.brand,
                    channel=channel,
                    external_id=str(i),
                    published_at=now - timedelta(hours=i),
                    metrics_as_of=now,
                )
                for i in range(count)
            ]
            Post.objects.bulk_create(rows)


@pytest.mark.parametrize("count", [2, 400])
def test_the_overview_costs_the_same_whatever_the_number_of_posts(cast, count, django_assert_max_num_queries):
    make_rows(cast.brand, cast.bea)
    posts(cast, count)
    client = client_of(cast.bea)
    with django_assert_max_num_queries(14):
        assert client.get(reverse("brand_overview", args=[cast.brand.slug])).status_code == 200


def test_healthz_answers_strangers(db, client):
    assert client.get("/healthz").content == b"ok"
