"""What an assistant may ask a workspace, each answer with how sure it is.

The signatures and docstrings are what the assistant is shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Annotated, Any

from pydantic import Field

from linker.errors import NotFound
from linker.records.asks import LONGEST
from linker.records.filters import Filter
from linker.vocabulary.states import state_named
from linker.workspace.suggesting import suggest
from linker.workspace.workspace import Linker

MOST = 100
PROPOSED = (
    "Proposals of a program: `probability` is how sure it is, `band` what to do (propose: nearly "
    "always right; ask: a person should look; hide: not shown by itself). `decision` is what a "
    "person decided; where it is empty nobody has, and a person must."
)
FOUND = (
    "Found by meaning and by words: `meaning` is a cosine, `words` the share of the words found. "
    "Texts are as imported; nobody has judged whether they fit."
)
PUBLISHED = "Records as imported, or as a person corrected them; nothing here is proposed."
TESTED = (
    "Each claim was tested against the records imported here: `stands` says whether it holds, "
    "`evidence` and `refuted_by` are ids of records. What was not imported cannot refute it. A "
    "person must look before it is made."
)

State = Annotated[str, Field(description="State: ISO code or name; empty for the only one or all")]
Text = Annotated[str, Field(min_length=1, max_length=LONGEST)]
Most = Annotated[int, Field(ge=1, le=MOST, description="At most how many rows")]
Given = Annotated[str, Field(max_length=300)]


class Tools:
    """The tools of a workspace.

    Args:
        linker: the workspace.
    """

    def __init__(self, linker: Linker) -> None:
        self._linker = linker

    def search(
        self, text: Text, state: State = "", mechanism: Given = "", limit: Most = 10
    ) -> dict[str, Any]:
        """Find recommendations that say a text, or mean it, best first.

        mechanism: UPR, TB (treaty bodies), SP (special procedures), REG or SUB.
        """
        where = Filter(state=_code(state) or "", mechanism=mechanism)
        found = self._linker.search(text, where, limit)
        return _answer(FOUND, [one.to_row() for one in found], len(found))

    def records(
        self,
        state: State = "",
        mechanism: Given = "",
        body: Given = "",
        cycle: Given = "",
        position: Given = "",
        theme: Given = "",
        sdg: Given = "",
        words: Given = "",
        limit: Most = 20,
    ) -> dict[str, Any]:
        """List recommendations that meet every filter given.

        position: supported, noted, partly supported or pending. sdg: a goal (5) or target (5.3)
        that the source tagged. words: must all stand in the text.
        """
        where = Filter(
            state=_code(state) or "",
            mechanism=mechanism,
            body=body,
            cycle=cycle,
            position=position,
            theme=theme,
            sdg=sdg,
            text=words,
        )
        found = self._linker.records(where)
        if not found and where.given:
            raise NotFound(self._linker.why_nothing(where))
        rows = [{"record": one.label, **one.to_dict()} for one in found[:limit]]
        return _answer(PUBLISHED, rows, len(found))

    def similar(self, record_or_text: Text, state: State = "", limit: Most = 10) -> dict[str, Any]:
        """Find who was asked the same as a record (its id) or a text, in other States."""
        found = self._linker.similar(record_or_text, Filter(state=_code(state) or ""), limit)
        return _answer(PROPOSED, found.shown().to_rows(), len(found.shown()))

    def suggest(self, text: Text) -> dict[str, Any]:
        """Suggest SDG targets and indicators that can track a recommendation, with the reasons."""
        found = suggest(text)
        rows = found.to_rows()
        return _answer(" ".join(filter(None, (PROPOSED, found.caution))), rows, len(rows))

    def clusters(self, state: State = "", words: Given = "", limit: Most = 20) -> dict[str, Any]:
        """List measures asked for more than once: whoever asked, in which cycles, since when.

        words: must stand in the title. The resource linker://cluster/ID lists a cluster's records.
        """
        found = self._linker.clusters(self._here(state))
        wanted = words.casefold().split()
        chosen = [c for c in found if all(word in c.title.casefold() for word in wanted)]
        return _answer(PROPOSED, [one.to_row() for one in chosen[:limit]], len(chosen))

    def claims(self, state: State = "", kind: Given = "", limit: Most = 30) -> dict[str, Any]:
        """List what can be claimed of a State's themes and measures, with evidence.

        kind: part of a kind, such as new, only or returning; empty for all. Refuted claims are
        listed too: do not make them.
        """
        every = self._linker.claims(self._here(state)).to_rows()
        rows = [row for row in every if kind.casefold() in str(row["kind"]).casefold()]
        if kind and not rows:
            known = ", ".join(sorted({str(row["kind"]) for row in every})) or "none"
            raise NotFound(f"{kind}: no claim of such a kind. There are: {known}.")
        return _answer(TESTED, rows[:limit], len(rows))

    def explain(self, link_id: Given) -> dict[str, Any]:
        """Say why a link was proposed: both texts, what speaks for and against, in log-odds."""
        found = self._linker.explain(link_id)
        shown = {**asdict(found), "in_words": found.to_text()}
        return _answer(PROPOSED, [shown], 1)

    def record(self, record_id: str) -> dict[str, Any]:
        """One recommendation, with its clusters."""
        found = self._linker.store.known_record(record_id)
        within = [c for c in self._linker.clusters(found.state or None) if found in c.records]
        return {
            "how_sure": PUBLISHED,
            "record": {"label": found.label, **found.to_dict()},
            "clusters_how_sure": PROPOSED,
            "clusters": [one.to_row() for one in within],
        }

    def cluster(self, cluster_id: str) -> dict[str, Any]:
        """One measure asked for, with the records that ask for it, surest first."""
        one = self._linker.clusters.one(cluster_id)
        return {"how_sure": PROPOSED, "cluster": one.to_row(), "records": one.member_rows()}

    def _here(self, state: str) -> str | None:
        """Return the State named, of which there are records; None where none was named."""
        code = _code(state)
        return self._linker.only_state(code) if code else None


def _code(state: str) -> str | None:
    return state_named(state) if state else None


def _answer(how_sure: str, rows: Sequence[Any], total: int) -> dict[str, Any]:
    """Return rows with how sure they are, and how many there are in all."""
    return {"how_sure": how_sure, "total": total, "shown": len(rows), "rows": list(rows)}
