"""Paragraphs, fields to fill in and fields of Word while a story is read."""

from __future__ import annotations

from lotproof.readers.numbering import is_on
from lotproof.readers.xml import Attributes
from lotproof.verify.looks import out_of_sight, said
from lotproof.verify.model import COUNTED, Control, Line, Mark, Unit

KINDS = {"w:text": "text", "w:dropDownList": "choice", "w:comboBox": "choice", "w:date": "date", ":checkbox": "check"}
"""What can be filled in, by the element that says so."""

_VOLATILE = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF"})
_MOST_MARKS, _MOST_CHOICES, _MOST_TEXT = 1000, 200, 2000


class OpenParagraph:
    """A paragraph while it is read."""

    __slots__ = (
        "box",
        "calculated",
        "chars",
        "comments",
        "controls",
        "fill",
        "level",
        "list_id",
        "marks",
        "style",
        "things",
        "unseen",
    )

    def __init__(self, *, box: bool) -> None:
        self.box = box
        self.style = self.list_id = self.fill = self.unseen = ""
        self.level: int | None = None
        self.chars: list[str] = []
        self.marks: list[Mark] = []
        self.controls: list[OpenControl] = []
        self.calculated: list[str] = []
        self.things: list[str] = []
        self.comments: list[str] = []

    def take(self, name: str, attributes: Attributes) -> None:
        """Take a property."""
        value = attributes.get("val", "")
        match name:
            case "w:pStyle":
                self.style = value
            case "w:numId":
                self.list_id = value
            case "w:ilvl" if value.isdecimal() and len(value) < 3:
                self.level = int(value)
            case "w:shd":
                self.fill = said(name, attributes)
            case "w:spacing" | "w:ind":
                self.unseen = out_of_sight(name, attributes) or self.unseen
            case "w:framePr":
                self.things.append("frame")
            case _:
                pass

    def mark(self, kind: str, text: str, how: str) -> None:
        """Mark a text, or join it to the mark before it."""
        last = self.marks[-1] if self.marks else None
        if last is not None and (last.kind, last.how) == (kind, how):
            self.marks[-1] = Mark(kind=kind, text=(last.text + text)[:_MOST_TEXT], how=how)
        elif len(self.marks) < _MOST_MARKS:
            self.marks.append(Mark(kind=kind, text=text[:_MOST_TEXT], how=how))


class OpenControl:
    """A content control while it is read."""

    __slots__ = ("chars", "choices", "kind", "path", "placed", "prompt", "tag", "title")

    def __init__(self) -> None:
        self.tag = self.title = self.path = self.kind = ""
        self.prompt = self.placed = False
        self.choices: list[str] = []
        self.chars: list[str] = []

    def take(self, name: str, attributes: Attributes) -> None:
        """Take a property."""
        value = attributes.get("val", "")
        if name == "w:tag":
            self.tag = value
        elif name == "w:alias":
            self.title = value
        elif name == "w:dataBinding":
            self.path = attributes.get("xpath", "")
        elif name == "w:showingPlcHdr":
            self.prompt = is_on(attributes.get("val", "1"))
        elif name in KINDS:
            self.kind = KINDS[name]
        elif name == "w:listItem" and len(self.choices) < _MOST_CHOICES:
            self.choices.append(attributes.get("displayText") or attributes.get("value", ""))

    def done(self) -> Control:
        """Return it as it stands in the file."""
        return Control(
            tag=self.tag,
            title=self.title,
            path=self.path,
            kind=self.kind,
            value="".join(self.chars),
            prompt=self.prompt,
            choices=tuple(self.choices),
        )


class _Field:
    __slots__ = ("instruction", "paragraph", "result", "start")

    def __init__(self, instruction: str = "") -> None:
        self.instruction = [instruction]
        self.result = False
        self.paragraph: OpenParagraph | None = None
        self.start = 0


class Fields:
    """The fields of Word that are open: their instructions are no text, their results are."""

    def __init__(self) -> None:
        self._open: list[_Field] = []

    @property
    def silent(self) -> bool:
        """An instruction is read, and what stands there is shown to nobody."""
        return bool(self._open) and not all(field.result for field in self._open)

    def begin(self, instruction: str = "") -> None:
        """Begin a field."""
        self._open.append(_Field(instruction))

    def instruct(self, text: str) -> None:
        """Take some of its instruction."""
        if self._open and not self._open[-1].result:
            self._open[-1].instruction.append(text)

    def result(self, paragraph: OpenParagraph | None) -> None:
        """Begin its result."""
        if self._open:
            field = self._open[-1]
            field.result, field.paragraph = True, paragraph
            field.start = len(paragraph.chars) if paragraph else 0

    def end(self, current: OpenParagraph | None) -> None:
        """End a field; a page number becomes :data:`COUNTED`, and nothing but a number does."""
        if not self._open:
            return
        field = self._open.pop()
        words = "".join(field.instruction).split()
        paragraph = field.paragraph if field.result else current
        if paragraph is None or not words:
            return
        kind = words[0].upper()
        if kind in _VOLATILE:
            result = "".join(paragraph.chars[field.start :]).strip()
            if field.result and result.isascii() and result.isdigit() and current is paragraph:
                paragraph.chars[field.start :] = [COUNTED]
            paragraph.calculated.append(kind)
        else:
            paragraph.calculated.append(f"{kind} {words[1]}" if len(words) > 1 else kind)


def unit_of(part: str, cells: list[list[Line]], inside: list[OpenParagraph], marks: list[Mark]) -> Unit:
    """Return a row or a paragraph as one unit."""
    return Unit(
        part=part,
        cells=tuple(map(tuple, cells)),
        controls=tuple(control.done() for p in inside for control in p.controls),
        marks=tuple(marks),
        calculated=tuple(one for p in inside for one in p.calculated),
        things=tuple(one for p in inside for one in p.things),
        comments=tuple(one for p in inside for one in p.comments),
    )
