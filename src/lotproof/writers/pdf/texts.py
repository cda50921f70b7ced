"""Words of a document as pairs of language and text."""

from __future__ import annotations

import re
from typing import Any, assert_never

from lotproof.documents.nodes import Document, Words
from lotproof.documents.numbering import numbers
from lotproof.wording.inlines import Blank, Inlines, Ref, Value, plain
from lotproof.writers.numbered import is_chinese, reference, wide
from lotproof.writers.pdf.setting import NARROW, POINT, SETTINGS
from lotproof.writers.typography import hold


class Texts:
    """Gives words as pairs of language and text."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.numbers = numbers(document.blocks)
        self.body = SETTINGS[document.density].body
        self.chinese = document.languages.index("zh") if "zh" in document.languages else 0

    def words(self, words: Words, room: float) -> list[Any]:
        """Return words, a pair for each language; a word that is wider than ``room`` (mm) may break anywhere."""
        most = int(room / (self.body * NARROW * POINT))
        return [[self._language(words, place), self._inlines(words[place], place, most)] for place in range(len(words))]

    @staticmethod
    def plain(words: Words) -> str:
        """Return words of all languages as one text."""
        return " ".join(plain(inlines) for inlines in words)

    def _language(self, words: Words, place: int) -> int:
        if len(words) > 1:
            return place
        return self.chinese if is_chinese(plain(words[0])) else 0

    def _inlines(self, inlines: Inlines, place: int, most: int) -> Any:
        """Return inlines as a text, or as a list of texts, blanks, links and words that may break."""
        found: list[Any] = []
        for inline in inlines:
            match inline:
                case str():
                    found.append(hold(inline))
                case Value(text):
                    found.append(hold(text))
                case Blank():
                    found.append(["blank"])
                case Ref(target):
                    said = reference(self.document, target, self.numbers[target], place)
                    found.append(["link", target, hold(said)])
                case _:
                    assert_never(inline)
        if all(isinstance(one, str) for one in found):
            text = hold("".join(found))
            return text if len(text) <= most else _breakable([text], most)
        return _breakable(found, most)


def _breakable(inlines: list[Any], most: int) -> Any:
    """Return inlines in which a word of more than ``most`` characters is a list of its characters, between any of which a line may end."""
    found: list[Any] = []
    for inline in inlines:
        if not isinstance(inline, str):
            found.append(inline)
            continue
        for piece in _SPACES.split(inline):
            if len(piece) > most and not piece.isspace() and not wide(piece):
                found.append(["long", *piece])
            elif found and isinstance(found[-1], str):
                found[-1] += piece
            elif piece:
                found.append(piece)
    return found[0] if len(found) == 1 and isinstance(found[0], str) else found


_SPACES = re.compile(r"(\s+)")
