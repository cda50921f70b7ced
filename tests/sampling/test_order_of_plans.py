"""Order among the plans of a letter: larger AQLs accept more, tightened inspection less, and stages agree with each other."""

from __future__ import annotations

from decimal import Decimal
from math import comb, exp, factorial

import pytest

from lotproof import sampling
from lotproof.sampling import NoPlan, Plan, plan

ISO, Z14, MIL = sampling.STANDARDS
LOTS = {
    **dict(
        zip(
            "ABCDEFGHJKLMNPQ",
            ((low, "II") for low in (2, 9, 16, 26, 51, 91, 151, 281, 501, 1201, 3201, 10001, 35001, 150001, 500001)),
            strict=True,
        )
    ),
    "R": (500_001, "III"),
}


def at(letter: str, aql: str, **more: str) -> Plan:
    lot, level = LOTS[letter]
    return plan(lot_size=lot, level=level, aql=Decimal(aql), **more)


def share(found: Plan) -> float:
    return found.ac / found.total


ACCEPTS_LESS_AT_A_LARGER_AQL = {(standard, "multiple", "reduced", "E", "4.0") for standard in (Z14, MIL)}
"""At AQL 2.5 the arrow leads to the multiple plan of F (1 in 14); at 4.0 E has a double plan (0 in 6)."""


@pytest.mark.parametrize("severity", sampling.SEVERITIES)
@pytest.mark.parametrize("kind", sampling.KINDS)
@pytest.mark.parametrize("standard", sampling.STANDARDS)
def test_a_larger_aql_never_accepts_a_smaller_share(standard: str, kind: str, severity: str) -> None:
    smaller = set()
    for letter in LOTS:
        before = 0.0
        for aql in map(str, sampling.aqls()):
            try:
                found = at(letter, aql, kind=kind, severity=severity, standard=standard)
            except NoPlan:
                continue
            if share(found) < before:
                smaller.add((standard, kind, severity, letter, aql))
            before = share(found)
    assert smaller == {cell for cell in ACCEPTS_LESS_AT_A_LARGER_AQL if cell[:3] == (standard, kind, severity)}


@pytest.mark.parametrize("severity", sampling.SEVERITIES)
@pytest.mark.parametrize("standard", sampling.STANDARDS)
def test_ac_of_the_same_sample_grows_with_the_aql(standard: str, severity: str) -> None:
    for letter in LOTS:
        largest: dict[int, int] = {}
        for aql in map(str, sampling.aqls()):
            found = at(letter, aql, severity=severity, standard=standard)
            assert found.ac >= largest.get(found.total, 0)
            largest[found.total] = found.ac


def accepted(found: Plan, quality: float) -> float:
    """Return the probability that a single plan accepts: binomial up to AQL 10, Poisson above."""
    n = found.total
    if found.aql > 10:
        return sum(exp(-n * quality) * (n * quality) ** d / factorial(d) for d in range(found.ac + 1))
    return sum(comb(n, d) * quality**d * (1 - quality) ** (n - d) for d in range(found.ac + 1))


TIGHTENED_ACCEPTS_MORE = {(ISO, "A", "10")}
"""ISO 2859-1:1999 gives 2 units with Ac 0 there, and 5 with Ac 1 under normal inspection: very bad lots pass more easily."""


@pytest.mark.parametrize("standard", sampling.STANDARDS)
def test_tightened_inspection_never_accepts_more_than_normal_inspection(standard: str) -> None:
    more = set()
    for letter in LOTS:
        for aql in sampling.aqls():
            normal = at(letter, str(aql), standard=standard)
            tightened = at(letter, str(aql), severity="tightened", standard=standard)
            for factor in (0.1, 0.3, 1, 2, 3, 5, 8, 12, 20, 40):
                quality = factor * float(aql) / 100
                possible = quality < 1 or aql > 10
                if possible and accepted(tightened, quality) > accepted(normal, quality) + 1e-9:
                    more.add((standard, letter, str(aql)))
    assert more == {cell for cell in TIGHTENED_ACCEPTS_MORE if cell[0] == standard}


@pytest.mark.parametrize("kind", sampling.KINDS)
@pytest.mark.parametrize("standard", sampling.STANDARDS)
def test_tightened_inspection_never_allows_a_larger_share(standard: str, kind: str) -> None:
    for letter in LOTS:
        for aql in map(str, sampling.aqls()):
            tightened = at(letter, aql, severity="tightened", kind=kind, standard=standard)
            assert share(tightened) <= share(at(letter, aql, kind=kind, standard=standard))


@pytest.mark.parametrize("severity", sampling.SEVERITIES)
@pytest.mark.parametrize("kind", sampling.KINDS)
@pytest.mark.parametrize("standard", sampling.STANDARDS)
def test_stages_decide_at_the_end_and_never_contradict_themselves(standard: str, kind: str, severity: str) -> None:
    for letter in LOTS:
        for aql in map(str, sampling.aqls()):
            try:
                found = at(letter, aql, severity=severity, kind=kind, standard=standard)
            except NoPlan:
                continue
            assert all(stage.ac is None or stage.ac < stage.re for stage in found.stages)
            numbers = [stage.ac for stage in found.stages if stage.ac is not None]
            assert numbers == sorted(numbers)
            assert [stage.re for stage in found.stages] == sorted(stage.re for stage in found.stages)
            gap = found.re > found.ac + 1
            assert not gap or (severity == "reduced" and standard != ISO)
