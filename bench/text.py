"""What a document says: the neutral form that the rivals print, and the text that is read back from each file."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from xml.etree import ElementTree

from lotproof.documents.nodes import (
    Clause,
    Document,
    Exhibit,
    Field,
    Heading,
    Line,
    Paragraph,
    Signatures,
    Table,
    Words,
)
from lotproof.documents.numbering import numbers
from lotproof.wording.inlines import plain
from lotproof.writers.typography import hold

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True, slots=True)
class Text:
    """A paragraph: its text and its style, ``Title``, ``Heading 1``, ``List Number`` or ``Normal``."""

    text: str
    style: str


@dataclass(frozen=True, slots=True)
class Grid:
    """
    A table; the headings are its first row where it has any.

    Attributes:
        rows: cells of lines.
        roles: of each line, as in :class:`lotproof.documents.nodes.Line`; ``strong`` for headings.
        widths: of the columns, in thousandths of the table.
        right: whether a column stands at the right.
    """

    rows: tuple[tuple[tuple[str, ...], ...], ...]
    roles: tuple[tuple[tuple[str, ...], ...], ...]
    widths: tuple[int, ...]
    right: tuple[bool, ...]

    @property
    def columns(self) -> int:
        """The number of columns."""
        return len(self.widths)


def flat(document: Document) -> list[Text | Grid]:
    """
    Return the paragraphs and tables of a document in one language, ready to print.

    Automatic numbers of headings and clauses are not text here: every side leaves them to Word.

    Raises:
        ValueError: the document has more than one language, or a block that holds places to fill in.
    """
    if len(document.languages) != 1:
        raise ValueError("the rivals print one language")
    found = numbers(document.blocks)
    forms = {kind: form[0] for kind, form in document.references.items()}
    printed = {
        target: forms[kind if (kind := target.split(".")[0]) in forms else "clause"].format(number)
        for target, number in found.items()
    }

    def say(words: Words) -> str:
        return hold(plain(words[0], printed)) if words else ""

    out: list[Text | Grid] = [Text(say(document.title), "Title")]
    front = next(i for i, block in enumerate(document.blocks) if not isinstance(block, Paragraph))
    for place, block in enumerate(document.blocks):
        if place == front and document.contents:
            out.append(Text(say(document.contents), "Normal"))
            for listed in document.blocks:
                if isinstance(listed, Heading):
                    out.append(Text(found[listed.anchor] + say(listed.words), "Normal"))
                elif isinstance(listed, Exhibit):
                    out.append(Text(f"{printed[listed.anchor]} \u2013 {say(listed.words)}", "Normal"))
        match block:
            case Heading(words=words):
                out.append(Text(say(words), "Heading 1"))
            case Clause(words=words):
                out.append(Text(say(words), "List Number"))
            case Paragraph(words=words):
                out.append(Text(say(words), "Normal"))
            case Exhibit(words=words, anchor=anchor):
                out.append(Text(f"{printed[anchor]} \u2013 {say(words)}", "Heading 1"))
            case Table(columns=columns):
                if block.title:
                    number = printed.get(f"table.{block.id}")
                    out.append(Text(f"{number} \u2013 {say(block.title)}" if number else say(block.title), "Normal"))
                cells = []
                for row in block.rows:
                    lines = [[_line(part) for part in cell] for cell in row.cells]
                    cells.append([[line for line in cell if not line.listed] for cell in lines])
                    if any(line.listed for cell in lines for line in cell):  # stands under its row
                        cells.append([[line for line in cell if line.listed] for cell in lines])
                if block.headed:
                    cells.insert(0, [[Line(column.words, "strong")] for column in columns])
                out.append(_grid(cells, say, [c.width for c in columns], [c.align == "right" for c in columns]))
            case Signatures():
                wide = len(block.parties)
                empty = [Line(((),))]
                cells = [[c for role, name in block.parties for c in ([Line(role, "strong"), Line(name)], empty)]]
                for place, line in enumerate(block.lines):
                    chop = empty if place else [Line(block.chop, "muted")]
                    cells.append([c for _ in range(wide) for c in ([Line(line, "muted")], chop)])
                out.append(_grid(cells, say, [500 // wide] * 2 * wide, [False] * 2 * wide))
    return out


def visible(package: bytes) -> list[str]:
    """Return the text of each paragraph of ``word/document.xml`` that has any, white space made one blank."""
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        root = ElementTree.fromstring(archive.read("word/document.xml"))
    paragraphs = ("".join(text.text or "" for text in paragraph.iter(f"{_W}t")) for paragraph in root.iter(f"{_W}p"))
    return [text for paragraph in paragraphs if (text := " ".join(paragraph.split()))]


def hashed(paragraphs: list[str]) -> str:
    """Return the SHA-256 (hex) over paragraphs."""
    return hashlib.sha256("\n".join(paragraphs).encode()).hexdigest()


def _grid(cells: list[list[list[Line]]], say: Callable[[Words], str], widths: list[int], right: list[bool]) -> Grid:
    return Grid(
        rows=tuple(tuple(tuple(say(line.words) for line in cell) for cell in row) for row in cells),
        roles=tuple(tuple(tuple(line.role for line in cell) for cell in row) for row in cells),
        widths=tuple(widths),
        right=tuple(right),
    )


def _line(part: object) -> Line:
    """Return a line of text; a place to fill in prints its placeholder."""
    match part:
        case Line():
            return part
        case Field():
            return Line((("____",),))
        case _:
            raise ValueError("cells for readings: the contract has none")
