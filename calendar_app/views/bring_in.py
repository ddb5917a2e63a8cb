"""Bringing entries in: what is handed in, the look at every line, and what came of it."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import BrandRequest, right
from accounts.asked import numbers, one_of
from accounts.errors import AppError, InvalidInput
from accounts.htmx import render_page
from accounts.models import Job
from accounts.table_files import table_response
from accounts.views.jobs import destination
from calendar_app import sheet, sheet_words
from calendar_app.forms import HandInForm
from calendar_app.models import EntryImport, EntryImportLine
from calendar_app.services import bringing_in, handed_in
from strategy.objective_rows import brand_day

PER_PAGE, EARLIER = 100, 10
Kind, State = EntryImportLine.Kind, EntryImport.State
STEPS = (gettext_lazy("Choose"), gettext_lazy("Look at every line"), gettext_lazy("In the calendar"))


@right("calendar.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def entries_in(request: BrandRequest) -> HttpResponse:
    """Hand a file in, or (`plans`) take what imported calendars plan."""
    form = HandInForm(request.POST or None, request.FILES or None)
    today, error = brand_day(request), ""
    if request.method == "POST":
        try:
            handed = _handed(request, form)
            kept = bringing_in.look(request.brand, handed, by=request.user, today=today)
            return redirect("entry_import", request.brand.slug, kept.pk)
        except InvalidInput as problem:
            error = str(problem)
    earlier = EntryImport.objects.select_related("by").annotate(
        n=Count("lines", filter=Q(lines__made_version__isnull=False))
    )
    context = {
        "steps": STEPS,
        "form": form,
        "error": error,
        "planned": sum(1 for _row in handed_in.plans(request.brand, today=today)),
        "columns": sheet.COLUMNS,
        "most": handed_in.MOST_LINES,
        "earlier": [{"row": row, "state": _state(row)} for row in earlier[:EARLIER]],
    }
    return render(request, "calendar_app/bring_in.html", context, status=422 if error else 200)


def _handed(request: BrandRequest, form: HandInForm) -> handed_in.Handed:
    if not form.is_valid():
        raise InvalidInput("in_no_file", field="file")
    told = form.cleaned_data
    if "plans" in request.POST:
        return handed_in.read_plans(request.brand, today=brand_day(request), channel=told["channel"])
    if not told["file"]:
        raise InvalidInput("in_no_file", field="file")
    return handed_in.read_file(request.brand, told["file"], order=told["order"], channel=told["channel"])


def _state(row: EntryImport) -> dict[str, str]:
    icon, level = sheet_words.STATES[row.state]
    return {"text": str(row.get_state_display()), "icon": icon, "level": level}


@right("calendar.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def entry_import(request: BrandRequest, entry_import_id: int) -> HttpResponse:
    """Every line with what becomes of it; `do` is keep, confirm, discard or undo."""
    kept = get_object_or_404(EntryImport.objects.select_related("brand", "by"), pk=entry_import_id)
    if request.method == "POST":
        return _do(request, kept, request.POST.get("do", ""))
    counts = dict(kept.lines.order_by().values_list("kind").annotate(n=Count("pk")))
    kind = one_of(request.GET, "kind", Kind.values)
    rows = kept.lines.filter(kind=kind) if kind else kept.lines.all()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "steps": STEPS,
        "kept": kept,
        "step": 2 if kept.state == State.OPEN else 3,
        "state": _state(kept),
        "tabs": _tabs(counts, kind),
        "kind": kind,
        "page": page,
        "lines": [sheet_words.line(row, kept.titles) for row in page],
        "wrong": counts.get(Kind.WRONG, 0),
        "ticked": kept.lines.filter(taken=True).count(),
        "made": kept.lines.exclude(made_version=None).count(),
    }
    return render_page(request, "calendar_app/entry_import.html", "calendar_app/_entry_import.html", context)


@destination(bringing_in.KIND)
def _result(job: Job) -> str:
    return reverse("entry_import", args=[job.brand.slug, job.payload["import"]])


def _tabs(counts: dict[str, int], kind: str) -> list[dict[str, Any]]:
    tabs = [{"label": _("All lines"), "n": sum(counts.values()), "url": "?", "current": not kind}]
    for slug, label in Kind.choices:
        if counts.get(slug):
            label = str(label)
            told = {"label": label[:1].upper() + label[1:], "n": counts[slug]}
            tabs.append({**told, "url": f"?kind={slug}", "current": kind == slug})
    return tabs


def _do(request: BrandRequest, kept: EntryImport, what: str) -> HttpResponse:
    try:
        if what in ("keep", "confirm"):
            shown, ticked = numbers(request.POST, "shown"), numbers(request.POST, "take")
            bringing_in.choose(kept, shown=shown, ticked=ticked)
        if what == "confirm" and (job := bringing_in.request(kept, by=request.user)):
            return redirect("job", request.brand.slug, job.pk)
        if what == "confirm":
            made = bringing_in.confirm(kept, by=request.user, today=brand_day(request))
            messages.success(request, _made(made))
        elif what == "discard":
            bringing_in.discard(kept)
            messages.success(request, _("Discarded. Nothing of it is in the calendar."))
            return redirect("entries_in", request.brand.slug)
        elif what == "undo":
            bringing_in.undo(kept, by=request.user)
            messages.success(request, _("Taken back: the calendar is as it was before."))
    except AppError as error:
        messages.error(request, str(error))
    return redirect(request.get_full_path() if what == "keep" else request.path)


def _made(made: dict[str, int]) -> str:
    new, changed = made.get(Kind.NEW, 0), made.get(Kind.CHANGED, 0)
    told = [
        ngettext("%(n)s new entry", "%(n)s new entries", new) % {"n": new} if new else "",
        ngettext("%(n)s entry changed", "%(n)s entries changed", changed) % {"n": changed} if changed else "",
    ]
    return ", ".join(filter(None, told)) + "."


@right("calendar.edit")
@require_safe
def entry_import_rejected(request: BrandRequest, entry_import_id: int) -> HttpResponse:
    """The lines that were not taken, as a file: with the reason, to be mended and handed in again."""
    kept = get_object_or_404(EntryImport, pk=entry_import_id)
    rows = list(kept.lines.filter(kind__in=(Kind.WRONG, Kind.CLASH)))
    columns = [name for name in sheet.COLUMNS if any(row.told.get(name) for row in rows)]
    lines = [
        [*(row.told.get(name, "") for name in columns), row.number, _reason(row, kept.titles)] for row in rows
    ]
    header = [*columns, "line", "reason"]
    return table_response(request.GET.get("file", "csv"), f"calendar-{request.brand.slug}-rejected", header, lines)


def _reason(row: EntryImportLine, titles: dict[str, str]) -> str:
    if row.kind == Kind.CLASH:
        return _("Somebody changed this entry since the export. Export it again.")
    told = [f"{each['column']}: {each['text']}" for each in sheet_words.problems(row, titles)]
    return " ".join(told)
