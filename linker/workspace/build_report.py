"""What a build reports: how far it has come, and what it made of each State."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from linker.links import Band
from linker.reading.reader import remedy
from linker.records.asks import LONGEST
from linker.vocabulary.spoken import name_of
from linker.vocabulary.states import state_name

BuildProgress = Callable[[str, int, int], None]
"""Called with (what is being done, how much is done, how much there is)."""


@dataclass(frozen=True, slots=True)
class StateReport:
    """What a build made for one State.

    Attributes:
        state: ISO 3166-1 alpha-3 code.
        records: how many records it has.
        convergences: links of each band: propose, ask, hide.
        sdg_links: likewise.
        themes: how many themes.
        seconds: how long it took; 0 when nothing had changed.
        too_long: of the records, how many are longer than what is analysed: no links, no theme.
        unread: languages that are not read here, with how many records: no links, no theme.
        learned: what reviewers' decisions changed, in words; empty where none is new or gone.
    """

    state: str
    records: int
    convergences: dict[Band, int]
    sdg_links: dict[Band, int]
    themes: int
    seconds: float
    too_long: int = 0
    unread: tuple[tuple[str, int], ...] = ()
    learned: str = ""

    def __str__(self) -> str:
        return (
            f"{state_name(self.state)}: {self.records:,} records, {self.themes} themes; "
            f"convergences {bands_in_words(self.convergences)}; "
            f"SDG targets and indicators {bands_in_words(self.sdg_links)}; {self.seconds:.1f} s"
            f"{self._unread()}{'; ' if self.learned else ''}{self.learned}"
        )

    def _unread(self) -> str:
        said = [
            f"; {count} {_are(count)} in {name_of(code)}, not read {remedy(code)}"
            for code, count in self.unread
        ]
        if self.too_long:
            said.append(
                f"; {self.too_long} {_are(self.too_long)} longer than {LONGEST:,} characters "
                "and not analysed"
            )
        return "".join(said)


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made.

    Attributes:
        built: State by State.
        up_to_date: codes of the States for which nothing had changed.
        uncounted: concepts and measures of the vocabularies that have no background count; each
            passed for as common as the median one.
    """

    built: tuple[StateReport, ...]
    up_to_date: tuple[str, ...]
    uncounted: tuple[str, ...] = ()

    def of(self, state: str) -> StateReport | None:
        """Return what was made for a State; None where nothing had changed."""
        return next((report for report in self.built if report.state == state), None)


def _are(count: int) -> str:
    return "record is" if count == 1 else "records are"


def bands_in_words(counts: dict[Band, int]) -> str:
    """Return how many links a reviewer will meet: `12 to propose, 30 to ask about`."""
    return f"{counts['propose']:,} to propose, {counts['ask']:,} to ask about"
