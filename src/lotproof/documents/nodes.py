"""
What is printed, as roles: no format, no file, no style.

Text comes as :data:`Words`: one tuple of inlines per language of the document, or a single one where all languages print the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeAlias

from lotproof.frozen import Frozen
from lotproof.wording.inlines import Inlines

if TYPE_CHECKING:
    from lotproof.looks.model import Look

Words: TypeAlias = tuple[Inlines, ...]


class Line(Frozen):
    """
    A line of text in a cell; role ``plain``, ``strong``, ``muted`` or ``id``.

    One that is ``listed`` belongs to a list which may be long: it is read after the cells of its row, and may stand across the row.
    """

    words: Words
    role: str = "plain"
    listed: bool = False


class Field(Frozen, kw_only=True):
    """
    A place for somebody to fill in.

    Attributes:
        tag: names the value for good: ``machinery.noise.r1``; unique in the document, 64 characters at most.
        kind: ``text``, ``number``, ``date`` or ``choice``.
        label: what goes in, for people.
        choices: value and words of each choice.
    """

    tag: str
    kind: str = "text"
    label: Words = ()
    choices: tuple[tuple[str, Words], ...] = ()


class Readings(Frozen):
    """Fields for the readings of one row; each is labelled, by its number from 1 or by what it is."""

    fields: tuple[Field, ...]


Part: TypeAlias = Line | Field | Readings
Cell: TypeAlias = tuple[Part, ...]


class Row(Frozen):
    """A row of a table; ``key`` is the id of what it states (a term's id), or empty."""

    cells: tuple[Cell, ...]
    key: str = ""


class Column(Frozen):
    """A column: its width in thousandths of the table, its heading, ``left`` or ``right``."""

    width: int
    words: Words
    align: str = "left"


class Table(Frozen, kw_only=True):
    """
    A table; the first row of the page repeats the headings.

    Attributes:
        id: unique in the document.
        caption: describes it for readers who cannot see it.
        title: printed above it, with its number where :attr:`Document.references` says how a table is referred to.
    """

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    headed: bool = True
    title: Words = ()


class Heading(Frozen):
    """A numbered heading of level 1; ``anchor`` is the id that references name. One that opens a part starts a page; ``part`` is the part's name."""

    words: Words
    anchor: str
    part: Words = ()


class Clause(Frozen):
    """A numbered paragraph under the heading before it."""

    words: Words
    anchor: str = ""


class Paragraph(Frozen):
    """An unnumbered paragraph; role ``body``, ``note``, ``subtitle`` or ``warning``."""

    words: Words
    role: str = "body"


class Exhibit(Frozen):
    """The heading of an exhibit, lettered A, B, C; starts a page."""

    words: Words
    anchor: str


class Signatures(Frozen):
    """Places to sign: for each party its name and the labels of the lines; kept on one page."""

    parties: tuple[tuple[Words, Words], ...]
    lines: tuple[Words, ...]
    chop: Words


class Picture(Frozen, kw_only=True):
    """
    A photograph.

    Attributes:
        format: ``jpeg`` or ``png``; content: the file, byte for byte.
        width, height: in pixels, as it lies in the file.
        turn: degrees by which it is turned clockwise to stand upright: 0, 90, 180 or 270.
        words: what stands under it, and what is said to readers who cannot see it.
    """

    format: str
    content: bytes
    width: int
    height: int
    turn: int
    words: Words


class Pictures(Frozen):
    """Photographs beside each other, each with its words under it."""

    pictures: tuple[Picture, ...]


Block: TypeAlias = Heading | Clause | Paragraph | Exhibit | Table | Signatures | Pictures


class Document(Frozen, kw_only=True):
    """
    A document to write.

    Attributes:
        kind: ``contract``, ``checklist``, ``arrival`` or ``summary``.
        number: contract number and revision, for headers and footers.
        languages: codes, in print order.
        locales: the BCP 47 tag of each language.
        labels: words of headers and footers, by key.
        references: how a reference to a ``clause``, an ``exhibit`` or a ``table`` reads, per language, with ``{}`` for its number.
        draft: print a watermark.
        landscape: turn the page.
        density: how close it is set: ``normal``, ``form`` for tables to fill in, ``short`` for a contract of few pages.
        protected: only fields can be filled in.
        data: what the document carries of the order: JSON in pieces (:func:`lotproof.orders.inside.carried`).
        contents: the heading of its table of contents, which follows the paragraphs at its head; empty where it has none.
        look: of the house that prints it; None leaves it to the writers.
    """

    kind: str
    title: Words
    number: str
    digest: str
    date: str
    languages: tuple[str, ...]
    labels: Mapping[str, Words]
    references: Mapping[str, tuple[str, ...]]
    draft: bool
    landscape: bool
    density: str
    protected: bool
    data: tuple[str, ...]
    blocks: tuple[Block, ...]
    contents: Words = ()
    look: Look | None = None
