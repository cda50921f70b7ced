"""Headers, footers, fields of Word, numbering, protection, pictures, links."""

from __future__ import annotations

import re
from typing import Any

from edits import BODY, Edit, Edited, Source, add_part, around_run, in_row, paragraph, run, runs
from mutated.targets import EN, LIST, NOISE, WORDS, in_text, part_text


def frame_edits() -> list[Edit]:
    """Headers, footers, fields of Word, numbering, protection, pictures, links."""
    return [
        Edit("the header", EN, part_text("word/header1.xml", "NW-2027-004", "NW-2027-005", clause="header")),
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
            in_text(
                '<w:pStyle w:val="Heading1"/>',
                '<w:pStyle w:val="Note"/>',
                after="A message in a chat",
                clause="contract.goods",
            ),
        ),
        Edit(
            "the protection taken off",
            LIST,
            part_text(
                "word/settings.xml", '<w:documentProtection w:edit="forms" w:enforcement="1"/>', "", clause="protection"
            ),
        ),
        Edit(
            "the protection switched off",
            LIST,
            part_text("word/settings.xml", 'w:enforcement="1"', 'w:enforcement="0"', clause="protection"),
        ),
        Edit(
            "another protection",
            LIST,
            part_text("word/settings.xml", 'w:edit="forms"', 'w:edit="comments"', clause="protection"),
        ),
        Edit("a link", EN, _link),
        Edit("a picture", EN, _picture),
        Edit(
            "a property of the file",
            EN,
            part_text(
                "docProps/custom.xml",
                "<vt:lpwstr>contract</vt:lpwstr>",
                "<vt:lpwstr>checklist</vt:lpwstr>",
                clause="property",
            ),
        ),
    ]


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
