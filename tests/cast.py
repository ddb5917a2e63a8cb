"""The cast that every test of the application plays with."""

from dataclasses import dataclass

from accounts import services
from accounts.models import Agency, Brand, Role, User

PASSWORD = "correct horse battery"


@dataclass(frozen=True)
class Cast:
    agency: Agency
    brand: Brand  # Bea manages it, Carlo executes
    other_brand: Brand  # of the same agency; only Ada may enter
    foreign_brand: Brand  # of Dario's agency
    ada: User
    bea: User
    carlo: User
    dario: User


def make_cast() -> Cast:
    agency, ada, _ = services.add_agency(name="Nord", owner_email="ada@nord.example", password=PASSWORD)
    foreign, dario, _ = services.add_agency(name="Sud", owner_email="dario@sud.example", password=PASSWORD)
    bea, _ = services.get_or_add_user("bea@nord.example", password=PASSWORD, name="Bea")
    carlo, _ = services.get_or_add_user("carlo@nord.example", password=PASSWORD, name="Carlo")
    brand = _brand(agency, "caffe-alba", "Caffè Alba")
    other = _brand(agency, "velo-lento", "Velo Lento")
    foreign_brand = _brand(foreign, "mare-blu", "Mare Blu")
    services.give_role(user=bea, brand=brand, role=Role.SMM)
    services.give_role(user=carlo, brand=brand, role=Role.CM)
    return Cast(agency, brand, other, foreign_brand, ada, bea, carlo, dario)


def _brand(agency: Agency, slug: str, name: str) -> Brand:
    return services.add_brand(agency=agency, slug=slug, name=name, time_zone="Europe/Rome", currency="EUR")
