"""The first page: what can be asked, read from the OpenAPI description; nothing is fetched."""

from __future__ import annotations

from html import escape
from typing import Any

STYLE = """
body { font: 16px/1.5 system-ui, sans-serif; color: #1b2730; max-width: 60rem; margin: 2rem auto;
  padding: 0 1rem; }
h1, h2 { line-height: 1.2; } h2 { margin-top: 2.5rem; }
section { border-top: 1px solid #cbd3d8; padding: .75rem 0; }
h3 { font-size: 1rem; margin: 0 0 .25rem; } p { margin: .25rem 0; }
code, pre { font: 14px/1.5 ui-monospace, monospace; background: #f3f5f6; }
pre { padding: .75rem; overflow-x: auto; }
th, td { text-align: left; padding: .15rem .75rem .15rem 0; vertical-align: top; font-size: 14px; }
a { color: #175676; }
"""


def first_page(schema: dict[str, Any], address: str) -> str:
    """Return the page.

    Args:
        schema: the OpenAPI description.
        address: of this server, as the reader's browser knows it.
    """
    by_tag: dict[str, list[str]] = {}
    for path, methods in schema["paths"].items():
        for method, told in methods.items():
            tag = (told.get("tags") or ["server"])[0]
            by_tag.setdefault(tag, []).append(_operation(schema, method, path, told))
    parts = "".join(
        f"<h2>{escape(tag[:1].upper() + tag[1:])}</h2>{''.join(found)}"
        for tag, found in by_tag.items()
    )
    about = escape(schema["info"]["description"])
    example = f"curl -H 'Authorization: Bearer TOKEN' '{address}v1/search?q=child+marriage'"
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>Linker over HTTP</title><style>{STYLE}</style>"
        f"<main><h1>Linker over HTTP</h1><p>{about}</p><pre>{escape(example)}</pre>"
        "<p>The whole description for programs is <code>/openapi.json</code>, with the same "
        f"header.</p>{parts}</main></html>"
    )


def _operation(schema: dict[str, Any], method: str, path: str, told: dict[str, Any]) -> str:
    rows = [
        (one["name"], one.get("description") or one["schema"].get("description", ""), one["in"])
        for one in told.get("parameters", ())
    ]
    for name, field in _body(schema, told).items():
        rows.append((name, field.get("description", ""), "body"))
    listed = "".join(
        f"<tr><th scope=row><code>{escape(name)}</code></th><td>{escape(place)}</td>"
        f"<td>{escape(what)}</td></tr>"
        for name, what, place in rows
    )
    table = f"<table>{listed}</table>" if listed else ""
    said = escape(told.get("description", ""))
    return (
        f"<section><h3><code>{method.upper()} {escape(path)}</code></h3><p>{said}</p>{table}"
        "</section>"
    )


def _body(schema: dict[str, Any], told: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of a JSON body."""
    content = told.get("requestBody", {}).get("content", {})
    name = content.get("application/json", {}).get("schema", {}).get("$ref", "").split("/")[-1]
    found: dict[str, Any] = schema.get("components", {}).get("schemas", {}).get(name, {})
    fields: dict[str, Any] = found.get("properties", {})
    return fields
