"""Tables as plain data: cells, and how high they stand."""

from __future__ import annotations

import math
from typing import Any, assert_never

from lotproof.documents.nodes import Cell, Field, Line, Part, Readings, Row, Table
from lotproof.wording.inlines import plain
from lotproof.writers.numbered import set_apart
from lotproof.writers.pdf.setting import POINT, Setting, height
from lotproof.writers.pdf.texts import Texts

BOX, BOX_HEIGHT = 13.0, 9.2
"""Least width of the box for one reading, and its height with the gap under it, in millimetres."""

ABREAST = 32.0
"""From this width on (mm) the choices of a field stand side by side."""

PADDING = 3.5
"""What a cell's text leaves of its width, in millimetres."""


class Tables:
    """
    Gives tables as data.

    Args:
        width: of the page between its margins, in millimetres.
        tall: a row that is higher than this (mm) may break over two pages, so that none runs off its page.
    """

    def __init__(self, texts: Texts, setting: Setting, width: float, tall: float) -> None:
        self.texts = texts
        self.setting = setting
        self.width = width
        self.tall = tall

    def table(self, table: Table) -> dict[str, Any]:
        """Return a table; a short one stays on one page, where no row has to be held together, which takes time."""
        total = sum(column.width for column in table.columns)
        widths = [self.width * column.width / total - PADDING for column in table.columns]
        heads = [self.texts.words(column.words, width) for column, width in zip(table.columns, widths, strict=True)]
        rows = [self._row(row, widths) for row in table.rows]
        breaks = sum(high for _, high in rows) > self.tall / 2
        return {
            "kind": "table",
            "head": heads if table.headed else [],
            "widths": [column.width for column in table.columns],
            "align": [column.align for column in table.columns],
            "boxed": any(not isinstance(part, Line) for row in table.rows for cell in row.cells for part in cell),
            "breaks": breaks,
            "rows": [row | {"breaks": high > self.tall or not (breaks or "list" in row)} for row, high in rows],
        }

    def _row(self, row: Row, widths: list[float]) -> tuple[dict[str, Any], float]:
        """Return a row and about how high it stands, in millimetres; a list goes on under its other cells."""
        own, at, listed = set_apart(row)
        cells = list(zip(own, widths, strict=True))
        high = max(self._cell_height(cell, width) for cell, width in cells) + 2 * self.setting.inset * POINT
        under: dict[str, Any] = {}
        if listed:
            room = sum(widths[at:-1]) + PADDING * (len(widths) - at - 2)
            high += self._cell_height(listed, room)
            under = {"list": {"at": at, "cell": self._cell(listed, room)}}
        return {"cells": [self._cell(cell, width) for cell, width in cells], **under}, high

    def _cell_height(self, cell: Cell, width: float) -> float:
        return sum(self._height(part, width) for part in cell)

    def _cell(self, cell: Cell, width: float) -> list[Any]:
        """Return the parts of a cell; lines that follow each other are one part."""
        found: list[Any] = []
        for part in cell:
            if not isinstance(part, Line):
                places = self._places(part, width)
                found.append(["box"] if places[0] == "field" and len(cell) > 1 else places)
                continue
            line = [part.role, self.texts.words(part.words, width)]
            if found and found[-1][0] == "text":
                found[-1][1].append(line)
            else:
                found.append(["text", [line]])
        return found

    def _places(self, part: Field | Readings, width: float) -> list[Any]:
        if isinstance(part, Field):
            return self._field(part, width)
        if _counted(part):
            return ["boxes", _across(width), [self.texts.plain(field.label) for field in part.fields]]
        if len(part.fields) == 1:
            return self._field(part.fields[0], width)
        return ["named", [self.texts.words(field.label, width) for field in part.fields]]

    def _field(self, field: Field, width: float) -> list[Any]:
        if field.choices:
            words = [self.texts.words(words, width) for _, words in field.choices]
            return ["abreast" if width >= ABREAST else "choice", words]
        return ["field", self.setting.field]

    def _height(self, part: Part, width: float) -> float:
        match part:
            case Line(words=words):
                return sum(height(plain(inlines), width, self.setting.small) for inlines in words) * POINT + 1
            case Field(choices=choices):
                return max(self.setting.field, len(choices) * 9.0)
            case Readings(fields=fields):
                return math.ceil(len(fields) / (_across(width) if _counted(part) else 1)) * BOX_HEIGHT
            case _:
                assert_never(part)


def _counted(readings: Readings) -> bool:
    """Say whether the places are told apart by their numbers alone."""
    return all(len(field.label) == 1 and len(plain(field.label[0])) <= 3 for field in readings.fields)


def _across(width: float) -> int:
    return max(1, int(width / BOX))
