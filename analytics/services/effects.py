"""Asks for reports of what worked, computes them in the background, and keeps the posts behind them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import audit, jobs
from accounts.errors import InvalidInput, register_messages
from accounts.models import Brand, User
from analytics import effects
from analytics.models import EffectsReport
from analytics.selectors import effects as selectors

KIND = "analytics.effects"
LONGEST_DAYS = 2 * 366
Step = Callable[[float, str], None]
register_messages(
    {
        "effects_gone": _("The report was deleted before it was computed."),
        "effects_too_long": _("Two years at most are compared at once. Choose a shorter period."),
        "effects_metric": _("“%(value)s” is no figure that posts are compared by. Choose another one."),
    }
)


@dataclass(frozen=True)
class Wanted:
    """The days, both included, and the figure that posts are compared by."""

    start: date
    end: date
    metric: str = "engagements"

    def check(self) -> None:
        if self.end < self.start:
            raise InvalidInput("period_ends_before_start", field="end")
        if (self.end - self.start).days >= LONGEST_DAYS:
            raise InvalidInput("effects_too_long", field="end")
        if self.metric not in EffectsReport.Metric.values:
            raise InvalidInput("effects_metric", field="metric", value=self.metric)


def span(period: str, last: date) -> tuple[date, date]:
    """The first and last day of a period that ends with the day of the latest post, or before it."""
    if period == "quarter":
        end = date(last.year, 3 * ((last.month - 1) // 3) + 1, 1) - timedelta(days=1)
        return date(end.year, end.month - 2, 1), end
    days = 365 if period == "year" else 90
    return last - timedelta(days=days - 1), last


@transaction.atomic
def request_report(brand: Brand, wanted: Wanted, *, by: User | None) -> EffectsReport:
    """Write a report down and have it computed."""
    report = _write_down(brand, wanted, by=by)
    report.job = jobs.enqueue(KIND, brand=brand, by=by, payload={"report": report.pk})
    report.save(update_fields=["job"])
    return report


@transaction.atomic
def report_now(brand: Brand, wanted: Wanted, *, by: User | None = None, step: Step | None = None) -> EffectsReport:
    """Write a report down and compute it at once."""
    report = _write_down(brand, wanted, by=by)
    _compute(report, step or (lambda share, phase: None))
    return report


def again(report: EffectsReport, *, by: User | None) -> EffectsReport:
    """A new report of the same days and figure from what is known now; the old one stays as it was."""
    return request_report(report.brand, Wanted(report.start, report.end, report.metric), by=by)


@transaction.atomic
def remove_report(report: EffectsReport, *, by: User | None) -> None:
    audit.record("effects_report.removed", report, by=by, brand=report.brand, before=_asked(report))
    report.delete()


def _write_down(brand: Brand, wanted: Wanted, *, by: User | None) -> EffectsReport:
    wanted.check()
    # One at a time, so that no two reports of a brand take the same number.
    Brand.objects.select_for_update(no_key=True).get(pk=brand.pk)
    last = EffectsReport.objects.filter(brand=brand).aggregate(last=Max("number"))["last"] or 0
    report = EffectsReport.objects.create(
        brand=brand,
        number=last + 1,
        start=wanted.start,
        end=wanted.end,
        metric=wanted.metric,
        created_by=by,
    )
    audit.record("effects_report.requested", report, by=by, brand=brand, after=_asked(report))
    return report


def _asked(report: EffectsReport) -> dict[str, Any]:
    days = {"start": report.start.isoformat(), "end": report.end.isoformat()}
    return days | {"metric": report.metric, "number": report.number}


def compute_report(report_id: int, *, run: jobs.Run) -> None:
    """Compute a requested report once; ends `run` in the transaction that stores the result."""
    with transaction.atomic():
        report = (
            EffectsReport.objects.select_for_update(of=("self",))
            .select_related("brand")
            .filter(pk=report_id)
            .first()
        )
        if report is None:
            raise InvalidInput("effects_gone")
        if report.state != EffectsReport.State.DONE:
            _compute(report, run.progress)
        run.finish({"report": report.pk})


def _compute(report: EffectsReport, step: Step) -> None:
    counted = selectors.read_posts(report.brand, report.start, report.end, report.metric, step=step)
    step(0.6, "fitting")
    found = effects.fit(counted.posts)
    step(0.95, "storing")
    single = [each.post for each in (*found.outliers, *found.best, *found.worst)]
    report.inputs = counted.as_json()
    report.posts = effects.pack(counted.posts)
    report.results = effects.as_json(found) | {"named": selectors.named(report.brand, selectors.told(single))}
    report.state = EffectsReport.State.DONE
    report.computed_at = timezone.now()
    report.save()
