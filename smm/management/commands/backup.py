"""Writes a backup of the database and the uploads."""

from pathlib import Path
from typing import Any

from django.utils import timezone

from accounts.commands import TimoneCommand
from smm.backup import back_up


class Command(TimoneCommand):
    help = "Copy the database and the uploads into DIR, which must not exist yet."

    def add_arguments(self, parser) -> None:
        parser.add_argument("target", metavar="DIR", type=Path)
        super().add_arguments(parser)

    def answer(self, *, target: Path, **_: Any) -> dict[str, Any]:
        manifest = back_up(target, now=timezone.now())
        return {"backup": str(target), "database": manifest["database"], "files": len(manifest["files"])}
