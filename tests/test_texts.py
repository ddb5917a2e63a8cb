"""English and Italian are both complete, and no sentence stands in a template untranslatable."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
ITALIAN = ROOT / "locale" / "it" / "LC_MESSAGES"
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[sd]|%[sd]|\{[a-z_]*\}")
# Names that are the same in both languages need no mark.
SAME_IN_BOTH = re.compile(r"^(· Timone|Timone|ROI|ROAS|CSV|XLSX|PDF|UTC|UTM|n|EN|IT|[\W\d_]*)$")


@pytest.fixture(scope="module")
def italian():
    with (ITALIAN / "django.po").open("rb") as file:
        catalog = read_po(file, locale="it")
    assert len(catalog) > 200
    return catalog


def forms(text) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def texts_by_message(catalog) -> dict[tuple, tuple[str, ...]]:
    return {(context_of(m), forms(m.id)): forms(m.string) for m in catalog if m.id}


def context_of(message) -> str | None:
    """Babel hands out contexts of compiled catalogues as bytes."""
    return message.context.decode() if isinstance(message.context, bytes) else message.context


def test_every_message_has_an_italian_text(italian):
    missing = [m.id for m in italian if m.id and (m.fuzzy or not all(forms(m.string)) or not m.string)]
    assert missing == []


def test_placeholders_are_the_same_in_both_languages(italian):
    differing = [
        m.id
        for m in italian
        if m.id
        for text in forms(m.string)
        if set(PLACEHOLDER.findall(text)) != set(PLACEHOLDER.findall(forms(m.id)[-1]))
    ]
    assert differing == []


def test_the_compiled_catalogue_is_the_written_one(italian):
    with (ITALIAN / "django.mo").open("rb") as file:
        compiled = texts_by_message(read_mo(file))
    assert compiled == texts_by_message(italian)


def test_no_text_of_the_sources_is_missing_from_the_catalogue(italian, tmp_path):
    if shutil.which("xgettext") is None:
        pytest.skip("gettext is not installed")
    copy = tmp_path / "copy"
    wanted = ("smm", "accounts", "strategy", "analytics", "calendar_app", "crisis", "templates", "manage.py")
    copy.mkdir()
    for name in wanted:
        source = ROOT / name
        shutil.copytree(source, copy / name) if source.is_dir() else shutil.copy(source, copy)
    (copy / "locale").mkdir()
    subprocess.run(
        [sys.executable, "manage.py", "makemessages", "-l", "it", "-v", "0"],
        cwd=copy,
        env=os.environ | {"TIMONE_DATA_DIR": str(tmp_path / "data")},
        check=True,
        capture_output=True,
    )
    with (copy / "locale/it/LC_MESSAGES/django.po").open("rb") as file:
        fresh = {(m.context, forms(m.id)) for m in read_po(file) if m.id}
    known = {(m.context, forms(m.id)) for m in italian if m.id}
    assert fresh - known == set()
    assert known - fresh == set(), "in the catalogue, but nowhere in the sources"


TRANSLATED = re.compile(r"{%\s*blocktrans(?:late)?.*?{%\s*endblocktrans(?:late)?\s*%}", re.S)
COMMENTS = re.compile(r"{%\s*comment.*?{%\s*endcomment\s*%}|{#.*?#}|<!--.*?-->", re.S)
DATA = re.compile(r"<script[^>]*>.*?</script>|<svg.*?</svg>", re.S)
LOGIC = re.compile(r"{%.*?%}|{{.*?}}|&[a-z]+;|&#\d+;", re.S)
SPOKEN = re.compile(r"\s(?:title|placeholder|aria-label|alt|aria-description)=\"([^\"]*)\"")


def template_texts(source: str) -> list[str]:
    for pattern in (COMMENTS, TRANSLATED, DATA, LOGIC):
        source = pattern.sub("\x00", source)
    spoken = SPOKEN.findall(source)
    return [text.strip() for text in [*re.split(r"<[^>]*>|\x00", source), *spoken] if text.strip(" \n\x00")]


def test_no_sentence_of_a_template_is_untranslatable():
    found = {
        str(path.relative_to(ROOT)): texts
        for path in (ROOT / "templates").rglob("*.html")
        if (
            texts := [t for t in template_texts(path.read_text()) if not SAME_IN_BOTH.match(t.replace("\x00", ""))]
        )
    }
    assert found == {}


def test_translation_functions_go_by_the_names_that_gettext_knows():
    known = {"gettext as _", "gettext_lazy as _"}
    renamed = [
        f"{path.relative_to(ROOT)}: {found[1]}"
        for app in ("smm", "accounts", "strategy", "analytics", "calendar_app", "crisis")
        for path in (ROOT / app).rglob("*.py")
        for found in re.finditer(r"translation import (\w+ as \w+)", path.read_text())
        if found[1] not in known
    ]
    assert renamed == [], "xgettext does not find texts behind another name"
