"""Every table that is handed out: no text of a person or a platform becomes a formula on somebody's machine."""

import csv
import io
import zipfile
from datetime import UTC, date, datetime, time
from pathlib import Path

import openpyxl
import pytest
from django.apps import apps
from django.db import models
from django.test import Client

import analytics.tasks  # noqa: F401 - registers what does the jobs
from accounts import jobs
from accounts.scoping import BrandOwned, brands_in_scope
from accounts.table_files import CSV, FORMULA_SIGNS, XLSX, harmless, workbook
from analytics.models import Conversion, EffectsReport, PostTag, RejectedRow, Spend
from analytics.services import effects, roi
from calendar_app.models import EntryImportLine
from strategy.models import Campaign, Channel
from tests.access_table import ACCESS, Rows, make_rows
from tests.analytics.posts import add_posts
from tests.test_access import BRANDS_ADDRESSES, address

ROOT = Path(__file__).resolve().parents[1]
HOSTILE = '=HYPERLINK("http://evil.example","Click")'
# Fields whose words are Timone's own, told by their names; every other text may be anything.
OWN_WORDS = frozenset(
    {
        *(
            "kind",
            "state",
            "status",
            "format",
            "language",
            "platform",
            "currency",
            "to_currency",
            "precision",
            "code",
        ),
        *("source_kind", "problem_code", "encoding", "row_key", "signature", "lease", "phase", "same_as", "claim"),
        *("time_zone", "error_code", "file", "sha256", "as_of_source", "metric", "evidence", "source"),
    }
)
# Nothing differs between the one import of this cast and what it found, so that a comparison lists nothing.
WITHOUT_TEXTS = frozenset({"import_template", "best_times_export", "days_export", "import_comparison_export"})


def hostile_rows(cast) -> Rows:
    """A row of every kind, with a formula in each of its texts."""
    rows = make_rows(cast.brand, cast.bea)
    with brands_in_scope(cast.brand.pk):
        RejectedRow.objects.create(brand=cast.brand, file_id=rows.numbers["file_id"], line=2, code="not_a_number")
        for model in apps.get_models():
            if issubclass(model, BrandOwned):
                texts = {field.name: HOSTILE for field in model._meta.concrete_fields if _is_free(field)}
                if model is Campaign:
                    texts = {name: text for name, text in texts.items() if name not in ("name", "utm_campaign")}
                    for campaign in Campaign.objects.all():  # two of them never share a name
                        Campaign.objects.filter(pk=campaign.pk).update(name=f"{HOSTILE}{campaign.pk}")
                model.objects.update(**texts) if texts else None
        EntryImportLine.objects.update(told={"title": HOSTILE})
        Spend.objects.update(kind="ads", platform="facebook")
        Conversion.objects.update(medium="paid social", source="facebook", sessions=5)
        day = Spend.objects.get().start
        report = roi.request_report(cast.brand, roi.Wanted(start=day, end=day), by=None)
        jobs.execute(report.job.pk, heartbeat=False)
        rows.numbers["report_id"] = report.pk
        rows.numbers["effects_id"] = _compared(cast, day).pk
    return rows


def _compared(cast, day: date) -> EffectsReport:
    """A report of what worked whose posts and campaign bear the formula."""
    channel, campaign = Channel.objects.first(), Campaign.objects.first()
    told = {"format": "photo", "text": HOSTILE, "engagements": 9}
    noon = datetime.combine(day, time(12), UTC)
    for row in add_posts(channel, ({"published_at": noon, **told} for _place in range(40)))[::2]:
        PostTag.objects.create(
            brand=cast.brand, channel=channel, external_id=row.external_id, campaign=campaign, planned=True
        )
    return effects.report_now(cast.brand, effects.Wanted(day, day))


def _is_free(field: models.Field) -> bool:
    is_text = isinstance(field, models.CharField | models.TextField)
    is_free = is_text and not (field.choices or field.unique or field.name in OWN_WORDS)
    return is_free and (field.max_length or 1_000) >= len(HOSTILE)


@pytest.fixture
def downloads(cast) -> dict[tuple[str, str], bytes]:
    """Every answer to a brand's address that is a table, by name of the address and kind of file."""
    rows = hostile_rows(cast)
    client = Client()
    client.force_login(cast.bea)
    found = {}
    for name in BRANDS_ADDRESSES:
        for kind in ("csv", "xlsx"):
            query = ACCESS[name].query | {"file": kind}
            response = client.get(address(name, cast.brand, rows), query)
            told = response.headers.get("Content-Type", "")
            content = b"".join(response.streaming_content) if response.streaming else response.content
            if told in (CSV, XLSX):
                found[name, "xlsx" if told == XLSX else "csv"] = content
    return found


def test_no_cell_of_any_download_is_a_formula(downloads):
    names = {name for name, _kind in downloads}
    wanted = {name for name in ACCESS if name.endswith(("_export", "_csv", "_xlsx", "_rejected", "_template"))}
    assert wanted <= names, "an address that hands out tables has no row to hand out"
    for (name, kind), content in downloads.items():
        texts = _csv_texts(content) if kind == "csv" else _xlsx_texts(name, content)
        assert texts, (name, kind)
        if name not in WITHOUT_TEXTS:
            assert any(HOSTILE in text for text in texts), f"{name}: nothing hostile was in it"
        if kind == "csv":
            assert not [text for text in texts if text.startswith(FORMULA_SIGNS) and harmless(text) != text]


def _csv_texts(content: bytes) -> list[str]:
    assert content.startswith(b"\xef\xbb\xbf")
    return [cell for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")) for cell in row]


def _xlsx_texts(name: str, content: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for part in archive.namelist():
            assert b"<f>" not in archive.read(part), (name, part)
            assert b"<hyperlink" not in archive.read(part), (name, part)
    book = openpyxl.load_workbook(io.BytesIO(content))
    return [str(cell) for sheet in book for row in sheet.values for cell in row if cell is not None]


@pytest.mark.parametrize("sign", FORMULA_SIGNS)
def test_a_text_that_begins_like_a_formula_stays_a_text(sign):
    assert harmless(f"{sign}cmd|'/C calc'!A0") == f"'{sign}cmd|'/C calc'!A0"


@pytest.mark.parametrize("cell", ["-12.5", "+3", "-1.234,50", "-4%", -3, None, "a=b", "", "3-2"])
def test_numbers_and_other_texts_are_left_as_they_are(cell):
    assert harmless(cell) == cell


def test_a_text_longer_than_a_cell_of_excel_is_cut_and_not_left_out():
    content = workbook([("", ["text"], [["a" * 40_000]])])
    assert len(openpyxl.load_workbook(io.BytesIO(content)).active["A2"].value) == 32_767


def test_no_way_around_the_one_helper_is_in_the_program():
    """Whoever writes a table by other means has to see to formulas himself; nobody does."""
    # An upload of orders is kept as it came, less the customers: it is read again, and handed out to nobody.
    allowed = {"accounts/table_files.py", "analytics/formats/shopify.py"}
    found = set()
    for folder in ("accounts", "strategy", "analytics", "smm"):
        for path in (ROOT / folder).rglob("*.py"):
            text, name = path.read_text(), path.relative_to(ROOT).as_posix()
            if ("csv.writer" in text or "xlsxwriter" in text) and not name.startswith("smm/demo/"):
                found.add(name)
    assert found == allowed
