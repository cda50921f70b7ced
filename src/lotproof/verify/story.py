"""One story of a Word document (body, header, note) as its readers see it, taken in as a stream."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lotproof.readers.numbering import Numbers, is_on
from lotproof.readers.symbols import SYMBOLS
from lotproof.readers.xml import Attributes
from lotproof.verify.looks import RUN, Look, Looks, look_of, said
from lotproof.verify.model import COUNTED, FIELD, Control, Line, Mark, Unit

_WHITE = {
    "w:tab": "\t",
    "w:ptab": "\t",
    "w:br": "\n",
    "w:cr": "\n",
    "w:noBreakHyphen": "\u2011",
    "w:softHyphen": "\u00ad",
}
_KINDS = {"w:text": "text", "w:dropDownList": "choice", "w:comboBox": "choice", "w:date": "date", ":checkbox": "check"}
_VOLATILE = frozenset({"PAGE", "NUMPAGES", "SECTIONPAGES", "PAGEREF"})
_PAST = frozenset(
    {
        "w:rPrChange",
        "w:pPrChange",
        "w:tblPrChange",
        "w:trPrChange",
        "w:tcPrChange",
        "w:tblPrExChange",
        "w:sectPrChange",
        "w:tblGridChange",
        "w:numberingChange",
    }
)
"""What these hold is how something looked before."""

_DRAWN = {
    "wp:inline": "drawing",
    "wp:anchor": "drawing",
    "v:shape": "drawing",
    "v:rect": "drawing",
    "v:oval": "drawing",
    "v:roundrect": "drawing",
    "v:line": "drawing",
    "w:object": "object",
}
_TEXTS = frozenset({"w:t", "w:delText", ":t", "m:t", "w:instrText"})
_MOST_LOOKS = 4096
_THIN = 60
"""Twentieths of a point: a line or a row of less height is not read."""

_FAR = 14_000
"""Twentieths of a point: text that begins so far from its margin stands on no page."""


class _Paragraph:
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
        self.controls: list[_Control] = []
        self.calculated: list[str] = []
        self.things: list[str] = []
        self.comments: list[str] = []


class _Control:
    """A content control while it is read."""

    __slots__ = ("chars", "choices", "kind", "path", "placed", "prompt", "tag", "title")

    def __init__(self) -> None:
        self.tag = self.title = self.path = self.kind = ""
        self.prompt = self.placed = False
        self.choices: list[str] = []
        self.chars: list[str] = []

    def done(self) -> Control:
        return Control(
            tag=self.tag,
            title=self.title,
            path=self.path,
            kind=self.kind,
            value="".join(self.chars),
            prompt=self.prompt,
            choices=tuple(self.choices),
        )


class _Row:
    """A row of a table while it is read."""

    __slots__ = ("cells", "fill", "from_table", "inside", "marks", "unseen")

    def __init__(self, table: str) -> None:
        self.cells: list[list[Line]] = []
        self.inside: list[_Paragraph] = []
        self.marks: list[Mark] = []
        self.fill = self.unseen = ""
        self.from_table = table


class _Field:
    """A field of Word while it is read."""

    __slots__ = ("instruction", "paragraph", "result", "start")

    def __init__(self, instruction: str = "") -> None:
        self.instruction = [instruction]
        self.result = False
        self.paragraph: _Paragraph | None = None
        self.start = 0


class Story:
    """
    Collects a part; see :func:`lotproof.readers.xml.visit`.

    Args:
        part: what its units are called.
        looks: the styles.
        numbers: counts the numbered paragraphs of the body; None elsewhere.
        links: what each relationship leads to (``picture ...``, ``link ...``).

    Attributes:
        units: in the order in which they end.
        sections: kind and relationship of each header and footer of the pages.
    """

    def __init__(self, part: str, looks: Looks, numbers: Numbers | None, links: Mapping[str, str]) -> None:
        self.units: list[Unit] = []
        self.sections: list[tuple[str, str]] = []
        self._part, self._looks, self._numbers, self._links = part, looks, numbers, links
        self._names: list[str] = [""]
        self._open: list[_Paragraph] = []
        self._rows: list[_Row] = []
        self._tables: list[str] = []
        self._controls: list[_Control] = []
        self._fields: list[_Field] = []
        self._boxes = 0
        self._skipped = 0
        self._aside = self._note_skipped = False
        self._tracked: list[tuple[str, str]] = []
        self._alternatives: list[list[list[str]]] = []
        self._run: dict[str, str] = {}
        self._look: Look | None = None
        self._known: dict[tuple[object, ...], Look] = {}
        self._reading = False
        self._starts: dict[str, Callable[[Attributes], None]] = {
            "w:p": self._begin,
            "w:r": self._begin_run,
            "w:tbl": lambda _: self._tables.append(""),
            "w:tr": lambda _: self._rows.append(_Row(self._tables[-1] if self._tables else "")),
            "w:tc": self._begin_cell,
            "w:sdt": lambda _: self._controls.append(_Control()),
            "w:fldChar": self._field_mark,
            "w:fldSimple": lambda a: self._field_result(_Field(a.get("instr", "")), push=True),
            "w:txbxContent": lambda _: self._into_box(1),
            "w:hyperlink": self._hyperlink,
            "mc:AlternateContent": lambda _: self._alternatives.append([]),
            "mc:Choice": lambda _: self._alternative(),
            "mc:Fallback": lambda _: self._alternative(),
            "v:textpath": lambda a: self._alone(a.get("string", "")),
            "v:imagedata": self._picture,
            ":blip": self._picture,
            ":svgBlip": self._picture,
            "w:headerReference": lambda a: self.sections.append(("header", a.get("id", ""))),
            "w:footerReference": lambda a: self.sections.append(("footer", a.get("id", ""))),
            "w:commentRangeStart": self._comment,
            "w:commentReference": self._comment,
            "w:footnoteReference": lambda _: self._put("footnote"),
            "w:endnoteReference": lambda _: self._put("endnote"),
            "w:footnote": self._note,
            "w:endnote": self._note,
            "w:ins": lambda a: self._track("inserted", a),
            "w:moveTo": lambda a: self._track("moved to", a),
            "w:del": lambda a: self._track("deleted", a),
            "w:moveFrom": lambda a: self._track("moved from", a),
            "w:cellIns": lambda a: self._row_mark("inserted", a),
            "w:cellDel": lambda a: self._row_mark("deleted", a),
            "w:cellMerge": lambda a: self._row_mark("formatted", a),
        }
        self._ends: dict[str, Callable[[], None]] = {
            "w:p": self._end,
            "w:tr": self._end_row,
            "w:tbl": lambda: self._tables.pop() and None if self._tables else None,
            "w:sdt": self._end_control,
            "w:fldSimple": self._end_field,
            "w:txbxContent": lambda: self._into_box(-1),
            "mc:AlternateContent": self._end_alternatives,
        }

    # the visitor

    def start(self, name: str, attributes: Attributes, place: int) -> None:
        """Take the start of an element."""
        names = self._names
        names.append(name)
        if self._skipped:
            self._skipped += 1
            self._reading = self._aside and name in _TEXTS
            return
        if name in _TEXTS:
            self._reading = True
            return
        parent = names[-2]
        if parent == "w:rPr" or parent == ":textFill":
            self._run_property(name, attributes)
            return
        begin = self._starts.get(name)
        if begin is not None:
            begin(attributes)
        elif name in _PAST:
            self._formatted(attributes)
        elif parent == "w:r" and (name in _WHITE or name == "w:sym"):
            if not (name == "w:br" and attributes.get("type") in ("page", "column")):
                self._add(_WHITE[name] if name in _WHITE else _symbol(attributes))
        elif parent in _PROPERTIES:
            self._property(name, parent, attributes)
        elif name == "w:sdtContent":
            self._place_control()
        elif name in _DRAWN:
            self._put(_DRAWN[name])

    def end(self, name: str, place: int) -> None:
        """Take the end of an element."""
        self._names.pop()
        if self._skipped:
            self._skipped -= 1
            self._aside = self._aside and self._skipped > 0
            self._reading = False
            return
        if name in _TEXTS:
            self._reading = False
        elif name in _TRACKED and self._names[-1] not in ("w:rPr", "w:trPr", "w:tcPr"):
            self._tracked.pop()
        elif name in self._ends:
            self._ends[name]()
        elif name in ("w:footnote", "w:endnote"):
            self._note_skipped = False

    def text(self, data: str, place: int) -> None:
        """Take characters."""
        if not self._reading:
            return
        if self._alternatives and self._alternatives[-1]:
            self._alternatives[-1][-1].append(data)
            if self._aside:
                return
        name = self._names[-1]
        if name == "w:instrText":
            if self._fields and not self._fields[-1].result:
                self._fields[-1].instruction.append(data)
        elif name == ":t" and not self._open:
            self._alone(data)
        else:
            self._add(data.replace(FIELD, "<U+FFFC>") if FIELD in data else data)

    # paragraphs, rows, controls

    def _begin(self, _: Attributes) -> None:
        paragraph = _Paragraph(box=self._boxes > 0)
        self._open.append(paragraph)
        if self._controls and self._controls[-1].kind:
            self._place_control()

    def _end(self) -> None:
        if not self._open:
            return
        paragraph = self._open.pop()
        number = ""
        if self._numbers is not None and not paragraph.box:
            number = self._numbers.next(paragraph.style or self._looks.default, paragraph.list_id, paragraph.level)
        text = "".join(paragraph.chars).strip(" \t\n")
        line = Line(number=number, text=text)
        if paragraph.box and self._open:
            host = self._open[-1]
            host.things += [*([f"text box: {text}"] if text else ()), *paragraph.things]
            host.marks += paragraph.marks
            return
        if not self._rows or self._note_skipped:
            if not self._note_skipped and (text or paragraph.marks or paragraph.things or paragraph.comments):
                self.units.append(_unit(self._part, [[line]] if text else [[]], [paragraph], paragraph.marks))
            return
        row = self._rows[-1]
        row.inside.append(paragraph)
        if not row.cells:
            row.cells.append([])
        if text:
            row.cells[-1].append(line)

    def _begin_cell(self, _: Attributes) -> None:
        if self._rows:
            self._rows[-1].cells.append([])
            self._rows[-1].fill = ""

    def _end_row(self) -> None:
        if not self._rows:
            return
        row = self._rows.pop()
        marks = [*row.marks, *(mark for paragraph in row.inside for mark in paragraph.marks)]
        if any(row.cells) or marks or any(p.things or p.comments for p in row.inside):
            self.units.append(_unit(self._part, row.cells, row.inside, marks))

    def _into_box(self, change: int) -> None:
        self._boxes += change

    def _alone(self, text: str) -> None:
        """Take a text that stands in a drawing: a watermark, a word in a shape."""
        if text.strip() and self._open:
            self._open[-1].things.append(f"text in a drawing: {text.strip()}")
        elif text.strip():
            self.units.append(Unit(part=self._part, cells=((Line(number="", text=text.strip()),),)))

    def _note(self, attributes: Attributes) -> None:
        self._note_skipped = attributes.get("type", "") in ("separator", "continuationSeparator", "continuationNotice")

    def _place_control(self) -> None:
        """Begin the words of a control that can be filled in: its field stands in the text, its value apart."""
        control = self._controls[-1] if self._controls else None
        if control is None or not control.kind or control.placed or not self._open:
            return
        control.placed = True
        if any(other.placed for other in self._controls[:-1]):
            control.kind = ""  # LibreOffice writes one check box as two
            return
        self._open[-1].chars.append(FIELD)
        self._open[-1].controls.append(control)

    def _end_control(self) -> None:
        if self._controls:
            self._controls.pop()

    def _sink(self) -> list[str] | None:
        """Return where text goes: into a control, or into the paragraph."""
        for control in self._controls:
            if control.placed and control.kind:
                return control.chars
        return self._open[-1].chars if self._open else None

    # text

    def _begin_run(self, _: Attributes) -> None:
        self._run, self._look = {}, None

    def _add(self, text: str) -> None:
        if not self._open or any(not field.result for field in self._fields):
            return
        paragraph = self._open[-1]
        look = self._look or self._looked(paragraph)
        sink = self._sink()
        if look.capitals:
            text = text.upper()
        if look.raised:
            text = f"<{look.raised} {text}>"
        if look.signs:
            _mark(paragraph, "glyphs", text, look.signs)
        if self._tracked:
            kind, who = next((one for one in self._tracked if one[0] in _GONE), self._tracked[-1])
            if kind in _GONE:
                _mark(paragraph, kind, text, who)
                return
            if sink is paragraph.chars:
                _mark(paragraph, kind, text, who)
        if look.unseen or look.struck:
            if text.strip():
                _mark(paragraph, "unseen" if look.unseen else "struck", text, look.unseen)
                return
        if sink is not None:
            sink.append(text)

    def _looked(self, paragraph: _Paragraph) -> Look:
        row = self._rows[-1] if self._rows and not paragraph.box else None
        away = paragraph.unseen or (row.unseen if row else "")
        if away:
            self._look = Look(away)
            return self._look
        beneath = paragraph.fill or (row.fill if row else "")
        style = paragraph.style or self._looks.default
        key = (row.from_table if row else "", style, beneath, *self._run.items())
        look = self._known.get(key)
        if look is None:
            styles = (row.from_table if row else "", style, self._run.get("w:rStyle", ""))
            look = look_of(tuple({**self._looks.properties(styles), **self._run}.items()), beneath)
            if len(self._known) < _MOST_LOOKS:
                self._known[key] = look
        self._look = look
        return look

    def _run_property(self, name: str, attributes: Attributes) -> None:
        """Take a property of a run; those of a paragraph's mark only say whether the mark is tracked."""
        owner = self._names[-3]
        if name in _TRACKED or name in _PAST:
            if name in _PAST:
                self._formatted(attributes)
            elif self._open:
                _mark(self._open[-1], _TRACKED[name], "¶", _who(attributes))
            return
        if owner == "w:pPr":
            return
        if name in RUN:
            self._run[name] = said(name, attributes)
            self._look = None
        elif name == "w:rStyle":
            self._run[name] = attributes.get("val", "")
            self._look = None

    def _field_mark(self, attributes: Attributes) -> None:
        kind = attributes.get("fldCharType")
        if kind == "begin":
            self._fields.append(_Field())
        elif kind == "separate" and self._fields:
            self._field_result(self._fields[-1], push=False)
        elif kind == "end":
            self._end_field()

    def _field_result(self, field: _Field, *, push: bool) -> None:
        if push:
            self._fields.append(field)
        field.result = True
        field.paragraph = self._open[-1] if self._open else None
        field.start = len(field.paragraph.chars) if field.paragraph else 0

    def _end_field(self) -> None:
        if not self._fields:
            return
        field = self._fields.pop()
        words = "".join(field.instruction).split()
        paragraph = field.paragraph if field.result else (self._open[-1] if self._open else None)
        if paragraph is None or not words:
            return
        kind = words[0].upper()
        if kind in _VOLATILE:
            result = "".join(paragraph.chars[field.start :]).strip()
            if field.result and result.isascii() and result.isdigit() and self._open and self._open[-1] is paragraph:
                paragraph.chars[field.start :] = [COUNTED]
            paragraph.calculated.append(kind)
        else:
            paragraph.calculated.append(f"{kind} {words[1]}" if len(words) > 1 else kind)

    # what stands beside the text

    def _property(self, name: str, parent: str, attributes: Attributes) -> None:
        value = attributes.get("val", "")
        match parent:
            case "w:pPr" | "w:numPr" if self._open:
                self._paragraph_property(name, value, attributes)
            case "w:trPr" if self._rows:
                row = self._rows[-1]
                if name == "w:hidden" and is_on(attributes.get("val", "1")):
                    row.unseen = "a hidden row"
                elif name == "w:trHeight" and attributes.get("hRule") == "exact" and _size(value, _THIN) < _THIN:
                    row.unseen = "a row without height"
            case "w:tcPr" if self._rows:
                if name == "w:shd":
                    self._rows[-1].fill = said(name, attributes)
            case "w:tblPr" if name == "w:tblStyle" and self._tables:
                self._tables[-1] = value
            case "w:sdtPr" if self._controls:
                control = self._controls[-1]
                if name == "w:tag":
                    control.tag = value
                elif name == "w:alias":
                    control.title = value
                elif name == "w:dataBinding":
                    control.path = attributes.get("xpath", "")
                elif name == "w:showingPlcHdr":
                    control.prompt = is_on(attributes.get("val", "1"))
                elif name in _KINDS:
                    control.kind = _KINDS[name]
            case "w:dropDownList" | "w:comboBox" if self._controls and name == "w:listItem":
                if len(self._controls[-1].choices) < 200:
                    self._controls[-1].choices.append(attributes.get("displayText") or attributes.get("value", ""))
            case _:
                pass

    def _paragraph_property(self, name: str, value: str, attributes: Attributes) -> None:
        paragraph = self._open[-1]
        match name:
            case "w:pStyle":
                paragraph.style = value
            case "w:numId":
                paragraph.list_id = value
            case "w:ilvl" if value.isdecimal() and len(value) < 3:
                paragraph.level = int(value)
            case "w:shd":
                paragraph.fill = said(name, attributes)
            case "w:spacing" if (
                attributes.get("lineRule") == "exact" and _size(attributes.get("line", ""), _THIN) < _THIN
            ):
                paragraph.unseen = "a line without height"
            case "w:ind":
                for side in ("left", "start", "right", "end", "hanging", "firstLine"):
                    if abs(_size(attributes.get(side, ""), 0)) > _FAR:
                        paragraph.unseen = "text beside the page"
            case "w:framePr":
                paragraph.things.append("frame")
            case _:
                pass

    def _track(self, kind: str, attributes: Attributes) -> None:
        parent = self._names[-2]
        if parent in ("w:trPr", "w:tcPr"):
            self._row_mark(kind, attributes)
        else:
            self._tracked.append((kind, _who(attributes)))

    def _row_mark(self, kind: str, attributes: Attributes) -> None:
        if self._rows:
            self._rows[-1].marks.append(
                Mark(kind=kind, text="a row" if self._names[-2] == "w:trPr" else "a cell", how=_who(attributes))
            )

    def _formatted(self, attributes: Attributes) -> None:
        """Note that how something looks was changed and tracked; what it looked like before is passed over."""
        mark = Mark(kind="formatted", text="", how=_who(attributes))
        if self._open:
            _mark(self._open[-1], "formatted", "", mark.how)
        elif self._rows:
            self._rows[-1].marks.append(mark)
        self._skipped = 1

    def _hyperlink(self, attributes: Attributes) -> None:
        target = self._links.get(attributes.get("id", ""), "")
        if target:
            self._put(target)

    def _put(self, thing: str) -> None:
        if self._open:
            self._open[-1].things.append(thing)

    def _picture(self, attributes: Attributes) -> None:
        identifier = attributes.get("embed") or attributes.get("id") or attributes.get("link", "")
        self._put(self._links.get(identifier, "picture"))

    def _comment(self, attributes: Attributes) -> None:
        identifier = attributes.get("id", "")
        if self._open and identifier not in self._open[-1].comments:
            self._open[-1].comments.append(identifier)

    def _alternative(self) -> None:
        """Take the first of several forms of a thing; of the others only whether they say the same."""
        if self._alternatives:
            self._alternatives[-1].append([])
            if len(self._alternatives[-1]) > 1:
                self._skipped, self._aside = 1, True

    def _end_alternatives(self) -> None:
        if not self._alternatives:
            return
        first, *others = ["".join(texts) for texts in self._alternatives.pop()] or [""]
        for other in others:
            if other.split() != first.split() and self._open:
                _mark(self._open[-1], "readings", other[:200], first[:200])


_GONE = ("deleted", "moved from")
_TRACKED = {"w:ins": "inserted", "w:del": "deleted", "w:moveFrom": "moved from", "w:moveTo": "moved to"}
_PROPERTIES = frozenset({"w:pPr", "w:numPr", "w:trPr", "w:tcPr", "w:tblPr", "w:sdtPr", "w:dropDownList", "w:comboBox"})


def _unit(part: str, cells: list[list[Line]], inside: list[_Paragraph], marks: list[Mark]) -> Unit:
    return Unit(
        part=part,
        cells=tuple(map(tuple, cells)),
        controls=tuple(control.done() for p in inside for control in p.controls),
        marks=tuple(marks),
        calculated=tuple(one for p in inside for one in p.calculated),
        things=tuple(one for p in inside for one in p.things),
        comments=tuple(one for p in inside for one in p.comments),
    )


def _mark(paragraph: _Paragraph, kind: str, text: str, how: str) -> None:
    """Mark a text, or join it to the mark before it."""
    last = paragraph.marks[-1] if paragraph.marks else None
    if last is not None and (last.kind, last.how) == (kind, how):
        paragraph.marks[-1] = Mark(kind=kind, text=(last.text + text)[:2000], how=how)
    elif len(paragraph.marks) < 1000:
        paragraph.marks.append(Mark(kind=kind, text=text[:2000], how=how))


def _who(attributes: Attributes) -> str:
    return " ".join(filter(None, (attributes.get("author", "")[:60], attributes.get("date", "")[:10])))


def _symbol(attributes: Attributes) -> str:
    code = attributes.get("char", "")
    number = int(code, 16) if 0 < len(code) <= 4 and all(c in "0123456789abcdefABCDEF" for c in code) else 0
    return SYMBOLS.get(number - 0xF000 if number >= 0xF000 else number, "\ufffd")


def _size(text: str, otherwise: int) -> int:
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and len(digits) < 9 else otherwise
