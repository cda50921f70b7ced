"""What a reader sees of a file, and what is said about it."""

from __future__ import annotations

from lotproof.frozen import Frozen
from lotproof.messages import Message

FIELD = "\ufffc"
"""Stands in a text where something can be filled in."""

COUNTED = "#"
"""Stands in a text where the program that shows it counts: a page, the number of pages."""


class Control(Frozen, kw_only=True):
    """
    A place to fill in, as it stands in a file.

    Attributes:
        tag, title, path: what names it: a program may drop some of them, and two that disagree are a conflict.
        kind: ``text``, ``date``, ``choice``, ``check`` or ``cell``.
        value: what stands in it; empty where nobody has filled it in.
        prompt: the file says that its words are no value but a prompt.
        choices: words of a drop-down list.
    """

    tag: str
    title: str
    path: str
    kind: str
    value: str
    prompt: bool
    choices: tuple[str, ...]


class Mark(Frozen, kw_only=True):
    """
    Something about a text besides its words.

    Attributes:
        kind: ``inserted``, ``deleted``, ``moved from``, ``moved to``, ``formatted`` (tracked changes), ``unseen``, ``struck``,
            ``glyphs`` (a font that shows other signs) or ``readings`` (two programs show two texts).
        text: the words it is about.
        how: who tracked it and when, or why it is not seen, which is a message.
    """

    kind: str
    text: str
    how: str = ""


class Line(Frozen, kw_only=True):
    """A paragraph: its number as the program counts it, and its words with :data:`FIELD` and :data:`COUNTED` in them."""

    number: str
    text: str


class Unit(Frozen, kw_only=True):
    """
    What is compared as one: a row of a table, or a paragraph outside of tables as a row of one cell.

    Attributes:
        part: ``body``, ``header``, ``footer``, ``footnote``, ``endnote``, or the name of a sheet.
        cells: their lines; empty ones are left out.
        controls: in the order of :data:`FIELD` in the lines.
        calculated: fields of Word whose result is in the text, such as ``REF lp_contract_goods``.
        things: pictures, drawings, links, text in boxes and other objects, as ``picture <SHA-256>``.
    """

    part: str
    cells: tuple[tuple[Line, ...], ...]
    controls: tuple[Control, ...] = ()
    marks: tuple[Mark, ...] = ()
    calculated: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()

    @property
    def words(self) -> tuple[tuple[str, ...], ...]:
        """Return the texts of its lines, cell by cell, without numbers."""
        return tuple(tuple(line.text for line in cell) for cell in self.cells)


class Comment(Frozen, kw_only=True):
    """A comment: its number in the file, by whom, and what it says."""

    id: str
    by: str
    text: str


class Seen(Frozen, kw_only=True):
    """
    A file as its readers see it.

    Attributes:
        format: ``docx`` or ``xlsx``.
        data: the data parts as they stand there; one in a file of ours.
        protection: how far the file is protected, or empty; of a workbook, the names of its protected sheets.
        program: that saved it last, as it says itself.
        stated: what the file's properties say of the order (``lotproof.digest``).
    """

    format: str
    units: tuple[Unit, ...]
    comments: tuple[Comment, ...]
    data: tuple[str, ...]
    protection: tuple[str, ...]
    program: str
    stated: tuple[tuple[str, str], ...]


class Change(Frozen, kw_only=True):
    """
    One difference between what was agreed and what stands there.

    Attributes:
        code: of ``docs/findings.md``.
        kind: ``text``, ``number``, ``added``, ``removed``, ``moved``, ``tracked``, ``comment``, ``unseen``, ``field``, ``frame``, ``data``.
        clause: id of the term, provision or row it is about (``machinery.noise``, ``contract.payment.2``).
        number: as printed before it (``A7``, ``6.2``).
        was, now: as the order says it, and as the file has it; empty where there is nothing, a message where it is no text of either.
        about: what kind of change it is, in a few words, with the characters that look alike or are not seen; may be empty.
    """

    code: str
    kind: str
    clause: str
    number: str
    was: str
    now: str
    about: Message


class Filled(Frozen, kw_only=True):
    """A value that somebody filled in: the field's tag, its clause, and what stands there."""

    tag: str
    clause: str
    value: str


class Report(Frozen, kw_only=True):
    """
    What is to be said of one file.

    Attributes:
        verdict: in English ``intact``, ``text changed``, ``data changed`` or ``text and data changed``.
        digests: of the ``file`` (bytes), the ``content`` (what a reader sees) and the ``data`` (of the order), hex.
        notes: what is worth knowing and no change, such as another program that saved the file.
    """

    name: str
    verdict: Message
    kind: str
    number: str
    revision: str
    languages: tuple[str, ...]
    printed_by: str
    saved_by: str
    draft: bool
    hidden: tuple[str, ...]
    digests: tuple[tuple[str, str], ...]
    changes: tuple[Change, ...]
    filled: tuple[Filled, ...]
    notes: tuple[Message, ...]
