"""XML of our own writer as trees of frozen elements, and back: names with their prefixes, as they were written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias
from xml.parsers import expat

from lotproof.frozen import Frozen, replace
from lotproof.writers.xml import DECLARATION, attribute, escape

Node: TypeAlias = "Element | str"


class Element(Frozen):
    """An element: its name with its prefix (``w:p``), its attributes in their order, what is in it."""

    name: str
    attributes: Mapping[str, str]
    children: tuple[Node, ...]

    def elements(self) -> Iterator[Element]:
        """Yield the elements directly in it."""
        return (child for child in self.children if isinstance(child, Element))

    def first(self, name: str) -> Element | None:
        """Return the first element of this name directly in it."""
        return next((child for child in self.elements() if child.name == name), None)

    def every(self) -> Iterator[Element]:
        """Yield it and every element below it, in document order."""
        yield self
        for child in self.elements():
            yield from child.every()

    def holding(self, children: tuple[Node, ...]) -> Element:
        """Return it with other content."""
        return replace(self, children=children)


def element(name: str, *children: Node, **attributes: str) -> Element:
    """Return an element of Word; attributes are named without their prefix ``w:``."""
    return Element(name, {f"w:{key}": value for key, value in attributes.items()}, children)


def parse(xml: str) -> Element:
    """
    Return the root of a part.

    Raises:
        ValueError: it is not well formed, or has a document type.
    """
    stack: list[tuple[str, dict[str, str], list[Node]]] = [("", {}, [])]
    parser = expat.ParserCreate()
    parser.buffer_text = True

    def start(name: str, attributes: dict[str, str]) -> None:
        stack.append((name, attributes, []))

    def end(_name: str) -> None:
        name, attributes, children = stack.pop()
        stack[-1][2].append(Element(name, attributes, tuple(children)))

    def doctype(*_: object) -> None:
        raise ValueError("a document type has no place in a part")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = lambda text: stack[-1][2].append(text)
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(xml, True)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from None
    root = stack[0][2][0]
    assert isinstance(root, Element)
    return root


def part(root: Element) -> str:
    """Return a root as the text of a part."""
    return DECLARATION + text_of(root)


def text_of(node: Node) -> str:
    """Return XML."""
    out: list[str] = []
    _write(node, out)
    return "".join(out)


def _write(node: Node, out: list[str]) -> None:
    if isinstance(node, str):
        out.append(escape(node))
        return
    attributes = "".join(f" {name}={attribute(value)}" for name, value in node.attributes.items())
    if not node.children:
        out.append(f"<{node.name}{attributes}/>")
        return
    out.append(f"<{node.name}{attributes}>")
    for child in node.children:
        _write(child, out)
    out.append(f"</{node.name}>")
