"""Tables of a Word file: what is agreed between thin lines, what is filled in within boxes, and the places to sign."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lotproof.documents.nodes import Cell, Column, Line, Readings, Row, Signatures, Table, Words
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
        self.openings: dict[tuple[str, str], str] = {}

    def table(self, table: Table) -> str:
        """Return a table with its repeated head; without the paragraph that has to follow it."""
        if not table.rows and not table.headed:
            return ""
        total = sum(column.width for column in table.columns)
        widths = [self.width * column.width // total for column in table.columns]
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        form = any(not isinstance(part, Line) for row in table.rows for cell in row.cells for part in cell)
        kept = self._short(table, widths)
        rows = [self._head(table, widths)] if table.headed else []
        decimals = [self._decimals(table, place) for place in range(len(widths))]
        for index, row in enumerate(table.rows):
            keep = _KEEP if kept and index < len(table.rows) - 1 else ""
            rows.append(self._row(row, table.columns, widths, decimals, keep))
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
            opening = self._opening("CellHead", '<w:jc w:val="right"/>' if column.align == "right" else "")
            paragraphs = "".join(
                f"{opening}{self.runs.words(column.words, place)}</w:p>" for place in range(len(column.words))
            )
            cells.append(
                f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:shd w:val="clear" w:color="auto" w:fill="{SHADE}"/><w:vAlign w:val="bottom"/></w:tcPr>'
                f"{paragraphs or _EMPTY}</w:tc>"
            )
        return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>"

    def _row(
        self, row: Row, columns: Sequence[Column], widths: Sequence[int], decimals: Sequence[int], keep: str
    ) -> str:
        """Return a row; what would make it tall, a list or many readings, goes on in rows under it, between which a page may end."""
        contents, lists, readings, form = [], [], [], False
        if any(isinstance(part, Line) and part.listed for cell in row.cells for part in cell):
            keep = _KEEP  # a list does not begin on another page
        for place, (cell, column) in enumerate(zip(row.cells, columns, strict=True)):
            out = []
            for part in cell:
                if isinstance(part, Line):
                    if part.listed:
                        lists.append((place, part))
                    else:
                        out.append(
                            self._line(part, keep, widths[place], decimals[place] if column.align == "right" else None)
                        )
                    continue
                form = True
                if isinstance(part, Readings) and len(part.fields) > 1:
                    written = self._readings(part, keep, widths[place])
                    out += written[:READINGS]
                    readings += [(place, written[at : at + READINGS]) for at in range(READINGS, len(written), READINGS)]
                else:
                    only = part.fields[0] if isinstance(part, Readings) else part
                    out.append(f"{self._opening('Cell', keep)}{self.runs.control(only)}</w:p>")
            contents.append("".join(out) or (f"{self._opening('Cell', keep)}</w:p>" if keep else _EMPTY))
        tall = f'<w:trHeight w:val="{self.setting.write}" w:hRule="atLeast"/>' if form else ""
        if not lists and not readings:
            return _tr(widths, contents, tall=tall)
        more = [self._across(widths, lists[at : at + LISTED], keep) for at in range(0, len(lists), LISTED)]
        more += [self._under(widths, place, lines) for place, lines in readings]
        first = _tr(widths, contents, tall=tall, edges=_OPEN_BELOW, merge='<w:vMerge w:val="restart"/>')
        return first + "".join(
            one.replace("@EDGES@", _OPEN if index < len(more) - 1 else _OPEN_ABOVE) for index, one in enumerate(more)
        )

    def _line(self, line: Line, keep: str, width: int, decimals: int | None) -> str:
        """Return a line: a paragraph for each language, or one where all fit beside each other."""
        end = "" if decimals is None else self._aligned(line, decimals)
        start = self._opening(_STYLE[line.role], keep + end)
        words, write = line.words, self.runs.inlines
        if len(words) == 1:
            return f"{start}{write(words[0], 0)}</w:p>"
        said = [write(inlines, place) for place, inlines in enumerate(words)]
        if sum(_narrow(plain(inlines)) + 1 for inlines in words) <= (width - 170) // (5 * self.setting.small):
            return f"{start}{SPACE.join(said)}</w:p>"
        return "".join(f"{start}{one}</w:p>" for one in said)

    def _across(self, widths: Sequence[int], lines: Sequence[tuple[int, Line]], keep: str) -> str:
        """Return lines of a list in a row under theirs, from their column to the end of the table."""
        at = lines[0][0]
        width = sum(widths[at:])
        content = "".join(self._line(line, keep, width, None) for _, line in lines)
        before = "".join(
            _tc(width, _EMPTY, borders="" if place == 0 else "@EDGES@", merge=_MERGED if place == 0 else "")
            for place, width in enumerate(widths[:at])
        )
        spread = _tc(width, content, len(widths) - at, "@EDGES@")
        return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{before}{spread}</w:tr>"

    def _under(self, widths: Sequence[int], place: int, lines: Sequence[str]) -> str:
        """Return readings in a row under theirs."""
        contents = ["".join(lines) if at == place else _EMPTY for at in range(len(widths))]
        return _tr(widths, contents, edges="@EDGES@", merge=_MERGED)

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

    def _opening(self, style: str, properties: str) -> str:
        """Return how a paragraph opens; most of a long table open alike."""
        found = self.openings.get((style, properties))
        if found is None:
            found = f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>'
            self.openings[style, properties] = found
        return found

    # numbers

    def _decimals(self, table: Table, place: int) -> int:
        """Return the digits behind the decimal sign that a column has at most."""
        if table.columns[place].align != "right":
            return 0
        found = (_decimals(part) for row in table.rows for part in row.cells[place] if isinstance(part, Line))
        return max((number for number in found if number), default=0)

    def _aligned(self, line: Line, most: int) -> str:
        """Return the alignment of a number at the right: moved in by the digits that it lacks, so that decimal signs stand under each other."""
        own = _decimals(line) if most else None
        lacking = 0 if own is None else (most - own) * 10 + (5 if own == 0 and most else 0)
        size = self.setting.small - 1 if line.role == "muted" else self.setting.small
        indent = f'<w:ind w:right="{lacking * size // 2}"/>' if lacking else ""
        return f'{indent}<w:jc w:val="right"/>'

    def _short(self, table: Table, widths: Sequence[int]) -> bool:
        """Say whether a table is so short that it stays together."""
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


def _tr(widths: Sequence[int], contents: Sequence[str], *, tall: str = "", edges: str = "", merge: str = "") -> str:
    """Return a row that does not break; ``merge`` says that its first cell is one with that of the row above or below."""
    cells = "".join(
        _tc(width, content, borders="" if merge and place == 0 else edges, merge=merge if place == 0 else "")
        for place, (width, content) in enumerate(zip(widths, contents, strict=True))
    )
    return f"<w:tr><w:trPr><w:cantSplit/>{tall}</w:trPr>{cells}</w:tr>"


def _tc(width: int, content: str, span: int = 1, borders: str = "", merge: str = "") -> str:
    spread = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spread}{merge}{borders}</w:tcPr>{content}</w:tc>'


def _decimals(line: Line) -> int | None:
    """Return the digits behind the decimal sign of a line that is a number; None where it is none."""
    match = _NUMBER.search(plain(line.words[0])) if line.words else None
    return None if match is None else len(match[1] or "")


def _narrow(text: str) -> int:
    """Return how many narrow characters take the room of a text."""
    return len(text) if text.isascii() else len(text) + sum(character > "\u2e80" for character in text)
