"""The OpenAPI schema, made from the route table and the wire types; nothing of it is written twice."""

import inspect
import json
from functools import cache
from typing import Any, Final

import msgspec

from tukar import __version__
from tukar.server.call import CallerKind
from tukar.server.programmes import RawProgramme
from tukar.server.routes import ROUTES, Route
from tukar.wire.redemptions import WireRefusal

_REFUSED = {
    "400": "The message is not of its declared form, or contradicts itself.",
    "401": "No token, or one that is not in force.",
    "403": "Not allowed to this caller.",
    "404": "What the address or the message names is not there.",
    "409": "Refused: it conflicts with what stands.",
    "413": "The body is too large.",
    "429": "Too often; the answer says how long to wait.",
}


_SESSION: Final = {
    "name": "Tukar-Manager",
    "in": "header",
    "required": True,
    "description": "The token of a manager's session.",
    "schema": {"type": "string", "maxLength": 400},
}


def schema() -> dict[str, Any]:
    """The whole schema as plain JSON."""
    types = {kind for route in ROUTES for kind in (route.request, route.answer) if kind is not None} | {WireRefusal}
    ordered = sorted(types, key=lambda kind: kind.__name__)
    _, components = msgspec.json.schema_components(ordered, ref_template="#/components/schemas/{name}")
    paths: dict[str, dict[str, Any]] = {}
    for route in ROUTES:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Tukar loyalty backend", "version": __version__},
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
        "security": [{"token": []}],
    }


@cache
def schema_text() -> bytes:
    """The schema as it goes out; it depends on the program alone, and is made once."""
    return json.dumps(schema()).encode()


def _operation(route: Route) -> dict[str, Any]:
    words = inspect.getdoc(route.operation) or ""
    first, _, rest = words.partition("\n")
    answer = {"type": "object"} if route.answer is RawProgramme else _ref(route.answer)
    responses: dict[str, Any] = {"200": {"description": "Done.", "content": {"application/json": {"schema": answer}}}}
    for status, description in _REFUSED.items():
        content = {"application/json": {"schema": _ref(WireRefusal)}}
        responses[status] = {"description": description, "content": content}
    responses["503"] = {"description": "Nothing was stored; the same message may be sent again."}
    module = route.operation.__module__.rpartition(".")[2]
    described: dict[str, Any] = {
        "operationId": f"{module}_{route.operation.__name__}_{route.method.lower()}",
        "summary": first or f"{route.method} {route.path}",
        "description": f"{rest.strip()}\n\nCallers: {', '.join(sorted(map(str, route.callers)))}.".strip(),
        "responses": responses,
    }
    parameters = [_parameter(name) for name in route.parameters]
    if route.session is not None:
        parameters.append(_SESSION)
    if parameters:
        described["parameters"] = parameters
    if route.request is not None:
        body = {"application/json": {"schema": _ref(route.request)}}
        described["requestBody"] = {"required": True, "content": body}
    if CallerKind.NOBODY in route.callers:
        described["security"] = []
    return described


def _parameter(name: str) -> dict[str, Any]:
    form = {"type": "string", "pattern": "^[A-Za-z0-9_.:-]{1,200}$"}
    return {"name": name, "in": "path", "required": True, "schema": form}


def _ref(kind: type) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{kind.__name__}"}
