"""``lotproof house test``."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from lotproof.upkeep.scenarios.mutating import Mutated
    from lotproof.upkeep.scenarios.running import HouseOutcomes, Outcome

EPILOG = """\b
Examples:
  lotproof house test houses/riverside
  lotproof house test houses/riverside --mutate
  lotproof house test houses/riverside-nordkauf --all --junit report.xml
  lotproof house test houses/riverside --accept

\b
Exit code 0: every scenario holds, and every mutation is noticed; 1: one is not.
How a scenario is written: docs/scenarios.md.
"""


@click.command("test", epilog=EPILOG, short_help="Run what a house says its contracts must print.")
@click.argument("folder", metavar="DIR")
@click.option(
    "--all", "everything", is_flag=True, help="Also run the scenarios of the houses beneath, each on its own."
)
@click.option(
    "--mutate", "mutating", is_flag=True, help="Drop and change each paragraph, and list what nothing notices."
)
@click.option("--accept", is_flag=True, help="Write the goldens as they are now.")
@click.option("--junit", metavar="FILE", help="Write a report as JUnit XML.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON on stdout.")
def command(folder: str, everything: bool, mutating: bool, accept: bool, junit: str | None, as_json: bool) -> int:
    """Run the scenarios of the house in DIR: what its contracts must say, and must not."""
    from lotproof.cli.files import write_files
    from lotproof.cli.progress import bar
    from lotproof.findings import Finding, Refused
    from lotproof.messages import say
    from lotproof.upkeep.scenarios.mutating import mutate
    from lotproof.upkeep.scenarios.running import of_the_stack, run_scenarios

    stacks = of_the_stack(Path(folder))
    wanted = stacks if everything else stacks[-1:]
    with bar(as_json, lambda count: f"{count} scenarios") as progress:
        tested = [run_scenarios(houses, time.perf_counter, accept=accept, told=progress) for houses in wanted]
    if not any(one.outcomes for one in tested):
        message = say("has no scenarios")
        hint = say('write one, such as scenarios/payment.toml with must = ["within 7 days"]: docs/scenarios.md')
        raise Refused([Finding(where=f"{Path(folder).name}/scenarios", code="LP930", message=message, hint=hint)])
    if accept:
        for one in tested:
            goldens = {o.scenario.golden_path.name: o.golden.encode() for o in one.outcomes if o.golden}
            if goldens:
                write_files(one.house.path / "scenarios", goldens, force=True)
    mutated: list[Mutated] = []
    failed = any(one.failed for one in tested)
    if mutating and not failed:
        with bar(as_json, lambda count: f"{count} paragraphs") as progress:
            mutated = [mutate(one, progress) for one in tested]
    if junit:
        from lotproof.upkeep.scenarios.junit import junit as report

        write_files(Path(junit).parent, {Path(junit).name: report(tested, mutated)}, force=True)
    if as_json:
        from lotproof.cli.output import print_json

        print_json(_json(tested, mutated))
    else:
        _show(tested, mutated, not_tried=mutating and failed)
    return int(failed or any(one.unnoticed for one in mutated))


def _show(tested: list[HouseOutcomes], mutated: list[Mutated], *, not_tried: bool) -> None:
    from lotproof.cli.language import spoken
    from lotproof.messages import in_language, say

    language = spoken()
    for one in tested:
        click.echo(f"{one.house.id} {one.house.version}")
        for outcome in one.outcomes:
            mark = click.style("fail", fg="red") if outcome.failures else click.style("ok  ", fg="green")
            click.echo(f"  {mark}  {outcome.scenario.name}")
            for failure in outcome.failures:
                where = f"{outcome.scenario.file}: " if failure is outcome.failures[0] else ""
                click.echo(f"        {where}{in_language(failure.message, language)}", err=True)
                for line in failure.lines:
                    click.echo(f"          {_printable(line)}", err=True)
    for one, of in zip(tested, mutated, strict=False):
        count = say("{tried} mutations, {unnoticed} unnoticed", tried=of.tried, unnoticed=len(of.unnoticed))
        click.echo(f"{one.house.id}: {in_language(count, language)}")
        for missed in of.unnoticed:
            click.echo(f"  {missed.id}  {in_language(missed.what, language)}")
    if not_tried:
        click.echo(in_language(say("nothing was mutated: the scenarios have to hold first"), language), err=True)
    failed = sum(len(one.failed) for one in tested)
    every = sum(len(one.outcomes) for one in tested)
    click.echo(in_language(say("{every} scenarios, {failed} failed", every=every, failed=failed), language))


def _printable(line: str) -> str:
    return "".join(c if c.isprintable() else f"<U+{ord(c):04X}>" for c in line)


def _json(tested: list[HouseOutcomes], mutated: list[Mutated]) -> dict[str, Any]:
    from lotproof.cli.language import spoken
    from lotproof.messages import in_language

    language = spoken()

    def one_of(outcome: Outcome) -> dict[str, Any]:
        failures = [
            {"kind": f.kind, "message": in_language(f.message, language), "lines": list(f.lines)}
            for f in outcome.failures
        ]
        scenario = outcome.scenario
        return {"name": scenario.name, "file": scenario.file, "passed": not failures, "failures": failures}

    houses = []
    for place, one in enumerate(tested):
        said: dict[str, Any] = {
            "house": one.house.id,
            "version": one.house.version,
            "scenarios": [one_of(outcome) for outcome in one.outcomes],
        }
        if place < len(mutated):
            missed = [{"id": m.id, "what": in_language(m.what, language)} for m in mutated[place].unnoticed]
            said["mutations"] = {"tried": mutated[place].tried, "unnoticed": missed}
        houses.append(said)
    return {"failed": sum(len(one.failed) for one in tested), "houses": houses}
