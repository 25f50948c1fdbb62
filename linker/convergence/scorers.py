"""The scorers of all kinds of pairs, as models/convergence/scorer.json holds them.

Recommendations of two cycles of the UPR read otherwise than a committee's paragraph and one of
them: each kind of pair has its own calibration and lines, and its own weights where enough graded
pairs teach them. A mechanism without graded pairs is taken for the nearest that has some.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linker.convergence.scorer import MAY_BE_OPPOSED, OPPOSED, Calibration, Scorer, Weights
from linker.errors import LinkerError
from linker.links import Band
from linker.paths import models_dir
from linker.reading.ask_table import Floats, Rows
from linker.vocabulary.files import read_text, remembered

FILE = "convergence/scorer.json"
FORMAT = 2
Pairing = NDArray[np.str_]
"""The kind of each pair, such as ``TB-UPR``."""


@dataclass(frozen=True)
class Scorers:
    """A scorer for each kind of pair, all over the same evidence.

    Attributes:
        of: by kind of pair: two mechanisms with graded pairs, in order of letters.
        like: by mechanism without graded pairs, the one it is taken for.
        weights: by kind of pair, the kind whose weights it has.
    """

    of: Mapping[str, Scorer]
    like: Mapping[str, str]
    weights: Mapping[str, str]

    @property
    def kinds(self) -> tuple[str, ...]:
        """Names of the evidence."""
        return next(iter(self.of.values())).kinds

    def pair_kind(self, one: str, other: str) -> str:
        """Return the kind of pair whose scorer judges records of two mechanisms."""
        return "-".join(sorted(self._graded(code) for code in (one, other)))

    def borrowed(self, one: str, other: str) -> bool:
        """Whether pairs of two mechanisms are judged as pairs of others are."""
        return any(self._graded(code) != code for code in (one, other))

    def pair_kinds(self, mechanisms: Sequence[str], one: Rows, other: Rows) -> Pairing:
        """Return the kind of each of many pairs.

        Args:
            mechanisms: of records.
            one: row of a record, for each pair.
            other: row of the other.
        """
        if not len(one):
            return np.zeros(0, dtype=np.str_)
        codes, number = np.unique(np.array(mechanisms, dtype=np.str_), return_inverse=True)
        kinds = np.array([[self.pair_kind(str(a), str(b)) for b in codes] for a in codes])
        return np.asarray(kinds[number[one], number[other]])

    def nearness(self, values: Floats, pairing: Pairing) -> Floats:
        """Return `Scorer.nearness` of each pair, by its kind."""
        return self._each(pairing, lambda scorer, rows: scorer.nearness(values[rows]))

    def probabilities(self, values: Floats, pairing: Pairing) -> tuple[Floats, Floats]:
        """Return `Scorer.probabilities` of each pair, by its kind."""
        same, related = np.zeros(len(values)), np.zeros(len(values))
        for scorer, rows in self._groups(pairing):
            same[rows], related[rows] = scorer.probabilities(values[rows])
        return same, related

    def opposed(self, values: Floats) -> NDArray[np.bool_]:
        """Say which pairs want the contrary of one thing."""
        return next(iter(self.of.values())).found(OPPOSED, values)

    def doubted(self, values: Floats) -> NDArray[np.bool_]:
        """Say which pairs may want the contrary of one thing: these are never proposed."""
        return next(iter(self.of.values())).found(MAY_BE_OPPOSED, values)

    def unopposed(self, values: Floats) -> Floats:
        """Return the evidence as if no pair wanted the contrary of one thing."""
        found = values.copy()
        if OPPOSED in self.kinds:
            found[:, self.kinds.index(OPPOSED)] = 0.0
        return found

    def ask_from(self, pairing: Pairing) -> Floats:
        """Return for each pair the probability from which it is shown to a reviewer."""
        return self._each(pairing, lambda scorer, rows: np.full(int(rows.sum()), scorer.ask))

    def band(self, probability: float, pair_kind: str, opposed: bool, doubted: bool) -> Band:
        """Return the band of a pair: a person is asked where it is, or may be, opposed.

        Args:
            probability: of the same measure.
            pair_kind: whose lines hold.
            opposed: whether the two want the contrary of one thing.
            doubted: whether they may.
        """
        band = self.of[pair_kind].band(probability)
        return "ask" if opposed or (doubted and band == "propose") else band

    def _graded(self, code: str) -> str:
        """Return a mechanism itself where it has graded pairs, else the one it is like."""
        known = {part for kind in self.of for part in kind.split("-")}
        return code if code in known else self.like.get(code, self.like[""])

    def _groups(self, pairing: Pairing) -> Iterator[tuple[Scorer, NDArray[np.bool_]]]:
        for kind in np.unique(pairing):
            yield self.of[str(kind)], pairing == kind

    def _each(
        self, pairing: Pairing, of_some: Callable[[Scorer, NDArray[np.bool_]], Floats]
    ) -> Floats:
        found = np.zeros(len(pairing))
        for scorer, rows in self._groups(pairing):
            found[rows] = of_some(scorer, rows)
        return found

    def to_dict(self) -> dict[str, Any]:
        """Return plain values for JSON, one readable line for each kind of evidence."""
        return {
            "format": FORMAT,
            "like": dict(self.like),
            "pairs": {
                kind: {
                    "weights": self.weights[kind],
                    "bands": {"propose": scorer.propose, "ask": scorer.ask},
                    "calibration": {
                        name: {"slope": w.calibration.slope, "offset": w.calibration.offset}
                        for name, w in (("same", scorer.same), ("related", scorer.related))
                    },
                }
                for kind, scorer in self.of.items()
            },
            "weights": {
                kind: _plain_weights(self.of[kind]) for kind in dict.fromkeys(self.weights.values())
            },
        }

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any]) -> Scorers:
        """Make the scorers from `to_dict`'s result.

        Raises:
            KeyError: something is missing.
            ValueError: another format, an unknown kind of evidence or a scale that is not positive.
        """
        from linker.convergence.evidence import KINDS

        if plain["format"] != FORMAT:
            raise ValueError(f"format {plain['format']!r} is not {FORMAT}")
        for weights in plain["weights"].values():
            if unknown := sorted(set(weights["evidence"]) - set(KINDS)):
                raise ValueError(f"unknown kinds of evidence: {', '.join(unknown)}")
        return cls(
            {
                kind: _scorer(plain["weights"][pair["weights"]], pair)
                for kind, pair in plain["pairs"].items()
            },
            dict(plain["like"]),
            {kind: pair["weights"] for kind, pair in plain["pairs"].items()},
        )


def _plain_weights(scorer: Scorer) -> dict[str, Any]:
    return {
        "intercept": {"same": scorer.same.intercept, "related": scorer.related.intercept},
        "evidence": {
            kind: {
                "centre": float(scorer.centre[row]),
                "scale": float(scorer.scale[row]),
                "same": float(scorer.same.weights[row]),
                "related": float(scorer.related.weights[row]),
            }
            for row, kind in enumerate(scorer.kinds)
        },
    }


def _scorer(weights: Mapping[str, Any], pair: Mapping[str, Any]) -> Scorer:
    kinds = tuple(weights["evidence"])
    columns = {
        name: np.array([float(weights["evidence"][kind][name]) for kind in kinds])
        for name in ("centre", "scale", "same", "related")
    }
    if (columns["scale"] <= 0).any():
        raise ValueError("every scale must be greater than 0")
    same, related = (
        Weights(
            float(weights["intercept"][name]),
            columns[name],
            Calibration(**pair["calibration"][name]),
        )
        for name in ("same", "related")
    )
    bands = pair["bands"]
    return Scorer(
        kinds, columns["centre"], columns["scale"], same, related,
        float(bands["propose"]), float(bands["ask"]),
    )  # fmt: skip


@remembered()
def scorers(path: Path | None = None) -> Scorers:
    """Return the shipped scorers, or those in a file.

    Raises:
        LinkerError: the file is missing or holds no scorers.
    """
    chosen = path or models_dir() / FILE
    try:
        return Scorers.from_dict(json.loads(read_text(chosen)))
    except (KeyError, TypeError, ValueError) as error:
        raise LinkerError(
            f"{chosen}: not a scorer ({error}). Restore it, or train it again: "
            "python -m evaluation.convergence train"
        ) from error
