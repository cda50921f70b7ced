"""Printed paragraphs beside the paragraphs of the house that they were filled from."""

from __future__ import annotations

from lotproof.frozen import Frozen
from lotproof.orders.model import ProvisionText
from lotproof.templates import Provision
from lotproof.wording.tracing import Trace, trace

MOST_TRIED = 20_000
"""Paragraphs that are compared for one provision; what is printed stands in the order of the file, so that nearly every one is tried once."""


class Origin(Frozen, kw_only=True):
    """
    Where a printed paragraph came from.

    Attributes:
        index: of the paragraph in the file of the provision, from 0.
        trace: which values it printed, and which of its conditions held.
    """

    index: int
    trace: Trace


def origins(provision: Provision, printed: ProvisionText, language: str) -> tuple[Origin | None, ...]:
    """
    Return for each printed paragraph of a provision the paragraph that gives these words; None where none does.

    They are found by the words alone, so an order does not have to say, and one that was printed by another version of the house is no trap.
    """
    found: list[Origin | None] = []
    start = tried = 0
    for paragraph in printed.paragraphs:
        origin = None
        for index in range(start, len(provision.paragraphs)):
            tried += 1
            if tried > MOST_TRIED:
                break
            source = provision.paragraphs[index]
            program = source.sentences.get(language)
            if program is None or not set(paragraph.profiles) <= set(source.profiles):
                continue
            traced = trace(program, paragraph.words)
            if traced is not None:
                origin, start = Origin(index=index, trace=traced), index + 1
                break
        found.append(origin)
    return tuple(found)
