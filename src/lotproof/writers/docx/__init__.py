"""
Word: WordprocessingML written straight from the document's nodes.

Every text goes through :func:`lotproof.writers.docx.runs.escape`; the parts that do not depend on the order are deflated once.
"""

from __future__ import annotations

from functools import lru_cache

from lotproof.documents.nodes import Document, Words
from lotproof.wording.inlines import plain
from lotproof.writers.docx.body import LANDSCAPE, PORTRAIT, body, text_width
from lotproof.writers.docx.fixed import DATA_NAMESPACE, NAMESPACES, SETTINGS, always
from lotproof.writers.docx.runs import field
from lotproof.writers.package import pack
from lotproof.writers.properties import core, custom
from lotproof.writers.xml import DECLARATION, escape


def write(document: Document) -> bytes:
    """Return the document as a .docx package: the same bytes for the same document and the same zlib."""
    page = LANDSCAPE if document.landscape else PORTRAIT
    setting = SETTINGS[document.density]
    orient = ' w:orient="landscape"' if document.landscape else ""
    section = (
        '<w:sectPr><w:headerReference w:type="default" r:id="rId5"/><w:footerReference w:type="default" r:id="rId6"/>'
        f'<w:pgSz w:w="{page[0]}" w:h="{page[1]}"{orient}/><w:pgMar w:top="{setting.top}" w:right="{setting.margin}" w:bottom="{setting.bottom}" w:left="{setting.margin}" '
        'w:header="567" w:footer="510" w:gutter="0"/></w:sectPr>'
    )
    parts = {
        "word/document.xml": f"{DECLARATION}<w:document {NAMESPACES}><w:body>{body(document)}{section}</w:body></w:document>",
        "word/header1.xml": _header(document),
        "word/footer1.xml": _footer(document),
        "docProps/core.xml": core(_title(document), document.date, document.languages[0]),
        "docProps/custom.xml": _custom(document),
    }
    shared = {"customXml/item1.xml": _data(document.data)}
    return pack(parts, always(document.density, document.protected), shared)


def _title(document: Document) -> str:
    return f"{_all(document.title)} {document.number}"


def _all(words: Words) -> str:
    return " ".join(plain(inlines) for inlines in words)


def _run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""


def _tabs(document: Document) -> str:
    return f'<w:pPr><w:pStyle w:val="Header"/><w:tabs><w:tab w:val="right" w:pos="{text_width(document)}"/></w:tabs></w:pPr>'


def _header(document: Document) -> str:
    mark = (
        _WATERMARK.replace("@TEXT@", escape(_all(document.labels["draft"])).replace('"', "&quot;"))
        if document.draft
        else ""
    )
    draft = f"{_all(document.labels['draft'])}" if document.draft else ""
    return f"{DECLARATION}<w:hdr {NAMESPACES}><w:p>{_tabs(document)}{mark}{_run(_title(document))}<w:r><w:tab/></w:r>{_run(draft)}</w:p></w:hdr>"


def _footer(document: Document) -> str:
    pages = []
    for place in range(len(document.languages)):
        page, of, end = (_in(document.labels[key], place) for key in ("page", "of", "page_end"))
        gap = " " if page.isascii() else ""
        lead = "   " if place else ""
        pages.append(
            _run(lead + page + gap) + field("PAGE", "1") + _run(gap + of + gap) + field("NUMPAGES", "1") + _run(end)
        )
    left = f"{_all(document.labels['digest'])} {document.digest[:16]}"
    return f"{DECLARATION}<w:ftr {NAMESPACES}><w:p>{_tabs(document).replace('Header', 'Footer')}{_run(left)}<w:r><w:tab/></w:r>{''.join(pages)}</w:p></w:ftr>"


def _in(words: Words, place: int) -> str:
    return plain(words[place] if place < len(words) else words[0])


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
