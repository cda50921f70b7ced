"""``lotproof consistency``."""

from __future__ import annotations

from pathlib import Path

import click

from lotproof.cli.language import lang_option
from lotproof.cli.listed import listed
from lotproof.cli.progress import bar, waiting

EPILOG = """\b
Examples:
  lotproof consistency CASE --zone Europe/Berlin --event shipment=2027-05-24
  lotproof consistency CASE --events events.toml -o report
  lotproof consistency CASE --events events.toml -o report --format docx,html --lang zh
  lotproof consistency CASE --events events.toml -o report --dossier
  lotproof consistency CASE --json

\b
Compares every file with the manifest, reads the filled checklists, and lays contract, inspection and arrival beside
each other. Codes C1 to C11 and what mends them: docs/consistency.md. --dossier adds dossier.docx, the draft of the claim,
and dossier.zip with all evidence and the manifest, without order.json, which names the end client.
Exit code 0: the three records tell one story; 1: they do not. lotproof gives no legal advice.
"""

FORMATS = ("docx", "html", "txt", "json")


@click.command(epilog=EPILOG)
@click.argument("case")
@click.option("--event", "flags", multiple=True, metavar="NAME=DATE", help="What happened and when; may be repeated.")
@click.option("--events", "file", metavar="FILE", help="A TOML file of events, zone and choices; flags outweigh it.")
@click.option("--zone", metavar="ZONE", help="The buyer's time zone, such as Europe/Berlin.")
@click.option("--holidays", multiple=True, metavar="[PLACE=]FILE", help="Holidays, as for lotproof deadlines.")
@click.option("--today", metavar="DATE", help="Count from this day instead of today.")
@click.option("-o", "--output", metavar="DIR", help="Folder to write the report to.")
@click.option(
    "--format",
    "kinds",
    multiple=True,
    callback=listed("formats", FORMATS),
    metavar="FORMAT",
    help="Write these instead of docx,html.",
)
@click.option("--dossier", "with_dossier", is_flag=True, help="Also write the dossier into DIR.")
@lang_option("the report")
@click.option("--force", is_flag=True, help="Overwrite files even where somebody has edited them.")
@click.option("--all", "everything", is_flag=True, help="Also print the rows on which all records agree.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON on stdout.")
def command(
    case: str,
    flags: tuple[str, ...],
    file: str | None,
    zone: str | None,
    holidays: tuple[str, ...],
    today: str | None,
    output: str | None,
    kinds: tuple[str, ...],
    with_dossier: bool,
    language: str | None,
    force: bool,
    everything: bool,
    as_json: bool,
) -> int:
    """Say whether contract, inspection and arrival in CASE tell one story, and what can be claimed."""
    import json

    from lotproof.cli.files import write_files
    from lotproof.cli.output import print_json, show_findings
    from lotproof.cli.stories import given_story, page, page_json
    from lotproof.documents.consistency import consistency_report
    from lotproof.writers import WRITERS

    if with_dossier and not output:
        raise click.UsageError("--dossier needs a folder to write to: lotproof consistency CASE --dossier -o report")
    with bar(as_json) as total:
        told, day = given_story(case, flags, file, zone, holidays, today, total, waiting(language, as_json))
    known = told.order.texts
    spoken = language if language is not None and language in known else next(iter(known))
    data = page_json(told, day, spoken)
    written: dict[str, bytes] = {}
    if output:
        document = consistency_report(told.order, told.story, day, (spoken,), told.sealed)
        for kind in kinds or ("docx", "html"):
            content = (
                (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
                if kind == "json"
                else WRITERS[kind](document)
            )
            written[f"consistency.{kind}"] = content
        if with_dossier:
            from lotproof.cases.dossier import ARCHIVE, dossier_files, write_archive

            files = dossier_files(told, day, told.order.header.languages)
            written |= files
        write_files(Path(output), written, force=force)
        if with_dossier:
            with bar(as_json) as total:
                tick = total(sum(one.size for one in told.records.evidence))
                write_archive(told, Path(output) / ARCHIVE, files, tick)
            written[ARCHIVE] = b""
    if as_json:
        print_json({**data, "files": list(written)})
    else:
        click.echo("\n".join(page(told, day, spoken, everything=everything)))
        show_findings(told.story.findings, as_json=False)
        for name in written:
            click.echo(str(Path(output or "") / name))
    return int(not told.story.one_story)
