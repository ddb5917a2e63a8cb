"""Whatever comes in: groups add up to totals in each currency, exactly, and nothing missing turns into zero."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal as D

import pandas as pd
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics import roi
from analytics.roi.frames import KINDS
from tests.analytics.roi_frames import COST, VISITS, costs, usd, visits, worth

START, END = date(2026, 2, 10), date(2026, 5, 20)
DATES = st.tuples(st.integers(0, 150), st.integers(0, 100)).map(
    lambda pair: {
        "start": date(2026, 1, 1) + timedelta(days=pair[0]),
        "end": date(2026, 1, 1) + timedelta(days=sum(pair)),
    }
)
NAMES = st.sampled_from(["Spring Sale", "spring_sale", "", "(not set)", "Launch"])
CURRENCIES = st.sampled_from(["EUR", "USD", "GBP"])
AMOUNTS = st.decimals(0, 1_000_000, places=2)
MAYBE = st.none() | st.integers(0, 5000)


def with_dates(**columns):
    return st.builds(lambda dates, row: dates | row, DATES, st.fixed_dictionaries(columns))


COSTS = with_dates(
    kind=st.sampled_from(KINDS),
    platform=st.sampled_from(["meta", "tiktok", ""]),
    campaign=NAMES,
    currency=CURRENCIES,
    amount=AMOUNTS,
    conversions=MAYBE,
    conversion_value=st.none() | AMOUNTS,
    imported=st.booleans(),
)
CONVERSIONS = with_dates(
    channel_group=st.sampled_from(["Paid Social", "Organic Social", "Direct", "Email", ""]),
    source=st.sampled_from(["facebook", "tiktok", "", "google"]),
    campaign=NAMES,
    currency=CURRENCIES | st.just(""),
    count=MAYBE,
    sessions=MAYBE,
    value=st.none() | AMOUNTS,
)


def report_of(cost_rows, visit_rows, **options) -> roi.RoiReport:
    cost = costs(*cost_rows) if cost_rows else pd.DataFrame(columns=list(COST))
    came = visits(*visit_rows) if visit_rows else pd.DataFrame(columns=list(VISITS))
    return roi.compute(cost, came, start=START, end=END, currency="EUR", **options)


def total(groups, name: str) -> Counter:
    sums: Counter = Counter()
    for group in groups:
        sums.update(getattr(group, name))
    return sums


def amount(groups, name: str) -> D:
    return sum((getattr(group, name) or D(0) for group in groups), D(0))


@settings(max_examples=150, deadline=None)
@given(st.lists(COSTS, max_size=8), st.lists(CONVERSIONS, max_size=8), st.booleans())
def test_groups_add_up_to_the_totals_in_each_currency(cost_rows, visit_rows, has_rate):
    report = report_of(
        cost_rows, visit_rows, rates=usd("0.917") if has_rate else None, stated_values=worth("3.33")
    )
    every_way = (report.campaigns, report.platforms, report.months, [line.figures for line in report.lines])
    for groups in every_way:
        for name in ("costs_by_currency", "returns_by_currency", "cost_by_kind"):
            assert +total(groups, name) == +Counter(getattr(report.totals, name))
        for name in ("cost", "returned", "measured", "valued", "ad_spend", "ad_revenue", "conversions"):
            assert amount(groups, name) == (getattr(report.totals, name) or D(0))


@settings(max_examples=150, deadline=None)
@given(st.lists(COSTS, max_size=6), st.lists(CONVERSIONS, max_size=6))
def test_what_is_left_out_and_what_is_counted_are_the_whole(cost_rows, visit_rows):
    report = report_of(cost_rows, visit_rows)
    left = sum((out.amount for out in report.left_out if out.side == "cost"), D(0))
    assert (report.totals.cost or D(0)) + left == sum(report.totals.costs_by_currency.values(), D(0))


@settings(max_examples=150, deadline=None)
@given(st.lists(COSTS, max_size=6), st.lists(CONVERSIONS, max_size=6))
def test_an_undefined_figure_always_has_its_reason(cost_rows, visit_rows):
    report = report_of(cost_rows, visit_rows)
    for group in (report.totals, *report.campaigns, *report.platforms, *report.months):
        if group.roi is None:
            assert group.codes, group
        else:
            assert group.roi == float(group.returned - group.cost) / float(group.cost) or group.cost > 0
    if report.left_out:
        assert report.totals.roi is None


@settings(max_examples=60, deadline=None)
@given(st.lists(COSTS, max_size=6), st.lists(CONVERSIONS, max_size=6), st.randoms())
def test_the_order_of_the_rows_is_of_no_account(cost_rows, visit_rows, random):
    by_hand = [row | {"imported": False} for row in cost_rows]
    shuffled = random.sample(by_hand, len(by_hand))
    one, other = report_of(by_hand, []), report_of(shuffled, [])
    assert roi.as_json(one) == roi.as_json(other)


def test_an_unexported_figure_is_not_a_zero():
    report = report_of([], [{"channel_group": "Organic Social", "sessions": 5, **{"start": START, "end": END}}])
    assert report.totals.conversions is None
    assert report.totals.returned is None
