"""Relationships between the parts of an office package, and the refusal of what would reach outside of it or run."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from lotproof.findings import Finding, Refused, quoted
from lotproof.frozen import Frozen
from lotproof.messages import Message, say
from lotproof.readers.package import Package, damaged
from lotproof.readers.xml import Attributes, utf8, visit

CONTENT_TYPES = "[Content_Types].xml"
_MAX_RELATIONS = 20_000

_HARMLESS = r"(?i)(?:https?|mailto|tel|ftp):|#|(?![a-z][a-z0-9+.-]*:|[\\/]{2})"
"""Where a link that a reader may click can lead: to the web, to an address, or to a file beside this one."""
_OWN_DISK = r"(?i)(?:file:/{2,3})?[a-z]:[\\/]|[^:\\/]+\Z"
"""The template from which a document was once made: a path of the author's own disk, from which nothing is fetched; like the one above, it is
compiled where a document leads out of itself, as few do."""
_ACTIVE_TYPE = ("macroenabled", "vbaproject", "vbadata", "activex")
_ACTIVE_PART = (
    "vbaproject",
    "vbadata",
    "activex/",
    "macrosheets/",
    "externallinks/",
    "xl/connections",
    "xl/querytables",
)


class Relation(Frozen, kw_only=True):
    """
    What one part refers to.

    Attributes:
        kind: the last word of its type: ``header``, ``hyperlink``.
        target: the name of another part, or an address where ``external``.
    """

    id: str
    kind: str
    target: str
    external: bool


def relations(package: Package, part: str) -> tuple[Relation, ...]:
    """Return the relationships of a part (of the package itself: an empty name), in their order."""
    folder, _, file = part.rpartition("/")
    name = posixpath.join(folder, "_rels", f"{file}.rels")
    return tuple(_read(package, name, folder)) if name in package else ()


def main_part(package: Package) -> str:
    """Return the name of the main document, refused (LP501) where the package names none."""
    for relation in relations(package, ""):
        if relation.kind == "officeDocument" and not relation.external and relation.target in package:
            return relation.target
    raise Refused([damaged(package.name, say("it names no main document"))])


def content_type(package: Package, part: str) -> str:
    """Return what the package says that a part is; empty where it says nothing."""
    return _types(package).get("/" + part, "")


def content_types(package: Package) -> dict[str, str]:
    """Return what the package says its parts are: by ``/part``, and by ``*.ending``."""
    return _types(package)


def refuse_active(package: Package) -> None:
    """
    Refuse a package that would run something or fetch something when it is opened.

    Raises:
        Refused: relationships to the outside other than links to click (LP506), macros, controls or files to be imported (LP507).
    """
    found: list[Finding] = []
    for name in package.entries:
        if any(active in name.lower() for active in _ACTIVE_PART):
            found.append(_active(package.name, say("{name} holds a program", name=quoted(name))))
        elif name.endswith(".rels"):
            for relation in _read(package, name, ""):
                if relation.external and not _is_harmless(relation):
                    found.append(_outside(package.name, relation))
                elif relation.kind in ("aFChunk", "subDocument"):
                    found.append(
                        _active(package.name, say("{name} imports another file when it is opened", name=quoted(name)))
                    )
    for part, kind in _types(package).items():
        if any(active in kind.lower() for active in _ACTIVE_TYPE) or "macro" in kind.lower().partition("oleobject")[2]:
            found.append(_active(package.name, say("{part} is marked as a file with macros", part=quoted(part))))
    if found:
        raise Refused(dict.fromkeys(found[:20]))


def _is_harmless(relation: Relation) -> bool:
    if relation.kind == "attachedTemplate":
        return re.match(_OWN_DISK, relation.target) is not None
    return relation.kind == "hyperlink" and re.match(_HARMLESS, relation.target) is not None


class _Relations:
    """Collects ``Relationship`` elements."""

    def __init__(self, package: Package, folder: str) -> None:
        self.found: list[Relation] = []
        self._package, self._folder = package, folder

    def start(self, name: str, attributes: Attributes, place: int) -> None:
        if name != "rel:Relationship":
            return
        if len(self.found) >= _MAX_RELATIONS:
            raise Refused([damaged(self._package.name, say("it refers to more parts than it holds"))])
        external = attributes.get("TargetMode", "").lower() == "external"
        target = attributes.get("Target", "")
        self.found.append(
            Relation(
                id=attributes.get("Id", ""),
                kind=attributes.get("Type", "").rpartition("/")[2],
                target=target.strip() if external else _resolved(self._folder, target),
                external=external,
            )
        )

    def end(self, name: str, place: int) -> None:
        pass

    def text(self, data: str, place: int) -> None:
        pass


class _Types:
    """Collects the content types of single parts and of file endings."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}

    def start(self, name: str, attributes: Attributes, place: int) -> None:
        if name in ("ct:Override", "ct:Default"):
            key = attributes.get("PartName") or "*." + attributes.get("Extension", "")
            self.found[key] = attributes.get("ContentType", "")

    def end(self, name: str, place: int) -> None:
        pass

    def text(self, data: str, place: int) -> None:
        pass


def _read(package: Package, name: str, folder: str) -> Iterator[Relation]:
    visitor = _Relations(package, folder)
    visit(utf8(package.read(name)), visitor, package.name, name)
    yield from visitor.found


def _types(package: Package) -> dict[str, str]:
    if CONTENT_TYPES not in package:
        raise Refused([damaged(package.name, say("it does not say what its parts are"))])
    visitor = _Types()
    visit(utf8(package.read(CONTENT_TYPES)), visitor, package.name, CONTENT_TYPES)
    return visitor.found


def _resolved(folder: str, target: str) -> str:
    return posixpath.normpath(target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target))


def _outside(name: str, relation: Relation) -> Finding:
    """LP506: something outside that is fetched when the file is opened."""
    return Finding(
        where=name,
        code="LP506",
        message=say(
            "opening this file would fetch something from outside: {kind} {target}",
            kind=relation.kind,
            target=quoted(relation.target),
        ),
        hint=say("do not open it in Word; ask for a copy without links to other files, saved as a plain .docx"),
    )


def _active(name: str, why: Message) -> Finding:
    """LP507: something that runs."""
    return Finding(
        where=name,
        code="LP507",
        message=say("the file holds something that runs or is fetched in when it is opened: {why}", why=why),
        hint=say("ask for it as a plain .docx without macros, controls and inserted files"),
    )


def refuse_foreign(package: Package) -> None:
    """Refuse what is packed like a Word document and is none."""
    if any(name.endswith(".iwa") for name in package.entries) or "content.xml" in package:
        raise Refused([no_word(package.name)])


def no_word(name: str) -> Finding:
    """LP500: a file of another program."""
    return Finding(
        where=name,
        code="LP500",
        message=say(
            "the file is packed like a Word document and is none: a workbook, an OpenDocument file, pages of another program"
        ),
        hint=say("export it as .docx or as PDF with text, and give that file"),
    )
