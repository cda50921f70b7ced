"""Workbooks read back, quickly."""

from __future__ import annotations

import io
import re
import zipfile

import openpyxl
from openpyxl.workbook import Workbook

MERGED = re.compile(rb"<mergeCells\b.*?</mergeCells>", re.DOTALL)


def opened(content: bytes) -> tuple[Workbook, set[tuple[str, str]]]:
    """
    Open a workbook; also return sheet and name of the cells that lie hidden in a merged area, all of it but its first cell.

    openpyxl does not get to see the areas: it would spend nine tenths of its time on their borders.
    """
    plain_copy, areas = io.BytesIO(), dict[str, list[str]]()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(plain_copy, "w") as copy:
        for name in package.namelist():
            part = package.read(name)
            areas[name] = [ref.decode() for found in MERGED.findall(part) for ref in re.findall(rb'ref="(.*?)"', found)]
            copy.writestr(name, MERGED.sub(b"", part))
    book = openpyxl.load_workbook(plain_copy)
    hidden = set()
    for number, sheet in enumerate(book.worksheets, 1):
        for area in areas[f"xl/worksheets/sheet{number}.xml"]:
            _, *others = (cell.coordinate for row in sheet[area] for cell in row)
            hidden |= {(sheet.title, other) for other in others}
    assert hidden
    return book, hidden
