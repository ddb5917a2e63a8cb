"""PDFs made of a typst template and data, so that no text can be mark-up."""

import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

logger = logging.getLogger(__name__)


def compile_pdf(template: Path, content: Mapping[str, Any]) -> bytes:
    """A tagged PDF (PDF/UA-1); the template finds the content as JSON in `sys.inputs.report`.

    That standard forbids letters that no font here can draw; with such a name the claim is dropped, not the file.
    """
    options: dict[str, Any] = {"sys_inputs": {"report": json.dumps(content)}}
    try:
        return typst.compile(str(template), pdf_standards=["ua-1"], **options)
    except typst.TypstError as error:
        logger.warning("%s is not PDF/UA-1: %s", template.stem, error)
        return typst.compile(str(template), **options)
