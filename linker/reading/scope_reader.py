"""Reads a text from left to right and gives each word the sign of the scopes that it stands in."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from linker.reading.scope import Scope, Word, multiplier
from linker.reading.syntax import BE, DUTIES, LEAVING, LIFTING, LINKING, STOP, Syntax
from linker.vocabulary.polarity import (
    ENDING,
    JOINTS,
    LETTING,
    NOT_DOING,
    PUNISHING,
    Expression,
)
from linker.vocabulary.tokens import carries_meaning

LONGEST_CLAUSE = 60
"""Words that a passive or a predicate turns at most, however long a clause without a stop is."""
_AUXILIARIES = frozenset({"do", "does", "did", "can", "may", "will", "could", "might"})
_PARTICIPLES = frozenset({
    "held", "kept", "put", "brought", "given", "taken", "made", "left", "found", "sent", "built",
    "done", "seen", "paid", "met", "set", "withdrawn", "written", "driven", "shown", "forbidden",
    "known",
})  # fmt: skip
_SKIPPED = frozenset({
    "also", "further", "then", "not", "never", "immediately", "instead", "to", "at", "least",
    "even", "possibly",
})  # fmt: skip
_EXAMPLES = frozenset({"including", "notably", "especially", "particularly"})
"""Words after which stands what is wrong, or whom it is done to: that is left open."""
_THOSE = frozenset({"those"})
_DETERMINERS = frozenset({"the", "a", "an", "all", "its", "their", "this", "these", "those"})
_PREPOSITIONS = frozenset({
    "of", "in", "on", "at", "by", "to", "for", "with", "from", "into", "under", "and", "or",
})  # fmt: skip
_HARM = Expression(("harm",), "harm")
_SAID_OF_IT = frozenset({
    "declaration", "declarations", "objection", "objections", "understanding", "understandings",
})  # fmt: skip
SAID_BEFORE = 8
"""Words before the name of an instrument among which what is said of it is looked for."""
_BY_WHOM = frozenset({"by", "into"})
"""Words after what nobody asks for that lead to those who do it, not to its victims."""
_SUFFERERS = frozenset({"victim", "victims", "survivor", "survivors"})


class ScopeReader(Syntax):
    """Reads one text from left to right."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.scope = Scope()
        self._either_way = False

    def read(self) -> list[Word]:
        """Return its words with their signs."""
        place = 0
        while place < len(self.tokens):
            self._joint(place)
            self._edge(place)
            place = self._step(place)
        return self.scope.words

    def _step(self, place: int) -> int:
        """Read what stands at a place; returns the next."""
        if end := self.instruments.get(self.tokens[place].start):
            return self._name(place, end)
        expression = self._expression(place)
        if expression is not None:
            return self._act(expression, place)
        word = self.plain[place]
        if word in BE and (after := self._passive(place)):
            return after
        if word == "from" and self.scope.from_turns:
            self._turn(Expression(("from",), "turning noun"), "")
        elif word == "against" and self._of_paper(place - 1):
            self.scope.about, self.scope.sign = True, 0
        elif word == "against" and not (self.scope.near() and self.scope.turned()):
            self._turn(Expression(("against",), "turning noun"), "")
        elif word in ("that", "which", "who"):
            self.scope.clause = len(self.scope.words)
        elif word == "to":
            self.scope.about = self.scope.about and self._after_about(place)
            self._penalty(place)
            self._purpose(place)
        self._word(place)
        return place + 1

    def _name(self, place: int, end: int) -> int:
        """Read the name of an instrument, in which nothing turns.

        To withdraw a declaration about it is nothing against it.
        """
        said_of_it = self.scope.sign < 0 and not _SAID_OF_IT.isdisjoint(
            self.plain[max(0, place - SAID_BEFORE) : place]
        )
        while place < len(self.tokens) and self.tokens[place].start < end:
            self._word(place, turning=True)
            self.scope.words[-1].about = True
            self.scope.words[-1].sign *= not said_of_it
            place += 1
        return place

    def _word(self, place: int, acting: bool = False, turning: bool = False) -> None:
        token, scope = self.tokens[place], self.scope
        sign = -scope.sign if place and self._prefixed(place, "non") else scope.sign
        if self._turns_by_prefix(place):
            scope.sign = -scope.sign
        scope.words.append(Word(token, sign, scope.about, acting, turning))
        if token.word in self.vocabulary.turning_from:
            scope.from_turns = True

    # What an expression does.

    def _expression(self, place: int) -> Expression | None:
        for expression in self.vocabulary.at(self.plain, place):
            if expression.kind.endswith("verb") and not self.is_verb(expression, place):
                continue
            if expression.kind == "about" and self.scope.governed():
                continue
            if expression.kind == "predicate" and not self._predicates(place):
                continue
            if expression.words[0] in LEAVING and self._left_as_it_is(place):
                return replace(expression, kind="keeping verb", group="keeping")
            if expression.words[0] in LIFTING and self._level_lifted(place):
                return replace(expression, kind="keeping verb", group="increasing")
            return expression
        return None

    def _act(self, expression: Expression, place: int) -> int:
        """Do what an expression does; returns the place after it."""
        after = place + len(expression.words)
        if expression.kind == "harm":
            return self._harm(place, after)
        if expression.kind.endswith("verb"):
            return self._verb(expression, place, after)
        if expression.kind == "negation":
            self._negation(expression, place)
        elif expression.kind == "anew":
            self.scope.begin(1)
        elif expression.kind == "about":
            self.scope.about = True
        elif expression.kind == "measured by":
            self.scope.begin(1)
            self.scope.about = True
        elif expression.kind == "predicate" and not self._denied(LINKING):
            self._turn_clause(-1)
        elif expression.kind == "comparative":
            return self._comparative(expression, place, after)
        self._noun(expression, place, after)
        return after

    def _comparative(self, expression: Expression, place: int, after: int) -> int:
        """Read "fewer offences", and "make the term shorter", which turns what stands before."""
        of_noun = self._attributive(after)
        if not of_noun:
            self._turn_clause(-1)
        for position in range(place, after):
            self._word(position, turning=True)
            self.scope.words[-1].deciding = True
        if of_noun:
            self._turn(expression, "noun")
        return after

    def _noun(self, expression: Expression, place: int, after: int) -> None:
        noun = expression.kind == "turning noun"
        if noun:
            self._step_to(expression)
        for position in range(place, after):
            self._word(position, turning=noun)
            self.scope.words[-1].held = multiplier(expression) if not noun else 1
            self.scope.words[-1].deciding = noun or expression.kind in ("negation", "predicate")
        if noun:
            self._compound(place, 0 if self._of_paper(after) else -1)
            if self._governs(after):
                self._turn(expression, "noun")
                if self.scope.about:
                    # "A law on the prohibition of X" and "a law on X" are one law.
                    self.scope.sign = 0

    def _step_to(self, expression: Expression) -> None:
        """Leave the scope of a step to an end where the end begins."""
        turns, steps = self.scope.turns, self.vocabulary.steps
        if expression.words[-1] in self.vocabulary.ends:
            for number, turn in enumerate(turns):
                if turn.form == "noun" and turn.expression.words[-1] in steps:
                    self._back(number, turn.before)
                    return

    def _verb(self, expression: Expression, place: int, after: int) -> int:
        if self._goes(expression, place, after):
            self._turn_clause(-1)
        before = self._negated_before()
        if open_ := self._either_way:
            self._either_way = False
        for position in range(place, after):
            self._word(position, True, expression.kind == "turning verb")
        self._turn(expression, self._form(expression, place), before)
        if open_:
            self.scope.sign = 0
        self.scope.clause = len(self.scope.words)
        return after

    def _negation(self, expression: Expression, place: int) -> None:
        last = self.plain[place - 1] if place else ""
        if last in _AUXILIARIES:
            # "Courts do not try civilians" says nothing for or against courts.
            self._turn_clause(0)
        elif last in DUTIES:
            self._denied_duty(place + len(expression.words))
        self._turn(expression, "")

    def _denied_duty(self, verb: int) -> None:
        """Read the subject of what should not be done: "the raids should not resume"."""
        if verb < len(self.plain) and self.plain[verb] not in BE:
            known = next(self.vocabulary.at(self.plain, verb), None)
            after = verb + (len(known.words) if known else 1)
            self._turn_clause(0 if self._has_object(after) else -1)

    def _turn_clause(self, by: int) -> None:
        """Multiply the signs of what the clause has said so far.

        What follows what is wrong is what it is done to, or for: that "discrimination on the ground
        of X is prohibited" is not against X.
        """
        begun = max(self.scope.clause, len(self.scope.words) - LONGEST_CLAUSE)
        for word in self.scope.words[begun:]:
            if word.harm:
                return
            word.turn(by)

    def _harm(self, place: int, after: int) -> int:
        """Read what nobody asks for: unless it is plainly let be, an ask is for its victims."""
        scope = self.scope
        wanted = scope.sign == 1 and self._let()
        before, scope.sign = scope.sign, 1 if wanted else -1
        for position in range(place, after):
            self._word(position, turning=True)
            scope.words[-1].sign, scope.words[-1].harm = int(wanted), True
        scope.sign = before
        self._compound(place, 0)
        if self._governs(after):
            self._turn(_HARM, "noun")
            open_ = self.plain[after] in _BY_WHOM or self.plain[place] in _SUFFERERS
            scope.sign = 0 if open_ else -1 if wanted else 1
        elif before < 0:
            # What turns has met what is wrong: what else the clause says may be its victims.
            self._turn(_HARM, "noun")
            scope.sign = 0
        return after

    def _let(self) -> bool:
        """Whether a verb lets even what is wrong be, or two turns cancel out."""
        verbs = [t.expression for t in self.scope.turns if t.form != "noun"]
        turned = sum(e.kind in ("turning verb", "negation") for e in verbs)
        return turned >= 2 or any(e.group in LETTING for e in verbs)

    def _turn(self, expression: Expression, form: str, before: int | None = None) -> None:
        before = self.scope.sign if before is None else before
        self.scope.push(expression, form, multiplier(expression), before)

    def _denied(self, between: Collection[str] = ()) -> bool:
        """Whether a negation stands just before, or only some words between: "not (be) illegal"."""
        if not self.scope.turns or self.scope.turns[-1].expression.kind != "negation":
            return False
        last = self.scope.turns[-1]
        since = self.scope.words[last.words + len(last.expression.words) :]
        return all(word.token.word in between for word in since)

    def _negated_before(self) -> int:
        """Return the sign before a negation that stands just before a verb; else the sign now."""
        return self.scope.turns[-1].before if self._denied() else self.scope.sign

    def _compound(self, place: int, by: int) -> None:
        """Turn what stands right before a noun that turns: "gender discrimination".

        Or leave it open (``by`` is 0): "the Sexual Offences Act".
        """
        words, here = self.scope.words, len(self.scope.words) - 2
        while here >= self.scope.clause and place:
            place -= 1
            word = words[here]
            if word.token.start != self.tokens[place].start or word.acting or word.turning:
                return
            between = self.text[word.token.end : self.tokens[place + 1].start]
            if not carries_meaning(word.token.word) or between.strip(" -"):
                return
            word.turn_compound(by)
            here -= 1

    # Joints, passives and purposes.

    def _joint(self, place: int) -> None:
        """End the scopes that end before a word: at stops, and where another verb is joined."""
        scope = self.scope
        gap = self.text[self.tokens[place - 1].end : self.tokens[place].start] if place else ""
        if stop := STOP.search(gap):
            if stop.group() == ":" and scope.near():
                scope.base = scope.sign
            elif stop.group() not in ";:\n":
                scope.base = 1
            scope.begin(scope.base)
        word = self.plain[place]
        if word == "or" and scope.near() and scope.turns[-1].expression.kind == "open verb":
            self._either_way = True  # "amend or repeal X": which of them is left open
        if (
            word in JOINTS
            or "," in gap
            or (place > 1 and self.plain[place - 2 : place] == ("as", "well"))
        ):
            self._joined(place + (word in JOINTS), "," in gap, word in JOINTS)

    def _edge(self, place: int) -> None:
        """End the scopes that end before a word which is no joint."""
        word = self.plain[place]
        if word in _EXAMPLES and self.scope.of_harm():
            self.scope.sign = 0
        elif word in _THOSE and self.plain[place - 1] in _EXAMPLES:
            self._those()
        elif word in _DETERMINERS:
            self._end_without(place)
        elif word == "by" and self._by_means(place):
            self.scope.begin(1)

    def _those(self) -> None:
        """Go back to what the first verb acts on: "repeal laws that …, notably those which"."""
        first = next(iter(self.scope.turns), None)
        if first is not None and first.expression.kind == "turning verb":
            self.scope.turns[1:] = []
            self.scope.sign, self.scope.about = first.before * multiplier(first.expression), False

    def _joined(self, place: int, comma: bool, said: bool) -> None:
        scope, to = self.scope, False
        while place < len(self.plain) and (
            self.plain[place] in _SKIPPED or self.plain[place].endswith("ly")
        ):
            to = to or self.plain[place] == "to"
            place += 1
        if place >= len(self.plain):
            return
        found = next(iter(self.vocabulary.at(self.plain, place)), None)
        if found is not None and found.kind.endswith("verb"):
            form = "to" if to else found.form
            alike = ("to", "plain") if form == "plain" else (form,)
            for number in reversed(range(len(scope.turns))):
                turn = scope.turns[number]
                if turn.form in alike and turn.expression.kind.endswith("verb"):
                    joined_anew = to or (comma and said)
                    self._back(number, turn.before_negation if joined_anew else turn.before)
                    return
            if (said or (comma and to)) and form in ("to", "plain"):
                self._back(0, scope.base)
        elif self._turning_noun(place):
            while scope.turns and scope.turns[-1].form == "noun":
                self._back(len(scope.turns) - 1, scope.turns[-1].before)

    def _back(self, number: int, sign: int) -> None:
        self.scope.turns[number:] = []
        self.scope.sign, self.scope.about = sign, False
        self.scope.from_turns, self.scope.clause = False, len(self.scope.words)

    def _purpose(self, place: int) -> None:
        """Leave open what follows "to" after what a verb turned: its purpose, or part of it?"""
        scope = self.scope
        if not scope.turns or scope.near() or place + 1 >= len(self.plain):
            return
        last = scope.turns[-1]
        if last.expression.kind == "turning verb" and last.expression.group != NOT_DOING:
            following = next(iter(self.vocabulary.at(self.plain, place + 1)), None)
            if following is not None and following.kind.endswith("verb"):
                scope.sign = 0

    def _end_without(self, place: int) -> None:
        """End what "without" turns before the next object: "ratify without reservations the X"."""
        turns, words = self.scope.turns, self.scope.words
        number = next((n for n, t in enumerate(turns) if t.expression.words == ("without",)), None)
        if number is None or self.plain[place - 1] in _PREPOSITIONS:
            return
        begun = turns[number].words + 1
        if any(carries_meaning(word.token.word) for word in words[begun : begun + LONGEST_CLAUSE]):
            self._back(number, turns[number].before)

    def _by_means(self, place: int) -> bool:
        """Whether what follows "by" is how a thing is brought to an end, and itself wanted.

        "Abolish X by ratifying Y"; but "stop silencing the press by closing papers" wants neither.
        """
        verb = next((p for p in range(place + 1, len(self.plain)) if self.plain[p][-2:] != "ly"), 0)
        following = next(iter(self.vocabulary.at(self.plain, verb)), None) if verb else None
        if following is None or following.form != "ing":
            return False
        open_ = [turn.expression for turn in self.scope.turns]
        return not any(e.kind == "negation" or e.group in (NOT_DOING, ENDING) for e in open_)

    def _penalty(self, place: int) -> None:
        """Read "sentence nobody to death": with what somebody is punished goes as the verb does."""
        last = self.scope.turns[-1].expression if self.scope.turns else _HARM
        if last.group != PUNISHING or place + 1 >= len(self.plain):
            return
        verb = next(self.vocabulary.at(self.plain, place + 1), None)
        if not (verb and verb.form):
            self.scope.sign *= -1

    def _passive(self, place: int) -> int:
        """Read "be (not) abolished", which turns what stands before it; 0 where there is none."""
        scope, here, turned = self.scope, place + 1, 1
        while here < len(self.plain) and here - place <= 3:
            word = self.plain[here]
            if word in ("not", "never", "no", "longer"):
                turned = -turned if word != "longer" else turned
            elif not word.endswith("ly") and word not in (
                "also",
                "fully",
                "further",
                "being",
                "been",
            ):
                break
            here += 1
        if here >= len(self.plain):
            return 0
        word = self.plain[here]
        known = next((e for e in self.vocabulary.at(self.plain, here) if e.form == "ed"), None)
        of_verb = scope.sign * turned
        if known is None and word not in _PARTICIPLES and not word.endswith("ed"):
            if turned < 0 and carries_meaning(word):
                self._turn_clause(turned)
            return 0
        turned *= multiplier(known) if known else 1
        of_subject = turned * (-1 if self._negation_before(place) else 1)
        self._turn_clause(of_subject)
        acting, turning = known is not None, known is not None and multiplier(known) < 0
        scope.words.append(Word(self.tokens[here], of_verb, scope.about, acting, turning))
        expression = known or Expression((word,), "keeping verb", "ed")
        scope.push(expression, "ed", turned, scope.sign)
        return here + 1
