"""Tables of a Word file: what is agreed between thin lines, what is filled in within boxes, and the places to sign."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lotproof.documents.nodes import Cell, Line, Readings, Row, Signatures, Table, Words
from lotproof.wording.inlines import plain
from lotproof.writers.docx.runs import Runs
from lotproof.writers.docx.styles import SETTINGS, SHADE
from lotproof.writers.typography import NO_BREAK
from lotproof.writers.xml import attribute

CHOP = 2551
"""Side of the place for a chop, in twentieths of a point: 45 mm, for a round company chop of up to 42 mm."""

TOGETHER = 13
"""Lines up to which a table stays on one page; a longer one breaks between its rows."""

SPACE = '<w:r><w:t xml:space="preserve">\u2002</w:t></w:r>'
"""Between two languages on one line."""

LISTED, READINGS = 12, 5
"""Lines of a list, and of readings, that a row holds at most; further ones stand in rows under it."""

LOOK = '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'

_STYLE = {"plain": "Cell", "strong": "CellStrong", "muted": "CellMuted", "id": "CellId"}
_KEEP = "<w:keepNext/>"
_NUMBER = re.compile(r"[0-9][0-9,]*(?:\.([0-9]+))?\Z")
_MERGED = "<w:vMerge/>"
_OPEN_BELOW = '<w:tcBorders><w:bottom w:val="nil"/></w:tcBorders>'
_OPEN_ABOVE = '<w:tcBorders><w:top w:val="nil"/></w:tcBorders>'
_OPEN = '<w:tcBorders><w:top w:val="nil"/><w:bottom w:val="nil"/></w:tcBorders>'
_EMPTY = '<w:p><w:pPr><w:pStyle w:val="Cell"/></w:pPr></w:p>'


class Tables:
    """Writes the tables of a document; widths are in twentieths of a point."""

    def __init__(self, width: int, density: str, runs: Runs) -> None:
        self.width, self.setting, self.runs = width, SETTINGS[density], runs
        self.openings: dict[tuple[str, bool], dict[str, str]] = {}

    def table(self, table: Table) -> str:
        """Return a table with its repeated head; without the paragraph that has to follow it."""
        if not table.rows and not table.headed:
            return ""
        total = sum(column.width for column in table.columns)
        widths = [self.width * column.width // total for column in table.columns]
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        starts = [f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>' for width in widths]
        rows = [self._head(table, widths)] if table.headed else []
        right = [column.align == "right" for column in table.columns]
        decimals = [self._decimals(table, place) if is_right else 0 for place, is_right in enumerate(right)]
        last = len(table.rows) - 1 if self._short(table, widths) else 0
        form = False
        for index, row in enumerate(table.rows):
            keep = _KEEP if index < last else ""
            plainly = self._plainly(row, starts, right, decimals, keep)
            if not plainly:
                plainly, filled = self._row(row, widths, right, decimals, keep)
                form = form or filled
            rows.append(plainly)
        return (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="{"Grid" if form else "Lines"}"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{LOOK}'
            f"<w:tblCaption w:val={attribute(table.caption)}/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
        )

    def signatures(self, block: Signatures) -> str:
        """Return the places to sign, on one page: for each party its lines, and beside them the place for its chop."""
        sides = [side for _ in block.parties for side in (self.width // len(block.parties) - CHOP, CHOP)]

        def paragraphs(words: Words, style: str, keep: str = _KEEP) -> str:
            opening = f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{keep}</w:pPr>'
            return "".join(f"{opening}{self.runs.words(words, place)}</w:p>" for place in range(len(words)))

        def cell(content: str, at: int, span: int = 1, merge: str = "") -> str:
            spread = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
            return (
                f'<w:tc><w:tcPr><w:tcW w:w="{sum(sides[at : at + span])}" w:type="dxa"/>{spread}{merge}</w:tcPr>'
                f"{content or _EMPTY}</w:tc>"
            )

        names = "".join(
            cell(paragraphs(role, "CellHead") + (paragraphs(name, "Cell") if any(name) else ""), 2 * place, 2)
            for place, (role, name) in enumerate(block.parties)
        )
        rows = [f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{names}</w:tr>"]
        for index, line in enumerate(block.lines):
            merge = "<w:vMerge/>" if index else '<w:vMerge w:val="restart"/>'
            keep = _KEEP if index < len(block.lines) - 1 else ""
            cells = "".join(
                cell(paragraphs(line, "CellMuted", keep), 2 * place)
                + cell("" if index else paragraphs(block.chop, "CellMuted", keep), 2 * place + 1, merge=merge)
                for place in range(len(block.parties))
            )
            tall = f'<w:trHeight w:val="{CHOP // len(block.lines)}" w:hRule="atLeast"/>'
            rows.append(f"<w:tr><w:trPr><w:cantSplit/>{tall}</w:trPr>{cells}</w:tr>")
        grid = "".join(f'<w:gridCol w:w="{side}"/>' for side in sides)
        caption = " / ".join("".join(plain(inlines) for inlines in role[:1]) for role, _ in block.parties)
        return (
            f'<w:p><w:pPr><w:pStyle w:val="Gap"/>{_KEEP}</w:pPr></w:p><w:tbl><w:tblPr><w:tblStyle w:val="Grid"/><w:tblW w:w="{sum(sides)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{LOOK}'
            f"<w:tblCaption w:val={attribute(caption)}/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
        )

    # rows and cells

    def _head(self, table: Table, widths: Sequence[int]) -> str:
        cells = []
        for width, column in zip(widths, table.columns, strict=True):
            jc = '<w:jc w:val="right"/>' if column.align == "right" else ""
            opening = f'<w:p><w:pPr><w:pStyle w:val="CellHead"/>{jc}</w:pPr>'
            paragraphs = "".join(
                f"{opening}{self.runs.words(column.words, place)}</w:p>" for place in range(len(column.words))
            )
            cells.append(
                f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/><w:vAlign w:val="bottom"/></w:tcPr>'
                f"{paragraphs or _EMPTY}</w:tc>"
            )
        return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>"

    def _plainly(
        self, row: Row, starts: Sequence[str], right: Sequence[bool], decimals: Sequence[int], keep: str
    ) -> str:
        """Return a row that has nothing but lines in one language, as most of a long table are; empty where it has more."""
        runs = self.runs
        write, written, hear = runs.inlines, runs.written, runs.heard.append
        cells = ["<w:tr><w:trPr><w:cantSplit/></w:trPr>"]
        openings = (self._by_role(keep, False), self._by_role(keep, True))
        begun, heard = runs.opening[0], len(runs.heard)
        for cell, start, at_right, most in zip(row.cells, starts, right, decimals, strict=True):
            opening = openings[at_right]
            cells.append(start)
            for part in cell:
                if not isinstance(part, Line) or part.listed or len(part.words) != 1:
                    del runs.heard[heard:]
                    return ""
                opens = opening[part.role]
                cells.append(self._indented(opens, part, most) if most else opens)
                inlines = part.words[0]
                text = inlines[0] if len(inlines) == 1 else None
                if text.__class__ is str and text in written:  # as in most cells of a long table
                    hear(text)
                    cells.append(begun)
                    cells.append(written[text])
                else:
                    cells.append(write(inlines, 0))
                cells.append("</w:p>")
            if not cell:
                cells.append(f"{opening['plain']}</w:p>")
            cells.append("</w:tc>")
        cells.append("</w:tr>")
        return "".join(cells)

    def _by_role(self, keep: str, at_right: bool) -> dict[str, str]:
        """Return how the paragraph of a line opens, by its role."""
        found = self.openings.get((keep, at_right))
        if found is None:
            end = keep + ('<w:jc w:val="right"/>' if at_right else "")
            found = {role: f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{end}</w:pPr>' for role, style in _STYLE.items()}
            self.openings[keep, at_right] = found
        return found

    def _row(
        self, row: Row, widths: Sequence[int], right: Sequence[bool], decimals: Sequence[int], keep: str
    ) -> tuple[str, bool]:
        """
        Return a row, and whether something is filled in there.

        What would make it tall, a list or many readings, goes on in rows under it, between which a page may end.
        """
        form = False
        lists = [
            (place, part)
            for place, cell in enumerate(row.cells)
            for part in cell
            if isinstance(part, Line) and part.listed
        ]
        if lists:
            keep = _KEEP  # a list does not begin on another page
        contents: list[str] = []
        readings: list[tuple[int, list[str]]] = []
        for place, cell in enumerate(row.cells):
            out: list[str] = []
            for part in cell:
                if isinstance(part, Line):
                    if not part.listed:
                        out.append(self._line(part, keep, widths[place], decimals[place] if right[place] else None))
                    continue
                form = True
                if isinstance(part, Readings) and len(part.fields) > 1:
                    written = self._readings(part, keep, widths[place])
                    out += written[:READINGS]
                    readings += [(place, written[at : at + READINGS]) for at in range(READINGS, len(written), READINGS)]
                else:
                    only = part.fields[0] if isinstance(part, Readings) else part
                    out.append(f"{self._by_role(keep, False)['plain']}{self.runs.control(only)}</w:p>")
            contents.append("".join(out) or (f"{self._by_role(keep, False)['plain']}</w:p>" if keep else _EMPTY))
        tall = f'<w:trHeight w:val="{self.setting.write}" w:hRule="atLeast"/>' if form else ""
        if not lists and not readings:
            return _tr(widths, contents, tall=tall), form
        more = [(place, self._list(widths, place, lists, at, keep)) for at, place in _starts(lists)]
        more += [(place, "".join(lines)) for place, lines in readings]
        rows = [_tr(widths, contents, tall=tall, edges=_OPEN_BELOW, merge='<w:vMerge w:val="restart"/>')]
        for index, (place, content) in enumerate(more):
            edges = _OPEN if index < len(more) - 1 else _OPEN_ABOVE
            rows.append(_under(widths, place, content, edges, spread=index < len(more) - len(readings)))
        return "".join(rows), form

    def _list(self, widths: Sequence[int], place: int, lists: Sequence[tuple[int, Line]], at: int, keep: str) -> str:
        """Return some lines of a list, set across the table from their column on."""
        width = sum(widths[place:])
        return "".join(self._line(line, keep, width, None) for _, line in lists[at : at + LISTED])

    def _line(self, line: Line, keep: str, width: int, decimals: int | None) -> str:
        """Return a line: a paragraph for each language, or one where all fit beside each other."""
        start = self._by_role(keep, decimals is not None)[line.role]
        if decimals:
            start = self._indented(start, line, decimals)
        words, write = line.words, self.runs.inlines
        if len(words) == 1:
            return f"{start}{write(words[0], 0)}</w:p>"
        said = [write(inlines, place) for place, inlines in enumerate(words)]
        if sum(_narrow(plain(inlines)) + 1 for inlines in words) <= (width - 170) // (5 * self.setting.small):
            return f"{start}{SPACE.join(said)}</w:p>"
        return "".join(f"{start}{one}</w:p>" for one in said)

    def _readings(self, node: Readings, keep: str, width: int) -> list[str]:
        """Return paragraphs of fields beside each other, each with its label before it and a line to write on after it."""
        labels = ["/".join(plain(inlines) for inlines in field.label) for field in node.fields]
        room = width - 170
        step = max(980, max(map(_narrow, labels)) * 5 * self.setting.small + 760)
        across = max(1, room // step)
        step = room // across
        stops = "".join(
            f'<w:tab w:val="left" w:leader="underscore" w:pos="{place * step + step - 113}"/><w:tab w:val="left" w:pos="{place * step + step}"/>'
            for place in range(across)
        )
        opening = f'<w:p><w:pPr><w:pStyle w:val="CellWrite"/>{keep}<w:tabs>{stops}</w:tabs></w:pPr>'
        places = [
            f"{self.runs.inlines((f'{label}:{NO_BREAK}',), 0)}{self.runs.control(field)}<w:r><w:tab/></w:r>"
            for label, field in zip(labels, node.fields, strict=True)
        ]
        return [
            f"{opening}{'<w:r><w:tab/></w:r>'.join(places[at : at + across])}</w:p>"
            for at in range(0, len(places), across)
        ]

    # numbers

    @staticmethod
    def _decimals(table: Table, place: int) -> int:
        """Return the digits behind the decimal sign that a column has at most."""
        most = 0
        for row in table.rows:
            for part in row.cells[place]:
                if isinstance(part, Line) and part.words and "." in (text := plain(part.words[0])):
                    most = max(most, _decimals(text) or 0)
        return most

    def _indented(self, opening: str, line: Line, most: int) -> str:
        """Return how a number at the right opens: moved in by the digits that it lacks, so that decimal signs stand under each other."""
        own = _decimals(plain(line.words[0])) if line.words else None
        lacking = 0 if own is None else (most - own) * 10 + (5 if own == 0 else 0)
        if not lacking:
            return opening
        size = self.setting.small - 1 if line.role == "muted" else self.setting.small
        return opening.replace("<w:jc ", f'<w:ind w:right="{lacking * size // 2}"/><w:jc ')

    def _short(self, table: Table, widths: Sequence[int]) -> bool:
        """Say whether a table is so short that it stays together."""
        if len(table.rows) > TOGETHER:
            return False
        lines = 0.0
        for row in table.rows:
            lines += max((self._height(cell, width) for cell, width in zip(row.cells, widths, strict=True)), default=1)
            if lines > TOGETHER:
                return False
        return True

    def _height(self, cell: Cell, width: int) -> float:
        """Return about how many lines a cell takes."""
        room = max(1, width // (5 * self.setting.small))
        write = self.setting.write / self.setting.close
        return sum(
            sum(1 + _narrow(plain(inlines)) // room for inlines in part.words)
            if isinstance(part, Line)
            else write * (1 + len(part.fields) // 3 if isinstance(part, Readings) else 1)
            for part in cell
        )


def _starts(lists: Sequence[tuple[int, Line]]) -> list[tuple[int, int]]:
    """Return the first line of each row of a list, and its column."""
    return [(at, lists[at][0]) for at in range(0, len(lists), LISTED)]


def _tr(widths: Sequence[int], contents: Sequence[str], *, tall: str = "", edges: str = "", merge: str = "") -> str:
    """Return a row that does not break; ``merge`` says that its first cell is one with that of the row above or below."""
    cells = "".join(
        _tc(width, content, borders="" if merge and place == 0 else edges, merge=merge if place == 0 else "")
        for place, (width, content) in enumerate(zip(widths, contents, strict=True))
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{tall}</w:trPr>{cells}</w:tr>"


def _under(widths: Sequence[int], place: int, content: str, edges: str, *, spread: bool) -> str:
    """Return a row that goes on with the row above: in one column, or ``spread`` from it to the end of the table."""
    if not spread:
        contents = [content if at == place else _EMPTY for at in range(len(widths))]
        return _tr(widths, contents, edges=edges, merge=_MERGED)
    before = "".join(
        _tc(width, _EMPTY, borders=edges if at else "", merge="" if at else _MERGED)
        for at, width in enumerate(widths[:place])
    )
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{before}{_tc(sum(widths[place:]), content, len(widths) - place, edges)}</w:tr>"


def _tc(width: int, content: str, span: int = 1, borders: str = "", merge: str = "") -> str:
    spread = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spread}{merge}{borders}</w:tcPr>{content}</w:tc>'


def _decimals(text: str) -> int | None:
    """Return the digits behind the decimal sign of a text that ends with a number; None where it does not."""
    match = _NUMBER.search(text)
    return None if match is None else len(match[1] or "")


def _narrow(text: str) -> int:
    """Return how many narrow characters take the room of a text."""
    return len(text) if text.isascii() else len(text) + sum(character > "\u2e80" for character in text)
