"""``lotproof batch``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lotproof import api
from lotproof.cli.listed import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lotproof.batch.building import Done
    from lotproof.batch.jobs import Job

EPILOG = """\b
Examples:
  lotproof batch orders.xlsx --answers template.toml -o built
  lotproof batch orders.csv --answers template.toml --house houses/riverside -o built
  lotproof batch answers/ -o built --final

\b
The first row of a table names answers (order.number, goods[1].quantity), each further row is an order: the answers of
the template with those of the row in their place. A row that is wrong is told by its cell and stops no other. Run again,
it builds what is not built yet. Exit code 1: at least one order was not built.
"""


@click.command(epilog=EPILOG)
@click.argument("orders")
@click.option("--answers", metavar="FILE", help="The answers file that the rows of a table change.")
@click.option(
    "-o", "--output", required=True, metavar="DIR", help="Folder for the orders, each in a folder of its own."
)
@click.option("--house", metavar="DIR", help="Print in the words of the house in this folder.")
@click.option("--final", is_flag=True, help="Build no draft: an order with something open is told and left out.")
@click.option(
    "--format",
    "formats",
    multiple=True,
    callback=listed("formats", dict.fromkeys(kind for kinds in api.FORMATS.values() for kind in kinds)),
    metavar="FORMAT",
    help="Write these instead of docx,xlsx.",
)
@click.option(
    "--document",
    "kinds",
    multiple=True,
    callback=listed("documents", api.FORMATS),
    metavar="DOCUMENT",
    help="Write these instead of contract,checklist.",
)
@click.option(
    "--processes",
    type=click.IntRange(1, 256),
    metavar="N",
    help="Build N at once; as many as there are cores if not given.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON on stdout.")
def command(
    orders: str,
    answers: str | None,
    output: str,
    house: str | None,
    final: bool,
    formats: tuple[str, ...],
    kinds: tuple[str, ...],
    processes: int | None,
    as_json: bool,
) -> int:
    """Build the order contracts and checklists of many ORDERS: a table (.xlsx, .csv) or a folder of answers files."""
    import os

    from lotproof.batch.building import SUMMARY, Wanted, build_all
    from lotproof.cli.output import finding_json, print_json, show_findings
    from lotproof.findings import Severity

    jobs = _jobs(orders, answers)
    wanted = Wanted(
        formats=formats or api.DEFAULT_FORMATS,
        kinds=kinds or api.DEFAULT_DOCUMENTS,
        house=Path(house) if house else None,
        final=final,
    )
    folder = Path(output)
    done = list(_counted(build_all(jobs, folder, wanted, processes or os.cpu_count() or 1), len(jobs), quiet=as_json))
    _summary(folder / SUMMARY, done)
    failed = [one for one in done if one.status == "failed"]
    if as_json:
        print_json(
            {
                "orders": [
                    {"name": d.name, "row": d.where, "status": d.status, "digest": d.digest, "built_before": d.again}
                    for d in done
                ],
                "findings": [finding_json(f) for d in failed for f in d.findings if f.severity is not Severity.NOTE],
            }
        )
        return int(bool(failed))
    show_findings([f for d in failed for f in d.findings if f.severity is not Severity.NOTE], as_json=False)
    built = [one for one in done if one.status != "failed"]
    drafts = sum(one.status == "draft" for one in built)
    again = sum(one.again for one in built)
    click.echo(
        f"{len(built):,} of {len(done):,} orders built, {drafts:,} of them drafts, {again:,} by an earlier run; {len(failed):,} not built"
    )
    click.echo(str(folder / SUMMARY))
    return int(bool(failed))


def _jobs(orders: str, answers: str | None) -> Sequence[Job]:
    from lotproof.batch.jobs import jobs_of_folder, jobs_of_table
    from lotproof.cli.files import read_file

    if Path(orders).is_dir():
        if answers:
            raise click.UsageError("--answers goes with a table; a folder holds whole answers files")
        return jobs_of_folder(Path(orders))
    if not answers:
        raise click.UsageError(
            "give the answers file that the rows change: lotproof batch orders.xlsx --answers template.toml -o built"
        )
    return jobs_of_table(read_file(orders), Path(orders).name, read_file(answers))


def _counted(done: Any, count: int, *, quiet: bool) -> Any:
    """Take what is done, with a count on the terminal once it has taken more than a second."""
    import sys
    import time

    started, drawn = time.monotonic(), False
    for number, one in enumerate(done, 1):
        yield one
        if not quiet and sys.stderr.isatty() and time.monotonic() - started > 1:
            click.echo(f"\r{number:,} of {count:,}", err=True, nl=False)
            drawn = True
    if drawn:
        click.echo("\r" + " " * 30 + "\r", err=True, nl=False)


def _summary(path: Path, done: Sequence[Done]) -> None:
    """Write a table of what became of each order, whole or not at all."""
    import csv
    import io

    from lotproof.cli.files import replace_file

    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(("order", "row", "status", "digest", "open", "findings"))
    for one in done:
        codes = " ".join(dict.fromkeys(f"{f.code} {f.where}" for f in one.findings if f.severity != "note"))
        table.writerow(
            (one.name, one.where, one.status, one.digest, sum(f.severity == "open" for f in one.findings), codes)
        )
    replace_file(path, out.getvalue().encode())
