"""`roi_report` computes, stores and prints the same report as the page."""

import io
import json
from datetime import date
from decimal import Decimal as D

import pytest
from django.core.management import CommandError, call_command
from python_calamine import CalamineWorkbook

from accounts.scoping import brands_in_scope
from analytics.models import Conversion, RoiReport, Spend

MAY = {"start": date(2026, 5, 1), "end": date(2026, 5, 31)}


@pytest.fixture
def brand(cast):
    with brands_in_scope(cast.brand.pk):
        spend = {"brand": cast.brand, "kind": "ads", "platform": "meta", "currency": "EUR", **MAY}
        Spend.objects.create(**spend, campaign="=Spring & <Sale> #1", amount=D(100))
        paid = {"source_kind": "ga4", "channel_group": "Paid Social", "source": "facebook", "medium": "cpc"}
        values = {"count": D(5), "sessions": 90, "value": D("250.50"), "currency": ""}
        Conversion.objects.create(brand=cast.brand, row_key="1", campaign="spring", **paid, **values, **MAY)
    return cast.brand


def run(*extra: str) -> tuple[str, str]:
    out, err = io.StringIO(), io.StringIO()
    days = ["--from", "2026-05-01", "--to", "2026-05-31"]
    call_command("roi_report", "--brand", "caffe-alba", *days, *extra, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def test_json_on_stdout_and_progress_on_stderr(brand):
    out, err = run("--json", "--revenue-currency", "EUR")
    answer = json.loads(out)
    assert answer["totals"]["cost"] == "100"
    assert answer["totals"]["roi"] == pytest.approx(1.505)
    assert answer["brand"] == "caffe-alba"
    assert "figures" in err
    with brands_in_scope(brand.pk):
        assert RoiReport.objects.get().pk == answer["report"]


def test_a_missing_currency_is_named_and_no_roi_is_made_up(brand):
    answer = json.loads(run("--json")[0])
    assert answer["totals"]["roi"] is None
    assert "revenue_without_currency" in [note["code"] for note in answer["missing"]]
    assert answer["left_out"] == [{"side": "return", "currency": "", "amount": "250.50"}]


def test_the_table_says_what_is_missing(brand):
    out, _err = run()
    assert "ROI" in out
    assert "Say which currency is meant" in out
    assert "=Spring & <Sale> #1" in out


def test_pdf_and_xlsx_are_written(brand, tmp_path):
    pdf, xlsx = tmp_path / "r.pdf", tmp_path / "r.xlsx"
    run("--pdf", str(pdf), "--xlsx", str(xlsx), "--revenue-currency", "EUR")
    assert pdf.read_bytes().startswith(b"%PDF-")
    book = CalamineWorkbook.from_path(str(xlsx))
    assert {"Key figures", "By campaign", "Detail"} <= set(book.sheet_names)
    figures = {row[0]: row[1] for row in book.get_sheet_by_name("Key figures").to_python()}
    assert figures["ROI"] == pytest.approx(1.505)
    campaigns = book.get_sheet_by_name("By campaign").to_python()
    assert "=Spring & <Sale> #1" in [row[0] for row in campaigns]


def test_a_name_that_no_font_can_draw_does_not_cost_the_pdf(brand, tmp_path):
    with brands_in_scope(brand.pk):
        Spend.objects.update(campaign="夏セール \x07 [#panic()]")
    run("--pdf", str(tmp_path / "r.pdf"))
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF-")


def test_a_place_that_cannot_be_written_is_named(brand, tmp_path):
    with pytest.raises(CommandError, match="cannot be written"):
        run("--pdf", str(tmp_path / "none" / "r.pdf"))


def test_a_period_that_ends_before_it_starts_ends_with_2(brand):
    with pytest.raises(CommandError) as refused:
        call_command("roi_report", "--brand", "caffe-alba", "--from", "2026-05-02", "--to", "2026-05-01")
    assert refused.value.returncode == 2
    assert "ends before it starts" in str(refused.value)


def test_a_day_that_is_none_is_named(brand):
    with pytest.raises(CommandError, match="Write it as YYYY-MM-DD"):
        call_command("roi_report", "--brand", "caffe-alba", "--from", "1/5/2026", "--to", "2026-05-01")
