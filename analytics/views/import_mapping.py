"""Naming the columns of a table: tried on its rows while one chooses, saved, listed, edited, deleted."""

from pathlib import Path
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.access import BrandRequest, right
from accounts.edit_pages import EditPage, show_delete
from accounts.errors import InvalidInput, Stale, word
from accounts.htmx import render_page
from analytics import import_pages, import_words
from analytics.formats.generic import COLUMNS
from analytics.formats.suggest import Suggestion, suggest
from analytics.forms.mappings import (
    READINGS,
    ColumnsForm,
    MappingForm,
    initial_from_options,
    titles_in,
)
from analytics.models import ColumnMapping, ImportBatch, ImportFile
from analytics.services import mappings as services

SAMPLES = 3
PAGE, PART = "analytics/import_columns.html", "analytics/_import_columns.html"


@right("imports.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def import_columns(request: BrandRequest, file_id: int) -> HttpResponse:
    """Say which column holds what; each change is tried on the rows at once."""
    file = get_object_or_404(ImportFile.objects.select_related("batch", "brand"), pk=file_id)
    header = services.header_of_file(file)
    if not header or file.batch.state != ImportBatch.State.UPLOADED:
        raise Http404
    proposed = suggest(header, file.preview.get("head", []))
    form = ColumnsForm(header, request.brand, request.POST or None, initial=_initial(file, header, proposed))
    trying = "look" in request.POST
    if request.method == "POST" and form.is_valid() and not trying and _named(request, file, form):
        return redirect("import_detail", request.brand.slug, file.batch_id)
    tried = _tried(file, form, proposed)
    if trying:
        form.errors.clear()  # what is still wanting is said beside the rows
    status = 422 if request.method == "POST" and not trying else 200
    return render_page(request, PAGE, PART, _context(file, header, form, proposed, tried), status=status)


def _initial(file: ImportFile, header: list[str], proposed: Suggestion) -> dict[str, Any]:
    name = Path(file.name).stem.replace("_", " ")[:120]
    if file.options.get("mapping"):
        known = initial_from_options({**file.options, "mapping": titles_in(header, file.options["mapping"])})
        saved = ColumnMapping.objects.filter(signature=file.options.get("signature", "")).first()
        return {"name": saved.name if saved else name, **known}
    return {"name": name, **proposed.columns}


def _tried(file: ImportFile, form: ColumnsForm, proposed: Suggestion) -> ImportFile | None:
    """The rows as these columns would store them; None while a column that every post needs is wanting."""
    if form.is_bound:
        form.is_valid()
        naming = form.naming()
    else:
        naming = services.Naming(
            mapping={field: form.initial[field] for field in COLUMNS if form.initial.get(field)},
            platform=form.initial.get("all_platform", ""),
            time_zone=form.initial.get("time_zone", file.brand.time_zone),
            account=form.initial.get("all_account", ""),
            answers={code: form.initial[code] for code in READINGS if form.initial.get(code)},
        )
    return services.tried(file, naming) if {"post_id", "published_at"} <= naming.mapping.keys() else None


def _context(
    file: ImportFile, header: list[str], form: ColumnsForm, proposed: Suggestion, tried: ImportFile | None
) -> dict[str, Any]:
    head = file.preview.get("head", [])
    return {
        "file": file,
        "form": form,
        "header": header,
        "head": head,
        "columns": [_column(form, field, header, head, proposed) for field in COLUMNS],
        "others": [form[name] for name in ("all_platform", "all_account", "time_zone", *READINGS)],
        "tried": import_pages.tried(tried) if tried else None,
    }


def _column(
    form: ColumnsForm, field: str, header: list[str], head: list[list[str]], proposed: Suggestion
) -> dict[str, Any]:
    """A field with what stands in the column chosen for it."""
    bound = form[field]
    title = bound.value() or ""
    place = header.index(title) if title in header else None
    cells = [] if place is None else [row[place] for row in head if place < len(row) and row[place].strip()]
    return {
        "field": bound,
        "cells": cells[:SAMPLES],
        "required": form.fields[field].required,
        "by_content": field in proposed.by_content and proposed.columns[field] == title,
    }


def _named(request: BrandRequest, file: ImportFile, form: ColumnsForm) -> bool:
    try:
        services.name_columns(file, form.naming(), by=request.user)
    except Stale as problem:
        messages.warning(request, str(problem))
    except InvalidInput as problem:
        facts = problem.facts
        if problem.code == "mapping_fails":
            why = import_words.sentence(facts["code"], facts["facts"])
            form.add_error(None, word(problem.code, {"reason": why}))
        else:
            form.add_error(facts.get("field"), str(problem))
        return False
    return True


def _list(request: BrandRequest, row: Any) -> str:
    return reverse("import_mappings", args=[request.brand.slug])


MAPPING = EditPage(
    form=MappingForm,
    new="",
    edit=_("Edit the mapping"),
    saved=_("The mapping is saved. Files that come from now on are read by it."),
    add=services.change,  # a mapping is made from a file
    change=services.change,
    back=_list,
    sentence=_("Files with these columns are read so. What is imported already stays as it is."),
)


@right("imports.view")
@require_safe
def import_mappings(request: BrandRequest) -> HttpResponse:
    """The kinds of files whose columns were named."""
    rows = [
        {
            "row": known,
            "columns": ", ".join(known.mapping.values()),
            "platform": known.platform,
        }
        for known in ColumnMapping.objects.order_by("name", "pk")
    ]
    return render(request, "analytics/import_mappings.html", {"rows": rows})


@right("imports.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def import_mapping(request: BrandRequest, mapping_id: int) -> HttpResponse:
    return MAPPING.show_edit(request, get_object_or_404(ColumnMapping, pk=mapping_id))


@right("imports.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def import_mapping_delete(request: BrandRequest, mapping_id: int) -> HttpResponse:
    row = get_object_or_404(ColumnMapping, pk=mapping_id)
    return show_delete(
        request,
        row,
        question=_("Delete this mapping?"),
        removed=_("The mapping is deleted. What was imported by it stays."),
        remove=services.remove,
        back=_list(request, None),
    )
