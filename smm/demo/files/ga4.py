"""Google Analytics 4, traffic acquisition: days in a preamble, weeks by number, revenue without a currency."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from smm.demo.files.base import DemoFile, csv_bytes
from smm.demo.money import Visits
from smm.demo.plan import DAYS, Demo
from smm.demo.simulate import last_day

HEADER = (
    "Session primary channel group (Default Channel Group)",
    "Session source",
    "Session medium",
    "Session campaign",
    "Week",
    "Sessions",
    "Engaged sessions",
    "Engagement rate",
    "Average engagement time per session",
    "Events per session",
    "Event count",
    "Key events",
    "Session key event rate",
    "Total revenue",
)
RULE = "# ----------------------------------------"


def export(demo: Demo, visits: list[Visits], *, today: date) -> list[DemoFile]:
    """One file per calendar year, because week numbers tell no year; the newest ends with a grand total."""
    last = last_day(today)
    first = last - timedelta(days=DAYS - 1)
    files = []
    for year in range(first.year, last.year + 1):
        start, end = max(first, date(year, 1, 1)), min(last, date(year, 12, 31))
        rows = [_row(row) for row in visits if row.start.year == year]
        rows.sort(key=lambda row: -row[5])
        if year == last.year:
            rows.append(_grand_total(rows))
        made = today - timedelta(days=1) if year == last.year else end + timedelta(days=3)
        content = csv_bytes(HEADER, rows, newline="\r\n", before=_preamble(demo, start, end))
        name = f"{demo.slug}_Traffic_acquisition_{year}.csv"
        files.append(DemoFile(demo.slug, name, content, datetime.combine(made, time(16, 20), tzinfo=UTC)))
    return files


def _preamble(demo: Demo, start: date, end: date) -> str:
    lines = (
        RULE,
        "# Traffic acquisition: Session primary channel group (Default Channel Group)",
        f"# Account: {demo.name}",
        f"# Property: {demo.site.removeprefix('https://')}",
        RULE,
        "# ",
        "# All Users",
        f"# Start date: {start:%Y%m%d}",
        f"# End date: {end:%Y%m%d}",
    )
    return "".join(f"{line}\r\n" for line in lines)


def week_number(day: date) -> int:
    """Weeks from Sunday; the one with the first of January is number 1."""
    new_year = date(day.year, 1, 1)
    return ((day - new_year).days + (new_year.weekday() + 1) % 7) // 7 + 1


def _row(row: Visits) -> list[Any]:
    return [
        row.group,
        row.source,
        row.medium,
        row.campaign,
        week_number(row.start),
        row.sessions,
        row.engaged,
        row.engaged / row.sessions,
        18.0 + row.engaged % 29,
        6.5,
        int(row.sessions * 6.5),
        row.events,
        row.events / row.sessions,
        row.revenue,
    ]


def _grand_total(rows: list[list[Any]]) -> list[Any]:
    sessions, engaged, count, events = (sum(row[n] for row in rows) for n in (5, 6, 10, 11))
    revenue = round(sum(row[13] for row in rows), 2)
    told = [sessions, engaged, engaged / sessions, 27.4, 6.5, count, events, events / sessions, revenue]
    return ["", "", "", "", "", *told, "Grand total"]
