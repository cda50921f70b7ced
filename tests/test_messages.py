"""What the program tells people about their data: one sentence in each language, whatever stands in it."""

from __future__ import annotations

import ast
import json
import re
import string
import tomllib
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotproof.catalog.checking.glossary import says
from lotproof.catalog.source import read_source
from lotproof.findings import did_you_mean, quoted
from lotproof.messages import Message, as_data, as_it_stands, from_data, in_language, reason, say, sentences
from lotproof.shipped import shipped
from terminal import lotproof

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "lotproof"
ROWS = [
    row
    for file in sorted((ROOT / "templates" / "messages" / "zh").glob("*.toml"))
    for row in tomllib.loads(file.read_text(encoding="utf-8"))["message"]
]
ENGLISH_ONLY = ("catalog/checking/", "templates/", "upkeep/")
"""Where findings are for those who edit the catalogue or a house."""
ANSWERS = ROOT / "examples" / "stoneware-mugs" / "answers.toml"


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(SOURCE.rglob("*.py")):
        yield path.relative_to(SOURCE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


MODULES = dict(modules())


def calls(tree: ast.Module, wanted: str) -> Iterator[ast.Call]:
    """Yield the calls of a function of :mod:`lotproof.messages`, by its own name or through the module."""
    own = {
        a.name
        for n in ast.walk(tree)
        if isinstance(n, ast.ImportFrom) and n.module == "lotproof.messages"
        for a in n.names
    }
    if tree is MODULES["messages.py"]:
        own.add(wanted)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            match node.func:
                case ast.Name(id=name) if name == wanted and name in own:
                    yield node
                case ast.Attribute(value=ast.Name(id="messages"), attr=name) if name == wanted:
                    yield node


def said() -> dict[str, str]:
    """Return every sentence of the source, with the place where it stands first."""
    found: dict[str, str] = {}
    for name, tree in MODULES.items():
        for call in calls(tree, "say"):
            first = call.args[0] if call.args else None
            assert isinstance(first, ast.Constant), f"{name}:{call.lineno}: what is said is no literal"
            found.setdefault(str(first.value), f"{name}:{call.lineno}")
    return found


def places(sentence: str) -> list[tuple[str, str]]:
    """Return the places of a sentence with what stands behind their colon, where that says how a number is written."""
    parsed = [(name, spec or "") for _, name, spec, _ in string.Formatter().parse(sentence) if name]
    return sorted({(name, spec if spec == "," else "") for name, spec in parsed})


def test_each_sentence_of_the_source_has_one_in_chinese_and_none_is_left_over() -> None:
    here, there = said(), Counter(row["en"] for row in ROWS)
    assert {sentence: place for sentence, place in here.items() if sentence not in there} == {}
    assert [sentence for sentence in there if sentence not in here] == []
    assert [sentence for sentence, times in there.items() if times > 1] == []


def test_both_languages_fill_the_same_places_and_each_place_is_filled() -> None:
    assert [row["en"] for row in ROWS if places(row["en"]) != places(row["zh"])] == []
    for name, tree in MODULES.items():
        for call in calls(tree, "say"):
            assert isinstance(call.args[0], ast.Constant)
            wanted = {place for place, _ in places(str(call.args[0].value))}
            assert {k.arg for k in call.keywords} == wanted, f"{name}:{call.lineno}"


def test_the_chinese_uses_the_words_of_the_glossary() -> None:
    file = read_source(shipped("spec_catalog")).glossary
    assert file
    glossary = file.data["word"]
    wrong = [
        (row["en"], word["zh"])
        for row in ROWS
        for word in glossary
        if says(word, re.sub(r"\{[^}]*\}", " ", row["en"]))
        and not any(form in row["zh"] for form in (*word["zh"], *word["en"]))  # keys and values stand as they are typed
    ]
    assert wrong == []


def test_the_chinese_has_chinese_punctuation() -> None:
    western = re.compile(r"[\u4e00-\u9fff][,;:?!()]|[,;:?!()] ?[\u4e00-\u9fff]|[\u4e00-\u9fff]\.(?![a-z])|['‘’]")
    code = re.compile(r"\{\{|\}\}|\{[^}]*\}|\[[^]]*\]|Decimal\('2\.5'\)")
    assert [row["zh"] for row in ROWS if western.search(code.sub("", row["zh"]))] == []
    assert [
        row["zh"] for row in ROWS if row["zh"].endswith("。") != (row["en"][-2:] != ".." and row["en"].endswith("."))
    ] == []


def test_every_finding_is_said_and_no_text_slips_in_as_it_stands() -> None:
    for name, tree in MODULES.items():
        for node in ast.walk(tree):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Name)
                and node.func.id in ("Finding", "Problem")
            ):
                texts = [k.value for k in node.keywords if k.arg in ("message", "hint")]
                assert not any(isinstance(v, ast.Constant | ast.JoinedStr | ast.BinOp) for v in texts), (
                    f"{name}:{node.lineno}"
                )
        if not name.startswith(ENGLISH_ONLY):
            for call in calls(tree, "as_it_stands"):
                assert not any(isinstance(v, ast.Constant | ast.JoinedStr) for v in call.args), f"{name}:{call.lineno}"


def test_a_message_is_its_english_until_somebody_asks() -> None:
    total = say("the shares add up to {total} %, not to 100 %", total=Decimal("1E+2"))
    assert total == "the shares add up to 100 %, not to 100 %"
    assert f"{total}!" == "the shares add up to 100 %, not to 100 %!"
    assert in_language(total, "en") is total
    assert in_language(total, "zh") == "各成分合计100 %，不是100 %"
    assert in_language("no message", "zh") == "no message"


def test_what_stands_inside_a_message_is_said_in_its_language_as_well() -> None:
    nested = say("{name} is no answer of {category}", name=quoted("shipdate"), category="toys")
    assert nested == "'shipdate' is no answer of toys"
    assert in_language(nested, "zh") == "toys 没有答案“shipdate”"
    assert in_language(did_you_mean("mayor", ["major", "minor"]), "zh") == "是否想写 major 或 minor？"
    assert did_you_mean("goods", ["good", "good"]) == "did you mean good?"
    assert in_language(say("{question}", question={"en": "Port?", "zh": "港口？"}), "zh") == "港口？"
    assert in_language(say("{question}", question={"en": "Port?"}), "zh") == "Port?"


def test_braces_that_somebody_typed_are_no_places() -> None:
    assert say("{name} stands twice", name="{0.__class__}") == "{0.__class__} stands twice"
    assert in_language(quoted("{names!r:>99}"), "zh") == "“{names!r:>99}”"


def test_an_error_keeps_its_message() -> None:
    assert in_language(reason(ValueError(say("more than one value"))), "zh") == "不止一个值"
    assert reason(ValueError("7 apples")) == "7 apples"


@given(st.text(max_size=30), st.integers(), st.lists(st.text(max_size=9), max_size=4))
def test_a_stored_messagesays_the_same_in_every_language(text: str, count: int, names: list[str]) -> None:
    whole = say("{hint}; is it {likely}?", hint=say("known: {names}", names=names), likely=quoted(text, 9))
    for message in (whole, say("{count:,} findings more of this kind are not listed", count=count)):
        kept = json.loads(json.dumps(as_data(message)))
        back = from_data(str(message), kept)
        assert (back, in_language(back, "zh")) == (message, in_language(message, "zh"))
        assert isinstance(back, Message)


@pytest.mark.parametrize(
    "data",
    [
        None,
        [],
        "{text}",
        {"say": "{text.__class__}", "values": {"text": "a"}},
        {"say": "{text:>999999999999}", "values": {"text": "a"}},
        {"say": "{count:,} findings more of this kind are not listed", "values": {"count": "many"}},
        {"say": "{count:,} findings more of this kind are not listed", "values": {}},
        {"say": "{names}", "values": {"names": "of no list"}},
        {"say": "{names}", "values": {"names": {"say": "unknown", "values": {}}}},
        {"say": "{names}", "values": None},
        {"say": ["{names}"], "values": {}},
        {"say": "{text}", "values": {"text": 1.5}},
        {"say": "{text}", "values": {"text": [[[[[[[[[[[["deep"]]]]]]]]]]]]}},
    ],
)
def test_nothing_that_was_stored_is_trusted(data: object) -> None:
    assert in_language(from_data("its English", data), "zh") == "its English"


def test_english_reads_no_sentences(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = tmp_path / "answers.toml"
    answers.write_text(ANSWERS.read_text(encoding="utf-8").replace('number = "', 'numbre = "'), encoding="utf-8")
    sentences.cache_clear()
    assert b"unknown key 'numbre'" in lotproof("build", str(answers)).stderr
    assert sentences.cache_info().currsize == 0
    monkeypatch.setenv("LOTPROOF_LANG", "zh")
    assert "没有键名“numbre”" in lotproof("build", str(answers)).stderr.decode()
    assert sentences.cache_info().currsize == 1


def test_a_text_of_another_program_stays_as_it_is() -> None:
    assert in_language(as_it_stands("Input/output error"), "zh") == "Input/output error"
