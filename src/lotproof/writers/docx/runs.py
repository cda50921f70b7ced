"""Text of a Word file: runs, fields and places to fill in."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from functools import lru_cache

from lotproof.documents.nodes import Field, Words
from lotproof.wording.inlines import BLANK, Blank, Inlines, Ref, Value
from lotproof.writers.numbered import language_tag
from lotproof.writers.typography import NO_BREAK, hold
from lotproof.writers.xml import attribute, escape

TAB = b"<w:r><w:tab/></w:r>"
_RUN, _SPACED = "<w:r>", '<w:t xml:space="preserve">'
_CHINESE = '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/><w:lang w:val="en-GB" w:eastAsia="zh-CN"/></w:rPr>'
"""Latin letters in it stay English: LibreOffice breaks a word such as ``cm`` anywhere where they are said to be Chinese."""

_BLANK = f'<w:r><w:rPr><w:rStyle w:val="Blank"/></w:rPr><w:t>{BLANK}</w:t></w:r>'.encode()
_DATE = '<w:date><w:dateFormat w:val="yyyy-MM-dd"/><w:lid w:val="en-GB"/><w:storeMappedDataAs w:val="date"/><w:calendar w:val="gregorian"/></w:date>'
_PLACEHOLDER = '<w:r><w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr><w:t>____</w:t></w:r>'


@lru_cache(maxsize=1024)
def bookmark_name(anchor: str) -> str:
    """Return the bookmark of an anchor: letters, digits and underscores, 40 at most."""
    name = "lp_" + anchor.replace(".", "_").replace("-", "_")
    return name if len(name) <= 40 else f"{name[:31]}_{zlib.crc32(name.encode()):08x}"


@lru_cache(maxsize=8192)
def text_of(text: str) -> tuple[bytes, str]:
    """
    Return the text of a run with the run's end, spaces at its ends kept, and what is heard of it: the text without white space.

    It is made once in a process: most cells of a long table say what another one says, and the documents of an order the same sentences.
    """
    written = f"{'<w:t>' if text.strip() == text else _SPACED}{escape(hold(text))}</w:t></w:r>"
    return written.encode(), "".join(text.split())


class Runs:
    """
    Writes inlines as runs at the end of a story; knows the number of each anchor and hands out ids.

    Attributes:
        out: the XML of the story so far, in UTF-8 and in pieces: so that a text which is written often is encoded once.
        opening: how a run opens, by the place of its language.
        heard: what a reader sees of a part, in the order in which it is written and without white space: :func:`lotproof.documents.parts.part_text`.
    """

    def __init__(
        self, languages: tuple[str, ...], numbers: Mapping[str, str], references: Mapping[str, tuple[str, ...]]
    ) -> None:
        self.numbers = numbers
        self.openings = tuple(map(_opening, languages))
        self.opening = tuple(opening.encode() for opening in self.openings)
        self.references = references
        self.out: list[bytes] = []
        self.heard: list[str] = []
        self.references_written: dict[tuple[str, int], tuple[tuple[bytes, ...], tuple[str, ...]]] = {}
        self.bookmarks = 0
        self.controls: set[int] = set()
        self._offered: dict[int, str] = {}

    def words(self, words: Words, place: int = 0) -> None:
        """Write one language, which all languages may share."""
        self.inlines(words[place] if place < len(words) else words[0], place)

    def inlines(self, inlines: Inlines, place: int) -> None:
        """Write ``inlines``; agreed values and boilerplate that touch make one run."""
        if len(inlines) == 1:
            only = inlines[0]
            text = only if type(only) is str else only.text if type(only) is Value else None
            if text is not None:
                self.text(text, place)
                return
        text = ""
        for inline in inlines:
            if isinstance(inline, str):
                text += inline
            elif isinstance(inline, Value):
                text += inline.text
            else:
                if text:
                    self.text(text, place)
                    text = ""
                self._special(inline, place)
        if text:
            self.text(text, place)

    def text(self, text: str, place: int) -> None:
        """Write a run of text."""
        written, said = text_of(text)
        self.heard.append(said)
        self.out += (self.opening[place], written)

    def run(self, text: str) -> bytes:
        """Return a run of text in the first language, to be written later; what it says counts as said now."""
        written, said = text_of(text)
        self.heard.append(said)
        return self.opening[0] + written

    def _special(self, inline: Blank | Ref, place: int) -> None:
        if isinstance(inline, Blank):
            self.heard.append(BLANK)
            self.out.append(_BLANK)
            return
        written, heard = self.references_written.get((inline.target, place)) or self._reference(inline.target, place)
        self.heard += heard
        self.out += written

    def _reference(self, target: str, place: int) -> tuple[tuple[bytes, ...], tuple[str, ...]]:
        """Return a reference as it is written, once for each target and language, and as it is heard."""
        exhibit = target.startswith("exhibit.")
        before, _, after = self.references["exhibit" if exhibit else "clause"][place].partition("{}")
        switch = "\\h" if exhibit else "\\r \\h"
        opening, number = self.opening[place], self.numbers[target]
        (first, heard), (last, ends) = text_of(before.replace(" ", NO_BREAK)), text_of(after)
        written = [opening, first] if before else []
        written.append(field(f"REF {bookmark_name(target)} {switch}", number, self.openings[place]).encode())
        written += [opening, last] if after else []
        made = self.references_written[target, place] = tuple(written), (heard, number, ends)
        return made

    def titled(self, kind: str, anchor: str, words: Words, between: bytes) -> None:
        """
        Write a title with its number, counted by a field in the first language and referred to in the others.

        Args:
            between: what stands between two languages.
        """
        number = self.numbers[anchor]
        count = "SEQ Exhibit \\* ALPHABETIC" if kind == "exhibit" else "SEQ Table \\* ARABIC"
        for place, form in enumerate(self.references[kind]):
            opening = self.opening[place]
            before, _, after = form.partition("{}")
            if place:
                self.out.append(between)
            first, heard = text_of(before.replace(" ", NO_BREAK))
            last, ends = text_of(f"{after} \u2013 ")
            self.heard += (heard, number, ends)
            if before:
                self.out += (opening, first)
            if place:
                self.out.append(field(f"REF {bookmark_name(anchor)} \\h", number, self.openings[place]).encode())
            else:
                end = self.bookmark(anchor)
                self.out += (field(count, number, self.openings[place]).encode(), end)
            self.out += (opening, last)
            self.words(words, place)

    def bookmark(self, anchor: str) -> bytes:
        """Write the start of the bookmark of ``anchor``, and return its end."""
        self.bookmarks += 1
        self.out.append(f'<w:bookmarkStart w:id="{self.bookmarks}" w:name="{bookmark_name(anchor)}"/>'.encode())
        return f'<w:bookmarkEnd w:id="{self.bookmarks}"/>'.encode()

    def control(self, node: Field) -> bytes:
        """Return a content control; its tag names the value, its title says the same to people."""
        number = zlib.crc32(node.tag.encode()) & 0x7FFFFFFF or 1
        while number in self.controls:
            number = number % 0x7FFFFFFE + 1
        self.controls.add(number)
        kind = "<w:text/>"
        if node.kind == "choice":
            kind = self._offered.get(id(node.choices)) or self._list(node)
        elif node.kind == "date":
            kind = _DATE
        tag = attribute(node.tag)
        return (
            f'<w:sdt><w:sdtPr><w:alias w:val={tag}/><w:tag w:val={tag}/><w:id w:val="{number}"/><w:lock w:val="sdtLocked"/><w:showingPlcHdr/>{kind}</w:sdtPr>'
            f"<w:sdtContent>{_PLACEHOLDER}</w:sdtContent></w:sdt>"
        ).encode()

    def _list(self, node: Field) -> str:
        """Return the choices of a field; many fields offer the same, which the document holds."""
        items = "".join(
            f"<w:listItem w:displayText={attribute(_choice(words))} w:value={attribute(value)}/>"
            for value, words in node.choices
        )
        made = self._offered[id(node.choices)] = f"<w:dropDownList>{items}</w:dropDownList>"
        return made


def _choice(words: Words) -> str:
    return " ".join("".join(i for i in inlines if isinstance(i, str)) for inlines in words)


def _opening(language: str) -> str:
    """Return how a run of a language opens; English is that of the styles."""
    if language in ("en", "zh"):
        return _CHINESE if language == "zh" else _RUN
    return f"<w:r><w:rPr><w:lang w:val={attribute(language_tag(language))}/></w:rPr>"


def field(instruction: str, result: str, opening: str = _RUN) -> str:
    """
    Return a complex field with its result written out; each part in a run of its own.

    Args:
        opening: of the run of the result, with its language.
    """
    return f"{begin(instruction)}{opening}<w:t>{escape(result)}</w:t></w:r>{END}"


def begin(instruction: str) -> str:
    """Return what stands before the result of a field; :data:`END` stands after it."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {escape(instruction)} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )


END = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
