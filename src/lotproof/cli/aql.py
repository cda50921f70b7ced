"""``lotproof aql``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lotproof import sampling
from lotproof.findings import Finding, Refused, did_you_mean, quoted
from lotproof.quantity import parse_number

if TYPE_CHECKING:
    from lotproof.sampling import Plan

EPILOG = """\b
Examples:
  lotproof aql 3000 --aql 2.5
  lotproof aql 3000 --aql 2.5 --aql 4.0 --explain
  lotproof aql 3000 --aql 2.5 --plan double --severity tightened
  lotproof aql 3000 --aql 2.5 --compare 1.5,4.0,I,III --minutes 3
  lotproof aql 3000 --aql 2.5 --plot curve.svg
  lotproof aql 3000 --lq 1.8
  lotproof aql 3000 --aql 2.5 --json

\b
Curves and risks are for your own reports; a contract states the plan.
"""

_ZERO = "a class that tolerates no defect has Ac 0 on a sample of its own: --lq 1.8 finds its size for an LQ of 1.8 %"
_MAX_LOT = Decimal(10**12)


@click.command(epilog=EPILOG)
@click.argument("lot", metavar="LOT")
@click.option("--aql", "aqls", multiple=True, metavar="AQL", help="An AQL of the series; may be given more than once.")
@click.option("--level", default="II", show_default=True, help="Inspection level: I, II, III, S-1 to S-4.")
@click.option("--severity", default="normal", show_default=True, help="normal, tightened or reduced.")
@click.option("--plan", "kind", default="single", show_default=True, help="single, double or multiple.")
@click.option("--standard", default="ISO 2859-1:1999", show_default=True, help="Standard with its edition.")
@click.option(
    "--counting",
    type=click.Choice(["units", "nonconformities"]),
    help="What an AQL counts: nonconforming units, or nonconformities per 100 units [units up to AQL 10].",
)
@click.option("--lq", metavar="PERCENT", help="Also the accept-zero plan that fails lots of this quality.")
@click.option("--beta", default="10", show_default=True, metavar="PERCENT", help="How often such a lot may pass.")
@click.option("--explain", is_flag=True, help="Print each step: lot band, letter, arrow taken, plan.")
@click.option(
    "--compare", multiple=True, metavar="WHAT", help="Compare with other AQLs or levels: 4.0 or I, or 1.5,4.0,I."
)
@click.option("--minutes", metavar="NUMBER", help="Minutes to inspect one unit, for the comparison.")
@click.option("--plot", metavar="FILE.svg", help="Draw the OC curve into this file.")
@click.option("--force", is_flag=True, help="Overwrite the file of --plot.")
@click.option("--json", "as_json", is_flag=True, help="Print the plans and their risks as JSON.")
def command(
    lot: str,
    aqls: tuple[str, ...],
    level: str,
    severity: str,
    kind: str,
    standard: str,
    counting: str | None,
    lq: str | None,
    beta: str,
    explain: bool,
    compare: tuple[str, ...],
    minutes: str | None,
    plot: str | None,
    force: bool,
    as_json: bool,
) -> None:
    """Find the sampling plan for a LOT of so many units, and say what it lets through."""
    if not aqls and lq is None:
        raise click.UsageError("give an AQL with --aql, such as --aql 2.5; or a limiting quality with --lq")
    asked = _Asked(lot, counting, level=level, severity=severity, kind=kind, standard=standard)
    plans = asked.plans("--aql", [(level, text) for text in dict.fromkeys(aqls)])
    others = asked.plans("--compare", _others(compare, level, aqls)) if plans else []
    zero = asked.accept_zero(lq, beta) if lq is not None else None
    each = asked.number("--minutes", minutes) if minutes is not None else None
    if plot is not None:
        asked.findings.extend(_wrong_picture(plot, [asked.model(p) for p in plans]))
    if asked.findings:
        raise Refused(asked.findings)
    from lotproof.cli import plans as printed
    from lotproof.cli.output import print_json

    rows = [printed.compare_json(p, asked.model(p), each) for p in [*plans, *others]] if compare or each else []
    steps = [sampling.explain(**_arguments(p)) for p in plans] if explain else []
    if plot is not None:
        _draw(plot, plans, asked, force=force)
    if as_json:
        found: list[dict[str, Any]] = [printed.plan_json(p, asked.model(p)) for p in plans]
        for row, step in zip(found, steps, strict=False):
            row["explanation"] = list(printed.explanation_lines(step))
        data: dict[str, Any] = found[0] if len(found) == 1 else {"plans": found} if found else {}
        if zero:
            data["accept_zero"] = printed.accept_zero_json(zero)
        print_json(data | ({"compare": rows} if rows else {}))
        return
    pages: list[list[str]] = []
    if plans:
        pages.append(list(printed.plan_page(plans, {p.aql: asked.model(p) for p in plans})))
    pages += [[f"How AQL {s.plan.aql} is found:", *(f"  {x}" for x in printed.explanation_lines(s))] for s in steps]
    if rows:
        pages.append(list(printed.compare_page(rows)))
    if zero:
        pages.append([printed.accept_zero_line(zero)])
    if plot is not None:
        pages.append([plot])
    click.echo("\n\n".join("\n".join(page) for page in pages))


class _Asked:
    """What was asked for, read piece by piece; what is wrong with it comes together in ``findings``."""

    def __init__(self, lot: str, counting: str | None, **how: str) -> None:
        """LP153: level, severity, kind of sampling or standard is unknown, or has no verified plan."""
        self.findings: list[Finding] = []
        self.counting = counting
        self.how = how
        self.lot = self._lot(lot)
        for name, known in (("level", sampling.LEVELS), ("severity", sampling.SEVERITIES), ("kind", sampling.KINDS)):
            if how[name] not in known:
                option = "--plan" if name == "kind" else f"--{name}"
                self._find(option, "LP153", f"unknown {name} {quoted(how[name])}", did_you_mean(how[name], known))
        self.known = not any(finding.code == "LP153" for finding in self.findings)

    def plans(self, option: str, wanted: Sequence[tuple[str, str]]) -> list[Plan]:
        """Return the plan of each level and AQL; where something else is wrong, only the AQLs are read."""
        found = []
        for level, text in wanted:
            aql = self._aql(option, text)
            if aql is None or self.lot is None or not self.known:
                continue
            try:
                how = self.how | {"level": level}
                found.append(sampling.plan(lot_size=self.lot, aql=aql, **how))
            except sampling.NoPlan as error:
                message, _, hint = str(error).partition(": ")
                hint = hint or "ask for another edition, kind of sampling or AQL"
                finding = Finding(where=f"{option} {text}", code="LP153", message=message, hint=hint)
                if (message, hint) not in [(f.message, f.hint) for f in self.findings]:
                    self.findings.append(finding)
        return found

    def model(self, plan: Plan) -> str:
        """Return the model by which the risks of a plan are counted."""
        from lotproof.sampling.risk import model_of

        return "poisson" if self.counting == "nonconformities" else model_of(plan)

    def number(self, option: str, text: str) -> Decimal | None:
        """LP155: an option that wants a number above 0."""
        try:
            number = parse_number(text.removesuffix("%"))
        except ValueError as error:
            self._find(option, "LP155", f"{quoted(text)} is no number: {error}", "write a number such as 6.5")
            return None
        if number <= 0:
            self._find(option, "LP155", f"{quoted(text)} is not above 0", "write a number such as 6.5")
            return None
        return number

    def accept_zero(self, lq: str, beta: str) -> Any:
        """Return the accept-zero plan."""
        from lotproof.sampling.isolated import accept_zero

        quality, share = self.number("--lq", lq), self.number("--beta", beta)
        if quality is None or share is None or self.lot is None:
            return None
        try:
            return accept_zero(lq=quality, beta=share / 100, lot_size=self.lot)
        except sampling.NoPlan as error:
            message, _, hint = str(error).partition(": ")
            self._find("--lq", "LP155", message, hint)
            return None

    def _lot(self, text: str) -> int | None:
        """LP150: a lot has 2 units or more."""
        try:
            number = parse_number(text)
        except ValueError as error:
            self._find("LOT", "LP150", f"{quoted(text)} is no lot size: {error}", "write the units of the lot: 3000")
            return None
        if number != int(number) or number > _MAX_LOT:
            message = f"{quoted(text)} is no lot size: a lot has whole units, {int(_MAX_LOT):,} at most"
            self._find("LOT", "LP150", message, "write the units of the lot: 3000")
            return None
        if number < 2:
            hint = "inspect every unit" if number == 1 else "write the units of the lot: 3000"
            self._find("LOT", "LP150", f"a lot of {int(number)} has no sampling plan: plans begin with 2 units", hint)
            return None
        return int(number)

    def _aql(self, option: str, text: str) -> Decimal | None:
        """LP151: an AQL is one of the series; LP152: above 10 it is no percentage."""
        known = f"the series: {', '.join(map(str, sampling.aqls()))}"
        try:
            aql = parse_number(text.strip().removesuffix("%"))
        except ValueError as error:
            self._find(option, "LP151", f"{quoted(text)} is no AQL: {error}", _ZERO if text == "zero" else known)
            return None
        if aql not in sampling.aqls():
            near = [str(a) for a in sampling.neighbours(aql) if a is not None]
            hint = f"take {' or '.join(near)}"
            if aql <= 0:
                hint = _ZERO
            self._find(option, "LP151", f"AQL {aql} is not in the series of the standard", hint)
            return None
        if aql > 10 and (text.strip().endswith("%") or self.counting == "units"):
            message = f"AQL {aql} is no percentage of nonconforming units: above 10 an AQL counts nonconformities per 100 units"
            hint = "take 10 or less, or count every nonconformity: --counting nonconformities, without a percent sign"
            self._find(option, "LP152", message, hint)
            return None
        return aql

    def _find(self, where: str, code: str, message: str, hint: str) -> None:
        self.findings.append(Finding(where=where, code=code, message=message, hint=hint))


def _others(compare: Sequence[str], level: str, aqls: Sequence[str]) -> list[tuple[str, str]]:
    """Return level and AQL of each row to compare with: a level goes with every AQL asked for, an AQL with the level."""
    found: list[tuple[str, str]] = []
    for word in (part.strip() for text in compare for part in text.split(",")):
        found += [(word, aql) for aql in aqls] if word in sampling.LEVELS else [(level, word)]
    return found


def _wrong_picture(plot: str, models: Sequence[str]) -> Iterator[Finding]:
    """LP154: curves are drawn as SVG, on one axis, of a plan."""
    if not plot.lower().endswith(".svg"):
        message = f"{quoted(Path(plot).name)} does not end in .svg: curves are drawn as SVG only; a PNG needs fonts and an image library"
        hint = "name the file .svg; a browser, Word or Inkscape makes a PNG of it"
        yield Finding(where="--plot", code="LP154", message=message, hint=hint)
    elif len(set(models)) > 1:
        message = "percent nonconforming and nonconformities per 100 units do not share an axis"
        hint = "draw AQLs up to 10 and above 10 apart, or all with --counting nonconformities"
        yield Finding(where="--plot", code="LP154", message=message, hint=hint)
    elif not models:
        hint = "give an AQL of the series with --aql"
        yield Finding(where="--plot", code="LP154", message="there is no plan to draw", hint=hint)


def _draw(plot: str, plans: Sequence[Plan], asked: _Asked, *, force: bool) -> None:
    from lotproof.cli.files import write_files
    from lotproof.sampling.picture import Line, picture
    from lotproof.sampling.risk import risk

    first = plans[0]
    title = f"Lots of {first.lot_size:,}: {first.standard}, level {first.level}, {first.severity}, {first.kind}"
    lines = [
        Line(
            label=f"AQL {p.aql}: n {'+'.join(str(s.n) for s in p.stages)}, Ac {p.ac}",
            risk=risk(p, asked.model(p)),
            aql=p.aql,
        )
        for p in plans
    ]
    target = Path(plot)
    write_files(target.parent, {target.name: picture(title, lines).encode()}, force=force)


def _arguments(plan: Plan) -> dict[str, Any]:
    names = ("lot_size", "level", "aql", "severity", "kind", "standard")
    return {name: getattr(plan, name) for name in names}
