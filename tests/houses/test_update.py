"""`lotproof house update`: what the base changed arrives, what both changed is put beside each other, and nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from house_folders import clause, head, write_house
from lotproof import api
from lotproof.cli import main
from lotproof.findings import Refused
from lotproof.orders.digests import order_json
from lotproof.orders.stored import read_order
from lotproof.templates.folders import read_house
from lotproof.upkeep.base_lock import Lock, lock_of, lock_text, read_lock
from lotproof.upkeep.beginning import begin
from lotproof.upkeep.house_updates import first_lock, update
from lotproof.upkeep.houses import look
from lotproof.upkeep.said import Own, Said, own_of, path_of_lock, said_of
from lotproof.upkeep.three_way import CONFLICTS, Outcome, seen_after, three_way
from test_examples import blocks

ANSWERS = (Path(__file__).parents[2] / "examples" / "stoneware-mugs" / "answers.toml").read_bytes()

BEFORE = {
    "notices": ("Notices go by post within 3 days.", "通知应在3天内邮寄。"),
    "law": ("The law of the seller applies.", "适用卖方所在地法律。"),
    "disputes": ("Disputes go to court.", "争议由法院解决。"),
    "liability": ("Liability ends at 100%.", "责任以100%为限。"),
    "warranty": ("The warranty is 12 months.", "质保期12个月。"),
}
AFTER = {
    "notices": ("Notices go by post within 5 days.", "通知应在5天内邮寄。"),
    "law": ("The law of the buyer applies.", "适用买方所在地法律。"),
    "disputes": ("Disputes may go to court.", "争议可由法院解决。"),
    "liability": ("Liability ends at 80%.", "责任以80%为限。"),
    "warranty": ("The warranty is 18 months.", "质保期18个月。"),
}
CLIENT = {
    "warranty": ("The warranty is 24 months.", "质保期24个月。"),
    "ip": ("Drawings and moulds stay with the buyer.", "图纸和模具归买方。"),
    "integrity": ("Nobody takes gifts.", "任何人不得收受礼品。"),
}


def clauses(texts: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    return {f"contract__{name}": clause(f"contract.{name}", en, zh) for name, (en, zh) in texts.items()}


def base(folder: Path, version: str, texts: Mapping[str, tuple[str, str]]) -> Path:
    return write_house(folder, head("riverside", version), **clauses(texts))


def house_update(*args: object) -> Result:
    return CliRunner().invoke(main, ["house", "update", *map(str, args)], standalone_mode=False)


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


@pytest.fixture
def client(tmp_path: Path) -> Path:
    """A client's house that has edited three clauses, on an agency's at version 1 that it has seen."""
    base(tmp_path / "riverside", "1.0.0", BEFORE)
    folder = write_house(
        tmp_path / "nordkauf", head("nordkauf", base="riverside", base_version="1.0.0"), **clauses(CLIENT)
    )
    assert house_update(folder).return_value == 0
    return folder


@pytest.fixture
def moved(client: Path) -> Path:
    """The same on an agency's at version 2, which changed five clauses."""
    base(client.parent / "riverside", "2.0.0", AFTER)
    return client


def test_five_changed_three_edited_one_in_common_is_four_that_arrive_and_one_conflict(moved: Path) -> None:
    run = house_update(moved)
    assert run.return_value == 1
    assert "4 arrive, 1 in conflict, 0 removed here and changed there, 0 superfluous, 2 kept" in run.stdout
    for name in ("notices", "law", "disputes", "liability"):
        assert f"  contract.{name}  changed\n" in run.stdout
    for shown in (
        "NUMBER  Warranty: paragraph 1: 12 -> 18 [contract.warranty]",
        "en  base as seen  Warranty: The warranty is 12 months.",
        "en  base now      Warranty: The warranty is 18 months.",
        "en  this house    The warranty is 24 months.",
        "zh  base as seen  质量保证: 质保期12个月。",
        "zh  base now      质量保证: 质保期18个月。",
        "zh  this house    质保期24个月。",
    ):
        assert shown in run.stdout
    assert read_house(moved).base_version == "2.0.0"
    order = api.build(ANSWERS, house=moved).order
    printed = {one.id: str(one.paragraphs) for one in order.texts["en"].provisions}
    assert "within 5 days" in printed["contract.notices"]
    assert "may go to court" in printed["contract.disputes"]


def test_the_page_on_updates_shows_what_is_printed(
    client: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    base(tmp_path / "riverside@1.0.0", "1.0.0", BEFORE)
    base(tmp_path / "riverside", "2.0.0", AFTER)
    monkeypatch.chdir(tmp_path)
    page = (Path(__file__).parents[2] / "docs" / "updates.md").read_text(encoding="utf-8")
    shown = blocks(page)
    assert [command.split()[2] for command, _, _ in shown] == ["diff", "update", "update"]
    for command, output, code in shown:
        run = CliRunner().invoke(main, command.split()[1:], standalone_mode=False)
        assert (run.stdout, run.return_value) == (output, code), command


def test_run_twice_it_does_nothing_twice_and_a_conflict_waits_until_it_is_decided(moved: Path) -> None:
    house_update(moved)
    once = content(moved)
    again = house_update(moved)
    assert content(moved) == once
    assert again.return_value == 1
    assert "0 arrive, 1 in conflict" in again.stdout
    assert "base as seen  Warranty: The warranty is 12 months." in again.stdout
    assert [f.code for f in look(moved).findings] == ["LP944"]
    assert house_update(moved, "--decided", "contract.warranty").return_value == 0
    assert "0 in conflict" in house_update(moved).stdout
    assert look(moved).findings == ()
    assert b"24 months" in (moved / "contract" / "warranty.toml").read_bytes()


@pytest.mark.parametrize("first", ["house.toml", "base.lock"])
def test_who_was_stopped_between_two_files_ends_where_others_do(moved: Path, first: str) -> None:
    before = content(moved)
    found = update(moved)
    assert list(found.files) == ["house.toml", "base.lock"]
    house_update(moved)
    done = content(moved)
    for name in found.files:
        (moved / name).write_bytes(found.files[name] if name == first else before[name])
    assert house_update(moved).return_value == 1
    assert content(moved) == done


def test_check_and_json_write_nothing_and_say_what_would_be(moved: Path) -> None:
    before = content(moved)
    run = house_update(moved, "--check", "--json")
    told = json.loads(run.stdout)
    assert (run.return_value, content(moved)) == (1, before)
    assert (told["conflicts"], told["files"], told["written"]) == (
        ["contract.warranty"],
        ["house.toml", "base.lock"],
        False,
    )
    conflict = next(row for row in told["clauses"] if row["outcome"] == "conflict")
    assert conflict["texts"]["en"] == {
        "seen": "Warranty: The warranty is 12 months.",
        "now": "Warranty: The warranty is 18 months.",
        "house": "The warranty is 24 months.",
    }


def test_an_order_that_was_built_keeps_its_words(client: Path) -> None:
    built = api.build(ANSWERS, house=client).order
    stored = order_json(built, api.seal(built), {})
    before = dict(api.render(built))
    base(client.parent / "riverside", "2.0.0", AFTER)
    house_update(client)
    again = dict(api.render(read_order(stored, "order.json")))
    assert again["contract.docx"] == before["contract.docx"]
    assert again["checklist.xlsx"] == before["checklist.xlsx"]
    assert api.verify(before["contract.docx"], "contract.docx", record=built).changes == ()
    assert dict(api.render(api.build(ANSWERS, house=client).order))["contract.docx"] != before["contract.docx"]


def test_without_a_lock_the_earlier_base_is_asked_itself(moved: Path, tmp_path: Path) -> None:
    path_of_lock(read_house(moved)).unlink()
    before = content(moved)
    with pytest.raises(Refused) as caught:
        update(moved)
    assert [finding.code for finding in caught.value.findings] == ["LP941"]
    assert content(moved) == before
    earlier = base(tmp_path / "riverside@1.0.0", "1.0.0", BEFORE)
    beside = update(moved)
    assert [one.id for one in beside.conflicts] == ["contract.warranty"]
    arrived = {one.id: [c.kind.value for c in one.changes] for one in beside.clauses if one.outcome == "arrives"}
    assert arrived == {
        "contract.notices": ["number"],
        "contract.law": ["duty"],
        "contract.disputes": ["duty"],
        "contract.liability": ["number"],
    }
    elsewhere = earlier.rename(tmp_path / "before")
    assert [one.id for one in update(moved, before=elsewhere).conflicts] == ["contract.warranty"]


def test_a_base_that_is_not_where_the_house_finds_it_is_looked_at_and_not_written(client: Path, tmp_path: Path) -> None:
    newer = base(tmp_path / "riverside@2.0.0", "2.0.0", AFTER)
    before = content(client)
    assert "4 arrive, 1 in conflict" in house_update(client, "--base", newer, "--check").stdout
    run = house_update(client, "--base", newer)
    assert (run.return_value, content(client)) == (1, before)
    assert "LP942" in run.stderr
    other = write_house(tmp_path / "other", head("other"))
    with pytest.raises(Refused) as caught:
        update(client, other)
    assert [finding.code for finding in caught.value.findings] == ["LP942"]


def test_a_lock_that_somebody_edited_is_refused(moved: Path) -> None:
    lock = path_of_lock(read_house(moved))
    lock.write_text(lock.read_text(encoding="utf-8").replace("12 months", "9 months"), encoding="utf-8")
    with pytest.raises(Refused) as caught:
        update(moved)
    assert [finding.code for finding in caught.value.findings] == ["LP941"]
    assert "LP941" in [finding.code for finding in look(moved).findings]


@pytest.mark.parametrize("text", ["", "format = 3", 'format = "lotproof-base-lock/1"\nbase = "a"\nversion = "1"'])
def test_a_lock_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    folder = write_house(tmp_path / "riverside", head("riverside"))
    (folder / "base.lock").write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as caught:
        read_lock(read_house(folder))
    assert [finding.code for finding in caught.value.findings] == ["LP941"]


def test_only_a_conflict_can_be_decided(moved: Path) -> None:
    with pytest.raises(Refused) as caught:
        update(moved, decided=("contract.waranty", "contract.ip"))
    assert [finding.code for finding in caught.value.findings] == ["LP943", "LP943"]
    assert "contract.warranty" in caught.value.findings[0].hint


def test_a_new_house_has_seen_its_base_and_its_file_keeps_its_comments(tmp_path: Path) -> None:
    folder = tmp_path / "riverside"
    for name, text in begin(folder).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text)
    assert update(folder).files == {}
    toml = (folder / "house.toml").read_text(encoding="utf-8")
    (folder / "house.toml").write_text(
        toml.replace('base_version = "0.1.0"', 'base_version = "0.0.9"  # ours'), "utf-8"
    )
    found = update(folder)
    assert [one.outcome for one in found.clauses] == [Outcome.KEPT]
    assert found.files["house.toml"].decode() == toml.replace('"0.1.0"', '"0.1.0"').replace(
        'base_version = "0.1.0"', 'base_version = "0.1.0"  # ours'
    )


# the law

TEXTS = st.sampled_from(["a", "b", "c"])
NAMES = ["one", "two", "three", "four"]


def said(text: str, heading: str = "h") -> Said:
    return {
        "heading": {"en": heading},
        "when": {},
        "profiles": ["full"],
        "tables": [],
        "slot": [],
        "paragraph": [{"when": {}, "profiles": ["full"], "en": text}],
    }


def outcomes(seen: Lock, now: Mapping[str, Said], own: Mapping[str, Own], removes: tuple[str, ...]) -> dict[str, str]:
    return {one.id: one.outcome for one in three_way(seen, now, own, removes)}


BASE = st.dictionaries(st.sampled_from(NAMES), st.builds(said, TEXTS, TEXTS))
OWN = st.dictionaries(
    st.sampled_from(NAMES),
    st.builds(
        lambda text, replaces: Own(said={"paragraph": said(text)["paragraph"]}, replaces=replaces, where="x:1"),
        TEXTS,
        st.booleans(),
    ),
)


@given(BASE, BASE, OWN, st.lists(st.sampled_from(NAMES), unique=True))
def test_whatever_the_base_changed_is_told_and_nothing_twice(
    old: dict[str, Said], new: dict[str, Said], own: dict[str, Own], removes: list[str]
) -> None:
    left = tuple(name for name in removes if name not in own)
    seen = lock_of("b", "1", old)
    told = list(three_way(seen, new, own, left))
    changed = {name for name in (*old, *new) if old.get(name) != new.get(name)}
    assert changed - {name for name, one in own.items() if not one.replaces and name not in new} <= {
        one.id for one in told
    }
    for one in told:
        if one.outcome is Outcome.ARRIVES:
            assert one.id in changed
        if one.outcome is Outcome.CONFLICT:
            assert one.own is not None and one.new is not None
            assert one.own["paragraph"] != one.new["paragraph"]
            assert old[one.id]["paragraph"] != one.new["paragraph"]
    waiting = {one.id for one in told if one.outcome in CONFLICTS}
    after = seen_after(seen, "b", "2", new, waiting)
    again = outcomes(after, new, own, left)
    assert {name for name, outcome in again.items() if outcome in CONFLICTS} == waiting
    assert not {Outcome.ARRIVES, Outcome.REMOVED} & set(again.values())
    decided = seen_after(seen, "b", "2", new, set())
    assert Outcome.CONFLICT not in outcomes(decided, new, own, left).values()


@pytest.mark.parametrize(
    ("old", "new", "own", "replaces", "expected"),
    [
        ("a", "b", "c", True, Outcome.CONFLICT),
        ("a", "b", "b", True, Outcome.SUPERFLUOUS),
        ("a", "a", "a", True, Outcome.SUPERFLUOUS),
        ("a", "a", "c", True, Outcome.KEPT),
        ("a", None, "c", True, Outcome.GONE),
        (None, "b", "c", False, Outcome.TWICE),
        (None, None, "c", False, None),
        (None, "b", None, False, Outcome.ARRIVES),
        ("a", None, None, False, Outcome.ARRIVES),
    ],
)
def test_what_becomes_of_a_clause(
    old: str | None, new: str | None, own: str | None, replaces: bool, expected: Outcome | None
) -> None:
    def side(text: str | None) -> dict[str, Said]:
        return {} if text is None else {"one": said(text)}

    mine = {} if own is None else {"one": Own(said={"paragraph": said(own)["paragraph"]}, replaces=replaces, where="")}
    assert outcomes(lock_of("b", "1", side(old)), side(new), mine, ()).get("one") == expected


def test_a_heading_that_the_house_does_not_say_arrives_beside_its_own_paragraphs() -> None:
    mine = {"one": Own(said={"paragraph": said("c")["paragraph"]}, replaces=True, where="")}
    seen = lock_of("b", "1", {"one": said("a", "old")})
    assert outcomes(seen, {"one": said("a", "new")}, mine, ()) == {"one": Outcome.ARRIVES}


def test_what_the_house_removes_and_the_base_changes_is_to_be_known() -> None:
    seen = lock_of("b", "1", {"one": said("a"), "two": said("a")})
    assert outcomes(seen, {"one": said("b"), "two": said("a")}, {}, ("one", "two")) == {
        "one": Outcome.REMOVED,
        "two": Outcome.KEPT,
    }
    assert outcomes(seen, {"two": said("a")}, {}, ("one",))["one"] == Outcome.SUPERFLUOUS


def test_a_lock_is_read_back_as_it_was_written_and_keeps_only_the_texts_that_are_touched(tmp_path: Path) -> None:
    from lotproof.templates import load_templates

    standard = said_of(load_templates("standard"))
    folder = write_house(tmp_path / "riverside", head("riverside"), labels='[label]\nbuyer = { en = "B", zh = "买" }\n')
    lock = lock_of("standard", "0.1.0", standard)
    for write in (
        lambda: lock_text(lock, ("contract.law", "label.buyer")).encode(),
        lambda: first_lock(load_templates("standard"), ("contract.law", "label.buyer")),
    ):
        wrote: Callable[[], bytes] = write
        (folder / "base.lock").write_bytes(wrote())
        read = read_lock(read_house(folder))
        assert read is not None
        assert read.digests == lock.digests
        assert read.texts == {name: standard[name] for name in ("contract.law", "label.buyer")}
    assert own_of(read_house(folder), standard)["label.buyer"].said == {"en": "B", "zh": "买"}
