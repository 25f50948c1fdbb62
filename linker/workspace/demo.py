"""The demonstration: a fictional State from its files to its documents."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

from linker.errors import LinkerError
from linker.paths import data_dir
from linker.review.results import Links, ProposedConvergence, ProposedSdgLink
from linker.store.location import Folder
from linker.themes.theme import Theme
from linker.vocabulary.spoken import name_of
from linker.workspace.adding import FileReport
from linker.workspace.build_report import (
    BuildProgress,
    BuildReport,
    StateReport,
    bands_in_words,
)
from linker.workspace.workspace import Linker

DOCUMENTS = (
    ("xray", "xray.html"),
    ("matrix", "matrix.docx"),
    ("matrix", "matrix.xlsx"),
    ("plan", "plan.xlsx"),
    ("factsheet", "factsheet.docx"),
)
OTHER_LANGUAGES = "other-languages"
"""Folder of the records in Spanish and French."""
EXAMPLES = 3
FICTIONAL_STATE = "XVM"


@dataclass(frozen=True, slots=True)
class DemoReport:
    """What the demonstration did, to print."""

    folder: Path
    imported: tuple[FileReport, ...]
    built: BuildReport
    convergences: tuple[ProposedConvergence, ...]
    sdg: tuple[ProposedSdgLink, ...]
    documents: tuple[Path, ...]

    def __str__(self) -> str:
        made = self.built.built[0]
        lines = [
            "Valmora, a fictional State, from its files to its documents",
            "",
            f"Read    {sum(f.kept for f in self.imported)} records from {len(self.imported)} files",
            f"Links   {bands_in_words(made.convergences)} (convergence)",
            f"        {bands_in_words(made.sdg_links)} (SDG targets and indicators)",
            f"X-ray   {made.themes} themes",
            f"Time    {made.seconds:.1f} s",
            *self._unread(made),
            "",
            "The same measure, asked by different mechanisms (proposals, not decisions):",
        ]
        for item in self.convergences:
            row = item.to_row()
            lines += [
                f"  {item.link.probability:4.0%}  {item.left.label}",
                f"          {_short(row['left_ask'])}",
                f"        {item.right.label}",
                f"          {_short(row['right_ask'])}",
            ]
        lines += ["", "Indicators that can be reused:"]
        for link in self.sdg:
            row = link.to_row()
            lines += [
                f"  {link.link.probability:4.0%}  {row['record']}",
                f"          {_short(row['ask'])}",
                f"        {row['indicator']} {_short(row['title'])}",
            ]
        lines += ["", "Written:", *(f"  {path}" for path in self.documents)]
        lines += ["", f"Look further: linker --workspace {self.folder} app"]
        return "\n".join(lines)

    def _unread(self, made: StateReport) -> list[str]:
        """Return what reading the records in other languages needs; nothing where they are read."""
        if not made.unread:
            return []
        told = [f"{count} records in {name_of(code)}" for code, count in made.unread]
        return [
            f"Unread  {' and '.join(told)} came in: shown and searched by their words, not linked.",
            "        To link them: pip install 'linker[languages]', `linker languages prepare`,",
            f"        `linker --workspace {self.folder} build`; or `make demo-languages` alone.",
        ]


def make_demo(
    folder: Path, progress: BuildProgress | None = None, languages: bool = True
) -> DemoReport:
    """Build the demonstration workspace in a folder, anew, and write its documents.

    Args:
        folder: where.
        progress: called as work goes on.
        languages: with the records in Spanish and French too; linked where they can be read.

    Raises:
        LinkerError: the folder holds something that is no workspace.
    """
    if folder.exists():
        _refuse_what_is_not_a_demo(folder)
        shutil.rmtree(folder)
    files = sorted((data_dir() / "sample").glob("*.csv"))
    if languages:
        files += sorted((data_dir() / "sample" / OTHER_LANGUAGES).glob("*.csv"))
    with Linker.open(folder, create=True) as linker:
        imported = linker.add(files)
        built = linker.build(progress)
        documents = folder / "documents"
        documents.mkdir()
        written = [
            path for kind, name in DOCUMENTS for path in linker.export(kind, documents / name)
        ]
        return DemoReport(
            folder=folder,
            imported=tuple(imported),
            built=built,
            convergences=_across_mechanisms(linker.convergences(), linker.xray().home()),
            sdg=_direct(linker.sdg()),
            documents=tuple(written),
        )


def _refuse_what_is_not_a_demo(folder: Path) -> None:
    if not Folder(folder).database.is_file():
        if any(folder.iterdir()):
            raise LinkerError(f"{folder}: holds files that are no workspace. Name another folder.")
        return
    with Linker.open(folder) as linker:
        states = linker.store.states()
    if states not in ([], [FICTIONAL_STATE]):
        raise LinkerError(
            f"{folder}: is a workspace with records of {', '.join(states)}; the demonstration "
            "would delete it. Name another folder with --folder."
        )


def _across_mechanisms(
    links: Links[ProposedConvergence], home: dict[str, Theme]
) -> tuple[ProposedConvergence, ...]:
    """Return the most probable links between mechanisms, each of another theme."""
    chosen: dict[str, ProposedConvergence] = {}
    for item in links:
        theme = home[item.right.id].theme_id
        if item.left.mechanism != item.right.mechanism and theme not in chosen:
            chosen[theme] = item
        if len(chosen) == EXAMPLES:
            break
    return tuple(chosen.values())


def _direct(links: Links[ProposedSdgLink]) -> tuple[ProposedSdgLink, ...]:
    """Return the most probable direct indicators, each another one."""
    chosen: dict[str, ProposedSdgLink] = {}
    for item in links:
        if item.link.role == "direct" and item.link.indicator not in chosen:
            chosen[item.link.indicator] = item
        if len(chosen) == EXAMPLES:
            break
    return tuple(chosen.values())


def _short(text: str, length: int = 90) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= length else flat[: length - 1].rsplit(" ", 1)[0] + " …"
