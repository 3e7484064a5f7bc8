"""The API, readable: one plain page made from the OpenAPI description, for signed-in people."""

import json
from html import escape
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from studio_app import routes
from studio_app.api.deps import Who

router = APIRouter(include_in_schema=False)


@router.get(routes.API_DOCS)
def docs(request: Request, who: Who) -> Response:
    if not who.actor().is_signed_in:
        return RedirectResponse(f"{routes.LOGIN}?next={routes.API_DOCS}", 303)
    return HTMLResponse(page(request.app.openapi()))


def page(schema: dict[str, Any]) -> str:
    by_tag: dict[str, list[str]] = {}
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            tag = (operation.get("tags") or ["Other"])[0]
            by_tag.setdefault(tag, []).append(_operation(path, method, operation, schema))
    sections = "".join(f"<h2>{escape(tag)}</h2>{''.join(parts)}" for tag, parts in by_tag.items())
    title = escape(schema["info"]["title"])
    return f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/tokens.css">
<link rel="stylesheet" href="/docs.css">
<link rel="icon" href="/favicon.svg"></head><body><main class="docs"><h1>{title}</h1>
<p>Times are ISO 8601, with an offset or in the studio's zone. Money is whole cents in fields that end in
<code>_cents</code>. Refusals are <code>{{error: {{code, message, field}}}}</code>.
<a href="/api/openapi.json">openapi.json</a></p>{sections}</main></body></html>"""


def _operation(path: str, method: str, operation: dict[str, Any], schema: dict[str, Any]) -> str:
    rows = "".join(_parameter(parameter) for parameter in operation.get("parameters", ()))
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    return (
        f"<details><summary><b class='{method}'>{method.upper()}</b> <code>{escape(path)}</code> "
        f"<span>{escape(operation.get('summary', ''))}</span></summary>"
        f"<p>{escape(operation.get('description', ''))}</p>"
        + (f"<table><tr><th>Parameter<th>In<th>Type<th>Needed</tr>{rows}</table>" if rows else "")
        + (f"<h3>Body</h3><pre>{escape(_readable(body, schema))}</pre>" if body else "")
        + f"<p>Answers: {escape(', '.join(operation.get('responses', {})))}</p></details>"
    )


def _parameter(parameter: dict[str, Any]) -> str:
    kind = parameter.get("schema", {})
    cells = (
        parameter["name"],
        parameter["in"],
        kind.get("type") or kind.get("title", ""),
        "yes" if parameter.get("required") else "",
    )
    return f"<tr>{''.join(f'<td>{escape(str(cell))}' for cell in cells)}</tr>"


def _readable(node: Any, schema: dict[str, Any], depth: int = 0) -> str:
    return json.dumps(_shape(node, schema, depth), indent=2)


def _shape(node: dict[str, Any], schema: dict[str, Any], depth: int) -> Any:
    """The schema as an example-like outline: names and types, nested a few levels."""
    if "$ref" in node:
        node = schema["components"]["schemas"][node["$ref"].rsplit("/", 1)[-1]]
    if depth > 4:
        return "…"
    if "properties" in node:
        needed = node.get("required", ())
        return {
            name + ("" if name in needed else "?"): _shape(part, schema, depth + 1)
            for name, part in node["properties"].items()
        }
    if choices := node.get("anyOf"):
        return " | ".join(str(_shape(choice, schema, depth + 1)) for choice in choices)
    if node.get("type") == "array":
        return [_shape(node.get("items", {}), schema, depth + 1)]
    return " | ".join(map(str, node["enum"])) if "enum" in node else node.get("format") or node.get("type", "any")
