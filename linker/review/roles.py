"""Who may do what where several people share a workspace, and the file that says who is who."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Literal, get_args

from linker.errors import AccessError, LinkerError
from linker.i18n.messages import tr_later
from linker.records.import_notes import Note
from linker.vocabulary.states import state_code

Role = Literal["reader", "focal point", "reviewer", "lead"]
ROLES: tuple[Role, ...] = get_args(Role)
COLUMNS = ("identity", "role", "name", "states", "bodies")
NEEDED = COLUMNS[:2]
EVERYBODY = "*"
"""The identity of a row about whoever logs in and has no row of their own."""
LARGEST = 1 << 20
"""Bytes of a roles file; some ten thousand people fit."""
FAULTS_SHOWN = 20
_NOBODY = "Nobody logged in: you"


class Right(StrEnum):
    """What not everybody may do, in words that fit after "may not"."""

    DECIDE = "decide on links"
    LINK = "add links by hand"
    THEMES = "edit themes"
    PLAN = "fill in the plan"
    REPORT = "report in the plan"
    IMPORT = "import files"
    BUILD = "build"
    ARRANGE = "arrange umbrellas, themes and dates"
    ADJUDICATE = "settle disagreements"
    TEACH = "merge exemplars"
    CORRECT = "correct records"
    RELEASE = "release status and evidence"


FOCAL_POINT: Role = "focal point"
_REVIEWER = frozenset(
    {Right.DECIDE, Right.LINK, Right.THEMES, Right.PLAN, Right.REPORT, Right.CORRECT}
)
RIGHTS: dict[Role, frozenset[Right]] = {
    "reader": frozenset(),
    FOCAL_POINT: frozenset({Right.REPORT}),
    "reviewer": _REVIEWER,
    "lead": frozenset(Right),
}
"""What each role may do; looking, searching and taking documents away is open to all of them."""
OF_ALL_STATES = frozenset({Right.IMPORT, Right.BUILD, Right.ARRANGE, Right.TEACH})
"""What concerns a workspace whole; nobody may do it whose role is for some States."""
MEANING: dict[Role, str] = {
    "reader": tr_later("may look, search and take documents away"),
    FOCAL_POINT: tr_later("may look, and report in the plan on what their institution answers for"),
    "reviewer": tr_later("may decide on links, edit themes, correct records and fill in the plan"),
    "lead": tr_later("may do everything"),
}


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who logged in.

    Attributes:
        identity: e-mail address, or what else the login service tells people apart by; it stands
            beside everything the person decides.
        role: one of `ROLES`.
        name: to be shown.
        states: the only ones whose records the person sees, ISO 3166-1 alpha-3; all where empty.
        bodies: the institutions that a focal point reports for, as the plan names them.
    """

    identity: str
    role: Role
    name: str = ""
    states: tuple[str, ...] = ()
    bodies: tuple[str, ...] = ()

    def may(self, right: Right) -> bool:
        """Whether the person's role holds a right."""
        return right in RIGHTS[self.role] and not (self.states and right in OF_ALL_STATES)

    @property
    def reports_for(self) -> tuple[str, ...] | None:
        """The institutions whose rows of the plan a focal point fills in; None for anybody else."""
        return self.bodies if self.role == FOCAL_POINT else None

    def check(self, right: Right) -> None:
        """Let the person pass who has a right.

        Raises:
            AccessError: the role does not hold it.
        """
        if self.may(right):
            return
        able = " or ".join(role for role in ROLES if right in RIGHTS[role])
        if self.states and right in OF_ALL_STATES:
            able += " of all States"
        of = f" of {', '.join(self.states)}" if self.states else ""
        who = f"{self.identity} is a {self.role}{of} and" if self.identity else _NOBODY
        raise AccessError(
            f"{who} may not {right}. That takes the role {able}; ask whoever keeps the roles file."
        )


ONLOOKER = Person("", "reader")
"""In whose name pages read a shared workspace: nobody's, who may change nothing."""


@dataclass(frozen=True, slots=True)
class Roles:
    """Who has which role.

    Attributes:
        file: name of the file it was read from, for messages.
        people: everybody named in it, in its order; perhaps `EVERYBODY` among them.
    """

    file: str
    people: tuple[Person, ...]

    def person(self, identity: str, name: str = "") -> Person:
        """Return who logged in, with the role that the file gives.

        Args:
            identity: as the login service vouches for it.
            name: as the login service knows it; a name in the file comes first.

        Raises:
            AccessError: the file gives no role to this identity.
        """
        wanted = same(identity)
        known = {person.identity: person for person in self.people}
        found = known.get(wanted) or known.get(EVERYBODY)
        if found is None or wanted in ("", EVERYBODY):
            raise AccessError(
                f"{identity or 'Somebody without an identity'} has no role here. Ask whoever "
                f"keeps {self.file} to add a row with this identity."
            )
        given = found.name if found.identity == wanted else ""
        return Person(wanted, found.role, given or name, found.states, found.bodies)


def same(identity: str) -> str:
    """Return the one spelling of an identity.

    E-mail addresses are compared without regard to case, of a-z only: other rules would make one
    person of letters that merely look alike. Any other identity counts letter by letter, as
    OpenID Connect Core 1.0, section 2, has it for ``sub``.
    """
    identity = identity.strip()
    if "@" not in identity:
        return identity
    return identity.encode(errors="surrogatepass").lower().decode(errors="surrogatepass")


def read_roles(path: Path) -> Roles:
    """Read a roles file: CSV with identity, role and, where wanted, the others of `COLUMNS`.

    Raises:
        LinkerError: it cannot be read, or rows in it cannot; every such row is named.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
        if len(content) > LARGEST:
            raise _refused([_fault(path.name, "", "", "it is larger than 1 MB", "Split it.")])
        return parse_roles(content.decode("utf-8-sig"), path.name)
    except OSError as error:
        reason = f"it cannot be read ({error.strerror})"
        fault = _fault(path.name, "", "", reason, f"Write one: {', '.join(COLUMNS)}.")
        raise _refused([fault]) from error
    except UnicodeDecodeError as error:
        reason, remedy = f"it is not UTF-8 text (byte {error.start})", "Save it as CSV UTF-8."
        raise _refused([_fault(path.name, "", "", reason, remedy)]) from error


def parse_roles(text: str, file: str = "roles.csv") -> Roles:
    """Return the roles that a CSV table gives.

    Args:
        text: of the table; cells are separated by commas, semicolons or tabs.
        file: its name, for messages.

    Raises:
        LinkerError: a column or all rows are missing, or rows cannot be read; every one is named.
    """
    rows = _rows(text, file)
    header = [cell.strip().lower() for cell in rows[0]] if rows else []
    faults = list(_header_faults(file, header))
    if faults:
        raise _refused(faults)
    people: dict[str, Person] = {}
    for number, cells in enumerate(rows[1:], start=2):
        values = dict(zip(header, (cell.strip() for cell in cells), strict=False))
        if not any(cell.strip() for cell in cells):
            continue
        row = f"row {number}"
        wrong = [_fault(file, row, *said) for said in _row_faults(cells, header, values, people)]
        faults += wrong
        if not wrong:
            person = _person(values)
            people[person.identity] = person
    if not people and not faults:
        remedy = "Add a row such as ada@example.org,lead,Ada Example."
        faults = [_fault(file, "", "", "nobody has a role in it", remedy)]
    if faults:
        raise _refused(faults)
    return Roles(file, tuple(people.values()))


def _rows(text: str, file: str) -> list[list[str]]:
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        return list(reader)
    except csv.Error as error:
        fault = _fault(
            file, f"line {reader.line_num}", "", str(error), "Look at its quotation marks."
        )
        raise _refused([fault]) from error


def _header_faults(file: str, header: Sequence[str]) -> Iterator[Note]:
    remedy = f"The first row names the columns: {','.join(COLUMNS)}."
    for column in NEEDED:
        if column not in header:
            yield _fault(file, "row 1", column, "there is no such column", remedy)
    for column in dict.fromkeys(header):
        if column not in COLUMNS:
            yield _fault(file, "row 1", column, f"the column {column!r} is not known", remedy)
        elif header.count(column) > 1:
            yield _fault(file, "row 1", column, "the column stands there twice", remedy)


def _row_faults(
    cells: Sequence[str], header: Sequence[str], values: dict[str, str], people: Iterable[str]
) -> Iterator[tuple[str, str, str]]:
    """Yield column, reason and remedy for what is wrong with a row."""
    if len(cells) > len(header):
        reason = f"it has {len(cells)} cells under {len(header)} headings"
        yield "", reason, "Put a name with a comma into quotation marks."
    identity, role = values.get("identity", ""), _role(values)
    if not identity:
        yield "identity", "it is empty", "Write the e-mail address the person logs in with."
    elif not identity.isprintable() or any(sign.isspace() for sign in identity):
        reason = f"{identity!r} holds a space or a sign that cannot be seen"
        yield "identity", reason, "Type it again; one person a row."
    elif same(identity) in people:
        yield "identity", f"{identity} stands there twice", "Keep one of the rows."
    if role not in ROLES:
        yield "role", f"{values.get('role', '')!r} is no role", f"Write {_or(ROLES)}."
    elif identity == EVERYBODY and role != "reader":
        reason = "everybody who can log in would be a " + role
        yield "role", reason, "Write reader, and name reviewers and leads one by one."
    yield from _bounds_faults(values, role)


def _bounds_faults(values: dict[str, str], role: str) -> Iterator[tuple[str, str, str]]:
    """Yield the same for what a role is bound to: States, and institutions of focal points."""
    named = bool(_listed(values.get("bodies", "")))
    if role == FOCAL_POINT and not named:
        reason = "a focal point reports for an institution, and none is named"
        yield "bodies", reason, "Write it as the plan does; several parted by “;”."
    elif named and role in ROLES and role != FOCAL_POINT:
        reason = f"a {role} is not of one institution"
        yield "bodies", reason, f"Leave it empty, or write {FOCAL_POINT} as the role."
    for name in _listed(values.get("states", "")):
        if not state_code(name):
            yield "states", f"{name!r} is no State", "Write codes or names, parted by “;”."


def _person(values: dict[str, str]) -> Person:
    role = next(role for role in ROLES if role == _role(values))
    name = " ".join(values.get("name", "").split())
    states = {state_code(one) or one for one in _listed(values.get("states", ""))}
    bodies = tuple(_listed(values.get("bodies", "")))
    return Person(same(values["identity"]), role, name, tuple(sorted(states)), bodies)


def _role(values: dict[str, str]) -> str:
    return re.sub(r"[\s_-]+", " ", values.get("role", "").strip().lower())


def _listed(cell: str) -> list[str]:
    return [name.strip() for name in cell.split(";") if name.strip()]


def _fault(file: str, row: str, column: str, reason: str, remedy: str) -> Note:
    return Note(file, row, column, reason, remedy, "refused")


def _refused(faults: Sequence[Note]) -> LinkerError:
    more = len(faults) - FAULTS_SHOWN
    lines = [str(fault) for fault in faults[:FAULTS_SHOWN]]
    return LinkerError("\n".join([*lines, *([f"and {more} more"] if more > 0 else [])]))


def _or(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} or {names[-1]}"
