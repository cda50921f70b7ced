"""Warm, in one process: rendering against its rivals, against deflating, growing, and loading a category."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

from bench import content, rivals, text
from bench.table import Result
from bench.timing import in_turns, median, ratio, repeated
from lotproof import api
from lotproof.catalog import compiling, source
from lotproof.catalog.loading import build_category
from lotproof.documents.contract import contract
from lotproof.documents.nodes import Document
from lotproof.frozen import replace
from lotproof.orders.model import Order
from lotproof.shipped import shipped
from lotproof.writers import decimals, docx, package
from lotproof.writers.docx import runs, write

SIZES = (1, 4, 16)
CATEGORY = "ceramic_tableware"
_TIMES = 5


class TextsDifferError(Exception):
    """The sides do not print the same text, so there is nothing to compare."""


@dataclass(frozen=True, slots=True)
class Contract:
    """The contract that all sides print, English only, and what the rivals need to print it."""

    order: Order
    document: Document
    flat: list[text.Text | text.Grid]
    template: bytes

    def rival(self, name: str) -> bytes:
        """Print it through ``docxtpl`` or ``python-docx``."""
        if name == "docxtpl":
            return rivals.docxtpl(self.template, rivals.context(self.flat))
        return rivals.python_docx(self.flat)


def prepared(size: int = 1) -> Contract:
    """Build the order and the template of the rivals."""
    order = content.order(content.answers(size))
    document = contract(order, ("en",))
    flat = text.flat(document)
    return Contract(order, document, flat, rivals.template(flat))


def without_order(document: Document) -> Document:
    """Return ``document`` without the order's data, which no rival carries: what printing alone costs."""
    return replace(document, data=())


def same_text(given: Contract) -> str:
    """
    Return a sentence on the text that all sides print, with its SHA-256.

    Raises:
        TextsDifferError: with the first paragraph that differs.
    """
    ours = text.visible(write(given.document))
    for name in ("docxtpl", "python-docx"):
        theirs = text.visible(given.rival(name))
        if theirs == ours:
            continue
        pairs = zip([*ours, "(end)"], [*theirs, "(end)"], strict=False)
        number, (a, b) = next((n, pair) for n, pair in enumerate(pairs, 1) if pair[0] != pair[1])
        raise TextsDifferError(f"paragraph {number}: lotproof prints {a!r}, {name} prints {b!r}")
    terms, rows = len(given.order.spec.terms), content.rows(given.document)
    return (
        f"lotproof, docxtpl and python-docx print the same text: {len(ours)} paragraphs of {terms} terms and {rows} table rows, "
        f"SHA-256 {text.hashed(ours)}"
    )


def against_rivals(given: Contract, rounds: int) -> Iterator[Result]:
    """Warm render of the contract against docxtpl and python-docx, and in two languages."""
    order, document, flat, template = given.order, given.document, given.flat, given.template
    context = rivals.context(flat)
    bilingual = contract(order, ("en", "zh"))
    without = without_order(document)
    taken = in_turns(
        {
            "write": repeated(lambda: write(document), _TIMES),
            "whole": repeated(lambda: write(contract(order, ("en",))), _TIMES),
            "en-zh": repeated(lambda: write(bilingual), _TIMES),
            "without": repeated(lambda: write(without), _TIMES),
            "first": repeated(lambda: _first(document), _TIMES),
            "docxtpl": lambda: rivals.docxtpl(template, context),
            "python-docx": lambda: rivals.python_docx(flat),
            "looks": lambda: rivals.python_docx(flat, looks=True),
        },
        rounds,
    )
    taken |= {
        name: [spent / _TIMES for spent in taken[name]] for name in ("write", "whole", "en-zh", "without", "first")
    }
    lines: tuple[tuple[str, str, str, float | None], ...] = (
        ("docxtpl", "write", "write, docxtpl over ours", 20),
        ("docxtpl", "whole", "lay out and write, docxtpl over ours", None),
        ("docxtpl", "without", "write without the embedded order, docxtpl over ours", None),
        ("docxtpl", "first", "write with nothing kept, docxtpl over ours", None),
        ("python-docx", "write", "write, python-docx over ours", 60),
        ("python-docx", "whole", "lay out and write, python-docx over ours", None),
        ("python-docx", "without", "write without the embedded order, python-docx over ours", None),
        ("looks", "write", "write, python-docx with our looks over ours", None),
    )
    for rival, side, words, target in lines:
        detail = f"{_ms(taken[side])} against {_ms(taken[rival])}"
        yield Result(what=f"contract: {words}", measured=ratio(taken, rival, side), at_least=target, detail=detail)
    yield Result(
        what="contract: en-zh over en, ours", measured=ratio(taken, "en-zh", "write"), detail=_ms(taken["en-zh"])
    )


def _first(document: Document) -> bytes:
    """Write as the first document of a process is written: with nothing kept of the one before."""
    for kept in (runs.text_of, runs.bookmark_name, decimals.decimals, docx._escaped, package._shared, package._fixed):
        kept.cache_clear()
    return write(document)


def against_deflating(given: Contract, rounds: int) -> Iterator[Result]:
    """Warm render over deflating its own document.xml at level 6; the parts that it adds are in the numerator."""
    for languages in (("en",), ("en", "zh")):
        document = contract(given.order, languages)
        xml = _xml(write(document))
        taken = in_turns(
            {
                "write": repeated(partial(write, document), _TIMES),
                "deflate": repeated(partial(zlib.compress, xml, 6), _TIMES),
            },
            rounds,
        )
        yield Result(
            what=f"contract: write over deflating its XML, {'-'.join(languages)}",
            measured=ratio(taken, "write", "deflate"),
            at_most=2.5 if languages == ("en",) else None,
            detail=f"{_ms(taken['write'], _TIMES)} over {_ms(taken['deflate'], _TIMES)} for {len(xml) // 1024} KiB",
        )


def growth(rounds: int) -> Iterator[Result]:
    """Each stage at 16 times the content over the single size, and at 4 times, without the collector, as in a command; more than 17 is superlinear."""
    files = {size: content.answers(size) for size in SIZES}
    orders = {size: content.order(file) for size, file in files.items()}
    documents = {size: contract(order, ("en",)) for size, order in orders.items()}
    stages: dict[str, Callable[[int], object]] = {
        "build the order": lambda size: api.build(files[size]),
        "lay out": lambda size: contract(orders[size], ("en",)),
        "write": lambda size: write(documents[size]),
        "all three": lambda size: write(contract(content.order(files[size]), ("en",))),
    }
    sizes = {size: len(_xml(write(document))) for size, document in documents.items()}
    yield Result(
        what="growth, 16 times: bytes of document.xml",
        measured=sizes[16] / sizes[1],
        detail=" / ".join(f"{size // 1024} KiB" for size in sizes.values()),
    )
    for name, stage in stages.items():
        taken = in_turns({str(size): partial(stage, size) for size in SIZES}, rounds, collector=False)
        for size, target in ((4, None), (16, 17)):
            measured = ratio(taken, str(size), "1")
            flag = ", SUPERLINEAR" if measured > size * 17 / 16 else ""
            yield Result(
                what=f"growth, {size} times: {name}",
                measured=measured,
                at_most=target,
                detail=f"{_ms(taken['1'])} / {_ms(taken[str(size)])}{flag}",
            )


def file_size(given: Contract) -> Iterator[Result]:
    """Our file over the same text on python-docx's default template."""
    theirs = len(given.rival("python-docx"))
    ours, without = (len(write(document)) for document in (given.document, without_order(given.document)))
    yield Result(
        what="contract.docx: bytes over python-docx's",
        measured=ours / theirs,
        at_most=0.5,
        detail=f"{ours:,} over {theirs:,}",
    )
    yield Result(
        what="contract.docx: the same without the embedded order",
        measured=without / theirs,
        detail=f"{without:,} bytes",
    )


def loading(rounds: int) -> Iterator[Result]:
    """Loading a category over parsing the same compiled JSON."""
    data = compiling.compile_category(source.read_source(shipped("spec_catalog")), CATEGORY)
    raw = json.dumps(data, ensure_ascii=False).encode()
    taken = in_turns(
        {
            "load": repeated(lambda: build_category(json.loads(raw)), _TIMES),
            "parse": repeated(lambda: json.loads(raw), _TIMES),
        },
        rounds,
    )
    yield Result(
        what="load a category over json.loads",
        measured=ratio(taken, "load", "parse"),
        at_most=3.5,
        detail=f"{_ms(taken['load'], _TIMES)} over {_ms(taken['parse'], _TIMES)} for {len(raw) // 1024} KiB",
    )


def _ms(seconds: list[float], times: int = 1) -> str:
    return f"{median(seconds) / times * 1000:.2f} ms"


def _xml(package: bytes) -> bytes:
    with zipfile.ZipFile(io.BytesIO(package)) as archive:
        return archive.read("word/document.xml")
