"""Tokens: who may ask. One of the machine's own user, or one a person on a shared server."""

from __future__ import annotations

import csv
import hashlib
import hmac
import io
import secrets
from dataclasses import dataclass
from pathlib import Path

from linker.errors import AccessError, Invalid, LinkerError
from linker.review.roles import ONLOOKER, Person, read_roles, same
from linker.workspace.sharing import SHORTEST_SECRET

COLUMNS = ("identity", "sha256")


class UnknownToken(AccessError):  # noqa: N818 - reads as what happened
    """Nobody has the token that was sent, or none was."""


@dataclass(frozen=True)
class OwnKey:
    """The one token of who started the server.

    Attributes:
        token: as it is sent.
        read_only: whether it lets nobody change anything.
    """

    token: str
    read_only: bool = False

    def person(self, token: str) -> Person | None:
        """Return who sends a token: None for the machine's own user, who may do everything.

        Raises:
            UnknownToken: it is another token.
        """
        if not hmac.compare_digest(_digest(token), _digest(self.token)):
            raise UnknownToken("This token is not known here.")
        return ONLOOKER if self.read_only else None


@dataclass(frozen=True)
class PeoplesKeys:
    """The tokens of people, each with the role that the roles file gives now.

    Attributes:
        tokens: CSV file with the columns identity and sha256, of the token.
        roles: the roles file.
    """

    tokens: Path
    roles: Path

    def person(self, token: str) -> Person:
        """Return who sends a token. Both files are read again: a row taken out counts at once.

        Raises:
            UnknownToken: nobody has it.
            AccessError: who has it has no role.
            LinkerError: a file cannot be read.
        """
        sent, found = _digest(token), ""
        for identity, held in read_tokens(self.tokens):
            if hmac.compare_digest(sent, held):
                found = identity
        if not found:
            raise UnknownToken("This token is not known here.")
        return read_roles(self.roles).person(found)


Keys = OwnKey | PeoplesKeys


def own_token(file: Path | None, environment: str | None) -> tuple[str, bool]:
    """Return the token to ask for, and whether it was made now and nobody knows it yet.

    Args:
        file: a file that holds it.
        environment: what LINKER_API_TOKEN says.

    Raises:
        LinkerError: the file cannot be read.
        Invalid: the token is so short that it can be guessed.
    """
    if file is None and not environment:
        return secrets.token_urlsafe(SHORTEST_SECRET), True
    try:
        token = (file.read_text(encoding="utf-8") if file else environment or "").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise LinkerError(f"{file}: cannot be read ({error}). Name a file of text.") from error
    if len(token) < SHORTEST_SECRET or not token.isascii() or len(token.split()) != 1:
        raise Invalid(
            f"{file or 'LINKER_API_TOKEN'}: a token has {SHORTEST_SECRET} letters and digits or "
            "more. `python -c 'import secrets; print(secrets.token_hex())'` makes one."
        )
    return token, False


def add_token(file: Path, identity: str) -> str:
    """Make a token for a person, keep its checksum in a file, and return it: nobody keeps it.

    Raises:
        LinkerError: the file cannot be read or written.
        Invalid: the identity is empty or holds a space.
    """
    if not same(identity) or len(identity.split()) != 1:
        raise Invalid(f"{identity!r} is no identity. Write it as in the roles file.")
    held = read_tokens(file) if file.is_file() else []
    token = secrets.token_urlsafe(SHORTEST_SECRET)
    out = io.StringIO()
    rows = [*held, (same(identity), _digest(token))]
    csv.writer(out, lineterminator="\n").writerows([COLUMNS, *rows])
    try:
        file.touch(mode=0o600)
        file.write_text(out.getvalue(), encoding="utf-8", newline="")
    except OSError as error:
        raise LinkerError(f"{file}: cannot be written ({error.strerror}).") from error
    return token


def read_tokens(file: Path) -> list[tuple[str, str]]:
    """Return (identity, sha256 of the token) of each row of a tokens file.

    Raises:
        LinkerError: it cannot be read, or a row is no such pair; it is named.
    """
    try:
        rows = list(csv.reader(io.StringIO(file.read_text(encoding="utf-8-sig"), newline="")))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise LinkerError(
            f"{file}: cannot be read ({error}). `linker api --tokens {file} --add-token IDENTITY` "
            "writes one."
        ) from error
    if not rows or tuple(rows[0]) != COLUMNS:
        raise LinkerError(f"{file}, row 1: the columns are {','.join(COLUMNS)}.")
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != len(COLUMNS) or len(row[1]) != hashlib.sha256().digest_size * 2:
            raise LinkerError(f"{file}, row {number}: no identity with a checksum. Take it out.")
    return [(same(identity), held.lower()) for identity, held in rows[1:]]


def _digest(token: str) -> str:
    """Return the checksum by which tokens are compared: of one length, whatever was sent."""
    return hashlib.sha256(token.encode("utf-8", errors="surrogatepass")).hexdigest()
