"""``lotproof amend``."""

from __future__ import annotations

from pathlib import Path

import click

from lotproof.cli.check import FORMATS
from lotproof.cli.listed import listed

EPILOG = """\b
Examples:
  lotproof amend revision-b revision-c -o amendment
  lotproof amend revision-b/order.json answers.toml -o amendment --lang en-zh
  lotproof amend revision-b revision-c -o amendment --format docx --json

\b
OLD and NEW: an order.json, the folder that build made, or an answers file. NEW names the digest of OLD
under order.supersedes and has a revision of its own. Two documents are written: the amendment, which
both parties sign (only what changes, old beside new), and what changes in the checklist, for the inspector.
lotproof gives no legal advice.
"""


@click.command(epilog=EPILOG)
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@click.option("-o", "--output", default="amendment", metavar="DIR", help="Folder to write to; amendment if not given.")
@click.option(
    "--lang", "language", type=click.Choice(["en", "zh", "en-zh"]), help="Languages; those of NEW if not given."
)
@click.option(
    "--format",
    "kinds",
    multiple=True,
    callback=listed("formats", FORMATS),
    metavar="FORMAT",
    help="Write these instead of docx,txt.",
)
@click.option("--force", is_flag=True, help="Overwrite files even where somebody has edited them.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON on stdout.")
def command(
    old: str, new: str, output: str, language: str | None, kinds: tuple[str, ...], force: bool, as_json: bool
) -> None:
    """Write the amendment that makes the contract NEW of the contract OLD, and what changes in the checklist."""
    from lotproof import api
    from lotproof.cli.files import write_files
    from lotproof.cli.output import print_json
    from lotproof.cli.sides import read_side, whole
    from lotproof.messages import say

    orders = [whole(read_side(given), given, say("an amendment")) for given in (old, new)]
    files = api.amendment_files(
        orders[0],
        orders[1],
        languages=tuple(language.split("-")) if language else None,
        formats=kinds or ("docx", "txt"),
    )
    write_files(Path(output), files, force=force)
    if as_json:
        print_json(
            {
                "old": api.digest(orders[0]),
                "new": api.digest(orders[1]),
                "draft": orders[0].draft or orders[1].draft,
                "folder": output,
                "files": list(files),
            }
        )
        return
    for name in files:
        click.echo(str(Path(output) / name))
