"""``lotproof batch``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from lotproof import api
from lotproof.cli.listed import listed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from lotproof.batch.building import Done
    from lotproof.batch.jobs import Job
    from lotproof.findings import Finding

EPILOG = """\b
Examples:
  lotproof batch orders.xlsx --answers template.toml -o built
  lotproof batch orders.csv --answers template.toml --house houses/riverside -o built
  lotproof batch answers/ -o built --final
  lotproof batch orders.xlsx --answers template.toml -o built --scheduler tcp://10.0.0.5:8786

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
@click.option(
    "--scheduler",
    metavar="ADDRESS",
    help="Build on the workers of this Dask scheduler (pip install 'lotproof[cluster]'); orders go to them as they are.",
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
    scheduler: str | None,
    as_json: bool,
) -> int:
    """Build the order contracts and checklists of many ORDERS: a table (.xlsx, .csv) or a folder of answers files."""
    import os

    from lotproof.batch.building import SUMMARY, Wanted, build_all, here
    from lotproof.batch.jobs import refuse_misnamed
    from lotproof.cli.progress import bar

    if processes and scheduler:
        raise click.UsageError("--processes is for this machine; a cluster has the workers that it has")

    jobs = _jobs(orders, answers)
    wanted = Wanted(
        formats=formats or api.DEFAULT_FORMATS,
        kinds=kinds or api.DEFAULT_DOCUMENTS,
        house=Path(house) if house else None,
        final=final,
    )
    refuse_misnamed(jobs, wanted.house)
    if scheduler:
        from lotproof.batch.cluster import on_cluster

        workers = on_cluster(scheduler)
    else:
        workers = here(min(processes or os.cpu_count() or 1, len(jobs)))
    folder, result = Path(output), _Result()
    with bar(as_json, lambda total: f"{total:,} orders") as start:
        tick = start(len(jobs))
        for done in build_all(jobs, folder, wanted, workers):
            result.take(done)
            tick(1)
    result.write(folder / SUMMARY)
    result.show(folder / SUMMARY, as_json=as_json)
    return int(bool(result.failed))


class _Result:
    """What became of the orders: a row of the summary for each, the findings of those alone that were not built."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, str, str, str, int, str, bool]] = []
        self.failed: list[Finding] = []
        self.not_built = 0

    def take(self, done: Done) -> None:
        codes = " ".join(dict.fromkeys(f"{f.code} {f.where}" for f in done.findings if f.severity != "note"))
        left = sum(f.severity == "open" for f in done.findings)
        self.rows.append((done.name, done.where, done.status, done.digest, left, codes, done.again))
        if done.status == "failed":
            self.not_built += 1
            self.failed += (f for f in done.findings if f.severity != "note")

    def show(self, summary: Path, *, as_json: bool) -> None:
        from lotproof.cli.language import spoken
        from lotproof.cli.output import finding_json, print_json, show_findings
        from lotproof.messages import in_language, say

        if as_json:
            keys = ("name", "row", "status", "digest")
            print_json(
                {
                    "orders": [{**dict(zip(keys, row, strict=False)), "built_before": row[-1]} for row in self.rows],
                    "findings": [finding_json(finding) for finding in self.failed],
                }
            )
            return
        show_findings(self.failed, as_json=False)
        built = [row for row in self.rows if row[2] != "failed"]
        drafts, again = sum(row[2] == "draft" for row in built), sum(row[-1] for row in built)
        told = say(
            "{built:,} of {all:,} orders built, {drafts:,} of them drafts, {again:,} by an earlier run; {failed:,} not built",
            built=len(built),
            all=len(self.rows),
            drafts=drafts,
            again=again,
            failed=self.not_built,
        )
        click.echo(in_language(told, spoken()))
        click.echo(str(summary))

    def write(self, path: Path) -> None:
        """Write a table of what became of each order, whole or not at all."""
        import csv
        import io

        from lotproof.cli.files import replace_file

        out = io.StringIO()
        table = csv.writer(out, lineterminator="\n")
        table.writerow(("order", "row", "status", "digest", "open", "findings"))
        table.writerows(row[:-1] for row in self.rows)
        replace_file(path, out.getvalue().encode())


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
    return jobs_of_table(read_file(orders), Path(orders).name, read_file(answers), Path(answers).name)
