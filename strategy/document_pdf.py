"""The strategy as a PDF in the active language."""

from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.pdf_files import compile_pdf
from strategy.document_chapters import Chapter, Content, chapters, period

TEMPLATE = Path(__file__).parent / "pdf" / "strategy.typ"


def pdf(content: Content, *, standing: str) -> bytes:
    """`standing`: which version this is and what became of it, in one line."""
    return compile_pdf(TEMPLATE, sheet(content, standing=standing))


def sheet(content: Content, *, standing: str) -> dict[str, Any]:
    """What the template sets, all of it text and numbers."""
    return {
        "language": get_language() or "en",
        "title": _("Social media strategy"),
        "brand": content["brand"],
        "period": period(content),
        "standing": standing,
        "mix": [each["share"] for each in content["pillars"]],
        "chapters": [chapter_sheet(each) for each in chapters(content)],
    }


def chapter_sheet(chapter: Chapter) -> dict[str, Any]:
    return {
        "slug": chapter.slug,
        "title": chapter.title,
        "missing": chapter.missing,
        "items": [
            {
                "title": item.title,
                "mark": item.mark,
                "lines": [{"label": line.label, "text": line.text.split("\n")} for line in item.lines],
            }
            for item in chapter.items
        ],
    }
