"""``lotproof check``."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from lotproof.cli.language import lang_option
from lotproof.cli.listed import listed

EPILOG = """\b
Examples:
  lotproof check out
  lotproof check answers.toml --lang zh
  lotproof check out -o out --format docx
  lotproof check out --transit 35 --production 45 --json

\b
Exit code 0: no known gap is left; 1: not ready to pay. With -o the page is written as gate.docx
and gate.txt; it is for you alone and holds prices and bank. What it looks at: docs/gate.md.
lotproof gives no legal advice.
"""

FORMATS = ("docx", "pdf", "html", "txt", "json")


def day(_ctx: click.Context, _param: click.Parameter, given: str | None) -> datetime.date | None:
    """LP409: a day that is none."""
    from lotproof.cli.days import read_today

    return read_today(given)


@click.command(epilog=EPILOG)
@click.argument("order")
@lang_option("the report")
@click.option("-o", "--output", metavar="DIR", help="Folder to write the page to; nothing is written if not given.")
@click.option(
    "--format",
    "kinds",
    multiple=True,
    callback=listed("formats", FORMATS),
    metavar="FORMAT",
    help="Write these instead of docx,txt.",
)
@click.option(
    "--transit", "transit_days", type=click.IntRange(1, 365), metavar="DAYS", help="Days from shipment to you."
)
@click.option(
    "--production",
    "production_days",
    type=click.IntRange(1, 730),
    metavar="DAYS",
    help="Days that the seller needs from the advance payment to goods ready for inspection.",
)
@click.option("--today", callback=day, metavar="DATE", help="Look from this day instead of today.")
@click.option("--house", metavar="DIR", help="The house that an answers file is built with.")
@click.option("--force", is_flag=True, help="Overwrite files even where somebody has edited them.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON on stdout.")
@click.pass_context
def command(
    ctx: click.Context,
    order: str,
    language: str,
    output: str | None,
    kinds: tuple[str, ...],
    transit_days: int | None,
    production_days: int | None,
    today: datetime.date | None,
    house: str | None,
    force: bool,
    as_json: bool,
) -> None:
    """Say whether ORDER is ready to be paid: an order.json, the folder that build made, or an answers file."""
    from lotproof import api
    from lotproof.cli import gate as printed
    from lotproof.cli.days import own_day
    from lotproof.cli.files import write_files
    from lotproof.cli.orders import read_given
    from lotproof.cli.output import print_json
    from lotproof.gate.model import Inputs

    given = read_given(order, house)
    now = today or own_day()
    gate = api.check(given.order, given.findings, now, Inputs(transit_days, production_days))
    digest = api.digest(given.order)
    header = given.order.header
    number = " ".join(part for part in (header.number or "[____]", header.revision) if part)
    files = api.gate_files(given.order, gate, language, kinds or ("docx", "txt")) if output else {}
    if output:
        write_files(Path(output), files, force=force)
    if as_json:
        print_json({"number": number, "digest": digest, **printed.page_json(gate, language), "files": list(files)})
    else:
        click.echo(
            "\n".join([*printed.page(gate, number, digest, language), *(str(Path(output or "") / n) for n in files)])
        )
    ctx.exit(0 if gate.ready else 1)
