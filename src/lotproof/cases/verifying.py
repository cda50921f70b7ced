"""Is a case still what was recorded: every line, every file, nothing more and nothing less. Nothing is written."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from lotproof.cases.chain import Chain
from lotproof.cases.folder import Item, items, kind_named, read_manifest, real_folder, reason, shown, some
from lotproof.cases.hashing import Tick, hash_file, in_parallel
from lotproof.cases.locking import undisturbed
from lotproof.cases.looking import backwards, same_content, seen
from lotproof.cases.model import LOCK, MANIFEST, ORDER_FILE, Case, Entry
from lotproof.cases.names import folded
from lotproof.cases.ordered import read_case_order
from lotproof.cases.placing import is_part, part_of
from lotproof.cases.sources import NOISE
from lotproof.cases.stamps import Stamp, check_stamps
from lotproof.findings import Finding, Refused, Severity, quoted
from lotproof.frozen import Frozen
from lotproof.messages import Message, say

_RESTORE = say("put the original back, with its own name, from where it was kept")


class Verified(Frozen, kw_only=True):
    """
    What was found out about a case.

    Attributes:
        case: None where its manifest does not name one.
        findings: everything; what refuses means that the case is not what was recorded.
        files, bytes: what was hashed and found as it was recorded.
        stamps: each time stamp, with what is known about it.
    """

    case: Case | None
    findings: tuple[Finding, ...]
    files: int
    bytes: int
    stamps: tuple[Stamp, ...]

    @property
    def intact(self) -> bool:
        """Every line and every file is as it was recorded, and nothing else lies in the folder."""
        return not any(finding.severity is Severity.REFUSE for finding in self.findings)


def verify_case(
    folder: str,
    *,
    head: str = "",
    certificates: Sequence[bytes] = (),
    total: Callable[[int], Tick] = lambda _: lambda _: None,
    waiting: Callable[[], None] = lambda: None,
) -> Verified:
    """
    Compare a case with its manifest.

    Args:
        head: hash of a line that was the last at some time, as it was sent or kept elsewhere; empty where none is known.
        certificates: PEM files of those who made the time stamps, or of whom they trust.
        total: told once how many bytes there are; what it gives is told of each piece.
        waiting: called once where another process is writing into the case.

    Raises:
        Refused: it is no case (LP830).
    """
    root = real_folder(folder)
    with undisturbed(root, waiting=waiting):
        manifest, chain = read_manifest(root)
        found = list(items(root))
        findings = list(chain.findings)
        entries = chain.case.entries if chain.case else ()
        findings += _twice(entries)
        good = _files(root, chain.case, found, total, findings)
        findings += _head(chain, head)
        findings += _order(root, chain.case)
        stamps = check_stamps(root, chain, manifest, certificates)
    latest = tuple(chain.case.files().values()) if chain.case else ()
    findings += backwards(entries)
    findings += same_content(latest)
    findings += (_noted(finding) for finding in seen(latest))
    findings += (finding for stamp in stamps for finding in stamp.findings)
    return Verified(
        case=chain.case,
        findings=tuple(findings),
        files=len(good),
        bytes=sum(entry.size for entry in good),
        stamps=stamps,
    )


def _files(
    root: Path, case: Case | None, found: Sequence[Item], total: Callable[[int], Tick], findings: list[Finding]
) -> list[Entry]:
    """LP833 to LP836, LP846: compare what lies in the folder with what was recorded; return what is as it was."""
    files = {} if case is None else case.files()
    there = {item.path: item for item in found}
    by_fold = {folded(path): path for path in there}
    claimed: set[str] = set()
    missing: list[Entry] = []
    looked_at: list[tuple[Entry, str]] = []
    parts = {} if case is None else {part_of(e): e for e in reversed(case.entries)}
    waiting = {entry.path: part for part, entry in parts.items() if part in there}
    for path, entry in files.items():
        where = path if path in there else by_fold.get(folded(path), "")
        item = there.get(where)
        if item is None and path in waiting:
            where = waiting[path]
            item = there[where]
        if item is None:
            missing.append(entry)
            continue
        claimed.add(item.path)
        if item.kind != "file":
            findings.append(
                _irregular(item, say("{what} in place of the file; it was not followed", what=kind_named(item.kind)))
            )
            continue
        if where not in (path, waiting.get(path)):
            _renamed(entry, where, findings)
        looked_at.append((entry, where))
    tick = total(sum(entry.size for entry, _ in looked_at))
    hashed = in_parallel(lambda one, stop: _hashed(root, *one, tick, stop), looked_at)
    good = []
    for (entry, where), result in zip(looked_at, hashed, strict=True):
        if result == entry.sha256:
            good.append(entry)
        else:
            findings.append(_changed(entry, where, there[where].size, result))
    unknown = [item for item in found if item.path not in claimed and not _belongs(item)]
    findings += _unknown(root, unknown, missing, parts)
    findings += _interrupted([e.path for e, where in looked_at if where in parts], [i for i in unknown if _copy(i)])
    return good


def _hashed(root: Path, entry: Entry, where: str, tick: Tick, stop: Callable[[], bool]) -> str | None:
    try:
        return hash_file(root / where, size=entry.size, tick=tick, stop=stop)
    except OSError as error:
        return say("cannot be read: {why}", why=reason(error))


def _changed(entry: Entry, where: str, size: int, result: str | None) -> Finding:
    """LP833."""
    if result is None:
        message = say(
            "was changed: it has {size:,} bytes, {recorded:,} were recorded as entry {n}",
            size=size,
            recorded=entry.size,
            n=entry.seq,
        )
    elif isinstance(result, Message):
        message = result
    else:
        message = say(
            "was changed: its content is not what was recorded as entry {n} (SHA-256 {sha256})",
            n=entry.seq,
            sha256=entry.sha256[:16],
        )
    return Finding(where=shown(where), code="LP833", message=message, hint=_RESTORE)


def _unknown(
    root: Path, unknown: Sequence[Item], missing: Sequence[Entry], parts: Mapping[str, Entry]
) -> Iterator[Finding]:
    """LP834, LP835, LP836: files that are missing, that were renamed, that nobody has recorded, and what is no file."""
    sizes = {entry.size for entry in missing}
    content: dict[str, list[str]] = {}
    for item in unknown:
        if item.kind == "file" and item.size in sizes:
            try:
                sha256 = hash_file(root / item.path, size=item.size)
            except OSError:
                continue
            content.setdefault(sha256 or "", []).append(item.path)
    moved = set()
    for entry in missing:
        names = [path for path in content.get(entry.sha256, []) if path not in moved]
        findings: list[Finding] = []
        if names:
            moved.add(names[0])
            _renamed(entry, names[0], findings)
            yield from findings
        else:
            message = say("is missing: it was recorded as entry {n}, {size:,} bytes", n=entry.seq, size=entry.size)
            yield Finding(where=shown(entry.path), code="LP834", message=message, hint=_RESTORE)
    for item in unknown:
        if item.path in moved or (_copy(item) and item.kind == "file"):
            continue
        if item.kind != "file":
            yield _irregular(item, say("{what} in the case; it was not followed", what=kind_named(item.kind)))
            continue
        noise = item.path.rpartition("/")[2].casefold() in NOISE
        yield Finding(
            where=shown(item.path),
            code="LP835",
            severity=Severity.NOTE if noise else Severity.REFUSE,
            message=say("was left here by a file browser")
            if noise
            else say("is not recorded: somebody has put it here"),
            hint=say("remove it") if noise or "/" not in item.path else _record(item),
        )


def _record(item: Item) -> Message:
    return say("record it, lotproof case add CASE CASE/{path}, or remove it", path=shown(item.path))


def _copy(item: Item) -> bool:
    return is_part(item.path.rpartition("/")[2])


def _renamed(entry: Entry, where: str, findings: list[Finding]) -> None:
    """LP834."""
    message = say("was renamed: it lies at {path}", path=shown(where))
    hint = say("give it its name back")
    findings.append(Finding(where=shown(entry.path), code="LP834", message=message, hint=hint))


def _irregular(item: Item, message: Message) -> Finding:
    """LP836."""
    hint = (
        say("remove it, and put the file itself there")
        if item.kind != "unreadable"
        else say("see that you may read it")
    )
    return Finding(where=shown(item.path), code="LP836", message=message, hint=hint)


def _belongs(item: Item) -> bool:
    """Say whether something is part of every case."""
    if item.kind == "folder":
        return True
    return item.kind == "file" and (item.path == MANIFEST or (item.path == LOCK and not item.size))


def _interrupted(waited: Sequence[str], left: Sequence[Item]) -> Iterator[Finding]:
    """LP846: what an interrupted command has left; the case is as it was before it, or as it was to be."""
    said = []
    if waited:
        said.append(
            say(
                "a command was interrupted: {n} files are recorded and whole, and wait for their names: {paths}",
                n=len(waited),
                paths=some(waited),
            )
        )
    if left:
        said.append(
            say(
                "a command was interrupted: {n} copies belong to nothing that is recorded: {paths}",
                n=len(left),
                paths=some([item.path for item in left]),
            )
        )
    hint = say("run lotproof case add CASE, which brings the case to rest")
    for message in said:
        yield Finding(where=MANIFEST, code="LP846", severity=Severity.NOTE, message=message, hint=hint)


def _twice(entries: Sequence[Entry]) -> Iterator[Finding]:
    """LP832: two lines that give one file different contents."""
    first: dict[str, Entry] = {}
    for entry in entries:
        other = first.setdefault(entry.path, entry)
        if (other.sha256, other.size) != (entry.sha256, entry.size):
            message = say(
                "entries {one} and {other} give {path} different contents",
                one=other.seq,
                other=entry.seq,
                path=shown(entry.path),
            )
            hint = say("compare the manifest with one that was sent or kept elsewhere")
            yield Finding(where=f"{MANIFEST}: entry {entry.seq}", code="LP832", message=message, hint=hint)


def _head(chain: Chain, head: str) -> Iterator[Finding]:
    """LP854: the manifest does not hold the line that was the last at some time."""
    if head and head.casefold() not in chain.ends:
        message = say(
            "no line has the hash {head}: the manifest is not the one of which it was the head", head=quoted(head, 64)
        )
        hint = say("ask for the manifest as it was at that time")
        yield Finding(where="--head", code="LP854", message=message, hint=hint)


def _order(root: Path, case: Case | None) -> Iterator[Finding]:
    """LP851: the order is not the one with which the case was made."""
    if case is None:
        return
    try:
        read_case_order(root / ORDER_FILE, case)
    except Refused as refused:
        yield from refused.findings


def _noted(finding: Finding) -> Finding:
    """Return what is wrong with a picture as a note: the case is what was recorded all the same."""
    return Finding(
        where=finding.where, code=finding.code, severity=Severity.NOTE, message=finding.message, hint=finding.hint
    )
