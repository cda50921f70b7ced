"""
The manifest: JSON lines, each with the hash of the one before.

A line is canonical JSON (``orders.digests.canonical``). Its ``hash`` is the SHA-256 of the same JSON without that key, and the
``prev`` of the next line. Whoever knows the hash of the last line, the head, knows that nothing before it was changed.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

from lotproof.cases.entries import entry_of
from lotproof.cases.model import FORMAT, MANIFEST, Case, Entry
from lotproof.findings import Finding, quoted
from lotproof.frozen import Frozen
from lotproof.messages import Message, reason, say
from lotproof.orders.digests import canonical

MOST_BYTES = 256_000_000
"""A manifest is no larger than this."""

MOST_IN_LINE = 64_000
"""Bytes of a line."""

_RESTORE = say("compare it with the manifest that you have sent or kept elsewhere, and restore that one")


class Chain(Frozen, kw_only=True):
    """
    A manifest that was read.

    Attributes:
        case: what can be read of it; None where the first line does not name a case.
        sound: every line is as it was written and follows the one before.
        findings: LP831, LP832.
        ends: by the hash of each line, the number of bytes of the manifest up to its end.
    """

    case: Case | None
    sound: bool
    findings: tuple[Finding, ...]
    ends: Mapping[str, int]


def first_line(number: str, revision: str, digest: str, recorded: datetime.datetime, tool: str) -> bytes:
    """Return the line that opens a manifest."""
    order = {"number": number, "revision": revision, "digest": digest}
    return _line({"format": FORMAT, "what": "case", "order": order, "tool": tool}, 0, "", recorded)


def next_line(before: Entry | Case, seq: int, recorded: datetime.datetime, data: Mapping[str, Any]) -> bytes:
    """
    Return a line for a file.

    Args:
        before: the line that it follows, or the case for the head of its manifest.
        data: as :func:`~lotproof.cases.entries.entry_data` gives it.
    """
    prev = before.hash if isinstance(before, Entry) else before.head
    return _line(data, seq, prev, recorded)


def read_line(line: bytes) -> Entry:
    """
    Return the entry that a line of our own holds.

    Raises:
        ValueError: it is no such line, or was changed since.
    """
    data = _checked(line)
    try:
        return entry_of(data)
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(str(error)) from None


def read_chain(content: bytes) -> Chain:
    """
    Read a manifest and check that each line is as it was written and follows the one before.

    LP831: a line was changed, or is none of ours. LP832: lines are missing, were put in or changed places. Lines after a fault
    are read all the same.
    """
    findings: list[Finding] = []
    if len(content) > MOST_BYTES:
        findings.append(
            _changed("", say("has more than {most:,} bytes, which no manifest of ours has", most=MOST_BYTES))
        )
        return Chain(case=None, sound=False, findings=tuple(findings), ends={})
    if content and not content.endswith(b"\n"):
        findings.append(_changed(_last_place(content), say("the last line is cut off")))
    lines = content.removesuffix(b"\n").split(b"\n") if content else []
    if b"\r" in content:
        message = say("its line ends are not those that were written: an editor has saved it")
        findings.append(_changed("", message))
        lines = content.splitlines()
    read = [_read(line, number, findings) for number, line in enumerate(lines, 1)]
    findings += _gaps(read)
    ends: dict[str, int] = {}
    end = 0
    for (data, _), line in zip(read, lines, strict=True):
        end += len(line) + 1
        if data is not None:
            ends[str(data.get("hash"))] = end
    return Chain(case=_case(read), sound=not findings, findings=tuple(findings), ends=ends)


_Read = tuple[dict[str, Any] | None, Entry | None]


def _read(line: bytes, number: int, findings: list[Finding]) -> _Read:
    """LP831: return the data and the entry of a line, None where it cannot be read."""
    place = f":{number}"
    try:
        data = _checked(line, strict=False)
    except ValueError as error:
        findings.append(_changed(place, reason(error)))
        return None, None
    path = data.get("path") if isinstance(data.get("path"), str) else ""
    named = say("the line (of {path})", path=_printable(path)) if path else say("the line")
    if not _is_as_written(line, data):
        findings.append(_changed(place, say("{line} is not as it was written", line=named)))
    if number == 1:
        if data.get("format") != FORMAT or data.get("what") != "case" or not isinstance(data.get("order"), dict):
            message = say("the first line opens no case of the format {format}", format=FORMAT)
            findings.append(_broken(place, message))
        return data, None
    try:
        return data, entry_of(data)
    except (KeyError, TypeError, ValueError, AttributeError):
        findings.append(_changed(place, say("{line} is none that lotproof writes", line=named)))
        return data, None


def _checked(line: bytes, *, strict: bool = True) -> dict[str, Any]:
    if len(line) > MOST_IN_LINE:
        raise ValueError(say("the line has more than {most:,} bytes", most=MOST_IN_LINE))
    try:
        data = json.loads(line, parse_float=_no_float, parse_constant=_no_float)
    except (ValueError, RecursionError):
        raise ValueError(say("the line is not as it was written: it is no JSON")) from None
    if not isinstance(data, dict):
        raise ValueError(say("the line is not as it was written: it is no object"))
    if strict and not _is_as_written(line, data):
        raise ValueError(say("the line is not as it was written"))
    return data


def _is_as_written(line: bytes, data: Mapping[str, Any]) -> bool:
    try:
        return canonical(data) == line and data.get("hash") == _hash(data)
    except (UnicodeEncodeError, RecursionError):
        return False


def _gaps(read: list[_Read]) -> Iterator[Finding]:
    """LP832: lines that do not follow the one before."""
    if not read:
        yield _broken("", say("the manifest is empty"))
        return
    before: Mapping[str, Any] | None = None
    for number, (data, _) in enumerate(read, 1):
        if data is None or type(data.get("seq")) is not int:
            before = None
            continue
        if number == 1 and (data["seq"] != 0 or data.get("prev") != ""):
            yield _broken(":1", say("the lines before {entry} are missing", entry=_entry_named(data)))
        elif before is not None:
            fault = _gap(before, data)
            if fault:
                yield _broken(f":{number}", fault)
        before = data


def _gap(before: Mapping[str, Any], data: Mapping[str, Any]) -> Message | None:
    """Return why a line does not follow another; None where it does."""
    last, seq, entry = before["seq"], data["seq"], _entry_named(data)
    if seq == last + 2:
        return say("entry {n} is missing before {entry}", n=last + 1, entry=entry)
    if seq > last + 1:
        return say("entries {first} to {last} are missing before {entry}", first=last + 1, last=seq - 1, entry=entry)
    if seq <= last:
        return say("{entry} stands after entry {last}: it was moved or put in", entry=entry, last=last)
    if data.get("prev") != before.get("hash"):
        return say("{entry} does not follow entry {last}: one of the two was replaced", entry=entry, last=last)
    return None


def _entry_named(data: Mapping[str, Any]) -> Message:
    path = _printable(data.get("path", ""))
    return say("entry {n} ({path})", n=data["seq"], path=path or say("the case itself"))


def _case(read: list[_Read]) -> Case | None:
    if not read or read[0][0] is None or not isinstance(read[0][0].get("order"), dict):
        return None
    order = read[0][0]["order"]
    head = next((data["hash"] for data, _ in reversed(read) if data and isinstance(data.get("hash"), str)), "")
    return Case(
        number=_printable(order.get("number", "")),
        revision=_printable(order.get("revision", "")),
        digest=_printable(order.get("digest", "")),
        entries=tuple(entry for _, entry in read if entry is not None),
        head=head,
    )


def _printable(value: Any) -> str:
    return quoted(str(value), 200)[1:-1]


def _line(data: Mapping[str, Any], seq: int, prev: str, recorded: datetime.datetime) -> bytes:
    moment = recorded.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    whole = {**data, "seq": seq, "prev": prev, "recorded": moment}
    return canonical({**whole, "hash": _hash(whole)}) + b"\n"


def _hash(data: Mapping[str, Any]) -> str:
    return hashlib.sha256(canonical({key: value for key, value in data.items() if key != "hash"})).hexdigest()


def _no_float(text: str) -> None:
    raise ValueError(f"{text} is no whole number")


def _last_place(content: bytes) -> str:
    before = content.count(b"\n")
    return f":{before + 1}"


def _changed(place: str, message: Message) -> Finding:
    return Finding(where=f"{MANIFEST}{place}", code="LP831", message=message, hint=_RESTORE)


def _broken(place: str, message: Message) -> Finding:
    return Finding(where=f"{MANIFEST}{place}", code="LP832", message=message, hint=_RESTORE)
