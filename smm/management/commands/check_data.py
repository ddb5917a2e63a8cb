"""Looks for rows that belong to one brand and point to another."""

from dataclasses import asdict
from typing import Any

from django.core.management import CommandError

from accounts.commands import TimoneCommand
from smm.checks_data import findings


class Command(TimoneCommand):
    help = "Check that no brand-owned row points to a row of another brand, or to none. Exit 1 if one does."

    def answer(self, **_: Any) -> list[dict[str, Any]]:
        return [asdict(finding) for finding in findings()]

    def handle(self, *args: Any, **options: Any) -> None:
        super().handle(*args, **options)
        if found := self.answer():
            raise CommandError(f"{len(found)} faults found.", returncode=1)
        self.stderr.write("Every brand-owned row points to rows of its own brand.")
