"""A redline: one Word file that holds another one as tracked changes."""

from __future__ import annotations

import io
import re
import zipfile

from lotproof.frozen import replace
from lotproof.writers.docx.redline.body import blocks
from lotproof.writers.docx.redline.marks import Marks
from lotproof.writers.docx.redline.stories import Loan, Parts, Sections
from lotproof.writers.docx.redline.trees import Element, Node, parse, part
from lotproof.writers.package import pack

_STORIES = re.compile(r"word/(document|header[0-9]*|footer[0-9]*)\.xml\Z")


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
    trees = {name: parse(xml) for name, xml in after.xml.items() if _STORIES.match(name)}
    nodes = [e for tree in trees.values() for e in tree.every()]
    bookmarks = frozenset(e.attributes["w:name"] for e in nodes if e.name == "w:bookmarkStart")
    sections = Sections(before, after)
    marks = Marks(author, f"{date}T00:00:00Z", bookmarks, sections)
    for name in sorted(trees, key=lambda name: (name != Sections.MAIN, name)):
        partner = name if name == Sections.MAIN else sections.partners.get(name, "")
        if partner:
            marks.loan = Loan(before, after, partner, name)
            story = part(_story(parse(before.xml[partner]), trees[name], marks))
            after.xml[name] = story
    after.xml["docProps/custom.xml"] = part(_named(parse(after.xml["docProps/custom.xml"])))
    return pack(after.xml, {}, pictures=after.pictures)


def _parts(content: bytes) -> Parts:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return Parts({name: package.read(name) for name in package.namelist()})


def _story(old: Element, new: Element, marks: Marks) -> Element:
    """Return two roots as one."""
    if new.name != "w:document":
        return new.holding(tuple(blocks(list(old.elements()), list(new.elements()), marks, bound=True)))
    bodies = [node.first("w:body") or node for node in (old, new)]
    shown = [[node for node in body.elements() if node.name != "w:sectPr"] for body in bodies]
    content = blocks(shown[0], shown[1], marks, bound=True)
    last = marks.section(bodies[0].first("w:sectPr"), bodies[1].first("w:sectPr"))
    body = bodies[1].holding((*content, *([last] if last else [])))
    return new.holding(tuple(body if node is bodies[1] else node for node in new.children))


def _named(properties: Element) -> Element:
    """Return the properties with what the file is: neither the old contract nor the new one."""

    def named(node: Node) -> Node:
        if isinstance(node, Element) and node.attributes.get("name") == "lotproof.kind":
            return node.holding(tuple(c.holding(("redline",)) if isinstance(c, Element) else c for c in node.children))
        return node

    return replace(properties, children=tuple(map(named, properties.children)))
