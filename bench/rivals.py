"""
The same text through docxtpl and through python-docx's own calls.

Each is given the cheaper way where there is a choice: the neutral text is ready before the clock starts, no bold and no muted
lines (but see ``looks``), no bookmarks, references, header, footer or embedded data. python-docx takes its rows from ``add_row()`` and its cells
by row, never by ``table.cell(r, c)``, whose cost grows with the square of the rows.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt, RGBColor
from docxtpl import DocxTemplate

from bench.text import Grid, Text


def python_docx(content: list[Text | Grid], *, looks: bool = False) -> bytes:
    """
    Print through ``add_paragraph``, ``add_table`` and ``add_row`` on python-docx's default template.

    Args:
        looks: also give cells their widths, alignment, bold and muted lines, as our page has them.
    """
    document = docx.Document()
    for block in content:
        if isinstance(block, Text):
            document.add_paragraph(block.text, style=None if block.style == "Normal" else block.style)
            continue
        table = document.add_table(rows=0, cols=block.columns)
        table.style = "Table Grid"
        for row, roles in zip(block.rows, block.roles, strict=True):
            cells = table.add_row().cells
            for cell, lines in zip(cells, row, strict=True):
                for index, line in enumerate(lines):
                    if index:
                        cell.add_paragraph(line)
                    else:
                        cell.text = line
            if looks:
                _looks(cells, roles, block)
    return _saved(document)


def _looks(cells: Any, roles: tuple[tuple[str, ...], ...], grid: Grid) -> None:
    for cell, cell_roles, width, right in zip(cells, roles, grid.widths, grid.right, strict=True):
        cell.width = Mm(170 * width // 1000)
        for paragraph, role in zip(cell.paragraphs, cell_roles, strict=False):
            if right:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            for run in paragraph.runs:
                run.font.size = Pt(7 if role == "id" else 9)
                if role == "strong":
                    run.bold = True
                elif role != "plain":
                    run.font.color.rgb = RGBColor(0x5B, 0x67, 0x70)


def docxtpl(template: bytes, context: dict[str, Any]) -> bytes:
    """Fill ``template`` with ``context``, values escaped."""
    document = DocxTemplate(io.BytesIO(template))
    document.render(context, autoescape=True)
    return _saved(document)


def context(content: list[Text | Grid]) -> dict[str, Any]:
    """Return what the template loops over: ``text0``, ``grid0``, ``text1`` and so on, in reading order."""
    found: dict[str, Any] = {}
    for place, group in enumerate(_groups(content)):
        if isinstance(group, Grid):
            lists = _many(group)
            found[f"grid{place}"] = [
                [list(cell) if many else "".join(cell) for cell, many in zip(row, lists, strict=True)]
                for row in group.rows
            ]
        else:
            found[f"text{place}"] = [{"text": b.text, "style": b.style} for b in group]
    return found


def template(content: list[Text | Grid]) -> bytes:
    """Make the template once: a loop over paragraphs or over table rows wherever the document has some."""
    document = docx.Document()
    for place, group in enumerate(_groups(content)):
        if isinstance(group, Grid):
            _rows(document, f"grid{place}", _many(group))
        else:
            _paragraphs(document, f"text{place}")
    return _saved(document)


def _paragraphs(document: Any, name: str) -> None:
    document.add_paragraph(f"{{%p for p in {name} %}}")
    for index, style in enumerate(("Title", "Heading 1", "List Number")):
        document.add_paragraph(f"{{%p {'elif' if index else 'if'} p.style == '{style}' %}}")
        document.add_paragraph("{{ p.text }}", style=style)
    document.add_paragraph("{%p else %}")
    document.add_paragraph("{{ p.text }}")
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p endfor %}")


def _rows(document: Any, name: str, lists: list[bool]) -> None:
    table = document.add_table(rows=3, cols=len(lists))
    table.style = "Table Grid"
    opening, row, closing = table.rows
    opening.cells[0].text = f"{{%tr for row in {name} %}}"
    closing.cells[0].text = "{%tr endfor %}"
    for column, (cell, many) in enumerate(zip(row.cells, lists, strict=True)):
        if many:
            cell.text = f"{{%p for line in row[{column}] %}}"
            cell.add_paragraph("{{ line }}")
            cell.add_paragraph("{%p endfor %}")
        else:
            cell.text = f"{{{{ row[{column}] }}}}"


def _many(grid: Grid) -> list[bool]:
    """Say of each column whether a cell of it has more than one line."""
    return [any(len(row[column]) > 1 for row in grid.rows) for column in range(grid.columns)]


def _groups(content: list[Text | Grid]) -> Iterator[list[Text] | Grid]:
    """Yield runs of paragraphs, and each table alone."""
    run: list[Text] = []
    for block in content:
        if isinstance(block, Text):
            run.append(block)
            continue
        if run:
            yield run
        run = []
        yield block
    if run:
        yield run


def _saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
