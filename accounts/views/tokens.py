"""A person's tokens of the API: made, listed, revoked."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts import tokens
from accounts.access import signed_in
from accounts.asked import number
from accounts.errors import InvalidInput
from accounts.forms import TokenForm
from accounts.models import ApiToken


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def api_tokens(request: HttpRequest) -> HttpResponse:
    """His tokens; a new one is shown in the answer that makes it, and never again. `revoke` takes one back."""
    if "revoke" in request.POST:
        return _revoke(request)
    form, secret = TokenForm(request.POST or None), ""
    if request.method == "POST" and form.is_valid():
        try:
            _row, secret = tokens.make(request.user, **form.cleaned_data)
            form = TokenForm()
        except InvalidInput as error:
            field = error.facts.get("field")
            form.add_error(field if field in form.fields else None, str(error))
    context = {
        "form": form,
        "secret": secret,
        "rows": [_row_of(row) for row in request.user.api_tokens.all()[:50]],
    }
    response = render(request, "accounts/api_tokens.html", context, status=422 if form.errors else 200)
    response["Cache-Control"] = "no-store"
    return response


def _row_of(row: ApiToken) -> dict[str, Any]:
    if row.revoked_at:
        state = {"text": _("revoked"), "icon": "x-mark", "level": ""}
    elif row.expires_at <= timezone.now():
        state = {"text": _("expired"), "icon": "clock", "level": ""}
    else:
        state = {"text": _("in force"), "icon": "check", "level": "good"}
    return {"row": row, "state": state, "in_force": state["level"] == "good"}


def _revoke(request: HttpRequest) -> HttpResponse:
    found = number(request.POST, "revoke")
    if found is not None and tokens.revoke(request.user, found):
        messages.success(request, _("Revoked: programs that use this token are refused from now on."))
    return redirect("api_tokens")
