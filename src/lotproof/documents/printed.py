"""What a document prints, unit by unit: clauses, paragraphs and rows, each with the number that a reader finds it by."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from lotproof.changes.aligning import Piece, align
from lotproof.documents.nodes import Clause, Document, Exhibit, Heading, Line, Paragraph, Row, Table, Words
from lotproof.documents.numbering import letter, numbers
from lotproof.frozen import Frozen
from lotproof.wording.inlines import Inlines, Ref, plain


class Unit(Frozen, kw_only=True):
    """
    What is changed as one thing.

    Attributes:
        part: the provision, exhibit or table that it stands in, and ``kind``: ``clause``, ``exhibit``, ``text`` or ``row``.
        number: as printed: ``6.2``, ``B``, ``A7``; empty for a row or a paragraph that has none.
        name: what stays the same when the words change: the id of a term, the code of an item; else empty.
        heads: the headings of a row's columns, one for each of ``lines``; empty elsewhere.
        lines: what it says; a row has a line for each line of its cells.
        place: the heading that it stands under, with the number of that.
    """

    part: str
    kind: str
    number: str
    name: str
    heads: tuple[Words, ...]
    lines: tuple[Words, ...]
    place: tuple[str, str, Words]


Pair: TypeAlias = tuple[Unit | None, Unit | None]


def units(document: Document, without: Sequence[str] = ()) -> tuple[Unit, ...]:
    """
    Return what a document prints for people to read, places to fill in apart.

    Args:
        without: ids of tables that are left out.
    """
    return tuple(_units(document, frozenset(without)))


def pairs(old: Sequence[Unit], new: Sequence[Unit]) -> list[Pair]:
    """Return every unit beside what became of it, part by part; None where there is none."""
    parts = [_by_part(side) for side in (old, new)]
    found: list[Pair] = []
    pieces = [[Piece(key=p, kind="", text="") for p in side] for side in parts]
    names = [list(side) for side in parts]
    for i, j in align(*pieces):
        one = parts[0].get(names[0][i], []) if i is not None else []
        other = parts[1].get(names[1][j], []) if j is not None else []
        matches = align([_piece(u) for u in one], [_piece(u) for u in other])
        found += [(None if a is None else one[a], None if b is None else other[b]) for a, b in matches]
    return found


def same(old: Unit, new: Unit) -> bool:
    """Say whether two units say the same; a reference is the same where it has the same target, whatever the number of that is."""
    return old.lines == new.lines and old.heads == new.heads


def shown(words: Words, document: Document, known: Mapping[str, str]) -> Words:
    """Return words in which each reference is written out with the number that it has in its document."""
    return tuple(_shown(inlines, place, document, known) for place, inlines in enumerate(_spread(words, document)))


def _units(document: Document, without: frozenset[str]) -> Iterator[Unit]:
    known = numbers(document.blocks)
    heading = clause = exhibit = 0
    place: tuple[str, str, Words] = ("", "", ())
    part = ""
    for block in document.blocks:
        match block:
            case Heading(words=words, anchor=anchor):
                heading, clause = heading + 1, 0
                part, place = anchor, ("clause", str(heading), words)
                yield _unit(part, "clause", known[anchor], words, place)
            case Clause(words=words):
                clause += 1
                yield _unit(part, "clause", f"{heading}.{clause}", words, place)
            case Exhibit(words=words, anchor=anchor):
                part, place = anchor, ("exhibit", letter(exhibit), words)
                exhibit += 1
                yield _unit(part, "exhibit", known[anchor], words, place)
            case Paragraph(words=words, role=role) if role in ("body", "note") and part:
                yield _unit(part, "text", "", words, place)
            case Table(id=name) if name not in without:
                yield from (_row(f"{part}/{name}", block, row, place) for row in block.rows)
            case _:
                pass


def _unit(part: str, kind: str, number: str, words: Words, place: tuple[str, str, Words]) -> Unit:
    return Unit(part=part, kind=kind, number=number, name="", heads=(), lines=(words,), place=place)


def _row(part: str, table: Table, row: Row, place: tuple[str, str, Words]) -> Unit:
    """Return a row; the number that a row has of its own is no part of what it says."""
    heads: list[Words] = []
    lines: list[Words] = []
    number = ""
    for index, (column, cell) in enumerate(zip(table.columns, row.cells, strict=True)):
        for line in cell:
            if not isinstance(line, Line) or not line.words:
                continue
            if row.key and index == 0:
                number = plain(line.words[0])
            else:
                heads.append(column.words)
                lines.append(line.words)
    name = row.key or (plain(lines[0][0]) if lines else "")
    return Unit(part=part, kind="row", number=number, name=name, heads=tuple(heads), lines=tuple(lines), place=place)


def _by_part(side: Sequence[Unit]) -> dict[str, list[Unit]]:
    found: dict[str, list[Unit]] = {}
    for unit in side:
        found.setdefault(unit.part, []).append(unit)
    return found


def _piece(unit: Unit) -> Piece:
    text = "\n".join(plain(inlines) for words in unit.lines for inlines in words)
    kind = "row" if unit.kind == "row" else "heading" if unit.number and "." not in unit.number else "text"
    key = f"{unit.name}\n{text}" if unit.kind == "row" else text
    return Piece(key=key, kind=kind, text=text, name="heading" if kind == "heading" else unit.name)


def _spread(words: Words, document: Document) -> Words:
    """Return words once for each language of the document, so that each refers in its own way."""
    several = any(isinstance(inline, Ref) for inlines in words for inline in inlines)
    return words * len(document.languages) if several and len(words) == 1 else words


def _shown(inlines: Inlines, place: int, document: Document, known: Mapping[str, str]) -> Inlines:
    def written(ref: Ref) -> str:
        pattern = document.references["exhibit" if ref.target.startswith("exhibit.") else "clause"][place]
        return pattern.replace("{}", known.get(ref.target, ref.target))

    return tuple(written(inline) if isinstance(inline, Ref) else inline for inline in inlines)
