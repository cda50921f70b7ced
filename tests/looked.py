"""Looks and reference files for tests: a letterhead with a logo, and packages with one thing changed."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

from lotproof.frozen import replace
from lotproof.looks.logo import read_logo
from lotproof.looks.model import Line, Look, Place, Run
from lotproof.looks.shipped import beginning_look
from lotproof.writers.docx.reference import reference
from lotproof.writers.qr import png

ANSWERS = (Path(__file__).parents[1] / "examples" / "stoneware-mugs" / "answers.toml").read_bytes()
HOUSE = (
    'format = "lotproof-house/1"\nid = "{id}"\nversion = "1.0"\ntitle = {{ en = "Riverside", zh = "河畔" }}\nbase = "{base}"\n'
    'base_version = "{version}"\n{more}\n'
)
ADDRESS, REGISTERED = "\tUnit 12, Harbour Road\n河畔路12号 Tel. 2345678", "Riverside Ltd · CR 1234567"


def house(folder: Path, content: bytes = b"", *, base: str = "standard", more: str = "") -> Path:
    """Write a house with a look of its own, or with none."""
    folder.mkdir(parents=True)
    version = "0.1.0" if base == "standard" else "1.0"
    text = HOUSE.format(id=folder.name, base=base, version=version, more=more)
    (folder / "house.toml").write_text(text, encoding="utf-8")
    if content:
        (folder / "reference.docx").write_bytes(content)
    return folder


@cache
def lettered() -> Look:
    """Return a look with a letterhead on the first page, one on the others, and a logo."""
    look = beginning_look("modern", "Riverside Sourcing")
    first = Line(properties=(("align", "left"),), tabs=(("right", 9700),), runs=(Place(900_000, 450_000), Run(ADDRESS)))
    foot = Line(properties=(("align", "center"),), tabs=(), runs=(Run(REGISTERED, (("size", 14),)),))
    head = Line(properties=(("align", "right"),), tabs=(), runs=(Run("Riverside", (("bold", True),)),))
    assert look.first is not None
    return replace(
        look, first=((first, *look.first[0]), (foot,)), header=(head,), footer=(foot,), logo=read_logo(png("LOGO 123"))
    )


@cache
def whole() -> bytes:
    """Return the reference file of :func:`lettered`."""
    return reference(lettered(), "look")


@cache
def parts() -> Mapping[str, bytes]:
    """Return the parts of :func:`whole`."""
    with zipfile.ZipFile(io.BytesIO(whole())) as package:
        return {name: package.read(name) for name in package.namelist()}


def packed(named: Mapping[str, bytes]) -> bytes:
    """Return a zip."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in named.items():
            package.writestr(name, content)
    return made.getvalue()


def changed(change: Mapping[str, bytes | Callable[[str], str]]) -> bytes:
    """Return :func:`whole` with parts replaced, edited or added."""
    named = dict(parts())
    for name, new in change.items():
        named[name] = new if isinstance(new, bytes) else new(named[name].decode()).encode()
    return packed(named)


def swap(old: str, new: str) -> Callable[[str], str]:
    """Return an edit that puts one piece in the place of another, which has to be there."""

    def edit(text: str) -> str:
        assert old in text, old
        return text.replace(old, new, 1)

    return edit
