"""``lotproof draw``."""

from __future__ import annotations

import secrets
from collections.abc import Sequence

import click

from lotproof.cli.output import print_json
from lotproof.findings import Finding, Refused, quoted
from lotproof.messages import Message, say
from lotproof.sampling import cartons_to_open, draw, share

EPILOG = """\b
Examples:
  lotproof draw 200 --seed "2027-05-02 481516"
  lotproof draw MUG-350-WHT=200 MUG-350-BLU=134 MUG-250-WHT=67 --seed "2027-05-02 481516"
  lotproof draw 200 --sample 200 --per-carton 24 --seed "2027-05-02 481516"

\b
The same seed gives the same numbers everywhere and for good, so each party can compute them again.
Take a seed that nobody knew before the day and send it when the cartons stand sealed. Without
--seed one is made and printed. The rule, lotproof-draw/1, is in docs/sampling.md.
"""
_MOST = 10_000_000


@click.command(epilog=EPILOG)
@click.argument("cartons", nargs=-1, required=True, metavar="CARTONS...")
@click.option("--seed", metavar="TEXT", help="What the numbers follow from; made and printed if not given.")
@click.option("--open", "opened", type=int, metavar="N", help="Cartons to open; the square root of all if not given.")
@click.option("--sample", type=int, metavar="N", help="Units of the sample: as many cartons as it takes.")
@click.option("--per-carton", type=int, metavar="N", help="Units in a carton, with --sample.")
@click.option("--json", "as_json", is_flag=True, help="Print the numbers as JSON on stdout.")
def command(
    cartons: tuple[str, ...],
    seed: str | None,
    opened: int | None,
    sample: int | None,
    per_carton: int | None,
    as_json: bool,
) -> None:
    """Draw the numbers of the cartons to open: CARTONS is their number, or ITEM=NUMBER for each item."""
    if (sample is None) != (per_carton is None):
        raise click.UsageError("--sample and --per-carton go together: --sample 200 --per-carton 24")
    findings: list[Finding] = []
    piles = _piles(cartons, findings)
    total = sum(piles.values())
    if seed is not None and not seed.strip():
        findings.append(
            _finding(
                "--seed", say("an empty seed leaves everybody the choice"), say("give a text, such as --seed 481516")
            )
        )
    for option, value in (("--open", opened), ("--sample", sample), ("--per-carton", per_carton)):
        if value is not None and value < 1:
            findings.append(
                _finding(option, say("{value} is not above 0", value=value), say("write a whole number, such as 15"))
            )
    if not findings and opened is not None and opened > total:
        findings.append(
            _finding(
                "--open",
                say("{opened:,} of {total:,} cartons cannot be opened", opened=opened, total=total),
                say("give {total:,} at most", total=total),
            )
        )
    if findings:
        raise Refused(findings)
    needed = -(-sample // per_carton) if sample and per_carton else 0
    count = opened or min(total, max(cartons_to_open(total), needed, len(piles)))
    used = seed.strip() if seed else secrets.token_hex(8)
    shares = share(count, piles)
    drawn = {item: draw(f"{used}|{item}" if item else used, n, piles[item]) for item, n in shares.items()}
    if as_json:
        rows = [
            {"item": item, "cartons": piles[item], "open": len(numbers), "numbers": list(numbers)}
            for item, numbers in drawn.items()
        ]
        print_json({"rule": "lotproof-draw/1", "seed": used, "cartons": total, "open": count, "drawn": rows})
        return
    click.echo(f"Seed: {used}\nOpen {count:,} of {total:,} cartons:")
    for item, numbers in drawn.items():
        start = f"{item}, {len(numbers):,} of {piles[item]:,}: " if item else ""
        click.echo(start + ", ".join(map(str, numbers)))


def _piles(given: Sequence[str], findings: list[Finding]) -> dict[str, int]:
    """LP158: cartons to draw from that are no number, or an item that stands twice or has none."""
    piles: dict[str, int] = {}
    for text in given:
        item, separator, number = text.rpartition("=")
        if not number.isascii() or not number.isdigit() or not 0 < int(number) <= _MOST:
            hint = say("write 200, or ITEM=200; {most:,} at most", most=_MOST)
            findings.append(_finding("CARTONS", say("{text} is no number of cartons", text=quoted(text)), hint))
        elif bool(separator) != bool(item) or (len(given) > 1 and not item) or item in piles:
            message = (
                say("{name} stands twice", name=quoted(item or text))
                if item in piles
                else say("{text} names no item", text=quoted(text))
            )
            findings.append(_finding("CARTONS", message, say("write ITEM=200 once for each item")))
        else:
            piles[item] = int(number)
    return piles


def _finding(where: str, message: Message, hint: Message) -> Finding:
    return Finding(where=where, code="LP158", message=message, hint=hint)
