"""The letterhead of a house in headers and footers of a Word file: lines of text, and the logo."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lotproof.characters import has_chinese
from lotproof.looks.model import Lines, Look, Place, Run, Value
from lotproof.writers.docx.chosen import sheet_of
from lotproof.writers.docx.looking import FOOTER, Children, framed, line_height
from lotproof.writers.xml import attribute, escape

RELATION = "rIdLogo"
"""Of the logo, in each header and footer that prints it."""

_PIECE = re.compile(r"([\t\n])")
_ORDER = ("pBdr", "shd", "tabs", "spacing", "ind", "jc")


def logo_part(look: Look) -> str:
    """Return the name of the part that holds the logo."""
    return f"media/logo.{look.logo.format}" if look.logo is not None else ""


def prints_logo(lines: Lines) -> bool:
    """Say whether a header or a footer prints the logo."""
    return any(isinstance(run, Place) for line in lines for run in line.runs)


def letterhead(lines: Lines, style: str, width: int = 1, usual: int = 1) -> str:
    """
    Return the paragraphs of a letterhead.

    Args:
        style: ``Header`` or ``Footer``.
        width, usual: of the text on this page and on an upright one; tab stops move in proportion, so that what stands at the right
            edge stands there on a page that lies on its side too.
    """
    written = []
    for line in lines:
        have: Mapping[str, Value] = dict(line.properties)
        before, after = have.get("before", 0), have.get("after", 0)
        paragraph: Children = {
            "spacing": f'<w:spacing w:before="{before}" w:after="{after}" w:line="240" w:lineRule="auto"/>'
        }
        framed(paragraph, {"align": "left", **have})
        if line.tabs:
            stops = "".join(f'<w:tab w:val="{kind}" w:pos="{place * width // usual}"/>' for kind, place in line.tabs)
            paragraph["tabs"] = f"<w:tabs>{stops}</w:tabs>"
        properties = "".join(paragraph[key] for key in _ORDER if key in paragraph)
        runs = "".join(_logo(run) if isinstance(run, Place) else _text(run) for run in line.runs)
        written.append(f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{properties}</w:pPr>{runs}</w:p>')
    return "".join(written)


def first_page(density: str, look: Look | None) -> int:
    """
    Return about how much room the first page of a document leaves for text, in twentieths of a point.

    A header that is higher than its margin pushes the text down, a footer pushes it up; a title takes what it has more than 14 points.
    """
    sheet = sheet_of(density, look, landscape=False)
    above = below = title = 0
    if look is not None:
        headers, footers = look.first if look.first is not None else (look.header, look.footer)
        above, below = sum(map(line_height, headers)), sum(map(line_height, footers))
        said = {
            key: int(value) for key, value in dict(look.styles).get("Title", ()) if key in ("size", "before", "line")
        }
        title = said.get("before", 0) + max(said.get("line", 0), 12 * said.get("size", 0)) - 408
    top = max(sheet.top, sheet.header + above + _TITLE_LINE)
    bottom = max(sheet.bottom, sheet.footer + below + FOOTER)
    return sheet.height - top - bottom - max(title, 0)


_TITLE_LINE = 240
"""Height of what stands in a header in any case."""


def _text(run: Run) -> str:
    properties = _run_properties(run)
    pieces = []
    for piece in _PIECE.split(run.text):
        if piece == "\t":
            pieces.append("<w:tab/>")
        elif piece == "\n":
            pieces.append("<w:br/>")
        elif piece:
            pieces.append(f'<w:t xml:space="preserve">{escape(piece)}</w:t>')
    return f"<w:r><w:rPr>{properties}</w:rPr>{''.join(pieces)}</w:r>"


def _run_properties(run: Run) -> str:
    have = dict(run.properties)
    made = []
    chinese = has_chinese(run.text)
    fonts = ' w:hint="eastAsia"' if chinese else ""
    if "ascii" in have:
        latin = attribute(str(have["ascii"]))
        fonts += f" w:ascii={latin} w:hAnsi={latin} w:cs={latin}"
    if "east_asia" in have:
        fonts += f" w:eastAsia={attribute(str(have['east_asia']))}"
    if fonts:
        made.append(f"<w:rFonts{fonts}/>")
    for flag, names in (
        ("bold", ("b", "bCs")),
        ("italic", ("i", "iCs")),
        ("caps", ("caps",)),
        ("small_caps", ("smallCaps",)),
    ):
        if flag in have:
            made += [f"<w:{name}/>" if have[flag] else f'<w:{name} w:val="0"/>' for name in names]
    if "colour" in have:
        made.append(f'<w:color w:val="{have["colour"]}"/>')
    if "tracking" in have:
        made.append(f'<w:spacing w:val="{have["tracking"]}"/>')
    if "size" in have:
        made += [f'<w:{name} w:val="{have["size"]}"/>' for name in ("sz", "szCs")]
    if have.get("underline"):
        made.append('<w:u w:val="single"/>')
    if chinese:
        made.append('<w:lang w:val="en-GB" w:eastAsia="zh-CN"/>')
    return "".join(made)


def _logo(place: Place) -> str:
    extent = f'cx="{place.width}" cy="{place.height}"'
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {extent}/><wp:docPr id="2" name="Logo" descr="Logo"/>'
        '<wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
        f'<pic:cNvPr id="2" name="logo" descr="Logo"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{RELATION}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
        f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {extent}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )
