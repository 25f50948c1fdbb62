"""The templates of a portal: those that ship, and those of an organisation before them.

Every value is escaped, addresses in texts become links only where they begin with http or https,
and a template can reach nothing but what it is given.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from linker.documents.writers.phrasing import STATUS_LIGHTS, capital, clean, contrasting
from linker.errors import Invalid
from linker.paths import data_dir
from linker.sdg.framework import framework
from linker.vocabulary.text import clipped, slug

if TYPE_CHECKING:
    from markupsafe import Markup

ASSETS = "assets"
"""Folder of the site with style and scripts; of the templates, with what is copied as it is."""
_LINK = re.compile(r"https?://[^\s<>\"'“”„«»\\^`{|}\[\]]+", re.IGNORECASE)
_AFTER = ".,;:!?)"
"""Marks that end a sentence and no address."""


class Templates:
    """The templates by name.

    Args:
        own: folder of an organisation's own templates; each stands for the one of its name. Files
            in its folder ``assets`` are copied into the site.

    Raises:
        Invalid: the folder is missing.
    """

    def __init__(self, own: str = "") -> None:
        from jinja2 import ChoiceLoader, FileSystemLoader, StrictUndefined
        from jinja2.sandbox import ImmutableSandboxedEnvironment

        if own and not Path(own).is_dir():
            raise Invalid(f"{own}: is no folder of templates. `data/portal` holds those that ship.")
        self._folders = [Path(own)] if own else []
        loaders = [FileSystemLoader(folder) for folder in (*self._folders, data_dir() / "portal")]
        self._made = ImmutableSandboxedEnvironment(
            loader=ChoiceLoader(loaders),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            finalize=_printed,
        )
        self._made.filters |= {
            "capital": capital, "clipped": clipped, "linked": linked, "slug": slug, "web": web,
        }  # fmt: skip

    def render(self, name: str, values: Mapping[str, Any]) -> bytes:
        """Return a page.

        Raises:
            Invalid: an organisation's own template has a fault; says which and where.
        """
        from jinja2 import TemplateError

        try:
            text = self._made.get_template(name).render(values)
        except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError) as error:
            if not self._folders:
                raise
            line = getattr(error, "lineno", None)
            where = f"{getattr(error, 'name', None) or name}{f', line {line}' if line else ''}"
            raise Invalid(f"The template {where} cannot be used: {error}. Mend it.") from error
        return f"{text.rstrip()}\n".encode("utf-8", errors="replace")

    def assets(self) -> Iterator[tuple[str, bytes]]:
        """Yield style, script and what an organisation adds: address and content."""
        lights = {slug(status): colour for status, colour in STATUS_LIGHTS.items() if status}
        goals = {
            goal.code: (goal.colour, contrasting(goal.colour, least=4.5))
            for goal in framework().level("goal")
        }
        yield f"{ASSETS}/style.css", self.render("style.css", {"lights": lights, "goals": goals})
        yield f"{ASSETS}/search.js", self.render("search.js", {})
        for folder in self._folders:
            for path in sorted((folder / ASSETS).glob("*")):
                if path.is_file():
                    yield f"{ASSETS}/{path.name}", path.read_bytes()


def linked(text: str) -> Markup:
    """Return text whose web addresses can be followed; nothing else in it becomes markup."""
    from markupsafe import Markup, escape

    said, parts, end = clean(text), [], 0
    for match in _LINK.finditer(said):
        found = match[0].rstrip(_AFTER)
        parts += [escape(said[end : match.start()]), _anchor(found)]
        end = match.start() + len(found)
    return Markup("").join([*parts, escape(said[end:])])


def web(address: str) -> str:
    """Return an address where it leads to the web; else nothing, for it may be a script."""
    whole = _LINK.fullmatch(clean(address).strip())
    return whole[0] if whole else ""


def _anchor(found: str) -> Markup:
    from markupsafe import Markup

    return Markup('<a href="{0}" rel="noopener noreferrer nofollow">{0}</a>').format(found)


def _printed(value: Any) -> Any:
    """Return a value as pages hold it: without the characters that no page may hold."""
    return clean(value) if type(value) is str else value
