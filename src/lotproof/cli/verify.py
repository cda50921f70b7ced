"""``lotproof verify``."""

from __future__ import annotations

import json
import shutil
import textwrap
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lotproof.cli.files import read_file
from lotproof.cli.output import finding_json, print_json, show_findings
from lotproof.findings import Finding, Refused
from lotproof.frozen import replace
from lotproof.messages import as_it_stands, say

if TYPE_CHECKING:
    from lotproof.orders.model import Order
    from lotproof.verify.model import Change, Report
    from lotproof.verify.pairing import Known, Pair

EPILOG = """\b
Examples:
  lotproof verify contract.docx
  lotproof verify contract.docx checklist.xlsx
  lotproof verify returned.docx out/order.json
  lotproof verify contract.docx --json

\b
A file is compared with what it carries inside, clause by clause. Two files are said to belong together
or not; the second may be your own record, order.json or its folder, which is the stronger check:
somebody who rewrites page, data and digest alike has made another order, whose digest is not yours.
Exit codes: 0 intact (and belonging together), 1 anything else. docs/verify.md says what is looked at.
"""
_HINT = say("give a contract or a checklist (.docx, .xlsx), or an order.json")
_WIDTH = 80
_INDENT = 4
_MOST = 60
"""Changes that are printed of one file."""


@click.command(epilog=EPILOG)
@click.argument("files", nargs=-1, required=True, metavar="FILE [FILE]")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON on stdout.")
def command(files: tuple[str, ...], as_json: bool) -> int:
    """Say whether a contract or checklist is still what was written, and whether two of them belong together."""
    if len(files) > 2:
        raise click.UsageError("one file, or two: lotproof verify contract.docx checklist.docx")
    from lotproof.verify.pairing import paired
    from lotproof.verify.saying import finding

    records = [_record(path) for path in files]
    record = next((one for one in records if one is not None), None)
    written = record[2] if record else {}
    if all(records):
        raise click.UsageError("order.json is what a file is compared with: lotproof verify contract.docx order.json")
    reports: list[Report] = []
    refused: list[tuple[str, tuple[Finding, ...]]] = []
    sides: list[Known] = [] if record is None else [record[1]]
    for path, own in zip(files, records, strict=True):
        if own is None:
            try:
                report, side = _verified(path, record[0] if record else None)
                reports.append(_known_again(report, written))
                sides.append(side)
            except Refused as stop:
                refused.append((_name(path), stop.findings))
    pair = paired(*sides) if len(files) == 2 and len(sides) == 2 else None
    findings = [f for _, found in refused for f in found]
    findings += [finding(change, report.name) for report in reports for change in report.changes]
    if pair is not None and not pair.together:
        findings.append(_apart(pair, files))
    if as_json:
        told = [_json(report) for report in reports] + [
            {"name": name, "verdict": _verdict(found)} for name, found in refused
        ]
        pairs = None if pair is None else {"together": pair.together, "message": pair.message}
        print_json({"files": told, "pair": pairs, "findings": [finding_json(f) for f in findings]})
    else:
        for name, found in refused:
            click.echo(f"{name}: {click.style(_verdict(found).upper(), fg='red')}")
            show_findings(found, as_json=False)
        for report in reports:
            for line in _lines(report):
                click.echo(line)
        if pair is not None:
            click.echo(click.style(pair.message, fg="green" if pair.together else "red"))
    return int(bool(findings))


def _record(path: str) -> tuple[Order, Known, Mapping[str, str]] | None:
    """
    Return the order of an ``order.json`` or of the folder that holds one, with the files that were built by SHA-256.

    None for any other file.
    """
    place = Path(path)
    if place.is_dir():
        place = place / "order.json"
    if place.suffix.lower() != ".json":
        return None
    from lotproof.orders.digests import seal
    from lotproof.orders.stored import read_order
    from lotproof.verify.pairing import recorded

    content = read_file(str(place), _HINT)
    order = read_order(content, place.name)
    files = json.loads(content)["provenance"].get("files") or {}
    return order, recorded(order, seal(order)), {str(digest): str(name) for name, digest in files.items()}


def _known_again(report: Report, written: Mapping[str, str]) -> Report:
    """Return a report that says so where the file is, byte for byte, one that ``order.json`` names."""
    name = written.get(dict(report.digests)["file"])
    return replace(report, notes=(*report.notes, f"the very file that order.json names {name}")) if name else report


def _verified(path: str, record: Order | None) -> tuple[Report, Known]:
    from lotproof.verify.pairing import known
    from lotproof.verify.verifying import verify

    report, inside = verify(read_file(path, _HINT), _name(path), record)
    return report, known(inside)


def _name(path: str) -> str:
    return "standard input" if path == "-" else Path(path).name


def _verdict(findings: tuple[Finding, ...]) -> str:
    return "not ours" if any(f.code == "LP700" for f in findings) else "refused"


def _apart(pair: Pair, files: tuple[str, ...]) -> Finding:
    from lotproof.verify.saying import HINTS

    return Finding(
        where=" and ".join(map(_name, files)), code=pair.code, message=as_it_stands(pair.message), hint=HINTS[pair.code]
    )


# for people


def _lines(report: Report) -> Iterator[str]:
    from lotproof.verify.saying import HINTS

    good = report.verdict == "intact"
    yield f"{report.name}: {click.style(report.verdict.upper(), fg='green' if good else 'red')}"
    draft = ", a DRAFT" if report.draft else ""
    number = " ".join(
        filter(None, (report.number or "without a number", report.revision and f"revision {report.revision}"))
    )
    yield from _wrapped(f"{report.kind} of order {number} in {' and '.join(report.languages)}{draft}", 2)
    for what, digest in report.digests:
        yield f"  {what:<8}{digest}"
    for change in report.changes[:_MOST]:
        yield from _change(change)
    if len(report.changes) > _MOST:
        yield f"  ... and {len(report.changes) - _MOST:,} more changes; --json has all of them"
    for code in dict.fromkeys(change.code for change in report.changes):
        yield from _wrapped(f"{code}: {HINTS[code]}", 2)
    if report.filled:
        yield f"  filled in by hand ({len(report.filled)}), which is no change:"
        for one in report.filled:
            yield from _wrapped(f"{one.tag}: {one.value}", _INDENT)
    for note in report.notes:
        yield from _wrapped(f"note: {note}", 2)


def _change(change: Change) -> Iterator[str]:
    from lotproof.verify.saying import excerpt, place

    was, now = excerpt(change.was, change.now)
    yield from _wrapped(f"{change.code} {place(change)}" + (f": {change.about}" if change.about else ""), 2)
    if was:
        yield from _wrapped(f"was: {was}", _INDENT)
    if now:
        yield from _wrapped(f"is:  {now}", _INDENT)


def _wrapped(text: str, indent: int) -> Iterator[str]:
    width = min(_WIDTH, shutil.get_terminal_size((_WIDTH, 24)).columns)
    shown = "".join(
        c if c.isprintable() else " " if c.isspace() else f"<U+{ord(c):04X}>" for c in text.replace("\n", " / ")
    )
    lines = textwrap.wrap(shown, width - indent - 2, break_on_hyphens=False) or [""]
    yield " " * indent + lines[0]
    yield from (" " * (indent + 2) + line for line in lines[1:])


# for programs


def _json(report: Report) -> dict[str, Any]:
    return {
        "name": report.name,
        "verdict": report.verdict,
        "kind": report.kind,
        "number": report.number,
        "revision": report.revision,
        "languages": list(report.languages),
        "draft": report.draft,
        "hidden": list(report.hidden),
        "printed_by": report.printed_by,
        "saved_by": report.saved_by,
        "digests": dict(report.digests),
        "changes": [
            {
                "code": change.code,
                "kind": change.kind,
                "clause": change.clause,
                "number": change.number,
                "was": change.was,
                "is": change.now,
                "about": change.about,
            }
            for change in report.changes
        ],
        "filled": [{"tag": one.tag, "clause": one.clause, "value": one.value} for one in report.filled],
        "notes": list(report.notes),
    }
