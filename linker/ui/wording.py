"""What the pages call things, in one place."""

from __future__ import annotations

from linker.links import BY_HAND, Band, Relation

BANDS: dict[Band, str] = {"propose": "Likely", "ask": "To check", "hide": "Unlikely"}
"""What the engine says of a link."""
RELATIONS: dict[Relation, str] = {
    "convergence": "Same measure",
    "related": "Same issue, another measure",
    "opposite": "Ask the contrary",
}
GOALS = (
    "No poverty",
    "Zero hunger",
    "Good health and well-being",
    "Quality education",
    "Gender equality",
    "Clean water and sanitation",
    "Affordable and clean energy",
    "Decent work and economic growth",
    "Industry, innovation, infrastructure",
    "Reduced inequalities",
    "Sustainable cities and communities",
    "Responsible consumption and production",
    "Climate action",
    "Life below water",
    "Life on land",
    "Peace, justice and strong institutions",
    "Partnerships for the Goals",
)
"""Short names of the goals 1 to 17, as the United Nations prints them on its icons."""
QUESTIONS: dict[Relation, str] = {
    "convergence": "Do these two ask for the same measure?",
    "related": "Are these two about the same issue, though they ask for different measures?",
    "opposite": "Do these two ask for the contrary of each other?",
}
NEUTRAL = "Same measure, the same issue only, or neither?"
"""The one question of who judges blind: it must not tell what Linker thinks."""
VERDICTS = {"confirm": "Confirmed", "reject": "Rejected", "unsure": "Left as unsure"}


def sure(band: Band, probability: float) -> str:
    """Return how sure a link is: "Likely, 87 %"; of one that a person made only that."""
    return "Added by hand" if band == BY_HAND else f"{BANDS[band]}, {percent(probability)}"


def percent(probability: float) -> str:
    """Return a probability for a reader; never 0 % or 100 %, for nothing proposed is certain."""
    return f"{min(99, max(1, round(100 * probability)))} %"


def counted(number: int, one: str, many: str = "") -> str:
    """Return "1 record", "2 records", "1,204 records"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def duration(seconds: float) -> str:
    """Return a time left as people say it: "a few seconds", "40 s", "12 min", "2 h 05 min"."""
    if seconds < 5:
        return "a few seconds"
    if seconds < 90:
        return f"{5 * max(1, round(seconds / 5))} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02d} min"


def goal_name(code: str) -> str:
    """Return a goal's number and short name: "5 Gender equality"."""
    return f"{code} {GOALS[int(code) - 1]}"
