"""Text of a Word file: runs, fields and places to fill in."""

from __future__ import annotations

import zlib
from collections.abc import Mapping

from lotproof.documents.nodes import Field, Words
from lotproof.wording.inlines import BLANK, Blank, Inlines, Ref, Value
from lotproof.writers.numbered import language_tag
from lotproof.writers.typography import NO_BREAK, hold
from lotproof.writers.xml import attribute, escape

_RUN = "<w:r>"
_CHINESE = '<w:r><w:rPr><w:rFonts w:hint="eastAsia"/><w:lang w:val="en-GB" w:eastAsia="zh-CN"/></w:rPr>'
"""Latin letters in it stay English: LibreOffice breaks a word such as ``cm`` anywhere where they are said to be Chinese."""

_PLACEHOLDER = '<w:r><w:rPr><w:rStyle w:val="PlaceholderText"/></w:rPr><w:t>____</w:t></w:r>'


def _text(text: str) -> str:
    """Return the text of a run and the run's end; spaces at its ends are kept."""
    return _run_text(escape(hold(text)))


def _run_text(text: str) -> str:
    if text[:1].isspace() or text[-1:].isspace():
        return f'<w:t xml:space="preserve">{text}</w:t></w:r>'
    return f"<w:t>{text}</w:t></w:r>"


def bookmark_name(anchor: str) -> str:
    """Return the bookmark of an anchor: letters, digits and underscores, 40 at most."""
    name = "lp_" + anchor.replace(".", "_").replace("-", "_")
    return name if len(name) <= 40 else f"{name[:31]}_{zlib.crc32(name.encode()):08x}"


class Runs:
    """Writes inlines as runs; knows the number of each anchor and hands out ids."""

    def __init__(
        self, languages: tuple[str, ...], numbers: Mapping[str, str], references: Mapping[str, tuple[str, ...]]
    ) -> None:
        self.numbers = numbers
        self.opening = tuple(map(_opening, languages))
        self.references = references
        self.written: dict[str, str] = {}
        """Runs of text that were written before: most cells of a long table say what another one says."""
        self.heard: list[str] = []
        """What a reader sees of a part, in the order in which it is written: :func:`lotproof.documents.parts.part_text`."""
        self.bookmarks = 0
        self.controls: set[int] = set()

    def words(self, words: Words, place: int = 0) -> str:
        """Return the runs of one language, which all languages may share."""
        return self.inlines(words[place] if place < len(words) else words[0], place)

    def inlines(self, inlines: Inlines, place: int) -> str:
        """Return the runs of ``inlines``; agreed values and boilerplate that touch make one run."""
        opening = self.opening[place]
        if len(inlines) == 1:
            only = inlines[0]
            text = only if only.__class__ is str else only.text if only.__class__ is Value else None
            if text is not None:
                self.heard.append(text)
                run = self.written.get(text)
                if run is None:
                    run = self.written[text] = _text(text)
                return opening + run
        out: list[str] = []
        text = ""
        for inline in inlines:
            if isinstance(inline, str):
                text += inline
            elif isinstance(inline, Value):
                text += inline.text
            else:
                if text:
                    self.heard.append(text)
                    out.append(f"{opening}{_text(text)}")
                    text = ""
                out.append(self._special(inline, place))
        if text:
            self.heard.append(text)
            out.append(f"{opening}{_text(text)}")
        return "".join(out)

    def _special(self, inline: Blank | Ref, place: int) -> str:
        if isinstance(inline, Blank):
            self.heard.append(BLANK)
            return f'<w:r><w:rPr><w:rStyle w:val="Blank"/></w:rPr><w:t>{BLANK}</w:t></w:r>'
        exhibit = inline.target.startswith("exhibit.")
        before, _, after = self.references["exhibit" if exhibit else "clause"][place].partition("{}")
        switch = "\\h" if exhibit else "\\r \\h"
        opening, number = self.opening[place], self.numbers[inline.target]
        self.heard += (before, number, after)
        parts = [f"{opening}{_text(before.replace(' ', NO_BREAK))}"] if before else []
        parts.append(field(f"REF {bookmark_name(inline.target)} {switch}", number, opening))
        if after:
            parts.append(f"{opening}{_text(after)}")
        return "".join(parts)

    def bookmark(self, anchor: str, content: str) -> str:
        """Return ``content`` between the start and the end of the bookmark of ``anchor``."""
        self.bookmarks += 1
        return f'<w:bookmarkStart w:id="{self.bookmarks}" w:name="{bookmark_name(anchor)}"/>{content}<w:bookmarkEnd w:id="{self.bookmarks}"/>'

    def control(self, node: Field) -> str:
        """Return a content control; its tag names the value, its title says the same to people."""
        number = zlib.crc32(node.tag.encode()) & 0x7FFFFFFF or 1
        while number in self.controls:
            number = number % 0x7FFFFFFE + 1
        self.controls.add(number)
        if node.kind == "choice":
            items = "".join(
                f"<w:listItem w:displayText={attribute(self._choice(words))} w:value={attribute(value)}/>"
                for value, words in node.choices
            )
            kind = f"<w:dropDownList>{items}</w:dropDownList>"
        elif node.kind == "date":
            kind = '<w:date><w:dateFormat w:val="yyyy-MM-dd"/><w:lid w:val="en-GB"/><w:storeMappedDataAs w:val="date"/><w:calendar w:val="gregorian"/></w:date>'
        else:
            kind = "<w:text/>"
        tag = attribute(node.tag)
        return (
            f'<w:sdt><w:sdtPr><w:alias w:val={tag}/><w:tag w:val={tag}/><w:id w:val="{number}"/><w:lock w:val="sdtLocked"/><w:showingPlcHdr/>{kind}</w:sdtPr>'
            f"<w:sdtContent>{_PLACEHOLDER}</w:sdtContent></w:sdt>"
        )

    @staticmethod
    def text(inlines: Inlines) -> str:
        """Return the boilerplate of a label as XML character data."""
        return escape("".join(i for i in inlines if isinstance(i, str)))

    @staticmethod
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
