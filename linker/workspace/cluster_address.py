"""How a Dask cluster is reached: by TLS with certificates of one's own, or on this machine alone.

Dask runs whatever anybody sends who reaches its port. With TLS only holders of a certificate reach
it, which an authority of one's own issued; without, only who works on this machine.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from linker.errors import Invalid, LinkerError

PORT = 8786
"""On which Dask's schedulers listen unless told otherwise."""
EXAMPLE = "tls://HOST:8786"
FILES = {"tls_ca": "ca-file", "tls_cert": "cert", "tls_key": "key"}
"""Fields of ``Scheduler``, and how Dask's own settings name them."""


@dataclass(frozen=True, slots=True)
class Scheduler:
    """Where the scheduler of a cluster is, or is to be, and what shows who may speak with it.

    Attributes:
        address: ``tls://HOST:PORT``, or ``tcp://`` of this machine.
        tls_ca: certificate of the authority that issued those of the cluster.
        tls_cert: certificate of this program.
        tls_key: its private key.
    """

    address: str
    tls_ca: Path | None = None
    tls_cert: Path | None = None
    tls_key: Path | None = None

    def __post_init__(self) -> None:
        """See that nobody else can reach it.

        Raises:
            Invalid: an address that is none, or that others could reach without a certificate.
        """
        scheme, host = self._parts()
        if scheme == "tcp" and not is_loopback(host):
            raise Invalid(
                f"{self.address}: Dask runs whatever anybody sends who reaches its port, and "
                "tcp:// asks nobody who they are: it is only for this machine (127.0.0.1). Use "
                f"{EXAMPLE} with --tls-ca, --tls-cert and --tls-key; see docs/scale.md."
            )
        if scheme == "tcp" and (self.tls_ca or self.tls_cert or self.tls_key):
            raise Invalid(f"{self.address}: certificates are for tls://, tcp:// has none.")

    @property
    def protocol(self) -> str:
        """``tls`` or ``tcp``."""
        return self._parts()[0]

    @property
    def host(self) -> str:
        """The machine."""
        return self._parts()[1]

    @property
    def port(self) -> int:
        """The port; Dask's own unless the address says one."""
        return urlsplit(self.address).port or PORT

    def security(self) -> Any:
        """Return what Dask is told of certificates; None where there are none.

        Those that are not given are taken from Dask's own settings (``distributed.comm.tls``).

        Raises:
            Invalid: one is missing everywhere, cannot be read or is none.
            LinkerError: Dask is not installed.
        """
        if self.protocol != "tls":
            return None
        import ssl

        told = {name: self._file(name) for name in FILES}
        try:
            context = ssl.create_default_context(cafile=told["tls_ca"])
            context.load_cert_chain(told["tls_cert"], told["tls_key"])
        except (OSError, ssl.SSLError) as error:  # an SSLError is an OSError with odd words
            raise Invalid(
                f"{', '.join(told.values())}: no certificates that fit one another "
                f"({error}). See docs/scale.md for how to make them."
            ) from error
        files = {"tls_ca_file": told["tls_ca"]}
        for role in ("client", "scheduler", "worker"):
            files |= {f"tls_{role}_cert": told["tls_cert"], f"tls_{role}_key": told["tls_key"]}
        return distributed().Security(require_encryption=True, **files)

    def _file(self, name: str) -> str:
        given = getattr(self, name)
        if given is not None:
            return str(given)
        distributed()
        import dask

        found: Mapping[str, Any] = dask.config.get("distributed.comm.tls", {}) or {}
        held = found if name == "tls_ca" else found.get("client") or {}
        if not held.get(FILES[name]):
            option = f"--{name.replace('_', '-')}"
            raise Invalid(
                f"{self.address}: {option} FILE is missing (or LINKER_{name.upper()}). Whoever "
                "speaks with a cluster shows a certificate; see docs/scale.md."
            )
        return str(held[FILES[name]])

    def _parts(self) -> tuple[str, str]:
        try:
            parts = urlsplit(self.address)
            host, _ = parts.hostname or "", parts.port
        except ValueError:
            host = ""
        plain = host and f"{parts.scheme}://{parts.netloc}" == self.address.removesuffix("/")
        if not plain or parts.scheme not in ("tls", "tcp") or parts.username is not None:
            raise Invalid(f"{self.address!r}: the address of a scheduler is like {EXAMPLE}.")
        return parts.scheme, host


def is_loopback(host: str) -> bool:
    """Whether a host is this machine, and reached by nobody else."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def distributed() -> Any:
    """Return Dask's library for clusters.

    Raises:
        LinkerError: it is not installed.
    """
    try:
        import distributed as found
    except ImportError as error:
        raise LinkerError(
            f"A Dask cluster needs {error.name}: pip install 'linker[cluster]'."
        ) from error
    return found
