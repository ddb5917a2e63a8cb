"""Founds an agency and its owner."""

from typing import Any

from django.utils.crypto import get_random_string

from accounts import services
from accounts.commands import TimoneCommand


class Command(TimoneCommand):
    help = "Add an agency and its owner. Without --password a new owner is given one, printed once."

    def add_arguments(self, parser) -> None:
        parser.add_argument("name", metavar="NAME")
        parser.add_argument("--owner", required=True, metavar="EMAIL")
        parser.add_argument("--password", metavar="P")
        super().add_arguments(parser)

    def answer(self, *, name: str, owner: str, password: str | None, **_: Any) -> dict[str, Any]:
        given = password or get_random_string(16)
        agency, user, is_new = services.add_agency(name=name, owner_email=owner, password=given)
        answer = {"agency": agency.name, "owner": user.email, "new_person": is_new}
        return answer | ({"password": given} if is_new and not password else {})
