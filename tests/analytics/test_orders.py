"""Orders of a shop: stored once, changed by newer exports, and nothing of the customers anywhere."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from accounts.scoping import brands_in_scope
from analytics.models import Conversion, ImportFile
from tests.analytics.formats.files import write
from tests.analytics.formats.test_shopify import BROKEN, HEADER, SECRETS, item, order
from tests.analytics.import_kit import bring_in, codes, counts
from tests.analytics.import_page_kit import address, confirm, do_work, upload


@pytest.fixture
def alba(cast):
    with brands_in_scope(cast.brand.pk):
        yield cast.brand


def orders(folder: Path, *rows, name: str = "orders.csv", exported: str = "2026-06-01") -> tuple[Path, str]:
    return write(folder, [HEADER, *rows], name=name), exported


def bring(brand, told: tuple[Path, str]) -> ImportFile:
    path, exported = told
    (file,) = bring_in(brand, path, exported_on=exported)
    return file


def stored() -> list[tuple]:
    return list(
        Conversion.objects.order_by("external_id").values_list("external_id", "count", "value", "campaign")
    )


def test_an_order_is_stored_as_one_conversion(alba, tmp_path):
    file = bring(alba, orders(tmp_path, order(), item()))
    row = Conversion.objects.get()
    assert (row.source_kind, row.external_id, row.count, row.value) == ("shop", "#1001", 1, Decimal("84.90"))
    assert (row.start, row.end, row.currency, row.file_id) == (date(2026, 5, 1), date(2026, 5, 1), "EUR", file.pk)
    assert (row.source, row.medium, row.campaign, row.channel_group) == ("instagram", "social", "spring", "")
    assert file.coverage == [
        {"channel": None, "figures": ["orders", "revenue"], "first": "2026-05-01", "last": "2026-05-01"}
    ]


def test_the_day_of_an_order_is_the_brands(alba, tmp_path):
    bring(alba, orders(tmp_path, order(**{"Created at": "2026-04-30 22:30:00 +0000"})))
    assert Conversion.objects.get().start == date(2026, 5, 1)


def test_the_same_export_twice_changes_nothing(alba, tmp_path):
    told = orders(tmp_path, order("#1"), order("#2"))
    assert counts(bring(alba, told)) == (2, 0, 0, 0, 0)
    assert counts(bring(alba, told)) == (0, 0, 2, 0, 0)
    assert len(stored()) == 2


def test_a_refund_in_a_newer_export_lowers_what_the_order_brought(alba, tmp_path):
    bring(alba, orders(tmp_path, order("#1"), order("#2")))
    refunds = order("#1", **{"Refunded Amount": "34.90"}), order("#2", **{"Refunded Amount": "84.90"})
    newer = bring(alba, orders(tmp_path, *refunds, exported="2026-07-01"))
    assert counts(newer) == (0, 2, 0, 0, 0)
    assert stored() == [("#1", 1, 50, "spring"), ("#2", 0, 0, "spring")]


def test_an_older_export_changes_nothing_and_says_so(alba, tmp_path):
    bring(alba, orders(tmp_path, order(**{"Refunded Amount": "84.90"}), exported="2026-07-01"))
    older = bring(alba, orders(tmp_path, order(), order("#2")))
    assert (counts(older), codes(older) & {"orders_kept"}) == ((1, 0, 1, 0, 0), {"orders_kept"})
    assert [row[2] for row in stored()] == [0, Decimal("84.90")]


def test_an_origin_once_told_is_not_erased(alba, tmp_path):
    bring(alba, orders(tmp_path, order()))
    bring(alba, orders(tmp_path, order(**{"Note Attributes": "", "Total": "80.00"}), exported="2026-07-01"))
    assert stored() == [("#1001", 1, 80, "spring")]


def test_an_older_export_may_tell_an_origin_that_was_missing(alba, tmp_path):
    bring(alba, orders(tmp_path, order(**{"Note Attributes": ""}), exported="2026-07-01"))
    bring(alba, orders(tmp_path, order(Total="1.00")))
    assert stored() == [("#1001", 1, Decimal("84.90"), "spring")]


def test_two_shops_that_count_alike_have_different_orders(alba, tmp_path):
    bring(alba, orders(tmp_path, order("#1")))
    bring(alba, orders(tmp_path, order("#1", **{"Created at": "2026-05-03 10:00:00 +0200"})))
    assert len(stored()) == 2


def everything_stored() -> str:
    """All that every table and every kept file holds."""
    rows = [
        repr(
            list(
                (model.across_brands if hasattr(model, "across_brands") else model._default_manager).values_list()
            )
        )
        for model in apps.get_models()
    ]
    files = [
        path.read_bytes().decode("utf-8", "replace")
        for path in Path(settings.MEDIA_ROOT).rglob("*")
        if path.is_file()
    ]
    return "\n".join([*rows, *files])


def leaked(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret.casefold() in text.casefold()]


@pytest.fixture
def kept(settings, tmp_path) -> Path:
    """Where uploads are kept, empty at first."""
    settings.MEDIA_ROOT = str(tmp_path / "kept")
    (tmp_path / "kept").mkdir()
    return tmp_path / "kept"


@pytest.mark.django_db(transaction=True)
def test_nothing_of_a_customer_reaches_the_database_a_page_or_a_kept_file(bea, kept, tmp_path):
    content = write(tmp_path, [HEADER, order("#1"), item("#1"), *BROKEN, order("#7")]).read_bytes()
    batch = upload(bea, content, name="orders_export.csv")
    pages = [bea.get(address("import_detail", batch.pk)).content.decode()]
    confirm(bea, batch)
    do_work(batch)
    pages.append(bea.get(address("import_detail", batch.pk)).content.decode())
    file = batch.files.get()
    assert counts(file) == (2, 0, 0, 1, 6)
    assert leaked(everything_stored()) == []
    assert leaked("\n".join(pages)) == []
    assert "84.90 EUR" in pages[0], "what is kept is shown"
    assert [path.suffix for path in kept.rglob("*") if path.is_file()] == [".csv"]


@pytest.mark.django_db(transaction=True)
def test_a_file_of_customers_that_is_not_read_is_not_kept(bea, kept, tmp_path):
    rows = [
        ["First Name", "Last Name", "Email", "Total Spent"],
        ["Giulia", "Brambilla", "giulia.brambilla@example.org", "9"],
    ]
    batch = upload(bea, write(tmp_path, rows).read_bytes(), name="customers_export.csv")
    page = bea.get(address("import_detail", batch.pk)).content.decode()
    file = batch.files.get()
    assert (file.problem_code, bool(file.file)) == ("holds_customers", False)
    assert "it was not kept" in page
    assert leaked(everything_stored()) == leaked(page) == []
    assert not [path for path in kept.rglob("*") if path.is_file()]
