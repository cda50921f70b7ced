"""One answer at a time: a typed value or a problem that says how to mend it, never both, never neither."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotproof import sampling
from lotproof.catalog.loading import load_category
from lotproof.catalog.model import Question
from lotproof.findings import Severity
from lotproof.quantity import Quantity
from lotproof.questions.checks import between_languages, limits_in_order, severity_of_classes
from lotproof.questions.values import MAX_ROWS, ZERO, Problem, blank, read_value, row_questions

UNITS = load_category("machinery").units
TYPES = (
    "text",
    "words",
    "identifier",
    "pattern",
    "choice",
    "flag",
    "integer",
    "decimal",
    "money",
    "quantity",
    "date",
    "list",
    "aql",
    "entries",
)
WITHIN = ("within", "mm")

junk: st.SearchStrategy[Any] = st.recursive(
    st.one_of(
        st.text(max_size=20),
        st.integers(),
        st.booleans(),
        st.decimals(),
        st.dates(),
        st.datetimes(),
        st.times(),
        st.sampled_from([16**1000, Decimal("1e999999"), "x" * 10_000, "\x00", "1 mm", "2.5", "zero", "a"]),
    ),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from(["key", "en", "zh", "limit", "nominal", "x"]), inner, max_size=3),
    ),
    max_leaves=6,
)


def question(kind: str, **more: Any) -> Question:
    """A question of a type."""
    base: dict[str, Any] = {"key": "q", "type": kind, "text": {"en": "How much?"}, "why": {}, "unit": "mm"}
    base |= {"choices": (("a", {"en": "A"}), ("b", {"en": "B"}))} if kind == "choice" else {}
    base |= {"each": WITHIN} if kind == "entries" else {}
    return Question(**{**base, **more})


def read(kind: str, raw: Any, **more: Any) -> tuple[Any, list[Problem]]:
    """Read a value and collect what is wrong with it."""
    problems: list[Problem] = []
    return read_value(question(kind, **more), raw, UNITS, problems.append), problems


def codes(kind: str, raw: Any, **more: Any) -> list[str]:
    """The codes of what is wrong."""
    return [problem.code for problem in read(kind, raw, **more)[1]]


@given(st.sampled_from(TYPES), junk)
def test_anything_is_a_value_a_blank_or_a_problem_with_a_mend(kind: str, raw: Any) -> None:
    if blank(raw, kind):
        return
    value, problems = read(kind, raw)
    stopping = [problem for problem in problems if problem.severity is Severity.REFUSE]
    assert value is not None or stopping
    for problem in problems:
        assert problem.hint
        assert problem.message.isprintable()
        assert len(problem.message) + len(problem.hint) < 500


def test_an_integer_too_long_to_be_printed_is_refused_like_any_other() -> None:
    for kind in TYPES:
        assert read(kind, 16**5000)[0] is None
        assert codes(kind, 16**5000)


def test_a_kind_of_question_that_does_not_exist_is_our_fault() -> None:
    with pytest.raises(ValueError, match="riddle"):
        read("riddle", "x")


# --- blanks --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", TYPES)
def test_a_missing_answer_and_an_empty_text_are_blanks(kind: str) -> None:
    assert blank(None, kind)
    assert blank("", kind)
    assert not blank(0, kind)
    assert not blank(False, kind)
    assert blank([], kind) == (kind in ("list", "entries"))
    assert blank({"en": "", "zh": ""}, kind) == (kind == "words")
    assert not blank({"fr": ""}, kind)
    assert not blank({"en": "x", "zh": ""}, kind)


# --- texts ---------------------------------------------------------------------------------------------------------


def test_a_text_is_kept_letter_by_letter_in_normal_form() -> None:
    for text in ("a", "&<>\"'{{ 7*7 }}", "שלום", "👨‍👩‍👧‍👦", "佛山"):
        assert read("text", text) == (text, [])
    value, (note,) = read("text", "e\u0301")
    assert (value, note.code, note.severity) == ("é", "LP118", Severity.NOTE)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("x" * 401, "LP111"),
        ("a\u200bb", "LP109"),
        ("\x00", "LP109"),
        (" ", "LP103"),
        (" a", "LP103"),
        ("a ", "LP103"),
        ("a\nb", "LP109"),
        (5, "LP103"),
        (["a"], "LP103"),
    ],
)
def test_a_text_that_misleads_is_refused(raw: Any, code: str) -> None:
    assert read("text", raw)[0] is None
    assert codes("text", raw) == [code]


def test_mixed_alphabets_are_open_and_the_text_is_kept() -> None:
    value, (problem,) = read("text", "p\u0430y")
    assert value == "p\u0430y"
    assert (problem.code, problem.severity) == ("LP110", Severity.OPEN)


def test_words_without_a_language_are_in_the_one_they_are_written_in() -> None:
    assert read("words", "mug") == ({"en": "mug"}, [])
    assert read("words", "马克杯") == ({"zh": "马克杯"}, [])
    assert read("words", {"en": "mug", "zh": ""}) == ({"en": "mug"}, [])


def test_a_problem_inside_words_names_the_language() -> None:
    _, problems = read("words", {"en": 5, "fr": "x", "zh": "\u200b"})
    assert {(p.path, p.code) for p in problems} == {(("en",), "LP103"), (("fr",), "LP102"), (("zh",), "LP109")}


@pytest.mark.parametrize("raw", ["", " ", "a b", "-a", "../x", "é", "a/b", "a" * 41, 5])
def test_a_code_is_of_plain_letters_and_digits(raw: Any) -> None:
    assert read("identifier", raw)[0] is None


def test_a_code_and_a_pattern_are_kept() -> None:
    assert read("identifier", "MUG-350_W.1") == ("MUG-350_W.1", [])
    assert read("pattern", "LOT-####") == ("LOT-####", [])
    assert codes("pattern", "LOT-é") == ["LP103"]


def test_a_choice_is_one_of_those_offered() -> None:
    assert read("choice", "a") == ("a", [])
    assert codes("choice", "A") == ["LP113"]
    assert codes("choice", True) == ["LP113"]


def test_a_list_names_each_entry_that_is_wrong() -> None:
    assert read("list", ["b", "a"]) == (("b", "a"), [])
    _, problems = read("list", ["a", "\u200b", "a", "e\u0301", "é"])
    assert [(p.path, p.code) for p in problems] == [((1,), "LP109"), ((2,), "LP114"), ((3,), "LP118"), ((4,), "LP114")]
    assert codes("list", ["x"] * (MAX_ROWS + 1)) == ["LP111"]


@pytest.mark.parametrize(
    "raw", ["2027-02-30", "15.01.2027", "2027-1-5", 20270115, datetime.datetime(2027, 1, 15), "２０２７-01-15"]
)
def test_a_date_is_a_day_that_exists(raw: Any) -> None:
    assert codes("date", raw) == ["LP115"]
    assert read("date", "2027-01-15") == (datetime.date(2027, 1, 15), [])


# --- numbers -------------------------------------------------------------------------------------------------------


@given(st.integers(0, 1000), st.integers(0, 1000), st.integers(-10, 1010))
def test_bounds_belong_to_what_is_allowed(one: int, other: int, value: int) -> None:
    low, high = Decimal(min(one, other)), Decimal(max(one, other))
    inside = low <= value <= high
    for kind, raw, expected in (
        ("integer", value, value),
        ("decimal", Decimal(value), Decimal(value)),
        ("quantity", f"{value} mm", Quantity(Decimal(value), "mm")),
    ):
        found, problems = read(kind, raw, minimum=low, maximum=high)
        assert found == (expected if inside else None)
        assert [p.code for p in problems] == ([] if inside else ["LP105"])


@pytest.mark.parametrize("raw", ["NaN", "Infinity", "1E+3", "1." + "1" * 20])
def test_strange_numbers_are_refused(raw: str) -> None:
    assert codes("decimal", Decimal(raw)) == ["LP112"]
    assert codes("money", raw) == ["LP112"]
    assert codes("aql", Decimal(raw)) == ["LP112"]


@pytest.mark.parametrize(
    ("raw", "value", "given"),
    [
        ("1 cm", "10", "1\u00a0cm"),
        ("0.1 in", "2.54", "0.1\u00a0in"),
        ("10 mm", "10", ""),
        ("500 µm", "0.5", "500\u00a0µm"),
    ],
)
def test_a_quantity_in_another_unit_is_converted_and_both_are_kept(raw: str, value: str, given: str) -> None:
    read_quantity, problems = read("quantity", raw)
    assert read_quantity == Quantity(Decimal(value), "mm", given)
    assert [(p.code, p.severity) for p in problems] == ([("LP127", Severity.NOTE)] if given else [])


@pytest.mark.parametrize(
    ("raw", "code", "hint"),
    [
        ("10", "LP104", '"10 mm"'),
        (10, "LP104", '"10 mm"'),
        (Decimal("1E+3"), "LP112", "10 mm"),
        ("1 kg", "LP104", "asked in mm"),
        ("1 mmm", "LP104", "did you mean mm"),
        ("1 %", "LP104", "asked in mm"),
        ("1,5 mm", "LP112", "10 mm"),
        ("5 mm\u200b", "LP104", "asked in mm"),
        (True, "LP103", "10 mm"),
        ([], "LP103", "10 mm"),
    ],
)
def test_a_quantity_has_a_unit_of_what_is_asked(raw: Any, code: str, hint: str) -> None:
    value, (problem,) = read("quantity", raw)
    assert value is None
    assert problem.code == code
    assert hint in problem.hint


def test_a_share_of_another_answer_may_come_in_percent() -> None:
    assert read("quantity", "3.0 %", percent_of="nominal") == (Quantity(Decimal("3.0"), "%"), [])
    assert codes("quantity", "101 %", percent_of="nominal") == ["LP105"]
    assert codes("quantity", "-1 %", percent_of="nominal") == ["LP105"]


@given(st.sampled_from(sampling.aqls()))
def test_every_aql_of_the_series_is_taken_in_its_own_digits(aql: Decimal) -> None:
    for raw in (aql, str(aql), Decimal(f"{aql}0") if "." in str(aql) else aql):
        assert read("aql", raw) == (aql, [])
        assert str(read("aql", raw)[0]) == str(aql)


@given(st.decimals("0.001", 2000, places=3).filter(lambda d: d not in sampling.aqls()))
def test_an_aql_beside_the_series_names_its_neighbours(aql: Decimal) -> None:
    value, (problem,) = read("aql", aql)
    assert value is None
    assert problem.code == "LP107"
    for near in sampling.neighbours(aql):
        assert near is None or str(near) in problem.hint


@pytest.mark.parametrize("raw", ["zero", 0, Decimal("0.0"), "0"])
def test_no_defect_at_all_is_an_answer(raw: Any) -> None:
    assert read("aql", raw) == (ZERO, [])


# --- tables --------------------------------------------------------------------------------------------------------

ROW = {"key": "height", "zh": "高", "nominal": "10 mm", "plus": "1 mm", "minus": "0 mm"}


def test_a_row_has_a_key_a_label_and_its_columns() -> None:
    (row,), problems = read("entries", [ROW])
    assert not problems
    assert (row["key"], row["label"], row["plus"]) == (
        "height",
        {"en": "height", "zh": "高"},
        Quantity(Decimal(1), "mm"),
    )


@pytest.mark.parametrize(
    ("change", "path", "code"),
    [
        ({"key": ""}, (1, "key"), "LP103"),
        ({"key": 5}, (1, "key"), "LP103"),
        ({"key": "height"}, (1, "key"), "LP114"),
        ({"key": "x" * 81}, (1, "key"), "LP111"),
        ({"zh": 5}, (1, "zh"), "LP103"),
        ({"colour": "red"}, (1, "colour"), "LP102"),
        ({"nominal": "10 kg"}, (1, "nominal"), "LP104"),
        ({"nominal": "-10 mm"}, (1, "nominal"), "LP105"),
        ({"plus": "-1 mm"}, (1, "plus"), "LP105"),
        ({"minus": ""}, (1, "minus"), "LP120"),
    ],
)
def test_a_fault_in_a_table_names_row_and_column(change: dict[str, Any], path: tuple[Any, ...], code: str) -> None:
    _, problems = read("entries", [ROW, {**ROW, "key": "width", **change}])
    assert [(problem.path, problem.code) for problem in problems] == [(path, code)]


def test_a_table_longer_than_a_page_takes_belongs_into_an_exhibit() -> None:
    rows = [{**ROW, "key": f"k{number}"} for number in range(MAX_ROWS)]
    assert len(read("entries", rows)[0]) == MAX_ROWS
    assert codes("entries", [*rows, ROW]) == ["LP111"]


def test_only_a_temperature_may_lie_below_zero() -> None:
    columns = {
        unit: {c.key: c.minimum for c in row_questions(question("entries", each=("within", unit)))}
        for unit in ("mm", "°C")
    }
    assert columns["mm"] == {"nominal": 0, "plus": 0, "minus": 0}
    assert columns["°C"] == {"nominal": None, "plus": 0, "minus": 0}


# --- answers that contradict each other -------------------------------------------------------------------------------


def test_a_minimum_above_its_maximum_is_refused() -> None:
    assert [p.code for p in limits_in_order({"least": 5, "most": 4})] == ["LP106"]
    assert not list(limits_in_order({"least": 4, "most": 4}))
    assert not list(limits_in_order({"least": 4, "most": None}))
    entries = ({"key": "a", "least": 1, "most": 2}, {"key": "b", "least": 3, "most": 2})
    assert [p.path for p in limits_in_order({"entries": entries})] == [("entries", 1, "least")]


@pytest.mark.parametrize(
    ("shares", "right"),
    [(("100",), True), (("60.5", "39.5"), True), (("60", "39.9"), False), (("60", "41"), False), (("60", None), True)],
)
def test_shares_add_up_to_the_whole(shares: tuple[str | None, ...], right: bool) -> None:
    parts = tuple(
        {"key": str(n), "share": None if s is None else Quantity(Decimal(s), "%")} for n, s in enumerate(shares)
    )
    assert [p.code for p in limits_in_order({"parts": parts})] == ([] if right else ["LP106"])


def test_graver_defects_let_through_more_often_are_noted() -> None:
    def noted(critical: Any, major: Any, minor: Any) -> list[Any]:
        answers = {"aql_critical": critical, "aql_major": major, "aql_minor": minor}
        return [p.path[-1] for p in severity_of_classes({"inspection": answers}) if p.severity is Severity.NOTE]

    assert noted(ZERO, Decimal("2.5"), Decimal("4.0")) == []
    assert noted(ZERO, Decimal("2.5"), None) == []
    assert noted(Decimal("0.65"), ZERO, Decimal("4.0")) == ["aql_critical"]
    assert noted(ZERO, Decimal("4.0"), Decimal("2.5")) == ["aql_major"]


def test_words_in_one_of_two_languages_are_noted_with_their_place() -> None:
    value = {
        "buyer": {"name": {"en": "x"}},
        "rows": ({"label": {"zh": "高"}}, {"label": {"en": "a", "zh": "b"}}),
        "list": ("a",),
    }
    assert [p.path for p in between_languages(value, ("en", "zh"))] == [("buyer", "name"), ("rows", 0)]
    assert [p.path for p in between_languages(value, ("en",))] == [("rows", 0)]
