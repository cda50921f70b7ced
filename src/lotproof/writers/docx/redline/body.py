"""Two bodies, headers or cells as one: paragraphs and rows that stay, go or come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lotproof.changes.aligning import Match, Piece, align
from lotproof.frozen import Frozen, replace
from lotproof.writers.docx.redline.inline import field_ends, merged, only
from lotproof.writers.docx.redline.marks import DELETED, INSERTED, KEPT, MARKERS, Marks
from lotproof.writers.docx.redline.trees import Element, Node, element, text_of

_CONTENT = {"w:sdt": "w:sdtContent"}
_BEFORE_ROW_MARK = ("w:trPrChange",)


class Item(Frozen, kw_only=True):
    """
    A paragraph, a row of a table, or anything else that stands between blocks.

    Attributes:
        table: place of the table that a row stands in, among the tables of its side; -1 for all else.
        frame: properties and grid of that table.
    """

    node: Element
    piece: Piece
    table: int = -1
    frame: tuple[Element, ...] = ()


def blocks(old: Sequence[Element], new: Sequence[Element], marks: Marks, *, bound: bool = False) -> list[Element]:
    """
    Return two sequences of blocks as one.

    Args:
        bound: what holds them (a cell, a header, the body) ends with its last paragraph, whose mark nobody can delete.
    """
    before, after = list(_items(old)), list(_items(new))
    matches = _apart(align([item.piece for item in before], [item.piece for item in after]), before, after)
    out = _Output(marks, before, after)
    end = _closing(matches, before, after) if bound else len(matches)
    if end is None:  # nothing stays that the last paragraphs could be joined to: they are made one
        matches = [*_without_last(matches, len(before) - 1, len(after) - 1), (len(before) - 1, len(after) - 1)]
        end = len(matches)
    for match in matches[:end]:
        out.take(*match)
    return [*out.finished(), *out.last(matches[end:])]


def _closing(matches: Sequence[Match], old: Sequence[Item], new: Sequence[Item]) -> int | None:
    """
    Return from which match on the marks of paragraphs have to move, the number of matches where none has.

    Where paragraphs come or go at the very end, the last mark stays, and each of them takes the mark before it.
    None where the last paragraphs have to become one.
    """
    if not old or not new or {old[-1].node.name, new[-1].node.name} != {"w:p"}:
        return len(matches)
    place = len(matches)
    while place > 0 and None in matches[place - 1]:
        place -= 1
        i, j = matches[place]
        if (old[i] if i is not None else new[j or 0]).node.name != "w:p":
            return None
    if place == len(matches):
        return place
    if place == 0 or old[matches[place - 1][0] or 0].node.name != "w:p":
        return None
    return place - 1


def _without_last(matches: Sequence[Match], old: int, new: int) -> Iterator[Match]:
    for i, j in matches:
        match = (None if i == old else i, None if j == new else j)
        if match != (None, None):
            yield match


def _items(nodes: Sequence[Element]) -> Iterator[Item]:
    table = -1
    for node in nodes:
        if node.name != "w:tbl":
            yield Item(node=node, piece=_piece(node))
            continue
        table += 1
        frame = tuple(child for child in node.elements() if child.name in ("w:tblPr", "w:tblGrid"))
        for row in node.elements():
            if row.name == "w:tr":
                yield Item(node=row, piece=_row_piece(row, frame), table=table, frame=frame)


def _piece(node: Element) -> Piece:
    key = text_of(_bare(node))
    style, section = "", ""
    properties = node.first("w:pPr")
    if properties is not None and (named := properties.first("w:pStyle")) is not None:
        style = named.attributes["w:val"]
    if properties is not None and (found := properties.first("w:sectPr")) is not None:
        section = "ends a section"
        key = key.replace(text_of(found), "")
    ends = field_ends(node) if node.name == "w:p" else ""
    kind = " ".join((node.name, style if style in ("", "Gap", "Break") else "", section, ends))
    return Piece(key=key, kind=kind, text="\n".join(_texts(node)), name=ends, anchor=_anchor(node))


def _row_piece(row: Element, frame: tuple[Element, ...]) -> Piece:
    cells = [child for child in row.elements() if child.name == "w:tc"]
    spans = ",".join(
        e.attributes.get("w:val", "") for c in cells for e in c.every() if e.name in ("w:gridSpan", "w:vMerge")
    )
    style = next((e.attributes["w:val"] for part in frame for e in part.every() if e.name == "w:tblStyle"), "")
    first = "".join(_texts(cells[0])) if cells else ""
    key = "|".join("".join(text_of(_bare(b)) for b in cell.elements() if b.name != "w:tcPr") for cell in cells)
    kind = f"w:tr {len(cells)} {spans} {style} {_is_head(row)}"
    return Piece(
        key=key, kind=kind, text="\n".join(_texts(row)), name=first if len(first) > 3 else "", anchor=_anchor(row)
    )


def _anchor(node: Element) -> str:
    """Return the bookmark of a heading, which is the id of a provision or an exhibit; others count and so move."""
    for paragraph in node.every() if node.name == "w:tr" else (node,):
        properties = paragraph.first("w:pPr") if paragraph.name == "w:p" else None
        style = properties.first("w:pStyle") if properties else None
        if style is not None and style.attributes["w:val"].startswith(("Heading", "Exhibit")):
            return next((e.attributes["w:name"] for e in paragraph.every() if e.name == "w:bookmarkStart"), "")
    return ""


def _is_head(row: Element) -> bool:
    properties = row.first("w:trPr")
    return properties is not None and properties.first("w:tblHeader") is not None


def _bare(node: Element) -> Element:
    """Return a node without bookmarks, which are numbered through the document."""
    if not any(e.name in MARKERS for e in node.every()):
        return node
    return node.holding(tuple(_bare(c) for c in node.elements() if c.name not in MARKERS) or node.children)


def _texts(node: Element) -> Iterator[str]:
    for e in node.every():
        if e.name == "w:t":
            yield from (c for c in e.children if isinstance(c, str))


def _apart(matches: Sequence[Match], old: Sequence[Item], new: Sequence[Item]) -> list[Match]:
    """
    Keep a table that goes from one that comes in its place: Word makes one of tables that touch.

    The paragraph that follows both is deleted after the one and inserted after the other.
    """
    out: list[Match] = []
    gone: list[Match] = []
    come: list[Match] = []
    for i, j in matches:
        if j is None:
            gone.append((i, None))
        elif i is None:
            come.append((None, j))
        elif gone and come and _touch(old[gone[-1][0] or 0], new[come[0][1] or 0]) and _same_text(old[i], new[j]):
            out += [*gone, (i, None), *come, (None, j)]
            gone, come = [], []
        else:
            out += [*gone, *come, (i, j)]
            gone, come = [], []
    return [*out, *gone, *come]


def _touch(old: Item, new: Item) -> bool:
    return old.table >= 0 and new.table >= 0 and old.piece.kind != new.piece.kind


def _same_text(old: Item, new: Item) -> bool:
    return old.node.name == "w:p" and old.piece.key == new.piece.key


class _Output:
    def __init__(self, marks: Marks, old: Sequence[Item], new: Sequence[Item]) -> None:
        self.marks, self.old, self.new = marks, old, new
        self.out: list[Element] = []
        self.rows: list[Element] = []
        self.tables: tuple[int, int] = (-1, -1)
        """The table of each side whose rows are gathered; -1 where there is none yet."""
        self.frame: tuple[Element, ...] = ()
        self.kind = ""

    def take(self, i: int | None, j: int | None) -> None:
        before, after = None if i is None else self.old[i], None if j is None else self.new[j]
        either = after or before
        assert either is not None
        if either.table < 0:
            self._close()
            self.out += self._block(before, after)
            return
        tables = (before.table if before else -1, after.table if after else -1)
        if self.rows and not self._joins(tables, either.piece.kind):
            self._close()
        self.kind = either.piece.kind
        if after is not None or not self.frame:
            self.frame = either.frame
        self.tables = (max(self.tables[0], tables[0]), max(self.tables[1], tables[1]))
        self.rows.append(self._row(before, after))

    def finished(self) -> list[Element]:
        self._close()
        return self.out

    def last(self, matches: Sequence[Match]) -> list[Element]:
        """Return the paragraphs at the end of what holds them, the first of which stays; each has the mark of the next one."""
        out = []
        ends: list[Element | None] = [
            None,
            None,
        ]  # which paragraph of each side is open: its text is there, its mark is to come
        states = [KEPT if None not in match else DELETED if match[1] is None else INSERTED for match in matches]
        for (i, j), state, mark in zip(matches, states, [*states[1:], KEPT], strict=False):
            old, new = None if i is None else self.old[i].node, None if j is None else self.new[j].node
            ends = [old or ends[0], new or ends[1]]
            if old is not None and new is not None:
                content = merged(old, new, self.marks)
            else:
                content = only(new or old or ends[0] or element("w:p"), state, self.marks)
            out.append(_ended(ends, mark, content, self.marks))
        return out

    def _joins(self, tables: tuple[int, int], kind: str) -> bool:
        """Say whether a row goes on with the table that is gathered."""
        ours = self.tables
        if any(a >= 0 and b >= 0 and a != b for a, b in zip(ours, tables, strict=True)):
            return False
        linked = any(a >= 0 and a == b for a, b in zip(ours, tables, strict=True))
        return linked or kind == self.kind

    def _close(self) -> None:
        if self.rows:
            self.out.append(Element("w:tbl", {}, (*self.frame, *self.rows)))
        self.rows, self.tables, self.frame, self.kind = [], (-1, -1), (), ""

    # rows

    def _row(self, before: Item | None, after: Item | None) -> Element:
        if before is not None and after is not None:
            if before.piece.key == after.piece.key and not self.marks.loses(before.node):
                return self.marks.kept(after.node)
            cells = iter([c for c in before.node.elements() if c.name == "w:tc"])
            return after.node.holding(
                tuple(self._cell(next(cells), c) if c.name == "w:tc" else c for c in after.node.elements())
            )
        item, state = (after, INSERTED) if after else (before, DELETED)
        assert item is not None
        properties = item.node.first("w:trPr") or element("w:trPr")
        mark = self.marks.mark("w:ins" if state == INSERTED else "w:del")
        kept = tuple(c for c in properties.elements() if c.name not in _BEFORE_ROW_MARK)
        cells = (
            c.holding(tuple(self._alone(b, state) for b in c.elements()))
            for c in item.node.elements()
            if c.name == "w:tc"
        )
        return item.node.holding((properties.holding((*kept, mark)), *cells))

    def _cell(self, before: Element, after: Element) -> Element:
        properties = tuple(c for c in after.elements() if c.name == "w:tcPr")
        old, new = ([c for c in cell.elements() if c.name != "w:tcPr"] for cell in (before, after))
        return after.holding((*properties, *blocks(old, new, self.marks, bound=True)))

    def _alone(self, block: Element, state: str) -> Element:
        """Return a block of a row that comes or goes with the row; nothing but its text is marked."""
        if block.name == "w:p":
            return _with_mark(block, state, only(block, state, self.marks), self.marks)
        if block.name == "w:tcPr":
            return block
        return block.holding(tuple(self._alone(c, state) if isinstance(c, Element) else c for c in block.children))

    # blocks

    def _block(self, before: Item | None, after: Item | None) -> list[Element]:
        marks = self.marks
        if before is not None and after is not None:
            old, new = before.node, after.node
            if old.name != "w:p" and before.piece.key == after.piece.key and not marks.loses(old):
                return [marks.kept(new)]
            if new.name == "w:p":
                return [_paragraph(old, new, merged(old, new, marks), marks)]
            if new.name in _CONTENT:
                inner = _CONTENT[new.name]
                one, other = (list((node.first(inner) or element(inner)).elements()) for node in (old, new))
                content = element(inner, *blocks(one, other, marks, bound=True))
                return [new.holding(tuple(content if c.name == inner else c for c in new.elements()))]
            return [marks.kept(new)]
        item, state = (after, INSERTED) if after else (before, DELETED)
        assert item is not None
        node = item.node
        if node.name == "w:p":
            return [_with_mark(node, state, only(node, state, marks), marks)]
        if node.name in _CONTENT:
            held = node.first(_CONTENT[node.name]) or element(_CONTENT[node.name])
            blocks_in_it = list(held.elements())
            return blocks([], blocks_in_it, marks) if state == INSERTED else blocks(blocks_in_it, [], marks)
        return [] if state == DELETED else [marks.kept(node)]


def _paragraph(old: Element, new: Element, content: list[Node], marks: Marks) -> Element:
    """Return a paragraph that stays; where its properties changed, the old ones are kept beside."""
    return _ended([old, new], KEPT, content, marks)


def _ended(ends: Sequence[Element | None], mark: str, content: list[Node], marks: Marks) -> Element:
    """
    Return a paragraph with a mark in this state.

    Args:
        ends: the paragraph of the older and of the newer side that end with this mark; a mark has their properties.
    """
    properties = [(node.first("w:pPr") if node else None) or element("w:pPr") for node in ends]
    if mark != KEPT:
        node = properties[0 if mark == DELETED else 1]
        return _with_mark(element("w:p", node), mark, content, marks)
    bare = [p.holding(tuple(c for c in p.elements() if c.name not in ("w:rPr", "w:sectPr"))) for p in properties]
    changed = () if bare[0] == bare[1] else (marks.mark("w:pPrChange", bare[0]),)
    section = marks.section(*(p.first("w:sectPr") for p in properties))
    kept = (c for c in properties[1].elements() if c.name != "w:sectPr")
    shown = properties[1].holding((*kept, *([section] if section else []), *changed))
    return element("w:p", *([shown] if shown.children else []), *content)


def _with_mark(node: Element, state: str, content: list[Node], marks: Marks) -> Element:
    """Return a paragraph that comes or goes as a whole: its mark is marked too."""
    properties = node.first("w:pPr") or element("w:pPr")
    mark = marks.mark("w:ins" if state == INSERTED else "w:del")
    run = properties.first("w:rPr") or element("w:rPr")
    old, new = (properties if state == kind else None for kind in (DELETED, INSERTED))
    section = marks.section(old and old.first("w:sectPr"), new and new.first("w:sectPr"))
    rest = [c for c in properties.elements() if c.name not in ("w:rPr", "w:sectPr")]
    marked = run.holding((mark, *run.children))
    return replace(node, children=(properties.holding((*rest, marked, *([section] if section else []))), *content))
