"""The pages of ROI: a report from the form to its files, and what a brand states itself."""

import re
from datetime import date
from decimal import Decimal as D

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import analytics.tasks  # noqa: F401 - registers what does the jobs
from accounts import jobs
from accounts.scoping import brands_in_scope
from analytics.models import Conversion, CurrencyRate, RoiReport, Spend, StatedValue
from analytics.services import roi as services

MAY = {"start": date(2026, 5, 1), "end": date(2026, 5, 31)}
PERIOD = {"start": "2026-05-01", "end": "2026-05-31", "source": "auto", "revenue_currency": "EUR", "title": "May"}
COST = {"kind": "other", "start": "2026-05-01", "end": "2026-05-31", "amount": "12.50", "currency": "EUR"}
EVIL = "<script>alert(1)</script>"


@pytest.fixture
def bea(client, cast):
    client.force_login(cast.bea)
    return client


@pytest.fixture
def brand(cast):
    with brands_in_scope(cast.brand.pk):
        yield cast.brand


def at(name: str, *numbers: int) -> str:
    return reverse(name, args=["caffe-alba", *numbers])


def fill(brand, currency: str = "EUR") -> None:
    spend = {"brand": brand, "kind": "ads", "platform": "meta", "currency": "EUR", **MAY}
    Spend.objects.create(**spend, campaign=f"Spring {EVIL}", amount=D(100), row_key="1", reach=10)
    paid = {"source_kind": "ga4", "channel_group": "Paid Social", "source": "facebook", "medium": "cpc"}
    values = {"count": D(5), "sessions": 90, "value": D("250.50"), "currency": currency}
    Conversion.objects.create(brand=brand, row_key="1", campaign=f"spring {EVIL}", **paid, **values, **MAY)


def text_of(response) -> str:
    return re.sub(r"\s+", " ", response.content.decode())


def test_from_the_form_to_the_figures_and_the_files(bea, brand):
    fill(brand)
    answer = bea.post(at("roi_new"), PERIOD)
    report = RoiReport.objects.get()
    assert answer.url == at("roi_report", report.pk)
    waiting = text_of(bea.get(answer.url))
    assert "Waiting for a worker" in waiting
    assert 'hx-trigger="every 1s"' in waiting
    jobs.execute(report.job.pk, heartbeat=False)
    page = text_of(bea.get(answer.url))
    assert "+150.5" in page
    assert "Ad spend only" in page
    assert f"{at('cost_new')}?kind=labour" in page
    assert EVIL not in page
    for name, start in (
        ("roi_report_csv", b"\xef\xbb\xbf"),
        ("roi_report_xlsx", b"PK"),
        ("roi_report_pdf", b"%PDF-"),
    ):
        file = bea.get(at(name, report.pk))
        assert file.content.startswith(start)
        assert "roi-caffe-alba-2026-05-01-2026-05-31" in file["Content-Disposition"]
    assert "May" in text_of(bea.get(at("roi")))


def test_the_part_reloads_the_page_once_the_report_is_there(bea, brand):
    report = services.request_report(brand, services.Wanted(**MAY), by=None)
    htmx = {"HTTP_HX_REQUEST": "true"}
    assert "HX-Refresh" not in bea.get(at("roi_report", report.pk), **htmx)
    jobs.execute(report.job.pk, heartbeat=False)
    answer = bea.get(at("roi_report", report.pk), **htmx)
    assert answer["HX-Refresh"] == "true"
    assert "<html" not in answer.content.decode()


def test_files_of_a_report_that_is_not_computed_lead_to_its_page(bea, brand):
    report = services.request_report(brand, services.Wanted(**MAY), by=None)
    for name in ("roi_report_csv", "roi_report_xlsx", "roi_report_pdf"):
        assert bea.get(at(name, report.pk)).url == at("roi_report", report.pk)


def test_a_job_that_failed_says_so_and_can_be_tried_again(bea, brand):
    report = services.request_report(brand, services.Wanted(**MAY), by=None)
    run = jobs.claim(report.job.pk)
    run.fail("job_broke", {}, state="errored")
    page = text_of(bea.get(at("roi_report", report.pk)))
    assert "Something went wrong on our side" in page
    assert at("job_retry", report.job.pk) in page
    assert "not computed" in text_of(bea.get(at("roi")))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"end": "2026-04-01"}, "The period ends before it starts"),
        ({"start": "2010-01-01"}, "five years at most"),
        ({"start": ""}, "This field is required"),
    ],
)
def test_a_period_that_cannot_be_is_explained_at_its_field(bea, brand, change, said):
    answer = bea.post(at("roi_new"), PERIOD | change)
    assert answer.status_code == 422
    assert said in text_of(answer)
    assert not RoiReport.objects.exists()


def test_saying_the_currency_makes_a_new_report(bea, brand):
    fill(brand, currency="")
    report = services.report_now(brand, services.Wanted(**MAY))
    assert "It is EUR: compute anew" in text_of(bea.get(at("roi_report", report.pk)))
    answer = bea.post(at("roi_report_again", report.pk), {"revenue_currency": "EUR"})
    fresh = RoiReport.objects.exclude(pk=report.pk).get()
    assert answer.url == at("roi_report", fresh.pk)
    jobs.execute(fresh.job.pk, heartbeat=False)
    assert "+150.5" in text_of(bea.get(answer.url))


def test_a_report_is_deleted_after_a_question(bea, brand):
    report = services.report_now(brand, services.Wanted(**MAY))
    assert "Delete this report?" in text_of(bea.get(at("roi_report_delete", report.pk)))
    assert bea.post(at("roi_report_delete", report.pk)).url == at("roi")
    assert not RoiReport.objects.exists()


def test_empty_pages_teach_the_next_step(bea, brand):
    assert "Nothing to report on yet" in text_of(bea.get(at("roi")))
    assert "a report without people says" in text_of(bea.get(at("costs")))
    assert "No value stated" in text_of(bea.get(at("values")))
    assert "Everything known is in EUR" in text_of(bea.get(at("rates")))


def test_a_report_without_anything_names_all_that_is_missing(bea, brand):
    report = services.report_now(brand, services.Wanted(**MAY))
    page = text_of(bea.get(at("roi_report", report.pk)))
    for said in ("No cost of this period is known", "No conversions of this period", "No posts of this period"):
        assert said in page


def test_hours_times_rate_through_the_form(bea, brand):
    assert 'value="labour" selected' in text_of(bea.get(at("cost_new") + "?kind=labour"))
    values = COST | {"kind": "labour", "amount": "", "hours": "7.5", "hourly_rate": "32.40", "note": "Replies"}
    assert bea.post(at("cost_new"), values).url == at("costs")
    assert Spend.objects.get().amount == D(243)
    assert "€243.00" in text_of(bea.get(at("costs")))


def test_a_cost_without_an_amount_is_explained(bea, brand):
    answer = bea.post(at("cost_new"), COST | {"amount": ""})
    assert answer.status_code == 422
    assert "Give the hours and the rate per hour, or an amount" in text_of(answer)


def test_an_edit_of_what_somebody_changed_meanwhile_shows_both(bea, brand):
    bea.post(at("cost_new"), COST)
    cost = Spend.objects.get()
    assert 'value="12.50"' in text_of(bea.get(at("cost_edit", cost.pk)))
    bea.post(at("cost_edit", cost.pk), COST | {"amount": "20", "version": "1"})
    answer = bea.post(at("cost_edit", cost.pk), COST | {"amount": "33", "version": "1"})
    page = text_of(answer)
    assert answer.status_code == 422
    assert "Somebody else changed this" in page
    assert "What somebody else saved meanwhile" in page
    assert 'value="33"' in page
    assert bea.post(at("cost_edit", cost.pk), COST | {"amount": "33", "version": "2"}).status_code == 302
    assert Spend.objects.get().amount == D(33)


def test_imported_costs_have_no_edit_page(bea, brand):
    fill(brand)
    cost = Spend.objects.get()
    assert bea.get(at("cost_edit", cost.pk)).status_code == 404
    assert bea.post(at("cost_delete", cost.pk)).status_code == 404
    assert "Advertising, from imported exports" in text_of(bea.get(at("costs")))


def test_deleting_asks_first(bea, brand):
    bea.post(at("cost_new"), COST)
    cost = Spend.objects.get()
    assert bea.get(at("cost_delete", cost.pk)).status_code == 200
    assert Spend.objects.exists()
    bea.post(at("cost_delete", cost.pk))
    assert not Spend.objects.exists()


def test_the_list_of_costs_is_narrowed_paged_and_exported(bea, brand):
    for number in range(60):
        bea.post(at("cost_new"), COST | {"note": f"Film {number}"})
    assert "Page 1 of 2" in text_of(bea.get(at("costs")))
    assert "No cost matches" in text_of(bea.get(at("costs") + "?q=nothing"))
    found = bea.get(at("costs_export") + "?q=Film+59").content.decode("utf-8-sig").splitlines()
    assert len(found) == 2


def test_a_note_that_looks_like_a_formula_stays_a_text(bea, brand):
    bea.post(at("cost_new"), COST | {"note": "=HYPERLINK(1)", "amount": "-3"})
    found = bea.get(at("costs_export")).content.decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in found
    assert ",-3" in found


def test_a_value_is_stated_in_percent(bea, brand):
    values = {"name": "lead", "source_kind": "ga4", "value": "90", "currency": "EUR", "percent": "12"}
    assert bea.post(at("value_new"), values | {"valid_from": "2026-01-01"}).status_code == 302
    assert StatedValue.objects.get().probability == D("0.12")
    assert "€10.80" in text_of(bea.get(at("values")))
    twice = bea.post(at("value_new"), values | {"valid_from": "2026-01-01"})
    assert "Edit that one" in text_of(twice)
    assert 'value="12.00"' in text_of(bea.get(at("value_edit", StatedValue.objects.get().pk)))


def test_a_rate_that_is_needed_is_asked_for_and_stated(bea, brand):
    bea.post(at("cost_new"), COST | {"currency": "USD"})
    assert "Amounts in USD are in no total" in text_of(bea.get(at("rates")))
    values = {"currency": "USD", "rate": "0.91", "day": "2026-05-01", "note": "ECB"}
    assert bea.post(at("rate_new"), values).status_code == 302
    assert CurrencyRate.objects.get().to_currency == "EUR"
    assert "Amounts in USD" not in text_of(bea.get(at("rates")))


def test_pages_ask_the_database_equally_often_for_many_rows(bea, brand):
    def queries(url: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert bea.get(url).status_code == 200
        return len(seen)

    services.report_now(brand, services.Wanted(**MAY))
    bea.post(at("cost_new"), COST)
    pages = [at("roi"), at("costs"), at("roi_report", RoiReport.objects.get().pk)]
    few = [queries(url) for url in pages]
    for _ in range(15):
        bea.post(at("cost_new"), COST)
        services.report_now(brand, services.Wanted(**MAY))
    assert [queries(url) for url in pages] == few
    assert max(few) <= 15
