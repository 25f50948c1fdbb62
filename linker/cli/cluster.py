"""Commands that start the processes of a Dask cluster: a scheduler, and workers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from linker.workspace.cluster_address import Scheduler

_HELP = {
    "ca": "Certificate (PEM) of the authority of your own that issued those of the cluster.",
    "cert": "Certificate (PEM) that this program shows.",
    "key": "Private key (PEM) of that certificate.",
}


def tls_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that name certificates."""
    for name, said in reversed(_HELP.items()):
        command = click.option(
            f"--tls-{name}",
            envvar=f"LINKER_TLS_{name.upper()}",
            show_envvar=True,
            type=click.Path(exists=True, dir_okay=False, path_type=Path),
            help=said,
        )(command)
    return command


@click.group()
def cluster() -> None:
    """Start the processes of a Dask cluster, on which `linker build --scheduler` builds States.

    Dask runs whatever anybody sends who reaches its port. These listen to this machine alone, or
    with certificates of your own (--tls-ca, --tls-cert, --tls-key), and serve no dashboard. Needs
    `pip install 'linker[cluster]'`; docs/scale.md says when it pays.
    """


@cluster.command()
@click.argument("address", default="tcp://127.0.0.1:8786")
@tls_options
def scheduler(
    address: str, tls_ca: Path | None, tls_cert: Path | None, tls_key: Path | None
) -> None:
    """Start the scheduler, on ADDRESS; Ctrl-C ends it.

    \b
    Examples:
      linker cluster scheduler
      linker cluster scheduler tls://10.0.0.5:8786 --tls-ca ca.pem --tls-cert me.pem --tls-key k.pem
    """
    place = Scheduler(address, tls_ca, tls_cert, tls_key)
    from linker.workspace.cluster_node import run_scheduler

    run_scheduler(place)


@cluster.command()
@click.argument("address", default="tcp://127.0.0.1:8786")
@click.option(
    "--processes",
    type=click.IntRange(1, 256),
    default=1,
    show_default=True,
    help="Workers on this machine; each builds one State at a time and takes up to 1.5 GB.",
)
@click.option(
    "--host",
    default="",
    help="Address of this machine by which the others of the cluster reach it, where it has "
    "several.",
)
@tls_options
def worker(
    address: str,
    processes: int,
    host: str,
    tls_ca: Path | None,
    tls_cert: Path | None,
    tls_key: Path | None,
) -> None:
    """Start workers of the scheduler at ADDRESS; Ctrl-C ends them.

    \b
    Examples:
      linker cluster worker --processes 2
      linker cluster worker tls://10.0.0.5:8786 --tls-ca ca.pem --tls-cert me.pem --tls-key k.pem
    """
    place = Scheduler(address, tls_ca, tls_cert, tls_key)
    from linker.workspace.cluster_node import run_workers

    run_workers(place, processes, host)
