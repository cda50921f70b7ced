"""A house from somebody else: nothing outside of it is read, and nothing in it takes long."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lotproof import api
from lotproof.findings import Refused
from lotproof.houses import categories_of
from lotproof.questions.cards import read_cards
from lotproof.templates import load_folder
from lotproof.templates.folders import MOST_BYTES, MOST_FILES, MOST_WHOLE, stack
from lotproof.upkeep.house_catalogue import look_at_catalogue
from lotproof.upkeep.house_updates import update
from lotproof.upkeep.houses import look
from lotproof.wording.sentences import LONGEST, LONGEST_TAG, MOST_TAGS, SentenceError, compile_sentence

ANSWERS = (Path(__file__).parents[2] / "examples" / "stoneware-mugs" / "answers.toml").read_bytes()
HOUSE = 'format = "lotproof-house/1"\nid = "{}"\nversion = "1.0"\ntitle = {{ en = "A", zh = "代" }}\nbase = "{}"\nbase_version = "0.1.0"\n'
OUTSIDE = '[label]\ncontract = { en = "SECRET", zh = "秘密" }\n'


def house(folder: Path, base: str = "standard") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "house.toml").write_text(HOUSE.format(folder.name, base), encoding="utf-8")
    return folder


def codes(folder: Path) -> set[str]:
    with pytest.raises(Refused) as caught:
        load_folder(folder)
    with pytest.raises(Refused):
        api.build(ANSWERS, house=folder)
    assert "SECRET" not in str(caught.value)
    return {finding.code for finding in caught.value.findings}


@pytest.mark.parametrize(
    "name",
    [
        "labels.toml",
        "reviews.toml",
        "lang/es.toml",
        "contract/a.toml",
        "exhibits/a.toml",
        "house.toml",
        "contract.docx",
    ],
)
def test_a_file_that_is_a_link_is_not_followed(tmp_path: Path, name: str) -> None:
    (tmp_path / "secret.toml").write_text(OUTSIDE, encoding="utf-8")
    folder = house(tmp_path / "agency")
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).unlink(missing_ok=True)
    (folder / name).symlink_to(tmp_path / "secret.toml")
    if name == "contract.docx":  # read when an order is built, and when the house is checked
        with pytest.raises(Refused) as caught:
            api.build(ANSWERS, house=folder)
        assert caught.value.findings[0].code == "LP902"
    else:
        assert codes(folder) == {"LP900" if name == "house.toml" else "LP902"}


@pytest.mark.parametrize("name", ["contract", "exhibits", "lang", "catalog"])
def test_a_folder_that_is_a_link_is_not_followed(tmp_path: Path, name: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "labels.toml").write_text(OUTSIDE, encoding="utf-8")
    folder = house(tmp_path / "agency")
    (folder / name).symlink_to(outside, target_is_directory=True)
    assert codes(folder) == {"LP902"}


@pytest.mark.parametrize("base", ["..", "../other", "/etc", "a/b", "~", "other\\u0000", "."])
def test_a_base_is_a_name_and_no_path(tmp_path: Path, base: str) -> None:
    house(tmp_path / "other")
    with pytest.raises(Refused) as caught:
        stack(house(tmp_path / "in" / "agency", base))
    assert {finding.code for finding in caught.value.findings} <= {"LP900", "LP101"}


def test_a_base_that_is_a_link_is_not_followed(tmp_path: Path) -> None:
    house(tmp_path / "elsewhere" / "other")
    folder = house(tmp_path / "in" / "agency", "other")
    (tmp_path / "in" / "other").symlink_to(tmp_path / "elsewhere" / "other", target_is_directory=True)
    with pytest.raises(Refused) as caught:
        stack(folder)
    assert {finding.code for finding in caught.value.findings} == {"LP900"}


def test_a_pipe_in_the_place_of_a_file_does_not_hang(tmp_path: Path) -> None:
    folder = house(tmp_path / "agency")
    os.mkfifo(folder / "labels.toml")
    assert codes(folder) == {"LP902"}
    (folder / "labels.toml").unlink()
    (folder / "contract").mkdir()
    os.mkfifo(folder / "contract" / "a.toml")
    assert codes(folder) == {"LP902"}


def test_there_is_an_end_to_files_and_their_bytes(tmp_path: Path) -> None:
    folder = house(tmp_path / "agency")
    (folder / "contract").mkdir()
    (folder / "contract" / "a.toml").write_bytes(b"#" * (MOST_BYTES + 1))
    assert codes(folder) == {"LP902"}
    (folder / "contract" / "a.toml").unlink()
    (folder / "labels.toml").write_bytes(b"#" * (MOST_BYTES + 1))
    assert codes(folder) == {"LP902"}
    (folder / "labels.toml").unlink()
    for number in range(MOST_FILES + 1):
        (folder / "contract" / f"{number}.toml").touch()
    assert codes(folder) == {"LP902"}
    for number in range(MOST_FILES + 1):
        (folder / "contract" / f"{number}.toml").unlink()
    for number in range(MOST_WHOLE // MOST_BYTES + 1):
        (folder / "contract" / f"{number}.toml").write_bytes(b"#" * MOST_BYTES)
    with pytest.raises(Refused) as caught:
        load_folder(folder)
    assert any("in all" in finding.message for finding in caught.value.findings)


@pytest.mark.parametrize(
    "source",
    [
        "x" * (LONGEST + 1),
        "{% if a %}" * 190 + "{% endif %}" * 190,
        "{{ a }}" * (MOST_TAGS + 1),
        "{{ " + "(" * 450 + "a" + ")" * 450 + " }}",
        "{{ " + "a" * LONGEST_TAG + " }}",
        "{% if " + "not " * 260 + "a %}{% endif %}",
        "{% if " + "a and " * 200 + "a %}{% endif %}",
        "{{ a" + ".a" * 600 + " }}",
        "{{ " + "9" * 900 + " }}",
        "{{" * 300,
        "{" * 19_000,
        "{% raw %}" + "{{ x" * 300,
        "{#" * 300,
    ],
    ids=range(13),
)
def test_a_sentence_that_would_take_long_is_refused(source: str) -> None:
    with pytest.raises(SentenceError):
        compile_sentence(source)


def test_such_a_sentence_is_a_finding_at_its_line(tmp_path: Path) -> None:
    folder = house(tmp_path / "agency")
    (folder / "contract").mkdir()
    deep = "{% if a %}" * 190 + "{% endif %}" * 190
    text = f'id = "contract.notices"\nreplaces = "contract.notices"\n[[paragraph]]\nen = "{deep}"\nzh = "二"\n'
    (folder / "contract" / "notices.toml").write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as caught:
        load_folder(folder)
    (found,) = caught.value.findings
    assert (found.code, found.where) == ("LP203", "agency/contract/notices.toml:4: contract.notices.en")


WRITTEN = """id = "contract.notices"
replaces = "contract.notices"
position = {position}
reference = "K31"
source = "own"
heading = {{ en = "Notices", zh = {heading} }}
when = {when}
profiles = {profiles}
tables = {tables}

[[paragraph]]
en = {sentence}
zh = "二"

[[slot]]
key = {key}
kind = {kind}
label = {{ en = "Day", zh = "日" }}
"""
FITS = {
    "position": "61",
    "heading": '"通知"',
    "when": "{}",
    "profiles": '["full"]',
    "tables": "[]",
    "sentence": '"one"',
    "key": '"day"',
    "kind": '"date"',
}
ODD = [
    "5",
    "-1",
    "nan",
    "1e999999",
    "1979-05-27",
    "07:32:00",
    "true",
    "[[[]]]",
    "{ a = { b = 1 } }",
    '"\\u202ex"',
    '"x\\u0000"',
    '"pаy"',
]
"""Values of every kind of TOML, and texts that read otherwise than they are: to the other side, invisible, in look-alike letters."""


def written(**values: str) -> str:
    return WRITTEN.format(**{**FITS, **values})


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("key", sorted(FITS))
def test_a_value_of_another_kind_is_refused_at_its_place(tmp_path: Path, key: str, odd: str) -> None:
    if key == "position" and odd in ("5", "-1"):  # numbers, both
        return
    folder = house(tmp_path / "agency")
    (folder / "contract").mkdir()
    (folder / "contract" / "notices.toml").write_text(written(**{key: odd}), encoding="utf-8")
    with pytest.raises(Refused) as caught:
        load_folder(folder)
    for found in caught.value.findings:
        assert found.code in ("LP904", "LP306")
        assert found.where.startswith("agency/contract/notices.toml:")


@pytest.mark.parametrize("odd", ["5", "{ en = 1 }", '{ en = "x\\u200by" }', "[]"])
def test_a_label_of_another_kind_is_refused_at_its_place(tmp_path: Path, odd: str) -> None:
    folder = house(tmp_path / "agency")
    (folder / "labels.toml").write_text(f"[label]\ncontract = {odd}\n", encoding="utf-8")
    with pytest.raises(Refused) as caught:
        load_folder(folder)
    assert {found.where.partition(": ")[0] for found in caught.value.findings} == {"agency/labels.toml:2"}


def test_a_house_as_it_should_be_written_is_not_refused(tmp_path: Path) -> None:
    folder = house(tmp_path / "agency")
    (folder / "contract").mkdir()
    (folder / "contract" / "notices.toml").write_text(written(), encoding="utf-8")
    assert "contract.notices" in {one.id for one in load_folder(folder).provisions}


def test_a_folder_with_the_name_of_a_file_is_refused(tmp_path: Path) -> None:
    folder = house(tmp_path / "agency")
    (folder / "contract" / "notices.toml").mkdir(parents=True)
    with pytest.raises(Refused) as caught:
        stack(folder)
    assert {found.code for found in caught.value.findings} == {"LP902"}


@pytest.mark.parametrize("name", [b"\xff\xfe.toml", "\u202ea.toml".encode(), b"a\x1b[31m.txt"], ids=range(3))
def test_a_file_whose_name_nobody_can_read_is_refused(tmp_path: Path, name: bytes) -> None:
    folder = house(tmp_path / "agency")
    (folder / os.fsdecode(name)).touch()
    assert codes(folder) == {"LP902"}


def test_a_house_with_values_of_another_kind_is_looked_at_to_its_end(tmp_path: Path) -> None:
    folder = house(tmp_path / "agency")
    (folder / "contract").mkdir()
    (folder / "contract" / "notices.toml").write_text(written(sentence="5", when="5", key="[]"), encoding="utf-8")
    (folder / "labels.toml").write_text("label = 5\n", encoding="utf-8")
    places = [one.where for one in look(folder).findings if one.code == "LP904"]
    assert {place.partition(".toml:")[0] for place in places} == {"agency/labels", "agency/contract/notices"}
    with pytest.raises(Refused):
        update(folder)


@pytest.mark.parametrize(
    ("file", "text", "code"),
    [
        ("defects.toml", "defect = -1\n", "LP301"),
        ("defects.toml", "[[defect]]\nid = { en = 1 }\n", "LP301"),
        ("defects.toml", 'defect = ["x"]\n', "LP301"),
        ("defects.toml", '[[defect]]\nid = "x"\nclass = "minor"\n', "LP301"),
        ("category.toml", 'id = "ceramic_tableware"\ndefects = 5\n', "LP301"),
        ("category.toml", 'id = "ceramic_tableware"\ndefects = ["nowhere"]\n', "LP314"),
        ("category.toml", 'id = "ceramic_tableware"\n[[tighten]]\nplan = "x"\n', "LP301"),
        ("category.toml", 'id = "own"\nrevision = 1\ntitle = { en = "O", zh = "自" }\nparent = "own"\n', "LP313"),
        ("category.toml", 'id = "own"\nrevision = 1\ntitle = { en = "O", zh = "自" }\nparent = "nowhere"\n', "LP313"),
        ("capacity.toml", 'id = "ceramic_tableware.capacity"\nreplaces = "ceramic_tableware.capacity"\n{}\n', "LP301"),
    ],
)
def test_clauses_of_another_shape_are_refused_by_check_and_build_alike(
    tmp_path: Path, file: str, text: str, code: str
) -> None:
    for odd in ("stage = 5", "action = nan", "sample = []") if "{}" in text else ("",):
        folder = house(tmp_path / f"agency{len(odd)}")
        under = "own" if 'id = "own"' in text else "ceramic_tableware"
        (folder / "catalog" / under).mkdir(parents=True)
        (folder / "catalog" / under / file).write_text(text.replace("{}", odd), encoding="utf-8")
        with pytest.raises(Refused) as caught:
            categories_of(folder)(under, "test")
        assert code in {found.code for found in caught.value.findings}
        assert all(found.where.startswith(f"{folder.name}/catalog/") for found in caught.value.findings)
        assert code in {found.code for found in look_at_catalogue(stack(folder))}


def test_a_sentence_of_a_clause_outside_the_allowlist_is_refused_by_the_build(tmp_path: Path) -> None:
    folder = house(tmp_path / "agency")
    (folder / "catalog" / "ceramic_tableware").mkdir(parents=True)
    text = 'id = "ceramic_tableware.capacity"\nreplaces = "ceramic_tableware.capacity"\n[action]\nen = "{{ x() }}"\nzh = "{{ x() }}"\n'
    (folder / "catalog" / "ceramic_tableware" / "capacity.toml").write_text(text, encoding="utf-8")
    with pytest.raises(Refused) as caught:
        categories_of(folder)("ceramic_tableware", "test")
    assert {found.code for found in caught.value.findings} == {"LP320"}


@pytest.mark.parametrize("file", ["house.toml", "contract/notices.toml", "labels.toml", "parties/us.toml"])
def test_a_file_that_is_wrong_everywhere_has_an_end_of_findings(tmp_path: Path, file: str) -> None:
    folder = house(tmp_path / "agency")
    (folder / file).parent.mkdir(exist_ok=True)
    head = (folder / file).read_text(encoding="utf-8") if file == "house.toml" else 'role = "buyer"\n'
    (folder / file).write_text(head + "".join(f"k{i} = 1\n" for i in range(300)), encoding="utf-8")
    with pytest.raises(Refused) as caught:
        if file.startswith("parties"):
            raise Refused(read_cards(stack(folder))[1])
        load_folder(folder)
    assert 50 < len(caught.value.findings) <= 101
