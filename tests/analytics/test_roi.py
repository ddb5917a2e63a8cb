"""Reports whose every figure was worked out by hand."""

from datetime import date
from decimal import Decimal as D

import pandas as pd
import pytest

from analytics import roi
from tests.analytics.roi_frames import COST, MAY, VISITS, costs, usd, visits, worth

NO_COSTS = pd.DataFrame(columns=list(COST))
NO_VISITS = pd.DataFrame(columns=list(VISITS))
PAID = {"channel_group": "Paid Social", "source": "facebook", "medium": "cpc"}
ORGANIC = {"channel_group": "Organic Social", "source": "instagram", "medium": "social"}


def may(cost=NO_COSTS, conversions=NO_VISITS, posts=None, **options) -> roi.RoiReport:
    return roi.compute(cost, conversions, posts, **MAY, currency="EUR", **options)


def codes(notes) -> list[str]:
    return [note.code for note in notes]


def facts(notes, code: str) -> dict:
    return next(dict(note.facts) for note in notes if note.code == code)


def group(groups, key: str) -> roi.Figures:
    return next(each for each in groups if each.key == key)


def test_a_month_worked_by_hand():
    # cost: ads 400 + 100, hours 10 × 32.50 = 325, tool 75 → 900
    # return: 900 (paid, spring) + 300 (organic, no campaign) → 1200; gain 300; ROI 1/3
    # ROAS: 900 / 500; 20 + 10 conversions: 900 / 30 = 30 each
    cost = costs(
        {"campaign": "Spring Sale", "amount": D(400)},
        {"campaign": "Retarget", "amount": D(100)},
        {"kind": "labour", "platform": "", "hours": D(10), "hourly_rate": D("32.50")},
        {"kind": "tool", "platform": "", "amount": D(75)},
    )
    came = visits(
        PAID | {"campaign": "spring_sale", "sessions": 500, "count": 20, "value": D(900)},
        ORGANIC | {"campaign": "(not set)", "sessions": 500, "count": 10, "value": D(300)},
    )
    report = may(cost, came)
    total = report.totals
    assert (total.cost, total.returned, total.gain) == (D(900), D(1200), D(300))
    assert total.cost_by_kind == {"ads": D(500), "labour": D(325), "tool": D(75)}
    assert total.roi == pytest.approx(1 / 3)
    assert total.roas == pytest.approx(1.8)
    assert (total.ad_spend, total.ad_revenue) == (D(500), D(900))
    assert (total.conversions, total.cost_per_result, total.break_even) == (D(30), D(30), D(900))
    assert total.conversion_rate.value == pytest.approx(0.03)
    assert total.conversion_rate.n == 1000
    assert report.basis == "all_costs"
    spring = group(report.campaigns, "spring-sale")
    assert spring.names == ("Spring Sale", "spring_sale")
    assert (spring.cost, spring.returned, spring.roi) == (D(400), D(900), 1.25)
    assert group(report.platforms, "meta").cost == D(500)
    # Facebook and Instagram visits stand beside Meta's ads, which run on both.
    assert group(report.platforms, "meta").returned == D(1200)
    assert facts(report.notes, "shared_costs") == {"amount": D(400)}


def test_a_campaign_with_ads_and_no_matching_visits_has_no_return_rather_than_zero():
    report = may(
        costs({"campaign": "Spring", "amount": D(10)}, {"campaign": "Lost", "amount": D(5)}),
        visits(PAID | {"campaign": "spring", "count": 1, "value": D(20)}),
    )
    lost = group(report.campaigns, "lost")
    assert (lost.returned, lost.roi, lost.conversions) == (None, None, None)
    assert "no_conversions" in lost.codes
    assert facts(report.notes, "campaigns_unmatched") == {"names": ["Lost"]}


def test_nothing_at_all_is_undefined_and_named():
    report = may()
    total = report.totals
    assert (total.cost, total.returned, total.roi, total.roas, total.cost_per_result) == (None,) * 5
    assert codes(report.missing) == ["no_costs", "no_conversions", "no_posts"]
    assert (report.basis, report.source) == ("no_costs", "")


def test_cost_alone_still_says_what_must_come_back():
    report = may(costs({"amount": D("12.34")}))
    assert report.totals.break_even == D("12.34")
    assert report.totals.roi is None
    assert facts(report.missing, "no_conversions") == {"source": "", "imported": False}


def test_free_social_media_have_no_roi():
    report = may(costs({"amount": D(0)}), visits(ORGANIC | {"count": 1, "value": D(5)}))
    assert report.totals.roi is None
    assert "zero_cost" in report.totals.codes


def test_without_hours_it_is_ad_spend_only():
    report = may(costs({"amount": D(100)}), visits(PAID | {"count": 1, "value": D(150)}))
    assert report.basis == "ad_spend_only"
    assert "labour_missing" in codes(report.missing)
    assert report.totals.roi == 0.5


@pytest.mark.parametrize("kind", ["labour", "agency"])
def test_people_may_be_paid_by_the_hour_or_by_a_fee(kind):
    report = may(costs({"amount": D(1)}, {"kind": kind, "platform": "", "amount": D(1)}))
    assert "labour_missing" not in codes(report.missing)


def test_leads_are_worth_their_stated_value_times_its_probability():
    # 8 leads × 0.25 × 120 = 240
    report = may(
        costs({"amount": D(100)}),
        visits(ORGANIC | {"count": 8, "value": D(0)}),
        stated_values=worth("120", "0.25"),
    )
    assert (report.totals.valued, report.totals.measured) == (D(240), None)
    assert report.totals.roi == pytest.approx(1.4)
    assert "revenue_not_measured" in codes(report.notes)


def test_a_stated_value_holds_from_its_day():
    stated = pd.concat([worth("10", valid_from=date(2026, 5, 1)), worth("30", valid_from=date(2026, 6, 1))])
    came = visits(ORGANIC | {"end": date(2026, 6, 30), "count": 61})  # 31 in May, 30 in June
    report = roi.compute(
        NO_COSTS, came, start=date(2026, 5, 1), end=date(2026, 6, 30), currency="EUR", stated_values=stated
    )
    assert [month.valued for month in report.months] == [D(310), D(900)]


def test_before_its_day_a_stated_value_says_nothing_and_no_roi_is_given():
    stated = worth("10", valid_from=date(2026, 5, 2))
    report = may(costs({"amount": D(1)}), visits(ORGANIC | {"count": 3}), stated_values=stated)
    assert report.totals.roi is None
    assert facts(report.missing, "conversions_without_value") == {"count": D(3), "source": "ga4"}


def test_conversions_without_any_value_are_named_not_worth_nothing():
    report = may(costs({"amount": D(50)}), visits(ORGANIC | {"count": 5, "value": D(0)}))
    assert (report.totals.returned, report.totals.roi) == (None, None)
    assert report.totals.cost_per_result == D(10)
    assert "conversions_without_value" in codes(report.missing)


def test_a_measured_zero_is_zero():
    # The property measures revenue (e-mail earned some); social media earned none.
    came = visits(
        ORGANIC | {"count": 2, "value": D(0)},
        {"channel_group": "Email", "medium": "email", "count": 3, "value": D(90)},
    )
    report = may(costs({"amount": D(50)}), came, stated_values=worth("99"))
    assert (report.totals.returned, report.totals.roi) == (D(0), -1.0)
    assert "stated_values_not_used" in codes(report.notes)


def test_other_channels_and_the_unattributed_part_stand_apart():
    came = visits(
        ORGANIC | {"count": 1, "value": D(10)},
        {"channel_group": "Direct", "source": "(direct)", "medium": "(none)", "count": 4, "value": D(40)},
        {"channel_group": "Unassigned", "count": 1, "value": D(5)},
        {"channel_group": "Email", "source": "news", "medium": "email", "campaign": "spring", "value": D(7)},
        {"channel_group": "Organic Search", "source": "google", "medium": "organic", "value": D(3)},
    )
    report = may(costs({"campaign": "spring", "amount": D(5)}), came)
    apart = {each.kind: each for each in report.outside}
    assert report.totals.returned == D(10)
    assert apart["unknown"].value_by_currency == {"EUR": D(45)}
    assert apart["unknown"].conversions == D(5)
    assert apart["message"].value_by_currency == {"EUR": D(7)}
    assert apart["other"].value_by_currency == {"EUR": D(3)}
    assert facts(report.missing, "unattributed")["count"] == D(5)


def test_paid_search_counts_only_where_its_cost_does():
    search = visits(
        {"channel_group": "Paid Search", "source": "google", "medium": "cpc", "count": 1, "value": D(9)}
    )
    assert may(costs({"amount": D(3)}), search).totals.returned is None
    assert may(costs({"platform": "google", "amount": D(3)}), search).totals.returned == D(9)


def test_a_campaign_export_without_channels_counts_the_campaigns_that_cost():
    came = visits(
        {"campaign": "Spring", "count": 2, "value": D(8)}, {"campaign": "other", "count": 1, "value": D(1)}
    )
    report = may(costs({"campaign": "spring", "amount": D(4)}), came)
    assert (report.totals.returned, report.totals.roas) == (D(8), 2.0)
    assert report.platforms[0].key == "meta"
    assert report.outside[0].kind == "unknown"


def test_what_the_ad_platform_reports_is_not_added_to_what_analytics_count():
    cost = costs({"campaign": "spring", "amount": D(100), "conversions": 9, "conversion_value": D(700)})
    report = may(cost, visits(PAID | {"campaign": "spring", "count": 5, "value": D(300)}))
    assert (report.totals.conversions, report.totals.returned, report.totals.roas) == (D(5), D(300), 3.0)
    assert (report.totals.reported_conversions, report.totals.reported_value) == (D(9), D(700))
    assert report.totals.reported_roas == 7.0
    assert facts(report.notes, "source_chosen") == {"source": "ga4", "others": ["ads"]}


def test_ad_platforms_count_the_return_when_nothing_else_does_or_when_chosen():
    cost = costs({"amount": D(100), "conversions": 4, "conversion_value": D(250)})
    assert may(cost).source == "ads"
    assert may(cost).totals.roi == 1.5
    came = visits(PAID | {"count": 1, "value": D(1)})
    assert may(cost, came, source="ads").totals.returned == D(250)


def test_results_of_different_kinds_are_never_added():
    cost = costs(
        {"amount": D(30), "results": 3, "result_kind": "leads"},
        {"amount": D(20), "results": 4000, "result_kind": "reach"},
    )
    results = {each.kind: each for each in may(cost).ad_results}
    assert results["leads"].cost_per_result == D(10)
    assert results["reach"].cost_per_result == D("0.005")


def test_currencies_are_not_added_without_a_rate():
    cost = costs({"amount": D(100)}, {"amount": D(50), "currency": "USD"})
    report = may(cost, visits(PAID | {"count": 1, "value": D(300)}))
    assert (report.totals.cost, report.totals.roi, report.totals.break_even) == (D(100), None, None)
    assert report.totals.costs_by_currency == {"EUR": D(100), "USD": D(50)}
    assert [(out.side, out.currency, out.amount) for out in report.left_out] == [("cost", "USD", D(50))]
    assert "currency_without_rate" in codes(report.missing)


def test_with_a_dated_rate_they_are():
    report = may(costs({"amount": D(100)}, {"amount": D(50), "currency": "USD"}), rates=usd("0.9"))
    assert report.totals.cost == D(145)
    assert [(used.currency, used.day, used.rate) for used in report.rates_used] == [
        ("USD", date(2026, 5, 1), D("0.9"))
    ]


def test_the_rate_is_the_last_one_stated_until_the_month_ends():
    stated = pd.concat([usd("0.5", date(2026, 5, 10)), usd("0.8", date(2026, 5, 31)), usd("9", date(2026, 6, 1))])
    assert may(costs({"amount": D(10), "currency": "USD"}), rates=stated).totals.cost == D(8)


def test_before_the_first_rate_the_first_one_is_taken():
    stated = usd("0.7", date(2026, 9, 1))
    assert may(costs({"amount": D(10), "currency": "USD"}), rates=stated).totals.cost == D(7)


def test_revenue_without_a_currency_is_left_out_until_it_is_told():
    cost, came = costs({"amount": D(10)}), visits(PAID | {"count": 1, "value": D(30), "currency": ""})
    report = may(cost, came)
    assert (report.totals.returned, report.totals.roi) == (None, None)
    assert facts(report.missing, "revenue_without_currency") == {"amount": D(30)}
    told = may(cost, came, revenue_currency="EUR")
    assert told.totals.roi == 2.0
    assert facts(told.notes, "revenue_currency_stated") == {"currency": "EUR", "amount": D(30)}


def test_zeros_beside_revenue_without_a_currency_are_no_return():
    came = visits(PAID | {"count": 1, "value": D(30), "currency": ""}, ORGANIC | {"value": D(0), "currency": ""})
    assert may(costs({"amount": D(10)}), came).totals.returned is None


def test_revenue_that_covers_part_of_the_period_says_so():
    came = visits(PAID | {"end": date(2026, 5, 10), "count": 1, "value": D(30)})
    assert facts(may(costs({"amount": D(1)}), came).missing, "return_partial") == {
        "days": 10,
        "of": 31,
        "source": "ga4",
    }


def test_roas_needs_to_know_which_visits_were_paid():
    came = visits({"source": "facebook", "count": 1, "value": D(30)})
    report = may(costs({"campaign": "spring", "amount": D(1)}), came)
    assert report.totals.roas is None
    assert "paid_not_told" in codes(report.missing)


def test_refunds_lower_the_return():
    came = visits(PAID | {"count": 2, "value": D(30)}, ORGANIC | {"count": 0, "value": D(-12)})
    assert may(NO_COSTS, came).totals.returned == D(18)


def test_no_interval_where_one_visit_converts_repeatedly():
    rate = may(NO_COSTS, visits(PAID | {"sessions": 4, "count": 8, "value": D(1)})).totals.conversion_rate
    assert (rate.value, rate.low, rate.high) == (2.0, None, None)


def test_every_month_of_the_period_has_a_row():
    report = roi.compute(
        costs({"amount": D(31)}), NO_VISITS, start=date(2026, 4, 15), end=date(2026, 6, 1), currency="EUR"
    )
    assert [(month.key, month.cost) for month in report.months] == [
        ("2026-04-01", None),
        ("2026-05-01", D(31)),
        ("2026-06-01", None),
    ]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"amount": 1.5}, r"costs: column 'amount', row 0: 1.5 is not a Decimal"),
        ({"amount": D("NaN")}, "column 'amount'"),
        ({"amount": None}, "hours × rate is not told either"),
        ({"amount": D(1), "kind": "gifts"}, "column 'kind', row 0: 'gifts' is not one of ads"),
        ({"amount": D(1), "end": date(2026, 4, 1)}, "column 'end', row 0"),
        ({"amount": D(1), "start": "2026-05-01"}, "is not a date"),
    ],
)
def test_a_value_that_cannot_be_is_named(change, message):
    with pytest.raises(ValueError, match=message):
        may(costs(change))


def test_a_missing_column_and_a_period_that_ends_before_it_starts_are_named():
    with pytest.raises(ValueError, match="costs: the column 'currency' is missing"):
        may(costs({"amount": D(1)}).drop(columns="currency"))
    with pytest.raises(ValueError, match="before it starts"):
        roi.compute(NO_COSTS, NO_VISITS, start=date(2026, 5, 2), end=date(2026, 5, 1), currency="EUR")


def test_a_report_survives_json_without_losing_a_cent():
    report = roi.as_json(may(costs({"amount": D("0.10")}, {"amount": D("0.2")}, {"amount": D(1200)})))
    assert report["totals"]["cost"] == "1200.30"
    assert (report["start"], report["totals"]["roi"]) == ("2026-05-01", None)


def on(day: int) -> dict:
    return {"start": date(2026, 5, day), "end": date(2026, 5, day)}


def test_a_shops_orders_are_counted_before_web_analytics_and_both_are_never_added():
    report = may(
        costs({"amount": D(100)}),
        visits(
            {"source_kind": "ga4", "source": "instagram", "value": D("180"), "count": 3},
            {"source_kind": "ga4", "source": "newsletter", "medium": "email", "value": D("70"), "count": 1},
            {"source_kind": "shop", "source": "instagram", "value": D("200"), "count": 4, **on(3)},
            {"source_kind": "shop", "source": "", "value": D("50"), "count": 1, **on(30)},
        ),
    )
    assert (report.source, report.other_sources) == ("shop", ("ga4",))
    assert (report.totals.measured, report.totals.conversions) == (200, 4)
    assert [
        (note.facts["source"], note.facts["amounts"]) for note in report.notes if note.code == "source_not_added"
    ] == [("ga4", {"EUR": D("180")})]
    assert [(outside.kind, outside.conversions) for outside in report.outside] == [("unknown", 1)]


def test_days_without_a_sale_are_no_gap_between_the_first_and_the_last():
    shop = {"source_kind": "shop", "source": "instagram", "value": D("1"), "count": 1}
    report = may(costs({"amount": D(100)}), visits(shop | on(3), shop | on(30)))
    assert report.source_days == 28


def test_web_analytics_may_be_counted_instead_and_then_the_shop_is_not_added():
    report = may(
        costs({"amount": D(100)}),
        visits(
            {"source_kind": "ga4", "source": "instagram", "value": D("180"), "count": 3},
            {"source_kind": "shop", "source": "instagram", "value": D("200"), "count": 4, **on(3)},
        ),
        source="ga4",
    )
    assert (report.source, report.totals.measured) == ("ga4", 180)
    assert [note.facts["counted"] for note in report.notes if note.code == "source_not_added"] == ["ga4"]
