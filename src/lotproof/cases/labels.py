"""What somebody says of the files that are recorded: what they show, which units, which terms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from lotproof.cases.model import Entry
from lotproof.cases.rules import shipped_rules
from lotproof.cases.sources import Source
from lotproof.characters import forbidden
from lotproof.findings import Finding, Refused, did_you_mean, quoted
from lotproof.frozen import Frozen
from lotproof.messages import Message, say

MOST_NOTE = 2_000
"""Characters of a note."""

MOST_UNITS = 20_000


class Labels(Frozen, kw_only=True):
    """
    What is said of all files of one command.

    Attributes:
        folder: of :data:`~lotproof.cases.model.FOLDERS`; None where each file lies in the case already.
        what: id of a kind; empty where nothing is said.
        units: one for all files, or one for each of them; or several for a single file.
        terms: ids of terms of the order.
        duplicate: the files are declared copies of recorded ones.
    """

    folder: str | None = None
    what: str = ""
    units: tuple[str, ...] = ()
    terms: tuple[str, ...] = ()
    note: str = ""
    duplicate: bool = False

    def differ(self, entry: Entry, units: tuple[str, ...]) -> bool:
        """Say whether something is said that an entry does not say yet."""
        return bool(
            (self.what and self.what != entry.what)
            or (units and units != entry.units)
            or (self.terms and self.terms != entry.terms)
            or (self.note and self.note != entry.note)
            or (self.duplicate and not entry.duplicate_of)
        )


def read_units(given: Sequence[str]) -> tuple[str, ...]:
    """
    Return the units of ``--unit``: ``17``, ``HX-420 #2``, or ``1-200`` for each from 1 to 200.

    Raises:
        Refused: a range that is none (LP847).
    """
    found: list[str] = []
    for text in given:
        start, separator, end = text.strip().partition("-")
        numbers = start.isascii() and start.isdigit() and end.isascii() and end.isdigit()
        if not separator or not numbers:
            found.append(text.strip())
            continue
        first, last = int(start[:9]), int(end[:9])
        if not 0 < first <= last < first + MOST_UNITS:
            message = say("{given} is no range of units", given=quoted(text))
            hint = say("write --unit 17, or --unit 1-200 for each of them")
            raise Refused([_finding("--unit", message, hint)])
        found += map(str, range(first, last + 1))
    return tuple(dict.fromkeys(found))


def units_of(labels: Labels, files: int) -> list[tuple[str, ...]]:
    """Return the units that each file shows: all of them, or one each where there are as many as files."""
    if len(labels.units) > 1 and files > 1:
        return [(unit,) for unit in labels.units]
    return [labels.units] * files


def check_labels(labels: Labels, sources: Sequence[Source], order: Path | None) -> Iterator[Finding]:
    """
    LP847: a kind, a unit or a term that nobody knows, a file in a folder where its kind does not belong.

    Args:
        order: the ``order.json`` of the case, where units or terms are named.
    """
    if labels.what:
        yield from _check_kind(labels.what, sources)
    if len(labels.units) > 1 and len(sources) > 1 and len(labels.units) != len(sources):
        message = say("{units:,} units for {files:,} files", units=len(labels.units), files=len(sources))
        hint = say("give one unit for all files, or one for each in the order of the files")
        yield _finding("--unit", message, hint)
    if len(labels.note) > MOST_NOTE:
        message = say("has {n:,} characters; {most:,} at most", n=len(labels.note), most=MOST_NOTE)
        yield _finding("--note", message, say("write it shorter"))
    hidden = next(forbidden(labels.note, newlines=True), None)
    if hidden is not None:
        message = say("holds {character} at character {place}", character=hidden[1], place=hidden[0] + 1)
        yield _finding("--note", message, say("type the note again without it"))
    if order is not None:
        yield from _check_against(order, labels)


def _check_kind(what: str, sources: Sequence[Source]) -> Iterator[Finding]:
    kind = shipped_rules().kinds.get(what)
    if kind is None:
        message = say("there is no kind {what}", what=quoted(what))
        yield _finding("--what", message, did_you_mean(what, shipped_rules().kinds))
        return
    for folder in dict.fromkeys(source.target.split("/")[0] for source in sources):
        if folder not in kind.folders:
            message = say("{what} ({title}) does not belong into {folder}/", what=what, title=kind.title, folder=folder)
            yield _finding("--what", message, say("record it with --to {folders: or --to }", folders=kind.folders))


def _check_against(order: Path, labels: Labels) -> Iterator[Finding]:
    from lotproof.cases.ordered import read_case_order
    from lotproof.records.rows import drawn_units

    known = read_case_order(order)
    units = drawn_units(known)
    for unit in labels.units:
        if unit not in units:
            message = say("the order draws no unit {unit}", unit=quoted(unit))
            hint = (
                say("units are {first} to {last}, in the order in which they are drawn", first=units[0], last=units[-1])
                if len(units) > 1
                else did_you_mean(unit, units)
            )
            yield _finding("--unit", message, hint)
    terms = {term.id for term in known.spec.terms}
    for term in labels.terms:
        if term not in terms:
            message = say("the order has no term {term}", term=quoted(term))
            yield _finding("--term", message, did_you_mean(term, terms))


def _finding(where: str, message: Message, hint: Message) -> Finding:
    return Finding(where=where, code="LP847", message=message, hint=hint)
