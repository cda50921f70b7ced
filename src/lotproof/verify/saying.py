"""Changes in words: as findings, and as the part of a long sentence in which it differs."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from lotproof.findings import Finding
from lotproof.messages import Message, as_it_stands, say
from lotproof.verify.model import Change

HINTS: Mapping[str, Message] = MappingProxyType(
    {
        "LP704": say(
            "trust neither the page nor the data: ask for the file as lotproof wrote it, or verify it against your order.json"
        ),
        "LP705": say("agree to the change in writing as a new revision, or sign the file as lotproof wrote it"),
        "LP706": say(
            "accept or reject it in Word, agree to what remains as a new revision, and sign no file with tracked changes or comments"
        ),
        "LP707": say("ask who put it there; sign only the file as lotproof wrote it"),
        "LP708": say("fill in a fresh copy of the file as lotproof wrote it"),
        "LP709": say("use the contract and the checklist of one build; the digest on their pages is the same"),
    }
)
"""What to do, by code."""

_AROUND = 40


def finding(change: Change, name: str) -> Finding:
    """Return a change as a finding; ``name`` is what findings call the file."""
    where = f"{name}: {place(change)}"
    was, now = excerpt(change.was, change.now)
    return Finding(where=where, code=change.code, message=_sentence(change.about, was, now), hint=HINTS[change.code])


def _sentence(about: Message, was: str, now: str) -> Message:
    match bool(was), bool(now):
        case True, True:
            differs = say("was '{was}', is '{now}'", was=was, now=now)
        case True, False:
            differs = say("was '{was}'", was=was)
        case False, True:
            differs = say("is '{now}'", now=now)
        case _:
            return about
    return say("{about}: {differs}", about=about, differs=differs) if about else differs


def place(change: Change) -> Message:
    """Return where a change stands: ``A7 machinery.noise``."""
    named = " ".join(filter(None, (change.number, change.clause)))
    return as_it_stands(named) if named else say("the whole file")


def excerpt(was: str, now: str, around: int = _AROUND) -> tuple[str, str]:
    """
    Return two texts from a little before their first difference to a little behind their last, on one line each.

    A message, which is no text of the file, is returned as it is.
    """
    if isinstance(was, Message) or isinstance(now, Message):
        return was, now
    was, now = (" / ".join(text.split("\n")) for text in (was, now))
    if not was or not now:
        return _end(was, 4 * around), _end(now, 4 * around)
    start = 0
    while start < min(len(was), len(now)) and was[start] == now[start]:
        start += 1
    end = 0
    while end < min(len(was), len(now)) - start and was[-1 - end] == now[-1 - end]:
        end += 1
    first = max(0, start - around)
    first = 0 if first < 12 else was.rfind(" ", 0, first) + 1 if " " in was[max(0, first - 12) : first] else first

    def cut(text: str) -> str:
        last = min(len(text), len(text) - end + around)
        last = min(last, first + 6 * around)
        return ("... " if first else "") + text[first:last] + (" ..." if last < len(text) else "")

    return cut(was), cut(now)


def _end(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[:most]} ..."
