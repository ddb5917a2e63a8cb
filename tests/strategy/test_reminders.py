"""Who is told of a hand-over, who of one that nobody saw, and when campaigns begin and end by themselves."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import translation

from accounts import mails
from accounts.models import AuditEvent, BrandRole, Notification, Receipt
from accounts.scoping import brands_in_scope
from strategy.models import Campaign, HandOverSettings
from strategy.services import campaigns, hand_over, reminders
from tests.strategy.campaigning import whole

TODAY = date(2046, 8, 1)
NOW = datetime(2046, 8, 1, 10, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def brand(cast):
    with brands_in_scope(cast.brand.pk):
        yield cast.brand


@pytest.fixture
def campaign(cast, brand):
    return campaigns.add(brand, by=cast.bea, values=whole(brand, cast.bea, cast.ada))


@pytest.fixture
def bea(client, cast):
    client.force_login(cast.bea)
    return client


def hand(campaign, cast, *, note="", now=NOW):
    campaign = Campaign.objects.get(pk=campaign.pk)
    return hand_over.hand_over(campaign, to=[cast.carlo], note=note, by=cast.bea, now=now, today=TODAY)


def told(user) -> list[str]:
    return list(Notification.objects.filter(user=user).order_by("pk").values_list("kind", flat=True))


def see(version, user, at=NOW):
    times = {"first_seen_at": at, "last_seen_at": at}
    Receipt.objects.create(brand=version.brand, user=user, row_type=hand_over.VERSION, row_id=version.pk, **times)


def test_a_hand_over_tells_its_people_in_their_language_and_a_change_tells_them_again(cast, campaign):
    cast.carlo.language = "it"
    cast.carlo.save()
    version = hand(campaign, cast, note="Plums first")
    Campaign.objects.update(key_message="Plums")
    hand(campaign, cast)
    assert told(cast.carlo) == ["strategy.handed_over", "strategy.handed_again"] and told(cast.bea) == []
    with translation.override("en"):
        assert mails.send_due(now=NOW) == 2
    first, second = mail.outbox
    assert first.subject == "Caffè Alba: La campagna «Autumn» è stata consegnata a te"
    assert "Nota: Plums first" in first.body
    assert reverse("desk_brief", args=["caffe-alba", version.pk]) in first.body
    assert second.subject == "Caffè Alba: La campagna «Autumn» è cambiata: versione 2"


def test_a_hand_over_that_is_refused_tells_nobody(cast, campaign):
    hand(campaign, cast)
    with pytest.raises(hand_over.InvalidInput):
        hand(campaign, cast)
    assert told(cast.carlo) == ["strategy.handed_over"]


def test_who_hands_over_to_himself_is_not_told(cast, campaign):
    BrandRole.objects.create(membership=cast.bea.memberships.get(), brand=cast.brand, role="cm")
    hand_over.hand_over(campaign, to=[cast.bea], note="", by=cast.bea, now=NOW, today=TODAY)
    assert told(cast.bea) == []


def test_the_manager_is_told_once_of_what_nobody_saw_in_time(cast, brand, campaign):
    hand(campaign, cast)
    assert reminders.tell_unseen(now=NOW + 24 * HOUR) == 0
    assert reminders.tell_unseen(now=NOW + 25 * HOUR) == 1
    assert reminders.tell_unseen(now=NOW + 26 * HOUR) == 0
    assert told(cast.bea) == ["strategy.unseen"] and told(cast.carlo) == ["strategy.handed_over"]
    row = Notification.objects.get(user=cast.bea)
    assert row.facts == {"person": str(cast.carlo), "campaign": "Autumn", "number": 1, "hours": 24}


def test_the_brand_sets_after_how_many_hours(bea, cast, campaign):
    page = bea.post(reverse("hand_over_settings", args=["caffe-alba"]), {"unseen_hours": "0"})
    assert page.status_code == 422
    bea.post(reverse("hand_over_settings", args=["caffe-alba"]), {"unseen_hours": "3"})
    bea.post(reverse("hand_over_settings", args=["caffe-alba"]), {"unseen_hours": "2", "version": "1"})
    with brands_in_scope(cast.brand.pk):
        assert [row.unseen_hours for row in HandOverSettings.objects.all()] == [2]
        hand(campaign, cast)
    assert reminders.tell_unseen(now=NOW + 2 * HOUR) == 0
    assert reminders.tell_unseen(now=NOW + 3 * HOUR) == 1


@pytest.mark.parametrize("why", ["seen", "superseded", "closed", "archived"])
def test_nobody_is_told_where_it_no_longer_matters(cast, brand, campaign, why):
    version = hand(campaign, cast)
    if why == "seen":
        see(version, cast.carlo)
    elif why == "superseded":
        Campaign.objects.update(key_message="Plums")
        hand(campaign, cast, now=NOW + 47 * HOUR)
    elif why == "closed":
        campaigns.move(campaign, "closed", by=cast.bea)
    else:
        campaigns.set_archived(campaign, archived=True, by=cast.bea)
    assert reminders.tell_unseen(now=NOW + 48 * HOUR) == 0


def test_a_reminder_goes_to_who_has_not_seen_it_and_not_twice_an_hour(cast, brand, campaign):
    version = hand(campaign, cast)
    assert reminders.remind(campaign, by=cast.bea, now=NOW + HOUR) == [cast.carlo]
    with pytest.raises(reminders.InvalidInput) as refused:
        reminders.remind(campaign, by=cast.bea, now=NOW + 1.5 * HOUR)
    assert refused.value.code == "reminded_lately"
    assert reminders.remind(campaign, by=cast.bea, now=NOW + 2.5 * HOUR) == [cast.carlo]
    see(version, cast.carlo)
    with pytest.raises(reminders.InvalidInput) as refused:
        reminders.remind(campaign, by=cast.bea, now=NOW + 9 * HOUR)
    assert refused.value.code == "nobody_to_remind"
    assert told(cast.carlo) == ["strategy.handed_over", "strategy.reminder", "strategy.reminder"]
    assert AuditEvent.objects.filter(action="campaign.reminded").count() == 2


def test_the_page_reminds_and_shows_how_the_mail_went(bea, cast, campaign):
    with brands_in_scope(cast.brand.pk):
        hand(campaign, cast)
    page = bea.get(reverse("campaign_detail", args=["caffe-alba", campaign.pk])).content.decode()
    assert "not seen yet" in page and "e-mail waits to be sent" in page
    bea.post(reverse("campaign_remind", args=["caffe-alba", campaign.pk]))
    page = bea.get(reverse("campaign_detail", args=["caffe-alba", campaign.pk])).content.decode()
    assert "Reminded: " in page and ", reminded" in " ".join(page.split())


def test_a_campaign_runs_from_its_first_day_on_the_brands_clock(cast, brand, campaign):
    hand(campaign, cast)
    eve = datetime(2046, 8, 31, 21, 59, tzinfo=UTC)  # 23:59 in Rome
    assert reminders.begin_and_end(now=eve) == 0
    assert reminders.begin_and_end(now=eve + timedelta(minutes=1)) == 1
    assert reminders.begin_and_end(now=eve + timedelta(minutes=9)) == 0
    assert Campaign.objects.get(pk=campaign.pk).status == "running"
    assert told(cast.bea) == ["strategy.started"]


def test_who_answers_for_a_campaign_is_told_once_that_it_is_over(
    cast, brand, campaign, django_assert_max_num_queries
):
    hand(campaign, cast)
    campaigns.move(campaign, "running", by=cast.bea)
    last = datetime(2046, 9, 30, 21, 59, tzinfo=UTC)
    assert reminders.begin_and_end(now=last) == 0
    assert reminders.begin_and_end(now=last + timedelta(minutes=1)) == 1
    assert reminders.begin_and_end(now=last + HOUR) == 0
    assert told(cast.bea) == ["strategy.over"]
    with django_assert_max_num_queries(3):
        reminders.begin_and_end(now=last + 2 * HOUR)
    assert Campaign.objects.get(pk=campaign.pk).status == "running"  # closing it is his
