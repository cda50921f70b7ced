"""Plain text: what a reader sees, in reading order; the form in which goldens are kept."""

from __future__ import annotations

from typing import assert_never

from lotproof.documents.nodes import (
    Cell,
    Clause,
    Document,
    Exhibit,
    Field,
    Heading,
    Line,
    Paragraph,
    Pictures,
    Readings,
    Signatures,
    Table,
    Words,
)
from lotproof.documents.numbering import numbers
from lotproof.wording.inlines import BLANK, plain


def write(document: Document) -> bytes:
    """Return the document as UTF-8 text; a second language stands under the first, behind a bar."""
    return "\n".join(_Text(document).lines()).encode() + b"\n"


class _Text:
    def __init__(self, document: Document) -> None:
        self.document = document
        self.numbers = numbers(document.blocks)
        self.references = [self._references(place) for place in range(len(document.languages))]

    def lines(self) -> list[str]:
        document = self.document
        draft = f" ({self.words(document.labels['draft'])})" if document.draft else ""
        out = [self.words(document.title) + draft, f"{document.number}  {document.digest}", ""]
        heading = clause = 0
        for block in document.blocks:
            match block:
                case Heading(words=words):
                    heading, clause = heading + 1, 0
                    out += ["", f"{heading}  {self.words(words)}"]
                case Clause(words=words):
                    clause += 1
                    out.append(f"{heading}.{clause}  {self.words(words)}")
                case Paragraph(words=words):
                    out.append(self.words(words))
                case Exhibit(words=words, anchor=anchor):
                    out += ["", f"{self._exhibit(self.numbers[anchor])}  {self.words(words)}"]
                case Table():
                    out += self._table(block)
                case Signatures():
                    out += [f"{self.words(role)}: {self.words(name)}" for role, name in block.parties]
                    out.append("  ".join(f"{self.words(line)}: ____" for line in (*block.lines, block.chop)))
                case Pictures(pictures=pictures):
                    out += [f"  [{self.words(picture.words)}]" for picture in pictures]
                case _:
                    assert_never(block)
        return out

    def words(self, words: Words) -> str:
        """Return text in all its languages."""
        return " | ".join(plain(inlines, self.references[place]) for place, inlines in enumerate(words))

    def _references(self, place: int) -> dict[str, str]:
        forms = self.document.references
        return {
            target: forms["exhibit" if target.startswith("exhibit.") else "clause"][place].format(number)
            for target, number in self.numbers.items()
        }

    def _exhibit(self, letter: str) -> str:
        return " | ".join(form.format(letter) for form in self.document.references["exhibit"])

    def _table(self, table: Table) -> list[str]:
        title = [f"{self._numbered(table)}{self.words(table.title)}"] if table.title else []
        head = [" ; ".join(self.words(column.words) for column in table.columns)] if table.headed else []
        rows = [" ; ".join(self._cell(cell) for cell in row.cells) for row in table.rows]
        return [*title, *(f"  {line}" for line in (*head, *rows))]

    def _numbered(self, table: Table) -> str:
        """Return the number of a table, in every language, where tables have one."""
        forms = self.document.references.get("table", ())
        return " | ".join(form.format(self.numbers[f"table.{table.id}"]) for form in forms) + "  " * bool(forms)

    def _cell(self, cell: Cell) -> str:
        parts = []
        for part in cell:
            match part:
                case Line(words=words):
                    parts.append(self.words(words))
                case Field(tag=tag):
                    parts.append(f"{BLANK}{{{tag}}}")
                case Readings(fields=fields):
                    parts.append(f"{BLANK}{{{fields[0].tag} .. {fields[-1].tag}}}")
                case _:
                    assert_never(part)
        return " / ".join(parts)
