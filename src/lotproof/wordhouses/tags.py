"""
The tags of a template with their places: found in the text of each paragraph, whole, however Word has cut it into runs.

What is checked here is written back as it was checked: each tag in one run, in plain quotes, so that docxtpl reads what was read here.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from lotproof.findings import Finding, Refused, quoted
from lotproof.frozen import Frozen
from lotproof.messages import Message, say
from lotproof.readers.package import damaged
from lotproof.wordhouses.expressions import NotAllowed, check, parsed
from lotproof.wordhouses.packaged import Packaged, held
from lotproof.wordhouses.paragraphs import ENDS, above, places, rewritten, short, without_tags
from lotproof.wordhouses.seeing import misleading
from lotproof.wordhouses.trees import W, tostring
from lotproof.wordhouses.trees import parsed as tree_of

if TYPE_CHECKING:
    from lxml.etree import _Element

PARTS = ("goods_table", "spec_exhibit", "sampling_exhibit", "signatures")
"""What every contract prints: each name stands alone in a paragraph, once."""

MORE_PARTS = ("parties_table", "price_table")
"""What a contract may print besides."""

MOST_TAGS, DEEPEST = 1_000, 8
"""Tags of a template, and conditions and loops within each other."""

LONGEST_TAG = 400
"""Characters of a tag."""

_QUOTES = str.maketrans({"\u201c": '"', "\u201d": '"', "\u2018": "'", "\u2019": "'"})
_TAG = re.compile(r"(?P<unit>p|tr|tc|r)?(?(unit)\s|)(?P<said>.*)\Z", re.DOTALL)
_STATEMENT = re.compile(r"\s*([a-z_]+)\b", re.DOTALL)
_SOURCES: Mapping[str, str] = MappingProxyType(
    {
        "if": "{{% {} %}}{{% endif %}}",
        "elif": "{{% if x %}}{{% {} %}}{{% endif %}}",
        "for": "{{% {} %}}{{% endfor %}}",
    }
)
_CLOSING = frozenset({"else", "endif", "endfor"})
_MERGES = frozenset({"vm", "hm"})
"""docxtpl's own: cells that a loop makes are merged."""


class Tag(Frozen, kw_only=True):
    """
    A tag of a template.

    Attributes:
        kind: ``print``, ``part``, ``if``, ``elif``, ``else``, ``endif``, ``for``, ``endfor``, ``merge`` or ``comment``.
        text: as it stands there, its quotes made plain.
        node: the syntax tree of its expression; None where it has none.
        name: of the part, or of what a loop calls each entry.
        where: file, story, place and some words around it.
    """

    kind: str
    text: str
    node: Any
    name: str
    where: str


class Tagged(Frozen, kw_only=True):
    """
    A template whose tags were all read.

    Attributes:
        parts: bytes of each part by name; those with tags as they were checked.
        tags: of each story, in the order in which they are filled in.
        words: the text between the tags, for what is looked for in it.
    """

    packaged: Packaged
    parts: Mapping[str, bytes]
    tags: Mapping[str, tuple[Tag, ...]]
    words: str


def read_tags(packaged: Packaged) -> Tagged:
    """
    Find and check every tag.

    Raises:
        Refused: with everything that is wrong, each with its place (LP950, LP952 to LP954, LP956).
    """
    findings: list[Finding] = []
    parts, found, words = dict(packaged.parts), dict[str, tuple[Tag, ...]](), list[str]()
    counts: dict[str, int] = {}
    for part, kind in packaged.stories.items():
        counts[kind] = counts.get(kind, 0) + 1
        name = packaged.name if kind == "body" else f"{packaged.name}: {kind} {counts[kind]}"
        story = _Story(_tree(packaged, part), name, findings, in_body=kind == "body")
        found[part] = story.read()
        words += story.words
        parts[part] = tostring(story.root)
    if findings:
        raise Refused(dict.fromkeys(findings))
    return Tagged(packaged=packaged, parts=parts, tags=found, words="\n".join(words))


def _tree(packaged: Packaged, part: str) -> _Element:
    from lxml.etree import LxmlError

    try:
        return tree_of(packaged.parts[part])
    except LxmlError:
        why = say("{part} cannot be unpacked", part=quoted(part))
        raise Refused([damaged(packaged.name, why)]) from None


class _Story:
    def __init__(self, root: _Element, name: str, findings: list[Finding], *, in_body: bool) -> None:
        self.root, self.name, self.findings, self.in_body = root, name, findings, in_body
        self.words: list[str] = []
        self._alive = list(root.iter())  # an element is known by its identity only while somebody holds it
        self._order = {id(text): place for place, text in enumerate(self._alive) if text.tag == f"{W}t"}
        self._places = places(root)
        self._count = 0
        self._outside()

    def read(self) -> tuple[Tag, ...]:
        found: list[tuple[int, Tag]] = []
        texts: dict[int, list[_Element]] = {}
        for element in self._alive:
            if element.tag == f"{W}t" and (owner := above(element, f"{W}p")) is not None:
                texts.setdefault(id(owner), []).append(element)
        for paragraph in self._alive:
            if paragraph.tag == f"{W}p" and self._count <= MOST_TAGS:
                found += self._paragraph(paragraph, texts.get(id(paragraph), []))
        if self._count > MOST_TAGS:
            self.findings.append(large(self.name, say("more than {most:,} tags", most=MOST_TAGS)))
        found.sort(key=lambda one: one[0])
        return tuple(tag for _, tag in found)

    def _outside(self) -> None:
        """LP952: a tag in what is no text of a paragraph."""
        for element in self._alive:
            text = element.text or ""
            if (
                isinstance(element.tag, str)
                and element.tag != f"{W}t"
                and ("{{" in text or "{%" in text or "{#" in text)
            ):
                self._add(
                    "LP952",
                    self.name,
                    say("a tag stands in a field and not in the text"),
                    say("write tags into the text alone"),
                )

    def _paragraph(self, paragraph: _Element, texts: list[_Element]) -> Iterator[tuple[int, Tag]]:
        whole = "".join(text.text or "" for text in texts)
        where = f"{self.name}: {self._places[id(paragraph)]}" + (f" ({short(whole)})" if whole.strip() else "")
        spans, beside = [], ""
        at = 0
        while at < len(whole):
            begin = min((place for mark in ENDS if (place := whole.find(mark, at)) >= 0), default=-1)
            beside += whole[at:] if begin < 0 else whole[at:begin]
            if begin < 0:
                break
            mark = whole[begin : begin + 2]
            end = whole.find(ENDS[mark], begin + 2)
            if end < 0:
                message = say("{tag} is not closed in its paragraph", tag=quoted(whole[begin : begin + 40]))
                self._add(
                    "LP950", where, message, say("write the whole tag into one paragraph: {{{{ order.number }}}}")
                )
                return
            spans.append((begin, end + 2))
            at = end + 2
        if "{" in beside or "}" in beside:
            message = say("a brace stands alone in the text")
            self._add("LP950", where, message, say("write the whole tag, {{{{ order.number }}}}, or round brackets"))
            return
        if beside.strip():
            self.words.append(beside.strip())
            self.findings.extend(held(where, why) for why in misleading(beside))
        self._count += len(spans)
        if spans:
            tags = [self._tag(whole[a:b].translate(_QUOTES), where, paragraph, beside, len(spans)) for a, b in spans]
            owners = rewritten(texts, whole, spans, [tag.text if tag else "" for tag in tags])
            for tag, owner in zip(tags, owners, strict=True):
                if tag is not None:
                    self._runs(tag, owner, where)
                    yield self._order[id(owner)], tag

    def _tag(self, text: str, where: str, paragraph: _Element, beside: str, tags: int) -> Tag | None:
        """Return a tag that may stand there; what is wrong with it is added to the findings."""
        mark, inner = text[:2], text[2:-2]
        if len(text) > LONGEST_TAG:
            self._refused(text, where, say("it has more than {most} characters", most=LONGEST_TAG))
            return None
        match = _TAG.fullmatch(inner)
        assert match is not None  # every part of the pattern may be empty
        unit, said = match["unit"] or "", match["said"]
        if mark == "{#":
            self._unit(unit, where, paragraph, beside, text, tags)
            return Tag(kind="comment", text=text, node=None, name="", where=where)
        statement = _STATEMENT.match(said)
        word = statement[1] if statement else ""
        try:
            if said.startswith("-") or said.endswith("-"):
                raise NotAllowed(say("a minus sign would draw paragraphs together, with what stands between them"))
            if mark == "{{":
                return self._printed(text, said, unit, where, paragraph, beside, tags)
            if word in _MERGES and said.strip() == word:
                if above(paragraph, f"{W}tc") is None:
                    self._homeless(text, where)
                return Tag(kind="merge", text=text, node=None, name=word, where=where)
            if word in _CLOSING and said.strip() == word:
                node, name = None, ""
            elif word in _SOURCES:
                node, name = _expression(word, said)
            else:
                raise NotAllowed(
                    say(
                        "{word} is no statement of a contract; there are if, elif, else and for",
                        word=quoted(word or said.strip()[:20]),
                    )
                )
        except NotAllowed as error:
            self._refused(text, where, error.why)
            return None
        self._unit(unit, where, paragraph, beside, text, tags)
        return Tag(kind=word, text=text, node=node, name=name, where=where)

    def _printed(
        self, text: str, said: str, unit: str, where: str, paragraph: _Element, beside: str, tags: int
    ) -> Tag | None:
        source = parsed(f"{{{{{said}}}}}")
        check(source)
        outputs: list[Any] = [node for output in source.body for node in getattr(output, "nodes", ())]
        if len(outputs) != 1 or type(outputs[0]).__name__ == "TemplateData":
            raise NotAllowed(say("it names no value"))
        name = getattr(outputs[0], "name", "") if type(outputs[0]).__name__ == "Name" else ""
        if name in PARTS or name in MORE_PARTS:
            alone = not beside.strip() and tags == 1
            section = paragraph.find(f"{W}pPr/{W}sectPr") is not None
            if not alone or section or not self.in_body or paragraph.getparent().tag != f"{W}body":
                message = say("{name} does not stand alone in a paragraph of the body", name=name)
                self._add(
                    "LP953",
                    where,
                    message,
                    say(
                        "give it a paragraph of its own, outside of tables, headers and text boxes, and no section break"
                    ),
                )
                return None
            return Tag(kind="part", text=f"{{{{p {name} }}}}", node=None, name=name, where=where)
        if unit:
            raise NotAllowed(
                say("{unit} before a value puts it outside of the text: {{{{ order.number }}}}", unit=unit)
            )
        return Tag(kind="print", text=text, node=outputs[0], name="", where=where)

    def _unit(self, unit: str, where: str, paragraph: _Element, beside: str, text: str, tags: int) -> None:
        """LP953: a tag that takes its paragraph, row or cell away stands beside something that would go with it."""
        lost, more = "", tags > 1
        if unit == "p":
            lost = beside
            if paragraph.find(f"{W}pPr/{W}sectPr") is not None or any(True for _ in paragraph.iter(*_PICTURES)):
                lost = "section break or picture"
        elif unit in ("tr", "tc"):
            holder = above(paragraph, f"{W}{unit}")
            if holder is None:
                self._homeless(text, where)
                return
            inside = "".join(t.text or "" for t in holder.iter(f"{W}t"))
            lost, more = without_tags(inside), sum(map(inside.count, ENDS)) > 1
        if unit in ("p", "tr", "tc") and (lost.strip() or more):
            what = lost.strip() or "another tag"
            message = say("{tag} would take away what stands beside it: {text}", tag=quoted(text), text=quoted(what))
            self._add("LP953", where, message, say("give the tag a paragraph, row or cell of its own"))

    def _homeless(self, text: str, where: str) -> None:
        """LP953: a tag of rows or cells stands outside of tables."""
        message = say("{tag} stands in no table", tag=quoted(text))
        self._add("LP953", where, message, say("put it into a row of its own"))

    def _runs(self, tag: Tag, owner: _Element, where: str) -> None:
        """LP953: a tag that takes its run away shares it with words."""
        if tag.text[2:].lstrip("-").startswith("r ") and (owner.text or "").strip() != tag.text:
            message = say(
                "{tag} would take away what stands beside it: {text}",
                tag=quoted(tag.text),
                text=quoted((owner.text or "").strip()),
            )
            self._add("LP953", where, message, say("write the tag without r"))

    def _refused(self, text: str, where: str, why: Message) -> None:
        message = say("{tag} is not allowed: {why}", tag=quoted(text), why=why)
        hint = say(
            "a contract takes names with attributes, conditions, loops over names and a few filters: docs/word-houses.md"
        )
        self._add("LP954", where, message, hint)

    def _add(self, code: str, where: str, message: Message, hint: Message) -> None:
        if len(self.findings) < 100:
            self.findings.append(Finding(where=where, code=code, message=message, hint=hint))


def _expression(word: str, said: str) -> tuple[Any, str]:
    """Return the condition of a branch, or the name that a loop goes over and what it calls each entry."""
    source = parsed(_SOURCES[word].format(said.strip()))
    if len(source.body) != 1:
        raise NotAllowed(say("it is no single statement"))
    check(source)
    statement: Any = source.body[0]
    if word == "for":
        if type(statement).__name__ != "For" or statement.else_:
            raise NotAllowed(say("it is no single statement"))
        return statement.iter, str(statement.target.name)
    if type(statement).__name__ != "If" or (word == "if" and (statement.elif_ or statement.else_)):
        raise NotAllowed(say("it is no single statement"))
    branches = statement.elif_
    if word == "elif" and len(branches) != 1:
        raise NotAllowed(say("it is no single statement"))
    return (branches[0] if word == "elif" else statement).test, ""


_PICTURES = (f"{W}drawing", f"{W}pict")


def large(where: str, why: Message) -> Finding:
    """LP956: a template, or what it would print, is larger than any contract."""
    return Finding(
        where=where,
        code="LP956",
        message=say("this template is larger than any contract: {why}", why=why),
        hint=say("print lists with one loop each, and leave out what no contract needs"),
    )
