"""Deciding on which platforms the brand is, and how the parts of a platform's fit are weighed."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import rows
from accounts.errors import InvalidInput, Stale, register_messages
from accounts.models import Brand, User
from strategy.catalogue import FORMATS, catalogue
from strategy.models import FitSettings, PlatformChoice
from strategy.platform_fit import PARTS, Fit, suggestion
from strategy.selectors import platforms as selectors

register_messages(
    {
        "no_such_platform": _("The catalogue holds no such platform. Choose one of it."),
        "review_in_the_past": _("The day of the review has passed. Choose one from today on."),
        "no_weight": _("One part at least must weigh something, or nothing can be scored."),
        "weight_out_of_range": _("A weight is a whole number from 0 to 100. Correct it."),
        "hours_without_format": _("A piece takes more than 0 hours. Correct it, or untick the format."),
    }
)


def decide(brand: Brand, *, by: User | None, values: Mapping[str, Any]) -> PlatformChoice:
    """Take the decision on a platform, with the score as it stands now.

    values: platform, decision, reason, review_on. Raises InvalidInput naming the field.
    """
    if values.get("platform") not in catalogue():
        raise InvalidInput("no_such_platform", field="platform")
    choice = PlatformChoice(brand=brand)
    taken = _taken(brand, values["platform"], values, by=by)
    return rows.add(
        choice, taken | {"platform": values["platform"]}, by=by, action="platform.decided", twice="decision"
    )


def decide_again(
    choice: PlatformChoice, *, by: User | None, version: int, values: Mapping[str, Any]
) -> PlatformChoice:
    """Decide anew; raises Stale when somebody else did so meanwhile."""
    taken = _taken(choice.brand, choice.platform, values, by=by, before=choice.review_on)
    return rows.change(choice, by=by, version=version, values=taken, action="platform.decided_again")


def _taken(
    brand: Brand, platform: str, values: Mapping[str, Any], *, by: User | None, before: date | None = None
) -> dict[str, Any]:
    review = values.get("review_on")
    today = timezone.localdate(timezone=ZoneInfo(brand.time_zone))
    if review is not None and review < today and review != before:
        raise InvalidInput("review_in_the_past", field="review_on")
    fit = selectors.standing(selectors.basis(), platform).fit
    return {
        "decision": values["decision"],
        "reason": values["reason"],
        "review_on": review,
        "score": fit.score,
        "breakdown": breakdown(fit),
        "overruled": overrules(values["decision"], fit),
        "decided_by": by,
        "decided_at": timezone.now(),
    }


def overrules(decision: str, fit: Fit) -> bool:
    """Whether a decision goes against what the score says of itself."""
    said = suggestion(fit.score, thin=fit.is_thin)
    return (said, decision) in {
        ("for", PlatformChoice.Decision.REJECTED),
        ("against", PlatformChoice.Decision.CHOSEN),
    }


def breakdown(fit: Fit) -> dict[str, Any]:
    """A fit as it is kept with a decision: score, and of each part value, weight, certainty and facts."""
    return {"score": fit.score, "parts": [asdict(part) for part in fit.parts]}


@transaction.atomic
def save_settings(
    brand: Brand,
    *,
    by: User | None,
    version: int,
    weights: Mapping[str, int],
    hours_per_week: Any,
    formats: Mapping[str, Mapping[str, Any]],
) -> FitSettings:
    """Save how the parts weigh (0 to 100 each) and what the team can produce.

    formats: by format whether the team makes it ("can") and the hours a piece takes ("hours"). Raises InvalidInput
    naming the field, Stale when somebody else saved meanwhile.
    """
    values = {
        "weights": _checked_weights(weights),
        "hours_per_week": hours_per_week,
        "formats": _checked_formats(formats),
    }
    row = FitSettings.objects.first()
    if row is not None:
        return rows.change(row, by=by, version=version, values=values, action="platform_settings.changed")
    try:
        return rows.add(
            FitSettings(brand=brand), values, by=by, action="platform_settings.changed", twice="version"
        )
    except InvalidInput as error:
        if error.code == "twice":
            raise Stale("stale", version=1) from error
        raise


def _checked_weights(weights: Mapping[str, int]) -> dict[str, float]:
    found = {name: weights[name] for name in PARTS}
    for name, value in found.items():
        if value is None or not 0 <= value <= 100:
            raise InvalidInput("weight_out_of_range", field=f"weight_{name}")
    if not any(found.values()):
        raise InvalidInput("no_weight", field=f"weight_{PARTS[0]}")
    return {name: value / 100 for name, value in found.items()}


def _checked_formats(formats: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    kept: dict[str, dict[str, Any]] = {}
    for name in FORMATS:
        told = formats.get(name, {})
        can, hours = bool(told.get("can")), told.get("hours")
        if can and (hours is None or hours <= 0):
            raise InvalidInput("hours_without_format", field=f"hours_{name}")
        if can or hours is not None:
            kept[name] = {"can": can, "hours": None if hours is None else float(hours)}
    return kept


def withdraw(choice: PlatformChoice, *, by: User | None) -> None:
    """Take a decision back, as if none had been taken."""
    fields = ("platform", "decision", "reason", "score", "overruled")
    rows.remove(choice, by=by, action="platform.withdrawn", fields=fields)
