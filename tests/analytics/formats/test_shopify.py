"""Shopify orders: one row each, less what was paid back, with an origin, and nothing of the customer."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from analytics.formats import detect
from analytics.formats.origins import Origin, as_note, of_link, of_notes, of_tags
from analytics.formats.tables import open_source
from tests.analytics.formats.files import write

HEADER = [
    *("Name", "Email", "Financial Status", "Paid at", "Fulfillment Status", "Fulfilled at", "Accepts Marketing"),
    *("Currency", "Subtotal", "Shipping", "Taxes", "Total", "Discount Code", "Discount Amount", "Shipping Method"),
    *("Created at", "Lineitem quantity", "Lineitem name", "Lineitem price", "Billing Name", "Billing Street"),
    *("Billing Address1", "Billing City", "Billing Phone", "Shipping Name", "Shipping Street", "Shipping Phone"),
    *("Notes", "Note Attributes", "Cancelled at", "Payment Method", "Refunded Amount", "Vendor"),
    *("Outstanding Balance", "Id", "Tags", "Source", "Phone"),
]
NOTES = "cadeau pour: Giulia Brambilla\nutm_source: instagram\nutm_medium: social\nutm_campaign: spring"
PERSONAL = {
    "Email": "giulia.brambilla@example.org",
    "Billing Name": "Giulia Brambilla",
    "Billing Street": "Via Cavour 12",
    "Billing Address1": "Via Cavour 12",
    "Billing City": "Montelupo",
    "Billing Phone": "+39 333 1234567",
    "Shipping Name": "Marco Brambilla",
    "Shipping Street": "Corso Langhe 3",
    "Shipping Phone": "3331234567",
    "Phone": "'+393331234567",
    "Notes": "Please ring at Brambilla\nsecond floor",
}
SECRETS = ("giulia", "Brambilla", "Cavour", "Langhe", "333 1234", "3331234", "Montelupo", "ring at", "cadeau pour")


def order(name: str = "#1001", **values: str) -> list[str]:
    told = {
        "Name": name,
        "Financial Status": "paid",
        "Currency": "EUR",
        "Total": "84.90",
        "Created at": "2026-05-01 09:58:12 +0200",
        "Lineitem quantity": "1",
        "Lineitem name": "Moka",
        "Lineitem price": "29.90",
        "Note Attributes": NOTES,
        "Refunded Amount": "0.00",
        "Outstanding Balance": "0.00",
        "Id": "5012345678901",
        "Tags": "VIP, Giulia Brambilla",
        "Source": "web",
    }
    told |= PERSONAL | values
    return [told.get(column, "") for column in HEADER]


def item(name: str = "#1001", **values: str) -> list[str]:
    """A further row of an order: the number, the customer's address, and the item."""
    told = {"Name": name, "Email": PERSONAL["Email"], "Lineitem name": "Cups", "Lineitem price": "55.00"}
    told |= {"Created at": "2026-05-01 09:58:12 +0200"} | values
    return [told.get(column, "") for column in HEADER]


def read(path):
    format = detect(path)
    assert (format.slug, format.kind) == ("shopify_orders", "orders")
    return format.read(path, time_zone="Europe/Rome")


def codes(result) -> dict[str, int]:
    return {warning.code: warning.facts.get("count", 0) for warning in result.warnings}


def test_an_order_of_several_items_counts_once(tmp_path):
    rows = [HEADER, order(), item(), item(), order("#1002", Total="10.00"), item("#1002"), item("#1001")]
    result = read(write(tmp_path, rows))
    assert [(row.order_id, row.amount) for row in result.rows] == [
        ("#1001", Decimal("84.90")),
        ("#1002", Decimal("10.00")),
    ]
    first = result.rows[0]
    assert first.at == datetime(2026, 5, 1, 7, 58, 12, tzinfo=UTC)
    assert (first.source, first.medium, first.campaign, first.currency) == ("instagram", "social", "spring", "EUR")
    assert (result.ignored, result.rejected_count) == (4, 0)


def test_rows_that_repeat_an_orders_sums_count_once(tmp_path):
    rows = [HEADER, order(), order(**{"Lineitem name": "Cups"}), order("#1002"), order()]
    assert [row.order_id for row in read(write(tmp_path, rows)).rows] == ["#1001", "#1002"]


@pytest.mark.parametrize(
    ("values", "amount"),
    [
        ({"Refunded Amount": "20.00"}, "64.90"),
        ({"Financial Status": "refunded", "Refunded Amount": "84.90"}, "0.00"),
        ({"Financial Status": "partially_paid", "Outstanding Balance": "34.90"}, "50.00"),
        ({"Outstanding Balance": "-5.00"}, "84.90"),
        ({"Financial Status": "pending"}, "0"),
        ({"Financial Status": "voided", "Cancelled at": "2026-05-02 09:00:00 +0200"}, "0"),
        ({"Refunded Amount": ""}, "84.90"),
    ],
)
def test_what_was_paid_back_or_never_paid_is_no_revenue(tmp_path, values, amount):
    assert read(write(tmp_path, [HEADER, order(**values)])).rows[0].amount == Decimal(amount)


def test_unpaid_orders_and_those_without_an_origin_are_counted_for_the_reader(tmp_path):
    plain = {"Note Attributes": "", "Tags": ""}
    rows = [HEADER, order(), order("#2", **plain), order("#3", **{"Financial Status": "pending"} | plain)]
    assert codes(read(write(tmp_path, rows))) == {
        "customers_not_kept": 0,
        "orders_unpaid": 1,
        "orders_without_origin": 2,
    }


@pytest.mark.parametrize(
    ("notes", "origin"),
    [
        (
            "landing_site: /products/moka?utm_source=tiktok&utm_medium=paid_social&utm_campaign=Spring%20sale",
            ("tiktok", "paid_social", "Spring sale"),
        ),
        ("Landing Page: https://shop.example/?utm_campaign=spring&fbclid=Iw", ("meta", "", "spring")),
        ("landing_site: /?gclid=abc", ("google", "cpc", "")),
        ("referring_site: https://l.instagram.com/", ("l.instagram.com", "referral", "")),
        ("utm_source: fb\nlanding_site: /?utm_source=fb&utm_campaign=spring", ("fb", "", "spring")),
        ("utm_source: fb\nlanding_site: /?utm_source=newsletter&utm_campaign=may", ("fb", "", "")),
        ("_utm_source: ig\n_utm_campaign: 120211234567890123", ("ig", "", "120211234567890123")),
        ("utm_campaign: write to giulia@example.org", ("", "", "")),
        ("gift for: Giulia\nring: yes", ("", "", "")),
        ("landing_site: http://[broken", ("", "", "")),
        ("", ("", "", "")),
    ],
)
def test_the_notes_of_an_order_tell_its_origin(notes, origin):
    assert of_notes(notes) == Origin(*origin)
    assert of_notes(as_note(of_notes(notes))) == Origin(*origin)


@pytest.mark.parametrize(
    ("tags", "origin"),
    [
        ("utm_source:instagram, utm_campaign:Spring sale, VIP", ("instagram", "", "Spring sale")),
        ("campaign_spring, source=tiktok", ("tiktok", "", "spring")),
        ("source: Giulia Brambilla, VIP", ("", "", "")),
        ("Giulia Brambilla", ("", "", "")),
    ],
)
def test_tags_tell_an_origin_only_where_they_name_it(tags, origin):
    assert of_tags(tags) == Origin(*origin)


@pytest.mark.parametrize(
    ("channel", "source"),
    [
        ("web", ""),
        ("580111", ""),
        ("pos", "pos"),
        ("shopify_draft_order", "shopify_draft_order"),
        ("instagram", "instagram"),
    ],
)
def test_the_sales_channel_is_the_source_where_it_says_more_than_the_site(tmp_path, channel, source):
    rows = [HEADER, order(**{"Note Attributes": "", "Tags": "", "Source": channel})]
    assert read(write(tmp_path, rows)).rows[0].source == source


def test_a_link_without_tags_tells_nothing():
    assert not of_link("/products/moka?variant=12")


def test_without_a_currency_it_is_asked_for(tmp_path):
    path = write(tmp_path, [HEADER, order(Currency="")])
    reader = detect(path).stream(path)
    assert list(reader) == []
    assert ([row.code for row in reader.rejected], [question.code for question in reader.questions]) == (
        ["order_currency"],
        ["currency"],
    )
    assert detect(path).read(path, answers={"currency": "CHF"}).rows[0].currency == "CHF"


BROKEN = [
    order("Giulia Brambilla"),
    order("#2", Total="Giulia Brambilla"),
    order("#3", **{"Refunded Amount": "+39 333 1234567"}),
    order("#4", **{"Created at": "Via Cavour 12"}),
    [*order("#5")[:22], "Giulia", "Brambilla", *order("#5")[22:]],
    order("#6")[:24],
]


def rejected(result):
    return [(row.line, row.column, row.value, row.code, row.facts) for row in result.rejected]


def test_what_is_rejected_repeats_nothing_of_the_customer(tmp_path):
    path = write(tmp_path, [HEADER, order("#1"), *BROKEN])
    result = read(path)
    assert [row.code for row in result.rejected] == [
        *("order_unnamed", "order_amount", "order_amount", "order_time", "cells_beyond", "cells_missing"),
    ]
    told = repr(result)
    assert not [secret for secret in SECRETS if secret.casefold() in told.casefold()]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_the_copy_that_is_kept_reads_the_same_and_holds_nothing_of_the_customers(tmp_path, encoding):
    path = write(tmp_path, [HEADER, order("#1"), item("#1"), *BROKEN, order("#7")], encoding=encoding)
    before, copy = read(path), tmp_path / "copy.csv"
    format = detect(path)
    assert format.redact is not None
    format.redact(open_source(path), copy)
    after = read(copy)
    assert after.rows == before.rows
    assert (rejected(after), after.ignored) == (rejected(before), before.ignored)
    text = copy.read_text(encoding="utf-8")
    assert not [secret for secret in SECRETS if secret.casefold() in text.casefold()]


def test_columns_in_another_order_and_fewer_of_them(tmp_path):
    columns = ["Total", "Created at", "Name", "Financial Status", "Lineitem name", "Currency"]
    rows = [columns, ["12.00", "2026-05-01 10:00:00 +0000", "A-7", "paid", "Moka", "GBP"]]
    row = read(write(tmp_path, rows)).rows[0]
    assert (row.order_id, row.amount, row.currency) == ("A-7", 12, "GBP")
