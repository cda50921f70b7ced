"""The table of checks of a house's words; each looks at all of them once."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping, Sequence

from lotproof.findings import Finding
from lotproof.templates import Templates
from lotproof.templates.folders import HouseFolder
from lotproof.upkeep.house_checks.answers import Known, known_names
from lotproof.upkeep.house_checks.contradicting import contradictions
from lotproof.upkeep.house_checks.covering import lost_cases
from lotproof.upkeep.house_checks.defining import defined_terms
from lotproof.upkeep.house_checks.laid import Stacked, lay
from lotproof.upkeep.house_checks.naming import unknown_names
from lotproof.upkeep.house_checks.reaching import never_printed
from lotproof.upkeep.house_checks.referring import broken_references

CHECKS: tuple[Callable[[Stacked, Mapping[str, Known]], Iterator[Finding]], ...] = (
    unknown_names,
    never_printed,
    broken_references,
    defined_terms,
    contradictions,
    lost_cases,
)


MOST = 200
"""Findings of one check: who has that many mends some and looks again."""


def check_words(houses: Sequence[HouseFolder], templates: Templates | None) -> Iterator[Finding]:
    """
    Yield what is wrong in the words of the topmost of some houses: LP908, LP909, LP932 to LP937, LP974.

    No check says more than :data:`MOST` things, so that a house made to fail everywhere takes no longer to look at than others.

    Args:
        houses: the one that ships first.
        templates: the same compiled; None where that was refused.
    """
    stacked, known = lay(houses, templates), known_names()
    for check in CHECKS:
        yield from itertools.islice(check(stacked, known), MOST)
