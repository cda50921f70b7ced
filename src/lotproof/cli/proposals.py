"""``lotproof proposals``."""

from __future__ import annotations

import datetime
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from lotproof import api
from lotproof.cli.days import own_day, read_today
from lotproof.cli.files import read_file, write_files
from lotproof.cli.language import lang_option
from lotproof.cli.output import finding_json, print_json, show_findings
from lotproof.messages import Message, in_language, say
from lotproof.questions.paths import written
from lotproof.questions.proposals import Proposal, changed, changes, chosen
from lotproof.questions.source import Source
from lotproof.questions.toml_text import toml_text

EPILOG = """\b
Examples:
  lotproof proposals answers.toml supplier.xlsx
  lotproof proposals answers.toml supplier.xlsx --accept seller.registration
  lotproof proposals answers.toml supplier.xlsx --accept-all --by "Ada Buyer" -o new.toml
  lotproof proposals answers.toml supplier.xlsx --json

\b
Each reply of the supplier is a proposal: nothing of it is in the order before you
accept it. In a terminal each is asked for; else, and without --accept, they are
listed only. What is accepted goes into a new file, answers-accepted.toml if -o
names none; its origin there is "supplier, confirmed by buyer" with the day.
"""

_STATUS: Mapping[str, Message] = {
    "new": say("new"),
    "differs": say("differs"),
    "same": say("same"),
    "refused": say("refused"),
}
_COLOURS = {"new": "green", "differs": "yellow", "refused": "red", "same": None}


@click.command(epilog=EPILOG)
@click.argument("answers", metavar="ANSWERS")
@click.argument("workbook", metavar="SUPPLIER.xlsx")
@click.option("--accept", "names", multiple=True, metavar="PATH", help="Take this proposal; may be repeated.")
@click.option("--accept-all", "everything", is_flag=True, help="Take every proposal that is new or differs.")
@click.option("-o", "--output", metavar="FILE", help="Write the new answers here.")
@click.option("--by", default="", metavar="NAME", help="Who confirms them, for the order's own records.")
@click.option("--today", metavar="DATE", help="Take this as the day on which they are confirmed.")
@click.option("--force", is_flag=True, help="Overwrite the file where there is one.")
@lang_option("the questions")
@click.option("--json", "as_json", is_flag=True, help="Print the proposals as JSON.")
def command(
    answers: str,
    workbook: str,
    names: tuple[str, ...],
    everything: bool,
    output: str | None,
    by: str,
    today: str | None,
    force: bool,
    language: str,
    as_json: bool,
) -> None:
    """List what the supplier has written in SUPPLIER.xlsx beside ANSWERS, and take over what the buyer accepts."""
    day = read_today(today) or own_day()
    name = Path(answers).name if answers != "-" else "standard input"
    given, proposals, found = api.proposals(read_file(answers), name, read_file(workbook), Path(workbook).name)
    accepted = [p for p in proposals if p.open] if everything else list(chosen(proposals, names))
    if not as_json:
        show_findings(found, as_json=False)
        ask = not (names or everything) and sys.stdin.isatty() and sys.stdout.isatty()
        for proposal in proposals:
            _show(proposal, language)
            if ask and proposal.open and click.confirm(f"  {in_language(say('accept?'), language)}", default=False):
                accepted.append(proposal)
        _count(proposals, language)
    target = None
    if accepted:
        target = Path(output) if output else Path(answers if answers != "-" else "answers.toml").with_suffix("")
        target = target if output else target.with_name(f"{target.name}-accepted.toml")
        content = _new_answers(given, accepted, by, day, language)
        write_files(target.parent, {target.name: content.encode()}, force=force)
    if as_json:
        rows = [_json(proposal, accepted, language) for proposal in proposals]
        file = str(target) if target else None
        print_json({"proposals": rows, "file": file, "findings": [finding_json(f) for f in found]})
    elif target is not None:
        done = say("{count} accepted: {file}", count=len(accepted), file=str(target))
        click.echo(in_language(done, language))


def _new_answers(given: Source, accepted: Sequence[Proposal], by: str, day: datetime.date, language: str) -> str:
    """Return the answers with what was accepted: the file as it was written, or a whole new one for a workbook."""
    from lotproof.catalog.loading import load_category
    from lotproof.cli.editing import edited
    from lotproof.questions.printing import answers_text

    made = changes(given.data, accepted, day, by)
    wanted = changed(given.data, made)
    text = edited(given.text, wanted) if given.text else None
    return text if text is not None else answers_text(load_category(given.data["category"]), wanted, language)


def _show(proposal: Proposal, language: str) -> None:
    status = in_language(_STATUS[proposal.status], language)
    click.echo(f"{written(proposal.path)}  {click.style(status, fg=_COLOURS[proposal.status])}")
    if question := proposal.question.text.get(language):
        click.echo(f"  {question}")
    lines = [
        say("yours:  {value}", value=_value(proposal.yours)),
        say("theirs: {value}  ({where})", value=_value(proposal.theirs), where=proposal.where),
    ]
    if proposal.remark:
        lines.append(say("remark: {remark}", remark=_line(proposal.remark)))
    if proposal.why:
        lines.append(say("why not: {why}", why=proposal.why))
    for line in lines:
        click.echo(f"  {in_language(line, language)}")


def _count(proposals: Sequence[Proposal], language: str) -> None:
    counts = {status: sum(p.status == status for p in proposals) for status in _STATUS}
    parts = [say("{count} {status}", count=n, status=_STATUS[status]) for status, n in counts.items() if n]
    click.echo(in_language(say("{parts}", parts=parts) if parts else say("no replies"), language))


def _value(value: Any) -> str:
    return "-" if value is None else _line(toml_text(value))


def _line(text: str) -> str:
    return " ".join("".join(c if c.isprintable() or c.isspace() else "?" for c in text).split())


def _json(proposal: Proposal, accepted: Sequence[Proposal], language: str) -> dict[str, Any]:
    plain = {"yours": proposal.yours, "theirs": proposal.theirs}
    return {
        "path": written(proposal.path),
        "question": proposal.question.text,
        "status": proposal.status,
        **{key: None if value is None else _plain(value) for key, value in plain.items()},
        "where": proposal.where,
        "remark": proposal.remark,
        "why": in_language(proposal.why or "", language),
        "accepted": proposal in accepted,
    }


def _plain(value: Any) -> Any:
    """Return a value as JSON holds it; numbers with a point and days as text, as in an order file."""
    import json

    return json.loads(json.dumps(value, default=str))
