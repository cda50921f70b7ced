"""One story of a Word document (body, header, note) as its readers see it, taken in as a stream."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lotproof.findings import Refused
from lotproof.messages import say
from lotproof.readers.numbering import Numbers
from lotproof.readers.package import too_large
from lotproof.readers.symbols import SYMBOLS
from lotproof.readers.xml import Attributes
from lotproof.verify.looks import RUN, Look, Looks, look_of, said
from lotproof.verify.model import FIELD, Line, Mark, Unit
from lotproof.verify.places import MARGINS, OpenPage, OpenRow, OpenTable
from lotproof.verify.unfinished import KINDS, Fields, OpenControl, OpenParagraph, unit_of

_WHITE = {
    "w:tab": "\t",
    "w:ptab": "\t",
    "w:br": "\n",
    "w:cr": "\n",
    "w:noBreakHyphen": "\u2011",
    "w:softHyphen": "\u00ad",
}
_PAST = (
    "w:rPrChange",
    "w:pPrChange",
    "w:tblPrChange",
    "w:trPrChange",
    "w:tcPrChange",
    "w:tblPrExChange",
    "w:sectPrChange",
    "w:tblGridChange",
    "w:numberingChange",
)
"""What these hold is how something looked before."""

_DRAWN = {
    **dict.fromkeys(("wp:inline", "wp:anchor", "v:shape", "v:rect", "v:oval", "v:roundrect", "v:line"), "drawing"),
    "w:object": "object",
}
_TEXTS = frozenset({"w:t", "w:delText", ":t", "m:t", "w:instrText"})
_TRACKED = {"w:ins": "inserted", "w:del": "deleted", "w:moveFrom": "moved from", "w:moveTo": "moved to"}
_GONE = ("deleted", "moved from")
_OWNERS = frozenset({"w:rPr", "w:trPr", "w:tcPr"})
"""Where an element of the name of a tracked change says that a mark, a row or a cell was changed, and holds no text."""

_PARAGRAPH = ("w:pStyle", "w:numId", "w:ilvl", "w:ind", "w:framePr")
_ROW = ("w:hidden", "w:trHeight", "w:tcW", "w:gridSpan", "w:gridBefore")
_TABLE = ("w:tblStyle", "w:gridCol", "w:tblInd", "w:tblpPr")
_PAGE = ("w:pgSz", "w:pgMar", "w:cols")
_CONTROL = ("w:tag", "w:alias", "w:dataBinding", "w:showingPlcHdr", "w:listItem", *KINDS)
_MOST_LOOKS = 4096
_MOST_CUT = 2000
_MOST = 60_000
"""Paragraphs of a story."""

Begin = Callable[[str, Attributes], None]


class Story:
    """
    Collects a part; see :func:`lotproof.readers.xml.walk`.

    Args:
        file: what findings call the file.
        part: what its units are called.
        looks: the styles.
        numbers: counts the numbered paragraphs of the body; None elsewhere.
        links: what each relationship leads to (``picture ...``, ``link ...``).

    Attributes:
        units: in the order in which they end.
        sections: kind and relationship of each header and footer of the pages.
    """

    def __init__(self, file: str, part: str, looks: Looks, numbers: Numbers | None, links: Mapping[str, str]) -> None:
        self.units: list[Unit] = []
        self.sections: list[tuple[str, str]] = []
        self._file, self._part, self._looks, self._numbers, self._links = file, part, looks, numbers, links
        self.names: list[str] = ["", ""]
        self._open: list[OpenParagraph] = []
        self._rows: list[OpenRow] = []
        self._tables: list[OpenTable] = []
        self._page: OpenPage | None = None
        self._controls: list[OpenControl] = []
        self._fields = Fields()
        self._boxes = self.skipped = self._paragraphs = self._section = 0
        self._aside = self._note_skipped = self._reading = False
        self._tracked: list[tuple[str, str]] = []
        self._alternatives: list[list[list[str]]] = []
        self._runs: list[dict[str, str]] = [{}]
        self._look: Look | None = None
        self._known: dict[tuple[object, ...], Look] = {}
        self.starts = self._beginnings()
        self.ends = self._endings()

    def _beginnings(self) -> dict[str, Begin]:
        return {
            **dict.fromkeys(_TEXTS, self._begin_text),
            **dict.fromkeys((*RUN, "w:rStyle"), self._property),
            **dict.fromkeys(_PARAGRAPH, lambda name, a: self._open[-1].take(name, a) if self._open else None),
            **dict.fromkeys(_ROW, lambda name, a: self._rows[-1].take(name, a) if self._rows else None),
            **dict.fromkeys(_CONTROL, self._control_property),
            **dict.fromkeys(_PAST, self._formatted),
            **dict.fromkeys(_TRACKED, self._track),
            **dict.fromkeys((*_WHITE, "w:sym"), self._white),
            **dict.fromkeys(_DRAWN, lambda name, _: self._put(_DRAWN[name])),
            **dict.fromkeys(("w:cellIns", "w:cellDel", "w:cellMerge"), self._cell_mark),
            "w:p": self._begin_paragraph,
            "w:r": self._begin_run,
            "w:tbl": lambda *_: self._tables.append(OpenTable()),
            **dict.fromkeys(_TABLE, lambda name, a: self._tables[-1].take(name, a) if self._tables else None),
            **dict.fromkeys(MARGINS, self._margin),
            **dict.fromkeys(_PAGE, lambda name, a: self._page.take(name, a) if self._page else None),
            "w:tr": self._begin_row,
            "w:tc": self._begin_cell,
            "w:sdt": lambda *_: self._controls.append(OpenControl()),
            "w:sdtContent": lambda *_: self._place_control(),
            "w:fldChar": self._field_mark,
            "w:fldSimple": self._simple_field,
            "w:txbxContent": lambda *_: self._into_box(1),
            "w:hyperlink": lambda _, a: self._put(self._links.get(a.get("id", ""), "")),
            "mc:AlternateContent": lambda *_: self._alternatives.append([]),
            "mc:Choice": self._alternative,
            "mc:Fallback": self._alternative,
            "v:textpath": lambda _, a: self._drawn_text(a.get("string", "")),
            **dict.fromkeys(("v:imagedata", ":blip", ":svgBlip"), self._picture),
            "w:sectPr": self._begin_section,
            **dict.fromkeys(("w:headerReference", "w:footerReference"), self._reference),
            **dict.fromkeys(("w:commentRangeStart", "w:commentReference"), self._comment),
            **dict.fromkeys(("w:footnoteReference", "w:endnoteReference"), lambda name, _: self._put(name[2:-9])),
            **dict.fromkeys(("w:footnote", "w:endnote"), self._begin_note),
        }

    def _endings(self) -> dict[str, Callable[[], None]]:
        return {
            **dict.fromkeys(_TEXTS, self._end_text),
            **dict.fromkeys(_TRACKED, self._end_track),
            "w:p": self._end_paragraph,
            "w:r": self._end_run,
            "w:tr": self._end_row,
            "w:tbl": lambda: self._tables.__delitem__(slice(-1, None)),
            "w:sdt": lambda: self._controls.__delitem__(slice(-1, None)),
            "w:fldSimple": lambda: self._fields.end(self._open[-1] if self._open else None),
            "w:txbxContent": lambda: self._into_box(-1),
            "mc:AlternateContent": self._end_alternatives,
            "w:sectPr": self._end_section,
            **dict.fromkeys(("w:footnote", "w:endnote"), self._end_note),
        }

    # the walker

    def skip(self, name: str) -> None:
        """Pass over an element; of the second form of a thing only its text is read."""
        self.skipped += 1
        self._reading = self._aside and name in _TEXTS

    def unskip(self) -> None:
        """Leave an element that is passed over."""
        self.skipped -= 1
        self._aside = self._aside and self.skipped > 0
        self._reading = False

    def characters(self, data: str) -> None:
        """Take characters."""
        if not self._reading:
            return
        if self._alternatives and self._alternatives[-1]:
            self._alternatives[-1][-1].append(data)
            if self._aside:
                return
        name = self.names[-1]
        if name == "w:instrText":
            self._fields.instruct(data)
        elif name == ":t" and not self._open:
            self._drawn_text(data)
        else:
            self._add(data.replace(FIELD, "<U+FFFC>") if FIELD in data else data)

    def _begin_text(self, _: str, __: Attributes) -> None:
        self._reading = True

    def _end_text(self) -> None:
        self._reading = False

    # sections

    def _begin_section(self, _: str, __: Attributes) -> None:
        self._section = len(self.sections)
        self._page = OpenPage()

    def _end_section(self) -> None:
        """Note pages on which nobody can read what stands there: as of no clause, because it is of all."""
        why = self._page.away() if self._page else ""
        if why:
            self.units.append(Unit(part=self._part, cells=(), things=(why,)))
        self._page = None

    def _reference(self, name: str, attributes: Attributes) -> None:
        """Take a header or a footer; that of the first page is read first, in whichever order a program names them."""
        at = self._section if attributes.get("type") == "first" else len(self.sections)
        self.sections.insert(at, (name[2:8], attributes.get("id", "")))

    # paragraphs, rows, controls

    def _begin_paragraph(self, _: str, __: Attributes) -> None:
        self._paragraphs += 1
        if self._paragraphs > _MOST:
            raise Refused([too_large(self._file, say("more than {most:,} paragraphs", most=_MOST))])
        self._open.append(OpenParagraph(box=self._boxes > 0))
        if self._controls:
            self._place_control()

    def _end_paragraph(self) -> None:
        if not self._open:
            return
        paragraph = self._open.pop()
        number = ""
        if self._numbers is not None and not paragraph.box:
            number = self._numbers.next(paragraph.style or self._looks.default, paragraph.list_id, paragraph.level)
        text = "".join(paragraph.chars).strip(" \t\n")
        if paragraph.box and self._open:
            host = self._open[-1]
            host.things += [*([f"text box: {text}"] if text else ()), *paragraph.things]
            host.marks += paragraph.marks
        elif self._note_skipped:
            pass
        elif self._rows:
            row = self._rows[-1]
            row.inside.append(paragraph)
            if text:
                if not row.cells:
                    row.cells.append([])
                row.cells[-1].append(Line(number=number, text=text))
        elif text or paragraph.marks or paragraph.things or paragraph.comments:
            lines = [Line(number=number, text=text)] if text else []
            self.units.append(unit_of(self._part, [lines], [paragraph], paragraph.marks))

    def _begin_row(self, _: str, __: Attributes) -> None:
        table = self._tables[-1] if self._tables else OpenTable()
        self._rows.append(OpenRow(table, self._rows[-1].away if self._rows else ""))

    def _begin_cell(self, _: str, __: Attributes) -> None:
        if self._rows:
            self._rows[-1].cell()

    def _margin(self, side: str, attributes: Attributes) -> None:
        """Take a margin of a cell, or of all cells of a table."""
        if self.names[-2] == "w:tcMar" and self._rows:
            self._rows[-1].margin(side, attributes)
        elif self.names[-2] == "w:tblCellMar" and self._tables:
            self._tables[-1].margin(side, attributes)

    def _end_row(self) -> None:
        if not self._rows:
            return
        row = self._rows.pop()
        marks = [*row.marks, *(mark for paragraph in row.inside for mark in paragraph.marks)]
        if cut := row.cut():
            marks.append(
                Mark(kind="unseen", text=cut[:_MOST_CUT], how=say("a row of a fixed height, which cuts its text"))
            )
        if any(row.cells) or marks or any(p.things or p.comments for p in row.inside):
            self.units.append(unit_of(self._part, row.cells, row.inside, marks))

    def _into_box(self, change: int) -> None:
        self._boxes += change

    def _begin_note(self, _: str, attributes: Attributes) -> None:
        self._note_skipped = attributes.get("type", "") in ("separator", "continuationSeparator", "continuationNotice")

    def _end_note(self) -> None:
        self._note_skipped = False

    def _control_property(self, name: str, attributes: Attributes) -> None:
        if self._controls and self.names[-2] in ("w:sdtPr", "w:dropDownList", "w:comboBox"):
            self._controls[-1].take(name, attributes)

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

    # text

    def _begin_run(self, _: str, __: Attributes) -> None:
        self._runs.append({})
        self._look = None

    def _end_run(self) -> None:
        if len(self._runs) > 1:
            self._runs.pop()
        self._look = None

    def _white(self, name: str, attributes: Attributes) -> None:
        if self.names[-2] != "w:r" or (name == "w:br" and attributes.get("type") in ("page", "column")):
            return
        self._add(_WHITE[name] if name in _WHITE else _symbol(attributes))

    def _add(self, text: str) -> None:
        if not self._open or self._fields.silent:
            return
        paragraph = self._open[-1]
        look = self._look or self._looked(paragraph)
        sink = next((c.chars for c in self._controls if c.placed and c.kind), paragraph.chars)
        if look.capitals:
            text = text.upper()
        if look.raised:
            text = f"<{look.raised} {text}>"
        if look.signs:
            paragraph.mark("glyphs", text, look.signs)
        if self._tracked:
            kind, who = next((one for one in self._tracked if one[0] in _GONE), self._tracked[-1])
            if kind in _GONE:
                paragraph.mark(kind, text, who)
                return
            if sink is paragraph.chars:
                paragraph.mark(kind, text, who)
        if (look.unseen or look.struck) and text.strip():
            paragraph.mark("unseen" if look.unseen else "struck", text, look.unseen)
        else:
            sink.append(text)

    def _looked(self, paragraph: OpenParagraph) -> Look:
        row = self._rows[-1] if self._rows and not paragraph.box else None
        style = paragraph.style or self._looks.default
        away = paragraph.unseen or self._looks.out_of_sight(style)
        if row is not None:
            away = away or row.away or self._looks.out_of_sight(row.table.style)
        if away:
            return Look(away)
        beneath = paragraph.fill or (row.fill if row else "")
        table, run = row.table.style if row else "", self._runs[-1]
        key = (table, style, beneath, *run.items())
        look = self._known.get(key)
        if look is None:
            styles = (table, style, run.get("w:rStyle", ""))
            look = look_of(tuple({**self._looks.properties(styles), **run}.items()), beneath)
            if len(self._known) < _MOST_LOOKS:
                self._known[key] = look
        self._look = look
        return look

    # properties

    def _property(self, name: str, attributes: Attributes) -> None:
        """Take a property that runs have, paragraphs and cells too; that of a paragraph's mark is nobody's."""
        parent = self.names[-2]
        if parent == "w:rPr" or parent == ":textFill":
            if self.names[-3] != "w:pPr":
                self._runs[-1][name] = attributes.get("val", "") if name == "w:rStyle" else said(name, attributes)
                self._look = None
        elif parent == "w:pPr" and self._open:
            self._open[-1].take(name, attributes)
        elif parent == "w:tcPr" and self._rows:
            self._rows[-1].take(name, attributes)

    def _track(self, name: str, attributes: Attributes) -> None:
        kind, owner = _TRACKED[name], self.names[-2]
        if owner == "w:rPr":
            if self._open:
                self._open[-1].mark(kind, "¶", _who(attributes))
        elif owner in _OWNERS:
            self._row_mark(kind, say("a row") if owner == "w:trPr" else say("a cell"), attributes)
        else:
            self._tracked.append((kind, _who(attributes)))

    def _end_track(self) -> None:
        if self.names[-1] not in _OWNERS and self._tracked:
            self._tracked.pop()

    def _cell_mark(self, name: str, attributes: Attributes) -> None:
        kind = {"w:cellIns": "inserted", "w:cellDel": "deleted"}.get(name, "formatted")
        self._row_mark(kind, say("a cell"), attributes)

    def _row_mark(self, kind: str, text: str, attributes: Attributes) -> None:
        if self._rows:
            self._rows[-1].marks.append(Mark(kind=kind, text=text, how=_who(attributes)))

    def _formatted(self, _: str, attributes: Attributes) -> None:
        """Note that a change of looks is tracked; what it looked like before is passed over."""
        if self._open:
            self._open[-1].mark("formatted", "", _who(attributes))
        else:
            self._row_mark("formatted", "", attributes)
        self.skipped = 1

    # fields of Word, and what stands beside the text

    def _field_mark(self, _: str, attributes: Attributes) -> None:
        current = self._open[-1] if self._open else None
        match attributes.get("fldCharType"):
            case "begin":
                self._fields.begin()
            case "separate":
                self._fields.result(current)
            case "end":
                self._fields.end(current)
            case _:
                pass

    def _simple_field(self, _: str, attributes: Attributes) -> None:
        self._fields.begin(attributes.get("instr", ""))
        self._fields.result(self._open[-1] if self._open else None)

    def _put(self, thing: str) -> None:
        if thing and self._open:
            self._open[-1].things.append(thing)

    def _drawn_text(self, text: str) -> None:
        """Take a text that stands in a drawing: a watermark, a word in a shape."""
        if text.strip() and self._open:
            self._put(f"text in a drawing: {text.strip()}")
        elif text.strip():
            self.units.append(Unit(part=self._part, cells=((Line(number="", text=text.strip()),),)))

    def _picture(self, _: str, attributes: Attributes) -> None:
        identifier = attributes.get("embed") or attributes.get("id") or attributes.get("link", "")
        self._put(self._links.get(identifier, "picture"))

    def _comment(self, _: str, attributes: Attributes) -> None:
        identifier = attributes.get("id", "")
        if self._open and identifier not in self._open[-1].comments:
            self._open[-1].comments.append(identifier)

    def _alternative(self, _: str, __: Attributes) -> None:
        """Take the first of several forms of a thing; of the others only whether they say the same."""
        if self._alternatives:
            self._alternatives[-1].append([])
            if len(self._alternatives[-1]) > 1:
                self.skipped, self._aside = 1, True

    def _end_alternatives(self) -> None:
        if self._alternatives:
            first, *others = ["".join(texts) for texts in self._alternatives.pop()] or [""]
            for other in others:
                if other.split() != first.split() and self._open:
                    self._open[-1].mark("readings", other[:200], first[:200])


def _who(attributes: Attributes) -> str:
    return " ".join(filter(None, (attributes.get("author", "")[:60], attributes.get("date", "")[:10])))


def _symbol(attributes: Attributes) -> str:
    code = attributes.get("char", "")
    number = int(code, 16) if 0 < len(code) <= 4 and all(c in "0123456789abcdefABCDEF" for c in code) else 0
    return SYMBOLS.get(number - 0xF000 if number >= 0xF000 else number, "\ufffd")
