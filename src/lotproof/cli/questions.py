"""``lotproof questions``."""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lotproof.catalog.model import Category
from lotproof.cli.language import lang_option
from lotproof.cli.output import print_json
from lotproof.houses import categories_of
from lotproof.messages import in_language, say
from lotproof.questions.printing import answers_text, blank_answers

if TYPE_CHECKING:
    from lotproof.questions.reordering import Reorder

EPILOG = """\b
Examples:
  lotproof questions packaging_machines > answers.toml
  lotproof questions ceramic_tableware --lang zh
  lotproof questions ceramic_tableware --house houses/riverside -o answers.toml
  lotproof questions ceramic_tableware --format xlsx -o answers.xlsx
  lotproof questions ceramic_tableware --from last-order.toml -o answers.toml
  lotproof questions ceramic_tableware --for supplier --lang zh --format xlsx \\
      --from answers.toml -o supplier.xlsx
  lotproof questions ceramic_tableware --schema > answers.schema.json

\b
--from starts a re-order: parties, specification and remedies stay, number and
dates are emptied, quantities and prices are asked again; what is to be asked is
marked with >>> in the file and listed on stderr. With --for supplier it names
the answers for whose goods and clauses the factory is asked; none is shown.
"""


@click.command(epilog=EPILOG)
@click.argument("category")
@click.option("--from", "earlier", metavar="ANSWERS", help="Start a re-order from the answers of an earlier order.")
@click.option("--house", metavar="DIR", help="Name the parties and the defaults of the house in this folder.")
@click.option("--for", "reader", type=click.Choice(["buyer", "supplier"]), default="buyer", help="Who answers.")
@click.option("--format", "form", type=click.Choice(["toml", "xlsx"]), default="toml", help="toml if not given.")
@click.option("-o", "--output", metavar="FILE", help="Write this file instead of stdout.")
@click.option("--force", is_flag=True, help="Overwrite the file where there is one.")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of the answers instead.")
@lang_option("the questions")
@click.option("--json", "as_json", is_flag=True, help="Print the questions (or the re-order) as JSON.")
def command(
    category: str,
    earlier: str | None,
    house: str | None,
    reader: str,
    form: str,
    output: str | None,
    force: bool,
    schema: bool,
    language: str,
    as_json: bool,
) -> None:
    """Print a blank answers file for CATEGORY, each question as a comment with its bounds and what is offered."""
    loaded = categories_of(Path(house) if house else None)(category, "command line")
    if form == "xlsx" and output is None:
        raise click.UsageError("a workbook is written to a file: add -o answers.xlsx")
    if reader == "supplier" and (form != "xlsx" or schema or as_json):
        raise click.UsageError("the supplier's data sheet is a workbook: add --format xlsx -o supplier.xlsx")
    if schema or (as_json and earlier is None):
        from lotproof.questions.schema import answers_schema

        print_json(answers_schema(loaded, language))
        return
    if reader == "supplier":
        from lotproof import api

        assert output is not None
        _write(output, api.supplier_workbook(loaded, language, _data(earlier) if earlier else None), force=force)
        return
    data: dict[str, Any] | None = None
    notes = {}
    if earlier is not None:
        made = _reorder(earlier, loaded)
        data, notes = dict(made.data), {asked.path: asked.why for asked in made.asked}
        if as_json:
            _print_reorder(made, language)
            return
        _say(made, language)
    salt = secrets.token_hex(16)
    if house is not None:
        from lotproof.questions.housed import offered
        from lotproof.questions.printing import nothing_answered
        from lotproof.templates.folders import stack

        data, more = offered(data or nothing_answered(loaded, salt), stack(Path(house)), loaded)
        notes = {**more, **notes}
    if form == "xlsx":
        from lotproof import api

        assert output is not None
        _write(output, api.answers_workbook(loaded, data, salt, language, notes), force=force)
        return
    text = blank_answers(loaded, salt, language) if data is None else answers_text(loaded, data, language, notes)
    if output is None:
        click.echo(text, nl=False)
    else:
        _write(output, text.encode(), force=force)


def _data(path: str) -> Any:
    from lotproof import api
    from lotproof.cli.files import read_file

    return api.source(read_file(path), Path(path).name if path != "-" else "standard input").data


def _reorder(path: str, category: Category) -> Reorder:
    from lotproof.houses import load_house
    from lotproof.questions.reordering import reorder

    old = _data(path)
    house = old.get("house") if isinstance(old.get("house"), str) and old["house"] else "standard"
    wording = load_house(category.id, house, path).templates.wording["zh"]
    return reorder(old, category, salt=secrets.token_hex(16), wording=wording, where=path)


def _say(made: Reorder, language: str) -> None:
    """Say on stderr what a re-order asks, and what was withdrawn."""
    from lotproof.questions.paths import written

    for asked in made.asked:
        ask = say("ask: {why}", why=asked.why)
        click.echo(f"{written(asked.path)}\n  {in_language(ask, language)}", err=True)
    withdrawn = in_language(say("withdrawn: nobody asks this any more, so it is left out"), language)
    for gone in made.withdrawn:
        click.echo(f"{gone.name} = {gone.answer}\n  {withdrawn}", err=True)
    count = say("{asked} to ask, {withdrawn} withdrawn", asked=len(made.asked), withdrawn=len(made.withdrawn))
    click.echo(in_language(count, language), err=True)


def _print_reorder(made: Reorder, language: str) -> None:
    """Print a re-order as one JSON document; numbers with a point and dates are strings, as in an order file."""
    import json

    from lotproof.questions.paths import written

    answers = json.loads(json.dumps(made.data, default=str))
    asked = [{"path": written(asked.path), "why": in_language(asked.why, language)} for asked in made.asked]
    withdrawn = [{"path": gone.name, "answer": gone.answer} for gone in made.withdrawn]
    print_json({"answers": answers, "ask": asked, "withdrawn": withdrawn})


def _write(output: str, content: bytes, *, force: bool) -> None:
    from lotproof.cli.files import write_files

    path = Path(output)
    write_files(path.parent, {path.name: content}, force=force)
    click.echo(str(path))
