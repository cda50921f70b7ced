"""A template rendered by docxtpl itself and by us, with values made up for whatever it names."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import Environment

from lotproof.wordhouses.expressions import path_of, paths
from lotproof.wordhouses.filling import Branches, Loop, Node, walk
from lotproof.wordhouses.rendering import Template, render
from lotproof.wordhouses.tags import Tag
from lotproof.wordhouses.trees import W, parsed
from lotproof.wordhouses.values import Table


def differing(content: bytes, template: Template) -> list[str]:
    """Return the parts in which the two renderings of a template differ; there is one part at least."""
    values = made_up(template)
    walk(template.nodes, values)
    ours, theirs = render(template, values), rendered_by_docxtpl(content, values)
    stories = [name for name in ours if re.fullmatch(r"word/(document|header\d*|footer\d*|footnotes)\.xml", name)]
    assert stories
    return [name for name in stories if shape(ours[name]) != shape(theirs[name])]


def rendered_by_docxtpl(content: bytes, values: Mapping[str, Any]) -> dict[str, bytes]:
    """Return the parts that docxtpl makes of a template, with values escaped."""
    document = DocxTemplate(io.BytesIO(content))
    document.render(dict(values), Environment(autoescape=True), autoescape=True)
    out = io.BytesIO()
    document.save(out)
    with zipfile.ZipFile(out) as package:
        return {name: package.read(name) for name in package.namelist()}


def shape(raw: bytes) -> list[tuple[str, str]]:
    """Return paragraphs with their words, and the tables, rows and cells around them."""
    found: list[tuple[str, str]] = []
    for element in parsed(raw).iter(f"{W}p", f"{W}tbl", f"{W}tr", f"{W}tc", f"{W}sectPr"):
        words = "".join(t.text or "" for t in element.iter(f"{W}t")) if element.tag == f"{W}p" else ""
        found.append((element.tag.rpartition("}")[2], words))
    return found


def made_up(template: Template) -> Table:
    """Return values for every name of a template: texts that want escaping, two entries for each loop."""
    values = Table()
    for story in template.nodes.values():
        _fill(story, values, {})
    return values


def _fill(nodes: Sequence[Node], values: Table, scope: Mapping[str, Sequence[Table]]) -> None:
    for node in nodes:
        match node:
            case Tag():
                if node.node is not None:
                    for path in paths(node.node):
                        _put(path, values, scope)
            case Branches(branches):
                for tag, body in branches:
                    if tag is not None:
                        for path in paths(tag.node):
                            _put(path, values, scope)
                    _fill(body, values, scope)
            case Loop(tag, body):
                path = path_of(tag.node)
                named = any(len(one) > 1 and one[0] == tag.name for one in _paths_in(body))
                for holder in _holders(path, values, scope):
                    if not isinstance(holder.get(path[-1]), tuple):
                        holder[path[-1]] = (Table(), Table()) if named else ("one & <two>", "三")
                entries = [e for h in _holders(path, values, scope) for e in h[path[-1]] if isinstance(e, Table)]
                _fill(body, values, {**scope, tag.name: entries, "loop": []})


def _paths_in(nodes: Sequence[Node]) -> list[tuple[str, ...]]:
    found: list[tuple[str, ...]] = []
    for node in nodes:
        match node:
            case Tag():
                found += paths(node.node) if node.node is not None else []
            case Branches(branches):
                for tag, body in branches:
                    found += [*(paths(tag.node) if tag is not None else []), *_paths_in(body)]
            case Loop(tag, body):
                found += [*paths(tag.node), *_paths_in(body)]
    return found


def _holders(path: tuple[str, ...], values: Table, scope: Mapping[str, Sequence[Table]]) -> list[Table]:
    first, *others = path
    if first in scope and not others:
        return []
    holders = list(scope[first]) if first in scope else [values]
    steps = others if first in scope else [first, *others]
    for step in steps[:-1]:
        holders = [holder.setdefault(step, Table()) for holder in holders]
    return holders


def _put(path: tuple[str, ...], values: Table, scope: Mapping[str, Sequence[Table]]) -> None:
    for place, holder in enumerate(_holders(path, values, scope)):
        holder.setdefault(path[-1], f"{path[-1]} {place} & < > \u201c中文\u201d")
