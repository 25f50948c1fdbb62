"""HTML inside a text: taken out, its paragraphs kept as line breaks."""

from __future__ import annotations

import re
from html import unescape

_BLOCKS = frozenset((
    "address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5",
    "h6", "hr", "li", "ol", "p", "pre", "section", "table", "td", "th", "tr", "ul",
))  # fmt: skip
_INLINE = frozenset((
    "a", "abbr", "b", "big", "body", "center", "cite", "code", "del", "em", "font", "head", "html",
    "i", "img", "ins", "link", "mark", "meta", "o:p", "q", "s", "small", "span", "strike", "strong",
    "style", "script", "sub", "sup", "svg", "template", "tbody", "tfoot", "thead", "title", "tt",
    "u", "iframe", "object", "embed", "form", "input", "button", "textarea", "select", "option",
    "noscript",
))  # fmt: skip
_DROPPED = frozenset((
    "script", "style", "head", "title", "template", "noscript", "iframe", "object", "svg",
))  # fmt: skip
# Nothing here looks back past the next "<", so that no text takes more than linear time; Python's
# own HTMLParser needs minutes for 90,000 characters of "<a <a <a".
_TAG = re.compile(
    r"<!--(?:(?!-->|<!--).)*-->|<(?P<end>/?)(?P<tag>[a-zA-Z][\w:]{0,20})(?![\w:])[^<>]*>|<[!?][^<>]*>",
    re.DOTALL,
)


_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}|#\d{2,6}|#x[0-9a-fA-F]{2,5});")
# A job number of the UN's printers, with the page number beside it: "4 GE.24-19779".
_FURNITURE = re.compile(
    r"(?:^|(?<=\s))(?:\d{1,3}\s+)?GE\.\s?\d\d[-–‑]\d{4,6}(?:\s*\(E\))?(?:\s+\d{1,3}(?=\s*$))?\s*"
    r"|(?:(?<!\s)\s+)?\bPage \d{1,3} of \d{1,3}\b(?=\s*$)"
)


def without_furniture(text: str) -> str:
    """Return a text without what stands on every page and without spelt-out entities (&nbsp;)."""
    if "&" in text:
        text = _ENTITY.sub(lambda match: unescape(match[0]), text)
    return _FURNITURE.sub("", text) if "GE." in text or "Page " in text else text


def plain_text(text: str) -> str:
    """Return a text without its HTML: entities decoded, blocks as lines, scripts and styles gone.

    A tag that HTML does not know ("<country>") is text. Nothing here makes HTML safe to render: it
    makes text, to be escaped where it is shown.
    """
    if "<" not in text:
        return unescape(text) if "&" in text else text
    parts: list[str] = []
    dropping = ""
    done = 0
    for match in _TAG.finditer(text):
        if not dropping:
            parts.append(unescape(text[done : match.start()]))
        done = match.end()
        tag = (match["tag"] or "").lower()
        if dropping:
            dropping = "" if match["end"] and tag == dropping else dropping
        elif tag in _DROPPED and not match["end"]:
            dropping = tag
        else:
            parts.append(_in_place_of(match[0], tag))
    if not dropping:
        parts.append(unescape(text[done:]))
    return "".join(parts)


def _in_place_of(markup: str, tag: str) -> str:
    if tag in _BLOCKS:
        return "\n"
    return markup if tag and tag not in _INLINE | _DROPPED else ""
