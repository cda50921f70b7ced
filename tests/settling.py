"""
An independent reader of tracked changes: what a Word file says once all of them are accepted, or all rejected.

It knows nothing of how a redline is made, and follows the standard alone: an inserted or deleted run goes with its mark; a
paragraph whose mark goes is joined to the one after it; a row goes with its mark, and a table without rows with it.
"""

from __future__ import annotations

import io
import re
import zipfile
from xml.etree import ElementTree as ET

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_HOLDERS = ("body", "tc", "hdr", "ftr", "sdtContent")

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MAIN = "word/document.xml"

Said = list[tuple[str, str]]
"""Style and text of each paragraph in reading order, cells included; field codes in braces, tabs as tabs."""

Pages = dict[str, Said]
"""The body, and the headers and footers of each section in their order (``2 footerReference default``)."""


def stories(content: bytes) -> dict[str, ET.Element]:
    """Body, headers and footers of a Word file, parsed."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = [n for n in package.namelist() if re.fullmatch(r"word/(document|(old-)?(header|footer)\d*)\.xml", n)]
        return {name: ET.fromstring(package.read(name)) for name in names}


def said(root: ET.Element) -> Said:
    """What a story says, paragraph by paragraph."""
    found = []
    for paragraph in root.iter(f"{W}p"):
        text = ""
        for node in paragraph.iter():
            if node.tag in (f"{W}t", f"{W}delText"):
                text += node.text or ""
            elif node.tag in (f"{W}instrText", f"{W}delInstrText"):
                text += "{" + (node.text or "") + "}"
            elif node.tag == f"{W}tab" and node.get(f"{W}val") is None:
                text += "\t"
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        found.append((style.get(f"{W}val", "") if style is not None else "", text))
    return found


def plain(content: bytes) -> Pages:
    """What a file without tracked changes says."""
    return _pages(content, stories(content))


def accepted(content: bytes) -> Pages:
    """What a file says once all changes are accepted."""
    return _pages(content, {name: _settled(root, keep="ins", drop="del") for name, root in stories(content).items()})


def rejected(content: bytes) -> Pages:
    """What a file says once all changes are rejected."""
    return _pages(content, {name: _settled(root, keep="del", drop="ins") for name, root in stories(content).items()})


def _pages(content: bytes, settled: dict[str, ET.Element]) -> Pages:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        relations = ET.fromstring(package.read("word/_rels/document.xml.rels"))
    targets = {r.get("Id"): f"word/{r.get('Target')}" for r in relations}
    found = {"body": said(settled[_MAIN])}
    for place, section in enumerate(settled[_MAIN].iter(f"{W}sectPr")):
        for node in section:
            if node.tag in (f"{W}headerReference", f"{W}footerReference"):
                use = f"{place} {node.tag.removeprefix(W)} {node.get(f'{W}type')}"
                found[use] = said(settled[targets[node.get(f"{R}id")]])
    return found


def _settled(node: ET.Element, keep: str, drop: str) -> ET.Element:
    children: list[ET.Element] = []
    for child in node:
        if child.tag == f"{W}{drop}" or (child.tag == f"{W}tr" and child.find(f"{W}trPr/{W}{drop}") is not None):
            continue
        if child.tag == f"{W}{keep}":
            children += list(_settled(child, keep, drop))
        elif child.tag == f"{W}pPr":
            children.append(_properties(child, rejects=keep == "del", drop=drop))
        else:
            children.append(_settled(child, keep, drop))
    made = ET.Element(node.tag, node.attrib)
    made.text, made.tail = node.text, node.tail
    made.extend(_joined(children) if node.tag in [f"{W}{name}" for name in _HOLDERS] else children)
    return made


def _properties(node: ET.Element, *, rejects: bool, drop: str) -> ET.Element:
    """The properties that hold afterwards; a mark that goes is kept to be seen by :func:`_joined`."""
    change = node.find(f"{W}pPrChange")
    made = ET.Element(node.tag)
    if rejects and change is not None:
        made.extend([*(change.find(f"{W}pPr") or ()), *node.findall(f"{W}sectPr")])
    else:
        made.extend([child for child in node if child.tag not in (f"{W}pPrChange", f"{W}rPr")])
    if node.find(f"{W}rPr/{W}{drop}") is not None:
        ET.SubElement(made, "gone")
    return made


def _joined(children: list[ET.Element]) -> list[ET.Element]:
    out: list[ET.Element] = []
    carried: list[ET.Element] = []
    for child in children:
        if child.tag == f"{W}p":
            carried += [node for node in child if node.tag != f"{W}pPr"]
            if child.find(f"{W}pPr/gone") is not None:
                continue
            joined = ET.Element(child.tag)
            joined.extend([node for node in child if node.tag == f"{W}pPr"])
            joined.extend(carried)
            carried = []
            out.append(joined)
            continue
        assert not _says(carried), f"text would run into {child.tag}"
        carried = []
        if child.tag != f"{W}tbl" or child.find(f"{W}tr") is not None:
            out.append(child)
    assert not _says(carried), "text would run out of what holds it"
    return out


def _says(nodes: list[ET.Element]) -> str:
    return "".join(t.text or "" for node in nodes for t in node.iter() if t.tag in (f"{W}t", f"{W}delText"))
