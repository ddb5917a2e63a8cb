"""The strategy as one document: the draft, its versions, what differs between two, and the PDF."""

from collections.abc import Mapping
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import BrandRequest, right
from accounts.edit_pages import EditPage
from accounts.errors import InvalidInput
from strategy import document_words as words
from strategy import readiness
from strategy.document_chapters import chapters, period
from strategy.document_difference import difference
from strategy.document_pdf import pdf
from strategy.forms.document import AgreeForm, StrategyForm
from strategy.models import StrategyVersion
from strategy.selectors import document as selectors
from strategy.selectors import pillars
from strategy.services import document as services

LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)
NOTE_LENGTH = 500


def _document(request: BrandRequest, _row: Any = None) -> str:
    return reverse("strategy_document", args=[request.brand.slug])


TEXTS = EditPage(
    form=StrategyForm,
    new=gettext_lazy("Situation and positioning"),
    edit=gettext_lazy("Situation and positioning"),
    saved=gettext_lazy("The strategy is saved."),
    sentence=gettext_lazy("What stands above audiences, platforms and objectives."),
    add=lambda *_args, **_values: None,
    change=services.write,
    back=_document,
)


@right("strategy.view")
@require_safe
def strategy_document(request: BrandRequest) -> HttpResponse:
    """The draft as it stands now, what it lacks, and the versions before it."""
    content = _now(request)
    context = _paper(request, content) | {
        "gaps": [_gap(request, gap) for gap in readiness.gaps(content)],
        "versions": [_told(version) for version in selectors.versions()[:50]],
        "note_length": NOTE_LENGTH,
        "standing": _("Draft as it stands today"),
    }
    return render(request, "strategy/document.html", context)


@right("strategy.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def strategy_edit(request: BrandRequest) -> HttpResponse:
    return TEXTS.show_edit(request, selectors.current(request.brand))


@right("strategy.edit")
@require_POST
def strategy_propose(request: BrandRequest) -> HttpResponse:
    try:
        note = request.POST.get("note", "").strip()[:NOTE_LENGTH]
        version = services.propose(request.brand, by=request.user, note=note)
    except InvalidInput as error:
        messages.error(request, str(error))
        return redirect(_document(request))
    messages.success(request, _("Version %(number)s is proposed.") % {"number": version.number})
    return redirect("strategy_version", request.brand.slug, version.pk)


@right("strategy.view")
@require_safe
def strategy_version(request: BrandRequest, version_id: int) -> HttpResponse:
    """A version as it was proposed."""
    return _version_page(request, _version(version_id), AgreeForm(initial={"day": _today(request)}))


@right("strategy.edit")
@require_POST
def strategy_agree(request: BrandRequest, version_id: int) -> HttpResponse:
    """Put on record that a version was agreed on."""
    version = _version(version_id)
    form = AgreeForm(request.POST)
    if form.is_valid():
        try:
            services.agree(version, by=request.user, values=form.cleaned_data)
            messages.success(request, _("Version %(number)s is agreed.") % {"number": version.number})
            return redirect("strategy_version", request.brand.slug, version.pk)
        except InvalidInput as error:
            field = error.facts.get("field")
            form.add_error(field if field in form.fields else None, str(error))
    return _version_page(request, version, form)


def _version_page(request: BrandRequest, version: StrategyVersion, form: AgreeForm) -> HttpResponse:
    context = _paper(request, version.content) | {
        "version": _told(version),
        "form": form,
        "before": selectors.before(version),
        "standing": words.standing(version),
        "may_edit": version.state == StrategyVersion.State.PROPOSED,
    }
    return render(request, "strategy/document_version.html", context, status=422 if form.errors else 200)


@right("strategy.edit")
@require_POST
def strategy_withdraw(request: BrandRequest, version_id: int) -> HttpResponse:
    version = _version(version_id)
    try:
        services.withdraw(version, by=request.user)
        messages.success(request, _("Version %(number)s is withdrawn.") % {"number": version.number})
    except InvalidInput as error:
        messages.error(request, str(error))
    return redirect("strategy_version", request.brand.slug, version.pk)


@right("strategy.view")
@require_safe
def strategy_compare(request: BrandRequest) -> HttpResponse:
    """What differs between two versions, or between a version and the draft."""
    versions = list(selectors.versions())
    if not versions:
        return render(request, "strategy/document_compare.html", {"versions": [], "tab": "document"})
    older = _asked(request, "from", versions, usual=versions[0])
    newer = _asked(request, "to", versions, usual=None)
    language = _language(request)
    with translation.override(language):
        told = [chapters(selectors.decided(_content(request, each))) for each in (older, newer)]
        changes = difference(*told)
    context = {
        "versions": [_told(version) for version in versions],
        "older": older,
        "newer": newer,
        "changes": changes,
        "tab": "document",
        **_languages(language),
    }
    return render(request, "strategy/document_compare.html", context)


@right("strategy.view")
@require_safe
def strategy_pdf(request: BrandRequest) -> HttpResponse:
    """The draft, or with `version` that version, in the language asked for."""
    wanted = request.GET.get("version", "")
    version = _version(int(wanted)) if wanted.isdecimal() else None
    if wanted and version is None:
        raise Http404
    language = _language(request)
    with translation.override(language):
        standing = words.standing(version) if version else words.draft_of(_today(request))
        content = pdf(_content(request, version), standing=standing)
    number = f"v{version.number}" if version else _today(request).isoformat()
    response = HttpResponse(content, content_type="application/pdf")
    name = f"strategy-{request.brand.slug}-{number}-{language}.pdf"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _paper(request: BrandRequest, content: Mapping[str, Any]) -> dict[str, Any]:
    """What the sheet shows, in the language asked for."""
    language = _language(request)
    with translation.override(language):
        shown = {
            "chapters": chapters(content),
            "period": period(content),
            "paper_title": _("Social media strategy"),
        }
    rows = [pillars.Share(each["name"], each["share"]) for each in content["pillars"]]
    more = {"segments": pillars.segments(rows), "content": content, "tab": "document"}
    return shown | _languages(language) | more


def _languages(language: str) -> dict[str, Any]:
    return {"language": language, "languages": LANGUAGES}


def _language(request: BrandRequest) -> str:
    wanted = request.GET.get("language", "")
    return wanted if wanted in LANGUAGES else (translation.get_language() or LANGUAGES[0]).split("-")[0]


def _asked(
    request: BrandRequest, name: str, versions: list[StrategyVersion], *, usual: StrategyVersion | None
) -> StrategyVersion | None:
    """The version whose number the address names; "now" is the draft."""
    wanted = request.GET.get(name, "")
    if wanted in ("", "now"):
        return usual if not wanted else None
    found = next((version for version in versions if str(version.number) == wanted), None)
    if found is None:
        raise Http404
    return found


def _content(request: BrandRequest, version: StrategyVersion | None) -> Mapping[str, Any]:
    return _now(request) if version is None else version.content


def _now(request: BrandRequest) -> dict[str, Any]:
    return selectors.content(request.brand, today=_today(request))


def _today(request: BrandRequest):
    return timezone.localdate(timezone=ZoneInfo(request.brand.time_zone))


def _told(version: StrategyVersion) -> dict[str, Any]:
    level, icon = words.STATES[version.state]
    return {"row": version, "text": version.get_state_display(), "level": level, "icon": icon}


def _gap(request: BrandRequest, gap: readiness.Gap) -> dict[str, str]:
    """A gap in words, with the page on which it is closed."""
    text, route = words.gap(gap)
    return {"text": text, "url": reverse(route, args=[request.brand.slug])}


def _version(version_id: int) -> StrategyVersion:
    found = StrategyVersion.objects.select_related("brand", "proposed_by", "agreed_by")
    return get_object_or_404(found, pk=version_id)
