"""PDF through typst."""

from __future__ import annotations

import datetime
from pathlib import Path

from lotproof.documents.nodes import Document
from lotproof.writers.pdf.content import as_json, content
from lotproof.writers.properties import UNDATED

_HERE = Path(__file__).parent
STANDARDS = ["a-3a", "ua-1"]


def write(document: Document) -> bytes:
    import typst

    fonts = typst.Fonts()
    en = ["Libertinus Serif", "Noto Serif CJK SC", "DejaVu Sans"]
    zh = [{"name": "Libertinus Serif", "covers": "latin-in-cjk"}, "Noto Serif CJK SC", "DejaVu Sans"]
    data = content(document, [zh if language == "zh" else en for language in document.languages])
    compiler = typst.Compiler(_HERE / "template.typ", root=_HERE, font_paths=fonts, sys_inputs={"document": as_json(data), "pages": "[]"})
    made = datetime.datetime.fromisoformat(document.date or UNDATED).replace(tzinfo=datetime.UTC)
    return compiler.compile(format="pdf", pdf_standards=STANDARDS, timestamp=made)
