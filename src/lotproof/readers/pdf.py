"""PDF: the text that is in it, line by line; a scan has none."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from lotproof.findings import Finding, Refused
from lotproof.messages import say
from lotproof.readers.extract import MOST_CHARACTERS, MOST_PAGES
from lotproof.readers.lines import paragraphs
from lotproof.readers.model import Passage, Reading
from lotproof.readers.package import MAX_FILE, damaged, too_large

_SECONDS = 40
_NARROW = 24
"""How wide a line is that a column of a table may have broken."""
_REPEATED = 3
"""A line at the edge of so many pages is a running head."""


def read(content: bytes, name: str) -> Reading:
    """
    Read the text of a PDF, parsed in a process of its own with limits of memory and time.

    Raises:
        Refused: damaged (LP501), encrypted (LP502), too large or too slow (LP503), or without text (LP509).
    """
    if len(content) > MAX_FILE:
        raise Refused([too_large(name, say("more than {most:,} bytes", most=MAX_FILE))])
    pages = [_lines(page) for page in _extracted(content, name)]
    if not any(pages):
        raise Refused([_scan(name, len(pages))])
    passages = tuple(_passages(pages))
    empty = sum(not page for page in pages)
    return Reading(format="pdf", passages=passages, unread=(("page without text", empty),) if empty else ())


def _extracted(content: bytes, name: str) -> list[str]:
    script = Path(__file__).with_name("extract.py")
    try:
        done = subprocess.run(  # what is run is this interpreter with a file of this package
            [sys.executable, "-P", "-X", "utf8", str(script)],
            input=content,
            capture_output=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Refused([too_large(name, say("it takes more than {most} s to read", most=_SECONDS))]) from None
    try:
        answer = json.loads(done.stdout)
    except ValueError:
        if b"pypdfium2" in done.stderr:
            raise Refused([_no_library(name)]) from None
        raise Refused(
            [damaged(name, say("the PDF cannot be read in the memory and time that a contract needs"))]
        ) from None
    match answer.get("fault"):
        case None:
            pages: list[str] = answer["pages"]
            return pages
        case "password":
            raise Refused([_encrypted(name)])
        case "pages":
            raise Refused([too_large(name, say("more than {most:,} pages", most=MOST_PAGES))])
        case "characters":
            raise Refused([too_large(name, say("more than {most:,} characters", most=MOST_CHARACTERS))])
        case _:
            raise Refused([damaged(name, say("it is no whole PDF"))])


def _lines(page: str) -> list[str]:
    text = re.sub(r"[\x02\ufffe]\r?\n?", "", page).replace("\r\n", "\n").replace("\r", "\n")
    return text.split("\n") if text.strip() else []


def _passages(pages: Sequence[list[str]]) -> Iterator[Passage]:
    """Yield the passages of each page; what stands at the edge of many pages comes once."""
    edges = Counter(key for page in pages for key in {_folded(line) for line in _edge(page)})
    seen: set[str] = set()
    clause = ""
    for number, page in enumerate(pages, 1):
        kept = []
        for line, text in enumerate(page, 1):
            key = _folded(text)
            if edges[key] >= _REPEATED and (line <= 2 or line > len(page) - 2):
                if key in seen:
                    continue
                seen.add(key)
            kept.append((line, text))
        for passage in paragraphs(kept, narrow=_NARROW, clause=clause, page=number):
            clause = passage.clause
            yield passage


def _edge(page: Sequence[str]) -> Sequence[str]:
    return [*page[:2], *page[-2:]] if len(page) > 4 else page


def _folded(line: str) -> str:
    return re.sub(r"[0-9]{1,6}", "#", line).strip()


def _scan(name: str, pages: int) -> Finding:
    """LP509: pictures of pages."""
    return Finding(
        where=name,
        code="LP509",
        message=say(
            "there is no text in this PDF: its {pages} pages are pictures, as a scanner makes them", pages=pages
        ),
        hint=say("have its text recognised (OCR), or ask for the Word file or a PDF made from it"),
    )


def _encrypted(name: str) -> Finding:
    """LP502: a PDF that asks for a password."""
    return Finding(
        where=name,
        code="LP502",
        message=say("the PDF is encrypted with a password"),
        hint=say("open it with its password, print it to a new PDF, and give that file"),
    )


def _no_library(name: str) -> Finding:
    """LP500: the library that parses PDF does not run here."""
    return Finding(
        where=name,
        code="LP500",
        message=say("PDF cannot be read here: the library pypdfium2 does not run on this machine"),
        hint=say("install it with pip install pypdfium2, or save the contract as .docx or .txt"),
    )
