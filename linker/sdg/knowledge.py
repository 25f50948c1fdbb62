"""What people who know say about each target: data/sdg/knowledge, one file a goal.

Official titles speak of development, recommendations of rights. The knowledge bridges them: a
plain gloss, the words recommendations use, the treaty articles behind a target, and exemplar asks.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from linker.errors import LinkerError
from linker.paths import data_dir
from linker.sdg.framework import Framework, framework
from linker.vocabulary.files import read_yaml, remembered


@dataclass(frozen=True, slots=True)
class IndicatorKnowledge:
    """What an indicator measures, of whom, and which asks it tracks.

    Attributes:
        code: code of the indicator.
        measures: what is measured, plainly.
        of: of whom or what.
        direct: the asks whose outcome it measures; empty when there are none.
        proxy: the asks about which it tells only something.
    """

    code: str
    measures: str
    of: str
    direct: str
    proxy: str


@dataclass(frozen=True, slots=True)
class TargetKnowledge:
    """What recommendations linked to a target ask for.

    Attributes:
        code: code of the target.
        gloss: one to three sentences.
        terms: words and phrases that such recommendations use.
        treaties: articles behind the target, such as ``CEDAW 16(2)``.
        instruments: ids of instruments whose ratification alone links to the target.
        near: code of a neighbouring target and how to tell the two apart.
        exemplars: asks in the style of the UPR and of treaty bodies, written for Linker.
        counter: asks that look alike, each with the target they belong to.
        indicators: the target's indicators.
    """

    code: str
    gloss: str
    terms: tuple[str, ...]
    treaties: tuple[str, ...]
    instruments: tuple[str, ...]
    near: tuple[tuple[str, str], ...]
    exemplars: tuple[str, ...]
    counter: tuple[tuple[str, str], ...]
    indicators: tuple[IndicatorKnowledge, ...]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All that data/sdg/knowledge holds.

    Attributes:
        targets: knowledge by target code, in the framework's order.
        procedural: exemplars of asks that get no target (reports, visits, bare ratification).
        near_procedural: asks that look procedural but have a target: (text, target).
    """

    targets: dict[str, TargetKnowledge]
    procedural: tuple[str, ...]
    near_procedural: tuple[tuple[str, str], ...]


@remembered()
def knowledge() -> Knowledge:
    """Return the knowledge that ships with Linker.

    Raises:
        LinkerError: a file cannot be read or names a code that the framework does not have.
    """
    return read_knowledge(data_dir() / "sdg" / "knowledge", framework())


def read_knowledge(folder: Path, codes: Framework) -> Knowledge:
    """Read goal-NN.yaml and procedural.yaml from a folder.

    Raises:
        LinkerError: no YAML, a field missing, an unknown code, or a target twice; names the file
            and the target.
    """
    found: dict[str, TargetKnowledge] = {}
    for path in sorted(folder.glob("goal-*.yaml")):
        for item in read_yaml(path):
            target = _target(path, item)
            for code in (target.code, *(i.code for i in target.indicators)):
                if code not in codes:
                    raise LinkerError(f"{path}, {target.code}: {code} is not in the framework.")
            if target.code in found:
                raise LinkerError(f"{path}: target {target.code} stands twice.")
            found[target.code] = target
    order = {entry.code: position for position, entry in enumerate(codes)}
    without_target = read_yaml(folder / "procedural.yaml")
    return Knowledge(
        targets=dict(sorted(found.items(), key=lambda pair: order[pair[0]])),
        procedural=tuple(str(item["exemplar"]) for item in without_target["procedural"]),
        near_procedural=tuple((str(n["text"]), str(n["target"])) for n in without_target["near"]),
    )


def _target(path: Path, item: dict[str, Any]) -> TargetKnowledge:
    try:
        code = str(item["target"])
        exemplars = item["exemplars"]
        return TargetKnowledge(
            code=code,
            gloss=str(item["gloss"]).strip(),
            terms=tuple(str(term) for term in item["terms"]),
            treaties=tuple(str(t) for t in item.get("treaties") or ()),
            instruments=tuple(str(i) for i in item.get("instruments") or ()),
            near=tuple((str(k), str(v)) for k, v in (item.get("near") or {}).items()),
            exemplars=tuple(str(e) for style in ("upr", "tb") for e in exemplars.get(style) or ()),
            counter=tuple((str(c["text"]), str(c["target"])) for c in item.get("counter") or ()),
            indicators=tuple(
                IndicatorKnowledge(
                    code=str(key),
                    measures=str(value["measures"]),
                    of=str(value["of"]),
                    direct=str(value.get("direct") or ""),
                    proxy=str(value.get("proxy") or ""),
                )
                for key, value in (item.get("indicators") or {}).items()
            ),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise LinkerError(
            f"{path}, target {item.get('target', '?')}: field missing or of the wrong kind "
            f"({error}). See docs/file-formats.md."
        ) from error
