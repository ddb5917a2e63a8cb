"""Amounts lose the currency beside them and nothing within them."""

from decimal import Decimal

import pytest

from analytics.formats.errors import CellError
from analytics.formats.numbers import amount_reader


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("€ 12.50", "12.50"),
        ("12.50 €", "12.50"),
        ("-€12", "-12"),
        ("€ -12", "-12"),
        ("kr. 100", "100"),
        ("100 kr.", "100"),
        ("Rs. 1,200", "1200"),
        ("CHF 1’234.50", "1234.50"),
        ("12%", "12"),
    ],
)
def test_a_currency_may_stand_on_either_side(text, amount):
    assert amount_reader("Cost", [text, "1,234.50"], "en")(text) == Decimal(amount)


@pytest.mark.parametrize("text", ["1 of 2", "12.50 €*", "about 3 or 4", "(12)"])
def test_words_within_an_amount_are_refused(text):
    with pytest.raises(CellError):
        amount_reader("Cost", [text], "en")(text)
