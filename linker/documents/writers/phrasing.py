"""What all documents say alike, and how text is made safe for them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from linker.documents.inputs import Source
from linker.documents.shown_links import SdgRef
from linker.i18n.messages import tr, tr_later
from linker.vocabulary.official import official_name

PROMISE = tr_later("Proposals are marked; a person decides.")
EXPLANATION = tr_later(
    "Links marked “confirmed” were confirmed by a reviewer on that date. Links "
    "marked “proposal” were computed and no person has decided on them; the "
    "percentage says how likely they are to be right."
)
POSITION_FILLS = {
    "supported": "E3F1E4",
    "partly supported": "EFF4DC",
    "noted": "FBEFD9",
    "pending": "EEEEEE",
}
"""Discreet shading beside the word itself, for a document may be printed in black and white."""
STATUS_FILLS = {
    "not started": "F8D7D3",
    "in progress": "FCE8C5",
    "partly implemented": "EFF4DC",
    "fully implemented": "DDEFD9",
}
"""The traffic lights of score-cards, behind dark letters; the word always stands there too."""
SCALES: Mapping[str, Mapping[str, str]] = {
    "position": POSITION_FILLS,
    **dict.fromkeys(("status", "law", "policy", "practice"), STATUS_FILLS),
}
"""Shading by the name of a column."""
BETWEEN = " · "
"""What parts the names of themes: semicolons stand in some ("Children: definition; principles")."""
MOST_PROPOSED = 3
"""Proposed indicators shown of a measure."""
STATUS_LIGHTS = {
    "not started": "B3261E",
    "in progress": "A86400",
    "partly implemented": "7A8B00",
    "fully implemented": "2E7D32",
    "": "6B7680",
}
"""The same lights as a dot beside the word."""
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def clean(text: str) -> str:
    """Return text without the characters that XML cannot hold."""
    return _FORBIDDEN.sub("", text)


def capital(text: str) -> str:
    """Return a text, or what a position or status is called, with its first letter in capitals."""
    said = official_name(text)
    return said[:1].upper() + said[1:]


def footer(source: Source) -> str:
    """Return the footer of every document."""
    return f"{source.footer} · {tr(PROMISE)}"


def contrasting(colour: str, least: float = 3.0) -> str:
    """Return white where text in it is readable on a colour, as the UN sets it, else black.

    Args:
        colour: ``#rrggbb``.
        least: contrast that white must reach, by relative luminance (WCAG 2.1): 3 for large or
            bold text, 4.5 for other text.
    """
    parts = [int(colour.lstrip("#")[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#FFFFFF" if 1.05 / (luminance + 0.05) >= least else "#000000"


def shade(column: str, value: str) -> str:
    """Return the shading of a table's cell by its column and what it says; empty for none."""
    return SCALES.get(column, {}).get(value.lower(), "")


def most_telling(refs: Sequence[SdgRef]) -> tuple[list[SdgRef], str]:
    """Return the indicators to show of a measure, and how many proposals more there are, in words.

    All that were confirmed, and of the proposals the surest; many recommendations for one measure
    bring many.
    """
    proposed = [ref for ref in refs if not ref.mark.confirmed]
    surest = sorted(proposed, key=lambda ref: -ref.mark.probability)[:MOST_PROPOSED]
    shown = [ref for ref in refs if ref.mark.confirmed or ref in surest]
    left = len(refs) - len(shown)
    return shown, tr("and {left} less sure", left=left) if left else ""
