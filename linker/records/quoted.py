"""What a UN compilation quotes: which body spoke, and where the original stands."""

from __future__ import annotations

import re

from linker.vocabulary.bodies import body_of_symbol

_SYMBOL = re.compile(r"\b(?:[A-Z]{2,5}|[AE])(?:/[A-Z0-9](?:[\w.\-]*\w)?)+")
_PLACE = re.compile(
    r",? (paras?\. ?\d{1,3}(?: ?\([a-z]+\))?"
    r"(?:(?:[–-]|, | and )(?:\d{1,3}(?: ?\([a-z]+\))?|\([a-z]+\)))*)"
)
_ASIDE = re.compile(r"\b(?:see also|for (?:the )?relevant recommendations?)\b.*", re.I | re.DOTALL)
"""What else may be read: it is not what was quoted."""
_MANDATE = re.compile(
    r"\b((?:the )?(?:United Nations )?(?:Special Rapporteurs?|Independent Expert|Working Group|"
    r"Special Representative of the Secretary-General)(?: of Experts)? (?:on|in the field of) "
    r"[^.;:]{3,160}?)(?=,? (?:also |further |had |has )?(?:report|recommend|urg|call|encourag|not|"
    r"stat|remain|express|welcom|reiterat|request|invit|suggest|regret|commend|advis|consider|"
    r"observ|highlight|visit)(?:ed|s|ing|e)\b)",
    re.IGNORECASE,
)
_LOOKED_AT = 600
"""Characters in which whoever speaks is named."""
SPECIAL_PROCEDURES = ("A/HRC/", "E/CN.4/", "A/")


def original(footnotes: str, body: str) -> str:
    """Return where the original of a quoted paragraph stands: "CAT/C/SVN/CO/4, para. 9".

    Args:
        footnotes: the footnotes of the paragraph, "See CRC/C/BRB/CO/2, paras. 21-22. || …".
        body: code of the body that spoke; what other bodies said is passed over.

    Returns:
        Symbols with their paragraphs, parted by "; "; empty where the footnotes name none of that
        body.
    """
    found: dict[str, None] = {}
    for note in footnotes.split("||"):
        quoted = _ASIDE.sub("", note)
        for match in _SYMBOL.finditer(quoted):
            if not is_document_of(match[0], body):
                continue
            place = _PLACE.match(quoted, match.end())
            found[f"{match[0]}, {place[1]}" if place else match[0]] = None
    bare = {one for one in found if any(other.startswith(f"{one}, ") for other in found)}
    return "; ".join(one for one in found if one not in bare)


def mandate(text: str) -> str:
    """Return the mandate of special procedures that speaks in a text; empty where none is named.

    "The Special Rapporteur on adequate housing recommended …" is the Special Rapporteur on
    adequate housing.
    """
    match = _MANDATE.search(text[:_LOOKED_AT])
    return re.sub(r"^the ", "", match[1], flags=re.IGNORECASE).strip() if match else ""


def is_document_of(symbol: str, body: str) -> bool:
    """Say whether a symbol is that of a treaty body's document, or of special procedures'."""
    if body == "SP":
        return symbol.startswith(SPECIAL_PROCEDURES) and "/WG.6/" not in symbol
    return body_of_symbol(symbol) == (body, "TB")


def cited_bodies(footnotes: str) -> tuple[str, ...]:
    """Return the bodies whose documents footnotes quote, in order: treaty bodies' codes and SP."""
    found: dict[str, None] = {}
    for note in footnotes.split("||"):
        for match in _SYMBOL.finditer(_ASIDE.sub("", note)):
            told = body_of_symbol(match[0])
            if told and told[1] == "TB":
                found[told[0]] = None
            elif is_document_of(match[0], "SP") and "/Add." in match[0]:
                found["SP"] = None
    return tuple(found)
