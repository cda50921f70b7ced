"""A filled form beside the order it is judged by: is it a form of that order, of another revision of it, or of another order?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from lotproof.findings import Finding, Refused, Severity, quoted
from lotproof.frozen import Frozen, replace
from lotproof.inspection.form import Given, read_form
from lotproof.messages import say
from lotproof.orders.digests import Seal, seal
from lotproof.orders.model import Order
from lotproof.quantity import Unit
from lotproof.records.model import Record, Verdict
from lotproof.records.values import printable
from lotproof.records.verdicts import judge_record, unchanged

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

_TOML = (b"{", b"PK", b"\xd0\xcf\x11\xe0", b"\xef\xbb\xbf{")


class Inspected(Frozen, kw_only=True):
    """
    A filled form and what it comes to.

    Attributes:
        order: by which it was judged: the one that was given, else the one that the form carries.
        sealed: its digests.
    """

    order: Order
    sealed: Seal
    verdict: Verdict


def inspect(
    content: bytes,
    name: str,
    order: Order | None = None,
    later: Sequence[tuple[bytes, str]] = (),
    report: tuple[bytes, str] | None = None,
    zone: ZoneInfo | None = None,
) -> Inspected:
    """
    Judge a filled form; see :func:`lotproof.api.inspect`.

    Raises:
        Refused: it cannot be read, or belongs to another order.
    """
    name = printable(name)
    sealed_order = (order, seal(order)) if order else None
    first = _read(content, name, sealed_order, report)
    others = [_read(data, printable(label), sealed_order, None) for data, label in later]
    judged_by, sealed = sealed_order or (first.order, first.sealed)
    findings: list[Finding] = []
    alike = None
    for one in (first, *others):
        number = judged_by.header.number
        if one.record.digest == sealed.digest:
            continue
        if one is not first or not number or one.record.number != number:
            findings.append(_other_order(one.record, number or "", sealed.digest))
    if findings:
        raise Refused(findings)
    if first.record.digest != sealed.digest:
        alike = unchanged(judged_by, first.order)
        findings.append(_other_revision(first.record, judged_by.header.revision or ""))
    if order is None:
        findings.append(_by_itself(name))
    if judged_by.draft:
        findings.append(_draft(name))
    record = replace(first.record, findings=(*findings, *first.record.findings))
    verdict = judge_record(judged_by, sealed.digest, record, units, [one.record for one in others], alike)
    if verdict.incident is not None:
        from lotproof.inspection.incident import with_incident

        verdict = with_incident(verdict, zone)
    return Inspected(order=judged_by, sealed=sealed, verdict=verdict)


def verdict_files(inspected: Inspected, languages: tuple[str, ...], formats: Sequence[str]) -> dict[str, bytes]:
    """Return name and bytes of the verdict report in each format of the writers."""
    from lotproof.documents.verdict import verdict_report
    from lotproof.writers import WRITERS

    document = verdict_report(inspected.order, inspected.verdict, languages, inspected.sealed)
    return {f"verdict.{kind}": WRITERS[kind](document) for kind in formats}


def units() -> Mapping[str, Unit]:
    """Return the units in which readings may be written; the catalogue is loaded where somebody wrote one."""
    from lotproof.catalog import loading

    return loading.units()


def _read(content: bytes, name: str, order: tuple[Order, Seal] | None, report: tuple[bytes, str] | None) -> Given:
    if content.lstrip(b" \t\r\n").startswith(_TOML):
        return read_form(content, name, units, order)
    from lotproof.inspection.transcripts import read_transcript

    return read_transcript(content, name, order, report, units)


def _other_order(record: Record, number: str, digest: str) -> Finding:
    """LP801: a form of another order."""
    theirs = f"{record.number} {record.revision}".strip() or "?"
    return Finding(
        where=record.source.name,
        code="LP801",
        message=say(
            "this form belongs to {theirs}, {their_digest}; the order is {number}, {digest}",
            theirs=quoted(theirs),
            their_digest=record.digest[:16],
            number=quoted(number),
            digest=digest[:16],
        ),
        hint=say("give the order that this form was built with: --order with its order.json, or leave --order out"),
    )


def _other_revision(record: Record, revision: str) -> Finding:
    """LP802: a form of another revision of the order."""
    return Finding(
        where=record.source.name,
        code="LP802",
        severity=Severity.OPEN,
        message=say(
            "this form belongs to revision {theirs} of the order, which is now {revision}",
            theirs=quoted(record.revision),
            revision=quoted(revision),
        ),
        hint=say(
            "no lot gets a verdict under another revision; have it inspected by the checklist of this one, "
            "or give --order with the old one"
        ),
    )


def _by_itself(name: str) -> Finding:
    """LP815: nothing but the form says what was agreed."""
    return Finding(
        where=name,
        code="LP815",
        severity=Severity.NOTE,
        message=say("it was judged by the order that the form itself carries"),
        hint=say("give --order with your order.json, so that nobody else can have changed what was agreed"),
    )


def _draft(name: str) -> Finding:
    """LP820: the order was a draft."""
    return Finding(
        where=name,
        code="LP820",
        severity=Severity.NOTE,
        message=say("the order was a draft when this form was printed: nothing in it may be agreed yet"),
        hint=say("build it with --final once every blank is answered, and have it inspected by that checklist"),
    )
