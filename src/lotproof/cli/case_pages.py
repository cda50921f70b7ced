"""Cases as ``lotproof case`` prints them: 80 columns for people, and JSON."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from lotproof.cases.model import FOLDERS, Case, Entry
from lotproof.cli.columns import padded, wrapped
from lotproof.cli.progress import size
from lotproof.findings import Severity
from lotproof.messages import Message, in_language, say

if TYPE_CHECKING:  # each command needs its own alone
    from lotproof.cases.adding import Added
    from lotproof.cases.missing import Standing
    from lotproof.cases.stamps import Stamp
    from lotproof.cases.verifying import Verified

MOST_LISTED = 20

_WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "en": {
            "heading": "Case of order {number}, {files} files, looked at on {today}",
            "missing": "MISSING",
            "there": "THERE",
            "helps": "WOULD HELP",
            "claim": "ONLY IF THE GOODS ARE WRONG",
            "due": "by {day}",
            "overdue": "due {day}, past",
            "undated": "no date yet",
            "enter": "for the date enter --event {events}=DATE",
            "lacking": "{count} of {of} are missing: {labels}",
            "files": "{count} files",
            "file": "{path}",
            "doubtful": "do not count, as they are no whole pictures: {paths}",
            "nothing": "Nothing of the minimum is missing.",
            "head": "head: {head}",
        },
        "zh": {
            "heading": "订单 {number} 的证据，{files} 个文件，查看日期 {today}",
            "missing": "缺少",
            "there": "已有",
            "helps": "有助于主张",
            "claim": "仅在货物不符时需要",
            "due": "{day} 前",
            "overdue": "{day} 已过期",
            "undated": "日期未知",
            "enter": "请填写 --event {events}=日期",
            "lacking": "{of} 项中缺 {count} 项：{labels}",
            "files": "{count} 个文件",
            "file": "{path}",
            "doubtful": "不是完整图片，不计：{paths}",
            "nothing": "最低要求均已具备。",
            "head": "末行哈希：{head}",
        },
    }
)
_INDENT = 24


def begun_page(folder: str, case: Case, language: str) -> Iterator[str]:
    """Yield the folders of a new case, and what was recorded."""
    for name in FOLDERS:
        yield str(Path(folder) / name)
    recorded = say("{n} files of order {number} recorded in contract/", n=len(case.entries), number=_order(case))
    yield in_language(recorded, language)
    yield _WORDS[language]["head"].format(head=case.head)


def begun_json(folder: str, case: Case) -> dict[str, Any]:
    """Return a new case as JSON."""
    return {"case": folder, **_case_json(case), "entries": [entry_json(entry) for entry in case.entries]}


def added_page(added: Added, language: str) -> Iterator[str]:
    """Yield what was recorded."""
    for entry in added.entries[:MOST_LISTED]:
        yield f"{entry.path}  {size(entry.size)}  {entry.sha256[:16]}"
    if len(added.entries) > MOST_LISTED:
        yield in_language(say("and {n:,} more", n=len(added.entries) - MOST_LISTED), language)
    total = sum(entry.size for entry in added.entries)
    yield in_language(say("{n:,} recorded, {size}", n=len(added.entries), size=size(total)), language)
    yield _WORDS[language]["head"].format(head=added.head)


def added_json(added: Added) -> dict[str, Any]:
    """Return what was recorded as JSON."""
    return {"recorded": [entry_json(entry) for entry in added.entries], "head": added.head}


def entry_json(entry: Entry) -> dict[str, Any]:
    """Return a line of the manifest as JSON, with everything that may stand in it."""
    picture = entry.picture
    return {
        "seq": entry.seq,
        "path": entry.path,
        "what": entry.what,
        "sha256": entry.sha256,
        "size": entry.size,
        "recorded": entry.recorded.isoformat(),
        "units": list(entry.units),
        "terms": list(entry.terms),
        "note": entry.note,
        "duplicate_of": entry.duplicate_of,
        "picture": None
        if picture is None
        else {
            "format": picture.format,
            "whole": picture.whole,
            "taken": picture.taken or None,
            "offset": picture.offset or None,
            "place": None
            if picture.place is None
            else {"latitude": picture.place.latitude, "longitude": picture.place.longitude},
        },
        "hash": entry.hash,
    }


# --- what is missing -----------------------------------------------------------------------------------------------------------


def status_page(
    case: Case, found: Sequence[Standing], today: datetime.date, language: str, *, everything: bool
) -> Iterator[str]:
    """Yield what is missing, the earliest date first, what would help, and what is there."""
    words = _WORDS[language]
    yield words["heading"].format(number=_order(case), files=len(case.files()), today=today)
    lacking = sorted((s for s in found if s.state in ("missing", "partly")), key=lambda s: s.due or datetime.date.max)
    groups = {
        "missing": [s for s in lacking if s.needed.minimum and not s.needed.if_defective],
        "helps": [s for s in lacking if not s.needed.minimum],
        "claim": [s for s in lacking if s.needed.if_defective],
        "there": [s for s in found if s.state == "there"],
    }
    for name, standings in groups.items():
        if standings or name == "missing":
            yield ""
            yield words[name]
        if not standings and name == "missing":
            yield from wrapped(words["nothing"], 2)
        for standing in standings:
            yield from _standing(standing, words, language, everything=everything)
    yield ""
    yield words["head"].format(head=case.head)


def _standing(standing: Standing, words: Mapping[str, str], language: str, *, everything: bool) -> Iterator[str]:
    from lotproof.cases.missing import ranges

    missing = standing.state != "there"
    when = ""
    if missing:
        key = "undated" if standing.due is None else "overdue" if standing.overdue else "due"
        when = words[key].format(day=standing.due) if standing.clock or standing.due else ""
    title = standing.needed.title[language]
    first, *others = wrapped(title, _INDENT)
    yield padded("  " + when, _INDENT) + first[_INDENT:]
    yield from others
    if standing.files and (standing.of or not missing):
        count = len(standing.files)
        told = words["file"].format(path=standing.files[0]) if count == 1 else words["files"].format(count=count)
        yield from wrapped(told, _INDENT)
    if missing and standing.of:
        labels = ", ".join(standing.lacking) if everything else in_language(ranges(standing.lacking), language)
        told = words["lacking"].format(count=len(standing.lacking), of=standing.of, labels=labels)
        yield from wrapped(told, _INDENT)
    if standing.doubtful:
        yield from wrapped(words["doubtful"].format(paths=", ".join(standing.doubtful[:3])), _INDENT)
    if missing:
        yield from wrapped(standing.needed.todo[language], _INDENT)
    if missing and standing.due is None and standing.needs:
        yield from wrapped(words["enter"].format(events=" / ".join(standing.needs)), _INDENT)


def status_json(case: Case, found: Sequence[Standing], today: datetime.date) -> dict[str, Any]:
    """Return what is there and what is missing as JSON, texts in both languages."""
    return {
        **_case_json(case),
        "today": today.isoformat(),
        "items": [
            {
                "id": s.needed.id,
                "state": s.state,
                "minimum": s.needed.minimum,
                "only_if_defective": s.needed.if_defective,
                "title": dict(s.needed.title),
                "what_to_do": dict(s.needed.todo),
                "any_of": list(s.needed.any_of),
                "folder": s.needed.folder,
                "files": list(s.files),
                "doubtful": list(s.doubtful),
                "lacking": list(s.lacking),
                "of": s.of,
                "due": s.due.isoformat() if s.due else None,
                "overdue": s.overdue,
                "late": s.late,
                "needs_events": list(s.needs),
            }
            for s in found
        ],
    }


# --- whether it is as it was recorded --------------------------------------------------------------------------------------------


def verified_page(verified: Verified, language: str) -> Iterator[str]:
    """Yield the verdict."""
    for line in _verified(verified):
        yield in_language(line, language)
    if verified.case is not None:
        yield _WORDS[language]["head"].format(head=verified.case.head)


def _verified(verified: Verified) -> Iterator[Message]:
    refused = sum(finding.severity is Severity.REFUSE for finding in verified.findings)
    if verified.intact:
        whole = size(verified.bytes)
        yield say("INTACT: {files:,} files, {size}, as they were recorded", files=verified.files, size=whole)
    elif refused == 1:
        yield say("NOT INTACT: 1 thing is not as recorded; {files:,} files are", files=verified.files)
    else:
        yield say("NOT INTACT: {n} things are not as recorded; {files:,} files are", n=refused, files=verified.files)
    case = verified.case
    if case is None:
        return
    yield say("order {number}, digest {digest}", number=_order(case), digest=case.digest[:16])
    if case.entries:
        yield say(
            "{n:,} entries, recorded from {first} to {last} by the computer's own clock",
            n=len(case.entries),
            first=case.entries[0].recorded.date(),
            last=case.entries[-1].recorded.date(),
        )
    yield from map(stamp_line, verified.stamps)


def verified_json(verified: Verified) -> dict[str, Any]:
    """Return the verdict as JSON."""
    case = {} if verified.case is None else _case_json(verified.case)
    return {
        "intact": verified.intact,
        **case,
        "files": verified.files,
        "bytes": verified.bytes,
        "stamps": [stamp_json(stamp) for stamp in verified.stamps],
    }


def stamp_line(stamp: Stamp) -> Message:
    """Return a time stamp on one line."""
    time = say("unknown time") if stamp.time is None else f"{stamp.time:%Y-%m-%d %H:%M:%S} UTC"
    return say(
        "{path}: {covered} existed at {time}; {state}",
        path=stamp.path,
        covered=say("no line") if stamp.seq is None else say("everything up to entry {n}", n=stamp.seq),
        time=say("{time} by {authority}", time=time, authority=stamp.authority) if stamp.authority else time,
        state=say("checked") if stamp.checked else say("not checked"),
    )


def stamp_json(stamp: Stamp) -> dict[str, Any]:
    """Return a time stamp as JSON."""
    return {
        "path": stamp.path,
        "covers_entry": stamp.seq,
        "time": stamp.time.isoformat() if stamp.time else None,
        "authority": stamp.authority,
        "checked": stamp.checked,
    }


def _order(case: Case) -> str:
    return " ".join(filter(None, (case.number, case.revision))) or "-"


def _case_json(case: Case) -> dict[str, Any]:
    return {
        "order": {"number": case.number, "revision": case.revision, "digest": case.digest},
        "entries_in_manifest": len(case.entries),
        "head": case.head,
    }
