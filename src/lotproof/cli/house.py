"""``lotproof house``: an agency's own words on top of what ships."""

from __future__ import annotations

from pathlib import Path

import click

from lotproof.cli import house_diff, house_explain, house_import, house_test, house_update

EPILOG = """\b
Examples:
  lotproof house new houses/riverside
  lotproof house new houses/riverside-nordkauf --base riverside
  lotproof house check houses/riverside
  lotproof house import our-contract.docx -o houses/riverside
  lotproof house test houses/riverside
  lotproof house explain out K18 --house houses/riverside
  lotproof build answers.toml --house houses/riverside
  lotproof house diff houses/riverside@1.0.0 houses/riverside
  lotproof house update houses/riverside-nordkauf

\b
A house is a folder that says only what differs from the house beneath it: docs/houses.md.
"""


@click.group(epilog=EPILOG)
def command() -> None:
    """Keep an agency's own contract words in a folder, on top of what ships."""


command.add_command(house_test.command)
command.add_command(house_explain.command)
command.add_command(house_import.command, "import")


NEW_EPILOG = """\b
Examples:
  lotproof house new houses/riverside
  lotproof house new houses/lakeside --look modern
  lotproof house new houses/riverside-nordkauf --base riverside

\b
On a house that lies beside it, a new one has the look of that house and says
nothing yet. Nothing is overwritten.
"""

CHECK_EPILOG = """\b
Examples:
  lotproof house check houses/riverside
  lotproof house check houses/riverside --json

\b
Exit code 0: nothing is to be mended; 1: something is.
What each finding means: docs/findings.md.
"""


@command.command(epilog=NEW_EPILOG, short_help="Write a house to start from.")
@click.argument("folder", metavar="DIR")
@click.option(
    "--base",
    default="standard",
    show_default=True,
    metavar="HOUSE",
    help="What it stands on: a house that ships, or a folder beside DIR.",
)
@click.option("--look", metavar="LOOK", help="plain or modern: what reference.docx begins with.")
@click.option("--json", "as_json", is_flag=True, help="Print the names of the files as JSON on stdout.")
def new(folder: str, base: str, look: str | None, as_json: bool) -> None:
    """Write a house to start from into DIR, with a reference.docx that shows its look."""
    from lotproof.cli.files import refuse_taken, write_files
    from lotproof.cli.output import print_json
    from lotproof.findings import Finding, Refused, did_you_mean, quoted
    from lotproof.looks.shipped import shipped_looks
    from lotproof.messages import say
    from lotproof.upkeep.beginning import begin

    if look is not None and look not in shipped_looks():
        message = say("there is no look {look}", look=quoted(look))
        raise Refused(
            [Finding(where="--look", code="LP925", message=message, hint=did_you_mean(look, shipped_looks()))]
        )
    files = {Path(folder) / name: content for name, content in begin(Path(folder), base, look or "").items()}
    refuse_taken(files, say("give a folder that is not there yet"))
    for target, content in files.items():
        write_files(target.parent, {target.name: content}, force=False)
    if as_json:
        print_json({"files": [str(target) for target in files]})
        return
    for target in files:
        click.echo(str(target))


@command.command(epilog=CHECK_EPILOG, short_help="Say everything that is wrong in a house.")
@click.argument("folder", metavar="DIR")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON on stdout.")
def check(folder: str, as_json: bool) -> int:
    """Say everything that is wrong in the house in DIR, and what it changes."""
    from lotproof.cli.output import show_findings
    from lotproof.findings import Severity
    from lotproof.upkeep.houses import look

    looked = look(Path(folder))
    if as_json:
        changed = [{"what": what, "id": id_, "house": house} for what, id_, house in looked.changed]
        houses = [{"id": house.id, "version": house.version} for house in looked.houses]
        show_findings(looked.findings, as_json=True, houses=houses, changed=changed)
    else:
        show_findings(looked.findings, as_json=False)
        click.echo(" < ".join(f"{house.id} {house.version}" for house in looked.houses))
        for what, id_, house in looked.changed:
            click.echo(f"  {what:<12}  {id_}  ({house})")
    return int(any(finding.severity is not Severity.NOTE for finding in looked.findings))


command.add_command(house_diff.command, "diff")
command.add_command(house_update.command, "update")
