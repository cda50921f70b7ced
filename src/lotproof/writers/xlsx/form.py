"""A workbook of questions as Excel: locked but for its answers, with lists to choose from."""

from __future__ import annotations

from lotproof.documents.nodes import Document
from lotproof.questions.forms import Form, FormCell, FormSheet
from lotproof.writers.xlsx.book import Book
from lotproof.writers.xlsx.texts import height
from lotproof.writers.xlsx.worksheet import Worksheet, letters, prompt
from lotproof.writers.xml import escape

CHOICES = "Choices"
"""The sheet of the lists that are too long for a rule; nothing is answered on it."""

_STYLES = {"label": "cell"}
_FORMULA = 255
_CELLS_A_RULE = 500
_LINE = 12.5
"""Height of a line, in points."""

_TALLEST = 32


def write_form(form: Form) -> bytes:
    """Return the workbook's bytes: no macro, no formula, no link; the same bytes for the same form."""
    book = Book(
        Document(
            kind=form.kind,
            title=((form.title,),),
            number="",
            digest="",
            date="",
            languages=(form.language,),
            labels={},
            references={},
            draft=False,
            landscape=True,
            density="form",
            protected=True,
            data=(),
            blocks=(),
        )
    )
    lists: dict[tuple[str, ...], str] = {}
    for sheet in form.sheets:
        _Writer(book.sheet(sheet.name), sheet, lists).write()
    if any(not formula.startswith('"') for formula in lists.values()):
        _choices(book, lists)
    return book.pack()


class _Writer:
    """Writes one sheet."""

    def __init__(self, sheet: Worksheet, form: FormSheet, lists: dict[tuple[str, ...], str]) -> None:
        self.sheet, self.form, self.lists = sheet, form, lists
        self.rules: dict[tuple[str, tuple[str, ...]], list[tuple[int, int]]] = {}

    def write(self) -> None:
        sheet, form = self.sheet, self.form
        sheet.landscape, sheet.frozen_rows = True, form.frozen
        for column, width in enumerate(form.widths):
            sheet.width(column, column, width)
        for at, row in enumerate(form.rows):
            if len(row) == 1 and row[0].role == "plain":
                sheet.merge(at, 0, at, len(form.widths) - 1, row[0].text, "plain")
                sheet.height(at, _LINE * height(row[0].text, sum(form.widths)))
                continue
            lines = 1
            for column, cell in enumerate(row):
                self._cell(at, column, cell)
                if cell.role != "title":
                    lines = max(lines, height(cell.text, form.widths[column]))
            if lines > 1:
                sheet.height(at, _LINE * min(lines, _TALLEST))
        for (role, choices), cells in self.rules.items():
            for start in range(0, len(cells), _CELLS_A_RULE):
                self._rule(role, choices, cells[start : start + _CELLS_A_RULE])

    def _cell(self, row: int, column: int, cell: FormCell) -> None:
        if cell.role == "label" and not cell.text:
            return
        self.sheet.write(row, column, cell.text, _STYLES.get(cell.role, cell.role))
        if cell.role in ("choice", "date"):
            self.rules.setdefault((cell.role, cell.choices), []).append((row, column))

    def _rule(self, role: str, choices: tuple[str, ...], cells: list[tuple[int, int]]) -> None:
        if role == "date":
            self.sheet.rule(cells, f'type="date" operator="greaterThan" {prompt("", "2027-04-30")}', "36526")
        else:
            self.sheet.rule(cells, 'type="list"', escape(_list(choices, self.lists)))


def _list(choices: tuple[str, ...], lists: dict[tuple[str, ...], str]) -> str:
    """Return the formula of a list: its words, or where they stand on the sheet of choices."""
    if choices not in lists:
        words = ",".join(choices)
        short = len(words) + 2 <= _FORMULA and not any("," in c or '"' in c or c != c.strip() for c in choices)
        column = sum(not formula.startswith('"') for formula in lists.values())
        place = f"{CHOICES}!${letters(column)}$1:${letters(column)}${len(choices)}"
        lists[choices] = f'"{words}"' if short else place
    return lists[choices]


def _choices(book: Book, lists: dict[tuple[str, ...], str]) -> None:
    sheet = book.sheet(CHOICES)
    for column, choices in enumerate(c for c, formula in lists.items() if not formula.startswith('"')):
        sheet.width(column, column, 40)
        for row, words in enumerate(choices):
            sheet.write(row, column, words, "cell")
