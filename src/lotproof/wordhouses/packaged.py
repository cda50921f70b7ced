"""
The package of a ``contract.docx``: looked through by our own bounded readers before anything in it is used.

Whatever would run, fetch, hide text or change by itself is refused and not taken out, so that a lawyer knows what the contract lacks.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType

from lotproof.findings import Finding, Refused, quoted
from lotproof.frozen import Frozen
from lotproof.messages import Message, say
from lotproof.readers.package import Package, open_package, too_large
from lotproof.readers.relations import content_type, main_part, no_word, refuse_active, refuse_foreign, relations
from lotproof.readers.xml import Attributes, utf8, visit
from lotproof.wordhouses.found import MOST_BYTES
from lotproof.wordhouses.seeing import hiding, unseen
from lotproof.wordhouses.trees import without_relations

MOST_PART, MOST_STORY, MOST_PARTS = 4_000_000, 2_000_000, 120
"""Bytes of each part in the file and of each that may hold tags, and how many parts."""

DEEPEST, DEEPEST_TABLE = 200, 8
"""Elements, and tables, within each other."""

STORIES = ("header", "footer", "footnotes")
"""Parts beside the body that may hold tags."""

_KINDS = frozenset(
    {
        "officeDocument", "core-properties", "extended-properties", "custom-properties", "thumbnail",
        "styles", "stylesWithEffects", "numbering", "settings", "webSettings", "fontTable", "theme", "image", "hyperlink",
        "customXml", "customXmlProps", "endnotes", "people", "commentsExtended", "commentsIds", "commentsExtensible", *STORIES,
    }
)  # fmt: skip
"""What one part may refer to."""
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"BM")
_FIELDS = frozenset(
    {"PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "REF", "PAGEREF", "NOTEREF", "TOC", "SEQ", "STYLEREF", "HYPERLINK"}
)
"""Fields of Word that count or refer inside of the document; every other one fetches, asks or changes by itself."""

_ELEMENTS: Mapping[str, Message] = MappingProxyType(
    {
        **dict.fromkeys(("w:altChunk", "w:subDoc", "w:frameset"), say("a file that is brought in when it is opened")),
        **dict.fromkeys(("w:object", "o:OLEObject", "w:movie"), say("an embedded object")),
        **dict.fromkeys(("w:control", "w:ocx"), say("an ActiveX control")),
        **dict.fromkeys(("w:ins", "w:del", "w:moveFrom", "w:moveTo"), say("a tracked change")),
        **dict.fromkeys(("w:vanish", "w:specVanish", "w:webHidden"), say("hidden text")),
        **dict.fromkeys(("w:dataBinding", "w:mailMerge"), say("a text that comes from other data")),
        "w:commentReference": say("a comment"),
        "w:strike": say("struck text"),
        "w:dstrike": say("struck text"),
    }
)
_RUN_SWITCHES = frozenset({"w:vanish", "w:specVanish", "w:webHidden", "w:strike", "w:dstrike"})


class Packaged(Frozen, kw_only=True):
    """
    The parts of a ``contract.docx``.

    Attributes:
        name: what findings call the file.
        parts: bytes by name, without those that a contract does not take over (:func:`_is_left`).
        main: name of the body.
        stories: the kind of each part that may hold tags, by its name: ``body``, ``header``, ``footer``, ``footnotes``.
    """

    name: str
    parts: Mapping[str, bytes]
    main: str
    stories: Mapping[str, str]


def read_package(content: bytes, name: str) -> Packaged:
    """
    Look a template through.

    Raises:
        Refused: it cannot or should not be read (LP500 to LP507), or holds what no contract may (LP951, LP952).
    """
    if len(content) > MOST_BYTES:
        raise Refused([too_large(name, say("more than {most:,} bytes", most=MOST_BYTES))])
    package = open_package(content, name)
    refuse_foreign(package)
    refuse_active(package)
    large = [entry for entry in package.entries.values() if entry.size > MOST_PART]
    if large or len(package.entries) > MOST_PARTS:
        what = large[0].name if large else f"{len(package.entries)} parts"
        raise Refused([too_large(name, say("{part} is larger than a template of a contract", part=quoted(what)))])
    main = main_part(package)
    if "wordprocessingml" not in content_type(package, main):
        raise Refused([no_word(name)])
    stories = {main: "body"} | {
        r.target: r.kind for r in relations(package, main) if r.kind in STORIES and r.target in package
    }
    long = [part for part in stories if package.entries[part].size > MOST_STORY]
    if long:
        raise Refused([too_large(name, say("{part} is larger than a template of a contract", part=quoted(long[0])))])
    findings = list(_relations(package))
    parts = {part: package.read(part) for part in package.entries if not _is_left(part) and not part.endswith("/")}
    for part, raw in parts.items():
        findings += _part(part, raw, name, stories)
    if not findings:
        findings += (held(f"{name} ({text.strip()[:40]})", why) for why, text in itertools.islice(unseen(package), 40))
    if findings:
        raise Refused(dict.fromkeys(findings[:40]))
    related = {part: without_relations(raw, _LEFT) for part, raw in parts.items() if part.endswith(".rels")}
    return Packaged(name=name, parts=parts | related, main=main, stories=stories)


_LEFT = (
    "customXml",
    "thumbnail",
    "custom-properties",
    "people",
    "attachedTemplate",
    "commentsExtended",
    "commentsIds",
    "commentsExtensible",
)
"""Relationships to what is not taken over."""


def _is_left(part: str) -> bool:
    """Say whether a part is not taken over: data of other programs, and what says who wrote the file."""
    return (
        part.startswith(("customXml/", "docProps/thumbnail", "word/people", "word/comments"))
        or part == "docProps/custom.xml"
    )


def _relations(package: Package) -> Iterator[Finding]:
    for part in ("", *(name for name in package.entries if name.endswith(".xml"))):
        for relation in relations(package, part):
            if relation.external and (relation.kind != "hyperlink" or not _WEB.match(relation.target)):
                yield held(
                    package.name,
                    say(
                        "{kind} refers to something outside: {target}",
                        kind=relation.kind,
                        target=quoted(relation.target),
                    ),
                )
            elif relation.kind not in _KINDS:
                yield held(package.name, say("it holds a part that no contract needs: {kind}", kind=relation.kind))
            elif relation.kind == "image" and not package.read(relation.target).startswith(_PICTURES):
                yield held(
                    package.name, say("{part} is no PNG, JPEG, GIF or BMP picture", part=quoted(relation.target))
                )


_WEB = re.compile(r"(?:https?://|mailto:|#)", re.IGNORECASE)


def _part(part: str, raw: bytes, name: str, stories: Mapping[str, str]) -> Iterator[Finding]:
    if not part.endswith((".xml", ".rels")):
        return
    seen = _Looking(part, name, body=stories.get(part) == "body")
    visit(utf8(raw), seen, name, part)
    yield from seen.found
    if part not in stories and (b"{{" in raw or b"{%" in raw or b"{#" in raw):
        yield Finding(
            where=f"{name}: {part}",
            code="LP952",
            message=say("a tag stands in a part that is not filled in: {part}", part=part),
            hint=say("write tags into the text of the body, headers, footers and footnotes alone"),
        )


class _Looking:
    """Looks at each element of a part."""

    def __init__(self, part: str, name: str, *, body: bool) -> None:
        self.found: list[Finding] = []
        self._part, self._name, self._body = part, name, body
        self._paragraph, self._fields, self._reading = 0, list[list[str]](), False
        self._depth = self._tables = 0
        self._text: list[str] = []

    def start(self, name: str, attributes: Attributes, place: int) -> None:
        self._depth += 1
        self._tables += name == "w:tbl"
        if self._depth > DEEPEST or self._tables > DEEPEST_TABLE:
            raise Refused([too_large(self._name, say("its elements or tables stand too deep within each other"))])
        if name == "w:p":
            self._paragraph += 1
            self._text = []
        why = _ELEMENTS.get(name)
        if why is not None and not (
            name in _RUN_SWITCHES and attributes.get("val", "1").lower() in ("0", "false", "off")
        ):
            if name not in _RUN_SWITCHES or self._part != "word/styles.xml":
                self._add(why)
        hides = hiding(name, attributes, body=self._body)
        if hides is not None:
            self._add(hides)
        if name == "w:fldSimple":
            self._field(attributes.get("instr", ""))
        elif name == "w:fldChar":
            kind = attributes.get("fldCharType", "")
            if kind == "begin":
                self._fields.append([])
            elif self._fields and kind in ("separate", "end"):
                self._field("".join(self._fields[-1]))
                self._fields[-1] = ["PAGE"]
                if kind == "end":
                    self._fields.pop()
        self._reading = name == "w:instrText"
        if any("{{" in value or "{%" in value or "{#" in value for value in attributes.values()):
            self.found.append(
                Finding(
                    where=self._where(),
                    code="LP952",
                    message=say("a tag stands in a property and not in the text"),
                    hint=say("write tags into the text of the body, headers, footers and footnotes alone"),
                )
            )

    def end(self, name: str, place: int) -> None:
        self._depth -= 1
        self._tables -= name == "w:tbl"
        if name == "w:instrText":
            self._reading = False

    def text(self, data: str, place: int) -> None:
        if self._reading:
            if self._fields:
                self._fields[-1].append(data)
            else:
                self._field(data)
        elif len(self._text) < 20:
            self._text.append(data)

    def _field(self, instruction: str) -> None:
        words = instruction.split()
        link = words[:1] == ["HYPERLINK"] and words[1:2] != ["\\l"]
        if not words or words[0].upper() not in _FIELDS or (link and not _WEB.match("".join(words[1:2]).strip('"'))):
            self._add(
                say("a field that fetches or changes by itself: {field}", field=quoted(instruction.strip() or "?"))
            )

    def _add(self, why: Message) -> None:
        if len(self.found) < 40:
            self.found.append(held(self._where(), why))

    def _where(self) -> str:
        text = "".join(self._text).strip()[:40]
        return f"{self._name}: {self._part}, paragraph {self._paragraph}" + (f" ({text})" if text else "")


def held(where: str, why: Message) -> Finding:
    """LP951: a template holds what would run, fetch, hide or change by itself."""
    return Finding(
        where=where,
        code="LP951",
        message=say("a contract takes this over from no template: {what}", what=why),
        hint=say(
            "take it out in Word and save the file again as a plain .docx; tracked changes and comments are settled first"
        ),
    )
