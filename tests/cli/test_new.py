"""``lotproof new`` in a pseudo-terminal: wherever a person goes back, jumps, edits or stops, the order is the same in the end."""

from __future__ import annotations

import datetime
import os
import pty
import random
import re
import select
import signal
import sys
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn

import pytest
from click.testing import CliRunner

from lotproof import api
from lotproof.catalog.loading import load_category
from lotproof.cli import main, run
from lotproof.orders.digests import canonical, seal
from lotproof.questions import flow as f
from lotproof.questions.paths import value_at
from lotproof.questions.steps import Flow, Step, is_stated
from lotproof.sources import parse_toml, show_path

WALKS = 50
EXAMPLE = Path(__file__).parents[2] / "examples" / "vffs-packing-machine" / "answers.toml"
PROMPT = re.compile(rb"\n([^\n]*) > \Z")
"""A prompt on a line of its own: what a terminal draws again on the line that is being typed is none."""
ENOUGH = 20
"""Seconds without a prompt after which a test gives up."""


class Terminal:
    """The command in a pseudo-terminal of 80 columns."""

    def __init__(self, file: Path, *arguments: str) -> None:
        given = ["new", "-o", str(file), "--today", "2027-01-05", *arguments]
        self.pid, self.handle = pty.fork()
        if self.pid == 0:
            os.environ.update({"COLUMNS": "80", "NO_COLOR": "1", "TERM": "dumb"})
            _child(given)
        self.seen = b""

    def prompt(self) -> str | None:
        """Return what is asked, or None once the command has ended."""
        self.seen = b""
        while True:
            ready, _, _ = select.select([self.handle], [], [], ENOUGH)
            assert ready, self.seen.decode(errors="replace")[-400:]
            try:
                more = os.read(self.handle, 65536)
            except OSError:
                more = b""
            if not more:
                os.close(self.handle)
                os.waitpid(self.pid, 0)
                return None
            self.seen += more.replace(b"\r", b"")
            if match := PROMPT.search(self.seen):
                return match[1].decode()

    def type(self, text: str) -> str | None:
        os.write(self.handle, text.encode() + b"\n")
        return self.prompt()

    def kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.handle)

    @property
    def text(self) -> str:
        return self.seen.decode(errors="replace")


def _child(given: list[str]) -> NoReturn:
    """Run the command on the terminal that this process has as its standard input and output."""
    code = 3
    try:
        sys.stdin = os.fdopen(0)
        sys.stdout, sys.stderr = os.fdopen(1, "w"), os.fdopen(2, "w")
        run(given)
    except SystemExit as leaving:
        code = leaving.code if isinstance(leaving.code, int) else 0
    finally:
        os._exit(code)  # nothing of the test's own process is cleaned up here


def typed(value: Any) -> str:
    """Return what a person types for a value of an answers file."""
    match value:
        case Mapping():
            return " // ".join(value[language] for language in ("en", "zh") if language in value)
        case list():
            return "; ".join(value)
        case bool():
            return "y" if value else "n"
        case Decimal():
            return f"{value:f}"
        case datetime.date():
            return f"{value.day} {value:%B} {value.year}"
        case _:
            return str(value)


def wanted() -> tuple[str, dict[str, list[str]]]:
    """Return the category of the example and what is typed at each prompt."""
    data, _ = parse_toml(EXAMPLE.read_bytes(), "answers.toml")
    category = load_category(data["category"])
    flow, state = Flow(category), f.begin(category, data)
    answers: dict[str, list[str]] = {}
    for step in f.steps(flow, state):
        value = value_at(data, step.path)
        if step.kind == "answer":
            answers[step.id] = [typed(value)] if value not in (None, "", []) else [""]
        elif step.kind == "table":
            answers[step.id] = ["y" if value is not None else "n"]
        elif step.kind == "clauses":
            answers[step.id] = [*(c for c in step.clauses if is_stated(data, c)), ""]
        else:
            answers[step.id] = ["n"]
            previous = step.path[-1]
            assert isinstance(previous, int)
            for index in range(1, previous):
                answers[show_path((*step.path[:-1], index))] = ["y"]
    return str(data["category"]), answers


CATEGORY, ANSWERS = wanted()


def agreed(file: Path) -> bytes:
    """Return what binds in the order that an answers file gives."""
    return canonical(seal(api.build(file.read_bytes()).order).data)


class Person:
    """Answers what is asked, wanders about, and changes its mind."""

    def __init__(self, file: Path, luck: random.Random | None) -> None:
        self.file, self.luck = file, luck
        self.to_mend: set[str] = set()
        self.picking: dict[str, list[str]] = {}
        self.wandered = 0
        self.stopped = 0

    def run(self) -> None:
        """Go through the whole flow, in as many sessions as it takes."""
        arguments: tuple[str, ...] = (CATEGORY,)
        while True:
            terminal = Terminal(self.file, *arguments)
            arguments = ()
            if self._session(terminal):
                return

    def _session(self, terminal: Terminal) -> bool:
        prompt = terminal.prompt()
        while prompt is not None:
            if prompt == "":
                if not self.to_mend:
                    terminal.type("")
                    return True
                prompt = terminal.type(f":e {min(self.to_mend)}")
                continue
            if prompt not in ANSWERS:
                prompt = terminal.type("")  # words are kept as they are
                continue
            wander = self._wander(prompt)
            if wander == "kill":
                terminal.kill()
                return False
            text = wander or self._answer(prompt)
            prompt = terminal.type(text)
            if text == ":j":
                prompt = terminal.type(str(self.luck.randint(1, 12)) if self.luck else "1")
        return False

    def _wander(self, prompt: str) -> str | None:
        """Return a command now and then; never while some clauses are picked."""
        luck = self.luck
        if luck is None or self.wandered > 15 or self.picking.get(prompt) or luck.random() > 0.12:
            return None
        self.wandered += 1
        self.picking.pop(prompt, None)
        command = luck.choice(["<", "<", ":b", ":j", ":r", ":h", ":q", "kill", "="])
        self.stopped += command in (":q", "kill")
        if self.stopped > 2 and command in (":q", "kill"):
            return "<"
        if command == "=":  # what is offered need not be what is wanted
            if len(ANSWERS[prompt]) > 1 or ANSWERS[prompt] == [""]:
                return ":r"
            self.to_mend.add(prompt)
        return command

    def _answer(self, prompt: str) -> str:
        answers = ANSWERS[prompt]
        if len(answers) > 1 or answers == [""]:
            if not self.picking.get(prompt):
                self.picking[prompt] = ["none", *answers] if len(answers) > 1 else [""]
            return self.picking[prompt].pop(0)
        if self.luck and prompt in _OTHERS and self.luck.random() < 0.5 and prompt not in self.to_mend:
            self.to_mend.add(prompt)
            return _OTHERS[prompt]
        self.to_mend.discard(prompt)
        return answers[0]


_OTHERS = {
    "payment.deposit_percent": "45",
    "order.revision": "Z",
    "delivery.incoterm": "EXW",
    "payment.route": "bank",
    "inspection.notice_days": "3 weeks",
    "order.controlling": "English",
    "seller.name_en": "Another Name Ltd",
}
"""Answers that somebody gives first and changes later."""


@pytest.fixture(scope="module")
def straight(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """What binds after somebody answered everything in order."""
    file = tmp_path_factory.mktemp("straight") / "answers.toml"
    Person(file, None).run()
    return agreed(file)


def test_answered_in_order_it_is_the_order_of_the_example(straight: bytes) -> None:
    assert straight == agreed(EXAMPLE)


@pytest.mark.parametrize("seed", range(WALKS))
def test_whoever_goes_back_jumps_edits_and_stops_ends_in_the_same_order(
    seed: int, straight: bytes, tmp_path: Path
) -> None:
    file = tmp_path / "answers.toml"
    person = Person(file, random.Random(seed))
    person.run()
    assert person.wandered
    assert agreed(file) == straight


def test_without_a_terminal_it_says_what_to_do_instead() -> None:
    result = CliRunner().invoke(main, ["new", "ceramic_tableware", "-o", "mugs.toml"])
    assert result.exit_code == 2
    assert "lotproof questions ceramic_tableware > mugs.toml" in result.output


def test_a_category_is_found_by_a_word_in_either_language(tmp_path: Path) -> None:
    terminal = Terminal(tmp_path / "a.toml")
    assert terminal.prompt() == "Category (number, or a word to search)"
    terminal.type("tableware")
    assert "Ceramic and glass tableware (ceramic_tableware)" in terminal.text
    terminal.type(":q")


def test_what_is_ambiguous_is_asked_and_shown_before_it_counts(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    terminal = Terminal(file, "ceramic_tableware")
    terminal.prompt()
    terminal.type(":e terms.consumer_goods.net_weight.nominal")
    terminal.type("1,250")
    assert "1  1250 g" in terminal.text
    assert "2  1.250 g" in terminal.text
    terminal.type("1")
    assert "understood as: 1250 g" in terminal.text
    terminal.type(":q")
    data, _ = parse_toml(file.read_bytes(), "a.toml")
    assert data["terms"]["consumer_goods.net_weight"]["nominal"] == "1250 g"
    assert data["origin"]['terms."consumer_goods.net_weight".nominal']["how"] == "typed"


def test_a_vague_word_is_named_while_it_is_typed_and_may_be_kept(tmp_path: Path) -> None:
    file = tmp_path / "a.toml"
    terminal = Terminal(file, "ceramic_tableware")
    terminal.prompt()
    terminal.type(":e goods[1].description")
    asked = terminal.type("Mug of good quality")
    assert "cannot be checked" in terminal.text
    assert asked == "Enter keeps it as it is, or type it anew"
    terminal.type("")
    terminal.type(":q")
    assert "good quality" in file.read_text(encoding="utf-8")


def test_no_line_is_wider_than_80_columns_in_either_language(tmp_path: Path) -> None:
    for language in ("en", "zh"):
        terminal = Terminal(tmp_path / f"{language}.toml", "packaging_machines", "--lang", language)
        seen = ""
        prompt = terminal.prompt()
        for section in range(1, 30):
            seen += terminal.text
            terminal.type(":h")
            seen += terminal.text
            terminal.type(":j")
            seen += terminal.text
            prompt = terminal.type(str(section))
        assert prompt is not None
        terminal.type(":q")
        wide = [line for line in seen.splitlines() if sum(1 + (c > "\u1100") for c in line) > 80]
        assert wide == []


WRONG = {
    "text": ["a\u200bb", "p\u0430y"],
    "words": ["a\u200bb", "\u0430bc"],
    "identifier": ["a!", "x" * 60],
    "pattern": ["\u4e2d"],
    "choice": ["zzz"],
    "flag": ["maybe"],
    "date": ["yesterday", "31.02.2027"],
    "list": ["a; a", "a\u200bb"],
    "integer": ["many", "3 apples", "1.5", "999999999"],
    "decimal": ["lots", "5 apples", "999999999"],
    "money": ["lots", "5 apples", "-1"],
    "quantity": ["heavy", "5 apples", "5 cd", "999999999", "1,250,"],
    "aql": ["2.4", "x"],
}
"""Answers of each type of question that cannot be taken, or of which there is something to be known."""

ENGLISH = re.compile(r"[A-Za-z]?[a-z]+[,;:]? [a-z]{2,}")
"""Two words of a sentence; ids, units, codes and names are let through."""
EVERY_KIND = EXAMPLE.parents[1] / "power-bank" / "answers.toml"
"""An order that asks every kind of question."""


@pytest.mark.parametrize("kind", WRONG)
def test_in_a_chinese_dialogue_nothing_is_said_about_a_wrong_answer_in_english(kind: str, tmp_path: Path) -> None:
    data, _ = parse_toml(EVERY_KIND.read_bytes(), "answers.toml")
    category = load_category(data["category"])
    asked: dict[tuple[object, ...], Step] = {}
    for step in f.steps(Flow(category), f.begin(category, data)):
        question = step.question
        if question.type == kind and step.kind != "clauses" and not ENGLISH.search(question.example):
            asked.setdefault((question.minimum is None, question.maximum is None, bool(question.suggest)), step)
    assert asked
    file = tmp_path / "answers.toml"
    file.write_bytes(EVERY_KIND.read_bytes())
    terminal = Terminal(file, "--lang", "zh")
    terminal.prompt()
    for step in asked.values():
        for wrong in WRONG[kind]:
            terminal.type(f":e {step.id}")
            terminal.type(wrong)
            told = terminal.text.replace(wrong, "")
            assert re.search("[\u4e00-\u9fff]", told), (step.id, wrong)
            assert not ENGLISH.search(told), told
    terminal.kill()


def test_comments_of_a_file_written_by_hand_stay(tmp_path: Path) -> None:
    file = tmp_path / "answers.toml"
    file.write_bytes(EXAMPLE.read_bytes())
    terminal = Terminal(file)
    terminal.prompt()
    terminal.type(":e order.revision")
    terminal.type("Q")
    terminal.type(":q")
    before, after = EXAMPLE.read_text(encoding="utf-8").splitlines(), file.read_text(encoding="utf-8").splitlines()
    assert [line for line in before if line.startswith("#")] == [line for line in after if line.startswith("#")]
    assert 'revision = "Q"' in after
