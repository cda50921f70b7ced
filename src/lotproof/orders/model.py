"""
The order: a frozen value that holds everything that was agreed and every sentence it prints.

The classes from :class:`Header` to :class:`Private` are the sections of the agreed data, in the order of :data:`SECTIONS`.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from lotproof.frozen import Frozen
from lotproof.requirements import Requirement
from lotproof.sampling import Stage
from lotproof.wording.inlines import Inlines

if TYPE_CHECKING:
    from lotproof.looks.model import Look
else:  # few orders have one, and :mod:`lotproof.orders.stored` reads it in its own way
    Look = Any

Texts = Mapping[str, str]


class Header(Frozen, kw_only=True):
    """
    What the order is.

    Attributes:
        place: where the contract is made.
        languages: of the contract, in print order.
        controlling: the language that decides; empty with a single language.
        supersedes: digest of the order that this revision replaces, or empty.
    """

    number: str | None
    revision: str | None
    date: datetime.date | None
    place: str | Texts | None
    category: str
    category_revision: int
    house: str
    languages: tuple[str, ...]
    controlling: str
    supersedes: str


class Parties(Frozen, kw_only=True):
    """Buyer, seller and the place of production: answers by key, blanks as None."""

    buyer: Mapping[str, str | Texts | None]
    seller: Mapping[str, str | Texts | None]


class GoodsLine(Frozen, kw_only=True):
    """One item: code, description per language, ordered quantity and the unit it is counted in."""

    item: str
    description: Texts | None
    drawing: str | None
    hs_code: str | None
    quantity: int | None
    unit: str | None


class Goods(Frozen, kw_only=True):
    """The items of the order; codes are unique."""

    lines: tuple[GoodsLine, ...]


class Sample(Frozen, kw_only=True):
    """
    How many are inspected for a term, in one lot.

    Attributes:
        lot: id of the lot.
        plan: as in the clause: ``each``, ``fixed``, ``level``, ``aql``, ``once``.
        n: units to inspect; for ``aql`` the largest first sample of the classes.
        ac, re: acceptance and rejection number; None for ``aql``, where the plans of the lot have them.
        level, letter: inspection level and code letter where they gave n, else empty.
        aql: the AQL that gave Ac and Re at that level, else empty.
        full: n reaches the lot size, so every unit is inspected.
        per_unit: of ``n``, how many for each machine; 0 where the sample is drawn from the lot.
    """

    lot: str
    plan: str
    n: int
    ac: int | None
    re: int | None
    level: str
    letter: str
    aql: str
    full: bool
    per_unit: int


class Term(Frozen, kw_only=True):
    """
    A clause with its numbers in it.

    Attributes:
        id: the clause's id, or ``clause@item`` where one item has its own values.
        items: the items it covers.
        requirement: None where the limit is still blank.
        unverified: the catalogue marks the clause as uncertain and the buyer has not confirmed it.
    """

    id: str
    clause: str
    revision: int
    items: tuple[str, ...]
    nature: str
    stage: str
    where: str
    requirement: Requirement | None
    conditions: Mapping[str, str | Texts]
    standards: tuple[str, ...]
    defect_class: str
    destructive: bool
    evidence: tuple[str, ...]
    brought_by: str
    minutes: Decimal
    unverified: bool
    samples: tuple[Sample, ...]


class AgreedDefect(Frozen, kw_only=True):
    """
    A defect of the list, in the class that this order gives it.

    Attributes:
        listed: the class that the catalogue's border speaks of; another one where the buyer has moved the defect.
        reason: why it was moved; never empty where it went down.
    """

    id: str
    defect_class: str
    listed: str
    reason: Texts


class Spec(Frozen, kw_only=True):
    """The terms in contract order, and the defects, the gravest first."""

    terms: tuple[Term, ...]
    defects: tuple[AgreedDefect, ...]


class ClassPlan(Frozen, kw_only=True):
    """
    The plan of one defect class in one lot.

    Attributes:
        aql: a value of the series, or ``zero``: no AQL but a rule, one such defect in any unit inspected fails the lot.
        code_letter: from the lot size and the level; empty where the sample has its own size.
        plan_letter: of the plan that is used, after arrows.
        stages: the samples; Ac and Re count all samples so far. One stage that is the whole lot where ``full``.
        full: the samples together reach the lot, so every unit is inspected.
    """

    defect_class: str
    aql: str
    code_letter: str
    plan_letter: str
    stages: tuple[Stage, ...]
    full: bool

    @property
    def n(self) -> int:
        """Units that are inspected at most: all samples together."""
        return sum(stage.n for stage in self.stages)


class Lot(Frozen, kw_only=True):
    """
    What is sampled and judged together.

    Attributes:
        size: the ordered quantity.
        plans: of each defect class, for that size.
        shares: units of each item in a first sample, where the lot holds several items.
    """

    id: str
    items: tuple[str, ...]
    size: int
    plans: tuple[ClassPlan, ...]
    shares: tuple[tuple[str, int], ...]


Answered = Mapping[str, str | int | Decimal | Texts | datetime.date | None]
"""The answers of a group by key, blanks as None."""

Duties = Mapping[str, Answered]
"""The answers of groups that a provision prints and nothing else needs, by group; an optional group that is not there has no entry."""


class Inspection(Frozen, kw_only=True):
    """Who inspects, when and by which plan; ``basis`` is ``lot`` or ``each``."""

    basis: str
    answers: Answered
    lots: tuple[Lot, ...]
    duties: Duties


class Commercial(Frozen, kw_only=True):
    """Prices by item, payment and delivery: what no inspector sees. Amounts are rounded half up to the currency's digits."""

    prices: Mapping[str, Decimal | None]
    amounts: Mapping[str, Decimal | None]
    total: Decimal | None
    deposit: Decimal | None
    balance: Decimal | None
    retention: Decimal | None
    payment: Answered
    delivery: Answered
    duties: Duties


class Evidence(Frozen, kw_only=True):
    """Notice periods, and the platform's filing window where there is one."""

    notice: Answered
    window: Answered
    duties: Duties


class Private(Frozen, kw_only=True):
    """What stands in no outgoing file: the end client, who read the filing window, who confirmed the wording."""

    end_client: str | None
    window_confirmed_by: str | None
    duties: Duties


PRIVATE: Mapping[str, tuple[str, ...]] = {
    "order": ("trouble",),
    "payment": ("end_client",),
    "window": ("confirmed_by",),
}
"""Answers that no sentence may name, by group, beside those of the groups whose section is private: no file for the seller holds them."""


class Hidden:
    """
    Stands for a section that whoever reads this order may not see; it knows the section's digest and nothing else.

    Orders read back from a document have it, see :mod:`lotproof.orders.inside`. Nothing can be read from it: what needs a hidden
    section fails loudly instead of printing blanks.
    """

    __slots__ = ("digest", "section")

    def __init__(self, section: str, digest: str) -> None:
        self.section, self.digest = section, digest

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(f"the section {self.section} of this order is hidden: {name} is not known")

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Hidden) and (self.section, self.digest) == (other.section, other.digest)

    def __hash__(self) -> int:
        return hash((self.section, self.digest))


SPECIFICATION, PACKAGING, DOCUMENTS = "exhibit.specification", "exhibit.packaging", "exhibit.documents"
"""The exhibits that state terms."""

_EXHIBITS = {"cartons": PACKAGING, "packing": PACKAGING, "documents": DOCUMENTS}


def exhibit_of(term: Term) -> str:
    """Return the exhibit that states a term: what is packed and what is on paper have their own."""
    return _EXHIBITS.get(term.stage, SPECIFICATION)


SECTIONS = ("header", "parties", "goods", "spec", "inspection", "commercial", "evidence", "private")
"""The sections of the agreed data; each enters the digest by its own salted digest."""


class ParagraphText(Frozen):
    """A paragraph as printed in one language, in contracts of these profiles."""

    words: Inlines
    profiles: tuple[str, ...]


class SlotText(Frozen):
    """A line that people complete by hand: its key, the kind of field, its label in one language."""

    key: str
    kind: str
    label: str


class ProvisionText(Frozen, kw_only=True):
    """A provision or an exhibit as printed in one language, in contracts of ``profiles``."""

    id: str
    reference: str
    heading: str
    profiles: tuple[str, ...]
    paragraphs: tuple[ParagraphText, ...]
    tables: tuple[str, ...]
    slots: tuple[SlotText, ...]


class TermText(Frozen, kw_only=True):
    """
    A term as printed in one language.

    Attributes:
        entries: the rows of a table of requirements, in words.
        samples, rules: what is drawn and when it passes, one for each sample of the term.
        defect_class: its name, or that each defect has its own.
    """

    title: str
    duty: Inlines
    required: Inlines
    entries: tuple[Inlines, ...]
    method: Inlines
    instrument: Inlines
    action: Inlines
    samples: tuple[str, ...]
    rules: tuple[str, ...]
    defect_class: str


class LanguageTexts(Frozen, kw_only=True):
    """Every sentence of the order in one language; ``tables`` hold rows of cells."""

    name: str
    labels: Mapping[str, str]
    title: str
    provisions: tuple[ProvisionText, ...]
    exhibits: tuple[ProvisionText, ...]
    terms: Mapping[str, TermText]
    tables: Mapping[str, tuple[tuple[Inlines, ...], ...]]


class Provenance(Frozen, kw_only=True):
    """Where the order came from; has no digest and leaves the house in no file."""

    tool: str
    answers: str
    answers_sha256: str
    catalogue_sha256: str
    house_version: str
    house_sha256: str
    findings: tuple[tuple[Any, ...], ...]
    """
    What was open or noted when it was built: severity, code, message, where, hint, and the sentences of message and hint with their
    values (:func:`lotproof.messages.as_data`); the first three alone, or without the last, in older files.
    """
    origins: tuple[tuple[str, str, str, str], ...] = ()
    """Answers that did not come from the file itself: name, how, day (empty where it is not known), by whom."""
    houses: tuple[tuple[str, str], ...] = ()
    """Id and version of each house that its words stand on, the one that ships first; none where no folder of somebody's own was used."""
    worded: tuple[tuple[str, str, str], ...] = ()
    """Provisions and exhibits that are not in the words of the house that ships: id, house, file."""


class WordTemplate(Frozen, kw_only=True):
    """
    The house's own Word file in which a contract is printed, kept with the order so that it prints the same without the house.

    Attributes:
        template: the file, base64.
        values: what it may name, by language, as :func:`lotproof.wordhouses.values.frozen_values` gives it.
    """

    template: str
    values: Mapping[str, Any]


class Order(Frozen, kw_only=True):
    """
    The frozen order.

    Attributes:
        salt: hides sections from whoever does not hold them; kept with the answers.
        draft: something is still open.
        texts: by language code.
        look: how its documents look, where the house has a look of its own; as its sentences, it is printed and not agreed.
        word: of an order whose house gives a ``contract.docx``; the others have none.
    """

    header: Header
    parties: Parties
    goods: Goods
    spec: Spec
    inspection: Inspection
    commercial: Commercial
    evidence: Evidence
    private: Private
    salt: str
    draft: bool
    texts: Mapping[str, LanguageTexts]
    provenance: Provenance
    look: Look | None = None
    word: WordTemplate | None = None
