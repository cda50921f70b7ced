"""What readers give: passages of text with the place that a person would look for, and the bytes where they stand."""

from __future__ import annotations

from lotproof.frozen import Frozen

Place = tuple[tuple[str, str], ...]
"""
Where something stands, from the outside in: ``(("table", "2"), ("row", "3"), ("column", "Quality"))``.

Words for it, per language, are in :mod:`lotproof.readers.places`.
"""


class Cell(Frozen, kw_only=True):
    """A cell of a table, counted from 1: the table in the document, row and column in the table."""

    table: int
    row: int
    column: int


class Mark(Frozen, kw_only=True):
    """
    Something about a stretch of a passage.

    Attributes:
        kind: ``inserted`` or ``deleted`` (a tracked change), ``hidden``, or ``prompt``: the words of a form that nobody has filled in.
        start, end: characters of the passage; nothing where text was deleted.
        text: what was deleted.
    """

    kind: str
    start: int
    end: int
    text: str = ""


class Piece(Frozen, kw_only=True):
    """
    A stretch of a passage and the bytes of the main part that it stands in.

    Attributes:
        start: its first character in the passage; it goes on to the next piece.
        place: byte of its first character, or of the element that gives it.
        run: number of its run in :attr:`Reading.runs`.
        literal: its characters stand there one by one; else they come from an element such as a tab.
        element: byte of the element around the text.
    """

    start: int
    place: int
    run: int
    literal: bool
    element: int


class Run(Frozen, kw_only=True):
    """
    A run of a Word document: bytes of its start, of its properties (none: the same byte twice), and behind its end.

    A comment may stand before it, behind it, or inside: then it is cut in two.
    """

    start: int
    properties: tuple[int, int]
    end: int


class Passage(Frozen, kw_only=True):
    r"""
    A paragraph, a cell's paragraph, a line: text that is read as one.

    Attributes:
        place: where a person finds it.
        text: as a reader sees it, lines within it parted by ``\\n``.
        kind: ``paragraph``, ``heading``, ``cell``, ``header``, ``footer``, ``footnote``, ``endnote``, ``text box`` or ``comment``.
        number: as the program that shows the document counts it (``4.2``, ``Exhibit A``); it is no part of ``text``.
        clause: the number that this passage stands under, its own where it has one.
        cell: None outside tables.
        first_line: of a file of lines, the line on which it begins; 0 elsewhere.
        marks: in order.
        pieces: the bytes of a Word document's body; empty elsewhere.
        near: a run of the body beside which a comment on the whole passage may stand; -1 where there is none.
    """

    place: Place
    text: str
    kind: str = "paragraph"
    number: str = ""
    clause: str = ""
    cell: Cell | None = None
    first_line: int = 0
    marks: tuple[Mark, ...] = ()
    pieces: tuple[Piece, ...] = ()
    near: int = -1


class Reading(Frozen, kw_only=True):
    """
    A file that was read.

    Attributes:
        format: a key of :data:`lotproof.readers.READERS`.
        passages: in reading order; headers, footers and notes behind the body.
        unread: what holds no text that could be read, and how many of each: ``picture``, ``embedded file``, ``chart``.
        runs: of the main part of a Word document.
    """

    format: str
    passages: tuple[Passage, ...]
    unread: tuple[tuple[str, int], ...] = ()
    runs: tuple[Run, ...] = ()
