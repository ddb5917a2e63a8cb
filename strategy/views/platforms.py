"""Platforms: side by side, the worked sum of each, the decision, what the score weighs, the catalogue."""

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import BrandRequest, right
from accounts.edit_pages import EditPage, show_delete
from accounts.htmx import render_page
from accounts.table_files import table_response
from strategy import platform_tables as tables
from strategy.catalogue import catalogue as known_platforms
from strategy.forms.platforms import DecisionForm, FitForm
from strategy.models import Audience, Channel, FitSettings, PlatformChoice
from strategy.platform_fit import SPEAKS_AGAINST, SPEAKS_FOR, what_would_change
from strategy.platforms import PLATFORM_NAMES
from strategy.selectors import platforms as selectors
from strategy.services import platforms as services

REVIEW_AFTER = timedelta(days=182)
SWAPS_SHOWN = 5


def _today(request: BrandRequest) -> date:
    return timezone.localdate(timezone=ZoneInfo(request.brand.time_zone))


def _listed(request: BrandRequest, row: Any) -> str:
    return reverse("platforms", args=[request.brand.slug])


def _asked_audience(request: BrandRequest, known: selectors.Basis) -> Audience | None:
    """The audience that the page is asked for; all of them where none or an unknown one is named."""
    number = request.GET.get("audience", "")
    return next((audience for audience in known.audiences if str(audience.pk) == number), None)


@right("strategy.view")
@require_safe
def platforms(request: BrandRequest) -> HttpResponse:
    """All platforms side by side, and what was decided."""
    known = selectors.basis()
    audience = _asked_audience(request, known)
    standings = selectors.standings(known, audience=audience)
    rows = tables.comparison(standings, _today(request))
    telling = [standing.fit for standing in standings if not standing.fit.is_thin]
    swaps = what_would_change(telling)[:SWAPS_SHOWN]
    context = {
        "rows": rows,
        "groups": tables.decided(rows),
        "swaps": [tables.swap_facts(swap) for swap in swaps],
        "audiences": known.audiences,
        "audience": audience,
        "steps": _first_steps(request, known),
        "hours": tables.hours_together(standings, known.team.hours),
        "parts": tables.part_names(),
        "speaks_for": round(SPEAKS_FOR),
        "speaks_against": round(SPEAKS_AGAINST),
        "tab": "platforms",
    }
    return render_page(request, "strategy/platforms.html", "strategy/_platforms.html", context)


def _first_steps(request: BrandRequest, known: selectors.Basis) -> list[tuple[str, str, str]]:
    """What makes the scores better, as long as it is missing: sentence, button, address."""
    slug = request.brand.slug
    steps = []
    if not known.audiences:
        steps.append(
            (
                _("No audience is described yet, so nobody can say who would be reached."),
                _("Describe an audience"),
                reverse("audience_new", args=[slug]),
            )
        )
    if not known.team.formats or known.team.hours is None:
        steps.append(
            (
                _("What the team can make, and in how many hours a week, is not told yet."),
                _("Tell what the team can make"),
                reverse("platform_settings", args=[slug]),
            )
        )
    return steps


@right("strategy.view")
@require_safe
def platforms_export(request: BrandRequest) -> HttpResponse:
    """The comparison as a file, unrounded."""
    known = selectors.basis()
    standings = selectors.standings(known, audience=_asked_audience(request, known))
    name = f"platforms-{request.brand.slug}"
    return table_response(request.GET.get("file", "csv"), name, tables.EXPORT, tables.export_rows(standings))


@right("strategy.view")
@require_safe
def platform_detail(request: BrandRequest, platform: str) -> HttpResponse:
    """One platform: the worked sum of its score, the fit to each audience, its channels, its facts."""
    known = selectors.basis()
    audience = _asked_audience(request, known)
    standing = selectors.standing(known, _in_catalogue(platform), audience=audience)
    several = audience is None and len(known.audiences) > 1
    choice = PlatformChoice.objects.select_related("decided_by").filter(platform=platform).first()
    context = {
        "platform": platform,
        "name": PLATFORM_NAMES[platform],
        "sum": tables.worked_sum(standing.fit, several=several),
        "audience": audience,
        "several": several,
        "audience_rows": tables.audiences_table(selectors.by_audience(known, platform)) if several else [],
        "choice": tables.decision(choice, _today(request)),
        "channels": Channel.objects.filter(platform=platform).select_related("brand"),
        "entry": tables.entry(standing.entry),
        "back": reverse("platforms", args=[request.brand.slug]),
        "tab": "platforms",
    }
    return render(request, "strategy/platform_detail.html", context)


def _in_catalogue(platform: str) -> str:
    if platform not in known_platforms():
        raise Http404
    return platform


@right("strategy.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def platform_decide(request: BrandRequest, platform: str) -> HttpResponse:
    page = _decision_page(_in_catalogue(platform))
    choice = PlatformChoice.objects.select_related("brand").filter(platform=platform).first()
    if choice is not None:
        return page.show_edit(request, choice)
    return page.show_new(request, initial={"review_on": _today(request) + REVIEW_AFTER})


def _decision_page(platform: str) -> EditPage:
    name = {"platform": PLATFORM_NAMES[platform]}
    return EditPage(
        form=DecisionForm,
        new=_("Decide on %(platform)s") % name,
        edit=_("Decide anew on %(platform)s") % name,
        saved=_("The decision on %(platform)s is saved.") % name,
        add=lambda brand, *, by, values: services.decide(brand, by=by, values={**values, "platform": platform}),
        change=services.decide_again,
        back=_listed,
        template="strategy/platform_decide.html",
        more=lambda request, form, row: _beside_decision(platform),
    )


def _beside_decision(platform: str) -> dict[str, Any]:
    known = selectors.basis()
    fit = selectors.standing(known, platform).fit
    return {
        "sum": tables.worked_sum(fit, several=len(known.audiences) > 1),
        "platform": platform,
        "speaks_for": round(SPEAKS_FOR),
        "speaks_against": round(SPEAKS_AGAINST),
        "tab": "platforms",
    }


@right("strategy.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def platform_withdraw(request: BrandRequest, platform: str) -> HttpResponse:
    """Take a decision back."""
    choice = get_object_or_404(PlatformChoice.objects.select_related("brand"), platform=platform)
    return show_delete(
        request,
        choice,
        question=_("Take the decision back?"),
        removed=_("The decision is taken back. The platform stands undecided again."),
        remove=services.withdraw,
        back=reverse("platform_detail", args=[request.brand.slug, platform]),
    )


SETTINGS = EditPage(
    form=FitForm,
    new=gettext_lazy("What the score weighs"),
    edit=gettext_lazy("What the score weighs"),
    sentence=gettext_lazy("How much each part counts, and what your team can make in its hours."),
    saved=gettext_lazy(
        "Saved. The platforms are scored by it from now on; decisions keep the score they were taken at."
    ),
    add=lambda brand, *, by, values: services.save_settings(brand, by=by, version=0, **values),
    change=lambda row, *, by, version, values: services.save_settings(row.brand, by=by, version=version, **values),
    back=_listed,
    template="strategy/platform_settings.html",
    more=lambda request, form, row: {"tab": "platforms"},
)


@right("strategy.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def platform_settings(request: BrandRequest) -> HttpResponse:
    row = FitSettings.objects.select_related("brand").first()
    return SETTINGS.show_edit(request, row) if row else SETTINGS.show_new(request)


@right("strategy.view")
@require_safe
def catalogue(request: BrandRequest) -> HttpResponse:
    """What is known of every platform, each figure with its source."""
    text = request.GET.get("q", "").strip()[:100]
    entries = [tables.entry(entry) for entry in known_platforms().values()]
    shown = sorted((one for one in entries if tables.matches(one, text)), key=lambda one: one["name"].casefold())
    context = {"entries": shown, "text": text, "total": len(entries), "tab": "platforms"}
    return render_page(request, "strategy/catalogue.html", "strategy/_catalogue.html", context)
