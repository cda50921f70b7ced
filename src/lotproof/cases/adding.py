"""Recording files: all that are given become part of the case, or none."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from lotproof.cases.chain import next_line, read_line
from lotproof.cases.copying import Copied, take
from lotproof.cases.entries import entry_data
from lotproof.cases.folder import items, read_manifest, real_folder, shown, some, unwritable
from lotproof.cases.hashing import Tick, in_parallel
from lotproof.cases.labels import Labels, check_labels, units_of
from lotproof.cases.locking import locked
from lotproof.cases.looking import backwards, same_content, seen
from lotproof.cases.model import MANIFEST, ORDER_FILE, Case, Entry
from lotproof.cases.names import folded
from lotproof.cases.pictures import ENDINGS, ending_of
from lotproof.cases.placing import Swept, commit, make_folder, sweep
from lotproof.cases.rules import shipped_rules
from lotproof.cases.sources import Source, find_sources
from lotproof.findings import Finding, Refused, Severity, refuse_if_any
from lotproof.frozen import Frozen
from lotproof.messages import Message, say


class Added(Frozen, kw_only=True):
    """
    What was recorded.

    Attributes:
        entries: the new lines; empty where everything was recorded before.
        findings: what is worth knowing; nothing that would have stopped it.
        head: hash of the last line: to be sent to the other side, or to be time-stamped.
    """

    entries: tuple[Entry, ...]
    findings: tuple[Finding, ...]
    head: str


def add_files(
    folder: str,
    files: Sequence[str],
    labels: Labels,
    *,
    now: datetime.datetime,
    name: str = "",
    total: Callable[[int], Tick] = lambda _: lambda _: None,
    waiting: Callable[[], None] = lambda: None,
) -> Added:
    """
    Record files in a case: copy each into its folder, or take it where it lies in the case, and write its line.

    Without files it only brings a case to rest that an interrupted process has left.

    Args:
        folder: of the case.
        files: paths of files and folders.
        now: the time of recording, with its zone.
        name: what a single file is to be called in the case.
        total: told once how many bytes there are; what it gives is told of each piece.
        waiting: called once where another process is writing into the case.

    Raises:
        Refused: with every finding; nothing was recorded then.
    """
    root = real_folder(folder)
    findings: list[Finding] = []
    sources = find_sources(root, files, labels.folder, name, findings)
    with locked(root, waiting=waiting):
        manifest, chain = read_manifest(root)
        if chain.case is None or not chain.sound:
            raise Refused(chain.findings)
        swept = sweep(root, chain.case)
        findings += _left_behind(swept)
        findings += check_labels(labels, sources, _order_of(root, labels))
        findings += _taken(root, chain.case, sources)
        refuse_if_any(findings)
        try:
            return _record(root, manifest, chain.case, sources, labels, now, total, findings)
        except BaseException as error:
            _, left = read_manifest(root)
            sweep(root, left.case)
            if isinstance(error, OSError):
                raise unwritable(root, error) from None
            raise


def _record(
    root: Path,
    manifest: bytes,
    case: Case,
    sources: Sequence[Source],
    labels: Labels,
    now: datetime.datetime,
    total: Callable[[int], Tick],
    findings: list[Finding],
) -> Added:
    known = case.files()
    _check_room(root, (source for source in sources if not source.inside and source.target not in known))
    tick = total(sum(source.size for source in sources))

    def one(source: Source, stop: Callable[[], bool]) -> Copied:
        copying = not source.inside and source.target not in known
        folder = make_folder(root, source.target.rpartition("/")[0]) if copying else None
        return take(source.path, folder, picture=_is_picture(labels, source), tick=tick, stop=stop, shown=source.where)

    copies = in_parallel(one, sources)
    units = units_of(labels, len(sources))
    entries: list[Entry] = []
    placed: list[tuple[Entry, Path | None]] = []
    lines = [manifest]
    before: Entry | Case = case
    seq = case.entries[-1].seq if case.entries else 0
    contents: dict[str, str] = {}
    for path, entry in known.items():
        contents.setdefault(entry.sha256, path)
    again: list[Source] = []
    for source, copied, shows in zip(sources, copies, units, strict=True):
        old = known.get(source.target)
        if old is not None and old.sha256 != copied.sha256:
            findings.append(
                _conflict(source, say("{path} is recorded already, with other content", path=source.target))
            )
            continue
        if old is not None and not labels.differ(old, shows):
            again.append(source)
            continue
        original = contents.get(copied.sha256, "")
        original = original if original != source.target else ""
        data = entry_data(
            what=labels.what or (old.what if old else "other"),
            path=source.target,
            sha256=copied.sha256,
            size=copied.size,
            units=shows or (old.units if old else ()),
            terms=labels.terms or (old.terms if old else ()),
            note=labels.note or (old.note if old else ""),
            duplicate_of=(original if labels.duplicate else "") or (old.duplicate_of if old else ""),
            picture=copied.picture or (old.picture if old else None),
        )
        seq += 1
        line = next_line(before, seq, now, data)
        entry = read_line(line.removesuffix(b"\n"))
        lines.append(line)
        entries.append(entry)
        placed.append((entry, copied.copy))
        contents.setdefault(copied.sha256, source.target)
        if labels.duplicate and not original:
            findings.append(_no_original(source))
        before = entry
    refuse_if_any(findings)
    if entries:
        commit(root, b"".join(lines), placed)
    findings += _recorded_before(again)
    findings += backwards((*case.entries[-1:], *entries))
    findings += same_content(entries, known)
    findings += seen(entries)
    findings += _unlabelled(entries)
    return Added(entries=tuple(entries), findings=tuple(findings), head=entries[-1].hash if entries else case.head)


def _is_picture(labels: Labels, source: Source) -> bool:
    kind = shipped_rules().kinds.get(labels.what)
    return (kind is not None and kind.picture) or ending_of(source.target) in ENDINGS


def _order_of(root: Path, labels: Labels) -> Path | None:
    """Return the file of the order where it is needed to check what was said of the files."""
    return root / ORDER_FILE if labels.units or labels.terms else None


def _taken(root: Path, case: Case, sources: Iterable[Source]) -> Iterator[Finding]:
    """LP842: a name that is taken by a file with other content, or that differs from one only in case or Unicode form."""
    known: Mapping[str, Entry] = case.files()
    there = {folded(path): path for path in known}
    for item in items(root):
        there.setdefault(folded(item.path), item.path)
    for source in sources:
        other = there.get(folded(source.target))
        if other is None or source.inside or (other == source.target and other in known):
            continue
        if other == source.target:
            message = say("{path} is there already, but is not recorded", path=source.target)
        else:
            message = say(
                "{path} is taken: some systems take {other} for the same name", path=source.target, other=shown(other)
            )
        yield _conflict(source, message)


def _conflict(source: Source, message: Message) -> Finding:
    hint = say("record it under another name, --as NAME; or give the folder that it lies in, which is kept in the case")
    return Finding(where=source.where, code="LP842", message=message, hint=hint)


def _no_original(source: Source) -> Finding:
    message = say("is declared to be a copy, but nothing recorded has its content")
    hint = say("record the original first, or leave out --duplicate")
    return Finding(where=source.where, code="LP838", message=message, hint=hint)


def _check_room(root: Path, copied: Iterable[Source]) -> None:
    needed = sum(source.size for source in copied)
    free = shutil.disk_usage(root).free
    if needed > free:
        why = say("{needed:,} MB are needed, {free:,} MB are free", needed=round(needed / 1e6), free=round(free / 1e6))
        raise OSError(28, why)


def _left_behind(swept: Swept) -> Iterator[Finding]:
    """LP846."""
    verify = say("run lotproof case verify")
    again = say("look at what the interrupted command was to record, and run it again")
    said = (
        (
            swept.finished,
            say(
                "{n} files that an interrupted command had recorded got their names: {paths}",
                n=len(swept.finished),
                paths=some(swept.finished),
            ),
            verify,
        ),
        (
            swept.removed,
            say(
                "{n} copies that an interrupted command had left were removed; nothing of them was recorded: {paths}",
                n=len(swept.removed),
                paths=some(swept.removed),
            ),
            again,
        ),
        (
            swept.stuck,
            say(
                "{n} copies are kept, as something else lies in their place: {paths}",
                n=len(swept.stuck),
                paths=some(swept.stuck),
            ),
            verify,
        ),
    )
    for paths, message, hint in said:
        if paths:
            yield Finding(where=MANIFEST, code="LP846", severity=Severity.NOTE, message=message, hint=hint)


def _recorded_before(again: Sequence[Source]) -> Iterator[Finding]:
    """LP843."""
    if again:
        names = some([source.target for source in again])
        yield Finding(
            where=MANIFEST,
            code="LP843",
            severity=Severity.NOTE,
            message=say("recorded before with the same content, and left as they are: {names}", names=names),
            hint=say("nothing has to be done; other labels are added with --what, --unit, --term or --note"),
        )


def _unlabelled(entries: Sequence[Entry]) -> Iterator[Finding]:
    """LP855."""
    bare = [entry.path for entry in entries if entry.what == "other"]
    if bare:
        yield Finding(
            where=MANIFEST,
            code="LP855",
            severity=Severity.NOTE,
            message=say("nothing says what these show, so they count for nothing: {names}", names=some(bare)),
            hint=say("say it of the file in the case: lotproof case add CASE CASE/arrival/seal.jpg --what seal"),
        )
