"""
Word documents (``.docx``): every text that a reader sees, with its place and its bytes.

Body, tables, content controls, text boxes, hyperlinks, results of fields, headers, footers, notes and comments. Tracked changes
count as they stand: what was inserted is there, what was deleted is not. Hidden text counts, and is marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from lotproof.findings import Refused
from lotproof.readers.model import Cell, Passage, Place, Reading
from lotproof.readers.numbering import Lists, Numbers, Styles
from lotproof.readers.package import Package, open_package
from lotproof.readers.relations import (
    content_type,
    main_part,
    no_word,
    refuse_active,
    refuse_foreign,
    relations,
)
from lotproof.readers.story import Paragraph, Story
from lotproof.readers.xml import Visitor, utf8, visit

_WORD = "wordprocessingml"
_MAX_NAME = 40
_TYPED = re.compile(
    r"[\s*#]{0,12}(第[一二三四五六七八九十百零〇0-9]{1,5}[条章节款]"
    r"|[0-9]{1,3}(?:\.[0-9]{1,3}){0,4}(?=[.、)）．](?![0-9])|\s+[A-Z\u3400-\u9fff\"“‘(（《])"
    r"|[一二三四五六七八九十]{1,3}(?=[、.．])|(?:Exhibit|Annex|Appendix|EXHIBIT|ANNEX|APPENDIX)\s(?:[A-Z]|[0-9]{1,2})(?=\s?[-–—:|]|\s{2}|\s?\Z)"
    r"|附件\s?[A-Z0-9一二三四五六七八九十]{1,2}(?=\s?[-–—:：|]|\s{2}|\s?\Z)|(?:Article|Clause|Section|ARTICLE|CLAUSE|SECTION)\s+[0-9IVX]{1,5}(?:\.[0-9]{1,3}){0,4})",
)
"""A number that somebody typed in front of a paragraph."""
_COUNTED = re.compile(
    r"[0-9]{1,3}(?:\.[0-9]{1,3}){0,5}\.?\Z|第.{1,5}[条章节款]\Z|(?:Article|Clause|Section|Exhibit|Annex|附件)\b.*",
    re.IGNORECASE,
)
_OTHER_STORIES = ("header", "footer", "footnotes", "endnotes")


def read(content: bytes, name: str) -> Reading:
    """
    Read a Word document.

    Args:
        content: the file.
        name: what findings call it.

    Raises:
        Refused: it is damaged, hostile, or no Word document (LP500 to LP507).
    """
    package = open_package(content, name)
    refuse_foreign(package)
    refuse_active(package)
    main = main_part(package)
    if _WORD not in content_type(package, main):
        raise Refused([no_word(name)])
    parts = {relation.kind: relation.target for relation in relations(package, main) if not relation.external}
    lists, styles = Lists(), Styles()
    _visit(package, parts.get("numbering", ""), lists)
    _visit(package, parts.get("styles", ""), styles)
    hidden = frozenset(
        key for key in styles.found if next((s.hidden for s in styles.lineage(key) if s.hidden is not None), False)
    )
    raw = utf8(package.read(main))
    body = Story(raw, hidden)
    visit(raw, body, name, main)
    passages = list(_body(body, Numbers(lists, styles), styles))
    for kind in _OTHER_STORIES:
        for relation in relations(package, main):
            if relation.kind == kind and not relation.external and relation.target in package:
                story = _story(package, relation.target, hidden)
                passages += _beside(story, kind, body, len(passages))
    comments = _story(package, parts.get("comments", ""), frozenset())
    passages += [
        Passage(place=(("comment", str(number)),), text=paragraph.text, kind="comment")
        for number, paragraph in enumerate(comments.paragraphs, 1)
        if paragraph.text.strip()
    ]
    return Reading(
        format="docx", passages=tuple(passages), unread=tuple(sorted(body.unread.items())), runs=tuple(body.runs)
    )


def _visit(package: Package, part: str, visitor: Visitor) -> None:
    if part in package:
        visit(utf8(package.read(part)), visitor, package.name, part)


def _story(package: Package, part: str, hidden: frozenset[str]) -> Story:
    raw = utf8(package.read(part)) if part in package else b""
    story = Story(raw, hidden)
    if raw:
        visit(raw, story, package.name, part)
    return story


def _body(story: Story, numbers: Numbers, styles: Styles) -> Iterator[Passage]:
    """Yield the passages of the body: numbered, and each under the clause it belongs to."""
    clause = ""
    rows: dict[tuple[int, int], str] = {}
    counted = [numbers.next(p.style, p.list_id, p.level) if not p.box else "" for p in story.paragraphs]
    names = _columns(story, counted)
    for count, (paragraph, number) in enumerate(zip(story.paragraphs, counted, strict=True), 1):
        own = number or ("" if paragraph.column > 1 or paragraph.box else typed_number(paragraph.text))
        if own:
            whole = _COUNTED.match(own) is not None
            own = own.rstrip(".") if whole else f"{clause} {own}".strip()
            if paragraph.table:
                rows.setdefault((paragraph.table, paragraph.row), own)
            if whole:
                clause = own
        under = rows.get((paragraph.table, paragraph.row), "") if paragraph.table else own or clause
        if paragraph.text.strip() or paragraph.marks:
            yield Passage(
                place=_place(paragraph, under, names, count),
                text=paragraph.text,
                kind=_kind(paragraph, styles),
                number=number,
                clause=under,
                cell=Cell(table=paragraph.table, row=paragraph.row, column=paragraph.column)
                if paragraph.table
                else None,
                marks=tuple(paragraph.marks),
                pieces=tuple(paragraph.pieces),
                near=paragraph.near,
            )


def _place(paragraph: Paragraph, clause: str, names: Mapping[tuple[int, int], str], count: int) -> Place:
    place: list[tuple[str, str]] = [("clause", clause)] if clause else []
    if paragraph.table:
        if not clause:
            place += [("table", str(paragraph.table)), ("row", str(paragraph.row))]
        place.append(("column", names.get((paragraph.table, paragraph.column)) or str(paragraph.column)))
    if paragraph.box:
        place.append(("text box", ""))
    return tuple(place) or (("paragraph", str(count)),)


def _kind(paragraph: Paragraph, styles: Styles) -> str:
    if paragraph.box:
        return "text box"
    if paragraph.table:
        return "cell"
    outline = paragraph.outline
    for style in styles.lineage(paragraph.style):
        outline = style.outline if outline is None else outline
    named = re.match(r"(?:heading|title)\s*[1-9]?\Z", paragraph.style, re.IGNORECASE) is not None
    return "heading" if named or (outline is not None and outline < 9) else "paragraph"


def _columns(story: Story, counted: Sequence[str]) -> dict[tuple[int, int], str]:
    """Return the names of columns: the first row of a table, where it is a row of short names and no numbered clause."""
    texts: dict[int, dict[int, list[str]]] = {}
    clauses = set()
    for paragraph, number in zip(story.paragraphs, counted, strict=True):
        if paragraph.table and paragraph.row == 1 and not paragraph.box and paragraph.text.strip():
            texts.setdefault(paragraph.table, {}).setdefault(paragraph.column, []).append(paragraph.text.strip())
            if number:
                clauses.add(paragraph.table)
    found: dict[tuple[int, int], str] = {}
    for table, columns in texts.items():
        joined = {column: " ".join(" ".join(parts).split()) for column, parts in columns.items()}
        short = len(joined) > 1 and all(len(text) <= _MAX_NAME for text in joined.values())
        if table not in clauses and ((table, 1) in story.heading_rows or short):
            found |= {(table, column): text[:_MAX_NAME] for column, text in joined.items()}
    return found


def _beside(story: Story, kind: str, body: Story, before: int) -> Iterator[Passage]:
    """Yield the passages of a header, footer or note; a comment on a note may stand where it is referred to."""
    singular = kind.removesuffix("s")
    for number, paragraph in enumerate(story.paragraphs, 1):
        if paragraph.text.strip():
            yield Passage(
                place=((singular, paragraph.note or str(number)),),
                text=paragraph.text,
                kind=singular,
                marks=tuple(paragraph.marks),
                near=body.references.get((singular, paragraph.note), -1),
            )


def typed_number(text: str) -> str:
    """Return the number that somebody typed in front of a paragraph (``4.2``, ``第三条``), or nothing."""
    found = _TYPED.match(text[:40])
    return found[1] if found else ""
