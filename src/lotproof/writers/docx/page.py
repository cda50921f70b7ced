"""What stands around the text of a Word file: page, header, watermark, and a footer for each part with the digest of its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lotproof.documents.nodes import Document, Words
from lotproof.documents.parts import Part
from lotproof.wording.inlines import plain
from lotproof.writers.docx.chosen import sheet_of
from lotproof.writers.docx.runs import field
from lotproof.writers.docx.styles import NAMESPACES, Sheet
from lotproof.writers.typography import NO_BREAK
from lotproof.writers.xml import DECLARATION, attribute, escape

if TYPE_CHECKING:
    from lotproof.looks.model import Lines, Look

_NAMESPACES = NAMESPACES.partition(" xmlns:v=")[0]
"""Of a footer, which has no drawing of the old kind."""

FIRST_HEADER = "rId7"
"""Relationship of the header of the first page, where it has its own; that of its footer comes before those of the parts."""

CODE = 468000
"""Side of the picture of a QR code in EMU: 13 mm, of which each module is 0.42 mm."""

_CODE_CELL, _PAGES_CELL = 907, 2381
"""Widths of a footer's last cells, in twentieths of a point: they leave the code the light edge that it needs."""


def text_width(document: Document) -> int:
    """Return the width between the margins, in twentieths of a point."""
    page = _sheet(document)
    return page.width - page.left - page.right


def _sheet(document: Document) -> Sheet:
    return sheet_of(document.density, document.look, landscape=document.landscape)


def section(document: Document, part: Part, *, opens: bool = False) -> str:
    """
    Return the properties of the section that prints a part: its page, its header and its footer.

    Args:
        opens: it has the first page of the document, which may have a letterhead of its own.
    """
    page = _sheet(document)
    orient = ' w:orient="landscape"' if document.landscape else ""
    own = opens and own_first(document.look)
    first = (
        f'<w:headerReference w:type="first" r:id="{FIRST_HEADER}"/><w:footerReference w:type="first" r:id="rId10"/>'
        if own
        else ""
    )
    return (
        f'<w:sectPr>{first}<w:headerReference w:type="default" r:id="rId5"/><w:footerReference w:type="default" r:id="rId{10 + part.place}"/>'
        f'<w:pgSz w:w="{page.width}" w:h="{page.height}"{orient}/><w:pgMar w:top="{page.top}" w:right="{page.right}" w:bottom="{page.bottom}" '
        f'w:left="{page.left}" w:header="{page.header}" w:footer="{page.footer}" w:gutter="0"/>{"<w:titlePg/>" if own else ""}</w:sectPr>'
    )


def own_first(look: Look | None) -> bool:
    """Say whether the first page has a header and a footer of its own."""
    return look is not None and look.first is not None


def title(document: Document) -> str:
    """Return what the document is called."""
    return f"{joined(document.title)} {document.number}"


def header(document: Document, *, first: bool = False) -> str:
    """
    Return the header: the letterhead of a house, what the document is and, of a draft, that it is one.

    Args:
        first: of the first page, where it has its own; its title says what the document is.
    """
    mark, draft = "", ""
    if document.draft:
        draft = joined(document.labels["draft"])
        mark = _WATERMARK.replace("@TEXT@", escape(draft).replace('"', "&quot;"))
    tabs = f'<w:pPr><w:pStyle w:val="Header"/><w:tabs><w:tab w:val="right" w:pos="{text_width(document)}"/></w:tabs></w:pPr>'
    end = f"<w:r><w:tab/></w:r>{_run(draft)}" if draft else ""
    above, named = "", _run(title(document))
    if document.look is not None:
        above, named = _letterhead(document, document.look, 0, first), "" if first else named
        mark = mark.replace("_s2049", "_s2050") if first else mark
    return f"{DECLARATION}<w:hdr {NAMESPACES}>{above}<w:p>{tabs}{mark}{named}{end}</w:p></w:hdr>"


def _letterhead(document: Document, look: Look, place: int, first: bool) -> str:
    """Return the letterhead in the header (0) or the footer (1) of the first page or of the others."""
    from lotproof.writers.docx.letterhead import letterhead

    usual = sheet_of("normal", look, landscape=False)
    style = ("Header", "Footer")[place]
    return letterhead(
        letterhead_lines(look, place, first), style, text_width(document), usual.width - usual.left - usual.right
    )


def letterhead_lines(look: Look, place: int, first: bool) -> Lines:
    """Return the lines of a letterhead: of the header (0) or the footer (1), of the first page or of the others."""
    if first and look.first is not None:
        return look.first[place]
    return (look.header, look.footer)[place]


class Footers:
    """Writes the footers of a document: number and digest of the order, name and digest of the part, page x of y, and the part's code."""

    def __init__(self, document: Document) -> None:
        self.document, labels = document, document.labels
        self.label = joined(labels["part"])
        order = (
            f"{joined(labels['number'])} {document.number}  \u00b7  {joined(labels['digest'])} {document.digest[:16]}"
        )
        pages = "".join(_paragraph(_page(document, place), _RIGHT) for place in range(len(document.languages)))
        widths = (text_width(document) - _PAGES_CELL - _CODE_CELL, _PAGES_CELL, _CODE_CELL)
        grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
        cell = '<w:tc><w:tcPr><w:tcW w:w="{}" w:type="dxa"/><w:vAlign w:val="bottom"/></w:tcPr>'
        first, second, third = map(cell.format, widths)
        self.opening = f"{DECLARATION}<w:ftr {_NAMESPACES}>"
        self.table = (
            f'<w:tbl><w:tblPr><w:tblStyle w:val="Columns"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
            '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
            f"<w:tblCaption w:val={attribute(joined(labels['digest']))}/></w:tblPr><w:tblGrid>{grid}</w:tblGrid><w:tr><w:trPr><w:cantSplit/></w:trPr>"
            f"{first}{_paragraph(_run(order))}{_BEFORE}"
        )
        self.middle = f"{_AFTER}</w:p></w:tc>{second}{pages}</w:tc>{third}{_PARAGRAPH}{_RIGHT}</w:pPr>{_PICTURE}"

    def write(self, part: Part, digest: str, code: str, *, first: bool = False) -> tuple[str, ...]:
        """
        Write the footer of a part, in pieces: in turn what the footers of a document share, and what is its own.

        A letterhead stands above the table: LibreOffice shows nothing that stands under a table in a footer.

        Args:
            first: of the first page, where it has its own letterhead.
        """
        look = self.document.look
        above = _letterhead(self.document, look, 1, first) if look is not None else ""
        said = escape(f"{joined(part.name)}  \u00b7  {self.label} {digest}")
        return f"{self.opening}{above}{self.table}", said, self.middle, attribute(f"QR code: {code}"), _END


_RIGHT = '<w:jc w:val="right"/>'


def joined(words: Words) -> str:
    """Return all languages on one line."""
    return " ".join(plain(inlines) for inlines in words)


def _page(document: Document, place: int) -> str:
    page, of, end = (_in(document.labels[key], place) for key in ("page", "of", "page_end"))
    gap = NO_BREAK if page.isascii() else ""
    return f"{_run(page + gap)}{field('PAGE', '1')}{_run(gap + of + gap)}{field('NUMPAGES', '1')}{_run(end)}"


def _in(words: Words, place: int) -> str:
    return plain(words[place] if place < len(words) else words[0])


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""


_PARAGRAPH = '<w:p><w:pPr><w:pStyle w:val="Footer"/>'
_BEFORE, _AFTER = f'{_PARAGRAPH}</w:pPr><w:r><w:t xml:space="preserve">', "</w:t></w:r>"


def _paragraph(content: str, properties: str = "") -> str:
    return f"{_PARAGRAPH}{properties}</w:pPr>{content}</w:p>"


_EXTENT = f'cx="{CODE}" cy="{CODE}"'
_PICTURE = f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {_EXTENT}/><wp:docPr id="1" name="Code" descr='
_END = (
    '/><wp:cNvGraphicFramePr/><a:graphic><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:pic><pic:nvPicPr>'
    '<pic:cNvPr id="1" name="code.png"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="rId1"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill>'
    f'<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {_EXTENT}/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    '</w:p></w:tc></w:tr></w:tbl><w:p><w:pPr><w:pStyle w:val="Break"/></w:pPr></w:p></w:ftr>'
)
"""What stands around the alternative text of the code, whose picture is what ``rId1`` of the footer names."""

_WATERMARK = (
    '<w:r><w:pict><v:shapetype id="_x0000_t136" coordsize="21600,21600" o:spt="136" adj="10800" path="m@7,l@8,m@5,21600l@6,21600e"><v:formulas>'
    '<v:f eqn="sum #0 0 10800"/><v:f eqn="prod #0 2 1"/><v:f eqn="sum 21600 0 @1"/><v:f eqn="sum 0 0 @2"/><v:f eqn="sum 21600 0 @3"/>'
    '<v:f eqn="if @0 @3 0"/><v:f eqn="if @0 21600 @1"/><v:f eqn="if @0 0 @2"/><v:f eqn="if @0 @4 21600"/></v:formulas>'
    '<v:path textpathok="t" o:connecttype="custom" o:connectlocs="@9,0;@10,10800;@11,21600;@12,10800" o:connectangles="270,180,90,0"/>'
    '<v:textpath on="t" fitshape="t"/><o:lock v:ext="edit" text="t" shapetype="t"/></v:shapetype>'
    '<v:shape id="LotproofDraft" o:spid="_x0000_s2049" type="#_x0000_t136" alt="Watermark: @TEXT@" '
    'style="position:absolute;margin-left:0;margin-top:0;width:400pt;height:100pt;rotation:315;z-index:-251658752;'
    'mso-position-horizontal:center;mso-position-horizontal-relative:margin;mso-position-vertical:center;mso-position-vertical-relative:margin" '
    'o:allowincell="f" fillcolor="#D9DEE3" stroked="f"><v:fill opacity=".5"/>'
    '<v:textpath style="font-family:&quot;Arial&quot;;font-size:1pt" string="@TEXT@"/></v:shape></w:pict></w:r>'
)
