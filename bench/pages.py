"""A contract as PDF against LibreOffice, which converts the Word file of the same contract: whole processes, both cold."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.content import MACHINE
from bench.table import Result
from bench.timing import median, processes, ratio
from lotproof import api
from lotproof.documents.nodes import Document
from lotproof.writers import WRITERS

_STORED = """
import pathlib, sys
from lotproof.documents.contract import contract
from lotproof.orders.stored import read_order
from lotproof.writers import WRITERS
order = read_order(pathlib.Path("order.json").read_bytes())
pathlib.Path("contract.pdf").write_bytes(WRITERS["pdf"](contract(order)))
"""


def results(rounds: int) -> Iterator[Result]:
    """Measure the contract of two machines in both languages; nothing where LibreOffice or typst is missing, which is said on stderr."""
    try:
        import typst  # noqa: F401, only to know
    except ImportError:
        print("no PDF was measured: pip install 'lotproof[pdf]'", file=sys.stderr)
        return
    if shutil.which("soffice") is None:
        print("no PDF was measured: apt-get install libreoffice-writer", file=sys.stderr)
        return
    with TemporaryDirectory() as folder:
        order = api.build(MACHINE.read_bytes()).order
        for name, content in api.render(order, formats=("docx",), kinds=("contract",)):
            Path(folder, name).write_bytes(content)
        yield from _against_libreoffice(rounds, folder)


def _against_libreoffice(rounds: int, folder: str) -> Iterator[Result]:
    convert = ("--headless", "--convert-to", "pdf", "--outdir", f"{folder}/office", f"{folder}/contract.docx")
    build = ("build", str(MACHINE), "-o", f"{folder}/built", "--document", "contract", "--format", "pdf", "--force")
    taken = processes(
        {
            "LibreOffice": ("soffice", f"-env:UserInstallation=file://{folder}/profile", *convert),
            "stored": (sys.executable, "-c", _STORED),
            "build": (sys.executable, "-m", "lotproof", *build),
        },
        max(3, rounds // 4),
        folder,
    )
    detail = ", ".join(f"{name} {median(spent) * 1000:.0f} ms" for name, spent in taken.items())
    yield Result(
        what="PDF of a stored order, whole process, over LibreOffice's conversion",
        measured=ratio(taken, "stored", "LibreOffice"),
        at_most=0.25,
        detail=detail,
    )
    yield Result(
        what="lotproof build --format pdf over LibreOffice's conversion",
        measured=ratio(taken, "build", "LibreOffice"),
        detail=detail,
    )


def warm(document: Document, rounds: int) -> Iterator[Result]:
    """Measure HTML in the process that has laid out the document, beside Word."""
    from bench.timing import in_turns, repeated

    taken = in_turns(
        {
            "html": repeated(lambda: WRITERS["html"](document), 5),
            "docx": repeated(lambda: WRITERS["docx"](document), 5),
        },
        rounds,
    )
    yield Result(
        what="contract: write HTML over write Word",
        measured=ratio(taken, "html", "docx"),
        detail=f"html {median(taken['html']) * 200:.1f} ms, docx {median(taken['docx']) * 200:.1f} ms",
    )
