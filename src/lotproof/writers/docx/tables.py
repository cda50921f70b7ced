"""Tables of a Word file: what is agreed between thin lines, what is filled in within boxes, and the places to sign."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from operator import attrgetter
from typing import Any

from lotproof.documents.nodes import Cell, Document, Field, Line, Readings, Row, Signatures, Table, Words
from lotproof.frozen import Frozen
from lotproof.wording.inlines import Value, plain
from lotproof.writers.decimals import decimals, most_decimals
from lotproof.writers.docx.chosen import setting_of
from lotproof.writers.docx.runs import TAB, Runs, text_of
from lotproof.writers.docx.styles import SHADE
from lotproof.writers.numbered import wide
from lotproof.writers.typography import NO_BREAK
from lotproof.writers.xml import attribute

CHOP = 2551
"""Side of the place for a chop, in twentieths of a point: 45 mm, for a round company chop of up to 42 mm."""

TOGETHER = 13
"""Lines up to which a table stays on one page; a longer one breaks between its rows."""

SPACE = '<w:r><w:t xml:space="preserve">\u2002</w:t></w:r>'.encode()
"""Between two languages on one line."""

LISTED, READINGS = 12, 5
"""Lines of a list, and of readings, that a row holds at most; further ones stand in rows under it."""

LOOK = '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'

_STYLE = {"plain": "Cell", "strong": "CellStrong", "muted": "CellMuted", "id": "CellId"}
_LISTED = attrgetter("listed")
_KEEP = "<w:keepNext/>"
_ROW = b"<w:tr><w:trPr><w:cantSplit/></w:trPr>"
_MERGE, _MERGED = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
_OPEN_BELOW = '<w:tcBorders><w:bottom w:val="nil"/></w:tcBorders>'
_OPEN_ABOVE = '<w:tcBorders><w:top w:val="nil"/></w:tcBorders>'
_OPEN = '<w:tcBorders><w:top w:val="nil"/><w:bottom w:val="nil"/></w:tcBorders>'
_EMPTY = b'<w:p><w:pPr><w:pStyle w:val="Cell"/></w:pPr></w:p>'
_EMPTY_CELL = _EMPTY + b"</w:tc>"


class _Column(Frozen):
    """A column: its width, how a cell of it opens, and the digits behind the decimal sign that it has at most where it stands at the right."""

    width: int
    start: bytes
    decimals: int | None


class Tables:
    """Writes the tables of a document; widths are in twentieths of a point."""

    def __init__(self, width: int, document: Document, runs: Runs) -> None:
        self.width, self.setting, self.runs = width, setting_of(document.density, document.look), runs
        self.shades = _shades(document)
        self.role = "CellHead" if document.look is None else "CellStrong"
        """Of the names of those who sign: under them lies no colour, and a look may have light text for the heads of tables."""
        self.add = runs.out.append
        self.openings: dict[str, dict[str, bytes]] = {}
        self.at_right: dict[tuple[str, str, int], bytes] = {}

    def table(self, table: Table) -> None:
        """Write a table with its repeated head; without the paragraph that has to follow it."""
        if not table.rows and not table.headed:
            return
        total = sum(column.width for column in table.columns)
        widths = [self.width * column.width // total for column in table.columns]
        parts = [*chain.from_iterable(chain.from_iterable([row.cells for row in table.rows]))]
        form = not {*map(type, parts)} <= {Line}
        plainly = not form and not any(map(_LISTED, parts))
        style = "Grid" if form else "Lines"
        self._open(style, widths, table.caption)
        if table.headed:
            self._head(table, widths, self.shades[style])
        columns = [
            _Column(width, _tc(width), most_decimals(table, place) if column.align == "right" else None)
            for place, (width, column) in enumerate(zip(widths, table.columns, strict=True))
        ]
        last = len(table.rows) - 1 if self._short(table, widths) else 0
        for index, row in enumerate(table.rows):
            keep = _KEEP if index < last else ""
            if plainly or all([isinstance(part, Line) and not part.listed for cell in row.cells for part in cell]):  # noqa: C419 - half the time
                self._plainly(row, columns, keep)
            else:
                self._row(row, columns, keep)
        self.add(b"</w:tbl>")

    def signatures(self, block: Signatures) -> None:
        """Write the places to sign, on one page: for each party its lines, and beside them the place for its chop."""
        sides = [side for _ in block.parties for side in (self.width // len(block.parties) - CHOP, CHOP)]

        def paragraphs(words: Words, style: str, keep: str = _KEEP) -> None:
            for place in range(len(words)):
                self.add(f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}</w:pPr>'.encode())
                self.runs.words(words, place)
                self.add(b"</w:p>")

        self.add(f'<w:p><w:pPr><w:pStyle w:val="Gap"/>{_KEEP}</w:pPr></w:p>'.encode())
        caption = " / ".join("".join(plain(inlines) for inlines in role[:1]) for role, _ in block.parties)
        self._open("Grid", sides, caption)
        self.add(_ROW)
        for place, (role, name) in enumerate(block.parties):
            self.add(_tc(sum(sides[2 * place : 2 * place + 2]), 2))
            paragraphs(role, self.role)
            if any(name):
                paragraphs(name, "Cell")
            self.add(b"</w:tc>")
        self.add(b"</w:tr>")
        for index, line in enumerate(block.lines):
            keep = _KEEP if index < len(block.lines) - 1 else ""
            self.add(_tr(CHOP // len(block.lines)))
            for place in range(len(block.parties)):
                self.add(_tc(sides[2 * place]))
                paragraphs(line, "CellMuted", keep)
                self.add(b"</w:tc>" + _tc(sides[2 * place + 1], merge=_MERGED if index else _MERGE))
                if index:
                    self.add(_EMPTY)
                else:
                    paragraphs(block.chop, "CellMuted", keep)
                self.add(b"</w:tc>")
            self.add(b"</w:tr>")
        self.add(b"</w:tbl>")

    def _open(self, style: str, widths: Sequence[int], caption: str) -> None:
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        self.add(
            (
                f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{LOOK}'
                f"<w:tblCaption w:val={attribute(caption)}/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
            ).encode()
        )

    # rows and cells

    def _head(self, table: Table, widths: Sequence[int], shade: str) -> None:
        self.add(b"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>")
        for width, column in zip(widths, table.columns, strict=True):
            self.add(
                (
                    f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:shd w:val="clear" w:color="auto" w:fill="{shade}"/><w:vAlign w:val="bottom"/></w:tcPr>'
                ).encode()
            )
            jc = '<w:jc w:val="right"/>' if column.align == "right" else ""
            for place in range(len(column.words)):
                self.add(f'<w:p><w:pPr><w:pStyle w:val="CellHead"/>{jc}</w:pPr>'.encode())
                self.runs.words(column.words, place)
                self.add(b"</w:p>")
            self.add(b"</w:tc>" if column.words else _EMPTY_CELL)
        self.add(b"</w:tr>")

    def _plainly(self, row: Row, columns: Sequence[_Column], keep: str) -> None:
        """Write a row that has nothing but lines, none of them of a list, as most of a long table are."""
        out, hear, run = self.runs.out, self.runs.heard.append, self.runs.opening[0]
        left = self._by_role(keep)
        out.append(_ROW)
        for cell, column in zip(row.cells, columns, strict=True):
            out.append(column.start)
            lines: tuple[Any, ...] = cell
            for line in lines:
                words = line.words
                if len(words) > 1:
                    self._line(line, keep, column)
                    continue
                opening = left[line.role] if column.decimals is None else self._at_right(line, keep, column.decimals)
                inlines = words[0]
                only = inlines[0] if len(inlines) == 1 else None
                text = only if type(only) is str else only.text if type(only) is Value else None
                if text is None:
                    out.append(opening)
                    self.runs.inlines(inlines, 0)
                    out.append(b"</w:p>")
                else:  # as in most cells: written here, which saves two calls
                    written, said = text_of(text)
                    hear(said)
                    out += (opening, run, written, b"</w:p>")
            out.append(b"</w:tc>" if cell else _EMPTY_CELL)
        out.append(b"</w:tr>")

    def _by_role(self, keep: str) -> dict[str, bytes]:
        """Return how the paragraph of a line opens, by its role."""
        found = self.openings.get(keep)
        if found is None:
            found = {
                role: f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}</w:pPr>'.encode()
                for role, style in _STYLE.items()
            }
            self.openings[keep] = found
        return found

    def _row(self, row: Row, columns: Sequence[_Column], keep: str) -> None:
        """
        Write a row with places to fill in, or with a list.

        What would make it tall, a list or many readings, goes on in rows under it, between which a page may end.
        """
        lists = [
            (place, part)
            for place, cell in enumerate(row.cells)
            for part in cell
            if isinstance(part, Line) and part.listed
        ]
        if lists:
            keep = _KEEP  # a list does not begin on another page
        form = any(not isinstance(part, Line) for cell in row.cells for part in cell)
        widths = [column.width for column in columns]
        more: list[tuple[int, Sequence[bytes]]] = []
        edges, merge = "", ""
        if lists or any(
            self._overflows(part, width) for cell, width in zip(row.cells, widths, strict=True) for part in cell
        ):
            edges, merge = _OPEN_BELOW, _MERGE
        self.add(_tr(self.setting.write if form else 0))
        for place, (cell, column) in enumerate(zip(row.cells, columns, strict=True)):
            begun = len(self.runs.out)
            self.add(_tc(column.width, borders=edges if place or not merge else "", merge="" if place else merge))
            for part in cell:
                if isinstance(part, Line):
                    if not part.listed:
                        self._line(part, keep, column)
                elif isinstance(part, Readings) and len(part.fields) > 1:
                    written = self._readings(part, keep, column.width)
                    self.runs.out += written[:READINGS]
                    more += [(place, written[at : at + READINGS]) for at in range(READINGS, len(written), READINGS)]
                else:
                    only = part.fields[0] if isinstance(part, Readings) else part
                    self.runs.out += (self._by_role(keep)["plain"], self.runs.control(only), b"</w:p>")
            if len(self.runs.out) == begun + 1:
                self.add(self._by_role(keep)["plain"] + b"</w:p>")
            self.add(b"</w:tc>")
        self.add(b"</w:tr>")
        for at in range(0, len(lists), LISTED):
            edges = _OPEN if more or at + LISTED < len(lists) else _OPEN_ABOVE
            self._list(widths, lists[at : at + LISTED], keep, edges)
        for at, (place, lines) in enumerate(more, 1):
            edges = _OPEN if at < len(more) else _OPEN_ABOVE
            self.add(_ROW)
            for column_at, width in enumerate(widths):
                self.add(_tc(width, borders=edges if column_at else "", merge="" if column_at else _MERGED))
                self.runs.out += lines if column_at == place else (_EMPTY,)
                self.add(b"</w:tc>")
            self.add(b"</w:tr>")

    def _list(self, widths: Sequence[int], lists: Sequence[tuple[int, Line]], keep: str, edges: str) -> None:
        """Write a row that goes on with the row above: some lines of a list, set across the table from their column on."""
        place = lists[0][0]
        self.add(_ROW)
        for at, width in enumerate(widths[:place]):
            self.add(_tc(width, borders=edges if at else "", merge="" if at else _MERGED) + _EMPTY_CELL)
        across = _Column(sum(widths[place:]), _tc(sum(widths[place:]), len(widths) - place, edges), None)
        self.add(across.start)
        for _, line in lists:
            self._line(line, keep, across)
        self.add(b"</w:tc></w:tr>")

    def _line(self, line: Line, keep: str, column: _Column) -> None:
        """Write a line: a paragraph for each language, or one where all fit beside each other."""
        start = self._by_role(keep)[line.role]
        if column.decimals is not None:
            start = self._at_right(line, keep, column.decimals)
        words, add = line.words, self.add
        if len(words) == 1:
            add(start)
            self.runs.inlines(words[0], 0)
            add(b"</w:p>")
            return
        room = (column.width - 170) // (5 * self.setting.small)
        beside = sum([_narrow(plain(inlines)) + 1 for inlines in words]) <= room
        for place, inlines in enumerate(words):
            add(start if place == 0 else SPACE if beside else b"</w:p>" + start)
            self.runs.inlines(inlines, place)
        add(b"</w:p>")

    def _across(self, node: Readings, width: int) -> tuple[list[str], int, int]:
        """Return the labels of readings, how many stand beside each other, and the room that each has."""
        labels = ["/".join(plain(inlines) for inlines in field.label) for field in node.fields]
        room = width - 170
        step = max(980, max(map(_narrow, labels)) * 5 * self.setting.small + 760)
        across = max(1, room // step)
        return labels, across, room // across

    def _overflows(self, part: Line | Field | Readings, width: int) -> bool:
        """Say whether something takes more lines than a row holds."""
        if not isinstance(part, Readings) or len(part.fields) <= READINGS:
            return False
        return len(part.fields) > READINGS * self._across(part, width)[1]

    def _readings(self, node: Readings, keep: str, width: int) -> list[bytes]:
        """Return paragraphs of fields beside each other, each with its label before it and a line to write on after it."""
        labels, across, step = self._across(node, width)
        stops = "".join(
            f'<w:tab w:val="left" w:leader="underscore" w:pos="{place * step + step - 113}"/><w:tab w:val="left" w:pos="{place * step + step}"/>'
            for place in range(across)
        )
        opening = f'<w:p><w:pPr><w:pStyle w:val="CellWrite"/>{keep}<w:tabs>{stops}</w:tabs></w:pPr>'.encode()
        places = [
            self.runs.run(f"{label}:{NO_BREAK}") + self.runs.control(field) + TAB
            for label, field in zip(labels, node.fields, strict=True)
        ]
        return [opening + TAB.join(places[at : at + across]) + b"</w:p>" for at in range(0, len(places), across)]

    # numbers

    def _at_right(self, line: Line, keep: str, most: int) -> bytes:
        """
        Return how the paragraph of a line at the right opens.

        A number is moved in by the digits that it lacks of the ``most`` that its column has, so that decimal signs stand under each other.
        """
        own = decimals(plain(line.words[0])) if most and line.words else None
        lacking = 0 if own is None else (most - own) * 10 + (5 if own == 0 else 0)
        found = self.at_right.get((keep, line.role, lacking))
        if found is None:
            size = self.setting.small - 1 if line.role == "muted" else self.setting.small
            moved = f'<w:ind w:right="{lacking * size // 2}"/>' if lacking else ""
            style = _STYLE[line.role]
            found = f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}{moved}<w:jc w:val="right"/></w:pPr>'.encode()
            self.at_right[keep, line.role, lacking] = found
        return found

    def _short(self, table: Table, widths: Sequence[int]) -> bool:
        """Say whether a table is so short that it stays together."""
        if len(table.rows) > TOGETHER:
            return False
        lines, rooms = 0.0, [max(1, width // (5 * self.setting.small)) for width in widths]
        for row in table.rows:
            lines += max([self._height(cell, room) for cell, room in zip(row.cells, rooms, strict=True)], default=1)
            if lines > TOGETHER:
                return False
        return True

    def _height(self, cell: Cell, room: int) -> float:
        """Return about how many lines a cell takes; ``room`` is how many narrow characters a line has."""
        lines = 0.0
        for part in cell:
            if isinstance(part, Line):
                for inlines in part.words:
                    text = plain(inlines)
                    lines += 1 + (len(text) if text.isascii() else _narrow(text)) // room
            else:
                fields = len(part.fields) // 3 if isinstance(part, Readings) else 0
                lines += self.setting.write / self.setting.close * (1 + fields)
        return lines


def _shades(document: Document) -> dict[str, str]:
    """Return the colour under the head of a table, by its style."""
    if document.look is None:
        return {"Grid": SHADE, "Lines": SHADE}
    from lotproof.writers.docx.looking import head_shade

    return {style: head_shade(document.look, style) for style in ("Grid", "Lines")}


def _tr(height: int = 0) -> bytes:
    """Return the start of a row that does not break."""
    tall = f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{tall}</w:trPr>".encode()


def _tc(width: int, span: int = 1, borders: str = "", merge: str = "") -> bytes:
    """Return the start of a cell; ``merge`` says that it is one with that of the row above or below."""
    spread = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spread}{merge}{borders}</w:tcPr>'.encode()


def _narrow(text: str) -> int:
    """Return how many narrow characters take the room of a text."""
    return len(text) if text.isascii() else len(text) + wide(text)
