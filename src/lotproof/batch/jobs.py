"""
Many orders: what a table or a folder asks for, one job each.

A table is CSV or a workbook; its first row names answers (``order.number``, ``goods[1].quantity``, as ``--set`` takes them), each further
row is an order: the answers of a template with those of the row in their place. A folder holds one answers file for each order.
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from lotproof import api
from lotproof.findings import Finding, Refused
from lotproof.frozen import Frozen
from lotproof.houses import categories_of
from lotproof.messages import Message, say
from lotproof.questions.parties import PARTIES
from lotproof.questions.reading import category_of
from lotproof.questions.setting import misnamed
from lotproof.readers.workbook import cell_name
from lotproof.sources import MAX_BYTES

MOST_JOBS = 20_000
MOST_COLUMNS = 400

_NAME = re.compile(r"[^A-Za-z0-9._-]+")
_OFFICE = b"PK"
_NUMBER = "order.number"


class Given(Frozen):
    """An answer of a row: the cell it stands in, the path of the answer, the value as it is written; whether a person cannot see that it stands there."""

    cell: str
    path: str
    value: str
    unseen: bool = False


class Job(Frozen, kw_only=True):
    """
    One order to build.

    Attributes:
        name: of its folder, unique.
        where: the row or the file, as findings show it.
        source: the answers file that lines in findings belong to.
        answers: content of the template, or the file, which is read when it is needed: a folder may hold thousands.
        given: what the row says; empty for a file.
        salt: of the order; empty where the file has its own.
    """

    name: str
    where: str
    source: str
    answers: bytes | Path
    given: tuple[Given, ...] = ()
    salt: str = ""

    def content(self) -> bytes:
        """
        Return the answers file.

        Raises:
            OSError: it cannot be read.
        """
        return self.answers if isinstance(self.answers, bytes) else self.answers.read_bytes()

    def key(self, also: str) -> str:
        """Return what the result depends on (SHA-256, hex); ``also`` is what all jobs of a run share. A file that cannot be read has none."""
        digest = hashlib.sha256(also.encode())
        try:
            digest.update(hashlib.sha256(self.content()).digest())
        except OSError:
            return ""
        for one in self.given:
            digest.update(f"{one.path}\0{one.value}\0".encode())
        return digest.hexdigest()


def refuse_misnamed(jobs: Sequence[Job], house: Path | None) -> None:
    """
    Look at the names in the first row of a table once, before any row is built.

    Raises:
        Refused: columns that name no answer (LP181); the template is none.
    """
    columns = {one.path: one.cell.rstrip("0123456789") for job in jobs for one in job.given}
    if house is not None:  # whose cards may be named in the place of a party
        columns = {path: column for path, column in columns.items() if path.partition(".")[0] not in PARTIES}
    if not columns or not isinstance(jobs[0].answers, bytes):
        return
    template = api.source(jobs[0].answers, jobs[0].source)
    name = jobs[0].where.partition(":")[0]
    found = [
        Finding(where=f"{name}: {columns[path]}1", code="LP181", message=wrong.message, hint=wrong.hint)
        for path, wrong in misnamed(columns, template, category_of(template, categories_of(house)))
    ]
    if found:
        raise Refused(found)


def jobs_of_folder(folder: Path) -> tuple[Job, ...]:
    """
    Return a job for each answers file of a folder, by name.

    Raises:
        Refused: there is none (LP910).
    """
    files = sorted(
        p
        for p in folder.iterdir()
        if p.suffix in (".toml", ".xlsx") and not p.name.startswith((".", "~")) and p.is_file()
    )
    if not files:
        message = say("holds no answers file")
        raise Refused([_finding(str(folder), message, say("put one .toml or .xlsx for each order into it"))])
    return _named([(path.stem, path.name, path.name, path, (), "") for path in files])


def jobs_of_table(content: bytes, name: str, template: bytes, template_name: str = "template.toml") -> tuple[Job, ...]:
    """
    Return a job for each row of a table.

    Args:
        template: a whole answers file; its salt gives each order one of its own.
        template_name: of that file, for findings in it.

    Raises:
        Refused: the table cannot be read, has no rows, or its first row names nothing (LP910).
    """
    rows = list(_workbook(content, name) if content.startswith(_OFFICE) else _csv(content, name))
    if len(rows) < 2:
        message = say("has no rows under its first one")
        raise Refused(
            [
                _finding(
                    name,
                    message,
                    say(
                        "name answers in the first row, such as order.number, and write an order into each further row"
                    ),
                )
            ]
        )
    head = {column: text for column, (_, text) in rows[0][1].items()}
    if not head or len(head) > MOST_COLUMNS:
        message = say("its first row names no answers, or more than {most}", most=MOST_COLUMNS)
        raise Refused(
            [_finding(name, message, say("write their names there, such as order.number and goods[1].quantity"))]
        )
    secret = hashlib.sha256(template).digest()
    found: list[tuple[str, str, str, bytes | Path, tuple[Given, ...], str]] = []
    for number, cells in rows[1:]:
        given = tuple(
            Given(cell, head[column], text, unseen=text is UNSEEN)
            for column, (cell, text) in sorted(cells.items())
            if column in head
        )
        if not given:
            continue
        label = next((one.value for one in given if one.path == _NUMBER and not one.unseen), f"row-{number}")
        salt = hashlib.blake2b(f"{label}\0{number}".encode(), key=secret, digest_size=16).hexdigest()
        found.append((label, f"{name}: {number}", template_name, template, given, salt))
    if len(found) > MOST_JOBS:
        raise Refused(
            [_finding(name, say("has more than {most:,} rows", most=MOST_JOBS), say("make it several tables"))]
        )
    return _named(found)


UNSEEN = "hidden, calculated, struck out, or an error"
"""Stands in the place of a value that may not be taken."""

Cells = Mapping[int, tuple[str, str]]
"""By column, from 0: name of the cell, text."""


def _csv(content: bytes, name: str) -> Iterator[tuple[int, Cells]]:
    if len(content) > MAX_BYTES:
        raise Refused(
            [_finding(name, say("has more than {most:,} bytes", most=MAX_BYTES), say("make it several tables"))]
        )
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        hint = say("save it as CSV in UTF-8, or as .xlsx")
        raise Refused([_finding(name, say("is no text in UTF-8"), hint)]) from None
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text), delimiter=separator, strict=True), 1):
            cells = {c: (cell_name((number - 1, c)), t.strip()) for c, t in enumerate(row) if t.strip()}
            if cells:
                yield number, cells
    except csv.Error:
        hint = say("save the table as .xlsx, or quote texts that hold commas, quotation marks or line ends")
        raise Refused([_finding(name, say("is no CSV that can be read"), hint)]) from None


def _workbook(content: bytes, name: str) -> Iterator[tuple[int, Cells]]:
    from lotproof.readers.xlsx import read_workbook

    sheet = next((one for one in read_workbook(content, name).sheets if not one.hidden and one.cells), None)
    rows: dict[int, dict[int, tuple[str, str]]] = {}
    for at, cell in sheet.cells.items() if sheet else ():
        unseen = cell.fault is not None or sheet is None or sheet.is_hidden(at)
        text = UNSEEN if unseen else f"{cell.value:f}" if isinstance(cell.value, Decimal) else str(cell.value).strip()
        if text:
            rows.setdefault(at[0], {})[at[1]] = (cell_name(at), text)
    for row in sorted(rows):
        yield row + 1, rows[row]


def _named(found: list[tuple[str, str, str, bytes | Path, tuple[Given, ...], str]]) -> tuple[Job, ...]:
    """Return jobs with a folder each; two of one name are told apart by a number."""
    taken, counted = set[str](), dict[str, int]()
    jobs = []
    for label, where, source, answers, given, salt in found:
        name = _NAME.sub("-", label).strip("-.")[:80] or "order"
        own = name
        while own.casefold() in taken:  # another order may be called as the number has made this one
            counted[name.casefold()] = counted.get(name.casefold(), 1) + 1
            own = f"{name}-{counted[name.casefold()]}"
        taken.add(own.casefold())
        jobs.append(
            Job(
                name=own,
                where=where,
                source=source,
                answers=answers,
                given=given,
                salt=salt,
            )
        )
    return tuple(jobs)


def _finding(where: str, message: Message, hint: Message) -> Finding:
    return Finding(where=where, code="LP910", message=message, hint=hint)
