"""The verdict report: what a record comes to, row by row, and what may follow. Advice for the buyer, never a decision."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import partial

from lotproof.documents.arrived import Arrived
from lotproof.documents.checklist import DISCLOSED
from lotproof.documents.nodes import Block, Cell, Column, Document, Heading, Line, Paragraph, Row, Table, Words
from lotproof.documents.numbering import numbers, term_numbers
from lotproof.documents.speaking import FRAME, Speaker, cell, merged
from lotproof.messages import in_language
from lotproof.orders.digests import Seal
from lotproof.orders.model import Hidden, Order
from lotproof.records import saying
from lotproof.records.model import LotVerdict, Outcome, Reading, RowVerdict, Verdict
from lotproof.records.rows import Check, checks, terms_of
from lotproof.records.values import printable
from lotproof.requirements import PerKey

MOST_FINDINGS = 200
"""Findings that the report lists; the others are counted."""

MOST_READINGS = 60
"""Readings of a row that the report lists."""


def verdict_report(
    order: Order, verdict: Verdict, languages: tuple[str, ...] | None = None, sealed: Seal | None = None
) -> Document:
    """
    Lay out what a record comes to.

    Args:
        order: by which it was judged; one that was read out of a form will do.
        languages: codes of the order's texts; the order's own languages where None.
        sealed: the order's digests; needed for an order that was read out of a form.
    """
    say = Speaker(order, languages, sealed)
    number, digest, date = say.heading_facts()
    page = _Page(say, order, verdict)
    return Document(
        kind="verdict",
        title=page.title(),
        number=number,
        digest=digest,
        date=date,
        languages=say.languages,
        labels={key: say.label(key) for key in FRAME},
        references=say.reference_words(),
        draft=False,
        landscape=True,
        density="form",
        protected=False,
        data=say.sealed.disclosed(DISCLOSED),
        blocks=tuple(page.blocks(number)),
    )


def provision_numbers(order: Order, sealed: Seal | None = None) -> Mapping[str, str]:
    """Return the number of each provision of the contract in full; nothing for an order that carries no provisions."""
    if any(isinstance(getattr(order, name), Hidden) for name in ("commercial", "evidence")):
        return {}
    from lotproof.documents.contract import contract

    return numbers(contract(order, (order.header.languages[0],), sealed).blocks)


def row_numbers(order: Order, form: str) -> Mapping[str, tuple[Check, str]]:
    """Return each row of a form by its name, with the number that is printed on it."""
    found = term_numbers(order)
    return {check.tag: (check, found[check.term.id] + check.place) for check in checks(order, terms_of(order, form))}


class _Page:
    """Says what a verdict holds in the languages of the page."""

    def __init__(self, say: Speaker, order: Order, verdict: Verdict) -> None:
        self.say, self.order, self.verdict = say, order, verdict
        self.clauses = provision_numbers(order, say.sealed)
        self.rows = row_numbers(order, verdict.record.form)
        self.arrived = Arrived(order, verdict, self.rows, self.clauses) if verdict.record.arrival else None
        self.readings: dict[tuple[str, str, int | None], list[Reading]] = {}
        for reading in verdict.record.readings:
            if reading.term:
                self.readings.setdefault((reading.term, reading.lot, reading.entry), []).append(reading)

    def each(self, get: Callable[[str], str]) -> Words:
        return merged(tuple((get(language),) for language in self.say.languages))

    def label(self, key: str, **values: object) -> Words:
        return self.each(lambda language: saying.label(key, language, **values))

    def blocks(self, number: str) -> Iterator[Block]:
        record = self.verdict.record
        good = self.verdict.result.outcome is Outcome.PASS
        yield Paragraph(self.each(partial(saying.said, self.verdict.result)), "subtitle" if good else "warning")
        yield Paragraph(self.each(partial(_heading, self.verdict, number)), "note")
        yield Paragraph(self.label("advice"), "note")
        yield Heading(self.label("machines" if self._each else "lots"), "verdict.lots")
        yield self._lots()
        if self.arrived is not None:
            yield from self._arrived(self.arrived)
        yield Heading(self.label("sections"), "verdict.sections")
        yield self._sections()
        if self.verdict.classes:
            yield Heading(self.label("classes"), "verdict.classes")
            yield self._classes()
        yield Heading(self.label("rows"), "verdict.rows")
        yield self._rows()
        if self.verdict.findings:
            yield Heading(self.label("findings"), "verdict.findings")
            yield self._findings()
        yield Heading(self.label("record"), "verdict.record")
        yield self._record(record.source.name)

    def title(self) -> Words:
        """Return what the report is called."""
        if self.arrived is None:
            return self.label("title")
        return self._word("title")

    def _word(self, key: str) -> Words:
        return self.each(lambda language: saying.arrived(key, language))

    def _arrived(self, arrived: Arrived) -> Iterator[Block]:
        """Yield what an arrival comes to besides its rows."""
        every = self.say.languages

        def table(name: str, columns: tuple[tuple[int, str], ...], rows: tuple[tuple[Words, ...], ...]) -> Table:
            return Table(
                id=name,
                caption=saying.arrived(name, every[0]),
                columns=tuple(Column(width, self._word(key)) for width, key in columns),
                rows=tuple(Row(tuple(cell(words) for words in row)) for row in rows),
            )

        facts = [tuple(arrived.facts(language)) for language in every]
        told = [
            tuple(merged(tuple((one[part],) for one in several)) for part in (0, 1))
            for several in zip(*facts, strict=True)
        ]
        told.append((self._word("incident"), self.each(arrived.incident)))
        yield Heading(self._word("consignment"), "verdict.consignment")
        yield table("consignment", ((250, "fact"), (750, "found")), tuple(told))
        if self.verdict.origins:
            origins = tuple(
                (
                    self.each(partial(arrived.named, one)),
                    (("–" if one.found is None else f"{one.found:,}",),),
                    self.each(partial(saying.worded, "origin", one.origin)),
                    self.each(partial(arrived.why, one)),
                )
                for one in self.verdict.origins
            )
            yield Heading(self._word("origins"), "verdict.origins")
            yield table("origins", ((400, "subject"), (80, "count"), (120, "origin"), (400, "why")), origins)
        if self.verdict.supported:
            steps = tuple(
                (
                    self.each(partial(saying.worded, "step", one.step)),
                    self.each(partial(arrived.rests_on, one)),
                    self.each(lambda language, one=one: "; ".join(arrived.rights(one, language))),  # type: ignore[misc]
                )
                for one in self.verdict.supported
            )
            yield Heading(self._word("supported"), "verdict.supported")
            yield table("supported", ((430, "step"), (300, "rests_on"), (270, "by")), steps)

    @property
    def _each(self) -> bool:
        return self.order.inspection.basis == "each"

    def _table(self, name: str, columns: tuple[tuple[int, str], ...], rows: tuple[Row, ...]) -> Table:
        return Table(
            id=name,
            caption=saying.label(name, self.say.languages[0]),
            columns=tuple(Column(width, self.label(key)) for width, key in columns),
            rows=rows,
        )

    def _lots(self) -> Table:
        rows = tuple(
            Row(
                (
                    cell(self._named(lot.name), "strong"),
                    cell(self.each(partial(saying.said, lot.result)), "strong"),
                    cell(self.each(partial(saying.ticked, lot.ticked))),
                    (
                        Line(self.each(partial(_advised, self.verdict, lot))),
                        *(Line(self.each(partial(self._provision, right)), "muted") for right in lot.rights),
                    ),
                ),
                lot.name,
            )
            for lot in self.verdict.lots
        )
        first = "machine" if self._each else "lot"
        return self._table("lots", ((140, first), (240, "result"), (120, "ticked"), (500, "next")), rows)

    def _named(self, name: str) -> Words:
        """Return the name of a lot; of the one lot of an order, that it holds all items."""
        lots = self.order.inspection.lots
        return (
            self.say.label("all_items")
            if name == "lot" and len(lots) == 1 and "all_items" in self._labels
            else ((name,),)
        )

    @property
    def _labels(self) -> Mapping[str, str]:
        return self.say.texts[0].labels

    def _provision(self, right: str, language: str) -> str:
        heading = saying.worded("provision", right, language)
        if right in self.clauses:
            return saying.label("provision", language, n=self.clauses[right], heading=heading)
        return saying.label("provision_by_name", language, heading=heading)

    def _sections(self) -> Table:
        rows = tuple(
            Row(
                (
                    cell(self._section(one.section), "strong"),
                    cell(self.each(partial(saying.said, one.result))),
                    cell(self.each(partial(saying.ticked, one.ticked))),
                )
            )
            for one in self.verdict.sections
        )
        return self._table("sections", ((300, "section"), (500, "result"), (200, "ticked")), rows)

    def _section(self, section: str) -> Words:
        return self.say.label(section) if section.startswith("stage_") else self.label(section)

    def _classes(self) -> Table:
        rows = tuple(
            Row(
                (
                    cell(self._named(one.lot)),
                    cell(self.each(partial(self._class, one.defect_class)), "strong"),
                    cell(((_plan(one.n, one.ac, one.re),),)),
                    cell(self.each(partial(saying.counted, one))),
                    cell(self.each(partial(saying.said, one.result)), "strong"),
                    cell(self.each(partial(saying.bounded, one))),
                )
            )
            for one in self.verdict.classes
        )
        widths = ((140, "lot"), (100, "class"), (140, "plan"), (110, "counted"), (230, "result"), (280, "bounds"))
        return self._table("classes", widths, rows)

    def _class(self, name: str, language: str) -> str:
        labels = self.order.texts[language].labels
        return labels.get(f"class_{name}", name)

    def _rows(self) -> Table:
        """Return a line for each row that does not pass; those that pass are counted."""
        open_rows = [row for row in self.verdict.rows if row.result.outcome is not Outcome.PASS]
        rows = [self._row(row) for row in self.verdict.rows if row in open_rows]
        passed = len(self.verdict.rows) - len(open_rows)
        if passed:
            text = self.label("others", n=passed) if open_rows else self.label("passes")
            rows.append(Row((cell(((),)), cell(text), cell(((),)), cell(((),)))))
        return self._table("rows", ((70, "row"), (380, "required"), (250, "readings"), (300, "result")), tuple(rows))

    def _row(self, row: RowVerdict) -> Row:
        check, number = self.rows[row.tag]
        texts = [t.terms[row.term] for t in self.say.texts]
        wanted = (
            merged(tuple(t.required for t in texts))
            if row.entry is None or not isinstance(check.term.requirement, PerKey)
            else merged(tuple(t.entries[row.entry] for t in texts))
        )
        what: Cell = (
            Line(merged(tuple((t.title,) for t in texts)), "strong"),
            Line(wanted),
            Line(((row.tag,),), "id"),
        )
        found = self.readings.get((row.term, row.lot, row.entry), [])
        written = [printable(r.written) for r in found if r.number][:MOST_READINGS]
        lines = [Line(self.each(partial(saying.measured, row)))]
        if written:
            lines.append(Line(((", ".join(written)[:1_000],),), "muted"))
        result: Cell = (Line(self.each(partial(saying.said, row.result)), "strong"),)
        if row.ticked:
            lead = self.each(lambda lang: f"{saying.label('ticked', lang)}: {saying.ticked(row.ticked, lang)}")
            result = (*result, Line(lead, "muted"))
        return Row((cell(((number,),), "strong"), what, tuple(lines), result), row.tag)

    def _findings(self) -> Table:
        rows = [
            Row(
                (
                    (
                        Line(self.each(partial(_coded, finding.code)), "strong"),
                        Line(self.each(partial(in_language, finding.message))),
                    ),
                    cell(((finding.where,),), "muted"),
                    cell(self.each(partial(in_language, finding.hint))),
                )
            )
            for finding in self.verdict.findings[:MOST_FINDINGS]
        ]
        more = len(self.verdict.findings) - MOST_FINDINGS
        if more > 0:
            rows.append(Row((cell(((f"+ {more:,}",),)), cell(((),)), cell(((),)))))
        return self._table("findings", ((460, "finding"), (240, "where"), (300, "mend")), tuple(rows))

    def _record(self, file: str) -> Table:
        record = self.verdict.record
        facts: list[tuple[Words, str]] = []
        for key, value in record.facts.items():
            known = key in self._labels
            facts.append((self.say.label(key) if known else ((key,),), printable(value)))
        facts.append((self.label("file"), f"{file} {record.source.sha256}"))
        transcript = record.source.transcript
        if transcript is not None:
            values = {key: printable(getattr(transcript, key)) for key in ("file", "sha256", "by")}
            facts.append((self.label("transcribed", **values), ""))
        if self.verdict.completed:
            facts.append((self.label("completed"), ", ".join(self.verdict.completed)))
        rows = tuple(Row((cell(words, "strong"), cell(((value,),)))) for words, value in facts)
        return self._table("record", ((300, "fact"), (700, "value")), rows)


def _coded(code: str, language: str) -> str:
    return f"{code} {saying.worded('finding', code, language)}"


def _heading(verdict: Verdict, number: str, language: str) -> str:
    record = verdict.record
    return saying.label(
        "on",
        language,
        number=number,
        kind=saying.worded("kind", record.kind, language),
        round=saying.label("round", language, n=record.round) if record.round else "",
        file=record.source.name,
    )


def _advised(verdict: Verdict, lot: LotVerdict, language: str) -> str:
    next_n = max((one.next_n for one in verdict.classes if one.lot == lot.name), default=0)
    return saying.advised(lot, next_n, verdict.record.round, language)


def _plan(n: int, ac: int | None, re: int) -> str:
    return f"n {n:,}, Ac {'#' if ac is None else ac}, Re {re}"
