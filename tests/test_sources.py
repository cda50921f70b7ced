"""TOML as people write it: what is wrong is named with its line, and every line named holds its key."""

from __future__ import annotations

import json
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotproof.findings import Finding, Refused
from lotproof.sources import KeyPath, line_of, odd_numbers, parse_toml, show_path

EXAMPLES = sorted((Path(__file__).parent.parent / "examples").glob("*/answers.toml"))


def refused(content: str | bytes) -> tuple[Finding, ...]:
    """Parse what is no TOML."""
    with pytest.raises(Refused) as caught:
        parse_toml(content if isinstance(content, bytes) else content.encode(), "answers.toml")
    return caught.value.findings


# --- lines ---------------------------------------------------------------------------------------------------------


@st.composite
def documents(draw: st.DrawFn) -> tuple[str, dict[tuple[str | int, ...], int]]:
    """A TOML text with everything that makes lines hard to count, and the line of each value in it."""
    lines: list[str] = []
    places: dict[tuple[str | int, ...], int] = {}
    names = iter(
        draw(st.permutations([f"{a}{b}" for a in "abcdef" for b in ("x", "-y", "_z", ".p q", '"', "é", " # [", "= ")]))
    )

    def key(name: str) -> str:
        bare = name.replace("-", "").replace("_", "").isalnum() and name.isascii()
        styles = (
            [json.dumps(name, ensure_ascii=False)]
            + ([f"'{name}'"] if "'" not in name else [])
            + ([name] if bare else [])
        )
        return draw(st.sampled_from(styles))

    def pair(path: tuple[str | int, ...]) -> None:
        name = next(names)
        here = (*path, name)
        places[here] = len(lines) + 1
        match draw(st.integers(0, 6)):
            case 0:
                lines.append(
                    f"{key(name)} = {draw(st.sampled_from(['1', '2.50', 'true', '2027-01-15', '2027-01-15 10:00:00']))}"
                )
            case 1:
                text = draw(st.sampled_from(["", "# no comment", "[no.table]", "k = 1", 'q \\" \\\\', "}", "]"]))
                lines.append(f'{key(name)} = "{text}"  # comment = "x')
            case 2:
                lines.extend(
                    [f'{key(name)} = """', draw(st.sampled_from(["[[x]]", "a = 1", '""', '\\"""', "'''"])), 'end"""']
                )
            case 3:
                lines.extend(
                    [
                        f"{key(name)} = '''one",
                        draw(st.sampled_from(["[x]", "a = 1", '"""', "\\", "it's ''"])),
                        "''' # a = 1",
                    ]
                )
            case 4:
                lines.append(f"{key(name)} = [ # [")
                for index in range(draw(st.integers(0, 3))):
                    lines.extend(draw(st.sampled_from([[], [""], ["  # ] comment"]])))
                    places[(*here, index, "k")] = len(lines) + 1
                    lines.append(f'  {{ k = "]", {key("l")} = [[1], [{{ m = 2 }}]] }},')
                lines.append("]")
            case 5:
                inner = next(names)
                places[(*here, inner)] = len(lines) + 1
                lines.append(f"{key(name)} . {key(inner)} = 'dotted'")
            case _:
                places[(*here, 1)] = len(lines) + 1
                lines.append(f"{key(name)} = ['a,b', \"c]\", 3]")

    def filler() -> None:
        lines.extend(draw(st.sampled_from([[], [""], ["# [comment]", ""], ["\t# a = 1"]])))

    for _ in range(draw(st.integers(0, 3))):
        pair(())
    for _ in range(draw(st.integers(0, 4))):
        filler()
        name = next(names)
        if draw(st.booleans()):
            places[(name,)] = len(lines) + 1
            lines.append(f"[{key(name)}]{draw(st.sampled_from(['', ' # [x]']))}")
            for _ in range(draw(st.integers(0, 3))):
                pair((name,))
            continue
        written = key(name)
        for index in range(draw(st.integers(1, 3))):
            places[(name, index)] = len(lines) + 1
            lines.append(f"[[{written}]]")
            for _ in range(draw(st.integers(0, 2))):
                filler()
                pair((name, index))
            if draw(st.booleans()):
                inner = next(names)
                places[(name, index, inner)] = len(lines) + 1
                lines.append(f" [ {written} . {key(inner)} ]")
                pair((name, index, inner))
    return "\n".join(lines), places


def at(data: Any, path: KeyPath) -> Any:
    """Return the value at a path; raise where there is none."""
    for part in path:
        data = data[part]
    return data


@given(documents())
def test_the_line_named_holds_the_key(document: tuple[str, dict[tuple[str | int, ...], int]]) -> None:
    text, places = document
    data = tomllib.loads(text)
    for path, line in places.items():
        at(data, path)
        assert line_of(text, path) == line


@given(documents(), st.lists(st.one_of(st.text(max_size=5), st.integers(0, 5)), min_size=1, max_size=3))
def test_a_missing_key_is_given_the_line_of_the_table_around_it(
    document: tuple[str, dict[tuple[str | int, ...], int]], tail: list[str | int]
) -> None:
    text, places = document
    for path, line in places.items():
        assert line_of(text, (*path, "no such key", *tail)) == line


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda p: p.parent.name)
def test_every_value_of_the_examples_is_found(example: Path) -> None:
    text = example.read_text(encoding="utf-8")
    rows = text.split("\n")
    found = 0

    def look(value: Any, path: tuple[str | int, ...]) -> None:
        nonlocal found
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            if isinstance(key, str):
                assert key in rows[line_of(text, (*path, key)) - 1]
                found += 1
            if isinstance(inner, dict | list):
                look(inner, (*path, key))

    look(tomllib.loads(text), ())
    assert found > 100


def test_a_clause_is_found_with_and_without_quotes() -> None:
    text = 'a = 1\n[terms.machinery.noise]\nlimit = 1\n[terms."all.identity"]\nx = 1'
    assert line_of(text, ("terms", "machinery.noise", "limit")) == 3
    assert line_of(text, ("terms", "machinery", "noise", "limit")) == 3
    assert line_of(text, ("terms", "all", "identity")) == 4
    assert line_of(text, ("terms", "all.identity", "y")) == 4


# --- paths ---------------------------------------------------------------------------------------------------------


def test_elements_are_counted_from_one() -> None:
    assert show_path(("goods", 1, "terms", "machinery.noise", "limit")) == "goods[2].terms.machinery.noise.limit"


@given(st.lists(st.one_of(st.text(), st.integers(0, 9)), max_size=20))
def test_a_path_is_shown_on_one_short_printable_line(path: list[str | int]) -> None:
    shown = show_path(path)
    assert shown.isprintable()
    assert len(shown) < 12 * 400


def test_a_long_key_is_cut_short() -> None:
    assert len(show_path(("x" * 10_000_000,))) < 100


# --- parsing -------------------------------------------------------------------------------------------------------


@given(st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**8), max_value=10**8))
def test_fractions_are_exact(number: Decimal) -> None:
    data, _ = parse_toml(f"x = {number:f}".encode(), "f")
    assert data["x"] == number
    assert str(data["x"]) == f"{number:f}"


def test_a_byte_order_mark_and_windows_line_ends_are_let_through() -> None:
    data, text = parse_toml("\ufeffa = 1\r\nb = 2\r\n".encode(), "f")
    assert data == {"a": 1, "b": 2}
    assert line_of(text, ("b",)) == 2


@pytest.mark.parametrize(
    ("text", "where", "first"),
    [
        ('a = 1\nb = 2\na = """\nx\n"""\n', "answers.toml:3: a", 1),
        ("[a]\nb = 1\n[c]\n[a]\n", "answers.toml:4: a", 1),
        ('[t]\nx = { b = 1,  "b" = 2 }\n', "answers.toml:2: t.x.b", 2),
        ("a.b = 1\n\na = 2\n", "answers.toml:3: a", 1),
        ("[[goods]]\nitem = 1\n[[goods]]\nitem = 2\nitem = 3\n", "answers.toml:5: goods[2].item", 4),
        ('[terms."m.n"]\nlimit = 1\n[terms."m.n"]\n', "answers.toml:3: terms.m.n", 1),
        ("goods = []\n[[goods]]\n", "answers.toml:2: goods", 1),
    ],
)
def test_a_key_that_stands_twice_is_named_with_both_lines(text: str, where: str, first: int) -> None:
    (finding,) = refused(text)
    assert finding.where == where
    assert finding.code == "LP101"
    assert f"the first is on line {first}" in finding.message


def test_all_keys_that_stand_twice_are_named_at_once() -> None:
    findings = refused("a = 1\na = 2\nb = 1\nb = 2\n")
    assert [f.where for f in findings] == ["answers.toml:2: a", "answers.toml:4: b"]


@pytest.mark.parametrize(
    ("text", "where", "word"),
    [
        ("a = 1\nb = 12 mm\n", "answers.toml:2: b", "12 mm"),
        ("[order\n", "answers.toml:1: order", "[order"),
        ("a = 1\nb\n", "answers.toml:2: b", "'='"),
        ('a = 1\nb = """\n\nnever closed', "answers.toml:2: b", "Unterminated"),
        ('a = 1\n\nb = "never closed\nc = 1', "answers.toml:3: b", "Illegal character"),
        ("a = [1,\n2\nb = 3", "answers.toml:3", "array"),
        ("a = 2027-02-30\n", "answers.toml:1: a", "date"),
        ("x = 1\ny = " + "1" * 5000, "answers.toml:2: y", "5,000 digits"),
        ("x = 1\ny = [2, 1." + "1" * 5000, "answers.toml:2: y[2]", "5,002 digits"),
        ('a = "\x00"', "answers.toml:1: a", "<U+0000>"),
        ("a = " + "[" * 5000, "answers.toml:1: a[1]", "nested too deeply"),
        ("a = 1\n" + ".".join("b" * 5000) + " = 1", "answers.toml:1: a", "64 parts"),
        ("== git conflict\n", "answers.toml:1", "Invalid statement"),
    ],
)
def test_what_is_no_toml_is_named_with_line_and_key(text: str, where: str, word: str) -> None:
    (finding,) = refused(text)
    assert finding.where.startswith(where)
    assert word in finding.message
    assert finding.hint
    assert len(finding.message) < 600


def test_bytes_that_are_not_utf_8_are_named_with_their_line() -> None:
    (finding,) = refused(b'a = 1\nb = "\xe9"\n')
    assert finding.where == "answers.toml:2"
    assert "byte 12 is not UTF-8" in finding.message
    (utf16,) = refused("a = 1".encode("utf-16"))
    assert "UTF-8" in utf16.hint


def test_a_file_larger_than_any_order_is_refused_before_it_is_parsed() -> None:
    (finding,) = refused(b"#" * 32_000_001)
    assert "32,000,000 bytes" in finding.message


def test_many_dots_in_a_text_are_no_key() -> None:
    data, _ = parse_toml(b'a = "' + b"x." * 5000 + b'"', "f")
    assert len(data["a"]) == 10_000


@given(st.binary(max_size=60))
def test_any_bytes_are_data_or_a_finding(content: bytes) -> None:
    try:
        data, text = parse_toml(content, "f")
    except Refused as refusal:
        assert all(f.where.startswith("f") and f.code == "LP101" and f.hint for f in refusal.findings)
    else:
        assert isinstance(data, dict)
        assert line_of(text, ("a",)) >= 1


@given(st.text(st.sampled_from("ab.=[]{}\"' \n#1e,\\"), max_size=60))
def test_anything_like_toml_is_data_or_a_finding(content: str) -> None:
    try:
        _, text = parse_toml(content.encode(), "f")
    except Refused as refusal:
        assert all(f.where.startswith("f:") for f in refusal.findings)
    else:
        assert 1 <= line_of(text, ("a", "b")) <= content.count("\n") + 1


# --- odd numbers ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "literal",
    [
        *[
            "1e3",
            "1.5e1",
            "1E-3",
            "nan",
            "-nan",
            "+inf",
            "0x10",
            "0o17",
            "0b1",
            "1_000",
            "1_42",
            "4_800.50",
            "1e99999999999999999999999",
        ]
    ],
)
@pytest.mark.parametrize("form", ["x = {}", "x = [ # c\n{} , 2]", "x = {{ y = {} }}", "[t]\nx = {} # c"])
def test_numbers_that_read_differently_are_found_as_they_are_written(literal: str, form: str) -> None:
    _, text = parse_toml(form.format(literal).encode(), "f")
    assert list(odd_numbers(text).values()) == [literal]


@pytest.mark.parametrize(
    "value",
    [
        "1",
        "-1.50",
        "+7",
        "2027-01-15",
        "10:00:00",
        "1979-05-27T07:32:00-08:00",
        "true",
        '"1e3"',
        "'nan'",
        '"""\n0x10 1_0\n"""',
    ],
)
def test_plain_values_are_not_odd(value: str) -> None:
    _, text = parse_toml(f"a1e3 = {value} # 1e3 nan 1_0".encode(), "f")
    assert not odd_numbers(text)


@pytest.mark.parametrize("nested", ["[" * 80 + "]" * 80, "{a = " * 80 + "1" + "}" * 80, "[[1], " * 80 + "1" + "]" * 80])
def test_there_is_an_end_to_tables_and_lists_in_each_other(nested: str) -> None:
    with pytest.raises(Refused) as caught:
        parse_toml(f"x = {nested}\n".encode(), "a.toml")
    assert [(found.code, found.where) for found in caught.value.findings] == [("LP101", "a.toml")]
    assert parse_toml(("a." * 63 + "b = [[1]]\n").encode(), "a.toml")[0]
