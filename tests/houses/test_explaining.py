"""Where each printed sentence came from can be asked, years later and without the house."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from lotproof import api
from lotproof.documents.numbering import term_numbers
from lotproof.findings import Refused
from lotproof.orders.model import Order
from lotproof.orders.stored import read_order
from lotproof.upkeep.explained import Explained, Term
from lotproof.upkeep.explaining import explain, words_of
from terminal import lotproof

EXAMPLES = Path(__file__).parents[2] / "examples"
HOUSES = EXAMPLES / "houses"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example order in the words of the client, as build writes it."""
    folder = tmp_path_factory.mktemp("explaining") / "out"
    folder.mkdir()
    order = api.build((HOUSES / "order.toml").read_bytes(), house=HOUSES / "riverside-nordkauf").order
    for name, content in api.render(order, formats=("docx",)):
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture(scope="module")
def order(built: Path) -> Order:
    return read_order((built / "order.json").read_bytes())


def one(order: Order, ref: str, house: Path | None = HOUSES / "riverside-nordkauf") -> Explained:
    [found] = explain(order, ref, words_of(order, house))
    assert isinstance(found, Explained)
    return found


def test_a_sentence_names_house_file_line_condition_and_answers(order: Order) -> None:
    found = one(order, "contract.payment")
    assert (found.house, found.version, found.file) == ("riverside", "2.1.0", "riverside/contract/payment.toml")
    deposit = next(s for s in found.sentences if "advance payment" in s.text["en"])
    assert deposit.place == 8
    assert deposit.tests == (("payment.deposit_percent != 0", True),)
    answers = dict(deposit.answers)
    assert answers["payment.deposit_days"] == {"en": "7", "zh": "7"}
    assert answers["deposit"]["en"] == "USD 2,556.00"
    name, line = deposit.where.rsplit(":", 1)
    lines = (HOUSES / name).read_text(encoding="utf-8").splitlines()
    assert lines[int(line) - 1] == "[[paragraph]]"
    assert "deposit_percent" in "".join(lines[int(line) : int(line) + 4])
    platform = next(s for s in found.sentences if "Trade Assurance" in s.text["en"])
    assert platform.when == (("payment.route", ("trade_assurance",)),)


def test_every_printed_sentence_leads_to_a_paragraph_of_its_house(order: Order) -> None:
    words = words_of(order, HOUSES / "riverside-nordkauf")
    texts = order.texts["en"]
    for provision in (*texts.provisions, *texts.exhibits):
        if "full" in provision.profiles:
            [found] = explain(order, provision.id, words)
            assert isinstance(found, Explained)
            assert [s.text for s in found.sentences if not s.place] == []
            assert found.house in ("standard", "riverside", "riverside-nordkauf")


def test_the_words_that_were_replaced_are_those_of_the_nearest_house_beneath(order: Order) -> None:
    replaced = one(order, "contract.visits").replaced
    assert replaced is not None
    assert (replaced.house, replaced.version) == ("riverside", "2.1.0")
    assert "on 2 working days' notice" in replaced.paragraphs[0]["en"]
    assert "{{ seller.production_site }}" in replaced.paragraphs[0]["zh"]
    beneath = one(order, "contract.payment").replaced
    assert beneath is not None
    assert beneath.house == "standard"
    assert one(order, "contract.subcontracting").replaced is None
    assert one(order, "contract.parties").replaced is None


def test_the_order_alone_knows_which_house_worded_what(order: Order) -> None:
    found = one(order, "contract.visits", None)
    assert (found.house, found.version) == ("riverside-nordkauf", "1.3.0")
    assert found.file == "riverside-nordkauf/contract/visits.toml"
    assert {s.place for s in found.sentences} == {0}
    standard = one(order, "contract.parties", None)
    assert (standard.house, standard.sentences[0].place) == ("standard", 1)


@pytest.mark.parametrize(
    ("ref", "ids"),
    [
        ("K18", ["contract.inspection"]),
        ("k36", ["contract.notices", "exhibit.change_form"]),
        ("contract.notices", ["contract.notices"]),
        ("7", ["contract.subcontracting"]),
        ("B", ["exhibit.drawings"]),
    ],
)
def test_what_is_printed_is_found_by_its_names(order: Order, ref: str, ids: list[str]) -> None:
    assert [found.id for found in explain(order, ref, None)] == ids


def test_a_paragraph_is_found_by_its_number_and_by_its_place(order: Order) -> None:
    whole = one(order, "contract.payment")
    by_number, by_place = one(order, whole.sentences[3].number), one(order, "contract.payment[8]")
    assert by_number.sentences == by_place.sentences == (whole.sentences[3],)


def test_a_row_of_the_specification_leads_to_its_clause(order: Order) -> None:
    [found] = explain(order, "A1", None)
    assert isinstance(found, Term)
    assert term_numbers(order)[found.id] == found.number == "A1"
    assert found == explain(order, found.id, None)[0]
    assert set(found.text) == {"en", "zh"}


def test_a_clause_that_a_house_words_leads_to_its_file(tmp_path: Path) -> None:
    for name in ("riverside", "riverside-nordkauf"):
        shutil.copytree(HOUSES / name, tmp_path / name)
    folder = tmp_path / "riverside" / "catalog" / "ceramic_tableware"
    folder.mkdir(parents=True)
    clause = 'id = "ceramic_tableware.rim_roundness"\nreplaces = "ceramic_tableware.rim_roundness"\nminutes = 2\n'
    (folder / "rim_roundness.toml").write_text(clause, encoding="utf-8")
    house = tmp_path / "riverside-nordkauf"
    order = api.build((HOUSES / "order.toml").read_bytes(), house=house).order
    [found] = explain(order, "ceramic_tableware.rim_roundness", words_of(order, house))
    assert isinstance(found, Term)
    assert found.file == "riverside/catalog/ceramic_tableware/rim_roundness.toml"
    [other] = explain(order, "A1", words_of(order, house))
    assert isinstance(other, Term)
    assert other.file == ""


@pytest.mark.parametrize(
    "ref", ["K99", "", "99", "1.99", "contract.payment[99]", "contract.payment[", "[1]", "contract.none"]
)
def test_what_is_not_printed_is_refused_by_name(order: Order, ref: str) -> None:
    with pytest.raises(Refused) as caught:
        explain(order, ref, words_of(order, HOUSES / "riverside-nordkauf"))
    assert [finding.code for finding in caught.value.findings] == ["LP938"]


def test_another_house_is_refused(order: Order) -> None:
    with pytest.raises(Refused) as caught:
        words_of(order, HOUSES / "riverside")
    assert [finding.code for finding in caught.value.findings] == ["LP939"]


def test_a_house_that_has_moved_on_gives_no_place_to_words_it_no_longer_has(order: Order, tmp_path: Path) -> None:
    for name in ("riverside", "riverside-nordkauf"):
        shutil.copytree(HOUSES / name, tmp_path / name)
    for file, old, new in (("contract/visits.toml", "10%", "15%"), ("house.toml", '"1.3.0"', '"1.4.0"')):
        path = tmp_path / "riverside-nordkauf" / file
        path.write_text(path.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    found = one(order, "contract.visits", tmp_path / "riverside-nordkauf")
    assert found.moved
    assert found.version == "1.3.0"
    assert [s.place for s in found.sentences] == [1, 0]
    assert "10%" in found.sentences[1].text["en"]


def test_an_order_without_a_house_folder_stores_nothing_new_and_is_explained_all_the_same() -> None:
    plain = api.build((EXAMPLES / "stoneware-mugs" / "answers.toml").read_bytes()).order
    stored = next(content for name, content in api.render(plain, formats=()) if name == "order.json")
    assert {"houses", "worded"} & json.loads(stored)["provenance"].keys() == set()
    assert read_order(stored) == plain
    [found] = explain(plain, "K07", words_of(plain, None))
    assert isinstance(found, Explained)
    assert (found.house, found.version, found.moved) == ("standard", "0.1.0", False)
    assert {bool(s.place) for s in found.sentences} == {True}


def test_an_order_keeps_the_houses_of_its_words(order: Order) -> None:
    assert order.provenance.houses == (("standard", "0.1.0"), ("riverside", "2.1.0"), ("riverside-nordkauf", "1.3.0"))
    assert (
        "contract.visits",
        "riverside-nordkauf",
        "riverside-nordkauf/contract/visits.toml",
    ) in order.provenance.worded
    assert "contract.parties" not in {id_ for id_, *_ in order.provenance.worded}


def test_a_contract_in_word_is_explained_by_what_it_carries(built: Path) -> None:
    house = str(HOUSES / "riverside-nordkauf")
    by_order = lotproof("house", "explain", str(built), "K07", "--house", house, "--json")
    by_word = lotproof("house", "explain", str(built / "contract.docx"), "K07", "--house", house, "--json")
    assert by_order.returncode == by_word.returncode == 0
    mine, theirs = (json.loads(done.stdout)["found"] for done in (by_order, by_word))
    assert mine == theirs
    assert mine[0]["sentences"][0]["answers"]["total"]["en"] == "USD 8,520.00"
    alone = lotproof("house", "explain", str(built / "contract.docx"), "K07")
    assert b"the order does not say which house worded it" in alone.stdout
    checklist = lotproof("house", "explain", str(built / "checklist.docx"), "K07")
    assert (checklist.returncode, b"LP713" in checklist.stderr) == (1, True)


def test_the_page_says_it_in_80_columns(built: Path) -> None:
    from lotproof.cli.columns import _width

    house = str(HOUSES / "riverside-nordkauf")
    done = lotproof("house", "explain", str(built), "K36", "--house", house)
    lines = done.stdout.decode().splitlines()
    assert "23.2  paragraph 2, riverside-nordkauf/contract/notices.toml:9" in done.stdout.decode()
    assert "payment.route == 'trade_assurance': yes" in done.stdout.decode()
    assert "in place of riverside 2.1.0" in done.stdout.decode()
    assert max(map(_width, lines)) <= 80
