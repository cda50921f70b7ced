"""Workbooks."""

from __future__ import annotations

import re
from typing import Any

from edits import Edit, Edited, Source
from mutated.targets import BOOK, CAPACITY, NOISE, POWER, part_text


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
            part_text("xl/workbook.xml", 'name="Checks" sheetId', 'name="Checks" state="hidden" sheetId', clause=""),
        ),
        Edit("names of two cells changed", BOOK, _names_swapped),
        Edit("rows without height in a workbook", BOOK, _in_checks(r' ht="[0-9.]+"', ' ht="1"', clause=POWER)),
        Edit(
            "columns without width in a workbook", BOOK, _in_checks(r' width="[0-9.]+"', ' width="0.2"', clause=POWER)
        ),
        Edit(
            "conditional formatting",
            BOOK,
            _in_checks(
                "<pageMargins",
                '<conditionalFormatting sqref="A1:Z200"><cfRule type="expression" dxfId="0" priority="1"><formula>TRUE</formula></cfRule></conditionalFormatting><pageMargins',
                clause="",
            ),
        ),
        Edit(
            "other choices in a workbook",
            BOOK,
            _in_checks(r'(type="list"[^>]*><formula1>)[^<]*', r'\1"P,P"', clause=POWER),
        ),
        Edit(
            "no choices in a workbook",
            BOOK,
            _in_checks(r'<dataValidation [^>]*type="list".*?</dataValidation>', "", clause=POWER),
        ),
        Edit("cells moved in far", BOOK, _in_styles("<alignment ", '<alignment indent="200" ')),
        Edit("cells whose text shrinks", BOOK, _in_styles('wrapText="1"', 'shrinkToFit="1"')),
        Edit(
            "a print area",
            BOOK,
            part_text(
                "xl/workbook.xml",
                "<definedNames>",
                '<definedNames><definedName name="_xlnm.Print_Area" localSheetId="0">A!$A$1</definedName>',
                clause="",
            ),
        ),
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


def _in_checks(pattern: str, other: str, *, clause: str) -> Any:
    """Edit the sheet of the checks."""

    def change(given: Source) -> Edited:
        part = _checks_sheet(given)
        edited = re.sub(pattern, other, given.parts[part])
        assert edited != given.parts[part]
        return Edited({**given.parts, part: edited}, clause)

    return change


def _in_styles(pattern: str, other: str) -> Any:
    def change(given: Source) -> Edited:
        edited = given.parts["xl/styles.xml"].replace(pattern, other)
        assert edited != given.parts["xl/styles.xml"]
        return Edited({**given.parts, "xl/styles.xml": edited}, POWER)

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
