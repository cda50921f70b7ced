"""What stands in a paragraph, piece by piece, and two paragraphs as one with its insertions and deletions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from lotproof.changes.tokens import tokens
from lotproof.frozen import Frozen
from lotproof.writers.docx.redline.marks import DELETED, INSERTED, KEPT, MARKERS, Marks
from lotproof.writers.docx.redline.trees import Element, Node, element, text_of


class Word(Frozen, kw_only=True):
    """
    The smallest thing that is inserted or deleted.

    Attributes:
        key: equal where two words and their formats are the same.
        text: where it is text, with ``format`` as its run properties; else empty.
        content: what it is where it is not text: a field, a control, a tab, a link.
    """

    key: str
    text: str = ""
    format: Element | None = None
    content: tuple[Element, ...] = ()

    @property
    def fixed(self) -> bool:
        """It may stand once in a document: a control, or the start or end of a field that goes over several paragraphs."""
        return any(e.name == "w:sdt" for e in self.content) or sum(map(_steps, self.content)) != 0


class Marker(Frozen):
    """The start or the end of a bookmark, and before which word it stands."""

    place: int
    node: Element


def read(paragraph: Element) -> tuple[list[Word], list[Marker]]:
    """Return the words of a paragraph, or of anything that holds runs, and the bookmarks between them."""
    words: list[Word] = []
    markers: list[Marker] = []
    loose = bool(field_ends(paragraph))  # a field that ends in another paragraph is no word of this one
    field: list[Element] = []
    depth = 0
    for node in paragraph.elements():
        if node.name in MARKERS:
            markers.append(Marker(len(words), node))
        elif node.name == "w:pPr":
            continue
        elif node.name != "w:r":
            if field:
                field.append(node)
            else:
                words.append(_whole((node,)))
        elif loose and any(child.name in ("w:fldChar", "w:instrText") for child in node.elements()):
            words.append(_whole((node,)))
        else:
            depth += _steps(node)
            if depth > 0 or field:
                field.append(node)
                if depth == 0:
                    words.append(_whole(tuple(field)))
                    field = []
            else:
                words += _run(node)
    return words, markers


def field_ends(paragraph: Element) -> str:
    """Say whether a field begins or ends in a paragraph that goes over several ones (a table of contents); empty where none does."""
    total = sum(_steps(run) for run in paragraph.elements() if run.name == "w:r")
    return "a field begins" if total > 0 else "a field ends" if total < 0 else ""


def _steps(run: Element) -> int:
    return sum(_step(node) for node in run.elements())


def _step(node: Element) -> int:
    return {"begin": 1, "end": -1}.get(node.attributes.get("w:fldCharType", ""), 0)


def _whole(content: tuple[Element, ...]) -> Word:
    return Word(key="".join(map(text_of, content)), content=content)


def _run(run: Element) -> Iterator[Word]:
    form = run.first("w:rPr")
    prefix = text_of(form) if form else ""
    for child in run.elements():
        if child.name == "w:t":
            for text in tokens("".join(c for c in child.children if isinstance(c, str))):
                yield Word(key=f"{prefix}{text}", text=text, format=form)
        elif child.name != "w:rPr":
            kept = (form, child) if form else (child,)
            yield _whole((Element("w:r", {}, kept),))


def merged(old: Element, new: Element, marks: Marks) -> list[Node]:
    """Return the content of two paragraphs as one, what was deleted before what was put in its place."""
    before, after = read(old), read(new)
    out: list[tuple[str, Word | Element]] = []
    bookmarks = _Bookmarks(before[1], after[1], marks)
    for tag, a, b, c, d in changes(before[0], after[0]):
        if tag == "equal":
            for step in range(b - a):
                out += [*bookmarks.upto(0, a + step), *bookmarks.upto(1, c + step), (KEPT, after[0][c + step])]
            continue
        for place in range(a, b):
            out += [*bookmarks.upto(0, place), (DELETED, before[0][place])]
        for place in range(c, d):
            out += [*bookmarks.upto(1, place), (INSERTED, after[0][place])]
    out += [*bookmarks.upto(0, len(before[0])), *bookmarks.upto(1, len(after[0]))]
    return list(_written(out, marks))


class _Bookmarks:
    """
    Puts the bookmarks of two paragraphs between their words.

    One that both have goes around what it holds in either: a reference to it is right whether changes are accepted or rejected.
    """

    def __init__(self, old: Sequence[Marker], new: Sequence[Marker], marks: Marks) -> None:
        self.markers, self.marks = (old, new), marks
        self.seen = [0, 0]
        self.names = [
            {m.node.attributes["w:id"]: m.node.attributes["w:name"] for m in side if m.node.name == "w:bookmarkStart"}
            for side in self.markers
        ]
        self.nodes = {(m.node.name, self.names[1].get(m.node.attributes["w:id"], "")): m.node for m in new}
        self.passed: dict[tuple[str, str], int] = {}

    def upto(self, side: int, place: int) -> Iterator[tuple[str, Element]]:
        """Yield the starts and ends that come before a word of one side and are still to be written."""
        markers = self.markers[side]
        while self.seen[side] < len(markers) and markers[self.seen[side]].place <= place:
            node = markers[self.seen[side]].node
            self.seen[side] += 1
            written = self._written(node, side)
            if written is not None:
                yield KEPT, written

    def _written(self, node: Element, side: int) -> Element | None:
        name = self.names[side].get(node.attributes["w:id"], "")
        key = (node.name, name)
        if not all(name in names.values() for names in self.names):
            return self.marks.marker(node, is_old=side == 0)
        self.passed[key] = self.passed.get(key, 0) + 1
        first = node.name == "w:bookmarkStart"
        return self.marks.marker(self.nodes[key], is_old=False) if self.passed[key] == (1 if first else 2) else None


def only(paragraph: Element, state: str, marks: Marks) -> list[Node]:
    """Return the content of a paragraph that is inserted or deleted as a whole."""
    words, markers = read(paragraph)
    out: list[tuple[str, Word | Element]] = []
    for place in range(len(words) + 1):
        for marker in markers:
            if marker.place == place:
                node = marks.marker(marker.node, is_old=state == DELETED)
                if node is not None:
                    out.append((KEPT, node))
        if place < len(words):
            out.append((state, words[place]))
    return list(_written(out, marks))


Step = tuple[str, int, int, int, int]


def changes(old: Sequence[Word], new: Sequence[Word]) -> list[Step]:
    """
    Return what to do with the words of two paragraphs, as :meth:`difflib.SequenceMatcher.get_opcodes` does, but fit to be read.

    Crumbs that stay between two changes (a blank, a comma, one character) go with them, and where hardly anything stays,
    everything is replaced. A control is never written twice.
    """
    steps: list[Step] = list(
        SequenceMatcher(None, [w.key for w in old], [w.key for w in new], autojunk=False).get_opcodes()
    )
    kept: list[Step] = []
    for place, (tag, a, b, c, d) in enumerate(steps):
        between = 0 < place < len(steps) - 1
        kept.append(("replace" if tag == "equal" and between and _crumb(old[a:b]) else tag, a, b, c, d))
    staying = sum(b - a for tag, a, b, _, _ in kept if tag == "equal")
    fixed = any(word.fixed for word in old)
    if len(kept) > 1 and not fixed and 5 * staying < max(len(old), len(new)):
        return [("replace", 0, len(old), 0, len(new))]
    joined: list[Step] = []
    for tag, a, b, c, d in kept:
        if joined and tag != "equal" and joined[-1][0] != "equal":
            joined[-1] = ("replace", joined[-1][1], b, joined[-1][3], d)
        else:
            joined.append((tag, a, b, c, d))
    return joined


def _crumb(words: Sequence[Word]) -> bool:
    if any(word.content for word in words):
        return False
    text = "".join(c for c in "".join(word.text for word in words) if c.isalnum())
    return len(text) <= 1


def _written(parts: Sequence[tuple[str, Word | Element]], marks: Marks) -> Iterator[Node]:
    """Write words of one state together, and those of one format in one run."""
    place = 0
    while place < len(parts):
        state, part = parts[place]
        if isinstance(part, Element):
            yield part
            place += 1
            continue
        end = place
        runs: list[Word] = []
        while end < len(parts) and parts[end][0] == state and isinstance(found := parts[end][1], Word):
            runs.append(found)
            end += 1
        yield from marks.wrapped(state, list(_nodes(runs, state)))
        place = end


def _nodes(words: Sequence[Word], state: str) -> Iterator[Element]:
    place = 0
    while place < len(words):
        word = words[place]
        if word.content:
            yield from word.content
            place += 1
            continue
        end = place
        while end < len(words) and not words[end].content and words[end].format == word.format:
            end += 1
        yield text_run("".join(w.text for w in words[place:end]), word.format)
        place = end


def text_run(text: str, form: Element | None) -> Element:
    """Return a run of text."""
    spaced = {"xml:space": "preserve"} if text[:1].isspace() or text[-1:].isspace() else {}
    written = Element("w:t", spaced, (text,))
    return element("w:r", *([form] if form else []), written)
