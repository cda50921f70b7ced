"""A further language is data: with files added and no line of code, an order is printed in it."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from lotproof.catalog.source import files
from lotproof.sources import parse_toml
from lotproof.translations import translations_of

ROOT = Path(__file__).parents[1]
ANSWERS = ROOT / "examples" / "stoneware-mugs" / "answers.toml"
MARK = "ẋ"
"""Each text of the test language is the English one behind this sign, which no other text holds."""


def quoted(text: str) -> str:
    """A string as TOML writes it."""
    return json.dumps(text, ensure_ascii=False)


def translate(folder: Path, paths: list[Path]) -> None:
    """Add the test language to a folder of texts."""
    english = {t["en"] for path in paths for _, t in translations_of(parse_toml(path.read_bytes(), path.name)[0])}
    rows = (
        f"[[text]]\nen = {quoted(text)}\nxx = {quoted(MARK + text if text else text)}\n" for text in sorted(english)
    )
    (folder / "lang").mkdir()
    (folder / "lang" / "xx.toml").write_text('language = "xx"\n' + "".join(rows), encoding="utf-8")


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A checkout whose catalogue and house have the test language."""
    top = tmp_path_factory.mktemp("tree")
    for name in ("spec_catalog", "templates", "src"):
        shutil.copytree(ROOT / name, top / name, ignore=shutil.ignore_patterns("__pycache__", "_shipped"))
    catalogue, house = top / "spec_catalog", top / "templates" / "standard"
    questions = catalogue / "questions.toml"
    text = questions.read_text(encoding="utf-8")
    choice = '{{ value = "{}", text = {{ en = "{}", zh = "{}" }} }},'
    more = choice.format("en-xx", "English and Exish", "英文和X文") + choice.format("xx", "Exish only", "仅X文")
    questions.write_text(text.replace('{ value = "en", text', more + '{ value = "en", text', 1), encoding="utf-8")
    translate(catalogue, [path for path in files(catalogue) if path.parent.name != "wording"])
    translate(house, [*house.glob("contract/*.toml"), *house.glob("exhibits/*.toml"), house / "labels.toml"])
    english = (catalogue / "wording" / "en.toml").read_text(encoding="utf-8")
    other = english.replace('language = "en"', 'language = "xx"').replace('name = "English"', 'name = "Exish"')
    head, _, phrases = other.partition("\n[")
    marked = re.sub(r'^(\w+ = ")(?=[^"])', rf"\g<1>{MARK}", phrases, flags=re.MULTILINE)
    (catalogue / "wording" / "xx.toml").write_text(f"{head}\n[{marked}", encoding="utf-8")
    yield top
    shutil.rmtree(top)


def run(tree: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the program of that checkout."""
    environment = {**os.environ, "PYTHONPATH": str(tree / "src"), "XDG_CACHE_HOME": str(tree / "cache")}
    return subprocess.run(
        [sys.executable, "-m", "lotproof", *arguments], check=False, env=environment, capture_output=True, text=True
    )


def answers(tree: Path, languages: str) -> str:
    """The mugs in other languages."""
    text = re.sub(
        r"^languages = .*", f'languages = "{languages}"', ANSWERS.read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    text = re.sub(r"^controlling = .*", 'controlling = "en"', text, flags=re.MULTILINE)
    place = tree / f"{languages}.toml"
    place.write_text(text, encoding="utf-8")
    return str(place)


def words_of(node: object) -> Iterator[list[str]]:
    """What a printed document says, in each of its languages, from the tree of its blocks."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in ("words", "title", "label"):
                yield ["".join(i if isinstance(i, str) else str(i) for i in inlines) for inlines in value]
            elif key != "data":
                yield from words_of(value)
    elif isinstance(node, list):
        for inner in node:
            yield from words_of(inner)


def test_both_columns_say_the_same_in_a_language_that_no_code_knows(tree: Path) -> None:
    made = run(tree, "build", answers(tree, "en-xx"), "-o", str(tree / "out"), "--final", "--format", "docx,xlsx,json")
    assert made.returncode == 0, made.stderr
    for name in ("contract", "checklist"):
        document = json.loads((tree / "out" / f"{name}.json").read_text(encoding="utf-8"))
        pairs = [words for words in words_of(document) if len(words) == 2]
        assert len(pairs) > 100
        assert [(one, two) for one, two in pairs if one.replace(MARK, "") != two.replace(MARK, "")] == []
        assert [two for _, two in pairs if MARK not in two and re.search("[a-z]{4}", two)] == []


def test_runs_of_the_language_say_so_to_the_spelling_checker(tree: Path) -> None:
    made = run(tree, "build", answers(tree, "xx"), "-o", str(tree / "word"), "--format", "docx")
    assert made.returncode == 0, made.stderr
    with zipfile.ZipFile(tree / "word" / "contract.docx") as package:
        assert '<w:lang w:val="xx"/>' in package.read("word/document.xml").decode()
        assert "<dc:language>xx</dc:language>" in package.read("docProps/core.xml").decode()


def test_alone_it_leaves_nothing_of_ours_untranslated(tree: Path) -> None:
    made = run(tree, "build", answers(tree, "xx"), "-o", str(tree / "alone"), "--format", "txt")
    assert made.returncode == 0, made.stderr
    given = ANSWERS.read_text(encoding="utf-8")
    for name in ("contract", "checklist"):
        text = (tree / "alone" / f"{name}.txt").read_text(encoding="utf-8")
        bare = [cell for line in text.splitlines() for cell in line.split(" ; ") if MARK not in cell]
        words = {
            word for cell in bare for word in re.findall(r"\b[a-z]{4,}\b", re.sub(r"\{[^}]*\}|[0-9a-f]{64}", "", cell))
        }
        assert {word for word in words if word not in given} == set()


def test_a_check_says_what_is_missing_and_what_differs(tree: Path) -> None:
    assert run(tree, "catalog", "check", "--lang", "xx").returncode == 0
    place = tree / "templates" / "standard" / "lang" / "xx.toml"
    whole = place.read_text(encoding="utf-8")
    rows = whole.split("[[text]]\n")
    numbered = next(i for i, row in enumerate(rows) if i > 6 and re.search(r"xx = .*\b[0-9]+ [a-z]", row))
    rows[numbered] = re.sub(r"(xx = .*?)\b[0-9]+ ", r"\g<1>977 ", rows[numbered])
    place.write_text("[[text]]\n".join([*rows[:5], *rows[6:], '\nen = "No such text"\nxx = "x"\n']), encoding="utf-8")
    found = run(tree, "catalog", "check", "--lang", "xx", "--json")
    place.write_text(whole, encoding="utf-8")
    assert found.returncode == 1
    assert sorted({f["code"] for f in json.loads(found.stdout)["findings"]}) == ["LP327", "LP328", "LP329"]


def test_a_language_that_nobody_has_begun_lacks_everything(tree: Path) -> None:
    found = run(tree, "catalog", "check", "--lang", "es", "--json")
    findings = json.loads(found.stdout)["findings"]
    assert found.returncode == 1
    assert len(findings) > 500
    assert {f["code"] for f in findings} == {"LP327"}
