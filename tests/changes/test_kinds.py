"""What each kind of change is called, where it stands, what was and is, and for whom it is good."""

from __future__ import annotations

import pytest

from gate_orders import answers, changed, line_of
from lotproof import api
from lotproof.changes.model import Direction, Good, Kind
from lotproof.changes.terms import pairs
from lotproof.frozen import replace
from lotproof.wording.inlines import Value
from revised import EXAMPLES, REVISIONS, WARRANTY, diff, only, order

WEIGHT = "packaging.carton_gross_weight"


@pytest.mark.parametrize(
    ("old", "new", "kind", "where", "was", "becomes", "direction", "good"),
    [
        (
            'limit = "16 kg"',
            'limit = "15 kg"',
            Kind.LIMIT,
            WEIGHT,
            "at most 16 kg",
            "at most 15 kg",
            "tightened",
            "buyer",
        ),
        (
            'limit = "16 kg"',
            'limit = "17 kg"',
            Kind.LIMIT,
            WEIGHT,
            "at most 16 kg",
            "at most 17 kg",
            "loosened",
            "seller",
        ),
        ('limit = "16 kg"', 'limit = ""', Kind.BLANK, WEIGHT, "at most 16 kg", "[____]", "unknown", "unknown"),
        ("aql_major = 2.5", "aql_major = 4.0", Kind.AQL, "inspection.aql_major", "2.5", "4.0", "loosened", "seller"),
        ('level = "II"', 'level = "III"', Kind.LEVEL, "inspection.level", "II", "III", "tightened", "buyer"),
        (
            "deposit_percent = 30",
            "deposit_percent = 50",
            Kind.PAYMENT,
            "payment.deposit_percent",
            "30",
            "50",
            "loosened",
            "seller",
        ),
        ("balance_days = 5", "balance_days = 9", Kind.PAYMENT, "payment.balance_days", "5", "9", "tightened", "buyer"),
        (
            "visible_days = 30",
            "visible_days = 45",
            Kind.NOTICE,
            "notice.visible_days",
            "30",
            "45",
            "tightened",
            "buyer",
        ),
        (
            "unit_price = 1.42",
            "unit_price = 1.40",
            Kind.PRICE,
            "goods.MUG-350-WHT",
            "USD 1.42",
            "USD 1.40",
            "neither",
            "buyer",
        ),
        (
            'governing = "prc"',
            'governing = "singapore"',
            Kind.LAW,
            "law.governing",
            None,
            None,
            "unknown",
            "unknown",
        ),
    ],
)
def test_a_change_says_what_it_does(
    old: str, new: str, kind: Kind, where: str, was: str | None, becomes: str | None, direction: str, good: str
) -> None:
    found = only(diff(answers(), changed((old, new))), kind, where)
    if was is not None and becomes is not None:
        assert (found.was["en"].replace("\u00a0", " "), found.becomes["en"].replace("\u00a0", " ")) == (was, becomes)
    assert (found.direction.value, found.good.value) == (direction, good)
    assert found.of_meaning


def test_a_later_shipment_is_good_for_the_seller() -> None:
    line = line_of("delivery", "ship_date")
    found = only(diff(answers(), changed((line, "ship_date = 2027-06-14\n"))), Kind.DELIVERY)
    assert (found.direction, found.good) == (Direction.LOOSENED, Good.SELLER)
    assert found.becomes == {"en": "14 June 2027", "zh": "2027年6月14日"}


def test_a_choice_is_said_in_the_words_of_its_question() -> None:
    found = only(
        diff(answers(), changed(('reinspection_payer = "seller"', 'reinspection_payer = "buyer"'))), Kind.INSPECTION
    )
    assert (found.was["en"], found.becomes["zh"]) == ("the seller", "买方")
    assert found.direction is Direction.LOOSENED


def test_a_lower_aql_shows_its_plan_and_is_not_said_in_every_row() -> None:
    found = diff(answers(), changed(("aql_major = 2.5", "aql_major = 1.5")))
    plan = only(found, Kind.PLAN)
    assert plan.becomes["en"] == "AQL 1.5: n 200, Ac 7, Re 8; code letter L, plan L"
    assert plan.direction is Direction.TIGHTENED
    assert not [c for c in found.changes if c.kind is Kind.SAMPLE]
    assert not [c for c in found.changes if not c.of_meaning]


def test_amounts_that_follow_are_one_change() -> None:
    found = only(diff(answers(), changed(("unit_price = 1.42", "unit_price = 1.50"))), Kind.AMOUNT)
    assert "total price: USD\u00a014,080.00" in found.becomes["en"]
    assert found.good is Good.NEITHER


def test_a_term_that_comes_asks_more_of_the_seller() -> None:
    start = answers().index(f'[terms."{WEIGHT}"]')
    end = answers().index("\n[", start + 1)
    without = answers()[:start] + answers()[end + 1 :]
    added = only(diff(without, answers()), Kind.TERM_ADDED, WEIGHT)
    assert (added.was, added.direction) == ({}, Direction.TIGHTENED)
    removed = only(diff(answers(), without), Kind.TERM_REMOVED, WEIGHT)
    assert (removed.becomes, removed.direction) == ({}, Direction.LOOSENED)


def test_an_item_with_values_of_its_own_is_compared_with_the_general_ones() -> None:
    own = f'\n[goods.terms."{WEIGHT}"]\nlimit = "12 kg"\n'
    first = answers().index("\n[[goods]]", answers().index("[[goods]]") + 1)
    parted = answers()[:first] + own + answers()[first:]
    found = diff(answers(), parted)
    place = f"{WEIGHT}@MUG-350-WHT"
    limit = only(found, Kind.LIMIT, place)
    assert (limit.was["en"], limit.becomes["en"]) == ("at most 16\u00a0kg", "at most 12\u00a0kg")
    assert limit.direction is Direction.TIGHTENED
    assert only(found, Kind.ITEMS, place).direction is Direction.NEITHER
    assert not [c for c in found.changes if c.kind in (Kind.TERM_ADDED, Kind.TERM_REMOVED)]


def test_terms_are_paired_by_clause_and_item_the_same_both_ways() -> None:
    terms = order(answers()).spec.terms
    own = tuple(replace(t, id=f"{t.clause}@MUG-350-WHT", items=("MUG-350-WHT",)) for t in terms if t.clause == WEIGHT)
    there = [(a and a.id, b and b.id) for a, b in pairs(terms, (*terms, *own))]
    back = [(b and b.id, a and a.id) for a, b in pairs((*terms, *own), terms)]
    assert sorted(map(str, there)) == sorted(map(str, back))
    assert (WEIGHT, own[0].id) in there


def test_a_group_that_is_agreed_on_is_one_change_with_all_it_says() -> None:
    found = diff(answers(), answers() + WARRANTY)
    duty = only(found, Kind.DUTY, "warranty")
    assert duty.direction is Direction.TIGHTENED
    assert "Months of warranty: 24" in duty.becomes["en"]
    assert only(found, Kind.PROVISION_ADDED).where == "contract.warranty"


def test_a_quantity_changes_lot_and_shares_and_is_good_for_neither() -> None:
    found = diff(answers(), REVISIONS["plan and quantity"])
    assert only(found, Kind.QUANTITY, "goods.MUG-350-WHT").good is Good.NEITHER
    assert only(found, Kind.QUANTITY, "inspection.lots.lot").becomes["en"] == "13,800"


def test_a_sentence_that_no_data_explains_is_wording_or_a_method() -> None:
    old = order(answers())
    texts = old.texts["en"]
    term = texts.terms[WEIGHT]
    reworded = replace(
        old,
        texts={
            **old.texts,
            "en": replace(
                texts,
                terms={**texts.terms, WEIGHT: replace(term, method=("weighed wet",), action=(*term.action, " Smile."))},
                labels={**texts.labels, "buyer": "Purchaser"},
            ),
        },
    )
    found = api.diff(old, reworded)
    assert only(found, Kind.METHOD, WEIGHT).becomes["en"] == "weighed wet"
    assert sorted(c.where for c in found.changes if c.kind is Kind.WORDING) == ["labels.buyer", WEIGHT]


def test_a_value_in_a_sentence_that_no_data_explains_is_said() -> None:
    old = order(answers())
    texts = old.texts["en"]
    place = next(
        i for i, p in enumerate(texts.provisions) if any(isinstance(w, Value) for q in p.paragraphs for w in q.words)
    )
    provision = texts.provisions[place]
    paragraphs = tuple(
        replace(p, words=tuple(Value("999,999") if isinstance(w, Value) else w for w in p.words))
        for p in provision.paragraphs
    )
    provisions = (*texts.provisions[:place], replace(provision, paragraphs=paragraphs), *texts.provisions[place + 1 :])
    found = api.diff(old, replace(old, texts={**old.texts, "en": replace(texts, provisions=provisions)}))
    assert found.changes
    assert all("999,999" in c.becomes["en"] for c in found.changes)


def test_a_border_of_a_defect_is_said_though_the_data_has_only_its_name() -> None:
    old = order(answers())
    texts = old.texts["en"]
    rows = texts.tables["defects"]
    first = (rows[0][0], rows[0][1], ("more than ever",))
    new = replace(
        old, texts={**old.texts, "en": replace(texts, tables={**texts.tables, "defects": (first, *rows[1:])})}
    )
    found = only(api.diff(old, new), Kind.BORDER)
    assert found.where == old.spec.defects[0].id
    assert found.direction is Direction.UNKNOWN


@pytest.mark.parametrize("name", EXAMPLES)
def test_a_new_revision_alone_changes_the_head_alone(name: str) -> None:
    old = order(answers(name))
    new = replace(old, header=replace(old.header, revision="Z9", supersedes=api.digest(old)))
    found = api.diff(old, new)
    assert {c.kind for c in found.changes} == {Kind.HEADER}


def test_terms_of_the_buyer_have_the_title_that_is_printed() -> None:
    own = (
        '\n[[own_terms]]\nid = "ring"\ntitle = { en = "Sound when struck", zh = "敲击声" }\nkind = "conforms"\n'
        'to = { en = "sealed sample S-1", zh = "封样S-1" }\nmethod = { en = "struck with a pencil", zh = "以铅笔敲击" }\n'
        'instrument = { en = "pencil", zh = "铅笔" }\nbrought_by = "inspector"\naction = { en = "Strike it.", zh = "敲击。" }\n'
        'stage = "unit"\nsample = "fixed"\nn = 5\nac = 0\nclass = "minor"\nevidence = "photo"\nminutes = 1\n'
    )
    found = only(diff(answers(), answers() + own), Kind.TERM_ADDED)
    assert found.title == {"en": "Sound when struck", "zh": "敲击声"}
