"""Costs, values and rates as a brand states them: checked, audited, and never overwritten unseen."""

from datetime import date
from decimal import Decimal as D

import pytest

from accounts.errors import InvalidInput, NotAllowed, Stale
from accounts.models import AuditEvent
from accounts.scoping import ScopeMissing, brands_in_scope
from analytics.models import CurrencyRate, Spend, StatedValue
from analytics.selectors import costs as selectors
from analytics.services import costs

MAY = {"start": date(2026, 5, 1), "end": date(2026, 5, 31)}
COST = {"kind": "other", **MAY, "currency": "EUR", "amount": D("12.50")}
VALUE = {
    "name": "lead",
    "source_kind": "ga4",
    "value": D(90),
    "currency": "EUR",
    "probability": D("0.12"),
    "valid_from": date(2026, 1, 1),
}
RATE = {"currency": "USD", "day": date(2026, 5, 4), "rate": D("0.91"), "note": "ECB"}


@pytest.fixture
def brand(cast):
    with brands_in_scope(cast.brand.pk):
        yield cast.brand


def test_the_amount_of_hours_is_their_product_with_the_rate(brand, cast):
    values = COST | {"kind": "labour", "amount": None, "hours": D("7.5"), "hourly_rate": D("32.40")}
    cost = costs.add_cost(brand, by=cast.bea, **values)
    assert cost.amount == D("243.0000")
    event = AuditEvent.objects.get(action="cost.added")
    assert (event.actor, event.after["hours"]) == (cast.bea, "7.5")


@pytest.mark.parametrize(
    ("change", "field", "code"),
    [
        ({"amount": None}, "amount", "hours_or_amount"),
        ({"kind": "labour", "amount": None, "hours": D(3)}, "hours", "hours_or_amount"),
        ({"kind": "labour", "amount": D(5), "hourly_rate": D(3)}, "hours", "hours_or_amount"),
        ({"end": date(2026, 4, 1)}, "end", "ends_before_start"),
        ({"kind": "gifts"}, "kind", "not_valid"),
        ({"currency": "EURO"}, "currency", "bad_currency"),
        ({"kind": "labour", "amount": None, "hours": D(-1), "hourly_rate": D(9)}, "hours", "below_zero"),
    ],
)
def test_a_cost_that_cannot_be_is_refused_at_its_field(brand, change, field, code):
    with pytest.raises(InvalidInput) as refused:
        costs.add_cost(brand, by=None, **COST | change)
    assert (refused.value.facts["field"], refused.value.code) == (field, code)
    assert not Spend.objects.exists()
    assert not AuditEvent.objects.filter(action="cost.added").exists()


def test_a_change_made_meanwhile_is_not_overwritten(brand, cast):
    cost = costs.add_cost(brand, by=cast.bea, **COST)
    costs.change_cost(cost, by=cast.ada, version=1, values=COST | {"amount": D(20)})
    with pytest.raises(Stale):
        costs.change_cost(cost, by=cast.bea, version=1, values=COST | {"amount": D(30)})
    assert Spend.objects.get().amount == D(20)
    event = AuditEvent.objects.get(action="cost.changed")
    assert (event.before["amount"], event.after["amount"]) == ("12.5000", "20")


def test_imported_costs_are_corrected_by_an_import_only(brand):
    cost = Spend.objects.create(brand=brand, row_key="k", **COST)
    with pytest.raises(NotAllowed):
        costs.change_cost(cost, by=None, version=1, values=COST)
    with pytest.raises(NotAllowed):
        costs.remove_cost(cost, by=None)


def test_removing_leaves_a_record(brand, cast):
    cost = costs.add_cost(brand, by=cast.bea, **COST)
    costs.remove_cost(cost, by=cast.bea)
    assert not Spend.objects.exists()
    assert AuditEvent.objects.get(action="cost.removed").before["currency"] == "EUR"


def test_another_brands_row_cannot_be_written(brand, cast):
    with pytest.raises(ScopeMissing):
        costs.add_cost(cast.other_brand, by=None, **COST)


def test_one_value_per_source_and_day(brand):
    costs.state_value(brand, by=None, values=VALUE)
    with pytest.raises(InvalidInput) as refused:
        costs.state_value(brand, by=None, values=VALUE)
    assert (refused.value.code, refused.value.facts["field"]) == ("twice", "valid_from")
    assert StatedValue.objects.count() == 1


def test_a_share_is_between_none_and_all(brand):
    with pytest.raises(InvalidInput) as refused:
        costs.state_value(brand, by=None, values=VALUE | {"probability": D("1.2")})
    assert refused.value.facts["field"] == "probability"


def test_a_rate_is_into_the_brands_currency_and_once_a_day(brand):
    rate = costs.state_rate(brand, by=None, values=RATE)
    assert rate.to_currency == "EUR"
    with pytest.raises(InvalidInput) as refused:
        costs.state_rate(brand, by=None, values=RATE | {"rate": D(2)})
    assert refused.value.code == "twice"
    costs.change_rate(rate, by=None, version=1, values=RATE | {"rate": D("0.92")})
    assert CurrencyRate.objects.get().rate == D("0.92")


@pytest.mark.parametrize("change", [{"currency": "EUR"}, {"rate": D(0)}, {"rate": D(-1)}])
def test_a_rate_that_cannot_be_is_refused(brand, change):
    with pytest.raises(InvalidInput):
        costs.state_rate(brand, by=None, values=RATE | change)


def test_the_list_is_searched_and_summed_by_currency(brand):
    costs.add_cost(brand, by=None, **COST | {"note": "Film of the harbour"})
    costs.add_cost(brand, by=None, **COST | {"campaign": "harbour", "kind": "agency", "currency": "USD"})
    costs.add_cost(brand, by=None, **COST)
    Spend.objects.create(brand=brand, row_key="k", **COST)
    assert selectors.by_hand(selectors.Asked()).count() == 3
    assert selectors.totals(selectors.Asked(text="harbour")) == [("EUR", D("12.5")), ("USD", D("12.5"))]
    assert selectors.by_hand(selectors.Asked(kind="agency")).count() == 1
    assert [row["rows"] for row in selectors.imported()] == [1]


def test_currencies_that_need_a_rate_are_named(brand):
    costs.add_cost(brand, by=None, **COST | {"currency": "USD"})
    costs.add_cost(brand, by=None, **COST | {"currency": "CHF"})
    costs.state_rate(brand, by=None, values=RATE)
    assert selectors.currencies_without_rate(brand) == ["CHF"]
