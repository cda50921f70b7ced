"""Files that others wrote, as passages of text with their places: one module a format."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from lotproof.findings import Finding, Refused
from lotproof.messages import Message, say

if TYPE_CHECKING:  # who only opens a package reads no passages
    from lotproof.readers.model import Reading

Reader: TypeAlias = "Callable[[bytes, str], Reading]"

READERS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "docx": ("lotproof.readers.docx", "read"),
        "pdf": ("lotproof.readers.pdf", "read"),
        "txt": ("lotproof.readers.lines", "read_txt"),
        "md": ("lotproof.readers.lines", "read_md"),
    }
)
"""Each format: the module and the function that reads it; imported when a file of it is read."""

_OTHER = (
    (b"{\\rtf", say("an RTF file"), say("open it in Word or LibreOffice and save it as .docx")),
    (b"\xff\xd8\xff", say("a picture"), say("have its text recognised (OCR), or ask for the file it was printed from")),
    (b"\x89PNG", say("a picture"), say("have its text recognised (OCR), or ask for the file it was printed from")),
    (b"GIF8", say("a picture"), say("have its text recognised (OCR), or ask for the file it was printed from")),
    (b"II*\x00", say("a picture"), say("have its text recognised (OCR), or ask for the file it was printed from")),
    (b"MM\x00*", say("a picture"), say("have its text recognised (OCR), or ask for the file it was printed from")),
    (b"Rar!", say("an archive"), say("unpack it, and give the document itself")),
    (b"7z\xbc\xaf", say("an archive"), say("unpack it, and give the document itself")),
    (b"\x1f\x8b", say("an archive"), say("unpack it, and give the document itself")),
)


def format_of(content: bytes, name: str) -> str:
    """
    Return the format of a file: what its bytes say, and for text what its name says.

    Raises:
        Refused: a format that is not read (LP500); the finding says what to save it as.
    """
    for magic, what, hint in _OTHER:
        if content.startswith(magic):
            raise Refused([_not_read(name, what, hint)])
    if b"%PDF-" in content[:1024]:
        return "pdf"
    lower = name.lower()
    if content.startswith((b"PK", b"\xd0\xcf\x11\xe0")) or lower.endswith(".docx"):
        return "docx"
    if lower.endswith(".pdf"):
        raise Refused([_not_read(name, say("no PDF, whatever its name says"), say("ask for the file once more"))])
    if content[:512].lstrip().lower().startswith((b"<!doctype html", b"<html", b"<?xml")):
        raise Refused(
            [
                _not_read(
                    name, say("a web page"), say("save it from the browser as PDF, or copy its text into a .txt file")
                )
            ]
        )
    return "md" if lower.endswith((".md", ".markdown")) else "txt"


def read(content: bytes, name: str) -> Reading:
    """
    Read a file of one of :data:`READERS`, in time and memory that its size bounds.

    Args:
        content: the file.
        name: what findings call it; its ending tells Markdown from plain text.

    Raises:
        Refused: it cannot be read, or should not be (LP500 to LP509).
    """
    module, function = READERS[format_of(content, name)]
    reader: Reader = getattr(importlib.import_module(module), function)
    return reader(content, name)


def _not_read(name: str, what: Message, hint: Message) -> Finding:
    """LP500: a format that is not read."""
    return Finding(
        where=name,
        code="LP500",
        message=say("this is {what}: contracts are read as .docx, .pdf, .txt and .md", what=what),
        hint=hint,
    )
