"""The dossier: what a case officer needs to rule on a claim, in the order in which it is read. It holds what both sides may see."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial

from lotproof.consistency.model import Against, Claim, Evidence, Filled, Records, Seen, Story, TermLine
from lotproof.consistency.rules import evidence_titles, label
from lotproof.documents.consistency import StoryPage, report
from lotproof.documents.nodes import (
    Block,
    Document,
    Exhibit,
    Heading,
    Line,
    Paragraph,
    Picture,
    Pictures,
    Row,
    Table,
    Words,
)
from lotproof.documents.speaking import Speaker, cell
from lotproof.documents.verdict import provision_numbers
from lotproof.messages import in_language
from lotproof.orders.digests import Seal
from lotproof.orders.model import SECTIONS, Order
from lotproof.records import saying
from lotproof.records.origins import ARRIVAL, REMEDIES
from lotproof.requirements import AtLeast, AtMost, PerKey, Within
from lotproof.wording.inlines import plain

DISCLOSED = tuple(name for name in SECTIONS if name != "private")
"""Sections of the order that go out with a dossier: the end client stays in the house."""

MOST_PHOTOS = 6
"""Photographs that stand beside a claim; the others are named."""

ORDER_FILE = "contract/order.json"
"""Holds the end client, so it is listed with its hash and not enclosed."""

RIGHTS = (ARRIVAL, REMEDIES)
"""Provisions that give the buyer rights once goods do not conform, as far as the contract has them."""


def dossier(
    order: Order,
    story: Story,
    records: Records,
    today: datetime.date,
    head: str,
    photos: Mapping[str, Picture],
    languages: tuple[str, ...] | None = None,
    sealed: Seal | None = None,
) -> Document:
    """
    Lay out a dossier.

    Args:
        head: hash of the last line of the manifest (hex).
        photos: photographs that can be printed, by their path; ``words`` are replaced.
        languages: codes of the order's texts; the order's own languages where None.
        sealed: the order's digests, where they are at hand.
    """
    say = Speaker(order, languages, sealed)
    number, digest, _ = say.heading_facts()
    page = _Dossier(say, order, story, records, photos)
    blocks = tuple(page.all(number, digest, head, today))
    return report(page, "dossier", "dossier_title", today, DISCLOSED, blocks)


def claim_text(order: Order, story: Story, language: str, sealed: Seal | None = None) -> str:
    """Return the draft of the claim in one language, as text to send; empty where no claim is borne by all three records."""
    say = Speaker(order, (language,), sealed)
    page = _Dossier(say, order, story, Records(), {})
    if not page.supported:
        return ""
    number, digest, _ = say.heading_facts()
    return "\n\n".join(plain(words[0]) for words in page.draft(number, digest)) + "\n"


class _Dossier(StoryPage):
    def __init__(
        self, say: Speaker, order: Order, story: Story, records: Records, photos: Mapping[str, Picture]
    ) -> None:
        super().__init__(say, order, story)
        self.records, self.photos = records, photos
        self.files = {one.path: one for one in records.evidence}
        self.supported = tuple(claim for claim in story.claims if claim.supported)
        self.others = tuple(
            c for c in story.claims if not c.supported and c.against is Against.SELLER and len(c.by) > 1
        )

    def all(self, number: str, digest: str, head: str, today: datetime.date) -> Iterator[Block]:
        yield Paragraph(self.label("dossier_for", number=number), "subtitle")
        yield Paragraph(self.label("on", number=number, today=today.isoformat()), "note")
        yield Heading(self.label("summary"), "dossier.summary")
        yield Paragraph(self.label("summary_note"), "note")
        yield self.summary()
        yield Heading(self.label("draft_claim"), "dossier.draft")
        if self.supported:
            yield Paragraph(self.label("draft_note"), "note")
            yield from (Paragraph(words) for words in self.draft(number, digest))
        else:
            yield Paragraph(self.label("no_draft"), "warning")
        yield Heading(self.label("measured"), "dossier.measured")
        for place, claim in enumerate(self.supported, 1):
            yield from self.shown(claim, f"measured.{place}")
        if self.others:
            yield Heading(self.label("further"), "dossier.further")
            for place, claim in enumerate(self.others, 1):
                yield from self.shown(claim, f"further.{place}")
        yield Exhibit(self.label("matrix"), "exhibit.matrix")
        yield self.facts()
        yield self.matrix()
        yield Exhibit(self.label("time_line"), "exhibit.time_line")
        yield self.time_line()
        yield Exhibit(self.label("documents"), "exhibit.documents")
        yield Paragraph(self.label("head", head=head), "note")
        yield self.documents()

    def summary(self) -> Table:
        rows = [
            Row(
                (
                    cell(((str(place),),), "strong"),
                    self.named(claim.line),
                    self.seen(self.lines[claim.line].inspection),
                    self.seen(self.lines[claim.line].arrival),
                    (Line(self.label("supported" if claim.supported else "unsupported"), "strong"),),
                ),
                claim.line,
            )
            for place, claim in enumerate((*self.supported, *self.others), 1)
        ]
        columns = ((50, "row"), (330, "claim"), (230, "inspection"), (230, "arrival"), (160, "borne_by"))
        return self.table("summary", columns, rows)

    # the text of the claim

    def draft(self, number: str, digest: str) -> Iterator[Words]:
        """Yield the paragraphs of the claim: clause, what was agreed, reading, photograph."""
        n = len(self.supported)
        yield self.each(
            lambda language: label(
                "claim_intro",
                language,
                number=number,
                digest=digest[:16],
                n=label("points_one", language) if n == 1 else label("points", language, n=n),
            )
        )
        for place, claim in enumerate(self.supported, 1):
            yield self.each(partial(self._drafted, place, claim))
        clauses = provision_numbers(self.order, self.say.sealed)
        known = [right for right in RIGHTS if right in clauses]
        if known:
            forms = dict(zip(self.say.languages, self.say.reference_words()["clause"], strict=True))
            yield self.each(
                lambda language: label(
                    "basis",
                    language,
                    clauses=("、" if language == "zh" else ", ").join(
                        forms[language].format(clauses[right]) for right in known
                    ),
                )
            )

    def _drafted(self, place: int, claim: Claim, language: str) -> str:
        line = self.lines[claim.line]
        said = [
            label(key, language, record=self._record(filled, language), seen=self._seen(line, seen, language))
            for key, filled, seen in (
                ("found_before", self.story.inspection, line.inspection),
                ("found_after", self.story.arrival, line.arrival),
            )
            if filled is not None and seen is not None
        ]
        files = claim.photos[:MOST_PHOTOS]
        said.append(label("shown_in", language, files=", ".join(files)))
        found = ("" if language == "zh" else " ").join(said)
        title = self.title(claim.line, language)
        if not line.term:
            return label("claim_class", language, place=place, title=title, found=found)
        return label(
            "claim_line", language, place=place, title=title, required=self._required(line, language), found=found
        )

    def _required(self, line: TermLine, language: str) -> str:
        text = self.order.texts[language].terms[line.term]
        check, _ = self.rows[line.tag]
        table = line.entry is not None and isinstance(check.term.requirement, PerKey)
        return plain(text.entries[line.entry or 0] if table else text.required)

    def _record(self, filled: Filled, language: str) -> str:
        record = filled.verdict.record
        told = record.facts
        who = [name for key in ("inspector", "inspection_firm", "report_no") if (name := told.get(key, "").strip())]
        return label(
            "record_of",
            language,
            file=filled.path,
            date=record.date.isoformat() if record.date is not None else label("no_day", language),
            who=", ".join(who) or label("nobody", language),
        )

    def _seen(self, line: TermLine, seen: Seen, language: str) -> str:
        if seen.outside is None:
            return label("seen_result", language, result=saying.said(seen.result, language))
        counts = {"outside": f"{seen.outside:,}", "read": f"{seen.read:,}"}
        if seen.lowest is None or seen.highest is None:
            return label("seen_count", language, **counts)
        unit = self._unit(line, language)
        return label(
            "seen_range", language, **counts, low=f"{seen.lowest:f}", high=f"{seen.highest:f}", unit=unit
        ).rstrip()

    def _unit(self, line: TermLine, language: str) -> str:
        """Return the unit as the contract prints it: what stands behind the last number of the requirement."""
        requirement = self.rows[line.tag][0].requirement
        if not isinstance(requirement, AtMost | AtLeast | Within):
            return ""
        limit = requirement.nominal if isinstance(requirement, Within) else requirement.limit
        return limit.unit

    # what was measured, beside what shows it

    def shown(self, claim: Claim, name: str) -> Iterator[Block]:
        line = self.lines[claim.line]
        row = Row((self.named(claim.line), self.seen(line.inspection), self.seen(line.arrival)), claim.line)
        columns = ((400, "contract"), (300, "inspection"), (300, "arrival"))
        yield Table(
            id=name,
            caption=self.title(claim.line, self.say.languages[0]),
            columns=self.table("measured", columns, ()).columns,
            rows=(row,),
        )
        for reason in claim.reasons:
            yield Paragraph(self.each(partial(in_language, reason)), "note")
        printed = [path for path in claim.photos if path in self.photos][:MOST_PHOTOS]
        if printed:
            yield Pictures(tuple(self._picture(path) for path in printed))
        rest = [path for path in claim.photos if path not in printed]
        if rest:
            yield Paragraph(
                self.label("not_shown", files=", ".join(rest[:20]) + (" ..." if len(rest) > 20 else "")), "note"
            )

    def _picture(self, path: str) -> Picture:
        one, file = self.photos[path], self.files[path]
        words = self.each(
            lambda language: label(
                "photo_words",
                language,
                path=path,
                taken=file.taken.replace("T", " ") or label("time_unknown", language),
                sha256=file.sha256[:16],
            )
        )
        return Picture(
            format=one.format, content=one.content, width=one.width, height=one.height, turn=one.turn, words=words
        )

    # time line and list

    def time_line(self) -> Table:
        rows = [
            Row(
                (
                    cell(((when,),), "strong"),
                    cell(what),
                    cell(source),
                    (Line(((path,),), "id"),) if path else cell(((),)),
                )
            )
            for when, what, source, path in sorted(self._happenings(), key=lambda row: row[0])
        ]
        columns = ((180, "day"), (360, "happening"), (160, "source"), (300, "file"))
        return self.table("time_line", columns, rows)

    def _happenings(self) -> Iterator[tuple[str, Words, Words, str]]:
        from lotproof.clocks.rules import shipped_rules as clock_rules

        kinds = clock_rules().events
        for event in self.records.events:
            when = (
                event.moment.isoformat(sep=" ", timespec="minutes")
                if event.moment is not None
                else event.day.isoformat()
            )
            yield when, self.each(kinds[event.name].title.__getitem__), self.label("by_buyer"), ""
        for filled, kind in (
            *((f, "inspection") for f in self.records.inspections),
            *((f, "arrival") for f in self.records.arrivals),
        ):
            day = filled.verdict.record.date
            if day is not None:
                yield day.isoformat(), self.label(kind), self.label(f"record_{kind}"), filled.path
        yield from self._photographs()
        for on, count in _counted(one.recorded.date().isoformat() for one in self.records.evidence):
            yield on, self.label("recorded", n=f"{count:,}"), self.label("by_manifest"), ""

    def _photographs(self) -> Iterator[tuple[str, Words, Words, str]]:
        """Yield the photographs of a day by what they show, with the first of them."""
        groups: dict[tuple[str, str], list[Evidence]] = {}
        for one in self.records.evidence:
            if one.taken:
                groups.setdefault((one.taken[:10], one.what), []).append(one)
        for (_, what), files in groups.items():
            first = min(files, key=lambda one: one.taken)
            words = self.each(partial(_taken, len(files), what))
            yield first.taken.replace("T", " "), words, self.label("by_camera"), first.path

    def documents(self) -> Table:
        rows = [
            Row(
                (
                    (
                        Line(((one.path,),), "id"),
                        *((Line(self.label("kept_back"), "muted"),) if one.path == ORDER_FILE else ()),
                    ),
                    cell(self.each(partial(_kind, one.what))),
                    cell(((f"{one.size:,}",),)),
                    cell(((one.recorded.strftime("%Y-%m-%d %H:%M"),),)),
                    (Line(((one.sha256,),), "id"),),
                )
            )
            for one in self.records.evidence
        ]
        columns = ((280, "file"), (230, "kind"), (90, "size"), (120, "recorded_on"), (280, "sha256"))
        return self.table("documents", columns, rows)


def _counted(days: Iterable[str]) -> Sequence[tuple[str, int]]:
    found: dict[str, int] = {}
    for day in days:
        found[day] = found.get(day, 0) + 1
    return tuple(found.items())


def _taken(count: int, what: str, language: str) -> str:
    return label("photos_taken", language, n=f"{count:,}", kind=_kind(what, language))


def _kind(what: str, language: str) -> str:
    """Return what a file shows, in words."""
    return evidence_titles()[what][language] if what in evidence_titles() else label(f"kind_{what or 'none'}", language)
