"""Objectives: the list, the tree, one with its readings, and putting one aside."""

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import BrandRequest, right
from accounts.edit_pages import show_delete
from accounts.htmx import render_page
from accounts.selectors import people_of
from accounts.table_files import table_response
from strategy import campaign_words, smart
from strategy import objective_words as words
from strategy.kpis import KPIS, STAGES
from strategy.models import Objective, ObjectiveReading
from strategy.objective_charts import chart
from strategy.objective_rows import brand_day, home, kpi_facts, list_row, tree_row
from strategy.selectors import campaigns
from strategy.selectors import objectives as selectors
from strategy.selectors.objectives import Asked, Judged
from strategy.services import objectives as services
from strategy.services.readings import asks

PER_PAGE = 25
READINGS_PER_PAGE = 26


@right("strategy.view")
@require_safe
def objectives(request: BrandRequest) -> HttpResponse:
    """What the brand wants to reach and how far it is, what needs attention first."""
    asked = Asked.of(request.GET)
    rows = selectors.listed(asked, today=brand_day(request))
    counts = selectors.counts(rows)
    shown_rows = [row for row in rows if not asked.status or row.status == asked.status]
    page = Paginator(shown_rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [list_row(row, request.brand.currency) for row in page],
        "asked": asked,
        "counts": [(words.status(slug), counts[slug]) for slug in selectors.STATUSES],
        "stages": [(slug, words.stage_name(slug)) for slug in STAGES],
        "audiences": selectors.audiences(),
        "owners": people_of(request.brand),
        "sorts": _sorts(),
        "tab": "list",
    }
    return render_page(request, "strategy/objectives.html", "strategy/_objectives.html", context)


def _sorts() -> list[tuple[str, str]]:
    return [
        ("attention", _("What needs attention first")),
        ("deadline", _("Nearest deadline first")),
        ("-deadline", _("Farthest deadline first")),
        ("-attainment", _("Farthest on its way first")),
        ("statement", _("By name")),
    ]


@right("strategy.view")
@require_safe
def objectives_export(request: BrandRequest) -> HttpResponse:
    """The objectives of the list as a file, unrounded."""
    asked = Asked.of(request.GET)
    names = ("statement", "kpi", "counting", "direction", "baseline", "target", "start", "deadline")
    header = [*names, "goal", "audience", "platforms", "owner", "status", "day", "value", "attainment"]
    header += ["forecast", "forecast_low", "forecast_high", "chance"]
    rows = [
        _export_row(row, names)
        for row in selectors.listed(asked, today=brand_day(request))
        if not asked.status or row.status == asked.status
    ]
    return table_response(request.GET.get("file", "csv"), f"objectives-{request.brand.slug}", header, rows)


def _export_row(row: Judged, names: tuple[str, ...]) -> list[Any]:
    objective, found = row.objective, row.progress
    own = [getattr(objective, name) for name in names]
    tied = [objective.goal or "", objective.audience or "", ", ".join(objective.platforms), objective.owner or ""]
    told = [row.status, found.now.day if found.now else None, found.now.value if found.now else None]
    foretold = found.forecast
    ahead = [foretold.value, foretold.low, foretold.high, foretold.chance] if foretold else [None] * 4
    cells = [*own, *map(str, tied), *told, found.attainment, *ahead]
    return ["" if c is None else c if isinstance(c, int | float | str) else str(c) for c in cells]


@right("strategy.view")
@require_safe
def objectives_tree(request: BrandRequest) -> HttpResponse:
    """From business goals to objectives to what shows them."""
    branches = selectors.tree(today=brand_day(request))

    def shown_node(node: selectors.Node) -> dict[str, Any]:
        parts = [shown_node(part) for part in node.parts]
        return {"row": tree_row(node.judged, request.brand.currency), "parts": parts}

    context = {
        "branches": [
            {"goal": branch.goal, "nodes": [shown_node(node) for node in branch.nodes]} for branch in branches
        ],
        "tab": "tree",
    }
    return render(request, "strategy/objectives_tree.html", context)


# --- one objective ---------------------------------------------------------------------------------------------


@right("strategy.view")
@require_safe
def objective_detail(request: BrandRequest, objective_id: int) -> HttpResponse:
    """How far it is, why, the picture and the readings."""
    found = Objective.objects.select_related("goal", "parent", "audience", "owner")
    objective = get_object_or_404(found, pk=objective_id)
    today, currency = brand_day(request), request.brand.currency
    told = selectors.told(objective)
    row = selectors.judged(objective, today=today)
    kpi = KPIS[objective.kpi]
    ground = selectors.ground(asks(objective), kpi=objective.kpi, platforms=objective.platforms)
    page = Paginator(told[::-1], READINGS_PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "objective": objective,
        "row": list_row(row, request.brand.currency),
        "progress": row.progress,
        "kpi": kpi,
        "campaigns": [
            (each, campaign_words.status(each)) for each in campaigns.serving(criteria__objective=objective)
        ],
        "baseline_source": words.source(objective.baseline_source),
        "facts": kpi_facts(objective.kpi, request.brand.currency),
        "smart": words.smart(smart.weaknesses(selectors.draft(objective, ground.attainable.verdict))),
        "attainable": words.attainable(kpi, objective.counting, ground.attainable, currency),
        "chart": chart(objective, told, row.progress, currency),
        "chart_title": _("%(kpi)s on its way to the target") % {"kpi": words.kpi_name(objective.kpi)},
        "pace": words.pace(row.progress),
        "outlook": words.outlook(kpi, row.progress, currency),
        "under": _under(objective, told, currency),
        "page": page,
        "readings": [_reading_row(objective, reading, currency) for reading in page],
        "parts": [tree_row(part, currency) for part in selectors.parts(objective, today=today)],
    }
    return render(request, "strategy/objective_detail.html", context)


def _under(objective: Objective, told: list[ObjectiveReading], currency: str) -> str:
    """Unit, n and source, for the line under the picture."""
    kpi = KPIS[objective.kpi]
    by_import = sum(reading.source == ObjectiveReading.Source.IMPORT for reading in told)
    parts = [words.unit(kpi, currency), words.counted(objective), _("n = %(n)s readings") % {"n": len(told)}]
    if by_import:
        parts.append(_("%(n)s from %(feeds)s") % {"n": by_import, "feeds": words.feeds(kpi)})
    if len(told) > by_import:
        parts.append(_("%(n)s by hand") % {"n": len(told) - by_import})
    return ", ".join(part for part in parts if part)


def _reading_row(objective: Objective, reading: ObjectiveReading, currency: str) -> dict[str, Any]:
    kpi = KPIS[objective.kpi]
    interval = ""
    if reading.low is not None and reading.high is not None:
        low, high = (words.value(kpi, end, currency) for end in (reading.low, reading.high))
        interval = _("%(low)s to %(high)s") % {"low": low, "high": high}
    by_hand = reading.source == ObjectiveReading.Source.HAND
    return {
        "reading": reading,
        "day": words.day(reading.day),
        "value": words.value(kpi, reading.value, currency),
        "interval": interval,
        "rests_on": words.rests_on(kpi, reading.n),
        "source": reading.get_source_display(),
        "by_hand": by_hand,
    }


@right("strategy.edit")
@require_POST
def objective_archive(request: BrandRequest, objective_id: int) -> HttpResponse:
    """Put aside, or with `restore` bring back."""
    objective = _objective(objective_id)
    if "restore" in request.POST:
        services.restore(objective, by=request.user)
        messages.success(request, _("The objective is active again."))
    else:
        services.archive(objective, by=request.user)
        messages.success(request, _("The objective is archived."))
    return redirect(home(request, objective))


@right("strategy.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def objective_delete(request: BrandRequest, objective_id: int) -> HttpResponse:
    objective = _objective(objective_id)
    return show_delete(
        request,
        objective,
        question=_("Delete this objective and its readings?"),
        removed=_("The objective is deleted."),
        remove=services.remove,
        back=home(request, None if request.method == "POST" else objective),
    )


def _objective(objective_id: int) -> Objective:
    return get_object_or_404(Objective.objects.select_related("brand"), pk=objective_id)
