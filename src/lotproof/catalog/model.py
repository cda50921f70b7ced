"""The catalogue as values: questions, clauses, defects, categories."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from lotproof.catalog.tables import Table
from lotproof.frozen import Frozen
from lotproof.quantity import Unit
from lotproof.wording.conditions import Conditions, read_conditions
from lotproof.wording.sentences import Program
from lotproof.wording.words import Language

Texts = Mapping[str, str]

CLASSES = ("critical", "major", "minor")
"""The classes of defects, the gravest first."""


STAGES = ("documents", "quantity", "cartons", "packing", "unit", "measurement", "function", "laboratory", "destructive")
"""The stages of the inspector's walk, in order."""


class Question(Frozen, kw_only=True):
    """
    One thing that is asked; the shape is stated in ``spec_catalog/schema/question.schema.json``.

    Attributes:
        key: name of the answer in its table.
        type: what kind of answer it takes.
        text: the question, per language.
        why: why it is asked, per language; empty where the question says it all.
        unit: of a quantity; other units of the same dimension are pointed out, never converted in silence.
        percent_of: an answer in % is taken of that other answer.
        by: names of tables that an answer may give instead of a number, and the answer from which it then follows.
        minimum, maximum: sanity bounds, in ``unit``.
        suggest: values to offer; never filled in.
        choices: value and words of each choice.
        notes: what somebody who makes a choice should know: value and words.
        refused: answers that people give and that cannot be taken: value and reason.
        optional: a blank is no finding.
        when: asked only where these conditions hold.
        each: entries only: the kind and unit of each row.
        known_by: ``supplier`` where the factory knows the answer, else empty.
        again: what a re-order does with the answer of the earlier order: ``empty`` it, ``ask`` it again, or keep it (empty).
        follow: another answer, from which what is offered follows: by its value, or as it is where the table is empty.
    """

    key: str
    type: str
    text: Texts
    why: Texts
    unit: str = ""
    percent_of: str = ""
    by: tuple[tuple[str, ...], str] | None = None
    minimum: Decimal | None = None
    maximum: Decimal | None = None
    suggest: tuple[str, ...] = ()
    choices: tuple[tuple[str, Texts], ...] = ()
    notes: tuple[tuple[str, Texts], ...] = ()
    refused: tuple[tuple[str, Texts], ...] = ()
    optional: bool = False
    when: Conditions = ()
    max_length: int = 400
    example: str = ""
    each: tuple[str, str] | None = None
    known_by: str = ""
    again: str = ""
    follow: tuple[str, Mapping[str, str]] | None = None


class Group(Frozen, kw_only=True):
    """
    A table of the answers file.

    Attributes:
        repeat: an array of tables.
        optional: its provisions are printed, and its questions asked, only where the answers hold the table.
        section: of the agreed data (:data:`lotproof.orders.model.SECTIONS`) that keeps its answers under ``duties``;
            empty where the section has a place of its own for them.
        when: asked only where these conditions hold.
    """

    id: str
    title: Texts
    repeat: bool
    optional: bool
    section: str
    when: Conditions
    questions: tuple[Question, ...]


def read_question(data: Mapping[str, Any], each: Mapping[str, Any] | None = None) -> Question:
    """Build a question from compiled catalogue data."""
    choices = data.get("choices", ())
    return Question(
        key=data["key"],
        type=data["type"],
        text=data["text"],
        why=data.get("why", {}),
        unit=data.get("unit", ""),
        percent_of=data.get("percent_of", ""),
        by=(tuple(data["by"]["tables"]), data["by"]["of"]) if "by" in data else None,
        minimum=Decimal(str(data["min"])) if "min" in data else None,
        maximum=Decimal(str(data["max"])) if "max" in data else None,
        suggest=tuple(map(str, data["suggest"])) if "suggest" in data else (),
        choices=tuple([(c["value"], c["text"]) for c in choices]) if choices else (),
        notes=tuple([(c["value"], c["note"]) for c in choices if "note" in c]) if choices else (),
        refused=tuple([(r["value"], r["why"]) for r in data["refused"]]) if "refused" in data else (),
        optional=data.get("optional", False),
        when=read_conditions(data["when"]) if "when" in data else (),
        max_length=data.get("max_length", 400),
        example=str(data.get("example", "")),
        each=(each["kind"], each.get("unit", "")) if each and data["type"] == "entries" else None,
        known_by=data.get("known_by", ""),
        again=data.get("again", ""),
        follow=(data["follow"]["of"], data["follow"].get("values", {})) if "follow" in data else None,
    )


def read_group(data: Mapping[str, Any]) -> Group:
    """Build a group from compiled catalogue data."""
    return Group(
        id=data["id"],
        title=data["title"],
        repeat=data.get("repeat", False),
        optional=data.get("optional", False),
        section=data.get("section", ""),
        when=read_conditions(data.get("when")),
        questions=tuple(read_question(q) for q in data["question"]),
    )


PARTS: Mapping[str, Mapping[str, str]] = {
    "at_most": {"limit": "quantity"},
    "at_least": {"limit": "quantity"},
    "within": {"nominal": "quantity", "tolerance": "quantity", "plus": "quantity", "minus": "quantity"},
    "one_of": {"options": "list"},
    "count": {"least": "integer", "most": "integer"},
    "shares": {"parts": "entries"},
    "per_key": {"entries": "entries"},
    "matches": {"pattern": "pattern"},
    "conforms": {"to": "words"},
    "documented": {"document": "words"},
}
"""The answers that make the requirement of each kind, and the type of question that gives them."""


class SampleRule(Frozen, kw_only=True):
    """
    How many are inspected.

    Attributes:
        plan: ``each`` unit, a ``fixed`` number, the code letter of a ``level``, the order's own ``aql`` plan, or ``once`` for the lot.
        n: of a fixed sample.
        per: fixed sample for each ``lot`` or for each delivered ``unit`` (machine).
        level: inspection level of plan ``level``.
        ac: acceptance number of a fixed sample or a level.
        by_class: level only: Ac and Re come from the AQL that the order sets for the clause's defect class.
        of: what is drawn, per language; empty: the unit the item is counted in.
    """

    plan: str
    n: int = 0
    per: str = "lot"
    level: str = ""
    ac: int = 0
    by_class: bool = False
    of: Texts


class Clause(Frozen, kw_only=True):
    """A catalogue entry, its number still open; the shape is stated in ``spec_catalog/schema/clause.schema.json``."""

    id: str
    revision: int
    kind: str
    unit: str
    statistic: str
    each: Mapping[str, str]
    nature: str
    stage: str
    where: str
    destructive: bool
    defect_class: str
    standards: tuple[str, ...]
    minutes: Decimal
    evidence: tuple[str, ...]
    source: str
    confidence: Mapping[str, str]
    brought_by: str
    fixed: Mapping[str, Any]
    sample: SampleRule
    questions: tuple[Question, ...]
    sentences: Mapping[str, Mapping[str, Program]]
    """``title``, ``method``, ``instrument``, ``wording``, ``action``: compiled, per language."""

    @property
    def unverified(self) -> bool:
        """Some of it is uncertain: a final waits until the buyer has confirmed it."""
        return "M?" in self.confidence.values()


class Defect(Frozen, kw_only=True):
    """
    A named defect, its class and the measurable border of that class.

    Attributes:
        transit: what can make it on the way (:data:`lotproof.catalog.origins.CAUSES`); None where nobody has said.
    """

    id: str
    defect_class: str
    name: Texts
    border: Texts
    photo: bool
    transit: tuple[str, ...] | None


class Minimum(Frozen, kw_only=True):
    """
    An item that every contract of the category has to state.

    Exactly one of: a term of one of ``clauses``; all of ``answers`` given; ``every_term`` has that property; a ``defect_list``.
    """

    id: str
    category: str
    title: Texts
    clauses: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    every_term: str = ""
    defect_list: bool = False


class Standard(Frozen, kw_only=True):
    """
    What is printed of a standard that a contract cites.

    Attributes:
        title: what it is about, in our own words.
        twin: number of the Chinese standard on the same subject; empty where none is known.
        identical: the twin has the same text as the edition cited, and that was seen in a source.
    """

    title: Texts
    twin: str
    identical: bool


class Eased(Frozen, kw_only=True):
    """
    A clause or a defect that a house asks less of than the catalogue, or not at all.

    Attributes:
        where: file and line in the house.
        why: in which way it is looser; empty where it is left out.
    """

    id: str
    house: str
    where: str
    why: str


class Category(Frozen, kw_only=True):
    """
    A category with everything it inherits.

    Attributes:
        lineage: ids from the root to this category.
        basis: ``lot`` (AQL sampling) or ``each`` (every unit, up to ``each_up_to`` of them).
        clauses: by id, in the order of the contract.
        languages: every language of the catalogue, by code.
        standards: by the name under which a clause, an answer or a plan cites them.
        first: the answers that decide most, as ``group.key``, in the order in which they are asked.
        currencies: the decimal digits of each ISO 4217 code.
        fingerprint: SHA-256 over the compiled catalogue data.
        eased: what the houses on top of the catalogue ask less of; none without a house.
    """

    id: str
    revision: int
    title: Texts
    lineage: tuple[str, ...]
    basis: str
    each_up_to: int
    clauses: Mapping[str, Clause]
    defects: tuple[Defect, ...]
    minimum: tuple[Minimum, ...]
    groups: tuple[Group, ...]
    first: tuple[str, ...]
    units: Mapping[str, Unit]
    tables: Mapping[str, Table]
    standards: Mapping[str, Standard]
    languages: Mapping[str, Language]
    currencies: Mapping[str, int]
    fingerprint: str
    eased: tuple[Eased, ...] = ()
