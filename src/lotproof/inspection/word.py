"""
A filled form in Word: what stands in each field, as Word, WPS or LibreOffice saved it.

A field is found by the tag of its control, by the control's title, and by the printed row and column it stands in. Word keeps all three,
LibreOffice drops the tags and some titles, other programs drop the controls. Where two of them name different fields the value
belongs to neither.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from lotproof.documents.nodes import Document
from lotproof.findings import Finding, Severity, quoted
from lotproof.frozen import Frozen
from lotproof.inspection.printed import names_of, places_of, squeezed
from lotproof.messages import Message, say
from lotproof.readers.controls import Control, FileCell, FileTable, Tables, tables_of, tables_written
from lotproof.readers.package import Package
from lotproof.records.model import Added, Altered, Fault, Rung
from lotproof.records.recording import Filled, Place, Written
from lotproof.records.values import is_blank

PROMPTS = frozenset(
    map(
        squeezed,
        (
            "Click or tap here to enter text.",
            "Click here to enter text.",
            "Choose an item.",
            "Click or tap to enter a date.",
            "Click here to enter a date.",
            "单击或点击此处输入文字。",
            "单击此处输入文字。",
            "选择一项。",
            "单击或点击以输入日期。",
            "单击此处输入日期。",
        ),
    )
)
"""What Word shows in a field that was filled in and emptied again."""


def read_docx(package: Package, document: Document) -> Filled:
    """
    Read a filled form.

    Args:
        package: the file, looked through.
        document: the form as it was printed.

    Raises:
        Refused: a part is damaged or too large (LP501, LP503, LP505).
    """
    from lotproof.documents.parts import parts
    from lotproof.writers.docx.body import body

    wanted = tables_written(b"".join(body(document, parts(document))[0]).decode())
    printed = tuple(_printed(wanted, names_of(document)))
    signing = tuple(
        text
        for table in wanted.tables
        if table.caption == SIGNATURES
        for row in table.rows
        for cell in row
        if (text := squeezed(cell.fixed))
    )
    return _Aligned(package.name, tables_of(package), printed, places_of(document), signing).filled()


class PrintedCell(Frozen, kw_only=True):
    """
    A cell as it was printed.

    Attributes:
        text: all that is printed in it, labels of fields included, without white space.
        parts: labels, and fields by their tags, in their order: a value is found between two labels where no control is left.
        tags: of its fields.
    """

    text: str
    parts: tuple[tuple[str, bool], ...]
    tags: tuple[str, ...]


class PrintedRow(Frozen, kw_only=True):
    """
    A row as it was printed; ``name`` is what findings and records call it.

    Attributes:
        key: the text of the cells that hold no field, each with its column: what the row is known by.
    """

    name: str
    cells: tuple[PrintedCell, ...]
    key: tuple[tuple[int, str], ...]


class PrintedTable(Frozen, kw_only=True):
    """A table as it was printed: its id, empty where it holds no field, and its rows."""

    id: str
    rows: tuple[PrintedRow, ...]


ADDED_TO = ("tally", "damaged")
"""Tables to which rows may be added: defects that are in no list, damaged cartons."""

SIGNATURES = "Signatures"
"""The caption of the table in which people sign: what they write there is no change."""


def _printed(tables: Tables, names: Mapping[str, tuple[str, str]]) -> Iterator[PrintedTable]:
    for table in tables.tables:
        if table.caption == SIGNATURES:
            continue
        known = [names[c.tag] for row in table.rows for cell in row for c in cell.controls if c.tag in names]
        name = known[0][0] if known else ""
        rows, before = [], name
        for row in table.rows:
            own = next((names[c.tag][1] for cell in row for c in cell.controls if c.tag in names), before)
            before = own  # a row without fields goes on with the one before it
            cells = tuple(_printed_cell(cell) for cell in row)
            key = tuple((i, cell.text) for i, cell in enumerate(cells) if cell.text and not cell.tags)
            rows.append(PrintedRow(name=own or table.caption, cells=cells, key=key))
        yield PrintedTable(id=name or table.caption, rows=tuple(rows))


def _printed_cell(cell: FileCell) -> PrintedCell:
    parts = tuple((part, False) if isinstance(part, str) else (part.tag, True) for part in cell.parts)
    tags = tuple(part for part, is_field in parts if is_field)
    return PrintedCell(text=squeezed(cell.fixed), parts=parts, tags=tags)


class _Aligned:
    """The tables of a file beside those that were printed."""

    def __init__(
        self,
        name: str,
        tables: Tables,
        printed: Sequence[PrintedTable],
        places: Mapping[str, Place],
        signing: tuple[str, ...],
    ) -> None:
        self.name, self.tables, self.printed, self.places, self.signing = name, tables, printed, places, signing
        self.written: list[Written] = []
        self.present: set[str] = set()
        self.added: list[Added] = []
        self.altered: list[Altered] = []
        self.findings: list[Finding] = []
        self._of_tag = {
            tag: (t, r)
            for t, table in enumerate(printed)
            for r, row in enumerate(table.rows)
            for c in row.cells
            for tag in c.tags
        }
        self._by_key: dict[tuple[int, tuple[tuple[int, str], ...]], list[tuple[int, int]]] = {}
        for t, table in enumerate(printed):
            for r, row in enumerate(table.rows):
                if row.key:
                    self._by_key.setdefault((len(row.cells), row.key), []).append((t, r))
        self._patterns: dict[int, set[tuple[int, ...]]] = {}
        for cells, key in self._by_key:
            self._patterns.setdefault(cells, set()).add(tuple(i for i, _ in key))
        self._known = {c.text for table in printed for row in table.rows for c in row.cells}

    def filled(self) -> Filled:
        taken: set[int] = set()
        for number, table in enumerate(self.tables.tables, 1):
            texts = [[squeezed(cell.whole) for cell in row] for row in table.rows]
            candidates = [self._candidates(row, text) for row, text in zip(table.rows, texts, strict=True)]
            votes = Counter(t for found in candidates for t in {t for t, _ in found} if t not in taken)
            if not votes:
                self._foreign(number, table)
                continue
            best = min(votes, key=lambda t: (-votes[t], t))
            taken.add(best)
            self._table(number, table, texts, candidates, best)
        for control in self.tables.loose:
            self._control(control, "", f"{self.name}: outside of its table")
        for t, table_ in enumerate(self.printed):
            if t not in taken:
                self._gone(table_.rows, self.name)
        for one in self.altered:
            self.findings.append(altered_text(one))
        return Filled(
            written=tuple(self.written),
            present=frozenset(self.present),
            added=tuple(self.added),
            altered=tuple(self.altered),
            findings=tuple(self.findings),
        )

    def _gone(self, rows: Sequence[PrintedRow], where: str) -> None:
        """Note printed rows that are not in the file."""
        for row in rows:
            text = "".join(cell.text for cell in row.cells)
            if text:
                self.altered.append(Altered(row=row.name, printed=text, found="", where=where))

    # rows

    def _candidates(self, row: Sequence[FileCell], texts: Sequence[str]) -> list[tuple[int, int]]:
        """Return the printed rows that a row may be: by its text, else by the names of its controls."""
        for pattern in sorted(self._patterns.get(len(row), ()), key=len, reverse=True):
            found = self._by_key.get((len(row), tuple((i, texts[i]) for i in pattern)))
            if found:
                return found
        named = Counter(
            self._of_tag[name]
            for cell in row
            for control in cell.controls
            for name in (control.tag or control.title,)
            if name in self._of_tag
        )
        return [named.most_common(1)[0][0]] if named else []

    def _table(
        self,
        number: int,
        table: FileTable,
        texts: Sequence[Sequence[str]],
        candidates: Sequence[Sequence[tuple[int, int]]],
        best: int,
    ) -> None:
        printed = self.printed[best]
        rows: dict[int, int] = {}
        used: set[int] = set()
        for place, found in enumerate(candidates):
            own = [r for t, r in found if t == best and r not in used]
            if own:
                rows[place] = own[0]
                used.add(own[0])
        left = [r for r, row in enumerate(printed.rows) if r not in used]
        for place, text in enumerate(texts):
            again = None if place in rows else self._again(printed, left, text)
            if again is not None:
                rows[place] = again
                left.remove(again)
        for place, (cells, text) in enumerate(zip(table.rows, texts, strict=True)):
            where = f"{self.name}: table {number}, row {place + 1}"
            if place in rows:
                self._row(printed.rows[rows[place]], cells, where)
            else:
                self._extra(printed, cells, text, where)
        self._gone([printed.rows[r] for r in left], f"{self.name}: table {number}")

    @staticmethod
    def _again(printed: PrintedTable, left: Sequence[int], text: Sequence[str]) -> int | None:
        """Return the printed row that a row without known names is: the one that begins as it does, or the next that has no text."""
        for r in left:
            row = printed.rows[r]
            if row.key and len(text) == len(row.cells) and row.key[0][0] == 0 and text[0] == row.key[0][1]:
                return r
        return next((r for r in left if not printed.rows[r].key and len(text) == len(printed.rows[r].cells)), None)

    def _row(self, row: PrintedRow, cells: Sequence[FileCell], where: str) -> None:
        if len(cells) != len(row.cells):
            found = "".join(squeezed(cell.fixed) for cell in cells)
            printed = "".join(cell.text for cell in row.cells)
            self.altered.append(Altered(row=row.name, printed=printed, found=found, where=where))
            for cell in cells:
                for control in cell.controls:
                    self._control(control, "", where)
            return
        for column, (wanted, cell) in enumerate(zip(row.cells, cells, strict=True), 1):
            self._cell(row, wanted, cell, f"{where}, column {column}")

    def _cell(self, row: PrintedRow, wanted: PrintedCell, cell: FileCell, where: str) -> None:
        controls = cell.controls
        if len(controls) == len(wanted.tags):
            fixed = squeezed(cell.fixed)
            if fixed != wanted.text:
                self._changed(row, wanted, fixed, where)
            for tag, control in zip(wanted.tags, controls, strict=True):
                self._control(control, tag, where)
            return
        if not controls:
            self._without_controls(row, wanted, cell, where)
            return
        for control in controls:
            self._control(control, "", where)
        self._changed(row, wanted, squeezed(cell.fixed), where, f"{len(controls)} fields for {len(wanted.tags)}")

    def _changed(self, row: PrintedRow, wanted: PrintedCell, found: str, where: str, what: str = "") -> None:
        self.altered.append(
            Altered(row=row.name, printed=wanted.text, found=found if not what else f"{found} ({what})", where=where)
        )

    # fields

    def _control(self, control: Control, tag: str, where: str) -> None:
        """
        Take a control that stands where the field ``tag`` was printed; nothing where it stands in no printed place.

        LP805: its tag, its title and its place name different fields.
        """
        rungs = ((control.tag, Rung.TAG), (control.title, Rung.TITLE), (tag, Rung.PLACE))
        known = [(name, rung) for name, rung in rungs if name in self.places]
        text, fault = control.text, control.fault
        if control.prompt:
            empty = is_blank(text) or squeezed(text) in PROMPTS
            text, fault = ("", None) if empty else (text, Fault.PROMPT)
        if not known:
            if not is_blank(text):
                self._stray(where, text)
            return
        names = dict.fromkeys(name for name, _ in known)
        self.present |= names.keys()
        if len(names) > 1:
            if is_blank(text):
                return
            message = say("{text} stands in a field that is named {names: and }", text=quoted(text), names=list(names))
            hint = say("ask the inspector to which row it belongs; until then these rows are pending")
            self._add("LP805", where, message, hint)
            fault = Fault.TWO_NAMES
        for name in names:
            self.written.append(Written(tag=name, text=text, where=where, rung=known[0][1], fault=fault))

    def _without_controls(self, row: PrintedRow, wanted: PrintedCell, cell: FileCell, where: str) -> None:
        """Find values between the labels of a cell whose controls were dropped."""
        text = " ".join(cell.whole.split())
        found = list(_between(wanted.parts, text)) or list(_lines(wanted, cell.whole))
        if not found:
            if squeezed(text) != wanted.text:
                self._changed(row, wanted, squeezed(text), where)
            return
        for tag, value in found:
            self.present.add(tag)
            self.written.append(Written(tag=tag, text=value, where=where, rung=Rung.PLACE))

    # what was not printed

    def _extra(self, printed: PrintedTable, cells: Sequence[FileCell], texts: Sequence[str], where: str) -> None:
        """Take a row that was added; one that holds nothing, or printed text alone, says nothing."""
        values = tuple(cell.whole.strip() for cell in cells)
        if all(is_blank(value) or squeezed(value) in PROMPTS for value in values):
            return
        if all(text in self._known for text in texts) and not any(cell.controls for cell in cells):
            return
        self.added.append(Added(table=printed.id, cells=tuple("" if is_blank(v) else v for v in values), where=where))
        if printed.id not in ADDED_TO:
            self._stray(where, " | ".join(v for v in values if not is_blank(v)))

    def _foreign(self, number: int, table: FileTable) -> None:
        """Take a table that was not printed: the controls in it, and what it says; the one that people sign is no change."""
        where = f"{self.name}: table {number}"
        for row in table.rows:
            for cell in row:
                for control in cell.controls:
                    self._control(control, "", where)
        texts = [squeezed(cell.whole) for row in table.rows for cell in row]
        said = [text for text in texts if not is_blank(text) and text not in self._known]
        if said and not any(text.startswith(self.signing) for text in texts):
            self._stray(where, " | ".join(said[:20]))

    def _stray(self, where: str, text: str) -> None:
        self.findings.append(written_elsewhere(where, text))

    def _add(self, code: str, where: str, message: Message, hint: Message) -> None:
        self.findings.append(Finding(where=where, code=code, severity=Severity.OPEN, message=message, hint=hint))


def _between(parts: Sequence[tuple[str, bool]], text: str) -> Iterator[tuple[str, str]]:
    """Yield the fields of a cell with the text that stands between their labels; nothing where a label is missing."""
    found: list[tuple[str, str]] = []
    at = 0
    for place, (part, is_field) in enumerate(parts):
        if not is_field:
            label = " ".join(part.split())
            start = text.find(label, at)
            if start < 0:
                return
            at = start + len(label)
            continue
        behind = parts[place + 1 :]
        label = next((joined for p, field in behind if not field and (joined := " ".join(p.split()))), "")
        if not label and any(field for _, field in behind):
            return
        end = text.find(label, at) if label else len(text)
        if end < 0:
            return
        found.append((part, text[at:end].strip()))
        at = end
    yield from found


def _lines(wanted: PrintedCell, text: str) -> Iterator[tuple[str, str]]:
    """Yield the fields of a cell without labels, one on each line; nothing where there are not as many lines as fields."""
    lines = text.strip("\n").split("\n")
    if not wanted.text and len(lines) == len(wanted.tags):
        yield from zip(wanted.tags, (line.strip() for line in lines), strict=True)


def altered_text(one: Altered) -> Finding:
    """LP810: printed text was changed."""
    before, after = differing(one.printed, one.found)
    message = say(
        "{row}: printed was {before}, there stands {after}", row=one.row, before=quoted(before), after=quoted(after)
    )
    hint = say("judge by the form as it was printed: ask for it filled in and otherwise unchanged; the row is pending")
    return Finding(where=one.where, code="LP810", severity=Severity.OPEN, message=message, hint=hint)


def written_elsewhere(where: str, text: str) -> Finding:
    """LP811: something was written where no field was printed."""
    message = say("{text} stands where no field was printed", text=quoted(text, 120))
    hint = say("read it; what it says counts only in the row that it belongs to")
    return Finding(where=where, code="LP811", severity=Severity.OPEN, message=message, hint=hint)


def differing(printed: str, found: str) -> tuple[str, str]:
    """Return the parts of two texts in which they differ, with a little around."""
    start = 0
    while start < min(len(printed), len(found)) and printed[start] == found[start]:
        start += 1
    end = 0
    while end < min(len(printed), len(found)) - start and printed[-1 - end] == found[-1 - end]:
        end += 1
    before = max(0, start - 12)
    return printed[before : len(printed) - end + 6 if end > 6 else None], found[
        before : len(found) - end + 6 if end > 6 else None
    ]
