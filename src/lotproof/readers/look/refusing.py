"""What a ``reference.docx`` may not hold, whether it would be taken over or not: a house with such a file is not printed with."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from lotproof.findings import Finding, Refused, quoted
from lotproof.messages import Message, say
from lotproof.readers.package import Package
from lotproof.readers.relations import Relation, content_types, relations
from lotproof.readers.xml import Attributes, utf8, visit

MOST_XML = 8_000_000
"""Bytes of all XML in the file, unpacked: forty times what Word and LibreOffice write for a letter with many styles."""

MOST_ELEMENTS = 400_000

_ACTIVE_PART = re.compile(r"vbaProject|vbaData|activeX|oleObject|/embeddings/|macrosheets", re.IGNORECASE)
_ACTIVE_TYPE = re.compile(r"macroEnabled|vbaProject|vbaData|activeX|oleObject|ms-word\.attachedToolbars", re.IGNORECASE)
_OWN_DISK = re.compile(r"(?:file:/{2,3})?[a-z]:[\\/]|[^:\\/]+\Z", re.IGNORECASE)
"""The template from which a document was once made: a path of the author's own disk. Nothing is read from it."""

_CARRIED = frozenset(
    {"oleObject", "package", "control", "aFChunk", "subDocument", "frame", "vbaProject", "wordVbaData"}
)
_ELEMENTS = {
    "w:object": say("holds an embedded object"),
    "w:control": say("holds a control (ActiveX)"),
    "w:altChunk": say("holds an inserted file (altChunk)"),
    "w:subDoc": say("holds a subdocument"),
    "o:OLEObject": say("holds an embedded object"),
    "w:movie": say("holds a film"),
}
_FETCHING = frozenset(
    [
        "INCLUDEPICTURE",
        "INCLUDETEXT",
        "INCLUDE",
        "IMPORT",
        "DDE",
        "DDEAUTO",
        "LINK",
        "RD",
        "DATABASE",
        "EMBED",
        "CONTROL",
        "HTMLCONTROL",
        "MACROBUTTON",
        "ADDIN",
        "PRINT",
    ]
)
_MOST_FOUND = 40
"""Findings of a file: whoever reads them knows by then."""

_MOST_PIECES = 400
"""Pieces of an instruction that are looked at, and characters of each."""

_STORY = re.compile(r"(?!docProps/|customXml/|_rels/|\[Content_Types\]).*\.xml\Z", re.IGNORECASE)


def refuse_carried(package: Package) -> None:
    """
    Refuse a file that is too large for a look, or that refers to the outside, runs or holds something.

    Raises:
        Refused: with every place (LP920, LP923), and as reading XML refuses.
    """
    xml = [entry for entry in package.entries.values() if entry.name.lower().endswith((".xml", ".rels"))]
    size = sum(entry.size for entry in xml)
    if size > MOST_XML:
        message = say(
            "its XML has {size:,} bytes unpacked, and a look takes {most:,} at most", size=size, most=MOST_XML
        )
        hint = say("start from the file that lotproof house new writes, or delete the text in yours")
        raise Refused([Finding(where=package.name, code="LP923", message=message, hint=hint)])
    found = [*_parts(package), *_relations(package), *_contents(package)]
    if found:
        raise Refused(list(dict.fromkeys(found))[:_MOST_FOUND])


def _parts(package: Package) -> Iterator[Finding]:
    for name in package.entries:
        if _ACTIVE_PART.search(name):
            yield _carried(package, name, say("a program or an embedded object"))
    for name, kind in content_types(package).items():
        if _ACTIVE_TYPE.search(kind):
            yield _carried(package, name.lstrip("/"), say("marked as holding macros or objects"))


def _relations(package: Package) -> Iterator[Finding]:
    for name in package.entries:
        folder, _, file = name.rpartition("/")
        if not file.endswith(".rels") or posixpath.basename(folder) != "_rels":
            continue
        part = posixpath.join(posixpath.dirname(folder), file.removesuffix(".rels"))
        for relation in relations(package, part):
            if relation.external and not _is_own_template(relation):
                message = say(
                    "refers to the outside: {kind} {target}", kind=relation.kind, target=quoted(relation.target[:80])
                )
                yield _carried(package, part or "_rels/.rels", message)
            elif relation.kind in _CARRIED:
                yield _carried(package, part, say("holds or fetches a {kind}", kind=relation.kind))


def _is_own_template(relation: Relation) -> bool:
    return relation.kind == "attachedTemplate" and _OWN_DISK.match(relation.target) is not None


def _contents(package: Package) -> Iterator[Finding]:
    for name in package.entries:
        if _STORY.match(name):
            visitor = _Fetching(package, name)
            visit(utf8(package.read(name)), visitor, package.name, name)
            yield from visitor.found


def _carried(package: Package, where: str, what: Message) -> Finding:
    """LP920: something that fetches, runs or is embedded."""
    return Finding(
        where=f"{package.name}: {where}",
        code="LP920",
        message=what,
        hint=say(
            "take it out in Word and save as .docx: links with Remove Hyperlink, fields with Ctrl+Shift+F9, objects by pasting them as a PNG picture"
        ),
    )


class _Fetching:
    """Finds fields that fetch, and elements that hold or run something, with their paragraph."""

    def __init__(self, package: Package, part: str) -> None:
        self.found: list[Finding] = []
        self._package, self._part = package, part
        self._elements = self._paragraph = 0
        self._instructions: list[list[str]] = []
        self._reading = False

    def start(self, name: str, attributes: Attributes, place: int) -> None:
        self._elements += 1
        if self._elements > MOST_ELEMENTS:
            message = say("{part} has more than {most:,} elements", part=quoted(self._part), most=MOST_ELEMENTS)
            hint = say("start from the file that lotproof house new writes, or delete the text in yours")
            raise Refused([Finding(where=self._package.name, code="LP923", message=message, hint=hint)])
        if name == "w:p":
            self._paragraph += 1
        elif name in _ELEMENTS:
            self._say(_ELEMENTS[name])
        elif name == "w:instrText":
            self._reading = True
        elif name == "w:fldSimple":
            self._look_at(attributes.get("instr", ""))
        elif name == "w:fldChar":
            self._mark(attributes.get("fldCharType", ""))

    def end(self, name: str, place: int) -> None:
        if name == "w:instrText":
            self._reading = False
        elif name == "w:p" and self._part_is_over():
            self._instructions.clear()

    def text(self, data: str, place: int) -> None:
        if self._reading:
            if not self._instructions:  # a field without its beginning: what it says counts all the same
                self._instructions.append([])
            begun = self._instructions[-1] or data.strip()
            if begun and len(self._instructions[-1]) < _MOST_PIECES:  # what a field is stands at its beginning
                self._instructions[-1].append(data[:_MOST_PIECES])

    def _part_is_over(self) -> bool:
        """Look at what stands without a beginning; a field that was begun may go on in the next paragraph."""
        return bool(self._instructions) and all(self._look_at("".join(one)) for one in self._instructions)

    def _mark(self, kind: str) -> None:
        if kind == "begin":
            self._instructions.append([])
        elif kind in ("separate", "end") and self._instructions:
            self._look_at("".join(self._instructions[-1]))
            if kind == "end":
                self._instructions.pop()
            else:
                self._instructions[-1].clear()

    def _look_at(self, instruction: str) -> bool:
        """Say of a field that fetches that it does, and return whether it does."""
        words = instruction.split(None, 2)
        code = words[0].upper() if words else ""
        outside = code == "HYPERLINK" and (len(words) < 2 or words[1].lower() != "\\l")
        if code in _FETCHING or outside:
            self._say(say("holds a field that fetches or runs something: {code}", code=code))
            return True
        return False

    def _say(self, message: Message) -> None:
        where = f"{self._part}, paragraph {max(1, self._paragraph)}"
        if len(self.found) < _MOST_FOUND:
            self.found.append(_carried(self._package, where, message))
