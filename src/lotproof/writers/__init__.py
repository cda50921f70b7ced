"""Writers: a document to bytes, one module a format; none opens a file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeAlias

from lotproof.documents.nodes import Document

Writer: TypeAlias = Callable[[Document], bytes]


def _docx(document: Document) -> bytes:
    from lotproof.writers.docx import write

    return write(document)


def _xlsx(document: Document) -> bytes:
    from lotproof.writers.xlsx import write

    return write(document)


def _txt(document: Document) -> bytes:
    from lotproof.writers.txt import write

    return write(document)


def _pdf(document: Document) -> bytes:
    from lotproof.writers.pdf import write

    return write(document)


def _html(document: Document) -> bytes:
    from lotproof.writers.html import write

    return write(document)


def _json(document: Document) -> bytes:
    from lotproof.writers.json import write

    return write(document)


WRITERS: Mapping[str, Writer] = MappingProxyType(
    {"docx": _docx, "xlsx": _xlsx, "pdf": _pdf, "html": _html, "txt": _txt, "json": _json}
)
