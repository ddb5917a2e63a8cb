"""The description of the API for programs (OpenAPI 3.1), made from the endpoints that route and validate."""

from typing import Any

from smm.api.endpoints import ENDPOINTS, ROOT, Endpoint
from smm.api.fields import Field, Schema

TYPES: dict[str, dict[str, Any]] = {
    "string": {"type": "string"},
    "integer": {"type": "integer", "minimum": 0},
    "number": {"type": "number"},
    "boolean": {"type": "boolean"},
    "date": {"type": "string", "format": "date"},
    "time": {"type": "string", "pattern": r"^\d{2}:\d{2}(:\d{2})?$"},
    "datetime": {"type": "string", "format": "date-time"},
}
SLUG = {"type": "string", "pattern": "^[-a-zA-Z0-9_]+$"}
REFUSALS = {
    400: "The body is not a JSON object",
    401: "No token, or one that is not in force",
    403: "The token may only read",
    404: "Nothing there, or nothing that you may see",
    409: "Somebody else was faster; `current` is the row as it is now",
    413: "The body is too large",
    422: "Something that was sent cannot be taken; `errors` names the fields",
    429: "Too many calls in this minute",
}


def document(site: str) -> dict[str, Any]:
    """The whole description, in the active language; `site` is where Timone answers."""
    paths: dict[str, dict[str, Any]] = {}
    for endpoint in ENDPOINTS:
        paths.setdefault(endpoint.path, {})[endpoint.method.lower()] = _operation(endpoint)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Timone", "version": "1"},
        "servers": [{"url": f"{site}{ROOT}"}],
        "security": [{"token": []}],
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
            "schemas": _schemas(),
        },
    }


def _schemas() -> dict[str, Any]:
    found: dict[str, Any] = {}
    for endpoint in ENDPOINTS:
        if endpoint.answer:
            found[endpoint.answer.name] = answered(endpoint.answer)
        if endpoint.body:
            found[endpoint.body.name] = taken(endpoint.body)
    error = {"type": "object", "properties": {"field": TYPES["string"], "text": TYPES["string"]}}
    told = {"code": TYPES["string"], "text": TYPES["string"], "errors": {"type": "array", "items": error}}
    found["Refusal"] = {"type": "object", "properties": told, "required": ["code", "text"]}
    told = {"code": TYPES["string"], "text": TYPES["string"], "current": _ref("Entry")}
    found["Clash"] = {"type": "object", "properties": told, "required": ["code", "text", "current"]}
    return found


def answered(schema: Schema) -> dict[str, Any]:
    """What is given: where some fields are only for managers, those of the desk alone are certain."""
    some = any(field.on_desk for field in schema.fields)
    certain = [field.name for field in schema.fields if field.on_desk or not some]
    return {"type": "object", "properties": _properties(schema.fields), "required": certain}


def taken(schema: Schema) -> dict[str, Any]:
    required = [field.name for field in schema.fields if field.required]
    return {
        "type": "object",
        "properties": _properties(schema.fields),
        "additionalProperties": False,
        **({"required": required} if required else {}),
    }


def _properties(fields: tuple[Field, ...]) -> dict[str, Any]:
    return {field.name: _property(field) for field in fields}


def _property(field: Field) -> dict[str, Any]:
    if field.of:
        told: dict[str, Any] = {"type": "object", "properties": _properties(field.of)}
    else:
        told = dict(TYPES[field.kind])
    if field.choices:
        told["enum"] = list(field.choices)
    if field.null:
        told["type"] = [told["type"], "null"]
    if field.many:
        told = {"type": "array", "items": told}
    return told | ({"description": str(field.about)} if field.about else {})


def _operation(endpoint: Endpoint) -> dict[str, Any]:
    told: dict[str, Any] = {
        "operationId": endpoint.name,
        "summary": str(endpoint.about),
        "parameters": _parameters(endpoint),
        "responses": _responses(endpoint),
    }
    if endpoint.body:
        content = {"application/json": {"schema": _ref(endpoint.body.name)}}
        told["requestBody"] = {"required": True, "content": content}
    return told


def _parameters(endpoint: Endpoint) -> list[dict[str, Any]]:
    found = []
    if "{brand}" in endpoint.path:
        found.append({"name": "brand", "in": "path", "required": True, "schema": SLUG})
    if "{id}" in endpoint.path:
        found.append({"name": "id", "in": "path", "required": True, "schema": TYPES["integer"]})
    for field in endpoint.query:
        told = {"name": field.name, "in": "query", "schema": _property(field)}
        found.append(told)
    return found


def _responses(endpoint: Endpoint) -> dict[str, Any]:
    found: dict[str, Any] = {str(endpoint.status): _success(endpoint)}
    for status, about in REFUSALS.items():
        if _can_be(endpoint, status):
            schema = _ref("Clash" if status == 409 else "Refusal")
            found[str(status)] = {"description": about, "content": {"application/json": {"schema": schema}}}
    return found


def _can_be(endpoint: Endpoint, status: int) -> bool:
    cases = {
        400: bool(endpoint.body),
        413: bool(endpoint.body),
        403: endpoint.writes,
        404: bool(endpoint.right),
        409: endpoint.may_clash,
    }
    cases[422] = bool(endpoint.query or endpoint.body or endpoint.writes)
    return cases.get(status, True)


def _success(endpoint: Endpoint) -> dict[str, Any]:
    if endpoint.answer is None:
        return {"description": "Done"}
    schema = _ref(endpoint.answer.name)
    if endpoint.many or endpoint.paged:
        properties = {"items": {"type": "array", "items": schema}}
        if endpoint.paged:
            properties["next"] = {"type": ["string", "null"]}
        schema = {"type": "object", "properties": properties, "required": list(properties)}
    return {"description": "Done", "content": {"application/json": {"schema": schema}}}


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}
