"""Loads the demo agency."""

from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.commands import TimoneCommand
from smm.demo.load import load


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"“{text}” is not a day. Give it as 2026-11-23.") from None


class Command(TimoneCommand):
    help = (
        "Write the export files of a fictional agency with three brands and import them, so that pages are full. "
        "A second run changes nothing."
    )

    def add_arguments(self, parser) -> None:
        parser.add_argument("--export-to", type=Path, metavar="DIR", help="keep the export files in this folder")
        parser.add_argument("--today", type=_day, metavar="YYYY-MM-DD", help="the day by which the history ends")
        parser.add_argument("--force", action="store_true", help="load it into a production installation as well")
        super().add_arguments(parser)

    def answer(
        self, *, export_to: Path | None, today: date | None, force: bool, verbosity: int, **_options: Any
    ) -> dict[str, Any]:
        if not (settings.EMBEDDED or settings.DEBUG or force):
            raise CommandError(
                _("The demo has a password that everybody knows. Add --force to load it into this installation.")
            )
        tell = self.stderr.write if verbosity else None
        return load(today=today or timezone.localdate(), export_to=export_to, tell=tell)

    def print_table(self, answer: dict[str, Any]) -> None:
        if not answer["changed"]:
            self.stdout.write(_("The demo is loaded already; nothing was changed."))
        self.stdout.write(f"{answer['agency']}: {', '.join(brand['name'] for brand in answer['brands'])}")
        for login in answer["logins"]:
            self.stdout.write(f"{login['email']:<34} {login['password']}   {login['name']}, {login['role']}")
