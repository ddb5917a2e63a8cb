"""Every format against damaged files: nothing but a refusal escapes, and no row is lost without a word.

A look-alike is changed as people, spreadsheets and cables change exports. The changes are drawn the same way in
every run (`derandomize`), so a failure is found again by whoever looks for it.
"""

import csv
import io
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from analytics.formats import FORMATS, FileError, Format, Reader, TextBlock, detect
from analytics.formats.tables import normal
from tests.analytics.formats.look_alikes import LOOK_ALIKES, LookAlike
from tests.analytics.test_formats_blocks import told, unfolded

EXAMPLES = 50
ODD_CELLS = (
    *(
        "",
        " ",
        "-",
        "--",
        " --",
        "N/A",
        "n.d.",
        "null",
        "0",
        "-1",
        "-5",
        "−3",
        "1.5",
        "1,5",
        "1.234",
        "1,234",
        "1.234,5",
    ),
    *(
        "1,234.5",
        "1 234",
        "12.5K",
        "1e400",
        "1E+15",
        "1.12E+15",
        "1123180000000000.00",
        "9" * 19,
        "9" * 40,
        "NaN",
        "inf",
    ),
    *(
        "٣",
        "½",
        "1_000",
        "0x1F",
        "=1+1",
        '="123"',
        "'123",
        "#NAME?",
        "#REF!",
        "TRUE",
        "Infinity",
        "-Infinity",
        "1e5",
    ),
    *("2026-13-45", "31/02/2025", "02/31/2025", "2025-02-30T25:61:00", "0000-00-00", "9999-12-31", "0001-01-01"),
    *(
        "2025-10-20T08:15:00Z",
        "2025-10-20T08:15:00+14:00",
        "45950.34",
        "20/10/2025 8.15",
        "Oct 20, 2025",
        "yesterday",
    ),
    *(
        "Total",
        "Grand total",
        "Total: Account",
        "Lifetime",
        "Date",
        "\ufeff",
        "\u200b",
        "\u202e",
        "\x0b",
        "\x1c",
        "\x85",
    ),
    *(
        "\u2028",
        '"',
        '""',
        'a"b',
        "a\nb",
        "a\r\nb",
        "a,b;c\td|e",
        "\ud800".encode("utf-8", "replace").decode(),
        "😀" * 50,
    ),
    *(
        "x" * 5_000,
        "%s %d {} {0}",
        "\\",
        "\\N",
        "https://",
        "https://www.facebook.com/p/1",
        "EUR",
        "€ 5",
        "5 %",
        "50%",
    ),
)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1", "utf-32", "mac-roman")
DELIMITERS = (",", ";", "\t", "|", ":")


@dataclass
class File:
    """A table on its way into a file."""

    above: list[list[str]]
    header: list[str]
    body: list[list[str]]
    before: str
    encoding: str
    delimiter: str = ","
    quoting: int = csv.QUOTE_MINIMAL
    line_end: str = "\r\n"
    kind: str = "csv"
    cut: float = 1.0  # how much of the file arrives
    flips: list[tuple[float, int]] = field(default_factory=list)  # bytes that changed on the way
    repeats: list[list[str]] = field(default_factory=list)  # the names of the columns, where they stand once more

    def write(self, folder: Path) -> Path:
        path = folder / "export.csv"
        content = self._workbook() if self.kind == "xlsx" else self._text()
        content = bytearray(content[: int(len(content) * self.cut)])
        for place, value in self.flips:
            if content:
                content[int(place * (len(content) - 1))] = value
        path.write_bytes(content)
        return path

    def _text(self) -> bytes:
        text = io.StringIO()
        escape = "\\" if self.quoting == csv.QUOTE_NONE else None
        if self.line_end == "\r" and not escape:  # the writer of Python 3.11 leaves other line breaks bare
            self.quoting = csv.QUOTE_ALL
        writer = csv.writer(
            text, delimiter=self.delimiter, quoting=self.quoting, lineterminator=self.line_end, escapechar=escape
        )
        writer.writerows(cells for cells in [*self.above, self.header, *self.body] if cells != [""])
        return (self.before + text.getvalue()).encode(self.encoding, "replace")

    def _workbook(self) -> bytes:
        content = io.BytesIO()
        options = {
            "in_memory": True,
            "strings_to_numbers": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
        }
        with xlsxwriter.Workbook(content, options) as book:
            sheet = book.add_worksheet()
            for line, row in enumerate([*self.above, self.header, *self.body]):
                for place, cell in enumerate(row):
                    try:
                        sheet.write(line, place, cell[:32_000])
                    except (TypeError, ValueError):  # what Excel calls no number
                        sheet.write_string(line, place, cell[:32_000])
        return content.getvalue()

    @property
    def is_whole(self) -> bool:
        return self.cut == 1.0 and not self.flips and self.quoting != csv.QUOTE_NONE


CHANGES = (
    *(
        "drop column",
        "swap columns",
        "double column",
        "shuffle columns",
        "blank header",
        "other header",
        "shout header",
    ),
    *(
        "blank rows",
        "odd row",
        "double row",
        "short row",
        "long row",
        "odd cell",
        "odd cell",
        "odd cells",
        "odd column",
    ),
    *(
        "header again",
        "no rows",
        "no top",
        "note above",
        "delimiter",
        "encoding",
        "quotes",
        "line ends",
        "cut",
        "flip",
    ),
    *("workbook", "workbook", "sort", "long file"),
)


@st.composite
def changed(draw, look_alike: LookAlike) -> File:
    """The look-alike after up to four changes."""
    file = File(
        above=[list(row) for row in look_alike.above],
        header=list(look_alike.header),
        body=[list(row) for row in look_alike.body],
        before=look_alike.before,
        encoding=look_alike.encoding,
    )
    for change in draw(st.lists(st.sampled_from(CHANGES), max_size=4)):
        _apply(draw, file, change)
    return file


def _apply(draw, file: File, change: str) -> None:
    place = draw(st.integers(0, max(len(file.header) - 1, 0)))
    row = draw(st.integers(0, max(len(file.body) - 1, 0)))
    odd = draw(st.sampled_from(ODD_CELLS))
    rows = [file.header, *file.body]
    if "column" in change and file.header:
        _change_column(draw, rows, change, place)
    elif change == "blank header":
        file.header[place : place + 1] = [""]
    elif change == "other header":
        file.header[place : place + 1] = [odd]
    elif change == "shout header":
        file.header = [f" “{name.upper()}” " for name in file.header]
    elif change == "blank rows":
        file.body[row:row] = [[], [""], ["", "", ""]]
    elif change == "odd row":
        file.body.insert(
            row, draw(st.lists(st.sampled_from(ODD_CELLS), min_size=1, max_size=len(file.header) + 1))
        )
    elif change in ("double row", "short row", "long row", "odd cell", "odd cells") and file.body:
        _change_row(draw, file, change, row, place, odd)
    elif change == "header again":
        file.repeats.append(list(file.header))
        file.body.insert(row, file.repeats[-1])
    elif change == "no rows":
        file.body = []
    elif change == "no top":
        file.above, file.before = [], ""
    elif change == "note above":
        file.above.insert(0, [odd])
    elif change == "long file":
        file.body = (file.body * 70)[:700]
    elif change == "sort":
        file.body.sort(key=lambda cells: cells[:1])
    else:
        _change_file(draw, file, change)


def _change_column(draw, rows: list[list[str]], change: str, place: int) -> None:
    other = draw(st.integers(0, 30))
    cells = draw(st.lists(st.sampled_from(ODD_CELLS), min_size=3, max_size=3))
    order = draw(st.randoms(use_true_random=False))
    width = len(rows[0])
    turned = sorted(range(width), key=lambda _place: order.random())
    for number, row in enumerate(rows):
        if change == "drop column":
            del row[place : place + 1]
        elif change == "double column":
            row[place:place] = row[place : place + 1]
        elif change == "swap columns" and place < len(row) and other % width < len(row):
            row[place], row[other % width] = row[other % width], row[place]
        elif change == "shuffle columns" and len(row) == width:
            row[:] = [row[index] for index in turned]
        elif change == "odd column" and number:
            row[place : place + 1] = [cells[number % 3]]


def _change_row(draw, file: File, change: str, row: int, place: int, odd: str) -> None:
    cells = file.body[row]
    if change == "double row":
        file.body.insert(row, list(cells))
    elif change == "short row":
        del cells[place:]
    elif change == "long row":
        cells.extend([odd, "", odd])
    elif change == "odd cell":
        cells[place : place + 1] = [odd]
    else:
        for other in file.body:
            other[place : place + 1] = [draw(st.sampled_from(ODD_CELLS))]


def _change_file(draw, file: File, change: str) -> None:
    if change == "delimiter":
        file.delimiter = draw(st.sampled_from(DELIMITERS))
    elif change == "encoding":
        file.encoding = draw(st.sampled_from(ENCODINGS))
    elif change == "quotes":
        file.quoting = draw(st.sampled_from([csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC, csv.QUOTE_NONE]))
    elif change == "line ends":
        file.line_end = draw(st.sampled_from(["\n", "\r"]))
    elif change == "cut":
        file.cut = draw(st.floats(0.0, 1.0, exclude_max=True))
    elif change == "flip":
        file.flips = draw(st.lists(st.tuples(st.floats(0.0, 1.0), st.integers(0, 255)), min_size=1, max_size=3))
    elif change == "workbook":
        file.kind = "xlsx"


def test_every_format_has_a_look_alike():
    assert FORMATS.keys() == LOOK_ALIKES.keys(), (
        "a look-alike for it goes into tests/analytics/formats/look_alikes.py"
    )


@pytest.mark.parametrize("slug", LOOK_ALIKES)
def test_an_unchanged_look_alike_is_read_as_a_whole(tmp_path, slug):
    made = LOOK_ALIKES[slug]
    path = File([list(row) for row in made.above], made.header, made.body, made.before, made.encoding).write(
        tmp_path
    )
    format = detect(path)
    reader = format.stream(path)
    assert (format.slug, len(list(reader))) == (slug, len(made.body) - made.ignored)
    assert (reader.ignored, reader.rejected_count) == (made.ignored, 0)


@pytest.mark.parametrize("slug", LOOK_ALIKES)
def test_a_damaged_file_is_read_or_refused_and_no_row_vanishes(slug):
    seen: Counter[str] = Counter()

    @settings(
        derandomize=True,
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        phases=[Phase.generate],  # the example as it was drawn; making it smaller takes longer than reading it
        suppress_health_check=list(HealthCheck),
    )
    @given(changed(LOOK_ALIKES[slug]))
    def check(file: File) -> None:
        with tempfile.TemporaryDirectory() as folder:
            path = file.write(Path(folder))
            try:
                format = detect(path)
                reader = format.stream(path)
                rows = list(reader)
            except FileError as error:
                assert "%(" not in str(error)
                seen["refused"] += 1
                return
            seen["read"] += 1
            _check_counts(file, format, reader, rows)
            _check_again(format, path, reader, rows)

    check()
    assert seen["read"] > EXAMPLES // 5, "too few of the damaged files are read at all to tell anything"


def _check_counts(file: File, format: Format, reader: Reader, rows: list) -> None:
    assert reader.rows_read == len(rows)
    assert len(reader.rejected) == min(reader.rejected_count, 10_000)
    assert all("%(" not in bad.reason for bad in reader.rejected)
    if not file.is_whole:
        return
    told = len(rows) + reader.ignored + reader.rejected_count
    # Nothing but commas or invisible letters, and names of columns once more: a row to some, none to others.
    doubtful = sum(bool(cells) and (not _holds_anything(cells) or _is_header(file, cells)) for cells in file.body)
    certain = sum(_holds_anything(cells) and not _is_header(file, cells) for cells in file.body)
    # A row of a calendar is a post on each platform that it names.
    most = certain + doubtful if format.kind != "planned" else told
    assert certain <= told <= most, (format.slug, told, certain, reader.rejected, reader.warnings)


def _is_header(file: File, cells: list[str]) -> bool:
    told = [normal(cell) for cell in cells]
    return told in ([normal(name) for name in names] for names in (file.header, *file.repeats))


def _holds_anything(cells: list[str]) -> bool:
    return any(cell.strip("\ufeff \t\r\n\x0b\x1c\x85\u2028") for cell in cells)


def _check_again(format: Format, path: Path, reader: Reader, rows: list) -> None:
    """Read many rows at a time, the file tells the same."""
    plain = told if format.slug == "generic" else tuple  # the one format that has blocks of columns
    again = format.stream(path)
    in_blocks: list[tuple] = []
    for block in again.blocks(4):
        in_blocks += unfolded(block) if isinstance(block, TextBlock) else map(plain, block)
    assert sorted(map(str, in_blocks)) == sorted(map(str, map(plain, rows)))
    assert sorted(map(str, again.rejected)) == sorted(map(str, reader.rejected))
    assert (again.rows_read, again.ignored) == (reader.rows_read, reader.ignored)
