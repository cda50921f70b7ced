"""``lotproof questions``."""

from __future__ import annotations

import secrets

import click

from lotproof.catalog.loading import load_category
from lotproof.cli.output import print_json
from lotproof.questions.printing import blank_answers

EPILOG = """\b
Examples:
  lotproof questions packaging_machines > answers.toml
  lotproof questions ceramic_tableware --lang zh
  lotproof questions ceramic_tableware --schema > answers.schema.json
"""


@click.command(epilog=EPILOG)
@click.argument("category")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of the answers instead.")
@click.option("--lang", "language", type=click.Choice(["en", "zh"]), default="en", help="Language of the questions.")
@click.option("--json", "as_json", is_flag=True, help="Print the questions as JSON.")
def command(category: str, schema: bool, language: str, as_json: bool) -> None:
    """Print a blank answers file for CATEGORY, each question as a comment with its bounds and what is offered."""
    loaded = load_category(category)
    if schema or as_json:
        from lotproof.questions.schema import answers_schema

        print_json(answers_schema(loaded, language))
        return
    click.echo(blank_answers(loaded, secrets.token_hex(16), language), nl=False)
