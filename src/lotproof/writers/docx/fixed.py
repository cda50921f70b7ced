"""The parts of a Word file that do not depend on the order: styles, numbering, settings, fonts."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from lotproof.frozen import frozen
from lotproof.writers.package import OFFICE, opening, relationships
from lotproof.writers.xml import DECLARATION

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)
DATA_NAMESPACE = "urn:lotproof:order:1"
STORE = "{6F1C0C7E-7B5B-5E0E-9C57-2B1F0B7A4D11}"
"""Identifies the custom XML part that holds the order's data."""

INK, MUTED, RULE, SHADE, WARN = "1F2933", "5B6770", "9AA5B1", "EDF1F5", "9B1C1C"


def _paragraph(
    style: str,
    name: str,
    properties: str = "",
    run: str = "",
    *,
    based: str = "Normal",
    after: str = "",
    custom: bool = True,
) -> str:
    return (
        f'<w:style w:type="paragraph"{" w:customStyle=" + chr(34) + "1" + chr(34) if custom else ""} w:styleId="{style}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{based}"/>{f"<w:next w:val={chr(34)}{after}{chr(34)}/>" if after else ""}<w:qFormat/>'
        f"{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{f'<w:rPr>{run}</w:rPr>' if run else ''}</w:style>"
    )


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _space(before: int, after: int, line: int = 0) -> str:
    return (
        f'<w:spacing w:before="{before}" w:after="{after}"'
        + (f' w:line="{line}" w:lineRule="auto"' if line else "")
        + "/>"
    )


_BODY_FONT = (
    '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="SimSun" w:cs="Times New Roman"/>'
)
_HEAD_FONT = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="SimHei" w:cs="Arial"/>'


@frozen(kw_only=True)
class Setting:
    """
    How close a document is set.

    Attributes:
        body, small: type of the text and of tables, in half points.
        after, line: space after a paragraph in twentieths of a point, and between lines in 240ths of a line.
        before: space before a heading, in twentieths of a point.
        margin, top, bottom: of the page, in twentieths of a point.
    """

    body: int
    small: int
    after: int
    line: int
    before: int
    margin: int
    top: int
    bottom: int


SETTINGS: Mapping[str, Setting] = MappingProxyType(
    {
        "normal": Setting(body=21, small=17, after=100, line=264, before=220, margin=1134, top=1247, bottom=1134),
        "form": Setting(body=18, small=15, after=100, line=264, before=220, margin=1134, top=1247, bottom=1134),
        "short": Setting(body=17, small=15, after=40, line=240, before=100, margin=850, top=964, bottom=907),
    }
)
"""By :attr:`lotproof.documents.nodes.Document.density`."""


@lru_cache(maxsize=3)
def styles(density: str) -> str:
    """Return the styles of a density."""
    setting = SETTINGS[density]
    body, small = setting.body, setting.small
    table = f'<w:top w:val="single" w:sz="4" w:space="0" w:color="{RULE}"/>'
    borders = "".join(
        table.replace("w:top", f"w:{side}") for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f"{DECLARATION}<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>"
        f'{_BODY_FONT}<w:color w:val="{INK}"/>{_size(body)}<w:lang w:val="en-GB" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
        f"</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>{_space(0, setting.after, setting.line)}</w:pPr></w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr><w:widowControl/></w:pPr></w:style>'
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="85" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
        + _paragraph(
            "Title",
            "Title",
            f'<w:keepNext/>{_space(0, 60)}<w:jc w:val="center"/>',
            f"{_HEAD_FONT}<w:b/><w:bCs/>{_size(32)}",
            custom=False,
        )
        + _paragraph(
            "Subtitle",
            "Subtitle",
            f'{_space(0, 160)}<w:jc w:val="center"/>',
            f'<w:color w:val="{MUTED}"/>{_size(body)}',
            custom=False,
        )
        + _paragraph(
            "Heading1",
            "heading 1",
            f'<w:keepNext/><w:keepLines/><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>{_space(setting.before, 80)}<w:outlineLvl w:val="0"/>',
            f"{_HEAD_FONT}<w:b/><w:bCs/>{_size(body + 1)}",
            custom=False,
        )
        + _paragraph(
            "HeadingBeside",
            "Heading Beside",
            f"<w:keepNext/><w:keepLines/>{_space(setting.before, 80)}",
            f"{_HEAD_FONT}<w:b/><w:bCs/>{_size(body + 1)}",
        )
        + _paragraph("Clause", "Clause", '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="1"/></w:numPr>', _BODY_FONT)
        + _paragraph("ClauseBeside", "Clause Beside", "", _BODY_FONT)
        + _paragraph(
            "Exhibit",
            "Exhibit Heading",
            f'<w:keepNext/><w:pageBreakBefore/>{_space(0, 140)}<w:outlineLvl w:val="0"/>',
            f"{_HEAD_FONT}<w:b/><w:bCs/>{_size(26)}",
        )
        + _paragraph("Note", "Note", f"<w:keepNext/>{_space(80, 80)}", f'<w:color w:val="{MUTED}"/>{_size(small + 1)}')
        + _paragraph(
            "Warning",
            "Warning",
            f'{_space(0, 160)}<w:jc w:val="center"/>',
            f'<w:b/><w:bCs/><w:color w:val="{WARN}"/>{_size(body - 1)}',
        )
        + _paragraph("Cell", "Cell", _space(24, 24, 240), _size(small))
        + _paragraph("CellStrong", "Cell Strong", "", "<w:b/><w:bCs/>", based="Cell")
        + _paragraph("CellMuted", "Cell Muted", "", f'<w:color w:val="{MUTED}"/>{_size(small - 1)}', based="Cell")
        + _paragraph(
            "CellId",
            "Cell Id",
            "",
            f'<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:cs="Arial"/><w:color w:val="{MUTED}"/>{_size(12)}',
            based="Cell",
        )
        + _paragraph(
            "CellHead", "Cell Head", "<w:keepNext/>", f"{_HEAD_FONT}<w:b/><w:bCs/>{_size(small - 1)}", based="Cell"
        )
        + _paragraph("Gap", "Gap", _space(0, 80, 120), _size(8))
        + _paragraph("Header", "header", f"{_space(0, 0)}", f'<w:color w:val="{MUTED}"/>{_size(15)}', custom=False)
        + _paragraph("Footer", "footer", f"{_space(0, 0)}", f'<w:color w:val="{MUTED}"/>{_size(15)}', custom=False)
        + f'<w:style w:type="character" w:customStyle="1" w:styleId="Blank"><w:name w:val="Blank"/><w:rPr><w:b/><w:bCs/><w:shd w:val="clear" w:color="auto" w:fill="FFF2A8"/></w:rPr></w:style>'
        f'<w:style w:type="character" w:styleId="PlaceholderText"><w:name w:val="Placeholder Text"/><w:rPr><w:color w:val="{MUTED}"/></w:rPr></w:style>'
        f'<w:style w:type="table" w:customStyle="1" w:styleId="Grid"><w:name w:val="Lot Grid"/><w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{borders}</w:tblBorders></w:tblPr></w:style>'
        '<w:style w:type="table" w:customStyle="1" w:styleId="Columns"><w:name w:val="Lot Columns"/><w:basedOn w:val="TableNormal"/></w:style>'
        "</w:styles>"
    )


@lru_cache(maxsize=1)
def numbering() -> str:
    """Return one multi-level list: headings, and clauses under them."""

    def level(index: int, text: str, style: str) -> str:
        return (
            f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="{style}"/><w:suff w:val="tab"/><w:lvlText w:val="{text}"/>'
            '<w:lvlJc w:val="left"/><w:pPr><w:tabs><w:tab w:val="num" w:pos="567"/></w:tabs><w:ind w:left="567" w:hanging="567"/></w:pPr></w:lvl>'
        )

    return (
        f'{DECLARATION}<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="0"><w:nsid w:val="4C6F7431"/><w:multiLevelType w:val="multilevel"/>'
        f'<w:tmpl w:val="50726F66"/><w:name w:val="Clauses"/>{level(0, "%1", "Heading1")}{level(1, "%1.%2", "Clause")}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )


@lru_cache(maxsize=2)
def settings(protected: bool) -> str:
    """Return the settings; ``protected`` leaves only the fields open. A seat belt, not security."""
    protection = '<w:documentProtection w:edit="forms" w:enforcement="1"/>' if protected else ""
    return (
        f'{DECLARATION}<w:settings {NAMESPACES}><w:zoom w:percent="100"/>{protection}<w:defaultTabStop w:val="720"/>'
        '<w:characterSpacingControl w:val="doNotCompress"/><w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="en-GB" w:eastAsia="zh-CN"/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


@lru_cache(maxsize=1)
def fonts() -> str:
    """Return the font table, with names of substitutes where the Chinese fonts are not installed."""

    def font(name: str, other: str, family: str, charset: str) -> str:
        alternative = f'<w:altName w:val="{other}"/>' if other else ""
        return f'<w:font w:name="{name}">{alternative}<w:charset w:val="{charset}"/><w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'

    return (
        f"{DECLARATION}<w:fonts {NAMESPACES}>"
        + font("Times New Roman", "Liberation Serif", "roman", "00")
        + font("Arial", "Liberation Sans", "swiss", "00")
        + font("SimSun", "\u5b8b\u4f53", "auto", "86")
        + font("SimHei", "\u9ed1\u4f53", "auto", "86")
        + "</w:fonts>"
    )


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_PARTS = (
    ("document", "document.main"),
    ("styles", "styles"),
    ("numbering", "numbering"),
    ("settings", "settings"),
    ("fontTable", "fontTable"),
    ("header1", "header"),
    ("footer1", "footer"),
)


def always(density: str, protected: bool) -> dict[str, str]:
    """Return the parts that many documents share."""
    return {
        **opening(
            "word/document.xml",
            {
                **{f"/word/{name}.xml": f"{_WORD}{kind}+xml" for name, kind in _PARTS},
                "/customXml/itemProps1.xml": "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
            },
        ),
        "word/_rels/document.xml.rels": relationships(
            (
                ("rId1", "styles", "styles.xml"),
                ("rId2", "numbering", "numbering.xml"),
                ("rId3", "settings", "settings.xml"),
                ("rId4", "fontTable", "fontTable.xml"),
                ("rId5", "header", "header1.xml"),
                ("rId6", "footer", "footer1.xml"),
                ("rId7", "customXml", "../customXml/item1.xml"),
            )
        ),
        "word/styles.xml": styles(density),
        "word/numbering.xml": numbering(),
        "word/settings.xml": settings(protected),
        "word/fontTable.xml": fonts(),
        "customXml/itemProps1.xml": f'{DECLARATION}<ds:datastoreItem xmlns:ds="{OFFICE.replace("/relationships/", "/customXml")}" ds:itemID="{STORE}"><ds:schemaRefs><ds:schemaRef ds:uri="{DATA_NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>',
        "customXml/_rels/item1.xml.rels": relationships((("rId1", "customXmlProps", "itemProps1.xml"),)),
    }
