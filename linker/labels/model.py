"""The words that speak for each label: a log-odds model one can read, ``models/labels``.

A label's log-odds are the sum of the weights of the words and pairs of neighbouring words that
stand in a text, each counted once. The result depends on the text alone.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linker.errors import LinkerError
from linker.paths import models_dir
from linker.vocabulary.files import read_text, remembered, sha256
from linker.vocabulary.tokens import stem
from linker.vocabulary.tokens import words as text_words

Array = NDArray[np.float64]
START = "^"
"""Stands before the first word, so that "^ continu" is a text that begins with "continue"."""
ANY_TEXT = "*"
"""The weight that every text gets."""
HEADER = "label\tterm\tlog_odds"
MANIFEST = "manifest.json"


def terms(text: str) -> frozenset[str]:
    """Return the word stems of a text and their pairs, the first word's with ``START`` too."""
    words = [stem(word) for word in text_words(text)]
    pairs = zip([START, *words], words, strict=False)
    return frozenset([*words, *(f"{left} {right}" for left, right in pairs)])


@dataclass(frozen=True)
class Weights:
    """The log-odds that each term adds to each label.

    Attributes:
        labels: in the order of the columns.
        row: the row of each term.
        table: shape (terms, labels).
        always: what every text gets; shape (labels,).
    """

    labels: tuple[str, ...]
    row: dict[str, int]
    table: Array
    always: Array

    @classmethod
    def from_text(cls, text: str, where: str) -> Weights:
        """Read lines of label, term and log-odds, separated by tabs, under their header.

        Args:
            text: the file.
            where: its name, for messages.

        Raises:
            LinkerError: a line is not of that kind.
        """
        triples = list(_triples(text, where))
        labels = {label: n for n, label in enumerate(dict.fromkeys(t[0] for t in triples))}
        found = dict.fromkeys(term for _, term, _ in triples if term != ANY_TEXT)
        row = {term: n for n, term in enumerate(sorted(found))}
        table, always = np.zeros((len(row), len(labels))), np.zeros(len(labels))
        for label, term, weight in triples:
            if term == ANY_TEXT:
                always[labels[label]] = weight
            else:
                table[row[term], labels[label]] = weight
        return cls(tuple(labels), row, table, always)

    def log_odds(self, said: Sequence[frozenset[str]]) -> Array:
        """Return the log-odds of each label for the terms of each text, shape (texts, labels)."""
        out = np.tile(self.always, (len(said), 1))
        for place, found in enumerate(said):
            # In the order of rows: a set's own order, and so the rounding, differs from run to run.
            rows = sorted(self.row[term] for term in found if term in self.row)
            out[place] += self.table[rows].sum(axis=0)
        return out


@dataclass(frozen=True)
class Model:
    """What ``models/labels`` holds.

    Attributes:
        issues: weights of the issue tags; each is decided for itself.
        action: weights of the action categories "1" to "5"; exactly one holds.
        threshold: probability from which an issue tag is shown.
    """

    issues: Weights
    action: Weights
    threshold: float

    @classmethod
    def load(cls, folder: Path | None = None) -> Model:
        """Read the model.

        Args:
            folder: where it lies; ``models/labels`` unless given.

        Raises:
            LinkerError: a file is missing or damaged, or is not the one the manifest names.
        """
        chosen = folder or models_dir() / "labels"
        manifest = _manifest(chosen / MANIFEST)
        read = {}
        for name in ("issues.tsv", "action.tsv"):
            path = chosen / name
            read[name] = Weights.from_text(_checked(path, manifest["files"][name]), str(path))
        return cls(read["issues.tsv"], read["action.tsv"], float(manifest["threshold"]))

    def chances(self, texts: Sequence[str]) -> tuple[Array, Array]:
        """Return the probability of each issue tag and of each action category.

        Returns:
            Shape (texts, tags), each tag for itself; and (texts, 5), rows that add up to 1.
        """
        said = [terms(text) for text in texts]
        return sigmoid(self.issues.log_odds(said)), softmax(self.action.log_odds(said))


def sigmoid(log_odds: Array) -> Array:
    """Return the probability of each label for itself."""
    return np.asarray(1 / (1 + np.exp(-log_odds)))


def softmax(log_odds: Array) -> Array:
    """Return probabilities of labels of which exactly one holds: each row adds up to 1."""
    raised = np.exp(log_odds - log_odds.max(axis=1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=1, keepdims=True))


@remembered()
def default_model() -> Model:
    """Return the model that ships, read once.

    Raises:
        LinkerError: see `Model.load`.
    """
    return Model.load()


def _triples(text: str, where: str) -> Iterator[tuple[str, str, float]]:
    lines = text.splitlines()
    if not lines or lines[0] != HEADER:
        raise LinkerError(f"{where}, line 1: expected the header {HEADER!r}. Restore models/.")
    for number, line in enumerate(lines[1:], start=2):
        try:
            label, term, weight = line.split("\t")
            yield label, term, float(weight)
        except ValueError as error:
            raise LinkerError(
                f"{where}, line {number}: expected label, term and a number, separated by tabs. "
                "Restore models/."
            ) from error


def _manifest(path: Path) -> dict[str, Any]:
    if not path.is_file():
        raise LinkerError(f"{path}: file missing. Restore models/ or run `make models`.")
    try:
        manifest = json.loads(read_text(path))
        float(manifest["threshold"])
        if not {"issues.tsv", "action.tsv"} <= set(manifest["files"]):
            raise KeyError("files")
    except (ValueError, KeyError, TypeError) as error:
        raise LinkerError(
            f"{path}: needs `threshold` and `files` with issues.tsv and action.tsv ({error!r}). "
            "Restore models/ or run `make models`."
        ) from error
    return dict(manifest)


def _checked(path: Path, expected: str) -> str:
    """Read a file of the model, refusing one whose bytes are not the manifest's."""
    if not path.is_file():
        raise LinkerError(f"{path}: file missing. Restore models/ or run `make models`.")
    found = sha256(path)
    if found != expected:
        raise LinkerError(
            f"{path}: sha256 {found[:12]}… is not the manifest's {expected[:12]}…. "
            "Restore models/ or run `make models`."
        )
    return read_text(path)
