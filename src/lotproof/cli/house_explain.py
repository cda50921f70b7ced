"""``lotproof house explain``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from lotproof.orders.digests import Seal
    from lotproof.orders.model import Order
    from lotproof.upkeep.explained import Explained, Sentence, Term
    from lotproof.wording.conditions import Conditions

EPILOG = """\b
Examples:
  lotproof house explain out K18
  lotproof house explain out contract.payment --house houses/riverside
  lotproof house explain contract.docx 6.2 --house houses/riverside
  lotproof house explain out A7

\b
ORDER is an order.json, the folder that build made, a contract as .docx, or an
answers file. REF is an entry of the list of provisions (K18), a number as
printed (6, 6.2, B, A7), the id of a provision or a term, or a paragraph
(contract.payment[3]).
"""


@click.command("explain", epilog=EPILOG, short_help="Say where printed sentences came from.")
@click.argument("order", metavar="ORDER")
@click.argument("ref", metavar="REF")
@click.option("--house", metavar="DIR", help="The house that the order was built with: shows lines and replaced words.")
@click.option(
    "--profile",
    type=click.Choice(("short", "full", "master")),
    default="full",
    show_default=True,
    help="The contract whose numbers are meant.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON on stdout.")
def command(order: str, ref: str, house: str | None, profile: str, as_json: bool) -> None:
    """Say where the sentences under REF in ORDER came from."""
    from lotproof.cli.output import print_json
    from lotproof.upkeep.explained import Explained
    from lotproof.upkeep.explaining import explain, words_of

    folder = Path(house) if house else None
    given, printed, sealed = _read(order, folder, profile)
    found = explain(given, ref, words_of(given, folder), printed, sealed=sealed)
    if given.word is not None and any(
        isinstance(one, Explained) and not one.id.startswith("exhibit.") for one in found
    ):
        raise _in_word(order)
    if as_json:
        print_json({"house": given.header.house, "found": [_json(one) for one in found]})
        return
    for place, one in enumerate(found):
        if place:
            click.echo("")
        for line in _provision(one) if isinstance(one, Explained) else _term(one):
            click.echo(_printable(line))


def _read(given: str, house: Path | None, profile: str) -> tuple[Order, str, Seal | None]:
    """Return the order, the profile of the contract that it is explained by, and its digests where some of it is hidden."""
    from lotproof.cli.files import read_file
    from lotproof.cli.orders import read_given_order

    path = Path(given)
    if given == "-" or path.is_dir():
        return read_given_order(given), profile, None
    content = read_file(given)
    if content.startswith(b"PK"):
        from lotproof.findings import Finding, Refused
        from lotproof.messages import say
        from lotproof.verify.verifying import inside_of

        inside = inside_of(content, path.name)
        if inside.printed.page:
            raise _in_word(path.name)
        if inside.printed.kind != "contract":
            message = say("is a {kind}, and only a contract prints provisions", kind=inside.printed.kind)
            hint = say("give the contract, the order.json, or the folder that lotproof build has written")
            raise Refused([Finding(where=path.name, code="LP713", message=message, hint=hint)])
        if not (inside.proven and inside.texts_proven):
            message = say("what it carries of its order was changed")
            hint = say("give the order.json, or the contract as lotproof build wrote it")
            raise Refused([Finding(where=path.name, code="LP712", message=message, hint=hint)])
        return inside.order, inside.printed.profile or profile, inside.sealed
    if house is not None and not content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        from lotproof.api import build

        return build(content, path.name, house=house).order, profile, None
    return read_given_order(given), profile, None


def _in_word(name: str) -> Exception:
    """LP968: the sentences of a contract came from a Word file, whose paragraphs say themselves what they print."""
    from lotproof.findings import Finding, Refused
    from lotproof.messages import say

    message = say("the words of this contract are those of a house's contract.docx")
    hint = say("read that file; an exhibit (B) and a row of the specification (A7) are explained from the order.json")
    return Refused([Finding(where=name, code="LP968", message=message, hint=hint)])


def _provision(one: Explained) -> Iterator[str]:
    from lotproof.cli.columns import wrapped

    say = _words()
    heading = " | ".join(dict.fromkeys(one.heading.values()))
    yield f"{one.number}  {heading}".strip()
    yield f"  {one.id}" + (f" ({one.reference})" if one.reference else "")
    if one.house:
        version = f" {one.version}" if one.version else ""
        yield f"  {say['house']} {one.house}{version}" + (f", {one.file}" if one.file else "")
    else:
        yield from wrapped(say["unknown"], 2)
    if one.moved:
        yield from wrapped(say["moved"], 2)
    if one.when:
        yield from wrapped(f"{say['when']} {_when(one.when)}", 2)
    for sentence in one.sentences:
        yield ""
        yield from _sentence(sentence, say)
    if one.replaced is not None:
        yield ""
        replaced = one.replaced
        yield f"  {say['replaced']} {replaced.house} {replaced.version}, {replaced.file}"
        for paragraph in replaced.paragraphs:
            for text in paragraph.values():
                yield from wrapped(text, 4)


def _sentence(sentence: Sentence, say: Mapping[str, str]) -> Iterator[str]:
    from lotproof.cli.columns import wrapped

    place = f"{say['paragraph']} {sentence.place}, {sentence.where}" if sentence.place else ""
    yield "  " + "  ".join(part for part in (sentence.number, place) if part)
    for text in sentence.text.values():
        yield from wrapped(text, 4)
    if sentence.when:
        yield from wrapped(f"{say['when']} {_when(sentence.when)}", 4)
    for test, held in sentence.tests:
        yield from wrapped(f"{test}: {say['yes'] if held else say['no']}", 4)
    for name, texts in sentence.answers:
        yield from wrapped(f"{name} = {' | '.join(dict.fromkeys(texts.values()))}", 4)


def _term(one: Term) -> Iterator[str]:
    from lotproof.cli.columns import wrapped

    say = _words()
    yield f"{one.number}  {one.id}"
    yield f"  {say['clause']} {one.clause}, {say['revision']} {one.revision}" + (f", {one.file}" if one.file else "")
    for text in one.text.values():
        yield from wrapped(text, 4)


def _when(conditions: Conditions) -> str:
    from lotproof.cli.language import spoken
    from lotproof.messages import in_language
    from lotproof.wording.conditions import words_of

    return in_language(words_of(conditions), spoken())


def _words() -> Mapping[str, str]:
    from lotproof.cli.language import spoken
    from lotproof.messages import in_language, say

    said = {
        "house": say("house"),
        "unknown": say("the order does not say which house worded it: give the house with --house DIR"),
        "moved": say("the house has another version now: what it says otherwise is shown without a place"),
        "when": say("printed where"),
        "replaced": say("in place of"),
        "paragraph": say("paragraph"),
        "yes": say("yes"),
        "no": say("no"),
        "clause": say("clause of the catalogue"),
        "revision": say("revision"),
    }
    return {key: in_language(text, spoken()) for key, text in said.items()}


def _printable(line: str) -> str:
    return "".join(c if c.isprintable() else f"<U+{ord(c):04X}>" for c in line)


def _json(one: Explained | Term) -> dict[str, Any]:
    from lotproof.upkeep.explained import Explained

    if not isinstance(one, Explained):
        return {
            "term": one.id,
            "number": one.number,
            "clause": one.clause,
            "revision": one.revision,
            "file": one.file,
            "text": dict(one.text),
        }
    sentences = [
        {
            "number": s.number,
            "text": dict(s.text),
            "paragraph": s.place or None,
            "where": s.where,
            "when": {name: list(values) for name, values in s.when},
            "tests": [{"test": test, "held": held} for test, held in s.tests],
            "answers": {name: dict(texts) for name, texts in s.answers},
        }
        for s in one.sentences
    ]
    replaced = one.replaced and {
        "house": one.replaced.house,
        "version": one.replaced.version,
        "file": one.replaced.file,
        "paragraphs": [dict(paragraph) for paragraph in one.replaced.paragraphs],
    }
    return {
        "provision": one.id,
        "number": one.number,
        "heading": dict(one.heading),
        "reference": one.reference,
        "house": one.house,
        "version": one.version,
        "file": one.file,
        "moved": one.moved,
        "when": {name: list(values) for name, values in one.when},
        "sentences": sentences,
        "replaced": replaced,
    }
