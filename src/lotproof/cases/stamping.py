"""Asking for a time stamp, and keeping it in a case."""

from __future__ import annotations

import datetime
import hashlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path

from lotproof.cases.chain import next_line, read_line
from lotproof.cases.entries import entry_data
from lotproof.cases.folder import read_manifest, real_folder, unwritable
from lotproof.cases.locking import locked
from lotproof.cases.model import STAMPS, Case, Entry
from lotproof.cases.placing import commit, create, make_folder, sweep, temporary, write_all
from lotproof.cases.stamps import CERTIFICATE, STAMP, Stamp, check_reply, covered
from lotproof.findings import Finding, Refused, Severity
from lotproof.messages import say

_REQUEST = bytes.fromhex("30390201013031300d060960864801650304020105000420"), bytes.fromhex("0101ff")


def request(head: str) -> bytes:
    """
    Return a request for a time stamp (RFC 3161, 2.4.1) over the head of a manifest, which asks for the certificate too.

    Args:
        head: 64 hexadecimal digits.
    """
    return _REQUEST[0] + bytes.fromhex(head) + _REQUEST[1]


def add_stamp(
    folder: str,
    reply: bytes,
    certificates: bytes,
    *,
    now: datetime.datetime,
    waiting: Callable[[], None] = lambda: None,
) -> Stamp:
    """
    Keep a time stamp in a case, if it covers a line of the manifest.

    Args:
        reply: what the authority has sent, a TimeStampResp in DER.
        certificates: PEM; empty where none are to be kept with it.
        now: the time of recording, with its zone.

    Raises:
        Refused: it covers no line (LP848), its signature is wrong (LP849), or what reads it is not installed (LP850); nothing was recorded then.
    """
    root = real_folder(folder)
    with locked(root, waiting=waiting):
        manifest, chain = read_manifest(root)
        if chain.case is None or not chain.sound:
            raise Refused(chain.findings)
        sweep(root, chain.case)
        case = chain.case
        seq = case.entries[-1].seq + 1 if case.entries else 1
        found = check_reply("the reply", reply, chain, manifest, (certificates,) if certificates else (), kept=b"")
        wrong = [
            f for f in found.findings if f.severity is Severity.REFUSE or (f.code == "LP850" and found.time is None)
        ]
        if wrong:
            raise Refused(wrong)
        files = [(f"{STAMPS}/{seq:06}.tsr", STAMP, reply)]
        if certificates:
            files.append((f"{STAMPS}/{seq:06}.pem", CERTIFICATE, certificates))
        for path, _, _ in files:
            if os.path.lexists(root / path):
                message = say("lies there already, but is not recorded")
                hint = say("move it away, and run the command again")
                raise Refused([Finding(where=path, code="LP842", message=message, hint=hint)])
        try:
            _place(root, case, manifest, files, covered(found, chain), now)
        except OSError as error:
            _, left = read_manifest(root)
            sweep(root, left.case)
            raise unwritable(root, error) from None
    return Stamp(
        path=files[0][0],
        seq=found.seq,
        time=found.time,
        authority=found.authority,
        checked=found.checked,
        findings=found.findings,
    )


def _place(
    root: Path,
    case: Case,
    manifest: bytes,
    files: Iterable[tuple[str, str, bytes]],
    stamped: str,
    now: datetime.datetime,
) -> None:
    folder = make_folder(root, STAMPS)
    lines, placed = [manifest], []
    before: Entry | Case = case
    seq = case.entries[-1].seq if case.entries else 0
    for path, what, content in files:
        copy = temporary(folder)
        with create(copy) as file:
            write_all(file, content)
        seq += 1
        data = entry_data(
            what=what, path=path, sha256=hashlib.sha256(content).hexdigest(), size=len(content), stamped=stamped
        )
        lines.append(next_line(before, seq, now, data))
        entry = read_line(lines[-1].removesuffix(b"\n"))
        placed.append((entry, copy))
        before = entry
    commit(root, b"".join(lines), placed)
