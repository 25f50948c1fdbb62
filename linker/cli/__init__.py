"""The command line: one command a verb. Run ``linker --help``."""

from __future__ import annotations

import io
import sys
from typing import Any

import click
from click.core import ParameterSource

from linker.cli import (
    agreement,
    api,
    audit,
    cluster,
    clusters,
    dates,
    documents,
    exemplars,
    files,
    info,
    languages,
    links,
    mcp,
    plan,
    plan_aligning,
    plan_sharing,
    safekeeping,
    serve,
    sources,
    telemetry,
    themes,
    uptake,
    vocabulary,
)
from linker.cli.workspace_option import HELP, WORKSPACE_TYPE
from linker.errors import LinkerError
from linker.store.location import Location

EXIT_INTERRUPTED = 130


class _Group(click.Group):
    """Prints what went wrong and what to do, never a trace, for errors made on purpose."""

    def main(self, *args: Any, **extra: Any) -> Any:
        speak_utf8()
        return super().main(*args, **extra)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except LinkerError as error:
            click.echo(f"linker: {error}", err=True)
            sys.exit(error.exit_code)
        except KeyboardInterrupt:
            click.echo("\nlinker: stopped. What was finished is kept; run it again.", err=True)
            sys.exit(EXIT_INTERRUPTED)


def speak_utf8() -> None:
    """Print as UTF-8 wherever the output goes: pipes on Windows know no "↔" otherwise."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.encoding.lower() != "utf-8":
            stream.reconfigure(encoding="utf-8")


@click.group(
    cls=_Group,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--workspace",
    "-w",
    envvar="LINKER_WORKSPACE",
    type=WORKSPACE_TYPE,
    default="workspace",
    show_default=True,
    show_envvar=True,
    help=HELP,
)
@click.version_option(package_name="linker", message="linker %(version)s")
@click.pass_context
def main(ctx: click.Context, workspace: Location) -> None:
    """Find where UN human-rights recommendations converge.

    Linker reads the files that UN databases export, proposes which recommendations ask for the
    same measure, clusters everything a State received into themes, and suggests the SDG targets
    and indicators that can track it. It works offline; every proposal says why and how sure, and
    a person decides.

    \b
    Examples:
      linker demo
      linker --workspace kenya import export.xlsx list.docx
      linker --workspace kenya build
      linker --workspace kenya convergence --format csv --output convergences.csv
      linker suggest "Raise the minimum age of marriage to 18 without exception"
    """
    named = ctx.get_parameter_source("workspace") is ParameterSource.COMMANDLINE
    if named and ctx.invoked_subcommand == "demo":
        raise click.UsageError(
            "`linker demo` makes its workspace where --folder says; leave out --workspace."
        )
    ctx.obj = workspace


for command in (
    serve.demo,
    files.import_,
    sources.imports,
    sources.forget,
    sources.correct,
    sources.merge,
    files.build,
    files.records,
    files.search,
    links.convergence,
    clusters.clusters,
    links.sdg,
    links.suggest,
    links.explain,
    uptake.similar,
    uptake.draft,
    uptake.uptake,
    links.decide,
    agreement.agreement,
    links.xray,
    themes.themes,
    vocabulary.vocabulary,
    languages.languages,
    audit.audit,
    plan.plan,
    dates.dates,
    documents.export,
    exemplars.exemplars,
    documents.archive,
    documents.unarchive,
    safekeeping.backup,
    safekeeping.restore,
    serve.app,
    api.api,
    mcp.mcp,
    cluster.cluster,
    serve.evaluate,
    info.info,
    info.completion,
    telemetry.telemetry,
):
    main.add_command(command)
for command in (
    plan_sharing.assign,
    plan_sharing.release,
    plan_aligning.align,
    plan_aligning.decide,
):
    plan.plan.add_command(command)
