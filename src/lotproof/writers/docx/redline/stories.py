"""The parts of a redline beside its text: which header and footer of the one file is which of the other, and what they show."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping

from lotproof.frozen import replace
from lotproof.writers.docx.redline.trees import Element, parse, part

_RELATED = ("r:id", "r:embed", "r:link", "r:pict")
_NAMED = ("wp:docPr", "pic:cNvPr")
"""Elements that number the pictures of a part."""

_TYPES = "[Content_Types].xml"


class Parts:
    """
    The parts of a Word file of ours by name, XML as text.

    Args:
        content: by name.
    """

    def __init__(self, content: Mapping[str, bytes]) -> None:
        self.xml = {name: data.decode() for name, data in content.items() if name.endswith((".xml", ".rels"))}
        self.pictures = {name: data for name, data in content.items() if name not in self.xml}

    def target(self, owner: str, relation: str) -> str:
        """Return the name of the part that a relationship of ``owner`` names."""
        found = next(e for e in self._relations(owner).elements() if e.attributes["Id"] == relation)
        return posixpath.normpath(posixpath.join(posixpath.dirname(owner), found.attributes["Target"]))

    def relation(self, owner: str, like: tuple[Parts, str, str], target: str) -> str:
        """
        Relate ``owner`` to a part, and return the id of the relationship.

        Args:
            like: another file, a part of it and the id of a relationship of that part, whose type it takes.
            target: the name of the part.
        """
        there, part_of_it, old = like
        kind = next(e for e in there._relations(part_of_it).elements() if e.attributes["Id"] == old).attributes["Type"]
        relations = self._relations(owner)
        new = f"rIdOld{len(relations.children) + 1}"
        where = posixpath.relpath(target, posixpath.dirname(owner))
        added = Element("Relationship", {"Id": new, "Type": kind, "Target": where}, ())
        self.xml[_relations_of(owner)] = part(relations.holding((*relations.children, added)))
        return new

    def declare(self, name: str, like: tuple[Parts, str]) -> None:
        """Give a part the content type that another one has in another file."""
        there, original = like
        types = parse(there.xml[_TYPES])
        kind = next((e.attributes for e in types.elements() if e.attributes.get("PartName") == f"/{original}"), None)
        if kind is not None:
            own = parse(self.xml[_TYPES])
            added = Element("Override", {**kind, "PartName": f"/{name}"}, ())
            self.xml[_TYPES] = part(own.holding((*own.children, added)))

    def _relations(self, owner: str) -> Element:
        empty = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>'
        return parse(self.xml.get(_relations_of(owner), empty))


def _relations_of(owner: str) -> str:
    return f"{posixpath.dirname(owner)}/_rels/{posixpath.basename(owner)}.rels"


class Loan:
    """Takes over into a part of the newer file what a part of the older one shows: a picture beside its text."""

    def __init__(self, old: Parts, new: Parts, old_name: str, new_name: str) -> None:
        self.old, self.new, self.old_name, self.new_name = old, new, old_name, new_name
        self.taken: dict[str, str] = {}
        self.count = 0

    def run(self, run: Element) -> Element:
        """Return a run with relationships of the newer file, and with numbers that no other picture has."""
        if not any(name in e.attributes for e in run.every() for name in _RELATED):
            return run
        return self._element(run)

    def _element(self, node: Element) -> Element:
        attributes = dict(node.attributes)
        for name in _RELATED:
            if name in attributes:
                attributes[name] = self._relation(attributes[name])
        if node.name in _NAMED:
            self.count += 1
            attributes["id"] = str(1000 + self.count)
        children = tuple(self._element(c) if isinstance(c, Element) else c for c in node.children)
        return replace(node, attributes=attributes, children=children)

    def _relation(self, old: str) -> str:
        if old not in self.taken:
            target = self.old.target(self.old_name, old)
            folder, _, file = target.rpartition("/")
            name = f"{folder}/old-{file}"
            if target in self.old.pictures:
                self.new.pictures[name] = self.old.pictures[target]
            else:
                self.new.xml[name] = self.old.xml[target]
            self.new.declare(name, (self.old, target))
            self.taken[old] = self.new.relation(self.new_name, (self.old, self.old_name, old), name)
        return self.taken[old]


class Sections:
    """Which sections of the two files are the same, and so which of their headers and footers belong together."""

    MAIN = "word/document.xml"

    def __init__(self, old: Parts, new: Parts) -> None:
        self.old, self.new = old, new
        self.partners: dict[str, str] = {}
        """The name of the older story by that of the newer one."""

    def section(self, old: Element | None, new: Element | None) -> Element | None:
        """
        Return the properties of a section.

        Args:
            old, new: of the two files; None where a file has no such section. One that goes keeps its header and footer until then.
        """
        if new is None:
            return None if old is None else old.holding(tuple(map(self._kept, old.elements())))
        if old is not None:
            theirs = {_use(e): self.old.target(self.MAIN, e.attributes["r:id"]) for e in old.elements() if _use(e)}
            for e in new.elements():
                if _use(e) in theirs:
                    self.partners.setdefault(self.new.target(self.MAIN, e.attributes["r:id"]), theirs[_use(e)])
        return new

    def _kept(self, node: Element) -> Element:
        """Return a reference to a header or footer that the newer file lacks, taken over as it is."""
        if not _use(node):
            return node
        old = node.attributes["r:id"]
        name = self.old.target(self.MAIN, old)
        copy = f"word/old-{name.rpartition('/')[2]}"
        if copy not in self.new.xml:
            loan = Loan(self.old, self.new, name, copy)
            self.new.xml[copy] = part(loan._element(parse(self.old.xml[name])))
            self.new.declare(copy, (self.old, name))
        new = self.new.relation(self.MAIN, (self.old, self.MAIN, old), copy)
        return replace(node, attributes={**node.attributes, "r:id": new})


def _use(node: Element) -> str:
    if not re.fullmatch(r"w:(?:header|footer)Reference", node.name):
        return ""
    return f"{node.name} {node.attributes.get('w:type', '')}"
