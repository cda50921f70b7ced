"""What commands say: findings for people on stderr, or one JSON document on stdout."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import click

from lotproof.findings import Finding, Severity

_COLOURS = {Severity.REFUSE: "red", Severity.OPEN: "yellow", Severity.NOTE: "blue"}


def finding_json(finding: Finding) -> dict[str, str]:
    """Return a finding as JSON."""
    return {
        "where": finding.where,
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "hint": finding.hint,
    }


def show_findings(findings: Sequence[Finding], *, as_json: bool, closing: str = "", **more: Any) -> None:
    """Print findings, worst first: to stderr for people with a ``closing`` line, or as JSON to stdout together with ``more``."""
    ordered = sorted(findings, key=lambda f: list(Severity).index(f.severity))
    if as_json:
        print_json({**more, "findings": [finding_json(f) for f in ordered]})
        return
    for finding in ordered:
        mark = click.style(finding.severity.value, fg=_COLOURS[finding.severity])
        click.echo(f"{finding.where}\n  {mark} {finding.code}: {finding.message}\n  mend: {finding.hint}", err=True)
    if closing:
        click.echo(closing, err=True)


def counted(findings: Sequence[Finding]) -> str:
    """Return how many findings stop the work: ``2 to mend, 3 open``."""
    refused = sum(f.severity is Severity.REFUSE for f in findings)
    still = sum(f.severity is Severity.OPEN for f in findings)
    return ", ".join(
        part for part in (f"{refused} to mend" if refused else "", f"{still} open" if still else "") if part
    )


def print_json(data: Any) -> None:
    """Print one JSON document to stdout."""
    click.echo(json.dumps(data, ensure_ascii=False, indent=1))
