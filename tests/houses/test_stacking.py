"""Houses on houses: each says only what differs, and nothing is redefined or removed unsaid."""

from __future__ import annotations

from pathlib import Path

import pytest

from house_folders import AGENCY
from house_folders import write_house as house
from lotproof import api
from lotproof.findings import Refused
from lotproof.orders.model import Order
from lotproof.templates import load_folder, load_templates
from lotproof.templates.folders import stack
from lotproof.upkeep.beginning import begin
from lotproof.upkeep.houses import look

ANSWERS = (Path(__file__).parents[2] / "examples" / "stoneware-mugs" / "answers.toml").read_bytes()
NOTICES = 'id = "contract.notices"\nreplaces = "contract.notices"\n[[paragraph]]\nen = "Notices go by post within 3 days."\nzh = "通知在3天内邮寄。"\n'


def codes(caught: pytest.ExceptionInfo[Refused]) -> list[str]:
    return [finding.code for finding in caught.value.findings]


def sentences(order: Order, provision: str) -> str:
    return str(next(p for p in order.texts["en"].provisions if p.id == provision))


def test_a_provision_is_printed_in_the_words_of_the_topmost_house(tmp_path: Path) -> None:
    house(tmp_path / "agency", contract__notices=NOTICES)
    client = house(
        tmp_path / "client",
        AGENCY.replace('"agency"', '"client"').replace('base = "standard"', 'base = "agency"').replace("0.1.0", "1.0"),
        contract__notices=NOTICES.replace("3", "5"),
    )
    assert "within 3 days" in sentences(api.build(ANSWERS, house=tmp_path / "agency").order, "contract.notices")
    order = api.build(ANSWERS, house=client).order
    assert "within 5 days" in sentences(order, "contract.notices")
    assert order.header.house == "client"
    assert [one.id for one in stack(client)] == ["standard", "agency", "client"]


def test_what_a_house_does_not_say_is_taken_over(tmp_path: Path) -> None:
    plain, own = load_templates("standard"), load_folder(house(tmp_path / "agency", contract__notices=NOTICES))
    assert [p.id for p in own.provisions] == [p.id for p in plain.provisions]
    before, after = (next(p for p in t.provisions if p.id == "contract.notices") for t in (plain, own))
    assert (after.heading, after.reference, after.when) == (before.heading, before.reference, before.when)
    assert (before.house, after.house) == ("standard", "agency")
    assert own.wording != plain.wording


def test_a_house_is_found_from_within_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    house(tmp_path / "agency", contract__notices=NOTICES)
    client = house(tmp_path / "client", AGENCY.replace('"agency"', '"client"').replace('"standard"', '"agency"'))
    monkeypatch.chdir(client)
    assert [one.id for one in stack(Path())] == ["standard", "agency", "client"]
    assert look(Path()).findings[0].where == "client/house.toml: base_version"


def test_removing_needs_a_reason_and_is_shown(tmp_path: Path) -> None:
    removes = '[[removes]]\nid = "contract.integrity"\nreason = { en = "in our code of conduct", zh = "见行为准则" }\n'
    folder = house(tmp_path / "agency", AGENCY + removes)
    assert "contract.integrity" not in {p.id for p in load_folder(folder).provisions}
    looked = look(folder)
    assert ("core removed", "contract.integrity", "agency") in looked.changed or (
        "removed",
        "contract.integrity",
        "agency",
    ) in looked.changed
    with pytest.raises(Refused) as caught:
        stack(house(tmp_path / "other", AGENCY + '[[removes]]\nid = "contract.integrity"\n'))
    assert codes(caught) == ["LP900"]


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"contract__notices": NOTICES.replace('replaces = "contract.notices"\n', "")}, "LP903"),
        ({"contract__own": NOTICES.replace("contract.notices", "contract.unheard")}, "LP903"),
        ({"contract__own": 'id = "contract.own"\n[[paragraph]]\nen = "a"\nzh = "b"\n'}, "LP904"),
        ({"contract__notices": NOTICES.replace("by post", "{{ ''.__class__ }}")}, "LP203"),
        ({"labels": '[label]\nno_such_label = { en = "a", zh = "b" }\n'}, "LP903"),
        ({"contract__notices": "id = "}, "LP101"),
    ],
)
def test_what_is_wrong_is_refused_with_its_place(tmp_path: Path, files: dict[str, str], code: str) -> None:
    folder = house(tmp_path / "agency", **files)
    with pytest.raises(Refused) as caught:
        load_folder(folder)
    assert codes(caught) == [code]
    assert code in {finding.code for finding in look(folder).findings}


@pytest.mark.parametrize(
    ("toml", "code"),
    [
        (AGENCY.replace("lotproof-house/1", "lotproof-house/2"), "LP900"),
        (AGENCY.replace('"standard"', '"../standard"'), "LP900"),
        (AGENCY.replace('"standard"', '"nowhere"'), "LP900"),
        (AGENCY.replace('"standard"', '"agency"'), "LP901"),
        (AGENCY.replace('"1.0"', '"one"'), "LP900"),
        (AGENCY + "colour = 3\n", "LP900"),
        (AGENCY + "removes = 3\n", "LP900"),
    ],
)
def test_a_house_toml_that_is_wrong(tmp_path: Path, toml: str, code: str) -> None:
    with pytest.raises(Refused) as caught:
        stack(house(tmp_path / "agency", toml))
    assert set(codes(caught)) == {code}


def test_nothing_is_followed_that_leads_out_of_a_house(tmp_path: Path) -> None:
    folder = house(tmp_path / "agency", contract__notices=NOTICES)
    (folder / "contract" / "link.toml").symlink_to(tmp_path / "agency" / "house.toml")
    with pytest.raises(Refused) as caught:
        load_folder(folder)
    assert codes(caught) == ["LP902"]


def test_numbers_that_differ_between_languages_and_a_missing_language_are_named(tmp_path: Path) -> None:
    folder = house(tmp_path / "agency", contract__notices=NOTICES.replace("3天", "4天"))
    assert [f.code for f in look(folder).findings] == ["LP907"]
    other = house(tmp_path / "other", contract__notices=NOTICES.replace('zh = "通知在3天内邮寄。"\n', ""))
    assert "LP907" in [f.code for f in look(other).findings]


def test_a_house_for_another_version_of_its_base_says_so(tmp_path: Path) -> None:
    looked = look(house(tmp_path / "agency", AGENCY.replace("0.1.0", "0.0.9")))
    assert [f.code for f in looked.findings] == ["LP906"]


def test_a_new_house_is_right_from_the_start(tmp_path: Path) -> None:
    folder = tmp_path / "River Side"
    for name, content in begin(folder).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    looked = look(folder)
    assert looked.findings == ()
    assert looked.changed == (("replaced", "contract.notices", "river-side"),)
    assert api.build(ANSWERS, house=folder).order.header.house == "river-side"


def test_the_standard_house_by_its_folder_is_the_standard_house() -> None:
    from lotproof.templates import house_folder

    assert load_folder(house_folder("standard")) == load_templates("standard")
