"""What is no export that is read says what it is, and what to do."""

import io
import re
import zipfile

import pytest

from analytics.formats import UnknownFormat, Unreadable, detect
from analytics.formats.messages import MESSAGES, word
from tests.analytics.formats.files import write


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b" \r\n", "empty"),
        (b"<!DOCTYPE html><html><body>Sign in</body></html>", "html"),
        (b"%PDF-1.7 whatever", "pdf"),
        (b"\x89PNG\r\n\x1a\n....", "picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 cut off", "sheet_damaged"),
        (b"a\x00b\x01\x02,c\n" * 9, "not_text"),
    ],
)
def test_what_is_no_table_is_named(tmp_path, content, code):
    path = tmp_path / "export.csv"
    path.write_bytes(content)
    with pytest.raises(Unreadable) as caught:
        detect(path)
    assert caught.value.code == code
    assert str(caught.value) == MESSAGES[code]


def test_a_zip_is_to_be_unpacked(tmp_path):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w") as archive:
        archive.writestr("posts.csv", "a,b\n1,2\n")
    path = tmp_path / "export.xlsx"
    path.write_bytes(content.getvalue())
    with pytest.raises(Unreadable) as caught:
        detect(path)
    assert caught.value.code == "zip"


@pytest.mark.parametrize(
    ("rows", "name"),
    [
        ([["Campaign name", "Cost", "Clicks (destination)", "Currency"], ["a", "1", "2", "EUR"]], "TikTok Ads"),
    ],
)
def test_a_known_export_that_is_not_read_yet_is_named(tmp_path, rows, name):
    with pytest.raises(UnknownFormat, match=name):
        detect(write(tmp_path, rows))


def test_an_unknown_table_names_the_nearest_format_and_what_it_lacks(tmp_path):
    with pytest.raises(UnknownFormat) as caught:
        detect(write(tmp_path, [["platform", "published_at", "likes"], ["x", "2026-01-01", "5"]]))
    assert caught.value.nearest.slug == "generic"
    assert "Post_id" in str(caught.value)


def test_a_table_that_resembles_nothing_offers_the_template(tmp_path):
    with pytest.raises(UnknownFormat, match="template"):
        detect(write(tmp_path, [["colour", "weight"], ["red", "5"]]))


@pytest.mark.parametrize("code", MESSAGES)
def test_every_sentence_can_be_worded(code):
    facts = dict.fromkeys(re.findall(r"%\((\w+)\)s", MESSAGES[code]), "x")
    assert "%(" not in word(code, facts)
