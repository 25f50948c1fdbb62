"""Strings that make a regular expression repeat itself, and a process that times them.

``python -m tests.pumping`` reads jobs (JSON, one a line) from its standard input and writes one
line for each string as it begins and one for what was found. All times are of the processor, for
other programs may run beside it. A string that takes longer than ``TOO_LONG`` ends the process by
a signal, whatever holds the interpreter's lock then.
"""

from __future__ import annotations

import itertools
import json
import re
import signal
import subprocess
import sys
import time
from importlib import import_module
from pathlib import Path
from re import _constants, _parser

SHORTEST, LONGEST = 1_000, 128_000
"""Characters of the first string and of the last: a cell of a table may hold 100,000."""
SLOW = 1.0
"""Seconds from which a string is not doubled any more."""
ENOUGH, QUICK = 16_000, 2e-7
"""Characters and seconds a character: what is below took no square of them, which is 4e-6 s for
each character if a step takes but a quarter of a nanosecond."""
TOO_LONG = 10
MOST = 2.5
"""How many times longer twice the characters may take."""
JUDGED = 0.3
"""Seconds from which the ratio of two lengths says something: caches are shared with others, and
with much else running 0.05 s were seen to become 0.14 s where the time is of the length."""
TRIES = 5
"""How often two lengths are timed in turn, before the least of each is called too slow."""
MANY = 8
"""Repeats of at most so many times are taken for bounded."""
ENDS = ("", "!", "b", "1", "\n")
REPEATS = (_parser.MAX_REPEAT, _parser.MIN_REPEAT, _constants.POSSESSIVE_REPEAT)
ASSERTS = (_parser.ASSERT, _parser.ASSERT_NOT)
SIGNS = ("a", " ", "A", "1", "\n", ",", "-")
CLASSES = {
    _constants.CATEGORY_DIGIT: r"\d", _constants.CATEGORY_NOT_DIGIT: r"\D",
    _constants.CATEGORY_SPACE: r"\s", _constants.CATEGORY_NOT_SPACE: r"\S",
    _constants.CATEGORY_WORD: r"\w", _constants.CATEGORY_NOT_WORD: r"\W",
}  # fmt: skip


def pumps(pattern: str | bytes, flags: int = 0) -> list[tuple[str, str, str]]:
    """Return (start, what to repeat, end) triples made from an expression's own repeats."""
    items = list(_parser.parse(pattern, flags))
    whole = _sample(items)
    found = []
    for before, bodies in _repeats(items, ""):
        found += [(before, body, end) for body in bodies for end in ENDS]
        found += [("", before + body, "") for body in bodies[:1]]
        found += [("", before, "!")]
    found += [("", whole, ""), ("", whole[:-1], "!"), ("", whole[: len(whole) // 2], "")]
    return list(dict.fromkeys(triple for triple in found if triple[1]))


def _repeats(items, before):
    """Yield what stands before each repeat that knows no bound, and what it may repeat."""
    for kind, value in items:
        if kind in REPEATS:
            least, most, inner = value
            if most > MANY:
                yield before, _bodies(inner)
            yield from _repeats(inner, before)
            before += _sample(inner) * max(least, 1)
        elif kind in ASSERTS:
            yield from _repeats(value[1], before)
        elif kind is _parser.SUBPATTERN:
            yield from _repeats(value[-1], before)
            before += _sample(value[-1])
        elif kind is _constants.ATOMIC_GROUP:
            yield from _repeats(value, before)
            before += _sample(value)
        elif kind is _parser.BRANCH:
            for way in value[1][:40]:
                yield from _repeats(way, before)
            before += _sample(value[1][0])
        else:
            before += _sample([(kind, value)])


def _bodies(items):
    """Return strings that a repeat takes: of each alternative and character, alone and mixed."""
    ways = [""]
    for kind, value in items:
        ways = ["".join(pair) for pair in itertools.product(ways, _ways(kind, value))][:24]
    ways = [way for way in dict.fromkeys(ways) if way]
    mixed = [one + other for one, other in itertools.pairwise(ways)] + ["".join(ways[:6])]
    return list(dict.fromkeys([*ways, *mixed]))[:12]


def _ways(kind, value):
    if kind is _parser.BRANCH:
        return [_sample(way) for way in value[1]][:12]
    if kind is _parser.SUBPATTERN:
        return _bodies(value[-1]) or [""]
    if kind in REPEATS:
        return [body * max(value[0], 1) for body in _bodies(value[2])] or [""]
    if kind is _parser.IN:
        return _members(value)
    return [_sample([(kind, value)])]


def _members(value):
    """Return some characters of a set."""
    if value[0][0] is _parser.NEGATE:
        shut = value[1:]
        return [sign for sign in SIGNS if not any(_takes(*member, sign) for member in shut)] or [""]
    chars = []
    for kind, inner in value:
        if kind is _parser.LITERAL:
            chars.append(chr(inner))
        elif kind is _parser.RANGE:
            chars.append(chr(inner[0]))
        elif kind is _parser.CATEGORY:
            chars += [sign for sign in SIGNS if _takes(kind, inner, sign)][:2]
    return list(dict.fromkeys(chars))[:8]


def _takes(kind, value, sign):
    if kind is _parser.LITERAL:
        return chr(value) == sign
    if kind is _parser.RANGE:
        return value[0] <= ord(sign) <= value[1]
    return kind is _parser.CATEGORY and re.match(CLASSES[value], sign) is not None


def _sample(items) -> str:
    """Return a short string that a part of an expression takes, assertions left aside."""
    return "".join(_sample_of(kind, value) for kind, value in items)


def _sample_of(kind, value) -> str:
    if kind in REPEATS:
        return _sample(value[2]) * (value[0] if value[0] < MANY else 1)
    if kind is _parser.LITERAL:
        return chr(value)
    if kind is _parser.IN:
        return _members(value)[0]
    if kind in (_parser.ANY, _parser.NOT_LITERAL):
        return "b" if value == ord("a") else "a"
    inner = {
        _parser.BRANCH: lambda: value[1][0],
        _parser.SUBPATTERN: lambda: value[-1],
        _constants.ATOMIC_GROUP: lambda: value,
    }
    return _sample(inner[kind]()) if kind in inner else ""


def of_length(start: str, body: str, end: str, length: int) -> str:
    """Return the string of about this length that repeats ``body``."""
    return start + body * max(1, (length - len(start) - len(end)) // len(body)) + end


def fault(job: dict, pump: list[str]) -> str:
    """Return how the time of one string grows where it grows faster than the string, or nothing."""
    run, longest = _runner(job), job.get("longest", LONGEST)

    def seconds(length: int) -> float:
        text = of_length(*pump, length)
        given = text.encode("utf-8", "ignore") if job.get("bytes") else text
        began = time.process_time()
        run(given)
        return time.process_time() - began

    before = seconds(SHORTEST)
    if before < SHORTEST * QUICK and seconds(ENOUGH) < ENOUGH * QUICK:
        return ""
    length = 2 * SHORTEST
    while length <= longest:
        after = seconds(length)
        if _grows(before, after):
            times = [(seconds(length // 2), seconds(length)) for _ in range(TRIES)]
            before, after = map(min, zip(*times, strict=True))
            if _grows(before, after):
                return f"{before:.3f} s, then {after:.3f} s for {length:,} characters"
        if after >= SLOW or (length >= ENOUGH and after < length * QUICK):
            break
        length, before = length * 2, after
    return ""


def _grows(before: float, after: float) -> bool:
    """Say whether twice the characters took so long that the time is of a square at least."""
    return after >= JUDGED and after > MOST * max(before, JUDGED / 10)


def _runner(job):
    if "function" in job:
        module, name = job["function"].split(":")
        function = getattr(import_module(module), name)
        clear = getattr(function, "cache_clear", lambda: None)
        return lambda text: (clear(), function(text))
    pattern = job["pattern"].encode("latin-1") if job.get("bytes") else job["pattern"]
    compiled = re.compile(pattern, job["flags"])
    if job["how"] in ("match", "fullmatch"):
        return getattr(compiled, job["how"])
    return lambda text: sum(1 for _ in compiled.finditer(text))


def faults(jobs: list[dict]) -> list[str]:
    """Return the first fault of each job: an expression or function, and its ``pumps``."""
    wrong = []
    while jobs:
        ran = subprocess.run(
            [sys.executable, "-m", "tests.pumping"],
            input="".join(json.dumps(job) + "\n" for job in jobs),
            capture_output=True,
            text=True,
            check=False,
            cwd=Path(__file__).parent.parent,
        )
        said = [json.loads(line) for line in ran.stdout.splitlines()]
        done = [line for line in said if "fault" in line]
        wrong += [f"{_named(job)} {line['fault']}" for job, line in zip(jobs, done, strict=False)
                  if line["fault"]]  # fmt: skip
        jobs = jobs[len(done) :]
        if ran.returncode == -signal.SIGPROF and jobs:
            wrong.append(f"{_named(jobs[0])} {said[-1]['pump']}: more than {TOO_LONG} s")
            jobs = jobs[1:]
        elif ran.returncode:
            raise RuntimeError(ran.stderr)
    return wrong


def _named(job: dict) -> str:
    return job.get("function") or f"{job['where']} {job['how']} {job['pattern'][:90]!r}"


def main() -> None:
    """Time the jobs of the standard input."""
    import linker  # noqa: F401

    for line in sys.stdin:
        job, found = json.loads(line), ""
        for pump in job["pumps"]:
            print(json.dumps({"pump": pump}), flush=True)
            signal.setitimer(signal.ITIMER_PROF, TOO_LONG)
            if grows := fault(job, pump):
                found = f"{pump}: {grows}"
                break
        signal.setitimer(signal.ITIMER_PROF, 0)
        print(json.dumps({"fault": found}), flush=True)


if __name__ == "__main__":
    main()
