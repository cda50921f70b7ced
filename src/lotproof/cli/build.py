"""``lotproof build``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from lotproof import api, shipped
from lotproof.cli.files import read_file, write_files
from lotproof.cli.language import spoken
from lotproof.cli.listed import listed
from lotproof.cli.output import show_findings
from lotproof.messages import in_language, say

EPILOG = """\b
Examples:
  lotproof build answers.toml -o out
  lotproof build answers.toml -o out --final
  lotproof build answers.toml -o out --lang zh --format docx
  lotproof build answers.toml -o out --format pdf,html
  lotproof build answers.toml -o out --profile short --profile full
  lotproof build answers.toml -o out --all
  lotproof build answers.toml -o out --document arrival
  lotproof build answers.toml --set payment.deposit_percent=30 --set 'goods[1].quantity=500'
  lotproof build answers.toml --set 'terms."machinery.noise".limit=75 dB(A)'

\b
Writes contract.docx (contract-short.docx, contract-master.docx for the other profiles),
checklist.docx, checklist.xlsx and order.json; with --all also arrival.docx, arrival.xlsx and the buyer's own summary.docx. While a blank is left the
contract is a DRAFT with the blanks marked; --final refuses until nothing is open.
"""


def _languages(_ctx: click.Context, _param: click.Parameter, given: str | None) -> tuple[str, ...] | None:
    if given is None:
        return None
    wanted, known = tuple(given.split("-")), shipped.languages()
    if len(wanted) > 2 or len(set(wanted)) < len(wanted) or set(wanted) - set(known):
        raise click.BadParameter(f"{given}: one of {', '.join(known)}, or two of them as {'-'.join(known[:2])}")
    return wanted


@click.command(epilog=EPILOG)
@click.argument("answers", metavar="ANSWERS")
@click.option("-o", "--output", metavar="DIR", help="Folder to write to; out/ beside the answers if not given.")
@click.option("--final", is_flag=True, help="Refuse while anything is open.")
@click.option(
    "--lang",
    "languages",
    metavar="LANGUAGES",
    callback=_languages,
    help="Print in these languages instead of the contract's own: en, zh or en-zh.",
)
@click.option(
    "--format",
    "formats",
    multiple=True,
    callback=listed("formats", dict.fromkeys(kind for kinds in api.FORMATS.values() for kind in kinds)),
    metavar="FORMAT",
    help="Write these instead of docx,xlsx; also pdf (pip install 'lotproof[pdf]'), html, txt and json.",
)
@click.option(
    "--profile",
    "profiles",
    multiple=True,
    type=click.Choice(api.PROFILES),
    help="How much the contract says: short, full (if not given), or master with call-off orders. May be repeated.",
)
@click.option(
    "--document",
    "kinds",
    multiple=True,
    callback=listed("documents", api.FORMATS),
    metavar="DOCUMENT",
    help="Write this document instead of contract and checklist: contract, checklist, arrival, summary.",
)
@click.option("--all", "everything", is_flag=True, help="Write every document: also arrival checklist and summary.")
@click.option(
    "--set",
    "settings",
    multiple=True,
    metavar="PATH=VALUE",
    help="Take this answer instead of the file's; may be repeated.",
)
@click.option("--house", metavar="DIR", help="Print in the words of the house in this folder (lotproof house).")
@click.option("--force", is_flag=True, help="Overwrite files even where somebody has edited them.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON on stdout.")
def command(
    answers: str,
    output: str | None,
    final: bool,
    languages: tuple[str, ...] | None,
    formats: tuple[str, ...],
    profiles: tuple[str, ...],
    kinds: tuple[str, ...],
    everything: bool,
    settings: tuple[str, ...],
    house: str | None,
    force: bool,
    as_json: bool,
) -> None:
    """Build the order contract and its matched inspection checklist from ANSWERS (TOML; - reads standard input)."""
    name = Path(answers).name if answers != "-" else "standard input"
    built = api.build(read_file(answers), name, final=final, settings=settings, house=Path(house) if house else None)
    folder = Path(output) if output else (Path(answers).parent / "out" if answers != "-" else Path("out"))
    wanted = tuple(api.FORMATS) if everything else kinds or api.DEFAULT_DOCUMENTS
    sealed = api.seal(built.order)
    printings = profiles or (api.profile_of(Path(house) if house else None),)
    steps = api.render(built.order, languages, formats or api.DEFAULT_FORMATS, printings, wanted, sealed)
    files = dict(_with_progress(steps, as_json))
    write_files(folder, files, force=force)
    digest = sealed.digest
    status = "draft" if built.order.draft else "final"
    if as_json:
        show_findings(built.findings, as_json=True, status=status, digest=digest, folder=str(folder), files=list(files))
        return
    show_findings(built.findings, as_json=False)
    number = f"{built.order.header.number or ''} {built.order.header.revision or ''}"
    line = say("FINAL {number}, digest {digest}", number=number, digest=digest[:16])
    if built.open:
        line = say(
            "DRAFT {number}, {count} open, digest {digest}", number=number, count=len(built.open), digest=digest[:16]
        )
    click.echo(in_language(line, spoken()))
    for name in files:
        click.echo(str(folder / name))


def _with_progress(steps: Iterator[tuple[str, bytes]], quiet: bool) -> list[tuple[str, bytes]]:
    """Take the steps, with a count on the terminal once it has taken more than a second."""
    import sys
    import time

    if quiet or not sys.stderr.isatty():
        return list(steps)
    made: list[tuple[str, bytes]] = []
    started = time.monotonic()
    shown = False
    for step in steps:
        made.append(step)
        if shown or time.monotonic() - started > 1:
            shown = True
            click.echo(f"\r{len(made)} written: {step[0]:<24}", err=True, nl=False)
    if shown:
        click.echo("", err=True)
    return made
