"""
The styles and the page of a Word file with the look of a house: what the look says laid over what :mod:`lotproof.writers.docx.styles` has.

A look is stated for the density ``normal``. In the others each measure changes by what the writer's own changes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from lotproof.frozen import Frozen, replace
from lotproof.looks.model import Line, Look, Page, Place, Properties, Run, Value
from lotproof.looks.values import SIDES
from lotproof.writers.docx.styles import INK, SETTINGS, SHADE, Setting, Sheet, sheet, styles
from lotproof.writers.xml import attribute

EXACT = frozenset({"Clause", "ClauseBeside", "Cell", "CellStrong", "CellMuted", "CellId", "CellHead"})
"""Styles whose lines always have an exact pitch, so that two languages beside each other keep level."""

_STYLE = re.compile(r'<w:style w:type="paragraph"[^>]* w:styleId="(\w+)">(.*?)</w:style>')
_TABLE = re.compile(
    r'(<w:style w:type="table"[^>]* w:styleId="(\w+)">(?:(?!</w:style>).)*<w:tblBorders>)(.*?)(</w:tblBorders>)'
)
_CHILD = re.compile(r"<w:(\w+)(?: [^>]*?)?(?:/>|>.*?</w:\1>)")
_BASED = re.compile(r'<w:basedOn w:val="(\w+)"/>')
_NUMBERS = re.compile(r' w:(\w+)="([^"]*)"')
_PARAGRAPH_ORDER = (
    "keepNext",
    "keepLines",
    "widowControl",
    "numPr",
    "pBdr",
    "shd",
    "tabs",
    "spacing",
    "ind",
    "jc",
    "outlineLvl",
)
_RUN_ORDER = ("rFonts", "b", "bCs", "i", "iCs", "caps", "smallCaps", "color", "spacing", "sz", "szCs", "u", "lang")
_FLAGS = {"bold": ("b", "bCs"), "italic": ("i", "iCs"), "caps": ("caps",), "small_caps": ("smallCaps",)}
_KEEPS = {"keep_next": "keepNext", "keep_lines": "keepLines"}
_BASE = 'w:styleId="Blank"><w:name w:val="Blank"/><w:basedOn w:val="DefaultParagraphFont"/><w:rPr><w:b/><w:bCs/>'

Children = dict[str, str]
Have = Mapping[str, Value]


class _Own(Frozen, kw_only=True):
    """A style as the writer has it: what it is based on, and the elements of ``w:pPr`` and ``w:rPr`` by name."""

    based_on: str
    paragraph: Children
    run: Children


@lru_cache(maxsize=8)
def looked_styles(density: str, look: Look) -> str:
    """Return the styles of a density with a look."""
    own = styles(density)
    said = {style: dict(properties) for style, properties in look.styles}
    here, normal = _standard(density), _standard("normal")

    def style(match: re.Match[str]) -> str:
        identifier, inside = match[1], match[2]
        if identifier not in said:
            return match[0]
        paragraph, run = _laid_over(identifier, said, here, normal)
        start = inside.partition("<w:pPr>")[0].partition("<w:rPr>")[0]
        opening = match[0].partition(">")[0]
        return f"{opening}>{start}{_children('pPr', paragraph, _PARAGRAPH_ORDER)}{_children('rPr', run, _RUN_ORDER)}</w:style>"

    tables = dict(look.tables)

    def table(match: re.Match[str]) -> str:
        return f"{match[1]}{table_borders(tables[match[2]])}{match[4]}" if match[2] in tables else match[0]

    made = _TABLE.sub(table, _STYLE.sub(style, own))
    return made.replace(_BASE, f'{_BASE}<w:color w:val="{INK}"/>')


def head_shade(look: Look, table: str) -> str:
    """Return the colour under the head of a table."""
    return str(dict(dict(look.tables).get(table, ())).get("shade", SHADE))


def table_borders(properties: Properties) -> str:
    """Return the borders of a table."""
    have = dict(properties)
    return "".join(_border(side, str(have.get(f"border_{side}", "none"))) for side in SIDES)


def inheriting(xml: str) -> str:
    """Return styles in which each says what differs from the style that it is based on, and nothing else."""
    whole: dict[str, tuple[Children, Children]] = {}

    def style(match: re.Match[str]) -> str:
        inside = match[2]
        based = _BASED.search(inside)
        own = [_split(inside, part) for part in ("pPr", "rPr")]
        above = whole.get(based[1] if based else "", ({}, {}))
        kept = [
            {key: one for key, one in mine.items() if theirs.get(key) != one}
            for mine, theirs in zip(own, above, strict=True)
        ]
        whole[match[1]] = (above[0] | own[0], above[1] | own[1])
        start = inside.partition("<w:pPr>")[0].partition("<w:rPr>")[0]
        opening = match[0].partition(">")[0]
        return f"{opening}>{start}{_children('pPr', kept[0], _PARAGRAPH_ORDER)}{_children('rPr', kept[1], _RUN_ORDER)}</w:style>"

    return _STYLE.sub(style, xml)


@lru_cache(maxsize=8)
def looked_setting(density: str, look: Look) -> Setting:
    """Return how close a document is set with a look: the type and the pitch of its text and of its tables."""
    setting = SETTINGS[density]
    values = _numbers(looked_styles(density, look))
    body, cell = values["Clause"], values["Cell"]
    return replace(setting, body=body["sz"], small=cell["sz"], pitch=body["line"], close=cell["line"])


@lru_cache(maxsize=8)
def looked_sheet(density: str, look: Look, *, landscape: bool) -> Sheet:
    """
    Return the paper of a document with a look, turned where the document lies.

    A footer with a letterhead gets the room that it needs, which Word would give it by itself.
    """
    own = _sheet_of(density, look.page, landscape=landscape)
    footers = (look.footer, *(look.first[1:] if look.first is not None else ()))
    tallest = max(sum(map(line_height, lines)) for lines in footers)
    return replace(own, bottom=max(own.bottom, own.footer + FOOTER + tallest)) if tallest else own


FOOTER = 880
"""Height of what a footer holds in any case, in twentieths of a point."""


def line_height(line: Line) -> int:
    """Return about how high a line of a letterhead is, in twentieths of a point."""
    have = dict(line.properties)
    size = max((int(dict(run.properties).get("size", 20)) for run in line.runs if isinstance(run, Run)), default=20)
    lines = 1 + max((run.text.count("\n") for run in line.runs if isinstance(run, Run)), default=0)
    logo = max((run.height // 635 for run in line.runs if isinstance(run, Place)), default=0)
    return int(have.get("before", 0)) + int(have.get("after", 0)) + max(12 * size * lines, logo) + 100


def _sheet_of(density: str, page: Page | None, *, landscape: bool) -> Sheet:
    if page is None:
        return sheet(density, landscape=landscape)
    setting, normal = SETTINGS[density], SETTINGS["normal"]
    sides = (page.width, page.height)
    return Sheet(
        width=sides[landscape],
        height=sides[not landscape],
        top=scaled(page.top, normal.top, setting.top),
        bottom=scaled(page.bottom, normal.bottom, setting.bottom),
        left=scaled(page.left, normal.margin, setting.margin),
        right=scaled(page.right, normal.margin, setting.margin),
        header=page.header,
        footer=page.footer,
    )


def scaled(value: int, normal: int, own: int) -> int:
    """Return a measure of a look in another density, in proportion to the writer's own there."""
    return round(value * own / normal) if normal else value


@lru_cache(maxsize=3)
def _standard(density: str) -> Mapping[str, _Own]:
    xml = styles(density)
    defaults = xml.partition("</w:docDefaults>")[0]
    found = {"": _Own(based_on="", paragraph=_split(defaults, "pPr"), run=_split(defaults, "rPr"))}
    for match in _STYLE.finditer(xml):
        inside = match[2]
        based = _BASED.search(inside)
        found[match[1]] = _Own(
            based_on=based[1] if based else "",
            paragraph=_split(inside, "pPr"),
            run=_split(inside, "rPr"),
        )
    return found


def _split(inside: str, name: str) -> Children:
    content = inside.partition(f"<w:{name}>")[2].partition(f"</w:{name}>")[0]
    return {match[1]: match[0] for match in _CHILD.finditer(content)}


def _children(name: str, found: Children, order: tuple[str, ...]) -> str:
    content = "".join(found[key] for key in order if key in found)
    return f"<w:{name}>{content}</w:{name}>" if content else ""


def _attributes(element: str) -> dict[str, str]:
    return dict(_NUMBERS.findall(element))


def _inherited(own: Mapping[str, _Own], identifier: str, part: str, element: str) -> dict[str, str]:
    """Return the attributes of an element of a style, and of what it is based on where it has none, the defaults at last."""
    found: dict[str, str] = {}
    while True:
        style = own[identifier]
        found = _attributes(getattr(style, part).get(element, "")) | found
        if not identifier:
            return found
        identifier = style.based_on


def _laid_over(
    identifier: str, said: Mapping[str, Have], here: Mapping[str, _Own], normal: Mapping[str, _Own]
) -> tuple[Children, Children]:
    have, own = said[identifier], here[identifier]
    paragraph, run = dict(own.paragraph), dict(own.run)
    size = _size(identifier, have, here, normal)
    if "size" in have:
        run |= {name: f'<w:{name} w:val="{size}"/>' for name in ("sz", "szCs")}
    _fonts(run, have)
    for flag, names in _FLAGS.items():
        if flag in have:
            off = "" if have[flag] else ' w:val="0"'
            needed = have[flag] or _is_on(flag, own.based_on, said, here)
            for name in names:
                run.pop(name, None)
                if needed:
                    run[name] = f"<w:{name}{off}/>"
    if "colour" in have:
        run["color"] = f'<w:color w:val="{have["colour"]}"/>'
    if have.get("tracking"):
        run["spacing"] = f'<w:spacing w:val="{have["tracking"]}"/>'
    if have.get("underline"):
        run["u"] = '<w:u w:val="single"/>'
    for flag, name in _KEEPS.items():
        if have.get(flag):
            paragraph[name] = f"<w:{name}/>"
    framed(paragraph, have)
    _spaced(identifier, paragraph, have, size, here, normal)
    return paragraph, run


def framed(paragraph: Children, have: Have) -> None:
    """Put borders, shading, indents and alignment of a look into the elements of ``w:pPr``."""
    sides = {side: str(have[f"border_{side}"]) for side in SIDES[:4] if f"border_{side}" in have}
    if sides:
        borders = "".join(_border(side, line) for side, line in sides.items())
        paragraph.pop("pBdr", None)
        if borders:
            paragraph["pBdr"] = f"<w:pBdr>{borders}</w:pBdr>"
    if have.get("shade"):
        paragraph["shd"] = f'<w:shd w:val="clear" w:color="auto" w:fill="{have["shade"]}"/>'
    indents = {key: int(have[key]) for key in ("left", "right", "first") if have.get(key)}
    if indents:
        first = indents.pop("first", 0)
        sides_of = "".join(f' w:{key}="{value}"' for key, value in indents.items())
        hung = f' w:hanging="{-first}"' if first < 0 else f' w:firstLine="{first}"' if first else ""
        paragraph["ind"] = f"<w:ind{sides_of}{hung}/>"
    if "align" in have:
        paragraph["jc"] = f'<w:jc w:val="{have["align"]}"/>'


def _border(side: str, line: str) -> str:
    if line == "none":
        return ""
    style, weight, space, colour = line.split(" ")
    return f'<w:{side} w:val="{style}" w:sz="{weight}" w:space="{space}" w:color="{colour}"/>'


def _fonts(run: Children, have: Have) -> None:
    if "ascii" in have or "east_asia" in have:
        now = _attributes(run.get("rFonts", ""))  # every style of ours names its fonts
        ascii_, east = str(have.get("ascii", now.get("ascii", ""))), str(have.get("east_asia", now.get("eastAsia", "")))
        latin, asian = attribute(ascii_), attribute(east)
        run["rFonts"] = f"<w:rFonts w:ascii={latin} w:hAnsi={latin} w:eastAsia={asian} w:cs={latin}/>"


def _size(identifier: str, have: Have, here: Mapping[str, _Own], normal: Mapping[str, _Own]) -> int:
    own, usual = (int(_inherited(which, identifier, "run", "sz")["val"]) for which in (here, normal))
    return scaled(int(have["size"]), usual, own) if "size" in have else own


def _is_on(flag: str, based_on: str, said: Mapping[str, Have], here: Mapping[str, _Own]) -> bool:
    """Say whether a style would inherit a flag."""
    while based_on:
        if flag in said.get(based_on, {}):
            return bool(said[based_on][flag])
        if _FLAGS[flag][0] in here[based_on].run:
            return True
        based_on = here[based_on].based_on
    return False


def _spaced(
    identifier: str, paragraph: Children, have: Have, size: int, here: Mapping[str, _Own], normal: Mapping[str, _Own]
) -> None:
    """Put space and pitch into the elements of ``w:pPr``; an exact pitch never cuts a letter."""
    now, usual = (_inherited(which, identifier, "paragraph", "spacing") for which in (here, normal))
    made = dict(_attributes(paragraph.get("spacing", "")))
    for key in ("before", "after"):
        if key in have:
            made[key] = str(scaled(int(have[key]), int(usual.get(key, 0)), int(now.get(key, 0))))
    if "line" in have:
        line, rule = int(have["line"]), str(have.get("rule", "auto"))
        if rule == "auto" and identifier in EXACT:
            line, rule = round(size * 12 * line / 240), "exact"
        elif rule != "auto":
            line = scaled(line, int(usual.get("line", 0)), int(now.get("line", 0)))
            rule = "exact" if identifier in EXACT else rule
        made |= {"line": str(line), "lineRule": rule}
    elif "size" in have and now.get("line"):
        before = int(_inherited(here, identifier, "run", "sz")["val"])
        made |= {"line": str(round(int(now["line"]) * size / before)), "lineRule": now["lineRule"]}
    if made.get("lineRule") == "exact":
        made["line"] = str(max(int(made["line"]), size * 10))
    if made:
        paragraph["spacing"] = (
            f"<w:spacing{''.join(f' w:{key}={chr(34)}{value}{chr(34)}' for key, value in made.items())}/>"
        )


def _numbers(xml: str) -> dict[str, dict[str, int]]:
    """Return size and pitch of each paragraph style."""
    found = {}
    for match in _STYLE.finditer(xml):
        size, spacing = (
            _attributes(_split(match[2], "rPr").get("sz", "")),
            _attributes(_split(match[2], "pPr").get("spacing", "")),
        )
        setting = SETTINGS["normal"]
        found[match[1]] = {"sz": int(size.get("val", setting.body)), "line": int(spacing.get("line", setting.pitch))}
    return found
