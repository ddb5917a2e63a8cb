"""The history of imports: who brought in what and when, and the same as a file."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.http import HttpResponse, QueryDict
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.access import BrandRequest, right
from accounts.htmx import render_page
from accounts.table_files import Cell, table_response
from analytics import import_pages
from analytics.models import ImportBatch, ImportFile
from analytics.selectors import import_history as selectors
from analytics.selectors.import_history import Asked

PER_PAGE = 25
COUNTS = ("rows", "created", "updated", "unchanged", "ignored", "rejected")
State = ImportBatch.State


@right("imports.view")
@require_safe
def imports(request: BrandRequest) -> HttpResponse:
    asked = _asked(request.GET)
    page = Paginator(selectors.batches(request.brand, asked), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [import_pages.batch_line(batch) for batch in page],
        "asked": asked,
        "states": State.choices,
        "kinds": list(import_pages.KINDS.items()),
        "people": selectors.importers(),
    }
    return render_page(request, "analytics/imports.html", "analytics/_imports.html", context)


@right("imports.view")
@require_safe
def imports_export(request: BrandRequest) -> HttpResponse:
    """Every file of the imports asked for, as CSV or XLSX."""
    kind = "xlsx" if request.GET.get("file") == "xlsx" else "csv"
    found = selectors.files(request.brand, _asked(request.GET))
    rows = _lines(found, ZoneInfo(request.brand.time_zone))
    return table_response(kind, f"{request.brand.slug}-imports", _header(), rows)


def _asked(values: QueryDict) -> Asked:
    """What the address asks for; what cannot be read narrows nothing."""
    state, kind, by = (values.get(name, "") for name in ("state", "kind", "by"))
    return Asked(
        text=values.get("q", "").strip()[:200],
        state=state if state in State.values else "",
        kind=kind if kind in import_pages.KINDS else "",
        by=int(by) if by.isdecimal() else None,
        start=_day(values.get("from")),
        end=_day(values.get("to")),
    )


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def _header() -> list[str]:
    names = [_("import"), _("state"), _("uploaded"), _("by"), _("undone"), _("file"), _("SHA-256"), _("bytes")]
    names += [_("format"), _("holds"), _("figures as of"), _("rows"), _("added"), _("updated")]
    return [*names, _("unchanged"), _("left out"), _("rejected")]


def _lines(files: Iterator[ImportFile], zone: ZoneInfo) -> Iterator[list[Cell]]:
    for file in files:
        batch = file.batch
        yield [
            *(batch.pk, batch.get_state_display(), _moment(batch.created_at, zone), _person(batch.created_by)),
            *(_moment(batch.undone_at, zone), file.name, file.sha256, file.size),
            *(import_pages.title(file), str(import_pages.KINDS.get(file.kind, ""))),
            _moment(file.as_of, zone),
            *(getattr(file, name) if file.done_at else "" for name in COUNTS),
        ]


def _moment(value: datetime | None, zone: ZoneInfo) -> str:
    return value.astimezone(zone).strftime("%Y-%m-%d %H:%M") if value else ""


def _person(user: Any) -> str:
    return str(user) if user else _("by a command")
