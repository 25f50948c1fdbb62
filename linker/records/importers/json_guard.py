"""Stands between a JSON file and its parser, which nested arrays and endless numbers would kill.

The C parser crashes on an integer of some ten thousand digits and takes memory by the square of
the depth, so neither may reach it. What stands before the first fault still does.
"""

from __future__ import annotations

import re
from typing import TextIO

from linker.records.importers.base import Limits

_STRING = re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+("?)', re.DOTALL)
_REST_OF_STRING = re.compile(r'[^"\\]*+(?:\\.[^"\\]*+)*+("?)', re.DOTALL)
_MARKS = re.compile(r'["\[{\]}]|[0-9]+')
_ESCAPE = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u([dD][89a-fA-F]..)|\\.",
    re.DOTALL,
)
_HALF_PAIR = re.compile(r"\\u[dD][89abAB][0-9a-fA-F]{2}(?:\\(?:u[0-9a-fA-F]{0,3})?)?\Z")
_HALF_ESCAPE = re.compile(r"\\(?:u[0-9a-fA-F]{0,3})?\Z")
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_LONGEST_ESCAPE = 12


class JsonTooDeep(ValueError):  # noqa: N818 - reads as what it is
    """A value that is nested too deep, or a number of too many digits."""


class GuardedJson:
    """Hands text on as UTF-8 bytes that a parser of JSON can be trusted with.

    NULs and byte-order marks are left out, halves of surrogate pairs become U+FFFD.

    Attributes:
        nuls: NUL characters left out so far.
        halves: halves of surrogate pairs replaced so far.
    """

    def __init__(self, file: TextIO, limits: Limits) -> None:
        """Read from an open text file."""
        self._file, self._limits = file, limits
        self._held = ""
        self._fault = ""
        self._depth = self._digits = 0
        self._in_string = False
        self.nuls = self.halves = 0

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes, some ``size``, b"" at the end.

        Raises:
            JsonTooDeep: here stands what the parser must not see.
        """
        if size == 0:
            return b""
        if self._fault:
            raise JsonTooDeep(self._fault)
        while text := self._file.read(size):
            if "\0" in text:
                self.nuls += text.count("\0")
                text = text.replace("\0", "")
            if text := self._whole(self._held + text.replace("\ufeff", "")):
                return self._checked(text)
        rest, self._held = self._held, ""
        return self._checked(rest) if rest else b""

    def _whole(self, text: str) -> str:
        """Return the text without a half escape or half pair at its end, which is held back."""
        for half in (_HALF_PAIR, _HALF_ESCAPE):
            found = half.search(text, max(0, len(text) - _LONGEST_ESCAPE))
            if found:
                before = text[: found.start()]
                if (len(before) - len(before.rstrip("\\"))) % 2 == 0:  # else it is escaped itself
                    self._held = text[found.start() :]
                    return before
        self._held = ""
        return text

    def _checked(self, text: str) -> bytes:
        if _SURROGATE.search(text):
            text = _ESCAPE.sub(self._paired, text)
        end = self._scan(text)
        if self._fault and not end:
            raise JsonTooDeep(self._fault)
        return text[:end].encode("utf-8", "replace")

    def _scan(self, text: str) -> int:
        """Follow strings, depth and digits; return where the text must end."""
        at = last = 0
        if self._in_string:
            rest = _REST_OF_STRING.match(text)
            assert rest is not None
            at, self._in_string = rest.end(), not rest[1]
        while mark := _MARKS.search(text, at):
            sign = mark[0]
            if sign == '"':
                string = _STRING.match(text, mark.start())
                assert string is not None
                at, self._in_string = string.end(), not string[1]
                self._digits = 0
                continue
            if not self._allowed(sign, continued=mark.start() == 0):
                return mark.start()
            at = last = mark.end()
        if last != len(text):
            self._digits = 0
        return len(text)

    def _allowed(self, sign: str, continued: bool) -> bool:
        """Note a bracket or a run of digits; say whether the parser may see it."""
        if sign.isdigit():
            self._digits = len(sign) + (self._digits if continued else 0)
            if self._digits > self._limits.max_digits:
                most = self._limits.max_digits
                self._fault = f"not fit to read: a number of more than max_digits = {most:,} digits"
        else:
            self._digits = 0
            self._depth = self._depth + 1 if sign in "[{" else max(0, self._depth - 1)
            if self._depth > self._limits.max_depth:
                most = self._limits.max_depth
                self._fault = f"nested deeper than the limit max_depth = {most}"
        return not self._fault

    def _paired(self, escape: re.Match[str]) -> str:
        if not escape[1]:
            return escape[0]
        self.halves += 1
        return "\\ufffd"
