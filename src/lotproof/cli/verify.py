"""``lotproof verify``."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lotproof.cli.columns import WIDTH, wrapped
from lotproof.cli.files import read_file
from lotproof.cli.language import lang_option
from lotproof.cli.output import finding_json, print_json, show_findings
from lotproof.findings import Finding, Refused
from lotproof.frozen import replace
from lotproof.messages import Message, as_it_stands, in_language, say

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
_INDENT = 4
_MOST = 60
"""Changes that are printed of one file."""
_KINDS = {
    "contract": say("contract"),
    "checklist": say("checklist"),
    "arrival": say("arrival checklist"),
    "summary": say("summary"),
}


@click.command(epilog=EPILOG)
@click.argument("files", nargs=-1, required=True, metavar="FILE [FILE]")
@lang_option("the report")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON on stdout.")
def command(files: tuple[str, ...], language: str, as_json: bool) -> int:
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
        told = [_json(report, language) for report in reports] + [
            {"name": name, "verdict": _verdict(found)} for name, found in refused
        ]
        pairs = None if pair is None else {"together": pair.together, "message": in_language(pair.message, language)}
        print_json({"files": told, "pair": pairs, "findings": [finding_json(f) for f in findings]})
    else:
        for name, found in refused:
            click.echo(f"{name}: {click.style(in_language(_verdict(found), language).upper(), fg='red')}")
            show_findings(found, as_json=False)
        for report in reports:
            for line in _lines(report, language):
                click.echo(line)
        if pair is not None:
            click.echo(click.style(in_language(pair.message, language), fg="green" if pair.together else "red"))
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
    from lotproof.readers.package import MAX_FILE
    from lotproof.verify.pairing import recorded

    content = read_file(str(place), _HINT, MAX_FILE)
    order = read_order(content, place.name)
    files = json.loads(content)["provenance"].get("files") or {}
    return order, recorded(order, seal(order)), {str(digest): str(name) for name, digest in files.items()}


def _known_again(report: Report, written: Mapping[str, str]) -> Report:
    """Return a report that says so where the file is, byte for byte, one that ``order.json`` names."""
    name = written.get(dict(report.digests)["file"])
    if not name:
        return report
    return replace(report, notes=(*report.notes, say("the very file that order.json names {name}", name=name)))


def _verified(path: str, record: Order | None) -> tuple[Report, Known]:
    from lotproof.readers.package import MAX_FILE
    from lotproof.verify.pairing import known
    from lotproof.verify.verifying import verify

    report, inside = verify(read_file(path, _HINT, MAX_FILE), _name(path), record, _word_contract)
    return report, known(inside)


def _word_contract(order: Order) -> bytes:
    """See :func:`lotproof.api.word_contract`, which most contracts do not need."""
    from lotproof.api import word_contract

    return word_contract(order)


def _name(path: str) -> str:
    return "standard input" if path == "-" else Path(path).name


def _verdict(findings: tuple[Finding, ...]) -> Message:
    return say("not ours") if any(f.code == "LP700" for f in findings) else say("refused")


def _apart(pair: Pair, files: tuple[str, ...]) -> Finding:
    from lotproof.verify.saying import HINTS

    return Finding(where=" and ".join(map(_name, files)), code=pair.code, message=pair.message, hint=HINTS[pair.code])


# for people


def _lines(report: Report, language: str) -> Iterator[str]:
    from lotproof.verify.saying import HINTS

    verdict = in_language(report.verdict, language).upper()
    yield f"{report.name}: {click.style(verdict, fg='red' if report.changes else 'green')}"
    yield from _wrapped(_head(report), 2, language)
    for what, digest in report.digests:
        yield f"  {what:<8}{digest}"
    for change in report.changes[:_MOST]:
        yield from _change(change, language)
    if len(report.changes) > _MOST:
        more = say("... and {n:,} more changes; --json has all of them", n=len(report.changes) - _MOST)
        yield from _wrapped(more, 2, language)
    for code in dict.fromkeys(change.code for change in report.changes):
        yield from _wrapped(say("{code}: {text}", code=code, text=HINTS[code]), 2, language)
    if report.filled:
        filled = say("filled in by hand ({n}), which is no change:", n=len(report.filled))
        yield from _wrapped(filled, 2, language)
        for one in report.filled:
            yield from _wrapped(say("{what}: {text}", what=one.tag, text=one.value), _INDENT, language)
    for note in report.notes:
        yield from _wrapped(say("note: {text}", text=note), 2, language)


def _head(report: Report) -> Message:
    number: Message | str = report.number or say("without a number")
    if report.revision:
        number = say("{number} revision {revision}", number=number, revision=report.revision)
    kind = _KINDS.get(report.kind) or as_it_stands(report.kind)
    head = say("{kind} of order {number} in {languages: and }", kind=kind, number=number, languages=report.languages)
    return say("{what}, a DRAFT", what=head) if report.draft else head


def _change(change: Change, language: str) -> Iterator[str]:
    from lotproof.verify.saying import excerpt, place

    was, now = excerpt(change.was, change.now)
    head = say("{code} {text}", code=change.code, text=place(change))
    yield from _wrapped(say("{what}: {text}", what=head, text=change.about) if change.about else head, 2, language)
    if was:
        yield from _wrapped(say("was: {text}", text=was), _INDENT, language)
    if now:
        yield from _wrapped(say("is:  {text}", text=now), _INDENT, language)


def _wrapped(text: Message, indent: int, language: str) -> Iterator[str]:
    said = in_language(text, language).replace("\n", " / ")
    shown = "".join(c if c.isprintable() else " " if c.isspace() else f"<U+{ord(c):04X}>" for c in said)
    first, *more = (part for line in wrapped(shown, indent + 2) for part in _broken(line, indent + 2))
    yield first[2:]
    yield from more


def _broken(line: str, indent: int) -> Iterator[str]:
    """Yield a line in parts where a single word is too long for one: what others typed may be of any length."""
    while len(line) > WIDTH:
        yield line[:WIDTH]
        line = " " * indent + line[WIDTH:]
    yield line


# for programs


def _json(report: Report, language: str) -> dict[str, Any]:
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
                "was": in_language(change.was, language),
                "is": in_language(change.now, language),
                "about": in_language(change.about, language),
            }
            for change in report.changes
        ],
        "filled": [{"tag": one.tag, "clause": one.clause, "value": one.value} for one in report.filled],
        "notes": [in_language(note, language) for note in report.notes],
    }
