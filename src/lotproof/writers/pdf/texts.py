"""Words of a document as pairs of language and text."""

from __future__ import annotations

import re
from typing import Any, assert_never

from lotproof.documents.nodes import Document, Words
from lotproof.documents.numbering import numbers
from lotproof.wording.inlines import Blank, Inlines, Ref, Value, plain
from lotproof.writers.numbered import is_chinese, reference
from lotproof.writers.pdf.setting import BROAD, POINT, setting_of
from lotproof.writers.typography import hold


class Texts:
    """Gives words as pairs of language and text."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.numbers = numbers(document.blocks)
        self.body = setting_of(document).body
        self.chinese = document.languages.index("zh") if "zh" in document.languages else 0

    def words(self, words: Words, room: float) -> list[Any]:
        """
        Return words, a pair for each language.

        Args:
            room: width of a line in millimetres; a word that may be wider may break anywhere.
        """
        most = int(room / (self.body * BROAD * POINT))
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
        """Return inlines as a text, or as a list of texts, blanks, links, words that break anywhere and words that never do."""
        found: list[Any] = []
        text = ""
        for inline in inlines:
            match inline:
                case str():
                    text += inline
                case Value(said):
                    text += said
                case Blank():
                    found += [*_pieces(text, most), ["blank"]]
                    text = ""
                case Ref(target):
                    said = hold(reference(self.document, target, self.numbers[target], place))
                    found += [*_pieces(text, most), ["link", target, said]]
                    text = ""
                case _:
                    assert_never(inline)
        found += _pieces(text, most)
        return found[0] if len(found) == 1 and isinstance(found[0], str) else found


def _pieces(text: str, most: int) -> list[Any]:
    """Return a text cut at the words that need care: those longer than ``most`` characters, and codes such as ``HB-S-118``."""
    text = hold(text)
    if "-" not in text and (len(text) <= most or all(len(word) <= most for word in text.split())):
        return [text] if text else []
    found: list[Any] = []
    after = 0
    for match in _NARROW.finditer(text):
        word = match.group()
        if len(word) > most:
            piece = ["long", *word]
        elif len(word) <= LONGEST_CODE and _CODE.search(word):
            piece = ["whole", word]
        else:
            continue
        if match.start() > after:
            found.append(text[after : match.start()])
        found.append(piece)
        after = match.end()
    return [*found, text[after:]] if after < len(text) else found


LONGEST_CODE = 24
"""Characters of a code that stays on one line."""

_NARROW = re.compile("[^\\s\u2e80-\ufaff\ufe30-\uffef]+")
_CODE = re.compile(r"[0-9].*[^\W_]-[^\W_]|[^\W_]-[^\W_].*[0-9]")
