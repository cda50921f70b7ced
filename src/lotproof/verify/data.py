"""The order's data and properties inside an Office file, found by what they are and not by where they lie."""

from __future__ import annotations

import re

from lotproof.readers.package import Package
from lotproof.readers.xml import Attributes, utf8, visit

NAMESPACE = "urn:lotproof:order:1"
_PART = re.compile(r"customXml/[^/]{1,80}\.xml\Z", re.IGNORECASE)


def data_parts(package: Package) -> tuple[str, ...]:
    """Return the order's data as each custom XML part holds it; a program that saves the file may move the part."""
    found = []
    for name in package.entries:
        if _PART.match(name):
            raw = utf8(package.read(name))
            if NAMESPACE.encode() in raw[:4000]:
                part = _Data()
                visit(raw, part, package.name, name)
                if part.is_order:
                    found.append("".join(part.texts))
    return tuple(found)


def properties_of(package: Package) -> tuple[tuple[str, str], ...]:
    """Return the custom properties whose names begin with ``lotproof.``."""
    part = _Properties()
    if "docProps/custom.xml" in package:
        visit(utf8(package.read("docProps/custom.xml")), part, package.name, "docProps/custom.xml")
    return tuple(part.found)


def saved_by(package: Package) -> str:
    """Return the program that saved a file last, as the file says itself."""
    part = _Program()
    if "docProps/app.xml" in package:
        visit(utf8(package.read("docProps/app.xml")), part, package.name, "docProps/app.xml")
    name = "".join(part.name).strip()[:60]
    return f"{name} {''.join(part.version).strip()[:20]}".strip() if "/" not in name and name != "lotproof" else name


class _Data:
    """Takes a custom XML part: whether its root is an order's data, and its text."""

    def __init__(self) -> None:
        self.is_order = False
        self.texts: list[str] = []
        self._depth = 0

    def start(self, name: str, attributes: Attributes, place: int) -> None:
        if not self._depth:
            self.is_order = name == "lp:order"
        self._depth += 1

    def end(self, name: str, place: int) -> None:
        self._depth -= 1

    def text(self, data: str, place: int) -> None:
        if self.is_order:
            self.texts.append(data)


class _Properties:
    """Takes ``docProps/custom.xml``."""

    def __init__(self) -> None:
        self.found: list[tuple[str, str]] = []
        self._name = ""
        self._texts: list[str] = []

    def start(self, name: str, attributes: Attributes, place: int) -> None:
        if name == ":property":
            self._name, self._texts = attributes.get("name", ""), []

    def end(self, name: str, place: int) -> None:
        if name == ":property" and self._name.startswith("lotproof.") and len(self.found) < 50:
            self.found.append((self._name, "".join(self._texts).strip()[:200]))

    def text(self, data: str, place: int) -> None:
        if self._name.startswith("lotproof.") and len(self._texts) < 1000:
            self._texts.append(data)


class _Program:
    """Takes ``docProps/app.xml``."""

    def __init__(self) -> None:
        self.name: list[str] = []
        self.version: list[str] = []
        self._into: list[str] | None = None

    def start(self, name: str, attributes: Attributes, place: int) -> None:
        self._into = {":Application": self.name, ":AppVersion": self.version}.get(name)

    def end(self, name: str, place: int) -> None:
        self._into = None

    def text(self, data: str, place: int) -> None:
        if self._into is not None and len(self._into) < 100:
            self._into.append(data)
