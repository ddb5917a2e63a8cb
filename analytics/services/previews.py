"""Looks at an uploaded file: what it is, whose posts it holds, and its first rows as they will be stored."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from django.utils import timezone

from analytics.formats import (
    FORMATS,
    FileError,
    Format,
    Reader,
    UnknownFormat,
    Unreadable,
    candidates,
    detect,
)
from analytics.formats.generic import header_of
from analytics.formats.personal import holds_customers
from analytics.formats.series import FIGURES
from analytics.formats.tables import normal, open_source
from analytics.models import METRICS, ColumnMapping, ImportFile
from analytics.services.ages import Evidence
from analytics.services.answers import dialect, notices, settle, told
from analytics.services.import_files import Choices, open_reader
from analytics.services.kinds import STORES, Told
from analytics.services.limits import limits

# A preview reads no further than this, however long the file is.
SCANNED_ROWS = 10_000
SHOWN_ROWS = 5
SAMPLE_BYTES = 1 << 20
# Formats whose times are the reader's own, so that a zone must be told.
TOOLS = ("sprout_posts", "hootsuite_posts", "buffer_posts", "metricool_posts", "pinterest_pins")
ZONELESS = frozenset({"generic", "youtube_table", *TOOLS})
ORDER = tuple(dict.fromkeys((*METRICS, *FIGURES)))  # of figures, as they are shown
HOLDS_CUSTOMERS = "holds_customers"


def inspect(file: ImportFile, path: Path) -> None:
    """Fill in format and preview, or the problem; the caller saves."""
    file.problem_code, file.problem_facts, file.preview = "", {}, {}
    try:
        format = _format_of(file, path)
        _look(file, format, path)
    except UnknownFormat as error:
        _note_unknown(file, error, path)
    except FileError as error:
        file.problem_code, file.problem_facts = error.code, error.facts


def _format_of(file: ImportFile, path: Path) -> Format:
    """The format that a person chose, columns named by him now or before, or the recognised one."""
    source = open_source(path)
    found = candidates(source)
    file.preview["formats"] = [format.slug for format in found]
    chosen = file.options.get("format")
    if chosen in file.preview["formats"]:
        return FORMATS[chosen]
    if file.options.get("mapping"):
        return FORMATS["generic"]
    known = saved_for(header_of(source), is_known=bool(found))
    if known:
        file.options = {**file.options, **as_options(known), "remembered": known.pk}
        return FORMATS["generic"]
    return found[0] if found else detect(path)  # which tells what it is instead


def saved_for(header: Sequence[str], *, is_known: bool) -> ColumnMapping | None:
    """The saved mapping for a row of column names: of the very same names, or, for a file of no known format, the
    one that finds the most of its columns there."""
    if same := ColumnMapping.objects.filter(signature=signature(header)).first():
        return same
    names = {normal(title) for title in header}
    fitting = [
        known
        for known in ([] if is_known else ColumnMapping.objects.all())
        if known.mapping and {normal(title) for title in known.mapping.values()} <= names
    ]
    return max(fitting, key=lambda known: len(known.mapping), default=None)


def as_options(known: ColumnMapping) -> dict[str, Any]:
    """What a saved mapping decides about a file."""
    told: dict[str, Any] = {
        "mapping": known.mapping,
        "platform": known.platform,
        "header": known.columns,
        "signature": known.signature,
    }
    if known.time_zone:
        told["time_zone"] = known.time_zone
    if known.account:
        told["channel"] = [known.platform, known.account]
    return told


def signature(header: Iterable[str]) -> str:
    """Tells files with the same column names, in any order."""
    return hashlib.sha256("\x1f".join(sorted(normal(name) for name in header if name)).encode()).hexdigest()


def _note_unknown(file: ImportFile, error: UnknownFormat, path: Path) -> None:
    if holds_customers(open_source(path)):
        file.problem_code, file.problem_facts, file.preview = HOLDS_CUSTOMERS, {}, {}
        return
    file.problem_code, file.problem_facts = error.code, error.facts
    file.preview = _head(path)
    file.preview["can_map"] = len(file.preview["header"]) > 1
    file.preview["nearest"] = error.nearest.slug if error.nearest else ""


def _head(path: Path) -> dict[str, Any]:
    """The names of the columns and the first rows as they stand in the file."""
    source = open_source(path, limits())
    header = header_of(source)
    rows = (cells for sheet in source.sheets for _line, cells in sheet.head if cells != header)
    shown = [[cell[:80] for cell in cells] for cells in islice(rows, SHOWN_ROWS)]
    return {"header": header, "head": shown}


@dataclass
class _Scan:
    """What the first rows of a file of this kind tell."""

    kind: str
    shown: list[dict[str, Any]] = field(default_factory=list)
    accounts: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    figures: set[str] = field(default_factory=set)
    latest: datetime | None = None
    rows: int = 0
    last_line: int = 0

    def take(self, row: Any) -> None:
        self.rows += 1
        self.last_line = row.line
        if len(self.shown) < SHOWN_ROWS:
            self.shown.append(_as_shown(row))
        if told := STORES[self.kind].told(row):
            self._take_told(told)

    def _take_told(self, told: Told) -> None:
        self.figures.update(told.figures)
        account = self.accounts.setdefault((told.platform, told.account), {"rows": 0, "own": False})
        account["rows"] += 1
        account["own"] = account["own"] or bool(told.figures)
        if told.moment and (self.latest is None or told.moment > self.latest):
            self.latest = told.moment

    def listed(self) -> list[dict[str, Any]]:
        named = ({"platform": platform, "account": account} for platform, account in self.accounts)
        return [name | told for name, told in zip(named, self.accounts.values(), strict=True)]


def _scanned(file: ImportFile, format: Format, path: Path) -> tuple[Reader, _Scan]:
    """The first rows under the choices that hold now."""
    reader, scan = open_reader(format, path, Choices.of(file)), _Scan(format.kind)
    for row in islice(reader, SCANNED_ROWS):
        scan.take(row)
    return reader, scan


def _look(file: ImportFile, format: Format, path: Path) -> None:
    file.format, file.kind = format.slug, format.kind
    signature = dialect(open_source(path, limits()))
    file.options["settled"] = {}
    reader, scan = _scanned(file, format, path)
    if settled := settle(file, reader.questions, signature):
        file.options["settled"] = settled
        reader, scan = _scanned(file, format, path)
    complete = scan.rows < SCANNED_ROWS
    if not scan.rows and not reader.rejected_count:
        raise Unreadable("no_rows")
    file.platform = format.platform or _only(platform for platform, _account in scan.accounts)
    file.language, file.encoding, file.precision = reader.language, reader.encoding, reader.precision
    age = _evidence(file).age(content=reader.as_of, latest=scan.latest)
    head = {"header": [], "head": []} if format.redact else _head(path)
    file.preview = head | {
        "formats": file.preview.get("formats", []),
        "questions": told(file, reader),
        "decided": sorted(reader.decided),
        "dialect": signature,
        "time_zone": reader.time_zone,
        "rows": scan.shown,
        "figures": [name for name in ORDER if name in scan.figures],
        "accounts": scan.listed(),
        "complete": complete,
        "rows_expected": scan.rows if complete else _expected(path, scan),
        "rejected": reader.rejected_count,
        "rejected_rows": [list(row) for row in reader.rejected[:SHOWN_ROWS]],
        "ignored": reader.ignored,
        "warnings": [[notice.code, notice.facts] for notice in [*reader.warnings, *notices(file)]],
        "asks_time_zone": format.slug in ZONELESS or format.kind == "planned",
        "as_of": age.as_of.isoformat(),
        "as_of_source": age.source,
    }
    file.options.setdefault("left_out", _foreign(scan))


def _evidence(file: ImportFile) -> Evidence:
    choices = Choices.of(file)
    return Evidence(file.name, file.modified_at, choices.exported_on, choices.time_zone, timezone.now())


def _foreign(scan: _Scan) -> list[str]:
    """Of several accounts, those without any figure: a platform shows figures of own posts only."""
    if len(scan.accounts) < 2:
        return []
    foreign = [account for (_platform, account), told in scan.accounts.items() if not told["own"] and account]
    return foreign if len(foreign) < len(scan.accounts) else []


def _only(values: Iterable[str]) -> str:
    found = set(values)
    return found.pop() if len(found) == 1 else ""


def _as_shown(row: Any) -> dict[str, Any]:
    """A row as JSON, without the fields that it does not tell."""
    return {name: _plain(value) for name, value in row._asdict().items() if value not in (None, "")}


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return value[:200]
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _expected(path: Path, scan: _Scan) -> int | None:
    """About how many rows a long text file has, from the lines of its first megabyte."""
    if path.suffix.lower() in (".xls", ".xlsx"):
        return None
    with path.open("rb") as file:
        start = file.read(SAMPLE_BYTES)
    lines = start.count(b"\n") * path.stat().st_size / max(len(start), 1)
    return max(scan.rows, round(lines * scan.rows / max(scan.last_line, 1)))
