"""The brief of a campaign as a PDF in the active language."""

from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.pdf_files import compile_pdf
from strategy import campaign_words as words
from strategy.brief_content import Content
from strategy.document_pdf import TEMPLATE, chapter_sheet


def pdf(content: Content, *, standing: str) -> bytes:
    """`standing`: which version this is and what became of it, in one line."""
    return compile_pdf(TEMPLATE, sheet(content, standing=standing))


def sheet(content: Content, *, standing: str) -> dict[str, Any]:
    """What the template sets, all of it text and numbers."""
    return {
        "language": get_language() or "en",
        "title": _("Brief: %(name)s") % {"name": content["name"]},
        "brand": content["brand"],
        "period": words.days(content["start"], content["end"]),
        "standing": standing,
        "mix": [],
        "chapters": [chapter_sheet(each) for each in words.chapters(content)],
    }
