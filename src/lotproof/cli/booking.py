"""``lotproof booking``."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

import click

from lotproof.cli.check import FORMATS, day
from lotproof.cli.listed import listed
from lotproof.messages import say

EPILOG = """\b
Examples:
  lotproof booking out -o out
  lotproof booking out -o out --to "QIMA Ltd" --date 2027-05-02 --price "320 USD"
  lotproof booking out -o out --lang en-zh --format docx

\b
A page for the company that inspects: place, day, lot, plan, scope, documents with their SHA-256.
It holds no price of the goods, no bank, client or filing window. What the inspection costs is what
you have agreed: lotproof names no price. Send checklist.docx and checklist.xlsx along.
"""

_PRICE = re.compile(r"(?:[0-9]{1,9}(?:\.[0-9]{1,3})? [A-Z]{3}|[A-Z]{3} [0-9]{1,9}(?:\.[0-9]{1,3})?)\Z")


@click.command(epilog=EPILOG)
@click.argument("order")
@click.option("-o", "--output", default="out", metavar="DIR", help="Folder to write to; out if not given.")
@click.option(
    "--lang",
    "language",
    type=click.Choice(["en", "zh", "en-zh"]),
    default="en",
    help="Language; both together take two pages.",
)
@click.option(
    "--format",
    "kinds",
    multiple=True,
    callback=listed("formats", FORMATS),
    metavar="FORMAT",
    help="Write these instead of docx,txt.",
)
@click.option(
    "--to", "company", default="", metavar="NAME", help="The company that you write to, where the order names several."
)
@click.option("--date", callback=day, metavar="DATE", help="The day that you want; left to fill in if not given.")
@click.option("--price", default="", metavar="PRICE", help='What you have agreed, such as "320 USD".')
@click.option("--force", is_flag=True, help="Overwrite files even where somebody has edited them.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON on stdout.")
def command(
    order: str,
    output: str,
    language: str,
    kinds: tuple[str, ...],
    company: str,
    date: datetime.date | None,
    price: str,
    force: bool,
    as_json: bool,
) -> None:
    """Write the inspection order for ORDER: an order.json, the folder that build made, or an answers file."""
    from lotproof import api
    from lotproof.characters import forbidden
    from lotproof.cli.files import write_files
    from lotproof.cli.orders import read_given
    from lotproof.cli.output import print_json
    from lotproof.findings import Finding, Refused, quoted

    if price and not _PRICE.match(price):
        hint = say('write an amount and a currency, such as "320 USD"')
        message = say("{price} is no price", price=quoted(price))
        raise Refused([Finding(where="--price", code="LP640", message=message, hint=hint)])
    if len(company) > 120 or any(forbidden(company)):
        message = say("{company} is no name that can be printed", company=quoted(company))
        hint = say("write it in 120 visible characters at most")
        raise Refused([Finding(where="--to", code="LP641", message=message, hint=hint)])
    given = read_given(order)
    attached = api.attachments(given.order, given.stored)
    files = api.booking_files(
        given.order,
        attached,
        tuple(language.split("-")),
        kinds or ("docx", "txt"),
        date=date,
        price=price,
        company=company,
    )
    write_files(Path(output), files, force=force)
    if as_json:
        print_json({"digest": api.digest(given.order), "folder": output, "files": list(files)})
        return
    for name in files:
        click.echo(str(Path(output) / name))
