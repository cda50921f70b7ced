"""An agency's contract becomes a house: nothing is lost, nothing is guessed as a fact, and what is left to do is said."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lotproof.findings import Refused
from lotproof.readers.docx import read, typed_number
from lotproof.upkeep.houses import look
from lotproof.wordhouses.importing.guesses import known_answers
from lotproof.wordhouses.importing.house import Imported, import_house, read_mapping
from lotproof.wordhouses.importing.items import divided, language_of
from terminal import lotproof
from word_templates import R, W, p, table, template

HIGHLIGHTED = '<w:r><w:rPr><w:highlight w:val="yellow"/></w:rPr><w:t>{}</w:t></w:r>'
OLD = template(
    p("PURCHASE CONTRACT", style="Title"),
    "This contract is made between [Buyer] and ____________ on 【  】.",
    "1. Payment 付款",
    "1.1 The Buyer pays a deposit of [●] % within [__] days after signing.",
    "1.1 买方于签署后[__]天内支付[●]%的预付款。",
    p("1.2 The balance is paid ", HIGHLIGHTED.format("5 working days"), " after the release, see clause 3.2."),
    "2. Confidentiality",
    "2.1 Nobody tells anyone the price of 3 samples.",
    "任何一方不得披露3件样品的价格。",
    "第三条 不可抗力",
    "不可抗力发生时应在10天内通知对方。",
    table(
        ["4. Governing law", "4. 适用法律"],
        ["4.1 The law of [____] applies.", "4.1 适用【    】法律。"],
        ["4.2 English counts.", "4.2 以英文为准。"],
    ),
    table(["Item", "Qty", "Price"], ["A", "1", "2"]),
    "5. Braces",
    p("It says {", "{ x } } here."),
    header="Riverside Ltd",
    footnotes="A note",
)


@pytest.fixture(scope="session")
def imported() -> Imported:
    return import_house(OLD, "old.docx", "riverside")


def provision(imported: Imported, name: str) -> dict[str, Any]:
    (content,) = [content for file, content in imported.files.items() if name in file]
    return tomllib.loads(content.decode())


def mapping(imported: Imported) -> dict[str, Any]:
    return tomllib.loads(imported.files["mapping.toml"].decode())


def letters(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def lost(content: bytes, imported: Imported) -> list[str]:
    """Return the paragraphs of a contract that stand neither in the house nor in the report."""
    texts: list[str] = []
    for name, file in imported.files.items():
        data = tomllib.loads(file.decode())
        if name.startswith("contract/"):
            texts += [*data["heading"].values(), *(text for row in data.get("paragraph", ()) for text in row.values())]
        elif name == "mapping.toml":
            texts += [row["text"] for row in data.get("unplaced", ())]
            shown = {row["name"]: row["shown"] for row in data.get("blank", ())}
    for name in sorted(shown, key=len, reverse=True):
        texts = [text.replace(f"[blank {name}]", shown[name]) for text in texts]
    whole = letters(" ".join(texts))
    missing = []
    for passage in read(content, "old.docx").passages:
        text = passage.text[len("" if passage.number else typed_number(passage.text)) :]
        missing += [part for part, _ in divided(text) if letters(part) not in whole]
    return missing


def test_every_paragraph_stands_in_the_house_or_in_the_report(imported: Imported) -> None:
    assert lost(OLD, imported) == []
    (gone,) = [file for file in imported.files if "payment" in file]
    rest = {name: content for name, content in imported.files.items() if name != gone}
    assert lost(OLD, Imported(files=rest, findings=(), sections=())) != []


WORDS = st.sampled_from(
    ["1. Payment", "2. Delivery 交付", "第一条 付款", "3.1 The seller pays [__] %.", "卖方支付【 】%。", "Plain words.",
     "Both. 两者。", "中文 and English", "[●]", "____", "12", "", "A {brace}", "\ue000 sign", "Article 4 Notices", "x" * 90, "件" * 90]
)  # fmt: skip


@settings(max_examples=40)
@given(
    st.lists(st.one_of(WORDS, st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=3)), min_size=1, max_size=8),
    WORDS,
)
def test_no_order_of_paragraphs_and_tables_loses_one(body: list[Any], header: str) -> None:
    blocks = [block if isinstance(block, str) else table(*block) for block in body]
    content = template(*(block or p("") for block in blocks), header=header)
    try:
        made = import_house(content, "old.docx", "house")
    except Refused as refused:
        assert [finding.code for finding in refused.findings] == ["LP963"]
        return
    assert lost(content, made) == []


def test_headings_become_sections_and_languages_stand_beside_each_other(imported: Imported) -> None:
    payment = provision(imported, "payment")
    assert payment["heading"] == {"en": "Payment", "zh": "付款"}
    assert payment["paragraph"][0] == {
        "en": "The Buyer pays a deposit of [blank D] % within [blank E] days after signing.",
        "zh": "买方于签署后[blank F]天内支付[blank G]%的预付款。",
    }
    assert set(provision(imported, "confidentiality")["paragraph"][0]) == {"en", "zh"}
    law = provision(imported, "law")
    assert law["heading"] == {"en": "Governing law", "zh": "适用法律"}
    assert [set(row) for row in law["paragraph"]] == [{"en", "zh"}, {"en", "zh"}]
    assert list(provision(imported, "force-majeure")["paragraph"][0]) == ["zh"]


def test_a_name_in_a_column_of_a_bilingual_table_is_no_other_language() -> None:
    rows = [["6. Disputes", "6. 争议"], ["Disputes go to CIETAC in [seat].", "争议提交【仲裁地】的CIETAC。"]]
    found = import_house(template(table(*rows)), "our.docx", "agency")
    law = provision(found, "disputes.toml")
    assert law["paragraph"] == [{"en": "Disputes go to CIETAC in [blank A].", "zh": "争议提交[blank A]的CIETAC。"}]


def test_a_list_in_a_contract_with_headings_by_style_makes_no_sections() -> None:
    styles = f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="K1"><w:name w:val="K1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style></w:styles>'
    headings = [p(text, style="K1") for text in ("1. Alpha", "2. Beta", "3. Gamma")]
    body = [
        headings[0],
        "The buyer pays.",
        headings[1],
        "The seller mends:",
        "1. handles",
        "2. rims",
        headings[2],
        "No.",
    ]
    made = import_house(template(*body, parts={"word/styles.xml": styles}), "old.docx", "house")
    assert [id_ for _, id_, _ in made.sections] == ["contract.alpha", "contract.beta", "contract.gamma"]
    said = [row["en"] for row in provision(made, "beta")["paragraph"]]
    assert [text.split()[-1] for text in said] == ["mends:", "handles", "rims"]


def test_a_blank_without_a_guess_says_what_to_write() -> None:
    found = import_house(template(p("1. Payment"), p("The colour is [colour of the day].")), "our.docx", "agency")
    hints = [str(finding.hint) for finding in found.findings if finding.code == "LP964"]
    assert [hint.partition(",")[0] for hint in hints] == ["write value in mapping.toml"]


NUMBERING = (
    '<w:numbering xmlns:w="{}"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
)


def counted(text: str, level: int) -> str:
    properties = f'<w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="1"/></w:numPr></w:pPr>'
    return f"<w:p>{properties}<w:r><w:t>{text}</w:t></w:r></w:p>"


def test_numbers_that_word_counts_make_sections_too() -> None:
    made = import_house(
        template(
            "A contract without a style.",
            counted("Warranty", 0),
            counted("The seller mends defects for 12 months.", 1),
            counted("Insurance", 0),
            counted("The buyer insures the goods.", 1),
            counted("The seller shall not, in any event, be liable for what is said here.", 0),
            parts={"word/numbering.xml": NUMBERING.format(W)},
            relations=f'<Relationship Id="rIdN" Type="{R}/numbering" Target="numbering.xml"/>',
        ),
        "old.docx",
        "house",
    )
    assert [id_ for _, id_, _ in made.sections] == ["contract.preamble", "contract.warranty_2", "contract.insurance"]
    assert [row["number"] for row in mapping(made)["section"]] == ["", "1.", "2."]
    assert len(provision(made, "insurance")["paragraph"]) == 2


def test_headings_by_style_make_sections_without_numbers() -> None:
    styles = f'<w:styles xmlns:w="{W}"><w:style w:type="paragraph" w:styleId="K1"><w:name w:val="K1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style></w:styles>'
    body = [p("付款", style="K1"), "买方付款。", p("Secrecy / 保密", style="K1"), "双方保密。", "Both keep it secret."]
    made = import_house(template(*body, parts={"word/styles.xml": styles}), "old.docx", "house")
    assert [id_ for _, id_, _ in made.sections] == ["contract.payment", "contract.secrecy"]
    assert provision(made, "secrecy")["heading"] == {"en": "Secrecy", "zh": "保密"}
    assert provision(made, "secrecy")["paragraph"] == [{"en": "Both keep it secret.", "zh": "双方保密。"}]


def test_blanks_become_questions_with_a_place_and_a_guess(imported: Imported) -> None:
    blanks = {(row["name"], row["language"]): row for row in mapping(imported)["blank"]}
    assert {row["value"] for row in blanks.values()} == {""}
    assert {row["confidence"] for row in blanks.values()} == {"guess", "none"}
    assert (blanks["D", "en"]["guess"], blanks["G", "zh"]["guess"]) == ("payment.deposit_percent",) * 2
    assert blanks["E", "en"]["guess"] == "payment.deposit_days"
    assert (blanks["H", "en"]["shown"], blanks["H", "en"]["place"]) == ("5 working days", "clause 1.2")
    assert {row["shown"] for row in blanks.values()} >= {
        "[Buyer]",
        "____________",
        "【  】",
        "[____]",
        "【    】",
    }
    assert ("I", "en") in blanks
    assert ("I", "zh") in blanks  # one blank of the sentence in each language: the same one


def test_what_a_blank_stands_for_is_filled_in_once_somebody_says_so() -> None:
    told = read_mapping({"blank": [{"name": "D", "value": "payment.deposit_percent"}, {"name": "E", "value": " "}, 3]})
    made = import_house(OLD, "old.docx", "riverside", told)
    first = provision(made, "payment")["paragraph"][0]["en"]
    assert first == "The Buyer pays a deposit of {{ payment.deposit_percent }} % within [blank E] days after signing."
    assert (
        len([f for f in made.findings if f.code == "LP964"])
        == len([f for f in import_house(OLD, "o", "h").findings if f.code == "LP964"]) - 1
    )
    with pytest.raises(Refused) as caught:
        import_house(OLD, "old.docx", "riverside", {"D": "payment.deposit_percnt"})
    (found,) = caught.value.findings
    assert (found.code, found.where) == ("LP955", "mapping.toml: blank D")
    assert "deposit_percent" in found.hint


def test_a_section_replaces_what_it_speaks_of_and_the_others_are_added(imported: Imported) -> None:
    replaced = {id_: replaces for _, id_, replaces in imported.sections}
    assert replaced["contract.payment"] == "contract.payment"
    assert replaced["contract.law"] == "contract.law"
    assert replaced["contract.confidentiality"] == ""
    assert {row["confidence"] for row in mapping(imported)["section"] if row["guess"]} == {"guess"}


def test_what_was_not_taken_over_is_said_with_place_and_reason(imported: Imported) -> None:
    rows = {row["text"]: (row["place"], row["why"]) for row in mapping(imported)["unplaced"]}
    assert rows["PURCHASE CONTRACT"][0] == "paragraph 1"
    assert rows["Riverside Ltd"] == ("header, paragraph 1", "a header")
    assert rows["A note"][1] == "a footnote"
    assert rows["Price"][0] == "table 2, row 1, column Price"
    assert "braces" in rows["It says {{ x } } here."][1]
    found = [finding for finding in imported.findings if finding.code == "LP963"]
    assert len(found) == len(mapping(imported)["unplaced"])
    assert all(finding.where.startswith("old.docx: ") for finding in found)


def test_hidden_and_tracked_text_is_taken_into_no_provision() -> None:
    hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>Hidden words.</w:t></w:r>"
    inserted = '<w:ins w:id="1"><w:r><w:t>New words.</w:t></w:r></w:ins>'
    made = import_house(template("1. Payment", p(hidden), p("Old. ", inserted), "Plain words."), "old.docx", "house")
    assert [row["en"] for row in provision(made, "payment")["paragraph"]] == ["Plain words."]
    whys = {row["text"]: row["why"] for row in mapping(made)["unplaced"]}
    assert whys["Hidden words."] == "hidden text"
    assert whys["Old. New words."].startswith("a tracked change")


def test_a_clause_that_is_cited_by_its_number_is_listed(imported: Imported) -> None:
    (row,) = mapping(imported)["reference"]
    assert (row["says"], row["place"], row["in"]) == ("clause 3.2", "clause 1.2", "contract.payment.2")


def test_the_house_passes_its_check_but_for_what_was_reported(imported: Imported, tmp_path: Path) -> None:
    for name, content in imported.files.items():
        path = tmp_path / "riverside" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    lacking = {finding.message.split()[0] for finding in imported.findings if finding.code == "LP965"}
    found = look(tmp_path / "riverside").findings
    assert {finding.code for finding in found} == {
        "LP907",
        "LP932",
        "LP974",
    }  # a language that is missing, a clause cited by its number, cases that the old contract does not tell apart
    assert {finding.where.rpartition(" ")[2] for finding in found if finding.code == "LP907"} <= lacking


def test_only_word_files_and_no_hostile_ones_are_taken() -> None:
    for content, code in (
        (b"{\\rtf1 words", "LP500"),
        (b"plain words", "LP501"),
        (b"%PDF-1.7 x", "LP500"),
        (template("1. Payment", parts={"word/vbaProject.bin": b"x"}), "LP507"),
        (template("1. Payment", parts={"../x.xml": b"<a/>"}), "LP504"),
        (template(p("")), "LP963"),
        (template("1. Payment", "[_] " * 5_001), "LP956"),
    ):
        with pytest.raises(Refused) as caught:
            import_house(content, "old.docx", "house")
        assert [finding.code for finding in caught.value.findings] == [code]


def test_languages_are_told_by_their_letters() -> None:
    assert [
        language_of(text)
        for text in (
            "Payment",
            "付款",
            "12 %",
            "ISO 2859-1检验",
            "The Seller, 青山公司, pays the whole price",
        )
    ] == ["en", "zh", "", "zh", "en"]
    assert divided("Payment / 付款") == [("Payment", "en"), ("付款", "zh")]
    assert divided("付款 Payment") == [("付款", "zh"), ("Payment", "en")]
    assert divided("The Seller pays.\n卖方支付。") == [
        ("The Seller pays.", "en"),
        ("卖方支付。", "zh"),
    ]
    assert len(divided("Seller: 青山公司 Ltd., a company of China")) == 1


def test_a_guess_names_an_answer_that_a_contract_may_print() -> None:
    paths = {known.path for known in known_answers()}
    assert "payment.deposit_percent" in paths
    assert "payment.end_client" not in paths
    assert "order.salt" not in paths


def test_the_command_writes_the_house_and_says_what_is_left(tmp_path: Path) -> None:
    (tmp_path / "old.docx").write_bytes(OLD)
    run = lotproof("house", "import", str(tmp_path / "old.docx"), "-o", str(tmp_path / "riverside"))
    assert run.returncode == 1
    assert (tmp_path / "riverside" / "mapping.toml").is_file()
    assert "contract.payment  (replaces contract.payment?)" in run.stdout.decode()
    again = lotproof("house", "import", str(tmp_path / "old.docx"), "-o", str(tmp_path / "riverside"), "--json")
    assert again.returncode == 1


def test_an_import_that_would_overwrite_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "old.docx").write_bytes(OLD)
    house = tmp_path / "riverside"
    house.mkdir()
    (house / "mapping.toml").write_text("# mine\n", encoding="utf-8")
    run = lotproof("house", "import", str(tmp_path / "old.docx"), "-o", str(house))
    assert (run.returncode, [path.name for path in house.iterdir()]) == (1, ["mapping.toml"])
    assert "LP404" in run.stderr.decode()
    lotproof("house", "import", str(tmp_path / "old.docx"), "-o", str(house), "--force")
    assert (house / "house.toml").is_file()
