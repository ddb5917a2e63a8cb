"""Costs and visits: whatever is exported again, in whatever steps, the money is counted once."""

import itertools
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from accounts.scoping import brands_in_scope
from analytics.formats import SpendRow, TrafficRow
from analytics.models import Conversion, ImportBatch, ImportFile, Spend
from analytics.services.storage.money import store_spend, store_visits

MAY = (date(2026, 5, 1), date(2026, 5, 31))
FIRST_HALF = (date(2026, 5, 1), date(2026, 5, 15))


@pytest.fixture
def file(cast):
    with brands_in_scope(cast.brand.pk):
        batch = ImportBatch.objects.create(brand=cast.brand)
        yield ImportFile.objects.create(brand=cast.brand, batch=batch, name="ads.csv")


def cost(start, end, amount, *, campaign="Spring", ad="", number="", line=2, **values) -> SpendRow:
    told = {
        "line": line,
        "platform": "meta",
        "account": "Acme",
        "external_id": number,
        "campaign": campaign,
        "ad_group": "",
        "ad": ad,
        "start": start,
        "end": end,
        "amount": Decimal(amount),
        "currency": "EUR",
        **dict.fromkeys(("impressions", "clicks", "reach", "results", "conversions", "conversion_value")),
        "result_kind": "",
    }
    return SpendRow(**told | values)


def visit(start, end, revenue, *, source="instagram", **values) -> TrafficRow:
    names = {"channel_group": "", "source": source, "medium": "social", "campaign": ""}
    told = {"line": 2, "start": start, "end": end, **names, "sessions": 10, "engaged_sessions": 5}
    told |= {"key_events": Decimal(1), "revenue": Decimal(revenue), "currency": "EUR"}
    return TrafficRow(**told | values)


def at(day: int) -> datetime:
    return datetime(2026, 6, day, tzinfo=UTC)


def days(start: date, end: date, amount: str, **values) -> list[SpendRow]:
    count = (end - start).days + 1
    return [cost(start + timedelta(n), start + timedelta(n), amount, line=n + 2, **values) for n in range(count)]


def total() -> Decimal:
    return sum(Spend.objects.values_list("amount", flat=True), Decimal(0))


def test_the_same_export_twice_changes_nothing(file):
    rows = days(*MAY, "10")
    assert store_spend(file, rows, as_of=at(1)).created == 31
    again = store_spend(file, rows, as_of=at(1))
    assert (again.created, again.updated, again.unchanged) == (0, 0, 31)
    assert total() == 310


def test_a_newer_export_updates_the_rows_it_tells_again(file):
    store_spend(file, [cost(*MAY, "300", clicks=5)], as_of=at(1))
    tally = store_spend(file, [cost(*MAY, "310")], as_of=at(2))
    assert (tally.updated, total(), Spend.objects.get().clicks) == (1, 310, 5)


def test_an_older_export_overwrites_nothing(file):
    store_spend(file, [cost(*MAY, "310")], as_of=at(2))
    tally = store_spend(file, [cost(*MAY, "300", clicks=5)], as_of=at(1))
    assert (tally.updated, total(), Spend.objects.get().clicks) == (1, 310, 5)


def test_a_newer_whole_month_takes_the_place_of_its_days(file):
    store_spend(file, days(*FIRST_HALF, "10"), as_of=at(1))
    tally = store_spend(file, [cost(*MAY, "310")], as_of=at(2))
    assert (tally.created, tally.replaced, total()) == (1, 15, 310)


def test_days_inside_a_month_already_known_are_rejected_with_the_remedy(file):
    store_spend(file, [cost(*MAY, "310")], as_of=at(1))
    tally = store_spend(file, days(*FIRST_HALF, "10"), as_of=at(2))
    assert (tally.created, total()) == (0, 310)
    assert {row.code for row in tally.rejected} == {"period_already_covered"}
    assert [row.line for row in tally.rejected] == list(range(2, 17))


def test_months_that_overlap_in_part_are_rejected(file):
    store_spend(file, [cost(*MAY, "310")], as_of=at(1))
    tally = store_spend(file, [cost(date(2026, 5, 20), date(2026, 6, 20), "300")], as_of=at(25))
    assert (len(tally.rejected), total()) == (1, 310)


def test_days_that_overlap_are_updated_and_the_others_added(file):
    store_spend(file, days(*FIRST_HALF, "10"), as_of=at(1))
    tally = store_spend(file, days(date(2026, 5, 10), date(2026, 5, 20), "12"), as_of=at(2))
    assert (tally.updated, tally.created, tally.replaced) == (6, 5, 0)
    assert total() == 9 * 10 + 11 * 12


def test_ads_take_the_place_of_their_campaign_and_back(file):
    ads = [cost(*MAY, "100", ad="A"), cost(*MAY, "210", ad="B")]
    for number, rows in enumerate([[cost(*MAY, "310")], ads, [cost(*MAY, "310")]], start=1):
        store_spend(file, rows, as_of=at(number))
        assert total() == 310


def test_another_campaign_of_the_same_days_is_other_money(file):
    store_spend(file, [cost(*MAY, "310")], as_of=at(1))
    tally = store_spend(file, [cost(*MAY, "90", campaign="Autumn")], as_of=at(2))
    assert (tally.created, tally.replaced, total()) == (1, 0, 400)


def test_a_campaign_that_was_renamed_is_known_by_its_number(file):
    store_spend(file, [cost(*MAY, "310", number="123")], as_of=at(1))
    store_spend(file, [cost(*MAY, "310", number="123", campaign="Spring, renamed")], as_of=at(2))
    assert (total(), Spend.objects.get().campaign) == (310, "Spring, renamed")


def test_an_accounts_whole_takes_the_place_of_its_campaigns(file):
    store_spend(file, [cost(*MAY, "100"), cost(*MAY, "50", campaign="Autumn")], as_of=at(1))
    tally = store_spend(file, [cost(*MAY, "150", campaign="")], as_of=at(2))
    assert (tally.replaced, total()) == (2, 150)


def test_one_platforms_whole_leaves_the_campaigns_of_another_alone(file):
    store_spend(file, [cost(*MAY, "100"), cost(*MAY, "50", campaign="Autumn")], as_of=at(1))
    tally = store_spend(file, [cost(*MAY, "80", campaign="", platform="google")], as_of=at(2))
    assert (tally.created, tally.replaced, total()) == (1, 0, 230)


def test_campaigns_of_one_name_on_two_platforms_are_two(file):
    store_spend(file, [cost(*MAY, "100")], as_of=at(1))
    tally = store_spend(file, days(*MAY, "2", platform="google"), as_of=at(2))
    assert (tally.created, tally.replaced, total()) == (31, 0, 162)


def test_costs_entered_by_hand_are_left_alone(file):
    Spend.objects.create(brand=file.brand, kind=Spend.Kind.ADS, start=MAY[0], end=MAY[1], amount=5, currency="EUR")
    store_spend(file, [cost(*MAY, "310")], as_of=at(1))
    assert Spend.objects.count() == 2


EXPORTS = {
    "month": [cost(*MAY, "310")],
    "days": days(*MAY, "10"),
    "half": [cost(*FIRST_HALF, "150")],
    "days of the half": days(*FIRST_HALF, "10"),
    "ads": [cost(*MAY, "100", ad="A"), cost(*MAY, "210", ad="B")],
    "account": [cost(*MAY, "310", campaign="")],
    "breakdown": [cost(*MAY, "155", number="9|women"), cost(*MAY, "155", number="9|men")],
}


@pytest.mark.parametrize("first", EXPORTS)
def test_no_order_of_exports_counts_money_twice(file, first):
    halves = {"half", "days of the half"}
    for second, age in itertools.product(EXPORTS, ((1, 2), (2, 1), (1, 1))):
        Spend.objects.all().delete()
        for name, day in [*zip((first, second), age, strict=True), (first, 3)]:
            store_spend(file, EXPORTS[name], as_of=at(day))
            assert 150 <= total() <= (150 if halves >= {first, second} else 310), (first, second, age, name)


def test_weeks_give_way_to_the_month_that_covers_them(file):
    weeks = [visit(date(2026, 5, 1 + 7 * n), date(2026, 5, 7 + 7 * n), "50") for n in range(4)]
    store_visits(file, weeks, as_of=at(1))
    tally = store_visits(file, [visit(*MAY, "220")], as_of=at(2))
    assert (tally.replaced, Conversion.objects.get().value) == (4, 220)
    refused = store_visits(file, weeks, as_of=at(3))
    assert ({row.code for row in refused.rejected}, Conversion.objects.count()) == ({"visits_already_covered"}, 1)


def test_another_set_of_dimensions_is_kept_beside(file):
    store_visits(file, [visit(*MAY, "220")], as_of=at(1))
    grouped = visit(*MAY, "220", source="", medium="", channel_group="Organic Social")
    assert store_visits(file, [grouped], as_of=at(2)).created == 1
    assert set(Conversion.objects.values_list("dimensions", flat=True)) == {"source,medium", "channel_group"}


def test_visits_of_the_same_export_are_unchanged(file):
    rows = [visit(*MAY, "220"), visit(*MAY, "10", source="facebook")]
    store_visits(file, rows, as_of=at(1))
    assert store_visits(file, rows, as_of=at(1)).unchanged == 2
