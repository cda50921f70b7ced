"""``lotproof inspect``."""

from __future__ import annotations

from pathlib import Path

import click

from lotproof.cli.files import read_file, write_files
from lotproof.cli.language import lang_option
from lotproof.cli.listed import listed
from lotproof.messages import say

EPILOG = """\b
Examples:
  lotproof inspect checklist.docx
  lotproof inspect checklist.xlsx --order out -o verdict
  lotproof inspect checklist.docx --order out --with laboratory.docx
  lotproof inspect arrival.docx --order out --zone Europe/Berlin
  lotproof inspect --transcribe SGS-1182.pdf --order out > values.toml
  lotproof inspect values.toml --transcribe SGS-1182.pdf --order out

\b
Exit code 0: everything passes; 1: something fails or is pending. With -o the report is written as
verdict.docx, verdict.xlsx and verdict.json. It is advice: the buyer decides. What it does with what
an inspector writes: docs/inspect.md. lotproof gives no legal advice.
"""

FORMATS = ("docx", "xlsx", "json", "txt")
DEFAULT_FORMATS = ("docx", "xlsx", "json")

_HINT = say("give the checklist that was filled in (.docx, .xlsx, .json), or the .toml that --transcribe has printed")


@click.command(epilog=EPILOG)
@click.argument("filled", required=False)
@click.option("--order", metavar="ORDER", help="The order: order.json, the folder that build made, or answers.")
@click.option("--with", "later", multiple=True, metavar="LAB", help="A later report that completes it.")
@click.option("--transcribe", metavar="REPORT", help="FILLED holds values that were copied from this report.")
@click.option("--zone", metavar="ZONE", help="Of an arrival: the buyer's time zone, such as Europe/Berlin.")
@click.option("-o", "--output", metavar="DIR", help="Folder to write the report to.")
@click.option(
    "--format",
    "kinds",
    multiple=True,
    callback=listed("formats", FORMATS),
    metavar="FORMAT",
    help="Write these instead of docx,xlsx,json.",
)
@lang_option("the report")
@click.option("--force", is_flag=True, help="Overwrite files even where somebody has edited them.")
@click.option("--json", "as_json", is_flag=True, help="Print the verdict as JSON on stdout.")
def command(
    filled: str | None,
    order: str | None,
    later: tuple[str, ...],
    transcribe: str | None,
    zone: str | None,
    output: str | None,
    kinds: tuple[str, ...],
    language: str | None,
    force: bool,
    as_json: bool,
) -> int:
    """Say what a FILLED checklist comes to under its order: pass, fail, or pending with the cause."""
    from lotproof.cli import verdict as printed
    from lotproof.cli.orders import read_given_order
    from lotproof.cli.output import print_json, show_findings
    from lotproof.inspection.inspected import inspect, verdict_files
    from lotproof.records.model import Outcome

    given = read_given_order(order) if order else None
    if filled is None:
        if transcribe is None or given is None:
            raise click.UsageError("give the checklist that was filled in, or --transcribe REPORT with --order ORDER")
        from lotproof.inspection.transcripts import blank_transcript

        click.echo(blank_transcript(given, _content(transcribe), Path(transcribe).name), nl=False)
        return 0
    files = [(_content(path), _name(path)) for path in (filled, *later)]
    report = (_content(transcribe), Path(transcribe).name) if transcribe else None
    where = None
    if zone is not None:
        from lotproof.clocks.happened import read_zone

        where = read_zone(zone)
    inspected = inspect(*files[0], order=given, later=files[1:], report=report, zone=where)
    verdict = inspected.verdict
    known = inspected.order.texts
    spoken = language if language is not None and language in known else next(iter(known))
    written = verdict_files(inspected, (spoken,), kinds or DEFAULT_FORMATS) if output else {}
    if "verdict.json" in written:
        import json

        data = printed.page_json(inspected.order, verdict, spoken)
        written["verdict.json"] = (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
    if output:
        write_files(Path(output), written, force=force)
    if as_json:
        print_json({**printed.page_json(inspected.order, verdict, spoken), "files": list(written)})
    else:
        click.echo("\n".join(printed.page(inspected.order, verdict, spoken)))
        findings, more = printed.shown(verdict)
        show_findings(findings, as_json=False, closing=f"and {more:,} findings more: --json prints all" if more else "")
        for name in written:
            click.echo(str(Path(output or "") / name))
    return int(verdict.result.outcome is not Outcome.PASS)


def _content(path: str) -> bytes:
    return read_file(path, _HINT)


def _name(path: str) -> str:
    return "standard input" if path == "-" else Path(path).name
