"""``lotproof case``: keep the evidence of an order."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lotproof.cases.model import FOLDERS
from lotproof.cli.language import lang_option
from lotproof.cli.output import print_json, show_findings
from lotproof.cli.progress import bar, waiting
from lotproof.messages import in_language, say

if TYPE_CHECKING:
    from lotproof.findings import Finding

EPILOG = """\b
Examples:
  lotproof case init cases/HB-2027-118 --order out
  lotproof case add cases/HB-2027-118 seal-*.jpg --to arrival --what seal
  lotproof case status cases/HB-2027-118 --zone Europe/Berlin --event arrival=2027-06-12
  lotproof case verify cases/HB-2027-118
"""

INIT_EPILOG = """\b
Examples:
  lotproof case init cases/HB-2027-118 --order out
  lotproof case init cases/HB-2027-118 --order out/order.json

\b
Lays out contract/ inspection/ arrival/ messages/ claim/, copies order.json and the documents that were built with it
into contract/, and begins manifest.jsonl. The case holds prices and the end client: it is yours alone.
"""

ADD_EPILOG = """\b
Examples:
  lotproof case add CASE seal-*.jpg --to arrival --what seal
  lotproof case add CASE units/*.jpg --to arrival --what unit --unit 1-200
  lotproof case add CASE IMG_0412.jpg --to arrival --what comparison --term ceramic_tableware.capacity
  lotproof case add CASE mail.eml --to messages --what message --note "supplier admits the glaze"
  lotproof case add CASE CASE/arrival/IMG_0412.jpg --what carton

\b
FILE may be a folder: all that lies in it. A file that lies in the case already is recorded where it is.
All files are recorded, or none. Send originals: chat programs strip time and place from pictures.
"""

STATUS_EPILOG = """\b
Examples:
  lotproof case status CASE
  lotproof case status CASE --zone Europe/Berlin --event arrival=2027-06-12 --event opening=2027-06-14
  lotproof case status CASE --events events.toml --json

\b
Exit code 1: something of the minimum is overdue. How events are written: docs/deadlines.md.
"""

VERIFY_EPILOG = """\b
Examples:
  lotproof case verify CASE
  lotproof case verify CASE --head 3f1c...   # the head that was sent to the other side
  lotproof case verify CASE --certificate authority.pem

\b
Writes nothing. Exit code 0: every file and every line is as it was recorded, and nothing else is there;
1: what is not is named, or a time stamp could not be checked.
"""

STAMP_EPILOG = """\b
Examples:
  lotproof case stamp CASE --request head.tsq       # send this to a time stamp authority (RFC 3161)
  lotproof case stamp CASE reply.tsr --certificate authority.pem

\b
The certificates of the authority, its root among them, are one PEM file. Needs: pip install 'lotproof[stamp]'
"""


class _Add(click.Command):
    """Shows in its help what a file may show."""

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        from lotproof.cases.rules import shipped_rules

        with formatter.section("What a file shows (--what)"):
            formatter.write_dl([(kind.id, kind.title["en"]) for kind in shipped_rules().kinds.values()])
        super().format_epilog(ctx, formatter)


_NOW = click.option("--now", metavar="MOMENT", help="Record this moment instead of the computer's clock; for tests.")
_JSON = click.option("--json", "as_json", is_flag=True, help="Print the result as JSON on stdout.")
_LANG = lang_option("the result")


@click.group(epilog=EPILOG, context_settings={"max_content_width": 100})
def command() -> None:
    """Keep the evidence of an order in a folder, and show that nothing in it was changed."""


@command.command(epilog=INIT_EPILOG)
@click.argument("folder", metavar="CASE")
@click.option("--order", "order_", required=True, metavar="ORDER", help="An order.json, or the folder that build made.")
@_NOW
@_LANG
@_JSON
def init(folder: str, order_: str, now: str | None, language: str, as_json: bool) -> None:
    """Make CASE, the folder of a case, for an order that was built."""
    from lotproof.cases.beginning import begin_case, order_files
    from lotproof.cli.case_pages import begun_json, begun_page
    from lotproof.cli.days import read_now
    from lotproof.cli.orders import read_given
    from lotproof.findings import Finding, Refused
    from lotproof.version import VERSION

    moment = read_now(now)
    given = read_given(order_)
    if not given.stored:
        message = say("is an answers file: a case belongs to an order that was built")
        hint = say("build it, and give the folder: lotproof build answers.toml -o out --final")
        raise Refused([Finding(where=order_, code="LP851", message=message, hint=hint)])
    files, findings = order_files(given.folder, given.stored)
    case = begin_case(folder, given.order, files, now=moment, tool=f"lotproof {VERSION}")
    if as_json:
        show_findings(findings, as_json=True, **begun_json(folder, case))
        return
    show_findings(findings, as_json=False)
    for line in begun_page(folder, case, language):
        click.echo(line)


@command.command(cls=_Add, epilog=ADD_EPILOG)
@click.argument("folder", metavar="CASE")
@click.argument("files", nargs=-1, metavar="[FILE]...")
@click.option("--to", "to", type=click.Choice(FOLDERS), help="Folder of the case to copy the files into.")
@click.option("--what", default="", metavar="KIND", help="What the files show: see below.")
@click.option(
    "--unit", "units", multiple=True, metavar="UNIT", help="Unit that they show: 17; 1-200 for one file each."
)
@click.option("--term", "terms", multiple=True, metavar="ID", help="Term of the order that they belong to.")
@click.option("--note", default="", metavar="TEXT", help="What else has to be known about them.")
@click.option("--as", "name", default="", metavar="NAME", help="Name of a single file in the case.")
@click.option("--duplicate", is_flag=True, help="They are meant to be copies of files recorded before.")
@_NOW
@_LANG
@_JSON
def add(
    folder: str,
    files: tuple[str, ...],
    to: str | None,
    what: str,
    units: tuple[str, ...],
    terms: tuple[str, ...],
    note: str,
    name: str,
    duplicate: bool,
    now: str | None,
    language: str,
    as_json: bool,
) -> None:
    """
    Record each FILE in CASE, with its SHA-256, size and time, and what its own data says.

    Without files it tidies up after a command that was interrupted.
    """
    from lotproof.cases.adding import add_files
    from lotproof.cases.labels import Labels, read_units
    from lotproof.cli.case_pages import added_json, added_page
    from lotproof.cli.days import read_now

    if name and len(files) != 1:
        raise click.UsageError(
            "--as names a single file: lotproof case add CASE IMG_1.jpg --to arrival --as seal-1.jpg"
        )
    labels = Labels(folder=to, what=what, units=read_units(units), terms=terms, note=note.strip(), duplicate=duplicate)
    with bar(as_json) as total:
        added = add_files(
            folder, files, labels, now=read_now(now), name=name, total=total, waiting=waiting(language, as_json)
        )
    if as_json:
        show_findings(added.findings, as_json=True, **added_json(added))
        return
    show_findings(added.findings, as_json=False)
    for line in added_page(added, language):
        click.echo(line)


@command.command(epilog=STATUS_EPILOG)
@click.argument("folder", metavar="CASE")
@click.option("--event", "flags", multiple=True, metavar="NAME=DATE", help="What happened and when; may be repeated.")
@click.option("--events", "file", metavar="FILE", help="A TOML file of events, zone and choices; flags outweigh it.")
@click.option("--zone", metavar="ZONE", help="The buyer's time zone, such as Europe/Berlin.")
@click.option("--holidays", multiple=True, metavar="[PLACE=]FILE", help="Holidays, as for lotproof deadlines.")
@click.option("--today", metavar="DATE", help="Count from this day instead of today.")
@click.option("--all", "everything", is_flag=True, help="Also name each unit and each term without a file.")
@_LANG
@_JSON
@click.pass_context
def status(
    ctx: click.Context,
    folder: str,
    flags: tuple[str, ...],
    file: str | None,
    zone: str | None,
    holidays: tuple[str, ...],
    today: str | None,
    everything: bool,
    language: str,
    as_json: bool,
) -> None:
    """Say what CASE holds, what is missing and by when."""
    import datetime

    from lotproof.cases.folder import read_manifest, real_folder
    from lotproof.cases.locking import undisturbed
    from lotproof.cases.looking import backwards, same_content, seen
    from lotproof.cases.missing import faults, standings
    from lotproof.cases.model import ORDER_FILE
    from lotproof.cases.ordered import read_case_order
    from lotproof.cli.case_pages import status_json, status_page
    from lotproof.cli.days import read_today
    from lotproof.cli.deadlines import given_holidays
    from lotproof.cli.files import read_file
    from lotproof.clocks.deadlines import deadlines
    from lotproof.clocks.happened import read_happened
    from lotproof.findings import Refused

    happened = read_happened(flags, (Path(file).name, read_file(file)) if file else None, zone)
    known = given_holidays(holidays)
    given = read_today(today)
    root = real_folder(folder)
    with undisturbed(root, waiting=waiting(language, as_json)):
        _, chain = read_manifest(root)
        if chain.case is None:
            raise Refused(chain.findings)
        order = read_case_order(root / ORDER_FILE, chain.case)
    case = chain.case
    now = given or datetime.datetime.now(happened.zone).date()
    clocks = deadlines(order, happened.events, known, happened.zone, now, happened.choices)
    found = standings(case, order, clocks, now)
    latest = tuple(case.files().values())
    findings: list[Finding] = [*chain.findings, *faults(case, found, happened.events)]
    findings += [*backwards(case.entries), *same_content(latest), *seen(latest)]
    if as_json:
        show_findings(findings, as_json=True, **status_json(case, found, now))
    else:
        show_findings(findings, as_json=False)
        for line in status_page(case, found, now, language, everything=everything):
            click.echo(line)
    ctx.exit(1 if chain.findings or any(one.overdue for one in found) else 0)


@command.command(epilog=VERIFY_EPILOG)
@click.argument("folder", metavar="CASE")
@click.option("--head", default="", metavar="HASH", help="Head of the manifest as you know it from elsewhere.")
@click.option(
    "--certificate", "certificates", multiple=True, metavar="PEM", help="Certificates of a time stamp authority."
)
@_LANG
@_JSON
@click.pass_context
def verify(
    ctx: click.Context, folder: str, head: str, certificates: tuple[str, ...], language: str, as_json: bool
) -> None:
    """Compare every file of CASE with what was recorded, and name what is not as it was."""
    from lotproof.cases.stamps import certificates_of
    from lotproof.cases.verifying import verify_case
    from lotproof.cli.case_pages import verified_json, verified_page
    from lotproof.findings import Severity, refuse_if_any

    read = [(path, _certificate(path)) for path in certificates]
    refuse_if_any(certificates_of(read))
    with bar(as_json) as total:
        verified = verify_case(
            folder,
            head=head.strip(),
            certificates=[content for _, content in read],
            total=total,
            waiting=waiting(language, as_json),
        )
    if as_json:
        show_findings(verified.findings, as_json=True, **verified_json(verified))
    else:
        show_findings(verified.findings, as_json=False)
        for line in verified_page(verified, language):
            click.echo(line)
    ctx.exit(0 if all(finding.severity is Severity.NOTE for finding in verified.findings) else 1)


@command.command(epilog=STAMP_EPILOG)
@click.argument("folder", metavar="CASE")
@click.argument("reply", required=False, metavar="[REPLY]")
@click.option("--certificate", metavar="PEM", help="Certificates of the authority: checked, and kept beside the stamp.")
@click.option("--request", "request_", metavar="FILE", help="Instead, write a request over the head to be sent.")
@click.option("--force", is_flag=True, help="Overwrite the file of --request.")
@_NOW
@_LANG
@_JSON
def stamp(
    folder: str,
    reply: str | None,
    certificate: str | None,
    request_: str | None,
    force: bool,
    now: str | None,
    language: str,
    as_json: bool,
) -> None:
    """Keep in CASE the time stamp REPLY that an authority has made over the manifest (RFC 3161)."""
    from lotproof.cases.stamping import add_stamp
    from lotproof.cases.stamps import certificates_of
    from lotproof.cli.case_pages import stamp_json, stamp_line
    from lotproof.cli.days import read_now
    from lotproof.cli.files import read_file
    from lotproof.findings import refuse_if_any

    if (reply is None) == (request_ is None):
        raise click.UsageError("give the reply of the authority, or --request FILE to write what is sent to it")
    if request_ is not None:
        _write_request(folder, request_, language, force=force, as_json=as_json)
        return
    kept = _certificate(certificate) if certificate else b""
    refuse_if_any(certificates_of([(certificate, kept)]) if certificate else ())
    content = read_file(reply or "", say("give the reply of the authority, usually a file .tsr"))
    found = add_stamp(folder, content, kept, now=read_now(now), waiting=waiting(language, as_json))
    if as_json:
        show_findings(found.findings, as_json=True, stamp=stamp_json(found))
        return
    show_findings(found.findings, as_json=False)
    click.echo(in_language(stamp_line(found), language))


def _write_request(folder: str, path: str, language: str, *, force: bool, as_json: bool) -> None:
    from lotproof.cases.folder import read_manifest, real_folder
    from lotproof.cases.stamping import request
    from lotproof.cli.files import write_files
    from lotproof.findings import Refused

    _, chain = read_manifest(real_folder(folder))
    if chain.case is None or not chain.sound:
        raise Refused(chain.findings)
    target = Path(path)
    write_files(target.parent, {target.name: request(chain.case.head)}, force=force)
    result: dict[str, Any] = {"head": chain.case.head, "request": path, "findings": []}
    if as_json:
        print_json(result)
    else:
        click.echo(
            in_language(say("{path}: a request over the head {head}", path=path, head=chain.case.head), language)
        )


def _certificate(path: str) -> bytes:
    from lotproof.cli.files import read_file

    return read_file(path, say("give a file of certificates in PEM"))
