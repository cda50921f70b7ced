"""Buyers and suppliers kept once: picked by name, answers beside win, and an end client reaches no file of the factory."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from house_folders import head, write_house
from lotproof import api
from lotproof.batch.jobs import jobs_of_table
from lotproof.catalog.loading import index, load_category
from lotproof.cli import main
from lotproof.findings import Refused
from lotproof.questions.cards import BANK, ROLES, Card, answers_of, picked, read_cards
from lotproof.questions.problems import Problem
from lotproof.questions.secrecy import told
from lotproof.sources import parse_toml
from lotproof.templates import load_folder
from lotproof.templates.folders import stack
from lotproof.upkeep.houses import look

ANSWERS = (Path(__file__).parents[2] / "examples" / "stoneware-mugs" / "answers.toml").read_text(encoding="utf-8")
BUYER = re.search(r"\[buyer\]\n(.*?)\n\n", ANSWERS, re.DOTALL)
SELLER = re.search(r"\[seller\]\n(.*?)\n\n", ANSWERS, re.DOTALL)
assert BUYER is not None
assert SELLER is not None
HEARTH = 'role = "buyer"\n' + BUYER[1].replace('role = "principal"\n', "")
QINGSHAN = 'role = "supplier"\n' + SELLER[1]
CLIENT = 'role = "end_client"\nname = { en = "Kaffeehaus Nord KG", zh = "北方咖啡馆公司" }\ncontact = "Anna Nord"\n'
NAMED = ANSWERS.replace(BUYER[0], '[buyer]\nparty = "hearth"\n\n').replace(
    SELLER[0], '[seller]\nparty = "qingshan"\n\n'
)


@pytest.fixture(scope="module")
def agency(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_house(
        tmp_path_factory.mktemp("houses") / "agency",
        head("agency"),
        parties__hearth=HEARTH,
        parties__qingshan=QINGSHAN,
        parties__secret=CLIENT,
    )


def refused(answers: str, house: Path, *settings_: str) -> list[tuple[str, str, str]]:
    with pytest.raises(Refused) as caught:
        api.build(answers.encode(), "answers.toml", house=house, settings=settings_)
    return [(finding.code, finding.where, str(finding.hint)) for finding in caught.value.findings]


def test_a_card_gives_what_the_answers_would_have_said(agency: Path) -> None:
    whole, named = (api.build(text.encode(), house=agency).order for text in (ANSWERS, NAMED))
    assert named.parties == whole.parties
    assert not named.draft or named.draft == whole.draft
    assert api.seal(named).sections["parties"] == api.seal(whole).sections["parties"]


@pytest.mark.parametrize("name", ["hearth", "Hearth & Bean Homeware GmbH", "hearth &  bean homeware gmbh"])
def test_a_party_is_named_by_its_card_or_by_a_registered_name_in_the_place_of_the_table(
    agency: Path, name: str
) -> None:
    short = NAMED.replace('[buyer]\nparty = "hearth"\n\n', "").replace("[order]", f'buyer = "{name}"\n\n[order]', 1)
    assert str(api.build(short.encode(), house=agency).order.parties.buyer["registration"]).startswith("HRB 123456")


def test_what_is_answered_beside_the_name_wins_field_by_field_and_each_keeps_its_origin(agency: Path) -> None:
    beside = NAMED.replace('party = "hearth"', 'party = "hearth"\ncontact = "Somebody else, other@example.example"')
    order = api.build(beside.encode(), house=agency).order
    assert order.parties.buyer["contact"] == "Somebody else, other@example.example"
    assert str(order.parties.buyer["registration"]).startswith("HRB 123456")
    origins = {path: (how, by) for path, how, _, by in order.provenance.origins}
    assert origins["buyer.registration"] == ("card", "hearth")
    assert "buyer.contact" not in origins


def test_a_setting_of_a_whole_party_replaces_the_one_of_the_file(tmp_path: Path) -> None:
    house = write_house(
        tmp_path / "agency",
        head("agency"),
        parties__hearth=HEARTH,
        parties__other='role = "agent"\nname = "Other Trading Ltd"\nprincipal = "Principal Ltd, No. 7"\nregistration = "No. 12"\naddress = "1 High Street"\ncontact = "x@other.example"\n',
    )
    order = api.build(ANSWERS.encode(), house=house, settings=("buyer=other", "buyer.contact=y@other.example")).order
    assert dict(order.parties.buyer) | {"name": "", "address": "", "principal": ""} == {
        "role": "agent",
        "principal": "",
        "name": "",
        "registration": "No. 12",
        "address": "",
        "contact": "y@other.example",
    }
    assert "Hearth" not in repr(order.parties.buyer)


def test_a_name_that_is_wrong_is_told_with_its_place_and_what_was_meant(agency: Path) -> None:
    line = NAMED[: NAMED.index('party = "hearth"')].count("\n") + 1
    ((code, where, hint),) = refused(NAMED.replace('"hearth"', '"herth"'), agency)
    assert (code, where, hint) == ("LP946", f"answers.toml:{line}: buyer.party", "did you mean hearth?")
    ((code, _, _),) = refused(NAMED.replace('"hearth"', '"qingshan"'), agency)
    assert code == "LP946"
    ((code, where, _),) = refused(ANSWERS, agency, "seller=nobody")
    assert (code, where) == ("LP946", "--set: seller.party")


def test_without_a_house_a_named_party_says_that_a_house_is_needed() -> None:
    for text in (
        NAMED,
        NAMED.replace('[buyer]\nparty = "hearth"\n\n', "").replace("[order]", 'buyer = "x"\n[order]', 1),
    ):
        with pytest.raises(Refused) as caught:
            api.build(text.encode())
        found = [finding for finding in caught.value.findings if finding.severity == "refuse"]
        assert [finding.code for finding in found] == ["LP946", "LP946"]
        assert "--house DIR" in found[0].hint


def test_a_client_s_card_stands_over_the_agency_s(agency: Path) -> None:
    client = write_house(
        agency.parent / "client",
        head("client", base="agency", base_version="1.0.0"),
        parties__hearth=HEARTH.replace("HRB 123456", "HRB 777777"),
    )
    order = api.build(NAMED.encode(), house=client).order
    assert str(order.parties.buyer["registration"]).startswith("HRB 777777")
    assert "林晓燕" in repr(order.parties.seller["representative"])


@pytest.mark.parametrize(
    ("name", "card", "code", "line"),
    [
        ("nord", 'name = "Nord Ltd"\n', "LP947", 1),
        ("nord", 'role = "byer"\nname = "Nord Ltd"\n', "LP947", 1),
        ("nord", 'role = "buyer"\nname = "Nord Ltd"\nadress = "x"\n', "LP947", 3),
        ("nord", 'role = "buyer"\ncontact = "x"\n', "LP947", 1),
        ("Nord GmbH", 'role = "buyer"\nname = "Nord Ltd"\n', "LP947", 0),
        ("nord", 'role = "supplier"\nname_en = "Nord Ltd"\nseat = "moon"\n', "LP113", 3),
        ("nord", 'role = "buyer"\nname = 3\n', "LP947", 2),
        ("nord", "role = ", "LP101", 1),
    ],
)
def test_a_card_that_is_wrong_is_told_by_house_check_with_file_and_line(
    tmp_path: Path, name: str, card: str, code: str, line: int
) -> None:
    house = write_house(tmp_path / "agency", head("agency"))
    (house / "parties").mkdir()
    (house / "parties" / f"{name}.toml").write_text(card, encoding="utf-8")
    found = look(house).findings
    assert code in [finding.code for finding in found]
    assert found[0].where.startswith(f"agency/parties/{name}.toml" + (f":{line}" if line else ""))


def test_a_card_whose_languages_have_other_numbers_is_told_by_house_check(tmp_path: Path) -> None:
    """As in an order: who reads one column must not read another address."""
    card = HEARTH.replace("20457 Hamburg，德国", "德国汉堡")
    assert card != HEARTH
    house = write_house(tmp_path / "agency", head("agency"), parties__hearth=card)
    line = card.splitlines().index(next(line for line in card.splitlines() if line.startswith("address"))) + 1
    assert [(f.code, f.where) for f in look(house).findings] == [
        ("LP125", f"agency/parties/hearth.toml:{line}: address")
    ]


def test_a_setting_that_names_a_party_without_a_house_says_that_one_is_needed() -> None:
    for setting in ("seller=qingshan", "seller.party=qingshan"):
        with pytest.raises(Refused) as caught:
            api.build(ANSWERS.encode(), settings=(setting,))
        assert [f.code for f in caught.value.findings] == ["LP181"]
        assert "--house" in str(caught.value.findings[0].hint)


def test_a_card_that_leads_out_of_the_house_is_not_read(tmp_path: Path) -> None:
    house = write_house(tmp_path / "agency", head("agency"))
    (house / "parties").mkdir()
    (tmp_path / "else.toml").write_text(HEARTH, encoding="utf-8")
    (house / "parties" / "hearth.toml").symlink_to(tmp_path / "else.toml")
    with pytest.raises(Refused) as caught:
        read_cards(stack(house))
    assert [finding.code for finding in caught.value.findings] == ["LP902"]


def test_the_keys_of_cards_are_those_of_the_questions() -> None:
    groups = {g.id: {q.key for q in g.questions} for g in load_category(index()[0]["id"]).groups}
    assert set(ROLES["agent"][1]) | {"role"} == groups["buyer"]
    assert set(ROLES["supplier"][1]) - set(BANK) == groups["seller"]
    assert set(BANK) <= groups["payment"]


def test_one_name_on_two_cards_names_neither() -> None:
    twice = {
        name: Card(id=name, role="buyer", said={"name": "Nord Ltd"}, file=f"{name}.toml", text="") for name in "ab"
    }
    found = picked("nord ltd", twice, "buyer")
    assert isinstance(found, Problem)
    assert picked("a", twice, "buyer") is twice["a"]
    assert answers_of(twice["a"]) == {"role": "principal", "name": "Nord Ltd"}


def test_a_supplier_s_account_is_taken_where_the_buyer_pays_to_one(tmp_path: Path) -> None:
    bank = QINGSHAN + '\nbeneficiary = "潮州市青山示例陶瓷有限公司"\nbank_account = "Example Bank, 1234 5678"\n'
    house = write_house(tmp_path / "agency", head("agency"), parties__hearth=HEARTH, parties__qingshan=bank)
    text = re.sub(r"beneficiary = .*\n", "", NAMED)
    direct = text.replace('route = "trade_assurance"', 'route = "bank_transfer"')
    order = api.build(direct.encode(), house=house).order
    assert order.commercial.payment["bank_account"] == "Example Bank, 1234 5678"
    platform = api.build(text.encode(), house=house).order
    assert platform.commercial.payment.get("beneficiary") is None


def test_a_cell_names_a_party_and_a_wrong_one_is_told_by_its_cell(agency: Path, tmp_path: Path) -> None:
    table = io.StringIO()
    csv.writer(table).writerows(
        [["order.number", "buyer", "seller"], ["A-1", "hearth", "qingshan"], ["A-2", "herth", "qingshan"]]
    )
    (tmp_path / "orders.csv").write_text(table.getvalue(), encoding="utf-8")
    (tmp_path / "template.toml").write_text(ANSWERS, encoding="utf-8")
    assert len(jobs_of_table(table.getvalue().encode(), "orders.csv", ANSWERS.encode())) == 2
    arguments = [tmp_path / "orders.csv", "--answers", tmp_path / "template.toml", "--house", agency]
    arguments += ["-o", tmp_path / "built", "--processes", "1", "--format", "txt"]
    run = CliRunner().invoke(main, ["batch", *map(str, arguments)], standalone_mode=False)
    assert run.return_value == 1
    assert "orders.csv: B3: buyer.party\n  refuse LP946" in run.stderr
    assert (tmp_path / "built" / "A-1" / "contract.txt").is_file()


def test_a_card_changes_no_word_of_the_house(agency: Path) -> None:

    before = load_folder(agency).fingerprint
    (agency / "parties" / "more.toml").write_text('role = "buyer"\nname = "More Ltd"\n', encoding="utf-8")
    assert load_folder(agency).fingerprint == before
    (agency / "parties" / "more.toml").unlink()


# the end client


def test_an_end_client_is_named_by_its_card_and_stands_in_the_private_section_alone(agency: Path) -> None:
    order = api.build(ANSWERS.replace('"Kaffeehaus Nord KG"', '"secret"').encode(), house=agency).order
    assert order.private.end_client == "Kaffeehaus Nord KG"
    assert ("payment.end_client", "card", "", "") in order.provenance.origins


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('en = "Hamburg, Germany"', 'en = "Kaffeehaus Nord KG, Hamburg"'),
        ('en = "Hamburg, Germany"', 'en = "KAFFEEHAUS  NORD KG, Hamburg"'),
        ('zh = "德国汉堡"', 'zh = "北方咖啡馆公司，汉堡"'),
        ('drawing = "HB-M250 rev 1"', 'drawing = "Kaffeehaus Nord KG-1"'),
    ],
)
def test_the_name_of_an_end_client_in_another_answer_is_refused(agency: Path, old: str, new: str) -> None:
    assert old in ANSWERS
    text = ANSWERS.replace('"Kaffeehaus Nord KG"', '"secret"').replace(old, new)
    assert [code for code, _, _ in refused(text, agency)] == ["LP949"]


def test_a_house_that_is_called_after_an_end_client_is_refused(agency: Path) -> None:
    client = write_house(agency.parent / "for-secret-co", head("for-secret-co", base="agency", base_version="1.0.0"))
    text = ANSWERS.replace('"Kaffeehaus Nord KG"', '"secret"')
    assert [(code, where) for code, where, _ in refused(text, client)] == [("LP949", "for-secret-co/house.toml: id")]
    assert "LP949" in [finding.code for finding in look(client).findings]


def clause_saying(text: str) -> str:
    return f'id = "contract.notices"\nreplaces = "contract.notices"\n[[paragraph]]\nen = "{text}"\nzh = "通知"\n'


@pytest.mark.parametrize("name", ["payment.end_client", "window.confirmed_by", "order.trouble", "wording.confirmed_by"])
def test_no_sentence_of_a_house_can_name_what_stays_with_the_buyer(tmp_path: Path, name: str) -> None:
    printed = write_house(tmp_path / "one", head("one"), contract__notices=clause_saying(f"For {{{{ {name} }}}}."))
    asked = write_house(
        tmp_path / "two", head("two"), contract__notices=clause_saying(f"{{% if {name} == 'x' %}}Yes.{{% endif %}}")
    )
    for house in (printed, asked):
        found = refused(ANSWERS, house)
        assert {(code, where) for code, where, _ in found} == {("LP203", "contract.notices.en")}


@pytest.mark.parametrize(
    ("files", "where"),
    [
        ({"contract__notices": clause_saying("Notices go to Kaffeehaus Nord KG too.")}, "contract.notices (en)"),
        (
            {"labels": '[label]\nbuyer = { en = "Buyer for kaffeehaus nord kg", zh = "买方" }\n'},
            "texts.en.labels.buyer",
        ),
        ({"labels": '[label]\nbuyer = { en = "Buyer", zh = "买方（北方咖啡馆公司）" }\n'}, "texts.zh.labels.buyer"),
    ],
)
def test_the_words_of_a_house_do_not_name_its_end_client(tmp_path: Path, files: dict[str, str], where: str) -> None:
    house = write_house(tmp_path / "agency", head("agency"), parties__secret=CLIENT, **files)
    found = refused(ANSWERS.replace('"Kaffeehaus Nord KG"', '"secret"'), house)
    assert [(code, there) for code, there, _ in found] == [("LP949", where)]
    other = api.build(ANSWERS.replace('"Kaffeehaus Nord KG"', '"Somebody Else AG"').encode(), house=house).order
    assert other.private.end_client == "Somebody Else AG"


def every_byte(files: dict[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Yield names and contents of files and of everything packed inside them."""
    for name, content in files.items():
        yield name, name.encode()
        yield name, content
        if content.startswith(b"PK"):
            with zipfile.ZipFile(io.BytesIO(content)) as package:
                yield from every_byte({f"{name}/{part}": package.read(part) for part in package.namelist()})
        if content.startswith(b"%PDF"):
            import pypdfium2

            with pypdfium2.PdfDocument(content) as pages:
                text = "\n".join(page.get_textpage().get_text_range() for page in pages)
                yield f"{name} text", unicodedata.normalize("NFKC", text).encode()
                for number in range(pages.count_attachments()):
                    yield f"{name} attachment", bytes(pages.get_attachment(number).get_data())
            for stream in re.findall(rb"stream\r?\n(.*?)endstream", content, re.DOTALL):
                try:
                    yield f"{name} stream", zlib.decompress(stream)
                except zlib.error:
                    continue


def holding(files: dict[str, bytes], names: tuple[str, ...]) -> list[str]:
    """Return where one of some names stands, in any of the encodings that files have."""
    wanted = [form for name in names for form in _forms(name)]
    return [place for place, content in every_byte(files) if any(form in content for form in wanted)]


def _forms(name: str) -> Iterator[bytes]:
    yield name.encode()
    yield name.encode("utf-16-be")
    yield name.encode("utf-16-le")
    yield name.encode("ascii", "backslashreplace")
    yield name.replace(" ", "").encode()
    yield name.encode().replace(b" ", b"_")


NAMES = st.text(st.sampled_from("qwxzvk"), min_size=6, max_size=9).map(str.capitalize)


@settings(max_examples=8, deadline=None)
@given(first=NAMES, second=NAMES, formats=st.sampled_from([("docx", "xlsx"), ("html", "txt", "json")]))
def test_no_byte_of_a_file_for_the_factory_holds_the_end_client(
    agency: Path, first: str, second: str, formats: tuple[str, ...]
) -> None:
    name, chinese = f"{first} {second} KG", "寒鸦" + "麒麟" * (1 + len(first) % 3) + "公司"
    card = f'role = "end_client"\nname = {{ en = "{name}", zh = "{chinese}" }}\n'
    (agency / "parties" / "hidden.toml").write_text(card, encoding="utf-8")
    try:
        order = api.build(NAMED.replace('"Kaffeehaus Nord KG"', '"hidden"').encode(), house=agency).order
    finally:
        (agency / "parties" / "hidden.toml").unlink()
    assert order.private.end_client == name
    files = dict(api.render(order, None, formats, api.PROFILES, ("contract", "checklist", "arrival")))
    kept = {"order.json": files.pop("order.json")}
    assert len(files) >= 5
    secrets = (name, first + " " + second, chinese)
    assert holding(files, secrets) == []
    assert holding(kept, (name,)) != []  # the buyer's own file has it: the search finds what is there


def test_no_byte_of_a_pdf_for_the_factory_holds_the_end_client(agency: Path) -> None:
    order = api.build(NAMED.replace('"Kaffeehaus Nord KG"', '"secret"').encode(), house=agency).order
    files = dict(api.render(order, None, ("pdf",)))
    del files["order.json"]
    assert set(files) == {"contract.pdf", "checklist.pdf"}
    assert holding(files, ("Kaffeehaus", "咖啡馆", "Anna Nord")) == []
    assert holding(files, ("Hearth & Bean",)) != []


@given(st.text(min_size=1, max_size=12), st.text(max_size=30), st.text(max_size=30))
def test_a_name_that_stands_between_other_words_is_found(name: str, before: str, after: str) -> None:
    plain = " ".join(unicodedata.normalize("NFKC", name).casefold().split())
    if sum(character.isalnum() for character in plain) < 4:
        return
    data = {"goods": [{"description": {"en": f"{before} {name} {after}"}}], "payment": {"end_client": name}}
    assert [problem.path for problem in told(data, (name,))] == [("goods", 0, "description", "en")]


def test_the_data_sheet_of_the_supplier_does_not_show_who_the_end_client_is(agency: Path) -> None:
    data, _ = parse_toml(ANSWERS.encode(), "answers.toml")
    book = api.supplier_workbook(load_category("ceramic_tableware"), "zh", data)
    assert holding({"supplier.xlsx": book}, ("Kaffeehaus",)) == []
