"""Where the reading of an ask stands: its words so far, and the expressions whose scope is open."""

from __future__ import annotations

from dataclasses import dataclass, field

from linker.vocabulary.polarity import FIGHTING, Expression
from linker.vocabulary.tokens import Token

OPEN = 20
"""Scopes that stand open at once at most."""
NEAR = 1
"""Words that tell something between a word that turns and the "against" that goes with it."""
TURNED = {
    "turning verb": -1, "turning noun": -1, "negation": -1, "comparative": -1, "open verb": 0,
}  # fmt: skip


def multiplier(expression: Expression) -> int:
    """Return what an expression multiplies the sign of what follows it by."""
    return 0 if expression.group == FIGHTING else TURNED.get(expression.kind, 1)


@dataclass
class Word:
    """A word that tells something, while the text is read.

    Attributes:
        token: the word.
        sign: which way what it names is to go.
        about: whether it is only spoken about.
        acting: whether it is itself a word of the vocabulary.
        turning: whether it turns something.
        harm: whether it is what nobody asks for.
        deciding: whether it says which way the ask goes.
        held: what its sign is multiplied by to say which way the word itself is meant, whatever
            stands beside it in a compound ("shorter time limits").
    """

    token: Token
    sign: int
    about: bool
    acting: bool
    turning: bool
    harm: bool = False
    deciding: bool = False
    held: int = 1

    @property
    def turns(self) -> bool:
        """Whether it turns an ask round: "not", "abolish"."""
        return self.deciding or (self.acting and self.turning)

    def turn(self, by: int) -> None:
        """Multiply its sign; what is wrong stays unwanted."""
        if not self.harm:
            self.sign *= by

    def turn_compound(self, by: int) -> None:
        """Multiply its sign as part of a compound."""
        self.turn(by)
        self.held *= by


@dataclass(frozen=True)
class Turn:
    """An expression whose scope is open: what the sign was before it."""

    expression: Expression
    form: str
    before: int
    before_negation: int
    words: int


@dataclass
class Scope:
    """Where the reading stands."""

    words: list[Word] = field(default_factory=list)
    turns: list[Turn] = field(default_factory=list)
    sign: int = 1
    base: int = 1
    about: bool = False
    from_turns: bool = False
    clause: int = 0

    def begin(self, sign: int) -> None:
        """Begin another clause."""
        self.turns.clear()
        self.sign, self.about, self.from_turns, self.clause = sign, False, False, len(self.words)

    def near(self) -> bool:
        """Whether what turned last stands just before."""
        return bool(self.turns) and len(self.words) - self.turns[-1].words <= NEAR

    def governed(self) -> bool:
        """Whether what comes next belongs to what turned last: "cut down on", "a ban on"."""
        if not self.turns:
            return False
        last = self.turns[-1]
        return self.near() and (last.form == "noun" or len(self.words) == last.words)

    def turned(self) -> bool:
        """Whether the last expression turned."""
        return TURNED.get(self.turns[-1].expression.kind) == -1 or self.turns[-1].form == "noun"

    def of_harm(self) -> bool:
        """Whether what comes next belongs to what nobody asks for: "violence against …"."""
        return any(turn.expression.kind == "harm" for turn in self.turns)

    def push(self, expression: Expression, form: str, turned: int, before_negation: int) -> None:
        """Open the scope of an expression that multiplies the sign."""
        here = len(self.words)
        self.turns.append(Turn(expression, form, self.sign, before_negation, here))
        del self.turns[:-OPEN]
        self.sign *= turned
