"""What a house keeps is offered wherever answers are asked for: `lotproof questions`, a re-order, `lotproof new`."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from cli.test_new import Terminal
from house_folders import head, write_house
from lotproof.catalog.loading import load_category
from lotproof.cli import main
from lotproof.cli.asking.kept import Kept
from lotproof.questions import flow as f
from lotproof.questions.cards import answers_of
from lotproof.questions.reading import FORMAT
from lotproof.questions.reordering import reorder
from lotproof.questions.steps import Flow
from lotproof.sources import parse_toml

CARD = 'role = "buyer"\nname = "Nordkauf GmbH"\nregistration = "HRB 9"\naddress = "Kai 1"\ncontact = "n@nordkauf.example"\n'
CLIENT = 'role = "end_client"\nname = "Kaffeehaus Nord KG"\n'
DEFAULTS = '[defaults]\n"delivery.incoterm" = "FOB"\nseller = "qingshan"\n'
PARTY = "Number or name (Enter: type in)"
SELLER = 'role = "supplier"\nseat = "mainland"\nname_zh = "青山示例"\n'


@pytest.fixture(scope="module")
def agency(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_house(
        tmp_path_factory.mktemp("houses") / "agency",
        head("agency", more=DEFAULTS),
        parties__nordkauf=CARD,
        parties__qingshan=SELLER,
        parties__kaffeehaus=CLIENT,
    )


def test_a_blank_file_names_the_cards_and_the_defaults_at_their_places(agency: Path) -> None:
    run = CliRunner().invoke(main, ["questions", "ceramic_tableware", "--house", str(agency)], standalone_mode=False)
    text = run.stdout
    data, _ = parse_toml(text.encode(), "answers.toml")
    assert (data["house"], data["buyer"]["party"], data["seller"]["party"]) == ("agency", "", "")
    assert "# >>> party names a card of the house, which answers what stays open: nordkauf (Nordkauf GmbH)" in text
    assert '# >>> left open, the house answers "FOB"\nincoterm = ""' in text
    assert "# >>> the house keeps: kaffeehaus\nend_client" in text
    assert "left open, the house answers qingshan" in text.replace("\n# >>>", "")


def test_a_re_order_keeps_the_party_by_name_and_asks_nothing_that_its_card_answers() -> None:
    category = load_category("ceramic_tableware")
    for buyer in ({"party": "nordkauf", "contact": "x@y.example"}, "nordkauf"):
        made = reorder(
            {"format": FORMAT, "category": category.id, "buyer": buyer, "goods": []},
            category,
            salt="0" * 32,
            wording="",
        )
        assert made.data["buyer"]["party"] == "nordkauf"
        assert not [asked for asked in made.asked if asked.path[0] == "buyer"]
        assert not [gone for gone in made.withdrawn if gone.name.startswith("buyer")]


def until_party(terminal: Terminal, prompt: str | None) -> list[str]:
    """Leave questions open until a party is offered; return those that were put."""
    passed: list[str] = []
    while prompt != PARTY:
        assert prompt is not None
        assert len(passed) < 100
        passed.append(prompt)
        prompt = terminal.type("")
    return passed


def test_the_flow_offers_a_list_and_the_file_keeps_the_name_alone(agency: Path, tmp_path: Path) -> None:
    file = tmp_path / "answers.toml"
    terminal = Terminal(file, "ceramic_tableware", "--house", str(agency))
    passed = until_party(terminal, terminal.prompt())  # the seller decides most, and is asked first
    assert passed
    assert "1  qingshan: 青山示例" in terminal.text
    assert terminal.type("nobody") == PARTY
    assert "Nothing matches." in terminal.text
    passed = until_party(terminal, terminal.type("1"))
    assert not {"seller.seat", "seller.name_zh"} & set(passed)
    assert "1  nordkauf: Nordkauf GmbH" in terminal.text
    prompt = terminal.type("nordkauf gmbh")
    assert prompt is not None
    assert not prompt.startswith("buyer.")
    assert terminal.type(":q") is None
    data, _ = parse_toml(file.read_bytes(), "answers.toml")
    assert (data["house"], data["buyer"]) == ("agency", {"party": "nordkauf"})
    assert data["seller"]["party"] == "qingshan"
    assert "name_zh" not in data["seller"]


KEYS = ("name", "registration", "address", "contact")


@given(st.dictionaries(st.sampled_from(KEYS), st.sampled_from(["", "own", "Nordkauf GmbH", "HRB 9"])))
def test_what_is_beside_a_card_is_kept_and_what_is_on_it_is_not(agency: Path, beside: dict[str, str]) -> None:
    kept = Kept(agency)
    whole = kept.unfolded({"buyer": {"party": "nordkauf", **beside}})
    card = {"role": "principal", "name": "Nordkauf GmbH", "registration": "HRB 9", "address": "Kai 1"}
    card["contact"] = "n@nordkauf.example"
    assert whole["buyer"] == {**card, "party": "nordkauf", **{k: v for k, v in beside.items() if v}}
    short = kept.folded(whole)
    assert short["buyer"] == {"party": "nordkauf", **{k: v for k, v in beside.items() if v and v != card[k]}}
    assert kept.unfolded(short) == whole


def test_a_party_is_offered_once_and_not_where_somebody_has_answered(agency: Path) -> None:
    kept, category = Kept(agency), load_category("ceramic_tableware")
    step = next(s for s in f.steps(Flow(category), f.begin(category)) if s.id == "buyer.name")
    assert kept.offered(step, {"buyer": {"name": "Somebody"}}) == ()
    assert [card.id for card in kept.offered(step, {"buyer": {"name": ""}})] == ["nordkauf"]
    assert kept.offered(step, {}) == ()


def test_a_card_is_put_into_answers_whole(agency: Path) -> None:
    kept = Kept(agency)
    card = kept._cards["nordkauf"]
    assert answers_of(card)["role"] == "principal"
    assert kept.unfolded({"buyer": "nordkauf"})["buyer"]["name"] == "Nordkauf GmbH"
    assert kept.house == "agency"
