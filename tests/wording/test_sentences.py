"""Compiled sentences say what Jinja says, and let nothing through that could act."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from lotproof.catalog.loading import load_category
from lotproof.catalog.source import SourceFile, read_source
from lotproof.orders.digests import encode
from lotproof.quantity import Quantity
from lotproof.shipped import shipped
from lotproof.wording.formats import Money
from lotproof.wording.inlines import Blank, Ref, Value, from_json, plain
from lotproof.wording.sentences import SentenceError, UnknownName, compile_sentence, fill, names, references

JINJA = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
NAMES = ("a", "b", "c")
LEAF = st.sampled_from(["word ", "100 % ", "{{ a }}", "{{ b }} mm", "\u4e2d\u6587 "])
TEST = st.sampled_from(["a", "not a", 'a == "x"', 'a != "x"', "a and b", "a or not c", 'a == "x" and b', "a == b"])


def block(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """Sentences with a condition around them."""
    return st.one_of(
        st.tuples(TEST, inner).map(lambda t: f"{{% if {t[0]} %}}{t[1]}{{% endif %}}"),
        st.tuples(TEST, inner, inner).map(lambda t: f"{{% if {t[0]} %}}{t[1]}{{% else %}}{t[2]}{{% endif %}}"),
        st.tuples(TEST, TEST, inner, inner).map(
            lambda t: f"{{% if {t[0]} %}}{t[2]}{{% elif {t[1]} %}}{t[3]}{{% endif %}}"
        ),
        st.lists(inner, max_size=3).map("".join),
    )


@given(
    st.recursive(LEAF, block, max_leaves=8),
    st.fixed_dictionaries({n: st.sampled_from(["x", "y", "{{ 7*7 }}"]) for n in NAMES}),
)
def test_a_compiled_sentence_says_what_jinja_says(source: str, values: dict[str, str]) -> None:
    assert plain(fill(compile_sentence(source), values, str)) == JINJA.from_string(source).render(values)


CLAUSES = [file for _, file in read_source(shipped("spec_catalog")).clauses]


@pytest.mark.parametrize("clause", CLAUSES, ids=lambda file: f"{file.path.parent.name}.{file.path.stem}")
def test_every_sentence_of_the_catalogue_says_what_jinja_says(clause: SourceFile) -> None:
    data = clause.data
    for language in ("en", "zh"):
        for name in ("wording", "action", "method"):
            text = data[name][language]
            values = dict.fromkeys(names(compile_sentence(text)), "x")
            assert plain(fill(compile_sentence(text), values, str)) == JINJA.from_string(text).render(values)


@pytest.mark.parametrize(
    "source",
    [
        "{{ 7 * 7 }}",
        "{{ a() }}",
        "{{ a['b'] }}",
        "{{ a | upper }}",
        "{{ a.__class__.__mro__ }}" + "{{ a() }}",
        "{% for x in a %}{{ x }}{% endfor %}",
        "{% set a = 1 %}",
        "{% include 'x' %}",
        "{% macro m() %}{% endmacro %}",
        "{{ 'x' * 50000000 }}",
        "{{ range(9) }}",
        "{{ a ~ b }}",
        "{{ [1, 2] }}",
        "{{ a if b }}",
        "{% if a > b %}x{% endif %}",
        "{{ a",
        "{% if a %}",
        "{{ other | clause }}",
    ],
)
def test_what_is_not_on_the_allowlist_does_not_compile(source: str) -> None:
    with pytest.raises(SentenceError):
        compile_sentence(source)


def test_values_are_never_read_as_sentences() -> None:
    program = compile_sentence("Sold to {{ name }}.")
    assert fill(program, {"name": "{{ 7*7 }} <b>&"}, str) == ("Sold to ", Value("{{ 7*7 }} <b>&"), ".")


def test_a_missing_value_is_a_blank_and_an_unknown_one_an_error() -> None:
    program = compile_sentence("at {{ place }} {{ 'contract.goods' | clause }}")
    assert fill(program, {"place": None}, str) == ("at ", Blank("place"), " ", Ref("contract.goods"))
    assert list(references(program)) == ["contract.goods"]
    with pytest.raises(UnknownName):
        fill(program, {}, str)
    with pytest.raises(UnknownName):
        fill(compile_sentence("{{ place.__class__ }}"), {"place": "x"}, str)


def test_inlines_survive_json() -> None:
    inlines = ("a ", Value("<1>"), Blank("x.y"), Ref("contract.goods"))
    assert from_json(encode(inlines)) == inlines
    with pytest.raises(ValueError, match="not an inline"):
        from_json([{"script": "x"}])


@settings(deadline=None)
@given(
    st.decimals(-(10**9), 10**9, places=4, allow_nan=False)
    | st.decimals(0, 10**6, places=1, allow_nan=False)
    | st.integers(-(10**12), 10**12).map(Decimal)
)
def test_numbers_print_as_babel_prints_them_with_their_own_digits(value: Decimal) -> None:
    from babel.numbers import format_decimal

    exponent = value.as_tuple().exponent
    assert isinstance(exponent, int)
    pattern = "#,##0." + "0" * -exponent if exponent < 0 else "#,##0"
    for code, locale in (("en", "en"), ("zh", "zh")):
        formatter = load_category("all").languages[code].formatter
        assert (
            formatter.number(value).replace("\u2212", "-")
            == format_decimal(value, pattern, locale=locale).replace("-0.0000", "0.0000")
            or value == 0
        )


@given(st.dates())
def test_dates_print_as_babel_prints_them(day: datetime.date) -> None:
    from babel.dates import format_date

    languages = load_category("all").languages
    assert languages["en"].formatter.show(day) == format_date(day, "d MMMM y", locale="en")
    assert languages["zh"].formatter.show(day) == format_date(day, "long", locale="zh")


def test_number_and_unit_are_never_torn_apart() -> None:
    languages = load_category("all").languages
    en, zh = languages["en"].formatter, languages["zh"].formatter
    assert en.show(Quantity(Decimal("4.0"), "mm")) == zh.show(Quantity(Decimal("4.0"), "mm")) == "4.0\u00a0mm"
    assert en.show(Quantity(Decimal(2), "%")) == "2%"
    assert (en.show(Quantity(Decimal(1), "pc")), en.show(Quantity(Decimal(2), "pc"))) == (
        "1\u00a0piece",
        "2\u00a0pieces",
    )
    assert zh.show(Quantity(Decimal(9600), "pc")) == "9,600\u4ef6"
    assert en.show(Money(Decimal("13696.00"), "USD")) == "USD\u00a013,696.00"


@pytest.mark.parametrize(
    "source",
    [
        "{% if a %}" * 2_000 + "x" + "{% endif %}" * 2_000,
        "{% if a %}x" + "{% elif b %}y" * 2_000 + "{% endif %}",
        "{% if " + "not " * 5_000 + "a %}x{% endif %}",
        "{% if " + "a and " * 2_000 + "a %}x{% endif %}",
        "{{ a" + ".b" * 5_000 + " }}",
    ],
)
def test_conditions_that_lie_too_deep_in_each_other_are_refused(source: str) -> None:
    with pytest.raises(SentenceError, match=r"nested|more than"):
        compile_sentence(source)


def test_as_many_conditions_as_anybody_reads_are_taken() -> None:
    assert compile_sentence("{% if a %}x" + "{% elif b %}y" * 40 + "{% endif %}")
