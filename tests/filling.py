"""Forms filled in as people do it: values typed into a Word file or a workbook, and readings drawn for every row of an order."""

from __future__ import annotations

import datetime
import io
import random
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from html import escape, unescape

from lotproof.documents.fields import field_name
from lotproof.documents.nodes import Document, Field
from lotproof.inspection.printed import fields_of
from lotproof.orders.model import Order
from lotproof.records import rows
from lotproof.records.judging import Limit
from lotproof.records.rows import Check, asked, checks, field_tag, judged, terms_of
from lotproof.requirements import AtLeast, AtMost, Count, OneOf, Shares, Single, Within

Values = Mapping[str, str]
"""What is typed into each field, by tag; the value of a choice."""

SDT = re.compile(r"<w:sdt><w:sdtPr>(.*?)</w:sdtPr><w:sdtContent>.*?</w:sdtContent></w:sdt>", re.DOTALL)
TAG = re.compile(r'<w:tag w:val="(.*?)"/>')


def rezipped(content: bytes, change: Callable[[str, bytes], bytes | None]) -> bytes:
    """Return a package with other contents in some of its parts; None leaves a part out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for name in package.namelist():
            changed = change(name, package.read(name))
            if changed is not None:
                copy.writestr(name, changed)
    return out.getvalue()


def part(content: bytes, name: str) -> str:
    """Return a part of a package as text."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return package.read(name).decode()


def edited(content: bytes, name: str, change: Callable[[str], str]) -> bytes:
    """Return a package with one part changed."""
    return rezipped(content, lambda n, data: change(data.decode()).encode() if n == name else data)


def shown(document: Document) -> dict[tuple[str, str], str]:
    """Return the words of each choice of each field, as a list shows them."""
    return {
        (field.tag, value): " ".join("".join(i for i in inlines if isinstance(i, str)) for inlines in words)
        for field in fields_of(document)
        for value, words in field.choices
    }


def filled_docx(content: bytes, values: Values, document: Document) -> bytes:
    """Type values into the content controls of a Word file, as Word leaves them."""
    words = shown(document)

    def typed(match: re.Match[str]) -> str:
        tag = unescape(TAG.search(match[1])[1])  # type: ignore[index]
        if tag not in values:
            return match[0]
        text = words.get((tag, values[tag]), values[tag])
        properties = match[1].replace("<w:showingPlcHdr/>", "")
        run = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
        return f"<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{run}</w:sdtContent></w:sdt>"

    return edited(content, "word/document.xml", lambda xml: SDT.sub(typed, xml))


def cell_of(content: bytes, tag: str, sheet: str = "") -> tuple[str, str]:
    """Return part and cell of a field of a workbook."""
    book = part(content, "xl/workbook.xml")
    name = field_name(tag, sheet)
    place = unescape(re.search(rf'<definedName name="{re.escape(name)}">(.*?)</definedName>', book)[1])  # type: ignore[index]
    title, _, cell = place.rpartition("!")
    sheets = [unescape(s) for s in re.findall(r'<sheet name="(.*?)"', book)]
    number = sheets.index(title.strip("'").replace("''", "'")) + 1
    return f"xl/worksheets/sheet{number}.xml", cell.replace("$", "")


def filled_xlsx(content: bytes, values: Values, document: Document, sheet: str = "") -> bytes:
    """Type values into the cells of a workbook; ``sheet`` is ``phone`` for those of the sheet for a phone."""
    words = shown(document)
    kinds = {field.tag: field.kind for field in fields_of(document)}
    wanted: dict[str, dict[str, str]] = {}
    for tag, value in values.items():
        name, cell = cell_of(content, tag, sheet)
        wanted.setdefault(name, {})[cell] = _typed(kinds[tag], words.get((tag, value), value))

    def change(name: str, data: bytes) -> bytes:
        if name not in wanted:
            return data
        cells = wanted[name]
        return re.sub(
            r'<c r="([A-Z]+[0-9]+)" (s="[0-9]+")/>',
            lambda m: f'<c r="{m[1]}" {m[2]}{cells[m[1]]}</c>' if m[1] in cells else m[0],
            data.decode(),
        ).encode()

    return rezipped(content, change)


def _typed(kind: str, text: str) -> str:
    """Return the rest of a cell as Excel writes it: a number where it takes it for one."""
    if kind == "number" and re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text):
        return f"><v>{Decimal(text).normalize():f}</v>"
    if kind == "date" and re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return f"><v>{(datetime.date.fromisoformat(text) - datetime.date(1899, 12, 30)).days}</v>"
    return f' t="inlineStr"><is><t xml:space="preserve">{escape(text, quote=False)}</t></is>'


# readings for an order

ON = "2027-05-20"
"""The day of the inspection."""


def complete(order: Order, document: Document, seed: int, *, bad: float = 0.0) -> dict[str, str]:
    """
    Return readings for every row of a form, and everything that a verdict needs besides.

    Args:
        bad: chance that a reading, a count or a defect does not meet the requirement.
    """
    draw = random.Random(seed)
    kinds = {field.tag: field for field in fields_of(document)}
    values = dict(_heads(kinds))
    values |= dict(_quantities(order, kinds))
    rows_ = list(checks(order, terms_of(order, document.kind)))
    counts = {}
    for lot in order.inspection.lots:
        for plan in lot.plans:
            stage = plan.stages[0]
            found = draw.randint(stage.re, stage.re + 2) if draw.random() < bad else draw.randint(0, stage.ac or 0)
            counts[lot.id, plan.defect_class] = min(found, stage.n)
            values[field_tag("inspected", lot.id, plan.defect_class)] = str(stage.n)
            values[field_tag("total", lot.id, plan.defect_class)] = str(counts[lot.id, plan.defect_class])
        if not lot.plans:
            values[field_tag("inspected", lot.id, "all")] = str(lot.size)
            values[field_tag("total", lot.id, "all")] = "0"
    values |= dict(_lines(order, counts))
    for row in rows_:
        values |= dict(_row(order, row, draw, bad, counts))
    return {tag: value for tag, value in values.items() if tag in kinds}


def _heads(kinds: Mapping[str, Field]) -> Iterator[tuple[str, str]]:
    yield "header.service", "pre_shipment"
    yield "header.inspector", "Wei Lin"
    yield "header.inspection_firm", "Example Inspection Co."
    yield "header.report_no", "EI-27-0519"
    yield "header.inspection_date", ON
    yield "header.opened_on", ON
    for field in kinds.values():
        if field.tag.startswith("equipment."):
            yield field.tag, "2028-01-31" if field.kind == "date" else f"EI-{len(field.tag)}-7"


def _quantities(order: Order, kinds: Mapping[str, Field]) -> Iterator[tuple[str, str]]:
    for name in judged(order):
        lot = rows.lot_of(order, name)
        for key in ("finished", "presented", "packed"):
            tag = field_tag(name, key)
            if tag in kinds and lot is not None:
                yield tag, str(lot.size)


def _lines(order: Order, counts: Mapping[tuple[str, str], int]) -> Iterator[tuple[str, str]]:
    """Put what was found of a class into the line of its first defect, else into a spare line."""
    several = len(judged(order)) > 1
    spare = 0
    for (lot, name), found in counts.items():
        if not found:
            continue
        defect = next((d.id for d in order.spec.defects if d.defect_class == name), None)
        if defect is None:
            spare += 1
            yield f"unlisted.{spare}.class", name
            yield f"unlisted.{spare}.defect", "dent"
        tag = f"unlisted.{spare}.found" if defect is None else f"defect.{defect}.found"
        yield field_tag(tag, lot) if several else field_tag(tag), str(found)


def arrived(order: Order, document: Document, seed: int, *, bad: float = 0.0) -> dict[str, str]:
    """Return what is typed into a whole arrival checklist: the readings of :func:`complete`, and everything that it asks for besides."""
    draw = random.Random(seed)
    fields = {field.tag: field for field in fields_of(document)}
    values = complete(order, document, seed, bad=bad)
    texts = {"code": "L27-{}", "carton": "C{}", "photo": "IMG_{:04}"}
    for tag, field in fields.items():
        if tag in values or tag.endswith(".result") or tag.startswith(("defect.", "unlisted.")):
            continue
        what = re.sub(r"[0-9]+$", "", tag.rpartition(".")[2])
        if field.kind == "choice":
            values[tag] = draw.choice(field.choices)[0]
        elif field.kind == "date":
            values[tag] = f"2027-06-{draw.randint(10, 28)}"
        elif field.kind == "number" and tag.startswith(("damaged.", "lot")):
            values[tag] = str(draw.randint(0, 40))
        elif field.kind == "text" and not (what == "r" or ".r" in tag[-4:]):
            values[tag] = texts.get(what, "no. {}").format(draw.randint(1, 400))
    return values


def _row(
    order: Order, row: Check, draw: random.Random, bad: float, counts: Mapping[tuple[str, str], int]
) -> Iterator[tuple[str, str]]:
    wanted = asked(order, row)
    requirement = row.requirement
    if "document" in row.term.evidence:
        yield field_tag(row.tag, "document"), "R-118"
    if "photo" in row.term.evidence:
        yield field_tag(row.tag, "photo"), "IMG_0412"
    match wanted:
        case rows.Cells(names=names) | rows.Figures(names=names):
            for name in names:
                yield field_tag(row.tag, name), _reading(requirement, draw, good=draw.random() >= bad)
        case rows.Extremes():
            assert isinstance(requirement, Limit)
            low, high = sorted(
                (_reading(requirement, draw, good=True), _reading(requirement, draw, good=True)), key=Decimal
            )
            yield field_tag(row.tag, "lowest"), low
            yield field_tag(row.tag, "highest"), high
            yield field_tag(row.tag, "outside"), "0"
            yield field_tag(row.tag, "n"), str(row.sample.n)
        case rows.Counted():
            yield field_tag(row.tag, "n"), str(row.sample.n)
            re_ = row.sample.re or 1
            d = draw.randint(re_, re_ + 1) if draw.random() < bad else draw.randint(0, row.sample.ac or 0)
            yield field_tag(row.tag, "d"), str(min(d, row.sample.n))
        case rows.Found(sampled=sampled):
            if sampled:
                yield field_tag(row.tag, "n"), str(row.sample.n)
            yield field_tag(row.tag, "r1"), _reading(requirement, draw, good=draw.random() >= bad)
        case rows.Classes(plans=plans):
            for plan in plans:
                yield field_tag(row.tag, plan.defect_class), str(counts[row.sample.lot, plan.defect_class])
        case rows.Composition():
            assert isinstance(requirement, Shares)
            for place, one in enumerate(requirement.parts, 1):
                yield field_tag(row.tag, f"s{place}"), f"{one.share:f}"
        case rows.Paper():
            yield field_tag(row.tag, "r1"), "MD-118"
            yield field_tag(row.tag, "result"), "fail" if draw.random() < bad else "pass"
        case rows.Words():
            yield field_tag(row.tag, "r1"), "4 mm"


def _reading(requirement: Single | object, draw: random.Random, *, good: bool) -> str:
    """Return a reading that meets a requirement, or one that does not."""
    step = Decimal(draw.randint(1, 9)) / 10
    match requirement:
        case AtMost(limit=limit):
            return (
                f"{limit.value * step if good else limit.value + step:f}"
                if limit.value > 0
                else f"{limit.value if good else limit.value + step:f}"
            )
        case AtLeast(limit=limit):
            return f"{limit.value + step if good else limit.value - step:f}"
        case Within(nominal=nominal, plus=plus, minus=minus):
            if good:
                return f"{nominal.value + plus.value * step if draw.random() < 0.5 else nominal.value - minus.value * step:f}"
            return f"{nominal.value + plus.value + step:f}"
        case Count(least=least, most=most):
            if good:
                return str(least if least is not None else 0 if most is None else draw.randint(0, most))
            return str(most + 1 if most is not None else max(0, (least or 0) - 1))
        case OneOf(options=options):
            return draw.choice(options) if good else "something else"
        case _:
            return "1"
