"""What a reader does not see, and fields to fill in that are not what they were."""

from __future__ import annotations

import re
from typing import Any

from edits import BODY, Edit, Edited, Source, around_run, controls, in_row, paragraph, run, runs
from mutated.targets import EN, LIST, NOISE, POWER, SEAL


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
            "a row of a fixed height",
            EN,
            in_row(SEAL, _put("<w:cantSplit/>", '<w:trHeight w:val="260" w:hRule="exact"/>')),
        ),
        Edit("a cell without width", EN, in_row(SEAL, lambda row: re.sub(r'<w:tcW w:w="\d+"', '<w:tcW w:w="1"', row))),
        Edit(
            "a cell that is all margin",
            EN,
            in_row(SEAL, _put("</w:tcPr>", before=f"<w:tcMar>{_margins(9000)}</w:tcMar>")),
        ),
        Edit("a cell without room between its margins", EN, in_row(SEAL, _narrowed)),
        Edit("columns without width", EN, _table_of(r'<w:gridCol w:w="\d+"/>', '<w:gridCol w:w="1"/>')),
        Edit(
            "a table beside the page", EN, _table_of("<w:tblLayout", '<w:tblInd w:w="30000" w:type="dxa"/><w:tblLayout')
        ),
        Edit(
            "a table that floats beside the page",
            EN,
            _table_of(
                "<w:tblW ", '<w:tblpPr w:horzAnchor="page" w:tblpX="30000" w:vertAnchor="page" w:tblpY="1"/><w:tblW '
            ),
        ),
        Edit(
            "a table whose cells are all margin",
            EN,
            _table_of("</w:tblPr>", f"<w:tblCellMar>{_margins(9000)}</w:tblCellMar></w:tblPr>"),
        ),
        Edit("a style of tables that is all margin", EN, _style_of_tables),
        Edit("a page that is all margin", EN, _pages(r' w:left="\d+"', ' w:left="9600"')),
        Edit("a page of another size than paper", EN, _pages(r'<w:pgSz w:w="\d+"', '<w:pgSz w:w="900"')),
        Edit("a page in many columns", EN, _pages("</w:sectPr>", '<w:cols w:num="40"/></w:sectPr>')),
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


def _put(after: str, xml: str = "", before: str = "") -> Any:
    return lambda row: row.replace(after, f"{before}{after}{xml}")


def _margins(width: int) -> str:
    return "".join(f'<w:{side} w:w="{width}" w:type="dxa"/>' for side in ("left", "right"))


def _narrowed(row: str) -> str:
    """Leave the margins of each cell 40 twentieths of a point less than its width."""

    def margins(cell: re.Match[str]) -> str:
        return f"{cell[0]}<w:tcMar>{_margins(int(cell[1]) // 2 - 20)}</w:tcMar>"

    return re.sub(r'<w:tcW w:w="(\d+)" w:type="dxa"/>', margins, row)


def _table_of(pattern: str, other: str) -> Any:
    """Edit the table in which a term stands, before its first row."""

    def change(given: Source) -> Edited:
        body = given.parts[BODY]
        start = body.rindex("<w:tbl>", 0, body.index(given.row(SEAL)))
        end = body.index("<w:tr>", start)
        edited = re.sub(pattern, other, body[start:end])
        assert edited != body[start:end]
        return Edited({**given.parts, BODY: body[:start] + edited + body[end:]}, SEAL)

    return change


def _pages(pattern: str, other: str) -> Any:
    """Edit the pages of all sections."""

    def change(given: Source) -> Edited:
        body = re.sub(r"<w:sectPr>.*?</w:sectPr>", lambda one: re.sub(pattern, other, one[0]), given.parts[BODY])
        assert body != given.parts[BODY]
        return Edited({**given.parts, BODY: body}, "front")

    return change


def _style_of_tables(given: Source) -> Edited:
    styles = given.parts["word/styles.xml"]
    one = re.search(r'<w:style [^>]*w:styleId="Lines">.*?</w:style>', styles)
    assert one is not None
    without = re.sub(r"<w:tblCellMar>.*?</w:tblCellMar>", "", one[0])
    wide = without.replace("</w:tblPr>", f"<w:tblCellMar>{_margins(9000)}</w:tblCellMar></w:tblPr>")
    assert wide != without
    return given.put(one[0], wide, "word/styles.xml", clause=SEAL)


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
    return next(c for c in controls(given.parts[BODY]) if f'<w:alias w:val="{tag}"/>' in c)


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
