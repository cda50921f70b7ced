"""
The contract with a Word comment at each place that an audit found.

A Word document is changed in its main part, its comments and the two lists that name them, and nowhere else; of any other file a
document with its text is made.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from xml.sax.saxutils import escape

from lotproof.audit.model import Remark
from lotproof.audit.repacking import repack
from lotproof.frozen import Frozen
from lotproof.readers.docx import read as read_docx
from lotproof.readers.model import Passage, Reading, Run
from lotproof.readers.package import Package, open_package
from lotproof.readers.relations import CONTENT_TYPES, main_part, relations
from lotproof.readers.xml import TRANSITIONAL, utf8

STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_RELATIONS = {
    TRANSITIONAL: "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments",
    STRICT: "http://purl.oclc.org/ooxml/officeDocument/relationships/comments",
}
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
_MEND = {"en": "Mend: ", "zh": "建议："}
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_TAG = re.compile(rb"<(?:([A-Za-z_][\w.-]*):)?[A-Za-z]+(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")


class _Spot(Frozen, kw_only=True):
    """
    A byte of the main part at which comment marks go.

    Attributes:
        place: the byte.
        run: to be cut in two there; None: the place lies between runs.
        text: it lies in the characters of a text element that begins at ``element``.
    """

    place: int
    run: Run | None
    text: bool
    element: int


def annotate(content: bytes, reading: Reading, remarks: Sequence[Remark], language: str = "en") -> bytes:
    """
    Return a Word document that shows the remarks of an audit as comments.

    Args:
        content: the audited file.
        reading: what was read from it.
        remarks: of :func:`lotproof.audit.auditing.audit`.
        language: of the word before each hint.
    """
    if reading.format != "docx":
        content = _document(reading.passages)
        reading = read_docx(content, "text.docx")
    package = open_package(content, "contract.docx")
    main = main_part(package)
    raw = utf8(package.read(main))
    strict = STRICT.encode() in raw[:20_000]
    namespace = STRICT if strict else TRANSITIONAL
    there = next((r.target for r in relations(package, main) if r.kind == "comments" and not r.external), "")
    before = package.read(there) if there in package else b""
    first = max((int(n) for n in re.findall(rb"<(?:\w+:)?comment\s[^>]*?id=[\"']([0-9]{1,9})", before)), default=-1) + 1
    marked = _marked(raw, reading, remarks, first)
    texts = "".join(_comment(first + number, remark, language) for number, remark in enumerate(remarks))
    changed = {main: marked}
    if before:
        changed[there] = _appended(utf8(before), texts.encode(), namespace)
    else:
        part = main.rpartition("/")[0] + "/comments.xml"
        changed[part] = (
            f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:comments xmlns:w="{namespace}">{texts}</w:comments>'.encode()
        )
        changed |= _announced(package, main, part, _RELATIONS[namespace])
    return repack(package, changed)


def _marked(raw: bytes, reading: Reading, remarks: Sequence[Remark], first: int) -> bytes:
    """Return the main part with the marks of all comments."""
    prefix = _prefix(raw, reading.runs)
    marks: dict[int, tuple[_Spot, list[bytes], list[bytes]]] = {}
    for number, remark in enumerate(remarks, first):
        start, end = _ends(raw, reading, remark)
        if start is None or end is None:
            continue
        marks.setdefault(start.place, (start, [], []))[2].append(
            b'<%scommentRangeStart %sid="%d"/>' % (prefix, prefix, number)
        )
        closing = b'<%scommentRangeEnd %sid="%d"/><%sr><%scommentReference %sid="%d"/></%sr>'
        marks.setdefault(end.place, (end, [], []))[1].append(
            closing % (prefix, prefix, number, prefix, prefix, prefix, number, prefix)
        )
    pieces: list[bytes] = []
    inserts: dict[int, bytes] = {}
    for place, (spot, ends, starts) in marks.items():
        inside = b"".join(ends + starts)
        if spot.run is not None:
            again = _opening(raw, spot.run, prefix)
            if spot.text:
                inside = b'</%st></%sr>%s%s<%st xml:space="preserve">' % (prefix, prefix, inside, again, prefix)
                inserts |= _preserved(raw, spot.element)
            else:
                inside = b"</%sr>%s%s" % (prefix, inside, again)
        inserts[place] = inserts.get(place, b"") + inside
    last = 0
    for place in sorted(inserts):
        pieces += [raw[last:place], inserts[place]]
        last = place
    return b"".join((*pieces, raw[last:]))


def _ends(raw: bytes, reading: Reading, remark: Remark) -> tuple[_Spot | None, _Spot | None]:
    """Return where the comment of a remark begins and ends: around its quote, else around what stands nearest."""
    passages = reading.passages
    passage = passages[remark.passage] if remark.passage >= 0 else None
    if passage is not None and passage.pieces:
        start, end = remark.start, max(remark.end, remark.start + 1)
        return _spot(raw, reading, passage, start, at_end=False), _spot(raw, reading, passage, end, at_end=True)
    if passage is not None and passage.near >= 0:
        run = reading.runs[passage.near]
        return _between(run.start), _between(run.end)
    head = next((p for p in passages if p.pieces), None)
    if head is None:
        return None, None
    return _between(reading.runs[head.pieces[0].run].start), _between(reading.runs[head.pieces[-1].run].end)


def _spot(raw: bytes, reading: Reading, passage: Passage, offset: int, *, at_end: bool) -> _Spot:
    """Return the byte of a character of a passage; an end lies behind the character before it."""
    pieces = passage.pieces
    wanted = offset - 1 if at_end else offset
    place = max(0, bisect_right(pieces, wanted, key=lambda piece: piece.start) - 1)
    piece = pieces[place]
    run = reading.runs[piece.run]
    after = pieces[place + 1] if place + 1 < len(pieces) else None
    behind = after.start if after else len(passage.text)
    if not at_end and offset <= piece.start and (place == 0 or pieces[place - 1].run != piece.run):
        return _between(run.start)
    if at_end and offset >= behind and (after is None or after.run != piece.run):
        return _between(run.end)
    if not piece.literal or b"<![CDATA[" in raw[piece.element : piece.place]:
        if at_end:
            inside = after is not None and after.run == piece.run and not piece.literal
            return _inside(raw, after.element, run) if after is not None and inside else _between(run.end)
        return _inside(raw, piece.element, run) if not piece.literal else _between(run.start)
    if at_end and offset >= behind and after is not None:
        if after.element != piece.element:
            return _inside(raw, after.element, run)
        return _Spot(place=after.place, run=run, text=True, element=piece.element)
    length = len(passage.text[piece.start : offset].encode())
    if length == 0 and piece.place == _behind_tag(raw, piece.element):
        return _inside(raw, piece.element, run)
    return _Spot(place=piece.place + length, run=run, text=True, element=piece.element)


def _between(place: int) -> _Spot:
    return _Spot(place=place, run=None, text=False, element=place)


def _inside(raw: bytes, element: int, run: Run) -> _Spot:
    return _Spot(place=element, run=run, text=False, element=element)


def _behind_tag(raw: bytes, element: int) -> int:
    tag = _TAG.match(raw, element)
    return tag.end() if tag else element


def _preserved(raw: bytes, element: int) -> dict[int, bytes]:
    """Return what keeps the spaces at the ends of a text element that is cut in two."""
    tag = _TAG.match(raw, element)
    if tag is None or b"xml:space" in tag[0]:
        return {}
    return {tag.end() - 1: b' xml:space="preserve"'}


def _opening(raw: bytes, run: Run, prefix: bytes) -> bytes:
    """Return the start of a run once more, with its properties."""
    return b"<%sr>%s" % (
        prefix,
        raw[run.properties[0] : run.properties[1]] if run.properties[1] > run.properties[0] else b"",
    )


def _prefix(raw: bytes, runs: Sequence[Run]) -> bytes:
    tag = _TAG.match(raw, runs[0].start) if runs else None
    return b"%s:" % tag[1] if tag and tag[1] else b"w:"


def _comment(number: int, remark: Remark, language: str) -> str:
    lines = [f"{remark.code} ({remark.severity}): {remark.message}", _MEND[language] + remark.hint]
    if remark.passage < 0 or not remark.quote:
        lines.insert(0, f"[{remark.where}]")
    paragraphs = "".join(f'<w:p><w:r><w:t xml:space="preserve">{_safe(line)}</w:t></w:r></w:p>' for line in lines)
    return f'<w:comment w:id="{number}" w:author="lotproof" w:initials="LP">{paragraphs}</w:comment>'


def _safe(text: str) -> str:
    return escape(_ILLEGAL.sub("\ufffd", text))


def _appended(part: bytes, texts: bytes, namespace: str) -> bytes:
    """Return a part of comments with more of them in front of its end; the prefix ``w`` is declared where it is not."""
    declared = texts.replace(b"<w:comment ", b'<w:comment xmlns:w="%s" ' % namespace.encode())
    if part.rstrip().endswith(b"/>"):
        start = part.rindex(b"<")
        tag = part[start:].rstrip()
        name = re.match(rb"<([\w:.-]+)", tag)
        assert name is not None
        return part[:start] + tag[:-2] + b">" + declared + b"</" + name[1] + b">"
    end = part.rindex(b"</")
    return part[:end] + declared + part[end:]


def _announced(package: Package, main: str, part: str, relation: str) -> dict[str, bytes]:
    """Return the two lists that name a new part: the types of the package and the relationships of the main part."""
    folder, _, file = main.rpartition("/")
    rels = f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"
    ids = {r.id for r in relations(package, main)}
    new = next(f"rIdLotproof{n}" for n in range(1, 10_000) if f"rIdLotproof{n}" not in ids)
    entry = f'<Relationship xmlns="http://schemas.openxmlformats.org/package/2006/relationships" Id="{new}" Type="{relation}" Target="/{part}"/>'
    override = f'<Override xmlns="http://schemas.openxmlformats.org/package/2006/content-types" PartName="/{part}" ContentType="{_COMMENTS_TYPE}"/>'
    if rels in package:
        listed = _before_end(utf8(package.read(rels)), entry.encode())
    else:
        listed = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{entry}</Relationships>'.encode()
    return {rels: listed, CONTENT_TYPES: _before_end(utf8(package.read(CONTENT_TYPES)), override.encode())}


def _before_end(part: bytes, entry: bytes) -> bytes:
    if b"</" not in part:  # an empty list
        start = part.rindex(b"<")
        tag = part[start:].rstrip()
        name = re.match(rb"<([\w:.-]+)", tag)
        assert name is not None
        return part[:start] + tag[:-2] + b">" + entry + b"</" + name[1] + b">"
    end = part.rindex(b"</")
    return part[:end] + entry + part[end:]


def _document(passages: Sequence[Passage]) -> bytes:
    """Return a Word document with the text of passages, a paragraph each."""
    body = "".join(f"<w:p>{_run(passage.text)}</w:p>" for passage in passages if passage.kind != "comment")
    parts = {
        CONTENT_TYPES: '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/word/document.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{TRANSITIONAL}"><w:body>{body}<w:sectPr><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>',
    }
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return repack(Package(b"", "", {}), {name: (head + xml).encode() for name, xml in parts.items()})


def _run(text: str) -> str:
    pieces = "".join(_elements(_ILLEGAL.sub("\ufffd", text)))
    return f"<w:r>{pieces}</w:r>"


def _elements(text: str) -> Iterator[str]:
    for part in re.split(r"([\n\t])", text):
        match part:
            case "\n":
                yield "<w:br/>"
            case "\t":
                yield "<w:tab/>"
            case "":
                pass
            case _:
                yield f'<w:t xml:space="preserve">{escape(part)}</w:t>'
