"""What is strange about entries that are as they were written: times, copies, pictures."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence

from lotproof.cases.folder import shown, some
from lotproof.cases.model import MANIFEST, Entry, Picture
from lotproof.cases.pictures import ENDINGS, ending_of
from lotproof.cases.rules import shipped_rules
from lotproof.findings import Finding, Severity
from lotproof.messages import say

_WIDEST = datetime.timedelta(hours=14)
"""No zone lies further from UTC."""

_SLACK = datetime.timedelta(minutes=5)


def backwards(entries: Iterable[Entry]) -> Iterator[Finding]:
    """LP837: an entry that was recorded before the one it follows; nothing is stopped by it."""
    before: Entry | None = None
    for entry in entries:
        if before is not None and entry.recorded < before.recorded:
            yield Finding(
                where=f"{MANIFEST}: entry {entry.seq} ({shown(entry.path)})",
                code="LP837",
                severity=Severity.NOTE,
                message=say(
                    "recorded on {moment}, after entry {n} of {before}: the clock of the computer ran backwards",
                    moment=_moment(entry.recorded),
                    n=before.seq,
                    before=_moment(before.recorded),
                ),
                hint=say("set the clock; a time stamp (lotproof case stamp) proves when the entries were there"),
            )
        before = entry


def same_content(entries: Sequence[Entry], known: Mapping[str, Entry] | None = None) -> Iterator[Finding]:
    """
    LP838: a file with the content of another one, which nobody has declared.

    Args:
        known: files recorded before.
    """
    first = {entry.sha256: entry.path for entry in reversed(list((known or {}).values()))}
    for entry in entries:
        original = first.setdefault(entry.sha256, entry.path)
        if original != entry.path and not entry.duplicate_of:
            yield Finding(
                where=shown(entry.path),
                code="LP838",
                severity=Severity.NOTE,
                message=say("has the content of {path}: one file counts once as evidence", path=shown(original)),
                hint=say(
                    "declare it: lotproof case add CASE CASE/{path} --duplicate; or record the one that was meant",
                    path=shown(entry.path),
                ),
            )


def seen(entries: Sequence[Entry]) -> Iterator[Finding]:
    """LP837, LP839, LP840: what is wrong with pictures, or cannot be known."""
    kinds = shipped_rules().kinds
    pictures = []
    for entry in entries:
        kind = kinds.get(entry.what)
        wanted = kind is not None and kind.picture
        yield from _no_picture(entry, wanted)
        if entry.picture is not None:
            yield from _too_late(entry, entry.picture)
        if wanted and entry.picture is not None and entry.picture.format:
            pictures.append(entry)
    yield from _unknown(pictures)


def shows(entry: Entry) -> bool:
    """Say whether a file counts as what it is said to show: a photograph has to be one, and whole."""
    kind = shipped_rules().kinds.get(entry.what)
    if kind is None or not entry.size:
        return False
    return not kind.picture or (entry.picture is not None and bool(entry.picture.format) and entry.picture.whole)


def _no_picture(entry: Entry, wanted: bool) -> Iterator[Finding]:
    """LP839."""
    picture = entry.picture
    expected = ENDINGS.get(ending_of(entry.path), "")
    severity = Severity.OPEN
    if not entry.size:
        message = say("is empty")
    elif picture is None or (not picture.format and not wanted and not expected):
        return
    elif not picture.format:
        message = say("is no picture or film: its content is none that is known")
    elif not picture.whole:
        message = say("is cut off: the end of the {format} is missing", format=picture.format)
    elif expected and picture.format != expected:
        severity = Severity.NOTE
        message = say("is {format} and not {expected}, as its name says", format=picture.format, expected=expected)
    else:
        return
    hint = (
        say("get the original from the camera and record it under another name")
        if entry.size
        else say("get the original from the camera and record it")
    )
    yield Finding(where=shown(entry.path), code="LP839", severity=severity, message=message, hint=hint)


def _too_late(entry: Entry, picture: Picture) -> Iterator[Finding]:
    """LP837: a picture that was taken after it was recorded."""
    if not picture.taken:
        return
    taken = datetime.datetime.fromisoformat(picture.taken + (picture.offset or "+00:00"))
    slack = _SLACK if picture.offset else _WIDEST
    if taken - entry.recorded > slack:
        yield Finding(
            where=shown(entry.path),
            code="LP837",
            severity=Severity.NOTE,
            message=say(
                "was taken on {taken} by its own data, after it was recorded on {recorded}",
                taken=picture.taken + picture.offset,
                recorded=_moment(entry.recorded),
            ),
            hint=say("say in a note which clock was wrong: --note 'camera one day ahead'"),
        )


def _unknown(pictures: Sequence[Entry]) -> Iterator[Finding]:
    """LP840: pictures that do not say when or where they were taken."""
    timeless = [e.path for e in pictures if e.picture is not None and not e.picture.taken]
    placeless = [e.path for e in pictures if e.picture is not None and e.picture.place is None]
    if not timeless and not placeless:
        return
    said = []
    if timeless:
        said.append(say("{n} of {of} do not say when they were taken", n=len(timeless), of=len(pictures)))
    if placeless:
        said.append(say("{n} of {of} do not say where they were taken", n=len(placeless), of=len(pictures)))
    yield Finding(
        where="pictures",
        code="LP840",
        severity=Severity.NOTE,
        message=say("{parts}: {paths}", parts=said, paths=some(timeless or placeless)),
        hint=say(
            "send originals by mail or as files, not through a chat program, which strips time and place; switch on the place in the camera"
        ),
    )


def _moment(moment: datetime.datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M:%S UTC")
