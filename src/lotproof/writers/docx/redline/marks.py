"""The marks of tracked changes: who and when, one counter of ids, and each bookmark once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lotproof.frozen import replace
from lotproof.writers.docx.redline.stories import Loan, Sections
from lotproof.writers.docx.redline.trees import Element, Node, element

KEPT, INSERTED, DELETED = "kept", "inserted", "deleted"

MARKERS = ("w:bookmarkStart", "w:bookmarkEnd")

_TRACKED = {INSERTED: "w:ins", DELETED: "w:del"}
_RANGE = "w:customXmlInsRange"
_BURIED = {"w:t": "w:delText", "w:instrText": "w:delInstrText"}


class Marks:
    """
    Makes the marks of one document.

    Args:
        author, date: of every change; ISO 8601 with a time.
        bookmarks: names of the bookmarks of the newer document: an older one of the same name is left out.
        sections: which sections of the two are the same.
    """

    loan: Loan
    """Takes over what the older story shows beside its text."""

    def __init__(self, author: str, date: str, bookmarks: frozenset[str], sections: Sections) -> None:
        self.author, self.date, self.bookmarks = author, date, bookmarks
        self.section = sections.section
        self.count = 0
        self.ids: dict[tuple[bool, str], str] = {}
        """The new id of each bookmark by side and old id; empty for one that is left out."""

    def number(self) -> str:
        """Return the next id: bookmarks and changes share one row of them."""
        self.count += 1
        return str(self.count)

    def mark(self, name: str, *children: Node) -> Element:
        """Return an element that says who changed what is in it, and when."""
        return element(name, *children, id=self.number(), author=self.author, date=self.date)

    def marker(self, node: Element, *, is_old: bool) -> Element | None:
        """Return the start or the end of a bookmark with an id of its own; None where it is left out."""
        key = (is_old, node.attributes["w:id"])
        if node.name == "w:bookmarkStart":
            left = is_old and node.attributes["w:name"] in self.bookmarks
            self.ids[key] = "" if left else self.number()
        new = self.ids.get(key, "")
        return replace(node, attributes={**node.attributes, "w:id": new}) if new else None

    def loses(self, node: Element) -> bool:
        """Say whether an element of the older document has a bookmark that the newer one has not."""
        return any(e.name == "w:bookmarkStart" and e.attributes["w:name"] not in self.bookmarks for e in node.every())

    def kept(self, node: Element) -> Element:
        """Return an element of the newer document with ids of this one."""
        if not any(e.name in MARKERS for e in node.every()):
            return node
        if node.name in MARKERS:
            return self.marker(node, is_old=False) or node
        return node.holding(tuple(self.kept(c) if isinstance(c, Element) else c for c in node.children))

    def wrapped(self, state: str, nodes: Sequence[Element]) -> Iterator[Element]:
        """Yield runs, links and controls in a state: runs that touch share one mark."""
        if state == KEPT:
            yield from (self.kept(node) for node in nodes)
            return
        runs: list[Element] = []
        for node in nodes:
            if node.name in MARKERS:
                continue  # inside something that is inserted or deleted as a whole: nothing refers to it
            if node.name == "w:r":
                runs.append(_buried(self.loan.run(node)) if state == DELETED else node)
                continue
            if runs:
                yield self.mark(_TRACKED[state], *runs)
                runs = []
            yield from self._held(state, node)
        if runs:
            yield self.mark(_TRACKED[state], *runs)

    def _held(self, state: str, node: Element) -> Iterator[Element]:
        """
        Yield something that holds runs: its content is marked inside, and a control that comes by ranges around its ends.

        Of a control that goes the text alone is kept: LibreOffice leaves the others standing when their deletion is accepted.
        """
        inner = "w:sdtContent" if node.name == "w:sdt" else ""
        held = node.first(inner) if inner else node
        content = list(self.wrapped(state, list(held.elements()))) if held else []
        if not inner:
            yield node.holding(tuple(content))
            return
        if state == DELETED:
            yield from content
            return
        properties = node.first("w:sdtPr")
        opening, closing = self.number(), self.number()

        def start(number: str) -> Element:
            return element(f"{_RANGE}Start", id=number, author=self.author, date=self.date)

        free = properties.holding(tuple(c for c in properties.elements() if c.name != "w:lock")) if properties else None
        yield start(opening)
        yield node.holding(
            (
                *([free] if free else []),
                element("w:sdtContent", element(f"{_RANGE}End", id=opening), *content, start(closing)),
            )
        )
        yield element(f"{_RANGE}End", id=closing)


def _buried(node: Element) -> Element:
    """Return a run with its text written as deleted."""
    return Element(
        _BURIED.get(node.name, node.name),
        node.attributes,
        tuple(_buried(child) if isinstance(child, Element) else child for child in node.children),
    )
