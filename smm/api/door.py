"""The door of the API: a token lets a person in, with his rights in the brand of the address and no others.

No session and no cookie counts here, so that no other site can act through somebody's browser.
"""

import json
import re
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt

from accounts import tokens
from accounts.access import public, rights_of, standing_in
from accounts.asked import is_number
from accounts.errors import InvalidInput, Stale, register_messages, word
from accounts.models import ApiToken, Brand
from accounts.scoping import brands_in_scope
from smm.api import entries
from smm.api.calls import Call
from smm.api.endpoints import ENDPOINTS, ROOT, Endpoint
from smm.api.fields import Field, read_all
from smm.api.things import ENTRY as ENTRY_SCHEMA

SLUG = re.compile(r"[-a-zA-Z0-9_]{1,60}")
register_messages(
    {
        "api_no_token": _("Send a token that is in force, as “Authorization: Bearer timone_…”."),
        "api_read_only": _("This token may only read. Make one that may write."),
        "api_not_found": _("There is nothing at this address, or you may not see it."),
        "api_method": _("This address does not take %(method)s."),
        "api_too_many": _("Too many calls: at most %(most)s a minute. Wait a minute."),
        "api_too_large": _("The body is too large."),
        "api_no_json": _("The body is not a JSON object."),
        "api_invalid": _("Something that was sent cannot be taken."),
        "api_stale": _("Somebody else changed it meanwhile. It is sent along as it is now."),
        "api_cursor": _("This is no cursor of an earlier page. Begin without one."),
        "api_unknown_field": _("There is no such field here."),
        "api_missing": _("This is needed."),
        "api_not_null": _("This cannot be null."),
        "api_list": _("A list of at most 100 is needed."),
        "api_string": _("A text is needed."),
        "api_integer": _("A whole number is needed."),
        "api_boolean": _("true or false is needed."),
        "api_date": _("A day is needed, such as 2026-03-31."),
        "api_time": _("An hour is needed, such as 18:30."),
        "api_datetime": _("A moment with its zone is needed, such as 2026-03-31T18:30:00Z."),
        "api_choice": _("This is none of the values that are known here."),
    }
)


class Refused(Exception):
    """An answer that is no success."""

    def __init__(self, status: int, code: str, **facts: Any) -> None:
        super().__init__(code)
        self.status, self.code, self.facts = status, code, facts


def urls() -> list[Any]:
    """A route for each address, with its methods."""
    by_path: dict[str, dict[str, Endpoint]] = {}
    for endpoint in ENDPOINTS:
        by_path.setdefault(endpoint.path, {})[endpoint.method] = endpoint
    known = [
        path(_route(address), _view(methods), name=f"api_{next(iter(methods.values())).name}")
        for address, methods in by_path.items()
    ]
    return [*known, path(f"{ROOT}/<path:rest>".lstrip("/"), nothing, name="api_nothing")]


@csrf_exempt
@public
def nothing(request: HttpRequest, rest: str) -> HttpResponse:
    """An address of the API that there is not: a program is answered as one."""
    return _refusal(Refused(404, "api_not_found"))


def _route(address: str) -> str:
    return f"{ROOT}{address}".lstrip("/").replace("{brand}", "<str:slug>").replace("{id}", "<str:number>")


def _view(methods: dict[str, Endpoint]) -> Callable[..., HttpResponse]:
    @csrf_exempt
    @public
    def view(request: HttpRequest, slug: str = "", number: str = "") -> HttpResponse:
        try:
            token = _token(request)
        except Refused as refused:
            return _refusal(refused)
        with translation.override(token.user.language):
            return _answered(request, methods, token, slug, number)

    return view


def _token(request: HttpRequest) -> ApiToken:
    scheme, _space, secret = request.headers.get("Authorization", "").partition(" ")
    token = tokens.find(secret.strip()) if scheme.lower() == "bearer" else None
    if token is None:
        raise Refused(401, "api_no_token")
    return token


def _answered(
    request: HttpRequest, methods: dict[str, Endpoint], token: ApiToken, slug: str, number: str
) -> HttpResponse:
    try:
        if not tokens.count(token):
            raise Refused(429, "api_too_many", most=_most())
        endpoint = methods.get(request.method or "")
        if endpoint is None:
            raise Refused(405, "api_method", method=request.method, allow=", ".join(methods))
        if endpoint.writes and token.scope != ApiToken.Scope.WRITE:
            raise Refused(403, "api_read_only")
        return _done(request, endpoint, token, slug, number)
    except Http404:
        return _refusal(Refused(404, "api_not_found"))
    except Refused as refused:
        return _refusal(refused)


def _most() -> int:
    return settings.TIMONE_API_PER_MINUTE


def _done(request: HttpRequest, endpoint: Endpoint, token: ApiToken, slug: str, number: str) -> HttpResponse:
    call = Call(token.user, Brand())
    if not endpoint.right:
        _read(request, endpoint, call)
        return _told(endpoint, endpoint.do(call), call)
    call.brand = _brand(slug)
    call.rights = rights_of(standing_in(token.user, call.brand).roles)
    if endpoint.right not in call.rights:
        raise Http404
    if number and not is_number(number):
        raise Http404
    call.number = int(number) if number else None
    with brands_in_scope(call.brand.pk):
        try:
            _read(request, endpoint, call)
            return _told(endpoint, endpoint.do(call), call)
        except Stale:
            return _clash(call)
        except InvalidInput as error:
            return _refusal(Refused(422, "api_invalid", errors=[_error(endpoint, error)]))


def _brand(slug: str) -> Brand:
    if not SLUG.fullmatch(slug):
        raise Http404
    found = Brand.objects.select_related("agency").filter(slug=slug).first()
    if found is None:
        raise Http404
    return found


def _read(request: HttpRequest, endpoint: Endpoint, call: Call) -> None:
    """What the address and the body tell, by the endpoint's own declaration."""
    call.query = _fields(endpoint.query, request.GET.dict())
    if endpoint.body:
        call.body = _fields(endpoint.body.fields, _json(request))


def _fields(fields: tuple[Field, ...], told: dict[str, Any]) -> dict[str, Any]:
    found, problems = read_all(fields, told)
    if problems:
        errors = [{"field": name, "text": word(code, {})} for name, code in problems.items()]
        raise Refused(422, "api_invalid", errors=errors)
    return found


def _json(request: HttpRequest) -> dict[str, Any]:
    try:
        told = json.loads(request.body or b"{}")
    except RequestDataTooBig:
        raise Refused(413, "api_too_large") from None
    except (ValueError, RecursionError):
        raise Refused(400, "api_no_json") from None
    if not isinstance(told, dict):
        raise Refused(400, "api_no_json")
    return told


def _error(endpoint: Endpoint, error: InvalidInput) -> dict[str, str]:
    """The field as the API calls it, and the sentence of the pages."""
    field = str(error.facts.get("field") or "")
    names = {each.column or each.name: each.name for each in (endpoint.body.fields if endpoint.body else ())}
    return {"field": names.get(field, field), "text": str(error)}


def _told(endpoint: Endpoint, found: Any, call: Call) -> HttpResponse:
    if endpoint.answer is None:
        return HttpResponse(status=endpoint.status)
    on_desk = bool(endpoint.right) and call.on_desk

    def written(row: Any) -> dict[str, Any]:
        return endpoint.answer.written(row, call, on_desk=on_desk)

    if endpoint.paged:
        told: Any = {"items": [written(row) for row in found["items"]], "next": found["next"]}
    elif endpoint.many:
        told = {"items": [written(row) for row in found]}
    else:
        told = written(found)
    return _response(told, endpoint.status)


def _clash(call: Call) -> HttpResponse:
    """409, with the entry as it is now, so that a program can decide."""
    current = ENTRY_SCHEMA.written(entries.one(call), call)
    return _response({"code": "stale", "text": word("api_stale", {}), "current": current}, 409)


def _refusal(refused: Refused) -> HttpResponse:
    facts = dict(refused.facts)
    errors = facts.pop("errors", None)
    told = {"code": refused.code.removeprefix("api_"), "text": word(refused.code, facts)}
    response = _response(told | ({"errors": errors} if errors else {}), refused.status)
    if refused.status == 401:
        response["WWW-Authenticate"] = "Bearer"
    if refused.status == 405:
        response["Allow"] = facts["allow"]
    if refused.status == 429:
        response["Retry-After"] = "60"
    return response


def _response(told: Any, status: int) -> HttpResponse:
    response = JsonResponse(told, status=status, json_dumps_params={"ensure_ascii": False})
    response["Cache-Control"] = "no-store"
    return response
