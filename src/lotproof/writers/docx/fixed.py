"""The parts of a Word file that do not depend on the order: numbering, settings, fonts, what the package holds."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from lotproof.writers.docx.chosen import styles_of
from lotproof.writers.docx.page import FIRST_HEADER, letterhead_lines, own_first
from lotproof.writers.docx.pictures import relation
from lotproof.writers.docx.styles import INDENT, NAMESPACES
from lotproof.writers.package import OFFICE, opening, relationships
from lotproof.writers.xml import DECLARATION, attribute

if TYPE_CHECKING:
    from lotproof.looks.model import Look

DATA_NAMESPACE = "urn:lotproof:order:1"
STORE = "{6F1C0C7E-7B5B-5E0E-9C57-2B1F0B7A4D11}"
"""Identifies the custom XML part that holds the order's data."""


@lru_cache(maxsize=1)
def numbering() -> str:
    """Return one multi-level list: headings, and clauses under them."""

    def level(index: int, text: str, style: str) -> str:
        return (
            f'<w:lvl w:ilvl="{index}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="{style}"/><w:suff w:val="tab"/><w:lvlText w:val="{text}"/>'
            f'<w:lvlJc w:val="left"/><w:pPr><w:tabs><w:tab w:val="num" w:pos="{INDENT}"/></w:tabs><w:ind w:left="{INDENT}" w:hanging="{INDENT}"/></w:pPr></w:lvl>'
        )

    return (
        f'{DECLARATION}<w:numbering {NAMESPACES}><w:abstractNum w:abstractNumId="0"><w:nsid w:val="4C6F7431"/><w:multiLevelType w:val="multilevel"/>'
        f'<w:tmpl w:val="50726F66"/><w:name w:val="Clauses"/>{level(0, "%1", "Heading1")}{level(1, "%1.%2", "Clause")}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    )


@lru_cache(maxsize=2)
def settings(protected: bool) -> str:
    """Return the settings; ``protected`` leaves only the fields open. A seat belt, not security."""
    protection = '<w:documentProtection w:edit="forms" w:enforcement="1"/>' if protected else ""
    return (
        f'{DECLARATION}<w:settings {NAMESPACES}><w:zoom w:percent="100"/>{protection}<w:defaultTabStop w:val="720"/>'
        '<w:characterSpacingControl w:val="compressPunctuation"/><w:compat><w:compatSetting w:name="compatibilityMode" '
        'w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat><w:themeFontLang w:val="en-GB" w:eastAsia="zh-CN"/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


@lru_cache(maxsize=4)
def fonts(look: Look | None = None) -> str:
    """Return the font table, with names of substitutes where the Chinese fonts are not installed; those of a look come after."""

    def font(name: str, other: str, family: str, charset: str) -> str:
        alternative = f'<w:altName w:val="{other}"/>' if other else ""
        return f'<w:font w:name="{name}">{alternative}<w:charset w:val="{charset}"/><w:family w:val="{family}"/><w:pitch w:val="variable"/></w:font>'

    return (
        f"{DECLARATION}<w:fonts {NAMESPACES}>"
        + font("Times New Roman", "Liberation Serif", "roman", "00")
        + font("Arial", "Liberation Sans", "swiss", "00")
        + font("SimSun", "\u5b8b\u4f53", "auto", "86")
        + font("SimHei", "\u9ed1\u4f53", "auto", "86")
        + _further_fonts(look)
        + "</w:fonts>"
    )


_LISTED = ("Times New Roman", "Arial", "SimSun", "SimHei")


def _further_fonts(look: Look | None) -> str:
    said = [dict(properties) for _, properties in look.styles] if look is not None else []
    named = {str(one[key]) for one in said for key in ("ascii", "east_asia") if key in one}
    return "".join(f"<w:font w:name={attribute(name)}/>" for name in sorted(named.difference(_LISTED)))


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
_PARTS = (
    ("document", "document.main"),
    ("styles", "styles"),
    ("numbering", "numbering"),
    ("settings", "settings"),
    ("fontTable", "fontTable"),
    ("header1", "header"),
)


@lru_cache(maxsize=16)
def always(
    density: str, protected: bool, parts: int, pictures: tuple[str, ...] = (), look: Look | None = None
) -> dict[str, str]:
    """
    Return what many documents share.

    Args:
        parts: how many parts the document has, each with a footer and the picture of its code.
        pictures: names of its photographs, in the order of their relationships.
        look: of the house.
    """
    opens = own_first(look)
    footers = {f"/word/footer{place}.xml": f"{_WORD}footer+xml" for place in range(0 if opens else 1, parts + 1)}
    if opens:
        footers["/word/header2.xml"] = f"{_WORD}header+xml"
    logo = look.logo.format if look is not None and look.logo is not None else ""
    return {
        **opening(
            "word/document.xml",
            {
                **{f"/word/{name}.xml": f"{_WORD}{kind}+xml" for name, kind in _PARTS},
                **footers,
                "/customXml/itemProps1.xml": "application/vnd.openxmlformats-officedocument.customXmlProperties+xml",
            },
            pictures=("png", "jpeg")
            if logo == "jpeg" or any(name.endswith(".jpeg") for name in pictures)
            else ("png",),
        ),
        "word/_rels/document.xml.rels": relationships(
            (
                ("rId1", "styles", "styles.xml"),
                ("rId2", "numbering", "numbering.xml"),
                ("rId3", "settings", "settings.xml"),
                ("rId4", "fontTable", "fontTable.xml"),
                ("rId5", "header", "header1.xml"),
                ("rId6", "customXml", "../customXml/item1.xml"),
                *(
                    (f"rId{10 + place}", "footer", f"footer{place}.xml")
                    for place in range(0 if opens else 1, parts + 1)
                ),
                *(((FIRST_HEADER, "header", "header2.xml"),) if opens else ()),
                *((relation(place), "image", f"media/{name}") for place, name in enumerate(pictures, 1)),
            )
        ),
        **{
            f"word/_rels/footer{place}.xml.rels": relationships(
                (("rId1", "image", f"media/code{max(place, 1)}.png"), *_logo(look, 1, first=place == 0))
            )
            for place in range(0 if opens else 1, parts + 1)
        },
        **{
            f"word/_rels/header{place}.xml.rels": relationships(found)
            for place in (1, 2)
            if (found := _logo(look, 0, first=place == 2))
        },
        "word/styles.xml": styles_of(density, look),
        "word/numbering.xml": numbering(),
        "word/settings.xml": settings(protected),
        "word/fontTable.xml": fonts(look),
        "customXml/itemProps1.xml": f'{DECLARATION}<ds:datastoreItem xmlns:ds="{OFFICE.replace("/relationships/", "/customXml")}" ds:itemID="{STORE}"><ds:schemaRefs><ds:schemaRef ds:uri="{DATA_NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>',
        "customXml/_rels/item1.xml.rels": relationships((("rId1", "customXmlProps", "itemProps1.xml"),)),
    }


def _logo(look: Look | None, place: int, *, first: bool) -> tuple[tuple[str, str, str], ...]:
    """Return the relationship to the logo, of a header (0) or a footer (1) that prints it."""
    if look is None or look.logo is None or (first and not own_first(look)):
        return ()
    from lotproof.writers.docx.letterhead import RELATION, logo_part, prints_logo

    if not prints_logo(letterhead_lines(look, place, first)):
        return ()
    return ((RELATION, "image", logo_part(look)),)
