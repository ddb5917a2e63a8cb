"""Rows longer than the period, and exports that tell the same days twice."""

from collections import defaultdict
from datetime import date, timedelta
from decimal import Decimal as D
from fractions import Fraction

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics import roi
from analytics.roi.money import portions
from tests.analytics.roi_frames import COST, VISITS, costs, visits

NO_COSTS = pd.DataFrame(columns=list(COST))
NO_VISITS = pd.DataFrame(columns=list(VISITS))
ADS = {"imported": True, "account": "a", "level": 0, "campaign": "spring"}


def over(start: date, end: date, cost=NO_COSTS, conversions=NO_VISITS) -> roi.RoiReport:
    return roi.compute(cost, conversions, start=start, end=end, currency="EUR")


def spent(cost, start=date(2026, 5, 1), end=date(2026, 5, 31)) -> D | None:
    return over(start, end, cost).totals.cost


def note(report, code):
    return next((each.facts for each in report.notes if each.code == code), None)


def test_a_row_longer_than_the_period_counts_by_its_days_inside():
    # 92 days from May to July cost 920; May has 31 of them.
    report = over(date(2026, 5, 1), date(2026, 5, 31), costs({"end": date(2026, 7, 31), "amount": D(920)}))
    assert report.totals.cost == D(310)
    assert note(report, "apportioned") == {"side": "cost", "rows": 1}


def test_the_months_of_a_row_add_up_to_it_to_the_cent():
    cost = costs({"start": date(2026, 1, 1), "end": date(2026, 12, 31), "amount": D("100.01")})
    report = over(date(2026, 1, 1), date(2026, 12, 31), cost)
    assert sum(month.cost for month in report.months) == report.totals.cost == D("100.01")
    assert note(report, "apportioned") is None


def test_two_periods_that_meet_share_a_row_without_loss():
    cost = costs({"start": date(2026, 5, 1), "end": date(2026, 6, 30), "amount": D("0.01")})
    whole = spent(cost, date(2026, 5, 1), date(2026, 6, 30))
    assert whole == D("0.01")
    assert abs(spent(cost) + spent(cost, date(2026, 6, 1), date(2026, 6, 30)) - whole) <= D("0.000001")


def test_a_daily_export_replaces_the_monthly_one_it_overlaps():
    monthly = ADS | {"amount": D(310)}
    daily = [ADS | {"start": date(2026, 5, d), "end": date(2026, 5, d), "amount": D(20)} for d in (1, 2)]
    report = over(date(2026, 5, 1), date(2026, 5, 31), costs(monthly, *daily))
    assert report.totals.cost == D(40 + 290)
    assert note(report, "exports_overlap") == {"side": "cost", "rows": 1, "amounts": {"EUR": D(20)}}


def test_a_day_on_which_a_campaign_rested_is_not_filled_from_the_monthly_export():
    day = {"start": date(2026, 5, 1), "end": date(2026, 5, 1)}
    second = {"start": date(2026, 5, 2), "end": date(2026, 5, 2)}
    cost = costs(
        ADS | {"amount": D(310)},
        ADS | day | {"amount": D(20)},
        ADS | second | {"campaign": "other", "amount": D(5)},  # the daily export tells the second day too
    )
    assert spent(cost) == D(20 + 5 + 290)


def test_a_month_cut_by_the_end_of_another_campaign_is_not_a_finer_export():
    first_week = {"start": date(2026, 5, 1), "end": date(2026, 5, 5)}
    cost = costs(
        ADS | {"amount": D(310)},
        ADS | {"start": date(2026, 6, 1), "end": date(2026, 6, 4), "amount": D(40)},
        ADS | first_week | {"campaign": "other", "amount": D(5)},
    )
    assert spent(cost, date(2026, 5, 1), date(2026, 6, 30)) == D(355)


def test_another_account_is_not_an_overlap():
    day = {"start": date(2026, 5, 1), "end": date(2026, 5, 1)}
    assert spent(costs(ADS | {"amount": D(310)}, ADS | day | {"account": "b", "amount": D(20)})) == D(330)


def test_an_unnamed_account_with_other_campaigns_is_not_an_overlap_either():
    day = {"start": date(2026, 5, 1), "end": date(2026, 5, 1)}
    rows = (ADS | {"account": "", "amount": D(310)}, ADS | day | {"account": "", "campaign": "b", "amount": D(20)})
    assert spent(costs(*rows)) == D(330)


def test_ads_and_their_campaign_told_for_the_same_days_count_once():
    assert spent(costs(ADS | {"amount": D(50)}, ADS | {"level": 2, "amount": D("50.00")})) == D(50)


def test_weeks_of_two_exports_that_cross_count_each_day_once():
    first = ADS | {"start": date(2026, 5, 4), "end": date(2026, 5, 10), "amount": D(70)}
    second = ADS | {"start": date(2026, 5, 7), "end": date(2026, 5, 13), "amount": D(70)}
    assert spent(costs(first, second)) == D(100)


def test_ads_of_one_campaign_and_the_same_days_are_its_parts():
    assert spent(costs(*[ADS | {"level": 2, "ad": ad, "amount": D(50)} for ad in ("a", "a", "b")])) == D(150)


def test_costs_entered_by_hand_are_never_taken_for_an_overlap():
    assert spent(costs({"amount": D(10)}, {"amount": D(10)})) == D(20)


def test_of_two_web_analytics_exports_the_more_detailed_one_counts():
    rough = {"dimensions": "channel", "channel_group": "Paid Social", "count": 9, "value": D(90)}
    fine = {"dimensions": "campaign", "source": "facebook", "medium": "cpc", "campaign": "spring"}
    fine |= {"end": date(2026, 5, 10), "count": 3, "value": D(31)}
    report = over(date(2026, 5, 1), date(2026, 5, 31), conversions=visits(rough, fine))
    # ten days by the campaign export, 21 of 31 days of the other
    assert report.totals.returned == D(31) + (D(90) * 21 / 31).quantize(D("0.000001"))


def test_weekly_and_whole_period_exports_of_one_cut_count_once():
    whole = {"channel_group": "Organic Social", "count": 31, "value": D(310)}
    week = whole | {"start": date(2026, 5, 4), "end": date(2026, 5, 10), "count": 14, "value": D(140)}
    assert over(date(2026, 5, 1), date(2026, 5, 31), conversions=visits(whole, week)).totals.conversions == D(38)


DAY = date(2026, 1, 1)
SPANS = st.tuples(st.integers(0, 120), st.sampled_from([1, 1, 1, 7, 31, 90]))
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "span": SPANS,
            "campaign": st.sampled_from(["a", "b"]),
            "account": st.sampled_from(["x", "y"]),
            "imported": st.booleans(),
            "level": st.sampled_from([0, 2]),
            "amount": st.decimals(0, 10_000, places=2),
        }
    ),
    max_size=12,
)


def twin(rows, start: date, end: date) -> dict[str, Fraction]:
    """Day by day, the plain way: who tells this day of this campaign best?"""
    sums: dict[str, Fraction] = defaultdict(Fraction)
    for row in rows:
        for number in range((row["end"] - row["start"]).days + 1):
            day = row["start"] + timedelta(days=number)
            if start <= day <= end and _tells(row, rows, day):
                sums[row["campaign"]] += Fraction(row["amount"]) / ((row["end"] - row["start"]).days + 1)
    return sums


def _tells(row, rows, day: date) -> bool:
    if not row["imported"]:
        return True
    account = [r for r in rows if r["imported"] and r["account"] == row["account"]]
    own = [r for r in account if r["campaign"] == row["campaign"]]
    for rank in {_rank(r) for r in own if _rank(r) < _rank(row)}:
        if any(r["start"] <= day <= r["end"] for r in own if _rank(r) == rank):
            return False
        daily = {r["start"] for r in account if _rank(r) == rank and r["start"] == r["end"]}
        if day in daily and daily & {day - timedelta(days=1), day + timedelta(days=1)}:
            return False
    same = [r for r in own if _rank(r) == _rank(row) and r["start"] <= day <= r["end"]]
    first = min(same, key=lambda r: (r["start"], r["end"], r["place"]))
    return (first["start"], first["end"]) == (row["start"], row["end"])


def _rank(row) -> tuple[int, int]:
    days = (row["end"] - row["start"]).days + 1
    return next(place for place, longest in enumerate((1, 7, 31, 92)) if days <= longest), -row["level"]


@settings(max_examples=150, deadline=None)
@given(ROWS, st.integers(0, 60), st.integers(0, 100))
def test_it_agrees_with_its_slow_twin(drawn, first, length):
    rows = []
    for place, row in enumerate(drawn):
        began = DAY + timedelta(days=row["span"][0])
        ended = began + timedelta(days=row["span"][1] - 1)
        rows.append(row | {"start": began, "end": ended, "place": place})
    # Of equal rows the one whose days end last among those before it matters: equal starts have equal ends here.
    start = DAY + timedelta(days=first)
    end = start + timedelta(days=length)
    # A period in which a rank of the scope has no day must not hide that the export tells others.
    inside = [row for row in rows if row["start"] <= end and row["end"] >= start]
    report = over(start, end, costs(*inside) if inside else NO_COSTS)
    expected = twin(inside, start, end)
    for campaign in ("a", "b"):
        group = next((each for each in report.campaigns if each.key == campaign), None)
        told = Fraction(group.cost) if group else Fraction(0)
        assert abs(told - expected[campaign]) <= Fraction(len(rows) * 6, 1_000_000)


@given(st.integers(-(10**12), 10**12), st.lists(st.integers(1, 31), min_size=1, max_size=30))
def test_portions_of_the_whole_add_up_to_it(amount, days):
    assert sum(portions(amount, days, sum(days))) == amount


@pytest.mark.parametrize("days", [[10], [10, 20], [1] * 30])
def test_portions_depend_only_on_the_days_before_them(days):
    assert sum(portions(1000, days, 90)) == sum(portions(1000, [sum(days)], 90))
