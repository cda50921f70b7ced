"""
Word: WordprocessingML written straight from the document's nodes.

Every text goes through :func:`lotproof.writers.xml.escape`; the parts of the package that do not depend on the order are deflated once.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from lotproof.documents.nodes import Document
from lotproof.documents.parts import composed, part_code, parts, text_digest
from lotproof.writers.docx.body import body
from lotproof.writers.docx.fixed import DATA_NAMESPACE, always
from lotproof.writers.docx.page import Footers, header, own_first, title
from lotproof.writers.docx.pictures import photographs
from lotproof.writers.docx.styles import NAMESPACES
from lotproof.writers.package import Beside, pack
from lotproof.writers.properties import core, custom
from lotproof.writers.qr import png
from lotproof.writers.xml import DECLARATION, escape

_OPENING = f"{DECLARATION}<w:document {NAMESPACES}><w:body>".encode()


def write(document: Document) -> bytes:
    """Return the document as a .docx package: the same bytes for the same document and the same zlib."""
    found = parts(document)
    written, texts = body(document, found)
    content: dict[str, str | Beside] = {
        "word/document.xml": Beside(b"".join((_OPENING, *written, b"</w:body></w:document>"))),
        "word/header1.xml": header(document),
        "docProps/core.xml": core(title(document), document.date, document.languages[0]),
        "docProps/custom.xml": _custom(document),
    }
    pictures: dict[str, bytes] = {}
    footed: dict[str, Sequence[str]] = {}
    look = document.look
    if look is not None and look.logo is not None:
        from lotproof.writers.docx.letterhead import logo_part

        pictures[f"word/{logo_part(look)}"] = look.logo.content
    if own_first(look):
        content["word/header2.xml"] = header(document, first=True)
    footers = Footers(document)
    for part, text in zip(found, texts, strict=True):
        digest = text_digest(composed(text))
        code = part_code(document, part, digest)
        footed[f"word/footer{part.place}.xml"] = footers.write(part, digest, code)
        pictures[f"word/media/code{part.place}.png"] = png(code)
        if part.place == 1 and own_first(look):
            footed["word/footer0.xml"] = footers.write(part, digest, code, first=True)
    shared = {"customXml/item1.xml": _data(document.data)}
    photos = {f"photo{place}.{one.format}": one.content for place, one in enumerate(photographs(document), 1)}
    pictures |= {f"word/media/{name}": photo for name, photo in photos.items()}
    fixed = always(document.density, document.protected, len(found), tuple(photos), look)
    return pack(content, fixed, shared, pictures, footed)


def _custom(document: Document) -> str:
    return custom(
        {
            "lotproof.kind": document.kind,
            "lotproof.number": document.number,
            "lotproof.digest": document.digest,
            "lotproof.status": "draft" if document.draft else "final",
        }
    )


def _data(data: tuple[str, ...]) -> tuple[str, ...]:
    opening = f'{DECLARATION}<lp:order xmlns:lp="{DATA_NAMESPACE}" type="application/json">'
    return (opening, *map(_escaped, data), "</lp:order>")


@lru_cache(maxsize=64)
def _escaped(piece: str) -> str:
    return escape(piece)
