"""``lotproof house diff``."""

from __future__ import annotations

import click

from lotproof.cli.language import lang_option

EPILOG = """\b
Examples:
  lotproof house diff houses/riverside@1.0.0 houses/riverside@1.1.0
  lotproof house diff ../before/houses/riverside houses/riverside --lang zh
  lotproof house diff standard houses/riverside --json

\b
OLD and NEW: a folder of a house, DIR@VERSION (the folder of that name beside DIR, or DIR itself where that is its
version), or a house that ships. Both are compared as they print, with everything they stand on.
Exit code 0: nothing differs; 1: something does. lotproof gives no legal advice.
"""


@click.command(epilog=EPILOG, short_help="Say clause by clause what differs between houses.")
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@lang_option("the report")
@click.option("--json", "as_json", is_flag=True, help="Print the changes as JSON on stdout.")
def command(old: str, new: str, language: str, as_json: bool) -> int:
    """Say clause by clause what differs between two houses: in meaning first, then in wording."""
    from lotproof.cli import changes as printed
    from lotproof.cli.output import print_json
    from lotproof.templates import load_folder
    from lotproof.templates.folders import stack
    from lotproof.upkeep.house_diff import compare_houses
    from lotproof.upkeep.house_versions import house_at
    from lotproof.upkeep.said import compare_defaults
    from lotproof.upkeep.said_catalogue import compare_catalogues

    sides = [house_at(given) for given in (old, new)]
    houses = [stack(side) for side in sides]
    further = (*compare_catalogues(houses[0], houses[1]), *compare_defaults(houses[0], houses[1]))
    found = compare_houses(load_folder(sides[0]), load_folder(sides[1]), further)
    if as_json:
        rows = [printed.change_json(change, language) for change in found.changes]
        print_json({"same": not found.changes, "old": found.old, "new": found.new, "changes": rows, "findings": []})
    else:
        click.echo("\n".join(printed.house_page(found.old, found.new, found.changes, language)))
    return int(bool(found.changes))
