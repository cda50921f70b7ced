"""A ``reference.docx`` to a look: refused where it holds what runs or fetches, else read as far as the allowlist goes."""

from __future__ import annotations

import hashlib

from lotproof.findings import Finding, Refused, quoted
from lotproof.frozen import Frozen, fields, replace
from lotproof.looks.logo import MOST_BYTES, NoLogo, read_logo
from lotproof.looks.model import NAME, Line, Lines, Logo, Look, Page, Place
from lotproof.looks.values import INDENT, PAGE, beside_the_page, page_faults, unreadable
from lotproof.messages import Message, say
from lotproof.readers.look.letterhead import Letterhead
from lotproof.readers.look.properties import Fonts, Leave, LeftOut
from lotproof.readers.look.refusing import refuse_carried
from lotproof.readers.look.styles import StyleSheet, left_out, read_styles
from lotproof.readers.numbering import is_on
from lotproof.readers.package import Package, open_package
from lotproof.readers.relations import Relation, content_type, main_part, refuse_foreign, relations
from lotproof.readers.xml import Attributes, Visitor, utf8, visit

_MILLIMETRE = 56.7
_EMU = 635
"""English metric units in a twentieth of a point."""


class LookRead(Frozen):
    """A look, and what was found on the way: styles that are missing, what was left out."""

    look: Look
    findings: tuple[Finding, ...]


def read_look(content: bytes, name: str = NAME) -> LookRead:
    """
    Read the look of a Word file.

    Args:
        content: the file.
        name: what findings call it.

    Raises:
        Refused: it is damaged, encrypted, no Word document or too large (LP500 to LP505, LP923); it holds or refers to what a look may
            not (LP920); its logo cannot be used (LP924).
    """
    package = open_package(content, name)
    refuse_foreign(package)
    refuse_carried(package)
    main = main_part(package)
    if "wordprocessingml" not in content_type(package, main):
        message = say("the file is no Word document")
        hint = say("save it as .docx in Word or LibreOffice")
        raise Refused([Finding(where=name, code="LP923", message=message, hint=hint)])
    found = relations(package, main)
    parts = {relation.kind: relation.target for relation in found}
    theme, sections = _Theme(), _Sections()
    _visit(package, parts.get("theme", ""), theme)
    sheet = StyleSheet(name, theme.fonts)
    _visit(package, parts.get("styles", ""), sheet)
    _visit(package, main, sections)
    leave = LeftOut()
    read = read_styles(sheet, name)
    page = _page(sections, leave)
    letterheads = _Letterheads(package, sheet, theme.fonts, {one.id: one for one in found})
    header, footer = (
        letterheads.lines(sections.stories.get((kind, "default"), ""), leave) for kind in ("header", "footer")
    )
    first = None
    if sections.own_first:
        own = [letterheads.lines(sections.stories.get((kind, "first"), ""), leave) for kind in ("header", "footer")]
        first = (own[0], own[1])
    if any(kind == "even" for _, kind in sections.stories):
        leave(say("headers and footers of even pages"))
    look = Look(
        name=NAME,
        sha256=hashlib.sha256(content).hexdigest(),
        page=page,
        styles=read.styles,
        tables=read.tables,
        header=header,
        footer=footer,
        first=first if first is None or any(first) or header or footer else None,
        logo=_logo(package, letterheads.picture, name),
    )
    return LookRead(
        _narrowed(_on_paper(_legible(look, leave), leave)),
        (*read.findings, *(left_out(name, what) for what in leave.found)),
    )


def _visit(package: Package, part: str, visitor: Visitor) -> None:
    if part in package:
        visit(utf8(package.read(part)), visitor, package.name, part)


class _Letterheads:
    """Reads headers and footers, of which all have one picture together."""

    def __init__(self, package: Package, sheet: StyleSheet, fonts: Fonts, by_id: dict[str, Relation]) -> None:
        self.picture = ""
        self._package, self._sheet, self._fonts, self._by_id = package, sheet, fonts, by_id

    def lines(self, identifier: str, leave: Leave) -> Lines:
        part = self._by_id[identifier].target if identifier in self._by_id else ""
        if part not in self._package:
            return ()
        pictures = {one.id: one.target for one in relations(self._package, part) if one.kind == "image"}

        def here(what: Message) -> None:
            leave(say("{part}: {what}", part=part.rpartition("/")[2], what=what))

        visitor = Letterhead(self._sheet, self._fonts, pictures, self.picture, here)
        _visit(self._package, part, visitor)
        self.picture = visitor.picture
        return visitor.lines


def _logo(package: Package, part: str, name: str) -> Logo | None:
    """LP924: the picture of a letterhead cannot be used."""
    if not part:
        return None
    try:
        if part not in package:
            raise NoLogo(say("it is not in the file"))
        size = package.entries[part].size
        if size > MOST_BYTES:
            raise NoLogo(say("it has {n:,} bytes, and {most:,} at most are taken", n=size, most=MOST_BYTES))
        return read_logo(package.read(part))
    except NoLogo as error:
        message = say("the logo {part} cannot be used: {why}", part=quoted(part), why=error.why)
        hint = say("insert it again as a PNG of at most {most:,} bytes, about 1000 pixels wide", most=MOST_BYTES)
        raise Refused([Finding(where=name, code="LP924", message=message, hint=hint)]) from None


def _page(sections: _Sections, leave: Leave) -> Page | None:
    """Return the page upright; what is out of bounds leaves the page to the writer."""
    measures = dict(sections.measures)
    if set(measures) != set(fields(Page)):
        return None
    if measures["width"] > measures["height"]:
        measures["width"], measures["height"] = measures["height"], measures["width"]
        leave(say("the page lies on its side: contracts stand upright, checklists lie by themselves"))
    page = Page(**measures)
    faults = tuple(dict.fromkeys(page_faults(page)))
    if not faults:
        return page
    low, high = (round(PAGE[faults[0]][at] / _MILLIMETRE) for at in (0, 1))
    leave(
        say(
            "the page: {measures} out of bounds ({measure} is {low} to {high} mm, and 110 mm are left for text)",
            measures=[f"{key} {round(getattr(page, key) / _MILLIMETRE)} mm" for key in faults],
            measure=faults[0],
            low=low,
            high=high,
        )
    )
    return None


def _legible(look: Look, leave: Leave) -> Look:
    """Return a look without the colours of texts that could not be read."""
    for style, colour, beneath in unreadable(look):
        leave(say("style {style}: {colour} on {beneath} cannot be read", style=style, colour=colour, beneath=beneath))
        styles = {key: dict(value) for key, value in look.styles}
        tables = {key: dict(value) for key, value in look.tables}
        for key in ("colour", "shade"):
            styles.get(style, {}).pop(key, None)
        if style == "CellHead":
            for table in tables.values():
                table.pop("shade", None)
        look = replace(
            look,
            styles=tuple((key, tuple(sorted(value.items()))) for key, value in styles.items()),
            tables=tuple((key, tuple(sorted(value.items()))) for key, value in tables.items()),
        )
    return look


def _on_paper(look: Look, leave: Leave) -> Look:
    """Return a look without the indents that would take text off the page."""
    beside = set(beside_the_page(look))
    for style in sorted(beside):
        leave(say("style {style}: its indents leave the text no room on the page", style=style))
    styles = (
        (key, tuple(one for one in value if key not in beside or one[0] not in INDENT)) for key, value in look.styles
    )
    return replace(look, styles=tuple(styles)) if beside else look


def _narrowed(look: Look) -> Look:
    """Return a look whose logo is no wider than the text."""
    if look.page is None or look.logo is None:
        return look
    room = (look.page.width - look.page.left - look.page.right) * _EMU

    def line(one: Line) -> Line:
        runs = tuple(
            Place(room, max(1, run.height * room // run.width)) if isinstance(run, Place) and run.width > room else run
            for run in one.runs
        )
        return replace(one, runs=runs)

    def lines(given: Lines) -> Lines:
        return tuple(map(line, given))

    first = None if look.first is None else (lines(look.first[0]), lines(look.first[1]))
    return replace(look, header=lines(look.header), footer=lines(look.footer), first=first)


class _Theme:
    """Takes the fonts of a theme by the names under which styles know them."""

    def __init__(self) -> None:
        self.fonts: dict[str, str] = {}
        self._which = ""

    def start(self, name: str, attributes: Attributes, place: int) -> None:
        if name in (":majorFont", ":minorFont"):
            self._which = name[1:6]
        elif self._which and attributes.get("typeface"):
            face = attributes["typeface"]
            if name == ":latin":
                self.fonts |= {f"{self._which}Ascii": face, f"{self._which}HAnsi": face}
            elif name == ":ea" or (name == ":font" and attributes.get("script") == "Hans"):
                self.fonts.setdefault(f"{self._which}EastAsia", face)

    def end(self, name: str, place: int) -> None:
        if name in (":majorFont", ":minorFont"):
            self._which = ""

    def text(self, data: str, place: int) -> None:
        pass


class _Sections:
    """Takes the page of the first section of a document, and its headers and footers."""

    def __init__(self) -> None:
        self.measures: dict[str, int] = {}
        self.stories: dict[tuple[str, str], str] = {}
        self.own_first = False
        self._inside = self._past = 0
        self._done = False

    def start(self, name: str, attributes: Attributes, place: int) -> None:
        if self._past or name == "w:sectPrChange":
            self._past += 1
            return
        if name == "w:sectPr":
            self._inside += 1
        if not self._inside or self._done:
            return
        if name in ("w:headerReference", "w:footerReference"):
            self.stories[name[2:8], attributes.get("type", "default")] = attributes.get("id", "")
        elif name == "w:titlePg":
            self.own_first = is_on(attributes.get("val", "1"))
        elif name == "w:pgSz":
            self._take(attributes, {"w": "width", "h": "height"})
        elif name == "w:pgMar":
            self._take(attributes, {key: key for key in ("top", "bottom", "left", "right", "header", "footer")})

    def _take(self, attributes: Attributes, names: dict[str, str]) -> None:
        for key, measure in names.items():
            value = attributes.get(key, "").removeprefix("-")
            if value.isascii() and value.isdigit() and len(value) < 7:
                self.measures[measure] = int(value)

    def end(self, name: str, place: int) -> None:
        if self._past:
            self._past -= 1
        elif name == "w:sectPr" and self._inside:
            self._inside -= 1
            self._done = True

    def text(self, data: str, place: int) -> None:
        pass
