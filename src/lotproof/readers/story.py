"""One story of a Word document (body, header, note): its elements taken in as a stream, its paragraphs given back in order."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from lotproof.readers.model import Mark, Piece, Run
from lotproof.readers.numbering import is_on
from lotproof.readers.symbols import SYMBOLS
from lotproof.readers.xml import Attributes

_WHITE = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "-"}
_UNREAD = {
    "pic:pic": "picture",
    "w:object": "embedded file",
    "c:chart": "chart",
    "dgm:relIds": "diagram",
    "v:imagedata": "picture",
}
_PROPERTIES = (["w:rPr"], ["w:trPr"])
"""Where an element of the name of a tracked change says that a paragraph mark or a row was changed, and holds no text."""


@dataclass(slots=True, eq=False)
class Paragraph:
    """A paragraph while it is read, and afterwards."""

    style: str = ""
    list_id: str = ""
    level: int | None = None
    outline: int | None = None
    table: int = 0
    row: int = 0
    column: int = 0
    box: bool = False
    note: str = ""
    texts: list[str] = field(default_factory=list)
    length: int = 0
    pieces: list[Piece] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)
    near: int = -1

    @property
    def text(self) -> str:
        """What a reader sees."""
        return "".join(self.texts)


@dataclass(slots=True, eq=False)
class _Table:
    number: int
    row: int = 0
    column: int = 0
    span: int = 1


@dataclass(slots=True, eq=False)
class _Open:
    """What of the run is known while it is read."""

    start: int
    properties: tuple[int, int]
    hidden: bool = False
    style: str = ""
    number: int = -1


class Story:
    """
    Collects a part; see :func:`lotproof.readers.xml.visit`.

    Attributes:
        paragraphs: in the order in which they begin.
        heading_rows: tables and rows that are repeated on every page.
        runs: bytes of every run, by the number that pieces name.
        unread: what could not be read, counted.
        references: note id to the run in which it is referred to.
    """

    def __init__(self, content: bytes, hidden_styles: frozenset[str] = frozenset()) -> None:
        self.paragraphs: list[Paragraph] = []
        self.heading_rows: set[tuple[int, int]] = set()
        self.runs: list[Run] = []
        self.unread: Counter[str] = Counter()
        self.references: dict[tuple[str, str], int] = {}
        self.tables = 0
        self._content, self._hidden_styles = content, hidden_styles
        self._names: list[str] = []
        self._open: list[Paragraph] = []
        self._boxes: list[int] = []
        self._tables: list[_Table] = []
        self._runs: list[_Open] = []
        self._choices: list[bool] = []
        self._prompts: list[bool] = []
        self._skipped = self._inserted = self._deleted = 0
        self._text_from = -1
        self._note = ""

    def start(self, name: str, attributes: Attributes, place: int) -> None:
        self._names.append(name)
        if self._skipped:
            self._skipped += 1
            if self._deleted and name in ("w:delText", "w:t"):
                self._text_from = place
            return
        match name:
            case "w:p":
                self._begin()
            case "w:r":
                self._runs.append(_Open(start=place, properties=(place, place)))
            case "w:rPr" if self._names[-2:-1] == ["w:r"] and self._runs:
                self._runs[-1].properties = (place, place)
            case "w:t" | "m:t":
                self._text_from = place
            case "w:tbl":
                self.tables += 1
                self._tables.append(_Table(self.tables))
            case "w:tr" if self._tables:
                self._tables[-1].row += 1
                self._tables[-1].column, self._tables[-1].span = 0, 1
            case "w:tc" if self._tables:
                self._tables[-1].column += self._tables[-1].span
                self._tables[-1].span = 1
            case "mc:AlternateContent":
                self._choices.append(False)
            case "mc:Choice" | "mc:Fallback" if self._choices:
                if self._choices[-1]:
                    self._skipped = 1
                self._choices[-1] = True
            case "w:txbxContent":
                self._boxes.append(len(self._open))
            case "w:del" | "w:moveFrom" | "w:rt" if self._names[-2:-1] not in _PROPERTIES:
                self._skipped = 1
                self._deleted += name != "w:rt"
            case "w:ins" | "w:moveTo" if self._names[-2:-1] not in _PROPERTIES:
                self._inserted += 1
            case "w:sdt":
                self._prompts.append(False)
            case _ if name in _UNREAD:
                self.unread[_UNREAD[name]] += 1
            case _:
                self._property(name, attributes, place)

    def end(self, name: str, place: int) -> None:
        self._names.pop()
        if self._skipped:
            self._skipped -= 1
            if name in ("w:delText", "w:t"):
                self._text_from = -1
            if not self._skipped and name in ("w:del", "w:moveFrom"):
                self._deleted -= 1
            return
        match name:
            case "w:p" if self._open:
                self._open.pop()
            case "w:rPr" if self._names[-1:] == ["w:r"] and self._runs:
                self._runs[-1].properties = (self._runs[-1].properties[0], self._behind(place))
            case "w:r" if self._runs:
                self._close(place)
            case "w:t" | "m:t":
                self._text_from = -1
            case "w:tbl" if self._tables:
                self._tables.pop()
            case "mc:AlternateContent" if self._choices:
                self._choices.pop()
            case "w:txbxContent" if self._boxes:
                self._boxes.pop()
            case "w:ins" | "w:moveTo" if self._names[-1:] not in _PROPERTIES and self._inserted:
                self._inserted -= 1
            case "w:sdt" if self._prompts:
                self._prompts.pop()
            case "w:footnote" | "w:endnote":
                self._note = ""

    def text(self, data: str, place: int) -> None:
        if self._text_from < 0 or not self._open:
            return
        if self._deleted:
            self._mark("deleted", 0, data)
        elif not self._skipped:
            self._add(data, place, literal=self._names[-1] == "w:t" and bool(self._runs))

    def _property(self, name: str, attributes: Attributes, place: int) -> None:
        """Take what stands inside properties, and single characters that are elements of their own."""
        inside = self._names[-2] if len(self._names) > 1 else ""
        value = attributes.get("val", "")
        paragraph = self._open[-1] if self._open else None
        if inside == "w:r" and self._runs:
            self._character(name, attributes, place)
        elif inside == "w:rPr" and self._names[-3:-2] == ["w:r"] and self._runs:
            if name == "w:vanish":
                self._runs[-1].hidden = is_on(attributes.get("val", "1"))
            elif name == "w:rStyle":
                self._runs[-1].style = value
        elif inside in ("w:pPr", "w:numPr") and paragraph is not None and self._names[-3:].count("w:pPrChange") == 0:
            match name:
                case "w:pStyle":
                    paragraph.style = value
                case "w:numId":
                    paragraph.list_id = value
                case "w:ilvl" if value.isdecimal() and len(value) < 3:
                    paragraph.level = int(value)
                case "w:outlineLvl" if value.isdecimal() and len(value) < 3:
                    paragraph.outline = int(value)
        elif inside == "w:trPr" and name == "w:tblHeader" and self._tables and is_on(attributes.get("val", "1")):
            self.heading_rows.add((self._tables[-1].number, self._tables[-1].row))
        elif inside == "w:tcPr" and name == "w:gridSpan" and self._tables and value.isdecimal() and len(value) < 4:
            self._tables[-1].span = max(1, int(value))
        elif inside == "w:sdtPr" and name == "w:showingPlcHdr" and self._prompts:
            self._prompts[-1] = is_on(attributes.get("val", "1"))
        elif name in ("w:footnote", "w:endnote", "w:comment"):
            kind = attributes.get("type", "")
            self._note = (
                "" if kind in ("separator", "continuationSeparator", "continuationNotice") else attributes.get("id", "")
            )

    def _character(self, name: str, attributes: Attributes, place: int) -> None:
        if name in _WHITE:
            self._add(_WHITE[name], place, literal=False)
        elif name == "w:sym":
            code = attributes.get("char", "")
            number = int(code, 16) if 0 < len(code) <= 4 and all(c in "0123456789abcdefABCDEF" for c in code) else 0
            self._add(SYMBOLS.get(number - 0xF000 if number >= 0xF000 else number, "\ufffd"), place, literal=False)
        elif name in ("w:footnoteReference", "w:endnoteReference") and self._runs:
            self.references[name[2:-9], attributes.get("id", "")] = self._number()

    def _begin(self) -> None:
        paragraph = Paragraph(box=bool(self._boxes), note=self._note)
        if paragraph.box and self._runs:
            paragraph.near = self._number()
        if self._tables:
            table = self._tables[-1]
            paragraph.table, paragraph.row, paragraph.column = table.number, table.row, max(table.column, 1)
        self.paragraphs.append(paragraph)
        self._open.append(paragraph)

    def _add(self, data: str, place: int, *, literal: bool) -> None:
        if not self._open:
            return
        paragraph = self._open[-1]
        start = paragraph.length
        paragraph.texts.append(data)
        paragraph.length += len(data)
        if self._runs and not paragraph.box:
            run = self._number()
            paragraph.pieces.append(
                Piece(start=start, place=place, run=run, literal=literal, element=self._text_from if literal else place)
            )
        if self._inserted:
            self._mark("inserted", len(data))
        if self._runs and (self._runs[-1].hidden or self._runs[-1].style in self._hidden_styles):
            self._mark("hidden", len(data))
        if True in self._prompts:
            self._mark("prompt", len(data))

    def _mark(self, kind: str, length: int, text: str = "") -> None:
        """Mark the last characters, or join them to a mark that ends where they begin."""
        paragraph = self._open[-1]
        start, end = paragraph.length - length, paragraph.length
        for at in range(len(paragraph.marks) - 1, max(-1, len(paragraph.marks) - 4), -1):
            mark = paragraph.marks[at]
            if mark.kind == kind and mark.end == start:
                paragraph.marks[at] = Mark(kind=kind, start=mark.start, end=end, text=(mark.text + text)[:200])
                return
        paragraph.marks.append(Mark(kind=kind, start=start, end=end, text=text[:200]))

    def _number(self) -> int:
        """Return the number of the run that is open: it gets one when something of it counts."""
        opened = self._runs[-1]
        if opened.number < 0:
            opened.number = len(self.runs)
            self.runs.append(Run(start=opened.start, properties=opened.properties, end=opened.start))
        return opened.number

    def _close(self, place: int) -> None:
        opened = self._runs.pop()
        if opened.number >= 0:
            end = self._behind(place)
            self.runs[opened.number] = Run(start=opened.start, properties=opened.properties, end=end)

    def _behind(self, place: int) -> int:
        """Return the byte behind the tag that begins at ``place``."""
        return self._content.find(b">", place) + 1
