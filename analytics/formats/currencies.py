"""Tells a currency by how an amount is written: `US$9.72`, `€ 9,72`, `9,72 EUR`.

Signs as Google and the Unicode CLDR write them for English, German, Italian, Spanish, French and Portuguese.
"""

from __future__ import annotations

import re

SIGNS = {
    "€": "EUR",
    "£": "GBP",
    "us$": "USD",
    "$us": "USD",
    "$ us": "USD",
    "ca$": "CAD",
    "$ca": "CAD",
    "a$": "AUD",
    "au$": "AUD",
    "nz$": "NZD",
    "hk$": "HKD",
    "mx$": "MXN",
    "s$": "SGD",
    "sg$": "SGD",
    "nt$": "TWD",
    "r$": "BRL",
    "¥": "JPY",
    "jp¥": "JPY",
    "cn¥": "CNY",
    "₹": "INR",
    "₩": "KRW",
    "₪": "ILS",
    "₺": "TRY",
    "₽": "RUB",
    "₴": "UAH",
    "₫": "VND",
    "₱": "PHP",
    "zł": "PLN",
    "kč": "CZK",
    "ft": "HUF",
    "fr.": "CHF",
}
# Several countries write a bare sign so; where nothing else tells, it is the most common one.
ASSUMED = {"$": "USD"}
_NUMBER = re.compile(r"[.,]?\d[\d.,'’\s]*")
_CODE = re.compile(r"[a-z]{3}$")


def currency_of(text: str) -> tuple[str, bool]:
    """The ISO 4217 code that an amount is written with and whether it had to be assumed; "" where none is told.

    >>> currency_of("US$9.72"), currency_of("€ 9,72"), currency_of("9.72 CHF"), currency_of("$9.72")
    (('USD', False), ('EUR', False), ('CHF', False), ('USD', True))
    """
    sign = _sign(text).casefold()
    if sign in ASSUMED:
        return ASSUMED[sign], True
    if code := SIGNS.get(sign):
        return code, False
    return (sign.upper(), False) if _CODE.match(sign) and sign.isascii() else ("", False)


def is_code(text: str) -> bool:
    """Whether a text is of the form of an ISO 4217 code."""
    return len(text) == 3 and text.isascii() and text.isalpha()


def _sign(text: str) -> str:
    return _NUMBER.sub("", text, count=1).strip(" -−+\u00a0\u202f")
