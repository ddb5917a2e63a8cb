"""Files that are broken, or made to harm who reads them, and the code of the sentence that each must get."""

import gzip
import io
import struct
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

import xlwt

HEADER = "platform,post_id,published_at,text,reactions"
ROW = "x,{number},2026-01-01 10:00,hello,5"
NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_REL = "http://schemas.openxmlformats.org/package/2006/relationships"
# Two sheets' worth of every limit is more than any of them allows; small ones, so that the files stay small.
SMALL = {"cell_chars": 20_000, "columns": 500, "blank_rows": 5_000, "sheets": 20, "unpacked_mb": 8, "text_mb": 8}


def table(*rows: str) -> bytes:
    return ("\r\n".join([HEADER, *rows]) + "\r\n").encode()


def rows(count: int) -> list[str]:
    return [ROW.format(number=number) for number in range(count)]


def package(parts: dict[str, str | bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return content.getvalue()


def workbook(
    data: str, *, strings: str = "", sheets: int = 1, before: str = "", more: dict[str, str | bytes] | None = None
) -> bytes:
    """A workbook whose sheets hold this XML between the tags of `sheetData`."""
    names = "".join(f'<sheet name="S{i}" sheetId="{i}" r:id="rId{i}"/>' for i in range(1, sheets + 1))
    kinds = "".join(
        f'<Relationship Id="rId{i}" Type="{REL}/worksheet" Target="worksheets/sheet1.xml"/>'
        for i in range(1, sheets + 1)
    )
    shared = f'<Relationship Id="rIdS" Type="{REL}/sharedStrings" Target="sharedStrings.xml"/>'
    return package(
        {
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE_REL}"><Relationship Id="rId1" '
            f'Type="{REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
            "xl/workbook.xml": f'<workbook {NS} xmlns:r="{REL}"><sheets>{names}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE_REL}">{kinds}{shared}</Relationships>',
            "xl/sharedStrings.xml": f"<sst {NS}>{strings}</sst>",
            "xl/worksheets/sheet1.xml": f"{before}<worksheet {NS}><sheetData>{data}</sheetData></worksheet>",
            **(more or {}),
        }
    )


def cells(line: int, texts: Iterable[str]) -> str:
    told = "".join(f'<c t="inlineStr"><is><t>{text}</t></is></c>' for text in texts)
    return f'<row r="{line}">{told}</row>'


TOP = cells(1, HEADER.split(","))
LAUGHS = "".join(f'<!ENTITY l{i} "{f"&l{i - 1};" * 10}">' for i in range(1, 12))
LAUGHING = f'<!DOCTYPE w [<!ENTITY l0 "ha">{LAUGHS}]>'


def lying(declared: int) -> bytes:
    """A workbook whose sheet says that it unpacks to fewer bytes than it does."""
    content = bytearray(workbook(TOP + "<row><c><v>1</v></c></row>" * 500_000))
    real = len(f"<worksheet {NS}><sheetData></sheetData></worksheet>" + TOP) + 26 * 500_000
    old, new = struct.pack("<L", real), struct.pack("<L", declared)
    assert content.count(old) == 2, "in the header of the part and in the directory"
    return bytes(content.replace(old, new))


def directory_bomb() -> bytes:
    """An archive whose directory says that it takes a gigabyte."""
    content = bytearray(workbook(TOP))
    end = content.rfind(b"PK\x05\x06")
    content[end + 12 : end + 16] = struct.pack("<L", 1 << 30)
    return bytes(content)


def far_cell() -> bytes:
    """Two cells at opposite corners: a reader that makes room for all between them asks for a gigabyte."""
    book, content = xlwt.Workbook(), io.BytesIO()
    sheet = book.add_sheet("a")
    sheet.write(0, 0, "x")
    sheet.write(65_535, 255, "y")
    book.save(content)
    return content.getvalue()


def old_workbook() -> bytes:
    book, content = xlwt.Workbook(), io.BytesIO()
    sheet = book.add_sheet("a")
    for line in range(300):
        sheet.write(line, 0, f"row {line}")
    book.save(content)
    return content.getvalue()


UNCOMPUTED = cells(1, HEADER.split(",")) + '<row r="2"><c r="A2"><f>1+1</f><v></v></c></row>'
FILES: dict[str, tuple[Callable[[], bytes], str]] = {
    # nothing, or something else
    "empty": (lambda: b"", "empty"),
    "newlines alone": (lambda: b"\n" * 200_000, "empty"),
    "only a header": (lambda: table(), "no_rows"),
    "a picture": (lambda: b"\x89PNG\r\n\x1a\n" + bytes(500), "picture"),
    "a photograph": (lambda: b"\xff\xd8\xff\xe0" + b"\x01\x02" * 500, "picture"),
    "a drawing": (lambda: b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>', "picture"),
    "a video": (lambda: b"\0\0\0\x20ftypisom" + bytes(500), "picture"),
    "a gzip": (lambda: gzip.compress(table(*rows(5))), "zip"),
    "a folder": (lambda: package({"posts.csv": table(*rows(5))}), "zip"),
    "a PDF": (lambda: b"%PDF-1.7\n" + bytes(500), "pdf"),
    "a web page": (lambda: b"<html><body><table><tr><td>Post</td></tr></table></body></html>", "html"),
    # text
    "NUL bytes": (lambda: table(*rows(5_000)) + b"x,\x00,2026-01-01,a,1\n", "not_text"),
    "half of UTF-16": (lambda: table(*rows(50)).decode().encode("utf-16")[:-1], "cut_off"),
    "half of a letter": (
        lambda: table(*rows(50)) + "x,9,2026-01-01,è,1\nx,8,2026-01-01,è".encode()[:-1],
        "cut_off",
    ),
    "one endless line": (lambda: HEADER.encode() + b"," * 10_000_000, "line_too_long"),
    "10 MB in one cell": (lambda: table(f"x,1,2026-01-01,{'a' * 10_000_000},5"), "line_too_long"),
    "a long cell": (lambda: table(f"x,1,2026-01-01,{'a' * 30_000},5"), "cell_too_long"),
    "100,000 columns": (lambda: table(*rows(3)) + (b"a," * 100_000)[:79_000] + b"\n", "too_many_columns"),
    "blank lines": (lambda: table(*rows(3)) + b"\n" * 2_000_000, "blank_rows"),
    "quotes that never close": (
        lambda: table(*[f'x,"{number},2026-01-01,a,5' for number in range(400)]),
        "quotes_broken",
    ),
    "a text whose quote never closes": (
        lambda: table(*rows(20), 'x,"9,2026-01-01,a,5', *["nothing but words"] * 40_000),
        "quotes_broken",
    ),
    # workbooks
    "a locked workbook": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"),
        "sheet_protected",
    ),
    "a torn old workbook": (lambda: old_workbook()[:5_000], "sheet_damaged"),
    "an old workbook of air": (far_cell, "sheet_too_large"),
    "a torn workbook": (lambda: workbook(TOP)[:-80], "sheet_damaged"),
    "a workbook without its sheet": (lambda: package({"xl/workbook.xml": f"<workbook {NS}/>"}), "sheet_damaged"),
    "a workbook that unpacks to 13 MB": (
        lambda: workbook(TOP + "<row><c><v>1</v></c></row>" * 500_000),
        "unpacks_too_far",
    ),
    "one that says it is small": (lambda: lying(5_000), "sheet_damaged"),
    "a directory of a gigabyte": (directory_bomb, "sheet_damaged"),
    "shared texts without end": (
        lambda: workbook(TOP, strings="".join(f"<si><t>{i:040}</t></si>" for i in range(120_000))),
        "too_much_text",
    ),
    "one shared text of 7 MB": (
        lambda: workbook(TOP, strings=f"<si><t>{'a' * 7_000_000}</t></si>"),
        "shared_text_too_long",
    ),
    "a shared text told again and again": (
        lambda: workbook(
            TOP + '<row><c t="s"><v>0</v></c><c t="s"><v>0</v></c></row>' * 2_000,
            strings=f"<si><t>{'a' * 10_000}</t></si>",
        ),
        "unpacks_too_far",
    ),
    "many sheets": (lambda: workbook(TOP, sheets=60), "too_many_sheets"),
    "a far column": (
        lambda: workbook(TOP + '<row r="2"><c r="XFD2"><v>1</v></c></row>'),
        "too_many_columns",
    ),
    "billion laughs": (
        lambda: workbook(cells(1, [*HEADER.split(","), "&l11;"]), before=LAUGHING),
        "sheet_damaged",
    ),
    "deep nesting": (lambda: workbook(f"<row>{'<c>' * 200_000}"), "sheet_damaged"),
    "a tag without end": (lambda: workbook(f'<row r="{"1" * 3_000_000}"/>'), "sheet_damaged"),
    "cells before each other": (
        lambda: workbook('<row r="1"><c r="C1"><v>1</v></c><c r="A1"><v>1</v></c></row>'),
        "sheet_damaged",
    ),
    "a formula nobody computed": (lambda: workbook(UNCOMPUTED), "formula_without_value"),
}


def write_all(folder: Path) -> dict[Path, str]:
    """Every hostile file, with the code that it must get."""
    written = {}
    for name, (build, code) in FILES.items():
        path = folder / f"{name}.csv"
        path.write_bytes(build())
        written[path] = code
    return written
