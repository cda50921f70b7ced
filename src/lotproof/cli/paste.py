"""``lotproof paste``."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from lotproof.cli.language import lang_option
from lotproof.frozen import Frozen
from lotproof.messages import say

if TYPE_CHECKING:
    from lotproof.cli.orders import Given
    from lotproof.findings import Finding
    from lotproof.gate.form import FormField

EPILOG = """\b
Examples:
  lotproof paste out
  lotproof paste out -o out --lang zh
  lotproof paste out --answers answers.toml
  lotproof paste out --form out/form.toml

\b
For orders paid through the platform: field by field what to paste, the remarks, and the attachments
with their SHA-256. It refuses while two places say different things: the answers, the files of the
folder, or the form as it stands on the platform (copy it into form.toml, which -o writes blank).
"""

ATTACHED = ("contract", "checklist")
"""Documents that go to the platform; what else lies in the folder is for the buyer alone."""


class Pack(Frozen, kw_only=True):
    """What is printed: fields, remarks, attachments by name, and what was compared."""

    number: str
    digest: str
    fields: tuple[FormField, ...]
    remarks: str
    most: int
    attachments: Mapping[str, str]
    most_attachments: int
    compared: tuple[str, ...]
    form_fields: int
    blank: tuple[str, ...]


@click.command(epilog=EPILOG)
@click.argument("order")
@click.option("-o", "--output", metavar="DIR", help="Write paste.txt and a blank form.toml there.")
@click.option("--answers", metavar="FILE", help="Compare with this answers file.")
@click.option("--house", metavar="DIR", help="The house that an answers file is built with.")
@click.option("--form", metavar="FILE", help="Compare with the form as it stands on the platform.")
@lang_option("the fields")
@click.option("--force", is_flag=True, help="Overwrite files even where somebody has edited them.")
@click.option("--json", "as_json", is_flag=True, help="Print the pack as JSON on stdout.")
def command(
    order: str,
    output: str | None,
    answers: str | None,
    house: str | None,
    form: str | None,
    language: str,
    force: bool,
    as_json: bool,
) -> None:
    """Print what goes into the platform's order form for ORDER: an order.json, a folder, or an answers file."""
    from lotproof.cli.files import write_files
    from lotproof.cli.orders import read_given
    from lotproof.cli.output import print_json
    from lotproof.gate.form import blank_form

    given = read_given(order, house)
    pack = _pack(given, answers, house, form, language)
    lines = list(_page(pack, language))
    if output:
        files = {"paste.txt": ("\n".join(lines) + "\n").encode(), "form.toml": blank_form(given.order).encode()}
        write_files(Path(output), files, force=force)
    if as_json:
        print_json(_json(pack, language, ["paste.txt", "form.toml"] if output else []))
        return
    click.echo("\n".join(lines + ([str(Path(output) / n) for n in ("paste.txt", "form.toml")] if output else [])))


def _pack(given: Given, answers: str | None, house: str | None, form: str | None, language: str) -> Pack:
    from lotproof import api
    from lotproof.findings import Refused
    from lotproof.gate import form as forms
    from lotproof.gate.saying import said

    order = given.order
    findings = list(_unfit(given))
    if findings:
        raise Refused(findings)
    compared: list[str] = []
    named = api.attachments(order, given.stored)
    attached = {n: v for n, v in named.items() if n.startswith(ATTACHED) and n.endswith(".docx")}
    if given.folder is not None and given.stored:
        findings += _files(given.folder, named)
        compared.append("paste_files")
    if answers is not None:
        findings += _answers(given, answers, house)
        compared.append("paste_answers")
    seen = 0
    blank: list[str] = []
    if form is not None:
        wrong, seen, blank = _form(given, form)
        findings += wrong
        compared.append("paste_form")
    limit = forms.limits()
    if findings:
        raise Refused(findings)
    digest = api.digest(order)
    sentences = forms.remarks(order, digest, language, limit.characters)
    return Pack(
        number=" ".join(part for part in (order.header.number, order.header.revision) if part),
        digest=digest,
        fields=forms.fields(order),
        remarks=("" if language == "zh" else " ").join(said(s, language) for s in sentences),
        most=limit.characters,
        attachments=attached,
        most_attachments=limit.attachments,
        compared=tuple(compared),
        form_fields=seen,
        blank=tuple(blank),
    )


def _unfit(given: Given) -> Iterator[Finding]:
    """LP630: not paid through the platform; LP631: a draft, of which nothing may be pasted."""
    from lotproof.findings import Finding

    if given.order.commercial.payment.get("route") != "trade_assurance":
        message = say("the order is not paid through the platform, so there is no form to fill in")
        hint = say('write route = "trade_assurance" under [payment], if it is')
        yield Finding(where="payment.route", code="LP630", message=message, hint=hint)
    elif given.order.draft:
        message = say("the order is still a draft, and a platform order is confirmed by paying it")
        hint = say("answer what lotproof check lists, and build it with --final")
        yield Finding(where="order", code="LP631", message=message, hint=hint)


def _files(folder: Path, named: Mapping[str, str]) -> Iterator[Finding]:
    """LP632: a document that is not there, or is not the one that order.json names."""
    from lotproof.cli.files import read_file
    from lotproof.findings import Finding, Refused

    for name, wanted in named.items():
        place = folder / name
        if Path(name).name != name:
            message = say("order.json names the file {name}, which lies in no folder of its own", name=repr(name))
        else:
            try:
                found = hashlib.sha256(read_file(str(place))).hexdigest()
            except Refused:
                message = say("order.json names this file, and it cannot be read")
            else:
                if found == wanted:
                    continue
                message = say(
                    "is not the file that order.json names: SHA-256 {found}, not {wanted}",
                    found=found[:16],
                    wanted=wanted[:16],
                )
        hint = say("build the order again into this folder; never attach a file that was edited since")
        yield Finding(where=str(place), code="LP632", message=message, hint=hint)


def _answers(given: Given, answers: str, house: str | None) -> Iterator[Finding]:
    """LP633: the answers build another order."""
    from lotproof import api
    from lotproof.cli.files import read_file
    from lotproof.findings import Finding
    from lotproof.orders.digests import seal

    name = Path(answers).name if answers != "-" else "standard input"
    built = api.build(read_file(answers), name, house=Path(house) if house else None)
    mine, other = seal(given.order), seal(built.order)
    if mine.digest != other.digest:
        differ = [name for name in mine.sections if mine.sections[name] != other.sections[name]]
        message = say(
            "these answers build another order ({theirs}, not {ours}): {differ} differ",
            theirs=other.digest[:16],
            ours=mine.digest[:16],
            differ=differ,
        )
        hint = say("build again from the answers that count, and attach those files")
        yield Finding(where=answers, code="LP633", message=message, hint=hint)


def _form(given: Given, form: str) -> tuple[list[Finding], int, list[str]]:
    from lotproof.cli.files import read_file
    from lotproof.gate.form import compare
    from lotproof.sources import parse_toml

    data, _ = parse_toml(read_file(form), Path(form).name)
    return compare(given.order, data, Path(form).name)


def _page(pack: Pack, language: str) -> Iterator[str]:
    from lotproof.cli.columns import wrapped
    from lotproof.gate.saying import label, worded

    def labelled(key: str, **values: object) -> str:
        return label(key)[language].format(**values)

    yield labelled("printed", on=labelled("paste", number=pack.number), digest=pack.digest[:16])
    yield from wrapped(labelled("paste_rank"), 0)
    yield ""
    yield labelled("paste_fields")
    for field in pack.fields:
        yield f"  {field.title[language]}"
        yield f"    {worded(field.value, language) if field.value else labelled('paste_unsaid')}"
        if note := field.note.get(language):
            yield from wrapped(note, 6)
    yield ""
    yield labelled("paste_remarks", n=len(pack.remarks), most=pack.most)
    yield pack.remarks
    yield ""
    yield labelled("paste_attachments", most=pack.most_attachments)
    for name, sha in pack.attachments.items():
        yield f"  {name}"
        yield f"    SHA-256 {sha}"
    yield ""
    looked = [labelled(key, n=pack.form_fields) for key in pack.compared]
    yield from wrapped(labelled("paste_looked", what="; ".join(looked)) if looked else labelled("paste_nothing"), 0)
    if pack.blank:
        yield from wrapped(labelled("paste_not_compared", keys=", ".join(pack.blank)), 0)


def _json(pack: Pack, language: str, files: list[str]) -> dict[str, object]:
    from lotproof.gate.saying import label, worded

    return {
        "number": pack.number,
        "digest": pack.digest,
        "rank": label("paste_rank")[language],
        "fields": [
            {
                "id": field.id,
                "title": field.title[language],
                "value": worded(field.value, language) if field.value else None,
                "note": field.note.get(language, ""),
            }
            for field in pack.fields
        ],
        "remarks": {"text": pack.remarks, "characters": len(pack.remarks), "most": pack.most},
        "attachments": [{"name": name, "sha256": sha} for name, sha in pack.attachments.items()],
        "compared": list(pack.compared),
        "not_compared": list(pack.blank),
        "files": files,
        "findings": [],
    }
