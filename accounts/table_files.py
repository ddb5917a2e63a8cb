"""Tables as files: CSV that spreadsheets open rightly, and XLSX. Every table that is handed out goes through here.

A text that a spreadsheet would take for a formula, such as a campaign named `=1+1`, stays a text: in CSV behind an
apostrophe (OWASP, "CSV Injection"), in XLSX because it is written as a text.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

import xlsxwriter
from django.http import HttpResponse, StreamingHttpResponse

from accounts.scoping import keep_scope

Cell = str | int | float | None
Sheet = tuple[str, Sequence[str], Iterable[Sequence[Cell]]]
# The full-width forms are signs of a formula to a spreadsheet that speaks Japanese.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
NUMBER = re.compile(r"[+-]?[\d.,]*\d%?$")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
LONGEST_CELL = 32_767  # of an Excel cell; a longer text would be left out as a whole
LONGEST_SHEET_NAME = 31


def table_response(kind: str, name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """The table as a download, `kind` being csv or xlsx; `name` is the file's name without its ending."""
    if kind == "xlsx":
        return _download(workbook([("", header, rows)]), XLSX, f"{name}.xlsx")
    return _download("".join(csv_lines(header, rows)).encode(), CSV, f"{name}.csv")


def table_stream(name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> StreamingHttpResponse:
    """A long table as CSV, sent row by row inside the scope of the request."""
    response = StreamingHttpResponse(keep_scope(csv_lines(header, rows)), content_type=CSV)
    response["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return response


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> Iterator[str]:
    """The lines of a CSV file, with its mark, or Excel takes it for the machine's code page."""
    writer = csv.writer(_Echo())
    yield "\ufeff" + writer.writerow([harmless(cell) for cell in header])
    for row in rows:
        yield writer.writerow([harmless(cell) for cell in row])


class _Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def harmless(cell: Cell) -> Cell:
    """The cell, or a text behind an apostrophe where a spreadsheet would compute it."""
    is_formula = isinstance(cell, str) and cell.startswith(FORMULA_SIGNS) and not NUMBER.match(cell)
    return f"'{cell}" if is_formula else cell


def workbook(sheets: Iterable[Sheet]) -> bytes:
    """An XLSX file of (name, header, rows), the name "" being Excel's own."""
    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        bold = book.add_format({"bold": True})
        for name, header, rows in sheets:
            sheet = book.add_worksheet(_sheet_name(name))
            sheet.write_row(0, 0, header, bold)
            for number, row in enumerate(rows, start=1):
                sheet.write_row(number, 0, [_bounded(cell) for cell in row])
            sheet.freeze_panes(1, 0)
            sheet.autofit()
    return out.getvalue()


def _sheet_name(name: str) -> str | None:
    return name.translate({ord(sign): "-" for sign in "[]:*?/\\'"})[:LONGEST_SHEET_NAME] or None


def _bounded(cell: Cell) -> Cell:
    return cell[:LONGEST_CELL] if isinstance(cell, str) else cell


def _download(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
