"""Audiences: the list, the form, the copy, the archive, two side by side."""

from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.access import BrandRequest, right
from accounts.edit_pages import EditPage, show_delete
from accounts.errors import InvalidInput
from accounts.htmx import render_page
from accounts.table_files import table_response
from strategy import audience_words as words
from strategy import online_hours
from strategy.forms.audiences import AudienceForm, EvidenceForm
from strategy.models import CLAIMS, Audience, Evidence
from strategy.selectors import audiences as selectors
from strategy.services import audiences as services

PER_PAGE = 50


def _today(request: BrandRequest):
    return timezone.localdate(timezone=ZoneInfo(request.brand.time_zone))


def _page_of(request: BrandRequest, audience: Audience | None) -> str:
    slug = request.brand.slug
    return reverse("audience_detail", args=[slug, audience.pk]) if audience else reverse("audiences", args=[slug])


def _form_sections(request: BrandRequest, form: AudienceForm, row: Audience | None) -> dict[str, Any]:
    """The fields in sections; those with a fault or something in them stand open, the first always."""
    sections = []
    for slug, title, about, names in words.SECTIONS:
        fields = [form[name] for name in names]
        filled = any(field.errors or field.value() for field in fields if field.name != "weight")
        sections.append({"slug": slug, "title": title, "about": about, "fields": fields, "open": filled})
    sections[0]["open"] = sections[1]["open"] = True
    return {
        "sections": sections,
        "hours": _typed_hours(form),
        "level_names": words.level_names(),
        "tab": "audiences",
    }


def _typed_hours(form: AudienceForm) -> list[dict[str, object]]:
    """The grid of what is stored, or of what was just typed if that can be read."""
    text = form["online_hours"].value() or ""
    try:
        return words.hours_grid(online_hours.parse(text, words.hours_words()))
    except online_hours.HoursError:
        return words.hours_grid([])


AUDIENCE = EditPage(
    form=AudienceForm,
    new=gettext_lazy("New audience"),
    edit=gettext_lazy("Edit audience"),
    saved=gettext_lazy("The audience is saved."),
    add=services.add,
    change=services.change,
    back=_page_of,
    template="strategy/audience_edit.html",
    more=_form_sections,
)
EVIDENCE = EditPage(
    form=EvidenceForm,
    new=gettext_lazy("Add evidence"),
    edit=gettext_lazy("Edit evidence"),
    saved=gettext_lazy("The evidence is saved."),
    add=services.add_evidence,
    change=services.change_evidence,
    back=lambda request, row: _page_of(request, row.audience),
)


@right("strategy.view")
@require_safe
def audiences(request: BrandRequest) -> HttpResponse:
    asked = selectors.Asked.of(request.GET)
    page = Paginator(selectors.listed(asked), PER_PAGE).get_page(request.GET.get("page"))
    today = _today(request)
    context = {
        "page": page,
        "asked": asked,
        "rows": [_list_row(audience, today) for audience in page],
        "active": selectors.active_count(),
        "most": selectors.MOST_ACTIVE,
        "tab": "audiences",
    }
    return render_page(request, "strategy/audiences.html", "strategy/_audiences.html", context)


def _list_row(audience: Audience, today) -> dict[str, Any]:
    tally = selectors.tally(selectors.claims(audience, today=today).values())
    return {
        "audience": audience,
        "people": ", ".join(words.people(audience)[:3]),
        "tally": tally,
        "is_idle": selectors.is_idle(audience),
    }


@right("strategy.view")
@require_safe
def audiences_export(request: BrandRequest) -> HttpResponse:
    """The audiences of the list as a file, all that is said of each."""
    texts = ("name", "segment", "age_from", "age_to", "gender", "places", *CLAIMS)
    header = [*texts, "countries", "languages", "interests", "online_hours", "objectives", "channels", "pillars"]
    rows = [
        [
            *("" if (value := getattr(audience, name)) is None else value for name in texts),
            *(", ".join(getattr(audience, name)) for name in ("countries", "languages", "interests")),
            "".join(map(str, audience.online_hours)),
            audience.objective_count,
            audience.channel_count,
            audience.pillar_count,
        ]
        for audience in selectors.listed(selectors.Asked.of(request.GET))
    ]
    return table_response(request.GET.get("file", "csv"), f"audiences-{request.brand.slug}", header, rows)


@right("strategy.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def audience_new(request: BrandRequest) -> HttpResponse:
    return AUDIENCE.show_new(request)


@right("strategy.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def audience_edit(request: BrandRequest, audience_id: int) -> HttpResponse:
    return AUDIENCE.show_edit(request, _audience(audience_id))


@right("strategy.edit")
@require_POST
def audience_duplicate(request: BrandRequest, audience_id: int) -> HttpResponse:
    copy = services.duplicate(_audience(audience_id), by=request.user)
    messages.success(request, _("This is the copy. Give it its own name and change what differs."))
    return redirect("audience_edit", request.brand.slug, copy.pk)


@right("strategy.edit")
@require_POST
def audience_archive(request: BrandRequest, audience_id: int) -> HttpResponse:
    """Put aside, or with `restore` bring back."""
    audience = _audience(audience_id)
    try:
        if "restore" in request.POST:
            services.restore(audience, by=request.user)
            messages.success(request, _("“%(name)s” is active again.") % {"name": audience.name})
        else:
            services.archive(audience, by=request.user)
            messages.success(request, _("“%(name)s” is archived.") % {"name": audience.name})
    except InvalidInput as error:
        messages.error(request, str(error))
    return redirect(_page_of(request, audience))


@right("strategy.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def audience_delete(request: BrandRequest, audience_id: int) -> HttpResponse:
    audience = _audience(audience_id)
    back = _page_of(request, None) if request.method == "POST" else _page_of(request, audience)
    return show_delete(
        request,
        audience,
        question=_("Delete this audience?"),
        removed=_("The audience is deleted."),
        remove=services.remove,
        back=back,
    )


@right("strategy.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def evidence_new(request: BrandRequest, audience_id: int) -> HttpResponse:
    audience = _audience(audience_id)
    page = replace(
        EVIDENCE,
        sentence=audience.name,
        add=lambda _brand, *, by, values: services.add_evidence(audience, by=by, values=values),
        back=lambda request, _row: _page_of(request, audience),
    )
    return page.show_new(request, initial={"claim": request.GET.get("claim", ""), "day": _today(request)})


@right("strategy.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def evidence_edit(request: BrandRequest, evidence_id: int) -> HttpResponse:
    return EVIDENCE.show_edit(request, _evidence(evidence_id))


@right("strategy.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def evidence_delete(request: BrandRequest, evidence_id: int) -> HttpResponse:
    evidence = _evidence(evidence_id)
    return show_delete(
        request,
        evidence,
        question=_("Delete this evidence?"),
        removed=_("The evidence is deleted."),
        remove=services.remove_evidence,
        back=_page_of(request, evidence.audience),
    )


@right("strategy.view")
@require_safe
def audiences_compare(request: BrandRequest) -> HttpResponse:
    """Two audiences side by side; with fewer chosen, the page lets one choose."""
    everyone = list(Audience.objects.order_by("archived_at", "name"))
    wanted = [int(value) for value in request.GET.getlist("with") if value.isdecimal()]
    chosen = [audience for pk in wanted for audience in everyone if audience.pk == pk][:2]
    context: dict[str, Any] = {"everyone": everyone, "chosen": chosen, "tab": "audiences"}
    if len(chosen) == 2:
        context |= _compared(chosen, _today(request))
    return render(request, "strategy/audiences_compare.html", context)


def _compared(pair: list[Audience], today) -> dict[str, Any]:
    claims = [selectors.claims(audience, today=today) for audience in pair]
    sections = []
    for slug, title, _about, names in words.SECTIONS:
        if slug in ("who", "hours"):
            continue
        rows = [
            {
                "label": words.CLAIM_NAMES[name],
                "cells": [
                    {"text": getattr(audience, name), "standing": _badge(told[name].standing)}
                    for audience, told in zip(pair, claims, strict=True)
                ],
            }
            for name in names
        ]
        said = [row for row in rows if any(cell["text"] for cell in row["cells"])]
        left = [row["label"] for row in rows if row not in said]
        sections.append({"title": title, "rows": said, "left": left})
    return {
        "sections": sections,
        "people": [words.people(audience) for audience in pair],
        "grids": [words.hours_grid(audience.online_hours) if audience.online_hours else None for audience in pair],
        "level_names": words.level_names(),
    }


def _badge(standing: str) -> dict[str, Any]:
    text, level = words.STANDINGS[standing]
    return {"text": text, "level": level, "slug": standing}


def _audience(audience_id: int) -> Audience:
    return get_object_or_404(Audience.objects.select_related("brand"), pk=audience_id)


def _evidence(evidence_id: int) -> Evidence:
    return get_object_or_404(Evidence.objects.select_related("audience", "brand"), pk=evidence_id)
