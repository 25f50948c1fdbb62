"""Parts of an Office file as XML, names without their namespaces."""

from __future__ import annotations

import zipfile
from typing import Any


def parse_part(archive: zipfile.ZipFile, name: str, names: set[str]) -> Any:
    """Return the root element of a part, None where the file has no such part.

    Raises:
        ValueError: it is not well-formed.
    """
    from lxml import etree

    if name not in names:
        return None
    parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True)
    try:
        with archive.open(name) as part:
            root = etree.parse(part, parser).getroot()
    except etree.XMLSyntaxError as error:
        raise ValueError(f"{name}: {error}") from error
    return next(iter(root)) if local(root) == "document" and len(root) else root


def local(element: Any) -> str:
    """Return an element's name without its namespace; instructions have none."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(element: Any, name: str) -> Any:
    """Return the first child of that name, None where there is none or no element."""
    if element is None:
        return None
    return next((node for node in element if local(node) == name), None)


def attribute(element: Any, name: str) -> str:
    """Return an attribute by its name without namespace, empty where it is missing."""
    if element is None:
        return ""
    for key, value in element.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return ""


def is_on(switch: Any) -> bool:
    """Say whether a property such as "struck out" is there, and not switched off."""
    return switch is not None and attribute(switch, "val") not in ("0", "false", "off")
