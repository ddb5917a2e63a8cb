"""The page on which a row is added or edited, and the one that asks before it is deleted."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.functional import Promise

from accounts.access import BrandRequest
from accounts.errors import InvalidInput, Stale
from accounts.forms import VersionedForm

Text = Promise | str


@dataclass(frozen=True)
class EditPage:
    """One kind of row: its words, its form, its verbs, and where to go.

    `add(brand, by=, values=)` and `change(row, by=, version=, values=)` return the row; `back(request, row)` is
    the address of the list or of the row; `more(request, form, row)` adds to the page's context; `fields` maps
    fields of an error to those of the form where they differ.
    """

    form: type[VersionedForm]
    new: Text
    edit: Text
    saved: Text
    add: Callable[..., Any]
    change: Callable[..., Any]
    back: Callable[[BrandRequest, Any], str]
    template: str = "accounts/edit.html"
    sentence: Text = ""
    more: Callable[[BrandRequest, VersionedForm, Any], dict[str, Any]] | None = None
    fields: tuple[tuple[str, str], ...] = ()

    def show_new(self, request: BrandRequest, *, initial: dict[str, Any] | None = None) -> HttpResponse:
        form = self.form(request.POST or None, request.FILES or None, brand=request.brand, initial=initial or {})
        if request.method == "POST" and form.is_valid():
            try:
                row = self.add(request.brand, by=request.user, values=form.values)
                return self._saved(request, row)
            except InvalidInput as error:
                self._explain(form, error)
        return self._page(request, form, self.new)

    def show_edit(self, request: BrandRequest, row: Any) -> HttpResponse:
        form = self.form(request.POST or None, request.FILES or None, instance=row, brand=request.brand)
        stored: list[tuple[str, str, str]] = []
        if request.method == "POST" and form.is_valid():
            try:
                version = form.cleaned_data["version"] or 0
                changed = self.change(row, by=request.user, version=version, values=form.values)
                return self._saved(request, changed)
            except Stale as error:
                form.add_error(None, str(error))
                stored = self._stored(form, row)
                form.data = form.data.copy()
                form.data["version"] = error.facts["version"]
            except InvalidInput as error:
                self._explain(form, error)
        return self._page(request, form, self.edit, row=row, stored=stored)

    def _stored(self, form: VersionedForm, row: Any) -> list[tuple[str, str, str]]:
        """What somebody else saved meanwhile beside what is typed here, for the fields that differ."""
        fresh = self.form(instance=type(row).objects.get(pk=row.pk), brand=form.brand)
        pairs = [(form[field.name], field) for field in fresh.visible_fields() if field.name in form.fields]
        told = [(str(field.label), _shown(field), _shown(mine)) for mine, field in pairs]
        return [(label, theirs, mine) for label, theirs, mine in told if theirs != mine]

    def _explain(self, form: VersionedForm, error: InvalidInput) -> None:
        field = str(error.facts.get("field"))
        field = dict(self.fields).get(field, field)
        form.add_error(field if field in form.fields else None, str(error))

    def _saved(self, request: BrandRequest, row: Any) -> HttpResponse:
        messages.success(request, str(self.saved))
        return redirect(self.back(request, row))

    def _page(
        self, request: BrandRequest, form: VersionedForm, title: Text, *, row: Any = None, stored: Any = None
    ) -> HttpResponse:
        context = {
            "form": form,
            "heading": title,
            "sentence": self.sentence,
            "row": row,
            "stored": stored,
            "back": self.back(request, row),
        }
        if self.more:
            context |= self.more(request, form, row)
        return render(request, self.template, context, status=422 if form.errors else 200)


def _shown(field: Any) -> str:
    """A field's value in words: the names of choices, not their numbers."""
    value = field.value()
    if value is None or value == "":
        return ""
    choices = getattr(field.field, "choices", ())
    names = {str(key): str(name) for key, name in choices if not isinstance(name, list)}
    values = value if isinstance(value, list | tuple) else [value]
    return ", ".join(names.get(str(item), str(item)) for item in values)


def show_delete(
    request: BrandRequest, row: Any, *, question: Text, removed: Text, remove: Callable[..., None], back: str
) -> HttpResponse:
    """Ask, and on POST delete; what forbids it is told on the page."""
    error = ""
    if request.method == "POST":
        try:
            remove(row, by=request.user)
            messages.success(request, str(removed))
            return redirect(back)
        except InvalidInput as problem:
            error = str(problem)
    context = {"question": question, "row": row, "back": back, "error": error}
    return render(request, "accounts/delete.html", context, status=422 if error else 200)
