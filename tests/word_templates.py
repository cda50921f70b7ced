"""Templates of contracts as a lawyer would save them: small Word packages from paragraphs and tables."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from html import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"

OWN = ("{{ goods_table }}", "{{ spec_exhibit }}", "{{ sampling_exhibit }}", "{{ signatures }}")
"""What every contract prints."""


def p(*runs: str, style: str = "") -> str:
    """Return a paragraph of runs; text that begins with ``<`` is taken as XML."""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}{''.join(map(run, runs))}</w:p>"


def run(text: str) -> str:
    """Return a run; text that begins with ``<`` is taken as XML."""
    return text if text.startswith("<") else f'<w:r><w:t xml:space="preserve">{escape(text, quote=False)}</w:t></w:r>'


def table(*rows: Sequence[str]) -> str:
    """Return a table of cells with a paragraph each."""
    columns, width = max(map(len, rows)), '<w:tcW w:w="2000" w:type="dxa"/>'
    cells = ["".join(f"<w:tc><w:tcPr>{width}</w:tcPr>{p(text)}</w:tc>" for text in row) for row in rows]
    grid = '<w:gridCol w:w="2000"/>' * columns
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def template(
    *body: str,
    header: str = "",
    footnotes: str = "",
    parts: Mapping[str, str | bytes] | None = None,
    relations: str = "",
    types: str = "",
) -> bytes:
    """
    Return a package.

    Args:
        body: paragraphs and tables; what is no XML becomes a paragraph.
        header: the same for one header; footnotes: text of one footnote.
        parts, relations, types: added as they are.
    """
    blocks = "".join(block if block.startswith("<w:") else p(block) for block in body)
    more, related, typed = dict(parts or {}), relations, types
    section = '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="454" w:gutter="0"/>'
    if header:
        more["word/header1.xml"] = f'<w:hdr xmlns:w="{W}">{header if header.startswith("<") else p(header)}</w:hdr>'
        related += f'<Relationship Id="rIdH" Type="{R}/header" Target="header1.xml"/>'
        typed += f'<Override PartName="/word/header1.xml" ContentType="{OFFICE}.header+xml"/>'
        section = f'<w:headerReference w:type="default" r:id="rIdH"/>{section}'
    if footnotes:
        more["word/footnotes.xml"] = (
            f'<w:footnotes xmlns:w="{W}"><w:footnote w:id="2">{p(footnotes)}</w:footnote></w:footnotes>'
        )
        related += f'<Relationship Id="rIdF" Type="{R}/footnotes" Target="footnotes.xml"/>'
        typed += f'<Override PartName="/word/footnotes.xml" ContentType="{OFFICE}.footnotes+xml"/>'
    document = (
        f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{blocks}<w:sectPr>{section}</w:sectPr></w:body></w:document>'
    )
    styles = f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style></w:styles>'
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        f'<Override PartName="/word/document.xml" ContentType="{OFFICE}.document.main+xml"/>'
        f'<Override PartName="/word/styles.xml" ContentType="{OFFICE}.styles+xml"/>{typed}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": document,
        "word/styles.xml": styles,
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{R}/styles" Target="styles.xml"/>{related}</Relationships>',
        **more,
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return out.getvalue()
