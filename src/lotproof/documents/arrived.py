"""What the verdict on an arrival says besides its rows, in words: seal and cartons, origins, what is supported, the incident report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lotproof.messages import in_language
from lotproof.orders.model import Order
from lotproof.records import saying
from lotproof.records.arrivals import Arrival, Attributed, Incident, Supported
from lotproof.records.model import Verdict
from lotproof.records.origins import REPORTED
from lotproof.records.rows import Check
from lotproof.records.values import printable
from lotproof.wording.inlines import plain


class Arrived:
    """
    Says what an arrival comes to.

    Args:
        numbers: each row of the form by its name, with the number that is printed on it.
        clauses: the number of each provision; empty where the order carries none.
    """

    def __init__(
        self,
        order: Order,
        verdict: Verdict,
        numbers: Mapping[str, tuple[Check, str]],
        clauses: Mapping[str, str],
    ) -> None:
        assert verdict.record.arrival is not None
        self.order, self.verdict, self.numbers, self.clauses = order, verdict, numbers, clauses
        self.arrival: Arrival = verdict.record.arrival

    def facts(self, language: str) -> Iterator[tuple[str, str]]:
        """Yield what was found before and when the goods were opened: what, and what was found."""
        arrival = self.arrival
        none = saying.arrived("nothing", language)

        def state(value: object) -> str:
            return none if value is None else saying.worded("state", str(value).lower(), language)

        def text(value: object) -> str:
            return none if value in (None, "") else printable(str(value))

        seal = arrival.seal
        yield (
            saying.arrived("seal", language),
            saying.arrived(
                "seal_said", language, state=state(seal.state), found=text(seal.found), agreed=text(seal.agreed)
            ),
        )
        shown = (f"{state(one.gauge)} {state(one.shown)}" for one in arrival.indicators)
        yield saying.arrived("indicators", language), "; ".join(shown)
        for one in arrival.cartons:
            counts = {key: text(getattr(one, key)) for key in ("counted", "missing", "damaged", "opened")}
            yield (
                saying.arrived("cartons", language),
                saying.arrived("cartons_said", language, lot=one.lot, **counts),
            )
        codes = [unit.code for unit in arrival.units if unit.code]
        yield (
            saying.arrived("drawn", language),
            saying.arrived(
                "drawn_said",
                language,
                coded=len(codes),
                units=len(arrival.units),
                codes=len(set(codes)),
                undamaged=state(arrival.undamaged),
            ),
        )
        wanted = [photo for photo in arrival.photos if photo.shows not in ("defect", "unlisted", "damaged")]
        named = sum(bool(photo.files) for photo in wanted)
        yield (
            saying.arrived("photos", language),
            saying.arrived("photos_said", language, named=named, wanted=len(wanted)),
        )

    def subject(self, subject: str, language: str) -> str:
        """Return what a finding is called."""
        texts = self.order.texts.get(language) or next(iter(self.order.texts.values()))
        kind, _, name = subject.partition(".")
        if subject in self.numbers:
            check, number = self.numbers[subject]
            return f"{number} {texts.terms[check.term.id].title}"
        if subject == "missing":
            return saying.arrived("missing", language)
        if kind == "damaged":
            number = next((one.number for one in self.arrival.damaged if str(one.line) == name), "")
            return saying.arrived("damaged_carton", language, number=printable(number) or name)
        if kind == "defect":
            place = next(i for i, defect in enumerate(self.order.spec.defects) if defect.id == name)
            return plain(texts.tables["defects"][place][1])
        return self._unlisted(name)

    def _unlisted(self, line: str) -> str:
        tags = [f"unlisted.{line}.{key}" for key in ("defect", "measure")]
        found = {reading.tag: reading.written for reading in self.verdict.record.readings}
        words = " ".join(printable(found[tag]) for tag in tags if tag in found)
        return words or f"unlisted.{line}"

    def named(self, one: Attributed, language: str) -> str:
        """Return what a finding is called, with its lot where there are several, and whether it lay in damaged cartons."""
        name = self.subject(one.subject, language)
        if one.judged and (self.order.inspection.basis == "each" or len(self.order.inspection.lots) > 1):
            name = f"{one.judged}: {name}"
        if one.damaged_cartons and not one.subject.startswith("damaged."):
            return saying.arrived("in_damaged", language, name=name)
        return name

    def why(self, one: Attributed, language: str) -> str:
        """Return the reasons for an origin."""
        join = "；" if language == "zh" else "; "
        return join.join(saying.worded("reason", reason, language) for reason in one.reasons)

    def rests_on(self, one: Supported, language: str) -> str:
        """Return what a step rests on."""
        join = "、" if language == "zh" else ", "
        return join.join(self.subject(subject, language) for subject in one.subjects)

    def rights(self, one: Supported, language: str) -> Iterator[str]:
        """Yield what gives the right to a step."""
        for right in one.rights:
            heading = saying.worded("provision", right, language)
            if right in self.clauses:
                kind = "exhibit" if right.startswith("exhibit.") else "provision"
                yield saying.label(kind, language, n=self.clauses[right], heading=heading)
            else:
                yield saying.label("provision_by_name", language, heading=heading)
        if one.step == "carrier":
            yield saying.arrived("carriage", language)

    def incident(self, language: str) -> str:
        """Return whether the incident report is whole, and by when it is due."""
        incident = self.verdict.incident
        assert incident is not None
        return (
            "; ".join(_incident(incident, language)) if language != "zh" else "；".join(_incident(incident, language))
        )


def _incident(incident: Incident, language: str) -> Iterator[str]:
    if incident.missing:
        join = "、" if language == "zh" else ", "
        fields = join.join(in_language(REPORTED[name], language) for name in incident.missing)
        yield saying.arrived("lacks", language, fields=fields)
    else:
        yield saying.arrived("whole", language)
    if incident.due is None:
        yield saying.arrived("due_unknown", language)
    else:
        yield saying.arrived("due", language, day=incident.due.isoformat())
    if incident.late_days:
        yield saying.arrived("late", language, days=incident.late_days)
