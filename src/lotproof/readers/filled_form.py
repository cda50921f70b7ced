"""The rows of a filled workbook against the questions of its category: each answer typed, each contradiction found."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from lotproof.catalog.model import Category, Question
from lotproof.findings import Severity, did_you_mean, quoted
from lotproof.messages import say
from lotproof.questions.entries import row_questions
from lotproof.questions.given import NO, YES, entries_of, given
from lotproof.questions.origins import TABLE as ORIGIN
from lotproof.questions.paths import Path, known_paths, parsed, place_of, written
from lotproof.questions.reading import FORMAT, MAX_ITEMS, REVISIONS
from lotproof.readers.filled import Filled, Rows
from lotproof.readers.workbook import Cell

TOP = ("format", "category", "house", "confirmed", "items", REVISIONS)
"""Keys of a workbook that are no answers of the order."""

_ROW = re.compile(r"([a-z][a-z0-9_]*)\[([0-9]{1,5})\]\Z", re.ASCII)


class FilledForm:
    """
    A filled workbook against the questions of its category.

    Attributes:
        places: sheet and cell of each answer, by path.
        remarks: what was written beside an answer, by path.
        items: codes of the items whose rows the workbook names.
        taken: clauses and optional tables that are wanted (True) or not (False), by path.
    """

    def __init__(self, name: str, rows: Rows, filled: tuple[Filled, ...], category: Category) -> None:
        self.name, self.rows, self.category = name, rows, category
        self.places: dict[Path, str] = {}
        self.remarks: dict[Path, str] = {}
        self.values: dict[Path, Any] = {}
        self.items: tuple[str, ...] = ()
        self.taken: dict[Path, bool] = {}
        self.top: dict[str, Any] = {}
        self._lists: dict[Path, list[dict[str, Any]]] = {}
        self._optional = {group.id for group in category.groups if group.optional and not group.repeat}
        self._repeated = {group.id: group for group in category.groups if group.repeat}
        for row in filled:
            self._row(row)

    def data(self) -> dict[str, Any]:
        """Return the answers as TOML holds them; rows that were left empty between others are closed up."""
        self._contradictions()
        wanted = [path for path, yes in self.taken.items() if yes]
        rows: dict[tuple[str, int], int] = {}
        data: dict[str, Any] = {"format": FORMAT, "category": self.category.id, **self.top}
        for group in self._repeated:
            named = (path[1] for path in (*self.values, *wanted) if path[0] == group and len(path) > 1)
            filled = sorted({row for row in named if isinstance(row, int)})
            rows |= {(group, row): index for index, row in enumerate(filled)}
            data[group] = [{} for _ in filled]
        for path in wanted:
            _put(data, _moved(path, rows), {})
        for path, value in self.values.items():
            _put(data, _moved(path, rows), value)
        if ORIGIN in data:
            data[ORIGIN] = {_moved_name(name, rows): origin for name, origin in data[ORIGIN].items()}
        self.places = {_moved(path, rows): place for path, place in self.places.items()}
        return {key: value for key, value in data.items() if value != []}

    def _contradictions(self) -> None:
        """LP190: answers of a clause or a table that is not wanted."""
        for path, wanted in self.taken.items():
            answered = next((p for p in self.values if p[: len(path)] == path), None)
            if not wanted and answered is not None:
                message = say(
                    "{path} is not wanted, and {answered} is answered",
                    path=quoted(written(path)),
                    answered=quoted(written(answered)),
                )
                hint = say("choose yes, or empty its answers")
                self.rows.add(self.places[answered], "LP190", message, hint)

    # rows

    def _row(self, row: Filled) -> None:
        repeated = _ROW.match(row.key)
        if row.key in TOP:
            self._top(row)
        elif row.key == ORIGIN:
            self._origin(row)
        elif row.key.startswith("defects."):
            self._defect(row)
        elif row.key in self._optional:
            self._switch((row.key,), row)
        elif repeated and repeated[1] in self._repeated:
            self._item(row, repeated[1], int(repeated[2]) - 1)
        else:
            self._answer(row)

    def _top(self, row: Filled) -> None:
        cells = self._only(row, ("@answer",))
        cell = cells.get("@answer")
        text = cell.value if cell and isinstance(cell.value, str) else ""
        if row.key == "house" and text:
            self.top["house"], self.places["house",] = text.strip(), row.places["@answer"]
        elif row.key == "confirmed" and text:
            self.top["confirmed"], self.places["confirmed",] = entries_of(text), row.places["@answer"]
        elif row.key == "items":
            self.items = tuple(text.split("\n"))
        elif row.key == REVISIONS:
            pairs = (line.partition(" = ") for line in entries_of(text))
            self.top[REVISIONS] = {clause: int(number) for clause, _, number in pairs if number.isdigit()}

    def _origin(self, row: Filled) -> None:
        cells = self._only(row, ("of", "how", "on", "by"))
        values = {key: cell.value for key, cell in cells.items()}
        name, on = str(values.pop("of", "")), values.get("on")
        if isinstance(on, str) and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", on, re.ASCII):
            with_day = given_day(on)
            values["on"] = with_day or on
        self.top.setdefault(ORIGIN, {})[name] = values
        self.places[ORIGIN, name] = row.places["key"]

    def _defect(self, row: Filled) -> None:
        cells = self._only(row, ("@answer", "reason", "reason.zh"))
        if not cells:
            return
        defects = self.top.setdefault("defects", [])
        made: dict[str, Any] = {"id": row.key.removeprefix("defects.")}
        if "@answer" in cells:
            made["class"] = str(cells["@answer"].value)
        reason = {code: str(cells[k].value) for code, k in (("en", "reason"), ("zh", "reason.zh")) if k in cells}
        if reason:
            made["reason"] = reason
        self.places["defects", len(defects)] = row.places["key"]
        defects.append(made)

    def _switch(self, path: Path, row: Filled) -> None:
        cell = self._only(row, ("@answer",)).get("@answer")
        self.places.setdefault(path, row.places["key"])
        if cell is None:
            return
        word = "yes" if cell.value is True else "no" if cell.value is False else str(cell.value).strip().casefold()
        if word not in YES | NO:
            message, hint = (
                say("{value} is neither yes nor no", value=quoted(cell.value)),
                say("choose yes or no, or empty the cell"),
            )
            self.rows.add(row.places["@answer"], "LP184", message, hint)
            return
        self._once(path, row)
        self.taken[path] = word in YES

    def _item(self, row: Filled, group: str, index: int) -> None:
        questions = {question.key: question for question in self._repeated[group].questions}
        if not 0 <= index < MAX_ITEMS:
            self.rows.add(
                row.places["key"], "LP183", say("{key} is no row", key=quoted(row.key)), say("rows count from 1")
            )
            return
        self.places[group, index] = row.places["key"]
        for role, cell in row.cells.items():
            key, _, language = role.partition(".")
            if key not in questions or (language and questions[key].type != "words"):
                self.rows.stray(row.places[role], cell)
        for key, question in questions.items():
            pair = (row.cells.get(key), row.cells.get(f"{key}.zh"))
            if any(pair):
                where = row.places[key if pair[0] else f"{key}.zh"]
                self._keep((group, index, key), self._read(question, pair, where), where, row)

    def _answer(self, row: Filled) -> None:
        try:
            path = parsed(row.key)
        except ValueError:
            path = ()
        clause = self._clause_of(path)
        if clause is not None:
            self._switch((*path[: path.index("terms") + 1], clause), row)
            return
        place = place_of(path, self.category)
        if place is None or place.language:
            for role, cell in row.cells.items():
                hint = say(
                    "no question has the key {key}: {near}",
                    key=quoted(row.key),
                    near=did_you_mean(row.key, known_paths(self.category)),
                )
                self.rows.stray(row.places[role], cell, hint)
            return
        if remark := row.cells.get("@remark"):
            self.remarks[place.path] = str(remark.value)
        if place.question.type == "entries":
            self._entry(place.path, place.question, row)
            return
        cells = self._only(row, ("@answer", "@remark", *(("@answer.zh",) if place.question.type == "words" else ())))
        pair = (cells.get("@answer"), cells.get("@answer.zh"))
        if any(pair):
            where = row.places["@answer" if pair[0] else "@answer.zh"]
            self._unit(place.question, row, where)
            self._keep(place.path, self._read(place.question, pair, where), where, row)

    def _clause_of(self, path: Path) -> str | None:
        """Return the clause that a path names as a whole."""
        if "terms" not in path or path[0] not in ("terms", "goods"):
            return None
        name = ".".join(map(str, path[path.index("terms") + 1 :]))
        return name if name in self.category.clauses else None

    def _entry(self, path: Path, question: Question, row: Filled) -> None:
        columns = {column.key: column for column in row_questions(question)}
        cells = self._only(row, ("@entry.key", "@entry.zh", *columns, "@remark"))
        made: dict[str, Any] = {}
        for role, key in (("@entry.key", "key"), ("@entry.zh", "zh")):
            if role in cells and (cell := self.rows.value(cells[role], row.places[role])):
                made[key] = cell.value if isinstance(cell.value, str) else _plain_number(cell.value)
        for key, column in columns.items():
            if key in cells:
                value = self._one(column, cells[key], row.places[key])
                if value is not None:
                    made[key] = value
        if not made:
            return
        rows = self._lists.setdefault(path, [])
        for key in made:
            role = {"key": "@entry.key", "zh": "@entry.zh"}.get(key, key)
            self.places[(*path, len(rows), key)] = row.places[role]
        self.places.setdefault(path, row.places["key"])
        rows.append(made)
        self.values[path] = rows

    # values

    def _only(self, row: Filled, wanted: tuple[str, ...]) -> dict[str, Cell]:
        """Return the cells of some columns; what stands in another one belongs to no question."""
        for role, cell in row.cells.items():
            if role not in wanted and role != "@unit":
                self.rows.stray(row.places[role], cell)
        return {role: row.cells[role] for role in wanted if role in row.cells}

    def _unit(self, question: Question, row: Filled, where: str) -> None:
        """LP184: the unit beside the answer is another one than was asked for."""
        unit = row.cells.get("@unit")
        if unit is not None and unit.value != question.unit:
            message = say(
                "the unit beside it says {given}, and {unit} was asked",
                given=quoted(unit.value),
                unit=quoted(question.unit),
            )
            self.rows.add(where, "LP184", message, say("write the unit behind the number, in the answer itself"))

    def _keep(self, path: Path, value: Any, where: str, row: Filled) -> None:
        if value is not None:
            self._once(path, row)
            self.values[path] = value
            self.places[path] = where

    def _once(self, path: Path, row: Filled) -> None:
        if path in self.values or path in self.taken:
            message = say(
                "{path} is answered twice, here and at {place}", path=quoted(written(path)), place=self.places[path]
            )
            self.rows.add(row.places["key"], "LP189", message, say("keep one of the two rows"))

    def _read(self, question: Question, pair: tuple[Cell | None, Cell | None], where: str) -> Any:
        """Return an answer of one cell, or of two for words."""
        texts = [self._one(question, cell, where) if cell else None for cell in pair]
        if question.type != "words" or texts[1] is None:
            return texts[0]
        return {code: text for code, text in zip(("en", "zh"), texts, strict=True) if text is not None}

    def _one(self, question: Question, cell: Cell, where: str) -> Any:
        """Return what a cell says as TOML would hold it for a question; None after reporting why it says nothing."""
        checked = self.rows.value(cell, where)
        match checked.value if checked else None:
            case None:
                return None
            case bool(value):
                return value if question.type == "flag" else given(question, "true" if value else "false")
            case str(text):
                return given(question, text)
            case Decimal() as number if cell.shown.kind == "percent":
                return self._percent(question, number * 100, where)
            case Decimal() as number:
                return self._number(question, number, where)
            case datetime.date() as day:
                if question.type == "date":
                    return day
                message = say("Excel has made the day {day} of what was typed", day=day)
                self.rows.add(where, "LP184", message, say("format the cell as Text, and type the answer again"))
                return None

    def _number(self, question: Question, number: Decimal, where: str) -> Any:
        match question.type:
            case "integer":
                return int(number) if number == number.to_integral_value() else number
            case "decimal" | "money" | "aql":
                return number
            case "quantity":
                text = f"{number:f} {question.unit}"
                message, hint = (
                    say("{number} is taken as {text}, in the unit beside the cell", number=number, text=text),
                    say("nothing to do, if so meant"),
                )
                self.rows.add(where, "LP187", message, hint, Severity.NOTE)
                return text
            case "date":
                return number
            case _:
                return given(question, _plain_number(number))

    def _percent(self, question: Question, number: Decimal, where: str) -> Any:
        """Return a number that its cell shows in per cent."""
        shown = _plain_number(number)
        message, hint = say("{shown}% is taken as {shown}, in per cent", shown=shown), say("nothing to do, if so meant")
        if question.type == "quantity" and (question.unit == "%" or question.percent_of):
            return f"{shown} %"
        if question.type in ("decimal", "integer", "aql") and "percent" in question.key:
            self.rows.add(where, "LP187", message, hint, Severity.NOTE)
            return self._number(question, Decimal(shown), where)
        message = say("the cell shows {shown}%, and no share is asked here", shown=shown)
        self.rows.add(where, "LP184", message, say("format the cell as General, and type the number again"))
        return None


def given_day(text: str) -> datetime.date | None:
    """Return a day written as ``2027-05-14``."""
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def _plain_number(value: Any) -> str:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)


def _put(data: dict[str, Any], path: Path, value: Any) -> None:
    """Put a value into tables that are made on the way; rows are there."""
    table: Any = data
    for part in path[:-1]:
        table = table[part] if isinstance(part, int) else table.setdefault(part, {})
    table[path[-1]] = value


def _moved(path: Path, rows: Mapping[tuple[str, int], int]) -> Path:
    """Return a path with the rows of a workbook counted without the empty ones between them."""
    match path:
        case (str(group), int(row), *rest) if (group, row) in rows:
            return (group, rows[group, row], *rest)
        case _:
            return path


def _moved_name(name: str, rows: Mapping[tuple[str, int], int]) -> str:
    try:
        return written(_moved(parsed(name), rows))
    except ValueError:
        return name
