"""``lotproof house update``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from lotproof.cli.language import lang_option

if TYPE_CHECKING:
    from lotproof.upkeep.house_updates import Update
    from lotproof.upkeep.three_way import Clause

EPILOG = """\b
Examples:
  lotproof house update houses/riverside-nordkauf --check
  lotproof house update houses/riverside-nordkauf
  lotproof house update houses/riverside-nordkauf --base houses/riverside@2.0.0 --check
  lotproof house update houses/riverside-nordkauf --from ../before/houses/riverside
  lotproof house update houses/riverside-nordkauf --decided contract.payment

\b
What HOUSE does not say itself arrives with its base; what both have changed is shown side by side, and the
words of HOUSE stay. Writes base_version into house.toml, and base.lock: what HOUSE has seen of its base.
Exit code 0: nothing waits; 1: a conflict waits for a decision, or with --check, something would be written.
"""


@click.command(epilog=EPILOG, short_help="Bring in what changed beneath a house.")
@click.argument("house", metavar="HOUSE")
@click.option("--base", metavar="DIR", help="The base in its new version, where it does not lie beside HOUSE yet.")
@click.option("--from", "before", metavar="DIR", help="The base in its earlier version, where HOUSE has no base.lock.")
@click.option(
    "--decided", multiple=True, metavar="ID", help="Keep the words of HOUSE in this conflict; may be repeated."
)
@click.option("--check", is_flag=True, help="Show only, and write nothing.")
@lang_option("the report")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON on stdout.")
def command(
    house: str,
    base: str | None,
    before: str | None,
    decided: tuple[str, ...],
    check: bool,
    language: str,
    as_json: bool,
) -> int:
    """Bring into HOUSE what changed in the house beneath it; show what both have changed side by side."""
    from lotproof.cli.files import write_files
    from lotproof.cli.output import show_findings
    from lotproof.upkeep.house_updates import unlike, update
    from lotproof.upkeep.house_versions import house_at

    folder, newer, older = (house_at(given) if given else None for given in (house, base, before))
    assert folder is not None
    found = update(folder, newer, older, decided)
    findings = () if check else unlike(folder, newer)
    write = bool(found.files) and not check and not findings
    if write:
        write_files(folder, found.files, force=True)
    if as_json:
        show_findings(findings, as_json=True, **_json(found, language, written=write))
    else:
        show_findings(findings, as_json=False)
        click.echo("\n".join(_page(found, language, written=write)))
    return int(bool(found.conflicts or findings or (check and found.files)))


def _page(found: Update, language: str, *, written: bool) -> Iterator[str]:
    from lotproof.changes.saying import phrase
    from lotproof.cli.changes import house_changes
    from lotproof.cli.columns import wrapped
    from lotproof.upkeep.three_way import CONFLICTS, Outcome

    def say(key: str, **values: object) -> str:
        return phrase("update", key)[language].format(**values)

    yield say("heading", house=found.house.id, base=found.base, old=found.old or "?", new=found.new)
    counts = {one: sum(clause.outcome is one for clause in found.clauses) for one in Outcome}
    yield from wrapped(
        say(
            "counted",
            conflicts=len(found.conflicts),
            **{one.value: counts[one] for one in Outcome if one not in CONFLICTS},
        ),
        0,
    )
    for outcome in Outcome:
        clauses = [one for one in found.clauses if one.outcome is outcome]
        if clauses:
            yield ""
            yield from wrapped(say(outcome), 0)
        for one in clauses:
            word = "" if outcome in (Outcome.KEPT, Outcome.SUPERFLUOUS) else say(_word(one))
            yield from wrapped("  ".join(part for part in (one.id, word, one.where) if part), 2)
            yield from house_changes(one.changes, language, 4) if outcome is not Outcome.KEPT else ()
            if outcome in CONFLICTS:
                yield from _beside(one, language)
    yield ""
    files = ", ".join(str(found.house.path / name) for name in found.files)
    yield from wrapped(say("written" if written else "again", files=files) if files else say("nothing"), 0)


def _word(one: Clause) -> str:
    if one.new is None:
        return "went"
    return "came" if one.old is None and one.changes else "changed"


def _beside(one: Clause, language: str) -> Iterator[str]:
    """Yield the three texts of a conflict, in each language."""
    from lotproof.changes.saying import phrase
    from lotproof.cli.columns import padded, wrapped

    for code in ("en", "zh"):
        for key, text in _texts(one, code).items():
            lead = f"{code}  {padded(phrase('update', key)[language], 14)}"
            shown = text if text is not None else phrase("update", "unknown" if key == "seen" else "none")[language]
            lines = list(wrapped(shown, 4 + 18))
            yield " " * 4 + lead + lines[0].lstrip(" ")
            yield from lines[1:]


def _texts(one: Clause, code: str) -> dict[str, str | None]:
    from lotproof.upkeep.said import DEFAULT, LABEL, text_of
    from lotproof.upkeep.said_catalogue import shown_said

    sides = {"seen": one.old, "now": one.new, "house": one.own}
    provision = one.id.startswith((LABEL, DEFAULT)) or any(said and "paragraph" in said for said in sides.values())
    if provision:
        return {key: None if said is None else text_of(said, code) for key, said in sides.items()}
    stated = one.own or {}
    return {
        key: None if said is None else shown_said({k: v for k, v in said.items() if k in stated}, code)
        for key, said in sides.items()
    }


def _json(found: Update, language: str, *, written: bool) -> dict[str, Any]:
    from lotproof.cli.changes import change_json

    return {
        "house": found.house.id,
        "base": found.base,
        "from": found.old,
        "to": found.new,
        "clauses": [
            {
                "id": one.id,
                "outcome": one.outcome.value,
                "where": one.where,
                "changes": [change_json(change, language) for change in one.changes],
                "texts": {code: _texts(one, code) for code in ("en", "zh")},
            }
            for one in found.clauses
        ],
        "conflicts": [one.id for one in found.conflicts],
        "files": list(found.files),
        "written": written,
    }
