"""Tables of a page as files: CSV that spreadsheets open rightly, and XLSX."""

import csv
import io
import re
from collections.abc import Iterable, Sequence

import xlsxwriter
from django.http import HttpResponse

Cell = str | int | float | None
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")
NUMBER = re.compile(r"[+-]?[\d.,]+$")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def table_response(kind: str, name: str, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> HttpResponse:
    """The table as a download, `kind` being csv or xlsx; `name` is the file's name without its ending."""
    if kind == "xlsx":
        return _download(_xlsx(header, rows), XLSX, f"{name}.xlsx")
    return _download(_csv(header, rows), "text/csv; charset=utf-8", f"{name}.csv")


def _csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows([_harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")  # with its mark, or Excel takes it for the machine's code page


def _harmless(cell: Cell) -> Cell:
    """A text that a spreadsheet would take for a formula, such as a campaign named `=1+1`, stays a text."""
    is_formula = isinstance(cell, str) and cell[:1] in FORMULA_SIGNS and not NUMBER.match(cell)
    return f"'{cell}" if is_formula else cell


def _xlsx(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, header, book.add_format({"bold": True}))
        for number, row in enumerate(rows, start=1):
            sheet.write_row(number, 0, row)
        sheet.freeze_panes(1, 0)
        sheet.autofit()
    return out.getvalue()


def _download(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
