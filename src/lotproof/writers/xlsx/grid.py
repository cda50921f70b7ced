"""What the sheets of a workbook have in common: how fields are written, named and checked, and how pages are printed."""

from __future__ import annotations

from lotproof.documents.fields import field_name
from lotproof.documents.nodes import Field
from lotproof.writers.xlsx.book import Book
from lotproof.writers.xlsx.texts import all_languages
from lotproof.writers.xlsx.worksheet import prompt
from lotproof.writers.xml import attribute, escape

PHONE_NOTE = "phone_note"
"""The label that says how the sheet for a phone and the other sheets go together."""

_CELLS_A_RULE = 500
"""Cells that one rule of validation names at most."""

_FORMULA = 255
"""Characters of a list of choices, at most."""


class Grid:
    """A worksheet and where its next row begins."""

    kind = ""

    def __init__(self, book: Book, name: str, *, landscape: bool) -> None:
        self.book = book
        self.sheet = book.sheet(name)
        self.row = 0
        self._offered: dict[int, tuple[str, ...]] = {}
        self._validated: dict[tuple[str, str, tuple[str, ...]], list[tuple[int, int]]] = {}
        number = book.document.number.replace("&", "&&")
        self.sheet.landscape = landscape
        self.sheet.footer = f"&L{number}  {book.document.digest[:16]}&R&P / &N"

    def field(self, node: Field, row: int, last: int, column: int, span: int) -> None:
        """Write a field over some rows and columns."""
        self.sheet.merge(row, column, last, column + span - 1, "", node.kind)
        self.book.name(field_name(node.tag, self.kind), self.sheet, row, column)
        if node.kind != "text":
            label = all_languages(node.label) if node.kind != "number" else ""
            choices = self._choices(node)
            self._validated.setdefault((node.kind, label, choices), []).append((row, column))

    def _choices(self, node: Field) -> tuple[str, ...]:
        """Return what a field offers; many offer the same."""
        found = self._offered.get(id(node.choices))
        if found is None:
            found = self._offered[id(node.choices)] = tuple([all_languages(words) for _, words in node.choices])
        return found

    def validate(self) -> None:
        """Say once for all fields of a kind what may be typed into them; a rule for each field would cost most of the writing."""
        for (kind, label, choices), cells in self._validated.items():
            rule = _rule(kind, label, choices)
            if rule is not None:
                for at in range(0, len(cells), _CELLS_A_RULE):
                    self.sheet.rule(cells[at : at + _CELLS_A_RULE], *rule)


def _rule(kind: str, label: str, choices: tuple[str, ...]) -> tuple[str, str] | None:
    """Return the attributes and the formula of a rule; None where a sheet cannot state it: its choices are too long, or hold a comma."""
    match kind:
        case "date":
            return f'type="date" operator="greaterThan" {prompt(label, "2027-04-30")}', "36526"
        case "number":
            error = f'errorStyle="warning" errorTitle="0-9" error={attribute("0, 12.5, 300")}'
            return f'type="decimal" operator="greaterThanOrEqual" {error}', "0"
        case "choice":
            listed = ",".join(choices)
            if len(listed) + 2 > _FORMULA or any("," in choice for choice in choices):
                return None
            title = f"promptTitle={attribute(label[:32])}" if label else ""
            return f'type="list" {title}', f'"{escape(listed.replace(chr(34), chr(34) * 2))}"'
    return None
