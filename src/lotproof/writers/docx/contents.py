"""The table of contents of a Word file: the numbers and headings that it lists, each a link; no page numbers, which only a layout knows."""

from __future__ import annotations

from lotproof.documents.nodes import Document, Exhibit, Heading, Words
from lotproof.writers.docx.runs import END, TAB, Runs, begin, bookmark_name

ROOM = 9600
"""Height of the lines on the first page, in twentieths of a point; they move closer together where there are many."""

_FIELD = 'TOC \\o "1-1" \\n \\h \\z \\u'
"""Headings of level 1 by style or by outline level, as links, without page numbers: what Word makes of it is what stands here already."""


def contents(document: Document, runs: Runs, beside: int) -> None:
    """
    Write the heading of the table of contents and the field with its lines.

    Args:
        beside: where the second language stands, in twentieths of a point from the margin; 0 in one language.
    """
    words = "\u2003".join("".join(i for i in inlines if isinstance(i, str)) for inlines in document.contents)
    listed = [block for block in document.blocks if isinstance(block, Heading | Exhibit)]
    stop = f'<w:tabs><w:tab w:val="left" w:pos="{beside}"/></w:tabs>' if beside else ""
    pitch = max(214, min(320, _room(document) // len(listed)))
    opening = f'<w:p><w:pPr><w:pStyle w:val="TOC1"/>{stop}<w:spacing w:before="0" w:after="0" w:line="{pitch}" w:lineRule="exact"/></w:pPr>'
    add = runs.out.append
    add(b'<w:p><w:pPr><w:pStyle w:val="ContentsHeading"/></w:pPr>')
    runs.text(words, 0)
    for index, block in enumerate(listed):
        add(f"</w:p>{opening}{'' if index else begin(_FIELD)}".encode())
        add(f'<w:hyperlink w:anchor="{bookmark_name(block.anchor)}" w:history="1">'.encode())
        _line(document, runs, block)
        add(b"</w:hyperlink>")
    add(f"{END}</w:p>".encode())


def _room(document: Document) -> int:
    """Return the height of the lines on the first page, which a letterhead and another page change."""
    if document.look is None:
        return ROOM
    from lotproof.writers.docx.letterhead import first_page

    return ROOM + first_page(document.density, document.look) - first_page(document.density, None)


def _line(document: Document, runs: Runs, block: Heading | Exhibit) -> None:
    number = runs.numbers[block.anchor]
    if isinstance(block, Heading):
        runs.text(number, 0)
        runs.out.append(TAB)
        _each(runs, block.words, len(block.words))
        return
    forms = document.references["exhibit"]
    said: Words = tuple(
        (form.format(number) + " \u2013 ", *block.words[min(place, len(block.words) - 1)])
        for place, form in enumerate(forms)
    )
    _each(runs, said, len(said))


def _each(runs: Runs, words: Words, count: int) -> None:
    for place in range(count):
        if place:
            runs.out.append(TAB)
        runs.words(words, place)
