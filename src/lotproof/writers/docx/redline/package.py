"""A redline: one Word file that holds another one as tracked changes."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable

from lotproof.frozen import replace
from lotproof.writers.docx.redline.body import blocks
from lotproof.writers.docx.redline.marks import Marks
from lotproof.writers.docx.redline.trees import Element, Node, parse, part
from lotproof.writers.package import pack

_STORIES = re.compile(r"word/(document|header[0-9]*|footer[0-9]*)\.xml\Z")
_MAIN = "word/document.xml"


def redline(old: bytes, new: bytes, author: str, date: str) -> bytes:
    """
    Return the newer of two Word files with every difference from the older one as a tracked change.

    Accepting all of them gives the text of ``new``, rejecting all the text of ``old``, paragraph by paragraph and cell by cell,
    in the body, in headers and in footers. Properties of paragraphs are tracked, widths of tables are those of ``new``.
    What moved is deleted in one place and inserted in the other. Ids are counted from 1, so the same files give the same bytes.

    Args:
        old, new: files that :mod:`lotproof.writers.docx` has written; no others.
        author, date: of every change; the date is ISO 8601 (``2027-02-08``).
    """
    before, after = _parts(old), _parts(new)
    trees = {name: parse(xml) for name, xml in after.items() if _STORIES.match(name)}
    nodes = [e for tree in trees.values() for e in tree.every()]
    bookmarks = frozenset(e.attributes["w:name"] for e in nodes if e.name == "w:bookmarkStart")
    tags = frozenset(e.attributes["w:val"] for e in nodes if e.name == "w:tag")
    marks = Marks(author, f"{date}T00:00:00Z", bookmarks, tags)
    parts = dict(after)
    for name in sorted(trees, key=lambda name: (name != _MAIN, name)):
        if name in before:
            parts[name] = part(_story(parse(before[name]), trees[name], marks))
    parts["docProps/custom.xml"] = part(_named(parse(parts["docProps/custom.xml"])))
    return pack(parts, {})


def _parts(content: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name).decode() for name in package.namelist()}


def _story(old: Element, new: Element, marks: Marks) -> Element:
    """Return two roots as one; a body keeps the properties of its last section."""
    if new.name != "w:document":
        return new.holding(_content(old.elements(), new.elements(), marks))
    bodies = [node.first("w:body") or node for node in (old, new)]
    body = bodies[1].holding(_content(bodies[0].elements(), bodies[1].elements(), marks))
    return new.holding(tuple(body if node is bodies[1] else node for node in new.children))


def _content(old: Iterable[Element], new: Iterable[Element], marks: Marks) -> tuple[Node, ...]:
    sides = [list(old), list(new)]
    last = [node for node in sides[1] if node.name == "w:sectPr"]
    one, other = ([node for node in side if node.name != "w:sectPr"] for side in sides)
    return (*blocks(one, other, marks, bound=True), *last)


def _named(properties: Element) -> Element:
    """Return the properties with what the file is: neither the old contract nor the new one."""

    def named(node: Node) -> Node:
        if isinstance(node, Element) and node.attributes.get("name") == "lotproof.kind":
            return node.holding(tuple(c.holding(("redline",)) if isinstance(c, Element) else c for c in node.children))
        return node

    return replace(properties, children=tuple(map(named, properties.children)))
