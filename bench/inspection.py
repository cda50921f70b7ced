"""Reading and judging a filled checklist of 300 rows and 200 units: a whole process, as Word and as Excel."""

from __future__ import annotations

import io
import re
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from bench.content import with_items
from bench.table import Result
from bench.timing import median, peaks, processes, ratio
from lotproof import api
from lotproof.documents.checklist import checklist
from lotproof.documents.fields import field_name
from lotproof.documents.nodes import Document
from lotproof.inspection.printed import places_of
from lotproof.orders.model import Order
from lotproof.records.rows import checks
from lotproof.writers import WRITERS

ROWS, UNITS = 300, 200
"""Rows to fill in, and units of the sample by which defects are judged."""

_ITEMS = 30
_PROCESS = "from lotproof.cli import run\ntry: run(['inspect', {!r}, '--json'])\nexcept SystemExit: pass  # pending makes its exit code 1"
_ENTRY = '  {{ key = "dimension {n}", zh = "尺寸{n}", nominal = "{n}.5 mm", plus = "0.3 mm", minus = "0.2 mm" }},\n'
_CONTROL = re.compile(r"<w:sdt><w:sdtPr>(.*?)</w:sdtPr><w:sdtContent>.*?</w:sdtContent></w:sdt>", re.DOTALL)


def results(rounds: int) -> Iterator[Result]:
    """Measure both formats beside a bare Python."""
    order = order_of()
    document = checklist(order)
    with tempfile.TemporaryDirectory() as folder:
        commands = {"bare": (sys.executable, "-c", "pass")}
        for kind, content in {"docx": word(document), "xlsx": excel(document)}.items():
            path = Path(folder) / f"filled.{kind}"
            path.write_bytes(content)
            commands[kind] = (sys.executable, "-c", _PROCESS.format(str(path)))
        taken = processes(commands, min(rounds, 9), folder)
        times = ", ".join(f"{name} {median(values) * 1000:.0f} ms" for name, values in taken.items())
        fields = len(places_of(document))
        for kind in ("docx", "xlsx"):
            yield Result(
                what=f"lotproof inspect of {ROWS} rows and {UNITS} units ({fields:,} fields) over python -c pass, {kind}",
                measured=ratio(taken, kind, "bare"),
                at_most=20,
                detail=times,
            )
        memory = peaks(commands, 3, folder)
        if memory:
            yield Result(
                what="peak memory of lotproof inspect over bare, docx",
                measured=ratio(memory, "docx", "bare"),
                at_most=20,
                detail=", ".join(f"{name} {median(values):,.0f} KiB" for name, values in memory.items()),
            )


def order_of() -> Order:
    """Return mugs of several items, with so many dimensions that the checklist has :data:`ROWS` rows."""
    text = with_items(_ITEMS, 2 * _ITEMS).decode()
    start = text.index("entries = [", text.index('[terms."all.critical_dimensions"]'))
    end = text.index("]\n", start)

    def built(entries: int) -> Order:
        lines = "".join(_ENTRY.format(n=n + 10) for n in range(entries))
        return api.build(f"{text[:start]}entries = [\n{lines}{text[end:]}".encode()).order

    other = len(list(checks(built(1)))) - 1
    return built(ROWS - other)


def word(document: Document) -> bytes:
    """Return the checklist as Word with a number in every field for one."""
    numbers = {tag for tag, place in places_of(document).items() if place.kind == "number"}

    def typed(match: re.Match[str]) -> str:
        tag = unescape(re.search(r'<w:tag w:val="(.*?)"/>', match[1])[1])  # type: ignore[index]
        if tag not in numbers:
            return match[0]
        properties = match[1].replace("<w:showingPlcHdr/>", "")
        return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent><w:r><w:t>62.4</w:t></w:r></w:sdtContent></w:sdt>"

    return _changed(WRITERS["docx"](document), "word/document.xml", lambda xml: _CONTROL.sub(typed, xml))


def excel(document: Document) -> bytes:
    """Return the checklist as Excel with a number in every cell for one."""
    content = WRITERS["xlsx"](document)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        book = package.read("xl/workbook.xml").decode()
    sheets = [unescape(name) for name in re.findall(r'<sheet name="(.*?)"', book)]
    cells: dict[str, set[str]] = {}
    for tag, place in places_of(document).items():
        if place.kind == "number":
            where = unescape(re.search(rf'name="{re.escape(field_name(tag))}">(.*?)<', book)[1])  # type: ignore[index]
            sheet, _, cell = where.rpartition("!")
            number = sheets.index(sheet.strip("'").replace("''", "'")) + 1
            cells.setdefault(f"xl/worksheets/sheet{number}.xml", set()).add(cell.replace("$", ""))
    for part, wanted in cells.items():
        content = _changed(
            content,
            part,
            lambda xml, wanted=wanted: re.sub(
                r'<c r="([A-Z]+[0-9]+)" (s="[0-9]+")/>',
                lambda m: f'<c r="{m[1]}" {m[2]}><v>62.4</v></c>' if m[1] in wanted else m[0],
                xml,
            ),
        )
    return content


def _changed(content: bytes, part: str, change: object) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in package.namelist():
            data = package.read(name)
            copy.writestr(name, change(data.decode()).encode() if name == part else data)  # type: ignore[operator]
    return out.getvalue()
