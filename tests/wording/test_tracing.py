"""A printed sentence leads back to the sentence it was filled from."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from lotproof.wording.inlines import Blank, Inline, Ref, Value
from lotproof.wording.sentences import compile_sentence, fill
from lotproof.wording.tracing import texts, trace
from lotproof.wording.uncompiling import test_of as written

NAMES = ("a", "b", "c")
TESTS = st.one_of(
    st.builds(lambda n, c: {"eq": [{"v": [n]}, {"c": c}]}, st.sampled_from(NAMES), st.sampled_from(["x", "Co."])),
    st.builds(lambda n: {"not": {"v": [n]}}, st.sampled_from(NAMES)),
)
ITEMS: Any = st.recursive(
    st.one_of(
        st.sampled_from(["within ", "5 days", ".", "。", "x"]),
        st.builds(lambda n: {"v": [n]}, st.sampled_from(NAMES)),
        st.builds(lambda n: {"ref": n}, st.sampled_from(["contract.x", "exhibit.y"])),
    ),
    lambda inner: st.builds(
        lambda test, then, other: {"if": test, "then": then, "else": other},
        TESTS,
        st.lists(inner, max_size=3),
        st.lists(inner, max_size=3),
    ),
    max_leaves=12,
)
VALUES = st.fixed_dictionaries(dict.fromkeys(NAMES, st.sampled_from([None, "x", "Co.", "5"])))


def shown(inline: Inline) -> str:
    match inline:
        case str():
            return inline
        case Value(text) | Blank(text) | Ref(text):
            return text


@given(st.lists(ITEMS, max_size=6), VALUES)
def test_what_a_sentence_printed_is_found_again(program: list[Any], values: dict[str, Any]) -> None:
    filled = fill(program, values, str)
    traced = trace(program, filled)
    assert traced is not None
    printed = "".join(map(shown, filled))
    assert "".join(step.text for step in traced.steps) == printed


def test_the_values_and_the_conditions_of_a_sentence_are_named() -> None:
    program = compile_sentence(
        "Within {{ p.days }} days{% if p.route == 'escrow' and not q %} by escrow{% else %} by bank{% endif %}, {{ 'contract.x' | clause }}."
    )
    filled = fill(program, {"p": {"days": "7", "route": "bank"}, "q": ""}, str)
    traced = trace(program, filled)
    assert traced is not None
    assert [(s.name, s.text) for s in traced.steps if s.kind == "value"] == [("p.days", "7")]
    assert [(written(test), held) for test, held in traced.tests] == [("(p.route == 'escrow') and (not q)", False)]


def test_another_sentence_gives_nothing() -> None:
    assert trace(compile_sentence("Within {{ days }} days."), ("Within ", Value("7"), " weeks.")) is None
    assert trace(compile_sentence("{{ a }}"), ()) is None
    assert trace([], ("a",)) is None


def test_a_sentence_of_many_branches_takes_no_time_that_doubles_with_each() -> None:
    program: list[Any] = [{"if": {"v": ["a"]}, "then": ["x"], "else": ["x"]} for _ in range(60)]
    assert trace(program, ("x" * 60,)) is not None
    assert trace(program, ("x" * 59,)) is None


def test_the_texts_of_a_sentence_stand_at_the_places_of_its_steps() -> None:
    program = compile_sentence("A{% if a %}B{% else %}C{% endif %}D")
    places = dict(texts(program))
    assert list(places.values()) == ["A", "B", "C", "D"]
    traced = trace(program, ("ACD",))
    assert traced is not None
    assert [places[s.place] for s in traced.steps] == ["A", "C", "D"]
