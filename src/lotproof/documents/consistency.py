"""The report on a case: what can be claimed, what does not fit, every term in the three records, the clocks. Advice, never a decision."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial

from lotproof.consistency.model import Against, Agreement, Claim, FactLine, Mismatch, Record, Seen, Story, TermLine
from lotproof.consistency.rules import label, shipped_rules
from lotproof.documents.nodes import Block, Cell, Column, Document, Heading, Line, Paragraph, Row, Table, Words
from lotproof.documents.speaking import FRAME, Speaker, cell, merged
from lotproof.documents.verdict import row_numbers
from lotproof.messages import in_language
from lotproof.orders.digests import Seal
from lotproof.orders.model import SECTIONS, Order
from lotproof.records import saying
from lotproof.records.rows import Check, repeated
from lotproof.requirements import PerKey
from lotproof.wording.inlines import plain

MOST_PATHS = 12
"""Files that a line of the report names; the others are counted."""

MOST_VALUES = 20
"""Readings of a row that a line of the matrix prints."""


def consistency_report(
    order: Order,
    story: Story,
    today: datetime.date,
    languages: tuple[str, ...] | None = None,
    sealed: Seal | None = None,
) -> Document:
    """
    Lay out what a case comes to.

    Args:
        today: printed beside the number.
        languages: codes of the order's texts; the order's own languages where None.
        sealed: the order's digests, where they are at hand.
    """
    say = Speaker(order, languages, sealed)
    page = StoryPage(say, order, story)
    blocks = tuple(page.blocks(say.heading_facts()[0], today))
    return report(page, "consistency", "title", today, SECTIONS, blocks)


def report(
    page: StoryPage, kind: str, title: str, today: datetime.date, disclosed: tuple[str, ...], blocks: tuple[Block, ...]
) -> Document:
    """Return a report on a case; ``title`` is a label, ``disclosed`` the sections of the order that go with it."""
    say = page.say
    number, digest, _ = say.heading_facts()
    return Document(
        kind=kind,
        title=page.label(title),
        number=number,
        digest=digest,
        date=today.isoformat(),
        languages=say.languages,
        labels={key: say.label(key) for key in FRAME},
        references=say.reference_words(),
        draft=False,
        landscape=True,
        density="short",
        protected=False,
        data=say.sealed.disclosed(disclosed),
        blocks=blocks,
    )


class StoryPage:
    """Says what a story holds in the languages of the page."""

    def __init__(self, say: Speaker, order: Order, story: Story) -> None:
        self.say, self.order, self.story = say, order, story
        self.rows: Mapping[str, tuple[Check, str]] = row_numbers(order, "checklist")
        self.lines = {line.tag: line for line in story.terms}

    def each(self, get: Callable[[str], str]) -> Words:
        return merged(tuple((get(language),) for language in self.say.languages))

    def label(self, key: str, **values: object) -> Words:
        return self.each(lambda language: label(key, language, **values))

    def blocks(self, number: str, today: datetime.date) -> Iterator[Block]:
        yield Paragraph(self.each(self.headline), "subtitle" if self.story.one_story else "warning")
        yield Paragraph(self.label("on", number=number, today=today.isoformat()), "note")
        yield Paragraph(self.each(self.counted), "note")
        yield Paragraph(self.label("advice"), "note")
        yield Heading(self.label("claims"), "consistency.claims")
        yield self.claims() if self.story.claims else Paragraph(self.label("no_claims"))
        yield Heading(self.label("mismatches"), "consistency.mismatches")
        yield self.mismatches() if self.story.mismatches else Paragraph(self.label("no_mismatches"))
        yield Heading(self.label("facts"), "consistency.facts")
        yield self.facts()
        yield Heading(self.label("matrix"), "consistency.matrix")
        yield self.matrix()
        yield Heading(self.label("clocks"), "consistency.clocks")
        yield self.clocks()
        if self.story.findings:
            yield Heading(self.label("findings"), "consistency.findings")
            yield self.findings()

    def headline(self, language: str) -> str:
        story = self.story
        if story.one_story:
            return label("one_story", language)
        if not story.codes:
            return label("incomplete", language)
        titles = shipped_rules().codes
        join = "、" if language == "zh" else ", "
        said = join.join(
            f"{code} {titles[code].title[language].lower() if language == 'en' else titles[code].title[language]}"
            for code in story.codes
        )
        return label("differs", language, codes=said)

    def counted(self, language: str) -> str:
        found = [line.agreement for line in self.story.terms]
        return label("counts", language, **{one.value: f"{found.count(one):,}" for one in Agreement})

    # tables

    def table(self, name: str, columns: tuple[tuple[int, str], ...], rows: Sequence[Row]) -> Table:
        return Table(
            id=name,
            caption=label(name, self.say.languages[0]),
            columns=tuple(Column(width, self.label(key)) for width, key in columns),
            rows=tuple(rows),
        )

    def claims(self) -> Table:
        rows = [self._claim(place, claim) for place, claim in enumerate(self.story.claims, 1)]
        return self.table(
            "claims", ((50, "row"), (330, "claim"), (150, "borne_by"), (270, "lacks"), (200, "shown_by")), rows
        )

    def _claim(self, place: int, claim: Claim) -> Row:
        by = self.each(partial(_borne, claim))
        state = self.label(standing(claim))
        reasons: Cell = tuple(Line(self.each(partial(in_language, reason))) for reason in claim.reasons)
        return Row(
            (
                cell(((str(place),),), "strong"),
                self.named(claim.line),
                (Line(state, "strong"), Line(by, "muted")),
                reasons or cell(self.label("silent")),
                self.paths(claim.photos),
            ),
            claim.line,
        )

    def named(self, tag: str) -> Cell:
        """Return number, title and what is required of a row; the name of a class of defects."""
        line = self.lines.get(tag)
        if line is None:
            return (Line(self.each(partial(self.fact_name, tag)), "strong"),)
        if not line.term:
            return (Line(self.each(partial(self.class_name, line)), "strong"),)
        check, number = self.rows[tag]
        texts = [t.terms[line.term] for t in self.say.texts]
        title = merged(tuple((f"{number} {t.title}",) for t in texts))
        table = line.entry is not None and isinstance(check.term.requirement, PerKey)
        required = merged(tuple(t.entries[line.entry or 0] if table else t.required for t in texts))
        return Line(title, "strong"), Line(required)

    def class_name(self, line: TermLine, language: str) -> str:
        labels = self.order.texts[language].labels
        return label(
            "class_of", language, name=labels.get(f"class_{line.defect_class}", line.defect_class), lot=line.lot
        )

    def fact_name(self, where: str, language: str) -> str:
        """Return the title of a defect, the label of a fact, or what was given."""
        kind, _, rest = where.partition(".")
        if kind == "defect":
            titles = {
                d.id: plain(row[1])
                for d, row in zip(self.order.spec.defects, self.order.texts[language].tables["defects"], strict=True)
            }
            return titles.get(rest, where)
        fact, _, lot = where.partition(":")
        return label(fact, language, lot=lot) if fact in shipped_rules().labels else where

    def title(self, where: str, language: str) -> str:
        """Return number and title of a row, the name of a class of defects, of a defect or of a fact."""
        line = self.lines.get(where)
        if line is None:
            return self.fact_name(where, language)
        if not line.term:
            return self.class_name(line, language)
        return f"{self.rows[where][1]} {self.order.texts[language].terms[line.term].title}"

    def paths(self, paths: Sequence[str]) -> Cell:
        if not paths:
            return cell(self.label("silent"))
        lines = [Line(((path,),), "id") for path in paths[:MOST_PATHS]]
        more = len(paths) - MOST_PATHS
        return (*lines, Line(((f"+ {more:,}",),), "muted")) if more > 0 else tuple(lines)

    def mismatches(self) -> Table:
        rows = [self._mismatch(one) for one in self.story.mismatches]
        return self.table("mismatches", ((60, "code"), (270, "where"), (380, "what"), (290, "mend")), rows)

    def _mismatch(self, one: Mismatch) -> Row:
        code = shipped_rules().codes[one.code]
        where = self.named(one.where)[:1]
        return Row(
            (
                cell(((one.code,),), "strong"),
                (*where, *(Line(((path,),), "id") for path in one.paths[:3])),
                (
                    Line(self.each(code.title.__getitem__), "strong"),
                    Line(self.each(partial(in_language, one.message))),
                    Line(self.each(code.means.__getitem__), "muted"),
                ),
                cell(self.each(code.mend.__getitem__)),
            )
        )

    def facts(self) -> Table:
        columns = ((220, "fact"), (220, "contract"), (220, "inspection"), (220, "arrival"), (120, "agreement"))
        return self.table("facts", columns, [self._fact(one) for one in self.story.facts])

    def _fact(self, one: FactLine) -> Row:
        kind, _, lot = one.id.partition(":")
        values = [
            cell(((value,),)) if value else cell(self.label("silent"))
            for value in (one.contract, one.inspection, one.arrival)
        ]
        return Row(
            (
                cell(self.label(kind, lot=lot) if lot else self.label(kind), "strong"),
                *values,
                self._agreement(one.agreement, one.codes),
            )
        )

    def _agreement(self, agreement: Agreement, codes: tuple[str, ...]) -> Cell:
        key = {Agreement.DIFFERS: "differ"}.get(agreement, agreement.value)
        first = Line(self.label(key), "strong" if agreement is not Agreement.AGREES else "plain")
        return (first, Line(((" ".join(codes),),), "id")) if codes else (first,)

    def matrix(self) -> Table:
        rows = [self._line(line) for line in self.story.terms]
        return self.table(
            "matrix", ((400, "contract"), (230, "inspection"), (230, "arrival"), (140, "agreement")), rows
        )

    def _line(self, line: TermLine) -> Row:
        again = not line.term or repeated(self.rows[line.tag][0].term)
        return Row(
            (
                self.named(line.tag),
                self.seen(line.inspection),
                self.seen(line.arrival) if again else cell(self.label("not_again"), "muted"),
                (
                    *self._agreement(line.agreement, line.codes),
                    *((Line(self.each(partial(in_language, line.why)), "muted"),) if line.why is not None else ()),
                ),
            ),
            line.tag,
        )

    def seen(self, seen: Seen | None) -> Cell:
        """Return what a record says of a row: its result, how many lie outside, its readings."""
        if seen is None:
            return cell(self.label("silent"))
        lines = [Line(self.each(partial(saying.said, seen.result)), "strong"), Line(self.each(partial(_numbers, seen)))]
        if seen.values:
            more = f" ... ({len(seen.values):,})" if len(seen.values) > MOST_VALUES else ""
            lines.append(Line(((", ".join(seen.values[:MOST_VALUES]) + more,),), "muted"))
        return tuple(lines)

    def clocks(self) -> Table:
        rows = [
            Row(
                (
                    cell(self.each(clock.title.__getitem__), "strong"),
                    cell(((day.isoformat(),),)),
                    cell(self.each(partial(_standing, clock.status, clock.late_days))),
                    cell(self.each(clock.todo.__getitem__)),
                )
            )
            for clock in self.story.clocks
            if (day := clock.day) is not None
        ]
        return self.table("clocks", ((300, "clock"), (110, "day"), (110, "status"), (480, "todo")), rows)

    def findings(self) -> Table:
        rows = [
            Row(
                (
                    (Line(((finding.where,),), "id"), Line(self.each(partial(in_language, finding.message)))),
                    cell(self.each(partial(in_language, finding.hint))),
                )
            )
            for finding in self.story.findings
        ]
        return self.table("findings", ((560, "finding"), (440, "mend")), rows)


def standing(claim: Claim) -> str:
    """Return the label of how far a claim is borne."""
    if claim.against is Against.CARRIER:
        return "of_the_way"
    return "supported" if claim.supported else "unsupported"


def _borne(claim: Claim, language: str) -> str:
    join = "、" if language == "zh" else ", "
    return join.join(label(f"record_{record.value}", language) for record in Record if record in claim.by)


def _numbers(seen: Seen, language: str) -> str:
    if seen.outside is None:
        return label("read", language, read=f"{seen.read:,}", n=f"{seen.n:,}")
    return label("outside", language, outside=f"{seen.outside:,}", read=f"{seen.read:,}", n=f"{seen.n:,}")


def _standing(status: str, late: int | None, language: str) -> str:
    if status == "done" and late:
        return label("done_late", language, n=f"{late:,}")
    return label("not_known" if status == "not known" else status, language)
