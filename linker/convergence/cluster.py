"""What a cluster is: all asks of a State for the same measure, whoever asked."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from linker.errors import LinkerError
from linker.links import BY_HAND, Band
from linker.paths import models_dir
from linker.vocabulary.files import read_text, remembered

FILE = "convergence/clusters.json"
PREFIX = "CL-"
"""What ids of clusters begin with."""
DECIMALS = 4
AskKey = tuple[str, int, str]
"""An ask: the id of its record, its number, from 0, in it, and the treaty where it names several
to ratify: these stand in several clusters."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Where the lines lie, all between 0 and 1 (``models/convergence/clusters.json``).

    Attributes:
        join: least mean probability at which two groups of asks are one.
        propose: least probability of a member that need not be asked about.
    """

    join: float
    propose: float

    def band(self, probability: float) -> Band:
        """Return the band of a member, or of a cluster as a whole."""
        return "propose" if probability >= self.propose else "ask"


@dataclass(frozen=True, slots=True)
class Member:
    """An ask in a cluster.

    Attributes:
        record_id: its record.
        ask: its number, from 0, in the record.
        treaty: id of the one treaty that counts here, where the ask is to ratify several.
        probability: that it asks the same measure as the others: the mean of its probabilities
            with the nearer half of them; 1 where it is alone.
        band: ``propose``, ``ask``, or ``by hand`` where a person put it here.
        torn: people said that it does not belong with another member that they tied it to.
    """

    record_id: str
    ask: int
    treaty: str
    probability: float
    band: Band = "propose"
    torn: bool = False

    @property
    def key(self) -> AskKey:
        """The ask."""
        return self.record_id, self.ask, self.treaty

    @property
    def asked_about(self) -> bool:
        """Whether a person should look at it by itself."""
        return self.torn or self.band == "ask"


@dataclass(frozen=True, slots=True)
class Cluster:
    """All asks of a State for one measure.

    Attributes:
        cluster_id: stable over rebuilds, ``CL-`` and 10 hexadecimal digits.
        title: its clearest, most specific ask, cut to the measure.
        members: surest first, ties by record and ask.
        band: of the cluster as a whole.
    """

    cluster_id: str
    title: str
    members: tuple[Member, ...]
    band: Band = "propose"

    @property
    def records(self) -> tuple[str, ...]:
        """Ids of its records, each once, surest first."""
        return tuple(dict.fromkeys(member.record_id for member in self.members))

    @property
    def probability(self) -> float:
        """Mean of its members': the share of them to expect to be right."""
        sure = [1.0 if m.band == BY_HAND else m.probability for m in self.members]
        return round(sum(sure) / len(sure), DECIMALS)

    def to_dict(self) -> dict[str, Any]:
        """Return plain data for JSON."""
        members = [[getattr(m, f.name) for f in fields(Member)] for m in self.members]
        return {f.name: getattr(self, f.name) for f in fields(self)} | {"members": members}

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Cluster:
        """Read back what ``to_dict`` returned."""
        members = tuple(Member(*values) for values in data["members"])
        return cls(**{**data, "members": members})


@remembered()
def lines() -> Lines:
    """Return the lines that ship.

    Raises:
        LinkerError: the file is missing or no such file.
    """
    path = models_dir() / FILE
    try:
        return Lines(**json.loads(read_text(path))["lines"])
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise LinkerError(
            f"{path}: missing or not the lines of clusters ({error}). Restore the models/ folder, "
            "or set them again: python -m evaluation.clusters train"
        ) from error


def in_order(clusters: Iterable[Cluster]) -> tuple[Cluster, ...]:
    """Return clusters, those of most records first, ties by id."""
    return tuple(sorted(clusters, key=lambda c: (-len(c.records), c.cluster_id)))


def banded(cluster: Cluster, drawn: Lines) -> Cluster:
    """Return a cluster with the band of its probability."""
    return replace(cluster, band=drawn.band(cluster.probability))
