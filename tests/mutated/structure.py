"""Rows and paragraphs taken out, put in and moved; tracked changes and comments."""

from __future__ import annotations

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
    double_row,
    drop_clause,
    drop_row,
    each,
    in_clause,
    in_row,
    paragraph,
    run,
    runs,
    swap_rows,
)
from mutated.targets import BOTH, CAPACITY, EN, LEAK, LIST, NOISE, POWER, SEAL, TRACK, WORDS


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
        body = given.parts[BODY]
        place = body.rindex("<w:sectPr>")
        edited = body[:place] + paragraph(run(sentence)) + body[place:]
        return Edited({**given.parts, BODY: edited}, "checklist.3", "", sentence)

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
