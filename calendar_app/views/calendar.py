"""The calendar by month, week, list and board, and as a file."""

from calendar import Calendar
from datetime import date, timedelta
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from accounts.access import BrandRequest, right
from accounts.htmx import render_page
from accounts.table_files import table_response
from analytics.best_times_words import GRADES
from calendar_app import selectors, sheet, words
from calendar_app.models import Entry
from calendar_app.observances import Day
from calendar_app.proposals import Rules
from calendar_app.selectors import Asked
from calendar_app.views.common import entry_facts, filters
from strategy.objective_rows import brand_day
from strategy.timeline import later, month_of

MONTH_MOST, WEEK_MOST, BOARD_MOST, BACKLOG_MOST, PER_PAGE = 5, 40, 30, 30, 50
BEST_HOURS = 3  # of a day, in the band
EXPORT_MOST = 50_000


@right("calendar.view")
@require_safe
def calendar_month(request: BrandRequest) -> HttpResponse:
    today = brand_day(request)
    first = later(month_of(request.GET.get("month", ""), usual=today), 0)
    weeks = Calendar().monthdatescalendar(first.year, first.month)
    shown = _span(request, weeks, "month", most=MONTH_MOST)
    moves = {"before": f"{later(first, -1):%Y-%m}", "after": f"{later(first, 1):%Y-%m}"}
    context = {**shown, **moves, "first": first, "parameter": "month"}
    return render_page(request, "calendar_app/month.html", "calendar_app/_month.html", context)


@right("calendar.view")
@require_safe
def calendar_week(request: BrandRequest) -> HttpResponse:
    today = brand_day(request)
    monday = _monday(request.GET.get("week", ""), usual=today)
    week = [monday + timedelta(days=n) for n in range(7)]
    shown = _span(request, [week], "week", most=WEEK_MOST)
    moves = {"before": str(monday - timedelta(days=7)), "after": str(monday + timedelta(days=7))}
    context = {**shown, **moves, "first": monday, "last": week[-1], "parameter": "week"}
    return render_page(request, "calendar_app/month.html", "calendar_app/_month.html", context)


def _monday(text: str, *, usual: date) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = usual
    day = min(max(day, date(1970, 1, 5)), date(9990, 1, 1))
    return day - timedelta(days=day.weekday())


def _span(request: BrandRequest, weeks: list[list[date]], tab: str, *, most: int) -> dict[str, Any]:
    """Weeks of days with their entries, days that matter, campaigns above them and best hours below."""
    found = around(request, weeks[0][0], weeks[-1][-1], tab, most=most)
    best, known = _best(request, found["asked"], found["rules"])
    return {
        **found,
        "weeks": [[_box(day, found, best) for day in week] for week in weeks],
        "known": known,
        "legend": found["paint"].legend(),
    }


def around(request: BrandRequest, first: date, last: date, tab: str, *, most: int) -> dict[str, Any]:
    """What every page of days shows: entries and free slots by day, days that matter, campaigns, the backlog."""
    asked = Asked.of(request.GET)
    found = selectors.of_days(asked, first, last, most=most, waiting=BACKLOG_MOST)
    waiting, n_waiting = found.pop(None, ([], 0))
    settings = selectors.settings_of(request.brand)
    matter: dict[date, list[Day]] = {}
    for day in selectors.days_that_matter(settings, first, last, language=get_language() or "en"):
        matter.setdefault(day.day, []).append(day)
    offered = filters(request, asked, tab)
    running = [each for each in offered["campaigns"] if each.start <= last and each.end >= first]
    return {
        **offered,
        "entries": found,
        "matter": matter,
        "free": _free(request, asked, first, last),
        "rules": selectors.rules_of(settings),
        "running": [(each, words.day(each.start), words.day(each.end)) for each in running],
        "backlog": [offered["paint"].card(entry) for entry in waiting],
        "more_waiting": n_waiting > len(waiting),
        "total": sum(n for _rows, n in found.values()),
        "today": brand_day(request),
    }


def _box(day: date, found: dict[str, Any], best: dict[int, list[str]]) -> dict[str, Any]:
    rows, n = found["entries"].get(day, ([], 0))
    return {
        "day": day,
        "cards": [found["paint"].card(entry) for entry in rows],
        "more": n - len(rows),
        "matter": found["matter"].get(day, []),
        "best": best.get(day.weekday(), []),
        "free": found["free"].get(day, []),
    }


def _free(request: BrandRequest, asked: Asked, first: date, last: date) -> dict[date, list[dict[str, Any]]]:
    """By day the places of recurring slots that are to come and free. Two queries."""
    rows = {row.pk: row for row in selectors.slots(asked.channel)}
    found: dict[date, list[dict[str, Any]]] = {}
    for place in selectors.free_places(rows.values(), request.brand, first, last, now=timezone.now()):
        found.setdefault(place.day, []).append({"day": place.day, "row": rows[place.slot.key]})
    return found


def _best(request: BrandRequest, asked: Asked, rules: Rules) -> tuple[dict[int, list[str]], list[dict[str, Any]]]:
    """By weekday the best hours of the channel asked for, else of the one with most posts; and their basis."""
    known = selectors.best_times()
    if not known:
        return {}, []
    channel = asked.channel if asked.channel in known else max(known, key=lambda key: known[key].result.posts)
    chosen = known[channel]
    cells = selectors.on_brand_clock(chosen, request.brand, now=timezone.now())
    found: dict[int, list[str]] = {}
    for day in range(7):
        own = [cell for cell in cells if cell.day == day and cell.lift > 0 and rules.allows_hour(cell.hour)]
        own.sort(key=lambda cell: -cell.lift)
        found[day] = [f"{cell.hour}:00" for cell in sorted(own[:BEST_HOURS], key=lambda cell: cell.hour)]
    told = {"channel": chosen.result.channel, "posts": chosen.result.posts, "evidence": chosen.result.evidence}
    told["grade"] = GRADES[chosen.result.evidence]
    return found, [told]


@right("calendar.view")
@require_safe
def calendar_list(request: BrandRequest) -> HttpResponse:
    """Every entry, page by page, with what can be done to many at once."""
    asked = Asked.of(request.GET)
    rows = selectors.entries(asked).order_by(asked.sort, "pk")
    day = request.GET.get("day", "")
    if day:
        try:
            rows = rows.filter(day=date.fromisoformat(day))
        except ValueError:
            day = ""
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    shown = filters(request, asked, "list")
    context = {
        **shown,
        "page": page,
        "rows": [shown["paint"].card(entry) for entry in page],
        "legend": shown["paint"].legend(),
        "day": day,
        "anything": page.paginator.count or asked.is_narrowed or day,
    }
    return render_page(request, "calendar_app/list.html", "calendar_app/_list.html", context)


@right("calendar.view")
@require_safe
def calendar_board(request: BrandRequest) -> HttpResponse:
    """Columns by status; of each the nearest entries."""
    asked = Asked.of(request.GET)
    shown, columns = filters(request, asked, "board"), []
    rows = selectors.by_status(asked, most=BOARD_MOST)
    for slug, name in Entry.Status.choices:
        if slug != Entry.Status.CANCELLED:
            own = [row for row in rows if row.status == slug]
            icon, level = words.STATUSES[slug]
            head = {"name": name, "icon": icon, "level": level, "n": own[0].n if own else 0, "slug": slug}
            columns.append({**head, "cards": [shown["paint"].card(entry) for entry in own]})
    context = {**shown, "columns": columns, "legend": shown["paint"].legend()}
    return render_page(request, "calendar_app/board.html", "calendar_app/_board.html", context)


@right("calendar.view")
@require_safe
def calendar_export(request: BrandRequest) -> HttpResponse:
    """The entries of the list as a file, which can be brought in again; its columns are told in `sheet`."""
    kind = request.GET.get("file", "csv")
    rows = selectors.entries(Asked.of(request.GET)).select_related("audience", "group")
    rows = rows.prefetch_related("reviewers").order_by("at", "pk")[:EXPORT_MOST]
    lines = (sheet.row(entry_facts(entry), guarded=kind != "xlsx") for entry in rows)
    return table_response(kind, f"calendar-{request.brand.slug}", sheet.COLUMNS, lines)
