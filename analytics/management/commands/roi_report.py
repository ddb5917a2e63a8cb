"""Prints what a brand's social media cost and brought."""

from argparse import ArgumentTypeError
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from accounts.commands import TimoneCommand
from accounts.scoping import brands_in_scope
from analytics import roi_cards, roi_files, roi_tables, roi_words
from analytics.services import roi as services


def day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"“{text}” is not a day. Write it as YYYY-MM-DD.") from None


class Command(TimoneCommand):
    help = "Compute a report of cost and return over a period, store it, and print it."

    def add_arguments(self, parser) -> None:
        parser.add_argument("--brand", required=True, metavar="SLUG")
        parser.add_argument("--from", required=True, type=day, dest="start", metavar="YYYY-MM-DD")
        parser.add_argument("--to", required=True, type=day, dest="end", metavar="YYYY-MM-DD")
        parser.add_argument("--title", default="")
        parser.add_argument("--source", choices=services.SOURCES, default="auto", help="what counts the return")
        parser.add_argument(
            "--revenue-currency", default="", metavar="ISO4217", help="the currency of revenue that tells none"
        )
        parser.add_argument("--pdf", type=Path, metavar="FILE")
        parser.add_argument("--xlsx", type=Path, metavar="FILE")
        super().add_arguments(parser)

    def answer(
        self, *, brand: str, start: date, end: date, pdf: Path | None, xlsx: Path | None, **options: Any
    ) -> Any:
        found = self.brand(brand)
        wanted = services.Wanted(start, end, options["title"], options["source"], options["revenue_currency"])
        with brands_in_scope(found.pk):
            report = services.report_now(found, wanted, step=self._tell)
            for path, make in ((pdf, roi_files.pdf), (xlsx, roi_files.xlsx)):
                if path:
                    self._write(path, make(report))
            return {"report": report.pk, "brand": found.slug, **report.results}

    def _tell(self, share: float, phase: str) -> None:
        self.stderr.write(f"{share:4.0%} {phase}")

    def _write(self, path: Path, content: bytes) -> None:
        try:
            path.write_bytes(content)
        except OSError as error:
            reason = error.strerror or str(error)
            raise CommandError(
                f"{path} cannot be written: {reason}. Choose another place.", returncode=2
            ) from error
        self.stderr.write(str(path))

    def print_table(self, answer: dict[str, Any]) -> None:
        for card in roi_cards.cards(answer):
            basis = "; ".join(line for line in card.basis if line)
            self.stdout.write(f"{card.label:<18} {card.cell.text:<22} {basis}".rstrip())
        for table in roi_tables.tables(answer)[:3]:
            self._print(table)
        for note in answer["missing"]:
            self.stdout.write(f"- {_('Missing')}: {roi_words.missing(note).text}")
        for note in answer["notes"]:
            self.stdout.write(f"- {roi_words.assumption(note, answer['currency'])}")

    def _print(self, table: roi_tables.Table) -> None:
        rows = [list(table.header), *([cell.text for cell in row] for row in table.rows)]
        widths = [max(len(row[place]) for row in rows) for place in range(len(table.header))]
        self.stdout.write("")
        for row in rows:
            first, *figures = (
                text.ljust(width) if place == 0 else text.rjust(width)
                for place, (text, width) in enumerate(zip(row, widths, strict=True))
            )
            self.stdout.write("  ".join([first, *figures]).rstrip())
        self.stdout.write("")
