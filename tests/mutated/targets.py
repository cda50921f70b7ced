"""The files that are edited, the clauses that are touched, and two edits that many use."""

from __future__ import annotations

from typing import Any

from edits import BODY, Edited, Source

EN, BOTH, ZH = "machine/en/contract.docx", "mugs/contract.docx", "mugs/zh/contract.docx"
LIST, LIST_EN = "machine/checklist.docx", "mugs/en/checklist.docx"
BOOK = "machine/checklist.xlsx"
NOISE, POWER, SEAL, LEAK, CAPACITY = (
    "machinery.noise",
    "machinery.power_input",
    "packaging_machines.seal_strength",
    "packaging_machines.seal_leak",
    "machinery.rated_capacity",
)
WORDS = "application/vnd.openxmlformats-officedocument.wordprocessingml"
TRACK = 'w:id="900" w:author="Wang Li" w:date="2027-02-03T09:00:00Z"'


def in_text(old: str, new: str, *, after: str, clause: str) -> Any:
    def change(given: Source) -> Edited:
        body = given.parts[BODY]
        start = body.index(old, body.index(after) if after else 0)
        edited = body[:start] + new + body[start + len(old) :]
        seen = ("", "") if old.startswith("<") else (old.strip("><"), new.strip("><"))
        return Edited({**given.parts, BODY: edited}, clause, *seen)

    return change


def part_text(part: str, old: str, new: str, *, clause: str) -> Any:
    def change(given: Source) -> Edited:
        return given.put(old, new, part, clause=clause)

    return change
