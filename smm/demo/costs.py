"""What the demo brands enter by hand: costs, values of a conversion, rates of exchange."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True)
class Cost:
    """A cost entered by hand, every month back from the last day, or once when `months` is 1."""

    brand: str
    kind: str
    note: str
    months: int = 1
    days_ago: int = 0
    campaign: str = ""
    platform: str = ""
    amount: Decimal | None = None
    hours: Decimal | None = None
    hourly_rate: Decimal | None = None
    currency: str = ""


# Berthwright has no hours on purpose: its report has to say that labour is missing.
COSTS = (
    Cost("ombralunga", "labour", "Redazione e risposte", 14, hours=Decimal(24), hourly_rate=Decimal("28.00")),
    Cost(
        "ombralunga",
        "labour",
        "Preparazione delle giornate in torrefazione",
        1,
        70,
        "porte-aperte",
        hours=Decimal(22),
        hourly_rate=Decimal("28.00"),
    ),
    Cost(
        "ombralunga", "production", "Fotografie e montaggio", 1, 150, "nuova-monorigine", amount=Decimal("780.00")
    ),
    Cost("ombralunga", "production", "Allestimento e stampati", 1, 85, "porte-aperte", amount=Decimal("640.00")),
    Cost("ombralunga", "tool", "Programma per i sottotitoli", 14, amount=Decimal("19.00")),
    Cost(
        "vechtrijder",
        "labour",
        "Planning, writing and replies",
        14,
        hours=Decimal(36),
        hourly_rate=Decimal("42.00"),
    ),
    Cost(
        "vechtrijder",
        "production",
        "Film of the cargo bike on the canals",
        1,
        205,
        "cargo-bike-launch",
        amount=Decimal("2950.00"),
    ),
    Cost(
        "vechtrijder",
        "influencer",
        "Touring rider across Vermont",
        1,
        160,
        "touring-frames-us",
        "instagram",
        amount=Decimal("1200.00"),
        currency="USD",
    ),
    Cost("vechtrijder", "tool", "Video editing suite", 14, amount=Decimal("32.00")),
    Cost("berthwright", "agency", "Monthly retainer", 14, amount=Decimal("450.00")),
    Cost(
        "berthwright",
        "production",
        "Webinar recording and captions",
        1,
        66,
        "empty-berths-webinar",
        amount=Decimal("520.00"),
    ),
)


@dataclass(frozen=True)
class Value:
    """What a brand says one conversion is worth."""

    brand: str
    name: str
    source_kind: str
    value: Decimal
    currency: str
    probability: Decimal


VALUES = (Value("berthwright", "Request from the site", "ga4", Decimal("900.00"), "GBP", Decimal("0.12")),)
# What a dollar was worth, newest first, one for each half year. Invented.
USD_TO_EUR = (Decimal("0.9140"), Decimal("0.9275"), Decimal("0.9060"), Decimal("0.8820"), Decimal("0.9010"))
