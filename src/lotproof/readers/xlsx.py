"""Excel: the cells of a workbook, with bounded time and memory and nothing calculated, fetched or run."""

from __future__ import annotations

from types import MappingProxyType
from typing import TypeVar

from lotproof.findings import Finding, Refused
from lotproof.frozen import replace
from lotproof.messages import Message, say
from lotproof.readers.grid import Book, Grid, Shared, Strings, Styles
from lotproof.readers.package import Package, damaged, open_package, too_large
from lotproof.readers.relations import Relation, content_type, main_part, refuse_active, relations
from lotproof.readers.workbook import Sheet, Workbook
from lotproof.readers.xml import Visitor, visit

_V = TypeVar("_V", bound=Visitor)

MAX_CELLS = 200_000
"""Cells of a workbook that hold something."""

MAX_SHEETS = 200


def read_workbook(content: bytes, name: str) -> Workbook:
    """
    Read a workbook.

    Args:
        content: the file.
        name: what findings call it.

    Raises:
        Refused: it is no workbook (LP182), or cannot or should not be read (LP500 to LP507).
    """
    package = open_package(content, name)
    refuse_active(package)
    return workbook_of(package)


def workbook_of(package: Package) -> Workbook:
    """
    Read a workbook from its package, which was looked through.

    Raises:
        Refused: as :func:`read_workbook`.
    """
    name = package.name
    main = main_part(package)
    if "spreadsheetml.sheet.main" not in content_type(package, main):
        raise Refused([no_workbook(name, say("this is no Excel workbook (.xlsx)"))])
    parts = {relation.id: relation for relation in relations(package, main)}
    book = _visited(package, main, Book())
    if len(book.sheets) > MAX_SHEETS:
        raise Refused([too_large(name, say("{sheets:,} sheets", sheets=len(book.sheets)))])
    by_kind = {relation.kind: relation.target for relation in parts.values() if relation.target in package}
    strings = _visited(package, by_kind["sharedStrings"], Strings()).found if "sharedStrings" in by_kind else []
    styles = _visited(package, by_kind["styles"], Styles()) if "styles" in by_kind else Styles()
    left, sheets = MAX_CELLS, []
    for title, identifier, hidden in book.sheets:
        sheet = _sheet(package, title, parts.get(identifier), Shared(strings, styles.looks(), book.since_1904, left))
        left -= len(sheet.cells)
        sheets.append(replace(sheet, hidden=True) if hidden else sheet)
    return Workbook(name, tuple(sheets), MappingProxyType(book.names()))


def no_workbook(name: str, message: Message) -> Finding:
    """LP182: a file that is no workbook, or not one that lotproof has made."""
    hint = say(
        "fill in the workbook that lotproof questions CATEGORY --format xlsx -o answers.xlsx writes, and save it as .xlsx"
    )
    return Finding(where=name, code="LP182", message=message, hint=hint)


def _sheet(package: Package, title: str, relation: Relation | None, shared: Shared) -> Sheet:
    if relation is None or relation.target not in package:
        raise Refused([damaged(package.name, say("a sheet is missing"))])
    if relation.kind != "worksheet":
        return Sheet(name=title, cells={}, unread=("chart",))
    grid = _visited(package, relation.target, Grid(package.name, shared))
    kinds = {found.kind for found in relations(package, relation.target)}
    unread = (
        *(("comments",) if kinds & {"comments", "threadedComment"} else ()),
        *(("drawings",) if kinds & {"drawing", "oleObject", "package", "image"} else ()),
    )
    return Sheet(
        name=title,
        cells=grid.cells,
        hidden=grid.hidden,
        hidden_rows=frozenset(grid.hidden_rows),
        hidden_columns=tuple(grid.hidden_columns),
        merged=tuple(grid.merged),
        unread=unread,
    )


def _visited(package: Package, part: str, visitor: _V) -> _V:
    visit(package.read(part), visitor, package.name, part)
    return visitor
