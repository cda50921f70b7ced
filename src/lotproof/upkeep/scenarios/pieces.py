"""What a document prints, piece by piece and language by language, as a scenario looks for it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lotproof.documents.nodes import Clause, Document, Exhibit, Heading, Line, Paragraph, Signatures, Table, Words
from lotproof.documents.numbering import numbers
from lotproof.frozen import Frozen
from lotproof.wording.inlines import plain


class Piece(Frozen, kw_only=True):
    """
    A heading, a paragraph or a line of a table, in one language.

    Attributes:
        part: the provision or exhibit that it stands in, with the id of the table after a slash; empty for the front page.
        anchor: ``contract.payment.3`` for the third paragraph printed of a provision or an exhibit; else empty.
        number: as printed, empty where it has none.
        text: on one line; references by their numbers.
        bare: the same with references by their ids, which stay when something is put in before them.
    """

    part: str
    anchor: str
    number: str
    language: str
    text: str
    bare: str


def pieces(document: Document) -> tuple[Piece, ...]:
    """Return everything that a reader of a document finds, in reading order."""
    return tuple(_pieces(document))


def on_one_line(text: str) -> str:
    """Return a text with every run of blanks, no-break spaces and line ends as one space."""
    return " ".join(text.split())


def references(document: Document) -> tuple[Mapping[str, str], ...]:
    """Return for each language of a document the words of a reference, by its target."""
    known = numbers(document.blocks)
    forms = document.references
    return tuple(
        {
            target: forms["exhibit" if target.startswith("exhibit.") else "clause"][place].format(number)
            for target, number in known.items()
        }
        for place in range(len(document.languages))
    )


def _pieces(document: Document) -> Iterator[Piece]:
    said = references(document)
    known = numbers(document.blocks)

    def each(words: Words, part: str, anchor: str = "", number: str = "") -> Iterator[Piece]:
        spread = words * len(document.languages) if len(words) == 1 else words
        for place, inlines in enumerate(spread):
            text = on_one_line(plain(inlines, dict(said[place])))
            if text:
                yield Piece(
                    part=part,
                    anchor=anchor,
                    number=number,
                    language=document.languages[place],
                    text=text,
                    bare=on_one_line(plain(inlines)),
                )

    part, counted, heading, clause = "", 0, 0, 0
    yield from each(document.title, "")
    for block in document.blocks:
        match block:
            case Heading(words=words, anchor=anchor):
                part, heading, clause = anchor, heading + 1, 0
                yield from each(words, part, "", known[anchor])
            case Clause(words=words, anchor=anchor):
                clause += 1
                yield from each(words, part, anchor, f"{heading}.{clause}")
            case Exhibit(words=words, anchor=anchor):
                part, counted = anchor, 0
                yield from each(words, part, "", known[anchor])
            case Paragraph(words=words, role=role):
                counted += 1
                yield from each(words, part, f"{part}.{counted}" if part and role == "body" else "")
            case Table(id=name):
                inside = f"{part}/{name}"
                yield from each(block.title, inside)
                for column in block.columns:
                    yield from each(column.words, inside)
                for row in block.rows:
                    for cell in row.cells:
                        for line in cell:
                            if isinstance(line, Line):
                                yield from each(line.words, inside)
                            elif label := getattr(line, "label", ()):
                                yield from each(label, inside)
            case Signatures(parties=parties, lines=lines, chop=chop):
                for role_words, name_words in parties:
                    yield from each(role_words, part)
                    yield from each(name_words, part)
                for words in (*lines, chop):
                    yield from each(words, part)
            case _:
                pass
