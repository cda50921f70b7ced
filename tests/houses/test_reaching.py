"""Whatever is called impossible is impossible: every sentence that some answers print is found, whatever its conditions are."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st

from lotproof.upkeep.house_checks.answers import Known
from lotproof.upkeep.house_checks.reaching import Demands, branches
from lotproof.wording.conditions import holds
from lotproof.wording.sentences import fill

KNOWN = {
    "g.a": Known(values=frozenset("xyz"), blank=True, asked=()),
    "g.b": Known(values=frozenset({"yes", "no"}), blank=False, asked=()),
    "g.c": Known(values=frozenset("pq"), blank=True, asked=(("g.a", ("x",)),)),
    "g.d": Known(values=None, blank=True, asked=(("g.b", ("yes",)), ("g.c", ("p",)))),
}
NAMES = st.sampled_from(sorted(KNOWN)).map(lambda name: {"v": name.split(".")})
CONSTANTS = st.sampled_from(["x", "y", "z", "yes", "no", "p", "q", "other"]).map(lambda value: {"c": value})
TESTS: Any = st.recursive(
    st.one_of(
        NAMES,
        st.tuples(st.sampled_from(["eq", "ne"]), NAMES, CONSTANTS).map(lambda t: {t[0]: [t[1], t[2]]}),
        st.tuples(st.sampled_from(["eq", "ne"]), CONSTANTS, NAMES).map(lambda t: {t[0]: [t[1], t[2]]}),
    ),
    lambda inner: st.one_of(
        inner.map(lambda test: {"not": test}),
        st.tuples(st.sampled_from(["and", "or"]), inner, inner).map(lambda t: {t[0]: [t[1], t[2]]}),
    ),
    max_leaves=4,
)
PROGRAMS: Any = st.recursive(
    st.integers(0, 99).map(lambda number: [f"[{number}]"]),
    lambda inner: st.tuples(TESTS, inner, inner).map(lambda t: [{"if": t[0], "then": t[1], "else": t[2]}]),
    max_leaves=6,
)
WHEN = st.dictionaries(
    st.sampled_from(sorted(KNOWN)),
    st.lists(st.sampled_from(["x", "y", "yes", "p", "q"]), min_size=1, max_size=2),
    max_size=2,
).map(lambda conditions: tuple((name, tuple(values)) for name, values in conditions.items()))


def every_answer() -> Iterator[dict[str, Any]]:
    """Yield all answers that there can be: blank where nobody asks."""
    for a, b, c, d in itertools.product(
        (None, *"xyz"), ("yes", "no"), (None, *"pq"), (None, "x", "y", "yes", "p", "q", "other")
    ):
        c_asked = a == "x"
        yield {
            "g": {"a": a, "b": b, "c": c if c_asked else None, "d": d if c_asked and b == "yes" and c == "p" else None}
        }


@given(PROGRAMS, WHEN)
@example([{"if": {"v": ["g", "c"]}, "then": ["[1]"], "else": ["[2]"]}], (("g.a", ("y",)),))
def test_what_some_answers_print_is_never_called_impossible(program: list[Any], when: Any) -> None:
    demands = Demands(KNOWN).when(when)
    reached = {item for item, _ in branches(program, demands)} if demands.can_be() else set()
    for answers in every_answer():
        if holds(when, answers):
            for printed in fill(program, answers, str):
                assert printed in reached


@given(WHEN)
def test_conditions_alone_are_judged_exactly(when: Any) -> None:
    met = any(holds(when, answers) for answers in every_answer())
    assert Demands(KNOWN).when(when).can_be() == met


@given(WHEN, st.sampled_from(sorted(KNOWN)), st.lists(st.sampled_from(["x", "y", "yes", "p"]), min_size=1, max_size=3))
def test_what_is_sure_holds_under_all_answers(when: Any, name: str, values: list[str]) -> None:
    if Demands(KNOWN).when(when).surely(name, tuple(values)):
        assert all(holds(((name, tuple(values)),), answers) for answers in every_answer() if holds(when, answers))
