"""
PDF through typst, which comes with the extra ``pdf``.

The document goes to a fixed template as JSON (``content.py``, ``template.typ``): no text is ever read as markup. What comes out is
tagged (PDF/UA-1), fit for an archive (PDF/A-3a) and carries the order's data as an attached file.
"""

from __future__ import annotations

import datetime
import json
import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Literal

from lotproof.documents.nodes import Document
from lotproof.findings import Finding, Refused
from lotproof.messages import Message, say
from lotproof.writers.numbered import wide
from lotproof.writers.pdf.content import content
from lotproof.writers.pdf.fonts import INSTALL, Reach, chinese, families, installed
from lotproof.writers.properties import UNDATED

STANDARDS: tuple[Literal["a-3a"], Literal["ua-1"]] = ("a-3a", "ua-1")
"""What the file conforms to; typst refuses to write one that does not."""

_HERE = Path(__file__).parent
_MISSING = re.compile(r'the text `"((?:[^"\\]|\\.)*)"` could not be displayed')


def write(document: Document) -> bytes:
    """
    Return the document as PDF: the same bytes for the same document, the same typst and the same fonts.

    Raises:
        Refused: typst is not installed (LP420); a character is in none of the fonts (LP421).
    """
    try:
        import typst
    except ImportError:
        hint = say("install it with: pip install 'lotproof[pdf]'; or write docx or html")
        raise Refused(
            [_finding(document, "LP420", say("PDF is written with typst, which is not installed"), hint)]
        ) from None
    text = json.dumps(content(document), ensure_ascii=False)
    reaches: tuple[Reach, ...] = ("chosen", "system") if wide(text) else ("own", "system")
    if wide(text) and not any(chinese(installed(reach)[1]) for reach in reaches):
        raise Refused([_without_font(document, [c for c in text if wide(c)])])
    missing: list[str] = []
    for reach in reaches:
        try:
            return _compiled(document, text, reach)
        except typst.TypstError as error:
            missing = [_character(found) for found in _MISSING.findall(error.diagnostic)]
            if not missing:
                raise
    raise Refused([_without_font(document, missing)])


def _compiled(document: Document, text: str, reach: Reach) -> bytes:
    import typst

    fonts, known = installed(reach)
    made = datetime.datetime.fromisoformat(document.date or UNDATED).replace(tzinfo=datetime.UTC)
    compiled, _ = typst.compile_with_warnings(
        input=_template(),
        root=_HERE,
        font_paths=fonts,
        format="pdf",
        sys_inputs={"document": text, "fonts": json.dumps([families(code, known) for code in document.languages])},
        pdf_standards=[*STANDARDS],
        timestamp=made,
    )
    return compiled


@lru_cache(maxsize=1)
def _template() -> bytes:
    return (_HERE / "template.typ").read_bytes()


def _without_font(document: Document, missing: list[str]) -> Finding:
    characters = "".join(dict.fromkeys("".join(missing)))
    shown = ", ".join(_named(c) for c in characters[:5]) + (f" (+{len(characters) - 5})" if len(characters) > 5 else "")
    return _finding(
        document, "LP421", say("no font that is installed has these characters: {shown}", shown=shown), INSTALL
    )


def _named(character: str) -> str:
    name = unicodedata.name(character, "")
    shown = f"{character} " if character.isprintable() else ""
    return f"{shown}(U+{ord(character):04X}{' ' + name.lower() if name and not wide(character) else ''})"


def _finding(document: Document, code: str, message: Message, hint: Message) -> Finding:
    return Finding(where=f"{document.kind}.pdf", code=code, message=message, hint=hint)


def _character(quoted: str) -> str:
    r"""Return the text that Rust wrote between quotes: ``\u{1f642}`` for what cannot be printed."""
    return re.sub(r"\\(?:u\{([0-9a-f]+)\}|(.))", lambda m: chr(int(m[1], 16)) if m[1] else m[2], quoted)
