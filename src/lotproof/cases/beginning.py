"""Making a case: its folders, a copy of the order, the first lines of its manifest; all at once or not at all."""

from __future__ import annotations

import datetime
import hashlib
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from lotproof.cases.chain import first_line, next_line, read_chain, read_line
from lotproof.cases.entries import entry_data
from lotproof.cases.folder import no_case, reason, shown, unwritable
from lotproof.cases.locking import locked
from lotproof.cases.model import FOLDERS, LOCK, MANIFEST, ORDER_FILE, Case
from lotproof.cases.placing import create, sync_folder, write_all
from lotproof.findings import Finding, Refused
from lotproof.messages import say
from lotproof.orders.digests import seal
from lotproof.orders.model import Order


def begin_case(folder: str, order: Order, files: Mapping[str, bytes], *, now: datetime.datetime, tool: str) -> Case:
    """
    Lay out a case.

    Args:
        folder: that does not exist yet, or is empty.
        files: content of the files of the order by name; ``order.json`` is one of them.
        now: the time of recording, with its zone.
        tool: which program did it.

    Raises:
        Refused: the folder is a case already or holds something else (LP830), or cannot be written (LP845).
    """
    target = Path(os.path.abspath(folder))
    _check_free(target, folder)
    beside = target.parent / f".{target.name}.lotproof-init"
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        beside.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise unwritable(target, error) from None
    with locked(beside, patience=5):
        made = False
        try:
            _empty(beside)
            content = _manifest(order, files, now, tool)
            _write(beside, files, content)
            if target.is_dir():
                target.rmdir()
            beside.rename(target)
            made = True
            sync_folder(target.parent)
        except OSError as error:
            raise unwritable(target, error) from None
        finally:
            if not made:
                shutil.rmtree(beside, ignore_errors=True)
    case = read_chain(content).case
    if case is None:
        raise AssertionError("a manifest that was just written names a case")
    return case


def _check_free(target: Path, given: str) -> None:
    hint = say("give a folder that is not there yet, such as cases/{name}-1", name=shown(target.name) or "order")
    if os.path.lexists(target / MANIFEST):
        raise Refused([no_case(given, say("is a case already"), hint)])
    if os.path.lexists(target) and (target.is_symlink() or not target.is_dir()):
        raise Refused([no_case(given, say("is a link or no folder"), hint)])
    try:
        if target.is_dir() and any(target.iterdir()):
            raise Refused([no_case(given, say("is not empty"), hint)])
        if target.is_dir() and target.samefile(Path.cwd()):
            raise Refused([no_case(given, say("is the folder that you are in, and is to be replaced"), hint)])
    except OSError as error:
        raise Refused([no_case(given, say("cannot be read: {why}", why=reason(error)), hint)]) from None


def _empty(beside: Path) -> None:
    """Remove what an interrupted command has left of the same case."""
    for left in beside.iterdir():
        if left.name == LOCK:
            continue
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left)
        else:
            left.unlink()


def _manifest(order: Order, files: Mapping[str, bytes], now: datetime.datetime, tool: str) -> bytes:
    header = order.header
    lines = [first_line(header.number or "", header.revision or "", seal(order).digest, now, tool)]
    before = read_chain(lines[0]).case
    if before is None:
        raise AssertionError("a line that was just written names a case")
    last: object = before
    for seq, (name, content) in enumerate(sorted(files.items(), key=lambda row: row[0] != "order.json"), 1):
        data = entry_data(
            what="order", path=f"contract/{name}", sha256=hashlib.sha256(content).hexdigest(), size=len(content)
        )
        line = next_line(last, seq, now, data)  # type: ignore[arg-type]  # the case first, then entries
        lines.append(line)
        last = read_line(line.removesuffix(b"\n"))
    return b"".join(lines)


def _write(beside: Path, files: Mapping[str, bytes], manifest: bytes) -> None:
    for folder in FOLDERS:
        (beside / folder).mkdir(mode=0o700)
    contents = {f"{Path(ORDER_FILE).parent}/{name}": content for name, content in files.items()}
    for path, content in (*contents.items(), (MANIFEST, manifest)):
        with create(beside / path) as file:
            write_all(file, content)
            os.fsync(file.fileno())
    for folder in (*FOLDERS, "."):
        sync_folder(beside / folder)


def order_files(folder: Path | None, stored: bytes) -> tuple[dict[str, bytes], tuple[Finding, ...]]:
    """
    Return the files of an order: its ``order.json`` and the documents that were built with it and lie beside it.

    Args:
        folder: that holds them; None where the order came alone.
        stored: content of its ``order.json``.

    Returns:
        content by name, and LP851 for each document that is missing or was edited since.
    """
    import json

    from lotproof.cases.folder import read_small
    from lotproof.cases.names import fault_of
    from lotproof.findings import Severity

    found = {"order.json": stored}
    findings = []
    known = json.loads(stored).get("provenance", {}).get("files") or {}
    for name, sha256 in sorted(known.items()) if folder is not None else ():
        if fault_of(str(name)) or folder is None:
            continue
        try:
            content = read_small(folder / name, 100_000_000)
        except OSError as error:
            message = say("is no part of the case: {why}", why=reason(error))
        else:
            found[name] = content
            if hashlib.sha256(content).hexdigest() == sha256:
                continue
            message = say("was edited since it was built; the case holds it as it is now")
        hint = say("build it again into the same folder, or record the document that was signed with --what contract")
        findings.append(Finding(where=shown(name), code="LP851", severity=Severity.NOTE, message=message, hint=hint))
    return found, tuple(findings)
