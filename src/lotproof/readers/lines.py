"""Plain text and Markdown: lines joined to the paragraphs that a reader sees."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from lotproof.findings import Finding, Refused
from lotproof.messages import say
from lotproof.readers.docx import typed_number
from lotproof.readers.model import Cell, Passage, Reading
from lotproof.readers.package import MAX_FILE, too_large

_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_BEGINS = re.compile(
    r"\s*(?:[0-9]{1,3}(?:\.[0-9]{1,3})*[.)、）]?\s+\S|[0-9]{1,2}[、.．)）]|第.{1,5}[条章节款]|[一二三四五六七八九十]{1,3}[、.．]|[（(][0-9a-z一二三四五六七八九十]{1,3}[)）]"
    r"|[-*•·●○▪–—]\s|[A-Za-z]\)\s|[A-Za-z][\w /&().-]{0,40}:(?:\s|\Z)|[\u3400-\u9fff（）()/、]{2,14}[:：]"
    r"|(?:Article|Clause|Section)\s[0-9IVX]|\||#{1,6}\s)"
)
"""How a line begins that starts something new."""
_EXHIBIT = re.compile(
    r"\s*(?:(?:exhibit|annex|appendix|schedule)\s(?:[a-z]|[0-9]{1,2})|(?:附件|附录)\s?[a-z0-9一二三四五六七八九十]{1,2})(?:\s?[-–—:：|]|\s{2}|\s*\Z)",
    re.IGNORECASE,
)
"""The title of an exhibit, which no sentence goes on from."""
_CLOSED = re.compile(r"[.。;；:：!?！？]\s*\Z")
_MD_ROW = re.compile(r"\s*\|.*\|\s*\Z")
_MD_RULE = re.compile(r"[\s|:-]+\Z")
_MD_SIGNS = re.compile(r"\*\*|__|(?<![\w\\])[*_](?=\S)|(?<=\S)[*_](?![\w])|`|\\(?=[\\`*_{}\[\]()#+.!|-])")
_MD_LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\]\([^)\n]{0,500}\)")
_SHORT, _WRAPPED = 45, 120
"""How wide a line is that was broken to fit a page; a Chinese character counts twice."""
_WIDE = re.compile(r"[\u3000-\u9fff\uff00-\uffef]")
_LATIN1 = re.compile(rb"[\x80-\xff]+")


def read_txt(content: bytes, name: str) -> Reading:
    """
    Read plain text in UTF-8, UTF-16, GB18030 or the Western encoding of Windows.

    Raises:
        Refused: none of these, or no text at all (LP508), or too large (LP503).
    """
    lines = decoded(content, name).split("\n")
    return Reading(format="txt", passages=tuple(paragraphs(enumerate(lines, 1))))


def read_md(content: bytes, name: str) -> Reading:
    """Read Markdown: as :func:`read_txt`, its tables as tables and its marks left out."""
    text: list[tuple[int, str]] = []
    cells: list[Passage] = []
    table, row, headings = 0, 0, {}
    for number, line in enumerate(decoded(content, name).split("\n"), 1):
        if not _MD_ROW.match(line):
            row = 0
            text.append((number, line))
        elif not _MD_RULE.match(line):
            columns = [_plain(cell).strip() for cell in re.split(r"(?<!\\)\|", line.strip()[1:-1])]
            if row == 0:
                table, headings = table + 1, dict(enumerate(columns, 1))
            row += 1
            cells += _cells(columns, headings, table, row, number)
    passages = sorted((*paragraphs(text, markdown=True), *cells), key=lambda passage: passage.first_line)
    return Reading(format="md", passages=tuple(passages))


def _cells(cells: list[str], headings: dict[int, str], table: int, row: int, line: int) -> Iterator[Passage]:
    for column, text in enumerate(cells, 1):
        if text:
            yield Passage(
                place=(("table", str(table)), ("row", str(row)), ("column", headings.get(column) or str(column))),
                text=text,
                kind="cell",
                cell=Cell(table=table, row=row, column=column),
                first_line=line,
            )


def decoded(content: bytes, name: str) -> str:
    """Return text of any of the encodings that contracts come in, lines parted by newlines."""
    if len(content) > MAX_FILE:
        raise Refused([too_large(name, say("more than {most:,} bytes", most=MAX_FILE))])
    text = _decoded(content)
    if text is None or _CONTROL.search(text):
        raise Refused([_no_text(name)])
    if not text.strip():
        raise Refused([_empty(name)])
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n").replace("\x0b", "\n")


def _decoded(content: bytes) -> str | None:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ["utf-16"]
    elif content[:4096].count(0) > len(content[:4096]) // 8:
        half = content[:4096:2].count(0) > content[1:4096:2].count(0)
        encodings = ["utf-16-be" if half else "utf-16-le"]
    else:
        encodings = ["utf-8-sig", *(["cp1252", "gb18030"] if _is_western(content) else ["gb18030", "cp1252"])]
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return None


def _is_western(content: bytes) -> bool:
    """Say whether single bytes above 127 stand between Latin letters, as typographic quotes and accents do; Chinese comes in pairs."""
    lone = pairs = 0
    for found in _LATIN1.finditer(content[:1_000_000]):
        if found.end() - found.start() == 1:
            lone += 1
        else:
            pairs += 1
    return lone > pairs


def paragraphs(
    lines: Iterable[tuple[int, str]], *, markdown: bool = False, narrow: int = _SHORT, clause: str = "", page: int = 0
) -> Iterator[Passage]:
    """
    Join lines that one sentence runs over; a line that begins something new, or a gap, ends a passage.

    Args:
        lines: numbered from 1; numbers that are left out are gaps.
        markdown: leave its marks out.
        narrow: the width from which on a line may have been broken.
        clause: what the first lines stand under.
        page: that they stand on; 0 in files without pages.
    """
    block: list[str] = []
    first = last = 0
    for number, line in lines:
        new = (
            not line.strip()
            or number != last + 1
            or not _runs_on(block, line, narrow)
            or _BEGINS.match(line[:80]) is not None
        )
        if new and block:
            passage = _passage(block, first, clause, markdown, page)
            clause = passage.clause
            yield passage
            block = []
        last = number
        if line.strip():
            if not block:
                first = number
            block.append(line)
    if block:
        yield _passage(block, first, clause, markdown, page)


def _runs_on(block: list[str], line: str, narrow: int) -> bool:
    """Say whether a sentence may go on in ``line``: the one before was broken by its width, not closed, and is in one language with it."""
    if not block:
        return True
    last = block[-1].rstrip()
    wide = len(_WIDE.findall(last[:200]))
    width = len(last) + wide
    if (
        _EXHIBIT.match(last)
        or _EXHIBIT.match(line)
        or not narrow <= width <= _WRAPPED
        or (_CLOSED.search(last[-3:]) and width < 60)
    ):
        return False
    return (wide * 4 > len(last)) == (len(_WIDE.findall(line[:200])) * 4 > len(line.strip()))


def _passage(block: list[str], first: int, clause: str, markdown: bool, page: int) -> Passage:
    text = "\n".join(block)
    heading = markdown and text.lstrip().startswith("#")
    if markdown:
        text = _plain(re.sub(r"^\s*#{1,6}\s*|^\s*>\s?", "", text, flags=re.MULTILINE))
    clause = typed_number(text) or clause
    place = (*((("page", str(page)),) if page else ()), *((("clause", clause),) if clause else ()))
    kind = "heading" if heading else "paragraph"
    return Passage(place=place, text=text, kind=kind, clause=clause, first_line=first)


def _plain(text: str) -> str:
    return _MD_SIGNS.sub("", _MD_LINK.sub(r"\1", text)) if re.search(r"[*_`\[\\]", text) else text


def _no_text(name: str) -> Finding:
    """LP508: bytes in no encoding that is known."""
    return Finding(
        where=name,
        code="LP508",
        message=say("the file is not text in UTF-8, UTF-16 or GB18030"),
        hint=say("open it in an editor and save it as UTF-8, or give the Word file it was made from"),
    )


def _empty(name: str) -> Finding:
    """LP509: nothing to read."""
    return Finding(
        where=name,
        code="LP509",
        message=say("there is no text in this file"),
        hint=say(
            "a scan shows pictures of text: have its text recognised (OCR), or ask for the Word file or a PDF made from it"
        ),
    )
