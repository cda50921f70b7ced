"""An agency's contract as items: each paragraph with its place, its language, its number, and its blanks taken out of the text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from lotproof.findings import Finding, Refused
from lotproof.frozen import Frozen
from lotproof.messages import say
from lotproof.readers import format_of
from lotproof.readers.docx import read, typed_number
from lotproof.readers.model import Passage, Reading
from lotproof.readers.package import open_package
from lotproof.readers.places import where
from lotproof.readers.relations import main_part
from lotproof.readers.xml import utf8

FIRST_MARK = 0xE000
MOST_BLANKS = 5_000
"""Blanks of a contract; each is a character of the private use area while texts are divided."""

_SIGNS = "_●•.\u2026xX\u00d7*\\s\u3000\uff3f-"
_BLANK = re.compile(
    rf"\[[{_SIGNS}]{{0,60}}\]|【[{_SIGNS}]{{0,60}}】|\([_●•\s\u3000]{{2,60}}\)|（[_●•\s\u3000]{{2,60}}）"
    r"|_{3,200}|\uff3f{2,200}|\u2026{2,100}|\.{6,200}|\[[^\[\]\n]{1,60}\]|【[^【】\n]{1,60}】"
)
"""Brackets around nothing or a prompt, lines to write on, rows of dots."""

_HIGHLIGHT = re.compile(rb"<w:highlight\b[^>]*w:val=[\"'](?!none)")
_AFTER_NUMBER = " \t\u00a0\u3000.、:：)）\uff0e-\u2013\u2014"


class Blank(Frozen, kw_only=True):
    """
    A place that the contract leaves open.

    Attributes:
        mark: the character that stands for it in the text of its item.
        shown: as it stands in the contract: ``[____]``, or the words of a prompt.
        place: where, in words.
        before, after: what stands beside it.
    """

    mark: str
    shown: str
    place: str
    before: str
    after: str


class Item(Frozen, kw_only=True):
    """
    A paragraph, a cell's paragraph, or the part of one that is in one language.

    Attributes:
        text: with a mark for each blank, and without the number that was typed before it.
        language: ``en``, ``zh``, or empty where it has no words.
        number: typed, or counted by Word.
        cell: table, row and column, from 1; zeros outside of tables.
        why: that it stands in no body of a contract, and so is not taken over; empty else.
    """

    text: str
    language: str
    number: str
    place: str
    kind: str
    cell: tuple[int, int, int]
    original: str
    why: str


class Taken(Frozen, kw_only=True):
    """A contract taken in: its items, its blanks by their marks, and how many pictures and other things hold no text."""

    items: tuple[Item, ...]
    blanks: Mapping[str, Blank]
    unread: tuple[tuple[str, int], ...]


def take_in(content: bytes, name: str) -> Taken:
    """
    Read a contract.

    Raises:
        Refused: it is no Word document (LP500), damaged or hostile (LP501 to LP507), or has too many blanks (LP956).
    """
    if format_of(content, name) != "docx":
        raise Refused(
            [
                Finding(
                    where=name,
                    code="LP500",
                    message=say("a house is made from a Word file, and this is none"),
                    hint=say("open it in Word and save it as .docx"),
                )
            ]
        )
    reading = read(content, name)
    package = open_package(content, name)
    raw = utf8(package.read(main_part(package)))
    blanks: dict[str, Blank] = {}
    items: list[Item] = []
    sided = _sided(reading)
    for passage in reading.passages:
        beside = passage.cell is not None and (passage.cell.table, passage.cell.row) in sided
        items += _items(passage, _open(passage, reading, raw), blanks, name, beside=beside)
    return Taken(items=tuple(items), blanks=blanks, unread=reading.unread)


def _sided(reading: Reading) -> frozenset[tuple[int, int]]:
    """Return the rows of tables whose cells stand beside each other in two languages: table and row."""
    cells: dict[tuple[int, int], dict[int, str]] = {}
    for passage in reading.passages:
        if passage.cell is not None:
            row = cells.setdefault((passage.cell.table, passage.cell.row), {})
            row[passage.cell.column] = f"{row.get(passage.cell.column, '')} {passage.text}"
    return frozenset(at for at, row in cells.items() if {"en", "zh"} <= {language_of(text) for text in row.values()})


def language_of(text: str) -> str:
    """Return the language of a text by its letters; a Chinese character counts as two and a half Latin ones."""
    chinese = sum("\u3400" <= sign <= "\u9fff" for sign in text)
    latin = sum(sign.isalpha() for sign in text) - chinese
    if not chinese and not latin:
        return ""
    return "zh" if 5 * chinese >= 2 * latin else "en"


def divided(text: str) -> list[tuple[str, str]]:
    """Return a text as its parts with their languages: one, or two where one language follows the other."""
    lines = [line for line in text.split("\n") if line.strip()]
    languages = [language_of(line) for line in lines]
    if len(lines) > 1 and len(set(languages) - {""}) == 2:
        joined: dict[str, list[str]] = {}
        last = next(one for one in languages if one)
        for line, language in zip(lines, languages, strict=True):
            last = language or last
            joined.setdefault(last, []).append(line)
        return [("\n".join(parts), language) for language, parts in joined.items()]
    for first, pattern in (("en", _CHINESE), ("zh", _LATIN)):
        border = pattern.search(text)
        if border is None or border.start() == 0:
            continue
        left, right = text[: border.start()], text[border.start() :]
        whole = (
            sum(map(str.isalpha, left)) >= 2 and language_of(left) == first and language_of(right) not in ("", first)
        )
        if whole and _pure(left, first) and _pure(right, "zh" if first == "en" else "en"):
            return [(left.rstrip(_BETWEEN), first), (right.strip(), language_of(right))]
    return [(text, language_of(text))]


_CHINESE = re.compile("[\u3400-\u9fff]")
_LATIN = re.compile("[A-Za-z]{2}")
_BETWEEN = " \t\u00a0\u3000/|\u2014\u2013-\uff0f("


def _pure(text: str, language: str) -> bool:
    """Say whether a text holds little of the other language: a name in it, at most."""
    chinese = len(_CHINESE.findall(text))
    if language == "en":
        return chinese == 0
    latin = sum(sign.isascii() and sign.isalpha() for sign in text)
    return latin <= chinese


def _open(passage: Passage, reading: Reading, raw: bytes) -> list[tuple[int, int]]:
    """Return the stretches of a passage that are blanks: by their signs, by the highlighter, or as prompts of a form."""
    found = [match.span() for match in _BLANK.finditer(passage.text)]
    ends = [piece.start for piece in passage.pieces[1:]] + [len(passage.text)]
    for piece, end in zip(passage.pieces, ends, strict=False):
        start, stop = reading.runs[piece.run].properties if 0 <= piece.run < len(reading.runs) else (0, 0)
        if start < stop and _HIGHLIGHT.search(raw, start, stop) and passage.text[piece.start : end].strip():
            found.append((piece.start, end))
    found += [(mark.start, mark.end) for mark in passage.marks if mark.kind == "prompt" and mark.end > mark.start]
    return _merged(found)


def _merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged


def _items(
    passage: Passage, spans: Sequence[tuple[int, int]], blanks: dict[str, Blank], name: str, *, beside: bool
) -> Iterator[Item]:
    """Yield the parts of a passage; one that stands beside its translation is in one language, whatever names are in it."""
    place = where(passage)
    text, at = "", 0
    for start, end in spans:
        if len(blanks) >= MOST_BLANKS:
            message = say(
                "this template is larger than any contract: {why}",
                why=say("more than {most:,} blanks", most=MOST_BLANKS),
            )
            hint = say("leave out pages that are forms to fill in")
            raise Refused([Finding(where=name, code="LP956", message=message, hint=hint)])
        mark = chr(FIRST_MARK + len(blanks))
        blanks[mark] = Blank(
            mark=mark,
            shown=passage.text[start:end],
            place=place,
            before=passage.text[max(0, start - 80) : start],
            after=passage.text[end : end + 60],
        )
        text += passage.text[at:start] + mark
        at = end
    text += passage.text[at:]
    why = _why(passage)
    number = passage.number or typed_number(text)
    bare = text[len(typed_number(text)) :].lstrip(_AFTER_NUMBER) if not passage.number and number else text.strip()
    cell = (passage.cell.table, passage.cell.row, passage.cell.column) if passage.cell else (0, 0, 0)
    parts = [(bare, language_of(bare))] if why or beside else divided(bare)
    for part, language in parts:
        yield Item(
            text=" ".join(part.split()),
            language=language,
            number=number.strip(),
            place=place,
            kind=passage.kind,
            cell=cell,
            original=passage.text,
            why=why,
        )


def _why(passage: Passage) -> str:
    """Return why a passage is not taken over, in a word of :data:`lotproof.wordhouses.importing.house.WHY`."""
    if any("\ue000" <= sign <= "\uf8ff" for sign in passage.text):
        return "signs"
    if any(mark.kind in ("inserted", "deleted") for mark in passage.marks):
        return "tracked"
    if any(mark.kind == "hidden" for mark in passage.marks):
        return "hidden"
    return passage.kind if passage.kind not in ("paragraph", "heading", "cell") else ""
