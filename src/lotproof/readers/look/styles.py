"""The styles of a ``reference.docx``, resolved along what they are based on, as properties of a look."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from lotproof.findings import Finding, Refused, Severity
from lotproof.frozen import Frozen
from lotproof.looks.model import Properties, Value
from lotproof.looks.values import FACE, FRAME, KEEP, SIDES, STYLES, TABLES, is_value
from lotproof.messages import Message, say
from lotproof.readers.look.properties import Fonts, LeftOut, Said, border, paragraph_property, run_property, shade
from lotproof.readers.package import damaged
from lotproof.readers.xml import Attributes

MOST_STYLES = 4_000
_DEEPEST = 40
"""Styles that are based on each other."""

_DEFAULTS: Mapping[str, Value] = {
    **dict.fromkeys((key for key in FACE if key not in ("ascii", "east_asia", "size", "colour", "tracking")), False),
    "size": 20,
    "colour": "000000",
    "tracking": 0,
    "ascii": "Times New Roman",
    "east_asia": "SimSun",
    "before": 0,
    "after": 0,
    "line": 240,
    "rule": "auto",
    "align": "left",
    "left": 0,
    "right": 0,
    "first": 0,
    **{key: "none" for key in FRAME if key.startswith("border_")},
}
"""What Word takes where a file says nothing."""


class RawStyle:
    """A style as it stands in the file."""

    def __init__(self, kind: str, identifier: str) -> None:
        self.kind, self.id, self.name, self.based_on = kind, identifier, "", ""
        self.said: Said = {}
        self.tabs: dict[int, str] = {}
        self.left_out = LeftOut()


class StyleSheet:
    """
    Collects ``styles.xml``.

    Args:
        fonts: of the theme.
    """

    def __init__(self, file: str, fonts: Fonts) -> None:
        self.defaults: Said = {}
        self.by_id: dict[str, RawStyle] = {}
        self._by_name: dict[tuple[str, str], RawStyle] = {}
        self._by_fold: dict[tuple[str, str], RawStyle] = {}
        self.default = ""
        self._file, self._fonts = file, fonts
        self._names: list[str] = []
        self._open: RawStyle | None = None
        self._conditional = ""
        self._count = 0

    def start(self, name: str, attributes: Attributes, place: int) -> None:
        parent = self._names[-1] if self._names else ""
        self._names.append(name)
        if name == "w:style":
            self._count += 1
            if self._count > MOST_STYLES:
                raise Refused([damaged(self._file, say("more than {most:,} styles", most=MOST_STYLES))])
            self._open = RawStyle(attributes.get("type", "paragraph"), attributes.get("styleId", ""))
            if attributes.get("default", "0") in ("1", "true", "on") and self._open.kind == "paragraph":
                self.default = self._open.id
        elif name == "w:tblStylePr":
            self._conditional = attributes.get("type", "?")
        elif self._open is None:
            self._property(parent, name, attributes, self.defaults, lambda _: None)
        elif parent == "w:style" and name in ("w:name", "w:basedOn"):
            setattr(self._open, "name" if name == "w:name" else "based_on", attributes.get("val", ""))
        elif self._conditional:
            if self._conditional == "firstRow" and parent == "w:tcPr" and name == "w:shd":
                fill = shade(attributes)
                if is_value("shade", fill):
                    self._open.said["shade"] = fill
        elif parent == "w:tblBorders":
            side = {"start": "left", "end": "right"}.get(name.removeprefix("w:"), name.removeprefix("w:"))
            if side in SIDES:
                self._open.said[f"border_{side}"] = border(attributes, self._open.left_out)
        elif parent == "w:tabs" and name == "w:tab":
            add_tab(self._open.tabs, attributes)
        else:
            self._property(parent, name, attributes, self._open.said, self._open.left_out)

    def _property(
        self, parent: str, name: str, attributes: Attributes, said: Said, leave: Callable[[Message], None]
    ) -> None:
        if parent == "w:rPr":
            run_property(name, attributes, self._fonts, said, leave)
        elif parent == "w:pPr":
            if name != "w:pBdr":
                paragraph_property(name, attributes, said, leave)
        elif parent == "w:pBdr":
            side = name.removeprefix("w:")
            if side in SIDES[:4]:
                said[f"border_{side}"] = border(attributes, leave)

    def end(self, name: str, place: int) -> None:
        self._names.pop()
        if name == "w:tblStylePr":
            self._conditional = ""
        elif name == "w:style" and self._open is not None:
            self.by_id.setdefault(self._open.id, self._open)
            self._by_name.setdefault((self._open.kind, self._open.name), self._open)
            self._by_fold.setdefault((self._open.kind, self._open.name.casefold()), self._open)
            self._open = None

    def text(self, data: str, place: int) -> None:
        pass

    def named(self, kind: str, name: str) -> RawStyle | None:
        """Return a style by its name: the one that is written so, else one in other capitals, as LibreOffice has a Caption beside its caption."""
        return self._by_name.get((kind, name)) or self._by_fold.get((kind, name.casefold()))

    def chain(self, style: RawStyle | None) -> Iterator[RawStyle]:
        """Yield a style and what it is based on, the foundation first; a circle ends where it began."""
        found: list[RawStyle] = []
        while style is not None and style not in found and len(found) < _DEEPEST:
            found.append(style)
            style = self.by_id.get(style.based_on)
        yield from reversed(found)

    def resolved(self, style: RawStyle | None) -> Said:
        """Return all properties of a paragraph style, what it inherits in them."""
        said: Said = {**_DEFAULTS, **self.defaults}
        for one in self.chain(style):
            said |= one.said
        return said

    def tabs(self, style: RawStyle | None) -> dict[int, str]:
        """Return the tab stops of a style by their places."""
        stops: dict[int, str] = {}
        for one in self.chain(style):
            stops |= one.tabs
        return stops


def add_tab(stops: dict[int, str], attributes: Attributes) -> None:
    """Take a tab stop; ``clear`` takes one away."""
    place = attributes.get("pos", "")
    kind = {"start": "left", "end": "right", "num": "left"}.get(attributes.get("val", ""), attributes.get("val", ""))
    if place.isascii() and place.isdigit() and len(place) < 6 and kind in ("left", "center", "right", "clear"):
        stops[int(place)] = kind


class StylesRead(Frozen):
    """The styles and tables of a look, and what is to be said of them."""

    styles: tuple[tuple[str, Properties], ...]
    tables: tuple[tuple[str, Properties], ...]
    findings: tuple[Finding, ...]


def read_styles(sheet: StyleSheet, file: str) -> StylesRead:
    """Return what the Word writer takes of a style sheet; LP921 for each style that is missing, LP922 for what is left out."""
    findings: list[Finding] = []
    styles: dict[str, Properties] = {}
    for identifier, wanted in STYLES.items():
        raw = sheet.named("paragraph", wanted.name) or sheet.named("paragraph", wanted.also)
        if raw is None:
            styles[identifier] = _likeness(sheet, identifier)
            if wanted.matters:
                findings.append(_missing(file, wanted.name, wanted.like and STYLES[wanted.like].name))
            continue
        said = sheet.resolved(raw)
        styles[identifier] = _taken(said, wanted.takes)
        for one in sheet.chain(raw):
            findings += (_left_out(file, one.name or one.id, what) for what in one.left_out.found)
    tables = {}
    for identifier, name in TABLES.items():
        raw = sheet.named("table", name)
        if raw is None:
            findings.append(_missing(file, name, ""))
            continue
        own: Said = {f"border_{side}": "none" for side in SIDES}
        for one in sheet.chain(raw):
            own |= {key: value for key, value in one.said.items() if key.startswith("border_") or key == "shade"}
        tables[identifier] = tuple(sorted(own.items()))
    return StylesRead(tuple(styles.items()), tuple(tables.items()), tuple(dict.fromkeys(findings)))


def _taken(said: Said, takes: tuple[str, ...]) -> Properties:
    kept = {key: said[key] for key in takes if key in said}
    return tuple(
        sorted((key, value) for key, value in kept.items() if value != "" and not (key in KEEP and value is False))
    )


def _likeness(sheet: StyleSheet, identifier: str) -> Properties:
    """Return fonts, and the colour of a heading, from the style that a missing one is like."""
    like = STYLES[identifier].like
    while like and sheet.named("paragraph", STYLES[like].name) is None:
        like = STYLES[like].like
    found = sheet.named("paragraph", STYLES[like].name) if like else sheet.by_id.get(sheet.default)
    keys = ("ascii", "east_asia", *(("colour",) if like in ("Heading1", "Caption") else ()))
    return _taken(sheet.resolved(found), tuple(key for key in STYLES[identifier].takes if key in keys))


def _missing(file: str, name: str, like: str) -> Finding:
    """LP921: a style that the contract is printed with is not there."""
    hint = say("make a style of that name in Word, or copy it from the file that lotproof house new writes")
    message = say("has no style {name}: it is printed as lotproof has it", name=name)
    if like:
        message = say(
            "has no style {name}: it is printed as lotproof has it, in the font of {like}", name=name, like=like
        )
    return Finding(where=file, code="LP921", severity=Severity.OPEN, message=message, hint=hint)


def _left_out(file: str, style: str, what: Message) -> Finding:
    return left_out(file, say("style {style}: {what}", style=style[:60], what=what))


def left_out(file: str, what: Message) -> Finding:
    """LP922: something that a look does not take over."""
    return Finding(
        where=file,
        code="LP922",
        severity=Severity.NOTE,
        message=say("left out: {what}", what=what),
        hint=say("docs/looks.md says what a look takes over; the contract is printed without it"),
    )
