"""``lotproof deadlines``."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from lotproof.cli.language import lang_option

if TYPE_CHECKING:
    from lotproof.clocks.happened import Happened
    from lotproof.clocks.holidays import Holidays
    from lotproof.findings import Finding

_T = TypeVar("_T")

EPILOG = """\b
Examples:
  lotproof deadlines out --zone Europe/Berlin
  lotproof deadlines out --zone Europe/Berlin --event arrival=2027-06-12 --event opening=2027-06-14
  lotproof deadlines out --events events.toml --holidays holidays.toml --ics deadlines.ics
  lotproof deadlines answers.toml --holidays buyer=germany.ics --holidays seller=china.ics --explain

\b
Each date is the earliest of all ways to count: the first day counted or not, in your zone and in China.
What is not known is never guessed. How it is counted, and both file formats: docs/deadlines.md.
lotproof gives no legal advice.
"""


class _Command(click.Command):
    """Shows the names of the events in its help."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from lotproof.clocks.rules import shipped_rules

        with formatter.section("Events"):
            formatter.write_dl([(kind.id, kind.title["en"]) for kind in shipped_rules().events.values()])
        super().format_epilog(ctx, formatter)


@click.command(cls=_Command, epilog=EPILOG)
@click.argument("order")
@click.option("--event", "flags", multiple=True, metavar="NAME=DATE", help="What happened and when; may be repeated.")
@click.option("--events", "file", metavar="FILE", help="A TOML file of events, zone and choices; flags outweigh it.")
@click.option(
    "--holidays",
    multiple=True,
    metavar="[PLACE=]FILE",
    help="Holidays: a TOML file, or for the place buyer or seller a calendar (.ics). May be repeated.",
)
@click.option("--zone", metavar="ZONE", help="The buyer's time zone, such as Europe/Berlin.")
@click.option(
    "--buffer", "buffer_days", type=int, metavar="DAYS", help="Days to file before the window may end; 5 is usual."
)
@click.option(
    "--lead", "lead_days", type=int, metavar="DAYS", help="Working days that the inspector asks for when booked."
)
@click.option("--today", metavar="DATE", help="Count from this day instead of today.")
@click.option(
    "--published", is_flag=True, help="Also count the windows as published, which are not those of your order."
)
@click.option("--explain", is_flag=True, help="Say for each date what to do, by which rule, and every way of counting.")
@click.option("--ics", metavar="FILE", help="Write the dates into a calendar file with alarms 7, 3 and 1 days before.")
@click.option("--force", is_flag=True, help="Overwrite the file of --ics.")
@lang_option("the dates")
@click.option("--json", "as_json", is_flag=True, help="Print the dates as JSON on stdout.")
def command(
    order: str,
    flags: tuple[str, ...],
    file: str | None,
    holidays: tuple[str, ...],
    zone: str | None,
    buffer_days: int | None,
    lead_days: int | None,
    today: str | None,
    published: bool,
    explain: bool,
    ics: str | None,
    force: bool,
    language: str,
    as_json: bool,
) -> None:
    """Print every clock that runs on ORDER: an order.json, the folder that build made, or an answers file."""
    from lotproof.cli import clocks as printed
    from lotproof.cli.days import read_today
    from lotproof.cli.files import read_file
    from lotproof.cli.orders import read_given_order
    from lotproof.cli.output import show_findings
    from lotproof.clocks.deadlines import deadlines
    from lotproof.clocks.happened import read_happened
    from lotproof.clocks.ics import calendar
    from lotproof.findings import Refused
    from lotproof.orders.digests import seal

    def events() -> Happened:
        return read_happened(flags, (Path(file).name, read_file(file)) if file else None, zone, buffer_days, lead_days)

    wrong: list[Finding] = []
    happened = _tried(events, wrong)
    known = _tried(lambda: given_holidays(holidays), wrong)
    given = _tried(lambda: read_today(today), wrong)
    read = _tried(lambda: read_given_order(order), wrong)
    if happened is None or known is None or read is None or wrong:
        raise Refused(wrong)
    now = given or datetime.datetime.now(happened.zone).date()
    found = deadlines(read, happened.events, known, happened.zone, now, happened.choices)
    shown = [d for d in found if published or not d.published]
    heading = printed.Heading(
        number=" ".join(filter(None, (read.header.number, read.header.revision))),
        digest=seal(read).digest,
        today=now,
        zone=happened.zone.key if happened.zone else None,
        language=language,
    )
    notes = printed.notes(heading.zone)
    if ics is not None:
        content = calendar(
            shown,
            digest=heading.digest,
            number=heading.number,
            stamp=now,
            zone=heading.zone or "Asia/Shanghai",
            language=language,
        )
        _write_calendar(ics, content, force=force)
    if as_json:
        show_findings(notes, as_json=True, **printed.page_json(heading, found))
        return
    show_findings(notes, as_json=False)
    click.echo("\n".join([*printed.page(heading, shown, explain=explain), *([ics] if ics else [])]))


def _tried(step: Callable[[], _T], findings: list[Finding]) -> _T | None:
    """Return what a step gives, or None and its findings: so that all steps say at once what is wrong."""
    from lotproof.findings import Refused

    try:
        return step()
    except Refused as refused:
        findings += refused.findings
        return None


def given_holidays(given: Sequence[str]) -> Holidays:
    """
    Read the files of ``--holidays``.

    Raises:
        Refused: one cannot be read, with every finding.
    """
    from lotproof.cli.files import read_file
    from lotproof.clocks.holiday_files import PLACES, read_holidays

    files = []
    for text in given:
        place, separator, path = text.partition("=")
        if not separator or place not in PLACES:
            place, path = "", text
        files.append((place, Path(path).name, read_file(path)))
    return read_holidays(files)


def _write_calendar(path: str, content: bytes, *, force: bool) -> None:
    from lotproof.cli.files import write_files

    target = Path(path)
    write_files(target.parent, {target.name: content}, force=force)
