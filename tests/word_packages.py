"""Word packages written by hand, whole and hostile."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>{}'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml"'
)


def relations(*entries: tuple[str, str, str]) -> str:
    """Return a list of relationships: kind, target, mode (empty: internal)."""
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{R}/{kind}" Target="{target}"{f" TargetMode={chr(34)}{mode}{chr(34)}" if mode else ""}/>'
        for number, (kind, target, mode) in enumerate(entries, 1)
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{rows}</Relationships>'


def document(body: str) -> str:
    """Return a main part."""
    return f"<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"


def paragraph(text: str) -> str:
    """Return a paragraph of one run."""
    return f'<w:p><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def parts(
    body: str, *, more: Mapping[str, str] = {}, links: tuple[tuple[str, str, str], ...] = (), types: str = ""
) -> dict[str, str]:
    """Return the parts of a document with a body."""
    return {
        "[Content_Types].xml": TYPES.format(types),
        "_rels/.rels": relations(("officeDocument", "word/document.xml", "")),
        "word/document.xml": document(body),
        "word/_rels/document.xml.rels": relations(*links),
        **more,
    }


def packed(named: Mapping[str, str | bytes]) -> bytes:
    """Return a zip."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in named.items():
            package.writestr(name, content)
    return made.getvalue()


def word(body: str, **more: object) -> bytes:
    """Return a Word file with a body."""
    return packed(parts(body, **more))  # type: ignore[arg-type]
