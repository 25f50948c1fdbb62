"""What the pages call things, in one place."""

from __future__ import annotations

from linker.i18n.messages import tr, tr_later, tr_plural
from linker.links import BY_HAND, Band, Relation

BANDS: dict[Band, str] = {
    "propose": tr_later("Likely"),
    "ask": tr_later("To check"),
    "hide": tr_later("Unlikely"),
}
"""What the engine says of a link; in English, as all names here: `tr` says them."""
RELATIONS: dict[Relation, str] = {
    "convergence": tr_later("Same measure"),
    "related": tr_later("Same issue, another measure"),
    "opposite": tr_later("Ask the contrary"),
}
GOALS = (
    tr_later("No poverty"),
    tr_later("Zero hunger"),
    tr_later("Good health and well-being"),
    tr_later("Quality education"),
    tr_later("Gender equality"),
    tr_later("Clean water and sanitation"),
    tr_later("Affordable and clean energy"),
    tr_later("Decent work and economic growth"),
    tr_later("Industry, innovation, infrastructure"),
    tr_later("Reduced inequalities"),
    tr_later("Sustainable cities and communities"),
    tr_later("Responsible consumption and production"),
    tr_later("Climate action"),
    tr_later("Life below water"),
    tr_later("Life on land"),
    tr_later("Peace, justice and strong institutions"),
    tr_later("Partnerships for the Goals"),
)
"""Short names of the goals 1 to 17, as the United Nations prints them on its icons."""
QUESTIONS: dict[Relation, str] = {
    "convergence": tr_later("Do these two ask for the same measure?"),
    "related": tr_later(
        "Are these two about the same issue, though they ask for different measures?"
    ),
    "opposite": tr_later("Do these two ask for the contrary of each other?"),
}
NEUTRAL = tr_later("Same measure, the same issue only, or neither?")
"""The one question of who judges blind: it must not tell what Linker thinks."""
VERDICTS = {
    "confirm": tr_later("Confirmed"),
    "reject": tr_later("Rejected"),
    "unsure": tr_later("Left as unsure"),
}


def sure(band: Band, probability: float) -> str:
    """Return how sure a link is: "Likely, 87 %"; of one that a person made only that."""
    if band == BY_HAND:
        return tr("Added by hand")
    return f"{tr(BANDS[band])}, {percent(probability)}"


def percent(probability: float) -> str:
    """Return a probability for a reader; never 0 % or 100 %, for nothing proposed is certain."""
    return f"{min(99, max(1, round(100 * probability)))} %"


def counted_records(number: int) -> str:
    """Return "1 record", "1,204 records"."""
    return tr_plural("{n:,} record", "{n:,} records", number)


def counted_clusters(number: int) -> str:
    """Return "1 cluster", "1,204 clusters"."""
    return tr_plural("{n:,} cluster", "{n:,} clusters", number)


def counted_links(number: int) -> str:
    """Return "1 link", "1,204 links"."""
    return tr_plural("{n:,} link", "{n:,} links", number)


def counted_themes(number: int) -> str:
    """Return "1 theme", "1,204 themes"."""
    return tr_plural("{n:,} theme", "{n:,} themes", number)


def taken_back(number: int) -> str:
    """Return what an undo of so many decisions says."""
    return tr_plural("Taken back: {n:,} decision.", "Taken back: {n:,} decisions.", number)


def not_written(error: Exception) -> str:
    """Return why nothing was written."""
    return tr("Not written: {error}", error=error)


def duration(seconds: float) -> str:
    """Return a time left as people say it: "a few seconds", "40 s", "12 min", "2 h 05 min"."""
    if seconds < 5:
        return tr("a few seconds")
    if seconds < 90:
        return f"{5 * max(1, round(seconds / 5))} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02d} min"


def goal_name(code: str) -> str:
    """Return a goal's number and short name: "5 Gender equality"."""
    return f"{code} {tr(GOALS[int(code) - 1])}"
