"""Which files are to be recorded, and under which paths of the case."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from lotproof.cases.copying import unreadable
from lotproof.cases.folder import Item, items, kind_named, shown, some
from lotproof.cases.model import FOLDERS
from lotproof.cases.names import MOST_DEPTH, fault_of, folded
from lotproof.findings import Finding, Severity
from lotproof.frozen import Frozen
from lotproof.messages import Message, say

MOST_FILES = 50_000
"""Files that are recorded at once."""

NOISE = frozenset({"thumbs.db", "desktop.ini", ".ds_store"})
"""What file browsers leave behind, in small letters."""


class Source(Frozen, kw_only=True):
    """
    A file to record.

    Attributes:
        path: where it lies.
        target: path in the case, with ``/``.
        inside: it lies at its target already, put there by hand.
        size: in bytes, when it was looked at.
    """

    path: Path
    target: str
    inside: bool
    size: int

    @property
    def where(self) -> str:
        return shown(self.path)


def find_sources(
    root: Path, files: Sequence[str], folder: str | None, name: str, findings: list[Finding]
) -> list[Source]:
    """
    Return every file that is meant, in the order given; the files of a folder in the order of their paths.

    Args:
        folder: of :data:`~lotproof.cases.model.FOLDERS`; None where every file lies in the case already.
        name: what a single file is to be called; its own name where empty.
        findings: LP841 names, LP844 files that cannot be recorded, LP847 a folder is not named.
    """
    found: list[Source] = []
    for given in files:
        try:
            path = _real(given)
            status = os.lstat(path)
        except (OSError, ValueError) as error:
            findings.append(unreadable(shown(given), error if isinstance(error, OSError) else OSError(22, str(error))))
            continue
        if stat.S_ISDIR(status.st_mode):
            found += _of_folder(root, path, folder, findings)
        elif stat.S_ISREG(status.st_mode):
            found += _one(root, path, (name or path.name,), folder, status.st_size, findings, renamed=bool(name))
        else:
            kind = say("it is a link") if stat.S_ISLNK(status.st_mode) else say("it is not a regular file")
            findings.append(unreadable(shown(given), OSError(0, kind)))
    if len(found) > MOST_FILES:
        message = say("{n:,} files at once; {most:,} at most", n=len(found), most=MOST_FILES)
        findings.append(_named("FILE", message, say("record them in several steps")))
    _collisions(found, findings)
    return found


def _real(given: str) -> Path:
    """Return where a file lies, through whatever links its folder is reached; the file itself may still be a link."""
    name = os.path.basename(os.path.normpath(given))
    if name in ("", ".", ".."):
        return Path(os.path.realpath(given))
    return Path(os.path.realpath(os.path.dirname(os.path.normpath(given)) or ".")) / name


def _of_folder(root: Path, path: Path, folder: str | None, findings: list[Finding]) -> list[Source]:
    if path == root:
        hint = say("give a folder of photographs, or the files themselves")
        findings.append(_named(shown(path), say("is the case itself"), hint))
        return []
    found: list[Source] = []
    skipped = []
    for item in items(path):
        last = item.path.rpartition("/")[2]
        if last.startswith(".") or last.casefold() in NOISE:
            skipped.append(item.path)
        elif item.kind == "file":
            found += _one(root, path / item.path, (path.name, *item.path.split("/")), folder, item.size, findings)
        elif item.kind != "folder":
            findings.append(unreadable(shown(path / item.path), OSError(0, _is(item))))
    if skipped:
        findings.append(
            Finding(
                where=shown(path),
                code="LP844",
                severity=Severity.NOTE,
                message=say("hidden files were left out: {paths}", paths=some(skipped)),
                hint=say("give such a file by its own path and a name with --as, if it is evidence"),
            )
        )
    return found


def _is(item: Item) -> Message:
    return say("it is a link") if item.kind == "link" else say("it is no file but {kind}", kind=kind_named(item.kind))


def _one(
    root: Path,
    path: Path,
    names: tuple[str, ...],
    folder: str | None,
    size: int,
    findings: list[Finding],
    *,
    renamed: bool = False,
) -> Iterator[Source]:
    inside = _inside(root, path)
    if inside and not renamed and (folder is None or inside.split("/")[0] == folder):
        target = inside
    elif folder is None:
        message = say("lies in no folder of the case")
        hint = say("say into which folder: --to {folders: or --to }", folders=FOLDERS)
        findings.append(Finding(where=shown(path), code="LP847", message=message, hint=hint))
        return
    else:
        target = "/".join((folder, *names))
    for part in target.split("/")[1:]:
        fault = fault_of(part)
        if fault:
            message = say("cannot keep its name: {why}", why=fault)
            findings.append(_named(shown(path), message, say("give it another: --as seal-1.jpg")))
            return
    if target.count("/") > MOST_DEPTH:
        message = say("lies more than {most} folders deep", most=MOST_DEPTH)
        findings.append(_named(shown(path), message, say("record a folder further in")))
        return
    yield Source(path=path, target=target, inside=target == inside, size=size)


def _inside(root: Path, path: Path) -> str:
    """Return the path of a file in the case; empty where it lies elsewhere, or in none of the folders."""
    if not path.is_relative_to(root):
        return ""
    target = path.relative_to(root).as_posix()
    return target if target.split("/")[0] in FOLDERS and "/" in target else ""


def _collisions(found: Iterable[Source], findings: list[Finding]) -> None:
    """LP841: two files that would get one name, or names that some system takes for the same."""
    taken: dict[str, Source] = {}
    for source in found:
        other = taken.setdefault(folded(source.target), source)
        if other is not source:
            message = say("would be called {name}, as {other} would", name=shown(source.target), other=other.where)
            hint = say(
                "give the folders that they lie in, which are kept in the case; or record one of the two alone, --as NAME"
            )
            findings.append(_named(source.where, message, hint))


def _named(where: str, message: Message, hint: Message) -> Finding:
    return Finding(where=where, code="LP841", message=message, hint=hint)
