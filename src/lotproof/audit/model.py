"""What an audit finds."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from lotproof.frozen import Frozen


class Weight(StrEnum):
    """How much a remark weighs."""

    SPEC = "spec"
    """A promise that cannot be measured or enforced as it stands."""
    INFO = "info"
    """Worth a look."""


class Hit(Frozen, kw_only=True):
    """
    What a check yields: where, and the values that its text names.

    Attributes:
        name: code, and the form of its text where it has several: ``LP531.edition``.
        start, end: characters of the contract's text; -1: the contract as a whole.
        values: what stands in the braces of message and hint; a mapping where it differs by language.
        weight: where it is not the one of the text.
    """

    name: str
    start: int = -1
    end: int = -1
    values: Mapping[str, str | Mapping[str, str]] = {}
    weight: Weight | None = None


class Remark(Frozen, kw_only=True):
    """
    One thing that is wrong with a contract.

    Attributes:
        where: its place in words.
        code: stable, explained in ``docs/findings.md``.
        quote: the words it is about; empty where something is missing.
        message: what is wrong; for whoever reads no contracts.
        hint: how to mend it.
        passage: number of the passage that it stands in, -1 for the contract as a whole.
        start, end: of the quote in that passage.
    """

    where: str
    code: str
    quote: str
    message: str
    hint: str
    severity: Weight
    passage: int
    start: int
    end: int
