"""What the provisions and exhibits of every shipped house say: the same in both languages, printed when asked for, referring to what is there."""

from __future__ import annotations

import itertools
import json
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import cache
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from conftest import ROOT
from drawn import NAMES, ORDERS, Drawn
from lotproof import api
from lotproof.catalog.checking.relations import STANDARD
from lotproof.catalog.loading import load_category
from lotproof.documents.nodes import Document, Exhibit, Heading
from lotproof.frozen import fields, is_frozen
from lotproof.orders.model import Order
from lotproof.templates import PROFILES, Templates, house_folder, load_templates, shipped_houses
from lotproof.wording.conditions import read_conditions
from lotproof.wording.inlines import Blank, Inline, Ref, Value
from lotproof.wording.inlines import plain as plain_text
from lotproof.wording.sentences import Program, compile_sentence, fill
from strategies import tables, to_toml

RANDOM = settings(
    max_examples=2,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
)

HOUSES = shipped_houses()
LANGUAGES = ("en", "zh")

FILES = [
    (house, f"{part}/{path.name}")
    for house in HOUSES
    for part in ("contract", "exhibits")
    for path in sorted((house_folder(house) / part).glob("*.toml"))
]

PRINTED: Mapping[str, frozenset[str]] = {
    "sealed_sample": frozenset({"contract.sealed_samples", "exhibit.sealed_sample"}),
    "first_article": frozenset({"contract.first_articles"}),
    "tooling": frozenset({"contract.tooling"}),
    "ip": frozenset({"contract.ip"}),
    "warranty": frozenset({"contract.warranty"}),
    "epidemic": frozenset({"contract.epidemic"}),
    "acceptance_tests": frozenset({"contract.acceptance_tests", "exhibit.machine_tests"}),
    "installation": frozenset({"contract.installation"}),
    "damages": frozenset({"contract.damages"}),
    "liability": frozenset({"contract.liability"}),
    "integrity": frozenset({"contract.integrity"}),
    "frame": frozenset(),
    "wording": frozenset(),
}
"""What each optional group of answers adds to a contract; the other groups print words in provisions that are there anyway, or none."""

TERM = re.compile(r"(?<![A-Za-z0-9])(?:[A-Z][A-Z0-9]+|Incoterms|Ac|Re|n)(?![A-Za-z0-9])")
"""A term that both languages write in Latin letters: FAT, UCP, AQL, EXW; the signs of a sampling plan."""

IN_CHINESE = {
    "CISG": "国际货物销售合同公约",
    "PRC": "中华人民共和国",
    "UN": "联合国",
    "EU": "欧盟",
    "AQL": "接收质量限",
}
"""How Chinese may write what English abbreviates."""

NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
NAME = re.compile(r"\{\{\s*(.*?)\s*\}\}")
CONDITION = re.compile(r"\{%\s*(?:el)?if\s+(.*?)\s*%\}")


# --- the same in both languages ----------------------------------------------------------------------------------------


@cache
def source(house: str, file: str) -> dict[str, Any]:
    """Return a provision or an exhibit as it is written."""
    return tomllib.loads((house_folder(house) / file).read_text(encoding="utf-8"))


def paragraphs(house: str, file: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each paragraph of a provision, and where it stands."""
    for place, paragraph in enumerate(source(house, file).get("paragraph", ()), 1):
        yield f"{house}/{file}, paragraph {place}", paragraph


def plain(text: str) -> str:
    """Return a text with full-width digits and signs as plain ones."""
    return unicodedata.normalize("NFKC", text.replace("，", " "))


def numbers(text: str) -> Counter[str]:
    """Count the numbers of a text."""
    return Counter(NUMBER.findall(plain(text)))


def missing_terms(texts: Mapping[str, str]) -> set[str]:
    """Return the Latin terms that one language of a text has and the other lacks."""
    found = {language: set(TERM.findall(plain(text))) for language, text in texts.items()}
    translated = {term for term in found["en"] if IN_CHINESE.get(term, "\0") in texts["zh"]}
    return (found["en"] ^ found["zh"]) - translated


def conditions_of(program: Program) -> Iterator[tuple[dict[str, Any], Program, Program]]:
    """Yield each condition of a compiled sentence with its two branches, the inner ones after the outer."""
    for item in program:
        if isinstance(item, dict) and "if" in item:
            yield item["if"], item["then"], item["else"]
            yield from conditions_of(item["then"])
            yield from conditions_of(item["else"])


def compared(test: Mapping[str, Any]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Yield each name of a condition with the value it is compared with; an empty text where it is only asked for."""
    match test:
        case {"not": inner}:
            yield from compared(inner)
        case {"and": sides} | {"or": sides}:
            for side in sides:
                yield from compared(side)
        case {"eq": [{"v": name}, {"c": value}]} | {"ne": [{"v": name}, {"c": value}]}:
            yield tuple(name), value
        case {"v": name}:
            yield tuple(name), ""
        case _:
            raise AssertionError(test)


def names_of(program: Program) -> Iterator[tuple[str, ...]]:
    """Yield every name that a compiled sentence prints or asks for."""
    for item in program:
        if isinstance(item, dict) and "v" in item:
            yield tuple(item["v"])
    for test, then, otherwise in conditions_of(program):
        yield from (name for name, _ in compared(test))
        for branch in (then, otherwise):
            yield from (tuple(item["v"]) for item in branch if isinstance(item, dict) and "v" in item)


def ways(programs: Mapping[str, Program]) -> Iterator[dict[str, Any]]:
    """
    Yield facts for every way in which the sentences can be filled.

    Each name has in turn every value that a condition compares it with, and once another one.
    """
    values: dict[tuple[str, ...], list[Any]] = {}
    for program in programs.values():
        for name in names_of(program):
            values.setdefault(name, [f"<{'.'.join(name)}>"])
        for test, _, _ in conditions_of(program):
            for name, value in compared(test):
                if value not in values[name]:
                    values[name].append(value)
    for choice in itertools.product(*values.values()):
        facts: dict[str, Any] = {}
        for name, value in zip(values, choice, strict=True):
            inner = facts
            for part in name[:-1]:
                inner = inner.setdefault(part, {})
            inner[name[-1]] = value
        yield facts


def said(inlines: tuple[Inline, ...]) -> tuple[str, Counter[str]]:
    """Return the words of the house in a filled sentence, and what it fills in and refers to, counted."""
    words = " ".join(i for i in inlines if isinstance(i, str))
    filled = Counter(
        f"ref {i.target}" if isinstance(i, Ref) else f"blank {i.label}" if isinstance(i, Blank) else f"value {i.text}"
        for i in inlines
        if isinstance(i, Ref | Blank | Value)
    )
    return words, filled


@pytest.mark.parametrize(("house", "file"), FILES)
def test_every_paragraph_has_both_languages_and_profiles_that_exist(house: str, file: str) -> None:
    data = source(house, file)
    assert set(data.get("profiles", PROFILES)) <= set(PROFILES)
    assert all(data["heading"][language].strip() for language in LANGUAGES)
    for where, paragraph in paragraphs(house, file):
        assert set(paragraph) - {"when", "profiles"} == set(LANGUAGES), where
        assert all(paragraph[language].strip() for language in LANGUAGES), where
        assert set(paragraph.get("profiles", PROFILES)) <= set(PROFILES), where
        assert set(paragraph.get("profiles", ())) <= set(data.get("profiles", PROFILES)), where
    for slot in data.get("slot", ()):
        assert all(slot["label"][language].strip() for language in LANGUAGES), slot["key"]


@pytest.mark.parametrize(("house", "file"), FILES)
def test_both_languages_name_the_same_answers_under_the_same_conditions(house: str, file: str) -> None:
    for where, paragraph in paragraphs(house, file):
        for what in (NAME, CONDITION):
            english, chinese = (Counter(what.findall(paragraph[language])) for language in LANGUAGES)
            assert english == chinese, where


@pytest.mark.parametrize(("house", "file"), FILES)
def test_both_languages_say_the_same_in_every_way_they_can_be_filled(house: str, file: str) -> None:
    for where, paragraph in paragraphs(house, file):
        programs = {language: compile_sentence(paragraph[language]) for language in LANGUAGES}
        for facts in ways(programs):
            filled = {language: fill(programs[language], facts, str) for language in LANGUAGES}
            (english, in_english), (chinese, in_chinese) = (said(filled[language]) for language in LANGUAGES)
            assert in_english == in_chinese, (where, facts)
            assert numbers(english) == numbers(chinese), (where, facts)
            assert Counter(STANDARD.findall(plain(english))) == Counter(STANDARD.findall(plain(chinese))), (
                where,
                facts,
            )
            assert plain(english).count("%") == plain(chinese).count("%"), (where, facts)
            assert not missing_terms({"en": english, "zh": chinese}), (where, facts)
            assert bool(english.strip()) == bool(chinese.strip()), (where, facts)


@pytest.mark.parametrize(("house", "file"), FILES)
def test_headings_and_lines_to_fill_in_have_the_same_numbers_and_terms(house: str, file: str) -> None:
    data = source(house, file)
    for texts in (data["heading"], *(slot["label"] for slot in data.get("slot", ()))):
        assert numbers(texts["en"]) == numbers(texts["zh"]), texts
        assert not missing_terms(texts), texts


@pytest.mark.parametrize(("house", "file"), FILES)
def test_a_branch_with_words_in_one_language_has_words_in_the_other(house: str, file: str) -> None:
    for where, paragraph in paragraphs(house, file):
        found = []
        for language in LANGUAGES:
            branches = conditions_of(compile_sentence(paragraph[language]))
            found.append(Counter((json.dumps(test), says(then), says(other)) for test, then, other in branches))
        assert found[0] == found[1], where
        assert all(then or other for _, then, other in found[0]), f"{where}: a condition without words"


def says(program: Program) -> bool:
    """Say whether a branch prints anything."""
    return any(not isinstance(item, str) or item.strip() for item in program)


def test_a_number_or_a_term_that_one_language_lacks_is_noticed() -> None:
    assert numbers("within 30 days and 2.5%") != numbers("30天内，2%")
    assert numbers("within 30 days") == numbers("３０天内")
    assert missing_terms({"en": "subject to UCP 600", "zh": "适用跟单信用证统一惯例"}) == {"UCP"}
    assert missing_terms({"en": "at most Ac", "zh": "不大于Re"}) == {"Ac", "Re"}
    assert not missing_terms({"en": "the CISG applies", "zh": "适用《联合国国际货物销售合同公约》"})


# --- everything has its place ------------------------------------------------------------------------------------------


def everything(house: str) -> tuple[Templates, list[Any]]:
    """Return a house with its provisions and exhibits in one list."""
    templates = load_templates(house)
    return templates, [*templates.provisions, *templates.exhibits]


@pytest.mark.parametrize("house", HOUSES)
def test_every_provision_of_the_list_has_a_place(house: str) -> None:
    wanted = {f"K{number:02}" for number in range(1, 40)}
    covered = [name for part in everything(house)[1] for name in part.reference.split()]
    assert set(covered) <= wanted
    assert wanted - set(covered) == set()


@pytest.mark.parametrize("house", HOUSES)
def test_ids_and_positions_are_not_given_twice(house: str) -> None:
    for part in ("contract", "exhibits"):
        files = [source(house, file) for h, file in FILES if h == house and file.startswith(part)]
        for key in ("id", "position"):
            assert [k for k, times in Counter(f[key] for f in files).items() if times > 1] == []


@pytest.mark.parametrize("house", HOUSES)
def test_every_answer_of_an_optional_group_is_printed_somewhere(house: str) -> None:
    printed = set()
    for part in everything(house)[1]:
        for paragraph in part.paragraphs:
            for language in LANGUAGES:
                printed |= {".".join(name) for name in names_of(paragraph.sentences[language])}
    asked = {f"{g.id}.{q.key}" for g in optional_groups() if g.id != "wording" for q in g.questions}
    assert asked - printed == set()


@pytest.mark.parametrize("house", HOUSES)
def test_exhibits_that_only_some_contracts_print_come_last(house: str) -> None:
    printed = [
        {p for paragraph in e.paragraphs or (e,) for p in paragraph.profiles} for e in load_templates(house).exhibits
    ]
    everywhere = [profiles == set(PROFILES) for profiles in printed]
    assert everywhere == sorted(everywhere, reverse=True)


# --- printed when it is asked for --------------------------------------------------------------------------------------


@cache
def optional_groups() -> tuple[Any, ...]:
    """Return the groups of questions that an order may leave out."""
    return tuple(group for group in load_category("ceramic_tableware").groups if group.optional and not group.repeat)


def bare(content: bytes) -> dict[str, Any]:
    """Return answers without any optional group."""
    data = tomllib.loads(content.decode(), parse_float=Decimal)
    for group in optional_groups():
        data.pop(group.id, None)
    data["payment"].pop("retention_percent", None)
    return data


def ids(order: Order, profile: str) -> list[str]:
    """Return the provisions and exhibits that a contract prints, in order."""
    return anchors(api.contract(order, profile=profile))


def anchors(document: Document) -> list[str]:
    """Return the ids of the headings of a document, in order."""
    return [block.anchor for block in document.blocks if isinstance(block, Heading | Exhibit)]


def test_what_an_optional_group_adds_is_listed_for_each() -> None:
    assert {group.id for group in optional_groups()} == set(PRINTED)


@pytest.mark.parametrize("example", ["stoneware-mugs", "vffs-packing-machine"])
@pytest.mark.parametrize("group", sorted(PRINTED))
@RANDOM
@given(data=st.data())
def test_an_optional_provision_is_printed_with_its_answers_and_only_then(
    example: str, group: str, data: st.DataObject
) -> None:
    plain_answers = bare((ROOT / "examples" / example / "answers.toml").read_bytes())
    questions = next(g.questions for g in optional_groups() if g.id == group)
    given = data.draw(tables(questions))
    if group == "damages":
        given = {"percent": min(given.values()), "cap_percent": max(given.values())}
    without, with_it = (
        api.build(to_toml(answered).encode()).order for answered in (plain_answers, plain_answers | {group: given})
    )
    optional = frozenset().union(*PRINTED.values())
    for profile in PROFILES:
        before, after = ids(without, profile), ids(with_it, profile)
        assert not optional & set(before)
        assert set(after) - set(before) == PRINTED[group]
        assert [i for i in after if i not in PRINTED[group]] == before


@pytest.mark.parametrize("given_frame", [False, True])
def test_a_master_contract_says_what_a_call_off_order_is_and_its_term_where_it_is_agreed(
    mugs: bytes, given_frame: bool
) -> None:
    data = bare(mugs)
    if given_frame:
        data["frame"] = {"months": 37, "answer_days": 6, "end_days": 61}
    order = api.build(to_toml(data).encode()).order
    printed = {profile: ids(order, profile) for profile in PROFILES}
    assert [profile for profile in PROFILES if "contract.frame" in printed[profile]] == ["master"]
    assert [profile for profile in PROFILES if "exhibit.call_off" in printed[profile]] == ["master"]
    agreed = {i.text for i in inlines(api.contract(order, profile="master")) if isinstance(i, Value)}
    assert ({"37", "6", "61"} <= agreed) is given_frame


# --- references --------------------------------------------------------------------------------------------------------


def inlines(value: Any) -> Iterator[Inline]:
    """Yield everything that is printed anywhere in a document, piece by piece."""
    if isinstance(value, str | Value | Blank | Ref):
        yield value
    elif isinstance(value, Mapping):
        for inner in value.values():
            yield from inlines(inner)
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from inlines(inner)
    elif is_frozen(type(value)):
        for name in fields(value):
            yield from inlines(getattr(value, name))


@pytest.mark.parametrize("drawn", ORDERS, indirect=True, ids=NAMES)
def test_every_reference_leads_somewhere_and_letters_are_the_same_in_every_profile(drawn: Drawn) -> None:
    content = tomllib.loads(drawn.answers.decode(), parse_float=Decimal)
    given = [group.id for group in optional_groups() if group.id in content]
    for group in given[::2]:  # so that fewer than are drawn are there
        del content[group]
    if "acceptance_tests" not in content:
        content["payment"].pop("retention_percent", None)
    order = api.build(to_toml(content).encode()).order
    lettered = []
    for profile in PROFILES:
        document = api.contract(order, LANGUAGES, profile=profile)
        printed = anchors(document)
        referred = {i.target for i in inlines(document.blocks) if isinstance(i, Ref)}
        assert referred
        assert referred - set(printed) == set(), profile
        lettered.append([anchor for anchor in printed if anchor.startswith("exhibit.")])
    shortest = min(lettered, key=len)
    assert all(letters[: len(shortest)] == shortest for letters in lettered)


@pytest.mark.parametrize(("house", "file"), FILES)
def test_conditions_compare_with_values_that_exist(house: str, file: str) -> None:
    data = source(house, file)
    known = {
        f"{group.id}.{question.key}": {value for value, _ in question.choices}
        for category in ("ceramic_tableware", "packaging_machines")
        for group in load_category(category).groups
        for question in group.questions
        if question.type == "choice"
    }
    known |= {f"given.{group.id}": {"yes", "no"} for group in optional_groups()}
    known |= {"basis": {"lot", "each"}, "laboratory": {"yes", "no"}, "items": {"one", "several"}}
    conditions = [data, *data.get("paragraph", ()), *data.get("slot", ())]
    asked = [
        (name, value) for part in conditions for name, values in read_conditions(part.get("when")) for value in values
    ]
    for _, paragraph in paragraphs(house, file):
        for language in LANGUAGES:
            for test, _, _ in conditions_of(compile_sentence(paragraph[language])):
                asked += [(".".join(name), value) for name, value in compared(test) if isinstance(value, str) and value]
    wrong = [(name, value) for name, value in asked if name in known and value not in known[name]]
    assert wrong == []


# --- no provision contradicts a term ------------------------------------------------------------------------------------

ROUTES = ("trade_assurance", "escrow", "letter_of_credit", "bank_transfer")


def said_in(order: Order, provision: str, language: str, profile: str) -> str:
    """Return what a provision prints in a contract of this profile, filled in."""
    found = next(p for p in order.texts[language].provisions if p.id == provision)
    return " ".join(plain_text(p.words) for p in found.paragraphs if profile in p.profiles)


@pytest.mark.parametrize("route", ROUTES)
def test_the_balance_is_due_after_the_inspection_whatever_the_route(route: str, mugs: bytes) -> None:
    data = bare(mugs)
    data["payment"] |= {
        "route": route,
        "escrow_agent": {"en": "Escrow.com", "zh": "Escrow.com"},
        "credit_days": 14,
        "presentation_days": 21,
        "release_days": 4,
        "beneficiary": "潮州市青山示例陶瓷有限公司" if route != "trade_assurance" else data["payment"]["beneficiary"],
    }
    if route != "trade_assurance":
        del data["window"]
    order = api.build(to_toml(data).encode()).order
    for profile in PROFILES:
        english, chinese = (said_in(order, "contract.payment", language, profile) for language in LANGUAGES)
        assert "within 4 working days" in english
        assert "Silence is not release" in english
        assert ("沉默" in chinese) or ("逾期" in chinese) or ("未答复" in chinese)
        assert re.search(r"release|inspection", english)
        assert "before the inspection" not in english
        assert "against a copy of the" not in english
        printed = ids(order, profile)
        assert ("contract.filing_window" in printed) == (route == "trade_assurance")
        assert printed.index("contract.inspection") < printed.index("contract.acceptance")


def test_the_filing_window_shortens_no_notice_period(mugs: bytes) -> None:
    order = api.build(mugs).order
    for profile in PROFILES:
        window = said_in(order, "contract.filing_window", "en", profile)
        notice = said_in(order, "contract.arrival", "en", profile)
        assert "within 30 calendar days" in window
        assert "shortens no notice period" in window
        assert "within 30 days" in notice
        assert "latent defects within 24 months" in notice
        assert "from the opening of the goods at the final destination" in notice
