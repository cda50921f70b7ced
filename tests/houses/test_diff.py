"""`lotproof house diff`: what a clause says is told apart from how it says it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from house_folders import clause, head, write_house
from lotproof.changes.model import Kind
from lotproof.cli import main
from lotproof.findings import Refused
from lotproof.frozen import replace
from lotproof.templates import PROFILES, Paragraph, Provision, Slot, load_templates
from lotproof.upkeep.house_diff import compare_houses, compare_provisions
from lotproof.upkeep.house_versions import house_at, version_beside
from lotproof.wording.sentences import compile_sentence
from lotproof.wording.uncompiling import sentence_of

STANDARD = load_templates("standard")


def provision(*paragraphs: dict[str, str], **more: object) -> Provision:
    made = Provision(
        id="contract.own",
        house="agency",
        file="",
        reference="",
        source="",
        when=(),
        profiles=PROFILES,
        heading={"en": "Own", "zh": "自有"},
        paragraphs=tuple(
            Paragraph((), PROFILES, {code: compile_sentence(text) for code, text in one.items()}) for one in paragraphs
        ),
        tables=(),
        slots=(),
        reviewed={},
    )
    return replace(made, **more)


def kinds(old: Provision | None, new: Provision | None) -> list[Kind]:
    return [change.kind for change in compare_provisions(old, new)]


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("The buyer answers within 3 days.", "The buyer answers within 5 days.", Kind.NUMBER),
        ("The buyer answers within 3 days.", "The buyer answers within 3 working days.", Kind.NUMBER),
        ("The buyer answers within three days.", "The buyer answers within five days.", Kind.NUMBER),
        ("Plans follow ISO 2859-1:1999.", "Plans follow GB/T 2828.1-2012.", Kind.STANDARD),
        ("Plans follow ISO 2859-1:1999.", "Plans follow ISO 2859-1:1989.", Kind.STANDARD),
        ("A crack is a major defect.", "A crack is a critical defect.", Kind.CLASS),
        ("The seller shall insure the goods.", "The seller may insure the goods.", Kind.DUTY),
        ("The seller pays the second visit.", "The buyer pays the second visit.", Kind.DUTY),
        ("The price is changed.", "The price is not changed.", Kind.DUTY),
        ("It prints {{ total }}.", "It prints {{ deposit }}.", Kind.PRINTED),
        ("See {{ 'contract.law' | clause }}.", "See {{ 'contract.notices' | clause }}.", Kind.PRINTED),
        ("{% if a == 'x' %}Yes.{% endif %}", "{% if a == 'y' %}Yes.{% endif %}", Kind.WHEN),
        ("Notices go by post.", "Notices are sent by post.", Kind.WORDING),
    ],
)
def test_a_sentence_that_says_something_else_is_told_by_what_it_says(before: str, after: str, kind: Kind) -> None:
    assert kinds(provision({"en": before}), provision({"en": after})) == [kind]
    assert kinds(provision({"en": after}), provision({"en": before})) == [kind]


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        ("卖方应在3天内答复。", "卖方应在5天内答复。", Kind.NUMBER),
        ("卖方应在3天内答复。", "卖方应在3个工作日内答复。", Kind.NUMBER),
        ("卖方应投保。", "卖方可投保。", Kind.DUTY),
        ("由卖方付费。", "由买方付费。", Kind.DUTY),
        ("裂纹为主要缺陷。", "裂纹为致命缺陷。", Kind.CLASS),
        ("按GB/T 2828.1-2012抽样。", "按GB/T 2828.1-2003抽样。", Kind.STANDARD),
        ("通知以邮寄方式发出。", "通知通过邮寄发出。", Kind.WORDING),
    ],
)
def test_a_chinese_sentence_is_read_as_one(before: str, after: str, kind: Kind) -> None:
    assert kinds(provision({"zh": before}), provision({"zh": after})) == [kind]


def test_what_became_what_is_said_and_that_one_language_alone_changed() -> None:
    old = provision({"en": "Payment is due in 30 days.", "zh": "30天内付款。"})
    both = compare_provisions(old, provision({"en": "Payment is due in 45 days.", "zh": "45天内付款。"}))
    assert [change.title["en"] for change in both] == ["Own: paragraph 1: 30 -> 45"]
    one = compare_provisions(old, provision({"en": "Payment is due in 30 days.", "zh": "45天内付款。"}))
    assert [change.title["en"] for change in one] == ["Own: paragraph 1: 30 -> 45 (in Chinese only)"]


def test_only_the_sentences_that_differ_are_shown() -> None:
    old = provision({"en": "First stays. Second has 2 copies. Third stays."})
    new = provision({"en": "First stays. Second has 4 copies. Third stays."})
    (change,) = compare_provisions(old, new)
    assert (change.was["en"], change.becomes["en"]) == ("Second has 2 copies.", "Second has 4 copies.")


def test_conditions_printings_tables_and_lines_to_fill_in_are_meaning() -> None:
    old = provision({"en": "One."})
    slot = Slot("name", "text", {"en": "Name", "zh": "姓名"}, ())
    assert kinds(old, replace(old, when=(("payment.route", ("escrow",)),))) == [Kind.WHEN]
    assert kinds(old, replace(old, tables=("prices",))) == [Kind.PRINTED]
    assert kinds(old, replace(old, slots=(slot,))) == [Kind.PRINTED]
    short = tuple(replace(one, profiles=("short",)) for one in old.paragraphs)
    assert kinds(old, replace(old, paragraphs=short)) == [Kind.WHEN]


def test_clauses_and_paragraphs_that_come_or_go_are_meaning() -> None:
    old, new = provision({"en": "One stays."}), provision({"en": "One stays."}, {"en": "Another comes with 3 rules."})
    assert kinds(old, new) == [Kind.PROVISION_ADDED]
    assert kinds(new, old) == [Kind.PROVISION_REMOVED]
    assert kinds(None, new) == [Kind.PROVISION_ADDED]


@given(st.data())
def test_nothing_that_differs_is_missed(data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(STANDARD.provisions) - 1))
    one = STANDARD.provisions[place]
    paragraph = data.draw(st.integers(0, len(one.paragraphs) - 1))
    code = data.draw(st.sampled_from(["en", "zh"]))
    was = one.paragraphs[paragraph]
    sentences = {**was.sentences, code: [*was.sentences[code], data.draw(st.sampled_from([" 7", "x", "。", " not"]))]}
    changed = replace(
        one,
        paragraphs=(
            *one.paragraphs[:paragraph],
            replace(was, sentences=sentences),
            *one.paragraphs[paragraph + 1 :],
        ),
    )
    other = replace(STANDARD, provisions=(*STANDARD.provisions[:place], changed, *STANDARD.provisions[place + 1 :]))
    assert {change.where for change in compare_houses(STANDARD, other).changes} == {one.id}


def test_a_house_does_not_differ_from_itself() -> None:
    assert compare_houses(STANDARD, STANDARD).changes == ()


def test_the_order_of_provisions_is_told_and_is_no_meaning() -> None:
    first, second, *rest = STANDARD.provisions
    (change,) = compare_houses(STANDARD, replace(STANDARD, provisions=(second, first, *rest))).changes
    assert (change.kind, change.of_meaning) == (Kind.ORDER, False)


def test_a_clause_of_very_many_paragraphs_is_compared_in_a_bounded_time() -> None:
    many = [{"en": f"Row {number}."} for number in range(600)]
    before = provision(*many)
    after = provision(*many[:300], {"en": "Row 300 now has 7 copies."}, *many[301:])
    assert kinds(before, after) == [Kind.NUMBER]
    sentence = {"en": " ".join(f"No {number} stays." for number in range(1000))}
    (change,) = compare_provisions(provision(sentence), provision({"en": sentence["en"] + " One more."}))
    assert len(change.becomes["en"]) > 13_000


def test_every_sentence_that_ships_is_written_back_as_it_compiles() -> None:
    programs = [
        program
        for one in (*STANDARD.provisions, *STANDARD.exhibits)
        for paragraph in one.paragraphs
        for program in paragraph.sentences.values()
    ]
    assert len(programs) > 200
    assert all(compile_sentence(sentence_of(program)) == program for program in programs)


@pytest.mark.parametrize(
    "source",
    [
        "{% if not (a == 'x') and (b or c.d != 3) %}A{% elif e %}B{% else %}C{% endif %}",
        "{% if a == true %}A{% endif %}",
        '{% if a != "it\'s" %}A{% endif %}',
    ],
)
def test_a_condition_is_written_back_with_its_brackets(source: str) -> None:
    program = compile_sentence(source)
    assert compile_sentence(sentence_of(program)) == program


def test_versions_are_found_by_their_folder_or_where_they_stand(tmp_path: Path) -> None:
    now = write_house(tmp_path / "agency", head("agency", "1.1.0"))
    before = write_house(tmp_path / "agency@1.0.0", head("agency", "1.0.0"))
    assert house_at(str(now)) == now == house_at(f"{now}@1.1.0")
    assert house_at(f"{now}@1.0.0") == before
    assert house_at("standard@0.1.0") == house_at("standard")
    for meant in (f"{now}@0.9", str(tmp_path / "agenzy"), "standard@9.9"):
        with pytest.raises(Refused) as caught:
            house_at(meant)
        assert [finding.code for finding in caught.value.findings] == ["LP940"]
    from lotproof.templates.folders import read_house

    assert version_beside(read_house(now), "1.0.0") == before
    assert version_beside(read_house(now), "0.9.0") is None


def test_the_command_tells_meaning_before_wording_and_leaves_with_one(tmp_path: Path) -> None:
    first = write_house(
        tmp_path / "one",
        head("agency"),
        contract__law=clause("contract.law", "Law of England applies.", "适用英国法律。"),
        contract__notices=clause("contract.notices", "Notices go in 3 days.", "通知在3天内发出。"),
    )
    second = write_house(
        tmp_path / "two",
        head("agency", "1.1.0"),
        contract__law=clause("contract.law", "England's law applies.", "适用英格兰法律。"),
        contract__notices=clause("contract.notices", "Notices go in 4 days.", "通知在4天内发出。"),
    )
    run = CliRunner().invoke(main, ["house", "diff", str(first), str(second)], standalone_mode=False)
    assert run.return_value == 1
    assert run.stdout.index("NUMBER  Notices and form: paragraph 1: 3 -> 4 [contract.notices]") < run.stdout.index(
        "WORDING  "
    )
    assert all(len(line) <= 80 for line in run.stdout.splitlines())
    asked = CliRunner().invoke(main, ["house", "diff", str(first), str(second), "--json"], standalone_mode=False)
    assert [(row["kind"], row["of_meaning"]) for row in json.loads(asked.stdout)["changes"]] == [
        ("number", True),
        ("wording", False),
    ]
    same = CliRunner().invoke(main, ["house", "diff", str(first), str(first)], standalone_mode=False)
    assert (same.return_value, same.stdout.splitlines()[-1]) == (0, "Nothing that they print differs.")
