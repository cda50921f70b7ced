"""
Which fonts a PDF is set in.

The Latin one comes with typst, so that a document without Chinese looks the same on every machine; the Chinese one comes from
the system, as a font for Chinese has the size of a hundred contracts.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal, TypeAlias

from lotproof.messages import say

Reach: TypeAlias = Literal["own", "chosen", "system"]
"""Which fonts are looked at: those that come with typst; the Chinese pair of :data:`FILES` besides; every font of the system."""

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

INSTALL = say(
    "install a font that has them: on Debian and Ubuntu apt-get install fonts-noto-cjk (Chinese) or fonts-dejavu (signs), on macOS "
    "and Windows the language pack; or write PDF without these characters"
)


FILES = (
    ("NotoSerifCJK-Regular.ttc", "NotoSerifCJK-Bold.ttc"),
    ("Songti.ttc",),
    ("simsun.ttc",),
)
"""The first families of :data:`CHINESE` as files: to look at these takes a fifth of the time that all fonts of a system take."""

FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.local/share/fonts",
    "~/.fonts",
    "/System/Library/Fonts",
    "/Library/Fonts",
    "C:/Windows/Fonts",
)


@lru_cache(maxsize=3)
def installed(reach: Reach) -> tuple[Any, frozenset[str]]:
    """Return typst's fonts and the names of their families."""
    import typst

    linked = _linked() if reach == "chosen" else None
    if linked:
        fonts = typst.Fonts(include_system_fonts=False, font_paths=[linked])
    else:
        fonts = typst.Fonts(include_system_fonts=reach != "own")
    return fonts, frozenset(fonts.families())


def _linked() -> Path | None:
    """Return a folder with links to the files of a pair, as typst takes folders alone; None where there is no pair, or no links."""
    found = {path.name: path for path in _files({name for names in FILES for name in names})}
    pair = next((names for names in FILES if all(name in found for name in names)), ())
    if not pair:
        return None
    folder = Path(tempfile.mkdtemp(prefix="lotproof-fonts-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    try:
        for name in pair:
            (folder / name).symlink_to(found[name])
    except OSError:  # Windows wants a privilege for it
        return None
    return folder


def _files(names: set[str]) -> Iterator[Path]:
    for top in FOLDERS:
        for folder, _, files in os.walk(Path(top).expanduser()):
            for name in names.intersection(files):
                yield Path(folder, name)


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
