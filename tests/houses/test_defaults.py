"""`[defaults]` and `languages` of a house: answers where nobody else gives one, said as coming from the house."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from house_folders import head, write_house
from lotproof import api
from lotproof.changes.model import Kind
from lotproof.findings import Refused
from lotproof.orders.model import Order
from lotproof.questions.defaults import defaults_of, profile_of
from lotproof.questions.origins import Origin, said
from lotproof.templates.folders import stack
from lotproof.upkeep.house_updates import update
from lotproof.upkeep.houses import look
from lotproof.upkeep.said import compare_defaults
from lotproof.upkeep.three_way import Outcome

ANSWERS = (Path(__file__).parents[2] / "examples" / "stoneware-mugs" / "answers.toml").read_text(encoding="utf-8")
OPEN = re.sub(r'(incoterm|languages|route) = ".*"\n', "", ANSWERS)
DEFAULTS = """languages = ["en", "zh"]

[defaults]
profile = "short"
"delivery.incoterm" = "FOB"
payment = { route = "bank_transfer", deposit_percent = 20 }
"tooling.cost" = 100
"""
CARD = 'role = "buyer"\nname = "Nordkauf GmbH"\nregistration = "HRB 9"\naddress = "Kai 1"\ncontact = "n@nordkauf.example"\n'


def build(answers: str, house: Path, *settings: str) -> Order:
    return api.build(answers.encode(), house=house, settings=settings).order


def origins(order: Order) -> dict[str, tuple[str, str]]:
    return {path: (how, by) for path, how, _, by in order.provenance.origins}


@pytest.fixture(scope="module")
def agency(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_house(tmp_path_factory.mktemp("houses") / "agency", head("agency", more=DEFAULTS))


def test_what_was_left_open_comes_from_the_house_and_says_so(agency: Path) -> None:
    order = build(OPEN, agency)
    assert order.header.languages == ("en", "zh")
    assert order.commercial.delivery["incoterm"] == "FOB"
    assert order.commercial.payment["route"] == "bank_transfer"
    found = origins(order)
    assert found["delivery.incoterm"] == found["order.languages"] == ("house", "agency")
    assert said(Origin("house", by="agency")) == "default of the house (agency)"


def test_an_answer_that_was_given_stands(agency: Path) -> None:
    order = build(ANSWERS, agency)
    assert order.commercial.delivery["incoterm"] == "FCA"
    assert order.commercial.payment["deposit_percent"] == 30
    assert origins(order) == {}
    named = build(OPEN, agency, "delivery.incoterm=CIF")
    assert named.commercial.delivery["incoterm"] == "CIF"
    assert origins(named)["delivery.incoterm"] == ("flag", "")


def test_a_default_makes_no_table_that_the_answers_leave_out_and_answers_nothing_that_is_not_asked(
    agency: Path,
) -> None:
    order = build(OPEN, agency)
    assert "tooling" not in order.commercial.duties
    folder = write_house(agency.parent / "escrow", head("escrow", more='[defaults]\n"payment.escrow_agent" = "Bank"\n'))
    built = api.build(ANSWERS.encode(), house=folder)
    assert "payment.escrow_agent" not in origins(built.order)
    assert "LP121" not in [finding.code for finding in built.findings]


def test_a_house_says_its_default_over_those_beneath_it(agency: Path) -> None:
    more = '[defaults]\n"delivery.incoterm" = "DDP"\n'
    client = write_house(agency.parent / "client", head("client", base="agency", base_version="1.0.0", more=more))
    order = build(OPEN, client)
    assert order.commercial.delivery["incoterm"] == "DDP"
    assert origins(order)["delivery.incoterm"] == ("house", "client")
    assert origins(order)["payment.route"] == ("house", "agency")
    assert profile_of(stack(client)) == "short"


def test_a_party_may_be_a_default_and_gives_way_to_any_that_is_named(tmp_path: Path) -> None:
    folder = write_house(
        tmp_path / "agency", head("agency", more='[defaults]\nbuyer = "nordkauf"\n'), parties__nordkauf=CARD
    )
    nobody = re.sub(r"\[buyer\]\n.*?\n\n", "", ANSWERS, flags=re.DOTALL)
    assert build(nobody, folder).parties.buyer["registration"] == "HRB 9"
    assert str(build(ANSWERS, folder).parties.buyer["registration"]).startswith("HRB 123456")


def test_the_profile_of_a_house_is_printed_where_nobody_asks_for_another(agency: Path) -> None:
    assert api.profile_of(agency) == "short"
    assert api.profile_of(None) == "full"


@pytest.mark.parametrize(
    ("more", "code", "line"),
    [
        ('[defaults]\n"delivery.incotrem" = "FOB"\n', "LP948", 8),
        ('[defaults]\n"order.salt" = "00"\n', "LP948", 8),
        ('[defaults]\n"goods.unit" = "pc"\n', "LP948", 8),
        ('[defaults]\nprofile = "long"\n', "LP948", 8),
        ('[defaults]\nbuyer = "nobody"\n', "LP946", 8),
        ('[defaults]\n"delivery.place" = ""\n', "LP948", 8),
        ('[defaults]\n"delivery.incoterm" = "FXX"\n', "LP113", 8),
        ('[defaults]\npayment = { deposit_percent = "x" }\n', "LP112", 8),
        ('languages = "english"\n', "LP113", 7),
        ("languages = 3\n", "LP113", 7),
    ],
)
def test_a_default_that_is_wrong_is_told_by_house_check_with_file_and_line(
    tmp_path: Path, more: str, code: str, line: int
) -> None:
    folder = write_house(tmp_path / "agency", head("agency", more=more))
    found = [(finding.code, finding.where.partition(": ")[0]) for finding in look(folder).findings]
    assert found == [(code, f"agency/house.toml:{line}")]


def test_defaults_that_are_no_table_are_refused(tmp_path: Path) -> None:
    with pytest.raises(Refused) as caught:
        stack(write_house(tmp_path / "agency", head("agency", more="defaults = 3\n")))
    assert [finding.code for finding in caught.value.findings] == ["LP900"]


def test_the_standard_house_answers_nothing() -> None:
    from lotproof.templates import house_folder

    assert defaults_of(stack(house_folder("standard"))) == ()


def test_defaults_are_compared_and_brought_in_as_clauses_are(tmp_path: Path) -> None:
    write_house(tmp_path / "agency@1.0.0", head("agency", "1.0.0", more='[defaults]\n"payment.route" = "escrow"\n'))
    more = '[defaults]\n"payment.route" = "bank_transfer"\n"delivery.incoterm" = "FOB"\n'
    write_house(tmp_path / "agency", head("agency", "2.0.0", more=more))
    own = '[defaults]\n"payment.route" = "trade_assurance"\nprofile = "short"\n'
    client = write_house(tmp_path / "client", head("client", base="agency", base_version="1.0.0", more=own))
    changes = compare_defaults(stack(tmp_path / "agency@1.0.0"), stack(tmp_path / "agency"))
    assert [(one.kind, one.title["en"], one.was.get("en"), one.becomes["en"]) for one in changes] == [
        (Kind.PAYMENT, "How it is paid", "escrow", "bank_transfer"),
        (Kind.DELIVERY, "Incoterms rule", None, "FOB"),
    ]
    found = {one.id: one.outcome for one in update(client).clauses}
    assert found == {
        "defaults.payment.route": Outcome.CONFLICT,
        "defaults.delivery.incoterm": Outcome.ARRIVES,
    }
