"""What is wrong with a Word package beyond its schema: what Word repairs, refuses, asks about or shows wrongly, and what nobody wants in a contract."""

from __future__ import annotations

import io
import itertools
import posixpath
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree as ET

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
XML = "{http://www.w3.org/XML/1998/namespace}"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"

FIELDS = {"PAGE", "NUMPAGES", "REF", "SEQ", "TOC"}
"""Fields that our documents use; none of them fetches anything."""

FORBIDDEN = ("vbaProject", "activeX", "embeddings/", "oleObject", "attachedToolbars", "afchunk", "externalLink")
_GUID = re.compile(r"\{[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}\}")


def parts(content: bytes) -> dict[str, bytes]:
    """Return the parts of a package by their names, in their order."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def faults(content: bytes) -> list[str]:
    """Return every fault, each with the part it is in; none of a sound package."""
    found = parts(content)
    trees = {name: ET.fromstring(data) for name, data in found.items() if name.endswith((".xml", ".rels"))}
    return [
        *_package(found, trees),
        *_ids(trees),
        *_fields(trees),
        *_numbering(trees),
        *_styles(trees),
        *_controls(trees),
        *_tables(trees["word/document.xml"]),
        *_sections(trees["word/document.xml"]),
        *_access(trees),
    ]


def _stories(trees: dict[str, ET.Element]) -> Iterator[tuple[str, ET.Element]]:
    """Yield the parts that hold text."""
    for name, tree in trees.items():
        if re.fullmatch(r"word/(document|header\d+|footer\d+)\.xml", name):
            yield name, tree


def _package(found: dict[str, bytes], trees: dict[str, ET.Element]) -> Iterator[str]:
    names = list(found)
    if names[:2] != ["[Content_Types].xml", "_rels/.rels"]:
        yield "the package does not begin with its types and relationships"
    if len({name.lower() for name in names}) != len(names):
        yield "two parts have one name"
    types = trees["[Content_Types].xml"]
    endings = {e.get("Extension") for e in types.iter(f"{TYPES}Default")}
    overrides = {str(e.get("PartName")) for e in types.iter(f"{TYPES}Override")}
    for name in names:
        if f"/{name}" not in overrides and name.rpartition(".")[2] not in endings:
            yield f"{name}: no content type"
        if any(word.lower() in name.lower() for word in FORBIDDEN):
            yield f"{name}: an active or foreign part"
        if name.endswith((".xml", ".rels")) and (b"<!DOCTYPE" in found[name] or b"<!ENTITY" in found[name]):
            yield f"{name}: a document type"
    yield from (f"{name}: a content type without a part" for name in overrides if name[1:] not in found)
    for name, tree in trees.items():
        if name.endswith(".rels"):
            yield from _relationships(name, tree, found, trees)


def _relationships(name: str, tree: ET.Element, found: dict[str, bytes], trees: dict[str, ET.Element]) -> Iterator[str]:
    folder, _, file = name.replace("_rels/", "").rpartition("/")
    rows = list(tree.iter(f"{PACKAGE}Relationship"))
    ids = [row.get("Id") for row in rows]
    if len(set(ids)) != len(ids):
        yield f"{name}: an id twice"
    for row in rows:
        target = str(row.get("Target"))
        if row.get("TargetMode"):
            yield f"{name}: {target} is not in the package"
        elif posixpath.normpath(posixpath.join(folder, target)).lstrip("/") not in found:
            yield f"{name}: no part {target}"
    source = f"{folder}/{file.removesuffix('.rels')}".lstrip("/")
    if source in trees:
        used = {value for e in trees[source].iter() for key, value in e.attrib.items() if key.startswith(R)}
        yield from (f"{source}: {key} has no relationship" for key in used - {*ids})
    for key in ("attachedTemplate", "aFChunk", "oleObject", "hyperlink", "subDocument"):
        yield from (f"{name}: a relationship {key}" for row in rows if str(row.get("Type")).endswith(key))


def _ids(trees: dict[str, ET.Element]) -> Iterator[str]:
    body = trees["word/document.xml"]
    starts = [(e.get(f"{W}id"), str(e.get(f"{W}name"))) for e in body.iter(f"{W}bookmarkStart")]
    ends = [e.get(f"{W}id") for e in body.iter(f"{W}bookmarkEnd")]
    yield from (f"bookmark {key} is opened or closed twice" for key, n in Counter(ends).items() if n > 1)
    yield from (f"bookmark {name} stands twice" for name, n in Counter(n.lower() for _, n in starts).items() if n > 1)
    if Counter(key for key, _ in starts) != Counter(ends):
        yield "bookmarks are not balanced"
    yield from (f"bookmark name {name}" for _, name in starts if not re.fullmatch(r"[A-Za-z_]\w{0,39}", name, re.ASCII))
    for name, tree in _stories(trees):
        drawn = [e.get("id") for e in tree.iter(f"{WP}docPr")]
        yield from (f"{name}: picture {key} twice" for key, n in Counter(drawn).items() if n > 1)


def _fields(trees: dict[str, ET.Element]) -> Iterator[str]:
    marks = {e.get(f"{W}name") for e in trees["word/document.xml"].iter(f"{W}bookmarkStart")}
    for name, tree in _stories(trees):
        stack: list[str] = []
        for element in tree.iter():
            if element.tag == f"{W}fldChar":
                kind = str(element.get(f"{W}fldCharType"))
                if kind == "begin":
                    stack.append("")
                elif not stack or (kind == "separate") is (stack[-1] == "separated"):
                    yield f"{name}: a field's {kind} out of turn"
                elif kind == "separate":
                    stack[-1] = "separated"
                else:
                    stack.pop()
                if element.get(f"{W}dirty"):
                    yield f"{name}: a field that asks to be updated"
            elif element.tag == f"{W}instrText":
                words = (element.text or "").split()
                if words[0] not in FIELDS:
                    yield f"{name}: a field {words[0]}"
                if words[0] == "REF" and words[1] not in marks:
                    yield f"{name}: a reference to {words[1]}, which does not exist"
            elif element.tag == f"{W}hyperlink" and element.get(f"{W}anchor") not in marks:
                yield f"{name}: a link to {element.get(f'{W}anchor')}, which does not exist"
        if stack:
            yield f"{name}: a field that does not end"
    if trees["word/settings.xml"].find(f"{W}updateFields") is not None:
        yield "settings: updateFields, which makes Word ask"


def _numbering(trees: dict[str, ET.Element]) -> Iterator[str]:
    tree = trees["word/numbering.xml"]
    abstract = {e.get(f"{W}abstractNumId"): e for e in tree.iter(f"{W}abstractNum")}
    defined = {}
    for number in tree.iter(f"{W}num"):
        of = number.find(f"{W}abstractNumId")
        key = None if of is None else of.get(f"{W}val")
        if key not in abstract:
            yield f"numbering: no list {key}"
        defined[number.get(f"{W}numId")] = key
    for element in abstract.values():
        for kind in ("nsid", "tmpl"):
            value = element.find(f"{W}{kind}")
            if value is not None and not re.fullmatch("[0-9A-F]{8}", str(value.get(f"{W}val"))):
                yield f"numbering: {kind} is not eight hexadecimal digits"
    styles = {e.get(f"{W}styleId"): e for e in trees["word/styles.xml"].iter(f"{W}style")}
    for name in ("word/document.xml", "word/styles.xml"):
        for used in trees[name].iter(f"{W}numId"):
            if used.get(f"{W}val") not in defined:
                yield f"{name}: numId {used.get(f'{W}val')} is not defined"
    for element in abstract.values():
        for level in element.iter(f"{W}lvl"):
            linked = level.find(f"{W}pStyle")
            if linked is None:
                continue
            style = styles.get(linked.get(f"{W}val"))
            back = None if style is None else style.find(f"{W}pPr/{W}numPr/{W}ilvl")
            if back is None or back.get(f"{W}val") != level.get(f"{W}ilvl"):
                yield f"numbering: level {level.get(f'{W}ilvl')} and style {linked.get(f'{W}val')} do not name each other"


def _styles(trees: dict[str, ET.Element]) -> Iterator[str]:
    every = list(trees["word/styles.xml"].iter(f"{W}style"))
    ids = [str(e.get(f"{W}styleId")) for e in every]
    yield from (f"style {key} twice" for key, n in Counter(ids).items() if n > 1)
    for style in every:
        for kind in ("basedOn", "next", "link"):
            other = style.find(f"{W}{kind}")
            if other is not None and other.get(f"{W}val") not in ids:
                yield f"style {style.get(f'{W}styleId')}: no style {other.get(f'{W}val')}"
        if style.get(f"{W}type") == "paragraph":
            fonts, language = style.find(f"{W}rPr/{W}rFonts"), style.find(f"{W}rPr/{W}lang")
            if fonts is None or not fonts.get(f"{W}eastAsia") or language is None or not language.get(f"{W}eastAsia"):
                yield f"style {style.get(f'{W}styleId')}: no East Asian font or language"
    for name, tree in _stories(trees):
        for kind in ("pStyle", "rStyle", "tblStyle"):
            used = {str(e.get(f"{W}val")) for e in tree.iter(f"{W}{kind}")}
            yield from (f"{name}: no style {key}" for key in used - {*ids})


def _controls(trees: dict[str, ET.Element]) -> Iterator[str]:
    properties = [e for _, tree in _stories(trees) for e in tree.iter(f"{W}sdtPr")]
    for kind in ("tag", "alias", "id"):
        values = [str(v.get(f"{W}val")) for e in properties if (v := e.find(f"{W}{kind}")) is not None]
        if kind != "alias":
            yield from (f"{kind} {key} twice" for key, n in Counter(values).items() if n > 1)
        if kind == "id":
            yield from (f"id {v} of a control" for v in values if not 0 < int(v) < 2**31)
        else:
            yield from (f"{kind} of {len(v)} characters" for v in values if not 0 < len(v) <= 64)
    for one in properties:
        for items in (one.iter(f"{W}dropDownList"), one.iter(f"{W}comboBox")):
            for choices in items:
                for key in ("value", "displayText"):
                    values = [str(e.get(f"{W}{key}")) for e in choices]
                    if len(set(values)) != len(values):
                        yield f"a list with one {key} twice"
    yield from _bindings(trees, properties)


def _bindings(trees: dict[str, ET.Element], properties: list[ET.Element]) -> Iterator[str]:
    stores = {}
    for name, tree in trees.items():
        if re.fullmatch(r"customXml/itemProps\d+\.xml", name):
            key = next((v for k, v in tree.attrib.items() if k.endswith("itemID")), "")
            if not _GUID.fullmatch(key):
                yield f"{name}: {key} is no identifier"
            stores[key] = trees.get(name.replace("itemProps", "item"))
    for one in properties:
        binding = one.find(f"{W}dataBinding")
        if binding is None:
            continue
        path = str(binding.get(f"{W}xpath"))
        store = stores.get(str(binding.get(f"{W}storeItemID")))
        spaces = dict(re.findall(r"xmlns:(\w+)=['\"]([^'\"]+)['\"]", str(binding.get(f"{W}prefixMappings"))))
        root, _, rest = path.lstrip("/").partition("/")
        prefix, _, tag = root.removesuffix("[1]").rpartition(":")
        if (
            store is None
            or store.tag != f"{{{spaces.get(prefix, '')}}}{tag}"
            or (rest and store.find(rest, spaces) is None)
        ):
            yield f"binding {path} finds no node"


def _tables(body: ET.Element) -> Iterator[str]:
    for table in body.iter(f"{W}tbl"):
        grid = [int(str(c.get(f"{W}w"))) for c in table.findall(f"{W}tblGrid/{W}gridCol")]
        width = table.find(f"{W}tblPr/{W}tblW")
        if width is None or int(str(width.get(f"{W}w"))) != sum(grid):
            yield "a table whose columns do not give its width"
        heads = [row.find(f"{W}trPr/{W}tblHeader") is not None for row in table.findall(f"{W}tr")]
        if any(heads) and (not heads[0] or all(heads)):
            yield "a table with a heading that is not its first row, or with nothing else"
        for row in table.findall(f"{W}tr"):
            if row.find(f"{W}trPr/{W}cantSplit") is None:
                yield "a row that may be torn"
            spans = [int(str(s.get(f"{W}val"))) for s in row.iter(f"{W}gridSpan")]
            if len(row.findall(f"{W}tc")) + sum(spans) - len(spans) != len(grid):
                yield "a row with another number of cells than the table has columns"
            yield from (
                "a cell that does not end with a paragraph" for c in row.findall(f"{W}tc") if c[-1].tag != f"{W}p"
            )


def _sections(body: ET.Element) -> Iterator[str]:
    root = body.find(f"{W}body")
    if root is None or root[-1].tag != f"{W}sectPr":
        yield "the body does not end with its section"
    for section in body.iter(f"{W}sectPr"):
        if {e.tag for e in section} < {f"{W}headerReference", f"{W}footerReference", f"{W}pgSz", f"{W}pgMar"}:
            yield "a section without header, footer or page"
    if root is not None:
        bare = [e.tag == f"{W}p" and e.find(f".//{W}t") is None and e.find(f".//{W}sectPr") is None for e in root]
        if any(all(bare[at : at + 3]) for at in range(len(bare) - 2)):
            yield "empty lines for space"
        for one, other in itertools.pairwise(root):
            if one.tag == other.tag == f"{W}tbl":
                yield "two tables that grow into one"


def _access(trees: dict[str, ET.Element]) -> Iterator[str]:
    """What an accessibility checker says: titles, languages, alternative texts, headings, runs of empty lines."""
    core = trees["docProps/core.xml"]
    for key in ("title", "language"):
        if not any(e.tag.endswith("}" + key) and (e.text or "").strip() for e in core):
            yield f"properties: no {key}"
    if trees["word/styles.xml"].find(f"{W}docDefaults/{W}rPrDefault/{W}rPr/{W}lang") is None:
        yield "styles: no language"
    for name, tree in _stories(trees):
        yield from (f"{name}: a picture without a description" for e in tree.iter(f"{WP}docPr") if not e.get("descr"))
        yield from (f"{name}: a table without a description" for t in tree.iter(f"{W}tblPr") if not _described(t))
        yield from (f"{name}: a picture beside the text" for _ in tree.iter(f"{WP}anchor"))
        for text in tree.iter(f"{W}t"):
            said = text.text or ""
            if said != said.strip() and text.get(f"{XML}space") != "preserve":
                yield f"{name}: spaces that are lost: {said!r}"


def _described(properties: ET.Element) -> bool:
    caption = properties.find(f"{W}tblCaption")
    return caption is not None and bool(caption.get(f"{W}val"))
