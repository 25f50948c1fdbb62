"""The command about what a library kept to send, before Linker forbade it."""

from __future__ import annotations

import click

from linker.offline import delete_telemetry, telemetry_folder


@click.command()
@click.option("--delete", is_flag=True, help="Delete it.")
def telemetry(delete: bool) -> None:
    """Say what onnxruntime kept to send to its maker, and delete it if asked.

    Linker sends nothing. Versions from before 30 November 2026 did not stop onnxruntime, the
    library that runs the encoder, from sending a device id, the path of the Python program and
    facts about the machine, or from keeping them until there was a connection. Other programs
    that use onnxruntime keep theirs in the same folder, so nothing is deleted unless you ask.

    \b
    Example:
      linker telemetry --delete
    """
    folder = telemetry_folder()
    if delete:
        files = delete_telemetry()
        click.echo(f"{folder}: {len(files)} files deleted." if files else f"{folder}: not there.")
        return
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    for path in files:
        click.echo(f"{path}: {path.stat().st_size:,} bytes")
    click.echo("`linker telemetry --delete` deletes them." if files else f"{folder}: not there.")
