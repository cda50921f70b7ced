"""Deadlines as a calendar file (iCalendar, RFC 5545), the same bytes for the same deadlines."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Iterator

from lotproof.clocks import saying
from lotproof.clocks.model import Deadline

ALARMS = (7, 3, 1)
"""Days before the day on which a calendar program reminds."""

_LINE = 75
"""Octets of a line, without its end; RFC 5545, 3.1."""
_SEQUENCE_FROM = datetime.date(2000, 1, 1)


def calendar(
    deadlines: Iterable[Deadline], *, digest: str, number: str, stamp: datetime.date, zone: str, language: str
) -> bytes:
    """
    Write the deadlines that have a day and have not ended as whole-day entries with alarms 7, 3 and 1 days before.

    An entry keeps its UID while the order keeps its digest, and a later stamp gives it a higher SEQUENCE: a calendar that is read
    in again moves its entries instead of doubling them.

    Args:
        digest: of the order, 64 hexadecimal digits.
        number: of the order, as its entries name it.
        stamp: the day that stands for now.
        zone: name of the buyer's zone.
        language: ``en`` or ``zh``.
    """
    title = f"lotproof {number}".strip()
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//lotproof//deadlines//EN", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", f"X-WR-CALNAME:{_text(title)}"]
    for found in deadlines:
        if found.day is not None and found.ended is None:
            lines += _entry(found, found.day, digest, number, stamp, zone, language)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line)).encode()


def _entry(
    found: Deadline, day: datetime.date, digest: str, number: str, stamp: datetime.date, zone: str, language: str
) -> Iterator[str]:
    summary = f"{number}: {found.title[language]}" if number else found.title[language]
    if found.unconfirmed:
        summary += " (NOT CONFIRMED)" if language == "en" else "（未确认）"
    uid = hashlib.sha256(f"{digest}/{found.id}".encode()).hexdigest()[:32]
    yield "BEGIN:VEVENT"
    yield f"UID:{uid}@lotproof"
    yield f"DTSTAMP:{stamp:%Y%m%d}T000000Z"
    yield f"SEQUENCE:{max(0, (stamp - _SEQUENCE_FROM).days)}"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + datetime.timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_text(summary)}"
    yield f"DESCRIPTION:{_text(chr(10).join(_description(found, zone, language)))}"
    yield "TRANSP:TRANSPARENT"
    for days in ALARMS:
        yield "BEGIN:VALARM"
        yield "ACTION:DISPLAY"
        yield f"DESCRIPTION:{_text(summary)}"
        yield f"TRIGGER:-P{days}D"
        yield "END:VALARM"
    yield "END:VEVENT"


def _description(found: Deadline, zone: str, language: str) -> Iterator[str]:
    yield found.todo[language]
    if time := saying.ends(found):
        yield (
            f"until {time} in {zone}: the day ends then in China, or a due time is reached"
            if language == "en"
            else f"截至{zone}时间{time}：中国当日结束之时，或设定的截止时间"
        )
    yield found.rule[language]
    yield saying.counted(found, language)
    yield from (remark[language] for remark in found.remarks)
    yield "; ".join(source.title[language] for source in found.sources)


def _text(value: str) -> str:
    r"""Escape a text: backslash, semicolon, comma, and line ends as ``\n``; what cannot be printed is left out."""
    kept = "".join(c for c in value if c.isprintable() or c == "\n")
    return kept.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Yield a line in pieces of at most 75 octets, each after the first begun by a blank; no character is cut."""
    piece, size = "", 0
    for character in line:
        octets = len(character.encode())
        if size + octets > _LINE:
            yield piece
            piece, size = " ", 1
        piece += character
        size += octets
    yield piece
