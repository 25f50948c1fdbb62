"""Files that Linker itself wrote and that another command reads, or none."""

from __future__ import annotations

from linker.records.import_notes import ImportRefused, refuse

_COMMANDS = {
    "plan": "a filled plan is read with `linker plan import FILE --reviewer NAME`",
    "archive": "an archive is read with `linker unarchive FILE FOLDER`",
    "backup": "a backup is put back with `linker restore FILE`",
    "decisions": "decisions are made with `linker decide`",
}


def own_file(name: str, kind: str) -> ImportRefused:
    """Return the refusal of a file that Linker wrote, with the command that reads it."""
    remedy = _COMMANDS.get(kind, "it is made from the records anew with every export")
    return refuse(
        name,
        f"this is Linker's own {kind}, no list of recommendations",
        f"{remedy[0].upper()}{remedy[1:]}.",
        kind="Linker's own file",
    )
