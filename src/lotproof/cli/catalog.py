"""``lotproof catalog``: list, show and check the catalogue of clauses."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from lotproof.cli.language import lang_option
from lotproof.cli.output import print_json, show_findings
from lotproof.messages import say

EPILOG = """\b
Examples:
  lotproof catalog list
  lotproof catalog show packaging_machines
  lotproof catalog check
"""

LIST_EPILOG = """\b
Examples:
  lotproof catalog list
  lotproof catalog list --json
  lotproof catalog list --unverified
  lotproof catalog list --missing zh
"""

REVIEW_EPILOG = """\b
Examples:
  lotproof catalog list --unreviewed
  lotproof catalog review machinery.noise --by "Li Wei" >> spec_catalog/reviews.toml
"""

DOCS_EPILOG = """\b
Examples:
  lotproof catalog docs -o docs/catalog --force
"""

SHOW_EPILOG = """\b
Examples:
  lotproof catalog show packaging_machines
  lotproof catalog show ceramic_tableware --lang zh
  lotproof catalog show ceramic_tableware --json

\b
Marks: V seen in the source named, M well known, M? uncertain (confirm before use), typ trade practice.
"""

CHECK_EPILOG = """\b
Examples:
  lotproof catalog check
  lotproof catalog check machinery/vibration.toml
  lotproof catalog check my_clauses --json
  lotproof catalog check --lang es

\b
A file counts by its place: category.toml is a category; defects.toml, standards.toml and units.toml extend
those lists; any other file is a clause of the category or block that its folder is called after.
"""


@click.group(epilog=EPILOG, context_settings={"max_content_width": 100})
def command() -> None:
    """List, show and check the catalogue of clauses."""


@command.command(name="list", epilog=LIST_EPILOG)
@click.option("--missing", metavar="LANGUAGE", help="Instead, the clauses that lack a text in this language.")
@click.option("--unverified", is_flag=True, help="Instead, the clauses with a mark M?: confirm before use.")
@click.option("--unreviewed", is_flag=True, help="Instead, the clauses that nobody has confirmed as they stand now.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
def list_(missing: str | None, unverified: bool, unreviewed: bool, as_json: bool) -> None:
    """List the categories: each with its title and the number of clauses that it offers."""
    if missing or unverified or unreviewed:
        _list_clauses(missing, unverified, unreviewed, as_json)
        return
    from lotproof.catalog.loading import index

    rows = index()
    if as_json:
        print_json({"categories": rows})
        return
    for line in _tree(rows, None, 0):
        click.echo(line)


def _list_clauses(missing: str | None, unverified: bool, unreviewed: bool, as_json: bool) -> None:
    from lotproof.catalog.source import read_source
    from lotproof.shipped import shipped
    from lotproof.upkeep.reviewing import states

    wanted = [
        state
        for state in states(read_source(shipped("spec_catalog")), (missing,) if missing else ())
        if (not missing or state.missing)
        and (not unverified or state.unverified)
        and (not unreviewed or not state.reviewed)
    ]
    if as_json:
        print_json({"clauses": [{"id": s.clause, "edited_since": s.stale} for s in wanted]})
        return
    for state in wanted:
        click.echo(state.clause + (" (edited since it was confirmed)" if unreviewed and state.stale else ""))
    click.echo(_counted(len(wanted), "clauses"), err=True)


@command.command(epilog=REVIEW_EPILOG)
@click.argument("clause")
@click.option("--by", required=True, metavar="NAME", help="Who has read and confirmed it.")
@click.option("--on", metavar="YYYY-MM-DD", help="The day; today if not given.")
def review(clause: str, by: str, on: str | None) -> None:
    """Print the stamp that says that CLAUSE was confirmed as it stands now, to be added to spec_catalog/reviews.toml."""
    import datetime
    import json

    from lotproof.catalog.source import read_source
    from lotproof.cli.days import own_day
    from lotproof.findings import Finding, Refused, did_you_mean, quoted
    from lotproof.shipped import shipped
    from lotproof.upkeep.reviewing import fingerprint

    known = {file.data["id"]: file.data for _, file in read_source(shipped("spec_catalog")).clauses}
    if clause not in known:
        hint = did_you_mean(clause, known)
        raise Refused(
            [
                Finding(
                    where="CLAUSE",
                    code="LP201",
                    message=say("unknown clause {clause}", clause=quoted(clause)),
                    hint=hint,
                )
            ]
        )
    try:
        day = datetime.date.fromisoformat(on) if on else own_day()
    except ValueError:
        raise click.BadParameter(f"{on} is no date such as 2027-01-15", param_hint="--on") from None
    name = json.dumps(by, ensure_ascii=False)
    click.echo(
        f'[[review]]\nclause = "{clause}"\nby = {name}\non = "{day}"\nfingerprint = "{fingerprint(known[clause])}"'
    )


@command.command(epilog=DOCS_EPILOG)
@click.option("-o", "--output", required=True, metavar="DIR", help="Folder to write the pages to.")
@click.option("--force", is_flag=True, help="Overwrite pages even where somebody has edited them.")
def docs(output: str, force: bool) -> None:
    """Write the catalogue as a manual: a Markdown page for each category and block, and an index."""
    from lotproof.catalog.source import read_source
    from lotproof.cli.files import write_files
    from lotproof.shipped import shipped
    from lotproof.upkeep.manual import pages

    made = pages(read_source(shipped("spec_catalog")))
    write_files(Path(output), {name: text.encode() for name, text in made.items()}, force=force)
    click.echo(f"{output}: {_counted(len(made), 'pages')}")


@command.command(epilog=SHOW_EPILOG)
@click.argument("category")
@lang_option("the texts")
@click.option("--json", "as_json", is_flag=True, help="Print the category as JSON, in every language.")
def show(category: str, language: str, as_json: bool) -> None:
    """Show CATEGORY: its minimum specification, its clauses with their questions, its defects."""
    from lotproof.catalog.loading import load_category
    from lotproof.cli.category import category_json, category_page

    loaded = load_category(category)
    if as_json:
        print_json(category_json(loaded))
        return
    for line in category_page(loaded, language):
        click.echo(line)


@command.command(epilog=CHECK_EPILOG)
@click.argument("paths", nargs=-1, metavar="[PATH]...", type=click.Path(exists=True, path_type=Path))
@click.option("--lang", "language", metavar="CODE", help="Instead, what a further language lacks: es, vi.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON.")
@click.pass_context
def check(ctx: click.Context, paths: tuple[Path, ...], language: str | None, as_json: bool) -> None:
    """Check the catalogue, or each PATH (a file or a folder) as an addition to it: all faults in one pass."""
    from lotproof.upkeep.checking import check_catalogue
    from lotproof.upkeep.translating import check_language

    if language is not None:
        if paths or not language.isalpha():
            raise click.BadParameter(f"{language}: give the code of one language and no PATH", ctx, param_hint="--lang")
        lacking = tuple(check_language(language))
        show_findings(lacking, as_json=as_json)
        if not lacking and not as_json:
            click.echo(f"clean: every text of catalogue and houses is there in {language}")
        ctx.exit(1 if lacking else 0)
    for path in paths:
        if path.is_dir() and next(path.rglob("*.toml"), None) is None:
            raise click.BadParameter(f"{path} holds no .toml file", ctx, param_hint="PATH")
    checked = check_catalogue(paths)
    if as_json:
        show_findings(checked.findings, as_json=True, clean=checked.clean, checked=dict(checked.counts))
    else:
        show_findings(checked.findings, as_json=False)
        if checked.clean:
            notes = f", {len(checked.findings)} to note" if checked.findings else ""
            click.echo(f"clean{notes}: " + ", ".join(_counted(n, what) for what, n in checked.counts.items() if n))
    ctx.exit(0 if checked.clean else 1)


def _tree(rows: list[dict[str, Any]], parent: str | None, depth: int) -> Iterator[str]:
    for row in rows:
        if row["parent"] == parent:
            yield f"{'  ' * depth}{row['id']}: {row['title']['en']} {row['title']['zh']}, {_counted(len(row['clauses']), 'clauses')}"
            yield from _tree(rows, row["id"], depth + 1)


def _counted(number: int, plural: str) -> str:
    one = plural.removesuffix("ies") + "y" if plural.endswith("ies") else plural.removesuffix("s")
    return f"{number} {one if number == 1 else plural}"
