"""The picture of an objective: its readings, the way to the target, and what is forecast."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from strategy import objective_words as words
from strategy.kpis import KPIS
from strategy.models import Objective, ObjectiveReading
from strategy.progress import Progress

LEAST_POINTS = 3
AHEAD, WAY = "#3d8fc4", "#7a869a"  # seen on light and on dark ground
BAND = "rgba(86, 180, 233, 0.22)"


def chart(
    objective: Objective, told: Sequence[ObjectiveReading], progress: Progress, currency: str
) -> dict[str, Any] | None:
    """A figure for components/chart.html; None for fewer than three readings."""
    if len(told) < LEAST_POINTS:
        return None
    kpi = KPIS[objective.kpi]
    first, last = objective.start.isoformat(), objective.deadline.isoformat()
    # The first two take the theme's first two colours, whatever is drawn behind them.
    data: list[dict[str, Any]] = [
        {
            "type": "scatter",
            "mode": "lines+markers" if len(told) <= 60 else "lines",
            "x": [reading.day.isoformat() for reading in told],
            "y": [reading.value for reading in told],
            "name": words.kpi_name(objective.kpi),
            "line": {"width": 2},
            "marker": {"size": 6, "symbol": [_symbol(reading) for reading in told]},
        }
    ]
    if objective.target is not None:
        data.append(_line([first, last], [objective.target] * 2, _("target"), dash="dash"))
    data += [*_interval(told), *_forecast(objective, progress), *_way(objective)]
    axis: dict[str, Any] = {"rangemode": "tozero" if _near_zero(objective, told) else "normal"}
    if kpi.unit == "percent":
        axis["tickformat"] = ",.2~%"
        axis["hoverformat"] = ",.2%"
    elif kpi.unit == "money":
        axis["title"] = {"text": currency}
    layout = {
        "height": 360,
        "showlegend": False,
        "yaxis": axis,
        "xaxis": {"type": "date", "range": [first, _after(objective, told).isoformat()]},
        "margin": {"l": 56, "r": 16, "t": 16, "b": 32},
        "annotations": list(_labels(objective, progress)),
    }
    return {"data": data, "layout": layout}


def _symbol(reading: ObjectiveReading) -> str:
    return "circle" if reading.source == ObjectiveReading.Source.IMPORT else "diamond"


def _near_zero(objective: Objective, told: Sequence[ObjectiveReading]) -> bool:
    """Whether an axis from zero wastes less than half of the picture."""
    values = [reading.value for reading in told] + ([] if objective.target is None else [objective.target])
    return min(values) >= 0 and min(values) < max(values) / 2


def _line(x: list[str], y: list[float], name: str, colour: str = "", *, dash: str) -> dict[str, Any]:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": x,
        "y": y,
        "name": name,
        "line": {"width": 1.5, "dash": dash} | ({"color": colour} if colour else {}),
    }


def _interval(told: Sequence[ObjectiveReading]) -> list[dict[str, Any]]:
    """The band in which 90 % of such readings lie, where they are rates of a sample."""
    known = [reading for reading in told if reading.low is not None and reading.high is not None]
    if len(known) < LEAST_POINTS:
        return []
    days = [reading.day.isoformat() for reading in known]
    edge = {"type": "scatter", "mode": "lines", "x": days, "line": {"width": 0}, "hoverinfo": "skip"}
    high = edge | {"y": [reading.high for reading in known], "name": _("90 %, upper end")}
    low = edge | {"y": [reading.low for reading in known], "fill": "tonexty", "fillcolor": BAND}
    return [high, low | {"name": _("90 %, lower end")}]


def _forecast(objective: Objective, progress: Progress) -> list[dict[str, Any]]:
    now, foretold = progress.now, progress.forecast
    if now is None or foretold is None:
        return []
    days = [now.day.isoformat(), objective.deadline.isoformat()]
    low = foretold.low if KPIS[objective.kpi].may_be_negative else max(foretold.low, 0.0)
    edge = {"type": "scatter", "mode": "lines", "x": days, "line": {"width": 0}, "hoverinfo": "skip"}
    high = edge | {"y": [now.value, foretold.high], "name": _("forecast, upper end")}
    bottom = edge | {"y": [now.value, low], "fill": "tonexty", "fillcolor": BAND, "name": _("forecast, lower end")}
    return [high, bottom, _line(days, [now.value, foretold.value], _("forecast"), AHEAD, dash="dot")]


def _way(objective: Objective) -> list[dict[str, Any]]:
    """The straight way from the baseline to the target."""
    origin = 0.0 if objective.counting == Objective.Counting.TOTAL else objective.baseline
    if objective.target is None or origin is None:
        return []
    days = [objective.start.isoformat(), objective.deadline.isoformat()]
    return [_line(days, [origin, objective.target], _("even pace"), WAY, dash="longdashdot")]


def _labels(objective: Objective, progress: Progress) -> list[dict[str, Any]]:
    last = objective.deadline.isoformat()
    at = {"x": last, "xanchor": "right", "showarrow": False}
    found = []
    if objective.target is not None:
        found.append(at | {"y": objective.target, "text": _("target"), "yshift": 10})
    if progress.forecast is not None:
        below = progress.forecast.value < (objective.target or 0)
        place = {"y": progress.forecast.value, "text": _("forecast"), "yshift": -14 if below else 14}
        found.append(at | place)
    return found


def _after(objective: Objective, told: Sequence[ObjectiveReading]) -> date:
    """The end of the axis: the deadline, or the last reading if that is later."""
    return max(objective.deadline, told[-1].day) + timedelta(days=2)
