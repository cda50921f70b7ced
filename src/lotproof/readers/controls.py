"""The tables of a Word document with the content controls in their cells, taken in as a stream."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from lotproof.findings import Refused
from lotproof.messages import say
from lotproof.readers.numbering import is_on
from lotproof.readers.package import Package, too_large
from lotproof.readers.relations import main_part
from lotproof.readers.scanning import ATTRIBUTES, Wanted, attributes_of, found_in, one_of, texts_of, told
from lotproof.readers.xml import utf8
from lotproof.records.model import Fault

MAX_CELLS = 100_000
"""Cells and controls of a document: a form of 300 rows and 200 units has some 20,000."""

_WHITE = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}
_HOLDERS = ("w:r", "w:rPr", "w:sdtPr")
"""Elements for which it matters what stands in them."""

_PASSED = ("w:del", "w:moveFrom", "w:rt")
"""Elements that hold what is no longer there, or is read out beside another text."""

_CHOICES = ("mc:AlternateContent", "mc:Choice", "mc:Fallback")

WANTED = Wanted(
    (
        *_HOLDERS,
        *_PASSED,
        *_CHOICES,
        *_WHITE,
        *("w:tbl", "w:tr", "w:tc", "w:p", "w:sdt"),
        *("w:tag", "w:alias", "w:showingPlcHdr", "w:tblCaption", "w:strike", "w:dstrike", "w:vanish"),
    ),
    ("w:t",),
)
"""Elements that say something, and those that they have to stand in; the others are passed over."""

_LOOKS = ("w:strike", "w:dstrike", "w:vanish")
"""Properties of a run that matter."""


@lru_cache(maxsize=2)
def _token(looks: bool) -> re.Pattern[str]:
    """
    Return the pattern of a token: a text or a tab, with the start and the end of its run where it is all of it; the start of a control
    with its properties; or another element, of a paragraph its end alone.

    Args:
        looks: whether a property of a run matters; else these are passed over.
    """
    opening = rf"(?:\s{ATTRIBUTES})?(?<!/)>"
    before = "" if looks else "(?:<w:rPr>(?:[^<]++|<(?!/w:rPr>))*+</w:rPr>)?"
    names = [name for name in WANTED.names if name != "w:p" and (looks or name not in (*_LOOKS, "w:rPr"))]
    return re.compile(
        rf"<(?:(w:r{opening}{before}<)?(?:w:t{opening}([^<]*+)</w:t>|(w:tab/>))(</w:r>)?"
        r"|w:sdt><w:sdtPr>((?:[^<]++|<(?!/w:sdtPr>))++)</w:sdtPr>"
        rf"|(/?)((?:{one_of(names)}|(?<=/)w:p|w:p(?=/>|\s[^<>]*/>))(?=[\s/>]))({ATTRIBUTES})>)"
    )


_PROPERTY = re.compile(rf"""<w:(tag|alias|showingPlcHdr)(?=[\s/>])(?:\sw:val="([^"]*+)"/>|({ATTRIBUTES})>)""")


def _tokens(text: str) -> Iterable[tuple[str, ...]]:
    return found_in(_token(any(f"<{name}" in text for name in _LOOKS)), text)


class Control:
    """A content control: its tag, its title, whether it shows a prompt, its text, and why that cannot be taken."""

    __slots__ = ("fault", "prompt", "tag", "texts", "title")

    def __init__(self) -> None:
        self.tag = self.title = ""
        self.prompt = False
        self.texts: list[str] = []
        self.fault: Fault | None = None

    @property
    def text(self) -> str:
        """What a reader sees in it."""
        return "".join(self.texts).strip("\n")


class FileCell:
    """A cell: texts and controls in their order."""

    __slots__ = ("parts",)

    def __init__(self) -> None:
        self.parts: list[str | Control] = []

    @property
    def controls(self) -> list[Control]:
        return [part for part in self.parts if isinstance(part, Control)]

    @property
    def fixed(self) -> str:
        """The text around the controls."""
        return "".join(part for part in self.parts if isinstance(part, str))

    @property
    def whole(self) -> str:
        """All of its text."""
        return "".join(part if isinstance(part, str) else part.text for part in self.parts)


class FileTable:
    """A table: its caption, and its rows, each a list of cells."""

    __slots__ = ("caption", "rows")

    def __init__(self) -> None:
        self.caption = ""
        self.rows: list[list[FileCell]] = []


def tables_of(package: Package) -> Tables:
    """
    Return the tables of a Word document.

    Raises:
        Refused: it names no main part, or that is damaged or too large (LP501, LP503, LP505).
    """
    main = main_part(package)
    tables = Tables(package.name)
    found: Iterable[tuple[str, ...]] = ()
    for text in texts_of(utf8(package.read(main)), WANTED, package.name, main):
        found = _tokens(text)
        if text.count("</w:t>") == sum(not (token[2] or token[4] or token[6]) for token in found):
            break  # no text has elements within
    tables.take(found)
    return tables


def tables_written(text: str) -> Tables:
    """Return the tables of a main part that our own writer has just written: it is not parsed."""
    tables = Tables("")
    tables.take(_tokens(text))
    return tables


class Tables:
    """
    Takes the tokens of the main part. What lies in a table within a table belongs to the outer cell.

    Attributes:
        tables: in their order.
        loose: controls that stand in no table.
    """

    def __init__(self, name: str) -> None:
        self.tables: list[FileTable] = []
        self.loose: list[Control] = []
        self._name = name
        self._depth = self._cells = 0
        self._open: list[Control] = []
        self._choices: list[bool] = []
        self._inside: list[str] = [""]
        self._cell: FileCell | None = None
        self._fault: Fault | None = None

    def take(self, tokens: Iterable[tuple[str, ...]]) -> None:
        """Take all tokens, as :func:`_token` finds them."""
        inside, add = self._inside, self._add
        passed, within = "", 0
        for begins, text, tab, ends, properties, closing, name, attributes in tokens:
            if passed:
                if name == passed and attributes[-1:] != "/":
                    within += -1 if closing else 1
                    passed = passed if within else ""
                continue
            if properties:
                self._begin(properties)
                continue
            if not name:
                if begins:
                    self._fault = None
                if not tab:
                    add(told(text))
                elif begins or inside[-1] == "w:r":
                    add("\t")
                if begins and not ends:
                    inside.append("w:r")
                elif ends and not begins:
                    inside.pop()
                continue
            if closing:
                self._end(name)
                continue
            alone = attributes[-1:] == "/"
            if name in _PASSED or (name in _CHOICES and self._is_second(name)):
                passed, within = ("", 0) if alone else (name, 1)
                continue
            self._start(name, attributes)
            if alone:
                self._end(name)

    def _begin(self, properties: str) -> None:
        """Begin a control with all of its properties."""
        control = Control()
        for name, simple, attributes in _PROPERTY.findall(properties):
            value = value_of(f'val="{simple}"' if "&" in simple or not simple.isprintable() else attributes) or simple
            if name == "tag":
                control.tag = value
            elif name == "alias":
                control.title = value
            else:
                control.prompt = _is_on(value or None)
        self._open.append(control)
        self._count()

    def _start(self, name: str, attributes: str) -> None:
        """Begin a table, a row, a cell, a control, or a run; or take a property."""
        match name:
            case "w:r":
                self._fault = None
                self._inside.append(name)
            case "w:rPr" | "w:sdtPr":
                self._inside.append(name)
            case "w:tc":
                if self._depth == 1:
                    self._cell = FileCell()
                    self._count()
                    if self.tables[-1].rows:
                        self.tables[-1].rows[-1].append(self._cell)
            case "w:sdt":
                self._open.append(Control())
                self._count()
            case "w:tr":
                if self._depth == 1:
                    self.tables[-1].rows.append([])
            case "w:tbl":
                self._depth += 1
                if self._depth == 1:
                    self.tables.append(FileTable())
            case "mc:AlternateContent":
                self._choices.append(False)
            case "w:p" | "mc:Choice" | "mc:Fallback":
                pass
            case _:
                self._property(name, attributes)

    def _is_second(self, name: str) -> bool:
        """Say whether a choice comes after one that was taken."""
        if name == "mc:AlternateContent" or not self._choices:
            return False
        before, self._choices[-1] = self._choices[-1], True
        return before

    def _end(self, name: str) -> None:
        """Leave what was begun."""
        match name:
            case "w:p":
                self._add("\n")
            case "w:r" | "w:rPr" | "w:sdtPr":
                self._inside.pop()
            case "w:tc" if self._depth == 1:
                self._cell = None
            case "w:tbl":
                self._depth -= 1
            case "w:sdt" if self._open:
                self._close()
            case "mc:AlternateContent" if self._choices:
                self._choices.pop()

    def _property(self, name: str, attributes: str) -> None:
        inside = self._inside[-1]
        if name in _WHITE:
            if inside == "w:r":
                self._add(_WHITE[name])
            return
        value = value_of(attributes)
        if inside == "w:sdtPr" and self._open:
            if name == "w:tag":
                self._open[-1].tag = value or ""
            elif name == "w:alias":
                self._open[-1].title = value or ""
            elif name == "w:showingPlcHdr":
                self._open[-1].prompt = _is_on(value)
        elif inside == "w:rPr" and self._inside[-2] == "w:r":
            if name in ("w:strike", "w:dstrike") and _is_on(value):
                self._fault = Fault.STRUCK
            elif name == "w:vanish" and _is_on(value):
                self._fault = Fault.HIDDEN
        elif name == "w:tblCaption" and self._depth == 1:
            self.tables[-1].caption = value or ""

    def _add(self, text: str) -> None:
        if self._open:
            control = self._open[0]
            control.texts.append(text)
            if self._fault is not None and text.strip():
                control.fault = self._fault
        elif self._cell is not None:
            self._cell.parts.append(text)

    def _close(self) -> None:
        """Put a control into its cell; one within another belongs to the outer one, which takes its name where it has none."""
        control = self._open.pop()
        if self._open:
            outer = self._open[0]
            outer.tag = outer.tag or control.tag
            outer.title = outer.title or control.title
            outer.prompt = outer.prompt or control.prompt
            return
        cell = self._cell
        if cell is None and self._depth and self.tables[-1].rows and self.tables[-1].rows[-1]:
            cell = self.tables[-1].rows[-1][-1]
        if cell is None:
            self.loose.append(control)
        else:
            cell.parts.append(control)

    def _count(self) -> None:
        self._cells += 1
        if self._cells > MAX_CELLS:
            raise Refused([too_large(self._name, say("more than {most:,} cells and fields", most=MAX_CELLS))])


def value_of(attributes: str) -> str | None:
    """Return the attribute ``w:val``; None where there is none."""
    return attributes_of(attributes).get("val") if "=" in attributes else None


def _is_on(value: str | None) -> bool:
    return is_on("1" if value is None else value)
