"""SDG targets and indicators for one text, without a workspace."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from linker.encoding.default import default_encoder
from linker.errors import UsageError
from linker.i18n.messages import tr
from linker.i18n.numbers import spoken_language
from linker.links import SdgLink
from linker.reading.reader import Reader, remedy
from linker.records.asks import too_long
from linker.sdg.framework import framework
from linker.sdg.linking import SdgLinker
from linker.vocabulary.files import remembered
from linker.vocabulary.spoken import ENGLISH, NOT_TOLD, name_of, spoken

REASONS_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The SDG links proposed for a text, most probable first."""

    text: str
    links: tuple[SdgLink, ...]

    def __iter__(self) -> Iterator[SdgLink]:
        return iter(self.links)

    def __len__(self) -> int:
        return len(self.links)

    @property
    def caution(self) -> str:
        """What to know before trusting the links; empty for a text in English."""
        code = spoken(self.text)
        if code in (ENGLISH, NOT_TOLD):
            return ""
        name = spoken_language(code, name_of(code))
        if unread := reader().unread(self.text):
            return tr(
                "This reads as {language}, which is not read {remedy}.",
                language=name,
                remedy=tr(remedy(unread)),
            )
        return tr(
            "Read from {language} through an English reading (no translation).", language=name
        )

    def above(self, probability: float) -> Suggestion:
        """Return the links at least as probable."""
        return Suggestion(self.text, tuple(i for i in self if i.probability >= probability))

    def to_rows(self, min_probability: float | None = None) -> list[dict[str, Any]]:
        """Return one dictionary for each link shown by default, or at least as probable."""
        chosen: Sequence[SdgLink] = [
            link
            for link in self
            if (
                link.band != "hide"
                if min_probability is None
                else link.probability >= min_probability
            )
        ]
        return [
            {
                "target": link.target,
                "indicator": link.indicator,
                "role": link.role,
                "probability": round(link.probability, 4),
                "band": link.band,
                "title": framework()[link.indicator or link.target].title,
                "reasons": reasons(link),
            }
            for link in chosen
        ]

    def __repr__(self) -> str:
        lines = [f"{self.text}"]
        for row in self.to_rows():
            lines.append(
                f"  {row['probability']:.2f} {row['indicator'] or row['target']:<7} "
                f"{row['role']:<6} {row['title']}"
            )
        if len(lines) == 1:
            lines.append("  no target proposed")
        return "\n".join([*lines, self.caution] if self.caution else lines)


def reasons(link: SdgLink) -> str:
    """Return what speaks most strongly for a link, in words."""
    for_it = sorted(link.contributions, key=lambda c: -c.log_odds)
    return "; ".join(c.finding for c in for_it[:REASONS_SHOWN] if c.log_odds > 0 and c.finding)


def suggest(text: str) -> Suggestion:
    """Return SDG targets and indicators for a text.

    Example:
        >>> print(suggest("End child marriage and female genital mutilation"))  # doctest: +SKIP

    Args:
        text: a recommendation, or part of one, in a language that is read.

    Raises:
        LinkerError: the models or the SDG index are missing or damaged.
        UsageError: the text is too long.
    """
    if reason := too_long(text):
        raise UsageError(f"{reason[0].upper()}{reason[1:]}. Give the part that asks for something.")
    if reader().unread(text):
        return Suggestion(text, ())
    return Suggestion(text, tuple(_linker().suggest(reader().english_text(text))))


@remembered()
def reader() -> Reader:
    """Return the reader of texts without a workspace."""
    return Reader()


@remembered()
def _linker() -> SdgLinker:
    return SdgLinker(default_encoder())
