"""The command line: a group whose commands are imported when they run."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Callable, Mapping
from functools import partial
from types import MappingProxyType
from typing import Any

import click

from lotproof.cli.language import preset, speak
from lotproof.version import VERSION

COMMANDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "aql": ("lotproof.cli.aql", "Find a sampling plan and say what it lets through."),
        "amend": ("lotproof.cli.amend", "Write the amendment that makes one order of another."),
        "audit": ("lotproof.cli.audit", "Say what in somebody else's contract cannot be measured."),
        "batch": ("lotproof.cli.batch", "Build many orders from a table or a folder."),
        "booking": ("lotproof.cli.booking", "Write the inspection order for the company that inspects."),
        "build": ("lotproof.cli.build", "Build contract, checklist and order.json from answers."),
        "case": ("lotproof.cli.case", "Keep the evidence of an order, and show that nothing was changed."),
        "catalog": ("lotproof.cli.catalog", "List, show and check the catalogue of clauses."),
        "check": ("lotproof.cli.check", "Say whether an order is ready to be paid."),
        "consistency": (
            "lotproof.cli.consistency",
            "Say whether contract, inspection and arrival tell one story.",
        ),
        "deadlines": ("lotproof.cli.deadlines", "Print every clock that runs on an order."),
        "diff": ("lotproof.cli.diff", "Say what differs between two orders, and for whom it is good."),
        "draw": ("lotproof.cli.draw", "Draw the cartons to open, from a seed given on the day."),
        "house": ("lotproof.cli.house", "Keep an agency's own contract words in a folder."),
        "inspect": ("lotproof.cli.inspect", "Say what a filled checklist comes to under its order."),
        "new": ("lotproof.cli.new", "Ask for everything a contract needs, in a terminal."),
        "paste": ("lotproof.cli.paste", "Print what goes into the platform's order form."),
        "proposals": ("lotproof.cli.proposals", "Take over what a supplier has answered, one by one."),
        "questions": ("lotproof.cli.questions", "Print a blank answers file for a category."),
        "verify": ("lotproof.cli.verify", "Say whether a contract or checklist is still what was written."),
    }
)
"""Each command: the module that holds it as ``command``, and its line in the help."""

EPILOG = """\b
Examples:
  lotproof catalog list
  lotproof questions packaging_machines > answers.toml
  lotproof build answers.toml -o out
  lotproof build answers.toml -o out --final
  lotproof aql 3000 --aql 2.5
  lotproof audit contract.docx

\b
Exit codes: 0 done, 1 findings that stop, 2 wrong usage, 3 our fault, 130 interrupted.
LOTPROOF_LANG=zh shows findings, questions and reports in Chinese where no --lang says otherwise.
lotproof gives no legal advice.
"""


def _parser(make: Callable[[click.Command, click.Context], Any], command: click.Command, ctx: click.Context) -> Any:
    """
    Return a parser that finds ``-o`` where it looks for ``--output``, which is first.

    Click would word an error there, translate it and search for names alike before it looks among the short ones: it loads two modules for nothing.
    """
    parser = make(command, ctx)
    parser._long_opt = {**parser._short_opt, **parser._long_opt}
    return parser


def _show_help(ctx: click.Context, _param: click.Parameter, given: bool) -> None:
    if given and not ctx.resilient_parsing:
        click.echo(ctx.get_help(), color=ctx.color)
        ctx.exit()


def _show_version(ctx: click.Context, _param: click.Parameter, given: bool) -> None:
    if given and not ctx.resilient_parsing:
        click.echo(f"lotproof, version {VERSION}")
        ctx.exit()


_HELP = click.Option(
    ["-h", "--help", "show_help"],
    is_flag=True,
    expose_value=False,
    is_eager=True,
    help="Show this message and exit.",
    callback=_show_help,
)
"""Of every command; Click's own, as that of the version, looks for a translation in the folders of the system each time that a command runs."""


def _help_option(_ctx: click.Context) -> click.Option:
    return _HELP


class _Group(click.Group):
    """Knows its commands by name and imports one only to run it."""

    def get_help_option(self, ctx: click.Context) -> click.Option:
        return _HELP

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        found: click.Command = importlib.import_module(COMMANDS[cmd_name][0]).command
        found.make_parser = partial(_parser, type(found).make_parser, found)  # type: ignore[method-assign]  # of this one command, whose class is click's
        found.get_help_option = _help_option  # type: ignore[assignment, method-assign]  # as the line above
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            from lotproof.findings import did_you_mean

            raise click.UsageError(f"{error.message} ({did_you_mean(args[0], COMMANDS)})", ctx) from None

    def invoke(self, ctx: click.Context) -> Any:
        from lotproof.findings import Refused

        try:
            return super().invoke(ctx)
        except Refused as refused:
            if ctx.obj is None:  # called as a function, which takes the findings themselves
                raise
            from lotproof.cli.output import counted, show_findings
            from lotproof.messages import say

            given = ctx.obj
            closing = counted(refused.findings)
            if given[:1] == ["build"]:
                closing = say("{counted}; nothing was written", counted=closing)
            show_findings(refused.findings, as_json="--json" in given, closing=closing)
            return 1

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_line) for name, (_, help_line) in COMMANDS.items()])


@click.command(
    cls=_Group, epilog=EPILOG, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.option(
    "--version",
    is_flag=True,
    expose_value=False,
    is_eager=True,
    help="Show the version and exit.",
    callback=_show_version,
)
@click.option("--debug", is_flag=True, help="Show where a fault of ours happened.")
@click.pass_context
def main(ctx: click.Context, debug: bool) -> None:
    """Order contracts that can be measured, and the inspection checklists that measure them."""
    speak(ctx, preset())


def run(args: list[str] | None = None) -> None:
    """Run the command line and leave with its exit code; the one place where errors become exit codes."""
    sys.exit(_run(sys.argv[1:] if args is None else args))


def _run(given: list[str]) -> int:
    try:
        color = False if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb" else None
        code = main.main(args=given, prog_name="lotproof", standalone_mode=False, color=color, obj=given)
        return code if isinstance(code, int) else 0
    except (click.exceptions.Abort, KeyboardInterrupt):
        click.echo("interrupted: nothing was left half written", err=True)
        return 130
    except click.ClickException as error:
        error.show()
        return error.exit_code
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1
    except Exception as error:
        click.echo(f"this is our fault, not yours: {type(error).__name__}: {error}", err=True)
        click.echo(f"please report it with lotproof {VERSION}, the command and, if you can, the answers file", err=True)
        if "--debug" in given:
            raise
        click.echo("lotproof --debug ... shows where it happened", err=True)
        return 3
