"""Puts into a rendered contract what every document of ours has: styles of our parts, properties, and the order's data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from lotproof.documents.nodes import Document
from lotproof.wordhouses.trees import W, parsed, tostring, without_relations

if TYPE_CHECKING:
    from lotproof.wordhouses.blocks import Own

_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_CORE = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"

Parts = dict[str, bytes]

PAGE_STORE = "{9B0C4A52-2D7E-5F31-8A64-3E1D5C7F2B12}"
"""Identifies the custom XML part that holds what the pages say."""


def with_styles(parts: Parts, main: str) -> Parts:
    """Return the parts with the styles that fragments use."""
    from lxml import etree

    from lotproof.writers.docx.fragments import PREFIX, fragment_styles
    from lotproof.writers.docx.styles import NAMESPACES

    folder = main.rpartition("/")[0]
    place = _target(parts, main, "styles") or f"{folder}/styles.xml"
    root = parsed(parts[place]) if place in parts else etree.fromstring(f"<w:styles {NAMESPACES}/>")
    for style in list(root.iter(f"{W}style")):
        if (style.get(f"{W}styleId") or "").startswith(PREFIX):
            root.remove(style)
    for _, xml in fragment_styles():
        holder = etree.fromstring(f"<w:styles {NAMESPACES}>{xml}</w:styles>")
        root.append(holder[0])
    changed = {**parts, place: tostring(root)}
    if place not in parts:
        changed = _related(changed, main, "styles", place.rpartition("/")[2])
        changed = _typed(changed, place, "application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml")
    return changed


def with_draft(parts: Parts, main: str, own: Own) -> Parts:
    """Return the parts with a first line that says that it is a draft."""
    from lxml import etree

    from lotproof.writers.docx.fragments import fragment
    from lotproof.writers.docx.styles import NAMESPACES

    root = parsed(parts[main])
    xml = fragment(own.document, own.blocks["draft"], own.numbers, 9000)
    lines = etree.fromstring(f"<w:body {NAMESPACES}>{xml}</w:body>")
    body = root.find(f"{W}body")
    for place, line in enumerate(list(lines)):
        body.insert(place, line)
    return {**parts, main: tostring(root)}


def with_properties(parts: Parts, document: Document) -> Parts:
    """Return the parts with our properties: title, date, number, digest, status; nobody is named who wrote the template."""
    from lotproof.writers.docx.page import title
    from lotproof.writers.package import OFFICE
    from lotproof.writers.properties import core, custom
    from lotproof.writers.xml import DECLARATION

    left = {name: raw for name, raw in parts.items() if not name.startswith(("customXml/", "docProps/"))}
    extended = OFFICE.replace("/relationships/", "/extended-properties")
    status = "draft" if document.draft else "final"
    ours = {
        "docProps/core.xml": core(title(document), document.date, document.languages[0]),
        "docProps/app.xml": f'{DECLARATION}<Properties xmlns="{extended}"><Application>lotproof</Application></Properties>',
        "docProps/custom.xml": custom(
            {
                "lotproof.kind": document.kind,
                "lotproof.number": document.number,
                "lotproof.digest": document.digest,
                "lotproof.status": status,
            }
        ),
    }
    changed = left | {name: xml.encode() for name, xml in ours.items()}
    changed = _unrelated(
        changed, "_rels/.rels", ("core-properties", "extended-properties", "custom-properties", "thumbnail")
    )
    changed = _untyped(changed)
    for kind, name, what in (
        (_CORE, "docProps/core.xml", "application/vnd.openxmlformats-package.core-properties+xml"),
        (
            "extended-properties",
            "docProps/app.xml",
            "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        ),
        (
            "custom-properties",
            "docProps/custom.xml",
            "application/vnd.openxmlformats-officedocument.custom-properties+xml",
        ),
    ):
        changed = _typed(_related(changed, "", kind, name), name, what)
    return changed


def with_data(parts: Parts, main: str, data: Mapping[str, tuple[str, Sequence[str]]]) -> Parts:
    """
    Return the parts with custom XML.

    Args:
        data: by the name of the part, its root element and its text in pieces.
    """
    from lotproof.writers.docx.fixed import DATA_NAMESPACE, STORE
    from lotproof.writers.package import OFFICE, relationships
    from lotproof.writers.xml import DECLARATION, escape

    changed = dict(parts)
    stores = (STORE, PAGE_STORE)  # without one, LibreOffice drops the part when it saves the file
    for number, ((name, (root, pieces)), store) in enumerate(zip(data.items(), stores, strict=True), 1):
        text = "".join(map(escape, pieces))
        properties = f"customXml/itemProps{number}.xml"
        namespace = OFFICE.replace("/relationships/", "/customXml")
        xml = {
            name: f'{DECLARATION}<{root} xmlns:lp="{DATA_NAMESPACE}" type="application/json">{text}</{root}>',
            properties: f'{DECLARATION}<ds:datastoreItem xmlns:ds="{namespace}" ds:itemID="{store}"><ds:schemaRefs>'
            f'<ds:schemaRef ds:uri="{DATA_NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>',
            _rels(name): relationships((("rId1", "customXmlProps", properties.rpartition("/")[2]),)),
        }
        changed |= {part: content.encode() for part, content in xml.items()}
        changed = _related(changed, main, "customXml", f"../{name}")
        changed = _typed(changed, properties, "application/vnd.openxmlformats-officedocument.customXmlProperties+xml")
    return changed


def _rels(part: str) -> str:
    folder, _, file = part.rpartition("/")
    return f"{folder}/_rels/{file}.rels" if folder else f"_rels/{file}.rels"


def _target(parts: Parts, part: str, kind: str) -> str:
    import posixpath

    for relation in parsed(parts[_rels(part)]):
        if str(relation.get("Type")).endswith(f"/{kind}"):
            target = str(relation.get("Target"))
            return target.lstrip("/") if target.startswith("/") else posixpath.join(posixpath.dirname(part), target)
    return ""


def _related(parts: Parts, part: str, kind: str, target: str) -> Parts:
    from lxml import etree

    name = _rels(part) if part else "_rels/.rels"
    root = parsed(parts[name])
    taken = {relation.get("Id") for relation in root}
    number = next(n for n in range(1, 100_000) if f"rIdLot{n}" not in taken)
    whole = kind if kind.startswith("http") else _OFFICE + kind
    etree.SubElement(root, f"{_RELATIONS}Relationship", {"Id": f"rIdLot{number}", "Type": whole, "Target": target})
    return {**parts, name: tostring(root)}


def _unrelated(parts: Parts, name: str, kinds: Sequence[str]) -> Parts:
    return {**parts, name: without_relations(parts[name], kinds)} if name in parts else parts


def _typed(parts: Parts, part: str, kind: str) -> Parts:
    from lxml import etree

    root = parsed(parts["[Content_Types].xml"])
    for row in list(root):
        if row.get("PartName") == f"/{part}":
            root.remove(row)
    etree.SubElement(root, f"{_TYPES}Override", {"PartName": f"/{part}", "ContentType": kind})
    return {**parts, "[Content_Types].xml": tostring(root)}


def _untyped(parts: Parts) -> Parts:
    """Return the parts with a content type for no part that is not there, and one for XML."""
    from lxml import etree

    root = parsed(parts["[Content_Types].xml"])
    for row in list(root):
        if row.get("PartName") and str(row.get("PartName")).lstrip("/") not in parts:
            root.remove(row)
    if not any(row.get("Extension") == "xml" for row in root):
        root.insert(0, etree.Element(f"{_TYPES}Default", {"Extension": "xml", "ContentType": "application/xml"}))
    return {**parts, "[Content_Types].xml": tostring(root)}
