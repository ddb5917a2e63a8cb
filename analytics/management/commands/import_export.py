"""Imports export files, as the page does, and tells what became of every row."""

import sys
import zoneinfo
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from accounts.commands import TimoneCommand
from accounts.errors import InvalidInput
from accounts.models import Brand
from accounts.scoping import brands_in_scope
from analytics.formats import FileError
from analytics.import_words import reason, sentence
from analytics.models import ImportFile
from analytics.services.answers import parse_answer
from analytics.services.channels import parse_channel
from analytics.services.import_files import FileImport, store_together
from analytics.services.previews import inspect

NOTHING_STORED = "Nothing was stored."


class Command(TimoneCommand):
    help = "Import export files of the platforms, all or none."

    def add_arguments(self, parser) -> None:
        parser.add_argument("files", nargs="+", metavar="FILE")
        parser.add_argument("--brand", required=True, metavar="SLUG")
        parser.add_argument("--channel", metavar="PLATFORM:HANDLE", help="whose posts these are")
        parser.add_argument("--time-zone", metavar="IANA", help="of times that state none; the brand's by default")
        parser.add_argument(
            "--exported-on", metavar="YYYY-MM-DD", help="the day of the export, if you know better"
        )
        parser.add_argument(
            "--answer",
            action="append",
            default=[],
            metavar="KEY=CHOICE",
            help="what a file leaves open: date_order=mdy|dmy|ymd, decimal_sign=.|, or currency=ISO4217, for all"
            " of its columns, or for one of them as date_order:COLUMN=dmy",
        )
        parser.add_argument("--dry-run", action="store_true", help="count and tell, but store nothing")
        super().add_arguments(parser)

    def answer(self, *, files: list[str], brand: str, dry_run: bool, **options: Any) -> list[dict[str, Any]]:
        found = self.brand(brand)
        chosen = _options(found, **options)
        with brands_in_scope(found.pk):
            looked_at = [self._look(found, path, chosen) for path in files]
            self._refuse_unreadable(looked_at, options)
            works = [
                FileImport(file, Path(path), progress=self._progress(file.name), now=timezone.now())
                for path, file in zip(files, looked_at, strict=True)
            ]
            try:
                store_together(works, brand=found, by=None, keep=not dry_run)
            except FileError as error:
                told = f"{sentence(error.code, error.facts)} {NOTHING_STORED}"
                raise CommandError(told, returncode=2) from error
        return [_told(path, work) for path, work in zip(files, works, strict=True)]

    def _look(self, brand: Brand, path: str, options: dict[str, Any]) -> ImportFile:
        source = Path(path)
        file = ImportFile(brand=brand, name=source.name[-255:], options=dict(options))
        try:
            status = source.stat()
            file.size, file.modified_at = status.st_size, datetime.fromtimestamp(status.st_mtime, UTC)
            inspect(file, source)
        except OSError as error:
            file.problem_code, file.problem_facts = "cannot_open", {"path": path, "why": error.strerror or ""}
        return file

    def _refuse_unreadable(self, files: list[ImportFile], options: dict[str, Any]) -> None:
        bad = [file for file in files if file.problem_code]
        if not bad:
            return
        if options["as_json"]:
            self.stdout.write(self.as_json([_problem(file) for file in files]))
        sentences = [f"{file.name}: {sentence(file.problem_code, file.problem_facts)}" for file in bad]
        raise CommandError("\n".join([*sentences, NOTHING_STORED]), returncode=2)

    def _progress(self, name: str):
        """One line on stderr that is written over, where somebody watches."""
        watched = sys.stderr.isatty()

        def show(share: float) -> None:
            if watched:
                self.stderr.write(f"\r{name}: {share:4.0%} ", ending="")

        return show

    def print_table(self, answer: list[dict[str, Any]]) -> None:
        for told in answer:
            counts = ("rows", "created", "updated", "unchanged", "ignored")
            self.stdout.write(f"{told['file']}: {told['format']}, time precision {told['time_precision']}")
            self.stdout.write("  " + ", ".join(f"{told[name]} {name}" for name in counts))
            for warning in told["warnings"]:
                self.stdout.write(f"  {warning}")
            self.stdout.write(f"  {len(told['rejected'])} rejected")
            for row in told["rejected"][:20]:
                self.stdout.write(f"    line {row['line']}: {row['reason']}")


def _options(
    brand: Brand,
    *,
    channel: str | None,
    time_zone: str | None,
    exported_on: str | None,
    answer: list[str],
    **_: Any,
) -> dict[str, Any]:
    if time_zone and time_zone not in zoneinfo.available_timezones():
        raise InvalidInput("bad_time_zone", field="time_zone", value=time_zone)
    try:
        day = date.fromisoformat(exported_on).isoformat() if exported_on else None
    except ValueError:
        raise CommandError(f"“{exported_on}” is not a day. Write it as 2026-03-31.", returncode=2) from None
    return {
        "time_zone": time_zone or brand.time_zone,
        "channel": list(parse_channel(channel)) if channel else None,
        "exported_on": day,
        "brand_account": True,
        "answers": dict(map(parse_answer, answer)),
    }


def _told(path: str, work: FileImport) -> dict[str, Any]:
    file = work.file
    return {
        "file": path,
        "format": file.format,
        "language": file.language,
        "encoding": file.encoding,
        "rows": file.rows,
        "created": file.created,
        "updated": file.updated,
        "unchanged": file.unchanged,
        "ignored": file.ignored,
        "rejected": [
            {
                "line": row.line,
                "column": row.column,
                "value": row.value,
                "reason": reason(row.column, row.value, row.code, row.facts),
                "code": row.code,
            }
            for row in work.listed
        ],
        "warnings": [f"{code}: {sentence(code, facts)}" for code, facts in file.warnings],
        "questions": [_question(asked) for asked in file.preview["questions"]],
        "time_precision": file.precision,
        "as_of": file.as_of.isoformat() if file.as_of else None,
    }


def _question(asked: dict[str, Any]) -> dict[str, Any]:
    """What the file leaves open, what was taken, and the cells with each reading."""
    taken = asked["answer"] or asked["assumed"]
    samples = [
        {"value": text, "readings": dict(zip(asked["choices"], read, strict=True))}
        for text, read in asked["samples"]
    ]
    return {"key": asked["key"], "choices": asked["choices"], "taken": taken, "samples": samples}


def _problem(file: ImportFile) -> dict[str, Any]:
    told: dict[str, Any] = {"file": file.name, "format": file.format or None, "stored": False}
    if file.problem_code:
        told["error"] = {
            "code": file.problem_code,
            "reason": sentence(file.problem_code, file.problem_facts),
            "nearest": file.problem_facts.get("nearest"),
        }
    return told
