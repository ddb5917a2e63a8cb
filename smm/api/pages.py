"""The API described: for programs as OpenAPI, for people as a page."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_safe

from accounts.access import public, signed_in
from smm.api.endpoints import ENDPOINTS, ROOT, Endpoint
from smm.api.fields import Field
from smm.api.openapi import document


@public
@require_safe
def api_document(request: HttpRequest) -> HttpResponse:
    """The description in English; it tells nothing of anybody."""
    with translation.override("en"):
        return JsonResponse(document(settings.SITE_URL), json_dumps_params={"ensure_ascii": False, "indent": 1})


@signed_in
@require_safe
def api_page(request: HttpRequest) -> HttpResponse:
    context = {
        "endpoints": [_shown(endpoint) for endpoint in ENDPOINTS],
        "example": f'curl -H "Authorization: Bearer timone_…" {settings.SITE_URL}{ROOT}/brands',
        "per_minute": settings.TIMONE_API_PER_MINUTE,
    }
    return render(request, "smm/api.html", context)


def _shown(endpoint: Endpoint) -> dict[str, Any]:
    return {
        "endpoint": endpoint,
        "query": [_field(field) for field in endpoint.query],
        "body": [_field(field) for field in endpoint.body.fields] if endpoint.body else [],
        "answer": [_field(field) for field in endpoint.answer.fields] if endpoint.answer else [],
    }


def _field(field: Field) -> dict[str, Any]:
    kind = f"[{field.kind}]" if field.many else field.kind
    return {"field": field, "kind": f"{kind} | null" if field.null else kind, "of": field.of}
