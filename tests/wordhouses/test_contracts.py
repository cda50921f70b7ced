"""A contract from a house's own Word file: its values, its parts, its data, and what verify says of it."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from docx import Document

from lotproof import api
from lotproof.api import Built
from lotproof.findings import Refused, Severity
from lotproof.frozen import replace
from lotproof.orders.inside import order_inside
from lotproof.orders.model import Order
from lotproof.orders.stored import read_order
from lotproof.readers.package import open_package
from lotproof.upkeep.houses import look
from lotproof.verify.data import data_parts
from lotproof.verify.page import page_digest, page_inside
from lotproof.wordhouses import houses
from terminal import lotproof
from word_templates import OWN, p, run, table, template

ANSWERS = (Path(__file__).parents[2] / "examples" / "stoneware-mugs" / "answers.toml").read_bytes()
HOUSE = 'format = "lotproof-house/1"\nid = "{}"\nversion = "1.0"\ntitle = {{ en = "A", zh = "代" }}\nbase = "{}"\nbase_version = "0.1.0"\n'
HEADINGS = ("Specification", "Arrival and notice periods")
CONTRACT = template(
    p("Contract {{ order.number }} of {{ order.date }}", style="Title"),
    "Between {{ buyer.name }} and {{ seller.name_zh }} at {{ zh.delivery.place }}.",
    p("Deposit {{ pay", "ment.deposit", "_percent }} % by {{ payment.route }}: {{ deposit }}."),
    "{% if payment.route == 'trade_assurance' %}Platform order.{% else %}No platform.{% endif %}",
    table(
        ["Item", "Quantity"],
        ["{%tr for line in goods %}", ""],
        ["{{ line.item }}", "{{ line.quantity }} {{ line.unit }}"],
        ["{%tr endfor %}", ""],
    ),
    *HEADINGS,
    *OWN,
    header="{{ buyer.name }} / {{ order.number }}",
    footnotes="Digest {{ order.digest }}",
)


def agency(folder: Path, contract: bytes = CONTRACT, house: str = "agency", base: str = "standard") -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "house.toml").write_text(HOUSE.format(house, base), encoding="utf-8")
    (folder / "contract.docx").write_bytes(contract)
    return folder


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Built:
    return api.build(ANSWERS, house=agency(tmp_path_factory.mktemp("houses") / "agency"))


@pytest.fixture(scope="session")
def files(built: Built) -> dict[str, bytes]:
    return dict(api.render(built.order))


@pytest.fixture(scope="session")
def contract(files: dict[str, bytes]) -> bytes:
    return files["contract.docx"]


def text(content: bytes) -> str:
    document = Document(io.BytesIO(content))
    paragraphs = document.element.body.iter("{*}p")
    return "\n".join("".join(node.text or "" for node in paragraph.iter("{*}t")) for paragraph in paragraphs)


def changed(content: bytes, old: str, new: str, part: str = "word/document.xml") -> bytes:
    """Return a package with one text in a part changed; it has to be there."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as given, zipfile.ZipFile(out, "w") as made:
        for name in given.namelist():
            raw = given.read(name)
            if name == part:
                assert old.encode() in raw
                raw = raw.replace(old.encode(), new.encode())
            made.writestr(name, raw)
    return out.getvalue()


def refused(order_or_house: Callable[[], object]) -> list[tuple[str, str]]:
    with pytest.raises(Refused) as caught:
        order_or_house()
    return [(finding.code, str(finding.message)) for finding in caught.value.findings]


def test_values_of_the_order_are_printed_in_its_words(contract: bytes) -> None:
    said = text(contract)
    assert "Contract HB-2027-118 of 8 February 2027" in said
    assert "Deposit 30 % by Alibaba Trade Assurance: USD\u00a04,108.80." in said
    assert "Platform order." in said
    assert "No platform" not in said
    assert "4,800 pieces" in said


def test_the_contract_prints_every_term_by_the_number_of_the_checklist(built: Built, files: dict[str, bytes]) -> None:
    said, listed = text(files["contract.docx"]).split("\n"), text(files["checklist.docx"]).split("\n")
    from lotproof.documents.numbering import term_numbers

    numbers = term_numbers(built.order).values()
    assert len(numbers) == len(built.order.spec.terms)
    for number in numbers:
        assert said.count(number) == 1
        assert f"{number}.1" in listed or number in listed


def test_the_same_order_gives_the_same_bytes_without_the_house(built: Built, files: dict[str, bytes]) -> None:
    order = read_order(files["order.json"])
    assert order == built.order
    assert dict(api.render(order)) == files


def test_the_contract_carries_digest_and_data(built: Built, contract: bytes) -> None:
    package = open_package(contract, "contract.docx")
    assert {"customXml/itemProps1.xml", "customXml/itemProps2.xml"} <= set(
        package.entries
    )  # else LibreOffice drops them
    (data,) = data_parts(package)
    inside = order_inside(data, "contract.docx")
    assert inside.proven
    assert inside.texts_proven
    assert inside.hidden == ("private",)
    assert inside.sealed.digest == api.digest(built.order)
    assert api.digest(built.order).encode() in package.read("docProps/custom.xml")
    assert api.digest(built.order).encode() in package.read("word/footnotes.xml")


def test_an_order_without_such_a_file_keeps_its_bytes(tmp_path: Path) -> None:
    folder = agency(tmp_path / "agency")
    (folder / "contract.docx").unlink()
    order = api.build(ANSWERS, house=folder).order
    assert order.word is None
    data = json.loads(dict(api.render(order, kinds=()))["order.json"])
    assert "word" not in data
    shown = json.loads("".join(api.contract(order).data))["shown"]
    assert sorted(shown) == ["kind", "languages", "profile", "tool"]


def test_verify_says_intact_of_the_file_as_it_was_built(built: Built, contract: bytes) -> None:
    for record in (None, built.order):
        report = api.verify(contract, "contract.docx", record=record)
        assert (report.verdict, report.changes, report.notes) == ("intact", (), ())


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("4,108.80", "4,108.30", "paragraph"),
        ("at most 3.0%", "at most 8.0%", "ceramic.water_absorption"),
        ("Platform order.", "", "paragraph"),
    ],
)
def test_verify_finds_what_was_changed(contract: bytes, old: str, new: str, named: str) -> None:
    report = api.verify(changed(contract, old, new), "contract.docx")
    assert report.verdict == "text changed"
    assert all(named.rsplit(".", maxsplit=1)[-1] in change.clause for change in report.changes)
    assert old in " ".join(change.was for change in report.changes)


def test_a_contract_whose_own_witness_was_rewritten_is_found_by_the_kept_order(built: Built, contract: bytes) -> None:
    forged = changed(changed(contract, "4,108.80", "4,108.30"), "4,108.80", "4,108.30", "customXml/item2.xml")
    assert api.verify(forged, "contract.docx").verdict == "data changed"
    report = api.verify(forged, "contract.docx", record=built.order)
    assert report.verdict == "text changed"
    gone = changed(contract, "lp:page", "lp:past", "customXml/item2.xml")
    assert refused(lambda: api.verify(gone, "contract.docx"))[0][0] == "LP967"
    assert api.verify(gone, "contract.docx", record=built.order).verdict == "intact"


def test_a_term_rewritten_on_page_and_witness_with_their_digests_is_found_by_the_data(contract: bytes) -> None:
    old, new = "at most 3.0%", "at most 8.0%"
    page = page_inside(open_package(contract, "contract.docx"))
    forged = changed(changed(contract, old, new), old, new, "customXml/item2.xml")
    forged = changed(forged, page_digest(page), page_digest(page.replace(old, new)), "customXml/item1.xml")
    report = api.verify(forged, "contract.docx")
    assert "ceramic" in " ".join(change.clause for change in report.changes)


def test_a_quantity_rewritten_on_page_and_witness_with_their_digests_is_found_by_the_data(contract: bytes) -> None:
    page = page_inside(open_package(contract, "contract.docx"))
    new = page.replace("3,200", "3,900")
    forged = changed(changed(contract, "3,200", "3,900"), "3,200", "3,900", "customXml/item2.xml")
    forged = changed(forged, page_digest(page), page_digest(new), "customXml/item1.xml")
    assert "goods.2" in {change.clause for change in api.verify(forged, "contract.docx").changes}


def test_a_stored_template_that_is_none_is_refused(built: Built) -> None:
    word = built.order.word
    assert word is not None
    for made in (
        replace(word, values={"en": 3}),
        replace(word, values={}),
        replace(word, values={"en": {"a": {"number": "x", "shown": "y"}}}),
    ):
        assert refused(lambda made=made: api.word_contract(replace(built.order, word=made)))[0][0] == "LP958"  # type: ignore[misc]


@pytest.mark.parametrize("part", ["goods_table", "spec_exhibit", "sampling_exhibit", "signatures"])
def test_a_contract_that_lacks_a_part_is_refused_with_its_name(tmp_path: Path, part: str) -> None:
    own = [one for one in OWN if part not in one]
    for body in (
        own,
        [*OWN, f"{{{{ {part} }}}}"],
        [*own, "{% if not order.number %}", f"{{{{ {part} }}}}", "{% endif %}"],
    ):
        folder = agency(tmp_path / "agency", template(*HEADINGS, *body))
        ((code, message),) = refused(lambda folder=folder: api.build(ANSWERS, house=folder))  # type: ignore[misc]
        assert code == "LP959"
        assert part in message


def test_what_is_typed_reaches_the_page_exactly(tmp_path: Path) -> None:
    typed = "A & B <C> {{ 7*7 }} {_{ x }_} \u201c中\u201d"
    answers = ANSWERS.decode().replace('en = "Hearth & Bean Homeware GmbH"', f"en = '{typed}'").encode()
    assert typed.encode() in answers
    order = api.build(answers, house=agency(tmp_path / "agency")).order
    content = dict(api.render(order))["contract.docx"]
    assert f"Between {typed} and" in text(content)
    assert typed in "".join(p.text for p in Document(io.BytesIO(content)).sections[0].header.paragraphs)
    assert api.verify(content, "contract.docx").verdict == "intact"


def test_an_unanswered_value_prints_a_blank_and_keeps_a_draft(tmp_path: Path) -> None:
    folder = agency(tmp_path / "agency", template(*HEADINGS, "", "Fax: {{ seller.contact }}", *OWN))
    lines = [line for line in ANSWERS.decode().splitlines() if not line.startswith("contact = ")]
    built = api.build("\n".join(lines).encode(), house=folder)
    (found,) = [finding for finding in built.findings if finding.code == "LP957"]
    assert (found.severity, found.where) == (
        Severity.OPEN,
        "agency/contract.docx: paragraph 4 (Fax: {{ seller.contact }})",
    )
    said = text(dict(api.render(built.order))["contract.docx"])
    assert "Fax: [____]" in said
    assert "Draft" in said


def test_a_clause_that_the_exhibits_cite_is_missed_by_its_heading(tmp_path: Path) -> None:
    built = api.build(ANSWERS, house=agency(tmp_path / "agency", template(*OWN)))
    cited = [str(finding.message) for finding in built.findings if finding.code == "LP962"]
    assert any("\u201cSpecification\u201d" in message for message in cited)
    assert built.order.draft


def test_other_formats_languages_and_profiles_are_refused_for_the_contract_alone(built: Built) -> None:
    for asked in ({"formats": ("docx", "pdf")}, {"languages": ("zh",)}, {"profiles": ("short",)}):
        assert refused(lambda asked=asked: list(api.render(built.order, **asked)))[0][0] == "LP961"  # type: ignore[misc]
    assert "checklist.txt" in dict(api.render(built.order, languages=("zh",), formats=("txt",), kinds=("checklist",)))


def test_the_topmost_file_counts(tmp_path: Path) -> None:
    agency(tmp_path / "agency")
    client = agency(tmp_path / "client", template("Of the client.", *HEADINGS, *OWN), "client", "agency")
    assert "Of the client." in text(dict(api.render(api.build(ANSWERS, house=client).order))["contract.docx"])
    (client / "contract.docx").unlink()
    assert "Platform order." in text(dict(api.render(api.build(ANSWERS, house=client).order))["contract.docx"])


def test_a_file_that_leads_out_of_the_house_is_refused(tmp_path: Path) -> None:
    folder = agency(tmp_path / "agency")
    (folder / "contract.docx").rename(tmp_path / "elsewhere.docx")
    (folder / "contract.docx").symlink_to(tmp_path / "elsewhere.docx")
    assert refused(lambda: api.build(ANSWERS, house=folder))[0][0] == "LP902"
    (folder / "contract.docx").unlink()
    (folder / "contract.docx").symlink_to(tmp_path / "nowhere.docx")
    assert refused(lambda: api.build(ANSWERS, house=folder))[0][0] == "LP902"
    (folder / "contract.docx").unlink()
    (folder / "contract.docx").write_bytes(b"x" * 4_000_001)
    assert refused(lambda: api.build(ANSWERS, house=folder))[0][0] == "LP902"


def test_without_docxtpl_it_says_how_to_install_it(
    built: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(houses, "find_spec", lambda _: None)
    with pytest.raises(Refused) as caught:
        api.build(ANSWERS, house=agency(tmp_path / "agency"))
    (found,) = caught.value.findings
    assert (found.code, "lotproof[word]" in found.hint) == ("LP960", True)


def test_house_check_finds_what_is_wrong_without_an_order(tmp_path: Path) -> None:
    wrong = template("{{ ordr.number }}", "{{ order.nmbr }}", "{% for a in goods %}{{ a.itm }}{% endfor %}", *OWN[1:])
    found = look(agency(tmp_path / "agency", wrong)).findings
    assert [(f.code, f.where.partition(" (")[0][-1:]) for f in found if f.code == "LP955"] == [
        ("LP955", "1"),
        ("LP955", "2"),
        ("LP955", "3"),
    ]
    assert [str(f.message).split()[5] for f in found if f.code == "LP959"] == ["goods_table,"]
    assert not [f for f in look(agency(tmp_path / "agency")).findings if f.code.startswith("LP95")]


def test_a_stored_template_that_was_exchanged_is_refused(files: dict[str, bytes]) -> None:
    data = json.loads(files["order.json"])
    data["word"]["values"]["en"]["buyer"]["name"] = "Somebody else"
    assert refused(lambda: read_order(json.dumps(data).encode()))[0][0] == "LP141"


def test_nothing_private_can_be_named(built: Built) -> None:
    assert built.order.word is not None
    order: Order = replace(built.order, texts={})
    assert order.word is not None
    for values in order.word.values.values():
        assert "end_client" not in values["payment"]
        assert "confirmed_by" not in values["window"]
        assert "wording" not in values
        assert built.order.salt not in json.dumps(values)


def test_what_prints_no_document_is_refused(tmp_path: Path) -> None:
    half = p(run("{% if order.number %}"), run("a")) + p(
        run("b"), "<w:hyperlink>" + run("{% endif %}") + "</w:hyperlink>"
    )
    found = refused(
        lambda: list(
            api.render(
                api.build(
                    ANSWERS,
                    house=agency(
                        tmp_path / "a", template(half.replace("order.number", "not order.number"), *HEADINGS, *OWN)
                    ),
                ).order
            )
        )
    )
    assert found[0][0] == "LP958"


def test_explain_says_that_the_words_stand_in_the_file(files: dict[str, bytes], tmp_path: Path) -> None:
    for name in ("contract.docx", "order.json"):
        (tmp_path / name).write_bytes(files[name])
    for given, wanted, code in (
        ("contract.docx", "K18", 1),
        ("order.json", "K18", 1),
        ("order.json", "A7", 0),
        ("order.json", "B", 0),
    ):
        run = lotproof("house", "explain", str(tmp_path / given), wanted)
        assert run.returncode == code
        assert (b"LP968" in run.stderr) == bool(code)
