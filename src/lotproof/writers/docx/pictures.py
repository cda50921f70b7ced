"""Photographs in a Word file: beside each other in a table without borders, each with its words under it."""

from __future__ import annotations

from lotproof.documents.nodes import Document, Picture, Pictures
from lotproof.wording.inlines import plain
from lotproof.writers.docx.runs import Runs
from lotproof.writers.docx.tables import LOOK
from lotproof.writers.xml import attribute

BESIDE = 3
"""Photographs in a row."""

_TALLEST = 2_340_000
"""Height of a photograph at most, in English metric units: 6.5 cm."""

_EMU = 635
"""English metric units in a twentieth of a point."""

_MARGIN = 220
"""Room beside a photograph in its cell, in twentieths of a point."""

_FIRST = 1000
"""Ids of photographs in Word are counted from here."""


def photographs(document: Document) -> tuple[Picture, ...]:
    """Return the photographs of a document in their order."""
    return tuple(one for block in document.blocks if isinstance(block, Pictures) for one in block.pictures)


def relation(place: int) -> str:
    """Return the id of the relationship to a photograph, counted from 1."""
    return f"rIdPhoto{place}"


def pictures(block: Pictures, runs: Runs, width: int, first: int) -> None:
    """
    Write a table of photographs.

    Args:
        width: of the text, in twentieths of a point.
        first: number of its first photograph in the document, from 1.
    """
    each, add = width // BESIDE, runs.out.append
    grid = f'<w:gridCol w:w="{each}"/>' * BESIDE
    add(
        (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="Columns"/><w:tblW w:w="{each * BESIDE}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{LOOK}'
            f"<w:tblCaption w:val={attribute(plain(block.pictures[0].words[0]))}/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>"
        ).encode()
    )
    opening = f'<w:tc><w:tcPr><w:tcW w:w="{each}" w:type="dxa"/></w:tcPr>'.encode()
    for at in range(0, len(block.pictures), BESIDE):
        row = block.pictures[at : at + BESIDE]
        add(b"<w:tr><w:trPr><w:cantSplit/></w:trPr>")
        for place, one in enumerate(row, first + at):
            add(opening)
            _cell(one, runs, each, place)
            add(b"</w:tc>")
        add((opening + b"<w:p/></w:tc>") * (BESIDE - len(row)) + b"</w:tr>")
    add(b"</w:tbl>")


def _cell(one: Picture, runs: Runs, width: int, number: int) -> None:
    runs.out.append(f"<w:p><w:pPr><w:keepNext/></w:pPr>{_drawing(one, width, number)}</w:p>".encode())
    for place in range(len(one.words)):
        runs.out.append(b'<w:p><w:pPr><w:pStyle w:val="Note"/></w:pPr>')
        runs.words(one.words, place)
        runs.out.append(b"</w:p>")


def _drawing(one: Picture, width: int, number: int) -> str:
    turned = one.turn in (90, 270)
    wide, tall = (one.height, one.width) if turned else (one.width, one.height)
    room = (width - _MARGIN) * _EMU
    across = min(room, _TALLEST * wide // tall)
    down = across * tall // wide
    inner = (down, across) if turned else (across, down)
    said = attribute(" / ".join(plain(inlines) for inlines in one.words))
    rotation = f' rot="{one.turn * 60000}"' if one.turn else ""
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{across}" cy="{down}"/>'
        f'<wp:docPr id="{_FIRST + number}" name="Photo {number}" descr={said}/><wp:cNvGraphicFramePr/><a:graphic>'
        '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="{_FIRST + number}" name="photo{number}.{one.format}" descr={said}/><pic:cNvPicPr/></pic:nvPicPr>'
        f'<pic:blipFill><a:blip r:embed="{relation(number)}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm{rotation}><a:off x="0" y="0"/><a:ext cx="{inner[0]}" cy="{inner[1]}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )
