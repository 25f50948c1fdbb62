"""From records to links and themes, State by State, only where something changed."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.metadata import version

from linker.encoding.encoder import Encoder, Progress
from linker.labels.labeller import Labeller
from linker.linking.convergence import ConvergenceLinker
from linker.linking.links import Band, Convergence, SdgLink
from linker.linking.sdg import SdgLinker
from linker.paths import data_dir, models_dir
from linker.records.record import Record
from linker.records.states import state_name
from linker.workspace.arranging import make_themes
from linker.workspace.store import Store
from linker.workspace.teaching import reviewed_exemplars as reviewed_exemplars  # noqa: PLC0414

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
    """

    state: str
    records: int
    convergences: dict[Band, int]
    sdg_links: dict[Band, int]
    themes: int
    seconds: float

    def __str__(self) -> str:
        return (
            f"{state_name(self.state)}: {self.records:,} records, {self.themes} themes; "
            f"convergences {bands_in_words(self.convergences)}; "
            f"SDG targets and indicators {bands_in_words(self.sdg_links)}; {self.seconds:.1f} s"
        )


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made, State by State, and which States were up to date already."""

    built: tuple[StateReport, ...]
    up_to_date: tuple[str, ...]


class Builder:
    """Makes what can be made from the records of a workspace."""

    def __init__(self, store: Store, encoder: Encoder) -> None:
        self.store = store
        self.encoder = encoder
        self._exemplars = reviewed_exemplars(store)

    def build(self, progress: BuildProgress | None = None) -> BuildReport:
        """Build every State whose records, models, vocabularies or reviewed links changed."""
        states = self.store.states()
        self.store.drop_builds(but=states)
        engine = self._engine_digest()
        built: list[StateReport] = []
        up_to_date: list[str] = []
        for state in states:
            records = self.store.records(state)
            digest = _digest([engine, *(json.dumps(r.to_dict(), sort_keys=True) for r in records)])
            if self.store.build_digest(state) == digest:
                up_to_date.append(state)
                continue
            built.append(self._build_state(state, records, digest, progress))
        return BuildReport(tuple(built), tuple(up_to_date))

    def _build_state(
        self, state: str, records: list[Record], digest: str, progress: BuildProgress | None
    ) -> StateReport:
        started = time.perf_counter()

        def stage(name: str) -> Progress:
            def report(done: int, total: int) -> None:
                if progress:
                    progress(f"{state}: {name}", done, total)

            return report

        convergences = ConvergenceLinker(self.encoder).link(records, stage("convergences"))
        sdg_links = SdgLinker(self.encoder, self._exemplars).link(records, stage("SDG links"))
        xray = make_themes(self.store, self.encoder, state, records, sdg_links)
        report = StateReport(
            state=state,
            records=len(records),
            convergences=_by_band(convergences),
            sdg_links=_by_band(sdg_links),
            themes=len(xray),
            seconds=time.perf_counter() - started,
        )
        self.store.save_build(
            state,
            digest,
            convergences,
            sdg_links,
            [theme.to_dict() for theme in xray],
            {"records": report.records, "themes": report.themes},
            Labeller().label(records),
        )
        return report

    def _engine_digest(self) -> str:
        """Return what besides the records decides the result: models, vocabularies, reviews."""
        parts = [version("linker"), self.encoder.checksum]
        parts += [f"{e.text}\x1f{e.target}\x1f{e.accepted}" for e in self._exemplars]
        for folder in (models_dir(), data_dir()):
            for path in sorted(folder.rglob("*")):
                if path.is_file() and path.parent.name not in ("encoder", "sample"):
                    parts.append(hashlib.sha256(path.read_bytes()).hexdigest())
        return _digest(parts)


def bands_in_words(counts: dict[Band, int]) -> str:
    """Return how many links a reviewer will meet: `12 to propose, 30 to ask about`."""
    return f"{counts['propose']:,} to propose, {counts['ask']:,} to ask about"


def _by_band(links: Sequence[Convergence] | Sequence[SdgLink]) -> dict[Band, int]:
    counts: dict[Band, int] = {"propose": 0, "ask": 0, "hide": 0}
    for link in links:
        counts[link.band] += 1
    return counts


def _digest(parts: Sequence[str]) -> str:
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode("utf-8", "surrogatepass"))
        digest.update(b"\x1e")
    return digest.hexdigest()
