"""Text of a page: inlines, languages, places to fill in."""

from __future__ import annotations

from typing import assert_never

from lotproof.documents.nodes import Document, Field, Words
from lotproof.documents.numbering import numbers
from lotproof.wording.inlines import BLANK, Blank, Inlines, Ref, Value, plain
from lotproof.writers.numbered import is_chinese, language_tag, reference
from lotproof.writers.typography import hold
from lotproof.writers.xml import attribute, escape


class Texts:
    """Writes the words of one document."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.numbers = numbers(document.blocks)
        self.tags = [language_tag(language) for language in document.languages]

    def plain(self, words: Words) -> str:
        """Return words in all their languages as text without markup."""
        return " ".join(plain(inlines) for inlines in words)

    def shown(self, words: Words, element: str = "span", css: str = "") -> str:
        """Return words with an element for each language."""
        return "".join(self.one(words, place, element, css) for place in range(len(words)))

    def one(self, words: Words, place: int, element: str, css: str = "") -> str:
        """Return the words of one language as an element that says which language it is."""
        kind = f" class={attribute(css)}" if css else ""
        return f"<{element}{kind}{self.lang(words, place)}>{self.inlines(words[place], place)}</{element}>"

    def inlines(self, inlines: Inlines, place: int) -> str:
        """Return inlines as markup; a reference is a link to the clause whose number it prints."""
        out = []
        for inline in inlines:
            match inline:
                case str():
                    out.append(escape(hold(inline)))
                case Value(text):
                    out.append(escape(hold(text)))
                case Blank(label):
                    out.append(f'<mark class="blank" title={attribute(label)}>{BLANK}</mark>')
                case Ref(target):
                    said = reference(self.document, target, self.numbers[target], place)
                    out.append(f"<a href={attribute('#' + target)}>{escape(hold(said))}</a>")
                case _:
                    assert_never(inline)
        return "".join(out)

    def field(self, field: Field) -> str:
        """Return a place to fill in by hand on the printed page: a line, or a box before each choice."""
        tag = attribute(field.tag)
        label = attribute(self.plain(field.label) or field.tag)
        if field.choices:
            boxes = "".join(
                f'<span class="choice"><i class="box"></i>{self.shown(words)}</span>' for _, words in field.choices
            )
            return f'<span class="field" id={tag} role="group" aria-label={label}>{boxes}</span>'
        return f'<span class="field line {field.kind}" id={tag} role="img" aria-label={label}></span>'

    def lang(self, words: Words, place: int) -> str:
        """Return the attribute that names the language, where it is not that of the page."""
        if len(words) > 1:
            return f' lang="{self.tags[place]}"' if place else ""
        return ' lang="zh-CN"' if self.tags[0] != "zh-CN" and is_chinese(plain(words[0])) else ""
