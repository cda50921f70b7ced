"""Blocks as paragraphs and tables for the body of another Word file, with the styles that they need there under names of their own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from lotproof.documents.nodes import Block, Document
from lotproof.frozen import replace
from lotproof.writers.docx.body import Body
from lotproof.writers.docx.styles import styles
from lotproof.writers.docx.tables import Tables

PREFIX = "Lotproof"
"""Before the id of each style of ours."""

_STYLE = re.compile(r'<w:(pStyle|rStyle|tblStyle) w:val="([A-Za-z0-9]+)"/>')
_BEGIN = re.compile(
    r'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">[^<]*</w:instrText></w:r>'
    r'<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
)
_END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
_BOOKMARK = re.compile(r"<w:bookmark(?:Start|End) [^>]*/>")
_DEFINED = re.compile(r'<w:style w:type="(\w+)"[^>]* w:styleId="([A-Za-z0-9]+)">(.*?)</w:style>')
_NAMED = re.compile(r'<w:(basedOn|next) w:val="([A-Za-z0-9]+)"/>')
_NAME = re.compile(r'<w:name w:val="([^"]*)"/>')
_NUMBER = re.compile(r"<w:numPr>.*?</w:numPr>")
_DEFAULTS = re.compile(
    r"<w:rPrDefault><w:rPr>(.*?)</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr>(.*?)</w:pPr></w:pPrDefault>"
)


def fragment(document: Document, blocks: Sequence[Block], numbers: Mapping[str, str], width: int) -> str:
    """
    Return blocks as children of ``w:body``, the last one a paragraph.

    Numbers are written out as they are counted here, without fields: the file around them counts in its own way.

    Args:
        document: that the blocks belong to; its languages and words of reference are used.
        numbers: of every anchor that is referred to, and of the blocks themselves.
        width: of the text, in twentieths of a point.
    """
    document = replace(document, look=None)  # the file around them has a look of its own
    writer = Body(document)
    writer.width, writer.numbers, writer.runs.numbers = width, dict(numbers), numbers
    writer.tables = Tables(width, document, writer.runs)
    writer.blocks(blocks, ends=False)
    written = _BOOKMARK.sub("", _BEGIN.sub("", b"".join(writer.runs.out).decode()).replace(_END, ""))
    return _STYLE.sub(rf'<w:\1 w:val="{PREFIX}\2"/>', written)


@lru_cache(maxsize=2)
def fragment_styles(density: str = "normal") -> tuple[tuple[str, str], ...]:
    """
    Return id and ``w:style`` of each style that fragments use, none of them a default of the file and none numbered.

    What is the default of our own files stands in the first style, on which all others are based; so the look of the file around them
    does not reach in.
    """
    xml = styles(density)
    defaults = _DEFAULTS.search(xml)
    run, paragraph = defaults.groups() if defaults else ("", "")
    found = []
    for kind, style, content in _DEFINED.findall(xml):
        content = _NUMBER.sub("", _NAMED.sub(rf'<w:\1 w:val="{PREFIX}\2"/>', content))
        content = _NAME.sub(rf'<w:name w:val="{PREFIX} \1"/>', content, count=1).replace("<w:qFormat/>", "")
        if style == "Normal":
            content = re.sub(r"<w:pPr>.*?</w:pPr>", f"<w:pPr><w:widowControl/>{paragraph}</w:pPr>", content, count=1)
            content = re.sub(r"<w:rPr>.*?</w:rPr>", f"<w:rPr>{run}</w:rPr>", content, count=1)
        elif style == "Exhibit":
            content = content.replace(
                "<w:keepNext/><w:keepLines/>", "<w:keepNext/><w:keepLines/><w:pageBreakBefore/>", 1
            )
        if kind != "numbering":
            opening = f'<w:style w:type="{kind}" w:customStyle="1" w:styleId="{PREFIX}{style}">'
            found.append((PREFIX + style, f"{opening}{content}</w:style>"))
    return tuple(found)
