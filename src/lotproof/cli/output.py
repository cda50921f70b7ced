"""What commands say: findings for people on stderr, or one JSON document on stdout."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import click

from lotproof.cli.language import spoken
from lotproof.findings import Finding, Severity
from lotproof.messages import Message, in_language, say

_COLOURS = {Severity.REFUSE: "red", Severity.OPEN: "yellow", Severity.NOTE: "blue"}
_SEVERITIES = {Severity.REFUSE: say("refuse"), Severity.OPEN: say("open"), Severity.NOTE: say("note")}


def finding_json(finding: Finding) -> dict[str, str]:
    """Return a finding as JSON, in the language that the command speaks."""
    language = spoken()
    return {
        "where": finding.where,
        "code": finding.code,
        "severity": finding.severity.value,
        "message": in_language(finding.message, language),
        "hint": in_language(finding.hint, language),
    }


def show_findings(findings: Sequence[Finding], *, as_json: bool, closing: str = "", **more: Any) -> None:
    """Print findings, worst first: to stderr for people with a ``closing`` line, or as JSON to stdout together with ``more``."""
    ordered = sorted(findings, key=lambda f: list(Severity).index(f.severity))
    if as_json:
        print_json({**more, "findings": [finding_json(f) for f in ordered]})
        return
    language = spoken()
    for finding in ordered:
        mark = click.style(in_language(_SEVERITIES[finding.severity], language), fg=_COLOURS[finding.severity])
        what = say("{mark} {code}: {message}", mark=mark, code=finding.code, message=finding.message)
        mend = say("mend: {hint}", hint=finding.hint)
        click.echo(f"{finding.where}\n  {in_language(what, language)}\n  {in_language(mend, language)}", err=True)
    if closing:
        click.echo(in_language(closing, language), err=True)


def counted(findings: Sequence[Finding]) -> Message:
    """Return how many findings stop the work: ``2 to mend, 3 open``."""
    refused = sum(f.severity is Severity.REFUSE for f in findings)
    still = sum(f.severity is Severity.OPEN for f in findings)
    parts = ((refused, say("{count} to mend", count=refused)), (still, say("{count} open", count=still)))
    return say("{parts}", parts=[words for count, words in parts if count])


def print_json(data: Any) -> None:
    """Print one JSON document to stdout."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=1))
