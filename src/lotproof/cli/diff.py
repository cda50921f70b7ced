"""``lotproof diff``."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from lotproof.cli.language import LANGUAGES, speak_given

EPILOG = """\b
Examples:
  lotproof diff revision-b revision-c
  lotproof diff revision-b/order.json answers.toml --lang zh
  lotproof diff revision-b/contract.docx revision-c/contract.docx --json
  lotproof diff revision-b revision-c --redline redline.docx --author "J. Petersen"

\b
A and B: an order.json, the folder that build made, an answers file, or a contract or checklist that
lotproof wrote (compared as far as both disclose the order). Changes of meaning come first: tightened
is what asks more of the seller, loosened what asks less. What cannot be compared is called so.
Exit code 0: nothing differs; 1: something does, or may do in what a document hides.
lotproof gives no legal advice.
"""


def author(_ctx: click.Context, _param: click.Parameter, given: str) -> str:
    """LP715: a name that cannot be printed."""
    from lotproof.characters import forbidden
    from lotproof.findings import Finding, Refused, quoted
    from lotproof.messages import say

    if not given.strip() or len(given) > 120 or any(forbidden(given)):
        message = say("{given} is no name that can stand at a change", given=quoted(given))
        hint = say('write a name in 120 visible characters at most, such as --author "J. Petersen"')
        raise Refused([Finding(where="--author", code="LP715", message=message, hint=hint)])
    return given.strip()


def day(_ctx: click.Context, _param: click.Parameter, given: str | None) -> datetime.date | None:
    """LP409: a day that is none."""
    from lotproof.cli.days import read_today

    return read_today(given, "--date")


@click.command(epilog=EPILOG)
@click.argument("old", metavar="A")
@click.argument("new", metavar="B")
@click.option(
    "--lang",
    "language",
    type=click.Choice(LANGUAGES),
    callback=speak_given,
    is_eager=True,
    help="Language; the first of B if not given.",
)
@click.option(
    "--redline", "redlined", metavar="FILE", help="Write contract B over A with tracked changes, as a Word file."
)
@click.option("--author", default="lotproof", callback=author, metavar="NAME", help="Who made the tracked changes.")
@click.option("--date", callback=day, metavar="DATE", help="Day of the tracked changes; that of B if not given.")
@click.option(
    "--redline-lang",
    "languages",
    type=click.Choice(["en", "zh", "en-zh"]),
    help="Languages of the redline; those of B if not given.",
)
@click.option(
    "--profile",
    type=click.Choice(["full", "short", "master"]),
    default="full",
    help="Printing of the contract in the redline.",
)
@click.option("--force", is_flag=True, help="Overwrite FILE even where somebody has edited it.")
@click.option("--json", "as_json", is_flag=True, help="Print the changes as JSON on stdout.")
@click.pass_context
def command(
    ctx: click.Context,
    old: str,
    new: str,
    language: str | None,
    redlined: str | None,
    author: str,
    date: datetime.date | None,
    languages: str | None,
    profile: str,
    force: bool,
    as_json: bool,
) -> None:
    """Say what differs between the orders A and B: changes of meaning first, then of wording."""
    from lotproof import api
    from lotproof.changes.saying import phrase
    from lotproof.cli import changes as printed
    from lotproof.cli.files import write_files
    from lotproof.cli.output import print_json
    from lotproof.cli.sides import read_side, whole
    from lotproof.messages import say

    if redlined is not None and Path(redlined).suffix.lower() != ".docx":
        raise click.UsageError("--redline writes a Word file: name it redline.docx")
    sides = [read_side(given) for given in (old, new)]
    found = api.compare(sides[0].side, sides[1].side)
    if redlined is not None:
        orders = [whole(side, given, say("a redline")) for side, given in zip(sides, (old, new), strict=True)]
        content = api.redline(
            orders[0],
            orders[1],
            author=author,
            date=date,
            languages=tuple(languages.split("-")) if languages else None,
            profile=profile,
        )
        target = Path(redlined)
        write_files(target.parent, {target.name: content}, force=force)
    first = str(sides[1].side.data["header"]["languages"][0])
    spoken = language or (first if first in phrase("label", "same") else "en")
    if as_json:
        print_json({**printed.page_json(found, spoken), "files": [redlined] if redlined else []})
    else:
        click.echo("\n".join([*printed.page(found, spoken), *([redlined] if redlined else [])]))
    ctx.exit(0 if found.same else 1)
