"""A report as a spreadsheet, a CSV file and a PDF."""

from pathlib import Path
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.pdf_files import compile_pdf
from accounts.table_files import workbook
from analytics import roi_cards, roi_tables, roi_words
from analytics.models import RoiReport
from analytics.roi_tables import Cell, Table

TEMPLATE = Path(__file__).parent / "pdf" / "roi.typ"


def title_of(report: RoiReport) -> str:
    period = f"{roi_words.day(report.start.isoformat())} – {roi_words.day(report.end.isoformat())}"
    return f"{report.title} · {period}" if report.title else period


def file_name(report: RoiReport) -> str:
    return f"roi-{report.brand.slug}-{report.start}-{report.end}"


def xlsx(report: RoiReport) -> bytes:
    """A workbook: key figures, one sheet per table, the finest lines, and what is missing."""
    results = report.results or {}
    header, rows = roi_tables.detail(results)
    return workbook(
        [
            (_("Key figures"), [_("Figure"), _("Value"), _("Basis")], _card_rows(results)),
            *(
                (table.title, [*table.header, _("Note")], _table_rows(table))
                for table in roi_tables.tables(results)
            ),
            (_("Detail"), header, rows),
            (_("Missing and assumed"), [_("Note")], [[text] for text in _notes(results)]),
        ]
    )


def _sheet(table: Table) -> tuple[str, list[str], list[list[Any]]]:
    return table.title, [*table.header, _("Note")], _table_rows(table)


def _card_rows(results: dict[str, Any]) -> list[list[Any]]:
    return [
        [card.label, card.cell.text if card.cell.missing else card.cell.value, "; ".join(filter(None, card.basis))]
        for card in roi_cards.cards(results)
    ]


def _table_rows(table: Table) -> list[list[Any]]:
    """Values where there are any, the reason where a figure is undefined, the small lines at the end."""
    return [
        [
            *(cell.text if cell.missing else cell.value for cell in row),
            "; ".join(cell.hint for cell in row if cell.hint),
        ]
        for row in table.rows
    ]


def _notes(results: dict[str, Any]) -> list[str]:
    missing = [roi_words.missing(note).text for note in results["missing"]]
    return missing + [roi_words.assumption(note, results["currency"]) for note in results["notes"]]


def pdf(report: RoiReport) -> bytes:
    """A tagged PDF (PDF/UA-1). The texts reach the compiler as data, so that a name cannot be mark-up."""
    results = report.results or {}
    content = {
        "language": get_language() or "en",
        "title": _("Return on investment"),
        "brand": report.brand.name,
        "period": title_of(report),
        "computed": _("Computed on %(day)s; amounts in %(currency)s")
        % {
            "day": roi_words.day(timezone.localtime(report.computed_at).date().isoformat()),
            "currency": report.currency,
        },
        "cards": [_card(card) for card in roi_cards.cards(results)],
        "tables": [_table(table) for table in roi_tables.tables(results)],
        "missing_title": _("What is missing"),
        "missing": [roi_words.missing(note).text for note in results["missing"]],
        "notes_title": _("Method and assumptions"),
        "notes": [*method(), *(roi_words.assumption(note, results["currency"]) for note in results["notes"])],
    }
    return compile_pdf(TEMPLATE, content)


def method() -> list[str]:
    """The method in a few sentences, in the reader's language."""
    return [
        _("ROI = (return − cost) / cost. ROAS = measured revenue from paid visits / ad spend."),
        _("The return counts one source only, and of it what came through social media."),
        _("It is what was observed, not proof that the posts caused it."),
        _("A row that reaches beyond the period counts by its days inside it."),
    ]


def _card(card: roi_cards.Card) -> dict[str, Any]:
    return {
        "label": card.label,
        "figure": card.cell.text,
        "missing": card.cell.missing,
        "basis": _lines(card.basis),
    }


def _lines(texts: Any) -> list[str]:
    return [text for text in texts if text]


def _table(table: Table) -> dict[str, Any]:
    return {
        "title": table.title,
        "about": table.about,
        "header": [{"text": name, "numeric": numeric} for name, numeric in table.columns],
        "rows": [[_cell(cell) for cell in row] for row in table.rows],
    }


def _cell(cell: Cell) -> dict[str, Any]:
    return {"text": cell.text, "hint": cell.hint, "missing": cell.missing, "numeric": cell.numeric}
