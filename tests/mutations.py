"""The scripted edits: what each does, and to which file."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

from edits import (
    BODY,
    Edit,
    Edited,
    Source,
    add_part,
    around_run,
    behind_clause,
    digits,
    double_row,
    drop_clause,
    drop_row,
    each,
    in_clause,
    in_data,
    in_row,
    in_term,
    paragraph,
    run,
    runs,
    swap_rows,
    term_in,
)

EN, BOTH, ZH = "machine/en/contract.docx", "mugs/contract.docx", "mugs/zh/contract.docx"
LIST, LIST_EN = "machine/checklist.docx", "mugs/en/checklist.docx"
BOOK = "machine/checklist.xlsx"
NOISE, POWER, SEAL, LEAK, CAPACITY = (
    "machinery.noise",
    "machinery.power_input",
    "packaging_machines.seal_strength",
    "packaging_machines.seal_leak",
    "machinery.rated_capacity",
)
WORDS = "application/vnd.openxmlformats-officedocument.wordprocessingml"
TRACK = 'w:id="900" w:author="Wang Li" w:date="2027-02-03T09:00:00Z"'
GONE = "w:delText"


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
        Edit("another standard", EN, in_term(NOISE, "ISO [0-9]+", "ISO 9999")),
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
            _in_text("0.5%", "0.05%", after="Title to the goods passes", clause="contract.delivery.3"),
        ),
        Edit("a quantity in the goods table", EN, _in_text("HX-420", "HX-320", after="", clause="goods")),
        Edit(
            "a seller's name",
            EN,
            _in_text("佛山市恒信示例包装机械有限公司", "佛山市恒信包装机械有限公司", after="", clause="parties"),
        ),
        Edit("the digest on the page", EN, _printed_digest),
        Edit("the title", EN, _in_text("Order contract", "Draft of an order contract", after="", clause="front")),
        Edit(
            "a heading",
            EN,
            _in_text(">Price and payment<", ">Price and payments<", after="", clause="contract.payment"),
        ),
        Edit(
            "a heading of an exhibit",
            EN,
            _in_text(
                "Inspection checklist", "Inspection proposal", after='w:val="Exhibit"', clause="exhibit.checklist"
            ),
        ),
    ]
    return made


def _in_text(old: str, new: str, *, after: str, clause: str) -> Any:
    def change(given: Source) -> Edited:
        body = given.parts[BODY]
        start = body.index(old, body.index(after) if after else 0)
        edited = body[:start] + new + body[start + len(old) :]
        seen = ("", "") if old.startswith("<") else (old.strip("><"), new.strip("><"))
        return Edited({**given.parts, BODY: edited}, clause, *seen)

    return change


def _printed_digest(given: Source) -> Edited:
    digest = re.findall(r">([0-9a-f]{64})<", given.parts[BODY])[-1]
    other = digest[:-1] + ("0" if digest[-1] != "0" else "1")
    return given.put(f">{digest}<", f">{other}<", clause="checklist.3", was=digest, now=other)


def structure_edits() -> list[Edit]:
    """Rows and paragraphs: taken out, put in, moved."""
    sentence = "Tolerances of up to 10 % beyond each limit are accepted."
    made = [Edit(f"row of {term} taken out", EN, edit) for term, edit in each((NOISE, SEAL, LEAK), drop_row)]
    made += [
        Edit(f"row of {term} taken out of a checklist", LIST, edit) for term, edit in each((POWER, CAPACITY), drop_row)
    ]
    made += [
        Edit("two rows change places", EN, swap_rows(NOISE, POWER)),
        Edit("two rows far apart change places", EN, swap_rows("machinery.documents", "machinery.warranty")),
        Edit("two checks change places", LIST, swap_rows(SEAL, LEAK)),
        Edit("a row twice, once with another limit", EN, double_row(NOISE, "78", "88")),
        Edit("a clause taken out", EN, drop_clause("A message in a chat")),
        Edit("a bilingual clause taken out", BOTH, drop_clause("Risk passes as the Incoterms rule says.")),
        Edit("a clause taken out at the end", EN, drop_clause("A finding of the inspector")),
        Edit("a sentence put in", EN, in_clause("A message in a chat", "A message", f"{sentence} A message")),
        Edit("a paragraph put in", EN, behind_clause("A message in a chat", paragraph(run(sentence)), sentence)),
        Edit(
            "a numbered paragraph put in",
            EN,
            behind_clause(
                "Goods made with a change",
                paragraph(f'<w:pPr><w:pStyle w:val="Clause"/></w:pPr>{run(sentence)}'),
                sentence,
            ),
        ),
        Edit(
            "a paragraph in a cell",
            EN,
            in_row(NOISE, lambda row: row.replace("</w:tc>", f"{paragraph(run(sentence))}</w:tc>", 2), now=sentence),
        ),
        Edit(
            "a sentence taken out",
            EN,
            in_clause("Payment is made by bank", "Payment is made by bank transfer.", "Payment is made."),
        ),
        Edit(
            "a line of a cell taken out", EN, in_row("machinery.component_brands", lambda row: _without_line(row, -3))
        ),
        Edit("text of a cell taken out", EN, in_row(SEAL, lambda row: row.replace(runs(row)[3], ""))),
        Edit("a paragraph at the end", EN, _at_the_end(sentence)),
        Edit("a paragraph at the start", EN, _at_the_start(sentence)),
        Edit("a clause moved", EN, _moved_clause),
        Edit("columns change places", EN, in_row(SEAL, _cells_swapped)),
        Edit("two paragraphs become one", EN, _joined),
        Edit("a footnote put in", EN, _footnote),
    ]
    return made


def _without_line(row: str, place: int) -> str:
    found = re.findall(r"<w:p>.*?</w:p>", row)
    return row.replace(found[place], "", 1)


def _at_the_end(sentence: str) -> Any:
    def change(given: Source) -> Edited:
        return given.put("<w:sectPr>", paragraph(run(sentence)) + "<w:sectPr>", clause="checklist.3", now=sentence)

    return change


def _at_the_start(sentence: str) -> Any:
    def change(given: Source) -> Edited:
        return given.put("<w:body>", "<w:body>" + paragraph(run(sentence)), clause="front", now=sentence)

    return change


def _moved_clause(given: Source) -> Edited:
    body = given.parts[BODY]
    found = {}
    for start in ("A message in a chat", "Payment is made by bank"):
        found[start] = next(p for p in re.findall(r"<w:p>.*?</w:p>", body) if f">{start}" in p)
    one, other = found.values()
    body = body.replace(one, "").replace(other, other + one)
    return Edited({**given.parts, BODY: body}, given.clause_starting("A message in a chat"), "A message in a chat")


def _cells_swapped(row: str) -> str:
    cells = re.findall(r"<w:tc>.*?</w:tc>", row)
    return row.replace(cells[2], "@").replace(cells[3], cells[2]).replace("@", cells[3])


def _joined(given: Source) -> Edited:
    body = given.parts[BODY]
    found = [p for p in re.findall(r"<w:p>.*?</w:p>", body) if ">Risk passes" in p or ">For each week" in p]
    first, second = found
    joined = first.replace("</w:p>", "".join(runs(second)) + "</w:p>")
    return Edited(
        {**given.parts, BODY: body.replace(first + second, joined)}, "contract.delivery.", "For each week of delay"
    )


def _footnote(given: Source) -> Edited:
    note = f'<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:footnote w:id="2">{paragraph(run("Readings may be rounded down."))}</w:footnote></w:footnotes>'
    parts = add_part(given, "word/footnotes.xml", note, "footnotes", f"{WORDS}.footnotes+xml")
    row = given.row(NOISE)
    last = runs(row)[-1]
    parts[BODY] = parts[BODY].replace(row, row.replace(last, f'{last}<w:r><w:footnoteReference w:id="2"/></w:r>'))
    return Edited(parts, "footnote", "", "Readings may be rounded down.")


def hidden_edits() -> list[Edit]:
    """What a reader does not see, or sees otherwise than it stands there."""
    made = []
    ways = {
        "hidden": "<w:vanish/>",
        "white": '<w:color w:val="FFFFFF"/>',
        "nearly white": '<w:color w:val="FDFDFD"/>',
        "of the theme's white": '<w:color w:val="000000" w:themeColor="background1"/>',
        "of one point": '<w:sz w:val="2"/>',
        "struck out": "<w:strike/>",
        "doubly struck out": "<w:dstrike/>",
        "black on black": '<w:color w:val="000000"/><w:highlight w:val="black"/>',
        "pressed together": '<w:w w:val="1"/>',
        "in a font of signs": '<w:rFonts w:ascii="Wingdings" w:hAnsi="Wingdings"/>',
        "lowered": '<w:vertAlign w:val="subscript"/>',
        "in capitals": "<w:caps/>",
    }
    for way, properties in ways.items():
        made.append(Edit(f"the method {way}", EN, in_row(SEAL, around_run(4, "", properties=properties))))
        if way in ("hidden", "white", "of one point"):
            made.append(
                Edit(
                    f"words put in {way}",
                    EN,
                    in_row(NOISE, around_run(2, "", run(" or more", properties)), now="or more"),
                )
            )
            made.append(
                Edit(
                    f"words put into a checklist {way}",
                    LIST,
                    in_row(POWER, around_run(2, "", run(" or more", properties)), now="or more"),
                )
            )
    made += [
        Edit("a style that hides", EN, _style("CellMuted", "<w:vanish/>")),
        Edit("a style in white", EN, _style("CellMuted", '<w:color w:val="FFFFFF"/>')),
        Edit("a hidden row", EN, in_row(SEAL, lambda row: row.replace("<w:cantSplit/>", "<w:cantSplit/><w:hidden/>"))),
        Edit(
            "a row without height",
            EN,
            in_row(
                SEAL, lambda row: row.replace("<w:cantSplit/>", '<w:cantSplit/><w:trHeight w:val="2" w:hRule="exact"/>')
            ),
        ),
        Edit(
            "a text box",
            EN,
            in_row(NOISE, around_run(1, "", _text_box("plus 10 dB of tolerance")), now="plus 10 dB of tolerance"),
        ),
        Edit("a text box with two texts", EN, in_row(NOISE, around_run(1, "", _two_texts()))),
        Edit(
            "a drawing over the text",
            EN,
            in_row(
                NOISE,
                around_run(
                    1,
                    "",
                    '<w:r><w:pict><v:rect style="position:absolute;width:200pt;height:20pt" fillcolor="white"/></w:pict></w:r>',
                ),
            ),
        ),
        Edit(
            "text beside the page",
            EN,
            in_row(
                SEAL,
                lambda row: row.replace(
                    '<w:pStyle w:val="CellMuted"/>', '<w:pStyle w:val="CellMuted"/><w:ind w:left="-20000"/>', 1
                ),
            ),
        ),
        Edit(
            "a line without height",
            EN,
            in_row(
                SEAL,
                lambda row: row.replace(
                    '<w:pStyle w:val="CellMuted"/>',
                    '<w:pStyle w:val="CellMuted"/><w:spacing w:line="1" w:lineRule="exact"/>',
                    1,
                ),
            ),
        ),
        Edit(
            "ruby over a word",
            EN,
            in_row(
                NOISE,
                around_run(
                    1,
                    "",
                    f"<w:r><w:ruby><w:rubyPr/><w:rt>{run('not')}</w:rt><w:rubyBase>{run('x')}</w:rubyBase></w:ruby></w:r>",
                ),
            ),
        ),
    ]
    return made


def _style(style: str, properties: str) -> Any:
    def change(given: Source) -> Edited:
        styles = given.parts["word/styles.xml"]
        one = re.search(rf'<w:style [^>]*w:styleId="{style}">.*?</w:style>', styles)
        assert one is not None
        return given.put(
            one[0], re.sub("<w:rPr>.*</w:rPr>", f"<w:rPr>{properties}</w:rPr>", one[0]), "word/styles.xml", clause=SEAL
        )

    return change


def _text_box(text: str) -> str:
    return f'<w:r><w:pict><v:shape style="width:100pt;height:20pt"><v:textbox><w:txbxContent>{paragraph(run(text))}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>'


def _two_texts() -> str:
    return (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice Requires="wps">'
        f"<w:pict><v:shape><v:textbox><w:txbxContent>{paragraph(run('78'))}</w:txbxContent></v:textbox></v:shape></w:pict></mc:Choice>"
        f"<mc:Fallback>{_text_box('87').removeprefix('<w:r>').removesuffix('</w:r>')}</mc:Fallback></mc:AlternateContent></w:r>"
    )


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


def tracked_edits() -> list[Edit]:
    """Tracked changes and comments."""
    deleted = (
        f"<w:del {TRACK}>{run(' not', '').replace('<w:t ', '<w:delText ').replace('</w:t>', '</w:delText>')}</w:del>"
    )
    return [
        Edit(
            "a tracked insertion",
            EN,
            in_row(NOISE, around_run(2, "", f"<w:ins {TRACK}>{run(' or more')}</w:ins>"), now="or more"),
        ),
        Edit("a tracked deletion", EN, in_row(NOISE, _deleted(2))),
        Edit("a tracked deletion of what was never there", EN, in_row(NOISE, around_run(2, "", deleted), was="not")),
        Edit("a tracked move", EN, in_row(NOISE, _moved_run)),
        Edit(
            "a tracked row",
            EN,
            in_row(NOISE, lambda row: row.replace("<w:cantSplit/>", f"<w:cantSplit/><w:del {TRACK}/>")),
        ),
        Edit(
            "a tracked paragraph mark",
            EN,
            in_row(
                NOISE,
                lambda row: row.replace(
                    '<w:pStyle w:val="CellMuted"/>', f'<w:pStyle w:val="CellMuted"/><w:rPr><w:del {TRACK}/></w:rPr>', 1
                ),
            ),
        ),
        Edit(
            "a tracked change of looks",
            EN,
            in_row(NOISE, around_run(2, "", properties=f"<w:b/><w:rPrChange {TRACK}><w:rPr/></w:rPrChange>")),
        ),
        Edit(
            "a tracked insertion in a checklist",
            LIST,
            in_row(POWER, around_run(2, "", f"<w:ins {TRACK}>{run(' or more')}</w:ins>"), now="or more"),
        ),
        Edit("a comment", EN, _comment("We agreed on 85 dB(A).")),
        Edit("a comment in Chinese", EN, _comment("双方同意85分贝。")),
    ]


def _deleted(place: int) -> Any:
    def edit(row: str) -> str:
        one = runs(row)[place]
        gone = one.replace("<w:t>", "<w:delText>").replace("<w:t ", "<w:delText ").replace("</w:t>", "</w:delText>")
        return row.replace(one, f"<w:del {TRACK}>{gone}</w:del>", 1)

    return edit


def _moved_run(row: str) -> str:
    one, other = runs(row)[2], runs(row)[3]
    away = f"<w:moveFrom {TRACK}>{one}</w:moveFrom>"
    here = f"<w:moveTo {TRACK}>{one}</w:moveTo>"
    return row.replace(one, away, 1).replace(other, other + here, 1)


def _comment(text: str) -> Any:
    def change(given: Source) -> Edited:
        comments = (
            '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
            f'<w:comment w:id="7" w:author="Wang Li">{paragraph(run(text))}</w:comment></w:comments>'
        )
        parts = add_part(given, "word/comments.xml", comments, "comments", f"{WORDS}.comments+xml")
        row = given.row(NOISE)
        one = runs(row)[2]
        marked = f'<w:commentRangeStart w:id="7"/>{one}<w:commentRangeEnd w:id="7"/><w:r><w:commentReference w:id="7"/></w:r>'
        parts[BODY] = parts[BODY].replace(row, row.replace(one, marked, 1))
        return Edited(parts, NOISE, "", text)

    return change


def frame_edits() -> list[Edit]:
    """Headers, footers, fields of Word, numbering, protection, pictures, links."""
    return [
        Edit("the header", EN, _part_text("word/header1.xml", "NW-2027-004", "NW-2027-005", clause="header")),
        Edit("the digest in the footer", EN, _footer_digest),
        Edit("a line put into the footer", EN, _footer_line),
        Edit("a header for the first page", EN, _first_header),
        Edit("a reference with another number", EN, _reference),
        Edit("a letter of an exhibit", EN, _exhibit_letter),
        Edit("a field that quotes", EN, in_row(NOISE, around_run(2, "", _quoting("or more")), now="or more")),
        Edit("a page number that is a sentence", EN, _page_field),
        Edit("numbers in Roman", EN, _numbering('<w:numFmt w:val="decimal"/>', '<w:numFmt w:val="upperRoman"/>')),
        Edit("numbers that begin at 3", EN, _numbering('<w:start w:val="1"/>', '<w:start w:val="3"/>')),
        Edit("numbers of another form", EN, _numbering('<w:lvlText w:val="%1.%2"/>', '<w:lvlText w:val="%2"/>')),
        Edit("a clause without its number", EN, _unnumbered),
        Edit("a clause whose number begins again", EN, _restarted),
        Edit(
            "a heading that is no heading",
            EN,
            _in_text(
                '<w:pStyle w:val="Heading1"/>',
                '<w:pStyle w:val="Note"/>',
                after="A message in a chat",
                clause="contract.goods",
            ),
        ),
        Edit(
            "the protection taken off",
            LIST,
            _part_text(
                "word/settings.xml", '<w:documentProtection w:edit="forms" w:enforcement="1"/>', "", clause="protection"
            ),
        ),
        Edit(
            "the protection switched off",
            LIST,
            _part_text("word/settings.xml", 'w:enforcement="1"', 'w:enforcement="0"', clause="protection"),
        ),
        Edit(
            "another protection",
            LIST,
            _part_text("word/settings.xml", 'w:edit="forms"', 'w:edit="comments"', clause="protection"),
        ),
        Edit("a link", EN, _link),
        Edit("a picture", EN, _picture),
        Edit(
            "a property of the file",
            EN,
            _part_text(
                "docProps/custom.xml",
                "<vt:lpwstr>contract</vt:lpwstr>",
                "<vt:lpwstr>checklist</vt:lpwstr>",
                clause="property",
            ),
        ),
    ]


def _part_text(part: str, old: str, new: str, *, clause: str) -> Any:
    def change(given: Source) -> Edited:
        return given.put(old, new, part, clause=clause)

    return change


def _footer_digest(given: Source) -> Edited:
    found = re.search(r"[0-9a-f]{16}", given.parts["word/footer1.xml"])
    assert found is not None
    other = "0" * 16
    return given.put(found[0], other, "word/footer1.xml", clause="footer", was=found[0], now=other)


def _footer_line(given: Source) -> Edited:
    text = "Subject to the seller's general terms."
    return given.put("</w:ftr>", f"{paragraph(run(text))}</w:ftr>", "word/footer1.xml", clause="footer", now=text)


def _first_header(given: Source) -> Edited:
    text = "Proposal, not binding"
    header = given.parts["word/header1.xml"]
    start = header.index("<w:p>")
    parts = add_part(
        given, "word/header9.xml", header[:start] + paragraph(run(text)) + "</w:hdr>", "header", f"{WORDS}.header+xml"
    )
    parts[BODY] = (
        parts[BODY]
        .replace("<w:sectPr>", '<w:sectPr><w:headerReference w:type="first" r:id="rId90"/>')
        .replace("</w:sectPr>", "<w:titlePg/></w:sectPr>")
    )
    return Edited(parts, "header", "", text)


def _reference(given: Source) -> Edited:
    body = given.parts[BODY]
    at = body.index("contract_inspection \\r")
    found = re.compile(r"<w:t>([0-9]+)</w:t>").search(body, at)
    assert found is not None
    edited = body[: found.start(1)] + "99" + body[found.end(1) :]
    return Edited({**given.parts, BODY: edited}, "contract.|exhibit.", found[1], "99")


def _exhibit_letter(given: Source) -> Edited:
    body = given.parts[BODY]
    at = body.index("SEQ Exhibit")
    found = re.compile(r"<w:t>(A)</w:t>").search(body, at)
    assert found is not None
    return Edited(
        {**given.parts, BODY: body[: found.start(1)] + "Z" + body[found.end(1) :]}, "exhibit.specification", "A", "Z"
    )


def _quoting(text: str) -> str:
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    return f'{mark.format("begin")}<w:r><w:instrText xml:space="preserve"> QUOTE "{text}" </w:instrText></w:r>{mark.format("separate")}{run(" " + text)}{mark.format("end")}'


def _page_field(given: Source) -> Edited:
    footer = given.parts["word/footer1.xml"]
    at = footer.index("PAGE")
    start = footer.index("<w:t>1</w:t>", at)
    text = "<w:t>not binding</w:t>"
    return Edited(
        {**given.parts, "word/footer1.xml": footer[:start] + text + footer[start + len("<w:t>1</w:t>") :]},
        "footer",
        "",
        "not binding",
    )


def _numbering(old: str, new: str) -> Any:
    def change(given: Source) -> Edited:
        return given.put(old, new, "word/numbering.xml", clause="contract.")

    return change


def _clause_style(given: Source, properties: str, start: str) -> Edited:
    body = given.parts[BODY]
    one = next(p for p in re.findall(r"<w:p>.*?</w:p>", body) if f">{start}" in p)
    edited = one.replace('<w:pStyle w:val="Clause"/>', f'<w:pStyle w:val="Clause"/>{properties}')
    return given.put(one, edited, clause=given.clause_starting(start))


def _unnumbered(given: Source) -> Edited:
    return _clause_style(given, '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="0"/></w:numPr>', "A message in a chat")


def _restarted(given: Source) -> Edited:
    edited = _clause_style(given, '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="7"/></w:numPr>', "A message in a chat")
    lists = edited.parts["word/numbering.xml"].replace(
        "</w:numbering>",
        '<w:num w:numId="7"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="1"><w:startOverride w:val="9"/></w:lvlOverride></w:num></w:numbering>',
    )
    return Edited({**edited.parts, "word/numbering.xml": lists}, edited.clause)


def _link(given: Source) -> Edited:
    rels = given.parts["word/_rels/document.xml.rels"].replace(
        "</Relationships>",
        '<Relationship Id="rId91" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink" '
        'Target="https://example.org/terms" TargetMode="External"/></Relationships>',
    )
    row = given.row(NOISE)
    one = runs(row)[2]
    body = given.parts[BODY].replace(row, row.replace(one, f'<w:hyperlink r:id="rId91">{one}</w:hyperlink>', 1))
    return Edited(
        {**given.parts, "word/_rels/document.xml.rels": rels, BODY: body}, NOISE, "", "https://example.org/terms"
    )


def _picture(given: Source) -> Edited:
    parts = add_part(given, "word/media/image1.png", "not really a picture", "image", "image/png")
    row = given.row(NOISE)
    shown = '<w:r><w:pict><v:shape style="width:100pt;height:20pt"><v:imagedata r:id="rId90"/></v:shape></w:pict></w:r>'
    parts[BODY] = parts[BODY].replace(row, row.replace(runs(row)[2], runs(row)[2] + shown, 1))
    return Edited(parts, NOISE, "", "picture")


def control_edits() -> list[Edit]:
    """Fields to fill in."""
    tag = f"{POWER}.result"
    return [
        Edit(
            "a field with another tag",
            LIST,
            _control(tag, f'<w:tag w:val="{tag}"/>', f'<w:tag w:val="{NOISE}.result"/>'),
        ),
        Edit(
            "a field with another title",
            LIST,
            _control(tag, f'<w:alias w:val="{tag}"/>', f'<w:alias w:val="{NOISE}.result"/>'),
        ),
        Edit("a field without a tag", LIST, _control(tag, f'<w:tag w:val="{tag}"/>', "")),
        Edit("a field without a title", LIST, _control(tag, f'<w:alias w:val="{tag}"/>', "")),
        Edit("other choices", LIST, _control(tag, 'w:displayText="Fail', 'w:displayText="Pass')),
        Edit("one choice less", LIST, _without_choice(tag)),
        Edit("a choice that is none", LIST, _control(tag, "____", "Pass, mostly")),
        Edit("a prompt that looks like a value", LIST, _prompt(tag)),
        Edit("a field taken out", LIST, _plain(tag, "")),
        Edit("a field that is plain text", LIST, _plain(tag, run("Pass 合格"))),
        Edit("two fields change places", LIST, _fields_swapped),
        Edit(
            "a field bound to something else",
            LIST,
            _control(
                tag,
                f'<w:tag w:val="{tag}"/>',
                f'<w:tag w:val="{tag}"/><w:dataBinding w:xpath="/r/x[@id=&apos;{NOISE}&apos;]" w:storeItemID="{{0}}"/>',
            ),
        ),
        Edit(
            "a field put in",
            EN,
            in_row(
                NOISE,
                around_run(
                    2,
                    f'<w:sdt><w:sdtPr><w:tag w:val="x"/><w:text/></w:sdtPr><w:sdtContent>{run("85")}</w:sdtContent></w:sdt>',
                ),
            ),
        ),
        Edit(
            "a limit made a field",
            EN,
            in_row(
                NOISE,
                lambda row: row.replace(
                    runs(row)[2],
                    f"<w:sdt><w:sdtPr><w:text/></w:sdtPr><w:sdtContent>{runs(row)[2]}</w:sdtContent></w:sdt>",
                ),
            ),
        ),
    ]


def _found(given: Source, tag: str) -> str:
    return next(
        str(c) for c in re.findall(r"<w:sdt>.*?</w:sdt>", given.parts[BODY]) if f'<w:alias w:val="{tag}"/>' in c
    )


def _control(tag: str, old: str, new: str) -> Any:
    def change(given: Source) -> Edited:
        one = _found(given, tag)
        edited = one.replace(old, new, 1)
        if old == "____":
            edited = edited.replace("<w:showingPlcHdr/>", "")
        assert one != edited
        return given.put(one, edited, clause=tag.rpartition(".")[0])

    return change


def _without_choice(tag: str) -> Any:
    def change(given: Source) -> Edited:
        one = _found(given, tag)
        items = re.findall(r"<w:listItem [^>]*/>", one)
        return given.put(one, one.replace(items[1], ""), clause=tag.rpartition(".")[0])

    return change


def _prompt(tag: str) -> Any:
    def change(given: Source) -> Edited:
        one = _found(given, tag)
        return given.put(one, one.replace("____", "Pass 合格"), clause=tag.rpartition(".")[0])

    return change


def _plain(tag: str, instead: str) -> Any:
    def change(given: Source) -> Edited:
        return given.put(_found(given, tag), instead, clause=tag.rpartition(".")[0])

    return change


def _fields_swapped(given: Source) -> Edited:
    one, other = (_found(given, f"{term}.result") for term in (POWER, NOISE))
    body = given.parts[BODY].replace(one, "@").replace(other, one).replace("@", other)
    return Edited({**given.parts, BODY: body}, f"{POWER}|{NOISE}")


def data_edits() -> list[Edit]:
    """The data inside."""

    def limit(data: dict[str, Any]) -> None:
        term_in(data, NOISE)["requirement"]["limit"]["value"] = "87"

    def graver(data: dict[str, Any]) -> None:
        term_in(data, NOISE)["defect_class"] = "minor"

    def smaller(data: dict[str, Any]) -> None:
        term_in(data, LEAK)["samples"][0]["n"] = 1

    def gone(data: dict[str, Any]) -> None:
        spec = data["sections"]["spec"]["data"]
        spec["terms"] = [term for term in spec["terms"] if term["id"] != NOISE]

    def quantity(data: dict[str, Any]) -> None:
        data["sections"]["goods"]["data"]["lines"][0]["quantity"] += 1

    def price(data: dict[str, Any]) -> None:
        prices = data["sections"]["commercial"]["data"]["prices"]
        prices[next(iter(prices))] = "1.00"

    def salt(data: dict[str, Any]) -> None:
        data["sections"]["header"]["salt"] = "0" * 64

    def digest(data: dict[str, Any]) -> None:
        data["digest"] = "0" * 64

    def sentence(data: dict[str, Any]) -> None:
        data["texts"]["en"]["terms"][0][NOISE]["title"] = "Noise"

    def hidden(data: dict[str, Any]) -> None:
        data["sections"]["commercial"] = {"digest": "0" * 64}

    def reprint(data: dict[str, Any]) -> None:
        data["shown"]["tool"] = "lotproof 0.0.1"

    def empty(data: dict[str, Any]) -> None:
        data["texts"]["en"]["provisions"] = []

    return [
        Edit("a limit in the data", EN, in_data(limit, NOISE, "78", "87")),
        Edit("a limit in a checklist's data", LIST, in_data(limit, NOISE, "78", "87")),
        Edit("a defect class in the data", EN, in_data(graver, NOISE)),
        Edit("a sample in the data", EN, in_data(smaller, LEAK)),
        Edit("a term taken out of the data", EN, in_data(gone, NOISE)),
        Edit("a quantity in the data", EN, in_data(quantity, "goods.")),
        Edit("a price in the data", EN, in_data(price, "prices.")),
        Edit("a salt in the data", EN, in_data(salt, "order")),
        Edit("the digest in the data", EN, in_data(digest, "order")),
        Edit("a sentence in the data", EN, in_data(sentence, f"{NOISE}|sentences")),
        Edit("a section taken out of the data", EN, in_data(hidden, "LP703")),
        Edit("another program in the data", EN, in_data(reprint, "sentences")),
        Edit("provisions taken out of the data", EN, in_data(empty, "LP703")),
        Edit("page and sentences rewritten together", EN, _rewritten(NOISE, "78", "87")),
        Edit("page and sentences of a checklist rewritten together", LIST, _rewritten(POWER, "7.5", "9.5")),
        Edit("a pass rule rewritten together", EN, _rewritten(LEAK, "Ac\u00a00", "Ac\u00a09")),
        Edit("no data", EN, _no_data),
        Edit("data twice", EN, _twice),
        Edit("data that is no JSON", EN, _part_text("customXml/item1.xml", '{"digest"', "digest", clause="LP702")),
    ]


def _rewritten(term: str, old: str, new: str) -> Any:
    """Rewrite a term on the page and in the sentences inside, with their digest, as somebody does who knows the format."""

    def sentences(data: dict[str, Any]) -> None:
        for texts in (t for t in data["texts"].values() if "terms" in t):
            for group in texts["terms"]:
                group[term] = json.loads(json.dumps(group[term], ensure_ascii=False).replace(old, new))
        proved = {"shown": data["shown"], "texts": data["texts"]}
        whole = json.dumps(proved, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        data["texts_digest"] = hashlib.sha256(whole.encode()).hexdigest()

    def change(given: Source) -> Edited:
        inside = in_data(sentences, term)(given)
        row = given.row(term)
        body = given.parts[BODY].replace(row, row.replace(old, new))
        assert body != given.parts[BODY]
        return Edited({**inside.parts, BODY: body}, term, new, old)

    return change


def _no_data(given: Source) -> Edited:
    return Edited({**given.parts, "customXml/item1.xml": "<other/>"}, "LP700")


def _twice(given: Source) -> Edited:
    other = given.parts["customXml/item1.xml"].replace('"draft":false', '"draft":true')
    return Edited({**given.parts, "customXml/item2.xml": other}, "LP701")


def book_edits() -> list[Edit]:
    """Workbooks."""
    return [
        Edit("a value in a workbook", BOOK, _shared(POWER, r"7\.5", "9.5")),
        Edit("a unit in a workbook", BOOK, _shared(NOISE, r"dB\(A\)", "dB(C)")),
        Edit("a sign in a workbook", BOOK, _shared(CAPACITY, "at least", "at most")),
        Edit("a Cyrillic letter in a workbook", BOOK, _shared(POWER, "o", "\u043e")),
        Edit("a zero-width space in a workbook", BOOK, _shared(NOISE, "78", "7\u200b8")),
        Edit("a hidden row of a workbook", BOOK, _sheet_row('<row r="{}"', '<row hidden="1" r="{}"')),
        Edit("a row of a workbook taken out", BOOK, _sheet_row_gone),
        Edit("a formula in a workbook", BOOK, _formula),
        Edit("a sheet without protection", BOOK, _unprotected),
        Edit(
            "a hidden sheet",
            BOOK,
            _part_text("xl/workbook.xml", 'name="Checks" sheetId', 'name="Checks" state="hidden" sheetId', clause=""),
        ),
        Edit("names of two cells changed", BOOK, _names_swapped),
        Edit("data of a workbook", BOOK, _book_data),
    ]


def _shared(term: str, pattern: str, new: str) -> Any:
    def change(given: Source) -> Edited:
        title = given.order.texts["en"].terms[term].title
        strings = given.parts["xl/sharedStrings.xml"]
        one = next(
            s
            for s in re.findall(r"<si>.*?</si>", strings, re.DOTALL)
            if title in s and re.search(pattern, s.replace(title, ""))
        )
        found = re.search(pattern, one[one.index(title) + len(title) :])
        assert found is not None
        start = one.index(title) + len(title) + found.start()
        edited = one[:start] + new + one[start + len(found[0]) :]
        return given.put(one, edited, "xl/sharedStrings.xml", clause=term, was=found[0], now=new)

    return change


def _checks_sheet(given: Source) -> str:
    number = re.search(r'<sheet name="Checks" sheetId="([0-9]+)"', given.parts["xl/workbook.xml"])
    assert number is not None
    return f"xl/worksheets/sheet{number[1]}.xml"


def _row_of(given: Source, term: str) -> str:
    place = re.search(
        r"'Checks'!\$[A-Z]+\$([0-9]+)<",
        given.parts["xl/workbook.xml"][given.parts["xl/workbook.xml"].index(f"lp_{term}.result") :],
    )
    assert place is not None
    return place[1]


def _sheet_row(old: str, new: str) -> Any:
    def change(given: Source) -> Edited:
        row = _row_of(given, POWER)
        return given.put(old.format(row), new.format(row), _checks_sheet(given), clause=POWER)

    return change


def _sheet_row_gone(given: Source) -> Edited:
    part = _checks_sheet(given)
    row = re.search(rf'<row r="{_row_of(given, POWER)}".*?</row>', given.parts[part])
    assert row is not None
    return given.put(row[0], "", part, clause=POWER)


def _formula(given: Source) -> Edited:
    part, row = _checks_sheet(given), _row_of(given, POWER)
    cell = re.search(rf'<c r="B{row}"[^>]*t="s"><v>[0-9]+</v></c>', given.parts[part])
    assert cell is not None
    return given.put(cell[0], f'<c r="B{row}" t="str"><f>"at most "&amp;9</f><v>at most 9</v></c>', part, clause=POWER)


def _unprotected(given: Source) -> Edited:
    return given.put(
        '<sheetProtection sheet="1"', '<sheetProtection sheet="0"', _checks_sheet(given), clause="protection"
    )


def _names_swapped(given: Source) -> Edited:
    book = given.parts["xl/workbook.xml"]
    one, other = (re.search(rf'<definedName name="lp_{t}.result_[0-9a-f]+">([^<]*)<', book) for t in (POWER, NOISE))
    assert one is not None and other is not None
    edited = (
        book.replace(one[0], one[0].replace(one[1], "@"))
        .replace(other[0], other[0].replace(other[1], one[1]))
        .replace("@", other[1])
    )
    return Edited({**given.parts, "xl/workbook.xml": edited}, f"{POWER}|{NOISE}")


def _book_data(given: Source) -> Edited:
    strings = given.parts["xl/sharedStrings.xml"]
    at = strings.index('{"digest":"') + len('{"digest":"')
    return Edited({**given.parts, "xl/sharedStrings.xml": strings[:at] + "0" * 8 + strings[at + 8 :]}, "order")


def every_edit() -> list[Edit]:
    """Return all edits."""
    groups = (
        text_edits,
        structure_edits,
        hidden_edits,
        glyph_edits,
        tracked_edits,
        frame_edits,
        control_edits,
        data_edits,
        book_edits,
    )
    return [edit for group in groups for edit in group()]
