"""Word documents as their readers see them: every text, number, field and mark, in the order of the file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from lotproof.readers.numbering import Lists, Numbers
from lotproof.readers.package import Package
from lotproof.readers.relations import Relation, main_part, refuse_active, refuse_foreign, relations
from lotproof.readers.xml import Attributes, Visitor, utf8, visit, walk
from lotproof.verify.data import data_parts, properties_of, saved_by
from lotproof.verify.looks import Looks
from lotproof.verify.model import Comment, Seen, Unit
from lotproof.verify.story import Story

_STORIES = {"header": "header", "footer": "footer", "footnotes": "footnote", "endnotes": "endnote"}
_OBJECTS = frozenset({"chart", "diagramData", "oleObject", "package", "control", "media", "video", "audio", "slicer"})


def read_word(package: Package) -> Seen:
    """
    Read a Word document.

    Raises:
        Refused: it is damaged, hostile, or no Word document (LP500 to LP507).
    """
    refuse_foreign(package)
    refuse_active(package)
    main = main_part(package)
    found = relations(package, main)
    parts = {relation.kind: relation.target for relation in found if not relation.external}
    looks, lists, settings = Looks(), Lists(), _Settings()
    _visit(package, parts.get("styles", ""), looks)
    _visit(package, parts.get("numbering", ""), lists)
    _visit(package, parts.get("settings", ""), settings)
    body = _story(package, main, "body", found, looks, Numbers(lists, looks))
    units = list(body.units)
    by_id = {relation.id: relation for relation in found}
    for kind, name in _STORIES.items():
        known: set[tuple[Unit, ...]] = (
            set()
        )  # LibreOffice gives each section a header of its own, though they say the same
        for relation in _in_use(found, kind, body, by_id):
            story = _story(package, relation.target, name, relations(package, relation.target), looks, None)
            whole = tuple(story.units)
            units += () if whole in known else whole
            known.add(whole)
    things = tuple(f"{relation.kind} object" for relation in found if relation.kind in _OBJECTS)
    if things:
        units.append(Unit(part="body", cells=(), things=things))
    comments = _Comments()
    _visit(package, parts.get("comments", ""), comments)
    return Seen(
        format="docx",
        units=tuple(units),
        comments=tuple(comments.found),
        data=data_parts(package),
        protection=settings.protection,
        program=saved_by(package),
        stated=properties_of(package),
    )


def _story(
    package: Package, part: str, name: str, found: tuple[Relation, ...], looks: Looks, numbers: Numbers | None
) -> Story:
    links = {relation.id: _thing(package, relation) for relation in found if relation.kind in ("image", "hyperlink")}
    story = Story(package.name, name, looks, numbers, links)
    walk(utf8(package.read(part)), story, package.name, part)
    return story


def _thing(package: Package, relation: Relation) -> str:
    if relation.kind == "hyperlink":
        return f"link {relation.target}"
    if relation.external or relation.target not in package:
        return "picture"
    return f"picture {hashlib.sha256(package.read(relation.target)).hexdigest()}"


def _in_use(found: tuple[Relation, ...], kind: str, body: Story, by_id: dict[str, Relation]) -> Iterator[Relation]:
    """Yield the stories of a kind: headers and footers as the pages use them, each once, notes as they are."""
    if kind in ("header", "footer"):
        wanted = dict.fromkeys(identifier for what, identifier in body.sections if what == kind)
        yield from (by_id[one] for one in wanted if one in by_id and by_id[one].kind == kind)
    else:
        yield from (relation for relation in found if relation.kind == kind and not relation.external)


def _visit(package: Package, part: str, visitor: Visitor) -> None:
    if part in package:
        visit(utf8(package.read(part)), visitor, package.name, part)


class _Settings:
    """Takes ``word/settings.xml``: the protection."""

    def __init__(self) -> None:
        self.protection: tuple[str, ...] = ()

    def start(self, name: str, attributes: Attributes, place: int) -> None:
        if name == "w:documentProtection" and attributes.get("enforcement", "0") in ("1", "true", "on"):
            self.protection = (attributes.get("edit", ""),)

    def end(self, name: str, place: int) -> None:
        pass

    def text(self, data: str, place: int) -> None:
        pass


class _Comments:
    """Takes ``word/comments.xml``."""

    def __init__(self) -> None:
        self.found: list[Comment] = []
        self._open: tuple[str, str] | None = None
        self._texts: list[str] = []
        self._reading = False

    def start(self, name: str, attributes: Attributes, place: int) -> None:
        if name == "w:comment":
            self._open, self._texts = (attributes.get("id", ""), attributes.get("author", "")), []
        elif name in ("w:t", "w:delText"):
            self._reading = True

    def end(self, name: str, place: int) -> None:
        if name == "w:comment" and self._open is not None:
            self.found.append(Comment(id=self._open[0], by=self._open[1], text="".join(self._texts).strip()))
            self._open = None
        elif name in ("w:t", "w:delText"):
            self._reading = False
        elif name == "w:p" and self._open is not None:
            self._texts.append("\n")

    def text(self, data: str, place: int) -> None:
        if self._reading and self._open is not None:
            self._texts.append(data)
