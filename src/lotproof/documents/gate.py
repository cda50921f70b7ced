"""The gate report: one page for the buyer alone, before money moves."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial

from lotproof.documents.nodes import Block, Cell, Column, Document, Heading, Line, Paragraph, Row, Table, Words
from lotproof.documents.speaking import FRAME, Speaker, cell, merged
from lotproof.gate.model import Check, Gap, Gate, PendingRow, Silence, Standing
from lotproof.gate.rules import Rules, shipped_rules
from lotproof.gate.saying import applied, headline, label, labelled, said, why_pending
from lotproof.orders.digests import Seal
from lotproof.orders.model import SECTIONS, Order

MOST = 6
"""Gaps of one check that the page lists; the others are counted."""

STANDINGS: Mapping[Standing, str] = {
    Standing.HOLDS: "holds",
    Standing.FAILS: "fails",
    Standing.UNKNOWN: "unknown",
}
"""The label of each standing."""


def gate_report(
    order: Order,
    gate: Gate,
    languages: tuple[str, ...] | None = None,
    sealed: Seal | None = None,
    rules: Rules | None = None,
) -> Document:
    """
    Lay out what the gate says.

    Args:
        languages: codes of the order's texts; the order's own languages where None.
        sealed: the order's digests, where they are at hand.
        rules: with which the gate was made; those that ship where None.
    """
    say = Speaker(order, languages, sealed)
    number, digest, date = say.heading_facts()
    words = _Words(say.languages, gate, rules or shipped_rules())
    return Document(
        kind="gate",
        title=words.label("title"),
        number=number,
        digest=digest,
        date=date,
        languages=say.languages,
        labels={key: say.label(key) for key in FRAME},
        references=say.reference_words(),
        draft=False,  # a contract is a draft; of an open order this page says that it is not ready
        landscape=False,
        density="short",
        protected=False,
        data=say.sealed.disclosed(SECTIONS),
        blocks=tuple(words.blocks(number)),
    )


class _Words:
    """Says what a gate holds in the languages of the page."""

    def __init__(self, languages: tuple[str, ...], gate: Gate, rules: Rules) -> None:
        self.languages, self.gate, self.rules = languages, gate, rules

    def each(self, get: Callable[[str], str]) -> Words:
        return merged(tuple((get(language),) for language in self.languages))

    def label(self, key: str, **values: str) -> Words:
        return self.each(lambda language: label(key)[language].format(**values) if values else label(key)[language])

    def blocks(self, number: str) -> Iterator[Block]:
        gate = self.gate
        yield Paragraph(self.each(lambda language: headline(gate, language)), "subtitle" if gate.ready else "warning")
        yield Paragraph(self.label("on", number=number, today=gate.today.isoformat()), "note")
        yield Paragraph(self.label("advice"), "note")
        yield Heading(self.label("patterns"), "gate.patterns")
        yield self._checks("patterns", gate.patterns)
        yield Heading(self.label("checks"), "gate.checks")
        yield self._checks("checks", (c for c in gate.checks if c.id != "open" or c.gaps))
        if gate.pending:
            yield Heading(self.label("pending"), "gate.pending")
            yield self._pending(gate.pending)
        yield Heading(self.label("silence"), "gate.silence")
        yield self._silence(gate.silence) if gate.silence else Paragraph(self.label("silence_none"))

    def _checks(self, name: str, checks: Iterable[Check]) -> Table:
        columns = (
            Column(210, self.label("looked_at")),
            Column(110, self.label("standing")),
            Column(680, self.label("evidence")),
        )
        rows = tuple(
            Row(
                (
                    cell(self.label(check.id), "strong"),
                    cell(self.label(STANDINGS[check.standing]), "strong"),
                    tuple(self._lines(check)) or cell(((),)),
                ),
                check.id,
            )
            for check in checks
        )
        return Table(id=name, caption=label(name)[self.languages[0]], columns=columns, rows=rows)

    def _lines(self, check: Check) -> Iterator[Line]:
        """Yield the gaps with their mend before the evidence: what stops comes first."""
        gaps = sorted(check.gaps, key=lambda gap: not gap.stops)
        for gap in gaps[:MOST]:
            yield Line(
                self.each(partial(_gap, gap)),
                "strong" if gap.stops else "plain",
            )
            lead = "mend" if gap.stops else "note"
            yield Line(self.each(partial(_mend, lead, gap)))
        if len(gaps) > MOST:
            yield Line(self.label("more", n=str(len(gaps) - MOST)))
        if check.evidence:
            yield Line(
                self.each(lambda lang: (" " if lang == "en" else "").join(said(s, lang) for s in check.evidence))
            )

    def _pending(self, rows: tuple[PendingRow, ...]) -> Table:
        """Group the rows by their cause: an order of clothes has a dozen that wait for one laboratory."""
        causes: dict[tuple[str, str], list[PendingRow]] = {}
        for row in rows:
            causes.setdefault((row.cause, row.route), []).append(row)

        def titles(group: list[PendingRow]) -> Words:
            return self.each(
                lambda lang: ("；" if lang == "zh" else "; ").join(dict.fromkeys(r.title[lang] for r in group))
            )

        return Table(
            id="pending",
            caption=label("pending")[self.languages[0]],
            columns=(Column(560, self.label("pending_row")), Column(440, self.label("pending_cause"))),
            rows=tuple(
                Row((cell(titles(group)), cell(self.each(partial(why_pending, group[0]))))) for group in causes.values()
            ),
        )

    def _silence(self, silences: tuple[Silence, ...]) -> Table:
        def lines(silence: Silence) -> Cell:
            by_language = [applied(silence, self.gate.today, self.rules.as_of, lang) for lang in self.languages]
            found: list[Line] = []
            for versions in zip(*by_language, strict=True):
                found.append(Line(merged(tuple((text,) for text, _ in versions))))
                if versions[0][1]:
                    found.append(Line(merged(tuple((source,) for _, source in versions)), "muted"))
            return tuple(found)

        return Table(
            id="silence",
            caption=label("silence")[self.languages[0]],
            columns=(Column(270, self.label("silence_topic")), Column(730, self.label("silence_rule"))),
            rows=tuple(
                Row((cell(self.each(s.topic.title.__getitem__), "strong"), lines(s)), s.topic.id) for s in silences
            ),
        )


def _gap(gap: Gap, language: str) -> str:
    return f"{gap.code} {said(gap.says, language)}"


def _mend(lead: str, gap: Gap, language: str) -> str:
    return labelled(label(lead)[language], said(gap.mend, language), language)
