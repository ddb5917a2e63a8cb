"""Adds a brand to an agency."""

from typing import Any

from accounts import services
from accounts.commands import TimoneCommand
from accounts.errors import InvalidInput
from accounts.models import Agency, Sector


class Command(TimoneCommand):
    help = "Add a brand to an agency."

    def add_arguments(self, parser) -> None:
        parser.add_argument("slug", metavar="SLUG")
        parser.add_argument("--agency", required=True, metavar="NAME")
        parser.add_argument("--name", required=True, metavar="N")
        parser.add_argument("--time-zone", required=True, metavar="IANA")
        parser.add_argument("--currency", required=True, metavar="ISO4217")
        parser.add_argument("--sector", default="", metavar="SECTOR", help=", ".join(Sector.values))
        super().add_arguments(parser)

    def answer(
        self, *, slug: str, agency: str, name: str, time_zone: str, currency: str, sector: str, **_: Any
    ) -> dict:
        found = Agency.objects.filter(name__iexact=agency.strip()).first()
        if found is None:
            raise InvalidInput("no_agency", field="agency", value=agency)
        brand = services.add_brand(
            agency=found, slug=slug, name=name, time_zone=time_zone, currency=currency, sector=sector
        )
        return {
            "slug": brand.slug,
            "name": brand.name,
            "agency": found.name,
            "time_zone": brand.time_zone,
            "currency": brand.currency,
            "sector": brand.sector,
        }
