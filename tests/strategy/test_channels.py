"""The brand's accounts: entered, changed, closed, removed."""

from datetime import UTC, datetime

import pytest

from accounts.errors import InvalidInput, Stale
from accounts.models import AuditEvent, Job
from accounts.scoping import brands_in_scope
from analytics.models import ChannelDay, ImportBatch, ImportFile
from analytics.selectors.channels import activity
from analytics.services import best_times
from analytics.services.channels import find_or_add
from smm import channels as page
from strategy.models import Channel
from strategy.services import channels as services
from tests.analytics.posts import add_channel, add_posts, random_posts
from tests.strategy.choosing import add_audience


@pytest.fixture
def brand(cast):
    with brands_in_scope(cast.brand.pk):
        yield cast.brand


def values(**changed):
    plain = {"handle": "caffe.alba", "name": "", "link": "", "mission": "", "owner": None, "time_zone": ""}
    return plain | {"audiences": []} | changed


def add(brand, by=None, **changed):
    return services.add_channel(brand, by=by, values=values(platform="instagram") | changed)


def test_an_account_is_entered_without_its_sign_and_found_by_imports(cast, brand):
    audience = add_audience(brand, "Giulia")
    channel = add(brand, cast.bea, handle=" @Caffe.Alba ", owner=cast.carlo, audiences=[audience])
    assert (channel.handle, channel.owner, list(channel.audiences.all())) == ("Caffe.Alba", cast.carlo, [audience])
    assert find_or_add(brand, "instagram", "caffe.alba", "178") == channel
    assert AuditEvent.objects.get(action="channel.added").actor == cast.bea


@pytest.mark.parametrize("handle", ["", " ", "@"])
def test_an_account_needs_a_name(brand, handle):
    with pytest.raises(InvalidInput) as raised:
        add(brand, handle=handle)
    assert (raised.value.code, raised.value.facts["field"]) == ("channel_without_handle", "handle")


def test_an_account_is_there_once_whatever_its_capitals(brand):
    add(brand)
    with pytest.raises(InvalidInput) as raised:
        add(brand, handle="CAFFE.alba")
    assert (raised.value.code, raised.value.facts["field"]) == ("twice", "handle")


def test_a_stranger_cannot_answer_for_a_channel(cast, brand):
    with pytest.raises(InvalidInput) as raised:
        add(brand, owner=cast.dario)
    assert (raised.value.code, raised.value.facts["field"]) == ("not_of_this_brand", "owner")


def test_the_owner_of_the_agency_may_answer_for_a_channel(cast, brand):
    assert add(brand, owner=cast.ada).owner == cast.ada


def test_an_audience_of_another_brand_is_refused(cast, brand):
    with brands_in_scope(cast.other_brand.pk):
        theirs = add_audience(cast.other_brand, "Other")
    with pytest.raises(InvalidInput) as raised:
        add(brand, audiences=[theirs])
    assert raised.value.code == "of_another_brand"


def test_a_new_account_has_computed_what_is_expected_of_it(cast, brand):
    channel = add(brand, cast.bea)
    job = Job.objects.get(kind=best_times.KIND)
    assert (job.payload, job.created_by) == ({"channel": channel.pk}, cast.bea)


def test_another_time_zone_has_the_best_times_computed_anew(cast, brand):
    channel = add(brand)
    Job.objects.all().delete()
    services.change_channel(channel, by=cast.bea, version=1, values=values(time_zone="America/New_York"))
    job = Job.objects.get(kind=best_times.KIND)
    assert (job.payload, job.created_by) == ({"channel": channel.pk}, cast.bea)


def test_the_brands_own_zone_named_is_no_other(cast, brand):
    channel = add(brand)
    Job.objects.all().delete()
    services.change_channel(channel, by=cast.bea, version=1, values=values(time_zone="Europe/Rome", mission="M"))
    assert not Job.objects.exists()


def test_a_change_meanwhile_is_not_overwritten(cast, brand):
    channel = add(brand)
    services.change_channel(channel, by=cast.bea, version=1, values=values(mission="Mine"))
    with pytest.raises(Stale):
        services.change_channel(channel, by=cast.ada, version=1, values=values(mission="Theirs"))


def test_closing_and_opening_again_are_recorded_once(cast, brand):
    channel = add(brand)
    for _again in range(2):
        assert services.close_channel(channel, by=cast.bea).active is False
    assert services.reopen_channel(channel, by=cast.bea).active is True
    actions = AuditEvent.objects.filter(action__startswith="channel.").values_list("action", flat=True)
    assert sorted(actions) == ["channel.added", "channel.closed", "channel.reopened"]


def test_a_channel_with_posts_is_kept_and_says_why(cast, brand):
    channel = add_channel(brand)
    add_posts(channel, random_posts(3, seed=1))
    with pytest.raises(InvalidInput, match="its posts"):
        page.remove(channel, by=cast.bea)
    assert Channel.objects.filter(pk=channel.pk).exists()


def test_a_channel_with_figures_by_day_is_kept(cast, brand):
    channel = add_channel(brand)
    now = datetime(2026, 5, 1, tzinfo=UTC)
    ChannelDay.objects.create(brand=brand, channel=channel, figure="followers", day=now, value=9, as_of=now)
    with pytest.raises(InvalidInput, match="figures by day"):
        page.remove(channel, by=cast.bea)


def test_an_empty_channel_is_removed(cast, brand):
    page.remove(add(brand), by=cast.bea)
    assert not Channel.objects.exists()
    assert AuditEvent.objects.get(action="channel.removed").before["handle"] == "caffe.alba"


def test_activity_tells_posts_newest_post_and_last_import(cast, brand):
    busy, idle = add_channel(brand), add_channel(brand, handle="idle")
    posts = add_posts(busy, random_posts(40, seed=2))
    best_times.compute(busy)
    batch = ImportBatch.objects.create(brand=brand)
    for day in (1, 2):
        ImportFile.objects.create(
            brand=brand,
            batch=batch,
            name=f"{day}.csv",
            channels=[busy.pk],
            done_at=datetime(2026, 6, day, tzinfo=UTC),
        )
    known = activity([busy, idle])
    assert known[busy.pk].posts == 40
    assert known[busy.pk].latest == max(post.published_at for post in posts)
    assert known[busy.pk].last_import.name == "2.csv"
    assert (known[idle.pk].posts, known[idle.pk].latest, known[idle.pk].last_import) == (0, None, None)
