"""How good and how steady the themes of the x-ray are.

Slovenia's OHCHR lists (2019 to develop on, 2025 to report) against their headings, twenty States
of UPR Info against its issue tags, beside average linkage on MiniLM alone and on TF-IDF alone,
with as many themes as the x-ray finds. No official tag is used as evidence. The data lie in
LINKER_CORPORA (default ``../shared/data`` beside the checkout).
"""

from __future__ import annotations

import csv
import gzip
import json
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from evaluation.sources import corpora
from linker.encoding.cache import CachedEncoder
from linker.encoding.default import default_encoder
from linker.encoding.encoder import Encoder
from linker.records.record import Record
from linker.themes.build import build_xray
from linker.themes.evidence import gather
from linker.themes.likeness import Matrix
from linker.themes.theme_clusters import Homes, cluster

STATES = 20
SEEDS = (0, 1, 2, 3, 4)
Similarity = Callable[[Sequence[Record]], Matrix]


@dataclass(frozen=True)
class Corpus:
    """Records of one State with what people filed each under."""

    name: str
    records: tuple[Record, ...]
    labels: tuple[frozenset[str], ...]


def slovenia(year: int) -> Corpus:
    """Read OHCHR's thematic list of a year; label: the heading of each recommendation."""
    path = corpora() / "slovenia" / "slovenia_upr_thematic_lists_parsed.json"
    rows = [r for r in json.loads(path.read_text(encoding="utf-8")) if r["year"] == year]
    records = [Record(id=f"SVN-{year}-{i:04d}", text=r["text"]) for i, r in enumerate(rows)]
    headings = tuple(frozenset([row["theme_cluster"]]) for row in rows)
    return Corpus(f"Slovenia {year}", tuple(records), headings)


def upr_info(states: int = STATES) -> Iterator[Corpus]:
    """Read States spread over the alphabet; labels: UPR Info's issue tags; texts once each."""
    tagged: dict[str, dict[str, frozenset[str]]] = {}
    path = corpora() / "upr_info" / "recommendations.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            if row["issues"]:
                issues = frozenset(issue.strip() for issue in row["issues"].split(","))
                tagged.setdefault(row["sur"], {}).setdefault(row["text"], issues)
    names = sorted(tagged)
    for place in np.linspace(0, len(names) - 1, states).astype(int):
        texts = tagged[names[place]]
        records = [Record(id=f"{place:03d}-{i:04d}", text=t) for i, t in enumerate(texts)]
        yield Corpus(names[place], tuple(records), tuple(texts.values()))


def minilm(encoder: Encoder) -> Similarity:
    """Baseline: cosine of whole texts."""

    def similarity(records: Sequence[Record]) -> Matrix:
        vectors = encoder.encode([record.text for record in records]).astype(np.float64)
        return np.asarray(vectors @ vectors.T)

    return similarity


def tfidf(records: Sequence[Record]) -> Matrix:
    """Baseline: cosine of TF-IDF, scikit-learn's defaults with English stop words."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    rows = TfidfVectorizer(stop_words="english").fit_transform([r.text for r in records])
    return np.asarray((rows @ rows.T).toarray())


def neighbours(similarity: Matrix, labels: Sequence[frozenset[str]], count: int) -> float:
    """Return the share of each record's ``count`` nearest that share a label with it."""
    others = similarity.copy()
    np.fill_diagonal(others, -np.inf)
    nearest = np.argsort(-others, axis=1, kind="stable")[:, :count]
    return float(
        np.mean([[bool(labels[i] & labels[j]) for j in row] for i, row in enumerate(nearest)])
    )


def agreement(left: Sequence[Any] | Homes, right: Sequence[Any] | Homes) -> float:
    """Return the adjusted Rand index of two clusterings."""
    from sklearn.metrics import adjusted_rand_score

    return float(adjusted_rand_score(left, right))


def v_measure(corpus: Corpus, homes: Homes) -> float:
    """Return the V-measure of themes against the only label of each record."""
    from sklearn.metrics import v_measure_score

    return float(v_measure_score([min(labels) for labels in corpus.labels], homes))


def after_dropping(corpus: Corpus, similarity: Similarity, count: int | None) -> float:
    """Return the mean adjusted Rand of all records against nine tenths, built from scratch."""
    homes = cluster(similarity(corpus.records), count)
    scores = []
    for seed in SEEDS:
        size = len(corpus.records) * 9 // 10
        kept = sorted(random.Random(seed).sample(range(len(corpus.records)), size))  # noqa: S311
        again = cluster(similarity([corpus.records[i] for i in kept]), count)
        scores.append(agreement(homes[kept], again))
    return statistics.mean(scores)


def steadiness(corpus: Corpus, encoder: Encoder) -> dict[str, float]:
    """Return shuffle ARI, ids and labels kept after adding a tenth, ARI of a rebuild with less."""
    whole = build_xray("XXX", corpus.records, encoder, use_tags=False)
    home = {record: theme.theme_id for record, theme in whole.home().items()}
    found: dict[str, list[float]] = {"shuffle": [], "ids": [], "labels": [], "themes": []}
    found["drop"] = []
    for seed in SEEDS:
        shuffled = random.Random(seed).sample(corpus.records, len(corpus.records))  # noqa: S311
        again = build_xray("XXX", shuffled, encoder, use_tags=False).home()
        found["shuffle"].append(agreement(list(home.values()), [again[r].theme_id for r in home]))
        first = build_xray("XXX", shuffled[: round(len(shuffled) / 1.1)], encoder, use_tags=False)
        grown = build_xray("XXX", shuffled, encoder, previous=first.themes, use_tags=False)
        for key, names in (("ids", "theme_id"), ("labels", "label")):
            before = {getattr(theme, names) for theme in first}
            after = {getattr(theme, names) for theme in grown}
            found[key].append(len(before & after) / len(before))
        found["themes"].append(len(grown) / len(first))
        fewer = shuffled[: len(shuffled) * 9 // 10]
        left = build_xray("XXX", fewer, encoder, previous=whole.themes, use_tags=False).home()
        found["drop"].append(
            agreement([home[r] for r in left], [t.theme_id for t in left.values()])
        )
    return {key: statistics.mean(values) for key, values in found.items()}


def compare(corpus: Corpus, encoder: Encoder) -> list[dict[str, Any]]:
    """Return a row of the table for the x-ray and for each baseline."""

    def ours(records: Sequence[Record]) -> Matrix:
        return gather(records, encoder, use_tags=False).similarity

    themes = int(cluster(ours(corpus.records)).max()) + 1
    single = all(len(labels) == 1 for labels in corpus.labels)
    headings = len({label for labels in corpus.labels for label in labels})
    rows = []
    ways = (("x-ray", ours), ("MiniLM alone", minilm(encoder)), ("TF-IDF alone", tfidf))
    for name, way in ways:
        similarity = way(corpus.records)
        chosen = None if way is ours else themes
        row: dict[str, Any] = {"data": corpus.name, "method": name, "themes": themes}
        row["P@1"] = neighbours(similarity, corpus.labels, 1)
        row["P@5"] = neighbours(similarity, corpus.labels, 5)
        if single:
            row["V"] = v_measure(corpus, cluster(similarity, chosen))
            row["V at headings"] = v_measure(corpus, cluster(similarity, headings))
        row["drop a tenth"] = after_dropping(corpus, way, chosen)
        rows.append(row)
    return rows


def averaged(rows: Sequence[dict[str, Any]], name: str) -> list[dict[str, Any]]:
    """Return one row for each method: the mean over States."""
    out = []
    for method in dict.fromkeys(row["method"] for row in rows):
        mine = [row for row in rows if row["method"] == method]
        means = {key: statistics.mean(row[key] for row in mine) for key in ("P@1", "P@5")}
        means["drop a tenth"] = statistics.mean(row["drop a tenth"] for row in mine)
        themes = round(statistics.mean(row["themes"] for row in mine))
        out.append({"data": name, "method": method, "themes": themes, **means})
    return out


def evaluate(encoder: Encoder) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the rows of both tables: quality beside baselines, and steadiness."""
    lists, states = [slovenia(2019), slovenia(2025)], list(upr_info())
    quality = [row for corpus in lists for row in compare(corpus, encoder)]
    per_state = [row for corpus in states for row in compare(corpus, encoder)]
    quality += averaged(per_state, f"UPR Info, {len(states)} States")
    steady = [{"data": c.name, **steadiness(c, encoder)} for c in (*lists, *states[::5])]
    return quality, steady


def seconds(encoder: Encoder, records: int = 2500) -> float:
    """Return how long an x-ray takes once everything is encoded (distinct UPR Info texts)."""
    texts = [record for corpus in upr_info() for record in corpus.records][:records]
    build_xray("XXX", texts, encoder, use_tags=False)
    start = time.perf_counter()
    build_xray("XXX", texts, encoder, use_tags=False)
    return time.perf_counter() - start


def numbers(
    encoder: Encoder | None = None, speed_too: bool = True
) -> dict[str, list[dict[str, Any]]]:
    """Return every number of the x-ray as plain rows.

    Args:
        encoder: the default one, with a cache of its own, when not given.
        speed_too: time 2,500 and 25,000 records too (minutes, and 6 GB of memory).

    Returns:
        ``quality``: for each data set and method (the x-ray, MiniLM alone, TF-IDF alone) P@1,
        P@5, V-measure where each record has one heading, adjusted Rand after dropping a tenth
        and building from scratch. ``steadiness``: for each data set shuffle, the share of theme
        ids and labels kept after adding a tenth, adjusted Rand of a rebuild after dropping a
        tenth. ``speed``: see ``evaluation.themes.speed``, and the x-ray itself once encoded.
    """
    from evaluation.themes.speed import speed

    with tempfile.TemporaryDirectory() as folder:
        cache = Path(os.environ.get("LINKER_CACHE", folder))
        encoder = encoder or CachedEncoder(default_encoder(), cache)
        quality, steady = evaluate(encoder)
        timed: list[dict[str, Any]] = []
        if speed_too:
            texts = [record.text for corpus in upr_info() for record in corpus.records]
            timed = speed(encoder, texts)
            whole = {"records": 2500, "method": "x-ray, evidence and names too"}
            timed.append({**whole, "seconds": seconds(encoder)})
    return {"quality": quality, "steadiness": steady, "speed": timed}
