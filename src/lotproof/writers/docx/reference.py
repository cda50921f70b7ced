"""
``reference.docx``: a look as a Word file to edit, with a page that shows every style.

Its styles inherit as Word's do, so that another font of *Normal* becomes the font of everything that has none of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from lotproof.looks.model import Lines, Look
from lotproof.looks.values import STYLES, TABLES
from lotproof.writers.docx.chosen import sheet_of
from lotproof.writers.docx.fixed import fonts, numbering, settings
from lotproof.writers.docx.letterhead import RELATION, letterhead, logo_part, prints_logo
from lotproof.writers.docx.looking import head_shade, inheriting, looked_styles
from lotproof.writers.docx.styles import NAMESPACES
from lotproof.writers.package import opening, pack, relationships
from lotproof.writers.properties import UNDATED, core, custom
from lotproof.writers.xml import DECLARATION, escape

_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_TABLE = re.compile(r'(<w:style w:type="table"[^>]* w:styleId="(\w+)">.*?)(</w:style>)')

_SHOWN = (
    ("Title", "Title 标题"),
    ("Subtitle", "Subtitle: contract number 合同编号"),
    ("Warning", "Warning: a draft says so here 警示"),
    ("ContentsHeading", "Contents Heading 目录"),
    ("TOC1", "toc 1: a line of the contents 目录行"),
    ("Heading1", "heading 1: heading of a provision 条款标题"),
    (
        "Clause",
        "Clause: a numbered sentence of the contract. Change the style, not this text: nothing that stands on this page is printed.",
    ),
    ("Clause", "Clause: 合同条款正文。请修改样式，本页文字不会打印。"),
    ("ClauseBeside", "Clause Beside: the second language, beside the first one. 第二语言。"),
    ("BodyText", "Body Text: a sentence of an exhibit. 附件正文。"),
    ("Exhibit", "Exhibit Heading 附件标题"),
    ("Note", "Note: a remark above a table. 说明。"),
)
_CELLS = (
    ("Cell", "Cell 单元格"),
    ("CellStrong", "Cell Strong 加粗"),
    ("CellMuted", "Cell Muted 次要"),
    ("CellId", "Cell Id: 0123456789abcdef"),
    ("CellWrite", "Cell Write 填写"),
)


def reference(look: Look, title: str) -> bytes:
    """
    Return a look as a .docx package: the same bytes for the same look.

    Args:
        title: of the document, for its properties.
    """
    stories = _stories(look)
    logo = look.logo
    types = {f"/word/{name}.xml": f"{_WORD}{kind}+xml" for name, kind in _PARTS}
    types |= {f"/word/{name}.xml": f"{_WORD}{name[:6]}+xml" for name in stories}
    fixed = {
        **opening("word/document.xml", types, pictures=(logo.format,) if logo is not None else ()),
        "word/_rels/document.xml.rels": relationships(
            (
                ("rId1", "styles", "styles.xml"),
                ("rId2", "numbering", "numbering.xml"),
                ("rId3", "settings", "settings.xml"),
                ("rId4", "fontTable", "fontTable.xml"),
                *((f"rId{10 + place}", name[:6], f"{name}.xml") for place, name in enumerate(stories)),
            )
        ),
        "word/styles.xml": _styles(look),
        "word/numbering.xml": numbering(),
        "word/settings.xml": settings(protected=False),
        "word/fontTable.xml": fonts(look),
        **{
            f"word/_rels/{name}.xml.rels": relationships(((RELATION, "image", logo_part(look)),))
            for name, (lines, _) in stories.items()
            if logo is not None and prints_logo(lines)
        },
    }
    content = {
        "word/document.xml": _document(look, stories),
        "docProps/core.xml": core(title, UNDATED, "en"),
        "docProps/custom.xml": custom({"lotproof.kind": "look"}),
    }
    for name, (lines, _) in stories.items():
        element, style = ("hdr", "Header") if name.startswith("header") else ("ftr", "Footer")
        text = letterhead(lines, style) or f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr></w:p>'
        content[f"word/{name}.xml"] = f"{DECLARATION}<w:{element} {NAMESPACES}>{text}</w:{element}>"
    pictures = {f"word/{logo_part(look)}": logo.content} if logo is not None else {}
    return pack(content, fixed, pictures=pictures)


_PARTS = (
    ("document", "document.main"),
    ("styles", "styles"),
    ("numbering", "numbering"),
    ("settings", "settings"),
    ("fontTable", "fontTable"),
)


def _stories(look: Look) -> dict[str, tuple[Lines, str]]:
    """Return the lines of each header and footer by the name of its part, and on which pages it stands."""
    found = {"header1": (look.header, "default"), "footer1": (look.footer, "default")}
    if look.first is not None:
        found |= {"header2": (look.first[0], "first"), "footer2": (look.first[1], "first")}
    return found


def _styles(look: Look) -> str:
    def table(match: re.Match[str]) -> str:
        if match[2] not in TABLES:
            return match[0]
        shade = f'<w:shd w:val="clear" w:color="auto" w:fill="{head_shade(look, match[2])}"/>'
        return f'{match[1]}<w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr>{shade}</w:tcPr></w:tblStylePr>{match[3]}'

    return _TABLE.sub(table, inheriting(looked_styles("normal", look)))


def _document(look: Look, stories: Mapping[str, tuple[Lines, str]]) -> str:
    sheet = sheet_of("normal", look, landscape=False)
    body = [_paragraph(style, text) for style, text in _SHOWN]
    width = sheet.width - sheet.left - sheet.right
    for table, name in TABLES.items():
        body += (_paragraph("Caption", f"caption, {name} 表格标题"), _table(table, width), _GAP)
    references = "".join(
        f'<w:{name[:6]}Reference w:type="{pages}" r:id="rId{10 + place}"/>'
        for place, (name, (_, pages)) in enumerate(stories.items())
    )
    own = "<w:titlePg/>" if look.first is not None else ""
    section = (
        f'<w:sectPr>{references}<w:pgSz w:w="{sheet.width}" w:h="{sheet.height}"/><w:pgMar w:top="{sheet.top}" w:right="{sheet.right}" '
        f'w:bottom="{sheet.bottom}" w:left="{sheet.left}" w:header="{sheet.header}" w:footer="{sheet.footer}" w:gutter="0"/>{own}</w:sectPr>'
    )
    return f"{DECLARATION}<w:document {NAMESPACES}><w:body>{''.join(body)}{section}</w:body></w:document>"


_GAP = '<w:p><w:pPr><w:pStyle w:val="Gap"/></w:pPr></w:p>'


def _paragraph(style: str, text: str) -> str:
    hint = (
        ""
        if text.isascii()
        else '<w:rPr><w:rFonts w:hint="eastAsia"/><w:lang w:val="en-GB" w:eastAsia="zh-CN"/></w:rPr>'
    )
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r>{hint}<w:t>{escape(text)}</w:t></w:r></w:p>'


def _table(style: str, width: int) -> str:
    each = width // 2
    cell = f'<w:tc><w:tcPr><w:tcW w:w="{each}" w:type="dxa"/></w:tcPr>'
    rows = [(("CellHead", f"{STYLES['CellHead'].name} 表头"), ("CellHead", TABLES[style]))]
    rows += [(one, ("Cell", "12.5 mm")) for one in _CELLS]
    column = f'<w:gridCol w:w="{each}"/>'
    written = []
    for place, row in enumerate(rows):
        head = "<w:tblHeader/>" if place == 0 else ""
        cells = "".join(f"{cell}{_paragraph(*one)}</w:tc>" for one in row)
        written.append(f"<w:tr><w:trPr><w:cantSplit/>{head}</w:trPr>{cells}</w:tr>")
    look = '<w:tblLook w:val="0420" w:firstRow="1" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="0" w:noVBand="1"/>'
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="{style}"/><w:tblW w:w="{2 * each}" w:type="dxa"/><w:tblLayout w:type="fixed"/>{look}'
        f'<w:tblCaption w:val="{TABLES[style]}"/></w:tblPr><w:tblGrid>{column * 2}</w:tblGrid>{"".join(written)}</w:tbl>'
    )
