"""A workbook that somebody has filled in, as the answers of an order."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from types import MappingProxyType

from lotproof.catalog.model import Category
from lotproof.findings import Finding, Refused, Severity, quoted
from lotproof.frozen import replace
from lotproof.messages import say
from lotproof.questions.paths import written
from lotproof.questions.proposals import Reply
from lotproof.questions.reading import FORMAT
from lotproof.questions.source import Source, on_one_line
from lotproof.questions.supplier_form import FORMAT as SUPPLIER
from lotproof.readers.filled import Filled, Rows
from lotproof.readers.filled_form import TOP, FilledForm
from lotproof.readers.xlsx import no_workbook, read_workbook

Load = Callable[[str, str], Category]


def answers_source(content: bytes, name: str, load: Load) -> Source:
    """
    Return the answers of a buyer's workbook, and what was found on the way.

    Args:
        load: gives the category of an id; the second argument is the place that names it.

    Raises:
        Refused: it is no such workbook (LP182, LP192), or cannot or should not be read (LP500 to LP507).
    """
    form = read_form(content, name, load, FORMAT)
    data = form.data()
    return Source(
        name=form.name,
        data=data,
        digest=hashlib.sha256(content).hexdigest(),
        places=MappingProxyType(form.places),
        findings=tuple(form.rows.findings),
    )


def read_form(content: bytes, name: str, load: Load, wanted: str) -> FilledForm:
    """
    Read a workbook of questions of the format ``wanted``.

    Raises:
        Refused: it is none, or one for somebody else.
    """
    named = on_one_line(name)
    rows = Rows(read_workbook(content, named))
    filled = tuple(rows.read())
    top = {row.key: row for row in filled if row.key in TOP}
    found = _plain(top.get("format"))
    if found != wanted:
        if found is None:
            raise Refused([no_workbook(named, say("no sheet of this workbook says what it is")), *rows.findings[:20]])
        raise Refused([_other(named, found, wanted)])
    category = _plain(top.get("category")) or ""
    where = top["category"].places["key"] if "category" in top else named
    return FilledForm(named, rows, filled, load(category, where))


def _plain(row: Filled | None) -> str | None:
    cell = row.cells.get("@answer") if row else None
    return cell.value.strip() if cell and isinstance(cell.value, str) else None


def _other(name: str, found: str, wanted: str) -> Finding:
    """LP192: a workbook for somebody else."""
    message = say("this workbook is of the format {found}, not {wanted}", found=quoted(found), wanted=wanted)
    hint = (
        say("give the supplier's workbook to lotproof proposals answers.toml supplier.xlsx")
        if wanted == FORMAT
        else say("give the workbook that lotproof questions CATEGORY --for supplier --format xlsx has written")
    )
    return Finding(where=name, code="LP192", message=message, hint=hint)


def supplier_replies(content: bytes, name: str, load: Load) -> tuple[Category, tuple[Reply, ...], tuple[Finding, ...]]:
    """
    Return the category of a factory's workbook, what the factory has answered, and what was found on the way.

    Nothing of it counts before the buyer confirms it, so a finding stops only the answer that it is about: what would stop the
    answers of a buyer is open here.

    Raises:
        Refused: it is no such workbook (LP182, LP192), or cannot or should not be read (LP500 to LP507).
    """
    form = read_form(content, name, load, SUPPLIER)
    replies = tuple(
        Reply(
            path=path,
            item=form.items[path[1]] if isinstance(path[1], int) and path[1] < len(form.items) else "",
            value=value,
            where=form.places[path],
            remark=form.remarks.get(path, ""),
        )
        for path, value in form.values.items()
    )
    for path, remark in form.remarks.items():
        if path not in form.values:
            hint = say("read it; nothing was answered beside it")
            form.rows.add(
                form.name,
                "LP193",
                say("remark on {path}: {remark}", path=written(path), remark=quoted(remark, 200)),
                hint,
                Severity.NOTE,
            )
    for path in (*((key,) for key in form.top), *form.taken):
        hint = say("a supplier says what it makes; this is for the buyer to answer")
        form.rows.add(form.name, "LP183", say("{path} is not asked of the supplier", path=quoted(written(path))), hint)
    softened = (replace(f, severity=Severity.OPEN) if f.severity is Severity.REFUSE else f for f in form.rows.findings)
    return form.category, replies, tuple(softened)
