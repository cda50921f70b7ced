"""
Which fonts a PDF is set in.

The Latin one comes with typst, so that a document without Chinese looks the same on every machine; the Chinese one comes from
the system, as a font for Chinese has the size of a hundred contracts.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

LATIN = "Libertinus Serif"
MONO = "DejaVu Sans Mono"
"""Both come with typst."""

CHINESE = (
    "Noto Serif CJK SC",
    "Source Han Serif SC",
    "Source Han Serif CN",
    "Noto Serif SC",
    "Songti SC",
    "SimSun",
    "STSong",
    "Noto Sans CJK SC",
    "Source Han Sans SC",
    "Source Han Sans CN",
    "Noto Sans SC",
    "PingFang SC",
    "Microsoft YaHei",
    "Heiti SC",
    "SimHei",
    "WenQuanYi Micro Hei",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
)
"""Families for Chinese, the best first: those with serifs go with the Latin one."""

OTHER = (MONO, "DejaVu Sans", "Noto Sans", "Noto Sans Symbols2", "Segoe UI Symbol", "Arial Unicode MS")
"""Families that are asked for signs which the others do not have."""

INSTALL = (
    "install a font that has them: on Debian and Ubuntu apt-get install fonts-noto-cjk (Chinese) or fonts-dejavu (signs), on macOS "
    "and Windows the language pack; or write PDF without these characters"
)


@lru_cache(maxsize=2)
def installed(system: bool) -> tuple[Any, frozenset[str]]:
    """Return typst's fonts and the names of their families: those that come with it, or those of the system besides."""
    import typst

    fonts = typst.Fonts(include_system_fonts=system)
    return fonts, frozenset(fonts.families())


def chinese(known: frozenset[str]) -> str:
    """Return the best family for Chinese that is installed; empty where there is none."""
    return next((family for family in CHINESE if family in known), "")


def families(language: str, known: frozenset[str]) -> list[Any]:
    """Return the families in which a language is set, in the order in which they are asked for a character."""
    found = chinese(known)
    broad = [found] if found else []
    other = [family for family in OTHER if family in known]
    if language != "zh":
        return [LATIN, *broad, *other]
    return [{"name": LATIN, "covers": "latin-in-cjk"}, *broad, LATIN, *other]
