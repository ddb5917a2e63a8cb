"""Asks for reports of cost and return, computes them in the background, and keeps what they were computed from."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pandas as pd
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import audit, jobs
from accounts.errors import InvalidInput, register_messages
from accounts.models import Brand, User
from analytics import roi
from analytics.models import RoiReport
from analytics.selectors import roi as selectors

KIND = "analytics.roi_report"
LONGEST_DAYS = 5 * 366
SOURCES = ("auto", "shop", "ga4", "ads")
register_messages(
    {
        "report_gone": _("The report was deleted before it was computed."),
        "period_ends_before_start": _("The period ends before it starts. Swap the days or correct one."),
        "period_too_long": _("A report spans five years at most. Choose a shorter period."),
        "unknown_source": _("“%(value)s” counts no conversions. Choose one of: auto, shop, ga4, ads."),
        "report_currency_unknown": _("“%(value)s” is not a currency. Give its three letters (ISO 4217)."),
    }
)
Step = Callable[[float, str], None]


@dataclass(frozen=True)
class Wanted:
    """What a report is to be about. `revenue_currency` is what is meant where an export tells no currency."""

    start: date
    end: date
    title: str = ""
    source: str = "auto"
    revenue_currency: str = ""

    def check(self) -> None:
        if self.end < self.start:
            raise InvalidInput("period_ends_before_start", field="end")
        if (self.end - self.start).days >= LONGEST_DAYS:
            raise InvalidInput("period_too_long", field="end")
        if self.source not in SOURCES:
            raise InvalidInput("unknown_source", field="source", value=self.source)
        if self.revenue_currency and not (len(self.revenue_currency) == 3 and self.revenue_currency.isupper()):
            raise InvalidInput("report_currency_unknown", field="revenue_currency", value=self.revenue_currency)

    def options(self) -> dict[str, str]:
        return {"source": self.source, "revenue_currency": self.revenue_currency}


@transaction.atomic
def request_report(brand: Brand, wanted: Wanted, *, by: User | None) -> RoiReport:
    """Write a report down and have it computed."""
    report = _write_down(brand, wanted, by=by)
    report.job = jobs.enqueue(KIND, brand=brand, by=by, payload={"report": report.pk})
    report.save(update_fields=["job"])
    return report


@transaction.atomic
def report_now(brand: Brand, wanted: Wanted, *, by: User | None = None, step: Step | None = None) -> RoiReport:
    """Write a report down and compute it at once."""
    report = _write_down(brand, wanted, by=by)
    _compute(report, step or (lambda share, phase: None))
    return report


def again(report: RoiReport, *, by: User | None, revenue_currency: str | None = None) -> RoiReport:
    """A new report of the same period from what is known now; the old one stays as it was."""
    options = (report.inputs or {}).get("options", {})
    told = options.get("revenue_currency", "") if revenue_currency is None else revenue_currency
    source = options.get("source", "auto")
    wanted = Wanted(report.start, report.end, report.title, source, told)
    return request_report(report.brand, wanted, by=by)


@transaction.atomic
def remove_report(report: RoiReport, *, by: User | None) -> None:
    audit.record("roi_report.removed", report, by=by, brand=report.brand, before=_span(report))
    report.delete()


def _write_down(brand: Brand, wanted: Wanted, *, by: User | None) -> RoiReport:
    wanted.check()
    report = RoiReport.objects.create(
        brand=brand,
        title=wanted.title.strip(),
        start=wanted.start,
        end=wanted.end,
        currency=brand.currency,
        inputs={"options": wanted.options()},
        created_by=by,
    )
    audit.record("roi_report.requested", report, by=by, brand=brand, after=_span(report) | wanted.options())
    return report


def _span(report: RoiReport) -> dict[str, str]:
    return {"start": report.start.isoformat(), "end": report.end.isoformat()}


def compute_report(report_id: int, *, run: jobs.Run) -> None:
    """Compute a requested report once; ends `run` in the transaction that stores the result."""
    with transaction.atomic():
        report = (
            RoiReport.objects.select_for_update(of=("self",)).select_related("brand").filter(pk=report_id).first()
        )
        if report is None:
            raise InvalidInput("report_gone")
        if report.state != RoiReport.State.DONE:
            _compute(report, run.progress)
        run.finish({"report": report.pk})


def _compute(report: RoiReport, step: Step) -> None:
    options = report.inputs["options"]
    inputs = selectors.read_inputs(report.brand, report.start, report.end, step=step)
    step(0.75, "figures")
    results = compute_from(inputs, report, options)
    step(0.95, "storing")
    report.inputs = {"options": options, **freeze(inputs)}
    report.results = results
    report.state = RoiReport.State.DONE
    report.computed_at = timezone.now()
    report.save()


def compute_from(inputs: selectors.Inputs, report: RoiReport, options: dict[str, str]) -> dict[str, Any]:
    """The results of a report, in JSON types, from its inputs."""
    computed = roi.compute(
        inputs.costs,
        inputs.conversions,
        inputs.posts,
        start=report.start,
        end=report.end,
        currency=report.currency,
        rates=inputs.rates,
        stated_values=inputs.stated_values,
        **options,
    )
    return roi.as_json(computed) | {"replies_left_out": inputs.replies}


def freeze(inputs: selectors.Inputs) -> dict[str, Any]:
    """The inputs as they were, column by column, so that the report can be computed again years later."""
    frames = {name: getattr(inputs, name) for name in ("costs", "conversions", "posts", "rates", "stated_values")}
    return {name: _columns(frame) for name, frame in frames.items()} | {"replies": inputs.replies}


def thaw(stored: dict[str, Any]) -> selectors.Inputs:
    """The inputs that `freeze` stored."""
    return selectors.Inputs(
        costs=_frame(stored["costs"]),
        conversions=_frame(stored["conversions"]),
        posts=_frame(stored["posts"]),
        rates=_frame(stored["rates"]),
        stated_values=_frame(stored["stated_values"]),
        replies=stored["replies"],
    )


DATES = frozenset({"start", "end", "day", "month", "valid_from"})
DECIMALS = frozenset(
    {"amount", "results", "conversions", "conversion_value", "count", "value", "rate", "probability"}
)


def _columns(frame: pd.DataFrame) -> dict[str, list[Any]]:
    found = {}
    for name in frame.columns:
        values = frame[name].tolist()
        found[name] = [None if value is None else _plain(value) for value in values]
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, Decimal):
        return str(value)
    return value.isoformat() if hasattr(value, "isoformat") else value


def _frame(columns: dict[str, list[Any]]) -> pd.DataFrame:
    thawed = {name: [_thawed(name, value) for value in values] for name, values in columns.items()}
    return pd.DataFrame(thawed, dtype=object)


def _thawed(name: str, value: Any) -> Any:
    if value is None:
        return None
    if name in DATES:
        return date.fromisoformat(value)
    if name == "as_of":
        return datetime.fromisoformat(value)
    return Decimal(value) if name in DECIMALS else value
