"""``lotproof house import``."""

from __future__ import annotations

import re
from pathlib import Path

import click

EPILOG = """\b
Examples:
  lotproof house import our-contract.docx -o houses/riverside
  lotproof house import our-contract.docx -o houses/riverside \\
      --mapping houses/riverside/mapping.toml --force

\b
Writes house.toml, a provision for each section under contract/, and mapping.toml with what is left
to do: blanks with a guess, references by number, and everything that was not taken over, word by
word. Exit codes: 0 nothing is left open, 1 something is, or it could not be read.
"""


@click.command(epilog=EPILOG, short_help="Make a house of an existing contract in Word.")
@click.argument("contract", metavar="CONTRACT.docx")
@click.option("-o", "--output", required=True, metavar="DIR", help="Folder of the new house.")
@click.option("--mapping", metavar="FILE", help="A mapping.toml that says what blanks stand for.")
@click.option("--force", is_flag=True, help="Overwrite files even where somebody has edited them.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON on stdout.")
def command(contract: str, output: str, mapping: str | None, force: bool, as_json: bool) -> int:
    """Make a house of an agency's existing CONTRACT.docx: sections, clauses, and a list of what is left to do."""
    from lotproof.cli.files import read_file, refuse_taken, write_files
    from lotproof.cli.output import show_findings
    from lotproof.findings import Severity
    from lotproof.messages import say
    from lotproof.readers.package import MAX_FILE
    from lotproof.sources import parse_toml
    from lotproof.wordhouses.importing.house import import_house, read_mapping

    hint = say("give the path of a Word file")
    content = read_file(contract, hint, MAX_FILE)
    known: dict[str, str] = {}
    if mapping is not None:
        data, _ = parse_toml(
            read_file(mapping, say("give the mapping.toml that an import has written")), Path(mapping).name
        )
        known = read_mapping(data)
    folder = Path(output)
    house = re.sub(r"[^a-z0-9]+", "-", folder.resolve().name.casefold()).strip("-")[:40]
    house = house if house[:1].isalpha() else f"house-{house}".rstrip("-")[:40]
    name = "standard input" if contract == "-" else Path(contract).name
    imported = import_house(content, name, house, known)
    files = {folder / place: content for place, content in imported.files.items()}
    if not force:
        refuse_taken(files, say("give another folder with -o, or overwrite them with --force"))
    for target, content in files.items():
        write_files(target.parent, {target.name: content}, force=force)
    if as_json:
        sections = [{"file": file, "id": id_, "replaces": replaces} for file, id_, replaces in imported.sections]
        show_findings(
            imported.findings, as_json=True, folder=str(folder), files=list(imported.files), sections=sections
        )
    else:
        show_findings(imported.findings, as_json=False)
        for file, id_, replaces in imported.sections:
            click.echo(f"{folder / file}  {id_}" + (f"  (replaces {replaces}?)" if replaces else ""))
        click.echo(str(folder / "mapping.toml"))
    return int(any(finding.severity is not Severity.NOTE for finding in imported.findings))
