"""The parts a workspace's façade is composed of, and their verbs under the façade's own name."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from pathlib import Path
from types import MethodType
from typing import TYPE_CHECKING, Any, Concatenate, Generic, ParamSpec, Self, TypeVar, overload

from linker.encoding.encoder import Encoder
from linker.errors import AccessError
from linker.review.roles import Person, Right
from linker.store.store import Store

if TYPE_CHECKING:
    from linker.workspace.workspace import Linker

EMBEDDINGS = "embeddings"
"""Folder of vectors and readings in that of a workspace."""
P = ParamSpec("P")
T = TypeVar("T")


class Acting:
    """An open workspace in the hands of somebody, whose role says what they may do with it."""

    store: Store
    folder: Path
    """Of this machine: embeddings, indices and what is read in."""
    person: Person | None = None
    """Who acts; None on one's own machine and on the command line, where nobody logs in."""

    def acting(self, person: Person | None) -> Self:
        """Return this open workspace as one person may use it.

        What the person writes is refused where the role does not allow it, and carries the
        person's identity, whatever name is given. The workspace itself stays as it is, so that
        many people can act on it at once. Whose role is for some States finds no others here.

        Args:
            person: who acts; None changes nothing.
        """
        view = copy(self)
        view.person = person or self.person
        if view.person and view.person.states:
            view.store = self.store.limited_to(view.person.states)
        return view

    def may(self, right: Right) -> None:
        """Let pass who may do something that is only begun here.

        Raises:
            AccessError: the acting person's role does not allow it.
        """
        self._guard(right)

    def _guard(self, right: Right, reviewer: str = "") -> str:
        """Let pass who may, and return in whose name: who logged in writes in no other's.

        Raises:
            AccessError: the acting person's role does not allow it.
        """
        if self.person is None:
            return reviewer
        self.person.check(right)
        return self.person.identity

    @property
    def _bodies(self) -> tuple[str, ...] | None:
        """The institutions whose rows of the plan who acts may fill in alone; None for all."""
        return self.person.reports_for if self.person else None

    def _handed(self, file: str | Path) -> Path:
        """Return a file to read; who logged in hands files over and names none of the server's.

        Raises:
            AccessError: the file lies outside the workspace, where what people hand over is put.
        """
        path = Path(file)
        inside = self.person is None or path.resolve().is_relative_to(self.folder.resolve())
        if not inside:
            raise AccessError(
                f"{path.name}: not a file of this workspace. On a shared server files are "
                "uploaded on the page; its own files are not read."
            )
        return path


class Desk(Acting):
    """A part of ``Linker``: ``linker.themes``, ``linker.plan`` …, in the hands of whoever holds it.

    Args:
        linker: the whole.
    """

    def __init__(self, linker: Linker) -> None:
        self.linker = linker
        self.folder, self.store, self.person = linker.folder, linker.store, linker.person

    @property
    def encoder(self) -> Encoder:
        """The encoder of the workspace."""
        return self.linker.encoder

    def only_state(self, state: str | None = None) -> str:
        """Return the State asked for, or the only one there is."""
        return self.linker.only_state(state)


class Verb(Generic[P, T]):
    """A verb of a part under its flat name: ``linker.decide`` is ``linker.links.decide``.

    Args:
        part: name of the part.
        method: its method.
    """

    def __init__(self, part: str, method: Callable[Concatenate[Any, P], T]) -> None:
        self.part, self.method = part, method
        self.__doc__ = method.__doc__

    @overload
    def __get__(self, whole: None, owner: type) -> Callable[Concatenate[Any, P], T]: ...
    @overload
    def __get__(self, whole: Acting, owner: type) -> Callable[P, T]: ...
    def __get__(self, whole: Acting | None, owner: type) -> Callable[..., T]:
        """Return the method of the part that belongs to this workspace."""
        if whole is None:
            return self.method
        return MethodType(self.method, getattr(whole, self.part))
