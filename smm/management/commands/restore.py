"""Brings a backup back."""

from pathlib import Path
from typing import Any

from accounts.commands import TimoneCommand
from smm.backup import restore


class Command(TimoneCommand):
    help = "Replace this installation's database and uploads by those of a backup. Stop Timone before."
    requires_migrations_checks = False

    def add_arguments(self, parser) -> None:
        parser.add_argument("source", metavar="DIR", type=Path)
        parser.add_argument("--replace", action="store_true", help="throw away the data that is here")
        super().add_arguments(parser)

    def answer(self, *, source: Path, replace: bool, **_: Any) -> dict[str, Any]:
        manifest = restore(source, replace=replace)
        return {"restored": str(source), "made_at": manifest["made_at"], "files": len(manifest["files"])}
