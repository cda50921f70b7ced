"""``lotproof aql``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lotproof import sampling
from lotproof.findings import Finding, Refused, did_you_mean, quoted
from lotproof.frozen import replace
from lotproof.messages import Message, reason, say
from lotproof.quantity import parse_number

if TYPE_CHECKING:
    from lotproof.sampling import Plan
    from lotproof.sampling.switching import Next

EPILOG = """\b
Examples:
  lotproof aql 3000 --aql 2.5
  lotproof aql 3000 --aql 2.5 --aql 4.0 --explain
  lotproof aql 3000 --aql 2.5 --plan double --severity tightened
  lotproof aql 3000 --aql 2.5 --compare 1.5,4.0,I,III --minutes 3
  lotproof aql 60 --aql 2.5 --aql 4.0 --samples largest
  lotproof aql 3000 --aql 2.5 --plot curve.svg
  lotproof aql 3000 --aql 2.5 --history lots.toml --steady --approved
  lotproof aql 3000 --lq 1.8
  lotproof aql 3000 --aql 2.5 --json

\b
Curves and risks are for your own reports; a contract states the plan.
"""

_ZERO = say(
    "a class that tolerates no defect has Ac 0 on a sample of its own: --lq 1.8 finds its size for an LQ of 1.8 %"
)
_MAX_LOT = Decimal(10**12)


@click.command(epilog=EPILOG)
@click.argument("lot", metavar="LOT")
@click.option("--aql", "aqls", multiple=True, metavar="AQL", help="An AQL of the series; may be given more than once.")
@click.option("--level", default="II", show_default=True, help="Inspection level: I, II, III, S-1 to S-4.")
@click.option("--severity", help="normal, tightened or reduced [normal, or what --history leads to].")
@click.option("--plan", "kind", default="single", show_default=True, help="single, double or multiple.")
@click.option("--standard", default="ISO 2859-1:1999", show_default=True, help="Standard with its edition.")
@click.option(
    "--counting",
    type=click.Choice(["units", "nonconformities"]),
    help="What an AQL counts: nonconforming units, or nonconformities per 100 units [units up to AQL 10].",
)
@click.option(
    "--samples",
    type=click.Choice(sampling.SAMPLES),
    default="nested",
    show_default=True,
    help="Several AQLs on one lot: each on its own n, or all at the largest letter, Ac and Re read again.",
)
@click.option(
    "--history", metavar="FILE", help="Lots of this factory and product so far (TOML, JSON): what is due next."
)
@click.option("--steady", is_flag=True, help="Production is at a steady rate: needed for reduced inspection.")
@click.option("--approved", is_flag=True, help="The buyer wants reduced inspection where the history allows it.")
@click.option("--lq", metavar="PERCENT", help="Also the accept-zero plan that fails lots of this quality.")
@click.option("--beta", default="10", show_default=True, metavar="PERCENT", help="How often such a lot may pass.")
@click.option("--explain", is_flag=True, help="Print each step: lot band, letter, arrow taken, plan.")
@click.option(
    "--compare", multiple=True, metavar="WHAT", help="Compare with other AQLs or levels: 4.0 or I, or 1.5,4.0,I."
)
@click.option("--minutes", metavar="NUMBER", help="Minutes to inspect one unit, for the comparison.")
@click.option("--plot", metavar="FILE", help="Draw the OC curve into this file, .svg or .png.")
@click.option("--force", is_flag=True, help="Overwrite the file of --plot.")
@click.option("--json", "as_json", is_flag=True, help="Print the plans and their risks as JSON.")
def command(
    lot: str,
    aqls: tuple[str, ...],
    level: str,
    severity: str | None,
    kind: str,
    standard: str,
    counting: str | None,
    samples: str,
    history: str | None,
    steady: bool,
    approved: bool,
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
    if history is not None and severity is not None:
        raise click.UsageError("--history says what severity is due: leave out --severity")
    due = _due(history, standard, steady=steady, approved=approved) if history is not None else None
    used = due.severity if due else severity or "normal"
    asked = _Asked(lot, counting, level=level, severity=used, kind=kind, standard=standard)
    plans = asked.together(asked.plans("--aql", [(level, text) for text in dict.fromkeys(aqls)]), samples)
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
        if due:
            data["switching"] = printed.switching_json(due)
        if zero:
            data["accept_zero"] = printed.accept_zero_json(zero)
        print_json(data | ({"compare": rows} if rows else {}))
        return
    pages: list[list[str]] = (
        [[f"Next lot: {due.severity} inspection. {due.why[:1].upper()}{due.why[1:]}."]] if due else []
    )
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


def _due(path: str, standard: str, *, steady: bool, approved: bool) -> Next:
    """
    Return what the next lot is to be inspected under.

    LP159: nothing, since inspection is discontinued.
    """
    from lotproof.cli.files import read_file
    from lotproof.sampling.history import read_history
    from lotproof.sampling.switching import next_severity

    name = Path(path).name
    try:
        due = next_severity(read_history(_lots(read_file(path), name)), standard, steady=steady, approved=approved)
    except Refused as refused:
        raise Refused([replace(f, where=_inside(name, f.where)) for f in refused.findings]) from None
    if due.severity == "discontinued":
        hint = say(
            "agree on what the supplier changes; the first lot after it says resumed = true and is inspected tightened"
        )
        message = say("inspection is discontinued: {why}", why=due.why)
        raise Refused([Finding(where=name, code="LP159", message=message, hint=hint)])
    return due


def _lots(content: bytes, name: str) -> Sequence[Any]:
    """LP156: a history file holds its lots under ``lots``."""
    if content.lstrip()[:1] in (b"[", b"{") and not content.lstrip().startswith(b"[["):
        import json

        try:
            data = json.loads(content)
        except (ValueError, RecursionError) as error:
            finding = Finding(
                where=name,
                code="LP156",
                message=say("no JSON: {why}", why=str(error)),
                hint=say("correct it, or write TOML"),
            )
            raise Refused([finding]) from None
        rows = data.get("lots") if isinstance(data, dict) else data
    else:
        from lotproof.sources import parse_toml

        rows = parse_toml(content, name)[0].get("lots")
    if not isinstance(rows, list):
        hint = say('write [[lots]] with lot = "L1", severity = "normal", accepted = true for each lot')
        raise Refused([Finding(where=name, code="LP156", message=say("there are no lots in it"), hint=hint)])
    return rows


def _inside(name: str, where: str) -> str:
    return where if where.startswith(name) else f"{name}: {where}"


class _Asked:
    """What was asked for, read piece by piece; what is wrong with it comes together in ``findings``."""

    def __init__(self, lot: str, counting: str | None, **how: str) -> None:
        """LP153: level, severity, kind of sampling or standard is unknown, or has no verified plan."""
        self.findings: list[Finding] = []
        self.counting = counting
        self.how = how
        self.lot = self._lot(lot)
        for name, what, known in (
            ("level", say("level"), sampling.LEVELS),
            ("severity", say("severity"), sampling.SEVERITIES),
            ("kind", say("kind"), sampling.KINDS),
        ):
            if how[name] not in known:
                option = "--plan" if name == "kind" else f"--{name}"
                self._find(
                    option,
                    "LP153",
                    say("unknown {what} {value}", what=what, value=quoted(how[name])),
                    did_you_mean(how[name], known),
                )
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
                message, hint = error.message, error.hint or say("ask for another edition, kind of sampling or AQL")
                finding = Finding(where=f"{option} {text}", code="LP153", message=message, hint=hint)
                if (message, hint) not in [(f.message, f.hint) for f in self.findings]:
                    self.findings.append(finding)
        return found

    def together(self, plans: list[Plan], samples: str) -> list[Plan]:
        """Return the plans of several classes of defects on one lot; where something is wrong, they stay as they are."""
        if samples == "nested" or len(plans) < 2:
            return plans
        first = plans[0]
        try:
            made = sampling.class_plans(
                {str(p.aql): p.aql for p in plans}, lot_size=first.lot_size, samples=samples, **self.how
            )
        except sampling.NoPlan as error:
            self._find("--samples", "LP153", error.message, error.hint or say("take --samples nested"))
            return plans
        return list(made.values())

    def model(self, plan: Plan) -> str:
        """Return the model by which the risks of a plan are counted."""
        from lotproof.sampling.risk import model_of

        return "poisson" if self.counting == "nonconformities" else model_of(plan)

    def number(self, option: str, text: str) -> Decimal | None:
        """LP155: an option that wants a number above 0."""
        try:
            number = parse_number(text.removesuffix("%"))
        except ValueError as error:
            self._find(
                option,
                "LP155",
                say("{text} is no number: {why}", text=quoted(text), why=reason(error)),
                say("write a number such as 6.5"),
            )
            return None
        if number <= 0:
            self._find(
                option, "LP155", say("{text} is not above 0", text=quoted(text)), say("write a number such as 6.5")
            )
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
            self._find("--lq", "LP155", error.message, error.hint or say("write a number such as 6.5"))
            return None

    def _lot(self, text: str) -> int | None:
        """LP150: a lot has 2 units or more."""
        try:
            number = parse_number(text)
        except ValueError as error:
            self._find(
                "LOT",
                "LP150",
                say("{text} is no lot size: {why}", text=quoted(text), why=reason(error)),
                say("write the units of the lot: 3000"),
            )
            return None
        if number != int(number) or number > _MAX_LOT:
            message = say(
                "{text} is no lot size: a lot has whole units, {most:,} at most", text=quoted(text), most=int(_MAX_LOT)
            )
            self._find("LOT", "LP150", message, say("write the units of the lot: 3000"))
            return None
        if number < 2:
            hint = say("inspect every unit") if number == 1 else say("write the units of the lot: 3000")
            self._find(
                "LOT",
                "LP150",
                say("a lot of {number} has no sampling plan: plans begin with 2 units", number=int(number)),
                hint,
            )
            return None
        return int(number)

    def _aql(self, option: str, text: str) -> Decimal | None:
        """LP151: an AQL is one of the series; LP152: above 10 it is no percentage."""
        known = say("the series: {known}", known=[str(aql) for aql in sampling.aqls()])
        try:
            aql = parse_number(text.strip().removesuffix("%"))
        except ValueError as error:
            self._find(
                option,
                "LP151",
                say("{text} is no AQL: {why}", text=quoted(text), why=reason(error)),
                _ZERO if text == "zero" else known,
            )
            return None
        if aql not in sampling.aqls():
            near = [str(a) for a in sampling.neighbours(aql) if a is not None]
            hint = say("take {near: or }", near=near)
            if aql <= 0:
                hint = _ZERO
            self._find(option, "LP151", say("AQL {aql} is not in the series of the standard", aql=aql), hint)
            return None
        if aql > 10 and (text.strip().endswith("%") or self.counting == "units"):
            message = say(
                "AQL {aql} is no percentage of nonconforming units: above 10 an AQL counts nonconformities per 100 units",
                aql=aql,
            )
            hint = say(
                "take 10 or less, or count every nonconformity: --counting nonconformities, without a percent sign"
            )
            self._find(option, "LP152", message, hint)
            return None
        return aql

    def _find(self, where: str, code: str, message: Message, hint: Message) -> None:
        self.findings.append(Finding(where=where, code=code, message=message, hint=hint))


def _others(compare: Sequence[str], level: str, aqls: Sequence[str]) -> list[tuple[str, str]]:
    """Return level and AQL of each row to compare with: a level goes with every AQL asked for, an AQL with the level."""
    found: list[tuple[str, str]] = []
    for word in (part.strip() for text in compare for part in text.split(",")):
        found += [(word, aql) for aql in aqls] if word in sampling.LEVELS else [(level, word)]
    return found


def _wrong_picture(plot: str, models: Sequence[str]) -> Iterator[Finding]:
    """LP154: curves are drawn as SVG or PNG, on one axis, of a plan."""
    ending = Path(plot).suffix.lower()
    if ending not in (".svg", ".png"):
        message = say("{name} ends in neither .svg nor .png", name=quoted(Path(plot).name))
        yield Finding(where="--plot", code="LP154", message=message, hint=say("name the file curve.svg or curve.png"))
    elif ending == ".png" and find_spec("PIL") is None:
        hint = say('install it with: pip install "lotproof[png]"; or name the file .svg, which needs nothing')
        yield Finding(
            where="--plot", code="LP154", message=say("a PNG needs Pillow, which is not installed"), hint=hint
        )
    elif len(set(models)) > 1:
        message = say("percent nonconforming and nonconformities per 100 units do not share an axis")
        hint = say("draw AQLs up to 10 and above 10 apart, or all with --counting nonconformities")
        yield Finding(where="--plot", code="LP154", message=message, hint=hint)
    elif not models:
        hint = say("give an AQL of the series with --aql")
        yield Finding(where="--plot", code="LP154", message=say("there is no plan to draw"), hint=hint)


def _draw(plot: str, plans: Sequence[Plan], asked: _Asked, *, force: bool) -> None:
    from lotproof.cli.files import write_files
    from lotproof.sampling.drawing import png, svg
    from lotproof.sampling.picture import HEIGHT, WIDTH, Line, picture
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
    target, size, shapes = Path(plot), (WIDTH, HEIGHT), picture(title, lines)
    content = png(shapes, size) if target.suffix.lower() == ".png" else svg(title, shapes, size)
    write_files(target.parent, {target.name: content}, force=force)


def _arguments(plan: Plan) -> dict[str, Any]:
    names = ("lot_size", "level", "aql", "severity", "kind", "standard")
    return {name: getattr(plan, name) for name in names}
