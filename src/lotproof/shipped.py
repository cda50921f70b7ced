"""The one door to the data that ships with the program, and to what was compiled from it."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

_HERE = Path(__file__).resolve().parent


def shipped(name: str) -> Path:
    """
    Return the folder of shipped data called ``name``: ``templates``, ``spec_catalog``.

    Raises:
        FileNotFoundError: neither place has it, so the installation is broken.
    """
    places = (
        _HERE / "_shipped" / name,  # installed from a wheel
        _HERE.parents[1] / name,  # checkout, ``pip install -e .``
    )
    for place in places:
        if place.is_dir():
            return place
    raise FileNotFoundError(f"{name} is in none of: {', '.join(map(str, places))}")


@lru_cache(maxsize=1)
def languages() -> tuple[str, ...]:
    """Return the codes of the languages that can be printed, English and Chinese first: those with a file in ``wording/``."""
    return tuple(
        sorted(
            (path.stem for path in (shipped("spec_catalog") / "wording").glob("*.toml")),
            key=lambda c: (c not in ("en", "zh"), c),
        )
    )


def compiled(name: str, make: Callable[[], dict[str, Any]], *folders: Path) -> dict[str, Any]:
    """
    Return compiled shipped data: the wheel's own, else from the cache, else made now.

    The cache is keyed by the SHA-256 of the sources' content, never by time, and holds JSON only.
    A cache that cannot be read or written costs time and nothing else.

    Args:
        name: ``category-machinery``; a file name without ending.
        make: compiles the data.
        folders: what ``make`` reads the TOML files of; looked at only outside a wheel, and where there are several, of which the wheel has one.
    """
    ready = _HERE / "_shipped" / "compiled" / f"{name}.json"
    if len(folders) == 1 and ready.is_file():
        return _load(ready)
    return kept(f"{name}-{key_of(*folders)}", make)


def kept(name: str, make: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """
    Return what was made earlier on this machine under a name, else what ``make`` gives now.

    Args:
        name: with the SHA-256 of everything that the result depends on.
    """
    place = _cache_folder() / f"{name}.json"
    try:
        return _load(place)
    except (OSError, ValueError):
        pass
    data = make()
    try:
        place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        temporary = place.with_suffix(f".{os.getpid()}")
        temporary.write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
        temporary.replace(place)
        _forget(place)
    except OSError:
        pass
    return data


def _forget(place: Path) -> None:
    """Remove what was kept under the same name for other states of its sources, but for the newest few, which other checkouts may use."""
    same = [path for path in place.parent.glob(f"{place.stem[:-64]}*.json") if len(path.stem) == len(place.stem)]
    for path in sorted(same, key=lambda path: path.stat().st_mtime, reverse=True)[_KEPT:]:
        path.unlink(missing_ok=True)


_KEPT = 8


def content_key(content: bytes, *modules: str) -> str:
    """Return the SHA-256 (hex) over a file's content and some modules of the program, named from its top: ``readers/look/reading.py``."""
    digest = hashlib.sha256(content)
    for name in modules:
        digest.update(_content(str(_HERE / name)))
    return digest.hexdigest()


def key_of(*folders: Path) -> str:
    """Return what compiled data depends on (hex): those folders as they are now, those that ship as they were when this process first looked."""
    prints = [_shipped_print(str(f)) if _ships(f) else fingerprint(str(f)) for f in folders]
    return prints[0] if len(prints) == 1 else hashlib.sha256("".join(prints).encode()).hexdigest()


def _ships(folder: Path) -> bool:
    return folder == shipped("spec_catalog") or folder.parent == shipped("templates")


@lru_cache(maxsize=8)
def _shipped_print(folder: str) -> str:
    """Taken once in a process: the files of a program do not change while it runs."""
    return fingerprint(folder)


def fingerprint(*folders: str, compilers: bool = True) -> str:
    """
    Return the SHA-256 (hex) over every TOML file under some folders and its place there.

    Args:
        compilers: also over the modules that compile the files, which what is compiled depends on, and what an order says of its house must not.
    """
    digest = hashlib.sha256()
    sources = [found for folder in folders for found in sorted(_toml_files(folder, ""))]
    made_by = [(name, str(_HERE / name)) for name in _COMPILERS] if compilers else []
    for place, path in [*made_by, *sources]:
        content = _content(path)
        digest.update(b"%b\0%d\0%b" % (place.encode(), len(content), content))
    return digest.hexdigest()


_AT_ONCE = 1 << 16
"""Bytes that a file is read by; a regular file gives fewer only at its end."""


def _content(path: str) -> bytes:
    """Return a file's bytes with as few calls as there can be: there are hundreds of small files to read."""
    file = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        content = os.read(file, _AT_ONCE)
        if len(content) == _AT_ONCE:
            while more := os.read(file, _AT_ONCE):
                content += more
        return content
    finally:
        os.close(file)


def _toml_files(folder: str, prefix: str) -> Iterator[tuple[str, str]]:
    """Yield place and path of each TOML file under a folder."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if prefix or entry.name not in _BESIDE:
                    yield from _toml_files(entry.path, f"{prefix}{entry.name}/")
            elif entry.name.endswith(".toml"):
                yield prefix + entry.name, entry.path


_BESIDE = ("parties", "scenarios")
"""Folders of a house that nothing is compiled from."""

_COMPILERS = (
    "audit/compiling.py",
    "catalog/compiling.py",
    "catalog/origins.py",
    "catalog/overlay.py",
    "catalog/source.py",
    "templates/compiling.py",
    "templates/folders.py",
    "templates/shapes.py",
    "translations.py",
    "wording/compiling.py",
    "wording/finding.py",
    "wording/locales.py",
    "wording/patterns.py",
    "wording/sentences.py",
)


def _load(place: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(place.read_bytes())
    return data


def _cache_folder(environ: Mapping[str, str] = os.environ) -> Path:
    base = environ.get("XDG_CACHE_HOME") or (environ.get("LOCALAPPDATA") if os.name == "nt" else None)
    return (Path(base) if base else Path.home() / ".cache") / "lotproof"
