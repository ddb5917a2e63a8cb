"""Reads what is handed in to be brought into the calendar: a file with entries, or imported plans, as lines."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.errors import InvalidInput, register_messages
from accounts.models import Brand
from analytics.formats import PlannedRow, candidates
from analytics.formats.errors import FileError
from analytics.formats.tables import Source, open_source
from analytics.import_words import sentence
from analytics.models import PlannedPost
from calendar_app import sheet
from calendar_app.models import Entry
from calendar_app.sheet import Line, Problem, Table
from strategy.models import Channel

MOST_LINES = 2_000
MOST_BYTES = 20 * 1024 * 1024
register_messages(
    {
        "in_unreadable": "%(reason)s",
        "in_no_file": _("Choose a file, or imported plans."),
        "in_too_large": _("The file is larger than 20 MB. Split it, or delete the rows that you do not need."),
        "in_too_many": _("The file has %(n)s lines; at most %(most)s are taken at once. Split it."),
        "in_no_lines": _("The file has column names, but no line below them."),
        "in_other": _(
            "This is “%(title)s”, which tells what was published or spent. Upload it under Imports; here "
            "entries are brought in."
        ),
        "in_unknown": _(
            "No entries are recognised in this file. It needs a row of column names such as date, time, platform, "
            "account, title, text. Download the calendar as CSV for a pattern."
        ),
        "in_days_open": _(
            "The days can be read in two ways: %(days)s. Choose whether the day or the month comes first, and"
            " upload the file again; or write them as 2026-03-31."
        ),
        "in_no_plans": _("No imported plan has posts from today on that are not in the calendar yet."),
    }
)


@dataclass(frozen=True)
class Handed:
    """A table that was handed in, before it is judged; `rejected` are lines that its reader refused."""

    name: str
    table: Table
    rejected: Sequence[tuple[int, Problem]] = ()


def read_file(brand: Brand, upload: UploadedFile, *, order: str = "", channel: Channel | None = None) -> Handed:
    """The lines of an upload: an export of the calendar, or any content calendar that imports read."""
    if upload.size > MOST_BYTES:
        raise InvalidInput("in_too_large", field="file")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "table"
        with path.open("wb") as file:
            for chunk in upload.chunks():
                file.write(chunk)
        try:
            handed = _read(brand, path, upload.name or "", order)
        except FileError as error:
            reason = sentence(error.code, error.facts)
            raise InvalidInput("in_unreadable", field="file", reason=reason) from None
    n = len(handed.table.lines) + len(handed.rejected)
    if n > MOST_LINES:
        raise InvalidInput("in_too_many", field="file", n=n, most=MOST_LINES)
    if not n:
        raise InvalidInput("in_no_lines", field="file")
    _fall_back(handed.table.lines, channel)
    return handed


def _read(brand: Brand, path: Path, name: str, order: str) -> Handed:
    source = open_source(path)
    if table := sheet.table_of(source, order=order):
        if not table.order:
            raise InvalidInput("in_days_open", field="order", days=", ".join(table.open_days))
        return Handed(name, table)
    return _read_planned(brand, path, source, name, order)


def _read_planned(brand: Brand, path: Path, source: Source, name: str, order: str) -> Handed:
    known = candidates(source)
    if not known:
        raise InvalidInput("in_unknown", field="file")
    if known[0].kind != "planned":
        raise InvalidInput("in_other", field="file", title=known[0].title)
    reader = known[0].stream(path, time_zone=brand.time_zone)
    if reader.questions:
        answers = {question.key: order for question in reader.questions if order}
        if not answers:
            days = ", ".join(question.column for question in reader.questions)
            raise InvalidInput("in_days_open", field="order", days=days)
        reader = known[0].stream(path, time_zone=brand.time_zone, answers=answers)
    zone = ZoneInfo(brand.time_zone)
    lines = [Line(row.line, _told_by_plan(row, zone, exact=row.precision == "exact")) for row in reader]
    rejected = [
        (row.line, Problem(row.column, row.value, row.code, dict(row.facts or {}))) for row in reader.rejected
    ]
    return Handed(name, Table(lines, {}, []), rejected)


def _told_by_plan(row: PlannedRow | PlannedPost, zone: ZoneInfo, *, exact: bool) -> dict[str, str]:
    """A planned post in the columns of an entry; where its media lie and its labels go to the notes."""
    at = row.at.astimezone(zone) if row.at else None
    return {
        "date": f"{at:%Y-%m-%d}" if at else "",
        "time": f"{at:%H:%M}" if at and exact else "",
        "platform": row.platform,
        "account": row.account,
        "format": row.format if row.format in sheet.FORMATS else "",
        "title": (row.title or sheet.title_of(row.text) or row.media)[: sheet.LONGEST_TITLE],
        "text": row.text,
        "link": row.link,
        "notes": "\n".join(told for told in (row.media, row.labels) if told),
    }


def _fall_back(lines: Iterable[Line], channel: Channel | None) -> None:
    """Lines that tell no channel are for the chosen one."""
    for line in lines:
        if channel and not any(line.told.get(name) for name in ("platform", "account", "entry_id")):
            line.told.update(platform=channel.platform, account=channel.handle)


def plans(brand: Brand, *, today: date) -> Iterator[PlannedPost]:
    """Planned posts from today on, and those without a day, that did not become entries yet."""
    start = datetime.combine(today, time(), ZoneInfo(brand.time_zone))
    rows = PlannedPost.objects.filter(Q(at__gte=start) | Q(at=None)).select_related("channel").order_by("at", "pk")
    taken = set(Entry.objects.filter(origin__startswith="plan:").values_list("origin", flat=True))
    return (row for row in rows.iterator(chunk_size=2_000) if _plan_origin(row) not in taken)


def _plan_origin(row: PlannedPost) -> str:
    return f"plan:{row.row_key or row.pk}"


def read_plans(brand: Brand, *, today: date, channel: Channel | None = None) -> Handed:
    zone = ZoneInfo(brand.time_zone)
    lines = []
    for number, row in enumerate(plans(brand, today=today), start=1):
        told = _told_by_plan(row, zone, exact=row.is_exact)
        if row.channel:
            told |= {"platform": row.channel.platform, "account": row.channel.handle}
        lines.append(Line(number, told | {"origin": _plan_origin(row)}))
        if number == MOST_LINES:
            break
    if not lines:
        raise InvalidInput("in_no_plans", field="plans")
    _fall_back(lines, channel)
    return Handed("", Table(lines, {}))
