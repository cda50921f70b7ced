"""Headers and footers of a ``reference.docx`` as lines of a letterhead: text, its looks, and one picture."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lotproof.characters import forbidden
from lotproof.looks.model import Line, Place, Run, Value
from lotproof.looks.values import (
    CONTRAST,
    FACE,
    LARGEST,
    LETTERHEAD,
    MOST_LINES,
    MOST_TABS,
    MOST_TEXT,
    PAPER,
    SIDES,
    contrast,
)
from lotproof.messages import say
from lotproof.readers.look.properties import Fonts, Leave, Said, border, paragraph_property, run_property
from lotproof.readers.look.styles import RawStyle, StyleSheet, add_tab
from lotproof.readers.numbering import is_on
from lotproof.readers.xml import Attributes

_WHITE = {"w:tab": "\t", "w:ptab": "\t", "w:br": "\n", "w:cr": "\n", "w:noBreakHyphen": "\u2011"}
_PASSED = frozenset(
    {"w:del", "w:moveFrom", "mc:Fallback", "w:txbxContent", "w:rPrChange", "w:pPrChange", "w:sdtPr", "w:sdtEndPr"}
)
"""Elements with everything in them: what is deleted, or stands in boxes."""
_NOTED = {
    "w:txbxContent": say("the text of a box"),
    "w:tbl": say("a table: its paragraphs stand under each other"),
    "w:sym": say("a sign of a font of signs"),
    "v:imagedata": say("a picture of the old kind: insert it again as PNG"),
    ":svgBlip": say("the SVG form of a picture"),
    "w:footnoteReference": say("a footnote"),
}
_FLOATING = say("a picture that floats: it stands in the line of its paragraph")
_SECOND = say("a second picture: a letterhead has one")
_FIELD_CODE = re.compile(r"[A-Z]+")
_TOO_MUCH = say("text beyond {lines} paragraphs or {most:,} characters", lines=MOST_LINES, most=MOST_TEXT)


class Letterhead:
    """
    Collects a header or a footer; see :func:`lotproof.readers.xml.visit`.

    Args:
        sheet: the styles of the file.
        pictures: the part of each picture by its relationship.
        leave: takes what is left out.

    Attributes:
        picture: the part that :class:`~lotproof.looks.model.Place` stands for; empty where there is none.
    """

    def __init__(
        self, sheet: StyleSheet, fonts: Fonts, pictures: Mapping[str, str], picture: str, leave: Leave
    ) -> None:
        self.picture = picture
        self._sheet, self._fonts, self._pictures, self._leave = sheet, fonts, pictures, leave
        self._lines: list[Line] = []
        self._names: list[str] = []
        self._passed = self._text = 0
        self._fields: list[bool] = []
        self._instruction: list[str] = []
        self._extent = (0, 0)
        self._reading = self._hidden = self._floats = False
        self._paragraph: Said = {}
        self._tabs: dict[int, str] = {}
        self._run: Said = {}
        self._style_run: Said = {}
        self._runs: list[Run | Place] = []

    @property
    def lines(self) -> tuple[Line, ...]:
        """The paragraphs, without empty ones at the top and at the bottom."""
        found = list(self._lines)
        while found and not found[-1].runs and not _ruled(found[-1]):
            found.pop()
        while found and not found[0].runs and not _ruled(found[0]):
            found.pop(0)
        return tuple(found)

    def start(self, name: str, attributes: Attributes, place: int) -> None:
        parent = self._names[-1] if self._names else ""
        self._names.append(name)
        if len(self._lines) >= MOST_LINES:
            self._leave(_TOO_MUCH)
            return
        if self._passed or name in _PASSED:
            self._passed += 1
            if self._passed == 1 and name in _NOTED:
                self._leave(_NOTED[name])
            return
        if name in _NOTED:
            self._leave(_NOTED[name])
        match name:
            case "w:p":
                self._begin(self._sheet.by_id.get(self._sheet.default))
            case "w:pStyle":
                self._begin(self._sheet.by_id.get(attributes.get("val", "")))
            case "w:r":
                self._run, self._hidden = dict(self._style_run), False
            case "w:rStyle" if parent == "w:rPr":
                for one in self._sheet.chain(self._sheet.by_id.get(attributes.get("val", ""))):
                    self._run |= {key: value for key, value in one.said.items() if key in FACE}
            case "w:vanish" if parent == "w:rPr":
                self._hidden = is_on(attributes.get("val", "1"))
            case "w:tab" if parent == "w:tabs":
                add_tab(self._tabs, attributes)
            case "w:t":
                self._reading = True
            case "w:instrText":
                self._reading = True
            case "w:fldChar":
                self._field(attributes.get("fldCharType", ""))
            case "w:fldSimple":
                self._left_field(attributes.get("instr", ""))
                self._passed += 1
            case "wp:inline" | "wp:anchor":
                self._extent, self._floats = (0, 0), name == "wp:anchor"
            case "wp:extent":
                self._extent = (_size(attributes.get("cx", "")), _size(attributes.get("cy", "")))
            case ":blip":
                self._put_picture(attributes.get("embed", ""))
            case _ if name in _WHITE and parent == "w:r":
                self._put(_WHITE[name])
            case _ if parent == "w:rPr" and self._names[-3:-2] == ["w:r"]:
                run_property(name, attributes, self._fonts, self._run, self._leave)
            case _ if parent == "w:pPr" and name != "w:pBdr":
                paragraph_property(name, attributes, self._paragraph, self._leave)
            case _ if parent == "w:pBdr" and name.removeprefix("w:") in SIDES[:4]:
                self._paragraph[f"border_{name.removeprefix('w:')}"] = border(attributes, self._leave)

    def end(self, name: str, place: int) -> None:
        self._names.pop()
        if self._passed:
            self._passed -= 1
            return
        if name in ("w:t", "w:instrText"):
            self._reading = False
        elif name == "w:p":
            self._end()

    def text(self, data: str, place: int) -> None:
        if not self._reading or self._passed:
            return
        if self._names[-1] == "w:instrText":
            if len(self._instruction) < 40:
                self._instruction.append(data)
        else:
            self._put(data)

    # paragraphs, runs

    def _begin(self, style: RawStyle | None) -> None:
        said = self._sheet.resolved(style)
        self._paragraph = {key: value for key, value in said.items() if key in LETTERHEAD}
        self._style_run = {key: value for key, value in said.items() if key in FACE}
        self._tabs = self._sheet.tabs(style)
        self._runs = []

    def _put(self, text: str) -> None:
        if self._hidden or any(self._fields) or (not text):
            return
        if len(self._lines) >= MOST_LINES or self._text + len(text) > MOST_TEXT:
            self._leave(_TOO_MUCH)
            return
        if next(forbidden(text, newlines=True), None) is not None:
            self._leave(say("a character that nobody sees"))
            text = "".join(c for c in text if next(forbidden(c, newlines=True), None) is None)
        self._text += len(text)
        properties = tuple(sorted((key, value) for key, value in self._run.items() if value != ""))
        last = self._runs[-1] if self._runs else None
        if isinstance(last, Run) and last.properties == properties:
            self._runs[-1] = Run(last.text + text, properties)
        elif text:
            self._runs.append(Run(text, properties))

    def _put_picture(self, relation: str) -> None:
        part = self._pictures.get(relation, "")
        if not part or self._hidden:
            return
        if self.picture not in ("", part):
            self._leave(_SECOND)
            return
        if self._floats:
            self._leave(_FLOATING)
        self.picture = part
        width, height = (max(1, side) for side in self._extent)
        shrunk = min(1.0, LARGEST[0] / width, LARGEST[1] / height)
        self._runs.append(Place(max(1, int(width * shrunk)), max(1, int(height * shrunk))))

    def _end(self) -> None:
        if len(self._lines) >= MOST_LINES:
            return
        beneath = str(self._paragraph.get("shade") or PAPER)
        runs = tuple(self._readable(run, beneath) if isinstance(run, Run) else run for run in self._runs)
        properties = {
            key: value for key, value in self._paragraph.items() if key in LETTERHEAD and not _plain(key, value)
        }
        tabs = sorted((place, kind) for place, kind in self._tabs.items() if kind != "clear" and 0 < place < 20_000)
        stops = (
            tuple((kind, place) for place, kind in tabs[:MOST_TABS])
            if any(isinstance(r, Run) and "\t" in r.text for r in runs)
            else ()
        )
        self._lines.append(Line(properties=tuple(sorted(properties.items())), tabs=stops, runs=runs))

    def _readable(self, run: Run, beneath: str) -> Run:
        colour = str(dict(run.properties).get("colour", "000000"))
        if contrast(colour, beneath) >= CONTRAST:
            return run
        self._leave(say("the colour {colour} on {beneath}, which cannot be read", colour=colour, beneath=beneath))
        self._paragraph.pop("shade", None)
        return Run(run.text, tuple((key, "000000" if key == "colour" else value) for key, value in run.properties))

    # fields

    def _field(self, kind: str) -> None:
        if kind == "begin":
            self._fields.append(True)
            self._instruction = []
        elif kind in ("separate", "end") and self._fields:
            if self._instruction:
                self._left_field("".join(self._instruction))
                self._instruction = []
            if kind == "end":
                self._fields.pop()

    def _left_field(self, instruction: str) -> None:
        found = _FIELD_CODE.search(instruction.upper())
        code = found[0][:20] if found else "?"
        self._leave(
            say("a field {code}: number, digests and page x of y are printed in the footer in any case", code=code)
        )


def _ruled(line: Line) -> bool:
    """Say whether an empty paragraph shows a line or a colour."""
    return any(key == "shade" or key.startswith("border_") for key, _ in line.properties)


def _plain(key: str, value: Value) -> bool:
    """Say whether a property of a paragraph says nothing."""
    return value in ("", "none", False) or (key in ("left", "right", "first") and value == 0)


def _size(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
