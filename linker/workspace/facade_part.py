"""What the parts of a workspace's façade have in common."""

from __future__ import annotations

from copy import copy
from pathlib import Path
from typing import Self

from linker.encoding.encoder import Encoder
from linker.errors import AccessError
from linker.review.roles import Person, Right
from linker.store.store import Store


class Desk:
    """A part of ``Linker``, which gives it the store, the encoder and the State asked for."""

    store: Store
    folder: Path
    person: Person | None = None
    """Who acts; None on one's own machine and on the command line, where nobody logs in."""

    @property
    def encoder(self) -> Encoder:
        """The encoder of the workspace."""
        raise NotImplementedError

    def only_state(self, state: str | None = None) -> str:
        """Return the State asked for, or the only one there is."""
        raise NotImplementedError

    def acting(self, person: Person | None) -> Self:
        """Return this open workspace as one person may use it.

        What the person writes is refused where the role does not allow it, and carries the
        person's identity, whatever name is given. The workspace itself stays as it is, so that
        many people can act on it at once.

        Args:
            person: who acts; None changes nothing.
        """
        view = copy(self)
        view.person = person or self.person
        return view

    def _guard(self, right: Right, reviewer: str = "") -> str:
        """Let pass who may, and return in whose name: who logged in writes in no other's.

        Raises:
            AccessError: the acting person's role does not allow it.
        """
        if self.person is None:
            return reviewer
        self.person.check(right)
        return self.person.identity

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
