"""Broken and hostile files: a clear refusal each, in bounded memory, with nothing left behind."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from analytics.formats import Limits, UnknownFormat, Unreadable, detect
from analytics.formats.messages import MESSAGES
from tests.analytics.formats.files import write
from tests.analytics.formats.hostile import FILES, HEADER, ROW, SMALL, TOP, cells, table, workbook, write_all

ROOT = Path(__file__).resolve().parents[3]
LIMITS = Limits(**SMALL, xls_memory_mb=256, xls_seconds=10)
MOST_MB = 200
# Reads every file of a folder in a process of its own and tells what it got, and how much memory that took.
READ_ALL = """
import json, re, sys
from pathlib import Path
from analytics.formats import FileError, Limits, detect
limits = Limits(**json.loads(sys.argv[2]))
told = {}
peak = lambda: int(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1]) / 1024
for path in sorted(Path(sys.argv[1]).iterdir()):
    try:
        rows = sum(1 for _ in detect(path, limits=limits).stream(path, limits=limits))
        told[path.name] = "no_rows" if not rows else f"{rows} rows"
    except FileError as error:
        told[path.name] = error.code
    told[path.name] = [told[path.name], peak()]
print(json.dumps(told))
"""


def read(path, **options):
    return detect(path, limits=LIMITS).read(path, limits=LIMITS, **options)


def put(folder: Path, content: bytes) -> Path:
    path = folder / "export.csv"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("name", [name for name, (_build, code) in FILES.items() if code != "no_rows"])
def test_each_is_refused_with_the_limit_and_the_remedy(tmp_path, name):
    build, code = FILES[name]
    with pytest.raises(Unreadable) as caught:
        read(put(tmp_path, build()))
    assert caught.value.code == code
    assert "%(" not in str(caught.value)
    assert str(caught.value).count(". ") >= 1 or code == "sheet_damaged", "what is wrong, and what to do"
    assert [path.name for path in tmp_path.iterdir()] == ["export.csv"]


@pytest.mark.skipif(
    not Path("/proc/self/status").exists(), reason="nothing here tells a process's greatest memory"
)
def test_all_of_them_take_little_memory(tmp_path):
    wanted = {path.name: code for path, code in write_all(tmp_path).items()}
    bounds = json.dumps({**SMALL, "xls_memory_mb": 256})
    done = subprocess.run(
        [sys.executable, "-c", READ_ALL, str(tmp_path), bounds],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=300,
        check=True,
    )
    told = json.loads(done.stdout)
    assert {name: code for name, (code, _mb) in told.items()} == wanted
    assert max(mb for _code, mb in told.values()) < MOST_MB


@pytest.mark.parametrize(
    "code", [code for code in MESSAGES if code.startswith(("too_many", "unpacks", "cell_too"))]
)
def test_a_limit_is_named_in_its_sentence(code):
    assert "%(most)s" in MESSAGES[code]


# --- quotes ------------------------------------------------------------------------------------------------
def test_two_rows_glued_together_by_a_lost_quote_are_not_taken_for_one(tmp_path):
    path = put(
        tmp_path, table('x,1,2026-01-01 10:00,"hello,5', 'x,2,2026-01-01 10:00,"other",6', ROW.format(number=3))
    )
    result = read(path)
    assert [(row.line, row.code) for row in result.rejected] == [(2, "quotes_wrong")]
    assert [(row.line, row.external_id, row.reactions) for row in result.rows] == [(3, "2", 6), (4, "3", 5)]


def test_a_quote_that_never_closes_costs_its_own_row_alone(tmp_path):
    rows = [ROW.format(number=number) for number in range(3)]
    result = read(put(tmp_path, table(rows[0], 'x,9,2026-01-01 10:00,"hello,5', *rows[1:])))
    assert [(row.line, row.code) for row in result.rejected] == [(3, "quotes_wrong")]
    assert [row.line for row in result.rows] == [2, 4, 5]


def test_a_quote_inside_a_text_that_was_not_doubled_is_read_as_it_stands(tmp_path):
    result = read(put(tmp_path, table('x,1,2026-01-01 10:00,"say "hi" now",5', ROW.format(number=2))))
    assert [(row.text, row.reactions) for row in result.rows] == [('say hi" now"', 5), ("hello", 5)]


def test_a_file_that_breaks_off_inside_quotes_loses_its_last_row_alone(tmp_path):
    content = table(ROW.format(number=1)) + b'x,2,2026-01-01 10:00,"a text\r\nof two lines, and'
    result = read(put(tmp_path, content))
    assert [row.external_id for row in result.rows] == ["1"]
    assert [(row.line, row.code) for row in result.rejected] == [(3, "cells_missing")]


def test_wrong_quotes_deep_in_a_long_file_are_found_by_the_fast_road_too(tmp_path):
    rows = [ROW.format(number=number) for number in range(3_000)]
    rows[2_000] = 'x,2000,2026-01-01 10:00,"hello,5'
    path = put(tmp_path, table(*rows))
    reader = detect(path).stream(path)
    taken = sum(len(block) if isinstance(block, list) else block.rows for block in reader.blocks(700))
    assert (taken, [row.line for row in reader.rejected]) == (2_999, [2_002])


# --- formulas ----------------------------------------------------------------------------------------------
def test_the_stored_value_of_a_formula_is_taken_and_never_its_text(tmp_path):
    values = ["x", "17", "2026-01-01 10:00"]
    data = TOP + cells(2, values).replace(
        "</row>", '<c t="str"><f>"a"&amp;"b"</f><v>ab</v></c><c><f>SUM(A1:A9)</f><v>7</v></c></row>'
    )
    row = read(put(tmp_path, workbook(data))).rows[0]
    assert (row.text, row.reactions) == ("ab", 7)


def test_a_formula_that_gives_an_empty_text_is_an_empty_cell(tmp_path):
    data = TOP + cells(2, ["x", "17", "2026-01-01 10:00"]).replace(
        "</row>", '<c t="str"><f>""</f><v></v></c></row>'
    )
    assert read(put(tmp_path, workbook(data))).rows[0].text == ""


# --- workbooks as others write them ------------------------------------------------------------------------
def test_tags_with_a_prefix_and_cells_without_a_place_are_read(tmp_path):
    data = TOP + cells(2, ["x", "17", "2026-01-01 10:00", "ciao", "5"])
    prefixed = data.replace("<row", "<s:row").replace("</row", "</s:row").replace("<c ", "<s:c ")
    prefixed = (
        prefixed.replace("</c>", "</s:c>").replace("<is><t>", "<s:is><s:t>").replace("</t></is>", "</s:t></s:is>")
    )
    sheet = (
        '<s:worksheet xmlns:s="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<s:sheetData>{prefixed}</s:sheetData></s:worksheet>"
    )
    path = put(tmp_path, workbook("", more={"xl/worksheets/sheet1.xml": sheet}))
    assert [(row.line, row.text, row.reactions) for row in read(path).rows] == [(2, "ciao", 5)]


def test_limits_can_be_raised_by_who_runs_it(tmp_path):
    wide = [HEADER.split(",") + [f"c{number}" for number in range(600)], ["x", "1", "2026-01-01 10:00", "a", "5"]]
    path = write(tmp_path, wide)
    with pytest.raises(Unreadable, match="500 columns"):
        read(path)
    assert len(detect(path).read(path).rows) == 1


def test_an_unknown_table_within_the_limits_is_still_only_unknown(tmp_path):
    with pytest.raises(UnknownFormat):
        detect(write(tmp_path, [["colour", "weight"], ["red", "5"]]), limits=LIMITS)
