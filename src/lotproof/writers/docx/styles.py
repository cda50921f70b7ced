"""The styles of a Word file: one grid of type and space for each density, two families of type, four greys and a warning red."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

from lotproof.frozen import Frozen
from lotproof.writers.xml import DECLARATION

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"'
)

INK, MUTED, RULE, SHADE, WARN = "1F2933", "52606D", "9AA5B1", "EDF1F5", "9B1C1C"

INDENT = 567
"""How far a numbered paragraph stands in from its number, in twentieths of a point: 10 mm."""

GUTTER = 283
"""Room at the right of each language beside another, in twentieths of a point: 5 mm; that of the last one lies in the margin."""


class Setting(Frozen, kw_only=True):
    """
    How close a document is set.

    Attributes:
        body, small: type of the text and of tables, in half points.
        pitch, close: from line to line of the text and of tables, in twentieths of a point; exact, so that two languages keep level.
        after, before: space after a paragraph and before a heading, in twentieths of a point.
        margin, top, bottom: of the page, in twentieths of a point.
        write: height of a line to write on with a pen, in twentieths of a point.
    """

    body: int
    small: int
    pitch: int
    close: int
    after: int
    before: int
    margin: int
    top: int
    bottom: int
    write: int


SETTINGS: Mapping[str, Setting] = MappingProxyType(
    {
        "normal": Setting(
            body=21,
            small=17,
            pitch=280,
            close=216,
            after=100,
            before=240,
            margin=1134,
            top=1247,
            bottom=1361,
            write=482,
        ),
        "form": Setting(
            body=18, small=16, pitch=240, close=204, after=80, before=200, margin=850, top=1134, bottom=1361, write=454
        ),
        "short": Setting(
            body=17, small=15, pitch=204, close=184, after=40, before=90, margin=850, top=964, bottom=1304, write=397
        ),
    }
)
"""By :attr:`lotproof.documents.nodes.Document.density`."""


class Sheet(Frozen, kw_only=True):
    """The paper of a document as it lies, and its margins, in twentieths of a point."""

    width: int
    height: int
    top: int
    bottom: int
    left: int
    right: int
    header: int
    footer: int


@lru_cache(maxsize=6)
def sheet(density: str, *, landscape: bool) -> Sheet:
    """Return the paper of a density: A4."""
    setting = SETTINGS[density]
    return Sheet(
        width=A4[landscape],
        height=A4[not landscape],
        top=setting.top,
        bottom=setting.bottom,
        left=setting.margin,
        right=setting.margin,
        header=567,
        footer=454,
    )


A4 = (11906, 16838)
"""Twentieths of a point."""

_LANGUAGE = '<w:lang w:val="en-GB" w:eastAsia="zh-CN" w:bidi="ar-SA"/>'
_BODY_FONT = (
    '<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="SimSun" w:cs="Times New Roman"/>'
)
_HEAD_FONT = '<w:rFonts w:ascii="Arial" w:hAnsi="Arial" w:eastAsia="SimHei" w:cs="Arial"/>'
_BOLD = "<w:b/><w:bCs/>"
_KEEP = "<w:keepNext/><w:keepLines/>"


def _style(
    style: str,
    name: str,
    properties: str,
    run: str = "",
    *,
    based: str = "Normal",
    following: str = "",
    font: str = _BODY_FONT,
    own: bool = True,
) -> str:
    """Return a paragraph style; each names its fonts and its languages, so that no program has to guess them."""
    custom = ' w:customStyle="1"' if own else ""
    after = f'<w:next w:val="{following}"/>' if following else ""
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{style}"><w:name w:val="{name}"/><w:basedOn w:val="{based}"/>{after}<w:qFormat/>'
        f"{f'<w:pPr>{properties}</w:pPr>' if properties else ''}<w:rPr>{font}{run}{_LANGUAGE}</w:rPr></w:style>"
    )


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _colour(value: str) -> str:
    return f'<w:color w:val="{value}"/>'


def _space(before: int, after: int, pitch: int = 0, rule: str = "exact") -> str:
    line = f' w:line="{pitch}" w:lineRule="{rule}"' if pitch else ""
    return f'<w:spacing w:before="{before}" w:after="{after}"{line}/>'


def _number(level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr>'


def _edges(**sides: int) -> str:
    """Return borders: the weight of each side in eighths of a point."""
    return "".join(
        f'<w:{side} w:val="single" w:sz="{sides[side]}" w:space="0" w:color="{RULE}"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
        if side in sides
    )


def _table(style: str, name: str, properties: str) -> str:
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{style}"><w:name w:val="{name}"/><w:basedOn w:val="TableNormal"/>'
        f"<w:rPr>{_LANGUAGE}</w:rPr><w:tblPr>{properties}</w:tblPr></w:style>"
    )


def _character(style: str, name: str, run: str, *, own: bool = False) -> str:
    custom = ' w:customStyle="1"' if own else ""
    return (
        f'<w:style w:type="character"{custom} w:styleId="{style}"><w:name w:val="{name}"/><w:basedOn w:val="DefaultParagraphFont"/>'
        f"<w:rPr>{run}</w:rPr></w:style>"
    )


@lru_cache(maxsize=3)
def styles(density: str) -> str:
    """Return the styles of a density as they are without a look."""
    setting = SETTINGS[density]
    return (
        f"{DECLARATION}<w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>"
        f"{_BODY_FONT}{_colour(INK)}{_size(setting.body)}{_LANGUAGE}"
        f"</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>{_space(0, setting.after, setting.pitch, 'atLeast')}</w:pPr></w:pPrDefault></w:docDefaults>"
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/><w:pPr><w:widowControl/></w:pPr>'
        f"<w:rPr>{_BODY_FONT}{_LANGUAGE}</w:rPr></w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont"><w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/><w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/>'
        '<w:tblCellMar><w:top w:w="0" w:type="dxa"/><w:left w:w="85" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/><w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
        + _front(setting)
        + _text(setting)
        + _cells(setting)
        + _frame(setting)
        + "</w:styles>"
    )


def _front(setting: Setting) -> str:
    body = setting.body
    line = f'<w:pBdr><w:bottom w:val="single" w:sz="6" w:space="6" w:color="{RULE}"/></w:pBdr>'
    return (
        _style(
            "Title",
            "Title",
            f'<w:keepNext/>{_space(0, 80)}<w:jc w:val="center"/>',
            f"{_BOLD}{_size(34)}",
            font=_HEAD_FONT,
            own=False,
        )
        + _style(
            "Subtitle",
            "Subtitle",
            f'{_space(0, 60)}<w:jc w:val="center"/>',
            f"{_colour(MUTED)}{_size(body)}",
            own=False,
        )
        + _style(
            "Warning", "Warning", f'{_space(60, 120)}<w:jc w:val="center"/>', f"{_BOLD}{_colour(WARN)}{_size(body - 1)}"
        )
        + _style(
            "ContentsHeading",
            "Contents Heading",
            f"<w:keepNext/>{line}{_space(600, 160)}",
            f"{_BOLD}{_size(body + 3)}",
            font=_HEAD_FONT,
        )
        + _style(
            "TOC1",
            "toc 1",
            f'<w:tabs><w:tab w:val="left" w:pos="{INDENT}"/></w:tabs>{_space(0, 0, setting.pitch)}',
            own=False,
        )
    )


def _text(setting: Setting) -> str:
    body, pitch, after = setting.body, setting.pitch, setting.after
    return (
        _style("Heading1", "heading 1", f'{_KEEP}{_number(0)}{_space(setting.before, 70, pitch)}<w:outlineLvl w:val="0"/>', f"{_BOLD}{_size(body + 1)}", following="Clause", font=_HEAD_FONT, own=False)
        + _style("Clause", "Clause", f"{_number(1)}{_space(0, after, pitch)}")
        + _style("ClauseBeside", "Clause Beside", f'{_space(0, after, pitch)}<w:jc w:val="both"/>')
        + _style("BodyText", "Body Text", _space(0, after, pitch), own=False)
        + _style("Exhibit", "Exhibit Heading", f'{_KEEP}{_space(0, 160)}<w:outlineLvl w:val="0"/>', f"{_BOLD}{_size(body + 5)}", following="BodyText", font=_HEAD_FONT)
        + _style("Caption", "caption", f"{_KEEP}{_space(100, 60, setting.close + 10)}", f"{_BOLD}{_colour(MUTED)}{_size(setting.small)}", font=_HEAD_FONT, own=False)
        + _style("Note", "Note", f"<w:keepNext/>{_space(80, 80, setting.close + 20)}", f"{_colour(MUTED)}{_size(setting.small + 1)}")
    )  # fmt: skip


def _cells(setting: Setting) -> str:
    small, close = setting.small, setting.close
    return (
        _style("Cell", "Cell", _space(20, 20, close), _size(small))
        + _style("CellStrong", "Cell Strong", "", f"{_BOLD}{_size(small)}", based="Cell")
        + _style("CellMuted", "Cell Muted", "", f"{_colour(MUTED)}{_size(small - 1)}", based="Cell")
        + _style("CellId", "Cell Id", "", f"{_colour(MUTED)}{_size(13)}", based="Cell", font=_HEAD_FONT)
        + _style("CellHead", "Cell Head", "<w:keepNext/>", f"{_BOLD}{_size(small - 1)}", based="Cell", font=_HEAD_FONT)
        + _style("CellWrite", "Cell Write", _space(40, 0, setting.write * 3 // 4), _size(small), based="Cell")
    )


def _frame(setting: Setting) -> str:
    around = _edges(top=4, left=4, bottom=4, right=4, insideH=4, insideV=4)
    lines = _edges(top=8, bottom=8, insideH=2)
    no_margin = f'<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="{GUTTER}" w:type="dxa"/></w:tblCellMar>'
    return (
        _style("Gap", "Gap", _space(0, 0, 160), _size(8))
        + _style("Break", "Break", _space(0, 0, 20), _size(2))
        + _style("Header", "header", _space(0, 0), f"{_colour(MUTED)}{_size(15)}", own=False)
        + _style("Footer", "footer", _space(0, 0), f"{_colour(MUTED)}{_size(15)}", own=False)
        + _character(
            "Blank", "Blank", f'{_BOLD}<w:shd w:val="clear" w:color="auto" w:fill="FFF2A8"/>{_LANGUAGE}', own=True
        )
        + _character("PlaceholderText", "Placeholder Text", f"{_colour(MUTED)}{_LANGUAGE}")
        + _table("Grid", "Lot Grid", f"<w:tblBorders>{around}</w:tblBorders>")
        + _table("Lines", "Lot Lines", f"<w:tblBorders>{lines}</w:tblBorders>")
        + _table("Columns", "Lot Columns", no_margin)
    )
