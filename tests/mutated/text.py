"""Values, units, signs and words typed over, and characters that look like others."""

from __future__ import annotations

import re

from edits import BODY, Edit, Edited, Source, around_run, digits, each, in_clause, in_row, in_term
from mutated.targets import BOTH, CAPACITY, EN, LEAK, LIST, LIST_EN, NOISE, POWER, SEAL, ZH, in_text


def text_edits() -> list[Edit]:
    """Values, units, signs, words: as somebody types them over."""
    made = []
    machine = (
        NOISE,
        POWER,
        SEAL,
        CAPACITY,
        "machinery.throughput",
        "machinery.insulation_resistance",
        "packaging_machines.fill_accuracy",
    )
    mugs = (
        "packaging.carton_gross_weight",
        "ceramic_tableware.rim_roundness",
        "ceramic_tableware.water_absorption",
        "packaging.carton_drop",
    )
    for file, terms in ((EN, machine), (BOTH, mugs), (LIST, machine), (LIST_EN, mugs)):
        made += [Edit(f"another digit in {term} of {file}", file, edit) for term, edit in each(terms, digits)]
    made += [
        Edit("another unit", EN, in_term(NOISE, r"dB\(A\)", "dB(C)")),
        Edit("kW to kVA", EN, in_term(POWER, "kW", "kVA")),
        Edit("N/15 mm to N/25 mm", EN, in_term(SEAL, "N/15", "N/25")),
        Edit("mm to cm", BOTH, in_term("ceramic_tableware.rim_roundness", r"(?<=\u00a0)mm", "cm")),
        Edit(
            "g to kg in a checklist", LIST_EN, in_term("consumer_goods.net_weight@MUG-350-WHT", r"(?<=\u00a0)g\b", "kg")
        ),
        Edit("minus to plus", EN, in_term("packaging_machines.fill_accuracy", "\u2212", "+")),
        Edit("minus to hyphen", EN, in_term("packaging_machines.fill_accuracy", "\u2212", "-")),
        Edit("plus-minus to plus", BOTH, in_term("consumer_goods.net_weight@MUG-350-WHT", "±", "+")),
        Edit("at most to at least", EN, in_term(NOISE, "at most", "at least")),
        Edit("at least to at most", EN, in_term(CAPACITY, "at least", "at most")),
        Edit("none to one", EN, in_term(LEAK, r"none \(0\)", "one (1)")),
        Edit("a decimal point moved", EN, in_term(POWER, r"7\.5", "75")),
        Edit("a decimal comma", BOTH, in_term("ceramic_tableware.rim_roundness", r"1\.0", "1,0")),
        Edit("class major to minor", EN, in_term("machinery.documents", "Major", "Minor")),
        Edit(
            "class critical to major in Chinese",
            ZH,
            in_term("ceramic_tableware.lead_cadmium_release", "致命", "一般", language="zh"),
        ),
        Edit("Chinese limit", ZH, in_term("packaging.carton_gross_weight", "16", "18", language="zh")),
        Edit(
            "Chinese beside the English",
            BOTH,
            in_term("packaging.carton_gross_weight", "16\u00a0千克|16\u00a0kg", "19\u00a0kg"),
        ),
        Edit("another standard", EN, in_term(NOISE, "ISO.[0-9]+", "ISO 9999")),
        Edit("a word left out", EN, in_clause("A message in a chat", "changes nothing", "changes much")),
        Edit(
            "not left out",
            EN,
            in_clause("Goods made with a change that the buyer has not signed", "has not signed", "has signed"),
        ),
        Edit("another percentage", EN, in_clause("For each week of delay", "1%", "0.1%")),
        Edit("other days", BOTH, in_clause("An advance payment", "within 7 days", "within 3 days")),
        Edit("the account", EN, in_clause("The beneficiary is", "0000 1111 2222 3333", "0000 1111 2222 3334")),
        Edit("the price", EN, in_clause("The prices are fixed", "37,300.00", "39,300.00")),
        Edit("the arbitration", EN, in_clause("The parties talk for 15 days", "15 days", "150 days")),
        Edit(
            "the law",
            EN,
            in_clause("This contract is governed", "the People's Republic of China", "the seller's country"),
        ),
        Edit(
            "a limit in Chinese prose",
            BOTH,
            in_text("0.5%", "0.05%", after="Title to the goods passes", clause="contract.delivery.3"),
        ),
        Edit("a quantity in the goods table", EN, in_text("HX-420", "HX-320", after="", clause="goods")),
        Edit(
            "a seller's name",
            EN,
            in_text("佛山市恒信示例包装机械有限公司", "佛山市恒信包装机械有限公司", after="", clause="parties"),
        ),
        Edit("the digest on the page", EN, _printed_digest),
        Edit("the title", EN, in_text("Order contract", "Draft of an order contract", after="", clause="front")),
        Edit(
            "a heading",
            EN,
            in_text(">Price and payment<", ">Price and payments<", after='w:val="Heading1"', clause="contract.payment"),
        ),
        Edit(
            "a heading of an exhibit",
            EN,
            in_text("Inspection checklist", "Inspection proposal", after='w:val="Exhibit"', clause="exhibit.checklist"),
        ),
    ]
    return made


def _printed_digest(given: Source) -> Edited:
    digest = re.findall(r">([0-9a-f]{64})<", given.parts[BODY])[-1]
    other = digest[:-1] + ("0" if digest[-1] != "0" else "1")
    return given.put(f">{digest}<", f">{other}<", clause="checklist.3", was=digest, now=other)


def glyph_edits() -> list[Edit]:
    """Characters that look like others, or like nothing."""
    pairs = {
        "a Cyrillic a": ("a", "\u0430"),
        "a Cyrillic e": ("e", "\u0435"),
        "a Greek o": ("o", "\u03bf"),
        "a full-width digit": ("7", "\uff17"),
        "a zero-width space": ("at", "a\u200bt"),
        "a soft hyphen": ("most", "mo\u00adst"),
        "a direction mark": ("at most", "\u202eat most\u202c"),
        "a word joiner": ("78", "7\u20608"),
        "an O for a 0": ("0", "O"),
        "an l for a 1": ("1", "l"),
        "a variation selector": ("78", "7\ufe0f8"),
    }
    made = [Edit(way, EN, in_term(NOISE, re.escape(old), new)) for way, (old, new) in pairs.items()]
    made += [
        Edit("a Cyrillic letter in a checklist", LIST, in_term(POWER, "o", "\u043e")),
        Edit("another Chinese character", ZH, in_term("packaging.carton_gross_weight", "毛", "手", language="zh")),
        Edit("a Kangxi radical", ZH, in_term("packaging.carton_gross_weight", "大于|不", "\u2f24于", language="zh")),
        Edit(
            "a symbol of a font",
            EN,
            in_row(NOISE, around_run(2, "", '<w:r><w:sym w:font="Symbol" w:char="F0A3"/></w:r>')),
        ),
    ]
    return made
