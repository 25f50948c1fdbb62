"""Options that say which records are meant, and what is said where there are none of them."""

from __future__ import annotations

from typing import Any

import click


def filters(command: Any) -> Any:
    """Add the filters of ``linker records`` to a command."""
    for option in (
        click.option("--state", help="State: ISO code or name."),
        click.option("--mechanism", help="UPR, TB, SP, REG or SUB."),
        click.option("--body", help="CEDAW, CRC, CAT, …"),
        click.option("--cycle", help="UPR cycle: 1, 2, 3, 4."),
        click.option("--year", type=int, help="Year of the document."),
        click.option("--position", help="supported, noted, partly supported or pending."),
        click.option("--theme", help="Part of a theme's name."),
        click.option("--group", help="Part of the name of a group of persons."),
        click.option("--sdg", help="Goal or target the source tagged: 5 or 5.3."),
        click.option(
            "--responsible",
            default="",
            help="Part of the name of who answers for it in the plan, or 'nobody yet'.",
        ),
    ):
        command = option(command)
    return command


def to_filter(options: dict[str, Any]) -> Any:
    """Return the Filter that the options describe."""
    from linker.records.filters import Filter

    if options.get("state"):
        options["state"] = state_option(options["state"])
    return Filter(**{key: value for key, value in options.items() if value})


def state_option(name: str | None) -> str | None:
    """Return the code of a State given by code or name.

    Raises:
        UsageError: no such State.
    """
    from linker.vocabulary.states import state_named

    return state_named(name) if name else None


def refuse_nothing(linker: Any, where: Any, responsible: str = "") -> None:
    """Refuse a filter that no record meets: an empty list or file would say nothing of why.

    Raises:
        NotFound: in words, with the nearest names there are; not where nothing is asked for.
    """
    from linker.errors import NotFound

    if where.given or responsible:
        raise NotFound(linker.why_nothing(where, responsible))


def refuse_absent(linker: Any, state: str | None) -> str | None:
    """Return a State that records are of here; None, for all, stays None.

    Raises:
        NotFound: there are no records of it.
    """
    return linker.only_state(state) if state else None


def say_unbuilt(linker: Any) -> None:
    """Say on the error stream that a list of what builds make is empty where none was made."""
    if not any(linker.store.build_digest(one) for one in linker.store.states()):
        click.echo("Nothing was built here yet. Run `linker build` first.", err=True)


def refuse_below(found: Any, shown: Any, least: float | None) -> None:
    """Refuse a probability that nothing reaches.

    Args:
        found: all there is.
        shown: what reaches it.
        least: the probability; None where none was asked for.

    Raises:
        NotFound: there is something, and none of it is so probable.
    """
    from linker.errors import NotFound

    if least is not None and found and not shown:
        raise NotFound(f"--min-probability {least}: none of {len(found)} is so probable.")
