"""The three records of a case, read from its folder: filled forms, evidence, messages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from lotproof.cases.folder import read_small, reason, shown
from lotproof.cases.looking import shows
from lotproof.cases.model import Case, Entry
from lotproof.clocks.model import Event
from lotproof.consistency.model import Evidence, Filled, Records, Said, Unread
from lotproof.consistency.rules import acceptance
from lotproof.findings import Finding, Refused, Severity
from lotproof.frozen import Frozen
from lotproof.inspection.inspected import inspect
from lotproof.messages import Message, say
from lotproof.orders.model import Order
from lotproof.records.model import Kind, Verdict

MOST_FORM = 32_000_000
"""Bytes of a filled form."""

MOST_MESSAGE = 4_000_000
"""Bytes of a message that is read; a longer one is evidence all the same."""

_TEXT = (".txt", ".md", ".eml", ".html", ".htm")
_FORMS = (".docx", ".xlsx", ".json", ".toml")


class _Read(Frozen):
    """A file of the case with its content."""

    entry: Entry
    content: bytes

    @property
    def given(self) -> tuple[bytes, str]:
        return self.content, self.entry.path


def read_records(
    root: Path, case: Case, order: Order, *, changed: Iterable[Finding] = (), events: Sequence[Event] = ()
) -> Records:
    """
    Read what a case holds; whatever cannot be read is kept with its findings, and the rest is read all the same.

    Args:
        root: the folder of the case, see :func:`lotproof.cases.folder.real_folder`.
        order: of the case, whole.
        changed: what :func:`lotproof.cases.verifying.verify_case` refuses; a file that it names is not read.
        events: what happened, as the buyer has said.
    """
    broken = {finding.where: finding.message for finding in changed}
    files = {path: entry for path, entry in case.files().items() if shown(path) not in broken}
    reading = _Reading(root, order, tuple(files.values()))
    first = {one.entry.path: verdict for one in reading.forms() if (verdict := reading.verdict(one)) is not None}
    laboratories = [reading.contents[path] for path, v in first.items() if v.record.kind is Kind.LABORATORY]
    sides: dict[str, list[Filled]] = {"inspection": [], "arrival": [], "loading": []}
    for path, verdict in first.items():
        kind = verdict.record.kind
        if kind is Kind.LABORATORY:
            continue
        side = "arrival" if verdict.record.form == "arrival" else "loading" if kind is Kind.LOADING else "inspection"
        completed = (
            reading.verdict(reading.contents[path], laboratories) if side == "inspection" and laboratories else verdict
        )
        sides[side].append(Filled(path, completed or verdict))
    return Records(
        inspections=tuple(sides["inspection"]),
        arrivals=tuple(sides["arrival"]),
        loadings=tuple(sides["loading"]),
        unread=tuple(reading.unread),
        evidence=tuple(_evidence(entry) for entry in files.values()),
        changed=tuple(broken.items()),
        acceptances=tuple(reading.acceptances()),
        events=tuple(events),
    )


def _evidence(entry: Entry) -> Evidence:
    picture = entry.picture
    return Evidence(
        path=entry.path,
        what=entry.what,
        sha256=entry.sha256,
        size=entry.size,
        units=entry.units,
        terms=entry.terms,
        note=entry.note,
        taken=picture.taken if picture is not None else "",
        recorded=entry.recorded,
        picture=picture is not None and bool(picture.format) and picture.whole,
        shows=shows(entry),
    )


class _Reading:
    def __init__(self, root: Path, order: Order, entries: Sequence[Entry]) -> None:
        self.root, self.order, self.entries = root, order, entries
        self.unread: list[Unread] = []
        self.contents: dict[str, _Read] = {}

    def forms(self) -> Iterator[_Read]:
        """Yield the filled forms: checklists, and reports of laboratories that were filled in on one."""
        for entry in self.entries:
            ending = Path(entry.path).suffix.casefold()
            if entry.what == "checklist" or (entry.what == "laboratory" and ending in _FORMS):
                content = self._content(entry, MOST_FORM)
                if content is not None:
                    self.contents[entry.path] = _Read(entry, content)
                    yield self.contents[entry.path]

    def verdict(self, one: _Read, later: Sequence[_Read] = ()) -> Verdict | None:
        """Return what a form comes to; None where it cannot be read."""
        report = self._report(one) if one.entry.path.endswith(".toml") else None
        try:
            return inspect(*one.given, order=self.order, later=[other.given for other in later], report=report).verdict
        except Refused as refused:
            self.unread.append(Unread(path=one.entry.path, findings=refused.findings))
            return None

    def acceptances(self) -> Iterator[Said]:
        """Yield the messages that read as if a deviation was accepted."""
        for entry in self.entries:
            if (
                entry.path.startswith("messages/")
                and entry.path.casefold().endswith(_TEXT)
                and entry.size <= MOST_MESSAGE
            ):
                content = self._content(entry, MOST_MESSAGE)
                quote = acceptance(message_text(entry.path, content)) if content else ""
                if quote:
                    yield Said(entry.path, quote)

    def _report(self, one: _Read) -> tuple[bytes, str] | None:
        """Return the report that a transcript was copied from: the file of the case with the hash that it names."""
        for entry in self.entries:
            if entry.what == "report" and entry.sha256.encode() in one.content:
                content = self._content(entry, MOST_FORM)
                return (content, entry.path.rpartition("/")[2]) if content is not None else None
        return None

    def _content(self, entry: Entry, most: int) -> bytes | None:
        try:
            return read_small(self.root / entry.path, most)
        except OSError as error:
            self.unread.append(Unread(path=entry.path, findings=(_unreadable(entry.path, reason(error)),)))
            return None


def message_text(path: str, content: bytes) -> str:
    """Return the words of a message: of a mail its subject and its text, of a page what stands between its tags."""
    if path.casefold().endswith(".eml"):
        import email
        from email import policy

        mail = email.message_from_bytes(content, policy=policy.default)
        body = mail.get_body(("plain", "html"))
        try:
            text = body.get_content() if body is not None else ""
        except (LookupError, ValueError, KeyError):  # a character set that nobody knows, or a part that is broken
            text = content.decode("utf-8", "replace")
        return _untagged(f"{mail.get('Subject', '')}\n{text}")
    text = content.decode("utf-8-sig", "replace")
    return _untagged(text) if path.casefold().endswith((".html", ".htm")) else text


def _untagged(text: str) -> str:
    from html import unescape

    pieces = text.replace("<", "\0<").replace(">", ">\0").split("\0")
    return unescape("".join(" " if piece.startswith("<") and piece.endswith(">") else piece for piece in pieces))


def _unreadable(path: str, why: Message) -> Finding:
    return Finding(
        where=path,
        code="LP860",
        severity=Severity.OPEN,
        message=say("cannot be read: {why}", why=why),
        hint=say("see that you may read it, and that it is a file of this case"),
    )
