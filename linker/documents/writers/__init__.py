"""Documents that people take away: one writer a file, chosen by kind and suffix."""

from __future__ import annotations

import importlib
import tempfile
from collections import Counter
from dataclasses import replace
from pathlib import Path

from linker.documents.inputs import ALL_THEMES, Options, Source, one_theme
from linker.documents.kinds import (
    EXCHANGED,
    FOLDER,
    KINDS,
    PDF,
    PLAIN,
    PRINTED,
    added_kinds,
    formats_of,
)
from linker.documents.selection import refuse_empty
from linker.errors import Invalid, LinkerError
from linker.i18n.language import ENGLISH, speaking
from linker.vocabulary.text import slug

__all__ = ["ALL_THEMES", "KINDS", "format_of", "write"]


def write(
    kind: str, path: str | Path, source: Source, options: Options | None = None
) -> list[Path]:
    """Write a document; its format follows from the suffix of the path.

    A factsheet is of the theme that the options name, else of the one with most convergences;
    with the theme ``all`` one file a theme is written, its label added to the name. Nobody who
    decided or commented is named unless the options say so.

    Args:
        kind: one of `KINDS`, or one that a plugin adds.
        path: file to write; its folder is made where it is missing.
        source: the State's records, links and themes.
        options: what to take in.

    Returns:
        The files written.

    Raises:
        UsageError: no such kind, or one that has no such format, or no such theme, or no record
            has what the options ask of the rows.
        LinkerError: the file cannot be written.
    """
    path, options = Path(path), options or Options()
    suffix = format_of(kind, path)
    source = source if options.with_names else source.without_names()
    source = source.released_only() if options.released_only else source
    refuse_empty(source, options)
    if options.theme and options.theme != ALL_THEMES:
        options = replace(options, theme=one_theme(source, options.theme))
    # What programs read is in English, whatever the people speak.
    with speaking(ENGLISH if _for_programs(kind, suffix) else options.language):
        return _written(kind, path, suffix, source, options)


def _for_programs(kind: str, suffix: str) -> bool:
    return suffix in ("csv", "json", "ris", "bib") or kind in (*PLAIN, *EXCHANGED)


def _written(kind: str, path: Path, suffix: str, source: Source, options: Options) -> list[Path]:
    """Write a document in the language spoken here."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if kind == "factsheet" and options.theme == ALL_THEMES:
            return _write_themes(path, suffix, source, options)
        if suffix == FOLDER:
            writer = importlib.import_module(f"linker.documents.writers.{kind}_{FOLDER}")
            write_files = getattr(writer, f"write_{kind}_{FOLDER}")
            files: list[Path] = write_files(source.spoken(), options, path)
            return files
        _write(kind, suffix, source, options, path)
    except OSError as error:
        raise LinkerError(
            f"{path}: cannot be written ({error.strerror}). Close it where it is open, or name "
            "another file."
        ) from error
    return [path]


def format_of(kind: str, path: str | Path) -> str:
    """Return the format that a path asks for.

    Raises:
        UsageError: no such kind, or one that has no such format.
    """
    known = KINDS if kind in KINDS else {**KINDS, **added_kinds()}
    if kind not in known:
        raise Invalid(f"{kind!r} cannot be exported. Choose one of: {', '.join(known)}.")
    suffix = Path(path).suffix.lower().lstrip(".")
    if FOLDER in formats_of(kind) and (not suffix or Path(path).is_dir()):
        return FOLDER
    if suffix not in formats_of(kind):
        raise Invalid(
            f"{path}: a {kind} cannot be written as {suffix or 'a file without suffix'!r}. "
            f"Formats of {kind}: {', '.join(formats_of(kind))}."
        )
    return suffix


def _write(kind: str, suffix: str, source: Source, options: Options, path: Path) -> None:
    if kind not in KINDS:
        _write_added(kind, source, options, path)
        return
    source = source.spoken()
    if suffix == PDF:
        _write_pdf(kind, source, options, path)
        return
    if kind == "matrix" and options.by == "cluster":
        kind = "measures"
    as_table = suffix in ("csv", "json") or (kind in PLAIN and suffix == "xlsx")
    if as_table and kind not in EXCHANGED:
        from linker.documents.writers import tables

        write_table = getattr(tables, f"write_{suffix}")
        write_table(source, kind, tables.ROWS[kind](source, options), path)
        return
    # Office libraries are slow to import: only the writer that is needed is loaded.
    module = importlib.import_module(f"linker.documents.writers.{kind}_{suffix}")
    getattr(module, f"write_{kind}_{suffix}")(source, options, path)


def _write_added(kind: str, source: Source, options: Options, path: Path) -> None:
    """Let a plugin write its document.

    Raises:
        LinkerError: it cannot, whatever its code does.
    """
    try:
        added_kinds()[kind].write(source, options, path)
    except (LinkerError, OSError):
        raise
    except (Exception, SystemExit) as error:
        raise LinkerError(
            f"{path}: the plugin that adds {kind!r} broke off ({type(error).__name__}: {error}). "
            "`linker info` says whose it is."
        ) from error


def _write_pdf(kind: str, source: Source, options: Options, path: Path) -> None:
    """Write what an office program prints, and let LibreOffice make a PDF of it."""
    from linker.documents.writers.libreoffice_pdf import convert

    suffix = next(one for one in PRINTED if one in KINDS[kind])
    with tempfile.TemporaryDirectory() as folder:
        printed = Path(folder) / f"{kind}.{suffix}"
        _write(kind, suffix, source, options, printed)
        convert(printed, path, source.date)


def _theme_files(path: Path, source: Source) -> dict[str, Path]:
    """Return the file of each theme, named by its label; by its id too where two are alike."""
    names = {theme.theme_id: slug(theme.label) for theme in source.xray}
    times = Counter(names.values())
    return {
        key: path.with_name(
            f"{path.stem}-{name}{'' if times[name] == 1 else f'-{key}'}{path.suffix}"
        )
        for key, name in names.items()
    }


def _write_themes(path: Path, suffix: str, source: Source, options: Options) -> list[Path]:
    files = _theme_files(path, source)
    for theme, named in files.items():
        _write("factsheet", suffix, source, replace(options, theme=theme), named)
    return list(files.values())
