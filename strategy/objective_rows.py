"""What several pages of objectives show: a row of the list, and what the catalogue says of a KPI."""

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.access import BrandRequest
from strategy import objective_words as words
from strategy.kpis import KPIS
from strategy.models import Objective
from strategy.selectors.objectives import Judged


def brand_day(request: BrandRequest) -> date:
    """The day on the brand's clock."""
    return timezone.localdate(timezone=ZoneInfo(request.brand.time_zone))


def home(request: BrandRequest, objective: Objective | None = None) -> str:
    """The address of an objective, or of the list."""
    slug = request.brand.slug
    if objective is None:
        return reverse("objectives", args=[slug])
    return reverse("objective_detail", args=[slug, objective.pk])


def list_row(row: Judged, currency: str) -> dict[str, Any]:
    """An objective as lists, trees and the overview show it, in words."""
    objective = row.objective
    kpi = KPIS[objective.kpi]
    now = row.progress.now
    foretold = row.progress.forecast
    return {
        "objective": objective,
        "status": words.status(row.status),
        "why": words.why(objective, row.progress, currency),
        "kpi": words.kpi_name(objective.kpi),
        "counted": words.counted(objective),
        "now": words.value(kpi, now.value, currency) if now else "",
        "now_day": words.day(now.day) if now else "",
        "target": words.value(kpi, objective.target, currency),
        "baseline": words.value(kpi, objective.baseline, currency),
        "deadline": words.day(objective.deadline),
        "gone": _share(row.progress.attainment),
        "elapsed": _share(row.progress.elapsed),
        "forecast": words.forecast_facts(kpi, foretold, currency) if foretold else None,
        "weak": sorted({weakness.letter for weakness in row.weak}, key="SMART".index),
        "trail": row.trail,
    }


def _share(share: float | None) -> dict[str, Any] | None:
    """A share for a bar, which ends at 0 and 1, and in words, which do not."""
    if share is None:
        return None
    return {"bar": min(max(round(share, 3), 0), 1), "text": words.percent(share), "behind": share < 0}


def tree_row(row: Judged, currency: str) -> dict[str, Any]:
    """An objective as the tree shows it."""
    objective, now = row.objective, row.progress.now
    kpi = KPIS[objective.kpi]
    return {
        "objective": objective,
        "status": words.status(row.status),
        "kpi": words.kpi_name(objective.kpi),
        "counted": words.counted(objective),
        "now": words.value(kpi, now.value, currency) if now else "",
        "target": words.value(kpi, objective.target, currency),
        "deadline": words.day(objective.deadline),
    }


def kpi_facts(slug: str, currency: str) -> dict[str, Any] | None:
    """What the catalogue says of a KPI."""
    if (kpi := KPIS.get(slug)) is None:
        return None
    return {
        "name": words.kpi_name(slug),
        "stage": words.stage_name(kpi.stage),
        "formula": _(kpi.formula),
        "unit": words.unit(kpi, currency),
        "direction": words.DIRECTIONS[kpi.direction],
        "feeds": words.feeds(kpi),
        "is_imported": kpi.is_imported,
        "countings": [words.COUNTINGS[counting] for counting in kpi.countings],
    }
