"""What is measured on: real texts where this machine has them, else the demonstration's.

Longer corpora repeat and perturb them: some words of a text give way to words of another, so that
no text comes twice and nothing can be looked up instead of worked out. Everything is seeded.
"""

from __future__ import annotations

import csv
import gzip
import json
import random
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import cycle
from pathlib import Path

from evaluation.sources import corpora
from linker.paths import data_dir
from linker.vocabulary.states import state_rows

LONG = 400
"""Characters from which a text is long: most paragraphs of treaty bodies, few of the UPR."""
CHANGED = 12
"""One in so many words is changed in a perturbed text."""
STATE = "KEN"
COMMITTEES = ("CEDAW", "CRC", "CAT", "CCPR", "CESCR", "CERD", "CRPD")
OF_COMMITTEES = 0.25
"""Share of a corpus that committees made; the rest is of the UPR."""
COLUMNS = ("id", "state", "mechanism", "body", "symbol", "paragraph", "year", "cycle", "text")


def real() -> bool:
    """Whether the real texts are here."""
    return (corpora() / "upr_info" / "recommendations.csv.gz").is_file()


def source() -> str:
    """Say what the texts are."""
    return "real texts" if real() else "texts of the demonstration State"


@cache
def recommendations() -> tuple[str, ...]:
    """Return different recommendations of the UPR, State by State and session by session."""
    if not real():
        return tuple(_sample("UPR"))
    path = corpora() / "upr_info" / "recommendations.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rows.sort(key=lambda row: (row["sur"], float(row["session"] or 0), row["id"]))
    return tuple(dict.fromkeys(row["text"] for row in rows))


@cache
def paragraphs() -> tuple[str, ...]:
    """Return different paragraphs of treaty bodies and special procedures."""
    if not real():
        return tuple(_sample("TB", "SP"))
    summarised = corpora() / "un_compilations" / "tb_sp_recommendations_summarised.csv"
    with summarised.open(encoding="utf-8-sig", newline="") as file:
        found = [row["text"] for row in csv.DictReader(file)]
    followed = corpora() / "ccpr_followup" / "ccpr_followup_recommendations.json"
    found += [item["text"] for item in json.loads(followed.read_text(encoding="utf-8"))]
    for path in sorted((corpora() / "uhri" / "sample").glob("*.json")):
        found.append(json.loads(path.read_text(encoding="utf-8"))["text"])
    return tuple(dict.fromkeys(found))


def of_length(long: bool, count: int) -> list[str]:
    """Return different texts, short ones of the UPR or long ones of any mechanism."""
    everything = (*paragraphs(), *recommendations())
    return [text for text in everything if (len(text) >= LONG) == long][:count]


def write_state(folder: Path, count: int, more: int) -> tuple[Path, Path]:
    """Write a State with ``count`` records and a file with ``more`` of its records.

    Neighbouring States' recommendations stand in as the cycles of one.
    """
    total = count + more
    rows = []
    for number, (body, text) in enumerate(_mixed(total, random.Random(0))):  # noqa: S311
        period = 1 + 3 * number // total
        upr = body == "UPR"
        rows.append({
            "id": f"{number:06d}", "state": STATE, "mechanism": "UPR" if upr else "TB",
            "body": body,
            "symbol": f"A/HRC/{10 * period}/5" if upr else f"{body}/C/{STATE}/CO/{period}",
            "paragraph": f"{100 + number // 200}.{number % 200 + 1}", "year": 2008 + 5 * period,
            "cycle": period if upr else "", "text": text,
        })  # fmt: skip
    random.Random(1).shuffle(rows)  # noqa: S311
    files = folder / "state.csv", folder / "more.csv"
    for path, part in zip(files, (rows[:count], rows[count:]), strict=True):
        with path.open("w", encoding="utf-8", newline="") as out:
            writer = csv.DictWriter(out, COLUMNS)
            writer.writeheader()
            writer.writerows(part)
    return files


def write_uhri(path: Path, count: int, states: int) -> None:
    """Write a file as the Universal Human Rights Index exports it, annotation by annotation.

    Args:
        path: the JSON file.
        count: annotations.
        states: how many States they are spread over; each gets its share throughout the file.
    """
    known = [(row["iso3"], row["name"]) for row in state_rows() if row["iso3"]]
    chosen = random.Random(2)  # noqa: S311
    with path.open("w", encoding="utf-8") as out:
        for number, (body, text) in enumerate(_mixed(count, chosen)):
            code, name = known[chosen.randrange(min(states, len(known)))]
            out.write("[\n" if not number else ",\n")
            json.dump(_annotation(number, body, text, code, name), out, ensure_ascii=False)
        out.write("\n]\n")


def _annotation(number: int, body: str, text: str, code: str, name: str) -> dict[str, object]:
    period, upr = 1 + number % 4, body == "UPR"
    return {
        "AnnotationId": f"{number:08d}",
        "AnnotationType": "- Recommendations",
        "Body": f"- {body}",
        "Countries": [name],
        "PublicationDate": f"{2004 + 5 * period}-06-01T00:00:00",
        "Symbol": f"A/HRC/{10 * period}/{code}" if upr else f"{body}/C/{code}/CO/{period}",
        "Text": f"{100 + number % 50}.{number} {text} (Norway);"
        if upr
        else f"{number % 90}.{text}",
        "Themes": ["Right to health", "Violence against women"][: number % 3],
        "AffectedPersons": ["Children"] if number % 2 else [],
        "Sdgs": [],
        "UprCycle": str(period) if upr else None,
        "UprPositions": ["Supported"] if upr else [],
        "UprRecommendingCountry": ["Norway"] if upr else [],
        "UprSession": [str(10 * period)] if upr else [],
    }


def _mixed(count: int, chosen: random.Random) -> Iterator[tuple[str, str]]:
    """Yield bodies with texts: as they are while they last, then perturbed."""
    upr, committees = _endless(recommendations(), chosen), _endless(paragraphs(), chosen)
    for number in range(count):
        if chosen.random() < OF_COMMITTEES:
            yield COMMITTEES[number % len(COMMITTEES)], next(committees)
        else:
            yield "UPR", next(upr)


def _endless(texts: Sequence[str], chosen: random.Random) -> Iterator[str]:
    yield from texts
    for text in cycle(texts):
        yield perturbed(text, chosen.choice(texts), chosen)


def perturbed(text: str, other: str, chosen: random.Random) -> str:
    """Return a text in which some words are words of another."""
    words, lent = text.split(" "), other.split()
    for _ in range(1 + len(words) // CHANGED):
        words[chosen.randrange(len(words))] = chosen.choice(lent)
    return " ".join(words)


def _sample(*mechanisms: str) -> Iterator[str]:
    for path in sorted((data_dir() / "sample").glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as lines:
            yield from (r["text"] for r in csv.DictReader(lines) if r["mechanism"] in mechanisms)
