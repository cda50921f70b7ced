"""What a house promises is run: what is printed and should not be, or is not and should, fails by name."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lotproof.findings import Refused
from lotproof.templates.folders import stack
from lotproof.upkeep.houses import look
from lotproof.upkeep.scenarios.junit import escaped
from lotproof.upkeep.scenarios.mutating import changed, mutate
from lotproof.upkeep.scenarios.reading import read_scenarios
from lotproof.upkeep.scenarios.running import HouseOutcomes, of_the_stack, prints, run_scenarios
from terminal import lotproof
from word_templates import OWN, template

HEAD = 'format = "lotproof-scenario/1"\nanswers = "scenarios/answers/mugs.toml"\n'


def clock() -> Callable[[], float]:
    ticks = itertools.count()
    return lambda: float(next(ticks))


def only(house: Path, content: str) -> Path:
    """Leave one scenario in a house, with this content."""
    for path in (house / "scenarios").glob("*.*"):
        path.unlink()
    (house / "scenarios" / "one.toml").write_text(content, encoding="utf-8")
    return house


def run(house: Path, content: str) -> HouseOutcomes:
    return run_scenarios(stack(only(house, content)), clock())


def failures(tested: HouseOutcomes) -> list[tuple[str, str]]:
    return [(failure.kind, str(failure.message)) for outcome in tested.outcomes for failure in outcome.failures]


def codes(house: Path) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as caught:
        read_scenarios(stack(house)[-1])
    return [(finding.code, finding.where) for finding in caught.value.findings]


def test_the_example_houses_hold_their_scenarios_and_every_mutation_is_noticed(houses: Path) -> None:
    for stacked in of_the_stack(houses / "riverside-nordkauf"):
        tested = run_scenarios(stacked, clock())
        assert failures(tested) == []
        mutated = mutate(tested)
        assert mutated.unnoticed == ()
        assert mutated.tried > 10


def test_what_is_missing_and_what_is_too_much_is_named_with_its_place(houses: Path) -> None:
    tested = run(
        houses / "riverside",
        HEAD
        + 'must = ["within 8 days after both parties have signed", 30]\n'
        + 'must_not = [{ text = "UCP", in = "contract.payment" }, { text = "预付款", in = "contract.payment" }]\n',
    )
    said = failures(tested)
    assert said[0] == ("must", "'within 8 days after both parties have signed' is not printed")
    assert said[1][0] == "must_not"
    assert re.fullmatch(r"'预付款' is printed: \d+\.\d+ contract\.payment\.\d", said[1][1])
    assert len(said) == 2
    nearest = tested.outcomes[0].failures[0].lines[0]
    assert "Within 7 days after both parties have signed" in nearest


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ("pays 30% at once", "30%", True),
        ("pays 130%", "30%", False),
        ("pays 30.5 USD", "30", False),
        ("pays 0.30 USD", "30", False),
        ("pays 30.", "30", True),
        ("pays 30, then 5", "30", True),
        ("pays 1,300", "300", False),
        ("pays 130, then 30", "30", True),
        ("共30天", "30天", True),
        ("thirty days", "days", True),
    ],
)
def test_a_number_is_not_found_in_a_longer_one(text: str, wanted: str, found: bool) -> None:
    assert prints(text, wanted) is found


@pytest.mark.parametrize("key", ["must", "must_not"])
def test_a_part_that_the_house_does_not_have_fails_the_scenario(houses: Path, key: str) -> None:
    """What must not be printed in a provision that is spelt wrongly never would be."""
    tested = run(houses / "riverside", HEAD + f'{key} = [{{ text = "escrow", in = "contract.paymnt" }}]\n')
    kinds = [failure for failure in failures(tested) if "is no provision" in failure[1]]
    assert kinds == [(key, "in = 'contract.paymnt' is no provision, exhibit or table of this house")]
    assert tested.outcomes[0].failures[0].lines == ("did you mean contract.payment or contract.parties?",)
    assert failures(run(houses / "riverside", HEAD + 'must_not = [{ text = "x", in = "contract.frame" }]\n')) == []


def test_no_scenario_passes_on_a_contract_that_is_a_word_file(houses: Path) -> None:
    (houses / "riverside" / "contract.docx").write_bytes(template(*OWN))
    tested = run(houses / "riverside", HEAD + 'must_not = ["escrow"]\n')
    assert [kind for kind, _ in failures(tested)] == ["error"]
    assert failures(run(houses / "riverside", HEAD + 'document = "checklist"\nmust_not = ["escrow"]\n')) == []


def test_house_check_names_a_scenario_that_cannot_be_read(houses: Path) -> None:
    only(houses / "riverside", HEAD + 'must_nt = ["escrow"]\n')
    assert [(f.code, f.where) for f in look(houses / "riverside").findings if f.code == "LP930"] == [
        ("LP930", "riverside/scenarios/one.toml:3: must_nt"),
        ("LP930", "riverside/scenarios/one.toml:1: must"),
    ]


def test_blanks_and_line_ends_do_not_count(houses: Path) -> None:
    assert failures(run(houses / "riverside", HEAD + 'must = ["on 2  working\\ndays\' notice"]\n')) == []


def test_answers_that_differ_are_taken_as_by_set(houses: Path) -> None:
    scenario = (
        HEAD + 'set = ["payment.deposit_days=9"]\nmust = ["Within 9 days after"]\nmust_not = ["Within 7 days after"]\n'
    )
    assert failures(run(houses / "riverside", scenario)) == []
    wrong = run(houses / "riverside", HEAD + 'set = ["payment.deposit_dies=9"]\nmust = ["a"]\n')
    assert failures(wrong) == [("error", "its order cannot be built")]
    assert "riverside/scenarios/one.toml: set[1]" in wrong.outcomes[0].failures[0].lines[0]


def test_a_category_alone_is_a_contract_of_blanks(houses: Path) -> None:
    scenario = 'format = "lotproof-scenario/1"\ncategory = "ceramic_tableware"\nmust = ["Every invoice states the number"]\nmust_not = ["30%"]\n'
    assert failures(run(houses / "riverside", scenario)) == []


def test_one_language_can_be_asked_for(houses: Path) -> None:
    scenario = HEAD + 'languages = "zh"\nmust = ["采购合同"]\nmust_not = ["Purchase contract"]\n'
    assert failures(run(houses / "riverside", scenario)) == []


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (HEAD.replace("scenario/1", "scenario/2") + 'must = ["a"]\n', "format"),
        (HEAD + 'must = ["a"]\nmusst = ["b"]\n', "musst"),
        (HEAD, "must"),
        (HEAD + "must = [true]\n", "must"),
        (HEAD + "must = [1e999999999]\n", "must"),
        (HEAD + "must = [1e-999999999]\n", "must"),
        (HEAD + "must = [nan]\n", "must"),
        (HEAD + f"must = [{'9' * 400}]\n", "must"),
        (HEAD + 'must = [""]\n', "must"),
        (HEAD + 'must = [{ text = "a", where = "b" }]\n', "must"),
        (HEAD + 'must = ["a"]\nset = ["payment.route"]\n', "set"),
        (HEAD + 'must = ["a"]\nprofile = "long"\n', "profile"),
        (HEAD + 'must = ["a"]\nlanguages = "en-xx"\n', "languages"),
        (HEAD + 'must = ["a"]\ngolden = true\n', "golden"),
        (HEAD + 'must = ["a"]\ncategory = "ceramic_tableware"\n', "answers"),
        (HEAD + 'must = ["a"]\nname = ""\n', "name"),
    ],
)
def test_a_scenario_that_is_wrong_is_refused_with_its_line(houses: Path, content: str, key: str) -> None:
    [(code, where)] = codes(only(houses / "riverside", content))
    assert code == "LP930"
    assert re.fullmatch(rf"riverside/scenarios/one\.toml:\d+: {key}", where)


def test_two_scenarios_have_two_names(houses: Path) -> None:
    house = only(houses / "riverside", HEAD + 'name = "a"\nmust = ["a"]\n')
    (house / "scenarios" / "two.toml").write_text(HEAD + 'name = "a"\nmust = ["a"]\n', encoding="utf-8")
    assert codes(house) == [("LP930", "riverside/scenarios/two.toml: name")]


@pytest.mark.parametrize(
    "path",
    [
        "../order.toml",
        "/etc/passwd",
        "scenarios/../../order.toml",
        "C:order.toml",
        "..\\\\a",
        "scenarios/none",
        ".",
        "a" * 300,
        "a/" * 1500,
    ],
    ids=lambda path: path[:30],
)
def test_no_answers_are_read_from_outside_the_house(houses: Path, path: str) -> None:
    content = HEAD.replace("scenarios/answers/mugs.toml", path) + 'must = ["a"]\n'
    assert codes(only(houses / "riverside", content)) == [("LP931", "riverside/scenarios/one.toml:2: answers")]


@pytest.mark.parametrize(("link", "path"), [("link.toml", "link.toml"), ("out", "out/order.toml")])
def test_no_answers_are_read_through_a_link(houses: Path, link: str, path: str) -> None:
    (houses / "riverside" / link).symlink_to(houses / "order.toml" if link == path else houses)
    content = HEAD.replace("scenarios/answers/mugs.toml", path) + 'must = ["a"]\n'
    house = only(houses / "riverside", content)
    with pytest.raises(Refused) as caught:
        read_scenarios(stack(house)[-1])
    assert [finding.code for finding in caught.value.findings] == ["LP902"]


def test_a_scenario_that_is_a_link_is_not_followed(houses: Path) -> None:
    (houses / "riverside" / "scenarios" / "link.toml").symlink_to(houses / "order.toml")
    with pytest.raises(Refused) as caught:
        read_scenarios(stack(houses / "riverside")[-1])
    assert [finding.code for finding in caught.value.findings] == ["LP902"]


def test_a_golden_that_differs_is_shown_as_a_short_diff_and_written_on_demand(houses: Path) -> None:
    house = houses / "riverside"
    payment = house / "contract" / "payment.toml"
    payment.write_text(
        payment.read_text(encoding="utf-8").replace("5 working days", "6 working days"), encoding="utf-8"
    )
    done = lotproof("house", "test", str(house))
    assert done.returncode == 1
    assert b"platform.txt says otherwise" in done.stderr
    assert b"+en: Every invoice states" in done.stderr
    assert b"payment.balance_days" not in done.stderr
    accepted = lotproof("house", "test", str(house), "--accept")
    assert (accepted.returncode, accepted.stderr) == (0, b"")
    assert failures(run_scenarios(stack(house), clock())) == []


def test_a_golden_of_its_own_words_stays_when_the_house_beneath_changes(houses: Path) -> None:
    tested = run_scenarios(stack(houses / "riverside-nordkauf"), clock())
    golden = next(outcome.golden for outcome in tested.outcomes if outcome.golden)
    assert "[contract.visits]" in golden
    assert "[contract.payment]" not in golden
    assert "contract.parties" in golden  # a reference by its id, whatever its number is


def test_a_golden_of_everything_holds_no_digest(houses: Path) -> None:
    tested = run(houses / "riverside", HEAD + 'golden = "all"\n')
    assert failures(tested) == [("golden", "one.txt is not there: lotproof house test --accept writes it")]
    assert "[digest]" in tested.outcomes[0].golden
    assert not re.search("[0-9a-f]{64}", tested.outcomes[0].golden)


def test_mutations_that_nothing_notices_are_listed_by_id(houses: Path) -> None:
    house = only(
        houses / "riverside",
        HEAD
        + 'must = ["on 2 working days\' notice", "该金额为双方对再次检验"]\n'
        + 'must_not = ["photographs of 4 units"]\n',
    )
    unnoticed = {(one.id, str(one.what)) for one in mutate(run_scenarios(stack(house), clock())).unnoticed}
    assert ("contract.payment[5]", "dropped; no scenario prints it") in unnoticed
    assert ("contract.payment[1]", "dropped") in unnoticed
    assert not {one for one in unnoticed if one[0] == "contract.visits[1]"}
    assert ("contract.visits[2]", "dropped") in unnoticed
    assert not {what for name, what in unnoticed if name == "contract.damages[2]"}


def test_a_changed_number_is_noticed_by_what_must_not_be_printed(houses: Path) -> None:
    must = 'must = ["When 20%"]\n'
    without = mutate(run(houses / "riverside", HEAD + must))
    having = mutate(run(houses / "riverside", HEAD + must + 'must_not = ["photographs of 4 units"]\n'))
    gone = set(without.unnoticed) - set(having.unnoticed)
    assert {(one.id, str(one.what)) for one in gone} == {("contract.visits[2]", "3 changed to 4")}


def test_an_answer_that_a_paragraph_prints_is_a_number_of_it(houses: Path) -> None:
    scenario = HEAD + 'must = [{ text = "advance payment (预付款) of", in = "contract.payment" }]\n'
    unnoticed = {(one.id, str(one.what)) for one in mutate(run(houses / "riverside", scenario)).unnoticed}
    assert ("contract.payment[8]", "payment.deposit_percent changed, printed as '30'") in unnoticed
    assert ("contract.payment[8]", "dropped") not in unnoticed


@given(st.integers(0, 99_999).map(str) | st.tuples(st.integers(0, 99), st.integers(0, 999)).map("{0[0]}.{0[1]}".format))
def test_a_changed_number_is_another_of_the_same_look(number: str) -> None:
    assert changed(number) != number
    assert re.sub("[0-9]", "0", changed(number)) == re.sub("[0-9]", "0", number)


def test_only_the_topmost_house_is_run_unless_all_are_asked_for(houses: Path) -> None:
    folder = str(houses / "riverside-nordkauf")
    one = json.loads(lotproof("house", "test", folder, "--json").stdout)
    every = json.loads(lotproof("house", "test", folder, "--all", "--mutate", "--json").stdout)
    assert [house["house"] for house in one["houses"]] == ["riverside-nordkauf"]
    assert [house["house"] for house in every["houses"]] == ["riverside", "riverside-nordkauf"]
    assert one["failed"] == every["failed"] == 0
    assert [house["mutations"]["unnoticed"] for house in every["houses"]] == [[], []]


def test_the_report_for_other_programs_can_be_read_whatever_stands_in_it(houses: Path, tmp_path: Path) -> None:
    house = only(houses / "riverside", HEAD + 'name = "<&\\"\\u001b\\n"\nmust = ["]]> \\u0000 &amp; 缺"]\n')
    report = tmp_path / "report.xml"
    done = lotproof("house", "test", str(house), "--junit", str(report))
    assert done.returncode == 1
    assert b"\x1b" not in done.stderr
    root = ElementTree.fromstring(report.read_bytes())
    assert (root.tag, root.attrib["tests"], root.attrib["failures"], root.attrib["errors"]) == (
        "testsuites",
        "1",
        "1",
        "0",
    )
    [case] = root.iter("testcase")
    assert case.attrib["name"] == '<&"<U+001B>\n'
    assert case.attrib["classname"] == "riverside"
    [failure] = case
    assert failure.tag == "failure"
    assert "]]> <U+0000> &amp; 缺" in (failure.text or "")


@given(st.text())
def test_any_text_is_escaped_so_that_it_can_be_read_again(text: str) -> None:
    root = ElementTree.fromstring(f'<a b="{escaped(text)}">{escaped(text, text_node=True)}</a>'.encode())
    if all(c.isprintable() for c in text) and not re.search("[\ufffe\uffff]", text):
        assert root.attrib["b"] == text == (root.text or "")


def test_unnoticed_mutations_are_failures_of_the_report(houses: Path, tmp_path: Path) -> None:
    report = tmp_path / "report.xml"
    house = only(houses / "riverside", HEAD + 'must = ["Every invoice"]\n')
    assert lotproof("house", "test", str(house), "--mutate", "--junit", str(report)).returncode == 1
    suites = ElementTree.fromstring(report.read_bytes())
    assert [suite.attrib["name"] for suite in suites] == ["riverside", "riverside.mutations"]
    assert int(suites[1].attrib["failures"]) == len(suites[1])


def test_a_house_without_scenarios_says_how_to_write_one(houses: Path) -> None:
    for path in (houses / "riverside" / "scenarios").glob("*.toml"):
        path.unlink()
    done = lotproof("house", "test", str(houses / "riverside"))
    assert done.returncode == 1
    assert b"LP930" in done.stderr


def test_a_new_house_has_a_scenario_that_holds(tmp_path: Path) -> None:
    assert lotproof("house", "new", str(tmp_path / "own")).returncode == 0
    done = lotproof("house", "test", str(tmp_path / "own"), "--mutate", "--json")
    [house] = json.loads(done.stdout)["houses"]
    assert ([one["name"] for one in house["scenarios"]], house["mutations"]["unnoticed"]) == (
        ["Notices are signed"],
        [],
    )


def test_what_is_said_is_said_in_chinese_too(houses: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOTPROOF_LANG", "zh")
    done = lotproof("house", "test", str(only(houses / "riverside", HEAD + 'must = ["30 hours"]\n')))
    assert "未打印" in done.stderr.decode()
    assert "1个场景，1个失败" in done.stdout.decode()


def test_scenarios_are_no_part_of_what_an_order_is_printed_from(houses: Path) -> None:
    from lotproof.templates import load_folder

    before = load_folder(houses / "riverside").fingerprint
    other = houses.parent / "again" / "riverside"
    other.parent.mkdir()
    (houses / "riverside").rename(other)
    only(other, HEAD + 'must = ["a"]\n')
    assert load_folder(other).fingerprint == before
