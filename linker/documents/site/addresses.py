"""Addresses of the portal's pages: made from ids alone, so that they last from one to the next."""

from __future__ import annotations

import hashlib
import re

from linker.vocabulary.text import fold_name, slug

RECORDS, REVIEWS, MEASURES, THEMES, INSTITUTIONS, TARGETS = (
    "records", "reviews", "measures", "themes", "institutions", "targets",
)  # fmt: skip
"""Folders of the pages, as their addresses show them."""
NAMED = 40
"""Characters of a name that an address shows; what follows tells like names apart."""
_LASTING = re.compile(
    rf"(?:{RECORDS}|{MEASURES}|{THEMES}|{INSTITUTIONS}|{TARGETS})/[a-z0-9.-]+\.html"
)
_STABLE = re.compile(r"(?:CL|T)-[0-9a-f]{10}|\d{1,2}(?:\.[0-9a-d]{1,2}){0,2}", re.ASCII)


def address(folder: str, key: str) -> str:
    """Return where the page of a thing lies: "records/132-4-5f0c1b2a3d.html".

    Ids of clusters and themes and codes of the 2030 Agenda stand as they are. Any other key is cut
    to letters that every system takes, and a digest of it follows: two keys never share a page,
    not even where capitals are not told apart.
    """
    if _STABLE.fullmatch(key):
        return f"{folder}/{key.lower()}.html"
    digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:10]
    return f"{folder}/{slug(key, NAMED)}-{digest}.html"


def institution_address(name: str) -> str:
    """Return the page of a responsible body, however its name is written."""
    return address(INSTITUTIONS, fold_name(name))


def further(first: str, number: int) -> str:
    """Return the page of a long list, from 1: "themes/t-1.html", then "themes/t-1_2.html"."""
    return first if number == 1 else f"{first.removesuffix('.html')}_{number}.html"


def is_lasting(text: str) -> bool:
    """Whether a text that somebody hands over is the address of such a page, and nothing else."""
    return bool(_LASTING.fullmatch(text)) and ".." not in text
