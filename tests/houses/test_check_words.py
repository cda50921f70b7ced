"""Everything that is wrong in the words of a house is said at once, with file and line; what is right is let pass."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from house_folders import AGENCY
from house_folders import write_house as house
from lotproof import api
from lotproof.findings import Finding, Severity
from lotproof.orders import freezing
from lotproof.orders.model import Order
from lotproof.templates import house_folder, load_folder, shipped_houses
from lotproof.templates.folders import stack
from lotproof.upkeep.house_checks.answers import FACTS, known_names
from lotproof.upkeep.house_checks.checks import check_words
from lotproof.upkeep.house_checks.contradicting import rules
from lotproof.upkeep.house_checks.reaching import Demands
from lotproof.upkeep.houses import look
from terminal import lotproof

EXAMPLES = Path(__file__).parents[2] / "examples"
ANSWERS = (EXAMPLES / "stoneware-mugs" / "answers.toml").read_bytes()
HEAD = 'id = "contract.own"\nreference = "K17"\nposition = 61\nsource = "own"\n{when}heading = {{ en = "Own", zh = "自有" }}\n'


def provision(*paragraphs: str, when: str = "") -> str:
    """Write a provision; each paragraph is its English text, or keys of its own and then the text behind a tilde."""
    text = HEAD.format(when=f"when = {{ {when} }}\n" if when else "")
    for paragraph in paragraphs:
        keys, _, english = paragraph.rpartition("~")
        text += f"\n[[paragraph]]\n{keys}\nen = {quoted(english)}\nzh = {quoted(in_chinese(english))}\n"
    return text


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def in_chinese(english: str) -> str:
    """Return a Chinese text with the same places, conditions and numbers, and nothing else that is looked at."""
    parts = re.split(r"(\{\{.*?\}\}|\{%.*?%\})", english)
    numbers = r"[0-9]+(?:[.,][0-9]+)*"
    return "".join(
        part if place % 2 else "甲" * bool(part) + "、".join(re.findall(numbers, part))
        for place, part in enumerate(parts)
    )


def found(folder: Path) -> list[tuple[str, str, str]]:
    return [(f.code, f.where, str(f.message)) for f in check_words(stack(folder), None)]


def said_of(findings: tuple[Finding, ...]) -> list[tuple[str, str, str]]:
    return [(f.code, f.where, str(f.message)) for f in findings]


def in_words(chinese: str) -> str:
    """Write a provision with this Chinese text."""
    return re.sub('zh = "甲.*?"', f'zh = "{chinese}"', provision("Now."))


Looked = Mapping[str, tuple[Finding, ...]]


@pytest.fixture(scope="module")
def looked(tmp_path_factory: pytest.TempPathFactory) -> Looked:
    """What is said of each provision of the lists below, all in one house: they have nothing to do with each other."""
    texts = [text for text, *_ in (*UNKNOWN, *NEVER, *BROKEN)]
    texts += [*KNOWN, *SOMETIMES, *SOUND, *(in_words(chinese) for chinese, _ in CHINESE)]
    texts += [provision(english) for english, *_ in FIGURES]
    texts += [provision(english) for english, _ in GIVING_AWAY]
    texts += map(provision, (*OWN_FIGURES, RATE_AND_CAP))
    files = {f"contract__p{i}": text.replace("contract.own", f"contract.p{i}") for i, text in enumerate(texts)}
    folder = house(tmp_path_factory.mktemp("looked") / "agency", AGENCY, **files)
    found: dict[str, tuple[Finding, ...]] = dict.fromkeys(texts, ())
    for finding in check_words(stack(folder), None):
        place = re.match(r"agency/contract/p(\d+)\.toml:", finding.where)
        assert place is not None, finding
        text = texts[int(place.group(1))]
        found[text] = (*found[text], finding)
    return found


def codes(tmp_path: Path, text: str, toml: str = AGENCY) -> list[str]:
    return [code for code, _, _ in found(house(tmp_path / "agency", toml, contract__own=text))]


@pytest.mark.parametrize(
    "folder",
    [house_folder("standard"), EXAMPLES / "houses" / "riverside", EXAMPLES / "houses" / "riverside-nordkauf"],
    ids=lambda p: p.name,
)
def test_our_own_houses_raise_no_alarm(folder: Path) -> None:
    assert found(folder) == []
    assert list(check_words(stack(folder), load_folder(folder))) == []


def test_the_names_that_a_sentence_may_use_are_those_of_an_order(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[dict[str, Any]] = []
    facts = freezing._facts

    def kept(order: Order, *rest: Any) -> dict[str, Any]:
        seen.append(facts(order, *rest))
        return seen[-1]

    monkeypatch.setattr(freezing, "_facts", kept)
    api.build(ANSWERS)
    [there] = seen
    names = {f"{name}.{key}" for name, value in there.items() if isinstance(value, dict) for key in value}
    names |= {name for name, value in there.items() if not isinstance(value, dict)}
    assert set(known_names()) == names
    for name, values in FACTS.items():
        group, _, key = name.partition(".")
        value = there[group][key] if key else there[name]
        assert values is None or value in values


# LP908


UNKNOWN = [
    (provision("Paid as {{ payment }} says."), "'payment'", "payment."),
    (provision("Within {{ payment.deposit_dais }} days."), "'payment.deposit_dais'", "payment.deposit_days"),
    (provision("{% if payment.rout == 'escrow' %}Now.{% endif %}"), "'payment.rout'", "payment.route"),
    (
        provision("{% if payment.route == 'escro' %}Now.{% else %}Then.{% endif %}"),
        "payment.route is never 'escro'",
        "escrow",
    ),
    (
        provision('when = { "payment.route" = ["escrow", "bank"] }~Now.'),
        "payment.route is never 'bank'",
        "bank_transfer",
    ),
    (provision("Now.", when='"given.tools" = ["yes"]'), "'given.tools'", "given.tooling"),
    (provision("Now.", when='basis = ["pallet"]'), "basis is never 'pallet'", "lot"),
]


@pytest.mark.parametrize(("text", "said", "near"), UNKNOWN)
def test_an_unknown_value_is_named_with_what_was_meant(looked: Looked, text: str, said: str, near: str) -> None:
    findings = [f for f in looked[text] if f.code == "LP908"]
    assert len(findings) == 1
    assert said in findings[0].message
    assert near in findings[0].hint
    assert re.fullmatch(r"agency/contract/p\d+\.toml:\d+: contract\.p\d+(\[1\])?", findings[0].where)


KNOWN = [
    provision("Within {{ payment.deposit_days }} days, {{ total }}, {{ has.packaging }}."),
    provision("{% if payment.bank_account and given.damages == 'yes' %}Now.{% endif %}Then."),
    provision("Now.", when='"installation.engineers" = ["1", "20"]'),
    provision("{% if payment.deposit_percent != 0 %}Now.{% endif %}"),
]


@pytest.mark.parametrize("text", KNOWN)
def test_a_known_value_is_let_pass(looked: Looked, text: str) -> None:
    assert looked[text] == ()


# LP909


NEVER = [
    (
        provision("Now.", when='"payment.route" = ["escrow"], "window.day_type" = ["business"]'),
        "contract.p",
    ),
    (provision('when = { basis = ["each"] }~Now.', when='basis = ["lot"]'), "contract.p"),
    (
        provision('when = { "payment.route" = ["escrow"] }~Now.', "Then.", when='"payment.route" = ["bank_transfer"]'),
        "this paragraph",
    ),
    (provision("when = { basis = [\"lot\"] }~{% if basis == 'each' %}Now.{% endif %}", "Then."), "this paragraph"),
    (provision("profiles = []~Now.", "Then."), "this paragraph"),
    (provision("{% if basis == 'lot' and basis == 'each' %}Now.{% endif %}"), "contract.p"),
    (provision("{% if not (basis != 'lot' or basis == 'lot') %}Now.{% endif %}"), "contract.p"),
    (
        provision('when = { "warranty.start" = ["opening"] }~Now.', "Then.", when='"given.warranty" = ["no"]'),
        "this paragraph",
    ),
    (provision('when = { "payment.route" = ["cash"] }~Now.', "Then."), "this paragraph"),
]


@pytest.mark.parametrize(("text", "what"), NEVER)
def test_what_no_answers_can_print_is_named(looked: Looked, text: str, what: str) -> None:
    said = [message for code, _, message in said_of(looked[text]) if code == "LP909"]
    assert len(said) == 1
    assert said[0].startswith(what)


SOMETIMES = [
    provision("{% if law.cisg != 'applies' and law.cisg != 'excluded' %}Nobody has said it yet.{% endif %}"),
    provision('when = { basis = ["each"] }~Now.', 'when = { basis = ["lot"] }~Then.'),
    provision("{% if basis == 'lot' %}Now.{% elif basis == 'each' %}Then.{% endif %}"),
    provision("{% if payment.route == 'escrow' or basis == 'each' %}Now.{% endif %}", when='basis = ["lot"]'),
    provision("{% if payment.route != 'escrow' and payment.route != 'bank_transfer' %}Now.{% endif %}"),
    provision("{% if not payment.bank_account %}Now.{% endif %}", when='"payment.route" = ["trade_assurance"]'),
    provision("Now.", when='"payment.route" = ["trade_assurance"], "window.day_type" = ["business"]'),
]


@pytest.mark.parametrize("text", SOMETIMES)
def test_what_some_answers_print_is_let_pass(looked: Looked, text: str) -> None:
    assert looked[text] == ()


def test_demands_that_meet_are_told_from_those_that_do_not() -> None:
    start = Demands(known_names())
    lot = start.when((("basis", ("lot",)),))
    assert lot.can_be()
    assert lot.surely("basis", ("lot", "each"))
    assert not start.surely("basis", ("lot",))
    assert not lot.when((("basis", ("each",)),)).can_be()
    assert start.held == {}


# LP932


BROKEN = [
    (provision("See {{ 'contract.paiment' | clause }}."), Severity.REFUSE),
    (provision("See {{ 'contract.filing_window' | clause }}."), Severity.OPEN),
    (provision("{% if basis == 'lot' %}See {{ 'contract.damages' | clause }}.{% endif %}"), Severity.OPEN),
    (provision("See {{ 'contract.frame' | clause }}.", when='"given.damages" = ["yes"]'), Severity.OPEN),
    (provision("As stated in clause 12 of this contract."), Severity.OPEN),
    (provision("Under Section 4.2 above the seller pays."), Severity.OPEN),
]


@pytest.mark.parametrize(("text", "severity"), BROKEN)
def test_a_reference_to_what_is_not_always_there_is_named(looked: Looked, text: str, severity: Severity) -> None:
    findings = looked[text]
    assert [(f.code, f.severity) for f in findings] == [("LP932", severity)]


SOUND = [
    provision("See {{ 'contract.payment' | clause }} and {{ 'exhibit.sampling' | clause }}."),
    provision("See {{ 'contract.filing_window' | clause }}.", when='"payment.route" = ["trade_assurance"]'),
    provision("{% if given.damages == 'yes' %}See {{ 'contract.damages' | clause }}.{% endif %}"),
    provision("{% if given.damages != 'no' %}See {{ 'contract.damages' | clause }}.{% endif %}"),
    provision("{% if given.damages == 'no' %}None.{% else %}See {{ 'contract.damages' | clause }}.{% endif %}"),
    provision("Article 585 of the Civil Code holds; section 12 of the statute does not."),
]


@pytest.mark.parametrize("text", SOUND)
def test_a_reference_behind_the_condition_of_its_target_is_let_pass(looked: Looked, text: str) -> None:
    assert looked[text] == ()


def test_a_profile_that_does_not_print_the_target_is_named(tmp_path: Path) -> None:
    target = provision('profiles = ["full"]~Now.')
    text = (
        target.replace("contract.own", "contract.other")
        .replace('"full"', '"short", "full"')
        .replace("Now.", "See {{ 'contract.own' | clause }}.")
    )
    folder = house(tmp_path / "agency", contract__own=target, contract__other=text)
    assert [(code, message.rpartition(": ")[2]) for code, _, message in found(folder)] == [("LP932", "short")]


def test_removing_what_others_refer_to_is_named_at_the_removal(tmp_path: Path) -> None:
    removes = '[[removes]]\nid = "contract.inspection"\nreason = { en = "no", zh = "无" }\n'
    said = found(house(tmp_path / "agency", AGENCY + removes))
    assert {(code, where) for code, where, _ in said} == {("LP932", "agency/house.toml: removes")}
    assert any("contract.payment" in message for _, _, message in said)


def test_a_condition_that_takes_a_provision_from_those_that_refer_to_it_is_named_where_it_stands(
    tmp_path: Path,
) -> None:
    text = provision("Now.", when='"law.disputes" = ["court"]').replace(
        'id = "contract.own"', 'id = "contract.remedies"\nreplaces = "contract.remedies"'
    )
    said = [one for one in found(house(tmp_path / "agency", contract__remedies=text)) if one[0] != "LP974"]
    assert {(code, where) for code, where, _ in said} == {
        ("LP932", "agency/contract/remedies.toml:6: contract.remedies")
    }
    assert all("law.disputes" in message for _, _, message in said)


def test_a_typed_chinese_number_of_a_clause_is_named(tmp_path: Path) -> None:
    text = provision("Now.").replace('zh = "甲', 'zh = "按本合同第十二条执行；民法典第585条。')
    [(code, _, message)] = found(house(tmp_path / "agency", contract__own=text))
    assert (code, "本合同第十二条" in message) == ("LP932", True)


@pytest.mark.parametrize(
    ("english", "chinese", "named"),
    [
        ("Paid under clause 3.2.", "甲", ["under clause 3.2"]),
        ("It is cured as written in Clause 6, or the goods go back.", "甲", ["in Clause 6"]),
        ("Paid.", "按第3.2条支付。", ["按第3.2条"]),
        ("Drawn under clause 9.1 of ISO 2859-1.", "按GB/T 2828.1第9.1条抽取。", []),
        ("Drawn by ISO 2859-1, clause 9.1, and under clause 9, ISO 2859-1.", "民法典第585条。", []),
    ],
)
def test_a_typed_number_of_a_clause_is_named_and_that_of_a_standard_is_not(
    tmp_path: Path, english: str, chinese: str, named: list[str]
) -> None:
    text = provision(english).replace('zh = "甲', f'zh = "{chinese}', 1)
    typed = [message for code, _, message in found(house(tmp_path / "agency", contract__own=text)) if code == "LP932"]
    assert [message.split("'")[1] for message in typed] == named


# LP933, LP934


def test_a_definition_that_nothing_uses_is_named(tmp_path: Path) -> None:
    text = provision(
        "“Golden Sample” means the sample that both parties sealed (the “Master Set”). The Golden Sample decides."
    )
    [(code, where, message)] = found(house(tmp_path / "agency", contract__own=text))
    assert (code, "'Master Set'" in message) == ("LP933", True)
    assert where.endswith("contract.own[1].en")


def test_a_chinese_definition_that_nothing_uses_is_named(tmp_path: Path) -> None:
    text = provision("Now.").replace(
        'zh = "甲', 'zh = "“封样”指双方封存的样品；另有一方（以下简称“见证方”）到场。以封样为准。'
    )
    [(code, _, message)] = found(house(tmp_path / "agency", contract__own=text))
    assert (code, "'见证方'" in message) == ("LP933", True)


def test_a_definition_that_another_provision_uses_is_let_pass(tmp_path: Path) -> None:
    text = provision("“Golden Sample” means the sample that both parties sealed.")
    other = provision("The Golden Sample decides.").replace("contract.own", "contract.other")
    assert found(house(tmp_path / "agency", contract__own=text, contract__other=other)) == []


@pytest.mark.parametrize(
    "sentence",
    ["The seller packs the Products.", "Before the Delivery Date it asks.", "It waits until the Effective Date."],
)
def test_a_term_with_a_capital_that_nobody_defines_is_named(tmp_path: Path, sentence: str) -> None:
    assert codes(tmp_path, provision(sentence)) == ["LP934"]


@pytest.mark.parametrize(
    "sentence",
    [
        "The Specification holds; the Incoterms rule applies; the Civil Code too.",
        "“Products” means what the goods table lists. The seller packs the Products, and each Product.",
        "The goods (the “Products”) are packed. The Products are marked.",
        "Date of the contract; Products of others.",
    ],
)
def test_a_term_that_is_defined_or_a_name_is_let_pass(tmp_path: Path, sentence: str) -> None:
    assert codes(tmp_path, provision(sentence)) == []


# LP935 to LP937


FIGURES = [
    ("A deposit of 50 % is paid.", "LP935", "payment.deposit_percent"),
    ("The advance payment is 40 percent of the price.", "LP935", "payment.deposit_percent"),
    ("The deposit is due within 5 days.", "LP935", "payment.deposit_days"),
    ("The balance is paid within 10 working days.", "LP935", "payment.balance_days"),
    ("The buyer pays 30 days after delivery.", "LP935", "payment.balance_days"),
    ("The balance of 60% follows.", "LP935", "balance_percent"),
    ("For each week of delay the seller pays 1.5%.", "LP935", "delivery.late_percent_per_week"),
    ("For delay the seller pays at most 5% of the price.", "LP935", "delivery.late_cap_percent"),
    ("Damages for late delivery are capped at 7.5 % of the price.", "LP935", "delivery.late_cap_percent"),
    ("The letter of credit is opened within 14 days.", "LP935", "payment.credit_days"),
    ("It is ready for inspection after 3 days.", "LP936", "inspection.notice_days"),
    ("Major defects are judged at AQL 2.5.", "LP936", "inspection.aql_major"),
    ("A dispute is filed on the platform within 15 days.", "LP937", "window.days"),
    ("Visible defects are notified within 7 days.", "LP937", "notice.visible_days"),
    ("Latent defects are notified within 6 months.", "LP937", "notice.latent_months"),
]


@pytest.mark.parametrize(("english", "code", "answer"), FIGURES)
def test_a_figure_that_belongs_to_an_answer_is_named(looked: Looked, english: str, code: str, answer: str) -> None:
    [(given, where, message)] = said_of(looked[provision(english)])
    assert given == code
    assert message.endswith(answer)
    assert where.endswith("[1].en")


OWN_FIGURES = [
    "A deposit of {{ payment.deposit_percent }}% is paid within {{ payment.deposit_days }} days.",
    "The balance follows. The invoice is answered within 5 days.",
    "{% if basis == 'lot' %}It is paid within 10 days of the invoice{% else %}and deducted from the balance{% endif %}.",
    "The seller keeps records for 10 years after delivery.",
    "A failed lot costs 2% of its price.",
    "The balance, which is the rest of the price after everything that was paid in advance and everything that the buyer may deduct, follows in 10 days.",
    "The buyer visits on 2 working days' notice.",
    "AQL sampling is used; 80% are packed.",
    "A claim is answered within 5 days.",
]


@pytest.mark.parametrize("english", OWN_FIGURES)
def test_a_figure_of_its_own_is_let_pass(looked: Looked, english: str) -> None:
    assert looked[provision(english)] == ()


RATE_AND_CAP = "For each week of delay the seller pays 1% of the price, at most 5% of it."


def test_a_rate_and_its_cap_are_told_apart(looked: Looked) -> None:
    found = looked[provision(RATE_AND_CAP)]
    rate, cap = "delivery.late_percent_per_week", "delivery.late_cap_percent"
    assert [(f.code, answer in f.message) for f, answer in zip(found, (cap, rate), strict=True)] == [
        ("LP935", True)
    ] * 2
    assert ["'5%'" in f.message for f in found] == [True, False]


CHINESE = [
    ("迟延交货的赔偿不超过总价的5%。", "LP935"),
    ("预付款为总价的50%。", "LP935"),
    ("余款于放行后10个工作日内支付。", "LP935"),
    ("买方于到货后30天付款。", "LP935"),
    ("应在15天内在平台提起纠纷。", "LP937"),
    ("质量异议应于收货后7日内提出。", "LP937"),
    ("本批货物免检。", "LP936"),
    ("质量以工厂检验为准。", "LP936"),
]


@pytest.mark.parametrize(("chinese", "code"), CHINESE)
def test_chinese_wording_is_looked_at_too(looked: Looked, chinese: str, code: str) -> None:
    [(given, where, _)] = said_of(looked[in_words(chinese)])
    assert (given, where.endswith(".zh")) == (code, True)


GIVING_AWAY = [
    ("For repeat orders the inspection is waived.", ["LP936"]),
    ("The factory's own inspection is final.", ["LP936"]),
    ("The goods are accepted upon shipment.", ["LP936"]),
    ("Nothing that the buyer pays waives the inspection.", []),
    ("Goods are not accepted upon shipment.", []),
    ("The inspection follows the checklist.", []),
]


@pytest.mark.parametrize(("english", "codes_"), GIVING_AWAY)
def test_words_that_give_the_inspection_away_are_named(looked: Looked, english: str, codes_: list[str]) -> None:
    assert [f.code for f in looked[provision(english)]] == codes_


def test_every_figure_of_the_rules_belongs_to_an_answer_and_both_languages() -> None:
    assert {figure.answer for figure in rules().figures} <= set(known_names())
    assert {frozenset(figure.near) for figure in rules().figures} == {frozenset({"en", "zh"})}


# all at once


def test_everything_is_said_at_once_even_where_a_sentence_is_refused(tmp_path: Path) -> None:
    text = provision(
        "{{ ''.__class__ }}",
        "See {{ 'contract.paiment' | clause }} and {{ payment.deposit_dais }}.",
        "A deposit of 50% is paid.",
    )
    said = {f.code for f in look(house(tmp_path / "agency", contract__own=text)).findings}
    assert said == {"LP203", "LP908", "LP932", "LP935"}


def test_the_command_says_what_is_wrong_with_its_place_and_leaves_with_1(tmp_path: Path) -> None:
    folder = house(tmp_path / "agency", contract__own=provision("A deposit of 50% is paid."))
    done = lotproof("house", "check", str(folder), "--json")
    assert done.returncode == 1
    [finding] = json.loads(done.stdout)["findings"]
    assert finding["code"] == "LP935"
    assert finding["where"] == "agency/contract/own.toml:7: contract.own[1].en"
    assert finding["severity"] == "open"


def test_only_the_words_of_the_topmost_house_are_looked_at(tmp_path: Path) -> None:
    house(tmp_path / "agency", contract__own=provision("A deposit of 50% is paid."))
    client = (
        AGENCY.replace('"agency"', '"client"').replace('base = "standard"', 'base = "agency"').replace("0.1.0", "1.0")
    )
    assert found(house(tmp_path / "client", client)) == []


def test_the_work_grows_with_the_number_of_provisions_and_no_faster(tmp_path: Path) -> None:
    def calls(count: int) -> int:
        files = {
            f"contract__p{i}": provision(
                f"{{% if basis == 'lot' %}}“Term{i}” means this.{{% endif %}} A Term{i} of {{{{ total }}}}, {{{{ 'contract.p{(i + 1) % count}' | clause }}}}."
            ).replace("contract.own", f"contract.p{i}")
            for i in range(count)
        }
        stacked = stack(house(tmp_path / str(count), AGENCY, **files))
        counted = 0

        def count_one(_frame: FrameType, event: str, _argument: Any) -> None:
            nonlocal counted
            counted += event == "call"

        before = sys.getprofile()
        sys.setprofile(count_one)
        try:
            assert list(check_words(stacked, None)) == []
        finally:
            sys.setprofile(before)
        return counted

    calls(1)
    few, some, many = calls(20), calls(40), calls(80)
    assert (many - some) < 2.2 * (some - few)


def test_a_removed_core_provision_is_in_the_gate_report_of_the_order(tmp_path: Path) -> None:
    import datetime

    from lotproof.gate.check import findings_of
    from lotproof.orders.stored import read_order

    removes = '[[removes]]\nid = "contract.force_majeure"\nreason = { en = "see our terms", zh = "见通用条款" }\n'
    removes += '[[removes]]\nid = "contract.tooling"\nreason = { en = "no tools", zh = "无模具" }\n'
    built = api.build(ANSWERS, house=house(tmp_path / "agency", AGENCY + removes))
    stored = read_order(next(content for name, content in api.render(built.order, formats=()) if name == "order.json"))
    assert stored == built.order
    gate = api.check(stored, findings_of(stored), datetime.date(2027, 2, 10))
    gaps = [gap for check in gate.checks for gap in check.gaps if gap.code == "LP905"]
    assert [gap.stops for gap in gaps] == [False]
    text = api.gate_files(stored, gate, "en", ("txt",))["gate.txt"].decode()
    assert "agency removes contract.force_majeure, which every contract prints: see our terms" in text
    assert "contract.tooling" not in text
    assert [f.code for f in api.build(ANSWERS).findings if f.code == "LP905"] == []


def test_the_shipped_houses_are_the_ones_that_are_looked_at() -> None:
    assert shipped_houses() == ["standard"]
